//! Whom outside of the company a letter goes to, and whether that body takes it.

use atlas::Atlas;
use atlas::record::Body;
use atlas::words::Sector;
use casework::State;
use casework::view::View;
use ladder::{Channel, Rung};
use letters::draft::{KINDS, Kind, Recipient, SUBMISSIONS, Submission};

use crate::case::CaseDeskError;
use crate::case::recipient::{self, Addressee};

/// Names a jump as one: what must come before such a letter, and why it weakens the case to send it now.
pub(super) fn before_its_time(view: &View<'_>, kind: &Kind, body: Option<&Body>) -> Option<String> {
    let rung = match kind.name {
        "executive" => Some(Rung::Executive),
        "before-action" => Some(Rung::Legal),
        _ => None,
    };
    let gates = casework::gate::gates(view);
    let gate = gates.iter().find(|gate| match (rung, body) {
        (Some(rung), _) => gate.rung == rung && gate.body.is_none(),
        (None, Some(body)) => gate.body.as_deref() == Some(&body.id),
        (None, None) => false,
    })?;
    // A report is taken at any time.
    let open = matches!(gate.verdict, casework::gate::Verdict::Due | casework::gate::Verdict::ReportsOnly);
    let why = Some(gate.why.as_str()).filter(|why| !why.is_empty());
    let parts = ["before its time".to_owned(), gate.verdict.to_string()];
    (!open).then(|| parts.into_iter().chain(why.map(str::to_owned)).collect::<Vec<_>>().join("; "))
}

/// Finds to whom a letter goes: to the body outside, else to the best contact point of the case, unless the writer names somebody.
pub(super) fn addressee(
    state: &State,
    id: &str,
    kind: &Kind,
    body: Option<&Body>,
    named: Option<&str>,
) -> Result<Addressee, CaseDeskError> {
    let known = match body {
        Some(body) => Addressee { to: of_body(body), told: None },
        None if is_outside(kind) => Addressee {
            to: Recipient { party: Some(String::new()), ..Recipient::default() },
            told: Some(format!(
                "no outside body that takes this case is known: `upstairs bodies --country {}` lists them, `--as ID` names one",
                state.facts.country.code()
            )),
        },
        None => recipient::of_ladder(state, id, kind),
    };
    let Some(named) = named else { return Ok(known) };
    let to = Recipient { party: known.to.party, ..recipient::of_name(state, id, kind, named)? };
    Ok(Addressee { to, told: None })
}

/// Returns whether a letter goes to a body outside of the company.
pub(super) fn is_outside(kind: &Kind) -> bool {
    matches!(kind.name, "adr" | "regulator")
}

/// Returns the body that a letter goes to where no advice names one: one whose door is open, else the next.
pub(super) fn nearest<'a>(view: &View<'a>, kind: &Kind) -> Option<&'a Body> {
    let reports = kind.name == "regulator";
    let of_kind =
        |outside: &&casework::view::outside::Outside<'_>| (outside.rung == Rung::Regulator) == reports;
    if reports {
        return view.outside.iter().find(of_kind).map(|outside| outside.body);
    }
    let open = view.open_door().filter(of_kind).map(|door| door.body);
    open.or_else(|| view.next_door().map(|(outside, _)| outside.body))
        .or_else(|| view.outside.iter().find(of_kind).map(|outside| outside.body))
}

/// Returns how a body is written to, as the atlas knows it: its address, and its mailbox, else its form or site.
fn of_body(body: &Body) -> Recipient {
    let contact = |channel: Channel| {
        body.contacts
            .iter()
            .filter(|contact| contact.channel == channel)
            .find_map(|contact| contact.value.clone())
    };
    let address = contact(Channel::Postal).map(|address| recipient::lines(&address)).unwrap_or_default();
    Recipient {
        party: Some(body.name.clone()),
        address,
        value: contact(Channel::Email).or_else(|| contact(Channel::Form)).or_else(|| body.web.clone()),
        ..Recipient::default()
    }
}

/// Returns the letter of a name, or of the body of an id with the body itself; or says which is near.
pub(super) fn named<'a>(
    name: &str,
    atlas: &'a Atlas,
) -> Result<(&'static Kind, Option<&'a Body>), CaseDeskError> {
    if let Some(kind) = Kind::named(name) {
        return Ok((kind, None));
    }
    if let Some(body) = atlas.body(name) {
        let of_form = Submission::of(name).and_then(Submission::kind);
        let reports = body.single_cases == Some(false) || body.kind == atlas::words::Kind::Regulator;
        let kind = of_form.or_else(|| Kind::named(if reports { "regulator" } else { "adr" }));
        return kind
            .map(|kind| (kind, Some(body)))
            .ok_or_else(|| CaseDeskError::Wrong(format!("no letter goes to `{name}`")));
    }
    Err({
        let all = KINDS.iter().map(|kind| kind.name).chain(SUBMISSIONS.iter().map(|form| form.body));
        let near = all.min_by_key(|known| strsim::damerau_levenshtein(known, name));
        CaseDeskError::Wrong(format!(
            "no letter is called `{name}`{}; `upstairs draft --list` names them all",
            near.map_or(String::new(), |near| format!(": did you mean `{near}`?"))
        ))
    })
}

/// Lists the bodies whose own form is known: the name for `--as`, and what it is.
#[must_use]
pub fn forms() -> Vec<(&'static str, String)> {
    SUBMISSIONS.iter().map(|form| (form.body, form.title())).collect()
}

/// Says so where a body that the writer names does not take such a case: another country, another trade, or no single cases.
pub(super) fn is_foreign(view: &View<'_>, body: &Body) -> Option<String> {
    let facts = &view.state.facts;
    let unlikely = |why: String| Some(format!("{} {why}: it is likely to send this back", body.name));
    if body.country.len() == 2
        && !matches!(body.country.as_str(), "EU")
        && body.country != facts.country.code()
    {
        return unlikely(format!("is of {}, and the case is of {}", body.country, facts.country.code()));
    }
    let general = body.sectors.is_empty() || body.sectors.contains(&Sector::General);
    match facts.sector {
        Some(sector) if !general && !body.sectors.contains(&sector) && !is_listed(view, body) => {
            let trades: Vec<&str> = body.sectors.iter().map(|sector| sector.id()).collect();
            unlikely(format!("deals with {}, and the case is about {}", trades.join(", "), sector.id()))
        }
        None if !general && !is_listed(view, body) => {
            let trades: Vec<&str> = body.sectors.iter().map(|sector| sector.id()).collect();
            Some(format!(
                "{} only deals with {}, and the case names no trade: give it with `upstairs case edit CASE --sector …`",
                body.name,
                trades.join(", ")
            ))
        }
        _ => None,
    }
}

/// Returns whether a body is among those that the case can go to.
fn is_listed(view: &View<'_>, body: &Body) -> bool {
    view.outside.iter().any(|outside| outside.body.id == body.id)
}

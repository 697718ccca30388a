//! To whom a draft goes: the best contact point of the ladder that is kept with the case, or whom the writer names.
//!
//! Where nothing is known, nothing is guessed: the draft says what is missing and what to do about it.

use casework::State;
use ladder::{Channel, E164, Email, Link, Rung};
use letters::draft::{Form, Kind, Recipient};
use serde_json::Value;

use super::CaseDeskError;
use super::pinned::own_points;

/// The rungs that a name for `--to` may ask for.
const RUNGS: [Rung; 7] = [
    Rung::FrontLine,
    Rung::Supervisor,
    Rung::Complaints,
    Rung::Specialist,
    Rung::Management,
    Rung::Executive,
    Rung::Legal,
];

/// To whom a draft goes, and what its writer should know of that.
pub(super) struct Addressee {
    /// The recipient; without a value where none is known.
    pub(super) to: Recipient,
    /// What is missing, and what to do.
    pub(super) told: Option<String>,
}

/// Finds to whom a letter goes that stays with the company: the best contact point for it of the ladder kept with the case.
pub(super) fn of_ladder(state: &State, case: &str, kind: &Kind) -> Addressee {
    if kind.name == "chargeback" {
        // To the payer's own bank, which the case does not name.
        let to = Recipient { party: Some(String::new()), ..Recipient::default() };
        return Addressee { to, told: None };
    }
    let company = &state.facts.company;
    let (channels, rungs) = (channels(kind), rungs(kind));
    let office = || (kind.name == "executive").then(|| best(state, kind, channels, &rungs[..1])).flatten();
    let point = privacy_desk(state, kind).or_else(office).or_else(|| best(state, kind, channels, rungs));
    let postal = best(state, kind, &[Channel::Postal], rungs);
    let mut to = made(point, postal);
    let written = point.is_some_and(|point| point["channel"] == "postal" || point["channel"] == "email");
    // Thanks, a question and what asks for personal data are in place with whoever reads them.
    let complains = kind.logged == casework::LogKind::Complaint && privacy_desk(state, kind).is_none();
    if complains && written && point.is_some_and(|point| is_elsewhere(point, rungs)) {
        to.pass_on = Some(rungs[0].id().to_owned());
    }
    let asked = if to.pass_on.is_some() { ", which is asked to pass it on" } else { "" };
    let told = match point.map(|point| point["channel"].as_str().unwrap_or_default()) {
        None => Some(format!(
            "no {} of {company} is known: `upstairs case refresh {case}` looks for one, `--to ADDRESS` names one",
            named(channels).split(" (").next().unwrap_or_default()
        )),
        Some("form") => Some(format!(
            "no e-mail address of {company} is known: copy the text into the form at {}",
            to.value.as_deref().unwrap_or_default()
        )),
        Some("postal") if kind.form == Form::Message => Some(format!(
            "no e-mail address or form of {company} that takes it is known: print the letter (`-o FILE.pdf`) and send it by post"
        )),
        // An address of another desk is told as such, with the form of the right one where it has one.
        Some("postal") if point.is_some_and(|point| is_elsewhere(point, rungs)) => Some(format!(
            "no postal address of the rung `{}` is known, so it goes to another team{}",
            rungs[0].id(),
            asked
        )),
        Some("email") if point.is_some_and(|point| is_elsewhere(point, rungs)) => {
            let form =
                best(state, kind, &[Channel::Form], &rungs[..1]).and_then(|form| form["value"].as_str());
            let more = form.map_or(String::new(), |form| format!("; it has a form: {form}"));
            Some(format!(
                "no e-mail address of the rung `{}` is known, so it goes to another team{}{more}",
                rungs[0].id(),
                asked
            ))
        }
        Some(_) => None,
    };
    Addressee { to, told }
}

/// Takes whom the writer names: a mailbox, a postal address, the address of a form, a number, or a rung of the ladder kept with the case.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] where it is none of these, the letter does not go that way, or the rung has no contact that is known.
pub(super) fn of_name(
    state: &State,
    case: &str,
    kind: &Kind,
    name: &str,
) -> Result<Recipient, CaseDeskError> {
    let wrong = |why: String| Err(CaseDeskError::Wrong(why));
    let (name, known) = (name.trim(), channels(kind));
    if let Some(rung) = RUNGS.into_iter().find(|rung| name.eq_ignore_ascii_case(rung.id())) {
        let Some(point) = best(state, kind, known, &[rung]) else {
            return wrong(format!(
                "no {} of {} on the rung `{}` is known: `upstairs case refresh {case}` looks for one, or give the address itself",
                named(known).split(" (").next().unwrap_or_default(),
                state.facts.company,
                rung.id()
            ));
        };
        return Ok(made(Some(point), best(state, kind, &[Channel::Postal], &[rung])));
    }
    // A link or a number is what the letter goes by, where it goes by one at all.
    let of = |ways: &[Channel], other| ways.iter().copied().find(|way| known.contains(way)).unwrap_or(other);
    let bare = name.rsplit_once('<').and_then(|(_, rest)| rest.strip_suffix('>')).unwrap_or(name);
    let (channel, to) = if let Ok(email) = Email::parse(bare) {
        (Channel::Email, Recipient { value: Some(email.as_str().to_owned()), ..Recipient::default() })
    } else if let Ok(link) = Link::parse(name) {
        let channel = of(&[Channel::Form, Channel::Chat, Channel::Social], Channel::Web);
        (channel, Recipient { value: Some(link.as_str().to_owned()), ..Recipient::default() })
    } else if let Ok(number) = E164::parse(name) {
        let channel = of(&[Channel::Phone, Channel::Messaging], Channel::Phone);
        (channel, Recipient { value: Some(number.as_str().to_owned()), ..Recipient::default() })
    } else if is_postal(name) {
        let parts: Vec<&str> = name.split([',', '\n']).map(str::trim).collect();
        let address = lines(&parts.join(", "));
        (Channel::Postal, Recipient { value: Some(name.to_owned()), address, ..Recipient::default() })
    } else {
        return wrong(format!(
            "`{name}` is not an address: give the {}, or a rung of the ladder ({})",
            named(known),
            RUNGS.map(Rung::id).join(", ")
        ));
    };
    if known.contains(&channel) {
        Ok(to)
    } else if channel == Channel::Email && kind.form == Form::Letter {
        // A letter can go by mail as well; its paper keeps the address that is known.
        Ok(Recipient { value: to.value, ..made(None, best(state, kind, &[Channel::Postal], rungs(kind))) })
    } else {
        wrong(format!("`{}` does not go to `{name}`: give the {}", kind.name, named(known)))
    }
}

/// Returns whether a text is an address on paper: at least two lines, and a number of a house or a place.
fn is_postal(text: &str) -> bool {
    let lines = text.split([',', '\n']).filter(|line| !line.trim().is_empty()).count();
    lines > 1 && !text.contains('@') && text.chars().any(|c| c.is_ascii_digit())
}

/// Returns the channels by which a letter goes, the best first: in writing where a trace is wanted.
fn channels(kind: &Kind) -> &'static [Channel] {
    match (kind.name, kind.form) {
        ("call", _) => &[Channel::Phone],
        ("post", _) => &[Channel::Social],
        ("message", _) => &[Channel::Social, Channel::Messaging],
        ("chat", _) => &[Channel::Chat, Channel::Messaging],
        (_, Form::Letter) => &[Channel::Postal],
        // A form of the front line is not how one reaches who decides.
        ("executive", _) => &[Channel::Email, Channel::Postal, Channel::Form],
        _ => &[Channel::Email, Channel::Form, Channel::Postal],
    }
}

/// Returns the rungs that a letter is for, the right one first, then those that pass it on.
fn rungs(kind: &Kind) -> &'static [Rung] {
    match (kind.name, kind.form) {
        // A letter on paper for which no desk names an address of its own goes to head office, else to any that names one.
        ("before-action", _) => {
            &[Rung::Legal, Rung::Executive, Rung::Complaints, Rung::Management, Rung::FrontLine]
        }
        ("formal", _) => &[Rung::Legal, Rung::Complaints, Rung::Executive, Rung::Management, Rung::FrontLine],
        (_, Form::Letter) => {
            &[Rung::Complaints, Rung::Legal, Rung::Executive, Rung::Management, Rung::FrontLine]
        }
        ("executive", _) => {
            &[Rung::Executive, Rung::Management, Rung::Legal, Rung::Complaints, Rung::FrontLine]
        }
        ("supervisor" | "chat" | "message" | "post", _) => {
            &[Rung::FrontLine, Rung::Supervisor, Rung::Complaints]
        }
        _ => &[Rung::Complaints, Rung::FrontLine, Rung::Supervisor],
    }
}

/// Returns whether a contact point is of another rung than the right one. A desk for a matter of its own is in its place.
fn is_elsewhere(point: &Value, rungs: &[Rung]) -> bool {
    point["rung"] != rungs[0].id() && point["rung"] != Rung::Specialist.id()
}

/// Names channels as one asks for them.
fn named(channels: &[Channel]) -> &'static str {
    match channels {
        [Channel::Phone, ..] => "telephone number",
        [Channel::Social] => "profile on a social network",
        [Channel::Social, ..] => "profile or messaging number",
        [Channel::Chat, ..] => "chat or messaging number",
        [Channel::Postal] => "postal address (separate its lines with commas)",
        _ => "e-mail address, form or postal address (separate its lines with commas)",
    }
}

/// Returns the best contact point: the first channel for which one of the rungs has one, the nearest rung first; one for another matter last.
/// What is there to serve papers of a lawsuit takes a letter before court, and no other.
fn best<'a>(state: &'a State, kind: &Kind, channels: &[Channel], rungs: &[Rung]) -> Option<&'a Value> {
    let before_court = kind.name == "before-action";
    let points: Vec<&Value> = own_points(state)
        .filter(|point| !says(point, &OPTS_OUT) && (before_court || !says(point, &SERVES)))
        .filter(|point| !is_for_something_else(point))
        .collect();
    channels.iter().find_map(|channel| {
        let of_channel = |point: &&&Value| point["channel"] == channel.id();
        let place = |point: &&&Value| rungs.iter().position(|rung| point["rung"] == rung.id());
        let fit = points.iter().filter(of_channel).filter(|point| place(point).is_some());
        fit.min_by_key(|point| (point["other_matter"] == true, place(point), !says(point, &SERVES))).copied()
    })
}

/// Words with which a contact point names itself as the one for papers of a lawsuit or of an arbitration.
const SERVES: [&str; 13] = [
    "notice of dispute",
    "noticeofdispute",
    "notice-of-dispute",
    "arbitration",
    "legal department",
    "legal dept",
    "registered agent",
    "agent for service",
    "service of process",
    "general counsel",
    "rechtsabteilung",
    "service juridique",
    "servicio jurídico",
];

/// Words of a contact point that only takes the refusal of an arbitration clause.
const OPTS_OUT: [&str; 3] = ["opt-out", "opt out", "optout"];

/// Words by which a form or mailbox names what it is there for, where that is no word with somebody about a problem.
const ELSE: [&str; 27] = [
    "label",
    "newsletter",
    "subscribe",
    "brochure",
    "catalog",
    "quote",
    "quotation",
    "survey",
    "tracking",
    "track your",
    "order form",
    "apply",
    "application",
    "sign up",
    "signup",
    "sign-up",
    "registration",
    "wholesale",
    "affiliate",
    "etikett",
    "retourenschein",
    "bewerb",
    "katalog",
    "umfrage",
    "étiquette",
    "catálogo",
    "etiqueta",
];

/// Words that tell of a word with somebody all the same: "apply for a refund, or complain".
const TALK: [&str; 13] = [
    "complain",
    "contact",
    "customer",
    "feedback",
    "help",
    "support",
    "service",
    "beschwerde",
    "kontakt",
    "kunden",
    "réclam",
    "client",
    "reclam",
];

/// Returns whether a form or mailbox is there for something else than a word about a problem, by its label, its title and its own part of the
/// address: the name of a site tells nothing of it.
fn is_for_something_else(point: &Value) -> bool {
    let value = point["value"].as_str().unwrap_or_default();
    let own = match point["channel"].as_str() {
        Some("form") => {
            value.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path)
        }
        Some("email") => value.split('@').next().unwrap_or_default(),
        _ => return false,
    };
    let fields = ["label", "title"].iter().filter_map(|field| point[field].as_str());
    let text = fields.chain([own]).collect::<Vec<_>>().join(" ").to_lowercase();
    let tells = |words: &[&str]| words.iter().any(|word| text.contains(word));
    tells(&ELSE) && !tells(&TALK)
}

/// Returns whether a contact point says of itself one of some words: in its label, its title or its value.
fn says(point: &Value, words: &[&str]) -> bool {
    let fields = ["label", "title", "value"].iter().filter_map(|field| point[field].as_str());
    let text = fields.collect::<Vec<_>>().join(" ").to_lowercase();
    words.iter().any(|word| text.contains(word))
}

/// Returns the desk for personal data, where the letter asks for such data and one is known.
fn privacy_desk<'a>(state: &'a State, kind: &Kind) -> Option<&'a Value> {
    let topic = ladder::topic::Topic::parse("privacy").filter(|_| kind.name == "access-request")?;
    let tells = |point: &Value, field: &str| point[field].as_str().is_some_and(|text| topic.is_about(text));
    let mut desks = own_points(state).filter(|point| {
        let mailbox = point["value"].as_str().and_then(|value| value.split_once('@'));
        point["channel"] == "email"
            && (["label", "title"].iter().any(|field| tells(point, field))
                || mailbox.is_some_and(|(local, _)| topic.is_about(local)))
    });
    desks.next()
}

/// Makes the recipient of a contact point; its paper bears the postal address that is nearest.
fn made(point: Option<&Value>, postal: Option<&Value>) -> Recipient {
    let text = |field: &str| point.and_then(|point| point[field].as_str()).map(str::to_owned);
    let postal = point.filter(|point| point["channel"] == "postal").or(postal);
    let address = postal.and_then(|point| point["value"].as_str()).map(lines).unwrap_or_default();
    let (person, title, value) = (text("person"), text("title"), text("value"));
    Recipient { person, title, party: None, address, value, pass_on: None }
}

/// Parts an address on one line into those of an envelope. The form of a company ("Inc.") and what must stand beside the name of a town (a state
/// with its code) make no line of their own.
pub(super) fn lines(address: &str) -> Vec<String> {
    let is_form = |part: &str| ladder::name::is_form(&ladder::name::fold(part));
    let is_state = |part: &str| {
        let (state, code) = part.split_once(' ').unwrap_or((part, ""));
        (2..=3).contains(&state.len())
            && state.chars().all(|c| c.is_ascii_uppercase())
            && code.chars().all(|c| c.is_ascii_digit() || c == '-')
    };
    let mut lines: Vec<String> = Vec::new();
    for part in address.split(", ").map(str::trim).filter(|part| !part.is_empty()) {
        match lines.last_mut() {
            Some(last) if is_form(part) || is_state(part) => {
                last.push_str(", ");
                last.push_str(part);
            }
            _ => lines.push(part.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn an_address_is_parted_as_an_envelope_bears_it() {
        for (line, parted) in [
            (
                "Customer Care, Aster Air, Inc., 900 Grand Plaza Dr., Houston, TX 77067-4323",
                &["Customer Care", "Aster Air, Inc.", "900 Grand Plaza Dr.", "Houston, TX 77067-4323"][..],
            ),
            ("1 Dock Road, Sydney, NSW, 2000", &["1 Dock Road", "Sydney, NSW", "2000"]),
            (
                "Amberley Power Ltd, 1 Dock Road, Hull HU1 1AA",
                &["Amberley Power Ltd", "1 Dock Road", "Hull HU1 1AA"],
            ),
        ] {
            assert_eq!(lines(line), parted, "{line}");
        }
    }
}

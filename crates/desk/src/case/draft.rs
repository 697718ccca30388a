//! Drafts for a case: the facts of the case, and nothing else, put into the words of a letter.

use std::fs;
use std::path::Path;

use atlas::Atlas;
use atlas::record::Body;
use casework::view::View;
use casework::{By, LogKind, State};
use jiff::civil::Date;
use ladder::{Channel, Rung};
use letters::draft::{
    self, Answer, Draft, Enclosure, Facts, Form, KINDS, Kind, Language, Next, Offer, Options, OwnTemplate,
    Person, Problem, Promise, Recipient, Reference, Reply, Right, SUBMISSIONS, Sent, Step, Submission, Tone,
    Wish,
};
use schemars::JsonSchema;
use serde::Serialize;

use super::recipient::{self, Addressee};
use super::{CaseDeskError, Place, set_day};

/// The customer, as letters name them. Kept in the configuration, not in the case.
#[derive(Clone, Debug, Default)]
pub struct Me {
    /// Full name.
    pub name: Option<String>,
    /// Postal address, a line each.
    pub address: Vec<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

/// What to draft.
#[derive(Clone, Debug)]
pub struct DraftRequest {
    /// The name of the letter, as in `email`; `None` for the one that serves the next step.
    pub kind: Option<String>,
    /// The language; that of the company's country where none is given.
    pub language: Option<String>,
    /// How firm: `first`, `firm`, `final`; by how often it was tried where none is given.
    pub tone: Option<Tone>,
    /// The day by which an answer is asked for.
    pub by: Option<Date>,
    /// To whom: a mailbox, a postal address, a form, a number, or a rung; the contact point of the case where none is given.
    pub to: Option<String>,
    /// How many words are enough; what the letter takes where none is given.
    pub words: Option<usize>,
    /// The customer.
    pub me: Me,
    /// The user's own templates.
    pub own: Vec<OwnTemplate>,
}

/// How many words may be asked for: fewer say nothing, and nobody reads more.
pub const LENGTHS: std::ops::RangeInclusive<usize> = 20..=2000;

/// A letter that can be drafted.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct KindView {
    /// Its name for `--as`.
    pub name: &'static str,
    /// What it is.
    pub title: &'static str,
}

/// Lists every letter.
#[must_use]
pub fn kinds() -> Vec<KindView> {
    KINDS.iter().map(|kind| KindView { name: kind.name, title: kind.title }).collect()
}

/// Returns whether a letter goes by post: it is written on paper and asks for a postal address.
#[must_use]
pub fn goes_by_post(kind: &str) -> bool {
    Kind::named(kind).is_some_and(|kind| kind.form == Form::Letter)
}

/// Writes a draft for a case.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] for an unknown letter or language, or a length that is none; [`CaseDeskError::Draft`] for a broken template;
/// [`CaseDeskError::Cases`] where the case cannot be read.
pub async fn draft(place: &Place, id: &str, request: &DraftRequest) -> Result<Draft, CaseDeskError> {
    let case = place.read().await?.load(id).await?;
    let state = State::of(&case).ok_or_else(|| CaseDeskError::Wrong(format!("case `{id}` has no events")))?;
    let (atlas, today) = (Atlas::builtin(), place.now.date());
    let view = View::new(&state, atlas, today);
    let advice = casework::advise(&state, atlas, today);
    let (kind, asked) = match &request.kind {
        Some(name) => named(name, atlas)?,
        None => (
            advice
                .steps
                .first()
                .and_then(|(proposal, _)| Kind::serving(proposal.step.id()))
                .or_else(|| Kind::named("email"))
                .ok_or_else(|| CaseDeskError::Wrong("no letter serves the next step".to_owned()))?,
            None,
        ),
    };
    if request.words.is_some_and(|words| !LENGTHS.contains(&words)) {
        return Err(CaseDeskError::Wrong(format!(
            "words: from {} to {} can be asked for",
            LENGTHS.start(),
            LENGTHS.end()
        )));
    }
    if let Some(by) = request.by.filter(|by| *by < today) {
        return Err(CaseDeskError::Wrong(format!("{by} has passed: give a day that lies ahead")));
    }
    let language = match &request.language {
        Some(code) => Language::parse(code).map_err(|error| CaseDeskError::Wrong(error.to_string()))?,
        None => Language::of_country(state.facts.country),
    };
    let advised = advice.steps.iter().find(|(proposal, _)| kind.serves.contains(&proposal.step.id()));
    let body = match asked {
        Some(body) => Some(body),
        None if is_outside(kind) => advised
            .and_then(|(proposal, _)| atlas.body(proposal.body.as_deref()?))
            .or_else(|| nearest(&view, kind)),
        None => None,
    };
    let set = set_day::of(kind, &view, request.by);
    let mut facts = facts(&state, &view, &request.me);
    if kind.name == "authority" {
        // It is the client who gives it: the name alone is known here.
        if let Some(client) = facts.on_behalf.take() {
            facts.me = Person { name: Some(client), ..Person::default() };
        }
    }
    facts.by = set.by;
    facts.rights.extend(set.right);
    let known = addressee(&state, id, kind, body, request.to.as_deref())?;
    facts.to = known.to;
    if is_outside(kind) || kind.name == "chargeback" {
        // Whoever reads it there is not the one who promised.
        for promise in &mut facts.broken_promises {
            promise.who = Some(state.facts.company.clone());
        }
    }
    if matches!(kind.name, "chargeback") {
        facts.rights = view
            .payments
            .iter()
            // Which scheme a card belongs to, nobody said: the bank knows.
            .filter(|payment| !payment.right.id.starts_with("card-"))
            .take(2)
            .map(|payment| Right { name: payment.right.name.clone(), law: None })
            .collect();
    }
    if kind.name == "thanks" {
        let day = agreement(&state, &view).map(|(on, _)| on);
        facts.last_reply = day.map(|on| Reply { on, words: None, gap: None, question: None });
    }
    if kind.name == "confirmation" {
        (facts.sent, facts.agreed_now) = conversation(&state).unzip();
    }
    facts.enclosures = enclosures(&state);
    let tried = state.log.iter().filter(|line| line.entry.by == By::Customer).count();
    let formal = advice.steps.first().is_some_and(|(proposal, _)| proposal.step == casework::Step::Complain);
    let tone = request.tone.unwrap_or(match tried {
        _ if formal && tried < 4 => Tone::Firm,
        0 => Tone::First,
        1..=3 => Tone::Firm,
        _ => Tone::Final,
    });
    // Words of one's own for this company first, then the form of the body.
    let mut prefer = vec![format!("{}@{}", kind.name, store::cases::stem(&state.facts.company))];
    prefer.extend(body.map(|body| body.id.clone()));
    let options = Options {
        language,
        country: Some(state.facts.country),
        tone,
        today,
        words: request.words,
        own: &request.own,
        prefer: &prefer,
    };
    let mut draft = draft::write(kind, &facts, &options)?;
    draft.warnings.extend(known.told.into_iter().chain(set.told));
    draft.warnings.extend(before_its_time(&view, kind, body));
    draft.warnings.extend(state.authority.as_ref().and_then(|authority| {
        let ended = authority.until.filter(|until| *until < today)?;
        let from = authority.from.as_ref()?;
        Some(format!(
            "the authority of {from} ended on {ended}: get a new one before you write in their name"
        ))
    }));
    let form = body.and_then(|body| Submission::of(&body.id)).and_then(Submission::language);
    if let Some(own) = form.filter(|own| *own != language) {
        draft.warnings.push(format!("its own form is in `{0}`: --lang {0} follows it", own.code()));
    }
    Ok(draft)
}

/// Returns what stands agreed, with its day: the last promise that was not broken or replaced, or an offer that was accepted.
fn agreement(state: &State, view: &View<'_>) -> Option<(Date, String)> {
    use casework::view::promise::Kept;
    let promised = view
        .promises
        .iter()
        .filter(|promise| !matches!(promise.kept, Kept::Broken | Kept::Replaced))
        .map(|promise| (promise.on, promise.text.clone()))
        .next_back();
    let accepted = view.remedy.accepted.and_then(|on| {
        let offers = state.log.iter().rev().map(|line| &line.entry);
        let mut offers = offers.filter(|entry| entry.kind == LogKind::Offer && entry.on <= on);
        offers.next().map(|entry| (on, entry.text.clone()))
    });
    promised.into_iter().chain(accepted).max_by_key(|(on, _)| *on)
}

/// Names a jump as one: what must come before such a letter, and why it weakens the case to send it now.
fn before_its_time(view: &View<'_>, kind: &Kind, body: Option<&Body>) -> Option<String> {
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
fn addressee(
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
                "no body outside that takes this case is known: `upstairs bodies --country {}` lists them, `--as ID` names one",
                state.facts.country.code()
            )),
        },
        None => recipient::of_ladder(state, id, kind),
    };
    let Some(named) = named else { return Ok(known) };
    let to = Recipient { party: known.to.party, ..recipient::of_name(state, id, kind, named)? };
    Ok(Addressee { to, told: None })
}

/// Lists the bodies whose own form is known: the name for `--as`, and what it is.
#[must_use]
pub fn forms() -> Vec<(&'static str, String)> {
    SUBMISSIONS.iter().map(|form| (form.body, form.title())).collect()
}

/// Returns whether a letter goes to a body outside of the company.
fn is_outside(kind: &Kind) -> bool {
    matches!(kind.name, "adr" | "regulator")
}

/// Returns the body that a letter goes to where no advice names one: one whose door is open, else the next.
fn nearest<'a>(view: &View<'a>, kind: &Kind) -> Option<&'a Body> {
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

/// Reads the user's own templates from a folder: files `LANG/NAME.txt`. No folder is no templates.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] for a file that cannot be read; [`CaseDeskError::Draft`] for the first broken one, with its line.
pub fn own_templates(folder: &Path) -> Result<Vec<OwnTemplate>, CaseDeskError> {
    let mut own = Vec::new();
    for language in Language::ALL {
        let Ok(entries) = fs::read_dir(folder.join(language.code())) else { continue };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let Some(name) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".txt")) else {
                continue;
            };
            let text = fs::read_to_string(&path)
                .map_err(|error| CaseDeskError::Wrong(format!("`{}`: {error}", path.display())))?;
            own.push(OwnTemplate { file: path.display().to_string(), language, name: name.to_owned(), text });
        }
    }
    own.sort_by(|a, b| a.file.cmp(&b.file));
    match draft::check_templates(&own) {
        Err(errors) => {
            Err(errors.into_iter().next().map_or_else(|| CaseDeskError::Wrong(String::new()), Into::into))
        }
        Ok(()) => Ok(own),
    }
}

/// Returns the letter of a name, or of the body of an id with the body itself; or says which is near.
fn named<'a>(name: &str, atlas: &'a Atlas) -> Result<(&'static Kind, Option<&'a Body>), CaseDeskError> {
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

/// Returns the client in whose name somebody else writes.
pub(super) fn client<'a>(state: &'a State, view: &View<'_>, me: &Me) -> Option<&'a str> {
    let client = state.authority.as_ref()?.client(view.now)?;
    Some(client).filter(|client| me.name.as_deref().is_none_or(|name| !name.eq_ignore_ascii_case(client)))
}

/// Takes the facts of a letter from a case.
fn facts(state: &State, view: &View<'_>, me: &Me) -> Facts {
    let known = &state.facts;
    let customer = |kinds: &[LogKind]| {
        state.log.iter().rev().find(|line| {
            line.entry.by == By::Customer && kinds.contains(&line.entry.kind) && says_something(&line.entry)
        })
    };
    let sent = customer(&[LogKind::Complaint, LogKind::Question, LogKind::Call, LogKind::AskedSupervisor]);
    let reply = state.log.iter().rev().find(|line| {
        line.entry.by == By::Company
            && matches!(
                line.entry.kind,
                LogKind::Reply
                    | LogKind::GenericReply
                    | LogKind::Refusal
                    | LogKind::FinalResponse
                    | LogKind::InformationRequest
            )
    });
    let agreed_now = agreement(state, view).map(|(_, words)| words);
    let final_response = state
        .log
        .iter()
        .rev()
        .find(|line| line.entry.kind == LogKind::FinalResponse)
        .map(|line| line.entry.on);
    Facts {
        me: Person {
            name: me.name.clone(),
            address: me.address.clone(),
            email: me.email.clone(),
            phone: me.phone.clone(),
        },
        on_behalf: client(state, view, me).map(str::to_owned),
        representative: state.authority.as_ref().map(|authority| authority.to.clone()),
        company: known.company.clone(),
        to: Recipient::default(),
        problem: problem(known),
        references: state
            .references
            .iter()
            .map(|value| Reference { label: None, value: value.clone() })
            .collect(),
        steps: steps(state),
        answers: answers(state, view),
        broken_promises: broken_promises(state, view),
        wanted: known.wanted.map(|wish| Wish {
            kind: wish.id().to_owned(),
            words: None,
            amount: known.amount,
        }),
        // A fallback that is one of the wishes is said in the words of the letter.
        fallback: known.fallback.clone().map(|words| {
            match casework::Wish::from_id(&words.trim().to_lowercase()) {
                Some(wish) => Wish { kind: wish.id().to_owned(), ..Wish::default() },
                None => Wish { words: Some(words), ..Wish::default() },
            }
        }),
        offer: view.offer.as_ref().filter(|offer| offer.by == By::Company).map(|offer| Offer {
            on: offer.on,
            words: offer.text.clone(),
            gap: None,
        }),
        last_reply: reply.map(|line| Reply {
            on: line.entry.on,
            words: Some(line.entry.text.clone()).filter(|text| !text.is_empty()),
            gap: None,
            question: None,
        }),
        sent: sent.map(|line| Sent {
            on: line.entry.on,
            due: line.entry.due,
            who: line.entry.person.clone(),
        }),
        agreed_now,
        first_contact: state
            .log
            .iter()
            .filter(|line| line.entry.rung.is_none_or(|rung| !rung.is_outside()))
            .map(|line| line.entry.on)
            .min(),
        complained: state
            .log
            .iter()
            .find(|line| line.entry.by == By::Customer && line.entry.kind == LogKind::Complaint)
            .map(|line| line.entry.on),
        final_response,
        by: None,
        next: next(view),
        rights: Vec::new(),
        enclosures: Vec::new(),
    }
}

/// Finds the conversation that is confirmed in writing, and what was said in it: the one in which something was promised or offered,
/// else the last one.
fn conversation(state: &State) -> Option<(Sent, String)> {
    let spoken = |entry: &casework::Entry| {
        let channel = entry.channel;
        entry.kind == LogKind::Call
            || matches!(channel, Some(Channel::Phone | Channel::Chat | Channel::InPerson))
    };
    let agreed = |entry: &casework::Entry| {
        entry.by == By::Company && matches!(entry.kind, LogKind::Promise | LogKind::Offer)
    };
    let lines = || {
        let said = |entry: &casework::Entry| entry.kind != LogKind::NoAnswer && !entry.text.trim().is_empty();
        state.log.iter().rev().filter(move |line| said(&line.entry))
    };
    let line = lines()
        .find(|line| agreed(&line.entry) && (spoken(&line.entry) || line.entry.channel.is_none()))
        .or_else(|| lines().find(|line| spoken(&line.entry)))?;
    Some((Sent { on: line.entry.on, due: None, who: line.entry.person.clone() }, line.entry.text.clone()))
}

/// Takes the promises that were not kept, each with whoever made it where that was written down.
fn broken_promises(state: &State, view: &View<'_>) -> Vec<Promise> {
    let broken = view.promises.iter().filter(|promise| promise.kept == casework::view::promise::Kept::Broken);
    broken
        .map(|promise| {
            let line = state.log.iter().find(|line| line.event == promise.event);
            let bill = state.bills.iter().find(|bill| bill.event == promise.event);
            Promise {
                on: promise.on,
                who: line.and_then(|line| line.entry.person.clone()),
                // Of a price that was promised, the promise: the bill above it is what broke it.
                words: bill
                    .map_or_else(|| promise.text.clone(), |bill| format!("{}: {}", bill.name, bill.promised)),
                due: promise.due.filter(|_| bill.is_none()),
            }
        })
        .collect()
}

/// Takes the problem.
fn problem(known: &casework::Facts) -> Problem {
    Problem {
        what: known.what.clone(),
        since: known.since.or(known.event),
        ongoing: known.ongoing,
        impact: known.impact.clone(),
        agreed: known.agreed.clone(),
        amount: known.amount,
        // The day that counts is that of the payment only where the matter is a payment.
        paid: known.event.filter(|_| {
            use atlas::words::Topic::{BillingError, Fraud, SubscriptionTrap, WrongCharge};
            matches!(known.topic, Some(BillingError | Fraud | SubscriptionTrap | WrongCharge))
        }),
        paid_by: known.paid_by.map(|by| by.id().to_owned()),
    }
}

/// Takes what the customer tried, oldest first. A contact of which nothing is known but its day proves nothing: it is left out.
fn steps(state: &State) -> Vec<Step> {
    state
        .log
        .iter()
        .filter(|line| line.entry.by == By::Customer && says_something(&line.entry))
        .map(|line| Step {
            on: line.entry.on,
            channel: match (line.entry.channel, line.entry.kind) {
                (Some(channel), _) => channel.id().to_owned(),
                (None, LogKind::Call | LogKind::NoAnswer) => "phone".to_owned(),
                (None, _) => String::new(),
            },
            rung: line.entry.rung.map(|rung| rung.id().to_owned()),
            who: line.entry.person.clone(),
            summary: line.entry.text.clone(),
            reference: line.entry.reference.clone(),
            unanswered: line.entry.kind == LogKind::NoAnswer,
        })
        .collect()
}

/// Takes what the company answered, oldest first. A promise that was not kept is told where it was broken.
fn answers(state: &State, view: &View<'_>) -> Vec<Answer> {
    let told_elsewhere = |event: &str| {
        view.promises
            .iter()
            .any(|promise| promise.event == event && promise.kept == casework::view::promise::Kept::Broken)
    };
    state
        .log
        .iter()
        .filter(|line| line.entry.by == By::Company && !line.entry.text.trim().is_empty())
        .filter(|line| !matches!(line.entry.kind, LogKind::Payment | LogKind::Delivery))
        .filter(|line| !told_elsewhere(&line.event))
        .map(|line| Answer {
            on: line.entry.on,
            channel: line.entry.channel.map(|channel| channel.id().to_owned()).unwrap_or_default(),
            who: line.entry.person.clone(),
            words: line.entry.text.clone(),
        })
        .collect()
}

/// Returns whether anything is known of a contact beside its day and with whom it was: what was said, or under which number.
fn says_something(entry: &casework::Entry) -> bool {
    entry.kind == LogKind::NoAnswer || !entry.text.trim().is_empty() || entry.reference.is_some()
}

/// Returns who comes next outside of the company, and from when.
fn next(view: &View<'_>) -> Option<Next> {
    if let Some(open) = view.open_door() {
        return Some(Next { name: open.body.name.clone(), from: None });
    }
    view.next_door().map(|(outside, day)| Next { name: outside.body.name.clone(), from: Some(day) })
}

/// Numbers the evidence as the dossier does: in the order in which it was attached.
fn enclosures(state: &State) -> Vec<Enclosure> {
    (1..)
        .zip(&state.evidence)
        .map(|(number, evidence)| Enclosure { number, title: evidence.name.clone() })
        .collect()
}

//! Writing down what happened: contacts, promises, evidence, outcomes. Each is an event appended and nothing else.

use std::path::Path;

use atlas::Atlas;
use casework::event::{Evidence, Hours, What};
use casework::{By, Entry, LogKind, Money, Outcome, State};
use jiff::civil::{Date, Time};
use ladder::{Channel, Rung};
use schemars::JsonSchema;
use serde::Serialize;

use super::words::Sum;
use super::{CaseDeskError, Place, mask};

/// One contact to write down.
#[derive(Clone, Debug)]
pub struct LogRequest {
    /// The day; today where none is given.
    pub on: Option<Date>,
    /// The local time, where known.
    pub time: Option<Time>,
    /// Who did it: you, the company or an outside body.
    pub by: By,
    /// What kind of contact it was.
    pub kind: LogKind,
    /// By which channel.
    pub channel: Option<Channel>,
    /// With which rung.
    pub rung: Option<Rung>,
    /// What was said.
    pub text: String,
    /// The day that was promised or set.
    pub due: Option<Date>,
    /// The hours of that day, where it is an appointment.
    pub hours: Option<Hours>,
    /// The sum that it is about.
    pub amount: Option<Sum>,
    /// Who it was: name and role.
    pub person: Option<String>,
    /// The reference given.
    pub reference: Option<String>,
    /// The contact point used.
    pub contact: Option<String>,
    /// The body outside, by its id in the atlas, where it is the body's thread.
    pub body: Option<String>,
    /// Minutes on hold.
    pub held: Option<u32>,
}

/// Writes a contact down; returns the id of the event and how many numbers were masked in it.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] for a day that is in the future; [`CaseDeskError::Cases`] where it cannot be kept.
pub async fn log(place: &Place, id: &str, request: LogRequest) -> Result<(String, usize), CaseDeskError> {
    let today = place.now.date();
    let on = request.on.unwrap_or(today);
    if on > today {
        return Err(CaseDeskError::Wrong(format!(
            "{on} is in the future: the log is for what has happened; put a promised day into --due"
        )));
    }
    if let Some(due) = request.due.filter(|due| *due < on) {
        return Err(CaseDeskError::Wrong(format!("{due} is before {on}, the day of the contact itself")));
    }
    if request.hours.is_some() && request.due.is_none() {
        return Err(CaseDeskError::Wrong("you gave a time without a day: which day was set?".to_owned()));
    }
    if request.text.trim().is_empty() && request.kind != LogKind::NoAnswer {
        return Err(CaseDeskError::Wrong(
            "what was said, in short? A line without words will not help you later".to_owned(),
        ));
    }
    if let Some(body) = request.body.as_deref().filter(|body| Atlas::builtin().body(body).is_none()) {
        return Err(CaseDeskError::Wrong(format!(
            "no body `{body}` is known{}: `upstairs bodies --country GB` names those of a country with their ids",
            near_bodies(body)
        )));
    }
    // A slip of the year would move every day that is counted from it.
    if on < today.saturating_sub(jiff::Span::new().years(30)) {
        return Err(CaseDeskError::Wrong(format!("{on} is more than 30 years ago: is the year right?")));
    }
    let amount = match &request.amount {
        Some(sum) => Some(money_of(&place.state(id).await?, "amount", sum)?),
        None => None,
    };
    let (text, masked) = mask(&request.text);
    let entry = Entry {
        on,
        time: request.time,
        by: request.by,
        channel: request.channel,
        rung: request.rung,
        kind: request.kind,
        text,
        due: request.due,
        amount,
        contact: request.contact,
        person: request.person,
        reference: request.reference,
        body: request.body,
        held_minutes: request.held,
        hours: request.hours,
    };
    let event = append(place, id, What::Logged(Box::new(entry))).await?;
    Ok((event, masked))
}

/// A file that was attached.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AttachedView {
    /// The event.
    pub event: String,
    /// What can be said of it without opening it.
    pub preview: Option<String>,
}

/// Copies a file into the case and writes down that it is there, with its text where it has one that can be read.
///
/// # Errors
///
/// [`CaseDeskError::Cases`] where the file or the store cannot be read or written.
pub async fn attach(
    place: &Place,
    id: &str,
    file: &Path,
    name: Option<&str>,
    on: Option<Date>,
) -> Result<AttachedView, CaseDeskError> {
    let cases = place.write().await?;
    // The case is asked for first: no file is copied for one that is not there.
    cases.load(id).await?;
    let copied = cases.copy_in(id, file).await?;
    let name = name.map_or_else(
        || file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        str::to_owned,
    );
    let preview = super::preview::of_file(cases.read_file(id, &copied.sha256).await);
    let evidence = Evidence {
        name,
        on,
        sha256: Some(copied.sha256),
        bytes: Some(copied.bytes),
        preview: preview.line.clone(),
        text: preview.text,
    };
    let events = cases.append(id, vec![What::EvidenceAttached(evidence)], &place.moment(), &place.by).await?;
    cases.close().await;
    let event = events.first().map(|event| event.id.clone()).unwrap_or_default();
    Ok(AttachedView { event, preview: preview.line })
}

/// Copies files that came as bytes into the case, each with what it is called; all of them, or none is written down.
///
/// # Errors
///
/// [`CaseDeskError::Cases`] where the case is not there, or a file or the store cannot be written.
pub async fn attach_bytes(
    place: &Place,
    id: &str,
    files: impl Iterator<Item = (&str, &[u8])>,
) -> Result<usize, CaseDeskError> {
    let cases = place.write().await?;
    cases.load(id).await?;
    let mut events = Vec::new();
    for (name, bytes) in files {
        let copied = cases
            .copy_from(id, bytes)
            .await
            .map_err(|error| CaseDeskError::Wrong(format!("`{name}` was not copied: {error}")))?;
        let preview = super::preview::of(bytes);
        let evidence = Evidence {
            name: reading::message::plain_name(name),
            on: None,
            sha256: Some(copied.sha256),
            bytes: Some(copied.bytes),
            preview: preview.line,
            text: preview.text,
        };
        events.push(What::EvidenceAttached(evidence));
    }
    let count = events.len();
    cases.append(id, events, &place.moment(), &place.by).await?;
    cases.close().await;
    Ok(count)
}

/// Withdraws a line of the log that was wrong; the line stays in the log, and no longer counts.
///
/// # Errors
///
/// [`CaseDeskError::Cases`] where there is no such event or it cannot be kept.
pub async fn withdraw(place: &Place, id: &str, event: &str, because: &str) -> Result<String, CaseDeskError> {
    append(place, id, What::Withdrawn { about: event.to_owned(), because: because.to_owned() }).await
}

/// Says that a promise was kept, or was not.
///
/// # Errors
///
/// [`CaseDeskError::Cases`] where there is no such event or it cannot be kept.
pub async fn settle(place: &Place, id: &str, event: &str, kept: bool) -> Result<String, CaseDeskError> {
    append(place, id, What::PromiseSettled { about: event.to_owned(), kept, on: place.now.date() }).await
}

/// Writes down what became of a contact point.
///
/// # Errors
///
/// [`CaseDeskError::Cases`] where it cannot be kept.
pub async fn outcome(
    place: &Place,
    id: &str,
    contact: &str,
    outcome: Outcome,
) -> Result<String, CaseDeskError> {
    append(place, id, What::ContactTried { contact: contact.to_owned(), outcome }).await
}

/// Writes a note for oneself.
///
/// # Errors
///
/// [`CaseDeskError::Cases`] where it cannot be kept.
pub async fn note(place: &Place, id: &str, text: &str) -> Result<String, CaseDeskError> {
    append(place, id, What::Noted { text: mask(text).0 }).await
}

/// A case that was closed, beside what was wanted.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ClosedView {
    /// The event.
    pub event: String,
    /// How what was got stands to what was wanted, a sentence each.
    pub compared: Vec<String>,
    /// What was learnt of contact points, for the user's own directory.
    pub learnt: Vec<LearntView>,
}

/// What was learnt of a contact point.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, JsonSchema)]
pub struct LearntView {
    /// The contact point.
    pub contact: String,
    /// What happened.
    pub outcome: String,
}

/// Closes a case with what was got, and holds that against what was wanted.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] where it is closed already; [`CaseDeskError::Cases`] where it cannot be kept.
pub async fn close(
    place: &Place,
    id: &str,
    outcome: &str,
    received: Option<Sum>,
) -> Result<ClosedView, CaseDeskError> {
    let state = place.state(id).await?;
    if let Some(closing) = state.closed {
        return Err(CaseDeskError::Wrong(format!(
            "case `{id}` was closed on {}: {}",
            closing.on, closing.outcome
        )));
    }
    let received = received.map(|sum| money_of(&state, "received", &sum)).transpose()?;
    let event = append(place, id, What::Closed { outcome: mask(outcome).0, received }).await?;
    let compared = compared(&state, received);
    let mut learnt: Vec<LearntView> = Vec::new();
    // What was written down last of a contact point counts.
    for (contact, outcome) in state.tried.iter().rev() {
        if !learnt.iter().any(|known| known.contact == *contact) {
            learnt.push(LearntView { contact: contact.clone(), outcome: outcome.id().to_owned() });
        }
    }
    Ok(ClosedView { event, compared, learnt })
}

/// Returns a sum that belongs to a case: in the currency of the case where it names none.
pub(super) fn money_of(state: &State, field: &str, sum: &Sum) -> Result<Money, CaseDeskError> {
    let home = || casework::situation::home_currency(state.facts.country);
    let home = state.facts.amount.map(|amount| amount.currency()).or_else(home);
    sum.money(home.as_ref().map(casework::Currency::code))
        .map_err(|why| CaseDeskError::Wrong(format!("{field}: {why}")))
}

/// Holds what was got against what was wanted, the least that was accepted, and the promises.
fn compared(state: &State, received: Option<Money>) -> Vec<String> {
    let facts = &state.facts;
    let mut said = Vec::new();
    if let Some(wish) = facts.wanted {
        let of = facts.amount.map_or(String::new(), |amount| format!(" of {amount}"));
        said.push(format!("you wanted: {}{of}", wish.id()));
    }
    match (received, facts.amount, facts.least) {
        (Some(got), Some(wanted), _) if got.at_least(&wanted) == Some(true) => {
            said.push(format!("you got {got}: all of it"));
        }
        (Some(got), _, Some(least)) if got.at_least(&least) == Some(true) => {
            said.push(format!("you got {got}: at least the {least} you would accept"));
        }
        (Some(got), _, Some(least)) if got.at_least(&least) == Some(false) => {
            said.push(format!(
                "you got {got}: less than the {least} you would accept; `case reopen` opens the case again"
            ));
        }
        (Some(got), Some(wanted), None) if got.at_least(&wanted) == Some(false) => {
            said.push(format!("you got {got} of {wanted}"));
        }
        (Some(got), _, _) => said.push(format!("you got {got}")),
        (None, Some(wanted), _) => {
            said.push(format!(
                "no amount is written down for the {wanted}: say with --received how much you got"
            ));
        }
        (None, None, _) => {}
    }
    said
}

/// Takes what was learnt of contact points into the user's own directory, as their witness; returns what was kept, and
/// what was not with its cause.
///
/// # Errors
///
/// [`CaseDeskError`] where the case cannot be read.
pub async fn learn(
    place: &Place,
    id: &str,
    learnt: &[LearntView],
) -> Result<(usize, Vec<String>), CaseDeskError> {
    use crate::directory::{AddRequest, EditError, MarkRequest, add, mark, parse_became};
    let facts = place.state(id).await?.facts;
    let (company, country) = (facts.company, facts.country);
    let (mut kept, mut faults) = (0, Vec::new());
    for one in learnt {
        // That somebody answered, or did not help, is no fault of the number.
        let became = match one.outcome.as_str() {
            "helpful" => "helpful",
            "wrong_number" => "wrong-number",
            // What nobody reads gives no answer, today and later.
            "no_answer" | "unread" => "no-reply",
            "bounced" => "bounced",
            "has_left" => "has-left",
            "use_form" => "use-form",
            _ => continue,
        };
        let Ok(became) = parse_became(became) else { continue };
        let request = MarkRequest {
            value: one.contact.clone(),
            company: company.clone(),
            became,
            on: Some(place.now.date()),
            note: place.shown_case(id).map(|id| format!("case {id}")),
            country: None,
            data: Some(place.directory()),
        };
        let mut marked = mark(&request, place.now.timestamp()).await;
        if let Err(EditError::Unknown(_)) = marked {
            // A company outside of the directory begins in it with what the customer learnt.
            let told = AddRequest {
                company: company.clone(),
                value: one.contact.clone(),
                channel: None,
                rung: None,
                told_by: place.shown_case(id).map_or("a case".to_owned(), |id| format!("your case {id}")),
                on: Some(place.now.date()),
                label: None,
                country: Some(country),
                data: Some(place.directory()),
            };
            marked = match add(&told, place.now.timestamp()).await {
                Ok(_) => mark(&request, place.now.timestamp()).await,
                Err(error) => Err(error),
            };
        }
        match marked {
            Ok(_) => kept += 1,
            Err(error) => faults.push(error.to_string()),
        }
    }
    Ok((kept, faults))
}

/// Returns the bodies whose id or name is like a text, as the end of an error; empty where none is.
fn near_bodies(text: &str) -> String {
    let small = text.trim().to_lowercase();
    let words: Vec<&str> =
        small.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).collect();
    let mut near: Vec<(i64, &str)> = Atlas::builtin()
        .bodies()
        .filter_map(|body| {
            let far = strsim::damerau_levenshtein(&body.id, &small);
            let name = body.name.to_lowercase();
            let shared =
                words.iter().filter(|word| body.id.contains(**word) || name.contains(**word)).count();
            let alike = far <= 3 || shared > 0 && shared * 2 >= words.len();
            // A shared word counts as many letters that are the same.
            let distance =
                i64::try_from(far).unwrap_or(i64::MAX) - 8 * i64::try_from(shared).unwrap_or_default();
            alike.then_some((distance, body.id.as_str()))
        })
        .collect();
    near.sort_unstable();
    let near: Vec<String> = near.into_iter().take(3).map(|(_, id)| format!("`{id}`")).collect();
    if near.is_empty() { String::new() } else { format!(" (near: {})", near.join(", ")) }
}

/// Records that the customer gave somebody the authority to act for them; `from` names a client, where the one who keeps the case
/// acts for another: letters and the dossier then say so.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] for a day that has passed or nobody named; [`CaseDeskError::Cases`] where it cannot be kept.
pub async fn authority(
    place: &Place,
    id: &str,
    to: &str,
    from: Option<&str>,
    until: Option<Date>,
) -> Result<String, CaseDeskError> {
    if to.trim().is_empty() {
        return Err(CaseDeskError::Wrong("who gets the authority?".to_owned()));
    }
    if let Some(day) = until.filter(|day| *day < place.now.date()) {
        return Err(CaseDeskError::Wrong(format!("{day} has passed: an authority that has ended is no use")));
    }
    let from = from.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
    append(place, id, What::AuthorityGiven { to: to.trim().to_owned(), from, until }).await
}

/// Takes a closed case up again.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] where it is open; [`CaseDeskError::Cases`] where it cannot be kept.
pub async fn reopen(place: &Place, id: &str, because: &str) -> Result<String, CaseDeskError> {
    let state: State = place.state(id).await?;
    if state.closed.is_none() {
        return Err(CaseDeskError::Wrong(format!("case `{id}` is open")));
    }
    append(place, id, What::Reopened { because: because.to_owned() }).await
}

pub(super) async fn append(place: &Place, id: &str, what: What) -> Result<String, CaseDeskError> {
    let cases = place.write().await?;
    let events = cases.append(id, vec![what], &place.moment(), &place.by).await?;
    cases.close().await;
    Ok(events.first().map(|event| event.id.clone()).unwrap_or_default())
}

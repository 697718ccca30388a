//! A reply that was read, as the lines of the log that it would become; kept when its reader says so.

use casework::event::{Message as Kept, What};
use casework::{By, Case, Entry, State};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::answer;
use super::propose::hash;
use crate::case::{CaseDeskError, Place, mask};

/// A line that a reply would become.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, JsonSchema)]
pub struct ReplyLine {
    /// The day it came.
    #[schemars(with = "String")]
    pub on: Date,
    /// What it is, as `case log --kind` has it.
    pub kind: &'static str,
    /// In short.
    pub text: String,
    /// The day that is promised or set.
    #[schemars(with = "Option<String>")]
    pub due: Option<Date>,
    /// The sum.
    pub amount: Option<String>,
    /// Who signs.
    pub person: Option<String>,
    /// The reference that it gives.
    pub reference: Option<String>,
}

/// Returns the lines that a company's reply would become in the log of a case, the answer itself first, then promises with a day of their own.
/// `on` is the day it was sent; nothing is written.
///
/// # Errors
///
/// [`CaseDeskError`] where the case is not there, or the day lies ahead.
pub async fn reply_lines(
    place: &Place,
    id: &str,
    text: &str,
    on: Option<Date>,
) -> Result<Vec<ReplyLine>, CaseDeskError> {
    let line = |entry: Entry| ReplyLine {
        on: entry.on,
        kind: entry.kind.id(),
        text: entry.text,
        due: entry.due,
        amount: entry.amount.map(|amount| amount.to_string()),
        person: entry.person,
        reference: entry.reference,
    };
    Ok(entries(place, id, text, on).await?.into_iter().map(line).collect())
}

/// Writes a company's reply down: its words whole beside the line of its answer, its promises as lines of their own. Returns the ids of the
/// events.
///
/// # Errors
///
/// As [`reply_lines`]; [`CaseDeskError::Wrong`] where the log has the same reply already; and where it cannot be kept.
pub async fn keep_reply(
    place: &Place,
    id: &str,
    text: &str,
    on: Option<Date>,
) -> Result<Vec<String>, CaseDeskError> {
    let entries = entries(place, id, text, on).await?;
    let words = mask(text).0;
    // A text on its own has no id: its words are it, however its lines are broken.
    let key = hash(&[words.split_whitespace().collect::<Vec<_>>().join(" ").as_bytes()]);
    let message = Kept { id: Some(key.clone()), text: Some(words), ..Kept::default() };
    let mut first = Some(message);
    let events = entries.into_iter().map(|entry| {
        let entry = Box::new(entry);
        match first.take() {
            Some(message) => What::Received { entry, message },
            None => What::Logged(entry),
        }
    });
    let events: Vec<What> = events.collect();
    let cases = place.write().await?;
    if let Some(line) = twin(&cases.load(id).await?, &key) {
        cases.close().await;
        return Err(CaseDeskError::Wrong(format!("the log has this reply already, as {line}")));
    }
    let written = cases.append(id, events, &place.moment(), &place.by).await;
    cases.close().await;
    Ok(written?.into_iter().map(|event| event.id).collect())
}

/// Returns the line of the log that holds a reply by its key, unless it was withdrawn.
fn twin(case: &Case, key: &str) -> Option<String> {
    let same = case.events().iter().find(|event| {
        matches!(&event.what, What::Received { message, .. } if message.id.as_deref() == Some(key))
            && State::of(case).is_some_and(|state| state.log.iter().any(|line| line.event == event.id))
    });
    same.map(|event| event.id.clone())
}

/// Reads a reply into entries of the log.
async fn entries(place: &Place, id: &str, text: &str, on: Option<Date>) -> Result<Vec<Entry>, CaseDeskError> {
    let state = place.state(id).await?;
    let today = place.now.date();
    let on = on.unwrap_or(today);
    if on > today {
        return Err(CaseDeskError::Wrong(format!("{on} lies ahead: a log holds what has happened")));
    }
    let own = state.log.iter().rev().find(|line| line.entry.by == By::Customer && line.entry.on <= on);
    let complaint = state.facts.what.as_deref();
    let answer = answer::read(text, complaint, on, &state);
    let (person, reference) = (answer.names.first().cloned(), answer.references.first().cloned());
    let reference = reference.filter(|number| !state.references.contains(number));
    // An answer comes from the desk that was written to last.
    let (channel, rung) = own.map_or((None, None), |line| (line.entry.channel, line.entry.rung));
    let entry = |(at, line): (usize, answer::Line)| Entry {
        on,
        time: None,
        by: By::Company,
        channel,
        rung,
        kind: line.kind,
        text: mask(&line.text).0,
        due: line.due,
        amount: line.amount,
        contact: None,
        person: person.clone(),
        reference: reference.clone().filter(|_| at == 0),
        body: None,
        hours: None,
        held_minutes: None,
    };
    Ok(answer.lines.into_iter().enumerate().map(entry).collect())
}

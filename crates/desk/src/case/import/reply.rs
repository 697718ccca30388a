//! A reply that was read, as the lines of the log that it would become; kept when its reader says so, as proposed or as corrected.

use casework::event::{Message as Kept, What};
use casework::{By, Case, Entry, LogKind, State};
use jiff::civil::Date;
use ladder::Channel;
use letters::reply::Reading;
use schemars::JsonSchema;
use serde::Serialize;

use super::answer;
use super::propose::hash;
use crate::case::words::Sum;
use crate::case::{CaseDeskError, Place, log, mask};

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
    /// By which way it came, as far as that can be told: the way by which the customer wrote last.
    pub channel: Option<&'static str>,
}

/// How a reply came.
#[derive(Clone, Copy, Debug, Default)]
pub struct Came {
    /// The day it was sent; the one that it bears, else today, where none is told.
    pub on: Option<Date>,
    /// By which way; the one by which the customer wrote last, where none is told.
    pub channel: Option<Channel>,
}

/// What a reply says, beside the case that it belongs to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReplyTold {
    /// What kinds of answer it is, whether it takes up the complaint of the case, what it promises and gives.
    #[serde(flatten)]
    pub reading: Reading,
    /// The day that it counts from: the one given, else the one that it bears, else today.
    #[schemars(with = "String")]
    pub on: Date,
    /// The lines that it would become in the log, the answer itself first.
    pub lines: Vec<ReplyLine>,
    /// The line of the log that holds the same reply already.
    pub known: Option<String>,
}

/// A line as its reader wants it: what was proposed, corrected.
#[derive(Clone, Debug)]
pub struct LineWanted {
    /// Which of the proposed lines it is, counted from 0.
    pub at: usize,
    /// What it is.
    pub kind: LogKind,
    /// In short.
    pub text: String,
    /// The day that is promised or set.
    pub due: Option<Date>,
    /// The sum.
    pub amount: Option<Sum>,
}

/// Reads a company's reply beside a case; nothing is written.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] where the words cannot be read or the day is in the future; and where the case is not there.
pub async fn reply_told(
    place: &Place,
    id: &str,
    text: &str,
    on: Option<Date>,
) -> Result<ReplyTold, CaseDeskError> {
    let case = place.read().await?.load(id).await?;
    let state = State::of(&case).ok_or_else(|| CaseDeskError::Wrong(format!("case `{id}` has no events")))?;
    let request = crate::letters::ReplyRequest {
        id: None,
        text: text.to_owned(),
        complaint: state.facts.what.clone(),
        sent: on.map(|day| day.to_string()),
        country: Some(state.facts.country.code().to_owned()),
        lang: None,
    };
    let wrong = |error: crate::letters::LetterError| match error {
        crate::letters::LetterError::Input { cause, .. } => CaseDeskError::Wrong(cause.to_string()),
        other => CaseDeskError::Wrong(other.to_string()),
    };
    let mut reading = crate::letters::reply(&request).map_err(wrong)?.reading;
    let on = on.or(reading.dated).unwrap_or_else(|| place.now.date());
    // A reply that bears no day is counted from the one on which it is kept.
    if request.sent.is_none() && reading.dated.is_none() {
        let sent = Some(on.to_string());
        reading =
            crate::letters::reply(&crate::letters::ReplyRequest { sent, ..request }).map_err(wrong)?.reading;
    }
    let lines = reply_lines(place, id, text, Some(on)).await?;
    Ok(ReplyTold { reading, on, lines, known: twin(&case, &key_of(&mask(text).0)) })
}

/// Returns the lines that a company's reply would become in the log of a case, the answer itself first, then promises with a day of their own.
/// `on` is the day it was sent; nothing is written.
///
/// # Errors
///
/// [`CaseDeskError`] where the case is not there, or the day is in the future.
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
        channel: entry.channel.map(Channel::id),
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
    came: Came,
) -> Result<Vec<String>, CaseDeskError> {
    let mut entries = entries(place, id, text, came.on).await?;
    for entry in &mut entries {
        entry.channel = came.channel.or(entry.channel);
    }
    write(place, id, text, entries).await
}

/// Writes a company's reply down as its reader corrected it: the lines that are wanted, each with what was put right. Returns the ids of the
/// events.
///
/// # Errors
///
/// As [`keep_reply`]; [`CaseDeskError::Wrong`] where the answer itself is not wanted, a line says nothing, or a line is wanted that the reply,
/// read for another day, does not give.
pub async fn keep_reply_as(
    place: &Place,
    id: &str,
    text: &str,
    came: Came,
    wanted: &[LineWanted],
) -> Result<Vec<String>, CaseDeskError> {
    // The line of the answer holds the words: no promise stands without it.
    if !wanted.iter().any(|line| line.at == 0) {
        return Err(CaseDeskError::Wrong("the answer itself is kept with its promises".to_owned()));
    }
    let proposed = entries(place, id, text, came.on).await?;
    // Nothing that somebody ticked is dropped in silence.
    if wanted.iter().any(|line| line.at >= proposed.len()) {
        let why = "read for this day, the reply gives different lines: check them";
        return Err(CaseDeskError::Wrong(why.to_owned()));
    }
    let state = place.state(id).await?;
    let mut kept = Vec::new();
    for (at, mut entry) in proposed.into_iter().enumerate() {
        let Some(line) = wanted.iter().find(|line| line.at == at) else { continue };
        if line.text.trim().is_empty() {
            return Err(CaseDeskError::Wrong("a line of the log must say in short what happened".to_owned()));
        }
        entry.channel = came.channel.or(entry.channel);
        entry.kind = line.kind;
        entry.text = mask(line.text.trim()).0;
        entry.due = line.due;
        let sum = line.amount.as_ref();
        entry.amount = sum.map(|sum| log::money_of(&state, "amount", sum)).transpose()?;
        kept.push(entry);
    }
    write(place, id, text, kept).await
}

/// Returns the key of a reply's words. A text on its own has no id: its words are it, however its lines are broken.
fn key_of(words: &str) -> String {
    hash(&[words.split_whitespace().collect::<Vec<_>>().join(" ").as_bytes()])
}

/// Writes lines down, the words of the reply beside the first of them.
async fn write(
    place: &Place,
    id: &str,
    text: &str,
    entries: Vec<Entry>,
) -> Result<Vec<String>, CaseDeskError> {
    let words = mask(text).0;
    let key = key_of(&words);
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
        return Err(CaseDeskError::Wrong(format!("{on} is in the future: a log holds what has happened")));
    }
    let own = state.log.iter().rev().find(|line| line.entry.by == By::Customer && line.entry.on <= on);
    let complaint = state.facts.what.as_deref();
    let answer = answer::read(text, complaint, on, &state);
    let (person, reference) = (answer.names.first().cloned(), answer.references.first().cloned());
    let reference = reference.filter(|number| !state.references.contains(number));
    // An answer comes from the desk that was turned to last, and by the same way: but words that can be pasted were not spoken.
    let (channel, rung) = own.map_or((None, None), |line| (line.entry.channel, line.entry.rung));
    let spoken =
        |channel: &Channel| matches!(channel, Channel::Phone | Channel::Textphone | Channel::InPerson);
    let channel = channel.filter(|channel| !spoken(channel));
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

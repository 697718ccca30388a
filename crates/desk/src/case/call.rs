//! A phone call while it lasts: the guide to speak from, and each note on the disk before it is acknowledged.
//!
//! A call is kept in a file of its own beside the cases, a line a note, flushed to the disk one by one. When it ends it becomes
//! entries of the case's log, all or none, and the file goes. A program that was killed in the middle leaves the file: the next
//! call of the case finds it, and nothing that was noted is lost.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use casework::{By, Entry, LogKind, State, What};
use jiff::Zoned;
use jiff::civil::Date;
use ladder::{Channel, Rung};
use letters::draft::Language;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Texts;

use super::{CaseDeskError, DraftRequest, Place, draft, mask, sealing};

/// The folder of calls that last.
pub(super) const FOLDER: &str = "calls";

/// The most notes that a call holds, and the most characters of one.
const MOST_NOTES: usize = 2_000;
const MOST_TEXT: usize = 2_000;

/// What a note is.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The call began; its words are the number called.
    Began,
    /// On hold from now.
    HoldBegan,
    /// Off hold.
    HoldEnded,
    /// Something that was said.
    Note,
    /// Who is on the line.
    Name,
    /// A reference that was given.
    Reference,
    /// A promise, in their words.
    Promise,
    /// Something was refused.
    Refused,
    /// A supervisor was asked for.
    Supervisor,
    /// Nobody answered.
    Unanswered,
    /// The call ended.
    Ended,
}

/// A note of a call.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CallNote {
    /// When, with the zone of the user.
    #[schemars(with = "String")]
    pub at: Zoned,
    /// What it is.
    pub mark: Mark,
    /// The words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// A step of the guide.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, JsonSchema)]
pub struct GuideStep {
    /// What it is for.
    pub title: String,
    /// What to say or do.
    pub lines: Vec<String>,
}

/// What one speaks from.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CallGuide {
    /// The company.
    pub company: String,
    /// The number, where the case knows one, and when it answers.
    pub number: Option<String>,
    /// Its hours.
    pub hours: Option<String>,
    /// The steps, in order.
    pub steps: Vec<GuideStep>,
    /// Questions that the case leaves open.
    pub blanks: Vec<String>,
}

/// A call that lasts.
#[derive(Debug)]
pub struct Call {
    path: PathBuf,
    file: File,
    notes: Vec<CallNote>,
    /// What locks each line in a sealed store, and the name under which.
    texts: Texts,
    name: String,
}

/// A call as it stands.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CallView {
    /// When it began.
    #[schemars(with = "String")]
    pub began: Zoned,
    /// The number called.
    pub number: Option<String>,
    /// Seconds on hold, in all.
    pub held_seconds: i64,
    /// Since when one holds, where one does.
    #[schemars(with = "Option<String>")]
    pub holding_since: Option<Zoned>,
    /// Who was on the line, in order.
    pub people: Vec<String>,
    /// The references given.
    pub references: Vec<String>,
    /// The promises, each with the day that it names.
    pub promises: Vec<CallPromise>,
    /// Every note, oldest first.
    pub notes: Vec<CallNote>,
    /// What to read back before hanging up.
    pub read_back: String,
}

/// A promise made on the phone.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, JsonSchema)]
pub struct CallPromise {
    /// The words.
    pub text: String,
    /// The day that they name (working days by the country's calendar).
    #[schemars(with = "Option<String>")]
    pub due: Option<Date>,
}

/// Makes the guide for a call.
///
/// # Errors
///
/// As [`draft`].
pub async fn call_guide(place: &Place, id: &str, request: &DraftRequest) -> Result<CallGuide, CaseDeskError> {
    let request = DraftRequest { kind: Some("call".to_owned()), ..request.clone() };
    let written = draft(place, id, &request).await?;
    let state = place.state(id).await?;
    let mut steps: Vec<GuideStep> = Vec::new();
    for line in written.body.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        match line.get(digits..).and_then(|rest| rest.strip_prefix(". ")).filter(|_| digits > 0) {
            Some(title) => steps.push(GuideStep { title: title.to_owned(), lines: Vec::new() }),
            None => match steps.last_mut() {
                Some(step) => step.lines.push(line.to_owned()),
                None => steps.push(GuideStep { title: line.to_owned(), lines: Vec::new() }),
            },
        }
    }
    let point = number(&state);
    let text = |field: &str| point.and_then(|point| point[field].as_str()).map(str::to_owned);
    Ok(CallGuide {
        company: state.facts.company.clone(),
        number: text("value"),
        hours: text("hours"),
        steps,
        blanks: written.blanks,
    })
}

/// Returns the telephone of the pinned ladder that a complaint goes to.
fn number(state: &State) -> Option<&serde_json::Value> {
    let place = |point: &&serde_json::Value| match point["rung"].as_str() {
        Some("complaints") => 0,
        Some("front_line") => 1,
        _ => 2,
    };
    super::pinned::own_points(state).filter(|point| point["channel"] == "phone").min_by_key(place)
}

/// Begins a call; its file is on the disk when this returns.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] where an unfinished call waits, or the file cannot be written; [`CaseDeskError::Cases`] where
/// there is no such case.
pub async fn call_begin(place: &Place, id: &str, number: Option<&str>) -> Result<Call, CaseDeskError> {
    place.may_write()?;
    place.state(id).await?;
    let texts = place.texts().await?;
    let path = path(place, &texts, id);
    let failed = |error: io::Error| wrong(&path, &error);
    let folder = path.parent().unwrap_or(Path::new(".")).to_owned();
    fs::create_dir_all(&folder).map_err(failed)?;
    let file =
        OpenOptions::new().append(true).create_new(true).open(&path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => CaseDeskError::Wrong(format!(
                "a call for `{id}` is still open or was cut off: `upstairs case call {id}` continues it"
            )),
            _ => failed(error),
        })?;
    alone(&file, &path, id)?;
    // The name is on the disk only when the folder is.
    File::open(&folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    let name = sealing::name_of(&place.data, &path);
    let mut call = Call { path, file, notes: Vec::new(), texts, name };
    call.note(&place.now, Mark::Began, number.unwrap_or_default())?;
    Ok(call)
}

/// Takes up a call that did not end: where there is none, `None`. A line that was cut off in the writing was never
/// acknowledged, and is left out; a whole line that cannot be read keeps the file as it is.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] where the call is under way elsewhere, or its file or a line of it cannot be read.
pub async fn call_unfinished(place: &Place, id: &str) -> Result<Option<Call>, CaseDeskError> {
    let texts = place.texts().await?;
    let path = path(place, &texts, id);
    let mut file = match OpenOptions::new().read(true).append(true).open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(wrong(&path, &error)),
    };
    alone(&file, &path, id)?;
    // Ended by another meanwhile: what was opened is a file without a name.
    if !path.exists() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|error| wrong(&path, &error))?;
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let name = sealing::name_of(&place.data, &path);
    let mut notes: Vec<CallNote> = Vec::new();
    for (at, line) in bytes[..whole].split(|byte| *byte == b'\n').enumerate() {
        if line.is_empty() {
            continue;
        }
        let note = texts.read(&name, line.to_owned()).and_then(|plain| Ok(serde_json::from_slice(&plain)?));
        notes.push(note.map_err(|error| {
            CaseDeskError::Wrong(format!(
                "line {} of `{}` is damaged ({error}): the file was not changed; repair that line or move the file away",
                at + 1,
                path.display()
            ))
        })?);
    }
    if notes.is_empty() {
        fs::remove_file(&path).map_err(|error| wrong(&path, &error))?;
        return Ok(None);
    }
    if whole < bytes.len() {
        // What is written next must not be glued to half a line.
        let length = u64::try_from(whole).unwrap_or(u64::MAX);
        file.set_len(length).map_err(|error| wrong(&path, &error))?;
    }
    Ok(Some(Call { path, file, notes, texts, name }))
}

/// Takes the file of a call for as long as it is open, so that no other terminal ends it or cuts off what is being written.
fn alone(file: &File, path: &Path, id: &str) -> Result<(), CaseDeskError> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(CaseDeskError::Wrong(format!(
            "a call for `{id}` is open in another terminal: end it there first"
        ))),
        Err(TryLockError::Error(error)) => Err(wrong(path, &error)),
    }
}

/// Ends a call: it becomes an entry of the log, and each promise one of its own; returns the ids of the events. One of which nothing was
/// noted writes nothing: that nobody answered is a note, too.
///
/// # Errors
///
/// [`CaseDeskError::Cases`] where it cannot be kept: the call's own file stays then.
pub async fn call_end(place: &Place, id: &str, mut call: Call) -> Result<Vec<String>, CaseDeskError> {
    if call.notes.last().is_none_or(|note| note.mark != Mark::Ended) {
        call.note(&place.now, Mark::Ended, "")?;
    }
    let state = place.state(id).await?;
    let view = call_view(&call, &state);
    let what = entries(&call, &view);
    let first = match what.first() {
        Some(What::Logged(first)) if !call.is_empty() => first,
        _ => {
            fs::remove_file(&call.path).map_err(|error| wrong(&call.path, &error))?;
            return Ok(Vec::new());
        }
    };
    // Killed between the log and the removal of the file: the entry is there already.
    let there = state.log.iter().find(|line| line.entry == **first).map(|line| line.event.clone());
    let events = if let Some(event) = there {
        vec![event]
    } else {
        let cases = place.write().await?;
        let events = cases.append(id, what, &place.moment(), &place.by).await?;
        cases.close().await;
        events.into_iter().map(|event| event.id).collect()
    };
    fs::remove_file(&call.path).map_err(|error| wrong(&call.path, &error))?;
    Ok(events)
}

impl Call {
    /// Writes a note; it is on the disk when this returns.
    ///
    /// # Errors
    ///
    /// [`CaseDeskError::Wrong`] where it cannot be written, or the call holds too many already.
    pub fn note(&mut self, at: &Zoned, mark: Mark, text: &str) -> Result<(), CaseDeskError> {
        if self.notes.len() >= MOST_NOTES && mark != Mark::Ended {
            return Err(CaseDeskError::Wrong(format!(
                "a call can have {MOST_NOTES} notes: end it and start another"
            )));
        }
        let text: String =
            text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MOST_TEXT).collect();
        let note = CallNote { at: at.clone(), mark, text: mask(&text).0 };
        let line = serde_json::to_vec(&note).map_err(|error| wrong(&self.path, &error.into()))?;
        let mut line = self.texts.keep(&self.name, &line).map_err(|error| wrong(&self.path, &error))?;
        line.push(b'\n');
        self.file
            .write_all(&line)
            .and_then(|()| self.file.sync_data())
            .map_err(|error| wrong(&self.path, &error))?;
        self.notes.push(note);
        Ok(())
    }

    /// Returns whether nothing was noted beside its beginning and its end.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.notes.iter().all(|note| matches!(note.mark, Mark::Began | Mark::Ended))
    }

    /// Returns the notes, oldest first.
    #[must_use]
    pub fn notes(&self) -> &[CallNote] {
        &self.notes
    }
}

/// Returns a call as it stands.
fn call_view(call: &Call, state: &State) -> CallView {
    let notes = &call.notes;
    let of = |mark: Mark| notes.iter().filter(move |note| note.mark == mark && !note.text.is_empty());
    let texts = |mark: Mark| {
        let mut texts: Vec<String> = Vec::new();
        for note in of(mark) {
            if !texts.contains(&note.text) {
                texts.push(note.text.clone());
            }
        }
        texts
    };
    let began = notes.first().map_or_else(
        || jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC),
        |note| note.at.clone(),
    );
    let (mut held, mut since): (i64, Option<&CallNote>) = (0, None);
    for note in notes {
        match (note.mark, since) {
            (Mark::HoldBegan, None) => since = Some(note),
            (Mark::HoldEnded | Mark::Ended, Some(from)) => {
                held += (note.at.timestamp() - from.at.timestamp()).get_seconds().max(0);
                since = None;
            }
            _ => {}
        }
    }
    let language = Language::of_country(state.facts.country);
    let atlas = atlas::Atlas::builtin();
    let calendar = atlas.working_days(state.facts.country, state.facts.region.as_deref());
    let promises: Vec<CallPromise> = of(Mark::Promise)
        .map(|note| CallPromise {
            text: note.text.clone(),
            due: letters::promise::day_in(
                &note.text,
                note.at.date(),
                Some(language.code()),
                Some(state.facts.country),
                Some(&calendar),
            ),
        })
        .collect();
    let (people, references) = (texts(Mark::Name), texts(Mark::Reference));
    let read_back = read_back(language, &promises, &people, &references);
    CallView {
        began,
        number: notes.first().map(|note| note.text.clone()).filter(|text| !text.is_empty()),
        held_seconds: held,
        holding_since: since.map(|note| note.at.clone()),
        people,
        references,
        promises,
        notes: notes.clone(),
        read_back,
    }
}

/// Returns a call as it stands, with the case that it belongs to.
///
/// # Errors
///
/// [`CaseDeskError`] where the case cannot be read.
pub async fn call_show(place: &Place, id: &str, call: &Call) -> Result<CallView, CaseDeskError> {
    Ok(call_view(call, &place.state(id).await?))
}

/// Writes what one reads back before hanging up.
fn read_back(
    language: Language,
    promises: &[CallPromise],
    people: &[String],
    references: &[String],
) -> String {
    let said: Vec<String> = promises
        .iter()
        .map(|promise| match promise.due {
            Some(due) => format!("{} ({due})", promise.text.trim_end_matches('.')),
            None => promise.text.trim_end_matches('.').to_owned(),
        })
        .collect();
    let said = said.join("; ");
    let (person, reference) = (people.last(), references.last());
    let (opening, nothing, name, number, right) = match language {
        Language::En => (
            "May I read back what we agreed: ",
            "nothing was promised in this call",
            "I spoke with ",
            "the reference is ",
            "Is that right?",
        ),
        Language::De => (
            "Ich fasse zusammen, was wir vereinbart haben: ",
            "in diesem Gespräch wurde nichts zugesagt",
            "gesprochen habe ich mit ",
            "das Zeichen lautet ",
            "Stimmt das so?",
        ),
        Language::Fr => (
            "Je récapitule ce dont nous sommes convenus : ",
            "rien n’a été promis lors de cet appel",
            "j’ai parlé avec ",
            "la référence est ",
            "Est-ce exact ?",
        ),
        Language::Es => (
            "Repito lo que hemos acordado: ",
            "en esta llamada no se ha prometido nada",
            "he hablado con ",
            "la referencia es ",
            "¿Es correcto?",
        ),
    };
    let mut parts = vec![if said.is_empty() { nothing.to_owned() } else { said }];
    parts.extend(person.map(|person| format!("{name}{person}")));
    parts.extend(reference.map(|reference| format!("{number}{reference}")));
    format!("{opening}{}. {right}", parts.join("; "))
}

/// Makes the entries of the log of a call.
fn entries(call: &Call, view: &CallView) -> Vec<What> {
    let clock = |note: &CallNote| note.at.strftime("%H:%M").to_string();
    let mut lines: Vec<String> = Vec::new();
    for note in &call.notes {
        let words = match note.mark {
            Mark::Note => note.text.clone(),
            Mark::Refused if note.text.is_empty() => "refused".to_owned(),
            Mark::Refused => format!("refused: {}", note.text),
            Mark::Supervisor if note.text.is_empty() => "asked for a supervisor".to_owned(),
            Mark::Supervisor => format!("asked for a supervisor: {}", note.text),
            Mark::Promise => format!("promised: {}", note.text),
            Mark::Began
            | Mark::HoldBegan
            | Mark::HoldEnded
            | Mark::Name
            | Mark::Reference
            | Mark::Unanswered
            | Mark::Ended => continue,
        };
        if !words.is_empty() {
            lines.push(format!("{} {words}", clock(note)));
        }
    }
    let reached = !(lines.is_empty() && view.people.is_empty() && view.references.is_empty());
    let asked = call.notes.iter().any(|note| note.mark == Mark::Supervisor);
    let (kind, rung) = match (reached, asked) {
        (false, _) => (LogKind::NoAnswer, Rung::FrontLine),
        (true, true) => (LogKind::AskedSupervisor, Rung::Supervisor),
        (true, false) => (LogKind::Call, Rung::FrontLine),
    };
    let began = view.began.datetime();
    let time = began.time().round(jiff::Unit::Minute).unwrap_or_else(|_| began.time());
    let person = Some(view.people.join(", ")).filter(|people| !people.is_empty());
    let minutes = u32::try_from(view.held_seconds.max(0).unsigned_abs().div_ceil(60))
        .ok()
        .filter(|minutes| *minutes > 0);
    let entry = Entry {
        on: began.date(),
        time: Some(time),
        by: By::Customer,
        channel: Some(Channel::Phone),
        rung: Some(rung),
        kind,
        text: lines.join("\n"),
        due: None,
        amount: None,
        contact: view.number.clone(),
        person: person.clone(),
        reference: view.references.last().cloned(),
        body: None,
        held_minutes: minutes,
        hours: None,
    };
    let mut what = vec![What::Logged(Box::new(entry))];
    for promise in &view.promises {
        what.push(What::Logged(Box::new(Entry {
            on: began.date(),
            time: Some(time),
            by: By::Company,
            channel: Some(Channel::Phone),
            rung: Some(rung),
            kind: LogKind::Promise,
            text: promise.text.clone(),
            due: promise.due.filter(|due| *due >= began.date()),
            amount: None,
            contact: None,
            person: view.people.last().cloned(),
            reference: None,
            body: None,
            held_minutes: None,
            hours: None,
        })));
    }
    let more = view.references.len().saturating_sub(1);
    what.extend(
        view.references[..more].iter().map(|reference| What::Referenced { reference: reference.clone() }),
    );
    what
}

/// Returns where the call of a case is kept while it lasts. Ids are made by us from letters, digits and hyphens.
fn path(place: &Place, texts: &Texts, id: &str) -> PathBuf {
    file(&place.data, texts, id)
}

/// Returns where the call of a case is kept in the folder of whoever makes it.
pub(super) fn file(data: &Path, texts: &Texts, id: &str) -> PathBuf {
    let safe: String = texts.name(id).chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    data.join(FOLDER).join(format!("{safe}.jsonl"))
}

fn wrong(path: &Path, error: &io::Error) -> CaseDeskError {
    CaseDeskError::Wrong(format!("the call cannot be kept in `{}`: {error}", path.display()))
}

//! What is shown of a case: where it stands, what is promised, what comes next. All of it computed from the log.

use atlas::Atlas;
use casework::event::What;
use casework::view::View;
use casework::view::promise::Kept;
use casework::{State, holder};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use store::cases::{Filter, Summary};
use store::{CasesError, StoreError};

use super::{CaseDeskError, Place};
use crate::advise::{self, AdviceAnswer};

/// The most cases that are listed.
const MOST_LISTED: u32 = 20_000;

/// The name and version of the schema of a case.
pub const CASE_SCHEMA: &str = "upstairs.case/1";

/// A case at a glance.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CaseView {
    /// Its id.
    pub id: String,
    /// The company.
    pub company: String,
    /// The country whose law counts.
    pub country: String,
    /// What happened, in the customer's words.
    pub what: Option<String>,
    /// Since when (year-month-day).
    pub since: Option<String>,
    /// The sum in dispute.
    pub amount: Option<String>,
    /// What is wanted.
    pub wanted: Option<String>,
    /// The least that is accepted.
    pub least: Option<String>,
    /// `open` or `closed`.
    pub status: &'static str,
    /// How it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Whose move it is.
    pub holder: Option<HolderView>,
    /// Numbers by which the company finds it.
    pub references: Vec<String>,
    /// What proves it.
    pub evidence: Vec<String>,
    /// Promises, oldest first.
    pub promises: Vec<PromiseView>,
    /// The log, oldest first.
    pub timeline: Vec<EntryView>,
    /// Notes that the customer wrote for themselves, oldest first.
    pub notes: Vec<NoteView>,
    /// The next step.
    pub next: AdviceAnswer,
}

/// Whose move it is.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HolderView {
    /// `customer`, `company` or `body`.
    pub who: String,
    /// Since when (year-month-day).
    pub since: String,
    /// For how many days.
    pub days: i32,
}

/// A promise.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PromiseView {
    /// The event that holds it.
    pub event: String,
    /// When it was made.
    pub on: String,
    /// For when.
    pub due: Option<String>,
    /// The words.
    pub text: String,
    /// `open`, `kept`, `broken`, or `replaced` by a later promise or offer.
    pub state: &'static str,
}

/// A line of the log.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EntryView {
    /// The id of the event, by which it can be withdrawn.
    pub event: String,
    /// The day.
    pub on: String,
    /// The local time, where known.
    pub time: Option<String>,
    /// Whose act.
    pub by: String,
    /// What kind of contact it was.
    pub kind: String,
    /// By which channel.
    pub channel: Option<String>,
    /// With which rung.
    pub rung: Option<String>,
    /// With whom.
    pub person: Option<String>,
    /// What was said.
    pub text: String,
    /// The reference given.
    pub reference: Option<String>,
    /// The day promised or set.
    pub due: Option<String>,
    /// The sum.
    pub amount: Option<String>,
}

/// A case in a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ListView {
    /// Its id.
    pub id: String,
    /// The company.
    pub company: String,
    /// What happened, in short.
    pub title: String,
    /// `open` or `closed`.
    pub status: &'static str,
    /// The day it was opened.
    pub opened: String,
    /// How many events it has.
    pub events: u32,
}

/// What a proof of a case found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct VerifyView {
    /// The case.
    pub id: String,
    /// Events from the first on that are as they were written.
    pub intact: u32,
    /// Files that are as they were attached.
    pub files: u32,
    /// The hash of the last intact event: written down elsewhere, it proves the log of today.
    pub head: String,
    /// What is wrong; empty where all is well.
    pub faults: Vec<String>,
    /// What is no fault and good to know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// Shows a case.
///
/// # Errors
///
/// [`CaseDeskError`] where it is not there or cannot be read.
pub async fn show(place: &Place, id: &str) -> Result<CaseView, CaseDeskError> {
    let case = place.read().await?.load(id).await?;
    let state = State::of(&case).ok_or_else(|| CaseDeskError::Wrong(format!("case `{id}` has no events")))?;
    let mut shown = view(id, &state, Atlas::builtin(), place.now.date());
    let notes = case.events().iter().filter_map(|event| match &event.what {
        What::Noted { text } => {
            Some(NoteView { event: event.id.clone(), on: event.at.day().to_string(), text: text.clone() })
        }
        _ => None,
    });
    shown.notes = notes.collect();
    Ok(shown)
}

/// A note that the customer wrote for themselves: no step of the case, and in no letter.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct NoteView {
    /// The event.
    pub event: String,
    /// The day it was written (year-month-day).
    pub on: String,
    /// Its words.
    pub text: String,
}

/// A message as it came, apart from its line in the log.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MessageView {
    /// The event.
    pub event: String,
    /// Its id in its own system.
    pub id: Option<String>,
    /// The subject.
    pub subject: Option<String>,
    /// Its words, whole.
    pub text: String,
    /// The hash of its bytes, where they were kept.
    pub sha256: Option<String>,
}

/// Returns a message whole.
///
/// # Errors
///
/// [`CaseDeskError`] where the case is not there, or the event holds no message.
pub async fn message(place: &Place, id: &str, event: &str) -> Result<MessageView, CaseDeskError> {
    let case = place.read().await?.load(id).await?;
    let found = case.events().iter().find(|one| one.id == event);
    let (What::Sent { entry, message } | What::Received { entry, message }) = found
        .map(|one| &one.what)
        .ok_or_else(|| CaseDeskError::Wrong(format!("case `{id}` has no event `{event}`")))?
    else {
        return Err(CaseDeskError::Wrong(format!(
            "event `{event}` is not an imported message: `upstairs case timeline {id}` shows its line"
        )));
    };
    Ok(MessageView {
        event: event.to_owned(),
        id: message.id.clone(),
        subject: message.subject.clone(),
        text: message.text.clone().unwrap_or_else(|| entry.text.clone()),
        sha256: message.sha256.clone(),
    })
}

/// Returns the advice on a case; `all` adds every rule, fired or not.
///
/// # Errors
///
/// [`CaseDeskError`] where it is not there or cannot be read.
pub async fn next(place: &Place, id: &str, all: bool) -> Result<AdviceAnswer, CaseDeskError> {
    let state = place.state(id).await?;
    Ok(advise::answer(Value::from(id), &state, Atlas::builtin(), place.now.date(), all))
}

/// Lists cases, those worked on last first.
///
/// # Errors
///
/// [`CaseDeskError`] where the store cannot be read. Nothing kept yet is no error: the list is empty.
pub async fn list(place: &Place, words: Option<&str>, closed: bool) -> Result<Vec<ListView>, CaseDeskError> {
    list_page(place, words, closed, 0, MOST_LISTED).await
}

/// Lists at most so many cases after the first `skip`, those worked on last first.
///
/// # Errors
///
/// As for [`list`].
pub async fn list_page(
    place: &Place,
    words: Option<&str>,
    closed: bool,
    skip: u32,
    most: u32,
) -> Result<Vec<ListView>, CaseDeskError> {
    let cases = match place.read().await {
        Err(CaseDeskError::None(_)) => return Ok(Vec::new()),
        other => other?,
    };
    let filter = Filter { words: words.map(str::to_owned), closed, skip, most };
    Ok(cases.list(&filter).await?.into_iter().map(listed).collect())
}

/// Counts the cases that [`list`] would list.
///
/// # Errors
///
/// As for [`list`].
pub async fn count(place: &Place, words: Option<&str>, closed: bool) -> Result<u32, CaseDeskError> {
    let cases = match place.read().await {
        Err(CaseDeskError::None(_)) => return Ok(0),
        other => other?,
    };
    Ok(cases.count(&Filter { words: words.map(str::to_owned), closed, ..Filter::default() }).await?)
}

fn listed(summary: Summary) -> ListView {
    ListView {
        id: summary.id,
        company: summary.company,
        title: summary.title,
        status: summary.status,
        opened: summary.opened.to_string(),
        events: summary.events,
    }
}

/// What stands in the place of a case where the file as a whole is meant; no case is called so.
const STORE: &str = "(the file of the cases)";

/// Proves a case, or every case and the file that holds them.
///
/// # Errors
///
/// [`CaseDeskError`] where a case is not there or the store cannot be read; a fault is an answer and no error.
pub async fn verify(place: &Place, id: Option<&str>) -> Result<Vec<VerifyView>, CaseDeskError> {
    let cases = place.read().await?;
    let mut proofs = Vec::new();
    let ids = if let Some(id) = id {
        vec![id.to_owned()]
    } else {
        let faults = cases.unsound().await?;
        if !faults.is_empty() {
            proofs.push(VerifyView {
                id: STORE.to_owned(),
                intact: 0,
                files: 0,
                head: String::new(),
                faults,
                notes: Vec::new(),
            });
        }
        cases.ids().await?
    };
    for id in ids {
        let proof = match cases.verify(&id).await {
            Ok(proof) => proof,
            // One that cannot be read hides nothing of the others.
            Err(CasesError::Store(error @ (StoreError::Damaged { .. } | StoreError::Record { .. }))) => {
                let faults = vec![error.to_string()];
                let (head, notes) = (String::new(), Vec::new());
                proofs.push(VerifyView { id, intact: 0, files: 0, head, faults, notes });
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        proofs.push(VerifyView {
            id,
            intact: proof.intact,
            files: proof.files,
            head: proof.head,
            faults: proof.faults.iter().map(ToString::to_string).collect(),
            notes: proof
                .without_bytes
                .iter()
                .map(|name| {
                    format!(
                        "the words of the message `{name}` are in the log; the original file is not kept here"
                    )
                })
                .collect(),
        });
    }
    Ok(proofs)
}

/// Makes the view of a state.
fn view(id: &str, state: &State, atlas: &Atlas, today: Date) -> CaseView {
    let facts = &state.facts;
    let computed = View::new(state, atlas, today);
    let promises = computed
        .promises
        .iter()
        .map(|promise| PromiseView {
            event: promise.event.clone(),
            on: promise.on.to_string(),
            due: promise.due.map(|day| day.to_string()),
            text: promise.text.clone(),
            state: match promise.kept {
                Kept::Yes => "kept",
                Kept::Broken => "broken",
                Kept::Replaced => "replaced",
                Kept::Open | Kept::NoDay => "open",
            },
        })
        .collect();
    let next = advise::answer(Value::from(id), state, atlas, today, false);
    let main = next.advice.first().map(|step| step.step);
    CaseView {
        id: id.to_owned(),
        company: facts.company.clone(),
        country: facts.country.code().to_owned(),
        what: facts.what.clone(),
        since: facts.since.map(|day| day.to_string()),
        amount: facts.amount.map(|money| money.to_string()),
        wanted: facts.wanted.map(|wish| wish.id().to_owned()),
        least: facts.least.map(|money| money.to_string()),
        status: if state.closed.is_some() { "closed" } else { "open" },
        outcome: state.closed.as_ref().map(|closing| closing.outcome.clone()),
        holder: holder::beside(&computed, main).map(|(who, since)| HolderView {
            who: who.id().to_owned(),
            since: since.to_string(),
            days: (today - since).get_days(),
        }),
        references: state.references.clone(),
        evidence: state.evidence.iter().map(|evidence| evidence.name.clone()).collect(),
        promises,
        timeline: state.log.iter().map(entry).collect(),
        notes: Vec::new(),
        next,
    }
}

fn entry(line: &casework::Line) -> EntryView {
    let entry = &line.entry;
    EntryView {
        event: line.event.clone(),
        on: entry.on.to_string(),
        time: entry.time.map(|time| time.strftime("%H:%M").to_string()),
        by: entry.by.id().to_owned(),
        kind: entry.kind.id().to_owned(),
        channel: entry.channel.map(|channel| channel.id().to_owned()),
        rung: entry.rung.map(|rung| rung.id().to_owned()),
        person: entry.person.clone(),
        text: entry.text.clone(),
        reference: entry.reference.clone(),
        due: entry.due.map(|day| day.to_string()),
        amount: entry.amount.map(|money| money.to_string()),
    }
}

//! The conversation that opens a case: one question after the other, kept on the disk after each answer.
//!
//! What is kept is a situation as `advise` takes it, so what is still missing is told at every step by the same rules
//! that advise on the case later. Opening it makes the first events of a case and throws the conversation away.

mod answers;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use reading::message::plain_name;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

pub use answers::{Asked, Fields, QUESTIONS, Question, Takes, Wrong};

use crate::advise::QuestionView;
use crate::answer::FindAnswer;
use crate::case::{self, CaseDeskError, NewCase, Opened, Place, sealing};
use crate::directory::{CandidateView, Looked};
use crate::erase::Made;
use crate::find::{FindRequest, Live};

/// The most conversations that are kept at once; the oldest goes when another begins.
const MOST: usize = 50;
/// The most files that are gathered before a case is opened.
const MOST_FILES: usize = 60;

/// A conversation.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Intake {
    /// Its id.
    pub id: String,
    /// The case so far, as `advise` takes it.
    pub case: Value,
    /// The questions that were answered or passed by.
    pub answered: Vec<String>,
    /// What was typed of a question that is not answered yet: field and text.
    #[serde(default)]
    pub half: Vec<(String, String)>,
    /// Files that prove it, as they were named.
    pub files: Vec<GatheredFile>,
    /// What was typed to find the company's ladder, where it was looked for.
    #[serde(default)]
    pub company_asked: Option<String>,
    /// The search of a face that found it, in the words of that face.
    #[serde(default)]
    pub search: Option<String>,
}

/// A file that was gathered.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct GatheredFile {
    /// What it is called.
    pub name: String,
    /// Its name on our disk, made by us.
    pub stored: String,
    /// Its size.
    pub bytes: u64,
}

/// How far a conversation is.
#[derive(Clone, Debug, Serialize)]
pub struct Readiness {
    /// What is known, of `of`.
    pub known: usize,
    /// What a complaint needs.
    pub of: usize,
    /// What is missing, why it matters, and what to ask.
    pub missing: Vec<QuestionView>,
}

impl Intake {
    /// Returns a text of the case by its path, as in `/problem/what`.
    #[must_use]
    pub fn text(&self, pointer: &str) -> Option<&str> {
        self.case.pointer(pointer).and_then(Value::as_str)
    }

    /// Returns how far it is, as of a day.
    #[must_use]
    pub fn readiness(&self, today: Date) -> Readiness {
        // The trade beside what the rules ask for: who stands outside hangs on it.
        const OF: usize = casework::Lack::IDS.len() + 1;
        let mut case = self.case.clone();
        if case.get("country").is_none() {
            // The country is asked later; what is missing does not hang on it.
            case["country"] = json!("GB");
        }
        let evidence: Vec<&str> = self.files.iter().map(|file| file.name.as_str()).collect();
        if !evidence.is_empty() {
            case["evidence"] = json!(evidence);
        }
        let situation = json!({"now": today.to_string(), "case": case}).to_string();
        // What cannot be read tells nothing of what is there: then all of it is still asked for.
        let mut missing = crate::advise::advise(&situation, Some(today), false)
            .map_or_else(|_| crate::advise::every_question(), |answer| answer.questions);
        // What decides who deals with it is asked with the country.
        missing.retain(|question| casework::Lack::IDS.contains(&question.missing.as_str()));
        if self.text("/sector").is_none() {
            missing.insert(0, crate::advise::question_of_trade());
        }
        Readiness { known: OF - missing.len().min(OF), of: OF, missing }
    }

    /// Returns the first question that is neither answered nor passed by.
    #[must_use]
    pub fn next_question(&self) -> Option<&'static Question> {
        QUESTIONS.iter().find(|question| !self.answered.iter().any(|id| id == question.id))
    }
}

/// The folder of conversations.
pub(crate) const FOLDER: &str = "intake";
/// What is written here in the folder of what is kept.
pub(crate) const MADE: &[Made] = &[Made::Named(FOLDER)];

fn folder(data: &Path) -> PathBuf {
    data.join(FOLDER)
}

/// Returns where a conversation lies; an id that is not of our making is refused.
fn at(data: &Path, id: &str) -> Result<PathBuf, CaseDeskError> {
    if id.is_empty() || id.len() > 40 || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return Err(CaseDeskError::Wrong(format!("no conversation is called `{id}`")));
    }
    Ok(folder(data).join(id))
}

fn failed(path: &Path, error: &io::Error) -> CaseDeskError {
    CaseDeskError::Wrong(format!("`{}`: {error}", path.display()))
}

/// Begins a conversation with what is known already, and keeps it. A topic may stand in the words of `find`. A trade that is only
/// guessed from the company's name is shown for a yes: the first question is then still asked.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] where it cannot be kept.
pub async fn begin(place: &Place, known: Map<String, Value>) -> Result<Intake, CaseDeskError> {
    place.may_write()?;
    let mut known = known;
    // A list calls a trade by a word of its own: what the atlas has no word for is asked for.
    if let Some(listed) = known.remove("sector")
        && let Some(sector) = listed.as_str().and_then(crate::directory::trade)
    {
        known.insert("sector".to_owned(), json!(sector.id()));
    }
    let told = known.contains_key("sector");
    let company = known.get("company").and_then(Value::as_str).unwrap_or_default();
    if let Some(sector) = atlas::company_name::sector_of_name(company).filter(|_| !told) {
        known.insert("sector".to_owned(), json!(sector.id()));
    }
    let mut known = Value::Object(known);
    case::settle_topic(&mut known)?;
    let mut others = list(place).await;
    others.sort_by(|a, b| a.id.cmp(&b.id));
    if others.len() >= MOST {
        forget(place, &others[0].id)?;
    }
    let id = format!("n{:x}", place.now.timestamp().as_nanosecond());
    let mut intake = Intake {
        id,
        case: known,
        answered: Vec::new(),
        half: Vec::new(),
        files: Vec::new(),
        company_asked: None,
        search: None,
    };
    if told && intake.text("/company").is_some() {
        intake.answered.push("company".to_owned());
    }
    keep(place, &intake).await?;
    Ok(intake)
}

/// Keeps a conversation.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] where it cannot be written.
pub async fn keep(place: &Place, intake: &Intake) -> Result<(), CaseDeskError> {
    place.may_write()?;
    let file = at(&place.data, &intake.id)?.join("case.json");
    let json = serde_json::to_vec_pretty(intake).unwrap_or_default();
    sealing::keep(&place.data, &place.texts().await?, &file, &json).map_err(|error| failed(&file, &error))
}

/// Takes a conversation up again.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] where there is none of that id, or it cannot be read.
pub async fn resume(place: &Place, id: &str) -> Result<Intake, CaseDeskError> {
    let file = at(&place.data, id)?.join("case.json");
    let read = sealing::read(&place.data, &place.texts().await?, &file);
    let text = read.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            CaseDeskError::Wrong(format!("`{id}` is no longer kept: it was opened as a case or deleted"))
        }
        _ => failed(&file, &error),
    })?;
    serde_json::from_slice(&text)
        .map_err(|error| CaseDeskError::Wrong(format!("`{}`: {error}", file.display())))
}

/// Lists the conversations that are not finished; a broken one is left out.
pub async fn list(place: &Place) -> Vec<Intake> {
    let Ok(entries) = fs::read_dir(folder(&place.data)) else { return Vec::new() };
    let ids = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut found: Vec<Intake> = Vec::new();
    for id in ids {
        found.extend(resume(place, &id).await);
    }
    found.sort_by(|a, b| b.id.cmp(&a.id));
    found
}

/// Throws a conversation away, with its files.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] where it cannot be deleted.
pub fn forget(place: &Place, id: &str) -> Result<(), CaseDeskError> {
    let folder = at(&place.data, id)?;
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(&folder, &error)),
        _ => Ok(()),
    }
}

/// Gathers a file: its bytes under a name of ours, its own name only as words.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] where there are too many, or it cannot be written.
pub async fn gather(
    place: &Place,
    intake: &mut Intake,
    name: &str,
    bytes: &[u8],
) -> Result<(), CaseDeskError> {
    place.may_write()?;
    if intake.files.len() >= MOST_FILES {
        return Err(CaseDeskError::Wrong(format!(
            "there are {MOST_FILES} files already: add the others once the case is open"
        )));
    }
    let stored = format!("{:03}.bin", intake.files.len() + 1);
    let file = at(&place.data, &intake.id)?.join(&stored);
    sealing::keep(&place.data, &place.texts().await?, &file, bytes).map_err(|error| failed(&file, &error))?;
    intake.files.push(GatheredFile { name: plain_name(name), stored, bytes: bytes.len() as u64 });
    keep(place, intake).await
}

/// Returns the companies of the directory of which one may be meant by the name that was typed; none where it is sure or unknown.
pub async fn namesakes(place: &Place, intake: &Intake) -> Vec<CandidateView> {
    let Some(company) = intake.text("/company") else { return Vec::new() };
    match crate::directory::look(company, Some(&place.vault)).await {
        Ok(Looked::Unsure(candidates)) => candidates,
        // Where the directory cannot be read, the case is opened as it was told.
        Ok(Looked::Known(_) | Looked::Unknown) | Err(_) => Vec::new(),
    }
}

/// Takes the trade that the directory knows of the company, where nobody told one, and keeps the conversation.
///
/// # Errors
///
/// As for [`keep`].
pub async fn take_trade(place: &Place, intake: &mut Intake) -> Result<(), CaseDeskError> {
    let Some(company) = intake.text("/company").filter(|_| intake.text("/sector").is_none()) else {
        return Ok(());
    };
    let Ok(Looked::Known(known)) = crate::directory::look(company, Some(&place.vault)).await else {
        return Ok(());
    };
    let Some(sector) = known.company.sector.as_deref().and_then(crate::directory::trade) else {
        return Ok(());
    };
    intake.case["sector"] = json!(sector.id());
    keep(place, intake).await
}

/// Returns whether the directory knows the company that was typed.
pub async fn is_known(place: &Place, intake: &Intake) -> bool {
    let Some(company) = intake.text("/company") else { return false };
    matches!(crate::directory::look(company, Some(&place.vault)).await, Ok(Looked::Known(_)))
}

/// Returns how the directory calls the company and how the customer did, where those are two names: `Xfinity` and `Comcast`.
pub async fn two_names(place: &Place, intake: &Intake) -> Option<(String, String)> {
    let typed = intake.company_asked.as_deref().or(intake.text("/company"))?.trim();
    // An address is no name.
    if typed.contains(['.', '/', '@']) {
        return None;
    }
    let known = match crate::directory::look(typed, Some(&place.vault)).await {
        Ok(Looked::Known(known)) => known.company.name.clone(),
        _ => return None,
    };
    (!known.eq_ignore_ascii_case(typed)).then(|| (known, typed.to_owned()))
}

/// Takes one of [`namesakes`] for the company that is meant, and keeps the conversation.
///
/// # Errors
///
/// As for [`keep`].
pub async fn mean(place: &Place, intake: &mut Intake, meant: &CandidateView) -> Result<(), CaseDeskError> {
    intake.case["company"] = json!(meant.ask);
    keep(place, intake).await
}

/// Returns the currency that a country pays in, by its code, where it is known.
#[must_use]
pub fn currency_of(country: &str) -> Option<String> {
    let country = ladder::Country::parse(country).ok()?;
    casework::situation::home_currency(country).map(|currency| currency.code().to_owned())
}

/// Opens the case of a conversation, with the ladder that is known of the company, and throws the conversation away.
///
/// `found` is what `find` answered for it, where it was asked before; else the directory is asked, without the network.
/// `called` is what the company is called in the case, where the customer chose that; else as the directory has it.
///
/// # Errors
///
/// [`CaseDeskError`] names what is missing or wrong; the conversation is kept then.
pub async fn open(
    place: &Place,
    id: &str,
    found: Option<Box<FindAnswer>>,
    called: Option<&str>,
) -> Result<Opened, CaseDeskError> {
    place.may_write()?;
    let intake = resume(place, id).await?;
    let mut found = match found {
        Some(found) => Some(found),
        None => known_ladder(place, &intake).await,
    };
    let mut case = intake.case.clone();
    if let Some(called) = called {
        case["company"] = json!(called);
        if let Some(found) = &mut found {
            found.company.name = Some(called.to_owned());
        }
    }
    let opened = case::new(place, &NewCase { case, found }).await?;
    for file in &intake.files {
        let path = at(&place.data, id)?.join(&file.stored);
        let bytes = sealing::read(&place.data, &place.texts().await?, &path)
            .map_err(|error| failed(&path, &error))?;
        let file = std::iter::once((file.name.as_str(), bytes.as_slice()));
        case::attach_bytes(place, &opened.id, file).await?;
    }
    forget(place, id)?;
    Ok(opened)
}

/// Returns the ladder that the directory knows of the company; nothing is asked of the network.
async fn known_ladder(place: &Place, intake: &Intake) -> Option<Box<FindAnswer>> {
    let company = intake.company_asked.clone().or_else(|| intake.text("/company").map(str::to_owned))?;
    let about = case::about(&intake.case);
    let request = FindRequest {
        country: intake.text("/country").and_then(|code| crate::find::parse_country(code).ok()),
        about: about.map(|about| about.topic),
        matter: about.and_then(|about| about.matter),
        region: intake.text("/region").map(str::to_owned),
        data: Some(place.vault.clone()),
        offline: true,
        ..FindRequest::new(&company, Live::default())
    };
    let found = crate::find::find(&request, place.now.timestamp(), |_| (), std::future::pending()).await;
    found.ok().filter(|answer| !answer.contacts.is_empty()).map(Box::new)
}

#[cfg(test)]
mod tests;

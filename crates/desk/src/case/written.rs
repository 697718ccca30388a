//! What the customer wrote: a text is kept as it is typed, until it is sent; then it is a line of the log.

use std::fs;
use std::io;
use std::path::PathBuf;

use casework::event::{Message as Kept, What};
use casework::{By, Entry, Step};
use ladder::Channel;
use letters::draft::Kind;
use schemars::JsonSchema;
use serde::Serialize;
use store::Texts;

use super::deliver::known;
use super::import::short;
use super::log::append;
use super::{CaseDeskError, Place, kinds, mask, sealing};

/// The folder of letters that were begun.
pub(super) const FOLDER: &str = "drafts";

/// The most bytes of a text.
pub const MOST_TEXT: usize = 200_000;

/// The lines of a letter above its subject: both addresses and the day.
const MOST_HEAD: usize = 24;

/// A text that was begun.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WrittenView {
    /// The name of the letter, as `draft --as` has it.
    pub kind: &'static str,
    /// What it is.
    pub title: &'static str,
    /// Its first words.
    pub begins: String,
}

/// Returns the file of a text; ids and names are ours, and anything else is refused.
fn path(
    place: &Place,
    texts: &Texts,
    id: &str,
    kind: &str,
) -> Result<(PathBuf, &'static str, &'static str), CaseDeskError> {
    let known = kinds().into_iter().find(|known| known.name == kind);
    let known = known.ok_or_else(|| CaseDeskError::Wrong(format!("no letter is called `{kind}`")))?;
    if id.is_empty() || !id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Err(CaseDeskError::Wrong(format!("no case is called `{id}`")));
    }
    let file = place.data.join(FOLDER).join(texts.name(id)).join(format!("{}.txt", known.name));
    Ok((file, known.name, known.title))
}

/// Refuses a text that is too long.
fn bounded(text: &str) -> Result<(), CaseDeskError> {
    if text.len() > MOST_TEXT {
        return Err(CaseDeskError::Wrong(format!("a text can have at most {MOST_TEXT} bytes")));
    }
    Ok(())
}

/// Keeps a text of a case as it is now.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] for an unknown letter, a text that is too long, or where it cannot be kept.
pub async fn write_down(place: &Place, id: &str, kind: &str, text: &str) -> Result<(), CaseDeskError> {
    let texts = place.texts().await?;
    let (file, ..) = path(place, &texts, id, kind)?;
    bounded(text)?;
    place.may_write()?;
    // The case is asked for first: nothing is kept for one that is not there.
    place.state(id).await?;
    sealing::keep(&place.data, &texts, &file, text.as_bytes())
        .map_err(|error| CaseDeskError::Wrong(format!("`{}`: {error}", file.display())))
}

/// Returns a text that was begun, where there is one.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] for an unknown letter or a file that cannot be read.
pub async fn written(place: &Place, id: &str, kind: &str) -> Result<Option<String>, CaseDeskError> {
    read(place, &place.texts().await?, id, kind)
}

fn read(place: &Place, texts: &Texts, id: &str, kind: &str) -> Result<Option<String>, CaseDeskError> {
    let (file, ..) = path(place, texts, id, kind)?;
    let text = sealing::read(&place.data, texts, &file)
        .and_then(|text| String::from_utf8(text).map_err(|error| io::Error::other(error.to_string())));
    match text {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(CaseDeskError::Wrong(format!("`{}`: {error}", file.display()))),
    }
}

/// Throws a text away that was begun.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] for an unknown letter or where it cannot be deleted.
pub async fn discard(place: &Place, id: &str, kind: &str) -> Result<(), CaseDeskError> {
    let (file, ..) = path(place, &place.texts().await?, id, kind)?;
    match fs::remove_file(&file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(CaseDeskError::Wrong(format!("`{}`: {error}", file.display())))
        }
        _ => Ok(()),
    }
}

/// Lists the texts of a case that were begun and not sent.
pub async fn begun(place: &Place, id: &str) -> Vec<WrittenView> {
    let Ok(texts) = place.texts().await else { return Vec::new() };
    let all = kinds().into_iter().filter_map(|kind| {
        let text = read(place, &texts, id, kind.name).ok()??;
        let begins: String = text.trim().chars().take(90).collect();
        Some(WrittenView { kind: kind.name, title: kind.title, begins })
    });
    all.collect()
}

/// Returns the letter that serves a step of the advice, where one does.
#[must_use]
pub fn serving(step: Step) -> Option<&'static str> {
    letters::draft::Kind::serving(step).map(|kind| kind.name)
}

/// How a text was sent.
#[derive(Clone, Debug)]
pub struct SentRequest {
    /// Which letter it was.
    pub kind: String,
    /// The words that were sent.
    pub text: String,
    /// By which channel.
    pub channel: Option<Channel>,
    /// To which number or address.
    pub contact: Option<String>,
    /// With which rung.
    pub rung: Option<ladder::Rung>,
}

/// Writes down that a text was sent, and throws what was begun away. Returns the id of the event.
///
/// # Errors
///
/// [`CaseDeskError`] where the letter is unknown, the text is too long, or it cannot be kept.
pub async fn sent(place: &Place, id: &str, request: SentRequest) -> Result<String, CaseDeskError> {
    let (_, name, _) = path(place, &place.texts().await?, id, &request.kind)?;
    let Kind { logged: kind, rung, .. } = *known(name)?;
    // Whole or not at all: what was begun is thrown away below.
    bounded(&request.text)?;
    let words = request.text.trim();
    let subject = subject(words);
    // A text without a subject, as a chat has none, is told by its own first sentences.
    let told = subject.clone().unwrap_or_else(|| short(words, &[]));
    let told = if told.is_empty() { words.lines().next().unwrap_or_default().to_owned() } else { told };
    let today = place.now.date();
    let entry = Entry {
        on: today,
        time: Some(place.now.time().round(jiff::Unit::Minute).unwrap_or_else(|_| place.now.time())),
        by: By::Customer,
        kind,
        channel: request.channel,
        rung: request.rung.or(rung),
        text: mask(&told).0,
        due: letters::draft::last_day(words, today),
        amount: None,
        person: None,
        reference: None,
        contact: request.contact,
        body: None,
        hours: None,
        held_minutes: None,
    };
    let message = Kept { subject, text: Some(mask(words).0), ..Kept::default() };
    let event = append(place, id, What::Sent { entry: Box::new(entry), message }).await?;
    discard(place, id, name).await?;
    Ok(event)
}

/// Returns the subject of a text as a draft shows it: a line of its own with the label of its language.
fn subject(text: &str) -> Option<String> {
    let labels = letters::draft::Language::ALL.map(letters::draft::subject_label);
    text.lines().take(MOST_HEAD).find_map(|line| {
        let subject = labels.iter().find_map(|label| line.strip_prefix(label)?.strip_prefix(": "))?;
        Some(subject.trim().to_owned()).filter(|subject| !subject.is_empty())
    })
}

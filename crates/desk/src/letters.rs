//! Words in, what they say out: the check of a customer's draft, and the reading of a company's reply.

use std::io::Read;
use std::path::Path;

use jiff::civil::Date;
use ladder::Country;
use letters::check::Report;
pub use letters::check::{Flag, Other};
use letters::input::{InputError, MOST_BYTES};
use letters::reply::{Letter, Reading};
use reading::message::{Form, mail, quoted};
use serde::{Deserialize, Serialize};

/// A draft to check.
#[derive(Clone, Debug, Deserialize)]
pub struct DraftRequest {
    /// How the answer refers to it.
    #[serde(default)]
    pub id: Option<String>,
    /// The draft.
    pub text: String,
    /// Its language, as an ISO 639-1 code.
    #[serde(default)]
    pub lang: Option<String>,
}

/// What the check says.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct DraftAnswer {
    /// The id of the request.
    pub id: String,
    /// Marks, private data, contents, reading time.
    #[serde(flatten)]
    pub report: Report,
}

/// A reply to read.
#[derive(Clone, Debug, Deserialize)]
pub struct ReplyRequest {
    /// How the answer refers to it.
    #[serde(default)]
    pub id: Option<String>,
    /// The reply.
    pub text: String,
    /// The message that it answers.
    #[serde(default)]
    pub complaint: Option<String>,
    /// When it was sent, as a date or a date and time of RFC 3339.
    #[serde(default)]
    pub sent: Option<String>,
    /// The country of the case (ISO 3166-1): working days are counted by its calendar.
    #[serde(default)]
    pub country: Option<String>,
    /// Its language, as an ISO 639-1 code.
    #[serde(default)]
    pub lang: Option<String>,
}

/// What a reply says.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct ReplyAnswer {
    /// The id of the request.
    pub id: String,
    /// Labels, promises, and what it gives.
    #[serde(flatten)]
    pub reading: Reading,
}

/// Why a text could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// The text itself.
    #[error("`{id}`: {cause}")]
    Input {
        /// Which text.
        id: String,
        /// What is wrong with it.
        cause: InputError,
    },
    /// A date that is none.
    #[error("`{id}`: `{sent}` is no date: write it as 2026-03-31")]
    Date {
        /// Which text.
        id: String,
        /// What stands there.
        sent: String,
    },
    /// A country that is none.
    #[error("`{id}`: `{code}` is no country: two letters such as GB or DE are wanted")]
    Country {
        /// Which text.
        id: String,
        /// What stands there.
        code: String,
    },
    /// A file that cannot be read.
    #[error("{}", crate::broken::unread(file, cause))]
    File {
        /// The file.
        file: String,
        /// Why.
        cause: std::io::Error,
    },
}

/// Checks a draft.
///
/// # Errors
///
/// [`LetterError::Input`] where it cannot be read.
pub fn check(request: &DraftRequest) -> Result<DraftAnswer, LetterError> {
    let id = request.id.clone().unwrap_or_else(|| "-".to_owned());
    match letters::check::check(&request.text, request.lang.as_deref()) {
        Ok(report) => Ok(DraftAnswer { id, report }),
        Err(cause) => Err(LetterError::Input { id, cause }),
    }
}

/// Returns the draft with what is safe to mend mended, and how many places were changed.
#[must_use]
pub fn fixed(request: &DraftRequest) -> (String, usize) {
    letters::check::fix(&request.text, request.lang.as_deref())
}

/// Reads a reply.
///
/// # Errors
///
/// [`LetterError::Input`] where it cannot be read, [`LetterError::Date`] where `sent` is no date, [`LetterError::Country`]
/// where the country is none.
pub fn reply(request: &ReplyRequest) -> Result<ReplyAnswer, LetterError> {
    let id = request.id.clone().unwrap_or_else(|| "-".to_owned());
    let sent = request
        .sent
        .as_deref()
        .map(|sent| day(sent).ok_or_else(|| LetterError::Date { id: id.clone(), sent: sent.to_owned() }))
        .transpose()?;
    let country = request
        .country
        .as_deref()
        .map(|code| {
            Country::parse(code).map_err(|_| LetterError::Country { id: id.clone(), code: code.to_owned() })
        })
        .transpose()?;
    let calendar = country.map(|country| atlas::Atlas::builtin().working_days(country, None));
    let own = own_words(&request.text);
    let letter = Letter {
        text: &own,
        complaint: request.complaint.as_deref(),
        sent,
        lang: request.lang.as_deref(),
        country,
        calendar: calendar.as_ref(),
    };
    match letters::reply::read(&letter) {
        Ok(reading) => Ok(ReplyAnswer { id, reading }),
        Err(cause) => Err(LetterError::Input { id, cause }),
    }
}

/// A reply as it lies in a file.
#[derive(Clone, Debug, Default)]
pub struct Incoming {
    /// Its own words: what it quotes of earlier messages was taken off.
    pub text: String,
    /// The day it was sent, where it is a mail that says so.
    pub sent: Option<Date>,
    /// Who sent it, where it is a mail.
    pub from: Option<String>,
}

/// Takes the words of a reply: of a mail the words of its writer and the day of its header; of any text what it quotes of earlier messages off.
#[must_use]
pub fn incoming(bytes: &[u8], name: &str) -> Incoming {
    let is_mail = Form::of(bytes, name) == Some(Form::Mail);
    if is_mail && let Ok(mail) = mail::read(bytes, 0) {
        let sent = mail.sent.map(|stamp| stamp.local.date());
        return Incoming { text: mail.text, sent, from: mail.from.address.or(mail.from.name) };
    }
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Incoming { text: own_words(text), ..Incoming::default() }
}

/// Returns the words of the writer of a message: what it quotes of earlier ones is somebody else's.
fn own_words(text: &str) -> String {
    let own = quoted::take_off(text);
    if own.quoted == 0 || own.text.trim().is_empty() { text.to_owned() } else { own.text }
}

/// Reads a reply from a file, or from `-` by the reader given: a mail as it was saved, or a text.
///
/// # Errors
///
/// [`LetterError::File`] where it cannot be read.
pub fn incoming_of(file: &Path, input: &mut dyn Read) -> Result<Incoming, LetterError> {
    let bytes = bytes_of(file, input, MOST_MAIL)?;
    Ok(incoming(&bytes, &file.display().to_string()))
}

/// Reads the day of a date, or of a date and time.
fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// Reads a text from a file, or from `-` by the reader given, up to one byte more than is read of one.
///
/// Bytes that are no UTF-8 are replaced: a file of them is then told as no text.
///
/// # Errors
///
/// [`LetterError::File`] where it cannot be read.
pub fn text_of(file: &Path, input: &mut dyn Read) -> Result<String, LetterError> {
    let bytes = bytes_of(file, input, MOST_BYTES as u64 + 1)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

/// Reads at most so many bytes of a file, or of the reader for `-`.
fn bytes_of(file: &Path, input: &mut dyn Read, most: u64) -> Result<Vec<u8>, LetterError> {
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        input.take(most).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|open| open.take(most).read_to_end(&mut bytes))
    };
    read.map_err(|cause| LetterError::File { file: file.display().to_string(), cause })?;
    Ok(bytes)
}

/// The most bytes of a mail with what is attached to it.
const MOST_MAIL: u64 = 40 << 20;

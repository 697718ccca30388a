//! What becomes of a draft: a text, a message for a mail program, a sheet to print, a document to go on writing in; or a
//! message that leaves through the user's own server and is then written down.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use casework::event::Message as Kept;
use casework::{By, Entry, State, What};
use jiff::civil::Date;
use ladder::{Channel, Email, Rung};
use letters::draft::{Draft, Form, Kind};
use mailroom::{Outgoing, Server};
use schemars::JsonSchema;
use serde::Serialize;
use typeset::{Letter, Paper, Window};

use super::dossier::paper;
use super::{CaseDeskError, DraftRequest, Place, draft, mask};

/// In which form a draft is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Shape {
    /// Plain text.
    Text,
    /// A message that any mail program opens.
    Eml,
    /// A sheet to print.
    Pdf,
    /// A Word document.
    Docx,
}

impl Shape {
    /// Returns the form that the end of a file's name asks for; text where it has none.
    ///
    /// # Errors
    ///
    /// [`CaseDeskError::Wrong`] for an ending that asks for no form: a slip of the pen would be a file that nothing opens.
    pub fn of_file(file: &Path) -> Result<Self, CaseDeskError> {
        let ending = file.extension().map(|end| end.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            None | Some("txt") => Ok(Self::Text),
            Some("eml") => Ok(Self::Eml),
            Some("pdf") => Ok(Self::Pdf),
            Some("docx") => Ok(Self::Docx),
            Some(other) => Err(CaseDeskError::Wrong(format!(
                "a draft cannot be saved as `.{other}`: use .txt, .eml, .pdf or .docx"
            ))),
        }
    }
}

/// What to do with a draft beyond its words.
#[derive(Clone, Debug, Default)]
pub struct Delivery {
    /// `a4` or `letter`, for a sheet; what is usual in the country where none is given.
    pub paper: Option<String>,
    /// Whether the files of the case go with a message.
    pub enclose: bool,
    /// The text as the user changed it; the draft's own where none is given.
    pub text: Option<String>,
}

/// A draft as a file.
#[derive(Clone, Debug)]
pub struct DraftFile {
    /// The file.
    pub bytes: Vec<u8>,
    /// The draft.
    pub draft: Draft,
    /// What the writer should know.
    pub warnings: Vec<String>,
}

/// A message as it would leave, to be shown whole before it does.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Prepared {
    /// The sender.
    pub from: String,
    /// The recipient.
    pub to: Option<String>,
    /// The subject.
    pub subject: String,
    /// The text, whole.
    pub text: String,
    /// The files that go with it, by name.
    pub files: Vec<String>,
    /// The id of the message that it answers.
    pub in_reply_to: Option<String>,
    /// Questions that are still open in the text: while there is one, it does not leave.
    pub blanks: Vec<String>,
    /// What the writer should know.
    pub warnings: Vec<String>,
    /// The message for the mail room.
    #[serde(skip)]
    outgoing: Outgoing,
    /// Which letter it is.
    #[serde(skip)]
    kind: &'static str,
    /// The day that its writer sets.
    #[serde(skip)]
    by: Option<Date>,
}

/// What was sent.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Sent {
    /// The event that was written.
    pub event: String,
    /// The recipient.
    pub to: String,
    /// The id of the message.
    pub message_id: String,
}

/// Writes a draft in a form.
///
/// # Errors
///
/// As [`draft`]; [`CaseDeskError::Wrong`] for a message without the sender's address; [`CaseDeskError::Set`] and
/// [`CaseDeskError::Mail`] where the file cannot be made.
pub async fn draft_file(
    place: &Place,
    id: &str,
    request: &DraftRequest,
    delivery: &Delivery,
    shape: Shape,
) -> Result<DraftFile, CaseDeskError> {
    if shape == Shape::Eml {
        let (prepared, draft) = prepared(place, id, request, delivery).await?;
        let bytes = mailroom::compose(&prepared.outgoing)?.formatted();
        return Ok(DraftFile { bytes, draft, warnings: prepared.warnings });
    }
    let draft = with_text(draft(place, id, request).await?, delivery);
    let warnings = draft.warnings.clone();
    let (bytes, more) = match shape {
        Shape::Text | Shape::Eml => (draft.text().into_bytes(), Vec::new()),
        Shape::Pdf | Shape::Docx => {
            let country = place.state(id).await?.facts.country;
            let letter = letter(&draft, country.code(), paper(delivery.paper.as_deref(), country.code())?);
            if shape == Shape::Docx {
                (typeset::docx(&letter)?, Vec::new())
            } else {
                let sheet = typeset::letter(&letter, &place.now)?;
                (sheet.pdf, sheet.warnings)
            }
        }
    };
    Ok(DraftFile { bytes, draft, warnings: warnings.into_iter().chain(more).collect() })
}

/// Makes the message that a draft would leave as, without sending it.
///
/// # Errors
///
/// As [`draft`]; [`CaseDeskError::Wrong`] where the sender has no address, or the letter is none that goes by mail.
pub async fn prepare(
    place: &Place,
    id: &str,
    request: &DraftRequest,
    delivery: &Delivery,
) -> Result<Prepared, CaseDeskError> {
    Ok(prepared(place, id, request, delivery).await?.0)
}

/// Sends a message that was shown and confirmed, and writes it down once the server has taken it.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] where it has no recipient or still asks questions; [`CaseDeskError::Send`] where the server did not
/// take it: nothing is written down then. Where it left and cannot be written down, the error says so.
pub async fn send(
    place: &Place,
    id: &str,
    prepared: &Prepared,
    server: &Server,
) -> Result<Sent, CaseDeskError> {
    let Some(to) = prepared.to.clone() else {
        return Err(CaseDeskError::Wrong(
            "who should it go to? The case has no address for it: give one with --to".to_owned(),
        ));
    };
    if let Some(question) = prepared.blanks.first() {
        return Err(CaseDeskError::Wrong(format!(
            "the text still asks \"{question}\": answer this before you send it"
        )));
    }
    let Kind { logged: kind, rung, .. } = *known(prepared.kind)?;
    // The case is asked for before anything leaves: what is sent must find its place.
    let cases = place.write().await?;
    cases.load(id).await?;
    let message = mailroom::compose(&Outgoing { unsent: false, ..prepared.outgoing.clone() })?;
    let bytes = message.formatted();
    let kept = cases.copy_from(id, bytes.as_slice()).await.map_err(|error| {
        CaseDeskError::Wrong(format!("a copy of the message cannot be kept: {error}; nothing was sent"))
    })?;
    mailroom::send(server, message).await?;
    let entry = Entry {
        on: place.now.date(),
        time: Some(place.now.time().round(jiff::Unit::Minute).unwrap_or_else(|_| place.now.time())),
        by: By::Customer,
        channel: Some(Channel::Email),
        rung,
        kind,
        text: mask(&prepared.subject).0,
        // The day that a letter before court sets is waited for.
        due: prepared.by.filter(|_| rung == Some(Rung::Legal)),
        amount: None,
        contact: Some(to.clone()),
        person: None,
        reference: None,
        body: None,
        held_minutes: None,
        hours: None,
    };
    let message = Kept {
        id: Some(prepared.outgoing.id.clone()),
        in_reply_to: prepared.in_reply_to.clone(),
        subject: Some(prepared.subject.clone()),
        sha256: Some(kept.sha256),
        text: Some(mask(&prepared.text).0),
        parts: Vec::new(),
    };
    let what = What::Sent { entry: Box::new(entry), message };
    let written = cases.append(id, vec![what], &place.moment(), &place.by).await;
    cases.close().await;
    match written {
        Ok(events) => Ok(Sent {
            event: events.first().map(|event| event.id.clone()).unwrap_or_default(),
            to,
            message_id: prepared.outgoing.id.clone(),
        }),
        Err(error) => Err(CaseDeskError::Wrong(format!(
            "it was sent to {to}, but could not be written down: {error}. Write it down yourself: `upstairs case log {id}`"
        ))),
    }
}

/// Writes a file that must not be there yet.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] where it is there already or cannot be written.
pub fn write_new(file: &Path, bytes: &[u8]) -> Result<(), CaseDeskError> {
    let made = fs::File::create_new(file).and_then(|mut made| made.write_all(bytes));
    made.map_err(|error| {
        let why = match error.kind() {
            std::io::ErrorKind::AlreadyExists => "it exists already: choose another name".to_owned(),
            _ => error.to_string(),
        };
        CaseDeskError::Wrong(format!("`{}` was not written: {why}", file.display()))
    })
}

/// Puts the text that the user changed in the place of the draft's own.
fn with_text(mut draft: Draft, delivery: &Delivery) -> Draft {
    if let Some(text) = &delivery.text {
        draft.retake(text);
        draft.warnings.clear();
    }
    draft
}

/// Makes the letter of a draft.
fn letter(draft: &Draft, country: &str, paper: Paper) -> Letter {
    let guide = matches!(draft.form, Form::Guide | Form::Public | Form::Chat);
    let title = draft.subject.clone().unwrap_or_else(|| letters::draft::sentence_of(&draft.title));
    Letter {
        title,
        language: draft.language.code().to_owned(),
        country: Some(country.to_owned()),
        paper,
        window: Window::of_country(country, paper),
        from: draft.sheet.from.clone(),
        to: if guide { Vec::new() } else { draft.sheet.to.clone() },
        date: draft.sheet.date.clone(),
        subject: draft.subject.clone(),
        body: draft.body.clone(),
        blanks: draft.blanks.clone(),
        page: letters::dossier::Labels::of(draft.language).page.clone(),
    }
}

async fn prepared(
    place: &Place,
    id: &str,
    request: &DraftRequest,
    delivery: &Delivery,
) -> Result<(Prepared, Draft), CaseDeskError> {
    let draft = with_text(draft(place, id, request).await?, delivery);
    let Some(subject) = draft.subject.clone() else {
        return Err(CaseDeskError::Wrong(format!(
            "`{}` is not a letter that can be sent by e-mail",
            draft.kind
        )));
    };
    let Some(email) = request.me.email.clone() else {
        return Err(CaseDeskError::NoAddress(place.data.join(crate::me::ME)));
    };
    let cases = place.read().await?;
    let case = cases.load(id).await?;
    let state = State::of(&case).ok_or_else(|| CaseDeskError::Wrong(format!("case `{id}` has no events")))?;
    let mut warnings = draft.warnings.clone();
    let to = draft.sheet.contact.clone().filter(|contact| Email::parse(contact).is_ok());
    if request.to.is_some() && to.is_none() {
        return Err(CaseDeskError::Wrong(format!(
            "a message goes to an e-mail address, and `{}` is not one: leave out --to, or print it with -o FILE.pdf",
            draft.sheet.contact.as_deref().unwrap_or_default()
        )));
    }
    if to.is_none() && !warnings.iter().any(|warning| warning.starts_with("no e-mail address")) {
        warnings.push("the message names no recipient: `--to ADDRESS` names one".to_owned());
    }
    let mut files = Vec::new();
    if delivery.enclose {
        for (number, evidence) in (1..).zip(&state.evidence) {
            let Some(sha256) = &evidence.sha256 else {
                warnings.push(format!("enclosure {number} ({}) has no file", evidence.name));
                continue;
            };
            let bytes = super::bytes_of(&cases, id, sha256).await.map_err(|error| {
                CaseDeskError::Wrong(format!(
                    "enclosure {number} ({}) cannot be read: {error}",
                    evidence.name
                ))
            })?;
            files.push((super::pack::file_name(number, &evidence.name), bytes));
        }
    }
    cases.close().await;
    let thread = thread(&case, draft.kind);
    let subject = match &thread {
        Some((_, Some(theirs), _)) => format!("Re: {}", without_re(theirs)),
        _ => subject,
    };
    let (in_reply_to, references) = thread.map_or((None, Vec::new()), |(id, _, before)| (Some(id), before));
    let domain = email.rsplit_once('@').map_or("localhost", |(_, domain)| domain).to_owned();
    let seconds = place.now.timestamp();
    let outgoing = Outgoing {
        from: (request.me.name.clone(), email.clone()),
        to: to.clone(),
        subject: subject.clone(),
        text: draft.body.clone(),
        files,
        in_reply_to: in_reply_to.clone(),
        references,
        id: format!("{id}.{}.{}@{domain}", draft.kind, seconds.as_nanosecond()),
        at: seconds.as_second(),
        unsent: true,
    };
    let from = request.me.name.as_ref().map_or(email.clone(), |name| format!("{name} <{email}>"));
    let prepared = Prepared {
        from,
        to,
        subject,
        text: draft.body.clone(),
        files: outgoing.files.iter().map(|(name, bytes)| format!("{name} ({} bytes)", bytes.len())).collect(),
        in_reply_to,
        blanks: draft.blanks.clone(),
        warnings,
        outgoing,
        kind: draft.kind,
        by: request.by,
    };
    Ok((prepared, draft))
}

/// Returns what is known of a letter by its name.
pub(super) fn known(kind: &str) -> Result<&'static Kind, CaseDeskError> {
    Kind::named(kind).ok_or_else(|| CaseDeskError::Wrong(format!("no letter is called `{kind}`")))
}

/// Finds the message that a letter answers: its id, its subject, and the ids of the thread with it at the end.
fn thread(case: &casework::Case, kind: &str) -> Option<(String, Option<String>, Vec<String>)> {
    if !Kind::named(kind).is_some_and(|kind| kind.answers) {
        return None;
    }
    let messages: Vec<&Kept> = case
        .events()
        .iter()
        .filter_map(|event| match &event.what {
            What::Received { message, entry } if entry.by == By::Company => Some((true, message)),
            What::Sent { message, .. } => Some((false, message)),
            _ => None,
        })
        .filter(|(_, message)| message.id.is_some())
        .map(|(_, message)| message)
        .collect();
    let received: Vec<&Kept> = case
        .events()
        .iter()
        .filter_map(|event| match &event.what {
            What::Received { message, entry } if entry.by == By::Company => Some(message),
            _ => None,
        })
        .collect();
    let last = received.into_iter().rev().find(|message| message.id.is_some())?;
    let mut chain = vec![last.id.clone()?];
    let mut before = last.in_reply_to.clone();
    // A thread that runs in a circle ends where it began.
    while let Some(id) = before.filter(|id| !chain.contains(id) && chain.len() < 50) {
        let bare = |id: &str| id.trim_matches(['<', '>']).to_owned();
        before = messages
            .iter()
            .find(|message| message.id.as_deref().map(bare) == Some(bare(&id)))
            .and_then(|message| message.in_reply_to.clone());
        chain.push(id);
    }
    chain.reverse();
    Some((last.id.clone()?, last.subject.clone(), chain))
}

/// Returns a subject without the marks that answers put before it.
fn without_re(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some((mark, after)) = rest.split_once(':')
        && matches!(mark.trim().to_lowercase().as_str(), "re" | "aw" | "fwd" | "fw" | "wg" | "tr" | "rv")
    {
        rest = after.trim_start();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_of_answers_are_not_heaped_up() {
        for (given, want) in
            [("Re: AW: Your bill", "Your bill"), ("Your bill: April", "Your bill: April"), ("re:x", "x")]
        {
            assert_eq!(without_re(given), want, "{given}");
        }
    }

    #[test]
    fn the_end_of_a_name_says_the_form() {
        for (name, shape) in
            [("a.EML", Shape::Eml), ("a.pdf", Shape::Pdf), ("a.docx", Shape::Docx), ("a", Shape::Text)]
        {
            assert_eq!(Shape::of_file(Path::new(name)).unwrap(), shape, "{name}");
        }
        let error = Shape::of_file(Path::new("letter.txtt")).unwrap_err().to_string();
        assert_eq!(error, "a draft cannot be saved as `.txtt`: use .txt, .eml, .pdf or .docx");
    }
}

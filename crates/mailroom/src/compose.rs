//! A message as mail programs know it (RFC 5322 and MIME): text, attachments, and the ids by which it joins its thread.

use std::time::SystemTime;

use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};

/// The most bytes that the attachments of a message may have: many servers refuse more than 25 MB, a third of it packing.
pub const MOST_ATTACHED: usize = 18 << 20;

/// A message to be sent, or to be opened in a mail program.
#[derive(Clone, Debug, Default)]
pub struct Outgoing {
    /// The sender's name and address.
    pub from: (Option<String>, String),
    /// The recipient's address; `None` leaves it to the mail program.
    pub to: Option<String>,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The files: name and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// The id of the message that it answers, as it stood there.
    pub in_reply_to: Option<String>,
    /// The ids of the thread, the oldest first.
    pub references: Vec<String>,
    /// Its own id, without angle brackets.
    pub id: String,
    /// Seconds since 1970 at which it is written.
    pub at: i64,
    /// Whether it is a file for a mail program, to be opened as a draft.
    pub unsent: bool,
}

/// Why a message cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// An address that is none.
    #[error("`{0}` is no e-mail address")]
    Address(String),
    /// Too much is attached.
    #[error(
        "the files come to {bytes} bytes, and {MOST_ATTACHED} are as many as most mail servers take: attach fewer"
    )]
    TooMuch {
        /// What they come to.
        bytes: usize,
    },
    /// The library refuses.
    #[error("the message cannot be made: {0}")]
    Refused(String),
}

/// Makes a message.
///
/// # Errors
///
/// [`ComposeError`] by cause.
pub fn compose(outgoing: &Outgoing) -> Result<Message, ComposeError> {
    let bytes: usize = outgoing.files.iter().map(|(_, bytes)| bytes.len()).sum();
    if bytes > MOST_ATTACHED {
        return Err(ComposeError::TooMuch { bytes });
    }
    let mailbox = |name: Option<String>, address: &str| {
        let read = address.trim().parse().map_err(|_| ComposeError::Address(address.to_owned()))?;
        Ok::<_, ComposeError>(Mailbox::new(name, read))
    };
    let from = mailbox(outgoing.from.0.clone(), &outgoing.from.1)?;
    let at = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(u64::try_from(outgoing.at).unwrap_or(0));
    let mut builder =
        Message::builder().from(from.clone()).date(at).message_id(Some(format!("<{}>", bare(&outgoing.id))));
    if let Some(to) = &outgoing.to {
        builder = builder.to(mailbox(None, to)?);
    } else {
        // Nobody yet: the envelope is needed by the library and leaves with nothing.
        let address = from.email.clone();
        let envelope = lettre::address::Envelope::new(Some(address.clone()), vec![address]);
        builder = builder.envelope(envelope.map_err(|error| ComposeError::Refused(error.to_string()))?);
    }
    builder = builder.subject(one_line(&outgoing.subject));
    if let Some(id) = &outgoing.in_reply_to {
        builder = builder.in_reply_to(format!("<{}>", bare(id)));
    }
    if !outgoing.references.is_empty() {
        let all: Vec<String> = outgoing.references.iter().map(|id| format!("<{}>", bare(id))).collect();
        builder = builder.references(all.join(" "));
    }
    // Mail programs that know it open the file as a draft that can be edited and sent.
    if outgoing.unsent {
        builder =
            builder.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("X-Unsent"), "1".to_owned()));
    }
    let text = SinglePart::plain(outgoing.text.clone());
    let made = if outgoing.files.is_empty() {
        builder.singlepart(text)
    } else {
        let mut parts = MultiPart::mixed().singlepart(text);
        for (name, bytes) in &outgoing.files {
            let kind = ContentType::parse(kind_of(name, bytes))
                .map_err(|error| ComposeError::Refused(error.to_string()))?;
            parts = parts.singlepart(Attachment::new(one_line(name)).body(bytes.clone(), kind));
        }
        builder.multipart(parts)
    };
    made.map_err(|error| ComposeError::Refused(error.to_string()))
}

/// Returns an id without its angle brackets, blanks and line ends.
fn bare(id: &str) -> String {
    id.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>')).collect()
}

/// Makes one line of a text: a line end in a header would begin another.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control() || c == '\n')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns the media type of a file by its bytes, then by its name.
fn kind_of(name: &str, bytes: &[u8]) -> &'static str {
    match bytes {
        [b'%', b'P', b'D', b'F', ..] => return "application/pdf",
        [0x89, b'P', b'N', b'G', ..] => return "image/png",
        [0xff, 0xd8, 0xff, ..] => return "image/jpeg",
        [b'G', b'I', b'F', b'8', ..] => return "image/gif",
        _ => {}
    }
    let ending = name.rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "txt" | "log" | "md" if std::str::from_utf8(bytes).is_ok() => "text/plain; charset=utf-8",
        "csv" if std::str::from_utf8(bytes).is_ok() => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    }
}

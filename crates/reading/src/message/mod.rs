//! Messages that a customer kept: mail, chats, text messages, appointments. Bytes in, messages out.
//!
//! Each form has a file: [`mail`] (a message of RFC 5322, with [`mbox`] to part a mailbox), [`whatsapp`], [`transcript`]
//! (`Name: text`), [`records`] (JSON of messengers and help desks), [`sms`], [`calendar`]. What a message quotes of
//! earlier ones is taken off ([`quoted`]): the earlier ones stand for themselves. A day that could be read two ways is
//! never guessed ([`day`]). Whose message it is, is for the caller: only some forms say it.

pub mod calendar;
pub mod day;
pub mod form;
mod html;
pub mod mail;
pub mod mbox;
pub mod quoted;
pub mod records;
pub mod returned;
pub mod sms;
pub mod transcript;
pub mod whatsapp;

use jiff::civil::DateTime;
use ladder::Channel;

pub use day::{Order, TwoWays};
pub use form::Form;

/// The most bytes of one message's own words that are kept; the whole stays in its file.
pub const MOST_TEXT: usize = 200 << 10;
/// The most messages that are read of one file.
pub const MOST_MESSAGES: usize = 100_000;

/// The zone in which a time is told.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Zone {
    /// So many minutes east of UTC.
    Offset(i16),
    /// By its name, as in `Europe/Berlin`.
    Named(String),
    /// None is told: the clock of the one who was there.
    Floating,
}

/// When something was sent, as it is told.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stamp {
    /// Day and time on the clock of `zone`.
    pub local: DateTime,
    /// The zone.
    pub zone: Zone,
    /// Whether a time of day is told; else `local` is the start of the day.
    pub timed: bool,
}

impl Stamp {
    /// Makes a stamp of seconds since 1970 in UTC; `None` for what no calendar has.
    #[must_use]
    pub fn of_seconds(seconds: i64) -> Option<Self> {
        let moment = jiff::Timestamp::from_second(seconds).ok()?;
        Some(Self { local: jiff::tz::Offset::UTC.to_datetime(moment), zone: Zone::Offset(0), timed: true })
    }
}

/// Who wrote or got a message.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Party {
    /// The name that stands there.
    pub name: Option<String>,
    /// The mail address, in lower case, or the number as it stands.
    pub address: Option<String>,
}

impl Party {
    /// Returns the name, else the address, else `somebody`.
    #[must_use]
    pub fn called(&self) -> &str {
        self.name.as_deref().or(self.address.as_deref()).unwrap_or("somebody")
    }
}

/// A file that came with a message.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Attached {
    /// Its name, without any folder.
    pub name: String,
    /// Its media type, where told.
    pub media: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Whose message it is, where its form says so.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Side {
    /// The one who kept it wrote it.
    Own,
    /// Somebody wrote it to them.
    Theirs,
}

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Its id in its own system, as a `Message-ID` without its brackets.
    pub id: Option<String>,
    /// The ids of those that it answers, the nearest first.
    pub answers: Vec<String>,
    /// Who wrote it.
    pub from: Party,
    /// To whom.
    pub to: Vec<Party>,
    /// Whose it is, where that is told.
    pub side: Option<Side>,
    /// When it was sent; `None` where it does not tell.
    pub sent: Option<Stamp>,
    /// The subject.
    pub subject: Option<String>,
    /// Its own words.
    pub text: String,
    /// How many lines were taken off that it quotes of others.
    pub quoted: usize,
    /// What came with it.
    pub attached: Vec<Attached>,
    /// The names of files that came with it and lie elsewhere in the same export.
    pub refers: Vec<String>,
    /// By which channel.
    pub channel: Channel,
    /// What could not be read, and why.
    pub notes: Vec<String>,
}

impl Message {
    /// Makes an empty message of a channel.
    #[must_use]
    pub fn new(channel: Channel) -> Self {
        Self {
            id: None,
            answers: Vec::new(),
            from: Party::default(),
            to: Vec::new(),
            side: None,
            sent: None,
            subject: None,
            text: String::new(),
            quoted: 0,
            attached: Vec::new(),
            refers: Vec::new(),
            channel,
            notes: Vec::new(),
        }
    }
}

/// Why a file could not be read as messages.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum MessageError {
    /// It is no message of this form.
    #[error("{0}")]
    NotThis(String),
    /// Its days could be read two ways.
    #[error(transparent)]
    TwoWays(#[from] TwoWays),
    /// It tells no day.
    #[error("its lines tell the time and not the day: say on which day it began")]
    NoDay,
}

/// Makes a plain file name of one that a message gives: no folder, no control characters, of bounded length.
#[must_use]
pub fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .map(|c| if c.is_control() || matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|') { '_' } else { c })
        .take(120)
        .collect();
    let plain = plain.trim().trim_start_matches('.').trim().to_owned();
    if plain.is_empty() { "attachment".to_owned() } else { plain }
}

/// Cuts a text at the most that is kept of one.
pub(crate) fn bounded(text: &str) -> String {
    crate::window::clip(text, MOST_TEXT).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_an_attachment_has_no_folder() {
        for (name, want) in [
            ("bill.pdf", "bill.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\x\\photo.jpg", "photo.jpg"),
            ("..", "attachment"),
            ("a\nb", "a_b"),
            ("Rechnung März.pdf", "Rechnung März.pdf"),
        ] {
            assert_eq!(plain_name(name), want, "{name:?}");
        }
    }
}

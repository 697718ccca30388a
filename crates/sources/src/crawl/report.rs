//! What a crawl reports: its documents and findings, what happened on the way, and why it stopped.

use std::fmt;

use ladder::{Finding, Source};
use url::Url;

use super::score::Choice;
use crate::web::FetchError;

/// What one crawl yielded. Whatever ended it, what was found until then is here.
#[derive(Clone, Debug)]
pub struct Crawl {
    /// Where the site really starts: the start address after its redirects.
    pub start: Url,
    /// The registrable domain (or host) that the crawl kept to.
    pub site: String,
    /// Every page and PDF fetched, in that order. robots.txt, sitemaps and `security.txt` are none.
    pub documents: Vec<Document>,
    /// What the documents and the files for machines yielded, in the order of reading.
    pub findings: Vec<Found>,
    /// What went wrong or is worth knowing, in plain words.
    pub warnings: Vec<String>,
    /// Requests made, with redirects, misses and files for machines.
    pub requests: usize,
    /// Why it stopped.
    pub stopped: Stopped,
}

/// A page or PDF that was fetched.
#[derive(Clone, Debug)]
pub struct Document {
    /// The address that answered.
    pub url: Url,
    /// The addresses that led there by redirects, the one asked for first; empty without redirects.
    pub via: Vec<Url>,
    /// HTTP status.
    pub status: u16,
    /// When it was fetched or archived, RFC 3339 in UTC.
    pub fetched: String,
    /// Its title; empty for a PDF without one.
    pub title: String,
    /// Whether it is a PDF.
    pub pdf: bool,
    /// What came of it.
    pub outcome: Outcome,
    /// How many contacts it named that no earlier document had.
    pub new_contacts: usize,
    /// Why it was read.
    pub choice: Choice,
}

/// What came of a document.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// It was read.
    Read,
    /// The user's own browser rendered it, and what that showed was read.
    Rendered,
    /// It shows next to nothing without a script; its static parts were read.
    NeedsScript,
    /// It asks to prove that one is no robot.
    BotCheck,
    /// Its text is that of another document, already read.
    SameAs(Url),
    /// It says that the page is not there.
    Missing,
    /// It is empty.
    Empty,
    /// It could not be read, and why.
    Unreadable(String),
}

/// A finding and where it was read.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where and when.
    pub source: Source,
    /// What it says.
    pub finding: Finding,
}

/// Why a crawl stopped.
#[derive(Clone, Debug, PartialEq)]
pub enum Stopped {
    /// The best page left promised less than another request is worth.
    LittleToGain {
        /// Its address and expected gain.
        best: Option<(Url, f32)>,
        /// The gain that would have been worth it.
        floor: f32,
        /// What had been found by then, in words.
        have: String,
    },
    /// No link was left.
    NothingLeft,
    /// A budget was used up; which, in words.
    Budget(&'static str),
    /// The site kept refusing.
    Refusals(String),
    /// The user asked for it.
    Asked,
    /// The start page could not be had.
    NoStart(FetchError),
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LittleToGain { best: Some((url, _)), have, .. } => {
                write!(f, "{have}; the pages left, `{url}` first, are unlikely to add anything")
            }
            Self::LittleToGain { best: None, have, .. } => {
                write!(f, "{have}; no page left promises anything")
            }
            Self::NothingLeft => f.write_str("every page that is linked was read"),
            Self::Budget(which) => write!(f, "the budget of {which} is used up"),
            Self::Refusals(why) => write!(f, "the site refuses further pages: {why}"),
            Self::Asked => f.write_str("stopped when asked to"),
            Self::NoStart(error) => write!(f, "the start page could not be read: {error}"),
        }
    }
}

/// What a crawl tells while it works.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// An address is being asked for.
    Asking {
        /// The address.
        url: &'a Url,
        /// Why.
        choice: &'a Choice,
    },
    /// A document, or a file for machines, says something.
    Found(&'a Found),
    /// A document was read; what it says was told before.
    Read(&'a Document),
    /// An address gave nothing.
    Missed {
        /// The address.
        url: &'a Url,
        /// Why, in words.
        why: &'a str,
    },
    /// Something is worth knowing.
    Warned(&'a str),
}

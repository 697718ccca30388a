//! The crawl: which pages of a company's site to read, in which order, and when to stop.
//!
//! A site has thousands of pages and two or three that matter. The crawl reads the start page, gives every link an
//! expected gain with its reasons ([`Choice`]), fetches the best, reads it with `reading`, and weighs the links anew
//! by what has been found. It stops when the next page promises little and says so in words. It asks a [`Web`] and
//! does not know whether that is the live one or an archive; pace, robots.txt and address rules are the Web's.
//!
//! [`words`] says what links are called, [`score`] judges one link, [`progress`] what has been found, [`frontier`]
//! holds what is left, [`address`] and [`traps`] keep out of endless places, [`sitemap`] and [`security_txt`] read the
//! files made for machines.

mod address;
mod document;
mod frontier;
mod locale;
mod progress;
mod report;
mod run;
mod score;
pub mod security_txt;
pub mod sitemap;
mod state;
mod traps;
mod words;

use std::time::Duration;

use ladder::Country;

pub use document::is_page;
pub use report::{Crawl, Document, Event, Found, Outcome, Stopped};
pub use run::crawl;
pub use score::{Choice, Reason};
pub use words::PageKind;

#[cfg(doc)]
use crate::web::Web;

/// What is asked of a crawl.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The country of the customer: its pages and languages come first.
    pub country: Option<Country>,
    /// The language wanted, as an ISO 639-1 code; else those of the country, else that of the start page.
    pub lang: Option<String>,
    /// Lower-case stems of the matter asked about: pages named for it gain.
    pub about: Vec<String>,
    /// How much may be used.
    pub budget: Budget,
    /// The bodies that procedures may name: an atlas with a user's own files; none for the built-in one.
    pub atlas: Option<&'static atlas::Atlas>,
}

/// How much a crawl may use. The stopping rule normally ends it long before.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Budget {
    /// Documents read.
    pub documents: usize,
    /// PDFs among them.
    pub pdfs: usize,
    /// Requests, redirects and misses counted.
    pub requests: usize,
    /// Bytes of bodies.
    pub bytes: u64,
    /// Time.
    pub time: Duration,
}

impl Default for Budget {
    fn default() -> Self {
        Self { documents: 30, pdfs: 4, requests: 80, bytes: 60_000_000, time: Duration::from_mins(2) }
    }
}

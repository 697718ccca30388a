//! Outside sources: who else knows the company, one module a source and one line in [`ALL`].
//!
//! A [`Source`] says what it is and what it is sent ([`About`]), and answers about a [`Subject`] within its own time: with
//! companies that may be meant and how to reach them, with pages to read, or with the reason why not. What it says of
//! another company than the one that is meant is not merged ([`same`]). None of them decides anything; none is asked
//! unless the user switched it on.

pub mod about;
pub mod answer;
pub mod asking;
mod bluesky;
mod boards;
mod cfpb;
mod companies_house;
pub mod contacts;
mod edgar;
mod fca;
mod gleif;
pub mod linked;
mod mastodon;
mod nominatim;
pub(crate) mod rdap;
mod reddit;
pub mod same;
pub mod search;
mod security_txt;
pub mod subject;
#[cfg(test)]
mod tests;
mod trustpilot;
mod us_dot;
mod webfinger;
mod wikidata;
mod yelp;

use std::future::Future;
use std::pin::Pin;

pub use about::{About, Kind, Level, Needs, Seen, Wants};
pub use answer::{Answer, Hit, Ids, Officer, Record, Thread, Told, Trouble};
pub use asking::{Asking, Setting};
pub use subject::Subject;

/// The answer of a source, when it comes.
pub type Replied<'a> = Pin<Box<dyn Future<Output = Result<Answer, Trouble>> + Send + 'a>>;

/// Something outside that knows companies.
pub trait Source: Sync {
    /// Returns what it is and what it is sent.
    fn about(&self) -> &'static About;

    /// Asks it about a company. The caller bounds the time.
    fn ask<'a>(&'a self, asking: &'a Asking<'a>, subject: &'a Subject) -> Replied<'a>;
}

/// Every source, in the order in which they are worth asking.
pub const ALL: [&dyn Source; 22] = [
    &wikidata::Wikidata,
    &gleif::Gleif,
    &edgar::Edgar,
    &companies_house::CompaniesHouse,
    &fca::Fca,
    &security_txt::SecurityTxt,
    &us_dot::UsDot,
    &cfpb::Cfpb,
    &rdap::Rdap,
    &nominatim::Nominatim,
    &webfinger::WebFinger,
    &mastodon::Mastodon,
    &bluesky::Bluesky,
    &boards::Discourse,
    &boards::Khoros,
    &reddit::Reddit,
    &trustpilot::Trustpilot,
    &yelp::Yelp,
    &search::SEARXNG,
    &search::BRAVE,
    &search::KAGI,
    &search::MOJEEK,
];

/// Returns the source of an id.
#[must_use]
pub fn named(id: &str) -> Option<&'static dyn Source> {
    ALL.into_iter().find(|source| source.about().id == id)
}

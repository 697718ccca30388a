//! Reading a page: bytes in, a [`Finding`] and the links to go on by.

use ladder::{Country, Finding, Place};
use url::Url;

/// What is known of a page before it is read.
#[derive(Clone, Debug, Default)]
pub struct Context<'a> {
    /// The address it is published at.
    pub url: Option<&'a Url>,
    /// The `charset` of its HTTP `Content-Type`.
    pub charset: Option<&'a str>,
    /// The country asked for: settles numbers in national form where the page itself does not.
    pub country: Option<Country>,
    /// The language asked for, as an ISO 639-1 code.
    pub lang: Option<&'a str>,
}

/// A link that leads on, resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct PageLink {
    /// Where it leads, without fragment.
    pub url: Url,
    /// The words on it: text, or title and `alt` where it has none.
    pub text: String,
    /// The words around it, at most 200 characters, where its own say little ("here", "more", an icon); else empty.
    pub context: String,
    /// The heading that it stands under.
    pub heading: String,
    /// Where on the page it stands.
    pub place: Place,
    /// `rel`, lower case.
    pub rel: Option<String>,
    /// Language of the target, where said.
    pub lang: Option<String>,
}

/// A page, read.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Title of the page.
    pub title: String,
    /// Its language, as an ISO 639-1 code: what it says, else what it looks like.
    pub lang: Option<String>,
    /// The address that it calls its own (`rel=canonical`), resolved.
    pub canonical: Option<Url>,
    /// Links that lead on, in the order of the page, share buttons and other schemes left out.
    pub links: Vec<PageLink>,
    /// What it yields.
    pub finding: Finding,
    /// Characters of visible text: little on a page that needs a script to show anything.
    pub visible: usize,
    /// Whether it shows next to nothing without a script.
    pub needs_script: bool,
    /// Whether it says that the page is not there although its status was 200.
    pub soft_404: bool,
    /// Whether it asks to prove that one is no robot.
    pub bot_check: bool,
    /// A hash of the visible text: two pages with one hash are one page.
    pub text_hash: u64,
}

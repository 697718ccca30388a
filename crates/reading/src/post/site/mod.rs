//! Saved pages and exports of sites that programs may not fetch: read when the user hands them over.
//!
//! Each site is one module and one line of [`SITES`]. A module knows the site's JSON (API answer, export, data in the
//! page) and its markup, and makes one [`Document`] of it: a title, messages with the parts the site gives their writers,
//! and the company's own profile where the page holds one. A page on which the site refuses to show anything is told as
//! refused. What no module knows is read as text.

mod bbb;
mod discourse;
pub(crate) mod dom;
mod facebook;
mod fields;
mod instagram;
mod khoros;
mod linkedin;
mod posting;
mod profile;
mod quora;
mod reddit;
mod refused;
mod trustpilot;
mod x;
mod yelp;

use serde_json::Value;

use super::Written;
use super::thread::Role;
use crate::{charset, outline};
use dom::Dom;

/// The most messages of one document.
const MOST_MESSAGES: usize = 2_000;

/// A company's own profile on a site.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// The name it goes by.
    pub name: String,
    /// Its own site.
    pub website: Option<String>,
    /// Whether the company has claimed it; `None` where the page does not tell.
    pub claimed: Option<bool>,
    /// Titles of those who answer for it.
    pub management: Vec<String>,
}

/// What a saved page or export holds.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The site, where it was recognised.
    pub site: Option<&'static str>,
    /// What the thread is called.
    pub title: String,
    /// Its own address, where it says so.
    pub url: Option<String>,
    /// All of it as text, messages one after another.
    pub text: String,
    /// The messages, where the site parts them.
    pub written: Vec<Written>,
    /// The company's own profile.
    pub profile: Option<Profile>,
    /// Why the site shows nothing, where it refused.
    pub refused: Option<&'static str>,
    /// What could not be read.
    pub warnings: Vec<String>,
}

impl Document {
    /// Adds a message; its text and author are the site's.
    fn say(&mut self, author: &str, role: Option<Role>, note: &str, date: Option<&str>, text: &str) {
        let text = text.trim();
        if text.is_empty() || self.written.len() >= MOST_MESSAGES {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.written.push(Written {
            range: start..self.text.len(),
            author: author.trim().to_owned(),
            note: note.to_owned(),
            role,
            date: date.map(|d| d.get(..10).unwrap_or(d).to_owned()),
        });
    }

    /// Adds what the company says of itself in its profile: one line a fact.
    fn own_words(&mut self, lines: &[String]) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).filter(|l| !l.trim().is_empty()).collect();
        self.say("", Some(Role::Company), "profile", None, &lines.join("\n"));
    }
}

/// How one site is read.
struct Site {
    /// Its name.
    id: &'static str,
    /// Reads its JSON; `false` where it is not of this site.
    json: fn(&Value, &mut Document) -> bool,
    /// Reads its markup; `false` where it is not of this site.
    html: fn(&Dom, &mut Document) -> bool,
}

/// Every site, those with the most telling marks first.
const SITES: [Site; 12] = [
    Site { id: "reddit", json: reddit::json, html: reddit::html },
    Site { id: "trustpilot", json: trustpilot::json, html: trustpilot::html },
    Site { id: "discourse", json: discourse::json, html: discourse::html },
    Site { id: "khoros", json: khoros::json, html: khoros::html },
    Site { id: "bbb", json: bbb::json, html: bbb::html },
    Site { id: "quora", json: quora::json, html: quora::html },
    Site { id: "x", json: x::json, html: x::html },
    Site { id: "yelp", json: yelp::json, html: yelp::html },
    Site { id: "facebook", json: facebook::json, html: facebook::html },
    Site { id: "instagram", json: instagram::json, html: instagram::html },
    Site { id: "linkedin", json: linkedin::json, html: linkedin::html },
    Site { id: "profile", json: profile::json, html: profile::html },
];

/// Returns whether a page is of a site, by the name it gives itself or by its address.
fn is_of(dom: &Dom, document: &Document, names: &[&str], hosts: &[&str]) -> bool {
    let named = dom.meta("og:site_name").unwrap_or_default().to_lowercase();
    let address = dom.meta("og:url").or(document.url.as_deref()).unwrap_or_default();
    let host = url::Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned));
    let host = host.as_deref().unwrap_or_default().trim_start_matches("www.").to_owned();
    names.contains(&named.as_str())
        || hosts.iter().any(|known| {
            host == *known || host.strip_suffix(known).is_some_and(|before| before.ends_with('.'))
        })
}

/// Opens a saved page, an API answer or a pasted text.
#[must_use]
pub fn open(bytes: &[u8], url: Option<&str>) -> Document {
    let text = charset::decode(bytes, None).text;
    let start = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    let mut document = Document { url: url.map(str::to_owned), ..Document::default() };
    if start.starts_with(['{', '['])
        && let Ok(value) = serde_json::from_str::<Value>(start)
    {
        if let Some((site, why)) = refused::json(&value) {
            return Document { site: Some(site), refused: Some(why), ..document };
        }
        for site in &SITES {
            if (site.json)(&value, &mut document) {
                document.site = Some(site.id);
                return document;
            }
        }
        document
            .warnings
            .push("JSON of no site that is known: its texts were read without their authors".into());
        let mut texts = Vec::new();
        fields::texts(&value, &mut texts, 0);
        document.text = texts.join("\n\n");
        return document;
    }
    if !is_markup(start) {
        document.text = text.into_owned();
        return document;
    }
    let dom = Dom::parse(&text);
    if let Some((site, why)) = refused::html(&dom, &text) {
        return Document { site: Some(site), refused: Some(why), ..document };
    }
    document.title = dom.title();
    for site in &SITES {
        if (site.html)(&dom, &mut document) {
            document.site = Some(site.id);
            return document;
        }
    }
    document.text = outline::from_html(&text).text;
    document
}

/// Whether a text is markup.
fn is_markup(start: &str) -> bool {
    let head: String = start.chars().take(1_000).collect::<String>().to_ascii_lowercase();
    ["<!doctype", "<html", "<head", "<body", "<div", "<article", "<meta", "<script"]
        .iter()
        .any(|mark| head.contains(mark))
}

//! Saved pages and exports of sites that programs may not fetch: read when the user hands them over.
//!
//! Each site is one module and one line of [`SITES`]. A module knows the site's JSON (API answer, export, data in the
//! page) and its markup, and makes one [`Document`] of it: a title, messages with the parts the site gives their writers,
//! and the company's own profile where the page holds one. A page on which the site refuses to show anything is told as
//! refused. What no module knows is read as text.

mod bbb;
mod data;
mod discourse;
pub(crate) mod dom;
mod facebook;
mod fields;
mod head;
mod instagram;
mod khoros;
mod linkedin;
mod owner;
mod posting;
mod profile;
mod quora;
mod reddit;
mod refused;
mod responses;
mod trustpilot;
mod x;
mod yelp;

use serde_json::Value;

use super::Written;
use super::thread::Role;
use crate::{charset, outline};
use dom::Dom;
use head::says_saved;
pub use owner::{Manager, Profile, Stated};
pub use responses::Responses;

/// How much of a page is looked through for the site it was saved from.
const HEAD_BYTES: usize = 64 * 1024;

/// The most messages of one document.
const MOST_MESSAGES: usize = 2_000;

/// The most links of a page that are looked at to tell whose it is, and the fewest that tell it.
const MOST_LINKS: usize = 400;
const LEAST_LINKS: usize = 4;

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

/// A message to add to a [`Document`], as a site tells it.
#[derive(Clone, Copy, Debug, Default)]
struct Saying<'a> {
    author: &'a str,
    role: Option<Role>,
    note: &'a str,
    date: Option<&'a str>,
    stars: Option<u8>,
    answers: Option<usize>,
    text: &'a str,
}

impl Document {
    /// Returns how the company answers here, where the site tells who is the company and what it answers.
    #[must_use]
    pub fn responses(&self) -> Option<Responses> {
        responses::of(self)
    }

    /// Adds a message; its text and author are the site's. Returns its number, where it was not empty.
    fn add(&mut self, saying: Saying<'_>) -> Option<usize> {
        let text = saying.text.trim();
        if text.is_empty() || self.written.len() >= MOST_MESSAGES {
            return None;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.written.push(Written {
            range: start..self.text.len(),
            author: saying.author.trim().to_owned(),
            note: saying.note.to_owned(),
            role: saying.role,
            date: saying.date.map(|d| d.get(..10).unwrap_or(d).to_owned()),
            stars: saying.stars.filter(|stars| (1..=5).contains(stars)),
            answers: saying.answers,
        });
        Some(self.written.len() - 1)
    }

    /// Adds a message that is neither rated nor known to answer another.
    fn say(&mut self, author: &str, role: Option<Role>, note: &str, date: Option<&str>, text: &str) {
        self.add(Saying { author, role, note, date, text, ..Saying::default() });
    }

    /// Adds a review, and the answer of the company where it gave one.
    fn review(&mut self, review: Saying<'_>, reply: Option<Saying<'_>>) {
        let at = self.add(Saying { author: "reviewer", role: Some(Role::Stranger), ..review });
        if let Some(reply) = reply {
            self.add(Saying { author: "", role: Some(Role::Company), note: "reply", answers: at, ..reply });
        }
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
    let document = Document { url: url.map(str::to_owned), ..Document::default() };
    if let Some(value) = as_json(start) {
        return of_json(&value, document);
    }
    if is_markup(start) {
        of_markup(&text, document)
    } else {
        Document { text: text.into_owned(), ..document }
    }
}

/// Parses a file of JSON; one's own archive of X assigns it to a variable.
fn as_json(start: &str) -> Option<Value> {
    let start = match start.strip_prefix("window.YTD.") {
        Some(rest) => rest.split_once('=')?.1.trim_start(),
        None => start,
    };
    start.starts_with(['{', '[']).then(|| serde_json::from_str(start).ok()).flatten()
}

fn of_json(value: &Value, mut document: Document) -> Document {
    if let Some((site, why)) = refused::json(value) {
        return Document { site: Some(site), refused: Some(why), ..document };
    }
    for site in &SITES {
        if (site.json)(value, &mut document) {
            document.site = Some(site.id);
            return document;
        }
    }
    document.warnings.push("JSON of no site that is known: its texts were read without their authors".into());
    let mut texts = Vec::new();
    fields::texts(value, &mut texts, 0);
    document.text = texts.join("\n\n");
    document
}

fn of_markup(source: &str, mut document: Document) -> Document {
    let dom = Dom::parse(source);
    document.title = dom.title();
    document.url = document.url.or_else(|| address_in(&dom, source));
    let refusal = refused::html(&dom, source);
    for site in &SITES {
        let mut read = document.clone();
        if !(site.html)(&dom, &mut read) {
            continue;
        }
        read.site = Some(site.id);
        // Behind a log-in wall a page may still show its first messages: those are read, and the wall is told.
        let shows = read.written.iter().any(|w| w.note != "profile" && w.note != "unclaimed profile");
        match refusal {
            Some((_, why)) if shows => {
                read.warnings.push(format!("the site {why}: what the page showed before that was read"));
            }
            Some((site, why)) => return Document { site: Some(site), refused: Some(why), ..document },
            None => {}
        }
        return read;
    }
    if let Some((site, why)) = refusal {
        return Document { site: Some(site), refused: Some(why), ..document };
    }
    document.text = outline::from_html(source).text;
    document
}

/// What the head of a page that was saved says where it was saved from, and the domain of that site.
const SAVED: &[(&str, &str)] = &[
    ("trustpilot", "trustpilot.com"),
    ("bbb", "bbb.org"),
    ("better business bureau", "bbb.org"),
    ("yelp", "yelp.com"),
    ("quora", "quora.com"),
    ("reddit", "reddit.com"),
    ("facebook", "facebook.com"),
    ("instagram", "instagram.com"),
    ("linkedin", "linkedin.com"),
    ("twitter", "x.com"),
    ("x", "x.com"),
];

/// Returns the domain of the site that a page was saved from, by what the head of the page says of that beside its title, where it is
/// one that is read here for what others write on it.
#[must_use]
pub fn saved_from(bytes: &[u8]) -> Option<&'static str> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD_BYTES)]);
    // A firm may speak of such a site in its own title.
    let said = says_saved(&head).map(str::to_lowercase).find(|said| !said.starts_with("<title"))?;
    domain_in(&said)
}

/// Returns the domain of the site that the title of a page alone names, where the page is also built as that site builds its pages:
/// its reader finds what others wrote, or most of the links lead to that very site. Takes the whole page.
#[must_use]
pub fn built_as(bytes: &[u8]) -> Option<&'static str> {
    let source = String::from_utf8_lossy(bytes);
    let head = crate::window::clip(&source, HEAD_BYTES);
    let title = says_saved(head).map(str::to_lowercase).find(|said| said.starts_with("<title"))?;
    let domain = domain_in(&title)?;
    let document = open(bytes, None);
    let is_theirs =
        SAVED.iter().any(|&(name, known)| known == domain && document.site.is_some_and(|site| site == name));
    // The profile may be the data by which any firm tells search engines of itself.
    let wrote = document
        .written
        .iter()
        .any(|w| (w.role.is_some() || !w.author.is_empty()) && !w.note.contains("profile"));
    (is_theirs && wrote || links_home(&source, domain)).then_some(domain)
}

/// Returns whether most of the links of a page that name a host lead to a domain.
fn links_home(source: &str, domain: &str) -> bool {
    let (mut home, mut all) = (0, 0);
    for rest in source.split("href=").skip(1).take(MOST_LINKS) {
        let Some((_, rest)) = rest
            .trim_start_matches(['"', '\''])
            .split_once("//")
            .filter(|(scheme, _)| matches!(*scheme, "" | "http:" | "https:"))
        else {
            continue;
        };
        let host = rest.split(['/', '"', '\'', '?', '#', '>', ' ']).next().unwrap_or_default();
        all += 1;
        home +=
            usize::from(host.strip_suffix(domain).is_some_and(|sub| sub.is_empty() || sub.ends_with('.')));
    }
    home >= LEAST_LINKS && 2 * home > all
}

/// Returns the domain of the first site that a text names.
fn domain_in(said: &str) -> Option<&'static str> {
    SAVED.iter().find(|(name, _)| said.contains(name)).map(|&(_, domain)| domain)
}

/// Tells, by the head of a page alone, whether it was saved from a site that is read here for what others write on it.
#[must_use]
pub fn is_saved(bytes: &[u8]) -> bool {
    says_saved(&String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD_BYTES)])).next().is_some()
}

/// Returns the address of a saved page: of the mark that browsers leave in it, or of its own links.
fn address_in(dom: &Dom, source: &str) -> Option<String> {
    let head = crate::window::clip(source, 4_000);
    let marked = head.find("saved from url=(").and_then(|at| {
        let behind = head[at..].split_once(')')?.1;
        behind.split_whitespace().next().map(str::to_owned)
    });
    let canonical = || {
        let link = dom.all().find(|e| e.name() == "link" && e.attribute("rel") == Some("canonical"))?;
        link.attribute("href").map(str::to_owned)
    };
    let own = || dom.meta("og:url").map(str::to_owned);
    marked.or_else(own).or_else(canonical).filter(|url| url.starts_with("http"))
}

/// Whether a text is markup.
fn is_markup(start: &str) -> bool {
    let head: String = start.chars().take(1_000).collect::<String>().to_ascii_lowercase();
    ["<!doctype", "<html", "<head", "<body", "<div", "<article", "<meta", "<script"]
        .iter()
        .any(|mark| head.contains(mark))
}

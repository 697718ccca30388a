//! What one link promises, and why.
//!
//! The words on a link, of its address, and above it each speak for a kind of page; the strongest wins. Then come
//! factors: words that hold back, place on the page, language, endless places, sub-domain, file. The product is the
//! gain to expect where nothing has been found yet; what has been found is the business of `progress`.

use std::fmt;

use ladder::Place;
use reading::page::PageLink;
use url::Url;

use super::address::{self, FileKind, Scope};
use super::locale::{self, Wanted};
use super::traps;
use super::words::{self, Avoid, Heard, PageKind};

/// How far a sitemap entry is believed: it may lead to a page that nobody links any more.
const SITEMAP_ONLY: f32 = 0.75;

/// What a page that names the matter asked about gains.
const ABOUT: f32 = 15.0;

/// Sub-domains on which customers or others write: nothing there is the company's word.
const OTHERS_WRITE: &[&str] = &[
    "forum",
    "forums",
    "community",
    "communities",
    "discuss",
    "discussions",
    "answers",
    "ideas",
    "wiki",
    "groups",
];

/// Sub-domains that are machines, shops or newsrooms.
const MACHINES: &[&str] = &[
    "api",
    "cdn",
    "static",
    "assets",
    "img",
    "images",
    "media",
    "dev",
    "developer",
    "developers",
    "staging",
    "test",
    "mail",
    "webmail",
    "login",
    "sso",
    "auth",
    "id",
    "account",
    "accounts",
    "my",
    "app",
    "apps",
    "portal",
    "secure",
    "shop",
    "store",
    "blog",
    "news",
    "newsroom",
    "press",
    "careers",
    "jobs",
    "karriere",
    "investors",
    "investor",
    "ir",
    "status",
    "docs",
    "events",
    "learn",
    "academy",
    "training",
    "partners",
    "go",
    "pages",
    "info",
    "email",
    "track",
    "analytics",
    "data",
    "search",
    "maps",
    "tickets",
    "booking",
    "book",
];

/// One reason for a gain: what was seen, and what it multiplies the gain by (for the first reason: the gain itself).
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// What was seen, in words.
    pub words: String,
    /// The factor, or for the first reason the gain.
    pub factor: f32,
}

impl Reason {
    pub(super) fn new(words: impl Into<String>, factor: f32) -> Self {
        Self { words: words.into(), factor }
    }
}

/// What a link promises, and why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// The kind of page that it seems to lead to.
    pub kind: PageKind,
    /// The gain to expect; a complaints page, nothing found yet, is 100.
    pub gain: f32,
    /// Why, the strongest first.
    pub reasons: Vec<Reason>,
    /// The words by which it is called, for the crawl to learn which of them lead anywhere on this site.
    pub(super) words: Vec<String>,
}

impl Choice {
    /// Makes a choice that rests on one reason.
    pub(super) fn because(kind: PageKind, words: &str) -> Self {
        Self { kind, gain: kind.value(), reasons: vec![Reason::new(words, kind.value())], words: Vec::new() }
    }

    /// Multiplies the gain, and says why.
    pub(super) fn multiply(&mut self, reason: Reason) {
        self.gain *= reason.factor;
        self.reasons.push(reason);
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:.0}", self.kind.name(), self.gain)?;
        for (i, Reason { words, factor }) in self.reasons.iter().enumerate() {
            match i {
                0 => write!(f, ": {words} {factor:.0}")?,
                _ => write!(f, ", {words} ×{factor:.2}")?,
            }
        }
        Ok(())
    }
}

/// What the judging of every link of a crawl rests on.
#[derive(Debug)]
pub(super) struct Judge {
    /// The site.
    pub scope: Scope,
    /// Languages and country wanted.
    pub wanted: Wanted,
    /// Stems of the matter asked about.
    pub about: Vec<String>,
    own: String,
}

/// What speaks for a kind of page.
struct Voice {
    kind: PageKind,
    gain: f32,
    words: String,
}

impl Judge {
    /// Makes the judge of a site.
    pub(super) fn new(scope: Scope, wanted: Wanted, about: Vec<String>) -> Self {
        let own = scope.own_name();
        Self { scope, wanted, about, own }
    }

    /// Judges a link on a page; `None` where it leads out of the site, or to what is no document.
    pub(super) fn link(&self, link: &PageLink) -> Option<Choice> {
        let said =
            if link.text.trim().is_empty() { Heard::default() } else { words::hear(&link.text, &self.own) };
        let mut voices = Vec::new();
        speak(&mut voices, &said, 1.0, || format!("the link says `{}`", short(&link.text)));
        if said.content == 0 {
            let around = words::hear(&link.context, &self.own);
            speak(&mut voices, &around, 0.7, || format!("beside the link stands `{}`", short(&link.context)));
        }
        if voices.is_empty() {
            let mut above = words::hear(&link.heading, &self.own);
            // Links under `Site map` or `Questions` are what those list, not those.
            above.kinds.retain(|(kind, _)| !matches!(kind, PageKind::Sitemap | PageKind::Faq));
            let force = if said.content == 0 { 0.6 } else { 0.4 };
            speak(&mut voices, &above, force, || format!("it stands under `{}`", short(&link.heading)));
        }
        if let Some(kind) = link.rel.as_deref().and_then(kind_of_rel) {
            voices.push(Voice { kind, gain: kind.value() * 0.9, words: "its `rel` says so".to_owned() });
        }
        let mut choice = self.address(&link.url, voices, &said.avoid)?;
        if choice.kind == PageKind::Unknown && said.content > 8 {
            choice.multiply(Reason::new("a long text that says nothing", 0.4));
        }
        let place = match (link.place, choice.kind) {
            (Place::Footer, PageKind::Unknown) | (Place::Nav | Place::Header, _) => {
                Reason::new("in a menu", 1.1)
            }
            (Place::Footer, _) => Reason::new("in the footer", 1.15),
            (Place::Main | Place::Aside | Place::Data, _) => Reason::new("on the page", 1.0),
        };
        choice.multiply(place);
        choice.words = self.words(&link.text, &link.url);
        if let Some(locale) = link.lang.as_deref().and_then(locale::of_tag) {
            self.weigh_locale(&mut choice, &locale);
        }
        Some(choice)
    }

    /// Judges an address that a sitemap or embedded data names.
    pub(super) fn bare(&self, url: &Url, from: &str) -> Option<Choice> {
        let mut choice = self.address(url, Vec::new(), &[])?;
        choice.words = self.words("", url);
        choice.multiply(Reason::new(format!("named by {from} alone"), SITEMAP_ONLY));
        Some(choice)
    }

    /// Returns the words by which a link calls its page: those on it and those of the address' last part.
    fn words(&self, text: &str, url: &Url) -> Vec<String> {
        let segments = address::segments(url);
        let last = segments.last().map(|last| address::words_of(last)).unwrap_or_default();
        let mut words: Vec<String> = words::fold(&format!("{} {last}", short(text)))
            .split_whitespace()
            .filter(|word| {
                word.len() >= 4 && !self.own.contains(word) && !word.bytes().any(|b| b.is_ascii_digit())
            })
            .take(12)
            .map(str::to_owned)
            .collect();
        words.sort();
        words.dedup();
        words
    }

    /// Judges an address, with what the words on its link speak for.
    fn address(&self, url: &Url, mut voices: Vec<Voice>, avoid: &[&'static Avoid]) -> Option<Choice> {
        let file = address::file_kind(url);
        if !self.scope.holds(url) || file == FileKind::Other {
            return None;
        }
        let subdomain = self.scope.subdomain(url);
        let labels: Vec<&str> = subdomain.split('.').filter(|label| !label.is_empty()).collect();
        if labels.iter().any(|label| OTHERS_WRITE.contains(label)) {
            return None;
        }
        let locale = locale::of(url, &subdomain);
        let told: Vec<PageKind> = voices.iter().map(|voice| voice.kind).collect();
        let (name, folders) = self.path(&mut voices, url, &labels);
        if let Some(locale) = locale.as_ref().filter(|locale| locale.front && self.wanted.meets(locale)) {
            let gain = PageKind::Home.value() * if locale.country.is_some() { 1.0 } else { 0.8 };
            let words = "a front page for the country or language wanted".to_owned();
            voices.push(Voice { kind: PageKind::Home, gain, words });
        }

        let best = voices.into_iter().max_by(|a, b| a.gain.total_cmp(&b.gain));
        let mut choice = match best {
            Some(Voice { kind, gain, words }) => {
                Choice { kind, gain, reasons: vec![Reason::new(words, gain)], words: Vec::new() }
            }
            None => Choice::because(PageKind::Unknown, "nothing tells what it is"),
        };
        if told.contains(&choice.kind) && name.strength(choice.kind) > 0.0 {
            choice.multiply(Reason::new("words and address agree", 1.1));
        }
        // A PDF lies where the site keeps its files (`/media/`, `/wp-content/uploads/2024/05/`): its folders say nothing.
        let pdf = file == FileKind::Pdf;
        hold_back(&mut choice, avoid.iter().chain(&name.avoid), if pdf { &[] } else { &folders });
        for reason in traps::of(url).into_iter().filter(|reason| !pdf || reason.words != traps::DATED) {
            choice.multiply(reason);
        }
        if let Some(locale) = &locale {
            self.weigh_locale(&mut choice, locale);
        }
        if file == FileKind::Pdf {
            choice.multiply(Reason::new("a PDF", as_pdf(choice.kind)));
        }
        if labels.iter().any(|label| MACHINES.contains(label)) {
            choice.multiply(Reason::new("a sub-domain for another purpose", 0.1));
        } else if choice.kind == PageKind::Unknown
            && !labels.is_empty()
            && address::host_of(url) != self.scope.host
        {
            choice.multiply(Reason::new("another sub-domain", 0.5));
        }
        let path = words::fold(url.path());
        if self.about.iter().any(|stem| path.contains(words::fold(stem).trim_end())) {
            choice.gain += ABOUT;
            choice.multiply(Reason::new("it names the matter asked about (15 more)", 1.0));
        }
        (choice.gain > 0.0).then_some(choice)
    }

    /// Lets the parts of an address speak; returns what its name says and what its folders hold it back by.
    fn path(&self, voices: &mut Vec<Voice>, url: &Url, labels: &[&str]) -> (Heard, Vec<&'static Avoid>) {
        let mut path: Vec<String> =
            address::segments(url).iter().map(|part| address::words_of(part)).collect();
        if path.len() > 1
            && path
                .last()
                .is_some_and(|last| matches!(last.to_lowercase().as_str(), "index" | "default" | "home"))
        {
            path.pop();
        }
        let last = path.pop().unwrap_or_default();
        let name = words::hear(&last, &self.own);
        speak(voices, &name, 0.9, || format!("its address says `{}`", short(&last)));
        let mut held = Vec::new();
        for folder in &path {
            let heard = words::hear(folder, &self.own);
            speak(voices, &heard, 0.35, || format!("it lies under `{}`", short(folder)));
            held.extend(heard.avoid);
        }
        for (_, value) in url.query_pairs().take(6).filter(|(_, value)| value.len() <= 60) {
            let heard = words::hear(&address::words_of(&value), &self.own);
            speak(voices, &heard, 0.8, || format!("its address asks for `{}`", short(&value)));
        }
        for label in labels {
            speak(voices, &words::hear(label, &self.own), 0.6, || format!("its host is `{label}`"));
        }
        (name, held)
    }

    /// Multiplies a choice by how well its language and country fit.
    fn weigh_locale(&self, choice: &mut Choice, locale: &locale::Locale) {
        let factor = self.wanted.fit(locale);
        if (factor - 1.0).abs() > f32::EPSILON
            && !choice.reasons.iter().any(|seen| seen.words.starts_with("for "))
        {
            let words =
                if factor < 1.0 { "for another language or country" } else { "for the country wanted" };
            choice.multiply(Reason::new(words, factor));
        }
    }
}

/// What is known of the page that a link stands on.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parent {
    /// What kind of page it was taken for.
    pub kind: PageKind,
    /// Whether it names someone above the front line.
    pub names_someone: bool,
    /// Links in its own text.
    pub in_text: usize,
    /// Links in its footer.
    pub in_footer: usize,
    /// Links in its menus that name a folder of the site and nothing below it.
    pub sections: usize,
}

/// Sections beyond which a menu is a list.
const A_LONG_MENU: usize = 16;

/// Links in the text of a page beyond which they say nothing of its matter: it is a list.
const A_LIST: usize = 60;

/// Links in a footer beyond which it is a second menu.
const A_LONG_FOOTER: usize = 45;

impl Parent {
    /// Lifts a link by where it was found: pages about complaints link to what belongs to them, and a short footer holds
    /// what a company must publish and sells nothing by.
    pub(super) fn lift(&self, choice: &mut Choice, link: &PageLink) {
        let place = link.place;
        let unknown = choice.kind == PageKind::Unknown;
        if matches!(place, Place::Main | Place::Aside) && self.in_text <= A_LIST {
            let about_complaints =
                matches!(self.kind, PageKind::Complaints | PageKind::Redress) || self.names_someone;
            let about_contact = matches!(
                self.kind,
                PageKind::Contact
                    | PageKind::Directory
                    | PageKind::Service
                    | PageKind::Charter
                    | PageKind::Policies
                    | PageKind::Imprint
            );
            if about_complaints {
                choice.multiply(Reason::new(
                    "linked on a page about complaints",
                    if unknown { 3.0 } else { 1.2 },
                ));
            } else if about_contact {
                choice.multiply(Reason::new(
                    "linked on a page about contacts",
                    if unknown { 1.8 } else { 1.05 },
                ));
            }
        }
        if unknown && is_section(link) && self.sections <= A_LONG_MENU {
            choice.kind = PageKind::Section;
            choice.multiply(Reason::new(
                "a section of the site",
                PageKind::Section.value() / PageKind::Unknown.value(),
            ));
        }
        if unknown && place == Place::Footer && self.in_footer <= A_LONG_FOOTER {
            choice.multiply(Reason::new("in a short footer", 2.0));
        }
    }
}

/// Returns whether a link of a menu leads to a folder at the top of the site.
pub(super) fn is_section(link: &PageLink) -> bool {
    matches!(link.place, Place::Nav | Place::Header)
        && link.url.query().is_none()
        && link.url.path().trim_matches('/').split('/').count() == 1
        && link.url.path().len() > 1
}

/// Holds a choice back by what its words and folders say.
///
/// What a link or the name of its page says beside `complaints` only narrows it (`product complaints`); a folder says
/// where on the site it is.
fn hold_back<'a>(
    choice: &mut Choice,
    said: impl Iterator<Item = &'a &'static Avoid>,
    folders: &[&'static Avoid],
) {
    let narrows = matches!(choice.kind, PageKind::Complaints | PageKind::Redress);
    let said = said.map(|avoid| (*avoid, if narrows { avoid.factor.sqrt() } else { avoid.factor }));
    let mut held: Vec<(&'static Avoid, f32)> = folders.iter().map(|avoid| (*avoid, avoid.factor)).collect();
    held.extend(said);
    let mut seen: Vec<&'static Avoid> = Vec::new();
    for (avoid, factor) in held {
        if !seen.iter().any(|other| std::ptr::eq(*other, avoid)) {
            seen.push(avoid);
            choice.multiply(Reason::new(avoid.why.clone(), factor));
        }
    }
}

/// Returns how much of a kind's gain a PDF keeps: procedures are often PDF, most other PDFs name no one.
const fn as_pdf(kind: PageKind) -> f32 {
    match kind {
        PageKind::Complaints | PageKind::Redress => 0.85,
        PageKind::Charter => 0.7,
        PageKind::Contact | PageKind::Directory | PageKind::Policies => 0.5,
        _ => 0.1,
    }
}

/// Lets what was heard speak, with a force.
fn speak(voices: &mut Vec<Voice>, heard: &Heard, force: f32, words: impl Fn() -> String) {
    for (kind, strength) in &heard.kinds {
        voices.push(Voice { kind: *kind, gain: kind.value() * strength * force, words: words() });
    }
}

/// Returns the kind of page that a `rel` names.
fn kind_of_rel(rel: &str) -> Option<PageKind> {
    rel.split_whitespace().find_map(|word| match word {
        "help" => Some(PageKind::Service),
        "contact" => Some(PageKind::Contact),
        "privacy-policy" => Some(PageKind::Privacy),
        "terms-of-service" => Some(PageKind::Terms),
        _ => None,
    })
}

/// Shortens a text for a reason.
fn short(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &one_line[..end]),
        None => one_line,
    }
}

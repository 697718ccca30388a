//! Reading a page: bytes in, a [`Finding`] and the links to go on by.
//!
//! [`read`] makes text of the bytes and an outline of the text, lets every extractor look at it, has the rung and the
//! party of each hit named, and joins the hits of one value into one sighting: the highest use that the page itself names
//! for a customer with a problem decides its rung, and the words of that use are its quote.

mod data;
mod merge;
pub(crate) mod onward;
mod quote;
mod state;

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use ladder::{CompanyFacts, Country, Finding, Place};
use url::Url;

use crate::charset;
use crate::hit::Hit;
use crate::outline::{self, Outline};
use crate::policy;
use crate::window::clip;

/// The most hits of one page that are named; a page with more is a directory of others.
const MOST_HITS: usize = 2000;

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
    /// The bodies that procedures may name: an atlas with a user's own files; none for the built-in one.
    pub atlas: Option<&'a atlas::Atlas>,
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

/// Reads a page: its contacts, its complaints procedure, its links.
///
/// No input makes it fail: what could not be read is told in the warnings of the finding.
#[must_use]
pub fn read(bytes: &[u8], context: &Context) -> Page {
    let html = charset::decode(bytes, context.charset).text;
    read_outline(&outline::from_html(&html), context)
}

/// Reads a page for its contacts alone: without its complaints procedure and the links that lead on, which stay empty, and so do its canonical address and hash.
#[must_use]
pub fn read_contacts(bytes: &[u8], context: &Context) -> Page {
    let html = charset::decode(bytes, context.charset).text;
    let outline = outline::from_html(&html);
    let (hits, company, warnings) = hits_of(&outline, context);
    finish(&outline, context, hits, Finding { company, warnings, ..Finding::default() })
}

/// Reads a page for what it says: its contacts and its complaints procedure. Of what leads on from it (links, canonical address, hash) nothing is
/// read, and that stays empty: who reads pages of an archive goes on to the next record.
#[must_use]
pub fn read_findings(bytes: &[u8], context: &Context) -> Page {
    let html = charset::decode(bytes, context.charset).text;
    findings_of(&outline::from_html(&html), context)
}

/// Reads an outline that was made elsewhere: of a PDF, or of plain text.
#[must_use]
pub fn read_outline(outline: &Outline, context: &Context) -> Page {
    let mut page = findings_of(outline, context);
    let base = onward::base_of(outline, context.url);
    page.canonical = onward::canonical(outline, base.as_ref());
    page.links = onward::links(outline, base.as_ref());
    page.text_hash = state::text_hash(outline);
    page
}

/// Reads the contacts and the procedure of an outline.
fn findings_of(outline: &Outline, context: &Context) -> Page {
    let (hits, company, warnings) = hits_of(outline, context);
    let mut finding = Finding { company, warnings, ..Finding::default() };
    if policy::looks_like(outline, context) {
        let policy = policy::read_with(outline, context, &hits);
        finding.policy = (!policy.is_empty()).then_some(policy);
    }
    finish(outline, context, hits, finding)
}

/// Finds the hits of an outline, bounded, and tells what was cut.
fn hits_of(outline: &Outline, context: &Context) -> (Vec<Hit>, CompanyFacts, Vec<String>) {
    let mut warnings = Vec::new();
    let (mut hits, company) = extract(outline, context, &mut warnings);
    hits.truncate(MOST_HITS);
    if outline.cut {
        warnings.push("the page was cut at the bound on its length".into());
    }
    if outline.salvaged {
        warnings.push("the markup swallowed the rest of the page; it was salvaged".into());
    }
    (hits, company, warnings)
}

/// Names the hits and gathers what else a page says of itself.
fn finish(outline: &Outline, context: &Context, hits: Vec<Hit>, mut finding: Finding) -> Page {
    let state = state::of(outline);
    finding.contacts = merge::sightings(outline, context, hits);
    if state.needs_script {
        read_data(outline, context, &mut finding);
    }
    Page {
        title: outline.title.split_whitespace().collect::<Vec<_>>().join(" "),
        lang: language(outline, context),
        finding,
        visible: state.visible,
        needs_script: state.needs_script,
        soft_404: state.soft_404,
        bot_check: state.bot_check,
        ..Page::default()
    }
}

/// Adds what the embedded state of a page says, where the page itself shows next to nothing.
fn read_data(page: &Outline, context: &Context, finding: &mut Finding) {
    let Some(data) = data::outline(page) else { return };
    let (mut hits, _) = extract(&data, context, &mut finding.warnings);
    hits.truncate(MOST_HITS);
    if finding.policy.is_none() && policy::looks_like(&data, context) {
        let policy = policy::read_with(&data, context, &hits);
        finding.policy = (!policy.is_empty()).then_some(policy);
    }
    for mut sighting in merge::sightings(&data, context, hits) {
        if finding.contacts.iter().all(|known| known.reach != sighting.reach) {
            sighting.place = Place::Data;
            finding.contacts.push(sighting);
        }
    }
}

/// What finds values in an outline.
type Extractor = fn(&Outline, &Context) -> Vec<Hit>;

/// Every extractor, by name.
const EXTRACTORS: [(&str, Extractor); 4] = [
    ("telephone numbers", crate::phone::find),
    ("e-mail addresses", crate::email::find),
    ("postal addresses", crate::postal::find),
    ("links", crate::link::find),
];

/// Lets every extractor look at the outline: the printed first, then the data. One that breaks on a page costs its own hits and is told of; the others go on.
fn extract(outline: &Outline, context: &Context, warnings: &mut Vec<String>) -> (Vec<Hit>, CompanyFacts) {
    let mut hits = Vec::new();
    for (name, find) in EXTRACTORS {
        // Nothing that the extractor leaves half-done outlives it: it only has shared references.
        match catch_unwind(AssertUnwindSafe(|| find(outline, context))) {
            Ok(found) => hits.extend(found),
            Err(_) => warnings.push(format!("the reader of {name} broke on this page: none are listed")),
        }
    }
    if hits.len() > MOST_HITS {
        warnings.push(format!("{} contacts on one page: only the first {MOST_HITS} were read", hits.len()));
        hits.truncate(MOST_HITS);
    }
    crate::person::attach(outline, &mut hits);
    crate::hours::attach(outline, &mut hits);
    let embedded = catch_unwind(AssertUnwindSafe(|| crate::embedded::find(outline, context)));
    let (mut data, company) = embedded.unwrap_or_else(|_| {
        warnings.push("the reader of embedded data broke on this page: none are listed".into());
        (Vec::new(), CompanyFacts::default())
    });
    crate::embedded::join_printed(&mut data, &hits);
    hits.extend(data);
    (hits, company)
}

/// Returns the language that the page says, else that it was asked for in, else that it looks like.
fn language(outline: &Outline, context: &Context) -> Option<String> {
    let code = |tag: &str| {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        ((2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_lowercase()))
            .then_some(primary)
    };
    outline
        .lang
        .as_deref()
        .and_then(code)
        .or_else(|| context.lang.and_then(code))
        .or_else(|| looks_like(outline))
}

/// The languages that are read, by what tells them apart; Portuguese and Catalan so that they are not taken for Spanish.
const LANGUAGES: [(whatlang::Lang, &str); 8] = [
    (whatlang::Lang::Eng, "en"),
    (whatlang::Lang::Deu, "de"),
    (whatlang::Lang::Fra, "fr"),
    (whatlang::Lang::Spa, "es"),
    (whatlang::Lang::Nld, "nl"),
    (whatlang::Lang::Ita, "it"),
    (whatlang::Lang::Por, "pt"),
    (whatlang::Lang::Cat, "ca"),
];

/// Languages that are written with the same letters and are none of those: they are looked for so that they are not taken for one.
const NEIGHBOURS: [whatlang::Lang; 11] = [
    whatlang::Lang::Afr,
    whatlang::Lang::Ces,
    whatlang::Lang::Dan,
    whatlang::Lang::Fin,
    whatlang::Lang::Hun,
    whatlang::Lang::Lat,
    whatlang::Lang::Nob,
    whatlang::Lang::Pol,
    whatlang::Lang::Ron,
    whatlang::Lang::Swe,
    whatlang::Lang::Tur,
];

/// Tells the languages that are read from their neighbours; every further one would cost its share of the time.
static DETECTOR: LazyLock<whatlang::Detector> = LazyLock::new(|| {
    let read = LANGUAGES.iter().map(|(lang, _)| *lang);
    whatlang::Detector::with_allowlist(read.chain(NEIGHBOURS).collect())
});

/// How much of a text tells its language, in bytes.
const SAMPLE: usize = 600;

/// Words that are frequent together in English alone; one or two of them are words of others too ("of" in Dutch).
const ENGLISH: [&str; 8] = ["the", "and", "of", "to", "you", "your", "with", "our"];

/// Returns whether a text is so full of the smallest English words that nothing need be compared.
fn is_plainly_english(text: &str) -> bool {
    let (mut words, mut hits, mut kinds) = (0_usize, 0_usize, 0_u8);
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words += 1;
        if let Some(at) = ENGLISH.iter().position(|known| known.eq_ignore_ascii_case(word)) {
            hits += 1;
            kinds |= 1 << at;
        }
    }
    hits >= 6 && kinds.count_ones() >= 4 && hits * 12 >= words
}

/// The length from which a block is told in sentences more often than in names and words of a menu.
const TOLD: usize = 60;

/// Returns the text that tells the language: what is told in sentences, else how the text begins.
fn sample(outline: &Outline) -> Cow<'_, str> {
    let begin = &outline.text[..outline.text.floor_char_boundary(SAMPLE)];
    let mut told = String::new();
    for block in outline.blocks.iter().filter(|block| block.range.len() >= TOLD) {
        told.push_str(clip(&outline.text[block.range.clone()], SAMPLE - told.len()));
        told.push(' ');
        if told.len() >= SAMPLE - TOLD {
            break;
        }
    }
    if told.len() < begin.len() / 4 { Cow::Borrowed(begin) } else { Cow::Owned(told) }
}

/// Returns the language that the text looks like, where it is long enough to tell.
fn looks_like(outline: &Outline) -> Option<String> {
    let sample = sample(outline);
    if is_plainly_english(&sample) {
        return Some("en".to_owned());
    }
    let info = DETECTOR.detect(&sample).filter(whatlang::Info::is_reliable)?;
    LANGUAGES.iter().find(|(lang, _)| *lang == info.lang()).map(|(_, code)| (*code).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_english_is_plainly_english() {
        let english = "If you are not happy with the answer of our team, write to us and we will look at your case with care.";
        assert!(is_plainly_english(english));
        for other in [
            "Bent u niet tevreden met het antwoord of de uitleg van ons team, schrijf dan aan de klachtencommissie of bel ons.",
            "Indien u nie tevrede is met die antwoord van ons span nie, skryf aan ons en ons sal na u saak kyk.",
            "Sind Sie mit der Antwort nicht zufrieden? The Team of Experts: schreiben Sie an die Beschwerdestelle und nennen Sie die Nummer.",
            "Contact Help About Home News The Shop Our Team With You And More",
            "",
        ] {
            assert!(!is_plainly_english(other), "{other}");
        }
    }
}

//! Features of a reply: which cues are in it, its shape, and how it touches the complaint.

use std::collections::{BTreeMap, BTreeSet};

use super::negation::denied;
use super::wish;
use crate::fold::{Folded, blank_mentions};
use crate::terms::{self, blank_links, stemmed};
use crate::words::{Hit, Lexicon};

/// Cues that say nothing where they are denied: "we will not refund" gives nothing.
const DENIABLE: [&str; 9] =
    ["given", "token", "owned", "final", "outside_now", "appointment", "passed_on", "received", "looked"];

/// Of them, those that would be a remedy: to deny one is to decline it.
const REMEDIES: [&str; 2] = ["given", "token"];

/// Cues that weigh more where they stand at more than one place.
const TWICE: [(&str, &str); 3] =
    [("given", "given_twice"), ("refuse", "refuse_twice"), ("final", "final_twice")];

/// The feature of a remedy that is denied.
const DENIED: &str = "denied";

/// Cues that are stock phrases: what is left without them is what the reply says of this case.
const STOCK: [&str; 18] = [
    "thanks",
    "feedback_words",
    "sorry",
    "bland_sorry",
    "empathy",
    "promise_bland",
    "platitude",
    "dm",
    "dm_ask",
    "dm_facts",
    "ask",
    "ask_more",
    "link",
    "phone",
    "email",
    "elsewhere_bland",
    "received",
    "signed",
];

/// Cues any of which means that the reply does or says something.
const SAYS: [&str; 12] = [
    "ask",
    "dm_ask",
    "question",
    "contact_them",
    "elsewhere_bland",
    "given",
    "refuse",
    "looked",
    "because",
    "passed_on",
    "received",
    "final",
];

/// The features of one reply.
#[derive(Debug)]
pub(super) struct Features {
    /// Cues and the places where they stand.
    pub(super) cues: BTreeMap<&'static str, Vec<Hit>>,
    /// Features of shape, without a place.
    pub(super) shape: BTreeSet<&'static str>,
    /// Words and pairs of words, and the places where they first stand.
    pub(super) terms: BTreeMap<String, Hit>,
}

impl Features {
    /// Returns the names of all features.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.cues
            .keys()
            .copied()
            .chain(self.shape.iter().copied())
            .chain(self.terms.keys().map(String::as_str))
    }

    /// Whether a feature is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.cues.contains_key(name) || self.shape.contains(name)
    }
}

/// Reads the features of a reply, beside the complaint that it answers.
pub(super) fn of(text: &Folded<'_>, complaint: Option<&Folded<'_>>, lexicon: &'static Lexicon) -> Features {
    let folded = text.without_names();
    let mut features =
        Features { cues: BTreeMap::new(), shape: BTreeSet::new(), terms: terms::of(&folded, lexicon) };
    let mut rest = folded.clone();
    let mut declined: Vec<Hit> = Vec::new();
    for cue in &lexicon.reply {
        let mut hits: Vec<Hit> = cue.hits(&folded).collect();
        if DENIABLE.contains(&cue.name.as_str()) {
            let (none, kept) = hits.into_iter().partition(|hit| denied(&folded, *hit, lexicon));
            hits = kept;
            if REMEDIES.contains(&cue.name.as_str()) {
                declined.extend::<Vec<Hit>>(none);
            }
        }
        if hits.is_empty() {
            continue;
        }
        if let Some((_, twice)) = TWICE.iter().find(|(name, _)| *name == cue.name && hits.len() > 1) {
            features.shape.insert(twice);
        }
        if STOCK.contains(&cue.name.as_str()) {
            for hit in &hits {
                rest[hit.start..hit.end].fill(b' ');
            }
        }
        features.cues.insert(&cue.name, hits);
    }
    if !declined.is_empty() {
        declined.sort_by_key(|hit| hit.start);
        features.cues.insert(DENIED, declined);
    }
    shape(&mut features, &folded, &rest, lexicon);
    compare(&mut features, text, complaint, lexicon);
    wish::compare(&mut features, complaint, lexicon);
    let has = |name: &str| features.has(name);
    let alone = has("dm") && !["dm_facts", "ask_fact", "ask_diag"].into_iter().any(has);
    let silent = !SAYS.into_iter().any(has);
    let elsewhere = ["contact_them", "elsewhere_bland", "link_here"].into_iter().any(has)
        && ["phone", "email", "link"].into_iter().any(has);
    for (name, holds) in [("dm_alone", alone), ("nothing_said", silent), ("way_elsewhere", elsewhere)] {
        if holds {
            features.shape.insert(name);
        }
    }
    features
}

/// Adds how long the reply is, and how much it tells and asks beside stock phrases.
fn shape(features: &mut Features, folded: &[u8], rest: &[u8], lexicon: &Lexicon) {
    let (mut told, mut asked) = (0, 0);
    for (start, end) in sentences(folded) {
        let words = content(&rest[start..end], lexicon).len();
        if folded[start..end].contains(&b'?') {
            asked += words;
        } else {
            told += words;
        }
    }
    let bucket = |n: usize, names: [&'static str; 4]| {
        names[usize::from(n > 0) + usize::from(n > 2) + usize::from(n > 6)]
    };
    features.shape.insert(bucket(told, ["told_none", "told_few", "told_some", "told_many"]));
    features.shape.insert(bucket(asked, ["asked_none", "asked_few", "asked_some", "asked_many"]));
    let words = folded.split(|b| *b == b' ').filter(|w| !w.is_empty()).count();
    if words < 14 {
        features.shape.insert("short");
    }
    if words > 45 {
        features.shape.insert("long");
    }
}

/// Adds what the reply shares with the complaint.
fn compare(features: &mut Features, text: &Folded<'_>, complaint: Option<&Folded<'_>>, lexicon: &Lexicon) {
    let Some(complaint) = complaint else {
        features.shape.insert("no_complaint");
        return;
    };
    let words = |folded: &Folded<'_>| {
        let mut bytes = folded.bytes.clone();
        blank_mentions(&mut bytes);
        blank_links(&mut bytes);
        content(&bytes, lexicon)
    };
    let mine = words(text);
    let shared: Vec<String> = words(complaint).into_iter().filter(|word| mine.contains(word)).collect();
    match shared.len() {
        0 => false,
        1 => features.shape.insert("shares_one"),
        2 => features.shape.insert("shares_two"),
        _ => features.shape.insert("shares_more"),
    };
    if shared.iter().any(|word| word.bytes().any(|b| b.is_ascii_digit())) {
        features.shape.insert("shares_number");
    }
}

/// Months before which a number with a stop is a day ("am 3. Mai") and ends no sentence.
const MONTHS: [&[u8]; 12] = [
    b"januar",
    b"februar",
    b"marz",
    b"april",
    b"mai",
    b"juni",
    b"juli",
    b"august",
    b"september",
    b"oktober",
    b"november",
    b"dezember",
];

/// Returns whether the stop at a place is that of a day before its month.
fn is_of_a_day(folded: &[u8], at: usize) -> bool {
    let digits = folded[..at].iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let next = folded.get(at + 2..).unwrap_or_default();
    (1..=2).contains(&digits) && folded[at] == b'.' && MONTHS.iter().any(|month| next.starts_with(month))
}

/// Returns the sentences of a folded text: up to a stop, a question or exclamation mark with a space or the end behind it.
pub(crate) fn sentences(folded: &[u8]) -> Vec<(usize, usize)> {
    let stop = |b: u8| matches!(b, b'.' | b'!' | b'?');
    let mut all = Vec::new();
    let (mut start, mut i) = (0, 0);
    while i < folded.len() {
        if stop(folded[i]) && folded.get(i + 1).is_none_or(|b| *b == b' ') && !is_of_a_day(folded, i) {
            all.push((start, i + 1));
            start = i + 1;
        }
        i += 1;
    }
    if start < folded.len() {
        all.push((start, folded.len()));
    }
    all
}

/// Returns the stems of the words that can be of a case: no small words, none of the stock of letters.
fn content(bytes: &[u8], lexicon: &Lexicon) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for word in bytes.split(|b| !b.is_ascii_alphanumeric() && *b != b'\'') {
        let word = word.strip_prefix(b"'").unwrap_or(word);
        let Ok(word) = std::str::from_utf8(word) else { continue };
        let digits = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        if (word.len() > 2 || digits) && !lexicon.stop_words.iter().any(|stop| stop == word) {
            words.insert(stemmed(word, lexicon).to_owned());
        }
    }
    words
}

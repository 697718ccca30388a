//! What links are called: the phrases of `words.toml`, and what a text says by them.
//!
//! [`hear`] folds a text (lower case, no accents, `ae` as `a`), finds every phrase in it in one pass, lets a longer
//! phrase silence those inside it (`press office` is no office), and counts the words that no phrase explains: a link
//! `Complaints` leads to the complaints page, `Complaints against employers` is something that the company sells.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest text that is heard, in bytes: a link that says more is cut.
const HEARD: usize = 300;

/// The force of a weak phrase.
const WEAK: f32 = 0.45;

/// What kind of page a link seems to lead to.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageKind {
    /// How to complain.
    Complaints,
    /// Ombudsmen, mediation, regulators.
    Redress,
    /// Imprint, legal notice.
    Imprint,
    /// Contact page.
    Contact,
    /// Who to contact for what.
    Directory,
    /// Customer service, help.
    Service,
    /// A charter: what customers are promised.
    Charter,
    /// Policies, governance, disclosures.
    Policies,
    /// Leadership, board, team.
    People,
    /// About the company.
    About,
    /// Terms and conditions.
    Terms,
    /// Forms to download.
    Forms,
    /// Branches and offices.
    Places,
    /// Fraud and reporting lines.
    Safety,
    /// Privacy notice.
    Privacy,
    /// Accessibility statement.
    Accessibility,
    /// Questions and answers.
    Faq,
    /// A map of the site for people.
    Sitemap,
    /// The site's front page for the country or language asked for.
    Home,
    /// A section of the site, by its place in the menu.
    Section,
    /// Where a page that shows nothing sends its reader.
    Onward,
    /// Nothing tells.
    #[default]
    Unknown,
}

impl PageKind {
    /// Returns what to call it on a screen.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Complaints => "complaints",
            Self::Redress => "outside redress",
            Self::Imprint => "legal notice",
            Self::Contact => "contact",
            Self::Directory => "contact directory",
            Self::Service => "customer service",
            Self::Charter => "charter",
            Self::Policies => "policies",
            Self::People => "people",
            Self::About => "about",
            Self::Terms => "terms",
            Self::Forms => "forms",
            Self::Places => "branches",
            Self::Safety => "fraud and safety",
            Self::Privacy => "privacy",
            Self::Accessibility => "accessibility",
            Self::Faq => "questions",
            Self::Sitemap => "site map",
            Self::Home => "front page",
            Self::Section => "section",
            Self::Onward => "next page",
            Self::Unknown => "unknown",
        }
    }

    /// Returns what a page of the kind is worth where nothing has been found yet; a complaints page is 100.
    #[must_use]
    pub fn value(self) -> f32 {
        match self {
            Self::Home => 45.0,
            Self::Onward => 50.0,
            Self::Section => 8.0,
            Self::Unknown => 4.0,
            told => LEXICON.values.get(&told).copied().unwrap_or_default(),
        }
    }
}

/// A reason to hold back: the link leads to a part of the site that names no one.
#[derive(Debug)]
pub(super) struct Avoid {
    /// What the expected gain is multiplied by.
    pub factor: f32,
    /// What is there, in words.
    pub why: String,
}

/// The file `words.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kind: BTreeMap<PageKind, KindEntry>,
    avoid: BTreeMap<String, AvoidEntry>,
    companions: Plain,
    filler: Plain,
}

/// The phrases of one kind of page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindEntry {
    value: f32,
    strong: Vec<String>,
    weak: Vec<String>,
}

/// The phrases of one reason to hold back.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AvoidEntry {
    factor: f32,
    why: String,
    words: Vec<String>,
}

/// A list of single words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plain {
    words: Vec<String>,
}

/// What a phrase speaks for.
#[derive(Clone, Copy, Debug)]
enum Meaning {
    Kind(PageKind, f32),
    Avoid(usize),
}

/// The phrases, ready to be found.
struct Lexicon {
    values: BTreeMap<PageKind, f32>,
    avoids: Vec<Avoid>,
    meanings: Vec<Meaning>,
    automaton: AhoCorasick,
    companions: HashSet<String>,
    filler: HashSet<String>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("words.toml")).expect("`words.toml` is checked by a test");
    let mut meanings = Vec::new();
    let mut patterns = Vec::new();
    let mut add = |phrase: &str, meaning| {
        meanings.push(meaning);
        patterns.push(pattern(phrase));
    };
    let mut values = BTreeMap::new();
    for (kind, entry) in &file.kind {
        values.insert(*kind, entry.value);
        entry.strong.iter().for_each(|phrase| add(phrase, Meaning::Kind(*kind, 1.0)));
        entry.weak.iter().for_each(|phrase| add(phrase, Meaning::Kind(*kind, WEAK)));
    }
    let mut avoids = Vec::new();
    for entry in file.avoid.into_values() {
        entry.words.iter().for_each(|phrase| add(phrase, Meaning::Avoid(avoids.len())));
        avoids.push(Avoid { factor: entry.factor, why: entry.why });
    }
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .build(&patterns)
        .expect("a few thousand short phrases fit an automaton");
    let folded = |plain: Plain| plain.words.iter().map(|word| fold(word).trim().to_owned()).collect();
    Lexicon {
        values,
        avoids,
        meanings,
        automaton,
        companions: folded(file.companions),
        filler: folded(file.filler),
    }
});

/// Makes the text to look for of a phrase: a blank where a word must begin or end.
fn pattern(phrase: &str) -> String {
    let core = phrase.trim_matches('*');
    let folded = fold(core);
    let begin = if phrase.starts_with('*') { folded.trim_start() } else { &folded };
    let whole = if phrase.ends_with('*') { begin.trim_end() } else { begin };
    whole.to_owned()
}

/// Folds a text: its words in lower case, without accents, single blanks around each.
///
/// `ae`, `oe` and `ue` become `a`, `o` and `u`, on both sides of every comparison, so that `Über uns`, `Ueber uns`
/// and `uber-uns` are one.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 2);
    folded.push(' ');
    let mut push = |c: char| match c {
        'e' if folded.ends_with(['a', 'o', 'u']) => {}
        'ß' => folded.push_str("ss"),
        'œ' | 'ø' => folded.push('o'),
        'æ' => folded.push('a'),
        c if c.is_alphanumeric() => folded.push(c),
        c if is_combining_mark(c) => {}
        _ if folded.ends_with(' ') => {}
        _ => folded.push(' '),
    };
    if text.is_ascii() {
        text.chars().for_each(|c| push(c.to_ascii_lowercase()));
    } else {
        text.nfd().flat_map(char::to_lowercase).for_each(&mut push);
    }
    push(' ');
    folded
}

/// What a text says of the page behind it.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// For each kind that a phrase speaks for, how strongly: 1 for a strong phrase and nothing else beside it.
    pub kinds: Vec<(PageKind, f32)>,
    /// Reasons to hold back.
    pub avoid: Vec<&'static Avoid>,
    /// Words that carry meaning.
    pub content: usize,
}

impl Heard {
    /// Returns how strongly it speaks for a kind.
    pub(super) fn strength(&self, kind: PageKind) -> f32 {
        self.kinds.iter().find(|(k, _)| *k == kind).map_or(0.0, |(_, strength)| *strength)
    }
}

/// Hears what a text says. `own` is the folded name of the company as far as its host shows it: its parts say nothing.
pub(super) fn hear(text: &str, own: &str) -> Heard {
    let end = text
        .char_indices()
        .map(|(i, c)| i + c.len_utf8())
        .take_while(|&end| end <= HEARD)
        .last()
        .unwrap_or(0);
    let folded = fold(&text[..end]);
    let lexicon = &*LEXICON;

    let mut hits: Vec<(Range<usize>, Meaning)> = Vec::new();
    for found in lexicon.automaton.find_overlapping_iter(&folded) {
        if hits.len() == 64 {
            break;
        }
        hits.push((words_of(&folded, found.range()), lexicon.meanings[found.pattern().as_usize()]));
    }
    let inside =
        |a: &Range<usize>, b: &Range<usize>| b.start <= a.start && a.end <= b.end && a.len() < b.len();
    let longest: Vec<_> =
        hits.iter().filter(|(range, _)| !hits.iter().any(|(other, _)| inside(range, other))).collect();

    let mut content = 0;
    let mut foreign = 0;
    let mut at = 0;
    for word in folded.split_inclusive(' ') {
        let range = at..at + word.trim_end().len();
        at += word.len();
        let word = word.trim_end();
        if word.is_empty() {
            continue;
        }
        let explained = longest.iter().any(|(hit, meaning)| {
            matches!(meaning, Meaning::Kind(..)) && hit.start <= range.start && range.end <= hit.end
        });
        if !explained && (word.chars().count() < 2 || lexicon.filler.contains(word)) {
            continue;
        }
        content += 1;
        let named = word.len() >= 3 && own.contains(word);
        if !explained && !named && !lexicon.companions.contains(word) {
            foreign += 1;
        }
    }

    let fit = 1.0 / (1.0 + 0.6 * to_f32(foreign)) * if content > 12 { 0.6 } else { 1.0 };
    let mut heard = Heard { content, ..Heard::default() };
    for (_, meaning) in longest {
        match *meaning {
            Meaning::Kind(kind, weight) => match heard.kinds.iter_mut().find(|(k, _)| *k == kind) {
                Some((_, strength)) => *strength = strength.max(weight * fit),
                None => heard.kinds.push((kind, weight * fit)),
            },
            Meaning::Avoid(id) => {
                let avoid = &lexicon.avoids[id];
                if !heard.avoid.iter().any(|seen| std::ptr::eq(*seen, avoid)) {
                    heard.avoid.push(avoid);
                }
            }
        }
    }
    heard
}

/// Widens a match to the whole words that it touches.
fn words_of(folded: &str, range: Range<usize>) -> Range<usize> {
    let bytes = folded.as_bytes();
    let mut start = range.start;
    while bytes[start] == b' ' {
        start += 1;
    }
    while start > 0 && bytes[start - 1] != b' ' {
        start -= 1;
    }
    let mut end = range.end;
    while bytes[end - 1] == b' ' {
        end -= 1;
    }
    while end < bytes.len() && bytes[end] != b' ' {
        end += 1;
    }
    start..end
}

/// Returns a small count as a factor.
#[expect(clippy::cast_precision_loss, reason = "counts of words, pages and links are far below 2^24")]
pub(super) const fn to_f32(count: usize) -> f32 {
    count as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(text: &str) -> (PageKind, f32) {
        let heard = hear(text, "acme");
        let value = |(kind, strength): &(PageKind, f32)| kind.value() * strength;
        heard.kinds.iter().max_by(|a, b| value(a).total_cmp(&value(b))).copied().unwrap_or_default()
    }

    #[test]
    fn the_file_of_words_is_well_formed() {
        let file: File = toml::from_str(include_str!("words.toml")).unwrap();
        let mut seen = BTreeMap::new();
        for (kind, entry) in &file.kind {
            for phrase in entry.strong.iter().chain(&entry.weak) {
                assert!(fold(phrase).len() > 3 || phrase == "t c", "`{phrase}` of {kind:?} says too little");
                if let Some(other) = seen.insert(pattern(phrase), *kind) {
                    assert_eq!(other, *kind, "`{phrase}` speaks for two kinds");
                }
            }
        }
        assert!(file.avoid.values().all(|avoid| (0.0..1.0).contains(&avoid.factor)));
    }

    #[test]
    fn one_phrase_is_known_in_many_spellings() {
        for text in ["Über uns", "ueber-uns", "UBER UNS", "U\u{308}ber uns"] {
            assert_eq!(best(text), (PageKind::About, 1.0), "{text}");
        }
        for text in [
            "Réclamations",
            "Beschwerdemanagement",
            "Klachtenregeling",
            "Hoja de reclamaciones",
            "Reclami",
            "Grievance Redressal",
        ] {
            assert_eq!(best(text), (PageKind::Complaints, 1.0), "{text}");
        }
    }

    #[test]
    fn words_that_no_phrase_explains_weaken_what_is_said() {
        assert_eq!(best("Acme complaints procedure"), (PageKind::Complaints, 1.0));
        assert_eq!(best("How to make a complaint"), (PageKind::Complaints, 1.0));
        let (kind, against_police) = best("Complaints against the police");
        assert_eq!(kind, PageKind::Complaints);
        let (_, article) = best("How one tenant won her damp complaint and what every landlord should learn");
        assert!(article < against_police && against_police < 0.5, "{article} {against_police}");
    }

    #[test]
    fn a_longer_phrase_silences_those_inside_it() {
        assert_eq!(best("Customer services").0, PageKind::Service);
        assert!(hear("Customer services", "").avoid.is_empty());
        assert_eq!(best("Press office"), (PageKind::Unknown, 0.0));
        assert_eq!(best("Join our team"), (PageKind::Unknown, 0.0));
        assert_eq!(hear("Press office", "").avoid.len(), 1);
    }

    #[test]
    fn a_text_of_any_shape_is_heard() {
        let long = "complaint ".repeat(1_000);
        for text in ["", " ", "\u{0}\u{308}", "ee ue", "ß", "日本語", long.as_str()] {
            let heard = hear(text, "");
            assert!(heard.content <= HEARD);
        }
    }
}

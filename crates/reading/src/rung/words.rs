//! The word list: which topics a short text is about.
//!
//! `data/words.txt` holds the words by topic and language; they are looked for as whole words of the folded text, and of
//! two that overlap the longer one counts. Terms are found by their first word, so that the list may grow and costs
//! neither a slow start nor a slower look. Only bounded windows come here, never a whole page.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use super::fold::{Folded, fold};
use super::topic::Topic;

/// A topic found in a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// What the words are about.
    pub(super) topic: Topic,
    /// Whether they say less than others.
    pub(super) weak: bool,
    /// Whether they say it only where they stand alone.
    pub(super) alone: bool,
    /// The only language in which they say it: a short word of one is often another word of the next.
    pub(super) only: Option<Lang>,
    /// Where they stand in the text that was looked at.
    pub(super) range: Range<usize>,
}

/// A language by its code, as the list names it.
pub(super) type Lang = [u8; 2];

/// Returns the code of a language tag, where it has one of two letters.
pub(super) fn lang_of(tag: &str) -> Option<Lang> {
    let code = tag.trim().as_bytes();
    let ends = code.get(2).is_none_or(|b| !b.is_ascii_alphabetic());
    (code.len() >= 2 && ends).then(|| [code[0].to_ascii_lowercase(), code[1].to_ascii_lowercase()])
}

/// A term of the list.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mark of the list, and any may stand with any")]
struct Term {
    topic: Topic,
    weak: bool,
    alone: bool,
    open_start: bool,
    open_end: bool,
    only: Option<Lang>,
    /// Where its folded text stands in [`List::all`].
    from: usize,
    to: usize,
}

/// The terms and the ways to find them.
struct List {
    /// The folded texts, one after another.
    all: String,
    terms: Vec<Term>,
    /// Where in `order` the terms of a first word stand, by its hash.
    first: HashMap<u64, (u32, u32), FixedState>,
    /// The terms in the order of the hashes of their first words.
    order: Vec<u32>,
    /// Tells most words that begin no term from those that may.
    sieve: Sieve,
    /// Terms that are the beginning of a word, by their first bytes.
    stems: HashMap<[u8; STEM], Vec<u32>, FixedState>,
    /// Terms that are the end of a word, by their last bytes.
    tails: HashMap<[u8; STEM], Vec<u32>, FixedState>,
}

/// How many bytes of the open end of a term find it: no open term is shorter.
const STEM: usize = 3;

/// The fewest letters of a term that is looked for in a local part written in one.
const LEAST_SQUASHED: usize = 6;

/// Up to how many letters a single word of one language counts in that language alone.
const BOUND: usize = 9;

/// A small set that wrongly holds a few more: what it does not hold need not be looked for in the large tables.
struct Sieve {
    words: Box<[u64; 1 << 10]>,
    stems: Box<[u64; 1 << 9]>,
    tails: Box<[u64; 1 << 9]>,
}

impl Sieve {
    fn new() -> Self {
        Self { words: Box::new([0; 1 << 10]), stems: Box::new([0; 1 << 9]), tails: Box::new([0; 1 << 9]) }
    }

    /// Returns the place of a hash: which number, which of its bits.
    fn of_hash(hash: u64) -> (usize, u64) {
        (usize::try_from(hash >> 54).unwrap_or_default(), 1 << (hash >> 40 & 63))
    }

    /// Returns the place of three bytes, of each the part in which letters differ.
    fn of_stem(stem: [u8; STEM]) -> (usize, u64) {
        let [a, b, c] = stem.map(|byte| usize::from(byte & 31));
        (a << 4 | b >> 1, 1 << ((b & 1) << 5 | c))
    }
}

static LIST: LazyLock<List> = LazyLock::new(|| List::read(include_str!("data/words.txt")));

/// For local parts written in one: the terms without spaces, by hash.
static SQUASHED: LazyLock<HashMap<u64, u32, FixedState>> = LazyLock::new(|| {
    let list = &*LIST;
    let mut squashed = HashMap::with_capacity_and_hasher(list.terms.len(), FixedState::default());
    let mut letters = Vec::new();
    for (index, term) in (0_u32..).zip(&list.terms) {
        letters.clear();
        letters.extend(list.text(index).iter().filter(|b| b.is_ascii_alphanumeric()));
        if !matches!(term.topic, Topic::Contact | Topic::Decoy | Topic::Desk)
            && letters.len() >= LEAST_SQUASHED
        {
            squashed.entry(hash(&letters)).or_insert(index);
        }
    }
    squashed
});

/// Every word of the terms, and the stem of each longer one, by hash.
static KNOWN: LazyLock<HashSet<u64, FixedState>> = LazyLock::new(|| {
    let mut known = HashSet::default();
    for index in (0_u32..).take(LIST.terms.len()) {
        for word in LIST.text(index).split(|b| !is_word(*b)).filter(|word| word.len() >= LEAST_KNOWN) {
            known.insert(hash(word));
            known.extend(stem_of(word));
        }
    }
    known
});

/// The fewest letters of a word of the terms that tell something where a longer one begins or ends with it.
const LEAST_KNOWN: usize = 4;

/// Returns the hash of the beginning that a word has in common with its kin: `fidélisation`, `fidélité`.
fn stem_of(word: &[u8]) -> Option<u64> {
    let stem = word.get(..5).filter(|_| word.len() >= 7)?;
    Some(hash(stem) ^ 1)
}

/// Returns whether a text has a word that stands in some term, or one that begins, ends or is akin to such a word.
pub(super) fn has_known_word(text: &str) -> bool {
    let known = &*KNOWN;
    let folded = fold(text);
    folded.as_bytes().split(|b| !is_word(*b)).filter(|word| word.len() >= LEAST_KNOWN).any(|word| {
        let ends = |length: usize| [&word[..length], &word[word.len() - length..]];
        (LEAST_KNOWN..=word.len()).flat_map(ends).any(|part| known.contains(&hash(part)))
            || stem_of(word).is_some_and(|stem| known.contains(&stem))
    })
}

/// Returns the hash by which a word is looked for.
fn hash(word: &[u8]) -> u64 {
    FixedState::default().hash_one(word)
}

impl List {
    /// Reads the list.
    fn read(list: &str) -> Self {
        let mut out = Self {
            all: String::with_capacity(list.len()),
            terms: Vec::with_capacity(list.len() / 8),
            first: HashMap::default(),
            order: Vec::new(),
            sieve: Sieve::new(),
            stems: HashMap::default(),
            tails: HashMap::default(),
        };
        let mut hashes: Vec<(u64, u32)> = Vec::with_capacity(list.len() / 8);
        parse(list, |text, term| hashes.extend(out.add(text, term)));
        hashes.sort_unstable();
        out.first.reserve(hashes.len() / 2);
        let mut start = 0;
        for same in hashes.chunk_by(|a, b| a.0 == b.0) {
            let end = start + u32::try_from(same.len()).unwrap_or_default();
            out.first.insert(same[0].0, (start, end));
            let (at, bit) = Sieve::of_hash(same[0].0);
            out.sieve.words[at] |= bit;
            start = end;
        }
        out.order = hashes.into_iter().map(|(_, index)| index).collect();
        out
    }

    /// Adds a term by its folded text; returns the hash of its first word and its index, where it is found by that.
    fn add(&mut self, text: &str, term: Term) -> Option<(u64, u32)> {
        let index = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        let from = self.all.len();
        self.all.push_str(text);
        self.terms.push(Term { from, to: self.all.len(), ..term });
        let bytes = text.as_bytes();
        let word = bytes.iter().take_while(|b| is_word(**b)).count();
        if term.open_start {
            if let Some(tail) = bytes.last_chunk::<STEM>() {
                self.tails.entry(*tail).or_default().push(index);
                let (at, bit) = Sieve::of_stem(*tail);
                self.sieve.tails[at] |= bit;
            }
        } else if term.open_end && word == bytes.len() {
            if let Some(stem) = bytes.first_chunk::<STEM>() {
                self.stems.entry(*stem).or_default().push(index);
                let (at, bit) = Sieve::of_stem(*stem);
                self.sieve.stems[at] |= bit;
            }
        } else {
            return Some((hash(&bytes[..word]), index));
        }
        None
    }

    /// Returns the folded text of a term.
    fn text(&self, index: u32) -> &[u8] {
        self.terms.get(index as usize).map_or(&[], |term| &self.all.as_bytes()[term.from..term.to])
    }

    /// Returns the terms whose first word has a hash.
    fn named(&self, hash: u64) -> &[u32] {
        let (at, bit) = Sieve::of_hash(hash);
        if self.sieve.words[at] & bit == 0 {
            return &[];
        }
        self.first.get(&hash).map_or(&[], |&(from, to)| &self.order[from as usize..to as usize])
    }

    /// Finds every term in a folded text, where it stands as words.
    fn find(&self, folded: &[u8], mut found: impl FnMut(Range<usize>, u32)) {
        let boundary = |at: usize| {
            let before = at.checked_sub(1).and_then(|i| folded.get(i)).is_some_and(|b| is_word(*b));
            !(before && folded.get(at).is_some_and(|b| is_word(*b)))
        };
        let mut at = 0;
        while at < folded.len() {
            if !is_word(folded[at]) {
                at += 1;
                continue;
            }
            let rest = &folded[at..];
            let word = &rest[..rest.iter().take_while(|b| is_word(**b)).count()];
            for &index in self.named(hash(word)) {
                let text = self.text(index);
                let end = at + text.len();
                if rest.starts_with(text) && (self.terms[index as usize].open_end || boundary(end)) {
                    found(at..end, index);
                }
            }
            if let Some(stem) = word.first_chunk::<STEM>().filter(|stem| {
                let (at, bit) = Sieve::of_stem(**stem);
                self.sieve.stems[at] & bit != 0
            }) {
                for &index in self.stems.get(stem).into_iter().flatten() {
                    let text = self.text(index);
                    if word.starts_with(text) {
                        found(at..at + text.len(), index);
                    }
                }
            }
            if let Some(tail) = word.last_chunk::<STEM>().filter(|tail| {
                let (at, bit) = Sieve::of_stem(**tail);
                self.sieve.tails[at] & bit != 0
            }) {
                for &index in self.tails.get(tail).into_iter().flatten() {
                    let text = self.text(index);
                    if word.ends_with(text) {
                        found(at + word.len() - text.len()..at + word.len(), index);
                    }
                }
            }
            at += word.len();
        }
    }
}

/// Parses the list into folded terms.
fn parse(list: &str, mut take: impl FnMut(&str, Term)) {
    let mut topic = None;
    for line in list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            topic = Topic::ALL.iter().find(|(_, known)| *known == name).map(|(topic, _)| *topic);
        } else if let (Some(topic), Some((lang, terms))) = (topic, line.split_once(": ")) {
            for term in terms.split(';') {
                read_term(topic, lang, term, &mut take);
            }
        }
    }
}

/// Reads one term with its marks.
fn read_term(topic: Topic, lang: &str, text: &str, take: &mut impl FnMut(&str, Term)) {
    let text = text.trim();
    let (weak, text) = text.strip_prefix('~').map_or((false, text), |rest| (true, rest));
    let (alone, text) = text.strip_prefix('=').map_or((false, text), |rest| (true, rest));
    let (open_start, text) = text.strip_prefix('*').map_or((false, text), |rest| (true, rest));
    let (open_end, text) = text.strip_suffix('*').map_or((false, text), |rest| (true, rest));
    let text = fold(text);
    let single = !text.contains(' ');
    let only = lang_of(lang).filter(|_| single && text.len() <= BOUND && lang != "en");
    let term = Term { topic, weak, alone, open_start, open_end, only, from: 0, to: 0 };
    if text.contains("  ") || text.starts_with(' ') || text.ends_with(' ') {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            take(&text, term);
        }
    } else if !text.is_empty() {
        take(&text, term);
    }
}

/// Returns the topics of a text, in its order.
pub(super) fn topics_of(text: &str) -> Vec<Found> {
    if text.is_empty() {
        return Vec::new();
    }
    let folded = Folded::of(text);
    let list = &*LIST;
    let mut candidates: Vec<(Range<usize>, u32)> = Vec::new();
    list.find(folded.text.as_bytes(), |range, index| candidates.push((range, index)));
    candidates.sort_by_key(|(range, pattern)| (std::cmp::Reverse(range.len()), range.start, *pattern));
    let mut kept: Vec<(Range<usize>, u32)> = Vec::new();
    for (range, pattern) in candidates {
        let free = kept.iter().all(|(k, _)| k.end <= range.start || range.end <= k.start || *k == range);
        if free {
            kept.push((range, pattern));
        }
        if kept.len() >= MOST_WORDS {
            break;
        }
    }
    kept.sort_by_key(|(range, pattern)| (range.start, *pattern));
    kept.into_iter()
        .map(|(range, pattern)| {
            let term = &list.terms[pattern as usize];
            let range = folded.origin(range.start)..folded.origin(range.end);
            Found { topic: term.topic, weak: term.weak, alone: term.alone, only: term.only, range }
        })
        .collect()
}

/// The most words of one window that count; keeps the choice among overlapping ones cheap.
const MOST_WORDS: usize = 48;

/// Returns the topics of a mailbox's local part, also where its words are written in one.
pub(super) fn topics_of_local(local: &str) -> Vec<Found> {
    let spaced: String = local.chars().map(|c| if c.is_alphabetic() { c } else { ' ' }).collect();
    let mut found = topics_of(&spaced);
    // "Customer-team": that it is a team says nothing, and the whole may be a name.
    found.retain(|f| f.topic != Topic::Desk);
    if !found.is_empty() {
        return found;
    }
    let squash: Vec<u8> = fold(local).bytes().filter(u8::is_ascii_alphanumeric).collect();
    let list = &*LIST;
    let squashed = &*SQUASHED;
    // The longest beginning or end that is a term; of two as long, the one that stands first in the list.
    let longest = (LEAST_SQUASHED..=squash.len()).rev().find_map(|length| {
        let ends = [&squash[..length], &squash[squash.len() - length..]];
        ends.into_iter().filter_map(|end| squashed.get(&hash(end))).min()
    });
    longest
        .map(|&index| {
            let term = &list.terms[index as usize];
            Found {
                topic: term.topic,
                weak: term.weak,
                alone: term.alone,
                only: term.only,
                range: 0..local.len(),
            }
        })
        .into_iter()
        .collect()
}

/// Returns whether a byte of a folded text belongs to a word.
const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<(Topic, &str)> {
        topics_of(text).into_iter().map(|f| (f.topic, &text[f.range])).collect()
    }

    #[test]
    fn every_line_of_the_list_is_read() {
        let list = include_str!("data/words.txt");
        let written =
            list.lines().filter(|l| !l.starts_with(['#', '['])).map(|l| l.split(';').count()).sum::<usize>();
        let blank = list.lines().filter(|l| l.trim().is_empty()).count();
        assert_eq!(LIST.terms.len(), written - blank);
        for (topic, name) in Topic::ALL {
            assert!(LIST.terms.iter().any(|term| term.topic == topic), "{name} has no words");
        }
    }

    #[test]
    fn every_term_is_found_in_a_sentence_of_its_own() {
        for (index, term) in LIST.terms.iter().enumerate() {
            let text = &LIST.all[term.from..term.to];
            let sentence = format!("ask {text} now");
            let mut found = false;
            LIST.find(sentence.as_bytes(), |range, other| {
                found |= other as usize == index && &sentence[range] == text;
            });
            assert!(found, "{text}");
            assert!(
                text.as_bytes()[0].is_ascii_alphanumeric() || !text.is_ascii(),
                "{text} begins with no word"
            );
            assert!(
                !(term.open_start || term.open_end) || text.len() >= STEM,
                "{text} is too short to be open"
            );
            assert!(!(term.open_start && term.open_end), "{text} is open at both ends");
        }
    }

    #[test]
    fn a_term_inside_of_a_word_is_none() {
        for text in ["impressive", "xceo", "ceox", "depressed", "stagex"] {
            assert_eq!(topics_of(text), [], "{text}");
        }
    }

    #[test]
    fn the_longer_of_two_words_counts() {
        assert_eq!(named("Our Sales Executive").last().unwrap().1, "Sales Executive");
        assert!(named("Executive Health Program").iter().all(|(topic, _)| *topic == Topic::Decoy));
        assert!(named("Beschwerdemanagement").contains(&(Topic::Complaints, "Beschwerde")));
        assert_eq!(named("Impressive"), []);
        assert_eq!(named("Service Réclamations")[0].0, Topic::Complaints);
    }

    #[test]
    fn a_local_part_written_in_one_is_read() {
        for (local, topic) in [
            ("customer.relations", Topic::Complaints),
            ("customerrelations", Topic::Complaints),
            ("complaintsuk", Topic::Complaints),
            ("ceooffice", Topic::Executive),
            ("dpo", Topic::Privacy),
            ("kundenservice", Topic::Front),
        ] {
            assert_eq!(topics_of_local(local).first().map(|f| f.topic), Some(topic), "{local}");
        }
        assert!(topics_of_local("jsmith").is_empty());
    }
}

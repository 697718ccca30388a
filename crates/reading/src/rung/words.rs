//! The word list: which topics a short text is about.
//!
//! `data/words.txt` holds the words by topic and language; they are looked for all at once, as whole words of the folded
//! text, and of two that overlap the longer one counts. Only bounded windows come here, never a whole page.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::fold::{Folded, fold};
use super::topic::Topic;

/// A topic found in a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// What the words are about.
    pub(super) topic: Topic,
    /// Whether they say less than others.
    pub(super) weak: bool,
    /// Where they stand in the text that was looked at.
    pub(super) range: Range<usize>,
}

/// A term of the list.
#[derive(Clone, Debug)]
struct Term {
    topic: Topic,
    weak: bool,
    open_start: bool,
    open_end: bool,
}

/// The terms and the automaton over them.
struct List {
    terms: Vec<Term>,
    words: AhoCorasick,
}

/// For local parts written in one: an automaton over the terms without spaces, and their indices in the list.
static SQUASHED: LazyLock<(AhoCorasick, Vec<usize>)> = LazyLock::new(|| {
    let mut squashes = Vec::new();
    let mut indices = Vec::new();
    for (index, (text, term)) in parse(include_str!("data/words.txt")).enumerate() {
        let squash: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        if squash.len() >= 6 && !matches!(term.topic, Topic::Contact | Topic::Decoy) {
            squashes.push(squash);
            indices.push(index);
        }
    }
    (automaton(&squashes), indices)
});

static LIST: LazyLock<List> = LazyLock::new(|| {
    let (texts, terms): (Vec<String>, Vec<Term>) = parse(include_str!("data/words.txt")).unzip();
    List { words: automaton(&texts), terms }
});

/// Builds an automaton that reports every match.
fn automaton(texts: &[String]) -> AhoCorasick {
    AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(texts)
        .expect("the word list is small and fixed")
}

/// Parses the list into folded terms.
fn parse(list: &str) -> impl Iterator<Item = (String, Term)> {
    let mut topic = None;
    list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).flat_map(move |line| {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            topic = Topic::ALL.iter().find(|(_, known)| *known == name).map(|(topic, _)| *topic);
            return Vec::new();
        }
        let (Some(topic), Some((_, terms))) = (topic, line.split_once(": ")) else { return Vec::new() };
        terms.split(';').filter_map(|term| read_term(topic, term)).collect()
    })
}

/// Reads one term with its marks.
fn read_term(topic: Topic, text: &str) -> Option<(String, Term)> {
    let text = text.trim();
    let (weak, text) = text.strip_prefix('~').map_or((false, text), |rest| (true, rest));
    let (open_start, text) = text.strip_prefix('*').map_or((false, text), |rest| (true, rest));
    let (open_end, text) = text.strip_suffix('*').map_or((false, text), |rest| (true, rest));
    let text = fold(text).split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some((text, Term { topic, weak, open_start, open_end }))
}

/// Returns the topics of a text, in its order.
pub(super) fn topics_of(text: &str) -> Vec<Found> {
    if text.is_empty() {
        return Vec::new();
    }
    let folded = Folded::of(text);
    let bytes = folded.text.as_bytes();
    let boundary = |at: usize| {
        let before = at.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(|b| is_word(*b));
        let after = bytes.get(at).is_some_and(|b| is_word(*b));
        !(before && after)
    };
    let list = &*LIST;
    let mut candidates: Vec<(Range<usize>, usize)> = list
        .words
        .find_overlapping_iter(&folded.text)
        .filter(|found| {
            let term = &list.terms[found.pattern().as_usize()];
            (term.open_start || boundary(found.start())) && (term.open_end || boundary(found.end()))
        })
        .map(|found| (found.range(), found.pattern().as_usize()))
        .collect();
    candidates.sort_by_key(|(range, pattern)| (std::cmp::Reverse(range.len()), range.start, *pattern));
    let mut kept: Vec<(Range<usize>, usize)> = Vec::new();
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
        .map(|(range, pattern)| Found {
            topic: list.terms[pattern].topic,
            weak: list.terms[pattern].weak,
            range: folded.origin(range.start)..folded.origin(range.end),
        })
        .collect()
}

/// The most words of one window that count; keeps the choice among overlapping ones cheap.
const MOST_WORDS: usize = 48;

/// Returns the topics of a mailbox's local part, also where its words are written in one.
pub(super) fn topics_of_local(local: &str) -> Vec<Found> {
    let spaced: String = local.chars().map(|c| if c.is_alphabetic() { c } else { ' ' }).collect();
    let found = topics_of(&spaced);
    if !found.is_empty() {
        return found;
    }
    let squash: String = fold(local).chars().filter(char::is_ascii_alphanumeric).collect();
    let (squashed, indices) = &*SQUASHED;
    squashed
        .find_overlapping_iter(&squash)
        .filter(|found| found.start() == 0 || found.end() == squash.len())
        .max_by_key(|found| (found.end() - found.start(), std::cmp::Reverse(found.pattern())))
        .map(|found| {
            let term = &LIST.terms[indices[found.pattern().as_usize()]];
            Found { topic: term.topic, weak: term.weak, range: 0..local.len() }
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
        assert_eq!(parse(list).count(), written - blank);
        for (topic, name) in Topic::ALL {
            assert!(parse(list).any(|(_, term)| term.topic == topic), "{name} has no words");
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

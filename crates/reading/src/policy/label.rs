//! Labels: what numbers a paragraph (`Stage 2`, `LEVEL ONE`, `3.`, `(b)`, `Artikel 4`, `Segunda instancia`).
//!
//! A label alone proves nothing: firms number handling steps, clauses and pages too. It says where something begins and
//! what it is called; [`super::walk`] decides whether it is a stage.

use std::ops::Range;

use super::cue::Patterns;
use super::lang::Language;
use super::words::{Gap, Kind, Para, Words};

/// How much a label says for a stage.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Rank {
    /// A letter or Roman numeral.
    Letter,
    /// A number.
    Number,
    /// A numbered clause: `Article 3`.
    Clause,
    /// A step.
    Step,
    /// A stage, level or tier.
    Stage,
}

/// A label.
#[derive(Clone, Debug)]
pub(super) struct Label {
    /// How much it says.
    pub(super) rank: Rank,
    /// Its number.
    pub(super) n: u32,
    /// The words after it that name what it labels; empty where nothing does.
    pub(super) title: Range<usize>,
}

/// Most words of a title.
const TITLE: usize = 12;

/// Reads the label at the start of a paragraph.
pub(super) fn of(words: &Words<'_>, para: &Para, language: &Language, patterns: &Patterns) -> Option<Label> {
    let start = para.words.start;
    let raw = &words.text[para.range.clone()];
    let number = numbered(raw, para.ordinal);
    let after = match number {
        Some((.., length)) => words.word_at(para.range.start + length).max(start),
        None => start,
    };
    if let Some((rank, n, end)) = staged(words, after, para.words.end, language, patterns) {
        return Some(Label { rank, n, title: title(words, end, para.words.end) });
    }
    if number.is_none() {
        return behind(words, para, language, patterns);
    }
    let (rank, n, ..) = number?;
    let n = if rank == Rank::Letter { n } else { n.max(1) };
    Some(Label { rank, n, title: title(words, after, para.words.end) })
}

/// Most words of a line that holds its label behind other words.
const LINE: usize = 9;

/// Reads the label at the end or inside of a line that is a heading: `Complaint escalation – Step 1`, `Branch (Level 1)`, `Steps taken
/// for a Stage 1 complaint`.
fn behind(words: &Words<'_>, para: &Para, language: &Language, patterns: &Patterns) -> Option<Label> {
    let Range { start, end } = para.words;
    if end - start > LINE
        || para.item.is_some()
        || para.row.is_some()
        || para.sentences.len() > 1
        || matches!(para.last, '.' | '?' | '!' | ',' | ';')
    {
        return None;
    }
    let (at, (rank, n, after)) = (start + 1..end)
        .filter(|&at| !matches!(words.words[at].kind, Kind::Ordinal(_)))
        .find_map(|at| Some((at, staged(words, at, end, language, patterns)?)))?;
    let bracket = words.before(at).contains(['(', '[']);
    let last = after == end && (words.words[at].gap == Gap::Dash || para.heading.is_some() || bracket);
    // Inside of a line only a stage is one (`When using stage 2:`): `part two` and `level 1` may be anything there.
    let inside =
        rank == Rank::Stage && end - start > 2 && language.stage.first() == Some(&words.spelling(at));
    (last || inside && rank >= Rank::Step).then_some(Label { rank, n, title: start..at })
}

/// Reads `Stage 2`, `second stage`, `Step 4`, `L3`, and where it ends.
pub(super) fn staged(
    words: &Words<'_>,
    at: usize,
    end: usize,
    language: &Language,
    patterns: &Patterns,
) -> Option<(Rank, u32, usize)> {
    if at >= end {
        return None;
    }
    let rank_of = |at: usize| {
        let spelling = words.spelling(at);
        if language.stage.contains(&spelling) {
            Some(Rank::Stage)
        } else if language.step.contains(&spelling) {
            Some(Rank::Step)
        } else if language.clause.contains(&spelling) {
            Some(Rank::Clause)
        } else {
            None
        }
    };
    let first = words.spelling(at);
    // `L1`, `L-2`, `T1`.
    if let Some(n) = first.strip_prefix(['l', 't']).and_then(|n| n.parse::<u32>().ok())
        && (1..=9).contains(&n)
    {
        return Some((Rank::Stage, n, at + 1));
    }
    if let Some(rank) = rank_of(at) {
        let next = at + 1;
        if next < end && words.words[next].gap <= Gap::Colon {
            let spelling = words.spelling(next);
            // `Level of wear` is no label; `Phase I`, `Tier A` are.
            let n = match words.words[next].kind {
                Kind::Number(n) | Kind::Ordinal(n) => Some(n),
                Kind::Word => patterns
                    .number(spelling)
                    .or_else(|| ordinal(language, spelling))
                    .or_else(|| roman(spelling))
                    .or_else(|| letter(spelling).filter(|_| spelling != "a")),
                Kind::Figure | Kind::Address => None,
            };
            if let Some(n) = n.filter(|&n| (1..=40).contains(&n)) {
                return Some((rank, n, next + 1));
            }
        }
        return None;
    }
    // `First tier`, `1ère étape`, `Segunda instancia`, `the first stage`.
    let (n, next) = match words.words[at].kind {
        Kind::Ordinal(n) => (Some(n), at + 1),
        Kind::Word => (ordinal(language, first), at + 1),
        Kind::Number(_) | Kind::Figure | Kind::Address => (None, at + 1),
    };
    let n = n.filter(|&n| (1..=9).contains(&n))?;
    let rank = (next < end && words.words[next].gap <= Gap::Comma).then(|| rank_of(next)).flatten()?;
    (rank != Rank::Clause).then_some((rank, n, next + 1))
}

fn ordinal(language: &Language, spelling: &str) -> Option<u32> {
    language.ordinals.iter().find(|(word, _)| *word == spelling).map(|&(_, n)| n)
}

fn roman(spelling: &str) -> Option<u32> {
    let known = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    known.iter().position(|&r| r == spelling).and_then(|at| u32::try_from(at + 1).ok())
}

fn letter(spelling: &str) -> Option<u32> {
    let &[only @ b'a'..=b'h'] = spelling.as_bytes() else { return None };
    Some(u32::from(only - b'a') + 1)
}

/// Reads a printed number or letter at the start of a line: rank, number, below, length.
fn numbered(raw: &str, counted: Option<u32>) -> Option<(Rank, u32, bool, usize)> {
    let lead = raw.len() - raw.trim_start_matches(['(', '[', ' ', '§', '#', '*']).len();
    let bracket = raw[..lead].contains(['(', '[']);
    let rest = &raw[lead..];
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if (1..=2).contains(&digits) {
        let n = rest[..digits].parse().ok()?;
        let tail = &rest[digits..];
        let below = tail.strip_prefix('.').is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
        let tail =
            if below { tail.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.') } else { tail };
        let mark = tail.trim_start_matches(['.', ')', ']', ':', '-', '–', '·', '/', '|']);
        let marked = mark.len() < tail.len() || below;
        let alone = mark.trim().is_empty();
        let spaced = mark.starts_with(char::is_whitespace) || alone;
        // `2 weeks`, `24 hours` are no labels: a bare number needs a mark, or the line for itself.
        let open = spaced && (marked || alone || bracket);
        return open.then(|| (Rank::Number, n, below, raw.len() - mark.len()));
    }
    if let Some(n) = counted {
        return Some((Rank::Number, n, false, 0));
    }
    let length = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let word = &rest[..length];
    let tail = &rest[length..];
    let mark = tail.trim_start_matches(['.', ')', ']']);
    let closed = mark.len() < tail.len() && (mark.starts_with(char::is_whitespace) || mark.is_empty());
    if !closed || !(bracket || word.chars().all(char::is_uppercase) || tail.starts_with(')')) {
        return None;
    }
    let low = word.to_ascii_lowercase();
    let n = roman(&low).or_else(|| letter(&low))?;
    Some((Rank::Letter, n, bracket, raw.len() - mark.len()))
}

/// Returns the words that name what a label labels: up to the end of the sentence, a colon or a dash.
fn title(words: &Words<'_>, start: usize, end: usize) -> Range<usize> {
    let stop = (start..end).find(|&at| at > start && words.words[at].gap >= Gap::Dash).unwrap_or(end);
    if stop - start.min(stop) > TITLE { start..start } else { start.min(stop)..stop }
}

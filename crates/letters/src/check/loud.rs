//! Shouting: words in capitals for stress, and rows of exclamation or question marks.
//!
//! Acronyms and names are left alone: a word in capitals is shouted when it is an ordinary word, or stands in a row of capitals with one. Names
//! that the text elsewhere writes with one capital are names. Capitals in a quotation of someone else do not count.

use super::findings::named;
use super::{Mark, words_with_places};
use crate::words::Lexicon;

/// Endings of ordinary English, German, French and Spanish words in capitals.
const ENDINGS: [&str; 27] = [
    "ING", "TION", "ABLE", "IBLE", "MENT", "NESS", "LESS", "FUL", "OUS", "LY", "EVER", "THING", "BODY", "ED",
    "UNG", "LICH", "KEIT", "HEIT", "MENTE", "CION", "EMENT", "EUX", "IQUE", "TTE", "DAD", "ADO", "IDO",
];

/// A word in capitals.
#[derive(Clone, Copy, Debug)]
struct Loud<'t> {
    word: &'t str,
    start: usize,
    end: usize,
    /// Its number among the words of the text.
    number: usize,
    /// Whether it is an ordinary word by itself.
    ordinary: bool,
}

/// Returns the marks of shouting.
pub(super) fn marks(text: &str, lexicon: Option<&Lexicon>) -> Vec<Mark> {
    let mut marks = rows(text);
    let quoted = quotations(text);
    let mut run: Vec<Loud<'_>> = Vec::new();
    for (number, (at, raw)) in words_with_places(text).enumerate() {
        if let Some(loud) = loud(text, at, raw, number, lexicon)
            .filter(|l| !quoted.iter().any(|(a, b)| *a <= l.start && l.end <= *b))
        {
            let goes_on = run.last().is_none_or(|last| last.number + 1 == number);
            if !goes_on {
                close(&mut marks, &mut run);
            }
            run.push(loud);
        }
    }
    close(&mut marks, &mut run);
    marks
}

/// Ends a run of words in capitals, and marks it if it is shouted.
fn close(marks: &mut Vec<Mark>, run: &mut Vec<Loud<'_>>) {
    // A single letter at an end (I, A) is no stress.
    while run.last().is_some_and(|l| l.word.chars().count() < 2) {
        run.pop();
    }
    while run.first().is_some_and(|l| l.word.chars().count() < 2) {
        run.remove(0);
    }
    let stressed = run.iter().filter(|l| l.word.chars().count() >= 2).count();
    let ordinary = run.iter().filter(|l| l.ordinary).count();
    let long = run.iter().any(|l| l.ordinary && l.word.chars().count() >= 4);
    if let (Some(first), Some(last)) = (run.first(), run.last())
        && (long || stressed >= 2 && ordinary >= 1 && ordinary * 2 >= stressed || stressed >= 4)
    {
        let weight = u8::try_from(run.len().min(60)).unwrap_or(60) + 2;
        marks.push(Mark { finding: named("capitals"), start: first.start, end: last.end, weight });
    }
    run.clear();
}

/// Reads a word as one in capitals.
fn loud<'t>(
    text: &str,
    at: usize,
    raw: &'t str,
    number: usize,
    lexicon: Option<&Lexicon>,
) -> Option<Loud<'t>> {
    // What holds digits, or begins as a mention, a tag or an address, is a name.
    if raw.starts_with(['@', '#']) || raw.contains("//") || raw.chars().any(char::is_numeric) {
        return None;
    }
    let word = raw.trim_matches(|c: char| !c.is_alphabetic());
    let start = at + raw.find(word)?;
    if word.is_empty()
        || word.chars().any(char::is_lowercase)
        || !word.chars().all(|c| c.is_uppercase() || matches!(c, '\'' | '’' | '-'))
    {
        return None;
    }
    let lower = word.to_lowercase().replace('’', "'");
    let listed = lexicon.is_some_and(|l| l.loud_words.contains(&lower));
    let shaped = word.chars().count() >= 6 && ENDINGS.iter().any(|ending| word.ends_with(ending));
    // A word that the text writes with one capital elsewhere is a name.
    let mut title = word.chars();
    let titled: String = title.next().into_iter().chain(title.flat_map(char::to_lowercase)).collect();
    let name = !listed && titled.chars().count() > 2 && text.contains(&titled);
    Some(Loud { word, start, end: start + word.len(), number, ordinary: (listed || shaped) && !name })
}

/// Returns the marks of rows of exclamation and question marks.
fn rows(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        let start = i;
        while i < bytes.len() && matches!(bytes[i], b'!' | b'?') {
            i += 1;
        }
        if i - start >= 3 {
            // With the word before it, so that the place can be seen.
            let before = text[..start].trim_end();
            let word = before
                .rfind(char::is_whitespace)
                .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
            marks.push(Mark { finding: named("marks"), start: word.min(start), end: i, weight: 1 });
        }
        i += usize::from(i == start);
    }
    marks
}

/// Returns the ranges of quotations of some length.
fn quotations(text: &str) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        if matches!(c, '"' | '“' | '”' | '„' | '«' | '»') {
            match open.take() {
                Some(from) if at - from < 400 => ranges.push((from, at)),
                _ => open = Some(at),
            }
        }
    }
    ranges
}

//! Sentences and clauses of prose that is written in haste.
//!
//! A stop ends a sentence only before white space and where no abbreviation, initial or number stands before it; a line
//! feed always does.

use std::ops::Range;

/// How far a sentence is looked for to either side, in bytes.
const REACH: usize = 700;

/// Words that end with a stop and no sentence.
const SHORT: &[&str] = &[
    "no", "nr", "tel", "ext", "st", "mr", "mrs", "ms", "dr", "inc", "ltd", "co", "corp", "ave", "rd", "dept",
    "approx", "e.g", "i.e", "a.m", "p.m", "am", "pm", "z.b", "bzw", "ca", "str", "sig", "sra", "sr", "av",
    "vs", "p.o", "u.s", "n.a", "fa", "hr", "bd", "mgr", "acct", "min", "max", "attn", "c.p", "tél", "n",
];

/// Returns the sentence around a place.
pub(super) fn around(text: &str, at: usize) -> Range<usize> {
    let low = text.floor_char_boundary(at.saturating_sub(REACH));
    let high = text.ceil_char_boundary((at + REACH).min(text.len()));
    let mut start = low;
    let mut end = high;
    for (i, c) in text[low..high].char_indices() {
        let i = low + i;
        if !ends(text, i, c) {
            continue;
        }
        let after = i + c.len_utf8();
        if after <= at {
            start = after;
        } else if i >= at {
            end = after;
            break;
        }
    }
    start..end.max(start)
}

/// Splits a range of a text into sentences.
pub(super) fn split(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = range.start;
    for (i, c) in text[range.clone()].char_indices() {
        let i = range.start + i;
        if ends(text, i, c) {
            let after = i + c.len_utf8();
            found.push(start..after);
            start = after;
        }
    }
    if start < range.end {
        found.push(start..range.end);
    }
    found.retain(|r| !text[r.clone()].trim().is_empty());
    found
}

/// Returns whether a character ends a sentence.
fn ends(text: &str, i: usize, c: char) -> bool {
    match c {
        '\n' => true,
        '!' | '?' | '…' => {
            text[i + c.len_utf8()..].chars().next().is_none_or(|n| n.is_whitespace() || n == '"')
        }
        '.' => {
            let next = text[i + 1..].chars().next();
            // Dots that lead the eye end nothing.
            if text[..i].ends_with('.') || next == Some('.') {
                return false;
            }
            if next.is_some_and(|n| !n.is_whitespace() && !matches!(n, '"' | '”' | ')')) {
                return false;
            }
            // A stop before a small letter or a digit rarely ends a sentence: "acct no. 5", "tel. 020".
            let word = text[..i]
                .rsplit(|c: char| c.is_whitespace() || c == '(')
                .next()
                .unwrap_or_default()
                .to_lowercase();
            let initial = word.len() == 1 && word.chars().all(char::is_alphabetic) && word != "i";
            !initial && !SHORT.contains(&word.as_str())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_keeps_its_abbreviations_and_addresses() {
        let text = "Nope. Ring tel. 020 7946 0000 or a@acme.example. Then wait!\nNext";
        let at = text.find("020").unwrap();
        assert_eq!(&text[around(text, at)], " Ring tel. 020 7946 0000 or a@acme.example.");
        assert_eq!(split(text, &(0..text.len())).len(), 4);
    }
}

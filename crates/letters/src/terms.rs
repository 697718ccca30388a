//! Terms of a text: its words, and each two that follow each other, as features beside the cues.
//!
//! Cues know the set phrases; what is told as a bare fact ("it left here at noon") has none. Terms carry what many such facts have in common: who
//! does it, in which tense, with what. Endings are taken off, every number is one term and every amount another, links and mentions are none. Only terms
//! of the training's own texts have weights (`tools/letters/train.py`), so that no text that was read can be told from the table.

use std::collections::BTreeMap;

use crate::fold::MONEY;
use crate::words::{Hit, Lexicon};

/// The longest word that is a term: longer ones are codes.
const LONGEST: usize = 24;

/// Returns the terms of a folded text, each with its first place.
pub(crate) fn of(folded: &[u8], lexicon: &Lexicon) -> BTreeMap<String, Hit> {
    let mut bytes = folded.to_vec();
    blank_links(&mut bytes);
    let mut terms = BTreeMap::new();
    let mut last: Option<(String, Hit)> = None;
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let word = bytes[at] == MONEY || bytes[at].is_ascii_alphanumeric();
        if !word {
            // A sentence or a part of one ends: what stands behind it does not follow what stands before.
            if matches!(bytes[at], b'.' | b'!' | b'?' | b';' | b':') {
                last = None;
            }
            at += 1;
            continue;
        }
        at += 1;
        while at < bytes.len() && is_inner(&bytes, at) {
            at += 1;
        }
        let hit = Hit { start, end: at };
        let Some(term) = term(&bytes[start..at], lexicon) else {
            last = None;
            continue;
        };
        if let Some((before, place)) = &last {
            terms
                .entry(format!("w:{}:{before}_{term}", lexicon.code))
                .or_insert(Hit { start: place.start, end: at });
        }
        terms.entry(format!("w:{}:{term}", lexicon.code)).or_insert(hit);
        last = Some((term, hit));
    }
    terms
}

/// Whether a byte goes on with the word or number before it: "didn't", "1,104.17".
fn is_inner(bytes: &[u8], at: usize) -> bool {
    let next = bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
    match bytes[at] {
        b'\'' => next,
        b'.' | b',' => next && bytes[at - 1].is_ascii_digit() && bytes[at + 1].is_ascii_digit(),
        b' ' => bytes[at - 1] == MONEY && next && bytes[at + 1].is_ascii_digit(),
        b => b.is_ascii_alphanumeric(),
    }
}

/// Returns the term of a word: "money" for an amount, "0" for a number, its stem for any other; none for a code.
fn term(word: &[u8], lexicon: &Lexicon) -> Option<String> {
    let digits = word.iter().any(u8::is_ascii_digit);
    match word {
        [MONEY, ..] => Some("money".to_owned()),
        _ if digits && word.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')) => {
            Some("0".to_owned())
        }
        _ if digits || word.len() > LONGEST => None,
        _ => std::str::from_utf8(word).ok().map(|word| stemmed(word, lexicon).to_owned()),
    }
}

/// Puts spaces over web addresses.
pub(crate) fn blank_links(bytes: &mut [u8]) {
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i..].starts_with(b"http://") || bytes[i..].starts_with(b"https://") {
            while i < bytes.len() && bytes[i] != b' ' {
                bytes[i] = b' ';
                i += 1;
            }
        } else {
            i += 1;
        }
    }
}

/// Returns a word without its ending.
pub(crate) fn stemmed<'w>(word: &'w str, lexicon: &Lexicon) -> &'w str {
    if lexicon.code == "en" { stem(word) } else { beginning(word) }
}

/// Returns the beginning of a word, which stays where endings change: for languages with more endings than a table holds.
fn beginning(word: &str) -> &str {
    word.get(..LONGEST_STEM).unwrap_or(word)
}

/// Letters of a word that tell it from others, whatever its ending.
const LONGEST_STEM: usize = 6;

/// Takes the ending off an English word.
fn stem(word: &str) -> &str {
    for ending in ["ingly", "ings", "ing", "edly", "ied", "ies", "ed", "es", "ly", "s", "e"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= 3
        {
            // "shipped" is of "ship"; "called" and "missed" keep theirs.
            let bytes = stem.as_bytes();
            let last = bytes[bytes.len() - 1];
            let doubled = matches!(ending, "ing" | "ed" | "ings")
                && bytes.len() > 3
                && bytes[bytes.len() - 2] == last
                && !matches!(last, b'l' | b's');
            return if doubled { &stem[..stem.len() - 1] } else { stem };
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::Folded;
    use crate::words;

    #[test]
    fn words_and_pairs_are_terms_and_codes_and_links_are_none() {
        let folded = Folded::new("We've refunded £1,104.17 on 3 May. It left https://acme.example/x AB12C");
        let terms = of(&folded.bytes, words::of("en").unwrap());
        for (term, there) in [
            ("w:en:we'v", true),
            ("w:en:refund", true),
            ("w:en:we'v_refund", true),
            ("w:en:money", true),
            ("w:en:on_0", true),
            ("w:en:may_it", false),
            ("w:en:it_left", true),
            ("w:en:acme", false),
            ("w:en:ab12c", false),
        ] {
            assert_eq!(terms.contains_key(term), there, "{term}: {terms:?}");
        }
        let hit = terms["w:en:we'v_refund"];
        assert_eq!(folded.quote(hit.start, hit.end), "We've refunded");
    }
}

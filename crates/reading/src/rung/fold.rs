//! Folding: text made comparable, with the way back to where each letter stood.
//!
//! Letters lose case and accents, hyphens of every kind and line breaks become spaces, typographic apostrophes become
//! plain ones. Terms and texts are folded by the same function, so they meet.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// A folded text and, for each of its bytes, the offset in the original.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// The folded text.
    pub(super) text: String,
    /// For each byte of it, where its character began in the original; one more for the end. Empty where every byte stands where
    /// it stood.
    origin: Vec<usize>,
}

impl Folded {
    /// Folds a text.
    pub(super) fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self { text: fold_ascii(text), origin: Vec::new() };
        }
        let mut folded =
            Self { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len() + 1) };
        for (at, c) in text.char_indices() {
            let before = folded.text.len();
            push(&mut folded.text, c);
            folded.origin.extend(std::iter::repeat_n(at, folded.text.len() - before));
        }
        folded.origin.push(text.len());
        folded
    }

    /// Returns where a byte of the folded text stood in the original.
    pub(super) fn origin(&self, at: usize) -> usize {
        if self.origin.is_empty() {
            return at.min(self.text.len());
        }
        self.origin.get(at).or(self.origin.last()).copied().unwrap_or_default()
    }
}

/// Folds a text where the way back is not wanted.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return fold_ascii(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        push(&mut out, c);
    }
    out
}

/// Folds a text of ASCII alone: byte for byte.
fn fold_ascii(text: &str) -> String {
    let mut out = text.to_owned().into_bytes();
    for byte in &mut out {
        *byte = match *byte {
            b'-' | b'\n' | b'\r' | b'\t' => b' ',
            other => other.to_ascii_lowercase(),
        };
    }
    String::from_utf8(out).unwrap_or_default()
}

/// Appends the folded form of a character.
fn push(out: &mut String, c: char) {
    match c {
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        '-' | '\n' | '\r' | '\t' | '\u{a0}' | '\u{2010}'..='\u{2015}' | '\u{202f}' | '\u{ad}' => {
            out.push(' ');
        }
        '\0'..='\x7f' => out.push(c),
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{b4}' => out.push('\''),
        'ß' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'ø' | 'Ø' => out.push('o'),
        _ => {
            for lower in c.to_lowercase() {
                decompose_canonical(lower, |part| {
                    if !is_combining_mark(part) {
                        out.push(part);
                    }
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_hyphens_do_not_count() {
        assert_eq!(fold("Réclamation à la Direction-Générale"), "reclamation a la direction generale");
        assert_eq!(fold("Großhandel für Bürger’s"), "grosshandel fur burger's");
    }

    #[test]
    fn text_of_ascii_alone_is_folded_like_any_other() {
        let all: String = (0..=0x7f_u8).map(char::from).collect();
        let other = Folded::of(&format!("{all}é"));
        let alone = Folded::of(&all);
        assert_eq!(format!("{}e", alone.text), other.text);
        assert!((0..=all.len()).all(|at| alone.origin(at) == other.origin(at)));
        assert_eq!(fold(&all), alone.text);
    }

    #[test]
    fn every_folded_letter_knows_where_it_stood() {
        let text = "Größe ß Ende";
        let folded = Folded::of(text);
        let at = folded.text.find("ende").unwrap();
        assert_eq!(&text[folded.origin(at)..], "Ende");
        assert_eq!(folded.origin(folded.text.len()), text.len());
    }
}

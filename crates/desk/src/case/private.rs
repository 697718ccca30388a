//! Numbers that no log should keep: full card numbers and national ids in free text are masked before they are stored.

/// Masks full card numbers and national ids in a text; returns the text and how many were masked.
///
/// A card number is 13 to 19 digits with a valid check digit (ISO/IEC 7812, Luhn) that begins as cards do; the last four
/// digits stay, as on a receipt. A US social security number is masked in its written form `123-45-6789`, a British
/// national insurance number in the form `QQ 12 34 56 C`.
#[must_use]
pub fn mask(text: &str) -> (String, usize) {
    let (text, cards) = mask_cards(text);
    let (text, ids) = mask_ids(&text);
    (text, cards + ids)
}

fn mask_cards(text: &str) -> (String, usize) {
    let mut out = String::with_capacity(text.len());
    let (mut masked, mut rest) = (0, text);
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // A run of digits with single spaces or hyphens between them.
        let mut end = 0;
        let mut digits = String::new();
        let mut gap = false;
        for (i, c) in rest.char_indices() {
            match c {
                '0'..='9' => {
                    digits.push(c);
                    end = i + 1;
                    gap = false;
                }
                ' ' | '-' | '\u{a0}' if !gap => gap = true,
                _ => break,
            }
        }
        let (run, after) = rest.split_at(end);
        if is_card(&digits) {
            out.push_str("[card ending ");
            out.push_str(&digits[digits.len() - 4..]);
            out.push(']');
            masked += 1;
        } else {
            out.push_str(run);
        }
        rest = after;
    }
    out.push_str(rest);
    (out, masked)
}

/// Returns whether digits are a card number: a length and beginning that cards have, and the check digit.
fn is_card(digits: &str) -> bool {
    let begins = matches!(digits.as_bytes().first(), Some(b'2'..=b'6'));
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            let value = u32::from(digit - b'0');
            match (at % 2, value * 2) {
                (0, _) => value,
                (_, doubled @ 10..) => doubled - 9,
                (_, doubled) => doubled,
            }
        })
        .sum();
    (13..=19).contains(&digits.len()) && begins && sum.is_multiple_of(10)
}

fn mask_ids(text: &str) -> (String, usize) {
    let mut masked = 0;
    let mut words: Vec<String> = Vec::new();
    for word in text.split(' ') {
        let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        if is_ssn(bare) || is_nino(bare) {
            masked += 1;
            words.push(word.replace(bare, "[national id]"));
        } else {
            words.push(word.to_owned());
        }
    }
    (words.join(" "), masked)
}

fn is_ssn(word: &str) -> bool {
    let shape: String = word.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    shape == "999-99-9999" && !word.starts_with("000") && !word.starts_with('9')
}

fn is_nino(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() == 9
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..8].iter().all(u8::is_ascii_digit)
        && matches!(bytes[8], b'A'..=b'D')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_and_national_ids_are_masked_and_other_numbers_stay() {
        for (text, want, count) in [
            ("paid with 4111 1111 1111 1111 today", "paid with [card ending 1111] today", 1),
            ("card 5500-0000-0000-0004.", "card [card ending 0004].", 1),
            ("my number is 123-45-6789, thanks", "my number is [national id], thanks", 1),
            ("NI QQ123456C", "NI [national id]", 1),
            (
                "call +44 20 7946 0123 about 4111 1111 1111 1112",
                "call +44 20 7946 0123 about 4111 1111 1111 1112",
                0,
            ),
            ("order 100200300400500", "order 100200300400500", 0),
        ] {
            assert_eq!(mask(text), (want.to_owned(), count), "{text}");
        }
    }
}

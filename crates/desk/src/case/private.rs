//! Numbers that no log should keep: full card numbers and national ids in free text are masked before they are stored.

/// Masks full card numbers and national ids in a text; returns the text and how many were masked.
///
/// A card number is 13 to 19 digits with a valid check digit (ISO/IEC 7812, Luhn) that begins as cards do; the last four
/// digits stay, as on a receipt. A US social security number is masked in its written form `123-45-6789`, a British
/// national insurance number in the form `QQ 12 34 56 C`, with or without blanks; those of other countries where their name stands
/// before them, for by their digits alone they could be any reference.
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
                ' ' | '-' | '.' | '\u{a0}' if !gap => gap = true,
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

/// Masks national ids: a British one with or without blanks, an American one in its written form, or after its name.
fn mask_ids(text: &str) -> (String, usize) {
    let (mut out, mut masked, mut at) = (String::with_capacity(text.len()), 0, 0);
    while let Some(c) = text[at..].chars().next() {
        let begins = !out.ends_with(|before: char| before.is_alphanumeric());
        let found = begins
            .then(|| {
                nino(&text[at..]).or_else(|| ssn(&text[at..], &out)).or_else(|| named(&text[at..], &out))
            })
            .flatten();
        let whole = |end: &usize| !text[at + end..].starts_with(|after: char| after.is_alphanumeric());
        if let Some(end) = found.filter(whole) {
            out.push_str("[national id]");
            masked += 1;
            at += end;
        } else {
            out.push(c);
            at += c.len_utf8();
        }
    }
    (out, masked)
}

/// Matches a shape at the beginning of a text, in which `A` is a letter, `9` a digit, `_` a blank or hyphen that may be
/// missing, and anything else itself; returns where it ends.
fn shape(text: &str, shape: &str) -> Option<usize> {
    let mut rest = text;
    for wanted in shape.chars() {
        let next = rest.chars().next();
        let fits = |c: char| match wanted {
            'A' => c.is_ascii_alphabetic(),
            '9' => c.is_ascii_digit(),
            '_' => matches!(c, ' ' | '-' | '\u{a0}'),
            other => c == other,
        };
        match next.filter(|c| fits(*c)) {
            Some(c) => rest = &rest[c.len_utf8()..],
            None if wanted == '_' => {}
            None => return None,
        }
    }
    Some(text.len() - rest.len())
}

/// Finds a national insurance number: two letters, six digits, a letter from A to D (HM Revenue & Customs, NIM39110).
fn nino(text: &str) -> Option<usize> {
    let end = shape(text, "AA_99_99_99_A")?;
    text[..end].ends_with(['A', 'B', 'C', 'D', 'a', 'b', 'c', 'd']).then_some(end)
}

/// Finds a social security number: with its hyphens, or in any form where its name stands before it.
fn ssn(text: &str, before: &str) -> Option<usize> {
    if text.starts_with("000") || text.starts_with('9') {
        return None;
    }
    if let Some(end) = shape(text, "999-99-9999") {
        return Some(end);
    }
    let end = shape(text, "999_99_9999")?;
    let near: String = before.chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
    let near = near.to_lowercase();
    (near.contains("ssn") || near.contains("social security")).then_some(end)
}

/// National ids by the names that stand before them, and their shapes. A name in capitals alone is written so: `sin` and `pan` are
/// words of other languages.
const NAMED: &[(&[&str], &str)] = &[
    (&["Aadhaar", "Aadhar", "UIDAI"], "9999_9999_9999"),
    (&["PAN", "Permanent Account Number"], "AAAAA9999A"),
    (&["SIN", "Social Insurance Number"], "999_999_999"),
    (&["TFN", "Tax File Number"], "999_999_999"),
    (&["Medicare"], "9999_99999_9"),
    (&["NHS"], "999_999_9999"),
    (&["PPS", "PPSN"], "9999999A"),
    (&["Steuer-ID", "Steuer-IdNr", "Steueridentifikationsnummer", "IdNr"], "99_999_999_999"),
    (&["Sozialversicherungsnummer", "Rentenversicherungsnummer"], "99_999999_A_999"),
    (&["sécurité sociale", "INSEE"], "9_99_99_99_999_999"),
    (&["DNI"], "99999999_A"),
    (&["BSN", "burgerservicenummer"], "999999999"),
];

/// Finds a national id behind its name.
fn named(text: &str, before: &str) -> Option<usize> {
    let near: String = before.chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
    let is_named = |name: &&str| {
        let capitals = name.chars().all(|c| c.is_ascii_uppercase());
        let (near, name) = if capitals {
            (near.clone(), (*name).to_owned())
        } else {
            (near.to_lowercase(), name.to_lowercase())
        };
        near.rfind(&name).is_some_and(|at| {
            let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            apart(near[..at].chars().next_back()) && apart(near[at + name.len()..].chars().next())
        })
    };
    NAMED.iter().filter(|(names, _)| names.iter().any(is_named)).find_map(|(_, form)| shape(text, form))
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
            ("my NI number: QQ 12 34 56 C.", "my NI number: [national id].", 1),
            ("qq\u{a0}12-34-56 c and QQ 12 34 56 C", "[national id] and [national id]", 2),
            ("my SSN is 123 45 6789", "my SSN is [national id]", 1),
            ("ref AB 12 34 56 Z, AB123456CD, XAB123456C", "ref AB 12 34 56 Z, AB123456CD, XAB123456C", 0),
            ("order 123 45 6789, 1234-56-78901", "order 123 45 6789, 1234-56-78901", 0),
            (
                "call +44 20 7946 0123 about 4111 1111 1111 1112",
                "call +44 20 7946 0123 about 4111 1111 1111 1112",
                0,
            ),
            ("order 100200300400500", "order 100200300400500", 0),
            ("card 4111.1111.1111.1111", "card [card ending 1111]", 1),
            ("my Aadhaar is 2345 6789 0123", "my Aadhaar is [national id]", 1),
            ("PAN: ABCDE1234F, TFN 123 456 782", "PAN: [national id], TFN [national id]", 2),
            ("NHS number 943 476 5919", "NHS number [national id]", 1),
            ("PPS No. 1234567T", "PPS No. [national id]", 1),
            ("meine Steuer-ID ist 86 095 742 719", "meine Steuer-ID ist [national id]", 1),
            ("sin 123 456 789, order 2345 6789 0123", "sin 123 456 789, order 2345 6789 0123", 0),
        ] {
            assert_eq!(mask(text), (want.to_owned(), count), "{text}");
        }
    }
}

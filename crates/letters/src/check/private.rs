//! Private data about to be published: card and account numbers, national numbers, passwords, addresses, telephone numbers.
//!
//! Numbers that carry a check digit are only marked where it is right, so that an order number is left alone.

use std::sync::LazyLock;

use regex::bytes::{Regex, RegexBuilder};

use super::Mark;
use super::findings::named;
use crate::fold::Folded;

/// Compiles one of our own patterns.
fn pattern(text: &str) -> Regex {
    RegexBuilder::new(text).unicode(false).build().expect("a test reads with every pattern")
}

static CARD: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b\d(?:[ -]?\d){12,18}\b"));
static IBAN: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b[a-z]{2}\d{2}(?: ?[a-z0-9]{2,4}){3,8}\b"));
static SORT: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bsort code:? ?\d\d[- ]?\d\d[- ]?\d\d\b"));
static NATIONAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b[abceghj-prstw-z][abceghj-nprstw-z] ?\d\d ?\d\d ?\d\d ?[abcd]\b|\bqq ?\d\d ?\d\d ?\d\d ?[abcd]\b|\b\d{3}-\d{2}-\d{4}\b|\b784-?\d{4}-?\d{7}-?\d\b|\b\d{8}-?[trwagmyfpdxbnjzsqvhlcke]\b|\b[12] ?\d\d ?[01]\d ?\d\d ?\d{3} ?\d{3} ?\d\d\b|\bpassport (?:number|no\.?)?:? ?[a-z]?\d{7,9}\b",
    )
});
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b\d{1,4}[a-z]?,? (?:[a-z]+ ){1,3}(?:street|st|road|rd|avenue|ave|lane|drive|close|court|way|row|gardens|crescent|terrace|square|boulevard|blvd|place|grove|hill|park)\b|\b[a-z]+(?:strasse|str\.|weg|gasse|platz|allee) \d{1,4}[a-z]?\b|\b\d{1,4},? (?:rue|avenue|boulevard|chemin|impasse) (?:[a-z'-]+ ?){1,4}|\b(?:calle|avenida|plaza|paseo) (?:[a-z]+ ){1,3}\d{1,4}\b|\bi live at [^.!?]{4,60}",
    )
});
/// A password or PIN with its value: told by a figure in it, or by a colon or quotation marks before it. "My password is wrong" tells none.
static SECRET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"\b(?:password|passcode|passphrase|pin(?: (?:code|number))?|(?:security|one-time|login) code|cvv2?|cvc2?|passwort|kennwort|geheimzahl|(?:sicherheits|zugangs)code|mot de passe|code (?:pin|secret|de securite)|contrasena|clave(?: secreta)?|codigo (?:pin|de seguridad))(?:(?: (?:is|was|ist|lautet|est|es))?:? ?["'][^\s"']{3,64}|(?: ?[:=] ?| is | was | ist | lautet | est | es )[^\s\d"']{0,40}\d[^\s"']{0,40})"#,
    )
});
/// What a figure after such a word counts, where it is no secret: `the security code is 6 digits long`.
static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^ (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|times|digits?|characters?|letters?|sekunden?|minuten?|stunden?|tagen?|tage|wochen?|monaten?|monate|mal|stellen|stellig|ziffern|zeichen|secondes?|heures?|jours?|semaines?|mois|fois|chiffres|caracteres?|segundos?|horas?|dias?|semanas?|meses|veces|digitos?|cifras)\b",
    )
});
static PHONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:\+\d{1,3}[ (]?\d|\b0\d|\b\(?\d{3}\)?[- ]\d)[\d ()./-]{5,14}\d\b"));
static MINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:call|ring|phone|reach|text|contact) me|my (?:phone|mobile|number|cell|tel)|me on|me at|meine? (?:nummer|handy|telefon)|mon (?:numero|portable)|mi (?:numero|telefono|movil)",
    )
});

/// Returns the marks of private data.
pub(super) fn marks(text: &Folded<'_>) -> Vec<Mark> {
    let bytes = &text.bytes;
    let mut marks: Vec<Mark> = Vec::new();
    let mut add = |name: &str, start: usize, end: usize| {
        let place = text.place(start, end);
        if !marks.iter().any(|m| m.start < place.end && place.start < m.end) {
            marks.push(Mark { finding: named(name), start: place.start, end: place.end, weight: 1 });
        }
    };
    for found in CARD.find_iter(bytes).filter(|m| is_card(m.as_bytes())) {
        add("card", found.start(), found.end());
    }
    for found in IBAN.find_iter(bytes).filter(|m| is_iban(m.as_bytes())) {
        add("bank_account", found.start(), found.end());
    }
    for (name, pattern) in
        [("secret", &SECRET), ("bank_account", &SORT), ("national_id", &NATIONAL), ("address", &ADDRESS)]
    {
        for found in pattern.find_iter(bytes).take(20) {
            if name == "secret" && COUNTED.is_match(&bytes[found.end()..]) {
                continue;
            }
            // The end of the sentence is no part of what stands in it.
            let stops = found.as_bytes().iter().rev().take_while(|byte| b",;.!?)".contains(byte)).count();
            add(name, found.start(), found.end() - stops);
        }
    }
    // Of numbers only the writer's own: the firm's may be named.
    for mine in MINE.find_iter(bytes) {
        let after = &bytes[mine.end()..(mine.end() + 40).min(bytes.len())];
        if let Some(found) = PHONE.find(after) {
            add("phone", mine.end() + found.start(), mine.end() + found.end());
        }
    }
    marks.sort_by_key(|m| m.start);
    marks
}

/// Whether digits are a card number by length and check digit (Luhn, ISO/IEC 7812-1).
fn is_card(text: &[u8]) -> bool {
    let digits: Vec<u32> = text.iter().filter(|b| b.is_ascii_digit()).map(|b| u32::from(*b - b'0')).collect();
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, d)| if i % 2 == 0 { *d } else { (d * 2) % 10 + (d * 2) / 10 })
        .sum();
    (13..=19).contains(&digits.len()) && sum.is_multiple_of(10) && matches!(digits[0], 2..=6)
}

/// Whether text is an account number by its check digits (ISO 13616: the rest by 97 is one).
fn is_iban(text: &[u8]) -> bool {
    let chars: Vec<u8> = text.iter().copied().filter(u8::is_ascii_alphanumeric).collect();
    if !(15..=34).contains(&chars.len()) {
        return false;
    }
    let rest = chars[4..].iter().chain(&chars[..4]).fold(0_u32, |rest, c| {
        if c.is_ascii_digit() {
            (rest * 10 + u32::from(*c - b'0')) % 97
        } else {
            (rest * 100 + u32::from(*c - b'a') + 10) % 97
        }
    });
    rest == 1
}

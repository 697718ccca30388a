//! What a piece of text looks like: a street, a box, a building, an addressee, a label, the end of a sentence.
//!
//! Every judgement here is about one short piece alone. It leans on [`words`] and never on where the piece stands.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::lower::Lower;
use crate::needles::Needles;
use crate::postal::words::{self, bare};
use crate::window::next_digit;

/// How sure a piece says where to deliver.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Delivery {
    /// It says nothing of it.
    None,
    /// A building, floor, unit or estate.
    Building,
    /// A street without a number, or a name with one.
    Street,
    /// A street with a number, or a box.
    Sure,
}

static BOX: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)(?i:
            (?-u:\b)(?: p\.?\s?[o0]\.?\s?-?box | post\s?office\sbox | post\sbox | postbox | g\.?p\.?o\.?\s?box
                | private\s(?:mail\s)?bag | locked\s(?:mail\s)?bag | p\.?\s?m\.?\s?b\.? | mail\sbag
                | postbus | postfach | antwoordnummer | casella\spostale | case\spostale | bo[iî]te\spostale
                | apartado(?:\sde\scorreos)? | apdo\.?(?:\sde\scorreos)? | caixa\spostal | libre\sr[ée]ponse
                | freepost(?:\snumber)? )
            \s*(?:no\.?|number|n[°ºr]\.?|:|\#)?\s*-?\s*[a-z]{0,5}\s?-?[0-9][0-9\ /-]* )
          | (?-u:\b)(?:B\.?P\.?|C\.?S\.?|TSA|C\.P\.)\s?(?:n°\s?)?[0-9]{2,6}(?-u:\b)
          | (?-u:\b)(?i:freepost)[\s:,]+(?:[A-Z0-9][0-9A-Za-z_À-ɏ'’&-]*)(?:\s[A-Z0-9][0-9A-Za-z_À-ɏ'’&-]*){0,5}",
    )
    .expect("the pattern is fixed")
});

/// What every box has in it: words in any letter case, then short forms, which are written in capitals.
const BOX_WORDS: [&str; 25] = [
    "box",
    "bag",
    "pmb",
    "pm.b",
    "p.mb",
    "p.m.b",
    "p mb",
    "p m.b",
    "p. mb",
    "p. m.b",
    "postbus",
    "postfach",
    "antwoordnummer",
    "postale",
    "apartado",
    "apdo",
    "caixa",
    "libre",
    "freepost",
    "bp",
    "b.p",
    "cs",
    "c.s",
    "tsa",
    "c.p.",
];
/// The first of the short forms.
const FIRST_SHORT: usize = 19;

static BOXES: LazyLock<Needles> = LazyLock::new(|| Needles::of(BOX_WORDS));

/// Returns whether a text may hold a box: a cheap look before the pattern.
fn may_hold_box(text: &str) -> bool {
    // All but one kind have a number.
    if next_digit(text.as_bytes(), 0).is_none() {
        return FREEPOST.is_match(text);
    }
    BOXES.find_iter(text).any(|found| {
        // The short forms count in capitals alone.
        let word = &text[found.range()];
        found.index < FIRST_SHORT || !word.contains(|c: char| c.is_ascii_lowercase())
    })
}

static FREEPOST: LazyLock<Needles> = LazyLock::new(|| Needles::of(["freepost"]));

/// Returns where boxes stand in a text.
pub(super) fn find_boxes(text: &str) -> impl Iterator<Item = Range<usize>> {
    let found = may_hold_box(text).then(|| BOX.find_iter(text));
    found
        .into_iter()
        .flatten()
        .filter(|found| !text[..found.start()].ends_with(|c: char| !c.is_ascii() && c.is_alphanumeric()))
        .map(|found| found.start()..found.start() + found.as_str().trim_end_matches([' ', '-', '/']).len())
}

/// Returns whether a piece holds a box.
pub(super) fn has_box(text: &str) -> bool {
    find_boxes(text).next().is_some()
}

/// Judges whether a piece says where to deliver.
pub(super) fn delivery(text: &str) -> Delivery {
    if text.len() > 120 {
        return Delivery::None;
    }
    if has_box(text) {
        return Delivery::Sure;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let lower: Vec<Lower> = words.iter().map(|word| bare(word)).collect();
    let Some(first) = lower.first() else { return Delivery::None };
    let digits = |w: &Lower| w.starts_with(|c: char| c.is_ascii_digit());
    let numbered = lower.iter().any(digits) || lower.len() == 1 && first.contains('-') && is_building(first);
    let street_at = lower.iter().position(|w| words::STREET_WORDS.contains(w.as_str()));
    let one_word = lower.iter().position(|w| {
        w.chars().count() > 4
            && words::STREET_ENDINGS.iter().any(|end| w.ends_with(end) && w.len() > end.len() + 1)
    });
    let lead = words::STREET_LEADS.contains(first.as_str())
        || lower.iter().take(4).any(|w| words::STREET_LEADS.contains(w.as_str()));
    if numbered {
        let house_last =
            lower.len() >= 2 && lower[1..].iter().any(digits) && words[0].starts_with(char::is_uppercase);
        // `9 High Street`, `Lübecker Straße 9`, `Calle 6 de Diciembre`
        if lead || street_at.is_some_and(|at| at > 0 || lower.len() > 1) && street_is_not_a_name(&lower) {
            return Delivery::Sure;
        }
        if one_word.is_some_and(|at| lower[at..].iter().any(digits) || digits(first)) {
            return Delivery::Sure;
        }
        if lower.iter().any(|w| is_building(w)) {
            return Delivery::Building;
        }
        // `13777 Fruitvale`, `2a Poultry`: a short number before a name.
        if digits(first) && house_number(first) && words.len() <= 6 {
            let rest = &words[1..];
            let named = rest.first().is_some_and(|w| w.starts_with(char::is_uppercase));
            let plain = lower[1..]
                .iter()
                .all(|w| w.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-')));
            if named && plain && !is_month(&lower[1]) {
                return Delivery::Street;
            }
        }
        // `Kehrwieder 11`, `Am Sandtorkai 2a`, `Domplatte 5-7`
        if house_last && words.len() <= 6 && house_number(lower.last().map_or("", Lower::as_str)) {
            let month = lower.iter().any(|w| is_month(w));
            if !month {
                return Delivery::Street;
            }
        }
        return Delivery::None;
    }
    if words::NUMBER_WORDS.contains(first.as_str()) && street_at.is_some() {
        return Delivery::Sure;
    }
    let last = lower.last().map_or("", Lower::as_str);
    if lead && words.len() >= 2 || words.len() >= 2 && words::STREET_WORDS.contains(last) && last != "st" {
        return Delivery::Street;
    }
    if one_word.is_some() && words.len() <= 3 && words.iter().all(|w| w.starts_with(char::is_uppercase)) {
        return Delivery::Street;
    }
    let hyphened = lower.len() == 1 && lower[0].contains('-');
    if (words.len() >= 2 || hyphened) && lower.iter().any(|w| is_building(w)) {
        return Delivery::Building;
    }
    Delivery::None
}

/// Returns whether a word names a building, floor or sector, also with its number: `sector-17`, `block-b`.
fn is_building(lower: &str) -> bool {
    let stem = match lower.split_once('-') {
        Some((stem, number)) if number.len() <= 4 => stem,
        _ => lower,
    };
    words::BUILDING_WORDS.contains(stem)
}

/// Returns whether the street word is one by its neighbours and not the `St` of a saint or the `Dr` of a name.
fn street_is_not_a_name(lower: &[Lower]) -> bool {
    let at = lower.iter().position(|w| words::STREET_WORDS.contains(w.as_str())).unwrap_or(0);
    !(at == 0 && matches!(lower[0].as_str(), "st" | "dr" | "court" | "place" | "view" | "drive"))
}

/// Returns whether a word looks like a house number: up to five digits, a letter, a range.
fn house_number(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &word[digits..];
    (1..=5).contains(&digits)
        && (rest.is_empty()
            || rest.len() == 1 && rest.as_bytes()[0].is_ascii_alphabetic()
            || rest.starts_with(['-', '–', '/', '+']) && rest.len() <= 8)
}

/// Returns whether a word is a month in one of the languages read.
pub(super) fn is_month(lower: &str) -> bool {
    const MONTHS: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "januar",
        "februar",
        "märz",
        "mai",
        "juni",
        "juli",
        "oktober",
        "dezember",
        "janvier",
        "février",
        "mars",
        "avril",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
        "gennaio",
        "febbraio",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "settembre",
        "ottobre",
        "dicembre",
        "januari",
        "februari",
        "maart",
        "mei",
        "augustus",
    ];
    MONTHS.contains(&lower)
}

/// Returns whether a piece names a firm, a body or a team.
pub(super) fn is_body(text: &str) -> bool {
    let lower = text.to_lowercase();
    if words::LABELS.contains(lower.trim_end_matches([':', '.', ' '])) {
        return false;
    }
    let mut count = 0usize;
    let mut named = false;
    for word in text.split_whitespace() {
        let key = bare(word);
        count += 1;
        let form: String = key.chars().filter(|c| *c != '.').collect();
        named |= words::LEGAL_FORMS.contains(form.as_str()) && count > 1;
        named |= words::BODY_WORDS.contains(key.as_str());
    }
    named && (2..=12).contains(&count) && !is_office_label(&lower)
}

/// Returns whether a line names a kind of office and not an addressee: `London office`, `Our head offices`.
fn is_office_label(lower: &str) -> bool {
    let words: Vec<Lower> = lower.split_whitespace().map(bare).collect();
    let office = words.iter().any(|w| matches!(w.as_str(), "office" | "offices" | "centre" | "center"));
    let kind = words.iter().any(|w| {
        matches!(
            w.as_str(),
            "head"
                | "main"
                | "our"
                | "registered"
                | "regional"
                | "principal"
                | "corporate"
                | "national"
                | "local"
        )
    });
    office && kind
}

/// Returns whether a piece opens with a legal form of its own: `Acme Ltd`, but not `Ltd`.
pub(super) fn has_legal_form(text: &str) -> bool {
    text.split_whitespace().skip(1).any(|word| {
        let key: String = bare(word).chars().filter(|c| *c != '.').collect();
        words::LEGAL_FORMS.contains(key.as_str())
    })
}

/// Returns whether a line is a label: it ends with a colon, or it is one of the known ones.
pub(super) fn is_label(text: &str) -> bool {
    let text = text.trim();
    if text.ends_with(':') {
        return true;
    }
    if text.len() > 80 || opens_with_attention(text) {
        return false;
    }
    let lower = text.trim_matches(['.', '-', '–', '*', '»', '>', ' ']).to_lowercase();
    let last = lower.rsplit(' ').next().unwrap_or_default();
    words::LABELS.contains(lower.as_str())
        || matches!(
            last,
            "information"
                | "info"
                | "details"
                | "address"
                | "addresses"
                | "adresse"
                | "anschrift"
                | "contacts"
                | "contact"
                | "us"
                | "location"
                | "locations"
                | "directions"
                | "hours"
                | "postadresse"
                | "postanschrift"
                | "map"
        ) && words::country(&lower).is_none()
            && lower.contains(' ')
            && !lower.contains(|c: char| c.is_ascii_digit())
}

/// Labels that open an address without a colon, the longer first.
const LABEL_PREFIXES: &[&str] = &[
    "registered office address",
    "registered and corporate office",
    "registered & corporate office",
    "registered and head office",
    "registered office",
    "registered address",
    "head office address",
    "head office",
    "postal address",
    "mailing address",
    "office address",
    "by post",
    "by mail",
    "postanschrift",
    "anschrift",
    "siège social",
    "adresse postale",
    "adresse",
    "sede legale",
    "domicilio social",
    "postadres",
    "bezoekadres",
    "address",
    "addr.",
    "add.",
    "corporate office",
    "regd. office",
    "regd office",
    "par courrier",
    "per post",
    "por correo",
];

/// Returns whether a piece is a label that stands before an address, whatever follows it.
pub(super) fn is_address_label(text: &str) -> bool {
    LABEL_PREFIXES.contains(&text.to_lowercase().as_str())
}

/// Returns the length of a known label that opens a piece without a colon: `Registered Office 1 High Street`.
pub(super) fn label_prefix(text: &str) -> usize {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return 0;
    }
    let Some(found) = LABEL_PREFIXES.iter().find(|p| lower.starts_with(**p)) else { return 0 };
    let Some(rest) = text.get(found.len()..) else { return 0 };
    let space = rest.len() - rest.trim_start_matches([' ', '-', '–', '.', '*', '\u{a0}']).len();
    let goes_on = rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase());
    if space > 0 && goes_on { found.len() + space } else { 0 }
}

static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix) @ | https?:// | \bwww\. | \b\d{1,2}\s?[:.h]\s?\d{2}\b | \b\d{1,2}\s?[ap]\.?m\b | [€£$]\s?\d | \d\s?[€£]
          | \+\d{1,3}[\s(] | \(\d{2,5}\)\s?\d | \b0\d{2,4}[\s/-]\d{3} | \b\d{3}[-.]\d{3}[-.]\d{4}\b | \b\d{7,}\b
          | \bregistered\s(?:in|number|no\b|charity|with) | \bcompany\s(?:reg|num|no\b) | \d\s?% | © | \b(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d\b",
    )
    .expect("the pattern is fixed")
});

/// Returns whether a piece is something else than an address: a number, an e-mail, hours, a price.
pub(super) fn is_foreign(text: &str) -> bool {
    let mut tokens = text.split_whitespace();
    let Some(raw) = tokens.next() else { return false };
    let first = bare(raw);
    if words::STOP_WORDS.contains(first.as_str()) {
        return true;
    }
    if words::STOP_LABELS.contains(first.as_str()) {
        let next = tokens.next();
        let labels = raw.ends_with([':', '.']) && raw.len() <= 6
            || next.is_none_or(|n| {
                n.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '(' | ':' | '-'))
            });
        if labels {
            return true;
        }
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let number = digits >= 7 && !text.contains(char::is_alphabetic);
    // Without a digit few words of ASCII tell it.
    let may = || digits > 0 || !text.is_ascii() || text.contains('@') || FOREIGN_WORDS.is_match(text);
    number || may() && FOREIGN.is_match(text)
}

/// What stands in all that is foreign and has no digit.
static FOREIGN_WORDS: LazyLock<Needles> =
    LazyLock::new(|| Needles::of(["://", "www.", "registered", "company"]));

/// Returns whether a word, lower case, may open the label of a number or register entry.
pub(super) fn is_stop(lower: &str) -> bool {
    words::STOP_WORDS.contains(lower) || words::STOP_LABELS.contains(lower)
}

/// Returns a part without the full stop that ends a sentence; that of `Inc.` or `N.A.` stays.
pub(super) fn without_stop(part: &str) -> &str {
    let Some(rest) = part.strip_suffix('.') else { return part };
    let word = rest.split_whitespace().next_back().unwrap_or_default();
    let form =
        words::LEGAL_FORMS.contains(word.to_lowercase().as_str()) || word.contains('.') || word.len() < 3;
    if form && !word.ends_with(|c: char| c.is_ascii_digit()) { part } else { rest.trim_end_matches('.') }
}

/// Returns whether a piece opens with words for "for the attention of".
pub(super) fn opens_with_attention(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "attn",
        "attention",
        "att:",
        "fao",
        "f.a.o",
        "for the attention of",
        "c/o",
        "z.hd",
        "z. hd",
        "zu händen",
        "t.a.v",
        "ter attentie van",
        "à l'attention d",
        "à l’attention d",
        "a la atención d",
        "alla c.a",
        "all'attenzione",
        "alla cortese attenzione",
        "p/a",
        "p.a.",
    ];
    let lower = text.to_lowercase();
    WORDS.iter().any(|word| lower.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streets_boxes_and_buildings_are_told_apart() {
        for (text, expected) in [
            ("1 High Street", Delivery::Sure),
            ("73–75 London Road", Delivery::Sure),
            ("Lübecker Straße 9", Delivery::Sure),
            ("Lindenallee 4a", Delivery::Sure),
            ("Kehrwieder 11", Delivery::Street),
            ("12 rue de la Paix", Delivery::Sure),
            ("Place de la République", Delivery::Street),
            ("Calle 6 de Diciembre", Delivery::Sure),
            ("Via Garibaldi", Delivery::Street),
            ("Parkweg 226 A", Delivery::Sure),
            ("P.O. Box 1234", Delivery::Sure),
            ("Postfach 10 99 01", Delivery::Sure),
            ("CS 22305", Delivery::Sure),
            ("Private Bag 92-123", Delivery::Sure),
            ("Ground Floor", Delivery::Building),
            ("Unit 9 Canal Reach", Delivery::Building),
            ("One Cumberland Place", Delivery::Sure),
            ("Oxford Road", Delivery::Street),
            ("Acme Ltd", Delivery::None),
            ("12 March 2024", Delivery::None),
            ("London", Delivery::None),
            ("St Albans", Delivery::None),
        ] {
            assert_eq!(delivery(text), expected, "{text}");
        }
    }

    #[test]
    fn bodies_are_told_from_labels() {
        for yes in ["Acme Ltd", "Complaints Department", "Financial Ombudsman Service", "Attn: Claims Unit"] {
            assert!(is_body(yes), "{yes}");
        }
        for no in ["Head Office", "Our office", "Contact us", "High Street", "Savings"] {
            assert!(!is_body(no), "{no}");
        }
    }
}

//! Anchors: the places in a text that give an address away: a postcode beside a town, a box, a country at the end.
//!
//! An anchor is a claim and no more: [`grow`](super::grow) looks for a street, box or addressee around it and drops what
//! has none. How much it must find depends on how [strong](Strength) the anchor is.

use std::ops::Range;
use std::sync::LazyLock;

use ladder::Country;
use regex::Regex;
use regex_automata::{Input, meta};

use crate::needles::Needles;
use crate::postal::lines::{Gap, Line, Role};
use crate::postal::words::{self, bare};
use crate::postal::{Hint, shape};
use crate::window::{capitals, clip, next_digit};

/// How much an anchor says by itself.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Strength {
    /// Four digits and a town, a country: a street with a number must stand right before it.
    Weak,
    /// Five digits and a town: a street or box must stand before it.
    Medium,
    /// A code of letters and digits, a state with its code: anything that delivers, or lines of an address.
    Strong,
}

/// What an anchor is, and so where the rest stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Form {
    /// A code that ends the address but for a country: `AB1 2CD`, `CA 90001`.
    CodeLast,
    /// A code with the town after it: `10115 Berlin`.
    CodeFirst,
    /// A box without a code: town and country may follow.
    Box,
    /// A town or country that ends an address without a code.
    Place,
    /// A label for an address, with a street after it.
    Label,
}

/// A place that gives an address away.
#[derive(Clone, Debug)]
pub(super) struct Anchor {
    /// The line, as an index.
    pub(super) line: usize,
    /// Where it stands in the line's text.
    pub(super) range: Range<usize>,
    /// What it is.
    pub(super) form: Form,
    /// How much it says.
    pub(super) strength: Strength,
    /// The country that its form tells.
    pub(super) country: Option<Country>,
}

/// What a code is by its form; the first pattern that fits counts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Code {
    Gb,
    Ca,
    Ie,
    Us,
    Au,
    Sg,
    Nl,
    Prefix,
    In,
    Pt,
    Pl,
    Five,
    Split,
    Four,
}

/// The patterns of codes, each with what it is. Boundaries of words are those of ASCII, so that no letter beyond makes the
/// search slow; [`edges`] looks at the letters beyond.
static CODES: LazyLock<(Vec<Code>, meta::Regex)> = LazyLock::new(|| {
    let us =
        format!(r"\b(?:{}|{})[.,]?\s*-?\s*[0-9]{{5}}(?:-[0-9]{{4}})?\b", words::US_CODES, words::US_STATES);
    let rows: [(Code, &str); 14] = [
        (Code::Gb, r"\b(?i:[A-Z]{1,2}[0-9][A-Z0-9]?\s?[0-9][A-Z]{2})\b"),
        (Code::Ca, r"\b[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][ -]?[0-9][ABCEGHJ-NPRSTV-Z][0-9]\b"),
        (Code::Ie, r"\b(?:D6W|[AC-FHKNPRTV-Y][0-9][0-9W])\s?[0-9AC-FHKNPRTV-Y]{4}\b"),
        (Code::Us, &us),
        (
            Code::Au,
            r"\b(?i:NSW|VIC|QLD|TAS|ACT|NT|S\.?A|W\.?A|New South Wales|Victoria|Queensland|Tasmania|Western Australia|South Australia|Northern Territory)\b[.,]?\s*[0-9]{4}\b",
        ),
        (Code::Sg, r"\bSingapore\s*\(?[0-9]{6}\b\)?|\bS\([0-9]{6}\)"),
        (Code::Nl, r"\b(?:NL-?\s?)?[1-9][0-9]{3}\s?[A-Z]{2}\b"),
        (
            Code::Prefix,
            r"\b(?:D|A|CH|F|I|E|B|L|DE|AT|FR|IT|ES|BE|LU|FL|DK|S|SE|N|NO|FIN|FI|PL|CZ|SK|H|HU|SI|HR|RO|BG|GR|P|PT|LT|LV|EE|MT|CY)\s?[-–]\s?[0-9]{3}\s?[0-9]{1,2}\b",
        ),
        (Code::In, r"\b[1-8][0-9]{2}\s?[0-9]{3}\b"),
        (Code::Pt, r"\b[0-9]{4}-[0-9]{3}\b"),
        (Code::Pl, r"\b[0-9]{2}-[0-9]{3}\b"),
        (Code::Five, r"\b[0-9]{5}(?:-[0-9]{4})?\b"),
        (Code::Split, r"\b[0-9]{3}\s[0-9]{2}\b"),
        (Code::Four, r"\b[0-9]{4}\b"),
    ];
    let patterns: Vec<String> = rows.iter().map(|(_, pattern)| pattern.replace(r"\b", r"(?-u:\b)")).collect();
    let regex = meta::Regex::new_many(&patterns).expect("the patterns are fixed");
    (rows.iter().map(|(code, _)| *code).collect(), regex)
});

/// How far before its first digit a code may begin: `District of Columbia, - 20001`.
const MOST_BEFORE: usize = 40;
/// How far after the run of digits that it begins with a code may go on.
const MOST_AFTER: usize = 24;

/// Returns the first code of a text from an offset on.
///
/// Every code holds digits, and most digits of a page are of none: only those that might be cost more than a look at their
/// neighbours.
fn next_code(text: &str, from: usize) -> Option<(Code, Range<usize>)> {
    let (codes, regex) = &*CODES;
    let bytes = text.as_bytes();
    let mut scan = from;
    let mut from = from;
    loop {
        let first = next_digit(bytes, scan)?;
        let end = first + bytes[first..].iter().take_while(|b| b.is_ascii_digit()).count();
        scan = end;
        let Some(before) = may_be_code(bytes, first, end) else { continue };
        let low = text.floor_char_boundary(first.saturating_sub(before)).max(from);
        let high = text.ceil_char_boundary(end.saturating_add(MOST_AFTER).min(text.len()));
        let Some(found) = regex.search(&Input::new(text).span(low..high)) else { continue };
        let leads = bytes[found.range()].iter().position(u8::is_ascii_digit).unwrap_or_default();
        if found.start() + leads >= end {
            // It is of digits further on: they get a window of their own.
            scan = found.start() + leads;
        } else if edges(text, &found.range()) {
            return Some((codes[found.pattern().as_usize()], found.range()));
        } else {
            from = text.ceil_char_boundary(found.start() + 1);
            scan = from;
        }
    }
}

/// Returns how far before a run of digits a code may begin that it is the first of; nothing where it is of none.
fn may_be_code(bytes: &[u8], first: usize, end: usize) -> Option<usize> {
    let lettered = first > 0 && bytes[first - 1].is_ascii_alphabetic();
    let after = &bytes[end..];
    match end - first {
        4..=6 => Some(MOST_BEFORE),
        1..=3 if lettered => Some(12),
        2 if after.first() == Some(&b'-') => Some(12),
        // A space of any width and more digits.
        3 if after.first().is_some_and(|b| b.is_ascii_whitespace() || *b >= 0x80)
            && after.iter().skip(1).take(3).any(u8::is_ascii_digit) =>
        {
            Some(12)
        }
        _ => None,
    }
}

/// Returns whether no letter beyond ASCII goes on before or after a range that begins and ends with a word.
fn edges(text: &str, range: &Range<usize>) -> bool {
    let joined = |a: Option<char>, b: Option<char>| {
        a.zip(b).is_some_and(|(a, b)| (!a.is_ascii() || !b.is_ascii()) && is_word(a) && is_word(b))
    };
    let inside = &text[range.clone()];
    !joined(text[..range.start].chars().next_back(), inside.chars().next())
        && !joined(inside.chars().next_back(), text[range.end..].chars().next())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

static STATE_AT_END: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"\b(?:{}|{})[.,]?$", words::US_CODES, words::US_STATES))
        .expect("the pattern is fixed")
});

static PLACES: LazyLock<(Needles, Vec<&'static str>)> = LazyLock::new(|| {
    let names: Vec<&'static str> =
        words::COUNTRIES.iter().chain(words::CITIES).map(|(name, _)| *name).filter(|n| n.len() > 3).collect();
    (Needles::of(&names), names)
});

/// Most anchors of one line: one with more is a table that lost its breaks.
const MOST_OF_LINE: usize = 1_000;

/// Finds the anchors of one line by codes; the number of a box, given as the range `boxes` of `out`, is none.
pub(super) fn codes(lines: &[Line], at: usize, hint: &Hint, boxes: &Range<usize>, out: &mut Vec<Anchor>) {
    let text = lines[at].text;
    let mut from = 0;
    let most = out.len() + MOST_OF_LINE;
    while let Some((code, found)) = next_code(text, from) {
        if out.len() >= most {
            break;
        }
        from = found.end.max(from + 1);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let inside =
            out[boxes.clone()].iter().any(|b| b.range.start <= found.start && found.start < b.range.end);
        if inside {
            continue;
        }
        let words = &text[found.clone()];
        match classify(code, lines, at, found.clone(), hint) {
            Some(anchor) => out.push(anchor),
            // What was no code of this kind may hold one of another: look again from the next word.
            None => {
                if let Some(space) = words.find(' ') {
                    from = found.start + space + 1;
                }
            }
        }
    }
}

/// Finds the boxes of one line.
pub(super) fn boxes(lines: &[Line], at: usize, out: &mut Vec<Anchor>) {
    let anchor =
        |range| Anchor { line: at, range, form: Form::Box, strength: Strength::Medium, country: None };
    out.extend(shape::find_boxes(lines[at].text).take(MOST_OF_LINE).map(anchor));
}

/// Finds towns and countries that may end an address without a code.
pub(super) fn places(lines: &[Line], at: usize, out: &mut Vec<Anchor>) {
    let text = lines[at].text;
    let (needles, names) = &*PLACES;
    let mut last: Option<Anchor> = None;
    let mut from = 0;
    for at_word in capitals(text) {
        if at_word < from {
            continue;
        }
        let Some(found) = needles.at(text.as_bytes(), at_word) else { continue };
        from = found.end;
        let after = text[found.end..].chars().next();
        // `Lagos Island`, `Ghana Post`: the name of something else.
        let goes_on =
            text[found.end..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        if goes_on {
            continue;
        }
        if after.is_some_and(char::is_alphanumeric) {
            continue;
        }
        let name = names[found.index];
        let code = words::country(name).or_else(|| words::city(name));
        let mut end = found.end;
        if name == "dublin" {
            end += district(&text[end..]);
        }
        let anchor = Anchor {
            line: at,
            range: found.start..end,
            form: Form::Place,
            strength: Strength::Weak,
            country: code.and_then(|code| Country::parse(code).ok()),
        };
        // `Cork, Republic of Ireland`: the last of a run stands for all.
        if let Some(before) = last.take()
            && text[before.range.end..anchor.range.start].chars().any(char::is_alphanumeric)
        {
            out.push(before);
        }
        last = Some(anchor);
    }
    out.extend(last);
}

/// Returns the length of a district number after a town: ` 2` of `Dublin 2`.
fn district(rest: &str) -> usize {
    let Some(number) = rest.strip_prefix(' ') else { return 0 };
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let letter = usize::from(number[digits..].starts_with(['w', 'W']));
    if (1..=2).contains(&digits) && !number[digits + letter..].starts_with(char::is_alphanumeric) {
        1 + digits + letter
    } else {
        0
    }
}

/// Makes an anchor of a code, or nothing where it is none.
fn classify(kind: Code, lines: &[Line], at: usize, range: Range<usize>, hint: &Hint) -> Option<Anchor> {
    let text = lines[at].text;
    let code = &text[range.clone()];
    let make = |form, strength, country: &str| {
        let country = Country::parse(country).ok();
        Some(Anchor { line: at, range: range.clone(), form, strength, country })
    };
    match kind {
        Code::Gb => {
            let area: String = code.chars().take_while(char::is_ascii_alphabetic).collect();
            let known = words::GB_AREAS.contains(area.to_ascii_uppercase().as_str());
            let upper = !code.contains(|c: char| c.is_ascii_lowercase());
            let spaced = code.contains(char::is_whitespace);
            let strength = match (upper, known && spaced) {
                (true, true) => Strength::Strong,
                (true, false) => Strength::Medium,
                (false, true) => Strength::Weak,
                (false, false) => return None,
            };
            make(Form::CodeLast, strength, "GB")
        }
        Code::Ca => make(Form::CodeLast, Strength::Strong, "CA"),
        Code::Ie => {
            let tail = &code[code.len() - 4..];
            let mixed = tail.contains(|c: char| c.is_ascii_alphabetic());
            (mixed || hint.is("IE")).then(|| make(Form::CodeLast, Strength::Medium, "IE")).flatten()
        }
        Code::Us => make(Form::CodeLast, Strength::Strong, "US"),
        Code::Au => is_australian(code).then(|| make(Form::CodeLast, Strength::Strong, "AU")).flatten(),
        Code::Sg => make(Form::CodeLast, Strength::Strong, "SG"),
        Code::Nl => {
            let letters = &code[code.len() - 2..];
            let town = town_after(lines, at, &range);
            let clear = !matches!(letters, "SA" | "SD" | "SS") && town;
            clear.then(|| make(Form::CodeFirst, Strength::Strong, "NL")).flatten()
        }
        Code::Prefix => {
            let town = town_after(lines, at, &range);
            town.then(|| make(Form::CodeFirst, Strength::Medium, prefix_country(code))).flatten()
        }
        Code::In => {
            let (clear, known) = indian(lines, at, &range, hint);
            let strength = if known { Strength::Strong } else { Strength::Medium };
            clear.then(|| make(Form::CodeLast, strength, "IN")).flatten()
        }
        Code::Pt | Code::Pl | Code::Split => {
            let country = match kind {
                Code::Pt => "PT",
                Code::Pl => "PL",
                _ => "SE",
            };
            town_after(lines, at, &range).then(|| make(Form::CodeFirst, Strength::Weak, country)).flatten()
        }
        Code::Five => {
            // `Boston, Massachusetts` and the code on the next line.
            let alone = text[..range.start].trim().is_empty() && at > 0;
            if alone && STATE_AT_END.is_match(lines[at - 1].text) {
                return make(Form::CodeLast, Strength::Strong, "US");
            }
            let town = town_after(lines, at, &range);
            town.then(|| make(Form::CodeFirst, Strength::Medium, hint.of(&["DE", "FR", "ES", "IT"])))
                .flatten()
        }
        Code::Four => {
            let (form, strength, country) = four_digits(lines, at, &range, hint)?;
            make(form, strength, country)
        }
    }
}

/// Returns the country of the letters before a code: `D-10115`.
fn prefix_country(code: &str) -> &str {
    let length = code.bytes().take_while(u8::is_ascii_alphabetic).count();
    match &code[..length] {
        "D" => "DE",
        "A" => "AT",
        "F" => "FR",
        "I" => "IT",
        "E" => "ES",
        "B" => "BE",
        "L" => "LU",
        "S" => "SE",
        other if other.len() == 2 => other,
        _ => "",
    }
}

/// Returns whether four digits are of the state before them, by the ranges that Australia Post gives to each: `ACT 2600`,
/// but not the year of an `Act 2014`.
fn is_australian(code: &str) -> bool {
    let (state, digits) = code.split_at(code.len().saturating_sub(4));
    let Ok(number) = digits.parse::<u16>() else { return false };
    let state: String = state.chars().filter(char::is_ascii_alphabetic).collect();
    let within: &[std::ops::RangeInclusive<u16>] = match state.to_ascii_lowercase().as_str() {
        "act" => &[200..=299, 2600..=2618, 2900..=2920],
        "nsw" | "newsouthwales" => &[1000..=2999],
        "vic" | "victoria" => &[3000..=3999, 8000..=8999],
        "qld" | "queensland" => &[4000..=4999, 9000..=9999],
        "sa" | "southaustralia" => &[5000..=5999],
        "wa" | "westernaustralia" => &[6000..=6999],
        "tas" | "tasmania" => &[7000..=7999],
        "nt" | "northernterritory" => &[800..=999],
        _ => &[],
    };
    within.iter().any(|range| range.contains(&number))
}

/// Returns what four digits are, where a town stands before or after them.
fn four_digits(
    lines: &[Line],
    at: usize,
    range: &Range<usize>,
    hint: &Hint,
) -> Option<(Form, Strength, &'static str)> {
    let text = lines[at].text;
    let after = text[range.end..].trim_start();
    let before = text[..range.start].trim_end().trim_end_matches([',', '-', '–']).trim_end();
    let town = if before.is_empty() && at > 0 { lines[at - 1].text } else { before };
    let word = last_words(town, 24).trim().to_lowercase();
    let city = words::city(word.rsplit(',').next().unwrap_or_default().trim())
        .or_else(|| words::city(word.rsplit(' ').next().unwrap_or_default()));
    let ends = !after.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    if let Some(country @ ("ZA" | "NZ")) = city
        && ends
    {
        return Some((Form::CodeLast, Strength::Medium, country));
    }
    if town_after(lines, at, range) {
        let country = hint.of(&["AT", "CH", "BE", "DK", "NO", "LU", "HU"]);
        return Some((Form::CodeFirst, Strength::Weak, country));
    }
    let own = hint.of(&["ZA", "NZ", "AU"]);
    let last = ends && !own.is_empty() && town.ends_with(char::is_alphabetic);
    last.then_some((Form::CodeLast, Strength::Weak, own))
}

/// Returns whether six digits are an Indian code, and whether a known place says so.
fn indian(lines: &[Line], at: usize, range: &Range<usize>, hint: &Hint) -> (bool, bool) {
    let text = lines[at].text;
    let near = last_words(&text[..range.start], 70).to_lowercase();
    // `08394-226411`: a number with its area code.
    let dash = near.trim_end().strip_suffix(['-', '–']);
    if dash.is_some_and(|area| area.trim_end().ends_with(|c: char| c.is_ascii_digit())) {
        return (false, false);
    }
    let place = |text: &str| {
        text.split(|c: char| !c.is_alphabetic() && c != ' ').any(|part| {
            let part = part.trim();
            let mut blanks = part.rmatch_indices(' ').map(|(at, _)| at + 1);
            let (last, two) = (blanks.next().unwrap_or(0), blanks.next().unwrap_or(0));
            words::INDIA.contains(part)
                || words::INDIA.contains(&part[last..])
                || words::INDIA.contains(&part[two..])
        })
    };
    let after = text[range.end..].trim_start();
    let ends = after.is_empty()
        || after.starts_with([',', '.', ';', '(', '|', '-', '–', '·'])
        || after.starts_with(char::is_uppercase);
    let above = || at.checked_sub(1).is_some_and(|l| place(&last_words(lines[l].text, 70).to_lowercase()));
    let known = place(&near)
        || near.trim().is_empty() && above()
        || after.len() < 80 && after.to_lowercase().contains("india")
        || near.contains("pin");
    (known || ends && hint.is("IN") && near.trim_end().ends_with(['-', '–', ',']), known)
}

/// How much of what follows a code is looked at for a town, in bytes.
const MOST_TOWN: usize = 120;

/// Returns whether a town stands after a code: in the line, or as the next one where the code stands alone.
fn town_after(lines: &[Line], at: usize, code: &Range<usize>) -> bool {
    let text = lines[at].text;
    let rest = clip(text[code.end..].trim_start_matches([' ', ',', '\u{a0}', '-', '–']), MOST_TOWN);
    if rest.is_empty() {
        let next = lines.get(at + 1).filter(|_| code.start <= 3);
        return next.is_some_and(|next| {
            matches!(next.gap, Gap::Break | Gap::Near)
                && next.role == Role::Text
                && !next.linked
                && next.text.len() <= 40
                && next.text.starts_with(char::is_uppercase)
                && !shape::is_label(next.text)
                && !shape::is_foreign(next.text)
        });
    }
    let word = rest.split_whitespace().next().map(bare).unwrap_or_default();
    let named = rest.starts_with(char::is_uppercase)
        || rest.strip_prefix(['\'', '’', '‘']).is_some_and(|r| r.starts_with(['s', 't']))
        || rest.starts_with("l'")
        || rest.starts_with("l’");
    let elided = word.starts_with("d'") || word.starts_with("l'");
    (named || elided)
        && !shape::is_stop(&word)
        && !shape::is_month(&word)
        && (word.chars().count() > 1 || rest.len() > 2)
        && !matches!(
            word.as_str(),
            "eur" | "euro" | "usd" | "gbp" | "chf" | "km" | "uhr" | "mwst" | "prozent" | "eu"
        )
}

/// Returns the last `most` bytes of a text, from the start of a word on.
fn last_words(text: &str, most: usize) -> &str {
    let mut from = text.len().saturating_sub(most);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    if from == 0 { text } else { text[from..].split_once(' ').map_or("", |(_, rest)| rest) }
}

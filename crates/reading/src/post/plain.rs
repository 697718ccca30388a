//! Disguise undone: the text of a post as a person means it.
//!
//! Digits in circles, in full width, in bold letters of mathematics, as keycaps, with letters for 0 and 1, or with signs
//! between them become one number; digits spelt out in words too. Where a digit was disguised is kept: hiding a number
//! from a filter is a sign in itself. Every byte of the result knows where it stands in the source, so that a quote is
//! always the words as published.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use super::spoken;
use crate::email;
use crate::phone::{self, Regions};
use crate::window::clip;

/// The most bytes of one post that are read.
pub(super) const MOST_BYTES: usize = 400 << 10;

/// How a number was hidden.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Disguise {
    /// Digits from another alphabet: circled, full-width, bold, keycaps.
    Glyphs,
    /// Signs or spaces between single digits.
    Spaced,
    /// Letters for digits: `O` for 0, `l` for 1.
    Letters,
    /// Digits spelt out in words.
    Words,
}

/// A text without its disguises.
#[derive(Clone, Debug, Default)]
pub struct Plain {
    /// The text.
    pub text: String,
    /// For each byte of it, where it stands in the source.
    origin: Vec<u32>,
    /// What was hidden, as ranges of the text.
    pub hidden: Vec<(Range<usize>, Disguise)>,
}

impl Plain {
    /// Undoes the disguises of a post; numbers in national form are those of `regions`.
    #[must_use]
    pub fn of(source: &str, regions: &Regions) -> Self {
        let source = clip(source, MOST_BYTES);
        let glyphs = glyphs(source);
        let spoken = spoken::digits(&glyphs.text);
        // Half in words and half in digits is how nobody dictates: it hides.
        let how = |range: &Range<usize>| {
            let mixed = glyphs.text[range.clone()].bytes().any(|b| b.is_ascii_digit());
            if mixed { Disguise::Letters } else { Disguise::Words }
        };
        let spoken: Vec<_> =
            spoken.into_iter().map(|(range, digits)| (range.clone(), digits, how(&range))).collect();
        let spoken = glyphs.replace_marked(&spoken, regions);
        let streams = streams(&spoken.text);
        let numbers = spoken.replace_marked(&streams, regions);
        let numbers = numbers.put(&plus_without_country(&numbers.text, regions));
        let mail = spaced_mail(&numbers.text);
        let mailed = numbers.put(&mail);
        mailed.put(&told_mail(&mailed.text))
    }

    /// Returns the words of the source behind a range of the text.
    #[must_use]
    pub fn source_of<'s>(&self, source: &'s str, range: Range<usize>) -> &'s str {
        let at = |i: usize| self.origin.get(i).map_or(source.len().min(MOST_BYTES), |&o| o as usize);
        let (start, end) = (at(range.start), at(range.end));
        let start = source.floor_char_boundary(start.min(source.len()));
        let end = source.ceil_char_boundary(end.clamp(start, source.len()));
        &source[start..end]
    }

    /// Returns where a place of the source stands in the text.
    #[must_use]
    pub fn place_of(&self, source: usize) -> usize {
        let at = self.origin.partition_point(|&o| (o as usize) < source);
        self.text.ceil_char_boundary(at.min(self.text.len()))
    }

    /// Returns how the number at a range was hidden, if it was.
    #[must_use]
    pub fn disguise_at(&self, range: &Range<usize>) -> Option<Disguise> {
        self.hidden.iter().find(|(h, _)| h.start < range.end && range.start < h.end).map(|(_, how)| *how)
    }

    /// Puts numbers in international form in the place of what hides them; what is no number stays as it is.
    fn replace_marked(&self, found: &[(Range<usize>, String, Disguise)], regions: &Regions) -> Self {
        let number =
            |digits: &str| phone::normalise(digits, regions).map(|number| number.e164.as_str().to_owned());
        let numbers = found
            .iter()
            .filter_map(|(range, digits, how)| Some((range.clone(), number(digits)?, Some(*how))));
        self.put(&numbers.collect::<Vec<_>>())
    }

    /// Puts what is meant in the place of what hides it.
    fn put(&self, found: &[(Range<usize>, String, Option<Disguise>)]) -> Self {
        let mut next = Self::default();
        let mut at = 0;
        let mut hidden = self.hidden.iter().peekable();
        let mut carry = |next: &mut Self, from: usize, to: usize| {
            let shift = next.text.len();
            next.text.push_str(&self.text[from..to]);
            next.origin.extend_from_slice(&self.origin[from..to]);
            while let Some((range, how)) = hidden.peek() {
                if range.start >= to {
                    break;
                }
                if range.start >= from {
                    let end = range.end.min(to);
                    next.hidden.push((range.start - from + shift..end - from + shift, *how));
                }
                hidden.next();
            }
        };
        for (range, meant, how) in found {
            if range.start < at {
                continue;
            }
            carry(&mut next, at, range.start);
            let start = next.text.len();
            let origin = self.origin.get(range.start).copied().unwrap_or_default();
            next.text.push_str(meant);
            next.origin.resize(next.text.len(), origin);
            if let Some(how) = how {
                next.hidden.push((start..next.text.len(), self.disguise_at(range).unwrap_or(*how)));
            }
            at = range.end;
        }
        carry(&mut next, at, self.text.len());
        next
    }
}

/// Returns the plain character behind one of another alphabet of digits or letters.
fn unveil(c: char) -> Option<char> {
    let digit = |base: u32, from: u32| char::from_digit(u32::from(c) - base + from, 10);
    match u32::from(c) {
        0x2776..=0x277e => return digit(0x2776, 1),
        0x2780..=0x2788 => return digit(0x2780, 1),
        0x278a..=0x2792 => return digit(0x278a, 1),
        0x24ff | 0x1f10b | 0x1f10c => return Some('0'),
        0x24f5..=0x24fd => return digit(0x24f5, 1),
        0x660..=0x669 => return digit(0x660, 0),
        0x6f0..=0x6f9 => return digit(0x6f0, 0),
        0x966..=0x96f => return digit(0x966, 0),
        0x1fbf0..=0x1fbf9 => return digit(0x1fbf0, 0),
        0x1f130..=0x1f149 => return char::from_u32(u32::from(c) - 0x1f130 + u32::from('A')),
        0x1f150..=0x1f169 => return char::from_u32(u32::from(c) - 0x1f150 + u32::from('A')),
        0x1f170..=0x1f189 => return char::from_u32(u32::from(c) - 0x1f170 + u32::from('A')),
        0xff01..=0xff5e | 0x1d400..=0x1d7ff | 0x2460..=0x24ea | 0xb2 | 0xb3 | 0xb9 | 0x2070..=0x2089 => {}
        _ => return None,
    }
    let mut plain = std::iter::once(c).nfkc();
    match (plain.next(), plain.next()) {
        (Some(one), None) if one != c => Some(one),
        // `⑴` is written `(1)`; `⒈` is `1.`.
        (Some(open), Some(inner)) if open == '(' || inner == '.' => {
            Some(if open == '(' { inner } else { open })
        }
        _ => None,
    }
}

/// How many digits stand before a sign that parts a number from the next word.
const LEAST_BEFORE_SIGN: usize = 4;

/// Turns characters of other alphabets into plain ones and drops what shows nothing.
fn glyphs(source: &str) -> Plain {
    let mut plain = Plain::default();
    let mut chars = source.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let origin = u32::try_from(at).unwrap_or(u32::MAX);
        let push = |plain: &mut Plain, c: char, hidden: bool| {
            let start = plain.text.len();
            plain.text.push(c);
            plain.origin.resize(plain.text.len(), origin);
            if hidden {
                match plain.hidden.last_mut() {
                    Some((range, _)) if range.end == start => range.end = plain.text.len(),
                    _ => plain.hidden.push((start..plain.text.len(), Disguise::Glyphs)),
                }
            }
        };
        if let Some(shown) = unveil(c) {
            push(&mut plain, shown, shown.is_ascii_digit());
        } else if matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}') {
        } else if c.is_ascii_digit() && keycap(&mut chars) {
            push(&mut plain, c, true);
        } else if c == '='
            && plain.text.bytes().rev().take(LEAST_BEFORE_SIGN).filter(u8::is_ascii_digit).count()
                == LEAST_BEFORE_SIGN
            && chars.peek().is_some_and(|(_, next)| next.is_alphabetic())
        {
            // `5555541207=call me`: the sign only parts.
            push(&mut plain, ' ', false);
        } else {
            push(&mut plain, if c == '\u{a0}' || c == '\u{202f}' { ' ' } else { c }, false);
        }
    }
    plain
}

/// Takes the marks that make a keycap of the digit before; tells whether there were any.
fn keycap(chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>) -> bool {
    let mut any = false;
    while chars.next_if(|(_, c)| matches!(c, '\u{fe0f}' | '\u{20e3}')).is_some() {
        any = true;
    }
    any
}

/// Runs of digits (and letters that look like them) with at most three signs between.
static STREAM: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(r"\+?[ ]?\(?[0-9OoIl|](?:[^\p{L}\p{N}\n@,;:!?<>]{0,6}[0-9OoIl|]){6,24}")
});

/// A mailbox with room around its signs: `help @ acme . com`, `support @ mail . acme . com`.
static SPACED_MAIL: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    // The domain with two labels more, with one, and bare: a sentence may end behind it and the next begin like a label.
    ["{2}", "{1}", "{0}"].map(|more| {
        crate::post::rx(&format!(
            r"(?i)\b([a-z0-9][a-z0-9._+-]{{1,40}}) {{0,3}}@ {{0,3}}([a-z0-9][a-z0-9-]{{1,40}}(?: {{0,3}}\. {{0,3}}[a-z0-9][a-z0-9-]{{0,40}}){more}) {{0,3}}\. {{0,3}}([a-z]{{2,12}})\b"
        ))
    })
});

/// Finds mailboxes with room around their signs: honest people write so, too, to keep robots away. Where no room parts the dot, or
/// a sentence may end at it (`we met @ noon . it was late`), the word before has to be one that mailboxes are called.
fn spaced_mail(text: &str) -> Vec<(Range<usize>, String, Option<Disguise>)> {
    let mailbox = |captures: regex::Captures<'_>| {
        let whole = captures.get(0)?;
        let local = captures[1].to_ascii_lowercase();
        let host: String = captures[2].chars().filter(|c| *c != ' ').collect();
        let host = format!("{host}.{}", &captures[3]).to_ascii_lowercase();
        if !ladder::host::has_suffix(&host) {
            return None;
        }
        let before = &text[..whole.start()];
        let parted = whole.as_str().contains(" . ")
            && host.matches('.').count() == whole.as_str().matches(" . ").count();
        // Without room round its `@` a mailbox is roomy only where each of its dots has some; and who gives room to one dot
        // gives it to all.
        let tight = !whole.as_str().contains(" @ ");
        if (tight || whole.as_str().contains(" . ")) && !parted {
            return None;
        }
        let announced = email::is_announced(before) || email::is_mailbox(&local);
        let ends =
            text[whole.end()..].trim_start_matches(' ').chars().next().is_none_or(|c| !c.is_alphanumeric());
        let provider = email::is_for_everyone(&host) && whole.as_str().contains(" . ");
        (announced || provider || parted && (ends || tight) && !email::is_stop(&local))
            .then(|| (whole.range(), format!("{local}@{host}"), None))
    };
    if !text.contains(" @ ") && !text.contains(" . ") {
        return Vec::new();
    }
    let mut found: Vec<_> =
        SPACED_MAIL.iter().flat_map(|roomy| roomy.captures_iter(text).filter_map(mailbox)).collect();
    found.sort_by_key(|(range, _, _)| (range.start, std::cmp::Reverse(range.end)));
    found
}

/// A mailbox whose every sign is a word (`exec dot team at acme dot com`), one that a line feed parts behind its `@`, and one
/// that tells of the sign (`ceo, then the at sign, then acme.com`): what robots do not read and people do.
static TOLD_MAIL: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    [
        r"(?i)\b([a-z0-9][a-z0-9_-]{0,30}(?:\s+dot\s+[a-z0-9][a-z0-9_-]{0,30}){1,3})\s+at\s+([a-z0-9-]{2,40}(?:(?:\s+dot\s+|\.)[a-z0-9-]{2,20}){1,3})\b",
        r"(?i)\b([a-z0-9][a-z0-9._+-]{1,40})@[ \t]*\n\s*([a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,20}){1,3})\b",
        r"(?i)\b([a-z0-9][a-z0-9._+-]{1,40}),?\s+(?:then|and|plus|followed by)\s+(?:an?\s+|the\s+)?(?:usual\s+)?(?:at[- ]?sign|at[- ]?symbol|@)(?:\s+(?:sign|symbol))?,?\s+(?:then|and|plus|followed by)\s+([a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,20}){1,3})\b",
    ]
    .map(crate::post::rx)
});

/// Finds mailboxes that are told in words.
fn told_mail(text: &str) -> Vec<(Range<usize>, String, Option<Disguise>)> {
    static DOT: LazyLock<Regex> = LazyLock::new(|| crate::post::rx(r"(?i)\s+dot\s+"));
    let mailbox = |captures: regex::Captures<'_>| {
        let whole = captures.get(0)?;
        let local = DOT.replace_all(&captures[1], ".").to_ascii_lowercase();
        let host = DOT.replace_all(&captures[2], ".").to_ascii_lowercase();
        ladder::host::has_suffix(&host).then(|| (whole.range(), format!("{local}@{host}"), None))
    };
    let mut found: Vec<_> =
        TOLD_MAIL.iter().flat_map(|told| told.captures_iter(text).filter_map(mailbox)).collect();
    found.sort_by_key(|(range, _, _)| range.start);
    found
}

/// Finds numbers that are hidden by signs between their digits or by letters for digits.
fn streams(text: &str) -> Vec<(Range<usize>, String, Disguise)> {
    let mut found = Vec::new();
    for m in STREAM.find_iter(text) {
        // A word that ends in such letters is none of the number: `call 8…`.
        let lead = lead(m.as_str());
        let (start, end) = (m.start() + lead, m.end());
        let beside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '@' | '_' | '/'));
        if beside(text[..start].chars().next_back()) || beside(text[end..].chars().next()) {
            continue;
        }
        let run = &m.as_str()[lead..];
        // A word of such letters before the number is a word: `lo 02 …`.
        if run.split(' ').next().is_some_and(|w| {
            w.len() > 1 && w.chars().all(char::is_alphabetic) || w == "I" || w == "o" || w == "O" || w == "l"
        }) {
            continue;
        }
        // Two bars part groups; one may stand for a one.
        let bars = run.contains("||");
        let is_letter = |c: char| matches!(c, 'O' | 'o' | 'I' | 'l') || c == '|' && !bars;
        let real = run.bytes().filter(u8::is_ascii_digit).count();
        let letters = run.chars().filter(|&c| is_letter(c)).count();
        let mut groups: Vec<usize> = Vec::new();
        let mut between = true;
        let mut odd = 0;
        for c in run.chars() {
            if c.is_ascii_digit() || is_letter(c) {
                if between {
                    groups.push(0);
                }
                if let Some(last) = groups.last_mut() {
                    *last += 1;
                }
                between = false;
            } else {
                between = true;
                odd += usize::from(is_odd(c));
            }
        }
        let singles = groups.iter().filter(|&&len| len == 1).count();
        // `((833))-(783)`, `+(39) (350) (929)`, `1_833-666-0450`: brackets in brackets, round every group, a sign in a common form.
        let bracketed = run.contains("))") || run.matches('(').count() >= 3;
        let american = matches!(groups[..], [1, 3, 3, 4] | [3, 3, 4]);
        let how = match () {
            () if letters > 0 && letters <= 5 && real >= 6 => Disguise::Letters,
            () if letters > 0 => continue,
            () if singles >= 5 && singles + 1 >= groups.len() / 2 || odd >= 2 => Disguise::Spaced,
            () if doubled(run) && groups.len() <= 5 && real >= 10 => Disguise::Spaced,
            () if bracketed && groups.len() >= 3 || american && odd == 1 => Disguise::Spaced,
            () => continue,
        };
        if !(9..=13).contains(&(real + letters)) {
            continue;
        }
        let mut digits: String = if run.trim_start().starts_with('+') { "+".into() } else { String::new() };
        digits.extend(run.chars().filter_map(|c| match c {
            '0'..='9' => Some(c),
            'O' | 'o' => Some('0'),
            'I' | 'l' => Some('1'),
            '|' if !bars => Some('1'),
            _ => None,
        }));
        // Brackets that close round the last group belong to it.
        let open = run.matches('(').count().saturating_sub(run.matches(')').count());
        let closed = text[end..].bytes().take(open).take_while(|&b| b == b')').count();
        found.push((start..end + closed, digits, how));
    }
    found
}

/// How much of a run of digits stands before the number: words of letters alone, white space, and what an equals sign parts.
fn lead(run: &str) -> usize {
    let from = run.rfind(" = ").map_or(0, |at| at + 3);
    let mut at = from;
    loop {
        let rest = &run[at..];
        let word = rest.find(' ').map_or(rest, |end| &rest[..end]);
        if word.len() == rest.len() || !word.chars().all(char::is_alphabetic) {
            return at;
        }
        at += word.len() + 1;
    }
}

/// Whether two signs part groups where one is enough, or one that is no sign of numbers: `0749..891`, `0815+995`, `98~243`.
fn doubled(run: &str) -> bool {
    let signs = |c: u8| matches!(c, b'.' | b'-' | b'/' | b'~' | b'+' | b'*');
    let inner = run.trim_start_matches(['+', ' ', '(']).as_bytes();
    inner.windows(2).any(|pair| pair.iter().all(|&c| signs(c)))
        || inner.iter().any(|c| matches!(c, b'~' | b'+' | b'*'))
}

/// Finds toll-free numbers of North America that bear a plus and no country: `+8445550163`.
fn plus_without_country(text: &str, regions: &Regions) -> Vec<(Range<usize>, String, Option<Disguise>)> {
    static BARE: LazyLock<Regex> =
        LazyLock::new(|| crate::post::rx(r"\+\(?8(?:00|33|44|55|66|77|88)\)?[ .-]?\d{3}[ .-]?\d{4}\b"));
    let meant = |found: regex::Match<'_>| {
        let digits: String = found.as_str().chars().filter(char::is_ascii_digit).collect();
        let number = phone::normalise(&digits, regions)?.e164.as_str().to_owned();
        number.starts_with("+1").then(|| (found.range(), number, None))
    };
    BARE.find_iter(text).filter_map(meant).collect()
}

/// Whether a sign is none that people put into telephone numbers.
const fn is_odd(c: char) -> bool {
    !matches!(
        c,
        ' ' | '-' | '.' | '/' | '(' | ')' | '+' | '\u{2010}'
            ..='\u{2015}' | '\u{2212}' | '[' | ']' | '\'' | '"'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use ladder::Country;

    fn plain(text: &str, country: &str) -> (String, Vec<Disguise>) {
        let regions = Regions::of_country(Country::parse(country).unwrap());
        let plain = Plain::of(text, &regions);
        let how = plain.hidden.iter().map(|(_, how)| *how).collect();
        (plain.text, how)
    }

    #[test]
    fn numbers_in_nested_brackets_and_odd_groups_and_roomy_mailboxes_are_read() {
        for (text, meant) in [
            ("just call ((202))-(555)-((0143)) now", "just call +12025550143 now"),
            ("1_202-555-0143 answers", "+12025550143 answers"),
            ("at (1||202||555||0143) today", "at +12025550143 today"),
            ("WhatsApp: +(44) (7700) (900) (123)", "WhatsApp: +447700900123"),
            ("write to helper @ acme . com", "write to helper@acme.com"),
            ("e-mail: claims @ mail . acme . com, please", "e-mail: claims@mail.acme.com, please"),
            ("find us @ acme.com", "find us @ acme.com"),
            ("we met @ noon . it was late", "we met @ noon . it was late"),
            ("we met @ noon . then we left", "we met @ noon . then we left"),
            (
                "the lady is claims @ quillbank . example. Nobody else",
                "the lady is claims@quillbank.example. Nobody else",
            ),
            ("try appeals@quillbank . example before that", "try appeals@quillbank.example before that"),
            ("copy chair dot desk at quillbank dot example too", "copy chair.desk@quillbank.example too"),
            ("look at the dot on it at noon", "look at the dot on it at noon"),
            (
                "he is m.hale@\n   quillbank.example (in two lines)",
                "he is m.hale@quillbank.example (in two lines)",
            ),
            ("it's board.desk, then an at sign, then quillbank.example", "it's board.desk@quillbank.example"),
            ("HELPDESK 8OO 2O2 O143", "HELPDESK +18002020143"),
            ("Care Desk 2O2-555-OI43 now", "Care Desk +12025550143 now"),
            ("24x7 = (202) 5-5-5-0-1-4-3", "24x7 = +12025550143"),
            ("ring 2O2 ···· 555 ···· OI43", "ring +12025550143"),
        ] {
            assert_eq!(plain(text, "US").0, meant);
        }
        assert!(plain("write to helper @ acme . com", "US").1.is_empty());
    }

    #[test]
    fn disguised_numbers_are_told_and_undone() {
        for (text, country, expected, how) in [
            ("dial ①-⑧④④-⑤⑤⑤-⓪①⑥③ now", "US", "dial 1-844-555-0163 now", Disguise::Glyphs),
            ("call 8✶4✶4✶5✶5✶5✶0✶1✶6✶3", "US", "call +18445550163", Disguise::Spaced),
            ("8 4 4 . 5 5 5 . 0 1 6 3 and", "US", "+18445550163 and", Disguise::Spaced),
            ("ring 8OO-555-O1l2.", "US", "ring +18005550112.", Disguise::Letters),
            (
                "on eight-seven-seven, five-five-five, zero-one-six-three.",
                "US",
                "on +18775550163.",
                Disguise::Words,
            ),
        ] {
            let (found, hidden) = plain(text, country);
            assert_eq!(found, expected);
            assert!(hidden.contains(&how), "{text}: {hidden:?}");
        }
    }

    #[test]
    fn ordinary_numbers_and_prices_are_left_as_they_are() {
        for text in
            ["call 1-800-555-0129", "020 7946 0680", "61 auf 134 €, 12.05.2025", "1. one 2. two 3. three"]
        {
            assert_eq!(plain(text, "GB").0, text);
        }
    }

    #[test]
    fn a_quote_is_the_words_as_published() {
        let source = "dial ①-⑧④④-⑤⑤⑤-⓪①⑥③ now";
        let plain = Plain::of(source, &Regions::of_country(Country::parse("US").unwrap()));
        assert_eq!(plain.source_of(source, 0..plain.text.len()), source);
        assert_eq!(plain.source_of(source, 0..4), "dial");
    }
}

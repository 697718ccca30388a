//! Labels: the words beside a number that say what it is, and what it is not.
//!
//! The word nearest to a number decides: "VAT 123 456 789 · Tel 020 7946 0123" holds one telephone number. The words are
//! rows of a table, in the languages that the product reads; all are looked for at once. Single letters ("T", "F:")
//! and signs (☎) count too, but only right beside the number.

use std::ops::Range;
use std::sync::LazyLock;

use super::words::{ALIEN, FAX, NEUTRAL, PHONE, SIGNS, SMS, TEXTPHONE, WEAK, WHATSAPP};
use crate::needles::Needles;
use crate::window::clip;

/// What a word says of the number beside it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum Label {
    /// It is spoken into.
    Phone,
    /// It takes fax.
    Fax,
    /// It takes typed text: TTY, minicom, relay.
    Textphone,
    /// It takes `WhatsApp` or another messenger.
    Messenger,
    /// It takes SMS.
    Sms,
    /// It might be a number: "contact", "support". Not enough for a number of doubtful shape.
    Weak,
    /// The word is of something else that has no number: an e-mail address, opening hours.
    Neutral,
    /// It is no telephone number: a company number, a price, a date.
    Alien,
}

impl Label {
    /// Returns whether it says that something can be dialled or written to at the number.
    pub(super) const fn reaches(self) -> bool {
        matches!(self, Self::Phone | Self::Fax | Self::Textphone | Self::Messenger | Self::Sms)
    }
}

/// A label as heard in a text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Heard {
    /// What it says.
    pub(super) label: Label,
    /// Where its words stand in the text searched.
    pub(super) at: Range<usize>,
}

struct Words {
    finder: Needles,
    labels: Vec<Label>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let rows = [
        (PHONE, Label::Phone),
        (FAX, Label::Fax),
        (TEXTPHONE, Label::Textphone),
        (WHATSAPP, Label::Messenger),
        (SMS, Label::Sms),
        (WEAK, Label::Weak),
        (NEUTRAL, Label::Neutral),
        (ALIEN, Label::Alien),
    ];
    let (mut patterns, mut labels) = (Vec::new(), Vec::new());
    for (table, label) in rows {
        for word in super::words::words(table) {
            patterns.push(word.to_owned());
            labels.push(label);
            // The automaton folds the case of ASCII alone.
            let upper = word.to_uppercase();
            if upper.to_ascii_lowercase() != word {
                patterns.push(upper);
                labels.push(label);
            }
        }
    }
    for &(sign, label) in SIGNS {
        patterns.push(sign.to_owned());
        labels.push(label);
    }
    Words { finder: Needles::of(&patterns), labels }
});

/// Hears every label of a text, in order.
pub(super) fn hear(text: &str) -> impl Iterator<Item = Heard> + '_ {
    let words = &*WORDS;
    words.finder.find_iter(text).filter_map(move |found| {
        let at = found.range();
        let joined = text[..at.start].chars().next_back().is_some_and(|c| c.is_alphabetic() || c == '-');
        if joined && NUMBERS.iter().any(|stem| text[at.clone()].eq_ignore_ascii_case(stem)) {
            return Some(Heard { label: Label::Alien, at });
        }
        stands_alone(text, &at).then(|| Heard { label: words.labels[found.index], at })
    })
}

/// Words that German and Dutch join to what is numbered: "Vorgangsnummer", "Vertragskonto". Those of numbers that one can
/// dial are rows of the tables, and found first.
const NUMBERS: [&str; 3] = ["nummer", "nummern", "konto"];

/// Returns whether words found are whole words. Letters may follow a sign, and digits any label: "Tel0301234".
fn stands_alone(text: &str, at: &Range<usize>) -> bool {
    if OPEN.iter().any(|stem| text[at.clone()].eq_ignore_ascii_case(stem)) {
        // Names of firms end in `fax`; what is a fax number says so by a word of its own, or begins with it.
        let named = text[at.clone()].eq_ignore_ascii_case("fax")
            && text[..at.start].chars().next_back().is_some_and(char::is_alphabetic);
        return !named;
    }
    let first_is_word = text[at.clone()].chars().next().is_some_and(char::is_alphanumeric);
    let last_is_word = text[at.clone()].chars().next_back().is_some_and(char::is_alphanumeric);
    let before = text[..at.start].chars().next_back().is_some_and(char::is_alphabetic);
    let after = text[at.end..].chars().next().is_some_and(char::is_alphabetic);
    !(first_is_word && before || last_is_word && after)
}

/// Words that German and Dutch join to others: "Servicehotline", "Faxnr.", "telefoonnummer".
const OPEN: [&str; 8] =
    ["telefon", "telefoon", "telefax", "fax", "hotline", "rufnummer", "durchwahl", "telefonnummer"];

/// Returns the label nearest to the end of a text that stands before a number, single letters counted in, and all labels
/// joined to it by nothing but "/", "&", "and" and the like ("Tel/Fax", "Phone and `WhatsApp`").
pub(super) fn nearest(before: &str) -> Option<(Heard, Vec<Label>)> {
    if let Some(letter) = single_letter(before) {
        let label = letter.label;
        return Some((letter, vec![label]));
    }
    let mut chain: Vec<Label> = Vec::new();
    let mut last: Option<Heard> = None;
    for heard in hear(before) {
        if !in_reach(before, &heard) {
            continue;
        }
        if let Some(previous) = &last
            && !(joins(&before[previous.at.end..heard.at.start])
                && previous.label.reaches()
                && heard.label.reaches())
        {
            chain.clear();
        }
        // A word of no weight right after one of weight explains it: "call our support team on".
        if heard.label == Label::Weak
            && let Some(previous) = &last
            && previous.label.reaches()
            && heard.at.start - previous.at.end < 40
        {
            chain.push(previous.label);
            continue;
        }
        chain.push(heard.label);
        last = Some(heard);
    }
    last.map(|heard| (heard, chain))
}

/// Returns the labels of a text that stands apart from the number it names: a header cell, a line above, a term. A long
/// text, or one that has numbers of its own, names nothing.
pub(super) fn heading(text: &str) -> Vec<Label> {
    let text = text.trim();
    if text.is_empty()
        || text.len() > 80
        || text.split(' ').count() > 7
        || text.bytes().filter(u8::is_ascii_digit).count() > 4
    {
        return Vec::new();
    }
    nearest(text).map(|(_, labels)| labels).unwrap_or_default()
}

/// Returns whether a word stands near enough to the end of a text to speak of what comes next. A number that nobody can
/// dial follows its word at once ("Company No. 0123"), and so do fax and text numbers; a telephone may be led up to at length.
fn in_reach(before: &str, heard: &Heard) -> bool {
    let between = &before[heard.at.end..];
    match heard.label {
        Label::Alien => {
            between.len() <= 32
                && between
                    .split(|c: char| !c.is_alphanumeric())
                    .filter(|word| !word.is_empty())
                    .all(|word| LINKING.contains(&word.to_lowercase().as_str()))
        }
        Label::Sms | Label::Fax | Label::Textphone | Label::Messenger => between.len() <= 48,
        Label::Neutral => between.len() <= 12,
        Label::Phone | Label::Weak => true,
    }
}

/// Words that may stand between the name of a number and its digits.
const LINKING: [&str; 32] = [
    "no",
    "nos",
    "nr",
    "num",
    "number",
    "numbers",
    "is",
    "are",
    "of",
    "with",
    "under",
    "the",
    "and",
    "wales",
    "england",
    "scotland",
    "uk",
    "ireland",
    "n",
    "nummer",
    "numéro",
    "número",
    "numero",
    "sous",
    "le",
    "la",
    "reg",
    "id",
    "registration",
    "b",
    "de",
    "s",
];

/// Returns whether a text does no more than join two labels.
fn joins(between: &str) -> bool {
    let trimmed =
        between.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '(' | ')' | '-'));
    trimmed.len() <= 5
        && (trimmed.is_empty()
            || matches!(
                trimmed,
                "/" | "&"
                    | "+"
                    | "|"
                    | ","
                    | "and"
                    | "or"
                    | "und"
                    | "oder"
                    | "et"
                    | "ou"
                    | "y"
                    | "o"
                    | "e"
                    | "en"
                    | "of"
                    | "& "
            ))
}

/// Hears "T", "F:", "(M)" and the like where nothing but punctuation follows.
fn single_letter(before: &str) -> Option<Heard> {
    let tail = before.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | '.' | ')' | '|' | '-' | '+' | '(' | '=')
    });
    let marked = before[tail.len()..].contains([':', '.', ')', '|']);
    let letter = tail.chars().next_back()?;
    let label = match letter.to_ascii_lowercase() {
        't' | 'p' | 'm' | 'c' | 'd' | 'o' | 'h' => Label::Phone,
        'f' => Label::Fax,
        _ => return None,
    };
    let rest = &tail[..tail.len() - letter.len_utf8()];
    let previous = rest.trim_end_matches([' ', '\u{a0}']).chars().next_back();
    let opens = match rest.chars().next_back() {
        None => true,
        Some(c) if c.is_whitespace() => {
            marked || letter.is_uppercase() && !previous.is_some_and(char::is_alphabetic)
        }
        Some(c) => matches!(c, '(' | '|' | '/' | ',' | ';' | '•' | '·' | '[' | '>'),
    };
    // Two letters with stops are an abbreviation: "a.m.", "p.m. 10".
    let abbreviation = rest.ends_with('.');
    (opens && !abbreviation).then_some(Heard { label, at: rest.len()..tail.len() })
}

/// Returns the label that follows a number directly: "(650) 555-0123 phone", "020 7946 0123 (fax)".
/// A label that is followed by a colon belongs to what comes after it.
pub(super) fn trailing(after: &str) -> Option<Heard> {
    let lead = after.len()
        - after
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '-' | '–' | ',' | '['))
            .len();
    let window = clip(after, 48);
    let heard = hear(window).next()?;
    if heard.at.start > lead
        || window[..heard.at.end].ends_with(':')
        || !(heard.label.reaches() || heard.label == Label::Alien)
    {
        return None;
    }
    let rest = after[heard.at.end..].trim_start_matches(['.', ' ', '\u{a0}']);
    // "575-555-0306, PO Box 2400": the box has a number of its own.
    if heard.label == Label::Alien && rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let ends = rest.is_empty()
        || rest.starts_with([')', ',', ';', '|', '\n', '/', ']', '•', '·', '&'])
        || after[lead..].starts_with(char::is_alphabetic)
            && rest.starts_with(|c: char| c.is_ascii_digit() || c == '(' || c == '+');
    ends.then_some(heard)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(before: &str) -> Option<Label> {
        nearest(before).map(|(heard, _)| heard.label)
    }

    #[test]
    fn the_nearest_word_decides() {
        for (before, expected) in [
            ("Tel: ", Some(Label::Phone)),
            ("Company No. 1234. Tel ", Some(Label::Phone)),
            ("Telephone us. VAT No. ", Some(Label::Alien)),
            ("Telefon/Telefax ", Some(Label::Fax)),
            ("Télécopie : ", Some(Label::Fax)),
            ("TÉLÉPHONE ", Some(Label::Phone)),
            ("hotels ", None),
            ("☎ ", Some(Label::Phone)),
            ("F: ", Some(Label::Fax)),
            ("T ", Some(Label::Phone)),
            ("Model T ", None),
            ("(F) ", Some(Label::Fax)),
            ("open 9 a.m. ", None),
            ("Call our support team on ", Some(Label::Phone)),
            ("Write to support at ", Some(Label::Weak)),
        ] {
            assert_eq!(label(before), expected, "{before}");
        }
    }

    #[test]
    fn labels_that_share_a_number_are_all_heard() {
        let chain = |before| nearest(before).map(|(_, chain)| chain).unwrap();
        assert_eq!(chain("Tel/Fax: "), [Label::Phone, Label::Fax]);
        assert_eq!(chain("Phone / WhatsApp "), [Label::Phone, Label::Messenger]);
        assert_eq!(chain("Tel 0123, Fax "), [Label::Fax]);
    }

    #[test]
    fn a_label_may_follow_its_number() {
        for (after, expected) in [
            (" phone", Some(Label::Phone)),
            (" (fax)", Some(Label::Fax)),
            (" Fax: 020", None),
            (" fax\n", Some(Label::Fax)),
            (" and then call", None),
        ] {
            assert_eq!(trailing(after).map(|h| h.label), expected, "{after}");
        }
    }
}

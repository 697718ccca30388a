//! Names: the capitalised phrase in which an organisation's name is printed.
//!
//! Names are read from the words themselves and never made up: a phrase is grown from a word that is known to belong to
//! it (an ombudsman, a domain) over its capitalised neighbours and the small words between them.

use std::ops::Range;

use super::fold::fold;

/// Small words that stand inside of names.
const INNER: &[&str] = &[
    "of", "the", "for", "and", "&", "de", "des", "du", "la", "le", "les", "der", "die", "das", "für", "und",
    "von", "van", "voor", "den", "del", "di", "dei", "della", "delle", "el", "los", "las", "y", "e", "et",
    "en", "d", "a", "to", "het", "beim", "zur", "zum", "in", "per", "au", "aux", "à",
];

/// The longest name, in words.
const MOST_WORDS: usize = 10;

/// Words that begin a sentence or label rather than a name.
const NOT_FIRST: &[&str] = &[
    "the",
    "or",
    "and",
    "if",
    "you",
    "your",
    "our",
    "we",
    "please",
    "contact",
    "call",
    "visit",
    "write",
    "website",
    "web",
    "email",
    "e-mail",
    "telephone",
    "tel",
    "phone",
    "via",
    "at",
    "by",
    "to",
    "for",
    "of",
    "in",
    "on",
    "with",
    "die",
    "der",
    "das",
    "le",
    "la",
    "les",
    "el",
    "los",
    "il",
    "lo",
    "het",
    "de",
    "address",
    "online",
    "from",
    "this",
    "that",
    "adresse",
    "des",
    "du",
    "del",
    "see",
    "further",
    "refer",
    "also",
    "then",
    "sie",
    "vous",
    "zuständige",
    "zuständiger",
    "authorised",
    "regulated",
    "members",
    "member",
    "step",
    "report",
    "escalate",
    "kontakt",
    "when",
    "how",
    "complaints",
    "a",
    "an",
    "l",
    "au",
    "aux",
    "au",
    "à",
    "copyright",
    "authorized",
    "licensed",
    "registered",
    "about",
    "complaint",
    "und",
    "et",
    "y",
    "e",
    "en",
    "u",
    "bei",
    "beim",
    "zur",
    "zum",
];

/// Abbreviated legal forms: a name ends with them, and so does the sentence that they stand last in.
const LAST: &[&str] =
    &["Ltd.", "Inc.", "Co.", "Corp.", "LLC.", "S.A.", "S.L.", "B.V.", "S.p.A.", "S.r.l.", "e.V."];

/// Returns the name that is printed around a word of it.
pub(super) fn around(text: &str, range: Range<usize>) -> String {
    let words = words_of(text);
    let inside = |w: &Range<usize>| w.start < range.end && range.start < w.end;
    let Some(first) = words.iter().position(inside) else { return text[range].to_owned() };
    let last = words.iter().rposition(inside).unwrap_or(first);
    let (mut from, mut to) = (first, last);
    while from > 0 && last - from < MOST_WORDS && joined(text, &words[from - 1], &words[from]) {
        match &text[words[from - 1].clone()] {
            word if is_capital(word) => from -= 1,
            word if is_inner(word) => {
                let mut next = from - 1;
                while next > 0 && from - next <= 2 && is_inner(&text[words[next].clone()]) {
                    if !joined(text, &words[next - 1], &words[next]) {
                        break;
                    }
                    next -= 1;
                }
                if is_capital(&text[words[next].clone()]) {
                    from = next;
                } else {
                    break;
                }
            }
            _ => break,
        }
    }
    while to + 1 < words.len()
        && to - first < MOST_WORDS
        && !LAST.contains(&&text[words[to].clone()])
        && joined(text, &words[to], &words[to + 1])
    {
        match &text[words[to + 1].clone()] {
            word if is_capital(word) => to += 1,
            word if is_inner(word) => {
                let mut next = to + 2;
                while next < words.len() && next <= to + 3 && is_inner(&text[words[next].clone()]) {
                    next += 1;
                }
                let genitive = matches!(word, "de" | "du" | "des" | "del" | "di" | "della");
                let fits = |w: &Range<usize>| is_capital(&text[w.clone()]) || (genitive && w.len() >= 5);
                if words.get(next).is_some_and(fits) && joined(text, &words[next - 1], &words[next]) {
                    to = next;
                } else {
                    break;
                }
            }
            _ => break,
        }
    }
    while from < first && NOT_FIRST.contains(&text[words[from].clone()].to_lowercase().as_str()) {
        from += 1;
    }
    tidy(&text[words[from].start..words[to].end])
}

/// Returns the name in a text that, written in one, begins with or is the beginning of `label` (a domain's own word).
pub(super) fn spelled_like(text: &str, label: &str) -> Option<String> {
    let label: String = fold(label).chars().filter(char::is_ascii_alphanumeric).collect();
    if label.len() < 4 {
        return None;
    }
    let words = words_of(text);
    for start in 0..words.len() {
        let mut squash = String::new();
        for end in start..words.len().min(start + 5) {
            squash.extend(fold(&text[words[end].clone()]).chars().filter(char::is_ascii_alphanumeric));
            if squash.len() > label.len() || !label.starts_with(squash.as_str()) {
                break;
            }
            let whole =
                squash.len() == label.len() || (squash.len() >= 6 && 3 * squash.len() >= 2 * label.len());
            if whole && is_capital(&text[words[start].clone()]) {
                return Some(around(text, words[start].start..words[end].end));
            }
        }
    }
    None
}

/// Splits a text into words: no white space, brackets, quotes or separators.
fn words_of(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let part = c.is_alphanumeric() || matches!(c, '&' | '\'' | '’' | '-' | '‑' | '.' | '+');
        match (part, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| from..text.len()));
    words
}

/// Returns whether only a space parts two words and the first does not end a sentence.
fn joined(text: &str, a: &Range<usize>, b: &Range<usize>) -> bool {
    let gap = &text[a.end..b.start];
    let stop = text[a.clone()].ends_with('.') && a.len() > 5;
    !stop && (gap == " " || gap == "\u{a0}")
}

/// Returns whether a word begins with a capital or is a number inside of a name.
fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Returns whether a word may stand inside of a name.
fn is_inner(word: &str) -> bool {
    INNER.contains(&word)
        || word.starts_with("d'")
        || word.starts_with("l'")
        || word.starts_with("d’")
        || word.starts_with("l’")
}

/// Trims marks and white space.
fn tidy(name: &str) -> String {
    let name =
        name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | ';' | '-' | '.' | '&'));
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_grown_over_its_capitals() {
        for (text, word, name) in [
            (
                "you may refer it to the Widget Ombudsman Service within",
                "Ombudsman",
                "Widget Ombudsman Service",
            ),
            ("ask the Office of the Rail Ombudsman, PO Box 1", "Ombudsman", "Office of the Rail Ombudsman"),
            ("Médiateur de la consommation XYZ - BP 1", "Médiateur", "Médiateur de la consommation XYZ"),
            ("or ask an ombudsman for help", "ombudsman", "ombudsman"),
            (
                "Zuständige Aufsichtsbehörde: Landratsamt Musterkreis",
                "Landratsamt",
                "Landratsamt Musterkreis",
            ),
        ] {
            let at = text.find(word).unwrap();
            assert_eq!(around(text, at..at + word.len()), name);
        }
    }

    #[test]
    fn a_domain_is_known_by_the_name_it_spells() {
        let text = "Contact Ann Other with Harbour Speakers Bureau at";
        assert_eq!(spelled_like(text, "harbourspeakers").as_deref(), Some("Harbour Speakers Bureau"));
        assert_eq!(spelled_like(text, "contactless"), None);
        assert_eq!(spelled_like(text, "ann"), None);
    }
}

//! Where a name or street ends and the sentence before it begins.
//!
//! An address in running text has words before it: "write to us at Acme Ltd, 1 High Street". [`tail`] finds the longest end
//! of a piece that reads like a name, and tells whether the word before it leads in.

use crate::postal::shape::{find_boxes, opens_with_attention};
use crate::postal::words::{self, bare};

/// The end of a piece that could be part of an address, and what stands before it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Tail {
    /// The whole piece could be.
    Whole(usize),
    /// The rest from there on, after a word that leads in.
    After(usize),
    /// The rest from there on, after any other word.
    Cut(usize),
}

/// Returns the longest end of `text` that reads like a name or a street rather than a sentence.
pub(super) fn tail(text: &str) -> Tail {
    let mut tokens: Vec<(usize, &str)> = Vec::with_capacity(12);
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let trimmed = word.trim();
        if !trimmed.is_empty() {
            tokens.push((at + (word.len() - word.trim_start().len()), trimmed));
        }
        at += word.len();
    }
    let plain = tokens.len() <= 10 && opens_with_attention(text)
        || romance_street(&tokens)
        || small_firm(&tokens)
        || relations(&tokens);
    let boxed = find_boxes(text).next();
    let mut start = tokens.len();
    let mut stopped = None;
    let mut in_brackets = false;
    for (i, (offset, word)) in tokens.iter().enumerate().rev() {
        let in_box = boxed.as_ref().is_some_and(|b| b.contains(offset));
        let closes = word.ends_with(')') || word.ends_with("),");
        in_brackets |= closes && text.contains('(');
        if !(plain || in_box || in_brackets || reads_as_name(word)) || tokens.len() - i > 14 {
            stopped = Some(bare(word));
            break;
        }
        if in_brackets && word.starts_with('(') {
            in_brackets = false;
        }
        start = i;
    }
    let opens_box = |at: usize| boxed.as_ref().is_some_and(|b| b.start == at);
    while !plain && tokens.get(start).is_some_and(|(at, word)| is_small(word) && !opens_box(*at)) {
        start += 1;
    }
    if start == 0 && tokens.len() > 1 {
        let first = bare(tokens[0].1);
        if words::OPENERS.contains(first.as_str()) {
            start = 1;
            stopped = Some(first);
        }
    }
    let offset = tokens.get(start).map_or(text.len(), |(at, _)| *at);
    match stopped {
        None => Tail::Whole(offset),
        Some(word) if words::LEAD_INS.contains(word.as_str()) || words::OPENERS.contains(word.as_str()) => {
            Tail::After(offset)
        }
        Some(_) => Tail::Cut(offset),
    }
}

/// Returns whether the tokens are a street written small after its French, Spanish or Italian word: `Place de la mairie`.
fn romance_street(tokens: &[(usize, &str)]) -> bool {
    let word = |i: usize| tokens.get(i).map(|(_, w)| bare(w)).unwrap_or_default();
    let sure = |w: &str| {
        matches!(
            w,
            "rue"
                | "avenue"
                | "boulevard"
                | "allée"
                | "allées"
                | "chemin"
                | "quai"
                | "impasse"
                | "calle"
                | "avenida"
                | "paseo"
                | "viale"
                | "piazza"
                | "piazzale"
                | "corso"
                | "largo"
                | "vicolo"
                | "carrer"
                | "plaza"
        )
    };
    let small = |w: &str| {
        matches!(w, "de" | "du" | "des" | "del" | "della" | "dei" | "delle" | "la" | "le" | "les" | "di")
            || w.starts_with("d'")
            || w.starts_with("d’")
            || w.starts_with("l'")
            || w.starts_with("l’")
    };
    let at = usize::from(word(0).starts_with(|c: char| c.is_ascii_digit()));
    let at = at + usize::from(matches!(word(at).as_str(), "bis" | "ter"));
    let lead = word(at);
    tokens.len() <= at + 8
        && (sure(&lead) || words::STREET_LEADS.contains(lead.as_str()) && small(&word(at + 1)))
        && !tokens
            .iter()
            .any(|(_, w)| matches!(bare(w).as_str(), "or" | "and" | "to" | "is" | "est" | "ou" | "es"))
}

/// Returns whether the tokens name a department of relations, with a word inside that elsewhere leads in: `Departamento de
/// Relaciones con el Cliente`.
fn relations(tokens: &[(usize, &str)]) -> bool {
    let pair = |w: &[(usize, &str)]| {
        matches!(bare(w[0].1).as_str(), "relaciones" | "relación" | "relazioni" | "relations")
            && matches!(bare(w[1].1).as_str(), "con" | "avec" | "with")
    };
    tokens.len() <= 8
        && tokens.first().is_some_and(|(_, w)| w.starts_with(char::is_uppercase))
        && tokens.windows(2).any(pair)
}

/// Returns whether the tokens are a firm written small: `acme-homes GmbH`, `dayspring homes limited`.
fn small_firm(tokens: &[(usize, &str)]) -> bool {
    let Some((_, first)) = tokens.first() else { return false };
    let form = |w: &str| {
        let key: String = bare(w).chars().filter(|c| *c != '.').collect();
        words::LEGAL_FORMS.contains(key.as_str())
    };
    let small = first.starts_with(char::is_lowercase);
    let leads = |w: &&str| {
        let key = bare(w);
        words::OPENERS.contains(key.as_str())
            || words::LEAD_INS.contains(key.as_str())
            || key == "or"
            || key == "and"
    };
    let others = tokens.iter().skip(1).map(|(_, w)| *w);
    let last_form = tokens.last().is_some_and(|(_, w)| form(w));
    small
        && (2..=6).contains(&tokens.len())
        && !tokens.iter().any(|(_, w)| leads(w))
        && (first.contains('-') && others.clone().all(reads_as_name) && others.clone().any(form)
            || last_form && others.clone().all(|w| w.starts_with(char::is_lowercase)))
}

/// Returns whether a word in lower case cannot open a name: `the`, `und`, `office`; but `rue`, `c/o` and `van` can.
fn is_small(word: &str) -> bool {
    let key = bare(word);
    let opens = words::STREET_WORDS.contains(key.as_str())
        || matches!(
            key.as_str(),
            "c/" | "c" | "van" | "von" | "de" | "den" | "ter" | "ten" | "am" | "an" | "ul" | "nº" | "n°"
        );
    word.starts_with(char::is_lowercase) && !opens && !word.contains(char::is_uppercase)
}

/// Returns whether a word can stand in a name or street.
fn reads_as_name(word: &str) -> bool {
    let inner = word.trim_start_matches(['(', '"', '“', '„', '\'', '‘', '#', '[']);
    let Some(first) = inner.chars().next() else { return true };
    if !first.is_lowercase() {
        return true;
    }
    let key = bare(inner);
    let letters = key.chars().count();
    letters == 1
        // `mbH`, `e.V.`, `r.l.`
        || letters <= 12 && inner.contains(char::is_uppercase)
        || letters <= 5 && key.contains('.') && !matches!(key.as_str(), "e.g" | "i.e")
        || inner.strip_prefix(['d', 'l', 's', 'n']).is_some_and(|rest| {
            rest.strip_prefix(['\'', '’']).is_some_and(|name| name.starts_with(char::is_alphabetic))
        })
        || matches!(key.as_str(), "plc" | "ltd" | "limited" | "inc" | "llp" | "llc" | "gmbh" | "srl" | "spa" | "sarl" | "sas")
        || words::CONNECTORS.contains(key.as_str())
        || words::STREET_WORDS.contains(key.as_str())
        || words::BUILDING_WORDS.contains(key.as_str())
        || words::BODY_WORDS.contains(key.as_str())
        || ["straße", "strasse", "straat"].iter().any(|end| key.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_parted_from_the_sentence_before_it() {
        for (text, expected) in [
            ("you can write to us at Acme Ltd", "Acme Ltd"),
            ("Please contact Jane Doe", "Jane Doe"),
            ("Write to The Complaints Manager", "The Complaints Manager"),
            ("dont le siège social est situé au 55", "55"),
            ("située 15 avenue du Rhin", "15 avenue du Rhin"),
            ("questions about savings", ""),
            ("Bank of Rivers and Hills", "Bank of Rivers and Hills"),
            ("dayspring homes limited", "dayspring homes limited"),
        ] {
            let (Tail::Whole(at) | Tail::After(at) | Tail::Cut(at)) = tail(text);
            assert_eq!(&text[at..], expected, "{text}");
        }
    }
}

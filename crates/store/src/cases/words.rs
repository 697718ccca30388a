//! The words by which a case is found, folded in the same way when they are kept and when they are typed.

use std::collections::BTreeSet;

use casework::State;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The most characters of a word that count.
const LONGEST: usize = 48;
/// The most bytes of words that are kept of one case.
const MOST_BYTES: usize = 800_000;
/// The most words of what was typed that count.
const MOST_TYPED: usize = 12;

/// Returns the words of a text: small letters and digits, without accents.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
        .filter(|word| !word.is_empty())
        .flat_map(|word| {
            let folded: String = word
                .nfkd()
                .filter(|c| !is_combining_mark(*c))
                .flat_map(char::to_lowercase)
                .map(|c| if c.is_alphanumeric() { c } else { ' ' })
                .collect();
            // One sign may stand for several words.
            folded
                .split(' ')
                .filter(|word| !word.is_empty())
                .map(|word| word.chars().take(LONGEST).collect())
                .collect::<Vec<String>>()
        })
}

/// Returns the words by which a case is found, each once.
pub(super) fn of(id: &str, state: &State) -> Vec<String> {
    let mut texts = vec![id, &state.facts.company, state.facts.what.as_deref().unwrap_or_default()];
    texts.extend(state.references.iter().map(String::as_str));
    texts.extend(state.evidence.iter().map(|evidence| evidence.name.as_str()));
    for line in &state.log {
        texts.push(&line.entry.text);
        texts.extend(line.entry.person.as_deref());
        texts.extend(line.entry.contact.as_deref());
    }
    let mut left = MOST_BYTES;
    let mut all: BTreeSet<String> = BTreeSet::new();
    for word in texts.into_iter().flat_map(words) {
        if word.len() + 2 > left {
            break;
        }
        let bytes = word.len() + 2;
        if all.insert(word) {
            left -= bytes;
        }
    }
    all.into_iter().collect()
}

/// Returns the words that were typed, to be looked for as beginnings.
pub(super) fn typed(text: &str) -> Vec<String> {
    words(text).take(MOST_TYPED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_alike_when_kept_and_when_typed() {
        for (text, want) in [
            ("acme \"OR\" NEAR(x) -y*", &["acme", "or", "near", "x", "y"][..]),
            ("Café, CAFE\u{301} ﬁn AP-40417", &["cafe", "cafe", "fin", "ap", "40417"]),
            ("… '; drop --", &["drop"]),
            ("", &[]),
        ] {
            assert_eq!(typed(text), want, "{text}");
        }
        assert_eq!(typed(&"x".repeat(500))[0].len(), LONGEST);
    }
}

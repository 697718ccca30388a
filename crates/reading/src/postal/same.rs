//! One address printed twice: which of two lines of text reach the same desk.
//!
//! Two addresses are one where code, street and number agree and neither names an addressee that the other contradicts:
//! the fuller one then stands for both. Two teams in one house stay two.

use std::collections::BTreeSet;

use crate::postal::words::{self, bare};

/// An address cut into what delivers and whom it is for.
#[derive(Clone, Debug, Default)]
pub(super) struct Key {
    /// Words of the addressees, buildings included.
    addressee: BTreeSet<String>,
    /// Words of the rest.
    rest: BTreeSet<String>,
    /// Those of the rest that hold a digit: house number, box, code.
    numbers: BTreeSet<String>,
}

impl Key {
    /// Makes the key of an address from its parts, the first `addressees` of which say whom it is for.
    pub(super) fn new<'a>(parts: impl IntoIterator<Item = &'a str>, addressees: usize) -> Self {
        let mut key = Self::default();
        for (i, part) in parts.into_iter().enumerate() {
            if i > addressees && words::country(part.to_lowercase().trim_end_matches('.')).is_some() {
                continue;
            }
            for word in part.split(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | '/')) {
                let word = plain(word);
                if word.is_empty() {
                    continue;
                }
                if i < addressees {
                    key.addressee.insert(word);
                } else {
                    if word.contains(|c: char| c.is_ascii_digit()) {
                        key.numbers.insert(word.clone());
                    }
                    key.rest.insert(word);
                }
            }
        }
        // `M9B 1P2` and `M9B1P2` are one code.
        let joined: String = key.numbers.iter().flat_map(|w| w.chars()).collect();
        let mut sorted: Vec<char> = joined.chars().collect();
        sorted.sort_unstable();
        key.numbers = BTreeSet::from([sorted.into_iter().collect()]);
        key
    }

    /// Returns whether two addresses reach the same desk.
    pub(super) fn same(&self, other: &Self) -> bool {
        if self.numbers != other.numbers {
            return false;
        }
        let addressees = self.addressee.is_subset(&other.addressee)
            || other.addressee.is_subset(&self.addressee)
            || self.addressee.is_subset(&other.all())
            || other.addressee.is_subset(&self.all());
        let common = self.rest.intersection(&other.rest).count();
        let least = self.rest.len().min(other.rest.len());
        addressees && (common * 5 >= least * 3 || common >= 3)
    }

    /// Returns how much it says.
    pub(super) fn fullness(&self) -> usize {
        3 * self.addressee.len() + self.rest.len()
    }

    /// Returns all words.
    fn all(&self) -> BTreeSet<String> {
        self.addressee.union(&self.rest).cloned().collect()
    }
}

/// Returns a word in the form in which two spellings are alike.
fn plain(word: &str) -> String {
    let word: String = bare(word).chars().filter(|c| c.is_alphanumeric()).collect();
    match word.as_str() {
        "limited" => "ltd".into(),
        "street" => "st".into(),
        "road" => "rd".into(),
        "avenue" => "ave".into(),
        "strasse" | "straße" => "str".into(),
        "the" | "and" | "of" => String::new(),
        _ => match word.strip_suffix("straße").or_else(|| word.strip_suffix("strasse")) {
            Some(stem) => format!("{stem}str"),
            None => word,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str, addressees: usize) -> Key {
        Key::new(text.split(", "), addressees)
    }

    #[test]
    fn the_same_desk_is_told_from_another_in_the_same_house() {
        let full = key("Jane Doe, Acme Limited, 1 High Street, Town, AB1 2CD, United Kingdom", 2);
        for (same, other) in [
            (true, key("Acme Ltd, 1 High St, Town, Someshire, AB1 2CD", 1)),
            (true, key("1 High Street, Town, AB1 2CD", 0)),
            (false, key("Billing Team, 1 High Street, Town, AB1 2CD", 1)),
            (false, key("Acme Ltd, 2 High Street, Town, AB1 2CD", 1)),
        ] {
            assert_eq!(full.same(&other), same, "{other:?}");
            assert_eq!(other.same(&full), same, "{other:?}");
        }
    }
}

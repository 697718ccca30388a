//! Words in lower case: what tables are asked with, many times for every line of a page.

use std::borrow::Cow;
use std::ops::Deref;

/// A word in lower case; one that was so before needs no memory of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lower<'a>(Cow<'a, str>);

impl<'a> Lower<'a> {
    /// Takes a word in any letter case.
    pub(crate) fn of(word: &'a str) -> Self {
        let lower = word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
        Self(if lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) })
    }

    /// Returns it as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Lower<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<&str> for Lower<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_lowered_as_the_language_does_it() {
        for word in ["", "street", "Street", "STRASSE", "Straße", "école", "ÉCOLE", "İ", "OΣ", "0-9"] {
            assert_eq!(Lower::of(word).as_str(), word.to_lowercase());
        }
        assert_eq!(Lower::default(), "");
    }
}

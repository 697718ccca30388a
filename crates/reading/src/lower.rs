//! Words in lower case: what tables are asked with, many times for every line of a page.

use std::ops::Deref;

/// The bytes of the longest word that needs no memory of its own.
const SHORT: usize = 22;

/// A word in lower case.
#[derive(Clone, Debug)]
pub(crate) enum Lower {
    /// A short one of ASCII, as most are.
    Short([u8; SHORT], u8),
    /// Any other.
    Long(String),
}

impl Lower {
    /// Takes a word in any letter case.
    pub(crate) fn of(word: &str) -> Self {
        let mut bytes = [0; SHORT];
        match (bytes.get_mut(..word.len()), u8::try_from(word.len())) {
            (Some(short), Ok(length)) if word.is_ascii() => {
                short.copy_from_slice(word.as_bytes());
                short.make_ascii_lowercase();
                Self::Short(bytes, length)
            }
            _ => Self::Long(word.to_lowercase()),
        }
    }

    /// Returns it as text.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Short(bytes, length) => {
                std::str::from_utf8(&bytes[..usize::from(*length)]).unwrap_or_default()
            }
            Self::Long(word) => word,
        }
    }
}

impl Default for Lower {
    fn default() -> Self {
        Self::Short([0; SHORT], 0)
    }
}

impl Deref for Lower {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq<&str> for Lower {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_lowered_as_the_language_does_it() {
        for word in ["", "Street", "STRASSE", "Straße", "ÉCOLE", "İ", "OΣ", "0-9", &"Long".repeat(9)] {
            assert_eq!(Lower::of(word).as_str(), word.to_lowercase());
        }
        assert_eq!(Lower::default(), "");
    }
}

//! What can be read at all: text, of words, of a bounded length.

/// The most bytes of one text that are read: some two hundred pages.
pub const MOST_BYTES: usize = 1 << 20;

/// Why a text cannot be read.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum InputError {
    /// There is nothing.
    #[error("the text is empty: write or paste something first")]
    Empty,
    /// There are signs, and no words.
    #[error("there are no words in the text, only signs: say in words what happened")]
    NoWords,
    /// It is not text.
    #[error(
        "this is not a text: it holds control characters, as a picture or a program does; save it as plain text"
    )]
    Binary,
    /// It is too long.
    #[error("the text is too long: {MOST_BYTES} bytes are the most that is read; take its parts one by one")]
    TooLong(usize),
}

/// Refuses what cannot be read.
///
/// # Errors
///
/// [`InputError`] by its cause.
pub fn check(text: &str) -> Result<(), InputError> {
    if text.len() > MOST_BYTES {
        return Err(InputError::TooLong(text.len()));
    }
    if text.trim().is_empty() {
        return Err(InputError::Empty);
    }
    let control = text.chars().filter(|c| c.is_control() && !c.is_whitespace() || *c == '\u{fffd}').count();
    if text.contains('\0') || control * 20 > text.len() {
        return Err(InputError::Binary);
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Err(InputError::NoWords);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_refused_by_its_cause() {
        for (text, error) in [
            ("", Some(InputError::Empty)),
            (" \n\t", Some(InputError::Empty)),
            ("😡😡😡 !!!", Some(InputError::NoWords)),
            ("PNG\0\u{1}\u{2}", Some(InputError::Binary)),
            ("\u{fffd}\u{fffd}ab", Some(InputError::Binary)),
            ("لم يصل طلبي", None),
            ("WHERE IS MY ORDER", None),
        ] {
            assert_eq!(check(text).err(), error, "{text:?}");
        }
        assert_eq!(check(&"a".repeat(MOST_BYTES + 1)).err(), Some(InputError::TooLong(MOST_BYTES + 1)));
    }
}

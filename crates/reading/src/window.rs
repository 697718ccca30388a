//! Windows: bounded views of a text, cut between characters.
//!
//! Whatever looks around a place in a hostile document looks through one, so that no look costs more than its bound.

/// Returns the start of a text, at most `most` bytes.
pub(crate) fn clip(text: &str, most: usize) -> &str {
    if text.len() <= most { text } else { &text[..text.floor_char_boundary(most)] }
}

/// Returns the end of a text, at most `most` bytes.
pub(crate) fn clip_end(text: &str, most: usize) -> &str {
    if text.len() <= most { text } else { &text[text.ceil_char_boundary(text.len() - most)..] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_cut_between_characters() {
        assert_eq!((clip("aéb", 2), clip_end("aéb", 2), clip("ab", 9)), ("a", "b", "ab"));
    }
}

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

/// Returns where the words of a text that begin with a capital letter begin, in order.
///
/// Names of places do, and most words do not: what is looked for from there on alone costs little on the rest.
pub(crate) fn capitals(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    let mut in_word = false;
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(&byte) = bytes.get(at) {
            let (here, before) = (at, in_word);
            if byte.is_ascii() {
                at += 1;
                in_word = byte.is_ascii_alphanumeric();
                if byte.is_ascii_uppercase() && !before {
                    return Some(here);
                }
            } else {
                let c = text[at..].chars().next()?;
                at += c.len_utf8();
                in_word = c.is_alphanumeric();
                if c.is_uppercase() && !before {
                    return Some(here);
                }
            }
        }
        None
    })
}

/// The first two bytes of the words of a list, in any letter case: most words of a text are told from all of them by these.
#[derive(Debug)]
pub(crate) struct Starts(Box<[u64; 1 << 10]>);

impl Starts {
    /// Gathers the starts of words; a word of one byte would begin like every other with that byte and is not looked for.
    pub(crate) fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut starts = Self(Box::new([0; 1 << 10]));
        for bytes in words.map(str::as_bytes) {
            if let [first, second, ..] = *bytes {
                let at = Self::place(first, second);
                starts.0[at >> 6] |= 1 << (at & 63);
            }
        }
        starts
    }

    /// Returns whether a text may begin with one of the words.
    pub(crate) fn may_begin(&self, text: &[u8]) -> bool {
        let [first, second, ..] = *text else { return false };
        let at = Self::place(first, second);
        self.0[at >> 6] & (1 << (at & 63)) != 0
    }

    fn place(first: u8, second: u8) -> usize {
        usize::from(first.to_ascii_lowercase()) << 8 | usize::from(second.to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_may_be_of_a_list_begins_like_one() {
        let starts = Starts::of(["Leeds", "Österreich"].into_iter());
        for (text, may) in [
            ("LEEDS", true),
            ("lemon", true),
            ("Österreich", true),
            ("Bath", false),
            ("L", false),
            ("", false),
        ] {
            assert_eq!(starts.may_begin(text.as_bytes()), may, "{text}");
        }
    }

    #[test]
    fn words_with_a_capital_are_found_where_they_begin() {
        let text = "In Österreich, iPhones of McDonald's (Éire) 4You";
        let found: Vec<&str> = capitals(text).map(|at| &text[at..]).collect();
        let starts: Vec<&str> = found.iter().map(|rest| rest.split_whitespace().next().unwrap()).collect();
        assert_eq!(starts, ["In", "Österreich,", "McDonald's", "Éire)"]);
    }

    #[test]
    fn a_window_is_cut_between_characters() {
        assert_eq!((clip("aéb", 2), clip_end("aéb", 2), clip("ab", 9)), ("a", "b", "ab"));
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

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

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

/// The highest bit of each of eight bytes, and the lowest.
const HIGH: u64 = 0x8080_8080_8080_8080;
const LOW: u64 = 0x0101_0101_0101_0101;

/// Returns the highest bit of each of eight bytes that lies between two of ASCII, these counted in.
pub(crate) const fn between(eight: u64, from: u8, to: u8) -> u64 {
    let bits = eight & !HIGH;
    let reaches = bits + LOW * (0x80 - from as u64);
    let exceeds = bits + LOW * (0x7f - to as u64);
    reaches & !exceeds & !eight & HIGH
}

/// Returns whether eight bytes are words of ASCII with single spaces between.
pub(crate) const fn is_worded(eight: u64) -> bool {
    let blank = !between(eight, 0x21, 0x7e) & HIGH;
    blank == between(eight, b' ', b' ') && blank & blank << 8 == 0
}

/// Returns where the next digit of a text stands.
pub(crate) fn next_digit(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let digits = between(u64::from_le_bytes(*eight), b'0', b'9');
        if digits != 0 {
            return Some(at + (digits.trailing_zeros() / 8) as usize);
        }
        at += 8;
    }
    bytes.get(at..)?.iter().position(u8::is_ascii_digit).map(|more| at + more)
}

/// Returns where the words of a text that begin with a capital letter begin, in order.
///
/// Names of places do, and most words do not: what is looked for from there on alone costs little on the rest.
pub(crate) fn capitals(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    // Of the eight bytes at `from`, those that may be the first of a capital letter.
    let (mut from, mut next, mut marked) = (0, 0, 0_u64);
    std::iter::from_fn(move || {
        loop {
            while marked != 0 {
                let at = from + (marked.trailing_zeros() / 8) as usize;
                marked &= marked - 1;
                if begins_capital(text, at) {
                    return Some(at);
                }
            }
            let rest = bytes.get(next..).filter(|rest| !rest.is_empty())?;
            let mut eight = [0; 8];
            let taken = rest.len().min(8);
            eight[..taken].copy_from_slice(&rest[..taken]);
            let eight = u64::from_le_bytes(eight);
            // Beyond ASCII a character begins with two high bits.
            marked = between(eight, b'A', b'Z') | eight & eight << 1 & HIGH;
            from = next;
            next += 8;
        }
    })
}

/// Returns whether the character at an offset is a capital letter that begins a word.
fn begins_capital(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let inside = match at.checked_sub(1).map(|before| bytes[before]) {
        None => false,
        Some(before) if before.is_ascii() => before.is_ascii_alphanumeric(),
        Some(_) => text[..at].chars().next_back().is_some_and(char::is_alphanumeric),
    };
    !inside && (bytes[at].is_ascii() || text[at..].chars().next().is_some_and(char::is_uppercase))
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
    fn capitals_are_those_that_a_look_at_each_character_finds() {
        let text = "A bC Dé ÉcoleÀ 9Z _Q ÖÄ Ω ωΩ x\u{200b}Y (Ab) aB-Cd ßA ÀB. 日本 Ñandú END";
        for start in (0..text.len()).filter(|&at| text.is_char_boundary(at)) {
            let text = &text[start..];
            let mut before = ' ';
            let mut slow = Vec::new();
            for (at, c) in text.char_indices() {
                if c.is_uppercase() && !before.is_alphanumeric() {
                    slow.push(at);
                }
                before = c;
            }
            assert_eq!(capitals(text).collect::<Vec<_>>(), slow, "{text}");
        }
    }

    #[test]
    fn digits_are_found_wherever_they_stand() {
        for length in 0..20 {
            for at in 0..length {
                let mut text = vec![b'/'; length];
                text[at] = b'0' + u8::try_from(at % 10).unwrap();
                text.extend("ä:é".as_bytes());
                assert_eq!(next_digit(&text, 0), Some(at));
                assert_eq!(next_digit(&text, at), Some(at));
                assert_eq!(next_digit(&text, at + 1), None);
            }
        }
        assert_eq!((next_digit(b"", 0), next_digit(b"1", 2)), (None, None));
    }

    #[test]
    fn bytes_are_told_eight_at_a_time_as_one_by_one() {
        for byte in 0..=u8::MAX {
            let eight = u64::from_le_bytes([b'a', byte, b'b', b'c', 0xff, b'd', 0, byte]);
            let inside = between(eight, b'A', b'Z').to_le_bytes();
            assert_eq!([inside[1], inside[7]], [if byte.is_ascii_uppercase() { 0x80 } else { 0 }; 2]);
            assert_eq!([inside[0], inside[4], inside[6]], [0; 3]);
            let worded = u64::from_le_bytes([b'a', b' ', b'b', b'c', byte, b'd', b'e', b' ']);
            assert_eq!(is_worded(worded), (0x20..=0x7e).contains(&byte), "{byte}");
            let spaced = u64::from_le_bytes([b'a', byte, b' ', b'c', b'c', b'd', b'e', b'f']);
            assert_eq!(is_worded(spaced), (0x21..=0x7e).contains(&byte), "{byte}");
        }
    }

    #[test]
    fn a_window_is_cut_between_characters() {
        assert_eq!((clip("aéb", 2), clip_end("aéb", 2), clip("ab", 9)), ("a", "b", "ab"));
    }
}

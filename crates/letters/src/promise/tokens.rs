//! Words of a folded piece of text, with their places.

/// A word: letters, digits, and the signs that hold numbers and dates together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token<'t> {
    /// The word.
    pub(crate) text: &'t str,
    /// The first byte.
    pub(crate) start: usize,
    /// The byte after the last.
    pub(crate) end: usize,
}

/// Cuts a folded text into words.
pub(crate) fn tokens(bytes: &[u8]) -> Vec<Token<'_>> {
    let mut all = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        if !bytes[i].is_ascii_alphanumeric() {
            i += 1;
            continue;
        }
        let start = i;
        while i < bytes.len() && holds(bytes, i) {
            i += 1;
        }
        if let Ok(text) = std::str::from_utf8(&bytes[start..i]) {
            all.push(Token { text, start, end: i });
        }
    }
    all
}

/// Whether the byte at a place goes on with the word before it.
fn holds(bytes: &[u8], i: usize) -> bool {
    let b = bytes[i];
    if b.is_ascii_alphanumeric() {
        return true;
    }
    let next = bytes.get(i + 1).copied().unwrap_or(b' ');
    let last = bytes[i - 1];
    match b {
        b'/' | b'.' | b'-' => last.is_ascii_digit() && next.is_ascii_digit(),
        b'\'' => last.is_ascii_alphabetic() && next.is_ascii_alphabetic(),
        _ => false,
    }
}

//! Folding: any text as lower-case plain ASCII, with the way back.
//!
//! Patterns are written once, against the folded text: curly quotes are straight, every kind of space is one space, accents are gone, a
//! face or another sign is one control character. Every folded byte remembers the place in the text it stands for, so that a find can be
//! quoted in the writer's own words. The training tool asks the same code for its features (`examples/features.rs`).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Stands for a sign of a currency.
pub(crate) const MONEY: u8 = 1;
/// Stands for a face that rolls its eyes.
pub(crate) const EYEROLL: u8 = 2;
/// Stands for an angry face.
pub(crate) const ANGRY: u8 = 3;
/// Stands for a sad face.
pub(crate) const SAD: u8 = 4;
/// Stands for any other sign or letter that has no plain form.
pub(crate) const OTHER: u8 = 5;

/// A text and its folded form.
#[derive(Clone, Debug)]
pub(crate) struct Folded<'t> {
    /// The text as it was written.
    pub(crate) text: &'t str,
    /// Its folded form: ASCII only.
    pub(crate) bytes: Vec<u8>,
    /// For each folded byte, where its character begins in the text; one more for the end.
    at: Vec<usize>,
}

impl<'t> Folded<'t> {
    /// Folds a text.
    pub(crate) fn new(text: &'t str) -> Self {
        let mut folded =
            Self { text, bytes: Vec::with_capacity(text.len()), at: Vec::with_capacity(text.len() + 1) };
        for (at, c) in text.char_indices() {
            folded.push(at, c);
        }
        folded.at.push(text.len());
        folded
    }

    /// Appends the folded form of one character.
    fn push(&mut self, at: usize, c: char) {
        if c.is_whitespace() || c.is_ascii_control() {
            if self.bytes.last() != Some(&b' ') {
                self.byte(at, b' ');
            }
            return;
        }
        if c.is_ascii() {
            let mut byte = [0];
            c.encode_utf8(&mut byte);
            self.byte(at, byte[0].to_ascii_lowercase());
            return;
        }
        let plain: &[u8] = match c {
            '’' | '‘' | '´' | 'ʼ' | '′' => b"'",
            '“' | '”' | '„' | '«' | '»' | '″' => b"\"",
            '–' | '—' | '−' | '‐' | '‑' | '‒' => b"-",
            '…' => b"...",
            '£' | '€' | '¥' | '₹' | '₽' | '₺' | '₩' => &[MONEY],
            '🙄' => &[EYEROLL],
            '😡' | '🤬' | '😠' | '🤯' => &[ANGRY],
            '😩' | '😢' | '😭' | '😞' | '😔' | '😟' | '😤' => &[SAD],
            'æ' | 'Æ' => b"ae",
            'œ' | 'Œ' => b"oe",
            'ß' => b"ss",
            '\u{fe0f}' | '\u{200d}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' => b"",
            _ if is_combining_mark(c) => b"",
            _ => return self.decompose(at, c),
        };
        for byte in plain {
            self.byte(at, *byte);
        }
    }

    /// Appends the plain letters of a character, or the sign for any other.
    fn decompose(&mut self, at: usize, c: char) {
        let before = self.bytes.len();
        for part in std::iter::once(c).nfkd() {
            if part.is_ascii() && !part.is_ascii_control() {
                let mut byte = [0];
                part.encode_utf8(&mut byte);
                self.byte(at, byte[0].to_ascii_lowercase());
            }
        }
        if self.bytes.len() == before {
            self.byte(at, OTHER);
        }
    }

    /// Appends one folded byte.
    fn byte(&mut self, at: usize, byte: u8) {
        self.bytes.push(byte);
        self.at.push(at);
    }

    /// Returns where in the text a folded range stands: from its first character to the end of its last.
    pub(crate) fn place(&self, start: usize, end: usize) -> std::ops::Range<usize> {
        let from = self.at.get(start).copied().unwrap_or(self.text.len());
        let mut last = end.clamp(start, self.bytes.len());
        // Several folded bytes can stand for one character: go on to the next character that begins.
        let of = if last == start { from } else { self.at[last - 1] };
        while last < self.bytes.len() && self.at[last] == of {
            last += 1;
        }
        let to = if last == start {
            from
        } else {
            self.text[of..].chars().next().map_or(of, |c| of + c.len_utf8())
        };
        from..to.max(from)
    }

    /// Returns the words of the text that a folded range stands for, without the space around them.
    pub(crate) fn quote(&self, start: usize, end: usize) -> &'t str {
        self.text[self.place(start, end)].trim()
    }

    /// Returns the folded text as a string slice.
    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap_or_default()
    }

    /// Returns the folded text with mentions (`@name`) and web addresses blanked, of the same length.
    pub(crate) fn without_names(&self) -> Vec<u8> {
        let mut bytes = self.bytes.clone();
        blank_mentions(&mut bytes);
        bytes
    }
}

/// Puts spaces over each `@name` that is not part of an e-mail address.
pub(crate) fn blank_mentions(bytes: &mut [u8]) {
    let part = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    let mut i = 0;
    while i < bytes.len() {
        let named = bytes.get(i + 1).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
        if bytes[i] == b'@' && named && (i == 0 || !part(bytes[i - 1])) {
            bytes[i] = b' ';
            i += 1;
            while i < bytes.len() && (bytes[i].is_ascii_alphanumeric() || bytes[i] == b'_') {
                bytes[i] = b' ';
                i += 1;
            }
        } else {
            i += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folded_range_leads_back_to_the_writers_own_words() {
        let text = "Wörst…  “Café” 🙄 naïve £5";
        let folded = Folded::new(text);
        assert_eq!(folded.as_str(), "worst... \"cafe\" \u{2} naive \u{1}5");
        let at = folded.as_str().find("cafe").unwrap();
        assert_eq!(folded.quote(at, at + 4), "Café");
        let dots = folded.as_str().find("..").unwrap();
        assert_eq!(folded.quote(dots, dots + 1), "…");
        assert_eq!(folded.quote(0, folded.bytes.len()), text);
    }

    #[test]
    fn a_mention_is_blanked_and_an_address_is_not() {
        let folded = Folded::new("@acme mail me@acme.example, @x_1!");
        assert_eq!(String::from_utf8(folded.without_names()).unwrap(), "      mail me@acme.example,     !");
    }

    proptest::proptest! {
        #[test]
        fn any_range_of_any_text_can_be_quoted(text in "\\PC{0,40}", a in 0usize..80, b in 0usize..80) {
            let folded = Folded::new(&text);
            let (a, b) = (a.min(folded.bytes.len()), b.min(folded.bytes.len()));
            let quote = folded.quote(a.min(b), a.max(b));
            proptest::prop_assert!(text.contains(quote));
            proptest::prop_assert!(folded.bytes.is_ascii());
        }
    }
}

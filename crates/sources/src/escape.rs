//! Percent-encoding written in one way, so that two spellings of an address compare equal.

/// Writes escapes of characters that `plain` accepts as the characters, and all others in capitals.
///
/// Bytes outside of ASCII are escaped. A percent sign that begins no escape stays as it is.
pub(crate) fn even(text: &str, plain: fn(u8) -> bool) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        let escaped = hex.filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
        match escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if plain(byte) => out.push(char::from(byte)),
            Some(byte) => escape(&mut out, byte),
            None if bytes[at].is_ascii() => out.push(char::from(bytes[at])),
            None => escape(&mut out, bytes[at]),
        }
        at += if escaped.is_some() { 3 } else { 1 };
    }
    out
}

/// Whether a character means the same escaped and plain, wherever it stands (RFC 3986, section 2.3).
pub(crate) fn unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

fn escape(out: &mut String, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    out.push(char::from(HEX[usize::from(byte >> 4)]));
    out.push(char::from(HEX[usize::from(byte & 15)]));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_become_one() {
        for (text, expected) in [
            ("/~a/%7e%2f%zz%", "/~a/~%2F%zz%"),
            ("/b\u{e4}r", "/b%C3%A4r"),
            ("/b%c3%a4r", "/b%C3%A4r"),
            ("%\u{e4}", "%%C3%A4"),
        ] {
            assert_eq!(even(text, unreserved), expected, "text: {text}");
        }
    }
}

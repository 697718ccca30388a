//! Bytes to text, by the rules that browsers follow.
//!
//! In order: a byte order mark, the `charset` of the HTTP header, `<meta charset>` or an XML declaration in the first
//! 1,024 bytes, and at last a guess from the bytes themselves. What does not fit the encoding becomes U+FFFD: decoding
//! never fails.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// How far a page may say its encoding.
const PRESCAN: usize = 1024;
/// How many bytes the guess looks at, and in pieces of what size.
const GUESS: usize = 32 * 1024;
const PIECE: usize = 256;

/// Decoded text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Decoded<'a> {
    /// The text; borrowed where the bytes were UTF-8 all along.
    pub text: Cow<'a, str>,
    /// The name of the encoding, as the standard spells it.
    pub encoding: &'static str,
}

/// Decodes a document. `http_charset` is the `charset` of its `Content-Type`; an unknown one is passed over.
///
/// A page that says it is in another encoding while every byte of it is UTF-8, some of them beyond ASCII, is taken for
/// UTF-8: that is what a server says that labels all it serves alike.
#[must_use]
pub fn decode<'a>(bytes: &'a [u8], http_charset: Option<&str>) -> Decoded<'a> {
    let encoding = Encoding::for_bom(bytes)
        .map(|(encoding, _)| encoding)
        .or_else(|| wide(bytes))
        .or_else(|| labelled(bytes, http_charset))
        .unwrap_or_else(|| guess(bytes));
    let (text, encoding, _) = encoding.decode(bytes);
    Decoded { text, encoding: encoding.name() }
}

/// Returns whether a document is in UTF-16, by its mark or by how it begins.
#[must_use]
pub fn is_wide(bytes: &[u8]) -> bool {
    wide(bytes).is_some()
        || Encoding::for_bom(bytes).is_some_and(|(encoding, _)| encoding == UTF_16LE || encoding == UTF_16BE)
}

/// Tells UTF-16 without a mark by its first two letters, every other byte of which is nought.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match *bytes {
        [b'<', 0, b, 0, ..] if b != 0 => Some(UTF_16LE),
        [0, b'<', 0, b, ..] if b != 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// Returns what the header or the page says, unless the bytes show that it is wrong.
fn labelled(bytes: &[u8], http_charset: Option<&str>) -> Option<&'static Encoding> {
    let label = http_charset.map(|label| label.trim().trim_matches(['"', '\''])).unwrap_or_default();
    let encoding = Encoding::for_label(label.as_bytes()).or_else(|| prescan(bytes))?;
    let is_single_byte = encoding != UTF_8 && encoding.is_ascii_compatible() && encoding.is_single_byte();
    if is_single_byte && !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok() {
        Some(UTF_8)
    } else {
        Some(encoding)
    }
}

/// Looks for an encoding in the head of the page ("prescan a byte stream" of the HTML standard).
fn prescan(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(PRESCAN)];
    if let Some(declaration) = head.strip_prefix(b"<?xml") {
        let end = memchr::memchr(b'>', declaration).unwrap_or(declaration.len());
        if let Some(encoding) = value_of(&declaration[..end], b"encoding").and_then(Encoding::for_label) {
            return Some(usable(encoding));
        }
    }
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'<', &head[at..]) {
        at += open + 1;
        let rest = &head[at..];
        if rest.starts_with(b"!--") {
            at += memchr::memmem::find(rest, b"-->").unwrap_or(rest.len());
        } else if rest.get(..4).is_some_and(|name| name.eq_ignore_ascii_case(b"meta")) {
            let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
            // `charset` as an attribute, or inside of the `content` of an http-equiv: the same word either way.
            if let Some(encoding) = value_of(&rest[..end], b"charset").and_then(Encoding::for_label) {
                return Some(usable(encoding));
            }
            at += end;
        }
    }
    None
}

/// A page that could be read as far as its `<meta>` is not in UTF-16, whatever it says.
fn usable(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == UTF_16BE || encoding == UTF_16LE {
        UTF_8
    } else if encoding == X_USER_DEFINED {
        WINDOWS_1252
    } else {
        encoding
    }
}

/// Returns what follows a name and `=`, quotes left out.
fn value_of<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let at = text.windows(name.len()).position(|window| window.eq_ignore_ascii_case(name))?;
    let rest = text[at + name.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end =
        rest.iter().position(|b| b.is_ascii_whitespace() || b"\"';/>".contains(b)).unwrap_or(rest.len());
    Some(&rest[..end])
}

/// Guesses from the bytes.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // What is ASCII alone says nothing: only pieces with other bytes are looked at, each with the one after it.
    let mut left = GUESS;
    let mut told = false;
    for piece in bytes.chunks(PIECE) {
        let tells = !piece.is_ascii();
        if tells || told {
            detector.feed(piece, false);
            left = left.saturating_sub(piece.len());
        }
        told = tells;
        if left == 0 {
            break;
        }
    }
    detector.feed(b"", true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_says_so_names_the_encoding() {
        type Row<'a> = (&'a str, &'a [u8], Option<&'a str>, &'a str, &'a str);
        let table: [Row; 13] = [
            ("mark beats header", b"\xef\xbb\xbf\xc3\x83\xc2\xa9".as_slice(), Some("latin1"), "UTF-8", "Ã©"),
            ("UTF-16 by its mark", b"\xff\xfea\0\xe9\0", None, "UTF-16LE", "aé"),
            ("UTF-16 without a mark", b"<\0p\0>\0\xe9\0", None, "UTF-16LE", "é"),
            ("header beats meta", b"<meta charset=utf-8>\xe9", Some("iso-8859-1"), "windows-1252", "é"),
            (
                "unknown header is passed over",
                b"<meta charset=windows-1252>\xe9",
                Some("none"),
                "windows-1252",
                "é",
            ),
            ("meta", b"<meta charset=\"iso-8859-15\">\xa4", None, "ISO-8859-15", "€"),
            (
                "http-equiv",
                b"<META http-equiv=Content-Type content='text/html; charset=Windows-1252'>\x80",
                None,
                "windows-1252",
                "€",
            ),
            (
                "not in a comment",
                b"<!-- <meta charset=koi8-r> --><meta charset=latin1>\xe9",
                None,
                "windows-1252",
                "é",
            ),
            ("XML declaration", b"<?xml version='1.0' encoding='ISO-8859-2'?>\xb3", None, "ISO-8859-2", "ł"),
            ("meta cannot be UTF-16", b"<meta charset=utf-16>\xc3\xa9", None, "UTF-8", "é"),
            ("guess", "Beschwerden über unsere Büros für Kunden".as_bytes(), None, "UTF-8", "ü"),
            (
                "guess of old bytes",
                b"Beschwerden \xfcber unsere B\xfcros f\xfcr Kunden",
                None,
                "windows-1252",
                "über",
            ),
            ("label at odds with the bytes", b"<meta charset=iso-8859-1>caf\xc3\xa9", None, "UTF-8", "café"),
        ];
        for (case, bytes, http, encoding, holds) in table {
            let decoded = decode(bytes, http);
            assert_eq!(decoded.encoding, encoding, "{case}");
            assert!(decoded.text.contains(holds), "{case}: {}", decoded.text);
            assert!(!decoded.text.starts_with('\u{feff}'), "{case}");
        }
    }

    #[test]
    fn no_bytes_fail() {
        for bytes in [b"".as_slice(), b"\xff", b"<meta charset", b"<?xml", b"\0\0\0", &[0x80; 3000]] {
            let _ = decode(bytes, Some("utf-8"));
            let _ = decode(bytes, None);
        }
    }
}

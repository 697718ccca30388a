//! What can be said of a file without opening it: a PDF's pages and text, a picture's kind and size. What is not done is
//! said: the words in a picture are not read.

use std::io::{self, Read as _};

use reading::pdf;

/// The most bytes of a file that are read for it.
const MOST: u64 = 64 << 20;
/// The most characters of text that are kept.
const MOST_TEXT: usize = 20_000;

/// What can be said of a file.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Preview {
    /// In a line.
    pub(super) line: Option<String>,
    /// Its text.
    pub(super) text: Option<String>,
    /// How many card numbers and national ids were masked in that text: the file itself has them in plain.
    pub(super) masked: usize,
}

/// Looks at a file; one that cannot be read says nothing here: copying it tells why.
pub(super) fn of_file(file: io::Result<impl io::Read>) -> Preview {
    let mut bytes = Vec::new();
    let read = file.and_then(|file| file.take(MOST).read_to_end(&mut bytes));
    if read.is_err() { Preview::default() } else { of(&bytes) }
}

/// Looks at bytes.
pub(super) fn of(bytes: &[u8]) -> Preview {
    if pdf::is_pdf(bytes) {
        return match pdf::text(bytes, pdf::Bounds::default()) {
            Ok(read) => {
                let text: String = read.text().chars().take(MOST_TEXT).collect();
                let words = text.split_whitespace().count();
                let line = format!("PDF, {} page(s), {words} words", read.pages.len());
                masked(line, &text)
            }
            Err(error) => {
                Preview { line: Some(format!("PDF; its text was not read: {error}")), ..Preview::default() }
            }
        };
    }
    if let Some((kind, width, height)) = picture(bytes) {
        let line = format!("{kind} picture, {width} × {height}; the words in it are not read");
        return Preview { line: Some(line), ..Preview::default() };
    }
    let start = bytes.get(..4096).unwrap_or(bytes);
    if !bytes.is_empty()
        && !start.iter().any(|b| *b < 9)
        && std::str::from_utf8(start.get(..start.len().saturating_sub(4)).unwrap_or_default()).is_ok()
    {
        let text: String = String::from_utf8_lossy(bytes).chars().take(MOST_TEXT).collect();
        let line = format!("text, {} line(s)", text.lines().count());
        return masked(line, &text);
    }
    Preview::default()
}

/// Makes the preview of a text, with what no log need hold masked in it, and said: a file is evidence, and is kept as it is.
fn masked(line: String, text: &str) -> Preview {
    let (text, masked) = super::mask(text);
    let line = match masked {
        0 => line,
        _ => format!(
            "{line}; {masked} card or id number(s) in it: hidden here, but readable in the file, which is kept as it is; black them out \
             before you send it"
        ),
    };
    Preview { line: Some(line), text: Some(text), masked }
}

/// Returns the media type of a picture, by its head; `None` for anything else, drawings that can hold scripts among it.
pub(super) fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        bytes if bytes.starts_with(b"\x89PNG\r\n\x1a\n") => Some("image/png"),
        _ => None,
    }
}

/// Tells a picture's kind and size in pixels by its head.
fn picture(bytes: &[u8]) -> Option<(&'static str, u32, u32)> {
    let big = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
    let short = |at: usize, little: bool| {
        let two: [u8; 2] = bytes.get(at..at + 2)?.try_into().ok()?;
        Some(u32::from(if little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) }))
    };
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some(("PNG", big(16)?, big(20)?));
    }
    if bytes.starts_with(b"GIF8") {
        return Some(("GIF", short(6, true)?, short(8, true)?));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        // The size of the extended form; of the others the head says less, and no size is told.
        let three = |at: usize| {
            Some(
                u32::from(*bytes.get(at)?)
                    | u32::from(*bytes.get(at + 1)?) << 8
                    | u32::from(*bytes.get(at + 2)?) << 16,
            )
        };
        return (bytes.get(12..16) == Some(b"VP8X"))
            .then(|| Some(("WebP", three(24)? + 1, three(27)? + 1)))
            .flatten();
    }
    if !bytes.starts_with(b"\xff\xd8") {
        return None;
    }
    // The segments of a JPEG, up to the one that tells the size.
    let mut at = 2;
    for _ in 0..200 {
        if bytes.get(at) != Some(&0xff) {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            return Some(("JPEG", short(at + 7, false)?, short(at + 5, false)?));
        }
        at += 2 + usize::try_from(short(at + 2, false)?).ok()?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_tell_their_kind_and_size() {
        let png = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &[0, 0, 2, 0x80, 0, 0, 1, 0xe0]].concat();
        let jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 17, 8, 1, 0xe0, 2, 0x80, 3];
        for (bytes, want) in
            [(png.as_slice(), "PNG picture, 640 × 480"), (jpeg.as_slice(), "JPEG picture, 640 × 480")]
        {
            assert!(of(bytes).line.unwrap().starts_with(want));
        }
        for cut in 0..jpeg.len() {
            let _ = of(&jpeg[..cut]);
        }
        assert_eq!(of(b"\0\x01\x02"), Preview::default());
    }

    #[test]
    fn only_plain_pictures_have_a_media_type() {
        for (bytes, want) in [
            (&b"\x89PNG\r\n\x1a\n..."[..], Some("image/png")),
            (&[0xff, 0xd8, 0xff, 0xe0], Some("image/jpeg")),
            (b"GIF89a", Some("image/gif")),
            (b"RIFF....WEBPVP8 ", Some("image/webp")),
            (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", None),
            (b"<html>", None),
            (b"", None),
        ] {
            assert_eq!(media_type(bytes), want);
        }
    }

    #[test]
    fn a_text_is_kept_without_card_numbers_and_a_broken_pdf_says_so() {
        let preview = of(b"Bill of March\ncard 4111 1111 1111 1111\n");
        assert_eq!(preview.text.as_deref(), Some("Bill of March\ncard [card ending 1111]\n"));
        // The file is evidence: what it holds in plain is said.
        assert!(preview.masked == 1 && preview.line.unwrap().contains("readable in the file"));
        assert!(of(b"%PDF-1.4 nothing").line.unwrap().contains("was not read"));
    }
}

//! Exhibits: documents of others, as pictures of their pages.
//!
//! An archival PDF may not hold another PDF, so each page of one is drawn as shapes; its words go beneath as text that one can
//! search and read aloud. A file that cannot be drawn is no reason to leave out the others: the caller sets a page that says so.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro_svg::hayro_interpret::InterpreterSettings;
use hayro_svg::hayro_interpret::font::{FontData, FontQuery, StandardFont};
use hayro_svg::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_svg::{RenderCache, SvgRenderSettings};

/// The most points that a picture may have: it is unpacked whole.
pub const PICTURE_PIXELS: usize = 64_000_000;
/// The most bytes of shapes that one page may come to.
const MOST_SHAPES: usize = 12 << 20;

/// An exhibit to be set.
#[derive(Clone, Debug)]
pub struct Exhibit {
    /// Its number, from 1.
    pub number: usize,
    /// What it is.
    pub title: String,
    /// What stands on its pages.
    pub body: Body,
}

/// What stands on the pages of an exhibit.
#[derive(Clone, Debug)]
pub enum Body {
    /// A picture (PNG, JPEG, GIF or WebP).
    Picture(Vec<u8>),
    /// The pages of a PDF.
    Pages {
        /// Its pages.
        pages: Vec<PdfPicture>,
        /// What was left out, in words.
        left_out: Option<String>,
    },
    /// A text, such as a mail: labels with values at its head, then its words.
    Text {
        /// The head.
        head: Vec<(String, String)>,
        /// The words.
        text: String,
        /// What was left out, in words.
        left_out: Option<String>,
    },
    /// A sentence that says why there is nothing to be shown.
    Note(String),
}

/// A page of a PDF.
#[derive(Clone, Debug)]
pub struct PdfPicture {
    /// The page as shapes (SVG).
    pub svg: Vec<u8>,
    /// The words on it.
    pub text: String,
}

/// A kind of picture that can be set.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Format {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
    /// WebP.
    Webp,
}

/// Why a file cannot be shown as pictures.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum PictureError {
    /// A password locks it.
    #[error("it is locked with a password")]
    Locked,
    /// It is damaged.
    #[error("it is damaged")]
    Broken,
    /// It is too large.
    #[error("it is too large")]
    TooLarge,
}

/// Returns the kind of a picture by its first bytes; `None` for anything else.
///
/// # Errors
///
/// [`PictureError::Broken`] where its size cannot be told, [`PictureError::TooLarge`] where it has too many points.
pub fn picture_format(bytes: &[u8]) -> Result<Option<Format>, PictureError> {
    let format = match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Format::Png,
        [0xff, 0xd8, 0xff, ..] => Format::Jpeg,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Format::Gif,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Format::Webp,
        _ => return Ok(None),
    };
    let size = imagesize::blob_size(bytes).map_err(|_| PictureError::Broken)?;
    match size.width.checked_mul(size.height) {
        Some(0) => Err(PictureError::Broken),
        Some(points) if points <= PICTURE_PIXELS => Ok(Some(format)),
        _ => Err(PictureError::TooLarge),
    }
}

/// Draws the pages of a PDF, the first `most` of them; returns them and how many there are in all.
///
/// `texts` holds the words of each page, in order; a page without words there has none beneath it.
///
/// # Errors
///
/// [`PictureError`] where no page can be drawn.
pub fn pdf_pictures(
    bytes: &[u8],
    most: usize,
    texts: &[String],
) -> Result<(Vec<PdfPicture>, usize), PictureError> {
    // The library is written not to panic; should it, the file is broken as far as a reader is concerned.
    catch_unwind(AssertUnwindSafe(|| draw(bytes, most, texts))).map_err(|_| PictureError::Broken)?
}

fn draw(bytes: &[u8], most: usize, texts: &[String]) -> Result<(Vec<PdfPicture>, usize), PictureError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(
            DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm,
        ) => PictureError::Locked,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => PictureError::Broken,
    })?;
    let settings = InterpreterSettings {
        font_resolver: Arc::new(|query| Some(stand_in(query))),
        ..InterpreterSettings::default()
    };
    let (cache, render) = (RenderCache::new(), SvgRenderSettings { bg_color: [255, 255, 255, 255] });
    let pages = pdf.pages();
    let mut pictures = Vec::new();
    for (at, page) in pages.iter().take(most).enumerate() {
        let (width, height) = page.render_dimensions();
        if !(1.0..=20_000.0).contains(&width) || !(1.0..=20_000.0).contains(&height) {
            return Err(PictureError::Broken);
        }
        let svg = hayro_svg::convert(page, &cache, &settings, &render).into_bytes();
        if svg.len() > MOST_SHAPES {
            return Err(PictureError::TooLarge);
        }
        pictures.push(PdfPicture { svg, text: texts.get(at).cloned().unwrap_or_default() });
    }
    if pictures.is_empty() { Err(PictureError::Broken) } else { Ok((pictures, pages.len())) }
}

/// Returns the font that stands in for one that a PDF names and does not hold, as every reader of PDF must have them.
fn stand_in(query: &FontQuery) -> (FontData, u32) {
    use typst_assets::pdf as fonts;
    let font = match query {
        FontQuery::Standard(font) => *font,
        FontQuery::Fallback(query) => query.pick_standard_font(),
    };
    let bytes = match font {
        StandardFont::Helvetica => fonts::SANS,
        StandardFont::HelveticaBold => fonts::SANS_BOLD,
        StandardFont::HelveticaOblique => fonts::SANS_ITALIC,
        StandardFont::HelveticaBoldOblique => fonts::SANS_BOLD_ITALIC,
        StandardFont::Courier => fonts::FIXED,
        StandardFont::CourierBold => fonts::FIXED_BOLD,
        StandardFont::CourierOblique => fonts::FIXED_ITALIC,
        StandardFont::CourierBoldOblique => fonts::FIXED_BOLD_ITALIC,
        StandardFont::TimesRoman => fonts::SERIF,
        StandardFont::TimesBold => fonts::SERIF_BOLD,
        StandardFont::TimesItalic => fonts::SERIF_ITALIC,
        StandardFont::TimesBoldItalic => fonts::SERIF_BOLD_ITALIC,
        StandardFont::ZapfDingBats => fonts::DING_BATS,
        StandardFont::Symbol => fonts::SYMBOL,
    };
    (Arc::new(bytes), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_bytes_and_not_by_its_name() {
        assert_eq!(picture_format(b"%PDF-1.7"), Ok(None));
        assert_eq!(picture_format(b"\x89PNG\r\n\x1a\ngarbage"), Err(PictureError::Broken));
        assert_eq!(picture_format(b"\xff\xd8\xff"), Err(PictureError::Broken));
        // A header that claims 60,000 by 60,000 points.
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 2, 0, 0, 0]);
        assert_eq!(picture_format(&png), Err(PictureError::TooLarge));
    }

    #[test]
    fn what_is_no_pdf_is_told_apart_without_a_panic() {
        for bytes in [&b"%PDF-1.7\n%%EOF"[..], b"hello", b""] {
            assert_eq!(pdf_pictures(bytes, 3, &[]).err(), Some(PictureError::Broken), "{bytes:?}");
        }
    }
}

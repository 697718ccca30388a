//! Text of a PDF: bytes in, pages of lines in reading order out.
//!
//! `hayro-interpret` draws each page on a device that keeps nothing but its glyphs; [`layout`] makes lines of them: columns
//! one after the other, the cells of a row parted by a tab. [`PdfText::text`] joins lines to paragraphs, takes out
//! hyphens at their ends and the header that every page repeats. A PDF is hostile input: its length, what it inflates to
//! ([`bounds`]), its pages and its drawing are bounded, and a page that breaks the reader costs itself alone.

mod bounds;
mod glyphs;
mod layout;
mod paragraphs;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use ladder::Place;

pub use bounds::Bounds;
use glyphs::Drawn;

use crate::outline::{self, BlockKind, Link, Outline};

/// Characters below which a page counts as one without text.
const A_PAGE_WITHOUT_TEXT: usize = 12;

/// Why a PDF gave no text.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum PdfError {
    /// It does not begin like a PDF.
    #[error("this is no PDF")]
    NotPdf,
    /// It is too damaged to find a page in it.
    #[error(
        "the PDF is damaged: no page of it can be read; open it in a PDF viewer, print it to a new PDF and read that"
    )]
    Broken,
    /// It needs a password to open.
    #[error(
        "the PDF is locked with a password: open it in a PDF viewer, print it to a new PDF and read that"
    )]
    Encrypted,
    /// It has pages and no text on them: pictures of paper.
    #[error(
        "the PDF has no text, only pictures (pages: {pages}): it was scanned; read it yourself, or run a text recognition over it first"
    )]
    NoText {
        /// Pages looked at.
        pages: usize,
    },
    /// It is larger than will be read.
    #[error("the PDF has {bytes} bytes: more than {most} are not read")]
    TooLong {
        /// Its length in bytes.
        bytes: usize,
        /// The bound.
        most: usize,
    },
    /// It unpacks to more than will be held.
    #[error("the PDF unpacks to more than {most} bytes: it is not read")]
    TooBig {
        /// The bound in bytes.
        most: usize,
    },
}

/// A line of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PdfLine {
    /// Its text; the cells of a row of a table are parted by a tab.
    pub text: String,
    /// Whether it stands off from the line before: more space, another size, another column.
    pub set_off: bool,
    /// Whether it runs on into the next line: the first word of that would not have fitted here.
    pub runs_on: bool,
}

/// A page of a PDF.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PdfPage {
    /// Its lines, in reading order; none where it is a picture.
    pub lines: Vec<PdfLine>,
}

/// The text of a PDF.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PdfText {
    /// The title that its metadata give, where they give one.
    pub title: Option<String>,
    /// The pages read, in order.
    pub pages: Vec<PdfPage>,
    /// Pages that the file has, read or not.
    pub page_count: usize,
    /// Addresses that its links lead to (`mailto:` among them), each once, in order.
    pub links: Vec<String>,
    /// What could not be read, in words.
    pub warnings: Vec<String>,
}

impl PdfText {
    /// Returns the text as paragraphs: one a line, an empty line where the print leaves space, pages joined.
    ///
    /// What [`outline::from_text`](crate::outline::from_text) takes.
    #[must_use]
    pub fn text(&self) -> String {
        paragraphs::join(&self.pages)
    }
}

/// Builds the outline of a PDF: its paragraphs, rows and headings, its title, and its links.
///
/// A link stands where its address is printed; one that is printed as other words stands nowhere on the page.
#[must_use]
pub fn outline(read: &PdfText) -> Outline {
    let mut outline = outline::from_text(&read.text());
    let first = outline.blocks.iter().find(|block| matches!(block.kind, BlockKind::Heading(_)));
    let heading = first.map(|block| outline.text[block.range.clone()].to_owned());
    outline.title = read.title.clone().or(heading).unwrap_or_default();
    for href in &read.links {
        let bare = href.split_once("://").map_or(href.as_str(), |(_, rest)| rest);
        let bare = bare.strip_prefix("mailto:").unwrap_or(bare);
        let bare = bare.split('?').next().unwrap_or_default().trim_end_matches('/');
        let at = (!bare.is_empty()).then(|| outline.text.find(bare)).flatten();
        let text = at.map_or(0..0, |at| at..at + bare.len());
        let block = at.and_then(|at| outline.blocks.iter().position(|block| block.range.contains(&at)));
        outline.links.push(Link { href: href.clone(), block, text, place: Place::Main, ..Link::default() });
    }
    outline
}

/// Returns whether bytes are a PDF by their beginning.
#[must_use]
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}

/// Reads the text of a PDF, within bounds.
///
/// A page that cannot be read, and pages beyond the bound, are told in [`PdfText::warnings`]; the others are there.
///
/// # Errors
///
/// [`PdfError`] where there is no text to be had: no PDF, damaged, locked, scanned, or too much of it.
pub fn text(bytes: &[u8], bounds: Bounds) -> Result<PdfText, PdfError> {
    if !is_pdf(bytes) {
        return Err(PdfError::NotPdf);
    }
    if bytes.len() > bounds.bytes {
        return Err(PdfError::TooLong { bytes: bytes.len(), most: bounds.bytes });
    }
    if bounds::unpacks_beyond(bytes, bounds.unpacked) {
        return Err(PdfError::TooBig { most: bounds.unpacked });
    }
    // The library is written not to panic; should it, the file is broken as far as a reader is concerned.
    let loaded = catch_unwind(AssertUnwindSafe(|| Pdf::new(bytes.to_vec()))).map_err(|_| PdfError::Broken)?;
    let pdf = loaded.map_err(|error| match error {
        LoadPdfError::Decryption(
            DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm,
        ) => PdfError::Encrypted,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => PdfError::Broken,
    })?;
    let drawn =
        catch_unwind(AssertUnwindSafe(|| glyphs::draw(&pdf, bounds))).map_err(|_| PdfError::Broken)?;
    finish(&pdf, drawn)
}

/// Lays out what was drawn, and says what is missing.
fn finish(pdf: &Pdf, drawn: Drawn) -> Result<PdfText, PdfError> {
    let mut warnings = Vec::new();
    let Drawn { pages, page_count, links, broken, cut } = drawn;
    if page_count == 0 {
        return Err(PdfError::Broken);
    }
    let read = pages.len();
    let pages: Vec<PdfPage> =
        pages.into_iter().map(|glyphs| PdfPage { lines: layout::lines(glyphs) }).collect();
    let letters = |page: &PdfPage| page.lines.iter().map(|line| line.text.chars().count()).sum::<usize>();
    let blank = pages.iter().filter(|page| letters(page) < A_PAGE_WITHOUT_TEXT).count();
    if blank == read && broken == 0 {
        return Err(PdfError::NoText { pages: read });
    }
    if broken == read {
        return Err(PdfError::Broken);
    }
    if blank > broken {
        let pictures = blank - broken;
        warnings.push(format!(
            "{pictures} of the {read} pages of the PDF bear no text: they are empty or pictures"
        ));
    }
    if broken > 0 {
        warnings.push(format!("{broken} of the {read} pages of the PDF could not be read"));
    }
    if read < page_count {
        warnings.push(format!("only the first {read} of the {page_count} pages of the PDF were read"));
    } else if cut {
        warnings.push("the PDF draws without end: the rest of it was left unread".to_owned());
    }
    Ok(PdfText { title: title(pdf), pages, page_count, links, warnings })
}

/// Returns the title of the metadata, where it is one: not the name of a file or of a template.
fn title(pdf: &Pdf) -> Option<String> {
    let bytes = pdf.metadata().title.as_deref()?;
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> =
                rest.as_chunks::<2>().0.iter().take(200).map(|pair| u16::from_be_bytes(*pair)).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        // PDFDocEncoding is Latin-1 as far as titles go.
        bytes => bytes.iter().map(|b| char::from(*b)).collect(),
    };
    let text = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let text: String = text.collect::<Vec<_>>().join(" ").chars().take(200).collect();
    let lower = text.to_lowercase();
    let of_a_file = lower.starts_with("microsoft ")
        || lower.starts_with("untitled")
        || [".doc", ".docx", ".pdf", ".indd", ".odt", ".qxd", ".rtf"].iter().any(|end| lower.ends_with(end));
    (text.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !of_a_file).then_some(text)
}

#[cfg(test)]
mod tests;

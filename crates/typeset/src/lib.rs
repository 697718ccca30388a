//! Sheets to print: letters and the dossier as PDF, set by a typesetting library with its fonts embedded.
//!
//! Pure: data in, bytes out. The day and the language are arguments; no file, network or clock is touched, and what a user
//! wrote reaches the typesetter as data, never as its language. Every sheet is an archival, tagged PDF (PDF/A-2a) with its
//! title and language set; where a foreign picture will not bear that, the sheet is made without the mark and says so.

mod docx;
mod dossier;
mod exhibit;
mod legible;
mod letter;
mod paper;
mod picture;
mod text;
mod world;

pub use docx::docx;
pub use dossier::dossier;
pub use exhibit::{
    Body, Exhibit, Format, PICTURE_PIXELS, PdfPicture, PictureError, pdf_pictures, picture_format,
};
pub use legible::legible;
pub use letter::{Letter, letter};
pub use paper::{Paper, Window};
pub use picture::{LadderPicture, PictureRung, ladder_picture};

/// What was set.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// What its reader should know: characters that no embedded font has, a standard that could not be kept.
    pub warnings: Vec<String>,
    /// How many pages it has.
    pub pages: usize,
}

/// Why a sheet could not be set.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum SetError {
    /// The typesetter refused; its own words.
    #[error("the pages could not be set: {0}")]
    Typesetter(String),
    /// The data do not go into its form.
    #[error("the pages could not be set: {0} is not a value that a page can hold")]
    Data(String),
}

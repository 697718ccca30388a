//! Text of a PDF. To come: until then a PDF is refused by name.

/// Why a PDF could not be read.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum PdfError {
    /// It is no PDF, or broken beyond reading.
    #[error("a PDF that cannot be read: {0}")]
    Broken(String),
}

/// The text of a PDF.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PdfText {
    /// The text, paragraphs joined, in reading order.
    pub text: String,
    /// What could not be read.
    pub warnings: Vec<String>,
}

/// Whether bytes are a PDF by their beginning.
#[must_use]
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}

/// Reads the text of a PDF.
///
/// # Errors
///
/// [`PdfError`] where nothing of it can be read.
pub fn text(_bytes: &[u8]) -> Result<PdfText, PdfError> {
    Err(PdfError::Broken("PDFs are not read yet".to_owned()))
}

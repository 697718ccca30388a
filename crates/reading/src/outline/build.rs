//! Building an outline from markup or from plain text.

use super::Outline;

/// Builds the outline of a page.
#[must_use]
pub fn from_html(_html: &str) -> Outline {
    Outline::default()
}

/// Builds the outline of a plain text, one block a line.
#[must_use]
pub fn from_text(_text: &str) -> Outline {
    Outline::default()
}

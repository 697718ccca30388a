//! E-mail addresses of a document.

use crate::hit::Hit;
use crate::outline::Outline;
use crate::page::Context;

/// Finds the addresses of a page.
#[must_use]
pub fn find(_outline: &Outline, _context: &Context<'_>) -> Vec<Hit> {
    Vec::new()
}

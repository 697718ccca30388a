//! To come.

use crate::hit::Hit;
use crate::outline::Outline;
use crate::page::Context;

/// To come.
#[must_use]
pub fn find(_outline: &Outline, _context: &Context) -> Vec<Hit> {
    Vec::new()
}

//! Telephone, fax, text and messenger numbers of a document.
//!
//! Runs of digits are found by one pass ([`candidate`]), weighed by the words nearest to them ([`label`]) and by their
//! shape ([`shape`]), and settled by the numbering plan of the likeliest country ([`regions`], [`plan`], [`number`]).
//! Links that dial are read beside the text that they stand on; where the two disagree both are kept, and told.
//! Opening hours beside a number, and chat links, are read elsewhere.

mod candidate;
mod cost;
mod extension;
mod label;
mod link;
mod number;
mod page;
mod places;
mod plan;
mod regions;
mod scan;
mod shape;
mod vanity;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

use ladder::Reach;

pub use number::{Kind, Number, Standing, shown};
pub use page::find;
pub use regions::Regions;

use label::Label;
use scan::{Known, Line, Scanner, Trust};

/// A number found in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Where it stands, extension counted in.
    pub span: Range<usize>,
    /// Channel and value.
    pub reach: Reach,
    /// The number; `None` for a relay code that has no international form.
    pub number: Option<Number>,
}

impl Match {
    const fn new(span: Range<usize>, reach: Reach, number: Option<Number>) -> Self {
        Self { span, reach, number }
    }
}

/// Finds the numbers of a bare text, line by line, in order. A label may stand on the line above its number.
#[must_use]
pub fn scan(text: &str, regions: &Regions) -> Vec<Match> {
    let known = Known::default();
    let scanner = Scanner::new(regions, &known);
    let mut found = Vec::new();
    let mut above: &str = "";
    let mut offset = 0;
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        let first = found.len();
        let beside_mail = above.contains('@') || lines.peek().is_some_and(|next| next.contains('@'));
        let outer = || label::heading(above);
        scanner.line(&Line { text: line, offset, dials: Vec::new(), beside_mail, outer: &outer }, &mut found);
        for found in &mut found[first..] {
            found.span = found.span.start + offset..found.span.end + offset;
        }
        if !line.trim().is_empty() {
            above = line;
        }
        offset += line.len() + 1;
    }
    found
}

/// Reads a text that is said to be one number: the target of a link, a field of structured data, what a person typed.
///
/// `tel:` and its kin, percent signs, letters, a wrong calling code and an extension are understood; the first number
/// counts. A number read again reads as itself.
#[must_use]
pub fn normalise(text: &str, regions: &Regions) -> Option<Number> {
    normalise_by(text, regions, &Known::default())
}

/// Reads such a text beside others of the same document.
fn normalise_by(text: &str, regions: &Regions, known: &Known) -> Option<Number> {
    let text = link::bare(text);
    let scanner = Scanner::new(regions, known);
    for run in candidate::runs(&text) {
        if run.digits() >= 3
            && let Some(number) = scanner.spelt_out(&text, &run)
        {
            return Some(number);
        }
        if let Some((groups, mut number)) = scanner.settle(&text, &run, 0, Trust::Link, 0).into_iter().next()
        {
            if *groups.end() + 1 == run.groups.len() {
                number.extension = extension::read(&text[run.end..]).map(|(digits, _)| digits);
            }
            return Some(number);
        }
    }
    None
}

/// Returns what labels say of an icon or a link without a number of its own: its title, its classes, its words.
fn labels_of(words: &str) -> Vec<Label> {
    label::hear(words).map(|heard| heard.label).filter(|label| label.reaches()).collect()
}

//! Quotes: the few published words that a sighting rests on.
//!
//! A quote is a slice of the text as the reader sees it, white space made single, at most [`BOUND`] characters long. It
//! holds the value where that is printed and the words before it that say what it is. Where nothing is printed (an icon,
//! a data record) it is the nearest text that is, and it is never blank.

use std::ops::Range;

use crate::hit::Hit;
use crate::outline::{BlockId, Link, Outline};

/// The longest quote, in characters.
pub(super) const BOUND: usize = 200;

/// How many bytes before a value may be quoted with it.
const LEAD: usize = 110;

/// How many bytes after it.
const TAIL: usize = 70;

/// Returns the words around a hit; `fallback` where the document has none.
pub(super) fn of(outline: &Outline, hit: &Hit, fallback: &str) -> String {
    let printed = if hit.span.is_empty() { None } else { around(outline, &hit.span) };
    printed
        .or_else(|| beside_an_icon(outline, hit))
        .or_else(|| hit.label.as_deref().map(single).filter(|label| !label.is_empty()))
        .or_else(|| hit.block.and_then(|block| nearest_text(outline, block)))
        .unwrap_or_else(|| bounded(&single(fallback)))
}

/// Returns the words around a link; empty where it has no place in the text.
pub(super) fn of_link(outline: &Outline, link: &Link) -> String {
    let printed = if link.text.is_empty() { None } else { around(outline, &link.text) };
    printed.or_else(|| link.block.and_then(|block| nearest_text(outline, block))).unwrap_or_default()
}

/// Returns the sentence or line that holds a span; where the span is all of it, with the block before it.
fn around(outline: &Outline, span: &Range<usize>) -> Option<String> {
    let text = &outline.text;
    let id = outline.block_at(span.start)?;
    let block = &outline.blocks[id].range;
    let floor = text.floor_char_boundary(span.start.saturating_sub(LEAD).max(block.start));
    let lead = text.get(floor..span.start)?;
    let mut start = floor + lead.rfind(['\n', '|']).map_or_else(|| sentence_start(lead), |at| at + 1);
    if start == floor && floor > block.start {
        start = floor + lead.find(' ').map_or(0, |at| at + 1);
    }
    if text.get(start..span.start)?.trim().is_empty() && span.start - block.start < 3 && id > 0 {
        let before = &outline.blocks[id - 1].range;
        if before.len() <= LEAD {
            start = before.start;
        }
    }
    let end = text.ceil_char_boundary(span.end.saturating_add(TAIL)).min(block.end.max(span.end));
    let tail = text.get(span.end..end)?;
    let stop = tail.find('\n').or_else(|| tail.find(". ").map(|at| at + 1));
    let stop = stop.or_else(|| (end < block.end).then(|| tail.rfind(' ')).flatten()).unwrap_or(tail.len());
    let quote = single(text.get(start..span.end + stop)?);
    (!quote.is_empty()).then(|| bounded(&quote))
}

/// Returns where the last sentence of a text begins.
fn sentence_start(lead: &str) -> usize {
    lead.rmatch_indices(". ")
        .map(|(at, _)| at + 2)
        .find(|&at| lead[at..].starts_with(char::is_uppercase))
        .unwrap_or(0)
}

/// Returns the title of an icon link.
fn beside_an_icon(outline: &Outline, hit: &Hit) -> Option<String> {
    let title = outline.links.get(hit.link?)?.title.as_deref()?;
    let title = single(title);
    (!title.is_empty()).then(|| bounded(&title))
}

/// Returns the text of a block, of its heading, or of the nearest block before it that has any.
fn nearest_text(outline: &Outline, block: BlockId) -> Option<String> {
    std::iter::once(block)
        .chain(outline.headings(block))
        .chain((block.saturating_sub(8)..block).rev())
        .map(|id| single(outline.block_text(id)))
        .find(|text| !text.is_empty())
        .map(|text| bounded(&text))
}

/// Makes white space single.
fn single(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(4 * BOUND));
    for word in text.split_whitespace() {
        if out.len() > 4 * BOUND {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Cuts a text at [`BOUND`] characters, at a space where there is one.
fn bounded(text: &str) -> String {
    match text.char_indices().nth(BOUND) {
        None => text.to_owned(),
        Some((cut, _)) => text[..text[..cut].rfind(' ').unwrap_or(cut)].to_owned(),
    }
}

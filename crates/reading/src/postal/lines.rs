//! Lines and pieces: the text of a document as a reader sees it, cut where addresses are cut.
//!
//! A [`Line`] is what stands between two line breaks; it knows how far it is set off from the line before, since an
//! address may run over lines of one paragraph, over paragraphs, list items or cells. A [`Piece`] is what stands between
//! two commas, bars, dashes or labels of a line.

use std::ops::Range;

use crate::outline::{Block, BlockId, BlockKind, Outline};
use crate::postal::words;

/// How far a line is set off from the one before.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Gap {
    /// A line break within one block.
    Break,
    /// An empty line within one block.
    Blank,
    /// Another block that may go on with it.
    Near,
    /// Another block that does not.
    Far,
}

/// What part a line plays.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Role {
    /// Text.
    Text,
    /// A heading.
    Heading,
    /// A line in bold that works as a heading of what follows in the same container: often the addressee.
    Bold,
    /// A term, or a cell that heads a row: it names what comes next.
    Term,
}

/// A line of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// Its text, trimmed, not empty.
    pub(super) text: &'a str,
    /// Where it starts in [`Outline::text`]; 0 where there is no outline.
    pub(super) start: usize,
    /// The block that it is of; the number of the line where there is no outline.
    pub(super) block: BlockId,
    /// How it is set off.
    pub(super) gap: Gap,
    /// Its part.
    pub(super) role: Role,
    /// Whether all of it is one link.
    pub(super) linked: bool,
    /// Whether it stands in an `<address>`.
    pub(super) in_address: bool,
}

/// Cuts an outline into lines.
pub(super) fn of_outline(outline: &Outline) -> Vec<Line<'_>> {
    let mut linked_ranges: Vec<Range<usize>> =
        outline.links.iter().map(|l| l.text.clone()).filter(|r| !r.is_empty()).collect();
    linked_ranges.sort_unstable_by_key(|r| r.start);
    let mut lines = Vec::new();
    let mut before: Option<&Block> = None;
    for (id, block) in outline.blocks.iter().enumerate() {
        let role = match block.kind {
            BlockKind::Heading(7) => Role::Bold,
            BlockKind::Heading(_) => Role::Heading,
            BlockKind::Term | BlockKind::Cell { header: true, .. } => Role::Term,
            _ => Role::Text,
        };
        let mut gap = before.map_or(Gap::Far, |b| between(b, block));
        let mut at = block.range.start;
        let mut seen = false;
        for raw in outline.text[block.range.clone()].split('\n') {
            let text = raw.trim();
            if text.is_empty() {
                if gap == Gap::Break {
                    gap = Gap::Blank;
                }
            } else {
                let start = at + (raw.len() - raw.trim_start().len());
                let linked = covered(&linked_ranges, start..start + text.len());
                let in_address = block.in_address;
                lines.push(Line { text, start, block: id, gap, role, linked, in_address });
                gap = Gap::Break;
                seen = true;
            }
            at += raw.len() + 1;
        }
        if seen {
            before = Some(block);
        }
    }
    lines
}

/// Cuts plain text into lines: an empty one sets off the next.
pub(super) fn of_plain<'a>(texts: &[&'a str]) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let mut gap = Gap::Far;
    for (block, raw) in texts.iter().enumerate() {
        let text = raw.trim();
        if text.is_empty() {
            gap = Gap::Blank;
            continue;
        }
        let item = text
            .strip_prefix(['-', '*', '•', '–'])
            .filter(|rest| rest.starts_with(char::is_whitespace))
            .map(str::trim);
        let gap_here = if item.is_some() && gap == Gap::Break { Gap::Near } else { gap };
        let text = item.unwrap_or(text);
        if text.is_empty() {
            continue;
        }
        let start = 0;
        lines.push(Line {
            text,
            start,
            block,
            gap: gap_here,
            role: Role::Text,
            linked: false,
            in_address: false,
        });
        gap = Gap::Break;
    }
    lines
}

/// Tells how a block is set off from the one before.
fn between(before: &Block, block: &Block) -> Gap {
    if before.place != block.place || before.hidden != block.hidden {
        return Gap::Far;
    }
    match (before.kind, block.kind) {
        (BlockKind::Heading(7), _) if before.container == block.container => Gap::Near,
        (BlockKind::Cell { table: t, row: r, column: c, .. }, BlockKind::Cell { table, row, column, .. })
            if t == table =>
        {
            let below = c == column && (r == row || r + 1 == row);
            let beside = r == row;
            if below || beside { Gap::Near } else { Gap::Far }
        }
        (BlockKind::Cell { .. }, _)
        | (
            BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Definition,
            BlockKind::Heading(_) | BlockKind::Term,
        )
        | (_, BlockKind::Cell { .. }) => Gap::Far,
        _ => Gap::Near,
    }
}

/// Returns whether the sorted ranges cover `range` but for a few characters.
fn covered(links: &[Range<usize>], range: Range<usize>) -> bool {
    let first = links.partition_point(|link| link.end <= range.start);
    let within = links[first..].iter().take(16).take_while(|link| link.start < range.end);
    let (count, sum) = within.fold((0, 0), |(count, sum), link| {
        (count + 1, sum + link.end.min(range.end).saturating_sub(link.start.max(range.start)))
    });
    count > 0 && sum + 2 + 3 * (count - 1) >= range.len()
}

/// What stands between two separators of a line.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Where it stands in the text of its line, trimmed.
    pub(super) range: Range<usize>,
    /// Whether nothing before it can belong to it: the end of a sentence, a bracket.
    pub(super) hard: bool,
    /// The label right before it, with a colon.
    pub(super) label: Option<Range<usize>>,
}

/// How much of a long line is looked at before and after a place.
const WINDOW: usize = 420;

/// Cuts the part of a line around `at` into pieces.
///
/// `code` is where a postcode begins: a full stop before it ends no sentence.
pub(super) fn pieces(text: &str, at: usize, code: Option<usize>) -> Vec<Piece> {
    let from = floor(text, at.saturating_sub(WINDOW));
    let to = ceil(text, (at + WINDOW).min(text.len()));
    let mut cut = Cutter { text, pieces: Vec::new(), start: from, hard: from > 0, label: None };
    let mut skip_until = from;
    let mut depth = 0usize;
    for (i, c) in text[from..to].char_indices().map(|(i, c)| (from + i, c)) {
        // Letters, digits and blanks part nothing.
        if i < skip_until || c.is_ascii_alphanumeric() || c == ' ' {
            continue;
        }
        let next = i + c.len_utf8();
        let after = text[next..to].chars().next();
        let before = text[from..i].chars().next_back();
        match c {
            ',' => {
                let number =
                    before.is_some_and(|b| b.is_ascii_digit()) && after.is_some_and(|a| a.is_ascii_digit());
                if !number || i.checked_sub(from).is_some_and(|_| is_house_comma(&text[from..i])) {
                    cut.end(i, next, false);
                }
            }
            ';' | '|' | '·' | '•' | '●' | '▪' | '■' | '\t' | '｜' | '⋅' | '∙' | '►' | '»' => {
                cut.end(i, next, false);
            }
            '-' | '–' | '—' | '/' | '~' if before == Some(' ') && (after == Some(' ') || c == '—') => {
                let numbers = text[from..i].trim_end().ends_with(|p: char| p.is_ascii_digit())
                    && text[next..to].trim_start().starts_with(|n: char| n.is_ascii_digit())
                    && c != '—'
                    && !follows_code(&text[next..to]);
                // `Mumbai - 400 001`
                let code_next = code.is_some_and(|code| code >= next && text[next..code].trim().is_empty());
                if !numbers && !code_next {
                    cut.end(i, next, false);
                }
            }
            '/' if before == Some('/') => {}
            ':' => {
                let clock =
                    before.is_some_and(|b| b.is_ascii_digit()) && after.is_some_and(|a| a.is_ascii_digit());
                let address = after == Some('/');
                if !clock && !address {
                    let label = cut.start..i;
                    let name = text[label.clone()].trim().to_lowercase();
                    if !words::ATTENTION.contains(name.as_str()) && !is_attention(&name) {
                        cut.label(label, next);
                    }
                }
            }
            '(' => {
                if let Some(end) = close_of(&text[i..to]) {
                    skip_until = i + end;
                } else {
                    depth += 1;
                    cut.end(i, next, true);
                }
            }
            ')' if depth > 0 => {
                depth -= 1;
                cut.end(i, next, true);
            }
            ')' | '!' | '?' => cut.end(i, next, true),
            '.' if after.is_none_or(char::is_whitespace) => {
                let code_next = code.is_some_and(|code| code >= next && text[next..code].trim().is_empty());
                if code_next {
                    cut.end(i, next, false);
                } else if ends_sentence(&text[cut.start..i], text[next..to].trim_start()) {
                    cut.end(i, next, true);
                }
            }
            '"' | '“' | '”' | '„' | '«' => cut.end(i, next, false),
            _ => {}
        }
    }
    cut.end(to, to, false);
    cut.pieces
}

/// What [`pieces`] is making.
struct Cutter<'a> {
    text: &'a str,
    pieces: Vec<Piece>,
    start: usize,
    hard: bool,
    label: Option<Range<usize>>,
}

impl Cutter<'_> {
    /// Ends a piece at `end`; the next one starts at `next`, and is set off hard or not.
    fn end(&mut self, end: usize, next: usize, hard: bool) {
        let raw = &self.text[self.start..end];
        let text = raw.trim();
        if text.is_empty() {
            self.hard |= hard;
        } else {
            let start = self.start + (raw.len() - raw.trim_start().len());
            let range = start..start + text.len();
            self.pieces.push(Piece { range, hard: self.hard, label: self.label.take() });
            self.hard = hard;
        }
        self.start = next;
    }

    /// Takes what stands since the last separator for a label.
    fn label(&mut self, label: Range<usize>, next: usize) {
        self.label = Some(label);
        self.start = next;
    }
}

/// Returns whether a comma after `before` parts a house number from what follows: `Via Roma 5,20100`.
fn is_house_comma(before: &str) -> bool {
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    digits > 3
        || before.len() > digits && before[..before.len() - digits].ends_with(' ') && digits < 4 && {
            // `12,500 customers` is one number; a house number has a word before it.
            before[..before.len() - digits].trim_end().ends_with(char::is_alphabetic)
        }
}

/// Returns whether a postcode of five digits and a word stand at the start.
fn follows_code(rest: &str) -> bool {
    let rest = rest.trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (4..=6).contains(&digits)
}

/// Returns whether a label ends in words for "for the attention of".
fn is_attention(label: &str) -> bool {
    ["attn", "attention", "c/o", "fao", "z.hd.", "t.a.v."].iter().any(|word| label.ends_with(word))
}

/// Returns the end of a short bracket that opens `rest` and holds no separators, the bracket included.
fn close_of(rest: &str) -> Option<usize> {
    let end = rest.bytes().take(64).position(|b| b == b')')?;
    let inside = &rest[1..end];
    let separated = inside.contains(',') || inside.contains('|') || inside.contains('(');
    (!separated).then_some(end + 1)
}

/// Returns whether the full stop after `before` ends a sentence.
fn ends_sentence(before: &str, rest: &str) -> bool {
    let Some(word) = before.split_whitespace().next_back() else { return false };
    let lower = word.to_lowercase();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if rest.is_empty() {
        return false;
    }
    if word.contains('.') || letters < 4 && !word.ends_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let short = [
        "str", "blvd", "cres", "bldg", "dept", "attn", "corp", "prof", "calle", "avda", "boul", "bldgs",
        "edif",
    ];
    if short.contains(&lower.as_str()) || lower.ends_with("str") {
        return false;
    }
    !words::LEGAL_FORMS.contains(lower.as_str()) || !rest.starts_with(|c: char| c.is_ascii_digit())
}

/// Returns the nearest character boundary at or before `at`.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Returns the nearest character boundary at or after `at`.
fn ceil(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        pieces(text, 0, None).into_iter().map(|p| &text[p.range]).collect()
    }

    #[test]
    fn a_line_is_cut_where_addresses_are_cut() {
        for (text, expected) in [
            ("1 High Street, Town, AB1 2CD", vec!["1 High Street", "Town", "AB1 2CD"]),
            ("Acme GmbH | Musterweg 1 · 10115 Berlin", vec!["Acme GmbH", "Musterweg 1", "10115 Berlin"]),
            ("12 - 14 High Street - Town", vec!["12 - 14 High Street", "Town"]),
            ("4191 US 36 West (Wyckles Rd.), Decatur", vec!["4191 US 36 West (Wyckles Rd.)", "Decatur"]),
            ("Acme (1 Main St, Suite 2)", vec!["Acme", "1 Main St", "Suite 2"]),
            ("Attn: Claims Unit, PO Box 5", vec!["Attn: Claims Unit", "PO Box 5"]),
            ("Open 10:00 to 12:30", vec!["Open 10:00 to 12:30"]),
            ("Lübecker Str. 9, St. Gallen", vec!["Lübecker Str. 9", "St. Gallen"]),
            ("We are happy to help. Acme Ltd, Town", vec!["We are happy to help", "Acme Ltd", "Town"]),
        ] {
            assert_eq!(cut(text), expected, "{text}");
        }
    }

    #[test]
    fn labels_are_told_from_what_they_name() {
        let text = "Registered office: 1 High Street";
        let found = pieces(text, 0, None);
        assert_eq!(&text[found[0].range.clone()], "1 High Street");
        assert_eq!(found[0].label.clone().map(|l| &text[l]), Some("Registered office"));
    }
}

//! The outline of a plain text: one block a line, with what its layout tells.
//!
//! Items begin with `- `, `•` or a number; cells of a row are parted by ` | ` or a tab; a short line alone that names
//! something is a heading. The text of a PDF and the texts that people save come this way.

use ladder::Place;

use super::text::works_as_heading;
use super::{Block, BlockKind, Outline};

/// Text beyond this is cut.
const MAX_TEXT: usize = 4 << 20;

/// Builds the outline of a plain text, one block a line.
#[must_use]
pub fn from_text(text: &str) -> Outline {
    let mut end = text.len().min(MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut out = Outline { cut: end < text.len(), ..Outline::default() };
    let lines = lines(&text[..end], &mut out.text);
    let mut writer = Writer { out, table: None, columns: 0, tables: 0, heads: Vec::new(), container: 0 };
    writer.out.containers.push(0);
    for (i, line) in lines.iter().enumerate() {
        writer.line(&lines, i, line);
    }
    writer.out
}

/// A line of the text.
#[derive(Clone, Debug)]
struct Line {
    start: usize,
    end: usize,
    indent: usize,
    /// An empty line stands before it.
    set_off: bool,
}

/// Writes the lines that hold anything, white space single, and says where each stands.
fn lines(text: &str, into: &mut String) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut set_off = true;
    for raw in text.split(['\n', '\u{c}', '\u{b}']) {
        let raw = raw.trim_end();
        let indent =
            raw.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum();
        let start = into.len();
        for part in raw.split('\t').map(str::trim).filter(|part| !part.is_empty()) {
            if into.len() > start {
                into.push_str(" | ");
            }
            for (i, word) in part.split_whitespace().enumerate() {
                if i > 0 {
                    into.push(' ');
                }
                into.extend(
                    word.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}')),
                );
            }
        }
        let end = into.len();
        if end > start {
            lines.push(Line { start, end, indent, set_off });
            into.push('\n');
        }
        set_off = end == start;
    }
    lines
}

struct Writer {
    out: Outline,
    /// The table being read: its id and the next row.
    table: Option<(u32, u32)>,
    /// How many columns its last row has.
    columns: usize,
    tables: u32,
    /// Headings in force: level and block.
    heads: Vec<(u8, usize)>,
    container: u32,
}

impl Writer {
    fn line(&mut self, lines: &[Line], i: usize, line: &Line) {
        if line.set_off {
            self.container += 1;
            self.out.containers.push(0);
        }
        let text = self.out.text[line.start..line.end].to_owned();
        if text.contains(" | ") {
            self.row(line, &text);
            return;
        }
        self.table = None;
        let next =
            lines.get(i + 1).map(|next| (self.out.text[next.start..next.end].to_owned(), next.set_off));
        if let Some((marker, ordinal)) = item(&text) {
            let level = ordinal.and_then(|_| numbered_heading(&text, line, next.as_ref()));
            if let Some(level) = level {
                self.push(line.start, line.end, BlockKind::Heading(level));
            } else {
                let depth = u8::try_from((line.indent / 2 + 1).min(9)).unwrap_or(1);
                self.push(line.start + marker, line.end, BlockKind::Item { depth, ordinal });
            }
        } else if let Some(level) = heading(&text, line, next.as_ref(), i == 0) {
            self.push(line.start, line.end, BlockKind::Heading(level));
        } else {
            self.push(line.start, line.end, BlockKind::Paragraph);
        }
    }

    fn row(&mut self, line: &Line, text: &str) {
        let columns = text.split(" | ").count();
        // White space parts the rows of some tables; where the columns change with it, another table begins.
        if line.set_off && columns != self.columns {
            self.table = None;
        }
        self.columns = columns;
        let (id, row) = self.table.unwrap_or_else(|| {
            self.tables += 1;
            (self.tables - 1, 0)
        });
        self.table = Some((id, row + 1));
        let mut at = line.start;
        for (column, cell) in text.split(" | ").enumerate() {
            let header = row == 0 && columns > 1 && works_as_heading(cell) && cell.len() <= 40;
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            self.push(at, at + cell.len(), BlockKind::Cell { table: id, row, column, header });
            at += cell.len() + 3;
        }
    }

    fn push(&mut self, start: usize, end: usize, kind: BlockKind) {
        let raw = &self.out.text[start..end];
        let lead = raw.len() - raw.trim_start().len();
        let len = raw.trim().len();
        if len == 0 {
            return;
        }
        let id = self.out.blocks.len();
        if let BlockKind::Heading(level) = kind {
            while self.heads.last().is_some_and(|&(above, _)| above >= level) {
                self.heads.pop();
            }
        }
        self.out.blocks.push(Block {
            range: start + lead..start + lead + len,
            kind,
            heading: self.heads.last().map(|&(_, block)| block),
            place: Place::Main,
            container: self.container,
            in_address: false,
            hidden: false,
        });
        if let BlockKind::Heading(level) = kind {
            self.heads.push((level, id));
        }
    }
}

/// Returns the length of the marker that begins an item, and its number.
fn item(text: &str) -> Option<(usize, Option<u32>)> {
    for marker in ["- ", "* ", "• ", "– ", "— ", "· ", "‣ ", "▪ ", "● ", "o ", "✓ ", "➢ ", "» "]
    {
        if text.starts_with(marker) {
            return Some((marker.len(), None));
        }
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) {
        return None;
    }
    let rest = &text[digits..];
    let mark = rest.strip_prefix(['.', ')'])?;
    (mark.starts_with(' ') && mark.trim().chars().any(char::is_alphabetic))
        .then(|| (text.len() - mark.len(), text[..digits].parse().ok()))
}

/// Returns the level of a numbered line that is the heading of a section, not the item of a list: short, no sentence, and
/// text without a number below it.
fn numbered_heading(text: &str, line: &Line, next: Option<&(String, bool)>) -> Option<u8> {
    let (next, set_off) = next?;
    let below = item(next).is_none_or(|(_, ordinal)| ordinal.is_none());
    (line.set_off
        && text.len() <= 70
        && works_as_heading(text)
        && below
        && (*set_off || next.len() > text.len()))
    .then_some(2)
}

/// Returns the level of a line that works as a heading.
fn heading(text: &str, line: &Line, next: Option<&(String, bool)>, is_first: bool) -> Option<u8> {
    let hashes = text.bytes().take_while(|&b| b == b'#').count();
    if (1..=6).contains(&hashes) && text[hashes..].starts_with(' ') {
        return u8::try_from(hashes).ok();
    }
    let (next, next_set_off) = next?;
    if text.len() > 90 || !works_as_heading(text) || text.ends_with(':') && !line.set_off {
        return None;
    }
    let first = text.chars().find(|c| c.is_alphabetic())?;
    if first.is_lowercase() || text.contains(": ") {
        return None;
    }
    if is_first {
        return Some(1);
    }
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let shouts = letters.clone().count() >= 4 && letters.clone().all(char::is_uppercase);
    // Alone between empty lines, or above a longer line: lines of an address stand close and are alike.
    let over_text = next.len() > 60 || item(next).is_some() || next.contains(" | ");
    let alone = line.set_off && (*next_set_off || over_text);
    (alone || (shouts && line.set_off)).then_some(if shouts { 2 } else { 3 })
}

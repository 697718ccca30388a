//! Writing the text of blocks: single white space, lines, where a block ends, and which heading it stands under.
//!
//! Inline elements join without a space, as on the screen, so that a value split over several of them is whole. Only
//! where two words would run together that no writer joins (`PhoneJane`, `Tel0123`) does the edge of an element part them.

use super::build::{Builder, Sink};
use super::{Block, BlockKind};
use crate::window::is_worded;

/// Text beyond this is cut.
const MAX_TEXT: usize = 4 << 20;
/// Blocks beyond this are cut.
const MAX_BLOCKS: usize = 100_000;

/// A heading that is in force.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    /// 1 to 6; 7 for a line that works as a heading; 8 for a term.
    pub(super) level: u8,
    pub(super) block: usize,
    /// How many elements were open around it.
    pub(super) depth: usize,
}

/// What is known of the block being written.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each set and cleared by itself")]
pub(super) struct Pending {
    /// Where it begins in the text.
    pub(super) start: usize,
    /// White space is due before the next word.
    space: bool,
    /// The edge of an element was met since the last word.
    pub(super) edge: bool,
    /// Where the line begins.
    line: usize,
    /// The line has bold text; it has other text.
    bold: bool,
    plain: bool,
    /// Lines of it that are all bold.
    bold_lines: Vec<(usize, usize)>,
}

/// Bytes that stand for themselves: no white space, no first byte of a character that is space or has no width.
const PLAIN: [bool; 256] = {
    let mut plain = [true; 256];
    let mut i = 0;
    while i <= 0x20 {
        plain[i] = false;
        i += 1;
    }
    plain[0x7f] = false;
    plain[0xc2] = false;
    plain[0xe2] = false;
    plain[0xe3] = false;
    plain[0xef] = false;
    plain
};

/// What a character is to the text.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Width {
    Word,
    Space,
    None,
}

fn width(c: char) -> Width {
    match c {
        '\u{a0}'
        | '\u{2000}'..='\u{200a}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}'
        | '\u{2028}'
        | '\u{2029}' => Width::Space,
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => Width::None,
        c if c == ' ' || ('\t'..='\r').contains(&c) => Width::Space,
        c if c < ' ' || c == '\u{7f}' || ('\u{80}'..='\u{9f}').contains(&c) => Width::None,
        _ => Width::Word,
    }
}

/// Writes text with single white space into a buffer: for titles, labels and the like.
pub(super) fn squeeze(text: &str, into: &mut String) {
    let mut space = false;
    for c in text.chars() {
        match width(c) {
            Width::Word => {
                if space && !into.is_empty() && !into.ends_with(' ') {
                    into.push(' ');
                }
                space = false;
                into.push(c);
            }
            Width::Space => space = true,
            Width::None => {}
        }
    }
    if space && !into.is_empty() && !into.ends_with(' ') {
        into.push(' ');
    }
}

/// Returns the end of a run of plain bytes with single spaces between them, which a plain byte before `at` begins.
fn run_end(bytes: &[u8], mut at: usize) -> usize {
    let plain = |at: usize| bytes.get(at).is_some_and(|&b| PLAIN[usize::from(b)]);
    let space = |at: usize| bytes.get(at) == Some(&b' ');
    loop {
        while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
            if !is_worded(u64::from_le_bytes(*eight)) || space(at) && space(at - 1) {
                break;
            }
            at += 8;
        }
        if space(at - 1) && !plain(at) {
            return at - 1;
        }
        // What is not of ASCII, or the end, is looked at one by one.
        let stop = at + 8;
        while at < stop && (plain(at) || space(at) && plain(at + 1)) {
            at += 1;
        }
        if at < stop {
            return at;
        }
    }
}

impl Builder {
    /// Adds visible text to the block.
    pub(super) fn write(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut i = 0;
        while i < bytes.len() {
            if PLAIN[usize::from(bytes[i])] {
                let from = i;
                i = run_end(bytes, i + 1);
                self.write_run(&text[from..i]);
                continue;
            }
            if bytes[i] < 0x80 {
                if bytes[i] == b'\n' && self.ctx.pre {
                    self.break_line();
                } else {
                    self.pending.space |= matches!(bytes[i], b' ' | b'\t'..=b'\r');
                }
                i += 1;
                continue;
            }
            let Some(c) = text[i..].chars().next() else { break };
            let end = i + c.len_utf8();
            match width(c) {
                Width::Word => self.write_run(&text[i..end]),
                Width::Space => self.pending.space = true,
                Width::None => {}
            }
            i = end;
        }
    }

    /// Adds a run that begins and ends with a word.
    fn write_run(&mut self, run: &str) {
        let whole = run.len();
        let room = MAX_TEXT.saturating_sub(self.out.text.len());
        let run = if self.out.blocks.len() < MAX_BLOCKS { &run[..run.floor_char_boundary(room)] } else { "" };
        self.out.cut |= run.len() < whole;
        if run.is_empty() {
            return;
        }
        let at_line = self.out.text.len() == self.pending.line;
        if !at_line && (self.pending.space || (self.pending.edge && parts(&self.out.text, run))) {
            self.out.text.push(' ');
        }
        self.pending.space = false;
        self.pending.edge = false;
        self.out.text.push_str(run);
        if self.ctx.bold {
            self.pending.bold = true;
        } else if !self.pending.plain {
            self.pending.plain = run.len() > 2 || run.bytes().any(|b| b.is_ascii_alphanumeric());
        }
    }

    /// Makes white space due before the next word, as a picture or a button does.
    pub(super) fn part(&mut self) {
        self.pending.space = true;
    }

    /// Whether the block being written holds text.
    pub(super) fn is_pending(&self) -> bool {
        self.out.text.len() > self.pending.start
    }

    /// Returns the id of the block being written, or of the last one where it holds nothing.
    pub(super) fn nearest_block(&self) -> Option<usize> {
        if self.is_pending() { Some(self.out.blocks.len()) } else { self.out.blocks.len().checked_sub(1) }
    }

    /// Ends a line of the block.
    pub(super) fn break_line(&mut self) {
        self.end_line();
        let text = &mut self.out.text;
        // An empty line is kept once: it parts an address from the next.
        if text.len() > self.pending.start && !text.ends_with("\n\n") {
            text.push('\n');
        }
        self.pending.line = text.len();
        self.pending.space = false;
    }

    fn end_line(&mut self) {
        let (start, end) = (self.pending.line, self.out.text.len());
        if self.pending.bold && !self.pending.plain && end > start {
            self.pending.bold_lines.push((start, end));
        }
        self.pending.bold = false;
        self.pending.plain = false;
    }

    /// Returns the offset at which the next word comes after: line breaks at the end, which may yet be dropped, left out.
    pub(super) fn here(&self) -> usize {
        self.out.text.trim_end_matches('\n').len()
    }

    /// Returns the range of what was written since an offset, white space at either end left out.
    pub(super) fn since(&self, start: usize) -> std::ops::Range<usize> {
        let bytes = self.out.text.as_bytes();
        let mut end = bytes.len();
        while end > start && bytes[end - 1].is_ascii_whitespace() {
            end -= 1;
        }
        let mut start = start.min(end);
        while start < end && bytes[start].is_ascii_whitespace() {
            start += 1;
        }
        if start < end {
            return start..end;
        }
        while end > 0 && bytes[end - 1].is_ascii_whitespace() {
            end -= 1;
        }
        end..end
    }

    /// Ends the block: what was written since the last one becomes a block.
    pub(super) fn flush(&mut self) {
        self.pending.space = false;
        self.pending.edge = false;
        if !self.is_pending() {
            if self.pending_closed > 0 {
                self.settle_links(None);
            }
            return;
        }
        self.end_line();
        let trimmed = self.out.text.trim_end_matches('\n').len();
        self.out.text.truncate(trimmed.max(self.pending.start));
        let (start, end) = (self.pending.start, self.out.text.len());
        let first = self.out.blocks.len();
        let lines = std::mem::take(&mut self.pending.bold_lines);
        self.emit(start, end, &lines);
        self.pending.bold_lines = lines;
        self.pending.bold_lines.clear();
        self.out.text.push('\n');
        self.pending.start = self.out.text.len();
        self.pending.line = self.pending.start;
        self.settle_links(Some(first));
    }

    /// Emits one block, or several where bold lines in it work as headings.
    fn emit(&mut self, start: usize, end: usize, bold_lines: &[(usize, usize)]) {
        let whole = matches!(bold_lines, [(s, e)] if *s == start && *e >= end);
        if !whole
            && !bold_lines.is_empty()
            && self.ctx.kind != BlockKind::Term
            && heading_level(self.ctx.kind).is_none()
        {
            let mut from = start;
            for (at, &(line, line_end)) in bold_lines.iter().enumerate() {
                let line_end = line_end.min(end);
                // Two bold lines in a row are a bold paragraph, not two headings.
                let next_is_bold = bold_lines.get(at + 1).is_some_and(|&(s, _)| s == line_end + 1);
                let before = at.checked_sub(1).and_then(|before| bold_lines.get(before));
                let last_was_bold = before.is_some_and(|&(_, e)| e + 1 == line);
                let text = &self.out.text[line..line_end];
                let is_label = text.ends_with(':') && text.split(' ').count() <= 3;
                if next_is_bold || last_was_bold || is_label || line_end >= end || !works_as_heading(text) {
                    continue;
                }
                self.emit_one(from, line, self.ctx.kind, false);
                self.emit_one(line, line_end, BlockKind::Heading(7), false);
                from = line_end;
            }
            self.emit_one(from, end, self.ctx.kind, false);
            return;
        }
        self.emit_one(start, end, self.ctx.kind, whole);
    }

    /// Emits one block; `bold` says that all of it is bold.
    fn emit_one(&mut self, start: usize, end: usize, kind: BlockKind, bold: bool) {
        let text = &self.out.text[start..end];
        let lead = text.len() - text.trim_start().len();
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let (start, end) = (start + lead, start + lead + text.len());
        let id = self.out.blocks.len();
        let titled = self.ctx.titled == id + 1;
        let heads = (bold || titled) && works_as_heading(text);
        let (mut kind, mut level) = (kind, heading_level(kind));
        match kind {
            BlockKind::Item { .. } if self.ctx.item != 0 && self.ctx.item == self.item_written => {
                kind = BlockKind::Paragraph;
            }
            BlockKind::Item { .. } => self.item_written = self.ctx.item,
            _ => {}
        }
        match kind {
            BlockKind::Paragraph if heads => {
                kind = BlockKind::Heading(7);
                level = Some(7);
            }
            BlockKind::Cell { table, row, column, header: false } if heads => {
                kind = BlockKind::Cell { table, row, column, header: bold };
                level = Some(7);
            }
            BlockKind::Item { .. } | BlockKind::Definition if heads => level = Some(7),
            BlockKind::Term if self.ctx.in_dl => level = Some(8),
            _ => {}
        }
        if let Some(level) = level {
            while self.heads.last().is_some_and(|head| head.level >= level) {
                self.heads.pop();
            }
        }
        self.out.blocks.push(Block {
            range: start..end,
            kind,
            heading: self.heads.last().map(|head| head.block),
            place: self.ctx.place,
            container: self.ctx.container,
            in_address: self.ctx.in_address,
            hidden: self.ctx.hidden,
        });
        if let Some(level) = level {
            self.heads.push(Head { level, block: id, depth: self.heading_depth() });
        }
    }

    /// Returns how many elements are open around the heading that is being written.
    fn heading_depth(&self) -> usize {
        let open = self.frames.iter().rposition(|frame| frame.tag.is_block());
        open.map_or(0, |i| i + usize::from(self.frames[i].tag.is_container()))
    }

    /// Ends the reach of headings inside of an element that closed, unless nothing came below them: a heading alone in
    /// its box speaks for what follows the box.
    pub(super) fn bound_heads(&mut self, least: u8) {
        let depth = self.frames.len();
        let alone = self.heads.last().is_some_and(|head| head.block + 1 == self.out.blocks.len());
        if alone {
            for head in
                self.heads.iter_mut().rev().take_while(|head| head.depth > depth && head.level >= least)
            {
                head.depth = depth;
            }
        } else {
            while self.heads.last().is_some_and(|head| head.depth > depth && head.level >= least) {
                self.heads.pop();
            }
        }
    }

    /// Takes text of the tokenizer to where it belongs.
    pub(super) fn take_text(&mut self, text: &str) {
        match self.ctx.sink {
            Sink::Text => {
                if !self.in_body && !text.bytes().all(|b| b.is_ascii_whitespace()) {
                    self.in_body = true;
                }
                self.write(text);
            }
            Sink::Drop | Sink::Select => {}
            Sink::Raw => {
                if self.raw.len() + text.len() <= self.raw_bound {
                    self.raw.push_str(text);
                } else {
                    self.out.cut = true;
                }
            }
            Sink::Aside => {
                if self.side.len() + text.len() <= 64 * 1024 {
                    squeeze(text, &mut self.side);
                }
            }
        }
    }
}

const fn heading_level(kind: BlockKind) -> Option<u8> {
    if let BlockKind::Heading(level) = kind { Some(level) } else { None }
}

/// Whether the edge of an element parts two words: a label from its value, a name from a title.
fn parts(before: &str, after: &str) -> bool {
    let (Some(a), Some(b)) = (before.chars().next_back(), after.chars().next()) else { return false };
    (a.is_alphabetic() && (b.is_ascii_digit() || b == '+' || b == '('))
        || (a == ':' && (b.is_alphanumeric() || b == '+' || b == '('))
        || (a.is_ascii_digit() && b.is_uppercase())
        || (a.is_lowercase() && b.is_uppercase())
        || (matches!(a, '.' | ')') && b.is_uppercase())
        || (a.is_alphabetic() && begins_with_mailbox(after))
}

/// Whether a text begins with a whole mailbox: `<span>Returns</span><span>returns@acme.example</span>` are two words, however
/// close they stand in the source.
fn begins_with_mailbox(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    word.split_once('@')
        .is_some_and(|(local, domain)| local.len() >= 3 && domain.trim_end_matches('.').contains('.'))
}

/// Whether a short line that is set off from the text works as a heading: it names something and is no value itself.
pub(super) fn works_as_heading(text: &str) -> bool {
    text.len() <= 120
        && text.chars().any(char::is_alphabetic)
        && !text.contains(['@', '\n'])
        && !text.ends_with(['.', ',', ';'])
        && text.bytes().filter(u8::is_ascii_digit).count() < 5
        && text.split(' ').count() <= 14
        && !text.contains("://")
}

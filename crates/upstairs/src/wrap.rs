//! Wrapping: how wide the output is, and lines that are wrapped to it. The one place of the command line that knows.
//!
//! `COLUMNS` rules where it is set, on a terminal or not; else the terminal is asked; else lines are 100 columns. A line is
//! broken between words alone, so that numbers and addresses stay whole and can be copied; what follows stands under the
//! first word of the line, past its bullet.

use std::io::{self, Write};
use std::sync::OnceLock;

use textwrap::{Options, WordSplitter};

/// Columns where neither the user nor a terminal says.
const USUAL: usize = 100;
/// The widest that is used of a terminal: longer lines are hard to read.
const WIDEST: usize = 120;
/// Fewer columns than these make nonsense of any layout.
const NARROWEST: usize = 40;
/// What a user may ask for with `COLUMNS`.
const MOST_ASKED: usize = 400;

static ASKED: OnceLock<Option<usize>> = OnceLock::new();

/// Takes the columns that the environment asks for, once, at the start.
pub(crate) fn ask(columns: Option<usize>) {
    let _ = ASKED.set(columns);
}

/// Returns how many columns to use.
pub(crate) fn width() -> usize {
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    of(ASKED.get().copied().flatten(), terminal)
}

fn of(asked: Option<usize>, terminal: impl Fn() -> Option<usize>) -> usize {
    match asked {
        Some(columns) => columns.clamp(NARROWEST, MOST_ASKED),
        None => terminal().unwrap_or(USUAL).clamp(NARROWEST, WIDEST),
    }
}

/// Returns how a text is broken: between words, at no hyphen.
pub(crate) fn options<'a>(width: usize, first: &'a str, rest: &'a str) -> Options<'a> {
    Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false)
}

/// A writer that wraps the lines that go through it.
#[derive(Debug)]
pub(crate) struct Lines<W: Write> {
    inner: W,
    width: usize,
    held: Vec<u8>,
}

impl<W: Write> Lines<W> {
    /// Wraps what goes to `inner`.
    pub(crate) fn new(inner: W) -> Self {
        Self { inner, width: width(), held: Vec::new() }
    }

    fn put(&mut self, line: &str) -> io::Result<()> {
        self.inner.write_all(wrapped(line, self.width).as_bytes())
    }
}

impl<W: Write> Write for Lines<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        while let Some(end) = self.held.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.held.drain(..=end).collect();
            let line = String::from_utf8_lossy(&line[..end]).into_owned();
            self.put(&line)?;
            self.inner.write_all(b"\n")?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.held.is_empty() {
            let rest = String::from_utf8_lossy(&std::mem::take(&mut self.held)).into_owned();
            self.put(&rest)?;
        }
        self.inner.flush()
    }
}

impl<W: Write> Drop for Lines<W> {
    fn drop(&mut self) {
        // A last line without an end; where it cannot be written, nobody is left to tell.
        let _ = self.flush();
    }
}

/// Wraps one line under its own indent and bullet.
fn wrapped(line: &str, width: usize) -> String {
    if textwrap::core::display_width(line) <= width {
        return line.to_owned();
    }
    let text = line.trim_start_matches(' ');
    let mut indent = line.len() - text.len();
    for bullet in ["- ", "• ", "* "] {
        if text.starts_with(bullet) {
            indent += 2;
        }
    }
    let rest = " ".repeat(indent.min(width / 2));
    let first = &line[..line.len() - text.len()];
    textwrap::fill(text, options(width, first, &rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_stands_under_its_first_word_and_keeps_its_addresses_whole() {
        let line = "  - forward the e-mail to https://www.a-very-long-host-name.example/and/a/path and wait";
        assert_eq!(
            wrapped(line, 40),
            "  - forward the e-mail to\n    https://www.a-very-long-host-name.example/and/a/path\n    and wait"
        );
        assert_eq!(wrapped("short", 40), "short");
    }

    #[test]
    fn columns_rule_where_they_are_set_and_the_terminal_where_not() {
        assert_eq!(of(Some(60), || Some(200)), 60);
        assert_eq!(of(Some(3), || None), NARROWEST);
        assert_eq!(of(None, || Some(200)), WIDEST);
        assert_eq!(of(None, || None), USUAL);
    }

    #[test]
    fn what_is_written_in_pieces_is_wrapped_as_lines() {
        let mut out = Vec::new();
        let mut lines = Lines { inner: &mut out, width: 12, held: Vec::new() };
        lines.write_all(b"one two ").unwrap();
        lines.write_all(b"three four\nfive").unwrap();
        drop(lines);
        assert_eq!(String::from_utf8(out).unwrap(), "one two\nthree four\nfive");
    }
}

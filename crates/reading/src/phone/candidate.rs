//! Candidates: runs of digit groups that might be dialled.
//!
//! One pass over a line finds every run of digits with the punctuation that people put into telephone numbers: spaces of
//! all widths, hyphens of all lengths, dots, slashes and brackets. A run may hold a number, several, or none: that is
//! settled later. What cannot stand inside a number (a letter, a comma, a colon) ends the run.

use crate::window::next_digit;

/// More groups than this end a run: no number has as many.
const MAX_GROUPS: usize = 16;
/// More characters than this between two groups end a run.
const MAX_GAP: usize = 5;

/// What stands before a group of digits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Gap {
    /// It is the first of its run.
    First,
    /// White space alone.
    Space,
    /// A dot.
    Dot,
    /// A hyphen or dash.
    Hyphen,
    /// A slash.
    Slash,
    /// A bracket, with or without other signs.
    Bracket,
    /// A hyphen, dash, dot or slash with a space beside it.
    Wide(char),
}

impl Gap {
    /// Returns whether one number may end and another thing begin here.
    pub(super) const fn parts(self) -> bool {
        matches!(self, Self::First | Self::Space | Self::Slash | Self::Bracket | Self::Wide(_))
    }

    /// Returns whether it is a slash, however wide.
    pub(super) const fn is_slash(self) -> bool {
        matches!(self, Self::Slash | Self::Wide('/'))
    }
}

/// A group of digits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Group {
    /// Where its digits begin.
    pub(super) start: usize,
    /// Where they end.
    pub(super) end: usize,
    /// What stands before it.
    pub(super) gap: Gap,
    /// Whether it alone stands in brackets: `(0)`, `(020)`.
    pub(super) bracketed: bool,
}

impl Group {
    /// Returns how many digits it has.
    pub(super) const fn len(&self) -> usize {
        self.end - self.start
    }
}

/// A run of groups.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Run {
    /// Where it begins, a plus sign or opening bracket counted in.
    pub(super) start: usize,
    /// Where it ends, a closing bracket counted in.
    pub(super) end: usize,
    /// Whether a plus sign stands before its first group.
    pub(super) plus: bool,
    /// The groups, at least one.
    pub(super) groups: Vec<Group>,
}

impl Run {
    /// Returns how many digits it has in all.
    pub(super) fn digits(&self) -> usize {
        self.groups.iter().map(Group::len).sum()
    }
}

/// Returns whether a character is a hyphen, dash or minus.
pub(super) const fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' | '\u{30fc}' | '~'
    )
}

/// Returns whether a character shows nothing: marks of direction, joiners, a byte order mark.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// Finds the runs of a line, one after another.
pub(super) struct Runs<'t> {
    text: &'t str,
    at: usize,
}

/// Returns the runs of a text. Line feeds end a run like any other sign that no number holds.
pub(super) const fn runs(text: &str) -> Runs<'_> {
    Runs { text, at: 0 }
}

impl Iterator for Runs<'_> {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        let bytes = self.text.as_bytes();
        let first = next_digit(bytes, self.at)?;
        let mut run = self.opening(first);
        let mut open = run.start < first && bytes[run.start] != b'+';
        let mut begin = first;
        let mut gap = Gap::First;
        loop {
            let end = digits_end(bytes, begin);
            run.groups.push(Group { start: begin, end, gap, bracketed: false });
            run.end = end;
            if run.groups.len() == MAX_GROUPS {
                break;
            }
            // A bracket that opens after most of a number is a remark: "(24/7)".
            let remark = run.digits() >= 7 && opens_next(&bytes[end..]);
            let Some(next) = (!remark).then(|| separator(self.text, end, &mut open)).flatten() else {
                // A closing bracket that the run itself opened belongs to it.
                if open && bytes.get(end).is_some_and(|b| matches!(b, b')' | b']')) {
                    run.end = end + 1;
                }
                break;
            };
            (begin, gap) = next;
        }
        mark_brackets(bytes, &mut run);
        self.at = run.end;
        Some(run)
    }
}

impl Runs<'_> {
    /// Goes on at an offset further on.
    pub(super) fn skip_to(&mut self, at: usize) {
        self.at = self.at.max(at);
    }

    /// Looks back from the first digit for a plus sign and an opening bracket.
    fn opening(&self, first: usize) -> Run {
        let bytes = self.text.as_bytes();
        let mut start = first;
        let mut plus = false;
        for _ in 0..3 {
            match start.checked_sub(1).filter(|&b| b >= self.at).map(|b| bytes[b]) {
                Some(b'+') if !plus => plus = true,
                Some(b'(' | b'[') if bytes[start] != b'(' => {}
                Some(b' ') if !plus && start >= self.at + 2 && bytes[start - 2] == b'+' => {}
                _ => break,
            }
            start -= 1;
        }
        // The full-width plus sign.
        if !plus && self.text[self.at..start].ends_with('\u{ff0b}') {
            plus = true;
            start -= '\u{ff0b}'.len_utf8();
        }
        Run { start, end: first, plus, groups: Vec::new() }
    }
}

/// Returns whether a bracket opens at once or after a space.
fn opens_next(bytes: &[u8]) -> bool {
    matches!(bytes, [b'(' | b'[', ..] | [b' ', b'(' | b'[', ..])
}

/// Returns where the digits that begin at `from` end.
fn digits_end(bytes: &[u8], from: usize) -> usize {
    from + bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count()
}

/// Reads what stands between two groups; `None` where the run ends. Brackets must pair within the run.
fn separator(text: &str, from: usize, open: &mut bool) -> Option<(usize, Gap)> {
    let (mut sign, mut spaces, mut bracket, mut count) = (None, 0, false, 0);
    let mut still_open = *open;
    for (offset, c) in text[from..].char_indices() {
        if c.is_ascii_digit() {
            let gap = match (bracket, sign, spaces) {
                (true, ..) => Gap::Bracket,
                (false, None, _) => Gap::Space,
                (false, Some('.'), 0) => Gap::Dot,
                (false, Some('-'), 0) => Gap::Hyphen,
                (false, Some('/'), 0) => Gap::Slash,
                // A stop and a space end a sentence; with a space before it too, it parts groups.
                (false, Some('.'), 1) => return None,
                (false, Some(c), _) => Gap::Wide(c),
            };
            *open = still_open;
            return Some((from + offset, gap));
        }
        count += 1;
        if count > MAX_GAP {
            return None;
        }
        match c {
            '\n' | '\r' => return None,
            c if is_invisible(c) && c != '\u{ad}' => {}
            c if c.is_whitespace() => spaces += 1,
            '.' | '/' if sign.is_none() => sign = Some(c),
            // A point at half height, and a bullet.
            '\u{b7}' | '\u{2022}' if sign.is_none() => {
                sign = Some('.');
                spaces += usize::from(spaces > 0);
            }
            c if is_hyphen(c) && sign.is_none() => sign = Some('-'),
            '(' | '[' if !still_open => {
                still_open = true;
                bracket = true;
            }
            ')' | ']' if still_open => {
                still_open = false;
                bracket = true;
            }
            _ => return None,
        }
    }
    None
}

/// Marks the groups that stand alone in brackets.
fn mark_brackets(bytes: &[u8], run: &mut Run) {
    for group in &mut run.groups {
        let before = group.start.checked_sub(1).map(|b| bytes[b]);
        let after = bytes.get(group.end);
        group.bracketed = matches!(before, Some(b'(' | b'[')) && matches!(after, Some(b')' | b']'));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws the runs of a text: `+` where one has a plus sign, groups joined by a sign for their gap.
    fn draw(text: &str) -> String {
        let one = |run: Run| {
            let mut line = String::from(if run.plus { "+" } else { "" });
            for g in &run.groups {
                line.push_str(match g.gap {
                    Gap::First => "",
                    Gap::Space => " ",
                    Gap::Dot => ".",
                    Gap::Hyphen => "-",
                    Gap::Slash => "/",
                    Gap::Bracket => ")",
                    Gap::Wide(_) => "_",
                });
                let digits = &text[g.start..g.end];
                let (open, close) = if g.bracketed { ("<", ">") } else { ("", "") };
                line.extend([open, digits, close]);
            }
            line
        };
        runs(text).map(one).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn the_punctuation_of_numbers_joins_groups() {
        for (text, runs) in [
            ("020 7946 0123", "020 7946 0123"),
            ("+44 (0)20 7946\u{a0}0123", "+44)<0>)20 7946 0123"),
            ("(+39) 010 37", "+39)010 37"),
            ("(020) 7946 0123", "<020>)7946 0123"),
            ("030 / 209 14\u{2011}0", "030_209 14-0"),
            ("0 800 – 330 1000", "0 800_330 1000"),
            ("1.800.555.0199", "1.800.555.0199"),
            ("212 · 555 · 0100", "212_555_0100"),
            ("1•212•555•0100", "1.212.555.0100"),
            ("020\u{200b}7946 0123", "020 7946 0123"),
            ("+ 44 20", "+44 20"),
        ] {
            assert_eq!(draw(text), runs, "{text}");
        }
    }

    #[test]
    fn what_no_number_holds_ends_a_run() {
        for (text, runs) in [
            ("at 10:30, 5 or 6", "10 | 30 | 5 | 6"),
            ("(call 0800 123) 45", "0800 123 | 45"),
            ("until 2020. 0800 123", "2020 | 0800 123"),
            ("0800\n123", "0800 | 123"),
            ("1800 555 0199 (24/7)", "1800 555 0199 | 24/7"),
            ("020 7946 +44 20", "020 7946 | +44 20"),
            ("no digits", ""),
        ] {
            assert_eq!(draw(text), runs, "{text}");
        }
    }

    #[test]
    fn a_long_run_is_cut_and_nothing_is_read_twice() {
        let text = "1 ".repeat(50);
        assert_eq!(runs(&text).map(|r| r.groups.len()).collect::<Vec<_>>(), [16, 16, 16, 2]);
    }
}

//! Paragraphs of lines: what runs on is joined, hyphens at the ends of lines are taken out, running heads are left out.

use std::collections::{HashMap, HashSet};

use super::{PdfLine, PdfPage};

/// Lines at the top and the foot of a page that may be running heads.
const MARGIN_LINES: usize = 3;

/// Returns the pages as text, a paragraph a line, an empty line where the print leaves space.
pub(super) fn join(pages: &[PdfPage]) -> String {
    let heads = running_heads(pages);
    let mut seen: HashSet<String> = HashSet::new();
    let mut text = String::new();
    let (mut runs_on, mut before) = (false, "");
    for page in pages {
        let count = page.lines.len();
        for (at, line) in page.lines.iter().enumerate() {
            let margin = at < MARGIN_LINES || at + MARGIN_LINES >= count;
            let key = key_of(&line.text);
            if margin && heads.contains_key(&key) && !seen.insert(key) || is_page_number(line, margin) {
                continue;
            }
            add(&mut text, line, runs_on || goes_on(before, line));
            (runs_on, before) = (line.runs_on, &line.text);
        }
        runs_on = false;
    }
    text
}

/// Returns whether a line at the head of a column or page goes on with the sentence that the one before broke off.
fn goes_on(before: &str, line: &PdfLine) -> bool {
    let running = before.chars().count() >= 30 && !before.contains('\t') && !line.text.contains('\t');
    running
        && line.set_off
        && before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-'))
        && line.text.starts_with(char::is_lowercase)
}

/// Adds a line to the text.
fn add(text: &mut String, line: &PdfLine, runs_on: bool) {
    let words = line.text.trim();
    if words.is_empty() {
        return;
    }
    if runs_on && !begins_item(words) {
        glue(text, words);
        return;
    }
    if !text.is_empty() {
        text.push('\n');
        if line.set_off {
            text.push('\n');
        }
    }
    text.push_str(words);
}

/// Joins a line to the one it continues.
fn glue(text: &mut String, words: &str) {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default().to_owned();
    let address =
        last.contains('@') || last.contains("://") || last.starts_with("www.") || last.contains('/');
    let next = words.chars().next();
    let before_hyphen = last.chars().rev().nth(1);
    if last.ends_with(['-', '\u{ad}', '\u{2010}']) && before_hyphen.is_some_and(char::is_alphanumeric) {
        let splits = next.is_some_and(char::is_lowercase)
            && before_hyphen.is_some_and(char::is_lowercase)
            && !address
            && !is_conjunction(words);
        if splits || last.ends_with('\u{ad}') {
            text.pop();
        } else if is_conjunction(words) {
            text.push(' ');
        }
        text.push_str(words);
        return;
    }
    let unfinished = address && (last.ends_with(['@', '.', '/', '_']) && last.len() > 1)
        || !address && words.starts_with('@')
        || last.contains('@')
            && !last.split('@').nth(1).unwrap_or_default().contains('.')
            && words.starts_with('.');
    if !unfinished {
        text.push(' ');
    }
    text.push_str(words);
}

/// Returns whether a line begins with a conjunction after a suspended hyphen: `Kunden- und Lieferanten`.
fn is_conjunction(words: &str) -> bool {
    matches!(
        words.split(' ').next().unwrap_or_default(),
        "und" | "oder" | "bzw." | "and" | "or" | "en" | "of" | "to"
    )
}

/// Returns whether a line begins an item of a list.
fn begins_item(words: &str) -> bool {
    let mut chars = words.chars();
    match chars.next() {
        Some('•' | '‣' | '▪' | '●' | '◦' | '·' | '–' | '—' | '*' | '➢' | '✓' | '\u{f0b7}' | '\u{f0a7}') => {
            true
        }
        Some('-') => chars.next() == Some(' '),
        Some(c) if c.is_ascii_digit() => {
            let rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
            words.len() - rest.len() <= 2 && (rest.starts_with(". ") || rest.starts_with(") "))
        }
        Some('(') => words.chars().nth(2) == Some(')'),
        _ => false,
    }
}

/// Returns the lines at the margins that most pages repeat.
fn running_heads(pages: &[PdfPage]) -> HashMap<String, usize> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let count = page.lines.len();
        let mut keys: Vec<String> = page
            .lines
            .iter()
            .enumerate()
            .filter(|(at, _)| *at < MARGIN_LINES || at + MARGIN_LINES >= count)
            .map(|(_, line)| key_of(&line.text))
            .collect();
        keys.sort();
        keys.dedup();
        for key in keys.into_iter().filter(|key| !key.is_empty()) {
            *counts.entry(key).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count >= 3 && *count * 2 >= pages.len());
    counts
}

/// Returns a line without its digits and blanks: the same on every page though its number changes.
fn key_of(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_ascii_digit()).flat_map(char::to_lowercase).collect()
}

/// Returns whether a line is the number of its page.
fn is_page_number(line: &PdfLine, margin: bool) -> bool {
    let text = line.text.trim().to_lowercase();
    let text = ["page", "seite", "página", "pagina"]
        .iter()
        .fold(text.as_str(), |text, word| text.strip_prefix(word).unwrap_or(text));
    let bare = text.replace(" of ", "/").replace(" von ", "/").replace(" sur ", "/").replace(" de ", "/");
    margin
        && bare.chars().any(|c| c.is_ascii_digit())
        && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '/' | '-' | '|' | '.'))
        && bare.chars().filter(char::is_ascii_digit).count() <= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[(&str, bool, bool)]) -> PdfPage {
        let line = |(text, set_off, runs_on): &(&str, bool, bool)| PdfLine {
            text: (*text).to_owned(),
            set_off: *set_off,
            runs_on: *runs_on,
        };
        PdfPage { lines: lines.iter().map(line).collect() }
    }

    #[test]
    fn lines_are_joined_as_their_ends_tell() {
        for (first, next, joined) in [
            ("we will acknow-", "ledge it", "we will acknowledge it"),
            ("Kunden-", "und Lieferantenbetreuung", "Kunden- und Lieferantenbetreuung"),
            ("call 020 7946-", "0100 now", "call 020 7946-0100 now"),
            ("write to complaints@", "acme.example", "write to complaints@acme.example"),
            ("see www.acme-", "energy.example", "see www.acme-energy.example"),
            ("the Anglo-", "Saxon Bank", "the Anglo-Saxon Bank"),
            ("we answer", "soon", "we answer soon"),
        ] {
            let text = join(&[page(&[(first, true, true), (next, false, false)])]);
            assert_eq!(text, joined);
        }
    }

    #[test]
    fn items_and_lines_that_end_stay_apart() {
        let text = join(&[page(&[
            ("By post:", true, false),
            ("Acme Ltd", false, true),
            ("• by phone", false, false),
            ("Next", true, false),
        ])]);
        assert_eq!(text, "By post:\nAcme Ltd\n• by phone\n\nNext");
    }

    #[test]
    fn running_heads_are_told_once_and_page_numbers_not_at_all() {
        let pages: Vec<PdfPage> = (1..=4)
            .map(|n| {
                page(&[
                    ("Acme complaints policy", true, false),
                    (&format!("Text {n} of its own"), true, false),
                    (&format!("Page {n} of 4"), true, false),
                ])
            })
            .collect();
        let text = join(&pages);
        assert_eq!(text.matches("complaints policy").count(), 1, "{text}");
        assert!(!text.contains("of 4") && text.contains("Text 1 of its own"), "{text}");
    }
}

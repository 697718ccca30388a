//! A letter on paper: sender, address in the window, date, subject, text.

use jiff::Zoned;
use serde::Serialize;
use serde_json::json;

use crate::paper::{Paper, Window};
use crate::world;
use crate::{SetError, Sheet};

/// A letter.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The title of the file, for a reader's window and for archives.
    pub title: String,
    /// The language (ISO 639-1) and the country (ISO 3166-1), for hyphens, quotation marks and readers aloud.
    pub language: String,
    /// The country.
    pub country: Option<String>,
    /// The paper.
    pub paper: Paper,
    /// Where the address stands.
    pub window: Window,
    /// The sender: name first, then the address, then e-mail and telephone, a line each.
    pub from: Vec<String>,
    /// The recipient, a line each; empty for a sheet that is not sent by post, such as a guide.
    pub to: Vec<String>,
    /// The day, in the words of the language.
    pub date: String,
    /// The subject.
    pub subject: Option<String>,
    /// The text: blank lines part paragraphs, `- ` begins an item of a list.
    pub body: String,
    /// Passages of the text that are still to be filled in; each stands in square brackets in the text.
    pub blanks: Vec<String>,
    /// The words before page numbers: `Page {n} of {m}`.
    pub page: String,
}

/// A part of the text.
#[derive(Debug, Serialize, PartialEq)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Part {
    /// Lines of one paragraph.
    Paragraph { lines: Vec<Vec<Run>> },
    /// A heading with its number.
    Heading { line: Vec<Run> },
    /// Items with a mark.
    List { items: Vec<Vec<Run>> },
}

/// A run of words.
#[derive(Debug, Serialize, PartialEq)]
pub(crate) struct Run {
    pub(crate) text: String,
    pub(crate) blank: bool,
}

/// Sets a letter.
///
/// # Errors
///
/// [`SetError`] where the typesetter refuses, which no letter of ours makes it do.
pub fn letter(letter: &Letter, now: &Zoned) -> Result<Sheet, SetError> {
    let [left, top, width, height] = letter.window.address();
    let bound = |text: &str| if letter.language == "fr" { bound_signs(text) } else { text.to_owned() };
    let data = json!({
        "title": letter.title,
        "lang": letter.language,
        "region": letter.country,
        "paper": letter.paper,
        "window": letter.window,
        "address": [left, top, width, height],
        "from": letter.from,
        "to": letter.to,
        "date": letter.date,
        "subject": letter.subject.as_deref().map(bound),
        "parts": parts(&bound(&letter.body), &letter.blanks.iter().map(|blank| bound(blank)).collect::<Vec<_>>()),
        "page": letter.page,
    });
    world::set(include_str!("../sheets/letter.typ"), data, Vec::new(), now)
}

/// Binds the signs before which French writes a blank to the word before them, so that no line begins with one; likewise quotation marks.
fn bound_signs(text: &str) -> String {
    let mut bound = text.replace("« ", "«\u{a0}").replace(" »", "\u{a0}»");
    for sign in [':', ';', '?', '!', '%', '€'] {
        bound = bound.replace(&format!(" {sign}"), &format!("\u{a0}{sign}"));
    }
    bound
}

/// Parts a text into paragraphs, headings and lists.
pub(crate) fn parts(body: &str, blanks: &[String]) -> Vec<Part> {
    let mut parts = Vec::new();
    for block in body.split("\n\n") {
        let mut lines: Vec<&str> = Vec::new();
        let mut items: Vec<Vec<Run>> = Vec::new();
        for line in block.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
            if let Some(item) = line.strip_prefix("- ") {
                flush_lines(&mut parts, &mut lines, blanks);
                items.push(runs(item, blanks));
            } else {
                flush_items(&mut parts, &mut items);
                lines.push(line);
            }
        }
        flush_lines(&mut parts, &mut lines, blanks);
        flush_items(&mut parts, &mut items);
    }
    parts
}

fn flush_lines(parts: &mut Vec<Part>, lines: &mut Vec<&str>, blanks: &[String]) {
    let mut rest = lines.as_slice();
    // "3. What happened" above its text is a heading; a numbered list goes on with the next number.
    if let [first, after @ ..] = rest
        && let Some(number) = number_of(first)
        && after.first().and_then(|line| number_of(line)) != Some(number + 1)
        && (!after.is_empty() || first.chars().count() < 60)
    {
        parts.push(Part::Heading { line: runs(first, blanks) });
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Paragraph { lines: rest.iter().map(|line| runs(line, blanks)).collect() });
    }
    lines.clear();
}

fn flush_items(parts: &mut Vec<Part>, items: &mut Vec<Vec<Run>>) {
    if !items.is_empty() {
        parts.push(Part::List { items: std::mem::take(items) });
    }
}

/// Returns the number that a line begins with, as in `3. What happened`.
fn number_of(line: &str) -> Option<u32> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = (1..=2).contains(&digits) && line[digits..].starts_with(". ");
    is_number.then(|| line[..digits].parse().ok()).flatten()
}

/// Parts a line at the blanks that are to be filled in.
fn runs(line: &str, blanks: &[String]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut rest = line;
    loop {
        let next = blanks
            .iter()
            .filter_map(|blank| {
                let marked = format!("[{blank}]");
                Some((rest.find(&marked)?, marked.len()))
            })
            .min();
        let Some((at, length)) = next else { break };
        if at > 0 {
            runs.push(Run { text: rest[..at].to_owned(), blank: false });
        }
        runs.push(Run { text: rest[at..at + length].to_owned(), blank: true });
        rest = &rest[at + length..];
    }
    if !rest.is_empty() {
        runs.push(Run { text: rest.to_owned(), blank: false });
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_signs_stay_with_their_word() {
        assert_eq!(
            bound_signs("Ma demande : « 412 € » ; et vous ?"),
            "Ma demande\u{a0}: «\u{a0}412\u{a0}€\u{a0}»\u{a0}; et vous\u{a0}?"
        );
    }

    #[test]
    fn a_text_is_parted_into_what_it_is() {
        let body = "Dear team,\n\n1. Who I am\nMy name is [Your name?].\n\nWhat I did:\n- one\n- two\n\nDocuments:\n1. a bill\n2. a photo";
        let parts = parts(body, &["Your name?".to_owned()]);
        let kinds: Vec<&str> = parts
            .iter()
            .map(|part| match part {
                Part::Paragraph { .. } => "p",
                Part::Heading { .. } => "h",
                Part::List { .. } => "l",
            })
            .collect();
        assert_eq!(kinds, ["p", "h", "p", "p", "l", "p"]);
        let Part::Paragraph { lines } = &parts[2] else { panic!("{parts:?}") };
        assert_eq!(lines[0].iter().map(|run| run.blank).collect::<Vec<_>>(), [false, true, false]);
    }
}

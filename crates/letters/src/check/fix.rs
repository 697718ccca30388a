//! Mending what is safe to mend: capitals and rows of marks. The words stay the same.

use super::findings::{Severity, named};
use super::{Mark, loud};
use crate::fold::Folded;
use crate::words;

/// Returns the text with shouting taken out, and how many places were changed.
///
/// A text that is not read (too long, no words) is returned as it is.
#[must_use]
pub fn fix(text: &str, lang: Option<&str>) -> (String, usize) {
    let folded = Folded::new(text);
    let lexicon = lang.and_then(words::of).or_else(|| words::tell(&folded).and_then(words::of));
    let mut marks: Vec<Mark> = loud::marks(text, lexicon);
    marks.sort_by_key(|m| m.start);
    debug_assert!(marks.iter().all(|m| m.finding.severity == Severity::Warning));
    let mut fixed = String::with_capacity(text.len());
    let (mut at, mut changes) = (0, 0);
    for mark in &marks {
        if mark.start < at && mark.finding.code != named("marks").code {
            continue;
        }
        if mark.finding.code == named("marks").code {
            // The row itself stands at the end of the mark.
            let row = text[..mark.end].trim_end_matches(['!', '?']).len();
            if row < at {
                continue;
            }
            fixed.push_str(&text[at..row]);
            fixed.push(if text[row..mark.end].contains('?') { '?' } else { '!' });
        } else {
            fixed.push_str(&text[at..mark.start]);
            fixed.push_str(&quiet(text, mark.start, mark.end));
        }
        at = mark.end;
        changes += 1;
    }
    fixed.push_str(&text[at..]);
    (fixed, changes)
}

/// Writes a stretch of capitals in small letters: a capital at the beginning of a sentence, and the English "I".
fn quiet(text: &str, start: usize, end: usize) -> String {
    let before = text[..start].trim_end();
    let mut begins = before.is_empty() || before.ends_with(['.', '!', '?', ':']) || text[before.len()..start].contains('\n');
    let mut out = String::with_capacity(end - start);
    for word in text[start..end].split_inclusive(char::is_whitespace) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let keep = bare == "I" || bare.starts_with("I'") || bare.starts_with("I’");
        for (i, c) in word.char_indices() {
            if keep && i == 0 || begins && c.is_alphabetic() {
                out.push(c);
                begins = false;
            } else {
                out.extend(c.to_lowercase());
            }
        }
        begins = word.trim_end().ends_with(['.', '!', '?']);
    }
    out
}

//! Mending what is safe to mend: capitals and rows of marks. The words stay the same.

use super::findings::named;
use super::loud;
use crate::fold::Folded;
use crate::words;

/// Returns the text with shouting taken out, and how many places were changed.
///
/// A text that is not read (too long, no words) is returned as it is.
#[must_use]
pub fn fix(text: &str, lang: Option<&str>) -> (String, usize) {
    let folded = Folded::new(text);
    let lexicon = lang.and_then(words::of).or_else(|| words::tell(&folded).and_then(words::of));
    let rows = &named("marks").code;
    let mut edits: Vec<(usize, usize, String)> = loud::marks(text, lexicon)
        .iter()
        .map(|mark| {
            if mark.finding.code == *rows {
                // The row itself stands at the end of the mark.
                let row = text[..mark.end].trim_end_matches(['!', '?']).len();
                let sign = if text[row..mark.end].contains('?') { "?" } else { "!" };
                (row, mark.end, sign.to_owned())
            } else {
                (mark.start, mark.end, quiet(text, mark.start, mark.end))
            }
        })
        .collect();
    edits.sort_by_key(|(start, ..)| *start);
    let mut fixed = String::with_capacity(text.len());
    let (mut at, mut changes) = (0, 0);
    for (start, end, words) in edits.into_iter().filter(|(start, end, _)| start < end) {
        if start < at {
            continue;
        }
        fixed.push_str(&text[at..start]);
        fixed.push_str(&words);
        at = end;
        changes += 1;
    }
    fixed.push_str(&text[at..]);
    (fixed, changes)
}

/// Writes a stretch of capitals in small letters: a capital at the beginning of a sentence, and the English "I".
fn quiet(text: &str, start: usize, end: usize) -> String {
    let before = text[..start].trim_end();
    let mut begins = before.is_empty()
        || before.ends_with(['.', '!', '?', ':'])
        || text[before.len()..start].contains('\n');
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

//! Mending what is safe to mend: capitals and rows of marks. The words stay the same.

use super::findings::named;
use super::loud;
use crate::fold::Folded;
use crate::words::{self, Lexicon};

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
        .filter(|mark| is_safe(&text[mark.start..mark.end], mark.finding.code == *rows, lexicon))
        .map(|mark| {
            if mark.finding.code == *rows {
                // The row itself stands at the end of the mark.
                let row = text[..mark.end].trim_end_matches(['!', '?']).len();
                let sign = if text[row..mark.end].contains('?') { "?" } else { "!" };
                (row, mark.end, sign.to_owned())
            } else {
                (mark.start, mark.end, quiet(text, mark.start, mark.end, lexicon))
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

/// Returns whether a mark can be mended without a change of sense. Where nouns are written with a capital, a row of capitals is safe only
/// if every word of it is known: a noun in small letters would be a mistake of ours.
pub(super) fn is_safe(words: &str, is_row_of_marks: bool, lexicon: Option<&Lexicon>) -> bool {
    let Some(lexicon) = lexicon.filter(|lexicon| !is_row_of_marks && !lexicon.nouns.is_empty()) else {
        return true;
    };
    let bare = words.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    bare.map(str::to_lowercase).all(|word| {
        lexicon.nouns.contains(&word) || lexicon.small_words.contains(&word) || is_noun_by_ending(&word)
    })
}

/// Returns whether a German word is a noun by its ending.
fn is_noun_by_ending(word: &str) -> bool {
    let endings = [
        "ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "tion", "tionen", "tät",
        "täten",
    ];
    word.chars().count() > 6 && endings.iter().any(|ending| word.ends_with(ending))
}

/// Writes a stretch of capitals in small letters: a capital at the beginning of a sentence, the English "I", German nouns.
fn quiet(text: &str, start: usize, end: usize, lexicon: Option<&Lexicon>) -> String {
    let before = text[..start].trim_end();
    let mut begins = before.is_empty()
        || before.ends_with(['.', '!', '?', ':'])
        || text[before.len()..start].contains('\n');
    let mut out = String::with_capacity(end - start);
    for word in text[start..end].split_inclusive(char::is_whitespace) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let small = bare.to_lowercase();
        let noun = lexicon
            .filter(|lexicon| !lexicon.nouns.is_empty())
            .is_some_and(|lexicon| lexicon.nouns.contains(&small) || is_noun_by_ending(&small));
        let english = bare == "I" || bare.starts_with("I'") || bare.starts_with("I’");
        let keep = english && lexicon.is_none_or(|lexicon| lexicon.code == "en") || noun;
        let first = word.find(char::is_alphabetic).unwrap_or(0);
        for (i, c) in word.char_indices() {
            if keep && i == first || begins && c.is_alphabetic() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn german_nouns_keep_their_capital_and_what_is_not_known_is_left_alone() {
        let fixed = |text: &str| fix(text, Some("de")).0;
        assert_eq!(
            fixed("ICH WARTE SEIT DREI WOCHEN AUF MEINE RECHNUNG. Bitte antworten Sie."),
            "Ich warte seit drei Wochen auf meine Rechnung. Bitte antworten Sie."
        );
        assert_eq!(fixed("Das Paket ist NICHT angekommen!!!"), "Das Paket ist nicht angekommen!");
        // A word that is in no list may be a noun: the row stays, and the row of marks is mended.
        assert_eq!(fixed("ICH WILL MEINE ZAHNBÜRSTE!!!"), "ICH WILL MEINE ZAHNBÜRSTE!");
        assert_eq!(fix("I WANT my MONEY back", Some("en")).0, "I want my money back");
    }
}

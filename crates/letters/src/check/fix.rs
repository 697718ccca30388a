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
    if is_row_of_marks {
        return true;
    }
    let Some(lexicon) = lexicon else { return false };
    if lexicon.nouns.is_empty() {
        // What is no ordinary word stays as it is: it may be a name or an acronym.
        return words.split_whitespace().any(|word| is_ordinary(word, words, lexicon));
    }
    let bare = words.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    bare.map(str::to_lowercase).all(|word| {
        lexicon.nouns.contains(&word) || lexicon.small_words.contains(&word) || is_noun_by_ending(&word)
    })
}

/// Returns whether a word in capitals is an ordinary one, be it that the text itself writes it in small letters elsewhere.
fn is_ordinary(word: &str, text: &str, lexicon: &Lexicon) -> bool {
    let small = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
    let folded = Folded::new(&small);
    let listed = [&lexicon.loud_words, &lexicon.stop_words, &lexicon.small_words];
    small.chars().count() == 1
        || listed.iter().any(|list| list.contains(&small))
        || words::is_ordinary(&lexicon.code, folded.as_str())
        || small.split('\'').any(|part| part.len() > 2 && words::is_ordinary(&lexicon.code, part))
        || text.split(|c: char| !c.is_alphanumeric()).any(|known| known == small)
}

/// Returns the name of a month or a day of the week with its capital, where the language writes one and the word is one.
fn of_the_calendar(word: &str, lexicon: &Lexicon) -> Option<String> {
    let small = word.to_lowercase();
    let time = &lexicon.time;
    let is_one = lexicon.code == "en" && time.months.iter().chain(&time.weekdays).any(|name| *name == small);
    // "MAY" may be a word of its own.
    (is_one && small != "may").then(|| {
        let mut letters = small.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
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
        if let Some(named) = lexicon.and_then(|lexicon| of_the_calendar(bare, lexicon)) {
            out.push_str(&word.replacen(bare, &named, 1));
            begins = word.trim_end().ends_with(['.', '!', '?']);
            continue;
        }
        let unknown = lexicon.is_some_and(|lexicon| {
            lexicon.nouns.is_empty() && !bare.is_empty() && !is_ordinary(bare, text, lexicon)
        });
        if unknown {
            out.push_str(word);
            begins = word.trim_end().ends_with(['.', '!', '?']);
            continue;
        }
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

    #[test]
    fn names_and_acronyms_keep_their_capitals() {
        for (lang, text, fixed) in [
            (
                "en",
                "I ORDERED FROM BRIGHTWELL ON MONDAY AND DHL NEVER CAME. I WANT MY MONEY BACK!!!",
                "I ordered from BRIGHTWELL on Monday and DHL never came. I want my money back!",
            ),
            ("fr", "JE VEUX MON REMBOURSEMENT DE MONÉVA", "Je veux mon remboursement de MONÉVA"),
            ("es", "QUIERO MI DINERO, IBERLUX NO CONTESTA", "Quiero mi dinero, IBERLUX no contesta"),
        ] {
            assert_eq!(fix(text, Some(lang)).0, fixed);
        }
    }
}

//! The words of each language: what replies, promises and drafts are recognised by.
//!
//! A language is one file in `data/words` and one line in [`FILES`]. A file is compiled when a text in its language is first read. Patterns
//! are never taken from a user, and a test compiles every file, so that a broken one cannot be shipped.

mod lexicon;

use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(crate) use lexicon::{Cue, Hit, Lexicon};

use crate::fold::{Folded, OTHER};

/// The files of words, by language. The first is the one that others fall back to.
const FILES: [(&str, &str); 4] = [
    ("en", include_str!("../../data/words/en.toml")),
    ("de", include_str!("../../data/words/de.toml")),
    ("fr", include_str!("../../data/words/fr.toml")),
    ("es", include_str!("../../data/words/es.toml")),
];

/// The languages, each compiled at its first use.
static LEXICONS: [LazyLock<Lexicon>; FILES.len()] = [
    LazyLock::new(|| load(0)),
    LazyLock::new(|| load(1)),
    LazyLock::new(|| load(2)),
    LazyLock::new(|| load(3)),
];

/// The words of each language that are looked for in every text, read once.
static COMMON: LazyLock<Vec<lexicon::Common>> =
    LazyLock::new(|| FILES.iter().map(|(_, file)| lexicon::common(file)).collect());

/// Compiles one of our own files.
fn load(number: usize) -> Lexicon {
    Lexicon::parse(FILES[number].1).expect("a test parses every file of words")
}

/// Returns the codes of the languages that are read.
pub(crate) fn languages() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(code, _)| *code)
}

/// Returns the words of a language, or `None` for one that is not read yet.
pub(crate) fn of(code: &str) -> Option<&'static Lexicon> {
    let number = FILES.iter().position(|(known, _)| *known == code)?;
    Some(&LEXICONS[number])
}

/// Every word of a language that its file spells out whole, in small letters and folded: an ordinary word, neither a name nor an acronym.
static VOCABULARIES: LazyLock<Vec<BTreeSet<&'static str>>> = LazyLock::new(|| {
    let words = |file: &'static str| {
        let spelt = file.split(|c: char| !c.is_ascii_lowercase()).filter(|word| word.len() >= MOST_ENDING);
        spelt.collect::<BTreeSet<_>>()
    };
    FILES.iter().map(|(_, file)| words(file)).collect()
});

/// Shorter pieces of a pattern are endings rather than words.
const MOST_ENDING: usize = 4;

/// Returns whether a folded word in small letters is an ordinary one of a language.
pub(crate) fn is_ordinary(code: &str, word: &str) -> bool {
    let number = FILES.iter().position(|(known, _)| *known == code);
    number.is_some_and(|number| {
        VOCABULARIES[number].contains(word) || COMMON[number].function_words.iter().any(|known| known == word)
    })
}

/// Returns whether words between brackets that begin with this word, in small letters, stand for something to be filled in.
pub(crate) fn stands_for_a_blank(word: &str) -> bool {
    COMMON.iter().any(|words| words.blank_words.iter().any(|known| known == word))
}

/// Tells the language of a text by its function words, or `None` where it is written in another script.
///
/// English where the text is too short to tell.
pub(crate) fn tell(folded: &Folded<'_>) -> Option<&'static str> {
    let scores = scores(folded)?;
    // The first wins a draw.
    let mut best = 0;
    for (number, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = number;
        }
    }
    Some(FILES[best].0)
}

/// Tells the language of a text where one has more of its function words there than any other, and `None` where that is not so.
pub(crate) fn tell_surely(folded: &Folded<'_>) -> Option<&'static str> {
    let scores = scores(folded)?;
    let most = scores.iter().copied().max().filter(|most| *most > 0)?;
    let mut leading = FILES.iter().zip(scores).filter(|(_, score)| *score == most);
    leading.next().filter(|_| leading.next().is_none()).map(|((code, _), _)| *code)
}

/// Counts the function words of each language in a text; `None` for one in another script.
fn scores(folded: &Folded<'_>) -> Option<[usize; FILES.len()]> {
    let letters = folded.bytes.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let others = folded.bytes.split(|b| *b == OTHER).count() - 1;
    if letters == 0 || others > letters {
        return None;
    }
    let mut scores = [0_usize; FILES.len()];
    for word in folded.as_str().split(|c: char| !c.is_ascii_alphabetic()).filter(|w| !w.is_empty()).take(2000)
    {
        for (score, words) in scores.iter_mut().zip(COMMON.iter()) {
            *score += usize::from(words.function_words.iter().any(|known| known == word));
        }
    }
    Some(scores)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_compiles_and_says_its_own_code() {
        for (code, file) in FILES {
            let lexicon = Lexicon::parse(file).unwrap_or_else(|error| panic!("{code}: {error}"));
            assert_eq!(lexicon.code, code);
            assert_eq!(of(code).unwrap().code, code);
        }
        assert!(of("xx").is_none());
    }

    #[test]
    fn a_language_is_told_by_its_small_words() {
        for (text, code) in [
            ("I have not had a reply to my letter", Some("en")),
            ("Ich habe auf meinen Brief noch keine Antwort bekommen", Some("de")),
            ("Je n'ai pas encore reçu de réponse à ma lettre", Some("fr")),
            ("No he recibido respuesta a la carta que les envié", Some("es")),
            ("Refunded.", Some("en")),
            ("لم أتلق ردا على رسالتي", None),
            ("🙄🙄🙄", None),
        ] {
            assert_eq!(tell(&Folded::new(text)), code, "{text}");
            let sure = code.filter(|_| text != "Refunded.");
            assert_eq!(tell_surely(&Folded::new(text)), sure, "{text}");
        }
    }
}

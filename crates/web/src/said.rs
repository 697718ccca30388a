//! What the desk says in English, in the language of the pages: whole sentences with gaps, a data file a language.
//!
//! The desk answers every face alike and in English. A page that speaks another language looks a sentence up here; one
//! that is not written stays as it is, and is marked as English for whoever has it read aloud.

use serde::Deserialize;

use crate::texts::Lang;

/// How deep the words of a gap are looked up themselves.
const DEPTH: usize = 2;
/// What is shorter than this around its gaps says little.
const SHORT: usize = 14;
/// The longest text that is looked up.
const LONGEST: usize = 2000;

/// The sentences of a language.
#[derive(Debug, Default)]
pub(crate) struct Sayings(Vec<Saying>);

/// A sentence: the English pieces around its gaps, and what it is in the language.
#[derive(Debug)]
struct Saying {
    pieces: Vec<String>,
    to: String,
}

#[derive(Debug, Deserialize)]
struct File {
    said: Vec<Pair>,
}

#[derive(Debug, Deserialize)]
struct Pair {
    en: String,
    de: String,
}

/// A piece of what was said.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Piece {
    /// In the language of the page.
    Ours(String),
    /// In English.
    English(String),
}

impl Sayings {
    /// Reads the file of a language. A test holds that it can be read.
    pub(crate) fn of(lang: Lang) -> Self {
        let text = match lang {
            Lang::En => return Self::default(),
            Lang::De => include_str!("../texts/said/de.toml"),
        };
        let read: Result<File, _> = toml::from_str(text);
        let pairs = read.map(|file| file.said).unwrap_or_default();
        let sayings = pairs
            .into_iter()
            .map(|pair| Saying { pieces: pair.en.split("{}").map(str::to_owned).collect(), to: pair.de });
        let mut sayings: Vec<Saying> = sayings.collect();
        // What says more in its own words is narrower, and is looked at first.
        sayings.sort_by_key(|saying| std::cmp::Reverse(saying.pieces.iter().map(String::len).sum::<usize>()));
        Self(sayings)
    }

    /// Returns a text in the language, piece by piece as a semicolon parts it.
    pub(crate) fn pieces(&self, english: &str) -> Vec<Piece> {
        if let Some(whole) = self.whole(english, 0) {
            return vec![Piece::Ours(whole)];
        }
        let part = |part: &str| match self.whole(part, 0) {
            Some(ours) => Piece::Ours(ours),
            None => Piece::English(part.to_owned()),
        };
        english.split("; ").map(part).collect()
    }

    fn whole(&self, english: &str, depth: usize) -> Option<String> {
        let english = english.trim();
        if english.len() > LONGEST {
            return None;
        }
        let (saying, gaps) =
            self.0.iter().find_map(|saying| Some((saying, gaps(&saying.pieces, english)?)))?;
        let gaps = gaps.into_iter().map(|gap| {
            let known = (depth < DEPTH).then(|| self.whole(gap, depth + 1)).flatten();
            known.unwrap_or_else(|| gap.to_owned())
        });
        Some(filled(&saying.to, &gaps.collect::<Vec<_>>()))
    }
}

/// Returns what stands in the gaps, where a text is a sentence with these pieces.
fn gaps<'a>(pieces: &[String], text: &'a str) -> Option<Vec<&'a str>> {
    let (first, rest) = pieces.split_first()?;
    let Some((last, between)) = rest.split_last() else { return (text == first).then(Vec::new) };
    let mut text = text.strip_prefix(first.as_str())?.strip_suffix(last.as_str())?;
    let mut gaps = Vec::new();
    for piece in between {
        let (gap, after) = text.split_once(piece.as_str())?;
        gaps.push(gap);
        text = after;
    }
    gaps.push(text);
    // A few letters at the end, as in `{} days`, are a sentence only with a single word before them.
    let short = first.is_empty() && pieces.iter().map(String::len).sum::<usize>() < SHORT;
    // What begins with a gap does not swallow the sentence before it.
    let swallows = first.is_empty() && gaps.first().is_some_and(|gap| gap.contains("; "));
    (!swallows && gaps.iter().all(|gap| !(gap.is_empty() || short && gap.contains(' ')))).then_some(gaps)
}

/// Fills the gaps of a sentence: `{}` the next one, `{2}` the second.
fn filled(to: &str, gaps: &[String]) -> String {
    let (mut text, mut rest, mut next) = (String::new(), to, 0);
    while let Some((before, after)) = rest.split_once('{') {
        let Some((number, after)) = after.split_once('}') else { break };
        let at = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).unwrap_or_else(|| {
            next += 1;
            next - 1
        });
        text.push_str(before);
        text.push_str(gaps.get(at).map_or("", String::as_str));
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn german(english: &str) -> Vec<Piece> {
        Sayings::of(Lang::De).pieces(english)
    }

    fn ours(text: &str) -> Piece {
        Piece::Ours(text.to_owned())
    }

    #[test]
    fn sentences_keep_what_stands_in_their_gaps_and_what_is_not_written_stays_english() {
        assert_eq!(german("the company had until 2026-03-04"), [ours("die Firma hatte Zeit bis 2026-03-04")]);
        assert_eq!(
            german("Acme has not answered: overdue since 2026-03-04"),
            [ours("Acme hat nicht geantwortet: überfällig seit 2026-03-04")]
        );
        assert_eq!(
            german("the company's own procedure: 8 weeks from 2026-03-04, ends on 2026-04-29"),
            [ours("das eigene Verfahren der Firma: 8 Wochen ab 2026-03-04, endet am 2026-04-29")]
        );
        assert_eq!(
            german("if that fails: a letter before action, then County Court"),
            [ours("wenn das nicht hilft: ein Brief vor der Klage, dann County Court")]
        );
        assert_eq!(
            german("no day was set: answer now; something new"),
            [ours("es wurde kein Tag gesetzt: Antworten Sie jetzt"), Piece::English("something new".into())]
        );
        assert_eq!(
            german("the last day for a claim in County Court"),
            [ours("der letzte Tag für eine Klage in County Court")]
        );
        assert_eq!(german("8 weeks"), [ours("8 Wochen")]);
        let whole = "it answers within eight weeks";
        assert_eq!(german(whole), [Piece::English(whole.into())]);
        assert!(matches!(german(&"x".repeat(5000))[..], [Piece::English(_)]));
    }

    #[test]
    fn every_sentence_is_written_once_and_each_gap_has_its_place() {
        let file: File = toml::from_str(include_str!("../texts/said/de.toml")).unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for pair in &file.said {
            assert!(seen.insert(&pair.en), "twice: {}", pair.en);
            let gaps = pair.en.matches("{}").count();
            assert_eq!(pair.de.matches('{').count(), gaps, "{}", pair.en);
            let numbered =
                (1..=gaps).all(|n| pair.de.contains(&format!("{{{n}}}")) || pair.de.contains("{}"));
            assert!(numbered, "{}", pair.de);
        }
    }

    #[test]
    fn what_the_desk_always_says_is_written() {
        let fixed = [desk::advise::NOT_LEGAL_ADVICE].into_iter().chain(desk::scam_check::NEVER_ASKED);
        for text in fixed {
            assert!(matches!(german(text)[..], [Piece::Ours(_)]), "{text}");
        }
    }
}

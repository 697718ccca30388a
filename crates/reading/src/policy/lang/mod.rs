//! Languages: what a procedure is written in, as data. A language is one file and one line of [`FILES`].
//!
//! A file gives numbers, units, words for stages, columns of an escalation matrix and turns of phrase by what they do, under
//! headings in square brackets; `#` at the start of a line is a comment. [`super::cue`] says how a pattern is written. The
//! rules that use all this know no language.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;
use ladder::{BodyKind, Unit};

use super::cue::{Cue, Patterns, Role};
use super::table::Column;

/// The file of every language that can be read.
const FILES: [&str; 6] = [
    include_str!("en.txt"),
    include_str!("de.txt"),
    include_str!("fr.txt"),
    include_str!("es.txt"),
    include_str!("nl.txt"),
    include_str!("it.txt"),
];

/// What is to be known of a language.
#[derive(Debug, Default)]
pub(super) struct Language {
    /// ISO 639-1.
    pub(super) code: &'static str,
    /// Numbers as words.
    pub(super) numbers: Vec<(&'static str, u32)>,
    /// Ordinals as words.
    pub(super) ordinals: Vec<(&'static str, u32)>,
    /// Articles that count as one (`a week`).
    pub(super) one: Vec<&'static str>,
    /// Words for the unit that comes next (`the next working day`).
    pub(super) next: Vec<&'static str>,
    /// Words that bind a time to an act: within, in, no later than.
    pub(super) within: Vec<&'static str>,
    /// Units of time.
    pub(super) units: Vec<(&'static str, Unit)>,
    /// Units that count two of themselves: a fortnight.
    pub(super) double: Vec<&'static str>,
    /// Words that make a day a working day, before or after it.
    pub(super) working: Vec<&'static str>,
    /// Words that leave days out of a count: `excluding`.
    pub(super) excluding: Vec<&'static str>,
    /// Days that are left out: `weekends`.
    pub(super) weekend: Vec<&'static str>,
    /// Words behind an hour of the day: `am`.
    pub(super) clock: Vec<&'static str>,
    /// Words behind a time that tell from when it counts.
    pub(super) since: Vec<&'static str>,
    /// Words in which a customer speaks of himself: `I`.
    pub(super) voice: Vec<&'static str>,
    /// Other words between number and unit.
    pub(super) filler: Vec<&'static str>,
    /// Words between the ends of a range.
    pub(super) to: Vec<&'static str>,
    /// Words for a stage that a customer is at: stage, level, tier.
    pub(super) stage: Vec<&'static str>,
    /// Words for a step, which may be one of handling only.
    pub(super) step: Vec<&'static str>,
    /// Words that number a clause.
    pub(super) clause: Vec<&'static str>,
    /// Articles and the like that open a name and are no part of it.
    pub(super) articles: Vec<&'static str>,
    /// Words that open a clause about a name before them: `, who review the answer`.
    pub(super) relatives: Vec<&'static str>,
    /// Words in which a company speaks of itself: `we`, `our`.
    pub(super) ours: Vec<&'static str>,
    /// Small words inside of names of bodies.
    pub(super) small: Vec<&'static str>,
    /// Those of them that may part two names.
    pub(super) parting: Vec<&'static str>,
    /// Headers of the columns of a matrix.
    pub(super) columns: Vec<(Column, &'static str)>,
    /// The commonest words, by which the language is told.
    pub(super) common: Vec<&'static str>,
    /// Turns of phrase.
    pub(super) cues: Vec<(Cue, &'static str)>,
}

/// A language and its patterns, made ready.
struct Ready {
    language: Language,
    patterns: Patterns,
}

static ALL: LazyLock<Vec<Ready>> = LazyLock::new(|| {
    FILES
        .iter()
        .filter_map(|file| {
            // A test reads every file; nothing else gets here.
            let language = Language::parse(file).ok()?;
            let patterns = Patterns::new(&language.cues, &language.numbers);
            Some(Ready { language, patterns })
        })
        .collect()
});

/// The languages in which a word is one of the commonest: one bit each, in the order of [`ALL`].
static COMMON: LazyLock<HashMap<&'static str, u32, FixedState>> = LazyLock::new(|| {
    let mut common = HashMap::default();
    for (at, ready) in ALL.iter().enumerate() {
        for word in &ready.language.common {
            *common.entry(*word).or_default() |= 1 << at;
        }
    }
    common
});

impl Language {
    /// Reads the file of a language.
    ///
    /// # Errors
    ///
    /// The line, and what is wrong with it.
    fn parse(file: &'static str) -> Result<Self, String> {
        let mut language = Self::default();
        let mut section = "";
        for (number, line) in file.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[') {
                section = name.trim_end_matches(']');
                continue;
            }
            language
                .take(section, line)
                .ok_or_else(|| format!("line {}: `{line}` under `{section}`", number + 1))?;
        }
        Ok(language)
    }

    /// Takes a line of a section.
    fn take(&mut self, section: &'static str, line: &'static str) -> Option<()> {
        let words = line.split_whitespace();
        let phrases = || line.split(',').map(str::trim).filter(|phrase| !phrase.is_empty());
        let (kind, what) = section.split_once(' ').unwrap_or((section, ""));
        match kind {
            "language" => self.code = words.clone().next()?,
            "numbers" => self.numbers.extend(numbered(line)?),
            "ordinals" => self.ordinals.extend(numbered(line)?),
            "one" => self.one.extend(words),
            "next" => self.next.extend(words),
            "within" => self.within.extend(words),
            "since" => self.since.extend(words),
            "clock" => self.clock.extend(words),
            "voice" => self.voice.extend(words),
            "working" => self.working.extend(words),
            "filler" => self.filler.extend(words),
            "excluding" => self.excluding.extend(words),
            "weekend" => self.weekend.extend(words),
            "to" => self.to.extend(words),
            "stage" => self.stage.extend(words),
            "step" => self.step.extend(words),
            "clause" => self.clause.extend(words),
            "articles" => self.articles.extend(words),
            "relatives" => self.relatives.extend(words),
            "ours" => self.ours.extend(words),
            "small" => self.small.extend(words),
            "parting" => self.parting.extend(words),
            "common" => self.common.extend(words),
            "double" => self.double.extend(words),
            "unit" => {
                let unit = unit(what)?;
                self.units.extend(words.map(|word| (word, unit)));
            }
            "column" => {
                let column = Column::from_name(what)?;
                self.columns.extend(phrases().map(|phrase| (column, phrase)));
            }
            "cue" => {
                let cue = cue(what)?;
                self.cues.extend(phrases().map(|phrase| (cue, phrase)));
            }
            _ => return None,
        }
        Some(())
    }
}

/// Reads `one 1, two 2`.
fn numbered(line: &'static str) -> Option<Vec<(&'static str, u32)>> {
    line.split(',')
        .map(str::trim)
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (word, number) = pair.rsplit_once(' ')?;
            Some((word.trim(), number.parse().ok()?))
        })
        .collect()
}

fn unit(name: &str) -> Option<Unit> {
    [Unit::Minutes, Unit::Hours, Unit::Days, Unit::WorkingDays, Unit::Weeks, Unit::Months, Unit::Years]
        .into_iter()
        .find(|unit| unit.id() == name)
}

fn cue(name: &str) -> Option<Cue> {
    match name.split_once(' ') {
        Some(("inside", role)) => Role::from_name(role).map(Cue::Inside),
        Some(("outside", "adr")) => Some(Cue::Outside(BodyKind::Adr)),
        Some(("outside", "regulator")) => Some(Cue::Outside(BodyKind::Regulator)),
        Some(("outside", "court")) => Some(Cue::Outside(BodyKind::Court)),
        Some(_) => None,
        None => Cue::from_name(name),
    }
}

/// Returns the language of a code, with its patterns.
pub(super) fn of(code: &str) -> Option<(&'static Language, &'static Patterns)> {
    let code = code.split(['-', '_']).next().unwrap_or(code);
    let ready = ALL.iter().find(|ready| ready.language.code.eq_ignore_ascii_case(code))?;
    Some((&ready.language, &ready.patterns))
}

/// Returns the codes of the languages that can be read.
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|ready| ready.language.code)
}

/// Returns whether a text of some length holds hardly a common word of any language that can be read. A table of names and
/// numbers may, too; so only running text is told, by its small share of figures and by its length.
pub(super) fn is_foreign<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let (mut all, mut common) = (0_usize, 0_usize);
    for word in words.take(4_000).filter(|word| word.chars().all(char::is_alphabetic)) {
        all += 1;
        common += usize::from(COMMON.contains_key(word));
    }
    all >= 80 && common * 20 < all
}

/// Returns the code of the language whose commonest words make up the most of these spellings, where one stands out.
pub(super) fn guess<'a>(words: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    let mut counts = vec![0_usize; ALL.len()];
    let mut all = 0;
    for word in words.take(4_000) {
        all += 1;
        let Some(&languages) = COMMON.get(word) else { continue };
        for (at, count) in counts.iter_mut().enumerate() {
            *count += usize::from(languages & 1 << at != 0);
        }
    }
    let (best, &count) = counts.iter().enumerate().max_by_key(|&(at, &count)| (count, counts.len() - at))?;
    (count * 12 >= all && all >= 12).then(|| ALL[best].language.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_reads_and_every_pattern_begins_with_a_word() {
        for file in FILES {
            let language = Language::parse(file).unwrap();
            assert!(language.code.len() == 2 && !language.cues.is_empty(), "{}", language.code);
            for (cue, pattern) in &language.cues {
                let first = pattern.split_whitespace().find(|part| *part != "^").unwrap_or("..");
                assert!(first != ".." && first != "#", "{}: {cue:?} `{pattern}`", language.code);
            }
        }
    }

    #[test]
    fn a_wrong_line_is_named() {
        let error = Language::parse("[language]\nxx\n[cue nonsense]\nword").unwrap_err();
        assert_eq!(error, "line 4: `word` under `cue nonsense`");
    }

    #[test]
    fn a_text_tells_its_language() {
        let words = |text: &'static str| guess(text.split(' '));
        assert_eq!(
            words("wenn sie mit der antwort nicht zufrieden sind wenden sie sich an den vorstand"),
            Some("de")
        );
        assert_eq!(
            words("if you are not happy with the reply you can write to the board and ask for a review"),
            Some("en")
        );
        assert_eq!(
            words("lorem ipsum dolor sit amet consetetur sadipscing elitr sed diam nonumy eirmod tempor"),
            None
        );
    }
}

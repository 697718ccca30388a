//! One file of words, compiled: tables of named patterns.
//!
//! Patterns are regular expressions over folded bytes. Where one begins or ends with a letter, a digit or a group it stands at a word
//! boundary there; `<name>` puts in the alternatives of the table of parts. There is no look-around: what looks like a find and is none
//! stands in a table of its own, and a find that touches it is dropped.

use std::collections::BTreeMap;

use regex::bytes::{Regex, RegexBuilder};
use serde::Deserialize;

/// A named set of patterns, compiled as one.
#[derive(Debug)]
pub(crate) struct Cue {
    /// Its name.
    pub(crate) name: String,
    /// The patterns.
    pattern: Regex,
    /// What looks like it and is none.
    not: Option<Regex>,
}

/// Where a cue was found in the folded text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Hit {
    /// The first byte.
    pub(crate) start: usize,
    /// The byte after the last.
    pub(crate) end: usize,
}

impl Cue {
    /// Returns the places of the cue in a folded text, in order.
    pub(crate) fn hits<'a>(&'a self, folded: &'a [u8]) -> impl Iterator<Item = Hit> + 'a {
        let not: Vec<Hit> = self
            .not
            .iter()
            .flat_map(|not| not.find_iter(folded))
            .map(|m| Hit { start: m.start(), end: m.end() })
            .collect();
        self.pattern.find_iter(folded).map(|m| Hit { start: m.start(), end: m.end() }).filter(move |hit| {
            hit.start < hit.end && !not.iter().any(|n| n.start < hit.end && hit.start < n.end)
        })
    }

    /// Returns the first place of the cue at or after a byte.
    pub(crate) fn first(&self, folded: &[u8]) -> Option<Hit> {
        self.hits(folded).next()
    }
}

/// The words of one language.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// The language, as an ISO 639-1 code.
    pub(crate) code: String,
    /// Cues of replies.
    pub(crate) reply: Vec<Cue>,
    /// Marks of tone, by the name of the finding.
    pub(crate) flags: Vec<Cue>,
    /// Cues of what a draft contains.
    pub(crate) draft: Vec<Cue>,
    /// Patterns of promises, by name.
    pub(crate) promise: BTreeMap<String, Cue>,
    /// Words of time, by name.
    pub(crate) time: Time,
    /// Words that say nothing of a case, for the comparison with the complaint.
    pub(crate) stop_words: Vec<String>,
    /// Words in capitals that are shouted rather than names.
    pub(crate) loud_words: Vec<String>,
    /// Where a language writes nouns with a capital: common nouns, and common words that are none; both empty elsewhere.
    pub(crate) nouns: Vec<String>,
    pub(crate) small_words: Vec<String>,
    /// Praise that is mockery beside a mishap, the mishaps, and what makes praise meant: see `check/contrast.rs`.
    pub(crate) contrast: BTreeMap<String, Cue>,
    /// Conditions that press, words of harm, and sober next steps: see `check/ultimatum.rs`.
    pub(crate) threat: BTreeMap<String, Cue>,
    /// Who does violence to whom: see `check/violence.rs`.
    pub(crate) violence: BTreeMap<String, Cue>,
    /// Strangers of whom deceit is told: see `check/stranger.rs`.
    pub(crate) stranger: BTreeMap<String, Cue>,
    /// Negations by their reach, and what bounds them: see `reply/negation.rs`.
    pub(crate) negation: BTreeMap<String, Cue>,
    /// What a complaint wants: see `reply/wish.rs`.
    pub(crate) wish: BTreeMap<String, Cue>,
}

/// Words of time.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Time {
    /// Beginnings of the names of the months, from January.
    pub(crate) months: Vec<String>,
    /// Beginnings of the names of the days, from Monday.
    pub(crate) weekdays: Vec<String>,
    /// Words for numbers and small sums.
    pub(crate) numbers: BTreeMap<String, u32>,
    /// Words for units; `working` for a word that makes days working days, `fill` for one that says nothing.
    pub(crate) units: BTreeMap<String, String>,
    /// Words before which a subject begins: "and", "that", "because".
    pub(crate) joins: Vec<String>,
    /// Words that join the two ends of a range.
    pub(crate) ranges: Vec<String>,
    /// Words before a time that make it a deadline.
    pub(crate) deadline: Vec<String>,
    /// Words before a date that make it the start or the name of something.
    pub(crate) origin: Vec<String>,
    /// Words before a length of time that make it history.
    pub(crate) history: Vec<String>,
}

/// A file as it is written.
#[derive(Deserialize)]
struct File {
    code: String,
    function_words: Vec<String>,
    #[serde(default)]
    blank_words: Vec<String>,
    #[serde(default)]
    stop_words: Vec<String>,
    #[serde(default)]
    loud_words: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    small_words: Vec<String>,
    #[serde(default)]
    contrast: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    threat: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    violence: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    stranger: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    negation: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    wish: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    parts: BTreeMap<String, String>,
    #[serde(default)]
    reply: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    reply_not: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    flags: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    flags_not: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    draft: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    promise: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    time: Time,
}

/// Why a file of words cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LexiconError {
    /// It is not TOML of the shape asked for.
    #[error("not a file of words: {0}")]
    Shape(#[from] toml::de::Error),
    /// A pattern names a part that is not there.
    #[error("`{cue}` names the part `{part}`, which the file does not have")]
    Part {
        /// The cue.
        cue: String,
        /// The part.
        part: String,
    },
    /// A pattern does not compile.
    #[error("`{cue}` does not compile: {cause}")]
    Pattern {
        /// The cue.
        cue: String,
        /// What is wrong with it.
        cause: Box<regex::Error>,
    },
}

/// The words of a file that are looked for in a text of any language.
#[derive(Debug, Default)]
pub(super) struct Common {
    /// By which the language is told.
    pub(super) function_words: Vec<String>,
    /// With which a blank that nobody filled in begins.
    pub(super) blank_words: Vec<String>,
}

/// Reads only the words that are looked for in a text of any language.
pub(super) fn common(file: &str) -> Common {
    let words = |file: File| Common { function_words: file.function_words, blank_words: file.blank_words };
    toml::from_str::<File>(file).map(words).unwrap_or_default()
}

impl Lexicon {
    /// Compiles a file of words.
    pub(super) fn parse(file: &str) -> Result<Self, LexiconError> {
        let file: File = toml::from_str(file)?;
        let none = BTreeMap::new();
        Ok(Self {
            reply: compile(&file.reply, &file.reply_not, &file.parts)?,
            flags: compile(&file.flags, &file.flags_not, &file.parts)?,
            draft: compile(&file.draft, &none, &file.parts)?,
            promise: by_name(compile(&file.promise, &none, &file.parts)?),
            code: file.code,
            time: file.time,
            stop_words: file.stop_words,
            loud_words: file.loud_words,
            nouns: file.nouns,
            small_words: file.small_words,
            contrast: by_name(compile(&file.contrast, &none, &file.parts)?),
            threat: by_name(compile(&file.threat, &none, &file.parts)?),
            violence: by_name(compile(&file.violence, &none, &file.parts)?),
            stranger: by_name(compile(&file.stranger, &none, &file.parts)?),
            negation: by_name(compile(&file.negation, &none, &file.parts)?),
            wish: by_name(compile(&file.wish, &none, &file.parts)?),
        })
    }
}

/// Puts cues under their names.
fn by_name(cues: Vec<Cue>) -> BTreeMap<String, Cue> {
    cues.into_iter().map(|cue| (cue.name.clone(), cue)).collect()
}

/// Compiles a table.
fn compile(
    table: &BTreeMap<String, Vec<String>>,
    not: &BTreeMap<String, Vec<String>>,
    parts: &BTreeMap<String, String>,
) -> Result<Vec<Cue>, LexiconError> {
    table
        .iter()
        .map(|(name, patterns)| {
            let not = not.get(name).map(|patterns| one(name, patterns, parts)).transpose()?;
            Ok(Cue { name: name.clone(), pattern: one(name, patterns, parts)?, not })
        })
        .collect()
}

/// Compiles the patterns of one cue into one.
fn one(cue: &str, patterns: &[String], parts: &BTreeMap<String, String>) -> Result<Regex, LexiconError> {
    let mut whole = String::new();
    for pattern in patterns {
        let pattern = fill(cue, pattern, parts)?;
        if !whole.is_empty() {
            whole.push('|');
        }
        whole.push_str("(?:");
        whole.push_str(if begins_with_word(&pattern) { r"\b" } else { "" });
        whole.push_str("(?:");
        whole.push_str(&pattern);
        whole.push(')');
        whole.push_str(if ends_with_word(&pattern) { r"\b" } else { "" });
        whole.push(')');
    }
    RegexBuilder::new(&whole)
        .unicode(false)
        .build()
        .map_err(|cause| LexiconError::Pattern { cue: cue.to_owned(), cause: Box::new(cause) })
}

/// Puts the parts into a pattern.
fn fill(cue: &str, pattern: &str, parts: &BTreeMap<String, String>) -> Result<String, LexiconError> {
    let mut whole = pattern.to_owned();
    // Parts may name parts, to a small depth.
    for _ in 0..4 {
        let Some((start, end)) = part(&whole) else { break };
        let mut next = String::with_capacity(whole.len() * 2);
        let mut rest = (0, Some((start, end)));
        while let (from, Some((start, end))) = rest {
            let name = &whole[start + 1..end];
            let text = parts
                .get(name)
                .ok_or_else(|| LexiconError::Part { cue: cue.to_owned(), part: name.to_owned() })?;
            next.push_str(&whole[from..start]);
            next.push_str("(?:");
            next.push_str(text);
            next.push(')');
            rest = (end + 1, part(&whole[end + 1..]).map(|(a, b)| (a + end + 1, b + end + 1)));
        }
        next.push_str(&whole[rest.0..]);
        whole = next;
    }
    Ok(whole)
}

/// Finds the next `<name>`.
fn part(pattern: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(start) = pattern[from..].find('<').map(|at| at + from) {
        let end = start + 1 + pattern[start + 1..].find(|c: char| !c.is_ascii_lowercase() && c != '_')?;
        if end > start + 1 && pattern[end..].starts_with('>') {
            return Some((start, end));
        }
        from = start + 1;
    }
    None
}

/// Whether a pattern begins with a letter, a digit or a class of them, be it in groups.
fn begins_with_word(pattern: &str) -> bool {
    let mut rest = pattern;
    while let Some(inner) = rest.strip_prefix('(') {
        rest = inner.strip_prefix("?:").unwrap_or(inner);
    }
    rest.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        || rest.starts_with(r"\w")
        || rest.starts_with(r"\d")
}

/// Whether a pattern ends with a letter, a digit or a group, be it repeated.
fn ends_with_word(pattern: &str) -> bool {
    pattern
        .trim_end_matches(['?', '*', '+'])
        .ends_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == ')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_stands_at_word_boundaries_and_a_part_is_put_in() {
        let parts = BTreeMap::from([("team".to_owned(), "crew|desk".to_owned())]);
        let cue =
            one("x", &["our <team>s?".to_owned(), "(?:a|the) end".to_owned(), r"\?".to_owned()], &parts)
                .unwrap();
        for (text, found) in [
            ("ask our desks now", true),
            ("your crew", false),
            ("our crewman", false),
            ("the end", true),
            ("why?", true),
        ] {
            assert_eq!(cue.is_match(text.as_bytes()), found, "{text}");
        }
    }

    #[test]
    fn a_broken_file_is_refused_by_the_name_of_the_cue() {
        let file = "code = \"xx\"\nfunction_words = []\n[reply]\nthanks = [\"<none> of it\"]";
        assert_eq!(
            Lexicon::parse(file).unwrap_err().to_string(),
            "`thanks` names the part `none`, which the file does not have"
        );
        let file = "code = \"xx\"\nfunction_words = []\n[reply]\nthanks = [\"a(\"]";
        assert!(Lexicon::parse(file).unwrap_err().to_string().starts_with("`thanks` does not compile"));
    }
}

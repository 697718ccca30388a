//! Languages: what a procedure is written in, as data. A language is one file and one line of [`ALL`].
//!
//! Each table gives numbers, units, the words for stages, the columns of an escalation matrix and the turns of phrase by
//! what they do. The rules that use them know no language.

mod de;
mod en;
mod es;
mod fr;
mod it;
mod nl;

use std::sync::LazyLock;

use ladder::Unit;

use super::cue::{Cue, Patterns};
use super::table::Column;

/// What is to be known of a language.
pub(super) struct Language {
    /// ISO 639-1.
    pub(super) code: &'static str,
    /// Its name in English, for warnings.
    pub(super) name: &'static str,
    /// Numbers as words.
    pub(super) numbers: &'static [(&'static str, u32)],
    /// Ordinals as words.
    pub(super) ordinals: &'static [(&'static str, u32)],
    /// Articles that count as one ("a week").
    pub(super) one: &'static [&'static str],
    /// Words for the unit that comes next ("the next working day").
    pub(super) next: &'static [&'static str],
    /// Words that bind a time to an act: within, in, no later than.
    pub(super) within: &'static [&'static str],
    /// Units of time.
    pub(super) units: &'static [(&'static str, Unit)],
    /// Words that make a day a working day, before or after it.
    pub(super) working: &'static [&'static str],
    /// Other words between number and unit.
    pub(super) filler: &'static [&'static str],
    /// Words between the ends of a range.
    pub(super) to: &'static [&'static str],
    /// Words for a stage that a customer is at: stage, level, tier.
    pub(super) stage: &'static [&'static str],
    /// Words for a step, which may be one of handling only.
    pub(super) step: &'static [&'static str],
    /// Words that number a clause.
    pub(super) clause: &'static [&'static str],
    /// Headers of the columns of a matrix.
    pub(super) columns: &'static [(Column, &'static [&'static str])],
    /// Turns of phrase.
    pub(super) cues: &'static [(Cue, &'static [&'static str])],
    /// Small words inside of names of bodies.
    pub(super) small: &'static [&'static str],
    /// The commonest words, by which the language is told.
    pub(super) common: &'static [&'static str],
}

impl Language {
    /// Returns whether a unit counts two of itself: a fortnight.
    pub(super) fn is_double(&self, unit: &str) -> bool {
        self.code == "en" && unit.starts_with("fortnight")
    }
}

/// Every language that can be read.
pub(super) static ALL: [&Language; 6] = [&en::EN, &de::DE, &fr::FR, &es::ES, &nl::NL, &it::IT];

static PATTERNS: LazyLock<Vec<Patterns>> =
    LazyLock::new(|| ALL.iter().map(|language| Patterns::new(language.cues, language.numbers)).collect());

/// Returns the language of a code, with its patterns.
pub(super) fn of(code: &str) -> Option<(&'static Language, &'static Patterns)> {
    let code = code.split(['-', '_']).next().unwrap_or(code);
    let at = ALL.iter().position(|language| language.code.eq_ignore_ascii_case(code))?;
    Some((ALL[at], &PATTERNS[at]))
}

/// Returns the code of the language whose commonest words make up the most of these spellings, where one stands out.
pub(super) fn guess<'a>(words: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    let mut counts = [0_u32; ALL.len()];
    let mut all = 0_u32;
    for word in words.take(4_000) {
        all += 1;
        for (count, language) in counts.iter_mut().zip(ALL) {
            *count += u32::from(language.common.contains(&word));
        }
    }
    let best = (0..ALL.len()).max_by_key(|&at| (counts[at], ALL.len() - at))?;
    (counts[best] * 12 >= all && all >= 12).then_some(ALL[best].code)
}

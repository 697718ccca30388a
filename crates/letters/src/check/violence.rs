//! Threats of violence without a condition: who, and what they will do to somebody or to something of theirs.
//!
//! "I will come and smash your windows" has two parts in one sentence: one who speaks of themselves or of their people, and an act of violence
//! that is still to come, with the body, person or thing of the other side that it is done to. Each is a table of the language; neither alone is a
//! threat, and what was done to the speaker lacks the first.

use crate::reply::sentences;
use crate::words::{Hit, Lexicon};

/// The most bytes between the two parts: more is another thought.
const NEAR: usize = 90;

/// Returns the places of threats.
pub(super) fn marks(folded: &[u8], lexicon: &Lexicon) -> Vec<Hit> {
    let cue = |name: &str| lexicon.violence.get(name);
    let (Some(who), Some(act)) = (cue("who"), cue("act")) else { return Vec::new() };
    let mut marks = Vec::new();
    for (start, end) in sentences(folded) {
        let sentence = &folded[start..end];
        let speakers: Vec<Hit> = who.hits(sentence).collect();
        let near = |a: &Hit, b: &Hit| a.start.max(b.start) - a.start.min(b.start) <= NEAR;
        let found = act.hits(sentence).find(|act| speakers.iter().any(|speaker| near(speaker, act)));
        if let Some(found) = found {
            marks.push(Hit { start: start + found.start, end: start + found.end });
        }
    }
    marks
}

//! Deceit that is told of a stranger: whoever was cheated by a fraudster accuses nobody at the company.
//!
//! "A man who said he was from your bank talked me into it. He lied": what would be an accusation of the company is what happened. A
//! sentence tells of a stranger where it names somebody unknown ("a caller", "ein Betrüger", "un desconocido") who passed for the
//! company, or a fraudster by an indefinite name; the sentences behind it go on about them as long as they begin with "he", "she" or "they".
//! What is laid on "you", or on "your" people, is an accusation wherever it stands.

use crate::reply::sentences;
use crate::words::{Hit, Lexicon};

/// Returns the sentences that tell of a stranger.
pub(super) fn told(folded: &[u8], lexicon: &Lexicon) -> Vec<Hit> {
    let cue = |name: &str| lexicon.stranger.get(name);
    let Some(stranger) = cue("stranger") else { return Vec::new() };
    let is = |name: &str, sentence: &[u8]| cue(name).is_some_and(|cue| cue.first(sentence).is_some());
    let mut told: Vec<Hit> = Vec::new();
    let mut before = false;
    for (start, end) in sentences(folded) {
        let sentence = folded[start..end].trim_ascii_start();
        let of_stranger = stranger.first(sentence).is_some() || before && is("goes_on", sentence);
        before = of_stranger && !is("company", sentence);
        if before {
            told.push(Hit { start, end });
        }
    }
    told
}

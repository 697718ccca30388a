//! Threats without a set phrase: an "or else" with a harm behind it.
//!
//! "Pay by tonight, or your shop will be all over my channel": what threatens is neither the condition nor the channel but the two in one
//! breath. A sentence is marked where a condition ("unless", "or I will", "if it is not …") stands with words of harm: an audience, a crowd,
//! somebody's house or family, a vow; and where one that is laid on the company's own act ("if you do not pay") leads to an act that is none of the
//! sober ones. There are more ways to harm than words for them, and few sober next steps: to ask an ombudsman, to claim, to leave, to
//! wait, to send something. What names one of these is left alone, for to say what comes next is no threat.

use crate::reply::sentences;
use crate::words::{Hit, Lexicon};

/// Returns the places of threats.
pub(super) fn marks(folded: &[u8], lexicon: &Lexicon) -> Vec<Hit> {
    let cue = |name: &str| lexicon.threat.get(name);
    let (Some(condition), Some(harm)) = (cue("condition"), cue("harm")) else { return Vec::new() };
    let mut marks = Vec::new();
    for (start, end) in sentences(folded) {
        let sentence = &folded[start..end];
        let sober = cue("sober").is_some_and(|cue| cue.first(sentence).is_some());
        if sober || condition.first(sentence).is_none() {
            continue;
        }
        let unsober = || {
            let pressed = cue("pressing")?.first(sentence)?;
            if cue("sober_act").is_some_and(|cue| cue.first(sentence).is_some()) {
                return None;
            }
            let acts: Vec<Hit> = cue("act")?.hits(sentence).collect();
            // An act inside of the condition is what is asked for.
            acts.into_iter().find(|act| act.end > pressed.end || act.end <= pressed.start)
        };
        if let Some(found) = harm.first(sentence).or_else(unsober) {
            marks.push(Hit { start: start + found.start, end: start + found.end });
        }
    }
    marks
}

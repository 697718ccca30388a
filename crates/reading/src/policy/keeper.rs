//! Who keeps to a time: the customer, who may ask again until then, or the company and those in it.

use super::cue::Cue;
use super::duration::Duration;
use super::sense::{Actor, Sense};
use super::time::Reader;

/// How many words a cell has beside its time that tells from when it counts.
const CELL: usize = 10;

/// Words behind which the customer is not the one who acts.
const OBJECT: &[&str] = &["for", "to", "with", "by", "für", "pour", "voor", "para", "per"];

/// Words for each of several.
const EACH: &[&str] = &["each", "every", "all", "jede", "jeder", "chaque", "cada", "elke", "iedere", "ogni"];

/// Words for one of the company who was named before.
const THIRD: &[&str] = &["he", "she", "il", "elle", "hij", "zij"];

impl Reader<'_> {
    /// Whether a time is that of each stage to answer: `each level must be resolved within 30 days or moved to the next`.
    pub(super) fn is_of_each(&self, duration: &Duration) -> bool {
        let sentence = self.sentence(duration);
        let before = sentence.start..duration.words.start;
        let each = self
            .text
            .cues
            .within(before.clone())
            .iter()
            .any(|f| f.cue == Cue::AnyStage && EACH.contains(&self.text.words.spelling(f.words.start)));
        each && self.walked.stages.len() > 1
            && match self.sense(duration, &sentence) {
                Sense::Reply => true,
                Sense::Acts => self.text.has(&before, Cue::Reply),
                Sense::Ack | Sense::Touch | Sense::Other | Sense::None => false,
            }
            && !self.is_wait(duration, &sentence)
            && !self.is_extension(duration)
            && !self.customer_acts(&before)
            && !self.near_after(duration, &sentence, Cue::SinceAnswer, 9)
    }

    /// Whether someone of the company does what a time bounds: `The partner may invite you to a meeting. He will do this within five days of
    /// his review.`
    pub(super) fn is_of_someone_inside(
        &self,
        duration: &Duration,
        sentence: &std::ops::Range<usize>,
    ) -> bool {
        let words = self.text.words;
        let opens = sentence.start..(sentence.start + 2).min(sentence.end);
        let third = opens.clone().any(|at| THIRD.contains(&words.spelling(at)));
        // A cell of times beside what the company does: `The reply is examined. | Within ten days of receipt of the reply`.
        let cells = &words.paras[words.para_of(duration.words.start)].cells;
        let bare = |words: &std::ops::Range<usize>| {
            words.contains(&duration.words.start) && words.len() <= duration.words.len() + CELL
        };
        let cell = cells.len() > 1 && cells.iter().any(|cell| bare(&cell.words));
        third && !self.customer_acts(sentence)
            || cell && !cells.iter().any(|cell| self.customer_acts(&cell.words))
    }

    /// Whether words tell the customer to do something: `Ask us …`, `you may appeal`.
    pub(super) fn customer_acts(&self, words: &std::ops::Range<usize>) -> bool {
        let told = |cue: Cue| matches!(cue, Cue::May | Cue::Acts | Cue::Invite);
        // `The colleague who acted for you to reply`: it is another who replies.
        let object = |at: usize| at > words.start && OBJECT.contains(&self.text.words.spelling(at - 1));
        self.text.cues.within(words.clone()).iter().any(|f| {
            let opens = f.words.start <= words.start + 1 && matches!(f.cue, Cue::Acts | Cue::Invite);
            opens
                || f.cue == Cue::You
                    && !object(f.words.start)
                    && self.text.cues.within(f.words.end..f.words.end + 2).iter().any(|f| told(f.cue))
        })
    }

    /// Whether the company is said to give its final answer by a time: `our team aims to give you our final response within four weeks`.
    pub(super) fn gives_final_answer(&self, duration: &Duration, sentence: &std::ops::Range<usize>) -> bool {
        let from = duration.words.start.saturating_sub(5).max(sentence.start);
        duration.bound
            && self.text.has(&(from..duration.words.start), Cue::SinceAnswer)
            && self.actor(duration, sentence) == Actor::Company
            && !self.near_after(duration, sentence, Cue::SinceAnswer, 9)
            && !self.near_after(duration, sentence, Cue::SinceEvent, 9)
            && ![Cue::Unsettled, Cue::Kept, Cue::If].iter().any(|&cue| self.text.has(sentence, cue))
    }

    /// Whether a time counts from what the customer asked for: then it is the company's.
    pub(super) fn is_since_request(&self, duration: &Duration, sentence: &std::ops::Range<usize>) -> bool {
        self.near_after(duration, sentence, Cue::SinceComplaint, 4)
            && !self.near_after(duration, sentence, Cue::SinceAnswer, 9)
            && !self.customer_acts(sentence)
    }
}

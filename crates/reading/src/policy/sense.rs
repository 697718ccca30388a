//! What the words around a duration make of it, and who does what it bounds: the nearest words that tell decide.

use super::cue::{Cue, Found};
use super::duration::Duration;
use super::time::Reader;
use super::words::Gap;

/// What the words around a duration make of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Sense {
    Ack,
    Reply,
    Touch,
    Acts,
    /// Something else: records kept, money moved.
    Other,
    None,
}

/// Who does something by a time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Actor {
    /// The customer.
    Customer,
    /// The company, or someone in it.
    Company,
    /// Nobody is named.
    Nobody,
}

impl Reader<'_> {
    /// What the nearest words make of a duration.
    pub(super) fn sense(&self, duration: &Duration, sentence: &std::ops::Range<usize>) -> Sense {
        let mut best: Option<(u32, Cue)> = None;
        let first = self.durations.partition_point(|d| d.words.start < sentence.start);
        let last = self.durations.partition_point(|d| d.words.start < sentence.end);
        let beside = &self.durations[first..last];
        let since: Vec<&Found> = self
            .text
            .cues
            .within(duration.words.end..sentence.end)
            .iter()
            .filter(|f| {
                matches!(f.cue, Cue::SinceAnswer | Cue::SinceComplaint | Cue::SinceEvent)
                    && self.cost(f, duration) < 8
            })
            .collect();
        for found in self.text.cues.within(sentence.clone()) {
            if since.iter().any(|f| f.words.start <= found.words.start && found.words.end <= f.words.end) {
                continue;
            }
            let telling = matches!(
                found.cue,
                Cue::Ack
                    | Cue::Reply
                    | Cue::Touch
                    | Cue::Acts
                    | Cue::Kept
                    | Cue::Paid
                    | Cue::Cancelled
                    | Cue::Often
                    | Cue::Average
                    | Cue::OtherTime
            );
            // `acknowledge your request`: what is acknowledged binds nobody.
            let object = matches!(found.cue, Cue::Acts | Cue::Reply)
                && self.text.cues.within(sentence.clone()).iter().any(|f| {
                    f.cue == Cue::Ack
                        && f.words.end <= found.words.start
                        && f.words.end + 2 >= found.words.start
                        && f.words.start < found.words.start
                });
            // `We will write to you (within five days of it) acknowledging your complaint`.
            let writes = found.cue == Cue::Reply
                && found.words.end >= duration.words.start
                && self.near_after(duration, sentence, Cue::Ack, 8)
                && self.text.has(&found.words, Cue::Touch);
            // `A response must be issued within eight weeks`: it is the company that must.
            let ends = found.words.end.min(self.text.words.words.len() - 1);
            let passive = found.cue == Cue::Acts
                && matches!(self.text.words.spelling(found.words.start), "must" | "should" | "shall")
                && found.words.len() <= 2
                && (found.words.start + 1..=ends).any(|at| self.text.words.spelling(at) == "be")
                && self.text.has(&(sentence.start..found.words.start), Cue::Reply)
                && !self.text.has(&(sentence.start..found.words.start), Cue::Review);
            // `You will have our written reply within 21 days`.
            let ours = found.cue == Cue::Acts
                && matches!(self.text.words.spelling(found.words.start), "reply" | "respond")
                && self.text.has(
                    &(found.words.start.saturating_sub(4).max(sentence.start)..found.words.start),
                    Cue::Us,
                );
            if object
                || passive
                || ours
                || writes
                || !telling
                || found.words.start < duration.words.end && duration.words.start < found.words.end
            {
                continue;
            }
            let mut cost = self.cost(found, duration);
            let between = |other: &&Duration| {
                other.words.start >= found.words.end && other.words.end <= duration.words.start
                    || other.words.start >= duration.words.end && other.words.end <= found.words.start
            };
            let crossed = beside.iter().filter(between).count();
            cost += 8 * u32::try_from(crossed).unwrap_or(0);
            if best.is_none_or(|(known, _)| cost < known) {
                best = Some((cost, found.cue));
            }
        }
        match best.map(|(_, cue)| cue) {
            Some(Cue::Ack) => Sense::Ack,
            Some(Cue::Reply) => Sense::Reply,
            Some(Cue::Touch) => Sense::Touch,
            Some(Cue::Acts) => Sense::Acts,
            Some(_) => Sense::Other,
            None => self.sense_of_card(duration, sentence),
        }
    }

    /// Without a telling word of its own, a duration takes the sense of the sentence before in the paragraph, of the line
    /// above, or of the words that lead in to the list.
    fn sense_of_card(&self, duration: &Duration, sentence: &std::ops::Range<usize>) -> Sense {
        let words = self.text.words;
        let number = words.sentence_of(duration.words.start);
        let para = words.para_of(duration.words.start);
        let bare = sentence.len() <= duration.words.len() + 3;
        if let Some(above) = number.checked_sub(1).map(|k| &words.sentences[k])
            && (above.para == para || bare)
        {
            let sense = self.sense_of(above.words.clone());
            if sense != Sense::None {
                return sense;
            }
        }
        if words.paras[para].item.is_none() {
            return Sense::None;
        }
        let lead = (0..para).rev().take(12).find(|&k| words.paras[k].item.is_none());
        lead.filter(|&k| words.paras[k].last == ':').map_or(Sense::None, |k| {
            let last = words.paras[k].sentences.end - 1;
            self.sense_of(words.sentences[last].words.clone())
        })
    }

    /// The sense of a sentence as a whole.
    fn sense_of(&self, words: std::ops::Range<usize>) -> Sense {
        let first = self.text.cues.within(words).iter().find(|f| matches!(f.cue, Cue::Ack | Cue::Reply));
        match first.map(|found| found.cue) {
            Some(Cue::Ack) => Sense::Ack,
            Some(_) => Sense::Reply,
            None => Sense::None,
        }
    }

    /// Who does what a duration bounds: the nearest words before it that tell, within its sentence.
    pub(super) fn actor(&self, duration: &Duration, sentence: &std::ops::Range<usize>) -> Actor {
        let cues = self.text.cues.within(sentence.start..duration.words.start);
        let told = cues.iter().rev().find_map(|found| {
            let opens = found.words.start <= sentence.start + 1
                || self.text.words.words[found.words.start].gap >= Gap::Comma;
            // In `you will hear from us` it is the company that acts.
            let given = found.cue == Cue::You
                && cues.iter().any(|f| {
                    matches!(f.cue, Cue::Touch | Cue::Ack | Cue::Reply)
                        && f.words.start <= found.words.start + 3
                        && f.words.end > found.words.start
                        && self.gets(found.words.end)
                });
            match found.cue {
                Cue::You if given => Some(Actor::Company),
                Cue::You | Cue::Acts => Some(Actor::Customer),
                // `Please write …`, `…, tell the team within`: the one who is told to is the customer.
                Cue::Invite if opens => Some(Actor::Customer),
                Cue::We | Cue::Ack | Cue::Reply | Cue::Touch => Some(Actor::Company),
                Cue::Inside(_) if opens => Some(Actor::Company),
                _ => None,
            }
        });
        told.unwrap_or(Actor::Nobody)
    }

    /// Whether the words after `you` leave the act to the company, and say not that the customer may or must do something.
    pub(super) fn gets(&self, at: usize) -> bool {
        let next = self.text.cues.within(at..at + 2);
        !next.iter().any(|f| matches!(f.cue, Cue::Acts | Cue::Invite))
    }

    /// How far a turn of phrase is from a duration.
    pub(super) fn cost(&self, found: &Found, duration: &Duration) -> u32 {
        let (from, to, base) = if found.words.end <= duration.words.start {
            (found.words.end, duration.words.start, 0)
        } else {
            let joined = (duration.words.end..found.words.start)
                .any(|at| self.text.language.to.contains(&self.text.words.spelling(at)));
            (duration.words.end, found.words.start, if joined { 8 } else { 3 })
        };
        let mut cost = base;
        for at in from..=to.min(self.text.words.words.len() - 1) {
            cost += match self.text.words.words[at].gap {
                Gap::None => 1,
                Gap::Comma => 3,
                Gap::Dash | Gap::Colon => 2,
                Gap::Clause => 6,
                Gap::Sentence => 12,
            };
        }
        cost
    }
}

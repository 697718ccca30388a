//! Times of outside bodies: from when one may go there without an answer, and until when after the final one.
//!
//! A duration in a condition (`if we have not replied within 30 days`, `once six weeks have gone by`) is a wait; one that
//! binds the customer after the last answer (`within six months of our letter`, `you have ten months to`) is a limit. A
//! limit that counts from the event or from the complaint is neither. `By then` and `the above times` stand for the time in
//! which the company answers.

use std::ops::Range;

use ladder::{Stage, StatedClock, Unit};

use super::bodies::Offer;
use super::cue::{Cue, Found};
use super::duration::Duration;
use super::table::weight;
use super::text::Text;
use super::time;
use super::words::Gap;

/// How many words after a duration may tell from what it counts.
const REACH: usize = 9;

/// What a limit counts from.
const ANSWER: [Cue; 2] = [Cue::SinceAnswer, Cue::OfAnswer];
const COMPLAINT: [Cue; 2] = [Cue::SinceComplaint, Cue::OfComplaint];
const EVENT: [Cue; 2] = [Cue::SinceEvent, Cue::OfEvent];

/// How many words after it tell without doubt.
const NEXT: usize = 3;

/// The times of a body.
#[derive(Debug, Default)]
pub(super) struct Times {
    /// From when one may go there without an answer.
    pub(super) after: Option<StatedClock>,
    /// Until when after the final answer.
    pub(super) within: Option<StatedClock>,
}

/// What a duration is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Sense {
    After,
    Within,
    Neither,
}

/// Reads the times of an offer: first from the sentences that tell of it, then from those that lead in to it.
pub(super) fn read(
    text: &Text<'_>,
    durations: &[Duration],
    offer: &Offer,
    number: usize,
    owners: &[Option<usize>],
    stages: &[Stage],
) -> Times {
    let reader = Reader { text, durations };
    let mut times = Times::default();
    for (sentences, leads) in [(&offer.told, false), (&offer.leads, true)] {
        for &sentence in sentences {
            let words = text.words.sentences[sentence].words.clone();
            for duration in reader.within(&words) {
                let owner = owners[duration.words.start];
                // Before the first body of a sentence a condition holds for all that it names.
                let shared =
                    owner.is_none() || owner != Some(number) && reader.is_shared(&words, duration, offer);
                if owner != Some(number) && !leads && !shared {
                    continue;
                }
                let place = match reader.sense(duration, &words) {
                    Sense::After => &mut times.after,
                    // What leads in may tell until when one asks for the stage before.
                    Sense::Within if leads && reader.is_of_stage(duration, &words, stages) => continue,
                    Sense::Within => &mut times.within,
                    Sense::Neither => continue,
                };
                if place.is_none() {
                    *place = Some(reader.stated(duration, &words));
                }
            }
        }
    }
    if times.after.is_none() {
        let all =
            offer.told.iter().chain(&offer.leads).map(|&sentence| &text.words.sentences[sentence].words);
        if let Some(words) = all.into_iter().find(|words| reader.means_the_answer(words)) {
            times.after = reader.answer(words.start, stages);
        }
    }
    times
}

struct Reader<'a> {
    text: &'a Text<'a>,
    durations: &'a [Duration],
}

impl Reader<'_> {
    /// Whether a time is the customer's to ask for a stage.
    fn is_of_stage(&self, duration: &Duration, sentence: &Range<usize>, stages: &[Stage]) -> bool {
        let quote = time::quote(self.text, sentence, &duration.words);
        let same = |window: &StatedClock| window.clock == duration.clock && window.quote == quote;
        stages.iter().any(|stage| stage.customer_window.as_ref().is_some_and(same))
    }

    /// The durations of some words.
    fn within(&self, words: &Range<usize>) -> impl Iterator<Item = &Duration> {
        let first = self.durations.partition_point(|d| d.words.start < words.start);
        let last = self.durations.partition_point(|d| d.words.start < words.end);
        self.durations[first..last.max(first)]
            .iter()
            .filter(|d| !d.again && !matches!(d.clock.unit, Unit::Minutes | Unit::Hours))
    }

    /// Whether a duration stands in the condition of a sentence, before the names of several bodies.
    fn is_shared(&self, sentence: &Range<usize>, duration: &Duration, offer: &Offer) -> bool {
        let first = self.text.mentions_in(sentence).first();
        sentence.contains(&offer.words.start) && first.is_some_and(|m| duration.words.end <= m.words.start)
    }

    /// Whether a sentence speaks of the time in which the company answers: `by then`, `the above times`.
    fn means_the_answer(&self, sentence: &Range<usize>) -> bool {
        self.has(sentence, Cue::AboveTimes)
            && [Cue::If, Cue::Unsettled, Cue::Passed, Cue::Lapsed].iter().any(|&cue| self.has(sentence, cue))
    }

    fn has(&self, words: &Range<usize>, cue: Cue) -> bool {
        self.text.has(words, cue)
    }

    /// The time in which the company answers, as told before a place in the text.
    fn answer(&self, place: usize, stages: &[Stage]) -> Option<StatedClock> {
        let end = self.durations.partition_point(|d| d.words.start < place);
        let before = self.durations[..end].iter().rev().take(6);
        // `We have eight weeks to consider it. If we have not done so within this time, …`
        let above = self.text.words.sentence_of(place).checked_sub(1).map(|k| &self.text.words.sentences[k]);
        let given = above
            .filter(|above| above.para == self.text.words.para_of(place))
            .and_then(|above| self.within(&above.words).max_by_key(|d| weight(d.clock)));
        if let Some(duration) = given {
            return Some(self.stated(duration, &self.sentence(duration)));
        }
        let near = before
            .filter(|d| !d.again && d.bound && !matches!(d.clock.unit, Unit::Minutes | Unit::Hours))
            .take(2)
            .max_by_key(|d| weight(d.clock))
            .map(|d| self.stated(d, &self.sentence(d)));
        let told = stages.iter().filter_map(|s| s.respond.as_ref()).max_by_key(|c| weight(c.clock));
        near.or_else(|| told.cloned())
    }

    fn sentence(&self, duration: &Duration) -> Range<usize> {
        let at = self.text.words.sentence_of(duration.words.start);
        self.text.words.sentences[at].words.clone()
    }

    /// What a duration is for.
    fn sense(&self, duration: &Duration, sentence: &Range<usize>) -> Sense {
        // What holds for each level of the company is no body's.
        let of_each = self.has(&(sentence.start..duration.words.start), Cue::AnyStage)
            && !self.has(sentence, Cue::Refer);
        if self.is_extra(duration) || of_each {
            return Sense::Neither;
        }
        let (told, made, past) = (
            self.after(duration, sentence, &ANSWER),
            self.after(duration, sentence, &COMPLAINT),
            self.after(duration, sentence, &EVENT),
        );
        let place = |found: Option<(usize, usize)>| found.map(|(place, _)| place);
        let (answer, complaint, event) = (place(told), place(made), place(past));
        let nearest = |a: Option<usize>, b: Option<usize>| a.is_some_and(|a| b.is_none_or(|b| a <= b));
        let waits = self.is_wait(duration, sentence);
        let conditional = self.in_condition(duration, sentence);
        // `What happened more than 12 months ago`.
        let from = duration.words.start.saturating_sub(4).max(sentence.start);
        if self.has(&(from..duration.words.start), Cue::SinceEvent) {
            return Sense::Neither;
        }
        let of_event = nearest(event, answer) && nearest(event, complaint);
        if of_event && (event.is_some_and(|e| e <= NEXT) || !(waits || conditional)) {
            return Sense::Neither;
        }
        // Of two that begin together the longer counts; in a wait the complaint: `a month from it without an answer`.
        let longer = answer == complaint && told.map(|t| t.1) > made.map(|m| m.1) && !waits;
        let last = answer.is_some_and(|a| a <= NEXT && (complaint.is_none_or(|c| a < c) || longer));
        if last && nearest(answer, event) && !(waits && !duration.bound && complaint.is_some()) {
            return Sense::Within;
        }
        if self.is_other(duration, sentence) {
            return Sense::Neither;
        }
        if waits || conditional {
            // `It may take longer than three days, in which case we will acknowledge it`: the company says what it does then.
            let ours = !self.has(sentence, Cue::Refer) && self.is_followed_by_us(duration, sentence);
            return if ours { Sense::Neither } else { Sense::After };
        }
        if answer.is_some_and(|a| complaint.is_none_or(|c| a < c)) {
            return Sense::Within;
        }
        if complaint.is_some() {
            return Sense::Neither;
        }
        if self.bids(duration, sentence) { Sense::Within } else { Sense::Neither }
    }

    /// Whether a time is followed by what the company then does, in the same sentence.
    fn is_followed_by_us(&self, duration: &Duration, sentence: &Range<usize>) -> bool {
        let behind = self.text.cues.within(duration.words.end..sentence.end);
        let theirs = behind.iter().any(|f| matches!(f.cue, Cue::May | Cue::Not));
        !theirs
            && behind.iter().any(|we| {
                we.cue == Cue::We
                    && behind.iter().any(|f| {
                        matches!(f.cue, Cue::Ack | Cue::Reply | Cue::Touch)
                            && (we.words.end..we.words.end + 4).contains(&f.words.start)
                    })
            })
    }

    /// How far after a duration the first turn of phrase of a kind begins, up to a further duration, and how long the
    /// longest there is.
    fn after(&self, duration: &Duration, sentence: &Range<usize>, kinds: &[Cue]) -> Option<(usize, usize)> {
        let next = self.durations.partition_point(|d| d.words.start < duration.words.end);
        let mut end = (duration.words.end + REACH).min(sentence.end);
        if let Some(next) = self.durations.get(next) {
            end = end.min(next.words.start.max(duration.words.end));
        }
        let clause = (duration.words.end..end).find(|&k| {
            let gap = self.text.words.words[k].gap;
            gap >= Gap::Clause || gap == Gap::Comma && self.text.words.before(k).contains(',')
        });
        let end = clause.unwrap_or(end);
        let found =
            || self.text.cues.within(duration.words.end..end).iter().filter(|f| kinds.contains(&f.cue));
        let start = found().map(|f| f.words.start).min()?;
        let length = found().filter(|f| f.words.start == start).map(|f| f.words.len()).max()?;
        Some((start - duration.words.end, length))
    }

    /// Whether a duration is time that has to pass.
    fn is_wait(&self, duration: &Duration, sentence: &Range<usize>) -> bool {
        let (start, end) = (duration.words.start, duration.words.end);
        let cues = self.text.cues.within(sentence.clone());
        let at_most = |f: &Found| f.cue == Cue::AtMost && f.words.end <= start && f.words.end + 2 >= start;
        if cues.iter().any(at_most) {
            return false;
        }
        cues.iter().any(|f| match f.cue {
            Cue::Passed | Cue::Lapsed => {
                f.words.end <= start && f.words.end + 2 >= start
                    || f.words.start < start && f.words.end > start && f.words.end <= end + 6
                    || f.words.start >= end && f.words.start < end + 5
            }
            Cue::After => f.words.end == start || !duration.bound && f.words.start == end,
            _ => false,
        })
    }

    /// Whether a duration stands in a condition: after `if`, with nothing that the customer may do in between.
    fn in_condition(&self, duration: &Duration, sentence: &Range<usize>) -> bool {
        let before = sentence.start..duration.words.start;
        let cues = self.text.cues.within(before);
        let last = cues.iter().rev().find(|f| {
            matches!(f.cue, Cue::If | Cue::May | Cue::SinceAnswer | Cue::OfAnswer)
                && f.words.start < duration.words.start
        });
        let Some(last) = last.filter(|f| f.cue == Cue::If) else { return false };
        let clause = last.words.start..duration.words.start;
        let parted = clause.clone().skip(1).any(|k| self.text.words.words[k].gap >= Gap::Clause);
        // `If you disagree, within a month …`: the condition is over at the comma.
        let comma = (last.words.end..=duration.words.start)
            .any(|k| self.text.words.words[k].gap == Gap::Comma && self.text.words.before(k).contains(','));
        let fails = self.text.has(&(clause.start..duration.words.end), Cue::Not)
            || self.text.has(&(clause.start..(duration.words.end + REACH).min(sentence.end)), Cue::Unsettled);
        !parted && fails && (!comma || !duration.bound)
    }

    /// Whether a duration binds the customer to go.
    fn bids(&self, duration: &Duration, sentence: &Range<usize>) -> bool {
        let from = duration.words.start.saturating_sub(14).max(sentence.start);
        let to = (duration.words.end + REACH).min(sentence.end);
        let cues = self.text.cues.within(from..to);
        let acts = cues.iter().any(|f| matches!(f.cue, Cue::Acts | Cue::May | Cue::Refer));
        // What the body itself takes: `it decides within 90 days`.
        let decides = cues.iter().any(|f| {
            matches!(f.cue, Cue::Reply | Cue::Ack)
                && f.words.end <= duration.words.start
                && f.words.end + 5 >= duration.words.start
        });
        let has = self
            .text
            .cues
            .within(duration.words.start.saturating_sub(4).max(sentence.start)..duration.words.start);
        let given = has
            .iter()
            .any(|f| matches!(f.cue, Cue::Acts | Cue::May) && f.words.end + 1 >= duration.words.start);
        acts && (duration.bound && !decides || given) && !(given && self.is_of_body(duration, sentence))
    }

    /// Whether a sentence begins with a body, which has the time for itself: `the ombudsman has 90 days to decide`.
    fn is_of_body(&self, duration: &Duration, sentence: &Range<usize>) -> bool {
        let before = sentence.start..duration.words.start;
        let opens =
            self.text.mentions_in(&before).first().is_some_and(|m| m.words.start <= sentence.start + 1);
        opens && !self.has(&before, Cue::You)
    }

    /// Whether a duration is of something else: records kept, money moved.
    fn is_other(&self, duration: &Duration, sentence: &Range<usize>) -> bool {
        let from = duration.words.start.saturating_sub(5).max(sentence.start);
        let to = (duration.words.end + 4).min(sentence.end);
        let cues = self.text.cues.within(from..to);
        let other = cues.iter().any(|f| {
            matches!(
                f.cue,
                Cue::Kept | Cue::Paid | Cue::Often | Cue::Average | Cue::OtherTime | Cue::Cancelled
            )
        });
        let kept = cues.iter().any(|f| f.cue == Cue::Kept);
        kept || other
            && !self.has(sentence, Cue::If)
            && !self.has(sentence, Cue::Unsettled)
            && !self.has(sentence, Cue::May)
    }

    /// Whether a duration comes on top of another.
    fn is_extra(&self, duration: &Duration) -> bool {
        let from = duration.words.start.saturating_sub(2);
        self.text.cues.within(from..duration.words.end).iter().any(|f| {
            f.cue == Cue::Extra
                && f.words.end >= duration.words.start
                && f.words.len() <= 3 + duration.words.len()
        })
    }

    fn stated(&self, duration: &Duration, sentence: &Range<usize>) -> StatedClock {
        let from = [(&ANSWER, "last_answer"), (&COMPLAINT, "receipt")]
            .into_iter()
            .find(|(kinds, _)| self.after(duration, sentence, *kinds).is_some())
            .map(|(_, name)| name.to_owned());
        StatedClock { clock: duration.clock, from, quote: time::quote(self.text, sentence, &duration.words) }
    }
}

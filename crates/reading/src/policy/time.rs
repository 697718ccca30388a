//! Clocks: what each duration of a text binds.
//!
//! The words nearest to a duration tell: `acknowledge`, `reply`, `you may ask`, `have passed` make clocks of the stage or
//! body that owns the words; `kept`, `refund`, `every`, `of the incident` make none. Nearness is a cost: words in between
//! count one, a comma or a further duration counts more, and words before weigh less than words after.

use ladder::{Clock, StatedClock, Unit};

use super::cue::{Cue, Found};
use super::draft::{Binds, Owner};
use super::duration::Duration;
use super::label::{self, Rank};
use super::model::Model;
use super::sense::{Actor, Sense};
use super::table::weight;
use super::text::Text;
use super::walk::Walked;

/// Durations beyond this many are not weighed: no procedure has so many.
const MOST: usize = 1_500;

/// A clock of a stage, before the clocks of the stage are weighed.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an observation of its own, and none follows from another"
)]
#[derive(Clone, Debug)]
pub(super) struct StageClock {
    /// Which stage.
    pub(super) stage: usize,
    /// The first of its words.
    pub(super) at: usize,
    /// Which clock.
    pub(super) binds: Binds,
    /// The duration and its words.
    pub(super) stated: StatedClock,
    /// Only for one kind of issue.
    pub(super) one_kind: bool,
    /// For the whole procedure.
    pub(super) whole: bool,
    /// The company gets in touch: an acknowledgement where an answer comes later.
    pub(super) touch: bool,
    /// On top of a time told before: it counts where the stage itself has none (`a further 15 days` for the second look).
    pub(super) extra: bool,
    /// How much less speaks for it than against it, where it was in doubt: it counts where the stage has no other.
    pub(super) doubt: Option<f32>,
    /// How much more speaks for it than against it; nothing where no weight decided.
    pub(super) sure: Option<f32>,
    /// How much more speaks for a time to answer than for what it binds.
    pub(super) answers: f32,
}

/// The clocks of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Clocks {
    /// Of stages.
    pub(super) stages: Vec<StageClock>,
    /// The customer's time for each stage after the first.
    pub(super) each: Vec<StatedClock>,
    /// The time in which each stage answers that tells none of its own.
    pub(super) each_answers: Vec<StatedClock>,
}

/// Reads what the durations bind.
pub(super) fn read(reader: &Reader<'_>) -> Clocks {
    let mut clocks = Clocks::default();
    for duration in reader.durations.iter().filter(|duration| reader.counts(duration)).take(MOST) {
        let before = clocks.stages.len();
        reader.read(duration, &mut clocks);
        if clocks.stages[before..].iter().all(|clock| clock.doubt.is_some()) {
            reader.outer_bound(duration, &mut clocks);
        }
    }
    clocks
}

/// What is needed to read clocks.
pub(super) struct Reader<'a> {
    /// The text.
    pub(super) text: &'a Text<'a>,
    /// Its durations.
    pub(super) durations: &'a [Duration],
    /// Whose words are whose.
    pub(super) walked: &'a Walked,
    /// What tells clocks from other times.
    pub(super) model: &'a Model,
}

impl Reader<'_> {
    /// Whether a duration may be a clock: no repetition, no minutes, no cell of a matrix, whose columns tell.
    pub(super) fn counts(&self, duration: &Duration) -> bool {
        !duration.again
            && duration.clock.unit != Unit::Minutes
            && !self.in_column(duration)
            && !self.is_every(duration)
    }

    /// Whether a duration says how often: `every 20 days`.
    fn is_every(&self, duration: &Duration) -> bool {
        let start = duration.words.start;
        self.text.cues.within(start.saturating_sub(2)..start).iter().any(|f| {
            f.cue == Cue::Often && (f.words.end == start || f.words.end == start + 1 && f.words.len() > 1)
        })
    }

    /// Whether the column of a matrix tells already what a duration is.
    fn in_column(&self, duration: &Duration) -> bool {
        let para = self.text.words.para_of(duration.words.start);
        self.text.matrix(para).is_some_and(|matrix| {
            matrix.rows.iter().any(|row| {
                let told = |part: &std::ops::Range<usize>| part.contains(&duration.words.start);
                row.known.iter().any(told)
            })
        })
    }

    pub(super) fn sentence(&self, duration: &Duration) -> std::ops::Range<usize> {
        let at = self.text.words.sentence_of(duration.words.start);
        self.text.words.sentences[at].words.clone()
    }

    fn read(&self, duration: &Duration, clocks: &mut Clocks) {
        let owner = self.walked.owners[duration.words.start];
        if self.is_of_each(duration) {
            clocks.each_answers.push(self.stated(duration));
            return;
        }
        if let Some(stage) = self.named_stage(duration, owner) {
            self.of_stage(duration, stage, clocks);
            return;
        }
        match owner {
            Owner::Stage(stage) => self.of_stage(duration, stage, clocks),
            Owner::Body(body) => self.before_body(duration, body, clocks),
            Owner::Aside | Owner::Nobody => self.of_nobody(duration, clocks),
        }
    }

    /// The stage that the sentence names by its label before a duration: `complaints at L1 get a number within 4 hours`.
    fn named_stage(&self, duration: &Duration, owner: Owner) -> Option<usize> {
        let words = self.text.words;
        let sentence = self.sentence(duration);
        let para = words.para_of(duration.words.start);
        let opens = words.paras[para].words.start;
        let named = (sentence.start..duration.words.start).rev().find_map(|at| {
            let (rank, n, _) = label::staged(words, at, sentence.end, self.text.language, self.text.patterns)
                .filter(|(rank, ..)| *rank >= Rank::Step)?;
            let stage = self.walked.stages.iter().position(|stage| stage.label == Some((rank, n)))?;
            Some((at, stage))
        });
        let (at, stage) = named.filter(|_| !self.names_stages(duration, &sentence))?;
        // The label at the head of a paragraph opens it, and is no reference; what one asks after a stage is of the next.
        let after = self
            .text
            .cues
            .within(sentence.start..at)
            .iter()
            .any(|f| matches!(f.cue, Cue::Unsettled | Cue::SinceAnswer))
            || self.near_after(duration, &sentence, Cue::SinceAnswer, 9)
            // `A colleague who had no part in stage 1 answers within 20 days`.
            || self.text.has(&(at.saturating_sub(6).max(sentence.start)..at), Cue::Not);
        (at > opens && !after && owner != Owner::Stage(stage)).then_some(stage)
    }

    /// Whether the sentence names two stages together before a duration: `Stage One and Stage Two are completed within 45 days`.
    fn names_stages(&self, duration: &Duration, sentence: &std::ops::Range<usize>) -> bool {
        let label = |at: usize, end: usize| {
            label::staged(self.text.words, at, end, self.text.language, self.text.patterns)
                .filter(|(rank, ..)| *rank >= Rank::Step)
        };
        let first = (sentence.start..duration.words.start).find_map(|at| label(at, sentence.end));
        first.is_some_and(|(_, n, end)| {
            end + 1 < duration.words.start
                && self.text.language.to.contains(&self.text.words.spelling(end))
                && label(end + 1, sentence.end).is_some_and(|(_, other, _)| other != n)
        })
    }

    /// A time that stands apart from the stages may be the customer's for each of them.
    fn of_nobody(&self, duration: &Duration, clocks: &mut Clocks) {
        let sentence = self.sentence(duration);
        if self.text.cues.has(sentence.clone(), Cue::AnyStage)
            && self.sense(duration, &sentence) != Sense::Other
            && self.actor(duration, &sentence) == Actor::Customer
            && !self.walked.stages.is_empty()
        {
            clocks.each.push(self.stated(duration));
        }
    }

    fn of_stage(&self, duration: &Duration, stage: usize, clocks: &mut Clocks) {
        let sentence = self.sentence(duration);
        let extra = self.is_extension(duration);
        let sense = self.sense(duration, &sentence);
        let waits = self.is_wait(duration, &sentence);
        if waits && !extra && sense != Sense::Other && self.is_moved(&sentence) {
            // The company itself moves the complaint on: the time is the answer of the stage that it leaves.
            let opens =
                sentence.contains(&self.walked.stages[stage].start) || self.leads_to(stage, &sentence);
            let left = if opens { stage.checked_sub(1) } else { Some(stage) };
            if let Some(left) = left {
                clocks.stages.push(self.stage_clock(left, Binds::Respond, duration, false, false));
            }
            return;
        }
        let features = self.features(duration);
        let (binds, touch) = match self.model.best(&features) {
            "acknowledge" => (Binds::Acknowledge, sense == Sense::Touch),
            // `We need to hear from you 20 days from the date of our letter`.
            "respond" if sense == Sense::Acts && stage > 0 && self.is_window(duration, &sentence, stage) => {
                (Binds::Window, false)
            }
            "respond" if sense == Sense::Touch && self.then_acknowledges(duration, &sentence) => {
                (Binds::Acknowledge, false)
            }
            "respond" => (Binds::Respond, sense == Sense::Touch && !self.tells_answer(duration, &sentence)),
            // `You may, during the 30 days after you receive it, ask …` waits for nothing.
            "window"
                if waits
                    && !self.customer_acts(&(sentence.start..duration.words.start))
                    && !self.near_after(duration, &sentence, Cue::SinceAnswer, SINCE) =>
            {
                return;
            }
            "window" if self.is_of_someone_inside(duration, &sentence) => return,
            "window" if self.is_since_request(duration, &sentence) => match sense {
                Sense::Reply => (Binds::Respond, false),
                _ => return,
            },
            "window" => (Binds::Window, false),
            _ if extra || waits => return,
            _ if self.is_window(duration, &sentence, stage) => {
                let mut clock = self.stage_clock(stage, Binds::Window, duration, false, false);
                clock.doubt = Some(0.0);
                clocks.stages.push(clock);
                return;
            }
            _ if sense == Sense::Ack && self.is_receipt(duration, &sentence) => {
                let mut clock = self.stage_clock(stage, Binds::Acknowledge, duration, false, false);
                clock.doubt = Some(0.0);
                clocks.stages.push(clock);
                return;
            }
            _ if !matches!(sense, Sense::Reply | Sense::Touch) => return,
            _ if self.gives_final_answer(duration, &sentence) => (Binds::Respond, false),
            _ => {
                let doubt = self.model.margin(&features, "other", "respond");
                if doubt < DOUBT {
                    let touch = sense == Sense::Touch && duration.bound;
                    let mut clock = self.stage_clock(stage, Binds::Respond, duration, false, touch);
                    clock.doubt = Some(doubt);
                    clocks.stages.push(clock);
                }
                return;
            }
        };
        if extra && binds != Binds::Respond {
            return;
        }
        if binds == Binds::Window
            && self.text.cues.has(sentence.clone(), Cue::AnyStage)
            && self.walked.stages[stage].row
        {
            clocks.each.push(self.stated(duration));
            return;
        }
        let one_kind = self.is_one_kind(duration, &sentence);
        let mut clock = self.stage_clock(stage, binds, duration, one_kind, touch);
        let name = match binds {
            Binds::Acknowledge => "acknowledge",
            Binds::Respond => "respond",
            Binds::Window => "window",
        };
        clock.sure = Some(self.model.margin(&features, name, "other"));
        clock.answers = self.model.margin(&features, "respond", name);
        clock.extra = extra;
        let whole =
            self.text.cues.has(sentence.clone(), Cue::Whole) || self.names_stages(duration, &sentence);
        clock.whole = whole && binds == Binds::Respond;
        if binds == Binds::Respond && self.leads_outside(duration, &sentence) {
            clock.doubt = Some(0.0);
        }
        clocks.stages.push(clock);
    }

    /// Whether the customer has to do something within a time that counts from the last answer, whatever the weights make of it: `she may
    /// ask for a hearing no later than 30 days after the decision was posted`.
    fn is_window(&self, duration: &Duration, sentence: &std::ops::Range<usize>, stage: usize) -> bool {
        let later = stage > 0 || self.walked.stages.len() > 1;
        let acts = self.customer_acts(&(sentence.start..duration.words.start))
            || self.sense(duration, sentence) == Sense::Acts;
        later
            && acts
            && self.near_after(duration, sentence, Cue::SinceAnswer, SINCE)
            && !self.near_after(duration, sentence, Cue::SinceEvent, SINCE)
            && self.text.mentions_in(sentence).is_empty()
            && self.actor(duration, sentence) != Actor::Company
            && !self.is_of_someone_inside(duration, sentence)
    }

    /// Whether a time that the weights leave in doubt is by when the company acknowledges.
    fn is_receipt(&self, duration: &Duration, sentence: &std::ops::Range<usize>) -> bool {
        duration.bound
            && self.actor(duration, sentence) != Actor::Customer
            && !self.is_one_kind(duration, sentence)
    }

    /// Whether an acknowledgement is told right after a time, and no answer: of `within 21 days of receipt of your complaint we will write
    /// with the outcome` the receipt only says from when.
    fn then_acknowledges(&self, duration: &Duration, sentence: &std::ops::Range<usize>) -> bool {
        let end = (duration.words.end + 8).min(sentence.end);
        let cues = self.text.cues.within(duration.words.end..end);
        let since = |at: &std::ops::Range<usize>| {
            cues.iter()
                .any(|f| f.cue == Cue::SinceComplaint && f.words.start <= at.start && at.start <= f.words.end)
        };
        self.near_after(duration, sentence, Cue::Ack, 8)
            && cues.iter().any(|f| f.cue == Cue::Ack && !since(&f.words))
    }

    /// Whether the answer itself is what the company gets in touch with: `within 30 days we will write to you with the outcome`.
    fn tells_answer(&self, duration: &Duration, sentence: &std::ops::Range<usize>) -> bool {
        let next = self.durations.partition_point(|d| d.words.start < duration.words.end);
        let end = self.durations.get(next).map_or(sentence.end, |d| d.words.start.min(sentence.end));
        self.text.cues.has(duration.words.end..end.max(duration.words.end), Cue::Reply)
    }

    /// Whether a time is told for what comes after it, a body outside: `we have eight weeks to answer. If we have not done so
    /// within this time, you may go to the ombudsman.` It counts where the stage has no other.
    fn leads_outside(&self, duration: &Duration, sentence: &std::ops::Range<usize>) -> bool {
        let words = self.text.words;
        let named = |range: &std::ops::Range<usize>| !self.text.mentions_in(range).is_empty();
        if named(&(duration.words.end..sentence.end)) && self.text.has(sentence, Cue::Unsettled) {
            return true;
        }
        let at = words.sentence_of(duration.words.start);
        words.sentences.get(at + 1).is_some_and(|next| {
            next.para == words.sentences[at].para
                && self.text.has(&next.words, Cue::AboveTimes)
                && named(&next.words)
        })
    }

    /// The longest that an answer may take, told after the time in which it usually comes: `we aim to reply within 10 days
    /// and will always do so within 20`, `complex cases may take up to 40`.
    fn outer_bound(&self, duration: &Duration, clocks: &mut Clocks) {
        let Owner::Stage(stage) = self.walked.owners[duration.words.start] else { return };
        let words = self.text.words;
        let number = words.sentence_of(duration.words.start);
        let sentence = self.sentence(duration);
        let usual = clocks.stages.iter().rev().find(|clock| {
            let sure =
                clock.binds == Binds::Respond && clock.doubt.is_none() && !clock.one_kind && !clock.extra;
            sure && clock.stage == stage && clock.at < duration.words.start
        });
        let Some(usual) = usual else { return };
        let there = words.sentence_of(usual.at);
        let near = there == number
            || there + 1 == number && words.sentences[there].para == words.sentences[number].para;
        let from = duration.words.start.saturating_sub(3).max(sentence.start);
        let most = self.text.has(&(from..duration.words.start), Cue::AtMost)
            && !self.text.has(&sentence, Cue::OneKind);
        if !near
            || !(most || self.text.has(&sentence, Cue::Outer))
            || !longer(duration.clock, usual.stated.clock)
            || self.is_wait(duration, &sentence)
            || self.is_extension(duration)
            || self.sense(duration, &sentence) == Sense::Other
            || self.near_after(duration, &sentence, Cue::SinceAnswer, 7)
        {
            return;
        }
        clocks.stages.push(self.stage_clock(stage, Binds::Respond, duration, false, false));
    }

    /// Whether a sentence names the handler of a stage: then that is where the complaint is moved to.
    fn leads_to(&self, stage: usize, sentence: &std::ops::Range<usize>) -> bool {
        let known = &self.walked.stages[stage].named;
        let roles = self.text.roles(sentence);
        !known.is_empty()
            && roles.iter().any(|(_, at)| self.text.words.printed(at.clone()).to_lowercase() == *known)
    }

    /// Whether a sentence tells that the complaint is moved on, and not that one may move it.
    fn is_moved(&self, sentence: &std::ops::Range<usize>) -> bool {
        let cues = self.text.cues.within(sentence.clone());
        let we = |at: usize| self.text.has(&(at.saturating_sub(3).max(sentence.start)..at), Cue::We);
        let moved = |at: usize| {
            cues.iter().any(|f| f.cue == Cue::Moved && f.words.contains(&at) && we(f.words.start))
        };
        // `We escalate it`: the verb is the company's.
        cues.iter().any(|f| f.cue == Cue::Moved)
            && !cues.iter().any(|f| f.cue == Cue::Acts && !moved(f.words.start))
    }

    fn stage_clock(
        &self,
        stage: usize,
        binds: Binds,
        duration: &Duration,
        one_kind: bool,
        touch: bool,
    ) -> StageClock {
        StageClock {
            stage,
            at: duration.words.start,
            binds,
            stated: self.stated(duration),
            one_kind,
            whole: false,
            touch,
            extra: false,
            doubt: None,
            sure: None,
            answers: f32::MIN,
        }
    }

    /// The company's own time, in a sentence that goes on to a body outside.
    fn before_body(&self, duration: &Duration, body: usize, clocks: &mut Clocks) {
        let sentence = self.sentence(duration);
        if self.is_extension(duration)
            || self.is_wait(duration, &sentence)
            || self.after_name(duration, body)
            || [Cue::SinceAnswer, Cue::SinceEvent]
                .iter()
                .any(|&cue| self.near_after(duration, &sentence, cue, 9))
            || self.near_after(duration, &sentence, Cue::SinceComplaint, 6)
        {
            return;
        }
        let binds = match self.sense(duration, &sentence) {
            Sense::Ack => Binds::Acknowledge,
            Sense::Reply => Binds::Respond,
            Sense::Touch | Sense::Acts | Sense::Other | Sense::None => return,
        };
        if let Some(stage) = self.walked.stages.iter().rposition(|s| s.start <= duration.words.start) {
            let mut clock = self.stage_clock(stage, binds, duration, false, false);
            if binds == Binds::Respond && self.leads_outside(duration, &sentence) {
                clock.doubt = Some(0.0);
            }
            clocks.stages.push(clock);
        }
    }

    /// Whether a duration comes after the name of its body: then it is told of the body itself.
    pub(super) fn after_name(&self, duration: &Duration, body: usize) -> bool {
        self.walked.bodies.get(body).is_none_or(|b| b.words.start < duration.words.start)
    }

    /// Whether a cue stands within so many words after a duration.
    pub(super) fn near_after(
        &self,
        duration: &Duration,
        sentence: &std::ops::Range<usize>,
        cue: Cue,
        reach: usize,
    ) -> bool {
        let end = (duration.words.end + reach).min(sentence.end);
        // A further duration takes what comes after it for itself.
        let next = self.durations.partition_point(|d| d.words.start < duration.words.end);
        let end = self.durations.get(next).map_or(end, |d| end.min(d.words.start.max(duration.words.end)));
        self.text.cues.has(duration.words.end..end, cue)
    }

    /// Whether a duration is time that has to pass.
    pub(super) fn is_wait(&self, duration: &Duration, sentence: &std::ops::Range<usize>) -> bool {
        let (start, end) = (duration.words.start, duration.words.end);
        let cues = self.text.cues.within(sentence.clone());
        let before = |f: &Found| f.words.end <= start && f.words.end + 2 >= start && f.words.start < start;
        let across = |f: &Found| f.words.start < start && f.words.end > start && f.words.end <= end + 6;
        let follows = |f: &Found| f.words.start >= end && f.words.start < end + 5;
        if cues.iter().any(|f| f.cue == Cue::AtMost && f.words.end <= start && f.words.end + 2 >= start) {
            return false;
        }
        cues.iter().any(|f| match f.cue {
            Cue::Passed => before(f) || across(f) || follows(f),
            Cue::After => before(f) && f.words.end == start || !duration.bound && f.words.start == end,
            _ => false,
        })
    }

    /// Whether a duration comes on top of another.
    pub(super) fn is_extension(&self, duration: &Duration) -> bool {
        let from = duration.words.start.saturating_sub(2);
        self.text.cues.within(from..duration.words.end).iter().any(|f| {
            f.cue == Cue::Extra
                && f.words.end >= duration.words.start
                && f.words.len() <= 3 + duration.words.len()
                && f.words.start + 2 >= duration.words.start
        })
    }

    fn is_one_kind(&self, duration: &Duration, sentence: &std::ops::Range<usize>) -> bool {
        self.text
            .cues
            .within(sentence.clone())
            .iter()
            .any(|f| f.cue == Cue::OneKind && self.cost(f, duration) < 14)
    }

    fn stated(&self, duration: &Duration) -> StatedClock {
        let sentence = self.sentence(duration);
        let from = [(Cue::SinceAnswer, "last_answer"), (Cue::SinceComplaint, "receipt")]
            .into_iter()
            .find(|&(cue, _)| self.near_after(duration, &sentence, cue, 6))
            .map(|(_, name)| name.to_owned());
        StatedClock { clock: duration.clock, from, quote: quote(self.text, &sentence, &duration.words) }
    }
}

/// Within how many words after a time it is told from when it counts.
const SINCE: usize = 7;

/// Up to how much may speak against a time to answer for it to be taken where the stage has no other.
const DOUBT: f32 = 2.5;

/// Most bytes of a quote.
const QUOTE: usize = 240;

/// The sentence around some words, cut to a length.
pub(super) fn quote(
    text: &Text<'_>,
    sentence: &std::ops::Range<usize>,
    around: &std::ops::Range<usize>,
) -> String {
    let whole = text.words.printed(sentence.clone());
    if whole.len() <= QUOTE {
        return whole;
    }
    let from = around.start.saturating_sub(12).max(sentence.start);
    let to = (around.end + 12).min(sentence.end);
    let mut cut = text.words.printed(from..to);
    if cut.len() > QUOTE {
        let end = (0..=QUOTE).rev().find(|&at| cut.is_char_boundary(at)).unwrap_or(0);
        cut.truncate(end);
    }
    cut
}

/// The longer of two clocks.
pub(super) fn longer(a: Clock, b: Clock) -> bool {
    weight(a) > weight(b)
}

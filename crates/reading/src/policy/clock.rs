//! What is observed of a duration: which turns of phrase stand before and after it and how near, whose words it is in, what
//! the line above says, how long it is. [`super::model`] weighs this into what the duration binds.

use super::cue::{Cue, Found};
use super::draft::Owner;
use super::duration::Duration;
use super::model::Features;
use super::sense::{Actor, Sense};
use super::table::weight;
use super::time::Reader;
use super::words::Gap;

/// Turns of phrase nearer than this (in words and stops) are near.
const NEAR: u32 = 5;

/// Words that say whose something is, in the languages that are read.
const OWNED: &[&str] = &[
    "your", "their", "his", "her", "votre", "vos", "ihre", "ihrer", "ihren", "uw", "su", "sus", "vostro",
    "sua",
];

/// Turns of phrase farther than this are far.
const FAR: u32 = 14;

impl Reader<'_> {
    /// Returns what is observed of a duration.
    pub(super) fn features(&self, duration: &Duration) -> Features {
        let mut out = Features::default();
        let sentence = self.sentence(duration);
        let words = self.text.words;
        out.add(format!("unit.{}", duration.clock.unit.id()));
        out.add(format!("long.{}", magnitude(weight(duration.clock))));
        out.when(duration.bound, "bound");
        self.whose(duration, &sentence, &mut out);
        self.beside(duration, &sentence, &mut out);
        let sense = self.sense(duration, &sentence);
        let wait = self.is_wait(duration, &sentence);
        out.add(format!("sense.{}", sense.name()));
        out.when(wait, "wait");
        if wait {
            out.add(format!("wait.{}", sense.name()));
        }
        out.when(self.is_extension(duration), "extension");
        self.acting(duration, &sentence, sense, &mut out);
        for (cue, name) in [
            (Cue::SinceAnswer, "since_answer"),
            (Cue::SinceComplaint, "since_complaint"),
            (Cue::SinceEvent, "since_event"),
        ] {
            if self.near_after(duration, &sentence, cue, 7) {
                out.add(format!("then.{name}"));
                out.add(format!("then.{name}.{}", sense.name()));
            }
        }
        let number = words.sentence_of(duration.words.start);
        let para = words.para_of(duration.words.start);
        if let Some(above) = number.checked_sub(1).map(|k| &words.sentences[k])
            && above.para == para
        {
            self.hold(&above.words, "sentence_before", &mut out);
        }
        let lead = (0..para).rev().take(12).find(|&k| self.text.is_head(k) || words.paras[k].last == ':');
        if let Some(lead) = lead {
            self.hold(&self.text.whole(lead), "line_above", &mut out);
        }
        out.when(words.paras[para].item.is_some() || self.text.is_numbered(para), "item");
        out.when(words.paras[para].row.is_some(), "row");
        let bare = sentence.len() <= duration.words.len() + 3;
        // The words themselves, on either side.
        let folded = |at: usize| words.spelling(at).to_owned();
        for at in duration.words.start.saturating_sub(4).max(sentence.start)..duration.words.start {
            push(&mut out, format!("word_before.{}", folded(at)));
        }
        for at in duration.words.end..(duration.words.end + 5).min(sentence.end) {
            push(&mut out, format!("word_behind.{}", folded(at)));
        }
        out.when(bare, "bare");
        if bare {
            out.add(format!("bare.{}", sense.name()));
        }
        out
    }

    /// Who acts, and whether a stage is named as what the time counts from.
    fn acting(
        &self,
        duration: &Duration,
        sentence: &std::ops::Range<usize>,
        sense: Sense,
        out: &mut Features,
    ) {
        let actor = self.actor(duration, sentence).name();
        out.add(format!("actor.{actor}"));
        out.add(format!("actor.{actor}.{}", sense.name()));
        // The clause: after the last stop before the duration.
        let words = &self.text.words.words;
        let from = (sentence.start + 1..=duration.words.start)
            .rev()
            .find(|&at| words[at].gap >= Gap::Comma)
            .unwrap_or(sentence.start);
        let cues = self.text.cues.within(from..duration.words.start);
        let first = cues.iter().find(|f| acts(f.cue) || is_someone(f.cue));
        out.add(format!("clause.{}", first.map_or("none", |f| f.cue.name())));
        self.of_customer(duration, sentence, out);
        let opens = self.text.cues.within(sentence.start..(sentence.start + 2).min(sentence.end));
        out.when(opens.iter().any(|f| f.cue == Cue::Invite), "opens.invite");
        out.when(opens.iter().any(|f| f.cue == Cue::Acts), "opens.acts");
        let stage = |at: usize| self.text.language.stage.contains(&self.text.words.spelling(at));
        let reach = (duration.words.end + 9).min(sentence.end);
        out.when((duration.words.end..reach).any(stage), "then.stage");
        out.when((sentence.start..duration.words.start).any(stage), "stage_before");
    }

    /// What the customer is said to do before a duration: may or must act, or gets something from the company.
    fn of_customer(&self, duration: &Duration, sentence: &std::ops::Range<usize>, out: &mut Features) {
        let before = self.text.cues.within(sentence.start..duration.words.start);
        let last = |is: &dyn Fn(&Found) -> bool| before.iter().rev().find(|f| is(f)).map(|f| f.words.start);
        // Of `you can write to us, and we will answer your appeal` the customer owns the appeal; the company acts.
        let owns = |f: &Found| OWNED.contains(&self.text.words.spelling(f.words.start));
        let you = last(&|f| f.cue == Cue::You && !owns(f));
        let others = last(&|f| matches!(f.cue, Cue::We | Cue::Inside(_)));
        if let Some(at) = you {
            let next = self.text.cues.within(at + 1..at + 5);
            let first = next.iter().find_map(|f| match f.cue {
                Cue::Acts | Cue::Invite => Some("may"),
                // `You should have a reply` leaves the act to the company.
                Cue::Ack | Cue::Reply | Cue::Touch => Some("gets"),
                _ => None,
            });
            let may = next.iter().any(|f| f.cue == Cue::May);
            let how = first.unwrap_or(if may { "may" } else { "is" });
            out.add(format!("you.{how}"));
            out.when(others.is_some_and(|other| other > at), &format!("you.{how}.then_we"));
        }
        out.when(you.is_none() && others.is_some(), "we_alone");
        let clause = (sentence.start + 1..duration.words.start)
            .rev()
            .find(|&at| self.text.words.words[at].gap >= Gap::Comma)
            .unwrap_or(sentence.start);
        let begins = self.text.cues.within(clause..clause + 1);
        out.when(begins.iter().any(|f| f.cue == Cue::Invite), "clause.begins.invite");
        let may = self.text.cues.within(clause..duration.words.start).iter().any(|f| f.cue == Cue::May);
        out.when(may, "clause.may");
    }

    /// Whose words a duration is in, and what came before it there.
    fn whose(&self, duration: &Duration, sentence: &std::ops::Range<usize>, out: &mut Features) {
        let owner = self.walked.owners[duration.words.start];
        let name = match owner {
            Owner::Stage(_) => "stage",
            Owner::Body(_) => "body",
            Owner::Aside => "aside",
            Owner::Nobody => "nobody",
        };
        out.add(format!("owner.{name}"));
        if let Owner::Body(body) = owner {
            out.when(self.after_name(duration, body), "after_name");
        }
        let Owner::Stage(stage) = owner else { return };
        let draft = &self.walked.stages[stage];
        let first = stage == 0;
        out.add(if first { "stage.first" } else { "stage.later" });
        let opens = sentence.contains(&draft.start);
        out.when(opens && draft.after_answer, "opens_next");
        out.when(draft.after_answer || draft.review, "second_look");
        let at = self.durations.partition_point(|d| d.words.start < duration.words.start);
        // What is plainly no clock (records kept, money moved, time gone by) tells nothing of its neighbours.
        let mine = |d: &&Duration| {
            let sentence = self.sentence(d);
            self.walked.owners[d.words.start] == owner
                && !d.again
                && self.sense(d, &sentence) != Sense::Other
                && !self.is_wait(d, &sentence)
        };
        let before = self.durations[..at].iter().rev().take(6).filter(mine).count();
        let after = self.durations[at..].iter().skip(1).take(6).filter(mine).count();
        out.add(format!("before.{}", before.min(2)));
        out.add(format!("after.{}", after.min(2)));
        let longer = |d: &Duration| weight(d.clock) > weight(duration.clock);
        let next = self.durations[at..].iter().skip(1).take(6).find(mine);
        out.when(next.is_some_and(longer), "longer_follows");
        let last = self.durations[..at].iter().rev().take(6).find(mine);
        out.when(last.is_some_and(longer), "longer_before");
        if first && next.is_some_and(longer) && before == 0 {
            out.add("shortest_first");
        }
    }

    /// The turns of phrase around a duration, by side and nearness.
    fn beside(&self, duration: &Duration, sentence: &std::ops::Range<usize>, out: &mut Features) {
        let first = self.durations.partition_point(|d| d.words.start < sentence.start);
        let last = self.durations.partition_point(|d| d.words.start < sentence.end);
        let others = &self.durations[first..last];
        let mut nearest: Vec<(u32, Cue, bool)> = Vec::new();
        for found in self.text.cues.within(sentence.clone()) {
            if !tells(found.cue)
                || found.words.start < duration.words.end && duration.words.start < found.words.end
            {
                continue;
            }
            let before = found.words.end <= duration.words.start;
            let cost = self.cost(found, duration);
            let between = |d: &&Duration| {
                d.words.start >= found.words.end && d.words.end <= duration.words.start
                    || d.words.start >= duration.words.end && d.words.end <= found.words.start
            };
            let far = if others.iter().any(|d| between(&d)) {
                "beyond"
            } else if cost < NEAR {
                "near"
            } else if cost < FAR {
                "mid"
            } else {
                "far"
            };
            let side = if before { "before" } else { "behind" };
            if far != "far" {
                push(out, format!("{far}_{side}.{}", found.cue.name()));
            }
            nearest.push((cost, found.cue, before));
        }
        nearest.sort_by_key(|&(cost, ..)| cost);
        let mut seen: Vec<Cue> = Vec::new();
        for (_, cue, _) in nearest {
            if acts(cue) && !seen.contains(&cue) && seen.len() < 2 {
                out.add(format!("nearest{}.{}", seen.len(), cue.name()));
                seen.push(cue);
            }
        }
        let lead: Vec<&Found> =
            self.text.cues.within(sentence.start..(sentence.start + 4).min(sentence.end)).iter().collect();
        for (cue, name) in
            [(Cue::If, "if"), (Cue::We, "we"), (Cue::You, "you"), (Cue::Unsettled, "unsettled")]
        {
            out.when(lead.iter().any(|f| f.cue == cue), &format!("opens.{name}"));
        }
    }

    /// The turns of phrase that some words hold.
    fn hold(&self, words: &std::ops::Range<usize>, place: &str, out: &mut Features) {
        for found in self.text.cues.within(words.clone()) {
            if acts(found.cue) || matches!(found.cue, Cue::Unsettled | Cue::Refer | Cue::Aside) {
                push(out, format!("{place}.{}", found.cue.name()));
            }
        }
    }
}

/// Adds a feature once.
fn push(out: &mut Features, name: String) {
    if !out.0.contains(&name) {
        out.0.push(name);
    }
}

/// Whether a turn of phrase can tell what a duration is for.
const fn tells(cue: Cue) -> bool {
    !matches!(
        cue,
        Cue::Authorised
            | Cue::NotOutside
            | Cue::Staff
            | Cue::About
            | Cue::Theirs
            | Cue::Process
            | Cue::External
            | Cue::Matter
            | Cue::Maybe
            | Cue::Invite
            | Cue::Refer
            | Cue::Advice
            | Cue::Shut
            | Cue::Formal
            | Cue::FormalWord
            | Cue::Informal
            | Cue::Then
            | Cue::Closed
            | Cue::Aside
            // Read for bodies outside only.
            | Cue::Lapsed
            | Cue::OfAnswer
            | Cue::OfComplaint
            | Cue::OfEvent
            | Cue::Outer
            | Cue::Them
            | Cue::Us
            | Cue::May
            | Cue::Oversees
    )
}

/// Whether it names one who acts.
const fn is_someone(cue: Cue) -> bool {
    matches!(cue, Cue::We | Cue::You | Cue::If | Cue::Invite | Cue::Unsettled | Cue::Inside(_))
}

/// Whether it names an act.
const fn acts(cue: Cue) -> bool {
    matches!(
        cue,
        Cue::Ack
            | Cue::Reply
            | Cue::Touch
            | Cue::Acts
            | Cue::Review
            | Cue::Kept
            | Cue::Paid
            | Cue::Cancelled
            | Cue::Often
            | Cue::Average
            | Cue::OtherTime
            | Cue::Passed
            | Cue::Moved
    )
}

/// How long something is, roughly: the number of the class.
pub(super) fn magnitude(hours: u64) -> usize {
    [5, 25, 50, 110, 180, 400, 800, 1_500, 5_000].iter().filter(|&&bound| hours >= bound).count()
}

impl Actor {
    /// The name that features use.
    const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Company => "company",
            Self::Nobody => "nobody",
        }
    }
}

impl Sense {
    /// The name that features use.
    const fn name(self) -> &'static str {
        match self {
            Self::Ack => "ack",
            Self::Reply => "reply",
            Self::Touch => "touch",
            Self::Acts => "acts",
            Self::Other => "other",
            Self::None => "none",
        }
    }
}

//! What is observed of the draft of a stage: its label, who handles it, what its first words do, what is told of it and
//! what the drafts around it are. [`super::model`] weighs this into whether it stands as a stage, or is a part (a step of
//! handling, a second desk, a reference) of the stage before.

use std::ops::Range;

use ladder::BodyKind;

use super::clock::magnitude;
use super::contacts::Placed;
use super::cue::{Cue, Role};
use super::draft::{Owner, StageDraft};
use super::duration::Duration;
use super::label::Rank;
use super::model::Features;
use super::table::weight;
use super::text::Text;
use super::walk::Walked;

/// Turns of phrase that may tell a stage from a part of one.
const TELLING: &[Cue] = &[
    Cue::Unsettled,
    Cue::Then,
    Cue::Review,
    Cue::Moved,
    Cue::Formal,
    Cue::FormalWord,
    Cue::Informal,
    Cue::Invite,
    Cue::Handling,
    Cue::Ack,
    Cue::Reply,
    Cue::Touch,
    Cue::Acts,
    Cue::Refer,
    Cue::External,
    Cue::Advice,
    Cue::Aside,
    Cue::Closed,
    Cue::Process,
    Cue::Matter,
    Cue::Maybe,
    Cue::If,
    Cue::We,
    Cue::You,
    Cue::Not,
    Cue::Passed,
];

/// Words at the beginning of a sentence or title that are looked at one by one.
pub(super) const OPENING: usize = 14;

/// How many lines go on with the first of a section at the most.
const SECTION: usize = 6;

/// Most words of a label without a title.
const LABEL: usize = 3;

/// What a stage holds.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an observation of its own, and none follows from another"
)]
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Holds {
    /// How many durations.
    pub(super) durations: usize,
    /// How many contacts.
    pub(super) contacts: usize,
    /// Something is acknowledged.
    pub(super) ack: bool,
    /// Something is acknowledged within a time.
    pub(super) ack_time: bool,
    /// A complaint is made, lodged, put in writing.
    pub(super) formal: bool,
    /// The word formal.
    pub(super) formal_word: bool,
    /// A first try.
    pub(super) informal: bool,
    /// The word complaint.
    pub(super) matter: bool,
    /// A second look.
    pub(super) review: bool,
    /// The class of length of the longest duration; none where there is no duration.
    pub(super) longest: Option<usize>,
    /// That of the shortest.
    pub(super) shortest: Option<usize>,
}

/// The drafts of a text, and what belongs to each.
pub(super) struct Standing<'a> {
    text: &'a Text<'a>,
    walked: &'a Walked,
    /// First and last word of each draft.
    spans: Vec<Range<usize>>,
    /// How many durations each holds.
    durations: Vec<usize>,
    /// How many contacts each holds.
    contacts: Vec<usize>,
    /// How many of its words each owns.
    owned: Vec<usize>,
}

impl<'a> Standing<'a> {
    /// Gathers what belongs to each draft.
    pub(super) fn new(
        text: &'a Text<'a>,
        walked: &'a Walked,
        durations: &[Duration],
        placed: &[Placed],
    ) -> Self {
        let count = walked.stages.len();
        let mut all = Self {
            text,
            walked,
            spans: vec![0..0; count],
            durations: vec![0; count],
            contacts: vec![0; count],
            owned: vec![0; count],
        };
        let stage = |word: usize| match walked.owners.get(word) {
            Some(Owner::Stage(stage)) => Some(*stage),
            _ => None,
        };
        for word in 0..walked.owners.len() {
            if let Some(at) = stage(word) {
                let span = &mut all.spans[at];
                if span.start >= span.end {
                    span.start = word;
                }
                span.end = word + 1;
                all.owned[at] += 1;
            }
        }
        for at in durations.iter().filter_map(|d| stage(d.words.start)) {
            all.durations[at] += 1;
        }
        for at in placed.iter().filter_map(|p| stage(p.word)) {
            all.contacts[at] += 1;
        }
        all
    }

    /// The first and last word of a draft; empty where all its words were given to others.
    pub(super) fn span(&self, at: usize) -> &Range<usize> {
        &self.spans[at]
    }

    /// Returns what the drafts of a stage hold together.
    pub(super) fn holds(&self, drafts: &[usize], durations: &[Duration]) -> Holds {
        let mut out = Holds::default();
        for &at in drafts {
            out.durations += self.durations[at];
            out.contacts += self.contacts[at];
        }
        let mine = |word: usize| matches!(self.walked.owners.get(word), Some(Owner::Stage(at)) if drafts.contains(at));
        let (from, to) = drafts
            .iter()
            .filter(|&&at| !self.spans[at].is_empty())
            .fold((usize::MAX, 0), |(from, to), &at| {
                (from.min(self.spans[at].start), to.max(self.spans[at].end))
            });
        for found in self.text.cues.within(from.min(to)..to).iter().filter(|f| mine(f.words.start)) {
            match found.cue {
                Cue::Ack => out.ack = true,
                Cue::Formal => out.formal = true,
                Cue::FormalWord => out.formal_word = true,
                Cue::Informal => out.informal = true,
                Cue::Matter => out.matter = true,
                Cue::Review => out.review = true,
                _ => {}
            }
        }
        let first = durations.partition_point(|d| d.words.start < from);
        let within = durations[first..].iter().take_while(|d| d.words.start < to);
        for duration in within.filter(|d| mine(d.words.start) && !d.again) {
            let near = duration.words.start.saturating_sub(8)..duration.words.end + 6;
            out.ack_time |= self.text.has(&near, Cue::Ack);
            let length = magnitude(weight(duration.clock));
            out.longest = out.longest.max(Some(length));
            out.shortest = Some(out.shortest.map_or(length, |known| known.min(length)));
        }
        out
    }

    /// Whether a draft only tells who handles the first stage, which named nobody: `Please tell us. … Complaints are investigated by the
    /// practice manager.` What is conditional, formal or a second look goes on instead.
    pub(super) fn names_first(&self, lead: &StageDraft, drafts: &[usize], draft: &StageDraft) -> bool {
        let nobody = drafts.iter().all(|&at| self.walked.stages[at].handler.is_none());
        let role = draft.handler.as_ref().map(|(role, _)| *role);
        // `Residents may complain. … In the first instance tell your key worker or the owners.`
        let told = lead.weak && draft.weak && draft.informal && role == Some(Role::Front);
        let someone = told || role.is_some_and(|role| role > Role::AManager && role != Role::Data);
        let words = &self.text.words.sentences[self.text.words.sentence_of(draft.start)].words;
        let goes_on =
            draft.after_answer || draft.review || draft.row || draft.titled_formal || draft.label.is_some();
        nobody
            && someone
            && !goes_on
            && lead.label.is_none()
            && !lead.informal
            && ![Cue::If, Cue::Unsettled, Cue::FormalWord, Cue::Then]
                .iter()
                .any(|&cue| self.text.has(words, cue))
    }

    /// Returns what is observed of a draft.
    pub(super) fn features(&self, at: usize) -> Features {
        let mut out = Features::default();
        let draft = &self.walked.stages[at];
        flags(draft, "", &mut out);
        out.when(at == 0, "first");
        out.when(at + 1 == self.walked.stages.len(), "last");
        out.when(self.owned[at] == 0, "empty");
        out.add(format!("words.{}", [6, 25, 80].iter().filter(|&&n| self.owned[at] >= n).count()));
        out.add(format!("durations.{}", self.durations[at].min(2)));
        out.add(format!("contacts.{}", self.contacts[at].min(2)));
        self.place(draft, &mut out);
        self.tells(at, &mut out);
        self.outside(at, &mut out);
        let sentence = self.text.words.sentence_of(draft.start);
        self.hold(&self.text.words.sentences[sentence].words, "says", &mut out);
        self.hold(&draft.title, "title", &mut out);
        let rows = self.walked.stages.iter().filter(|d| d.row).count();
        if rows > 1 {
            out.add(if draft.row { "among_rows.row" } else { "among_rows.other" });
        }
        self.numbering(at, &mut out);
        self.wording(draft, &mut out);
        self.second_look(at, &mut out);
        self.tried(at, &mut out);
        let before = &self.walked.stages[..at];
        out.when(before.iter().any(|d| d.handler.is_some()), "after_handler");
        let role = draft.handler.as_ref().map(|(role, _)| *role);
        let highest = before.iter().filter_map(|d| d.handler.as_ref().map(|(role, _)| *role)).max();
        if let Some(role) = role {
            out.add(match highest {
                None => "role_is.first",
                Some(known) if known < role => "role_is.higher",
                Some(known) if known == role => "role_is.same",
                Some(_) => "role_is.lower",
            });
            let named = |d: &StageDraft| {
                !d.named.is_empty() && (d.named.contains(&draft.named) || draft.named.contains(&d.named))
            };
            out.when(before.iter().any(named), "handler_told");
        } else {
            out.when(highest.is_some(), "nobody_after_handler");
        }
        let named = |d: &&StageDraft| !d.named.is_empty() && d.named == draft.named;
        let again = self.walked.stages[at + 1..].iter().find(named);
        out.when(again.is_some(), "handler_again");
        out.when(again.is_some_and(|d| d.label.is_some()), "handler_again.labelled");
        out.when(before.iter().rev().find(named).is_some_and(|d| !d.weak), "handler_told.strong");
        if let (Some(role), Some(before)) =
            (role, before.iter().rev().find(|d| !d.weak && d.handler.is_some()))
        {
            let above = before.handler.as_ref().map_or("nobody", |(role, _)| role.name());
            out.add(format!("pair.{above}.{}", role.name()));
        }
        let labels = self
            .walked
            .stages
            .iter()
            .filter(|d| d.label.is_some_and(|(rank, _)| rank == Rank::Stage))
            .count();
        if draft.label.is_none() {
            let kind = if draft.weak { "weak" } else { "plain" };
            out.add(format!("{kind}_among_stage_labels.{}", labels.min(2)));
            out.when(before.iter().any(|d| d.label.is_some()), &format!("{kind}_after_label"));
        } else {
            out.add(format!("stage_labels.{}", labels.min(3)));
        }
        if draft.weak {
            out.add(format!("weak_role.{}", role.map_or("nobody", Role::name)));
            for (holds, name) in [
                (draft.after_answer, "after_answer"),
                (draft.invites, "invites"),
                (draft.review, "review"),
                (draft.moved, "moved"),
            ] {
                out.when(holds, &format!("weak_{name}"));
                out.when(holds && draft.handler.is_some(), &format!("weak_{name}.someone"));
            }
        }
        if let Some(last) = before.last() {
            flags(last, "previous_", &mut out);
            let here = self.text.words.para_of(draft.start);
            let there = self.text.words.para_of(last.start);
            out.when(here == there, "same_paragraph");
            let (a, b) = (self.text.para(here), self.text.para(there));
            out.when(a.item.is_some() && b.item.is_some(), "same_list");
            out.when(a.heading.is_some() && a.heading == b.heading, "same_heading");
        }
        if let Some(next) = self.walked.stages.get(at + 1) {
            flags(next, "next_", &mut out);
        }
        out
    }

    /// Whether a draft is a first try, told in passing: someone at a desk is named before any stage, and the next sentence says what to do
    /// if that fails (`… often with the person concerned. If your problem cannot be sorted out in this way, …`).
    fn tried(&self, at: usize, out: &mut Features) {
        let draft = &self.walked.stages[at];
        let desk = draft.handler.as_ref().is_some_and(|(role, _)| *role <= Role::Supervisor);
        if !desk || self.walked.stages[..at].iter().any(|d| !d.weak) {
            return;
        }
        let words = self.text.words;
        let Some(next) = words.sentences.get(words.sentence_of(draft.start) + 1) else { return };
        let has = |cue: Cue| self.text.has(&next.words, cue);
        let fails = has(Cue::Unsettled) || has(Cue::Then);
        let formal = has(Cue::Formal) || has(Cue::FormalWord);
        out.when(fails, "tried_then.fails");
        out.when(formal, "tried_then.formal");
        out.when(fails && formal, "tried_then.both");
        out.when(fails && draft.weak, "tried_then.fails.weak");
        out.when(has(Cue::If) && has(Cue::Matter), "tried_then.if_complaint");
    }

    /// Whether a draft opens a second look (`if you are still not satisfied, ask us to review it`), and whether its time is told
    /// further below, in words that were drafted by themselves.
    fn second_look(&self, at: usize, out: &mut Features) {
        let draft = &self.walked.stages[at];
        if draft.after_answer && draft.review {
            out.add("second_look");
            out.when(!draft.weak, "second_look.plain");
            out.when(draft.invites, "second_look.invites");
            out.when(draft.handler.is_none(), "second_look.nobody");
        }
        let below = self.walked.stages.iter().zip(&self.durations).skip(at + 1);
        let told = below.take_while(|(next, _)| next.weak).any(|(_, &durations)| durations > 0);
        out.when(told && self.durations[at] == 0, "time_below");
        out.when(told && self.durations[at] == 0 && draft.after_answer, "time_below.after_answer");
    }

    /// The words in which a draft opens, and how they treat whom they name: asked (`write to the manager`) or acting (`the
    /// manager will write to you`).
    fn wording(&self, draft: &StageDraft, out: &mut Features) {
        let words = self.text.words;
        let sentence = words.sentences[words.sentence_of(draft.start)].words.clone();
        let mut once = |name: String| {
            if !out.0.contains(&name) {
                out.add(name);
            }
        };
        for at in sentence.start..sentence.end.min(sentence.start + OPENING) {
            once(format!("opens.{}", words.spelling(at)));
        }
        for at in draft.title.clone().take(OPENING) {
            once(format!("titled.{}", words.spelling(at)));
        }
        let Some((role, named)) = &draft.handler else { return };
        for at in named.start.saturating_sub(2).max(words.para_start(named.start))..named.start {
            once(format!("before_role.{}", words.spelling(at)));
        }
        for at in named.end..(named.end + 2).min(words.words.len()) {
            once(format!("behind_role.{}", words.spelling(at)));
        }
        let near = named.start.saturating_sub(5).max(sentence.start)..named.start;
        let how =
            [(Cue::Invite, "asked"), (Cue::Moved, "given"), (Cue::Review, "reviews"), (Cue::If, "supposed")]
                .into_iter()
                .find(|&(cue, _)| self.text.has(&near, cue))
                .map_or_else(
                    || if named.start <= sentence.start + 1 { "acts" } else { "named" },
                    |(_, how)| how,
                );
        once(format!("role_is.{how}"));
        once(format!("role_is.{how}.{}", role.name()));
    }

    /// Whether a draft tells anything: whom, by when, how to reach them; and what comes before and after it does.
    fn tells(&self, at: usize, out: &mut Features) {
        let told = |at: usize| match (self.durations[at] > 0, self.contacts[at] > 0) {
            (true, true) => "both",
            (true, false) => "time",
            (false, true) => "reach",
            (false, false) => "none",
        };
        let draft = &self.walked.stages[at];
        let who = |draft: &StageDraft| if draft.handler.is_some() { "someone" } else { "nobody" };
        let name = format!("tells.{}.{}", told(at), who(draft));
        let kind = if draft.weak {
            "weak"
        } else if draft.label.is_some() {
            "labelled"
        } else {
            "plain"
        };
        out.add(format!("{name}.{kind}"));
        out.when(at == 0, &format!("{name}.first"));
        match self.walked.stages.get(at + 1) {
            Some(next) => out.add(format!("{name}.before.{}", who(next))),
            None => out.add(format!("{name}.last")),
        }
        out.add(name);
        let known = |d: &&StageDraft| !d.named.is_empty() && d.named == draft.named;
        if let Some(last) = self.walked.stages[..at].iter().rev().find(|d| !d.weak && d.handler.is_some())
            && known(&last)
        {
            out.add(format!("handler_of_last.{kind}"));
        }
        // Past the first body outside little is a stage.
        let body = self.walked.bodies.iter().map(|body| body.words.start).min();
        if body.is_some_and(|body| body < draft.start) {
            out.add("after_body");
            out.add(format!("after_body.{kind}.{}", who(draft)));
            out.when(draft.after_answer, "after_body.after_answer");
        }
    }

    /// Where in the text a draft begins.
    fn place(&self, draft: &StageDraft, out: &mut Features) {
        let number = self.text.words.para_of(draft.start);
        let para = self.text.para(number);
        out.when(para.item.is_some(), "item");
        out.when(self.text.is_numbered(number), "numbered");
        out.when(self.text.is_head(number), "head");
        out.when(draft.start > para.words.start && draft.title.is_empty(), "inside_paragraph");
        if draft.title.is_empty() {
            out.add("untitled");
        }
    }

    /// Whether a labelled draft names a body outside and nobody inside.
    pub(super) fn leads_outside(&self, at: usize) -> bool {
        let draft = &self.walked.stages[at];
        let next = self.walked.stages.get(at + 1).map_or(usize::MAX, |next| next.start);
        let words = draft.start..next.min(draft.start + 60).min(self.walked.owners.len()).max(draft.start);
        draft.label.is_some()
            && draft.handler.is_none()
            && (draft.outside || self.text.mentions_in(&words).iter().any(|m| !m.weak && !m.generic))
    }

    /// Whether a draft is a second look that names nobody, asked for in a sentence of its own after the answer: `If you are not satisfied
    /// with the outcome, you may ask us to review our decision`.
    pub(super) fn asks_again(&self, at: usize) -> bool {
        let draft = &self.walked.stages[at];
        let words = &self.text.words.sentences[self.text.words.sentence_of(draft.start)].words;
        let has = |cue: Cue| self.text.has(words, cue);
        at > 0
            && draft.label.is_none()
            && draft.title.is_empty()
            && !(draft.weak || draft.outside || draft.closed || draft.handling || draft.row)
            && draft.invites
            && has(Cue::Unsettled)
            && has(Cue::Review)
            && has(Cue::You)
            && self.text.mentions_in(words).is_empty()
            && !has(Cue::External)
    }

    /// Whether the first words of a labelled draft below its title go to a body outside, and name nobody inside. What a section further
    /// below says of one is no part of it.
    pub(super) fn goes_outside_at_once(&self, at: usize) -> bool {
        let words = self.text.words;
        let draft = &self.walked.stages[at];
        let titled = if draft.title.is_empty() { draft.start } else { draft.title.end.saturating_sub(1) };
        let next = self.walked.stages.get(at + 1).map_or(usize::MAX, |next| next.start);
        let para = words.para_of(draft.start.max(titled));
        let below = self.text.para(para).words.end <= draft.start.max(draft.title.end) + LABEL;
        // The line below a bare label, and the lines that go on with it.
        let lines = words.paras.iter().skip(para + 1).take(SECTION).enumerate();
        let more = lines.take_while(|(nth, line)| !line.apart || *nth == 0 && below).count();
        let mut told = words.paras[para..=para + more]
            .iter()
            .flat_map(|para| &words.sentences[para.sentences.clone()])
            .filter(|sentence| sentence.words.start < next);
        draft.label.is_some()
            && draft.handler.is_none()
            && (draft.outside
                || told.any(|sentence| self.text.mentions_in(&sentence.words).iter().any(|m| !m.weak)))
    }

    /// Whether the title of a labelled draft, or the words right after its label, are a body outside: `Tier 4: the ombudsman`.
    pub(super) fn names_outside(&self, at: usize) -> bool {
        let draft = &self.walked.stages[at];
        let Some((rank, _)) = draft.label else { return false };
        let para = self.text.para(self.text.words.para_of(draft.start));
        let words = if draft.title.is_empty() {
            draft.start..(draft.start + 8).min(para.words.end)
        } else {
            draft.title.clone()
        };
        let inside = [Cue::Formal, Cue::Review, Cue::Informal].iter().any(|&cue| self.text.has(&words, cue));
        let body = self.text.mentions_in(&words).iter().any(|m| !m.weak && m.kind == BodyKind::Adr);
        // Whom the words below name is no handler where the title names the body.
        let nobody =
            draft.handler.is_none() || !draft.title.is_empty() && self.text.role(&draft.title).is_none();
        rank >= Rank::Step && nobody && body && !inside
    }

    /// Whether the first sentence of a labelled draft goes on to a body outside and names nobody inside: `Level 3: if it is
    /// not redressed, you may appeal to the ombudsman`.
    pub(super) fn opens_outside(&self, at: usize) -> bool {
        let draft = &self.walked.stages[at];
        let mut words = self.text.words.sentences[self.text.words.sentence_of(draft.start)].words.clone();
        // `Level 3: If it is not redressed, you may appeal to:`, and below it whom.
        let para = self.text.words.para_of(words.start);
        let lines = self.text.words.paras.iter().skip(para + 1).take(SECTION).take_while(|line| !line.apart);
        let led = (para..=para + 1).any(|at| {
            self.text.words.paras.get(at).is_some_and(|line| line.last == ':' && line.words.len() > LABEL)
        });
        if led && let Some(last) = lines.last() {
            words.end = words.end.max(last.words.end);
        }
        let words = &words;
        let owned = &self.walked.owners[words.clone()];
        at > 0
            && draft.label.is_some_and(|(rank, _)| rank >= Rank::Step)
            && draft.handler.is_none()
            && self.text.roles(words).is_empty()
            && owned.iter().any(|owner| matches!(owner, Owner::Body(_)))
    }

    /// Whether the words after a draft go to a body outside.
    fn outside(&self, at: usize, out: &mut Features) {
        let start = self.walked.stages[at].start;
        let next = self.walked.stages.get(at + 1).map_or(usize::MAX, |next| next.start);
        let end = next.min(start + 60).min(self.walked.owners.len()).max(start);
        let bodies =
            self.walked.owners[start..end].iter().filter(|owner| matches!(owner, Owner::Body(_))).count();
        if bodies > 0 {
            out.add("body_follows");
            out.when(bodies > self.owned[at], "body_follows.mostly");
            let nobody = self.walked.stages[at].handler.is_none();
            out.when(nobody, "body_follows.nobody_named");
            out.when(nobody && self.durations[at] == 0, "body_follows.nothing_told");
        }
        let mentioned = self.text.mentions_in(&(start..end)).iter().any(|m| !m.weak);
        out.when(mentioned && self.walked.stages[at].handler.is_none(), "body_named.nobody_named");
    }

    /// How the label stands to those before and after.
    fn numbering(&self, at: usize, out: &mut Features) {
        let all = &self.walked.stages;
        let labelled = all.iter().filter(|d| d.label.is_some_and(|(rank, _)| rank >= Rank::Step)).count();
        let Some((rank, n)) = all[at].label else {
            out.when(labelled > 1, "unlabelled_among_labelled");
            let told =
                all[at + 1..].iter().any(|d| d.label.is_some_and(|(rank, n)| rank >= Rank::Step && n == 1));
            out.when(told, "before_first_label");
            return;
        };
        let name = rank_name(rank);
        out.add(format!("label.{name}"));
        out.when(n == 1, &format!("label_first.{name}"));
        out.when(labelled == 1, "label_alone");
        let before = all[..at].iter().rev().find_map(|d| d.label);
        let follows = before == Some((rank, n.saturating_sub(1)));
        out.when(follows, "label_follows");
        // A second stage right after the first, whatever it tells: `Stage 2. If you are not satisfied, write to us and say why.`
        let draft = &all[at];
        let who = if draft.handler.is_some() { "someone" } else { "nobody" };
        let inside = !draft.outside && !draft.handling;
        if follows && inside {
            out.add(format!("label_follows.{name}"));
            out.add(format!("label_follows.{name}.{who}"));
            out.when(draft.after_answer, &format!("label_follows.{name}.after_answer"));
            out.when(draft.review || draft.moved, &format!("label_follows.{name}.goes_up"));
        }
        let next = all[at + 1..].iter().find_map(|d| d.label);
        if n == 1 && inside && next == Some((rank, 2)) {
            out.add(format!("label_leads.{name}"));
            out.add(format!("label_leads.{name}.{who}"));
        }
        // Of all that the labels head, how many name someone: steps of handling name nobody.
        let (mut people, mut handling) = (0, 0);
        for draft in all.iter().filter(|d| d.label.is_some_and(|(known, _)| known == rank)) {
            people += usize::from(draft.handler.as_ref().is_some_and(|(role, _)| *role != Role::Data));
            handling += usize::from(draft.handling);
        }
        out.add(format!("labelled_people.{}", people.min(3)));
        out.add(format!("labelled_handling.{}", handling.min(2)));
    }

    /// The turns of phrase that some words hold.
    fn hold(&self, words: &Range<usize>, place: &str, out: &mut Features) {
        for &cue in TELLING {
            out.when(self.text.has(words, cue), &format!("{place}.{}", cue.name()));
        }
        out.when(!self.text.mentions_in(words).is_empty(), &format!("{place}.body"));
    }
}

/// What the walk noted of a draft.
fn flags(draft: &StageDraft, whose: &str, out: &mut Features) {
    let role = draft.handler.as_ref().map_or("nobody", |(role, _)| role.name());
    out.add(format!("{whose}role.{role}"));
    for (holds, name) in [
        (draft.invites, "invites"),
        (draft.after_answer, "after_answer"),
        (draft.review, "review"),
        (draft.moved, "moved"),
        (draft.formal, "formal"),
        (draft.titled_formal, "titled_formal"),
        (draft.closed, "closed"),
        (draft.informal, "informal"),
        (draft.handling, "handling"),
        (draft.outside, "outside"),
        (draft.tentative, "tentative"),
        (draft.row, "row"),
        (draft.weak, "weak"),
        (draft.label.is_some_and(|(rank, _)| rank >= Rank::Step), "labelled"),
    ] {
        if holds {
            out.add(format!("{whose}{name}"));
        }
    }
}

const fn rank_name(rank: Rank) -> &'static str {
    match rank {
        Rank::Letter => "letter",
        Rank::Number => "number",
        Rank::Clause => "clause",
        Rank::Step => "step",
        Rank::Stage => "stage",
    }
}

//! Headings: what the words over a section, at the head of a paragraph or after a label make of what follows.
//!
//! A heading may name a body (its section is the body's), a handler or a formal complaint (a stage begins), a condition (`If
//! you are still unhappy`: the section will say where to go), a matter beside the ladder, or the course of things, which
//! goes on with the present stage.

use std::ops::Range;

use super::cue::{Cue, Role};
use super::draft::{Owner, StageDraft};
use super::label::{self, Label};
use super::walk::Walker;
use super::words::{Case, Gap, Kind};

/// Most words of a title below a label.
const TITLE: usize = 8;

/// How many words tell of a stage at the least for it to be more than a line of an overview.
const TOLD: usize = 25;

/// Most words of a title that opens a paragraph.
const LEAD: usize = 9;

impl Walker<'_> {
    /// Reads a heading.
    pub(super) fn head(&mut self, at: usize) {
        let para = self.text.para(at);
        let words = para.words.clone();
        self.pending = false;
        self.heads = false;
        self.offers = false;
        // The title of the document names the matter, and nobody to turn to. A further question about a body stays with it.
        let asks_on = para.last == '?' && matches!(self.owner, Owner::Body(_));
        if let Some(stage) = self.named_levels(&words) {
            self.owner = Owner::Stage(stage);
        } else if at > 0 && self.tells_times(&words) {
            // After a first try the formal complaint has the times: `How do I complain formally? … When will you answer?`
            let formal = self.out.stages.iter().position(|stage| stage.titled_formal && !stage.weak);
            self.owner = Owner::Stage(formal.unwrap_or(0));
        } else if at > 0 && !self.title(&words) && !asks_on {
            self.owner = self.last_stage();
        }
        self.section = self.owner;
        self.own(words);
    }

    /// The first of two or more stages that a heading names by their labels: `How to ask for level 1 or level 2`. What is told once for
    /// several stands on the first.
    fn named_levels(&self, words: &Range<usize>) -> Option<usize> {
        let text = self.text;
        let label = |at: usize| label::staged(text.words, at, words.end, text.language, text.patterns);
        let mut named: Vec<usize> = words
            .clone()
            .filter_map(label)
            .filter_map(|(rank, n, _)| {
                self.out.stages.iter().position(|stage| stage.label == Some((rank, n)))
            })
            .collect();
        named.sort_unstable();
        named.dedup();
        named.first().copied().filter(|_| named.len() > 1)
    }

    /// Whether a heading asks how long answers take, below stages without labels: what it tells begins with the acknowledgement,
    /// and so with the first stage.
    fn tells_times(&self, words: &Range<usize>) -> bool {
        let text = self.text;
        self.has(words, Cue::HowLong)
            && self.current().is_some_and(|at| self.out.stages[at].label.is_none())
            && ![Cue::Unsettled, Cue::Aside, Cue::Review].iter().any(|&cue| self.has(words, cue))
            && text.role(words).is_none()
            && text.mentions_in(words).is_empty()
    }

    /// Reads the words of a heading, or those that open a paragraph as one; false where they tell nothing.
    pub(super) fn title(&mut self, words: &Range<usize>) -> bool {
        let text = self.text;
        if let Some(mention) = text.named_in(words).filter(|m| !text.is_shut(words, m)) {
            self.offers = true;
            self.open_body(&mention.clone());
            return true;
        }
        if text.announces_outside(words) {
            self.offers = true;
            self.pending = true;
            self.outside = true;
            self.owner = Owner::Aside;
            return true;
        }
        if text.advises(words) {
            self.owner = Owner::Aside;
            return true;
        }
        let review = self.has(words, Cue::Review);
        let goes_on = review || self.has(words, Cue::Unsettled) || self.has(words, Cue::Then);
        let aside = self.has(words, Cue::Aside);
        let role = text.role(words);
        let no_role = role.is_none();
        let draft = StageDraft {
            title: words.clone(),
            start: words.start,
            formal: self.has(words, Cue::Formal),
            titled_formal: self.has(words, Cue::FormalWord),
            informal: self.has(words, Cue::Informal),
            after_answer: goes_on,
            review,
            ..StageDraft::default()
        };
        // `And if the manager couldn't help?` asks on from whom one asked before.
        let asks_on =
            goes_on && !self.out.stages.is_empty() && text.para(text.words.para_of(words.start)).last == '?';
        if let Some((role, at)) = role
            && !asks_on
            && !(aside && role <= Role::Service)
            && self.is_new_handler(&at)
        {
            self.open_stage(StageDraft { handler: Some((role, at)), titled_formal: false, ..draft });
            return true;
        }
        if goes_on && !self.out.stages.is_empty() {
            self.pending = true;
            self.heads = true;
            self.offers = no_role && self.has(words, Cue::Refer);
            self.lists = self.offers && text.para(text.words.para_of(words.start)).last != '?';
            self.owner = self.last_stage();
            return true;
        }
        if (draft.formal || draft.informal) && !aside {
            if self.out.stages.is_empty() || self.steps_up(&draft) {
                self.open_stage(StageDraft { after_answer: false, review: false, ..draft });
            } else {
                self.owner = self.last_stage();
            }
            return true;
        }
        if self.has(words, Cue::Process) {
            self.owner = self.last_stage();
            return true;
        }
        if aside {
            self.owner = Owner::Aside;
        }
        aside
    }

    /// Whether a formal complaint comes after a first try.
    fn steps_up(&self, draft: &StageDraft) -> bool {
        let first_try = self.out.stages.last().is_some_and(|stage| {
            stage.informal || stage.handler.as_ref().is_some_and(|(role, _)| *role <= Role::Supervisor)
        });
        draft.formal && !draft.informal && first_try
    }

    /// Opens the stage of a label, or goes on with the one that bears it already.
    pub(super) fn open_labelled(&mut self, at: usize, label: &Label) {
        let text = self.text;
        self.pending = false;
        self.offers = false;
        let bears = |stage: &StageDraft| stage.label == Some((label.rank, label.n)) && !stage.row;
        if let Some(known) = self.out.stages.iter().position(bears) {
            if self.begins_anew(at, label, known) {
                self.second = true;
                self.owner = Owner::Aside;
                self.section = self.owner;
                return;
            }
            self.owner = Owner::Stage(known);
            self.section = self.owner;
            return;
        }
        let title = if label.title.is_empty() { self.title_below(at) } else { label.title.clone() };
        self.open_stage(StageDraft {
            label: Some((label.rank, label.n)),
            start: text.para(at).words.start,
            handler: text.role(&title),
            formal: self.has(&title, Cue::Formal),
            titled_formal: self.has(&title, Cue::FormalWord),
            informal: self.has(&title, Cue::Informal),
            review: self.has(&title, Cue::Review),
            handling: self.is_handling(&title),
            outside: text.named_in(&title).is_some() || text.announces_outside(&title),
            title,
            ..StageDraft::default()
        });
        self.section = self.owner;
    }

    /// Whether a first stage that was told already begins a ladder of its own: one for sales and one for lettings, one for each
    /// country. An overview before the details, and times told once more below, begin none.
    fn begins_anew(&self, at: usize, label: &Label, known: usize) -> bool {
        let text = self.text;
        let higher = |stage: &StageDraft| stage.label.is_some_and(|(rank, n)| rank == label.rank && n > 1);
        let last = self.out.stages.iter().rposition(higher);
        let Some(last) = last.filter(|_| label.n == 1) else { return false };
        let told = self.out.owners.iter().filter(|owner| **owner == Owner::Stage(known)).count();
        let from = text.words.para_of(self.out.stages[last].start);
        let headed = (from + 1..at).rev().take(8).any(|k| {
            let words = text.whole(k);
            text.is_head(k)
                && text.labels[k].is_none()
                && ![Cue::HowLong, Cue::Aside].iter().any(|&cue| self.has(&words, cue))
        });
        let below = text.words.paras.get(at + 1).map_or(0..0, |next| next.words.clone());
        let someone = |words: &Range<usize>| text.role(words).is_some() || self.has(words, Cue::Invite);
        told >= TOLD && headed && (someone(&text.whole(at)) || someone(&below))
    }

    /// The short line below a label that stands alone is its title.
    fn title_below(&self, at: usize) -> Range<usize> {
        let paras = &self.text.words.paras;
        match paras.get(at + 1) {
            Some(next) if next.words.len() <= TITLE && next.last != '.' => next.words.clone(),
            // `Tier 4`, and below it `The Energy Ombudsman. If …`.
            Some(next) => {
                let first = &self.text.words.sentences[next.sentences.start].words;
                if first.len() <= TITLE && self.text.named_in(first).is_some() {
                    first.clone()
                } else {
                    paras[at].words.end..paras[at].words.end
                }
            }
            None => paras[at].words.end..paras[at].words.end,
        }
    }

    /// Whether a title names handling only.
    fn is_handling(&self, title: &Range<usize>) -> bool {
        (1..=4).contains(&title.len())
            && self.has(title, Cue::Handling)
            && self.text.role(title).is_none()
            && ![Cue::Formal, Cue::Review, Cue::Informal].iter().any(|&cue| self.has(title, cue))
    }

    /// The words that open a paragraph as a heading: `Claims that were rejected. You have …`, `Outside help: …`.
    pub(super) fn lead(&self, at: usize) -> Option<Range<usize>> {
        let text = self.text;
        let para = text.para(at);
        let label = text.labels[at].as_ref();
        let start = label.map_or(para.words.start, |label| label.title.start.max(para.words.start));
        let words = &text.words.words;
        let far = para.words.end.min(start + LEAD + 2);
        let end = (start + 1..far).find(|&k| words[k].gap >= Gap::Dash)?;
        let lead = start..end;
        if lead.len() > LEAD || lead.clone().any(|k| !matches!(words[k].kind, Kind::Word)) {
            return None;
        }
        let role = text.role(&lead).is_some();
        let known = role || text.named_in(&lead).is_some();
        // A title has no verb: its words have capitals, or are few.
        let plain = lead.clone().any(|k| words[k].case == Case::Lower && !text.is_small(k));
        if role && plain && label.is_none() && lead.len() > 2 && words[end].gap == Gap::Sentence {
            return None;
        }
        let speaks = [Cue::If, Cue::We, Cue::Unsettled, Cue::Ack].iter().any(|&cue| self.has(&lead, cue))
            || text.cues.first(lead.clone(), Cue::Invite).is_some_and(|f| f.words.start == start);
        let field = lead.len() <= 2 && text.has_contact(&(end..end + 4));
        let telling = match self.section {
            Owner::Aside if !self.offers => text.named_in(&lead).is_some() || self.has(&lead, Cue::Unsettled),
            Owner::Body(_) => known || self.has(&lead, Cue::Aside),
            Owner::Aside | Owner::Stage(_) | Owner::Nobody => true,
        };
        let titles = (!speaks || label.is_some() && lead.len() <= 5) && (!field || known);
        (titles && telling).then_some(lead)
    }
}

//! Walking through a procedure: whose words are these? Stages and bodies are drafted on the way.
//!
//! Paragraph by paragraph, sentence by sentence: a heading, a label, a body that the customer is sent to, or the words that
//! open a further stage (`if you are still not satisfied … ask for …`) change the owner of what follows. Headings are read in
//! [`super::head`], sentences in [`super::sentence`]. What the drafts come to is settled afterwards by [`super::settle`].

use std::ops::Range;

use super::cue::Cue;
use super::draft::{Binds, BodyDraft, Owner, StageDraft};
use super::duration::Duration;
use super::label::{Label, Rank};
use super::outside::{self, Mention};
use super::table::Matrix;
use super::text::{HEAD, Text};
use super::words::Gap;

/// Most drafts of stages, and of bodies: a page with more holds no procedure.
const MOST: usize = 48;

/// What came of the walk.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// Drafts of stages, in the order of the text.
    pub(super) stages: Vec<StageDraft>,
    /// Drafts of bodies, in the order of the text.
    pub(super) bodies: Vec<BodyDraft>,
    /// The owner of each word.
    pub(super) owners: Vec<Owner>,
}

/// Walks through a text.
pub(super) fn walk(text: &Text<'_>) -> Walked {
    let mut walker = Walker {
        text,
        out: Walked { owners: vec![Owner::Nobody; text.words.words.len()], ..Walked::default() },
        owner: Owner::Nobody,
        section: Owner::Nobody,
        pending: false,
        heads: false,
        lists: false,
        offers: false,
        outside: false,
        led: false,
        second: false,
        others: Vec::new(),
        weak: 0,
    };
    let mut at = 0;
    while at < text.words.paras.len() {
        at = walker.para(at);
    }
    walker.join_titles();
    walker.out
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an observation of its own, and none follows from another"
)]
pub(super) struct Walker<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) out: Walked,
    /// Owner of the words being read.
    pub(super) owner: Owner,
    /// Owner to which the section falls back.
    pub(super) section: Owner,
    /// A condition for going on was read, and not yet where to.
    pub(super) pending: bool,
    /// That condition is the heading of the section.
    pub(super) heads: bool,
    /// The line above leads in to a list of places to go.
    pub(super) lists: bool,
    /// The section or the line above offers places outside.
    pub(super) offers: bool,
    /// A body outside was reached.
    pub(super) outside: bool,
    /// The paragraph before had words of its own for a heading.
    pub(super) led: bool,
    /// A second ladder has begun: of two on one page the first is read, and not both as one.
    pub(super) second: bool,
    /// Words of the sentence being read that are another stage's than its last, and that stage.
    pub(super) others: Vec<(usize, Range<usize>)>,
    /// Drafts for which little speaks, so far.
    pub(super) weak: usize,
}

impl Walked {
    /// Opens the only stage of a text that asks nobody to do anything, and only promises: `Your complaint goes to the manager.
    /// We answer it within 28 days.`
    fn open_by_promise(&mut self, text: &Text<'_>, durations: &[Duration]) {
        let sentence = |at: usize| text.words.sentences[text.words.sentence_of(at)].words.clone();
        let promised = durations.iter().find_map(|duration| {
            let words = sentence(duration.words.start);
            (self.owners[words.start] == Owner::Nobody && is_promise(text, duration, &words)).then_some(words)
        });
        let Some(promised) = promised else { return };
        // Whoever is named far above it is of something else: `A message from our Chief Executive`.
        let para = text.words.para_start(promised.start);
        let above = sentence(para.saturating_sub(1));
        let from = if text.has(&above, Cue::Matter) { above.start.min(para) } else { para };
        let handler = text.role(&(from..promised.end));
        let start = handler.as_ref().map_or(promised.start, |(_, at)| sentence(at.start).start);
        let named = handler
            .as_ref()
            .map_or_else(String::new, |(_, at)| text.words.printed(at.clone()).to_lowercase());
        self.stages.push(StageDraft { start, handler, named, ..StageDraft::default() });
        for owner in self.owners[start..promised.end].iter_mut().filter(|owner| **owner == Owner::Nobody) {
            *owner = Owner::Stage(0);
        }
    }

    /// Gives the first stage what is promised before it is told whom to ask: `We acknowledge a complaint within a day. …`
    pub(super) fn take_promises(&mut self, text: &Text<'_>, durations: &[Duration]) {
        if self.stages.is_empty() {
            self.open_by_promise(text, durations);
        }
        let Some(stage) = self.stages.first() else { return };
        let first = stage.start;
        // What is told before a ladder of labelled stages is told for all of it, unless the first has no time of its own.
        let own = |d: &Duration| self.owners[d.words.start] == Owner::Stage(0);
        if stage.label.is_some() && durations.iter().any(own) {
            if let Some(row) = self.stages.iter().position(|stage| stage.row) {
                self.take_footnotes(text, durations, row);
            }
            return;
        }
        // Of the only stage is what is promised below it, too.
        let only = self.stages.len() == 1;
        for duration in durations.iter().take_while(|d| only || d.words.start < first) {
            let words = text.words.sentences[text.words.sentence_of(duration.words.start)].words.clone();
            let promised = (only || words.end <= first) && is_promise(text, duration, &words);
            if promised {
                for owner in self.owners[words].iter_mut().filter(|owner| **owner == Owner::Nobody) {
                    *owner = Owner::Stage(0);
                }
            }
        }
    }

    /// Gives the first row of a matrix the acknowledgement that is told below for all of them.
    fn take_footnotes(&mut self, text: &Text<'_>, durations: &[Duration], row: usize) {
        if self.stages.iter().any(|stage| stage.fixed.iter().any(|(binds, ..)| *binds == Binds::Acknowledge))
        {
            return;
        }
        for duration in durations.iter().filter(|d| d.words.start > self.stages[row].start) {
            let words = text.words.sentences[text.words.sentence_of(duration.words.start)].words.clone();
            let told = is_promise(text, duration, &words) && text.has(&words, Cue::Ack);
            if told && self.owners[words.clone()].iter().all(|owner| *owner == Owner::Nobody) {
                self.owners[words].fill(Owner::Stage(row));
            }
        }
    }
}

/// Whether a company says by when it acknowledges or answers.
fn is_promise(text: &Text<'_>, duration: &Duration, sentence: &Range<usize>) -> bool {
    !duration.again
        && duration.bound
        && (text.has(sentence, Cue::Ack) || text.has(sentence, Cue::We) && text.has(sentence, Cue::Reply))
        && text.mentions_in(sentence).is_empty()
}

impl Walker<'_> {
    pub(super) fn has(&self, words: &Range<usize>, cue: Cue) -> bool {
        self.text.has(words, cue)
    }

    /// Gives words to the present owner.
    pub(super) fn own(&mut self, words: Range<usize>) {
        for owner in &mut self.out.owners[words] {
            *owner = self.owner;
        }
    }

    /// The last stage that more than a little speaks for.
    pub(super) fn current(&self) -> Option<usize> {
        self.out.stages.iter().rposition(|stage| !stage.weak)
    }

    pub(super) fn last_stage(&self) -> Owner {
        // Where no more than little speaks for any, the last of those.
        self.current().or_else(|| self.out.stages.len().checked_sub(1)).map_or(Owner::Nobody, Owner::Stage)
    }

    /// Reads a paragraph and returns the next.
    fn para(&mut self, at: usize) -> usize {
        let text = self.text;
        let para = text.para(at);
        if self.second {
            self.owner = Owner::Aside;
            self.own(para.words.clone());
            return at + 1;
        }
        if para.row.is_some()
            && let Some(matrix) = text.matrix(at)
        {
            return self.matrix(matrix);
        }
        if let Some(label) = text.labels[at].as_ref().filter(|label| self.opens_stage(label, at)) {
            self.open_labelled(at, label);
            self.sentences(at, true);
            return at + 1;
        }
        // The title of the document may come in cells: `Customer Relations | Acme`.
        let title = at == 0
            && para.row.is_some()
            && para.words.len() <= HEAD
            && text.para(1.min(text.words.paras.len() - 1)).row.is_none();
        if text.is_head(at) || title {
            self.head(at);
            return at + 1;
        }
        let contact_line = text.is_contact_line(at);
        if self.led && !contact_line {
            self.owner = self.section;
        }
        if para.item.is_none() && !text.is_numbered(at) && !text.is_led_in(at) {
            self.lists = false;
        }
        if para.apart && para.item.is_none() && !contact_line {
            self.fall_back(at);
        }
        self.sentences(at, false);
        at + 1
    }

    /// A new paragraph belongs to its section again.
    fn fall_back(&mut self, at: usize) {
        let text = self.text;
        let below_head = at > 0 && text.is_head(at - 1);
        self.owner = self.section;
        let headed = below_head
            || self.section != self.last_stage() && (0..at).rev().take(8).any(|above| text.is_head(above));
        // After the bodies outside, what speaks of no complaint belongs to nobody.
        if self.outside
            && !headed
            && !self.has(&text.whole(at), Cue::Matter)
            && !self.has(&text.whole(at), Cue::Maybe)
        {
            self.owner = Owner::Nobody;
        }
        self.offers &= below_head || text.is_led_in(at);
        if !matches!(self.section, Owner::Body(_)) {
            self.pending &= below_head;
        }
    }

    /// Whether a label opens a stage, and is no reference in running text.
    fn opens_stage(&self, label: &Label, at: usize) -> bool {
        if label.rank < Rank::Step {
            return false;
        }
        let para = self.text.para(at);
        // A label behind other words heads what comes below, and is no reference: `If our stage 1 answer is not what you wanted`.
        let behind = label.title.start == para.words.start && !label.title.is_empty();
        if behind {
            let whole = self.text.whole(at);
            // `Office of the Director (Level 3)` counts from no level.
            let counts =
                self.has(&whole, Cue::SinceAnswer) && !self.text.words.before(whole.end).contains([')', ']']);
            let refers =
                counts || [Cue::Unsettled, Cue::Then, Cue::If].iter().any(|&cue| self.has(&whole, cue));
            let stated = self.out.stages.iter().any(|s| s.label == Some((label.rank, label.n)));
            return !refers && !stated && at + 1 < self.text.words.paras.len();
        }
        let next = self.text.words.words.get(label.title.start);
        // `Stage 1 complaints will be answered …` in running text is a reference, unless a line of its own.
        let closed = label.title.is_empty()
            || next.is_some_and(|word| word.gap >= Gap::Comma)
            || para.words.len() <= HEAD
            || para.heading.is_some();
        closed || self.out.stages.iter().all(|s| s.label != Some((label.rank, label.n)))
    }

    pub(super) fn open_stage(&mut self, mut draft: StageDraft) {
        if self.out.stages.len() >= MOST {
            self.owner = Owner::Aside;
            return;
        }
        draft.named = draft.handler.as_ref().map_or_else(String::new, |(_, at)| self.folded(at));
        self.owner = Owner::Stage(self.out.stages.len());
        self.out.stages.push(draft);
    }

    pub(super) fn open_body(&mut self, mention: &Mention) {
        self.pending = false;
        self.outside = true;
        let known = self.out.bodies.iter().position(|b| match (&b.id, &mention.id) {
            (Some(a), Some(b)) => a == b,
            _ => outside::same(&b.name, &mention.name),
        });
        if known.is_none() && self.out.bodies.len() >= MOST {
            self.owner = Owner::Aside;
            return;
        }
        let number = known.unwrap_or_else(|| {
            self.out.bodies.push(BodyDraft {
                name: mention.name.clone(),
                kind: mention.kind,
                words: mention.words.clone(),
                id: mention.id.clone(),
                generic: mention.generic,
            });
            self.out.bodies.len() - 1
        });
        let body = &mut self.out.bodies[number];
        let fuller = body.generic || body.words.len() == 1 && mention.words.len() > 1;
        if fuller && mention.name.len() > body.name.len() {
            body.name.clone_from(&mention.name);
            body.kind = mention.kind;
        }
        self.owner = Owner::Body(number);
    }

    /// Joins a draft that is only its title (`Stage 2` on a line of its own, `How to complain`) with the one that the words
    /// below it open: what stands there is told under that title.
    fn join_titles(&mut self) {
        let mut at = 0;
        while at + 1 < self.out.stages.len() {
            if self.is_bare(at) && self.goes_under(at, at + 1) {
                let below = self.out.stages.remove(at + 1);
                self.out.stages[at].take_up(below);
                for owner in &mut self.out.owners {
                    if let Owner::Stage(stage) = owner
                        && *stage > at
                    {
                        *stage -= 1;
                    }
                }
            } else {
                at += 1;
            }
        }
    }

    /// Whether a draft is its title and nothing else.
    fn is_bare(&self, at: usize) -> bool {
        let draft = &self.out.stages[at];
        let titled = if draft.title.is_empty() { draft.start } else { draft.title.end };
        let end = self.text.para(self.text.words.para_of(draft.start)).words.end.max(titled);
        let rest = self.out.owners.get(end..).unwrap_or_default();
        (draft.label.is_some() || !draft.title.is_empty())
            && !draft.row
            && draft.handler.is_none()
            && self.text.is_whole_line(draft.start)
            && !rest.contains(&Owner::Stage(at))
    }

    /// Whether one draft begins in the paragraph right below another.
    fn goes_under(&self, at: usize, next: usize) -> bool {
        let (above, below) = (&self.out.stages[at], &self.out.stages[next]);
        let line = self.text.words.para_of(above.start.max(above.title.end.saturating_sub(1)));
        below.label.is_none()
            && !below.row
            && below.title.is_empty()
            && self.text.words.para_of(below.start) == line + 1
            && self.text.para(line + 1).words.start == below.start
    }

    /// Words in lower case, to compare.
    pub(super) fn folded(&self, words: &Range<usize>) -> String {
        self.text.words.printed(words.clone()).to_lowercase()
    }

    /// Whether no stage has this handler yet.
    pub(super) fn is_new_handler(&self, at: &Range<usize>) -> bool {
        let printed = self.folded(at);
        let printed = printed.strip_suffix("'s").or_else(|| printed.strip_suffix("’s")).unwrap_or(&printed);
        let role = self.text.role(at).map(|(role, _)| role);
        // `Chief Grievance Officer` is another than `Grievance Officer`, the `Customer Relations Manager` than `Customer
        // Relations`; `the manager` is the `branch manager` of before.
        let same = |stage: &StageDraft| {
            let known = stage.named.as_str();
            let higher = || role > stage.handler.as_ref().map(|(role, _)| *role);
            !known.is_empty()
                && (known.contains(printed)
                    || printed.strip_prefix(known).is_some_and(|rest| rest.starts_with(' ')) && !higher())
        };
        !self.is_told_on(at, printed) && !self.out.stages.iter().any(|stage| !stage.weak && same(stage))
    }

    /// Whether whoever is named is the one that the paragraph named just before, by the noun alone or by more than it: `our internal
    /// disputes panel … The panel decides`, `go to your committee. The supervisory committee …`.
    pub(super) fn is_told_on(&self, at: &Range<usize>, printed: &str) -> bool {
        let words = self.text.words;
        let Some(last) = self.out.stages.last() else { return false };
        let ends = |long: &str, short: &str| {
            !short.contains(' ') && long.strip_suffix(short).is_some_and(|rest| rest.ends_with(' '))
        };
        words.para_of(last.start) == words.para_of(at.start)
            && !last.named.is_empty()
            && (ends(&last.named, printed) || ends(printed, &last.named))
    }

    /// Reads a matrix: each row a stage.
    fn matrix(&mut self, matrix: &Matrix) -> usize {
        for row in &matrix.rows {
            if let Some(mention) = self.text.named_in(&row.handler) {
                self.open_body(&mention.clone());
            } else {
                self.open_stage(StageDraft {
                    label: Some((Rank::Stage, row.n)),
                    title: row.handler.clone(),
                    start: row.parts.first().map_or(0, |part| part.start),
                    handler: self.text.role(&row.handler),
                    row: true,
                    fixed: row.clocks.clone(),
                    invites: true,
                    ..StageDraft::default()
                });
            }
            for part in &row.parts {
                self.own(part.clone());
            }
        }
        self.section = Owner::Nobody;
        self.owner = Owner::Nobody;
        matrix.paras.end
    }
}

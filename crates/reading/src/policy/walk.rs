//! Walking through a procedure: whose words are these? Stages and bodies are drafted on the way.
//!
//! Paragraph by paragraph, sentence by sentence: a heading, a label, a body that the customer is sent to, or the words that
//! open a further stage (`if you are still not satisfied … ask for …`) change the owner of what follows. What the drafts
//! come to is settled afterwards by [`super::settle`].

use std::ops::Range;

use ladder::BodyKind;

use super::cue::{Cue, Cues, Role};
use super::draft::{BodyDraft, Owner, StageDraft};
use super::label::{Label, Rank};
use super::lang::Language;
use super::outside::{self, Mention};
use super::table::Matrix;
use super::words::{Case, Gap, Kind, Words};

/// What a text was found to hold, word by word.

pub(super) struct Text<'a> {
    /// The words.
    pub(super) words: &'a Words<'a>,
    /// Turns of phrase.
    pub(super) cues: &'a Cues,
    /// The label of each paragraph.
    pub(super) labels: &'a [Option<Label>],
    /// Bodies named.
    pub(super) mentions: &'a [Mention],
    /// Places with a contact in them, as words.
    pub(super) contacts: &'a [usize],
    /// The tables that are escalation matrices.
    pub(super) matrices: &'a [Matrix],
    /// The language.
    pub(super) language: &'static Language,
}

/// What came of the walk.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// Drafts of stages, in the order of the text.
    pub(super) stages: Vec<StageDraft>,
    /// Drafts of bodies, in the order of the text.
    pub(super) bodies: Vec<BodyDraft>,
    /// The owner of each word.
    pub(super) owners: Vec<Owner>,
    /// The title of the document.
    pub(super) titled: Range<usize>,
}

/// Most words of a line that can be a heading.
const HEAD: usize = 14;

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
        ladder_done: false,
        led: false,
    };
    let mut at = 0;
    while at < text.words.paras.len() {
        at = walker.para(at);
    }
    walker.out
}

struct Walker<'a> {
    text: &'a Text<'a>,
    out: Walked,
    /// Owner of the words being read.
    owner: Owner,
    /// Owner to which the section falls back.
    section: Owner,
    /// A condition for going on was read, and not yet where to.
    pending: bool,
    /// That condition is the heading of the section.
    heads: bool,
    /// The line above leads in to a list of places to go.
    lists: bool,
    /// The section or the line above offers places outside.
    offers: bool,
    /// A body outside was reached.
    ladder_done: bool,
    /// The paragraph before had words of its own for a heading.
    led: bool,
}

impl Walker<'_> {
    fn has(&self, words: &Range<usize>, cue: Cue) -> bool {
        self.text.cues.has(words.clone(), cue)
    }

    fn own(&mut self, words: Range<usize>) {
        for owner in &mut self.out.owners[words] {
            *owner = self.owner;
        }
    }

    fn current(&self) -> Option<usize> {
        self.out.stages.len().checked_sub(1)
    }

    /// Reads a paragraph and returns the next.
    fn para(&mut self, at: usize) -> usize {
        let text = self.text;
        let para = &text.words.paras[at];
        if para.row.is_some()
            && let Some(matrix) = text.matrices.iter().find(|m| m.paras.contains(&at))
        {
            return self.matrix(matrix);
        }
        let label = text.labels[at].as_ref();
        let staged = label.filter(|l| l.rank >= Rank::Step && self.opens_stage(l, at));
        if let Some(label) = staged {
            self.open_labelled(at, label);
            self.sentences(at, true);
            return at + 1;
        }
        if self.is_head(at) {
            self.head(at);
            return at + 1;
        }
        if self.led && !self.is_contact_line(at) {
            self.owner = self.section;
        }
        if para.item.is_none()
            && !label.is_some_and(|l| l.rank <= Rank::Number)
            && !(at > 0 && text.words.paras[at - 1].last == ':')
        {
            self.lists = false;
        }
        if para.apart && para.item.is_none() && !self.is_contact_line(at) {
            self.owner = self.section;
            if self.ladder_done
                && !self.heads_section(at)
                && !self.has(&para.words, Cue::Matter)
                && !self.has(&para.words, Cue::Maybe)
            {
                self.owner = Owner::Nobody;
            }
            self.offers &= self.section_offers(at);
            if !matches!(self.section, Owner::Body(_)) {
                self.pending &= self.pending_holds(at);
            }
        }
        self.sentences(at, false);
        at + 1
    }

    /// Whether a pending condition still holds for a new paragraph: only right below a heading.
    fn pending_holds(&self, at: usize) -> bool {
        at > 0 && self.is_head(at - 1)
    }

    /// Whether a paragraph stands under a heading that says whose it is.
    fn heads_section(&self, at: usize) -> bool {
        (0..at).rev().take(8).any(|k| self.is_head(k)) && self.section != self.last_stage()
            || at > 0 && self.is_head(at - 1)
    }

    fn section_offers(&self, at: usize) -> bool {
        at > 0 && (self.is_head(at - 1) || self.text.words.paras[at - 1].last == ':' || self.is_listed(at))
    }

    fn is_listed(&self, at: usize) -> bool {
        let para = &self.text.words.paras[at];
        para.item.is_some() || self.is_contact_line(at)
    }

    /// Whether a paragraph is one of contact details only: short, with a contact or without a sentence.
    fn is_contact_line(&self, at: usize) -> bool {
        let para = &self.text.words.paras[at];
        let short = para.words.len() <= 12 && !matches!(para.last, '.' | '?');
        let holds = self.text.contacts.iter().any(|word| para.words.contains(word));
        short && (holds || para.words.len() <= 5) || holds && para.words.len() <= 16
    }

    /// Whether a label opens a stage, and is no reference in running text.
    fn opens_stage(&self, label: &Label, at: usize) -> bool {
        let para = &self.text.words.paras[at];
        if label.rank == Rank::Clause {
            return false;
        }
        let next = self.text.words.words.get(label.title.start);
        // `Stage 1 complaints will be answered …` in running text is a reference, unless a line of its own.
        let closed = label.title.is_empty()
            || next.is_some_and(|word| word.gap >= Gap::Comma)
            || para.words.len() <= HEAD
            || para.heading.is_some();
        closed || self.out.stages.iter().all(|s| s.label != Some((label.rank, label.n)))
    }

    /// Whether a paragraph is a heading of what comes below.
    fn is_head(&self, at: usize) -> bool {
        let paras = &self.text.words.paras;
        let para = &paras[at];
        if para.heading.is_some() {
            return true;
        }
        if para.item.is_some() || para.row.is_some() || para.words.len() > HEAD {
            return false;
        }
        let Some(next) = paras.get(at + 1) else { return false };
        let words = &self.text.words.words[para.words.clone()];
        let figures = words.iter().filter(|w| !matches!(w.kind, Kind::Word)).count();
        if matches!(para.last, '.' | ',' | ';') || figures * 3 > words.len() {
            return false;
        }
        if para.last == '?' {
            return para.sentences.len() == 1 || next.words.len() > para.words.len();
        }
        let numbered = self.text.labels[at].is_some();
        let loud =
            words.iter().filter(|w| w.case == Case::Upper).count() * 3 > words.len() * 2 && words.len() > 1;
        let over = !next.apart && next.words.len() > HEAD && para.apart;
        para.last != ':' && (numbered && next.words.len() > para.words.len() || loud && para.apart || over)
    }

    /// Reads a heading.
    fn head(&mut self, at: usize) {
        let para = &self.text.words.paras[at];
        let words = para.words.clone();
        self.pending = false;
        self.heads = false;
        self.offers = false;
        if at == 0 {
            // The title of the document names the matter, and nobody to turn to.
            self.out.titled = words.clone();
        } else if !self.title(words.clone()) && !(para.last == '?' && matches!(self.owner, Owner::Body(_))) {
            self.owner = self.last_stage();
        }
        self.section = self.owner;
        self.own(words);
    }

    /// Reads the words of a heading, or those that open a paragraph as one; false where they tell nothing.
    fn title(&mut self, words: Range<usize>) -> bool {
        let role = self.best_role(&words);
        let unsettled =
            self.has(&words, Cue::Unsettled) || self.has(&words, Cue::Then) || self.has(&words, Cue::Review);
        if let Some(mention) = self.mention_in(&words).filter(|m| !self.is_shut(&words, m)) {
            let mention = mention.clone();
            self.offers = true;
            self.open_body(&mention);
            return true;
        }
        if self.is_outside_head(&words) {
            self.offers = true;
            self.pending = true;
            self.owner = Owner::Aside;
            self.ladder_done = true;
            return true;
        }
        if self.advises(&words) {
            self.owner = Owner::Aside;
            return true;
        }
        let no_role = role.is_none();
        let aside = self.has(&words, Cue::Aside);
        let formal = self.has(&words, Cue::Formal);
        let informal = self.has(&words, Cue::Informal);
        if let Some((role, at)) = role
            && !(aside && role <= Role::Service)
            && self.is_new_handler(&at)
        {
            self.open_stage(StageDraft {
                title: words.clone(),
                start: words.start,
                handler: Some((role, at)),
                formal,
                informal,
                after_answer: unsettled,
                review: self.has(&words, Cue::Review),
                ..StageDraft::default()
            });
            return true;
        }
        if unsettled && !self.out.stages.is_empty() {
            self.pending = true;
            self.heads = true;
            self.offers = self.has(&words, Cue::Refer) && no_role;
            self.lists =
                self.offers && self.text.words.paras[self.text.words.para_of(words.start)].last != '?';
            self.owner = self.last_stage();
            return true;
        }
        if (formal || informal) && !aside {
            let first = self.out.stages.is_empty();
            let steps_up = formal
                && !informal
                && self.out.stages.last().is_some_and(|s| {
                    s.informal || s.handler.as_ref().is_some_and(|(r, _)| *r <= Role::Supervisor)
                });
            if first || steps_up {
                self.open_stage(StageDraft {
                    title: words.clone(),
                    start: words.start,
                    formal,
                    titled_formal: self.has(&words, Cue::FormalWord),
                    informal,
                    ..StageDraft::default()
                });
            } else {
                self.owner = self.last_stage();
            }
            return true;
        }
        if self.has(&words, Cue::Process) {
            self.owner = self.last_stage();
        } else if aside {
            self.owner = Owner::Aside;
        } else {
            return false;
        }
        true
    }

    /// Whether a heading announces places outside without naming one.
    fn is_outside_head(&self, words: &Range<usize>) -> bool {
        let refer = self.text.cues.within(words.clone()).iter().any(|f| {
            f.cue == Cue::Refer && {
                let spelling = self.text.words.spelling(f.words.start);
                matches!(spelling, "external" | "independent" | "alternative" | "outside")
            }
        });
        let generic = self.text.mentions.iter().any(|m| m.generic && words.contains(&m.words.start));
        refer && self.best_role(words).is_none() || generic
    }

    fn last_stage(&self) -> Owner {
        self.current().map_or(Owner::Nobody, Owner::Stage)
    }

    fn mention_in(&self, words: &Range<usize>) -> Option<&Mention> {
        let mut named =
            self.text.mentions.iter().filter(|m| !m.generic && !m.weak && words.contains(&m.words.start));
        let first = named.next()?;
        // `Reserve Bank - Ombudsman Scheme`: the one that settles disputes.
        Some(if first.kind == BodyKind::Adr {
            first
        } else {
            named.find(|m| m.kind == BodyKind::Adr).unwrap_or(first)
        })
    }

    /// Whether a mention stands there to say that it does not apply, or as authoriser.
    fn is_shut(&self, sentence: &Range<usize>, mention: &Mention) -> bool {
        let outside_name = |f: &&super::cue::Found| {
            f.words.start < mention.words.start || f.words.start >= mention.words.end
        };
        let near = mention.words.start.saturating_sub(7).max(sentence.start)..mention.words.start;
        let authorised =
            self.text.cues.within(near).iter().filter(outside_name).any(|f| f.cue == Cue::Authorised);
        let shut =
            self.text.cues.within(sentence.clone()).iter().filter(outside_name).any(|f| f.cue == Cue::Shut);
        authorised || shut
    }

    /// The roles named in some words, each by its longest turn of phrase. Of roles that make up one name the last counts:
    /// a `customer service supervisor` is a supervisor.
    fn roles(&self, words: &Range<usize>) -> Vec<(Role, Range<usize>)> {
        let mut roles: Vec<(Role, Range<usize>)> = Vec::new();
        for (role, at) in self.text.cues.roles(words.clone()) {
            if at.end > words.end
                || self.text.mentions.iter().any(|m| !m.generic && !m.weak && m.words.contains(&at.start))
            {
                continue;
            }
            match roles.last_mut() {
                Some((known, last)) if at.start < last.end => {
                    if at.len() > last.len() || at.end > last.end {
                        *known = role;
                        *last = last.start.min(at.start)..last.end.max(at.end);
                    }
                }
                Some((known, last))
                    if at.start == last.end && self.text.words.words[at.start].gap == Gap::None =>
                {
                    *known = role;
                    last.end = at.end;
                }
                _ => roles.push((role, at.clone())),
            }
        }
        roles
    }

    /// The role that a title names: the first.
    fn best_role(&self, words: &Range<usize>) -> Option<(Role, Range<usize>)> {
        self.roles(words).into_iter().next()
    }

    /// The role that a sentence is about: the first named; where it tells how to go on, the first that no stage has yet.
    fn handler_in(&self, words: &Range<usize>, goes_on: bool) -> Option<(Role, Range<usize>)> {
        let roles = self.roles(words);
        let fresh = |(role, at): &&(Role, Range<usize>)| *role > Role::Service && self.is_new_handler(at);
        let next =
            if goes_on && !self.out.stages.is_empty() { roles.iter().find(fresh).cloned() } else { None };
        next.or_else(|| roles.into_iter().next())
    }

    /// Whether no stage has this handler yet.
    fn is_new_handler(&self, at: &Range<usize>) -> bool {
        let printed = self.text.words.printed(at.clone()).to_lowercase();
        !self.out.stages.iter().any(|s| {
            s.handler.as_ref().is_some_and(|(_, known)| {
                let known = self.text.words.printed(known.clone()).to_lowercase();
                known.contains(&printed) || printed.contains(&known)
            })
        })
    }

    fn open_stage(&mut self, draft: StageDraft) {
        self.owner = Owner::Stage(self.out.stages.len());
        self.out.stages.push(draft);
    }

    /// Opens the stage of a label, or goes on with the one that bears it already.
    fn open_labelled(&mut self, at: usize, label: &Label) {
        let para = &self.text.words.paras[at];
        let words = para.words.clone();
        self.pending = false;
        self.offers = false;
        if let Some(known) =
            self.out.stages.iter().position(|s| s.label == Some((label.rank, label.n)) && !s.row)
        {
            self.owner = Owner::Stage(known);
            self.section = self.owner;
            return;
        }
        let title = label.title.clone();
        let named = if title.is_empty() { self.title_below(at) } else { title };
        let draft = StageDraft {
            label: Some((label.rank, label.n)),
            title: named.clone(),
            start: words.start,
            handler: self.best_role(&named),
            formal: self.has(&named, Cue::Formal),
            titled_formal: self.has(&named, Cue::FormalWord),
            informal: self.has(&named, Cue::Informal),
            review: self.has(&named, Cue::Review),
            handling: self.is_handling(&named),
            outside: self.mention_in(&named).is_some() || self.is_outside_head(&named),
            ..StageDraft::default()
        };
        self.open_stage(draft);
        self.section = self.owner;
    }

    /// The short line below a label that stands alone is its title.
    fn title_below(&self, at: usize) -> Range<usize> {
        let paras = &self.text.words.paras;
        match paras.get(at + 1) {
            Some(next) if next.words.len() <= 8 && next.last != '.' => next.words.clone(),
            _ => paras[at].words.end..paras[at].words.end,
        }
    }

    /// Whether a title names handling only.
    fn is_handling(&self, title: &Range<usize>) -> bool {
        !title.is_empty()
            && title.len() <= 4
            && self.has(title, Cue::Handling)
            && self.best_role(title).is_none()
            && !self.has(title, Cue::Formal)
            && !self.has(title, Cue::Review)
            && !self.has(title, Cue::Informal)
    }

    fn open_body(&mut self, mention: &Mention) {
        self.pending = false;
        self.ladder_done = true;
        let known = self.out.bodies.iter().position(|b| match (&b.id, &mention.id) {
            (Some(a), Some(b)) => a == b,
            _ => outside::same(&b.name, &mention.name),
        });
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
        if mention.name.len() > body.name.len()
            && (body.generic || body.words.len() == 1 && mention.words.len() > 1)
        {
            body.name.clone_from(&mention.name);
            body.kind = mention.kind;
        }
        self.owner = Owner::Body(number);
    }

    /// Reads the sentences of a paragraph.
    fn sentences(&mut self, at: usize, labelled: bool) {
        let text = self.text;
        let para = &text.words.paras[at];
        let lead = if labelled { None } else { self.lead(at) };
        let mut from = para.words.start;
        let lead = lead.filter(|lead| match self.section {
            Owner::Aside if !self.offers => self.mention_in(lead).is_some() || self.has(lead, Cue::Unsettled),
            Owner::Body(_) => {
                self.mention_in(lead).is_some()
                    || self.has(lead, Cue::Aside)
                    || self.best_role(lead).is_some()
            }
            Owner::Aside | Owner::Stage(_) | Owner::Nobody => true,
        });
        if let Some(lead) = &lead {
            let before = self.out.stages.len();
            self.title(lead.clone());
            if self.out.stages.len() > before {
                self.section = self.owner;
            }
            self.own(from..lead.end);
            from = lead.end;
        }
        for number in para.sentences.clone() {
            let words = text.words.sentences[number].words.clone();
            if words.end <= from {
                continue;
            }
            self.sentence(&(words.start.max(from)..words.end), para.last == ':');
        }
        self.led = lead.is_some() && !matches!(self.owner, Owner::Stage(_));
    }

    /// The words that open a paragraph as a heading: `Claims that were rejected. You have …`, `Outside help: …`.
    fn lead(&self, at: usize) -> Option<Range<usize>> {
        let para = &self.text.words.paras[at];
        let start = self.text.labels[at]
            .as_ref()
            .map_or(para.words.start, |label| label.title.start.max(para.words.start));
        let words = &self.text.words.words;
        let end = (start + 1..para.words.end).find(|&k| words[k].gap >= Gap::Dash)?;
        let lead = start..end;
        let listed = self.text.labels[at].is_some();
        let speaks = [Cue::If, Cue::We, Cue::Invite, Cue::Unsettled, Cue::Ack].iter().any(|&cue| {
            self.has(&lead, cue)
                && self
                    .text
                    .cues
                    .first(lead.clone(), cue)
                    .is_some_and(|f| f.words.start == start || cue != Cue::Invite)
        });
        let field = end - start <= 2 && self.text.contacts.iter().any(|&word| (end..end + 4).contains(&word));
        let role = self.best_role(&lead).is_some() || self.mention_in(&lead).is_some();
        // A title has no verb: its words have capitals, or are few.
        let small = |k: usize| self.text.language.small.contains(&self.text.words.spelling(k));
        let plain = lead.clone().filter(|&k| words[k].case == Case::Lower && !small(k)).count();
        if self.best_role(&lead).is_some()
            && !listed
            && plain > 0
            && lead.len() > 2
            && words[end].gap == Gap::Sentence
        {
            return None;
        }
        let figures = lead.clone().any(|k| !matches!(words[k].kind, Kind::Word));
        (lead.len() <= 9 && (!speaks || listed && lead.len() <= 5) && (!field || role) && !figures)
            .then_some(lead)
    }

    fn sentence(&mut self, words: &Range<usize>, leads: bool) {
        let text = self.text;
        let unsettled = self.has(words, Cue::Unsettled) || self.has(words, Cue::Then);
        let mut from = words.start;
        // Bodies named in the sentence, one after another.
        let mut mentions: Vec<Mention> =
            text.mentions.iter().filter(|m| words.contains(&m.words.start)).cloned().collect();
        if self.lists && mentions.iter().all(|m| m.generic) && self.is_listed_name(words) {
            mentions.extend(self.listed(words));
        }
        let offered: Vec<&Mention> = mentions.iter().filter(|m| self.is_offered(words, m)).collect();
        if offered.is_empty() && self.advises(words) && !unsettled {
            self.owner = Owner::Aside;
            self.own(words.clone());
            return;
        }
        if offered.is_empty()
            && let Some(stage) = self.subject(words)
        {
            let owner = std::mem::replace(&mut self.owner, Owner::Stage(stage));
            self.own(words.clone());
            self.owner = owner;
            return;
        }
        let first_body = offered.iter().map(|m| m.words.start).min();
        let inside = words.start..first_body.unwrap_or(words.end);
        self.inside(&inside, unsettled, first_body.is_some());
        let opened = self.opened_by(words);
        for mention in offered {
            let start = mention.words.start;
            if from == words.start && !opened {
                // What comes before the name in its clause is told of the body: `once eight weeks have passed, the …`.
                let clause = (from..=start)
                    .rev()
                    .find(|&k| k > from && text.words.words[k].gap >= Gap::Clause)
                    .unwrap_or(from);
                self.own(from..clause);
                self.open_body(mention);
                self.own(clause..start);
            } else {
                self.own(from..start);
            }
            self.open_body(mention);
            from = start;
        }
        self.own(from..words.end);
        let short = words.len() <= 10 || leads;
        if first_body.is_none() && unsettled && short && !self.opened_by(words) {
            self.pending = true;
        }
        if leads && self.has(words, Cue::Refer) && first_body.is_none() {
            self.offers = true;
            self.lists = unsettled || self.pending || self.has(words, Cue::Moved);
        }
    }

    /// The earlier stage whose handler a sentence begins with: it tells of that one.
    fn subject(&self, words: &Range<usize>) -> Option<usize> {
        let begin = words.start..(words.start + 6).min(words.end);
        let (_, at) = self.handler_in(&begin, false)?;
        if at.start > words.start + 1 {
            return None;
        }
        let named = self.text.words.printed(at).to_lowercase();
        let current = if let Owner::Stage(current) = self.owner { Some(current) } else { None };
        let stages = &self.out.stages;
        let found = (0..stages.len()).find(|&k| {
            let title = self.text.words.printed(stages[k].title.clone()).to_lowercase();
            let handler =
                stages[k].handler.as_ref().map(|(_, at)| self.text.words.printed(at.clone()).to_lowercase());
            handler.is_some_and(|h| h == named || named.len() <= 4 && initials(&h) == named)
                || stages[k].row && title.contains(&named)
        })?;
        (Some(found) != current).then_some(found)
    }

    /// Whether words open an item of a list, or the line right below the words that lead in to it.
    fn is_listed_name(&self, words: &Range<usize>) -> bool {
        let at = self.text.words.para_of(words.start);
        let para = &self.text.words.paras[at];
        let opens = para.words.start == words.start;
        let listed =
            para.item.is_some() || self.text.labels[at].as_ref().is_some_and(|l| l.rank <= Rank::Number);
        let below = at > 0 && self.text.words.paras[at - 1].last == ':';
        opens && (listed || below)
    }

    /// The name that opens an item of a list of places to go, whatever it is called.
    fn listed(&self, words: &Range<usize>) -> Option<Mention> {
        let para = self.text.words.para_of(words.start);
        let all = &self.text.words.words;
        let first =
            self.text.labels[para].as_ref().map_or(words.start, |label| label.title.start).max(words.start);
        let small = |at: usize| self.text.language.small.contains(&self.text.words.spelling(at));
        let mut start = first;
        while start < words.end && start < first + 2 && all[start].case == Case::Lower && small(start) {
            start += 1;
        }
        let mut end = start;
        while end < words.end
            && (end == start || all[end].gap == Gap::None)
            && all[end].kind == Kind::Word
            && (all[end].case != Case::Lower || small(end))
        {
            end += 1;
        }
        while end > start && all[end - 1].case == Case::Lower {
            end -= 1;
        }
        let name = start..end;
        let capitals = name.clone().filter(|&k| all[k].case != Case::Lower).count();
        let single = capitals == 1 && all[name.start].case != Case::Upper;
        let speaks = name.is_empty()
            || single
            || self.best_role(&name).is_some()
            || [Cue::Advice, Cue::Invite, Cue::If, Cue::We, Cue::Process]
                .iter()
                .any(|&cue| self.has(&name, cue));
        let field = all.get(end).is_some_and(|next| next.gap == Gap::Colon) && name.len() < 2;
        (!speaks && !field).then(|| Mention {
            name: self.text.words.printed(name.clone()),
            words: name,
            kind: BodyKind::Regulator,
            generic: false,
            weak: true,
            id: None,
        })
    }

    fn opened_by(&self, words: &Range<usize>) -> bool {
        self.out.stages.last().is_some_and(|s| words.contains(&s.start))
    }

    /// Whether words name someone who only advises, and is no part of a role inside.
    fn advises(&self, words: &Range<usize>) -> bool {
        let own = self.text.cues.first(words.start..(words.start + 3).min(words.end), Cue::We).is_some();
        !own && self.text.cues.within(words.clone()).iter().any(|f| {
            f.cue == Cue::Advice
                && !self
                    .text
                    .cues
                    .roles(words.clone())
                    .any(|(_, at)| at.start <= f.words.start && f.words.end <= at.end)
        })
    }

    /// Whether the text sends the customer to a body.
    fn is_offered(&self, sentence: &Range<usize>, mention: &Mention) -> bool {
        if mention.weak && !self.offers && !self.pending && !matches!(self.section, Owner::Body(_)) {
            return false;
        }
        if mention.generic && self.out.bodies.is_empty() && self.text.mentions.iter().any(|m| !m.generic) {
            return false;
        }
        if mention.generic && !self.out.bodies.is_empty() {
            return false;
        }
        if self.is_shut(sentence, mention) {
            return false;
        }
        if self.text.cues.within(mention.words.clone()).iter().any(|f| f.cue == Cue::Advice) {
            return false;
        }
        let outside_name =
            |f: &&super::cue::Found| f.words.end <= mention.words.start || f.words.start >= mention.words.end;
        let refers =
            self.text.cues.within(sentence.clone()).iter().filter(outside_name).any(|f| f.cue == Cue::Refer);
        let opens = mention.words.start <= sentence.start + 1;
        let contact = self.text.contacts.iter().any(|&word| sentence.contains(&word));
        refers
            || self.offers
            || self.pending
            || opens && (contact || sentence.len() <= mention.words.len() + 4)
    }

    /// Reads words about the inside of the company.
    fn inside(&mut self, words: &Range<usize>, unsettled: bool, body_follows: bool) {
        if words.is_empty() {
            return;
        }
        let role = self.handler_in(words, unsettled || self.pending);
        let invites = self.has(words, Cue::Invite);
        let review = self.has(words, Cue::Review);
        let moved = self.has(words, Cue::Moved);
        let matter = self.has(words, Cue::Matter);
        let formal = self.has(words, Cue::Formal);
        let informal = self.has(words, Cue::Informal);
        let contact = self.text.contacts.iter().any(|word| words.contains(word));
        if matches!(self.owner, Owner::Aside) && !unsettled {
            return;
        }
        let draft = StageDraft {
            start: words.start,
            handler: role.clone(),
            invites,
            after_answer: unsettled || self.pending,
            review,
            moved,
            formal,
            informal,
            ..StageDraft::default()
        };
        let closed = self.has(words, Cue::Closed);
        let Some(current) = self.current() else {
            let opens = invites && (matter || contact || role.is_some())
                || formal && (contact || role.is_some())
                || contact && role.is_some();
            if opens && !body_follows {
                self.open_stage(StageDraft { after_answer: false, ..draft });
                if !matches!(self.section, Owner::Aside | Owner::Body(_)) {
                    self.section = self.owner;
                }
            }
            return;
        };
        let trigger = unsettled || self.pending;
        let here = self.owner == Owner::Stage(current);
        let new_handler = role.as_ref().filter(|(_, at)| self.is_new_handler(at));
        let known = self.out.stages[current].handler.as_ref().map(|(role, _)| *role);
        let fresh = here && self.opened_at(current, words);
        let target = match new_handler {
            Some((Role::Front | Role::Service, _)) | None => false,
            Some(_) => {
                let told =
                    invites || review || moved || self.has(words, Cue::Acts) || self.has(words, Cue::Reply);
                told || unsettled && !self.has(words, Cue::Ack)
            }
        };
        let asks = review
            && (self.has(words, Cue::Acts) || self.has(words, Cue::Invite) || self.has(words, Cue::You));
        let higher =
            new_handler.is_some_and(|(role, _)| known.is_none_or(|k| *role > k) && *role != Role::Data);
        if !fresh
            && !self.spine(current, words)
            && self.pending
            && self.heads
            && invites
            && !body_follows
            && !self.opened_by(words)
        {
            self.open_stage(StageDraft { tentative: new_handler.is_none() && !asks, ..draft });
            self.pending = false;
            self.section = self.owner;
            return;
        }
        let up = target && higher && known.is_some() && (invites || moved) && !fresh;
        let introduced = higher
            && known.is_some_and(|k| k <= Role::Service)
            && new_handler.is_some_and(|(role, at)| *role >= Role::Complaints && at.start <= words.start + 2)
            && self.introduces(words);
        let fresh = fresh || self.spine(current, words);
        if !fresh
            && (introduced
                || trigger
                    && (target
                        || !body_follows && (asks || moved && (new_handler.is_some() || role.is_none())))
                || up)
        {
            // `If our agent has not solved it, a manager can`: the agent is whom one asked before.
            if known.is_none()
                && let Some(before) = self.roles(words).into_iter().find(|(role, _)| *role <= Role::Service)
            {
                self.out.stages[current].handler = Some(before);
            }
            self.open_stage(draft);
            self.pending = false;
            if !matches!(self.section, Owner::Body(_) | Owner::Aside) {
                self.section = self.owner;
            }
            return;
        }
        if here || matches!(self.owner, Owner::Stage(_)) {
            let Owner::Stage(number) = self.owner else { return };
            let stage = &mut self.out.stages[number];
            stage.invites |= invites;
            stage.formal |= formal;
            stage.informal |= informal;
            stage.review |= review;
            stage.moved |= moved;
            stage.closed |= closed;
            stage.after_answer |= fresh && trigger;
            if let Some(role) = role {
                if stage.handler.is_none() {
                    stage.handler = Some(role);
                } else {
                    stage.roles.push(role);
                }
            }
        }
    }

    /// Whether a stage is labelled, and labels go on after these words: then only a label opens the next.
    fn spine(&self, stage: usize, words: &Range<usize>) -> bool {
        let Some((rank, n)) = self.out.stages[stage].label else { return false };
        let para = self.text.words.para_of(words.start);
        self.text.labels.iter().skip(para + 1).flatten().any(|l| l.rank == rank && l.n > n)
    }

    /// Whether a paragraph begins with these words, and tells how to reach someone or when to go on.
    fn introduces(&self, words: &Range<usize>) -> bool {
        let para = &self.text.words.paras[self.text.words.para_of(words.start)];
        para.words.start == words.start
            && self.has(&para.words, Cue::Unsettled)
            && self.text.contacts.iter().any(|word| para.words.contains(word))
    }

    /// Whether a stage was opened by the paragraph that holds these words, or the heading right above.
    fn opened_at(&self, stage: usize, words: &Range<usize>) -> bool {
        let start = self.out.stages[stage].start;
        let here = self.text.words.para_of(words.start);
        let there = self.text.words.para_of(start);
        let titled = !self.out.stages[stage].title.is_empty();
        titled && here == there
            || self.out.stages[stage].label.is_some() && here <= there + 2
            || (here == there + 1 && self.is_head(there))
    }

    /// Reads a matrix: each row a stage.
    fn matrix(&mut self, matrix: &Matrix) -> usize {
        for row in &matrix.rows {
            if let Some(mention) = self.mention_in(&row.handler).cloned() {
                self.open_body(&mention);
            } else {
                self.open_stage(StageDraft {
                    label: Some((Rank::Stage, row.n)),
                    title: row.handler.clone(),
                    start: row.parts.first().map_or(0, |part| part.start),
                    handler: self.best_role(&row.handler),
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

/// The first letters of words.
fn initials(text: &str) -> String {
    text.split_whitespace().filter_map(|word| word.chars().next()).collect()
}

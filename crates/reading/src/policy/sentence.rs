//! Sentences: does one send the customer outside, open a further stage, or tell more of the present one?

use std::ops::Range;

use ladder::BodyKind;

use super::cue::{Cue, Found, Role};
use super::draft::{Owner, StageDraft};
use super::outside::Mention;
use super::text::Named;
use super::walk::Walker;
use super::words::{Case, Gap, Kind};

/// A condition of so few words is told by itself, and what follows says where to go.
const SHORT: usize = 10;

/// How many sentences tell of a stage at the least before its paragraph goes on to the next.
const FAR_BELOW: usize = 2;

/// Most drafts for which little speaks.
pub(super) const WEAK: usize = 16;

impl Walker<'_> {
    /// Reads the sentences of a paragraph.
    pub(super) fn sentences(&mut self, at: usize, labelled: bool) {
        let text = self.text;
        let para = text.para(at);
        let mut from = para.words.start;
        let lead = if labelled { None } else { self.lead(at) };
        if let Some(lead) = &lead {
            let before = self.out.stages.len();
            self.title(lead);
            if self.out.stages.len() > before {
                self.section = self.owner;
            }
            self.own(from..lead.end);
            from = lead.end;
        }
        for number in para.sentences.clone() {
            let words = text.words.sentences[number].words.clone();
            if words.end > from {
                self.sentence(&(words.start.max(from)..words.end), para.last == ':');
            }
        }
        self.led = lead.is_some() && !matches!(self.owner, Owner::Stage(_));
    }

    fn sentence(&mut self, words: &Range<usize>, leads: bool) {
        let text = self.text;
        let unsettled = self.has(words, Cue::Unsettled) || self.has(words, Cue::Then);
        let offered = self.offered(words);
        if offered.is_empty() {
            if text.advises(words) && !unsettled {
                self.owner = Owner::Aside;
                self.own(words.clone());
                return;
            }
            if unsettled && !self.out.stages.is_empty() && self.goes_outside(words) {
                self.pending = false;
                self.owner = match self.out.bodies.len() {
                    0 => Owner::Aside,
                    some => Owner::Body(some - 1),
                };
                self.own(words.clone());
                return;
            }
            if matches!(self.owner, Owner::Body(_)) && self.goes_back(words) {
                self.owner = self.last_stage();
            }
            if matches!(self.owner, Owner::Body(_)) && self.speaks_of_itself(words) {
                let company = self.last_stage();
                let owner = std::mem::replace(&mut self.owner, company);
                self.own(words.clone());
                self.owner = owner;
                return;
            }
            if let Some(stage) = self.subject(words) {
                let owner = std::mem::replace(&mut self.owner, Owner::Stage(stage));
                self.own(words.clone());
                self.owner = owner;
                return;
            }
        }
        let first_body = offered.first().map(|m| m.words.start);
        if unsettled && offered.is_empty() {
            self.tried_before(words);
        }
        match offered.first().and_then(|mention| self.bracket(words, &mention.words)) {
            Some(bracket) => {
                let inside = words.start..bracket;
                let unsettled = self.has(&inside, Cue::Unsettled) || self.has(&inside, Cue::Then);
                self.inside(&inside, unsettled, false);
            }
            None => {
                self.inside(&(words.start..first_body.unwrap_or(words.end)), unsettled, first_body.is_some());
            }
        }
        let mut from = words.start;
        let company = self.owner;
        for mention in &offered {
            let start = mention.words.start;
            if from == words.start && !self.opened_by(words) {
                // What comes before the name in its clause is told of the body: `once eight weeks have passed, the …`.
                let clause = (from + 1..=start)
                    .rev()
                    .find(|&k| text.words.words[k].gap >= Gap::Clause)
                    .unwrap_or(from);
                self.own(from..clause);
                self.open_body(mention);
                from = clause;
            }
            self.own(from..start);
            self.open_body(mention);
            from = start;
        }
        self.own(from..words.end);
        for (stage, at) in std::mem::take(&mut self.others) {
            self.out.owners[at].fill(Owner::Stage(stage));
        }
        if let Some(last) = offered.last() {
            if self.bracket(words, &last.words).is_some() && matches!(company, Owner::Stage(_)) {
                self.owner = company;
            }
            return;
        }
        let asks = self.asks(words);
        if unsettled && (words.len() <= SHORT || leads || asks) && !self.opened_by(words) {
            self.pending = true;
        }
        // `Our quality team is there for you:`, and below how to reach it.
        let desk = self.is_desk_of(words);
        if leads && !desk && self.has(words, Cue::Refer) {
            self.offers = true;
            self.lists = unsettled || self.pending || self.has(words, Cue::Moved);
        }
    }

    /// Whether a sentence opens a stage and names who handles it, or names that of the title right above.
    fn is_desk_of(&self, words: &Range<usize>) -> bool {
        let Owner::Stage(at) = self.owner else { return false };
        let stage = &self.out.stages[at];
        let titled = !stage.named.is_empty()
            && self.opened_at(at, words)
            && self.folded(words).contains(stage.named.as_str());
        titled || stage.handler.is_some() && self.opened_by(words)
    }

    /// Whether a sentence is a question.
    fn asks(&self, words: &Range<usize>) -> bool {
        let all = &self.text.words;
        let from = words.end.checked_sub(1).map_or(0, |last| all.words[last].end as usize);
        let to = all.words.get(words.end).map_or(all.text.len(), |next| next.start as usize);
        all.text.get(from..to).is_some_and(|between| between.contains('?'))
    }

    /// The bodies that a sentence sends the customer to, in its order.
    fn offered(&self, words: &Range<usize>) -> Vec<Mention> {
        let named = self.text.mentions_in(words);
        let mut offered: Vec<Mention> = named.iter().filter(|m| self.is_offered(words, m)).cloned().collect();
        if self.lists && named.iter().all(|m| m.generic) && self.opens_item(words) {
            offered.extend(self.listed(words).filter(|m| self.is_offered(words, m)));
        }
        offered
    }

    /// Whether the text sends the customer to a body.
    fn is_offered(&self, sentence: &Range<usize>, mention: &Mention) -> bool {
        let text = self.text;
        if mention.weak && !self.offers && !self.pending && !matches!(self.section, Owner::Body(_)) {
            return false;
        }
        // `The ombudsman` stands for one that is named somewhere.
        if mention.generic && (!self.out.bodies.is_empty() || text.mentions.iter().any(|m| !m.generic)) {
            return false;
        }
        if text.is_shut(sentence, mention) || self.has(&mention.words, Cue::Advice) {
            return false;
        }
        let beside = |f: &&Found| f.words.end <= mention.words.start || f.words.start >= mention.words.end;
        let refers = text.cues.within(sentence.clone()).iter().filter(beside).any(|f| f.cue == Cue::Refer);
        let opens = mention.words.start <= sentence.start + 1;
        let alone = text.has_contact(sentence) || sentence.len() <= mention.words.len() + 4;
        refers || self.offers || self.pending || opens && alone
    }

    /// Whether a sentence begins with the company and tells what it does with a complaint: then a body named before it has no
    /// part in it.
    fn speaks_of_itself(&self, words: &Range<usize>) -> bool {
        let all = &self.text.words.words;
        // `Save in exceptional cases, we undertake to answer within two months` begins with it, too.
        let opens = |at: usize| self.has(&(at..(at + 2).min(words.end)), Cue::We);
        let begins = opens(words.start)
            || (words.start + 1..words.end.min(words.start + SHORT))
                .any(|at| all[at].gap == Gap::Comma && opens(at) && !self.has(words, Cue::Unsettled));
        begins
            && (self.has(words, Cue::Ack) || self.has(words, Cue::Reply))
            && self.text.mentions_in(words).is_empty()
    }

    /// Whether a paragraph after a body goes back to what the company does: `We will then investigate your complaint. …`
    fn goes_back(&self, words: &Range<usize>) -> bool {
        let opens = words.start..(words.start + 2).min(words.end);
        self.text.words.para_start(words.start) == words.start
            && self.has(&opens, Cue::We)
            && self.has(words, Cue::Matter)
            && [Cue::Ack, Cue::Reply, Cue::Handling].iter().any(|&cue| self.has(words, cue))
            && self.text.mentions_in(words).is_empty()
    }

    /// The first word of the brackets that some words of a sentence stand in: what is said there is said in passing.
    fn bracket(&self, sentence: &Range<usize>, words: &Range<usize>) -> Option<usize> {
        let before = |at: usize| self.text.words.before(at);
        let last = (sentence.start..=words.start).rev().find(|&at| before(at).contains(['(', ')']))?;
        before(last).contains('(').then_some(last)
    }

    /// The earlier stage whose handler a sentence begins with: it tells of that one.
    fn subject(&self, words: &Range<usize>) -> Option<usize> {
        let begin = words.start..(words.start + 6).min(words.end);
        let (_, at) = self.text.role(&begin)?;
        if at.start > words.start + 1 {
            return None;
        }
        let named = self.folded(&at);
        let found = self.out.stages.iter().position(|stage| {
            stage.named == named
                || named.len() <= 4 && initials(&stage.named) == named
                || stage.row && self.folded(&stage.title).contains(&named)
        })?;
        (self.owner != Owner::Stage(found)).then_some(found)
    }

    /// Whether words open an item of a list, or the line right below the words that lead in to it.
    fn opens_item(&self, words: &Range<usize>) -> bool {
        let at = self.text.words.para_of(words.start);
        let para = self.text.para(at);
        para.words.start == words.start
            && (para.item.is_some() || self.text.is_numbered(at) || self.text.is_led_in(at))
    }

    /// The name that opens an item of a list of places to go, whatever it is called.
    fn listed(&self, words: &Range<usize>) -> Option<Mention> {
        let text = self.text;
        let all = &text.words.words;
        let label = text.labels[text.words.para_of(words.start)].as_ref();
        let first = label.map_or(words.start, |label| label.title.start).max(words.start);
        let lower = |at: usize| all[at].case == Case::Lower;
        let mut start = first;
        while start < words.end && start < first + 2 && lower(start) && text.is_small(start) {
            start += 1;
        }
        let mut end = start;
        while end < words.end
            && (end == start || all[end].gap == Gap::None)
            && all[end].kind == Kind::Word
            && (!lower(end) || text.is_small(end))
        {
            end += 1;
        }
        while end > start && lower(end - 1) {
            end -= 1;
        }
        let name = start..end;
        let single = name.len() == 1 && all[start].case != Case::Upper;
        let field = name.len() < 2 && all.get(end).is_some_and(|next| next.gap == Gap::Colon);
        let speaks = [Cue::Advice, Cue::Invite, Cue::If, Cue::We, Cue::Process]
            .iter()
            .any(|&cue| self.has(&name, cue));
        (!name.is_empty() && !single && !field && !speaks && text.role(&name).is_none()).then(|| Mention {
            name: text.words.printed(name.clone()),
            words: name,
            kind: BodyKind::Regulator,
            generic: false,
            weak: true,
            id: None,
        })
    }

    /// Whether the last stage was opened within these words.
    fn opened_by(&self, words: &Range<usize>) -> bool {
        self.out.stages.last().is_some_and(|stage| words.contains(&stage.start))
    }

    /// The role that a sentence is about: the first named; where it tells how to go on, the first that no stage has yet.
    fn handler_in(&self, words: &Range<usize>, goes_on: bool) -> Option<Named> {
        let mut roles = self.text.roles(words);
        // Of `if the team's answer …, ask the manager` the manager is meant.
        let owns = |at: &Range<usize>| {
            let last = self.text.words.spelling(at.end - 1);
            last.ends_with("'s") || last.ends_with("’s")
        };
        if roles.iter().any(|(_, at)| !owns(at)) {
            roles.retain(|(_, at)| !owns(at));
        }
        if goes_on && !self.out.stages.is_empty() {
            let fresh = |(role, at): &&Named| *role > Role::Service && self.is_new_handler(at);
            if let Some(next) = roles.iter().find(fresh) {
                return Some(next.clone());
            }
        }
        roles.into_iter().next()
    }

    /// Reads words about the inside of the company.
    fn inside(&mut self, words: &Range<usize>, unsettled: bool, body_follows: bool) {
        if words.is_empty() || matches!(self.owner, Owner::Aside) && !unsettled {
            return;
        }
        let told = StageDraft {
            start: words.start,
            handler: self.handler_in(words, unsettled || self.pending),
            invites: self.asks_customer(words),
            after_answer: unsettled || self.pending,
            review: self.has(words, Cue::Review),
            moved: self.has(words, Cue::Moved),
            formal: self.has(words, Cue::Formal),
            informal: self.is_informal(words),
            closed: self.has(words, Cue::Closed),
            ..StageDraft::default()
        };
        let Some(current) = self.current() else {
            self.first(words, told, body_follows);
            return;
        };
        let opens = self.opens(words, &told, current, body_follows);
        if opens == Opens::No {
            let fresh = |(role, at): &&Named| *role != Role::Data && self.is_new_handler(at);
            let someone = self.text.roles(words).iter().find(fresh).cloned();
            if self.weak < WEAK && self.may_open(words, &told, someone.is_some(), body_follows) {
                self.weak += 1;
                let handler = someone.or(told.handler);
                self.open_stage(StageDraft { weak: true, closed: false, handler, ..told });
                return;
            }
            // `If you are not content, the ombudsman …` tells of what comes after this stage, and not when it begins.
            let after_answer = told.after_answer && !body_follows;
            self.add(words, StageDraft { after_answer, ..told }, current);
            return;
        }
        // `If our agent has not solved it, a manager can`: the agent is whom one asked before.
        if self.out.stages[current].handler.is_none()
            && let Some(before) = self.text.roles(words).into_iter().find(|(role, _)| *role <= Role::Service)
        {
            self.out.stages[current].named = self.folded(&before.1);
            self.out.stages[current].handler = Some(before);
        }
        let told_to = told.handler.as_ref().map_or(words.end, |(_, at)| at.end);
        self.open_stage(StageDraft { tentative: opens == Opens::Perhaps, closed: false, ..told });
        self.and_then(words.start, told_to..words.end);
        self.pending = false;
        if !matches!(self.section, Owner::Body(_) | Owner::Aside) {
            self.section = self.owner;
        }
    }

    /// Opens the first stage, where words say how to complain and to whom.
    fn first(&mut self, words: &Range<usize>, told: StageDraft, body_follows: bool) {
        let whom = self.text.has_contact(words) || told.handler.is_some();
        let asks = told.invites && (whom || self.has(words, Cue::Matter) || self.has(words, Cue::Maybe));
        // `You can complain by writing to:`, and on the next line whom.
        let led = told.handler.is_some() && self.is_led_to(words);
        let opens =
            asks || led || told.formal && whom || self.text.has_contact(words) && told.handler.is_some();
        if opens && !body_follows {
            // `This leaflet tells how to complain` asks nobody yet: what comes after it may be the first stage just as well.
            let weak = !whom && self.weak < WEAK;
            self.weak += usize::from(weak);
            self.open_stage(StageDraft { weak, after_answer: false, closed: false, ..told });
            if !matches!(self.section, Owner::Aside | Owner::Body(_)) {
                self.section = self.owner;
            }
            return;
        }
        // `Start with a chat.`, `Your adviser is the first to ask.`
        let someone = told.handler.as_ref().is_some_and(|(role, _)| *role <= Role::Supervisor);
        // `Customer Care can often settle it. Call 555 0142`: how to reach whom is told next.
        let service = told.handler.as_ref().is_some_and(|(role, _)| *role == Role::Service);
        let reached = service && self.is_reached_next(words);
        let perhaps = reached
            || told.informal && (told.invites || someone)
            || someone && (told.invites || told.moved || self.answers(words));
        if perhaps && !body_follows && self.weak < WEAK {
            self.weak += 1;
            self.open_stage(StageDraft { weak: true, after_answer: false, closed: false, ..told });
        }
    }

    /// Whether the next sentence of the paragraph tells how to reach whoever was named.
    fn is_reached_next(&self, words: &Range<usize>) -> bool {
        let all = self.text.words;
        let here = all.sentence_of(words.start);
        all.sentences.get(here + 1).is_some_and(|next| {
            let begin = next.words.start..(next.words.start + SHORT).min(next.words.end);
            next.para == all.sentences[here].para && self.text.has_contact(&begin)
        })
    }

    /// Whether words are the first below a question: `Whom do I ask? Your adviser.`
    fn answers(&self, words: &Range<usize>) -> bool {
        let at = self.text.words.para_of(words.start);
        let first = self.text.para(at).words.start == words.start;
        first && at > 0 && self.text.is_head(at - 1) && self.text.para(at - 1).last == '?'
    }

    /// Whether words open a further stage.
    fn opens(&self, words: &Range<usize>, told: &StageDraft, current: usize, body_follows: bool) -> Opens {
        let text = self.text;
        let stage = &self.out.stages[current];
        let fresh = self.owner == Owner::Stage(current)
            && self.opened_at(current, words)
            && !(told.after_answer && told.review && self.is_far_below(current, words));
        let labelled =
            stage.label.is_some_and(|(rank, n)| text.goes_on(text.words.para_of(words.start), rank, n));
        if fresh || labelled {
            return Opens::No;
        }
        let acts = self.has(words, Cue::Acts);
        let asks = told.review && (acts || told.invites || self.has(words, Cue::You));
        let new_handler = told.handler.as_ref().filter(|(_, at)| self.is_new_handler(at));
        // A condition over the section, and below it what to do.
        if self.pending && self.heads && told.invites && !body_follows && !self.opened_by(words) {
            return if new_handler.is_none() && !asks { Opens::Perhaps } else { Opens::Yes };
        }
        let known = stage.handler.as_ref().map(|(role, _)| *role);
        let higher =
            new_handler.is_some_and(|(role, _)| known.is_none_or(|k| *role > k) && *role != Role::Data);
        let target = new_handler.is_some_and(|(role, _)| *role > Role::Service)
            && (told.invites
                || told.review
                || told.moved
                || acts
                || self.has(words, Cue::Reply)
                || told.after_answer && !self.has(words, Cue::Ack));
        let up = target && higher && known.is_some() && (told.invites || told.moved);
        let introduced = higher
            && known.is_some_and(|k| k <= Role::Service)
            && new_handler.is_some_and(|(role, at)| *role >= Role::Complaints && at.start <= words.start + 2)
            && self.introduces(words);
        let nameless = asks || told.moved && (new_handler.is_some() || told.handler.is_none());
        // `If you are not satisfied, you may raise a formal complaint`, after a first try that was none.
        // `If the staff cannot settle it, the following formal procedure applies`: after a first try nobody need be asked.
        let adopted = stage.informal && self.has(words, Cue::FormalWord);
        let formally = told.formal && (acts || told.invites || adopted) && !stage.formal && !body_follows;
        let on = told.after_answer && (target || !body_follows && nameless || formally);
        // `It may help to speak to whoever acts for you. If you want to make a formal complaint, write to us`: the first was a try.
        let tried = stage.informal || known.is_some_and(|k| k <= Role::Supervisor);
        let in_form = tried
            && !stage.formal
            && !body_follows
            && told.formal
            && told.invites
            && self.has(words, Cue::FormalWord)
            && self.has(words, Cue::If);
        if introduced || on || up || in_form { Opens::Yes } else { Opens::No }
    }

    /// Whether words may open a further stage, though little speaks for it: someone new is named whom the customer asks,
    /// to whom it goes or who answers, or a second look is told of.
    fn may_open(&self, words: &Range<usize>, told: &StageDraft, someone: bool, body_follows: bool) -> bool {
        let text = self.text;
        let Some(last) = self.out.stages.last() else { return false };
        let here = text.words.para_of(words.start);
        let there = text.words.para_of(last.start);
        let titled = !last.title.is_empty() || last.label.is_some();
        // `Step 2`, its title on the next line, and below that what it tells.
        let entitled = text.words.para_of(last.start.max(last.title.end.saturating_sub(1)));
        let below = last.label.is_some() && entitled == there + 1 && here == entitled + 1;
        if body_follows
            || last.row
            || titled && (here == there || here == there + 1 && text.is_head(there) || below)
            || words.contains(&last.start)
            || !matches!(self.owner, Owner::Stage(_))
        {
            return false;
        }
        let does = told.invites
            || told.review
            || told.moved
            || told.after_answer
            || [Cue::Reply, Cue::Touch, Cue::Acts].iter().any(|&cue| self.has(words, cue));
        someone && does || told.after_answer && (told.review || told.moved || told.invites)
    }

    /// Whether a paragraph begins with these words, and tells how to reach someone and when to go on.
    fn introduces(&self, words: &Range<usize>) -> bool {
        let at = self.text.words.para_of(words.start);
        let whole = self.text.whole(at);
        whole.start == words.start && self.has(&whole, Cue::Unsettled) && self.text.has_contact(&whole)
    }

    /// Whether a stage was opened by the paragraph that holds these words, or the heading right above.
    fn opened_at(&self, stage: usize, words: &Range<usize>) -> bool {
        let stage = &self.out.stages[stage];
        let here = self.text.words.para_of(words.start);
        let there = self.text.words.para_of(stage.start);
        !stage.title.is_empty() && here == there
            || stage.label.is_some() && here <= there + 2
            || here == there + 1 && self.text.is_head(there)
    }

    /// Whether words stand far below the opening of a stage in its paragraph, which has a title and no label: a page that tells
    /// all in one paragraph goes on to the next stage there.
    fn is_far_below(&self, stage: usize, words: &Range<usize>) -> bool {
        let all = &self.text.words;
        let first = self.text.para(all.para_of(words.start)).sentences.start;
        self.out.stages[stage].label.is_none() && all.sentence_of(words.start) > first + FAR_BELOW
    }

    /// Whether the title of a labelled stage names a second look, and nobody who takes it: `Stage 2: Internal review`.
    fn only_titled(&self, number: usize) -> bool {
        let stage = &self.out.stages[number];
        let named = |at: &Range<usize>| {
            self.text.cues.within(at.clone()).iter().any(|f| f.cue == Cue::Review && f.words.end == at.end)
                || self.text.words.spelling(at.end - 1) == "review"
        };
        let titled = |at: &Range<usize>| stage.title.start <= at.start && at.end <= stage.title.end;
        stage.label.is_some() && stage.handler.as_ref().is_some_and(|(_, at)| titled(at) && named(at))
    }

    /// Adds what words tell to the stage that owns them.
    fn add(&mut self, words: &Range<usize>, told: StageDraft, current: usize) {
        let Owner::Stage(number) = self.owner else { return };
        let fresh = number == current && self.opened_at(current, words);
        let named = told.handler.as_ref().map(|(_, at)| self.folded(at));
        // `You can appeal against the team's decision. A review panel …`: whose decision it is had been named before.
        let known = self.out.stages[number].named.clone();
        let before = !known.is_empty() && self.out.stages[..number].iter().any(|stage| stage.named == known);
        let fuller = told.handler.as_ref().zip(named.as_deref()).is_some_and(|((_, at), printed)| {
            !known.is_empty() && printed.len() > known.len() && self.is_told_on(at, printed)
        });
        let instead = fuller
            || before && told.handler.as_ref().is_some_and(|(_, at)| self.is_new_handler(at))
            || self.only_titled(number)
                && told.handler.as_ref().is_some_and(|(role, _)| *role >= Role::Complaints);
        let stage = &mut self.out.stages[number];
        stage.invites |= told.invites;
        stage.formal |= told.formal;
        stage.informal |= told.informal;
        stage.review |= told.review;
        stage.moved |= told.moved;
        stage.closed |= told.closed;
        stage.after_answer |= fresh && told.after_answer;
        if let Some(role) = told.handler {
            if stage.handler.is_none() || instead {
                stage.handler = Some(role);
                stage.named = named.unwrap_or_default();
            } else if stage.roles.len() < 8 {
                stage.roles.push(role);
            }
        }
    }
}

/// Whether words open a stage.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Opens {
    /// They do.
    Yes,
    /// They do if something of its own is told of it.
    Perhaps,
    /// They do not.
    No,
}

/// The first letters of words.
fn initials(text: &str) -> String {
    text.split_whitespace().filter_map(|word| word.chars().next()).collect()
}

//! What a sentence tells in passing: a first desk in the condition of what comes after it, a second stage behind `and then`, whom a line
//! leads to, what the company asks and no customer has to do, and `the ombudsman` who is named elsewhere.

use std::ops::Range;

use ladder::BodyKind;

use super::cue::{Cue, Role};
use super::draft::{Owner, StageDraft};
use super::outside::Mention;
use super::sentence::WEAK;
use super::walk::Walker;

/// Within how many words `and then` names whom one asks next.
const CHAIN: usize = 8;

impl Walker<'_> {
    /// Opens a first desk that is told only as the condition of the first formal stage: `if, after speaking with the branch staff, you are not
    /// satisfied, you may make a formal complaint`.
    pub(super) fn tried_before(&mut self, words: &Range<usize>) {
        let strong: Vec<usize> = (0..self.out.stages.len()).filter(|&at| !self.out.stages[at].weak).collect();
        let fresh = match strong.as_slice() {
            [] => true,
            // The label above opened it, and tells nobody yet.
            [only] => {
                let stage = &self.out.stages[*only];
                stage.label.is_some_and(|(_, n)| n == 1)
                    && stage.handler.is_none()
                    && self.owner == Owner::Stage(*only)
            }
            _ => false,
        };
        let roles = self.text.roles(words);
        let Some((role, at)) = roles.first().cloned().filter(|(role, _)| *role <= Role::Supervisor) else {
            return;
        };
        let cues = self.text.cues.within(words.clone());
        // The condition ends where the customer is told what to do.
        let acts = cues
            .iter()
            .find(|f| matches!(f.cue, Cue::Formal | Cue::Moved | Cue::Review) && f.words.start > at.end);
        let fails = cues
            .iter()
            .any(|f| f.cue == Cue::Unsettled && acts.is_some_and(|a| f.words.start < a.words.start));
        let conditional = cues.iter().any(|f| f.cue == Cue::If && f.words.start < at.start);
        let spoken =
            cues.iter().any(|f| f.cue == Cue::Informal || f.cue == Cue::Invite && f.words.end <= at.start);
        let further =
            roles.iter().any(|(role, _)| *role > Role::Supervisor) || self.has(words, Cue::FormalWord);
        if !fresh || !fails || !conditional || !spoken || !further || self.weak >= WEAK {
            return;
        }
        self.weak += 1;
        let draft = StageDraft {
            start: at.start,
            named: self.folded(&at),
            handler: Some((role, at.clone())),
            informal: true,
            weak: true,
            passing: true,
            ..StageDraft::default()
        };
        let place = strong.first().copied().unwrap_or(self.out.stages.len());
        self.out.stages.insert(place, draft);
        let shift = |owner: &mut Owner| {
            if let Owner::Stage(stage) = owner
                && *stage >= place
            {
                *stage += 1;
            }
        };
        self.out.owners.iter_mut().for_each(shift);
        shift(&mut self.owner);
        shift(&mut self.section);
        self.others.push((place, at));
    }

    /// Opens a further stage that the same sentence tells: `you may appeal to the City Manager and then to the Commissioners`.
    pub(super) fn and_then(&mut self, from: usize, words: Range<usize>) {
        let far = words.end.min(words.start + CHAIN);
        let then = (words.start..far).find(|&at| {
            matches!(self.text.words.spelling(at), "then" | "finally" | "ultimately" | "thereafter")
        });
        let Some(then) = then else { return };
        let next =
            self.text.roles(&(then..words.end)).into_iter().find(|(role, at)| {
                *role > Role::Service && at.start <= then + CHAIN && self.is_new_handler(at)
            });
        if let Some(handler) = next {
            let start = handler.1.start;
            if let Owner::Stage(stage) = self.owner {
                self.others.push((stage, from..start));
            }
            self.open_stage(StageDraft {
                start,
                handler: Some(handler),
                invites: true,
                after_answer: true,
                ..StageDraft::default()
            });
        }
    }

    /// Whether words ask the customer to do something, and do not tell what the company does: `he will ask the colleague who acted for
    /// you to reply`.
    pub(super) fn asks_customer(&self, words: &Range<usize>) -> bool {
        let company = |at: usize| {
            let will = |k: usize| {
                matches!(self.text.words.spelling(k), "will" | "shall" | "we'll" | "he'll" | "they'll")
            };
            let near = at.saturating_sub(2).max(words.start)..at;
            // `Will meet or write to you`: two verbs of one who will.
            let joined = at
                .checked_sub(3)
                .filter(|&k| k >= words.start && will(k))
                .is_some_and(|_| self.text.language.to.contains(&self.text.words.spelling(at - 1)));
            near.clone().any(will) || joined
        };
        // `Our call centre advisers` asks nobody to call.
        let roles = self.text.roles(words);
        let named = |at: &Range<usize>| {
            roles
                .iter()
                .any(|(_, role)| role.start <= at.start && at.end <= role.end && at.len() < role.len())
        };
        self.text.cues.within(words.clone()).iter().any(|f| {
            f.cue == Cue::Invite && f.words.end <= words.end && !company(f.words.start) && !named(&f.words)
        })
    }

    /// Whether words tell of a first try. `In writing or in person` is none: it only says how.
    pub(super) fn is_informal(&self, words: &Range<usize>) -> bool {
        let all = self.text.words;
        let written =
            words.clone().any(|at| matches!(all.spelling(at), "writing" | "mail" | "letter" | "post"));
        self.text.cues.within(words.clone()).iter().any(|f| {
            f.cue == Cue::Informal
                && f.words.end <= words.end
                && !(written && f.words.clone().any(|at| matches!(all.spelling(at), "person" | "face")))
        })
    }

    /// Whether the line above ends with a colon and leads to whom one complains.
    pub(super) fn is_led_to(&self, words: &Range<usize>) -> bool {
        let text = self.text;
        let at = text.words.para_of(words.start);
        let first = text.para(at).words.start == words.start;
        first && text.is_led_in(at) && {
            let above = text.whole(at - 1);
            let asks = [Cue::Invite, Cue::Formal, Cue::May].iter().any(|&cue| self.has(&above, cue));
            asks && (self.has(&above, Cue::Matter) || self.has(&above, Cue::Maybe))
        }
    }

    /// Whether words send the customer to `the ombudsman`, who is named elsewhere: that opens no stage.
    pub(super) fn goes_outside(&self, words: &Range<usize>) -> bool {
        let generic = |m: &Mention| m.generic && m.kind == BodyKind::Adr;
        self.has(words, Cue::Refer)
            && self.text.mentions_in(words).iter().any(generic)
            && !self
                .text
                .roles(words)
                .iter()
                .any(|(role, at)| *role > Role::Service && self.is_new_handler(at))
    }
}

//! Which statutory, scheme and contract clocks run for a complaint, and how they run together.

use super::age;
use super::question::{Question, lies_within};
use super::reckon::{Reckoning, reckon};
use crate::Atlas;
use crate::record::{Right, Rule};
use crate::words::{How, Sector, Status};

/// Where a clock stands today.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Running {
    /// It ends today or later.
    Running,
    /// It ended.
    Over,
    /// The day it counts from is not known, or lies ahead.
    NotStarted,
}

/// One clock of a right.
#[derive(Clone, Debug)]
pub struct ClockAnswer<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// When it ends.
    pub reckoning: Reckoning,
    /// Where it stands today.
    pub running: Running,
}

/// A right that bears on a complaint.
#[derive(Clone, Debug)]
pub struct RightAnswer<'a> {
    /// The right.
    pub right: &'a Right,
    /// Its clocks.
    pub clocks: Vec<ClockAnswer<'a>>,
    /// What must hold, and the question does not tell.
    pub conditions: Vec<String>,
    /// How it runs with the other rights of the answer, and which body comes next.
    pub interplay: Vec<String>,
    /// What a reader must be told of the facts.
    pub cautions: Vec<String>,
}

impl Atlas {
    /// Returns the rights that bear on a complaint; those of its own trade first.
    #[must_use]
    pub fn running(&self, question: &Question) -> Vec<RightAnswer<'_>> {
        let rights = self.rights_in(question.country, question.region.as_deref());
        let mut answers: Vec<RightAnswer<'_>> =
            rights.filter_map(|right| self.answer(right, question)).collect();
        answers.sort_by_key(|answer| {
            let planned = answer.right.status != Status::InForce;
            let special = question.sector.is_some_and(|sector| answer.right.sectors.contains(&sector));
            (planned, !special, answer.right.country != question.country.code())
        });
        let there: Vec<&Right> = answers.iter().map(|answer| answer.right).collect();
        for answer in &mut answers {
            answer.interplay = self.interplay(answer.right, &there);
        }
        answers
    }

    fn answer<'a>(&'a self, right: &'a Right, question: &Question) -> Option<RightAnswer<'a>> {
        let mut conditions = Vec::new();
        let by_payment = !right.pays.is_empty();
        match (by_payment, question.paid_by) {
            (true, Some(paid_by)) if !right.pays.contains(&paid_by) => return None,
            (true, None) => {
                let ways: Vec<String> = right.pays.iter().map(|way| way.id().replace('_', " ")).collect();
                conditions.push(format!("only where it was paid by: {}", ways.join(", ")));
            }
            _ => {}
        }
        // How one paid matters in every trade; other rights keep to theirs.
        let of_sector = |sector| {
            right.sectors.contains(&sector) || right.sectors.contains(&Sector::General) || by_payment
        };
        if !question.sector.is_none_or(of_sector) {
            return None;
        }
        if question.topic.is_some_and(|topic| !right.topics.is_empty() && !right.topics.contains(&topic)) {
            return None;
        }
        if !lies_within(question.now, right.since, right.until) {
            return None;
        }
        let mut clocks: Vec<ClockAnswer<'a>> = Vec::new();
        for rule in right.clocks.iter().filter(|rule| question.fits(rule)) {
            // Of the rules that bid the same one do the same thing, the first that fits counts.
            if clocks.iter().any(|known| known.rule.binds == rule.binds && known.rule.does == rule.does) {
                continue;
            }
            let reckoning = reckon(self, rule, question);
            let running = match reckoning.latest.or(reckoning.earliest) {
                None => Running::NotStarted,
                Some(end) if end < question.now => Running::Over,
                Some(_) => Running::Running,
            };
            clocks.push(ClockAnswer { rule, reckoning, running });
        }
        let cautions = age::cautions(right.grounds.whole(), question.now);
        Some(RightAnswer { right, clocks, conditions, interplay: Vec::new(), cautions })
    }

    /// Says how a right runs with others of an answer, and which body comes after it.
    fn interplay(&self, right: &Right, there: &[&Right]) -> Vec<String> {
        let said = right.links.iter().filter_map(|link| {
            let other = there.iter().find(|other| other.id == link.to).map(|other| other.name.as_str());
            let body = self.head(&link.to).map(|head| head.name.as_ref());
            let words = match (link.how, other.or(body)?) {
                (How::Beside, name) => {
                    format!("runs beside {name}: using the one does not stop the time of the other")
                }
                (How::Excludes, name) => format!("shuts out {name}: choose one"),
                (How::InsteadOf, name) => {
                    format!("this or {name}, by the kind of card: keep the shorter time until you know which")
                }
                (How::Then, name) => format!("next, if it leads nowhere: {name}"),
                (How::Requires, name) => format!("only after {name}"),
                (How::Supports, name) => format!("strengthens {name}"),
                (
                    How::AlternativeTo
                    | How::ForwardsTo
                    | How::SingleCasesAt
                    | How::RulesSetBy
                    | How::AdvisedBy
                    | How::After
                    | How::WhenNotMember
                    | How::ToBeReplacedBy,
                    name,
                ) => format!("see also {name}"),
            };
            Some(words)
        });
        said.collect()
    }
}

//! The answer does not touch the point: name the point, ask once more, with a short last day.

use crate::advice::Proposal;
use crate::rules::{Place, Rule};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "generic-answer",
    claim: "The answer does not touch the point: name the point, ask once more, with a short last day.",
    why: "A reply that answers something else is no answer; a second one like it is a reason to go up.",
    takes: "challenge-first-generic",
    refuses: "executive-generic-twice",
    place: Place::Main(75),
    judge,
};

fn judge(view: &View<'_>) -> Option<Proposal> {
    let thread = &view.thread;
    if !thread.generic_last || thread.challenged || thread.generic > 1 && thread.formal.is_none() {
        return None;
    }
    let why = "the last answer does not touch what was asked: repeat it as numbered points, with a last day";
    Some(Proposal::to(Step::ChallengeGeneric, Some(thread.desk), why))
}

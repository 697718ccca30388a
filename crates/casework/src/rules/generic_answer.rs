//! The answer does not touch the point: name the point, ask once more, with a short last day.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
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

fn judge(view: &View<'_>) -> Judged {
    let thread = &view.thread;
    must(thread.generic_last, "the last word of the company is no answer beside the point")?;
    must(!thread.challenged, "the point was named again already")?;
    must(thread.generic <= 1 || thread.formal.is_some(), "the front line dodged more than once")?;
    let why = "the last answer does not touch what was asked: repeat it as numbered points, with a last day";
    Ok(Proposal::to(Step::ChallengeGeneric, Some(thread.desk), why))
}

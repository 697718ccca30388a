//! The answer does not touch the point: name the point, ask once more, with a short last day.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "generic-answer",
    claim: "The answer does not address the point: name the point and ask once more, with a short deadline.",
    why: "A reply about something else is not an answer; a second one is a reason to go higher.",
    takes: "challenge-first-generic",
    refuses: "executive-generic-twice",
    place: Place::Main(75),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let thread = &view.thread;
    must(thread.generic_last, "the company's last message does not avoid the point")?;
    must(!thread.challenged, "you have repeated the point already")?;
    must(thread.generic <= 1 || thread.formal.is_some(), "the front line avoided the point more than once")?;
    let why = "the last answer does not address what you asked: repeat it as numbered points, and set a date for the answer";
    Ok(Proposal::to(Step::ChallengeGeneric, Some(thread.desk), why))
}

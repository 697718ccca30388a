//! The top was written to and does not answer: formal notice, with a last day.

use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Place, Rule};
use crate::view::View;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "top-silent",
    claim: "The top was written to and does not answer: formal notice, with a last day.",
    why: "There is no rung left inside; what comes next is a letter that a court will read.",
    takes: "legal-top-silent",
    refuses: "executive-generic-twice",
    place: Place::Main(61),
    judge,
};

fn judge(view: &View<'_>) -> Option<Proposal> {
    let thread = &view.thread;
    if !thread.tried.contains(&Rung::Executive) || thread.answer.is_some() || thread.letter.is_some() {
        return None;
    }
    if !(thread.silent || view.own.is_over(view.now)) {
        return None;
    }
    Some(super::refused::notice(view, "the top does not answer either"))
}

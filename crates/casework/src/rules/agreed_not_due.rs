//! What was agreed is not due yet: wait for its day.

use jiff::ToSpan;

use crate::advice::Proposal;
use crate::rules::{Place, Rule};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "agreed-not-due",
    claim: "What was agreed is not due yet: wait for its day.",
    why: "A settlement is carried out, not argued again.",
    takes: "wait-agreed-not-due",
    refuses: "reopen-agreed-not-paid",
    place: Place::Main(82),
    judge,
};

fn judge(view: &View<'_>) -> Option<Proposal> {
    let (accepted, due) = view.remedy.accepted.zip(view.remedy.due)?;
    if view.remedy.given.is_some() || due < view.now {
        return None;
    }
    let why = format!("accepted on {accepted}; it may come until {due}, that day included");
    Some(Proposal { not_before: due.checked_add(1.day()).ok(), ..Proposal::to(Step::Wait, None, why) })
}

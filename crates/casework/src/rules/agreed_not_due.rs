//! What was agreed is not due yet: wait for its day.

use jiff::ToSpan;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "agreed-not-due",
    claim: "What was agreed is not due yet: wait until it is.",
    why: "A settlement only has to be carried out: there is nothing left to argue.",
    takes: "wait-agreed-not-due",
    refuses: "reopen-agreed-not-paid",
    place: Place::Main(82),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let (accepted, due) = view.remedy.accepted.zip(view.remedy.due).ok_or("no offer was accepted")?;
    must(view.remedy.given.is_none(), "what was agreed has come")?;
    must(due >= view.now, "what was agreed is due already")?;
    let why = format!("you accepted on {accepted}, and it may arrive up to and including {due}");
    Ok(Proposal { not_before: due.checked_add(1.day()).ok(), ..Proposal::to(Step::Wait, None, why) })
}

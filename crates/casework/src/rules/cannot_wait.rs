//! The company still has time by the clock, and the case cannot wait for it: remind the desk today, by the quickest way.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "cannot-wait",
    claim: "The company still has time by the clock, and the case cannot wait for it: remind the desk today, by the quickest way.",
    why: "A clock for ordinary complaints is no answer to somebody at risk.",
    takes: "chase-cannot-wait",
    refuses: "wait-own-time-runs",
    place: Place::Main(49),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    must(view.waiting_harms(), "waiting does no harm")?;
    must(view.thread.answer.is_none(), "the company has answered")?;
    must(view.touched(), "the company was not asked yet")?;
    let why = "it cannot wait for the ordinary time: by phone, with the word urgent and the reason";
    Ok(Proposal::to(Step::Chase, Some(view.thread.desk), why))
}

//! The company still has time by the clock, and the case cannot wait for it: remind the desk today, by the quickest way.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "cannot-wait",
    claim: "The company still has time to answer, but the case cannot wait: remind the team today, in the quickest way.",
    why: "Time limits for ordinary complaints are no use to someone at risk.",
    takes: "chase-cannot-wait",
    refuses: "wait-own-time-runs",
    place: Place::Main(49),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    must(view.waiting_harms(), "waiting does no harm")?;
    must(view.thread.answer.is_none(), "the company has answered")?;
    must(view.touched(), "you have not asked the company yet")?;
    let why = "this cannot wait for the usual time limit: phone them, say that it is urgent and say why";
    Ok(Proposal::to(Step::Chase, Some(view.thread.desk), why))
}

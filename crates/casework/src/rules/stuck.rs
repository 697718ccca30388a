//! Nothing else holds: remind the desk that has it, and ask for its next step and contact.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "stuck",
    claim: "No other rule applies: remind the team that has the case, and ask for its next step and contact.",
    why: "A team that cannot settle a matter must say where it goes next.",
    takes: "chase-stuck",
    refuses: "front-first-contact",
    place: Place::Main(5),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    must(view.touched() || view.thread.formal.is_some(), "you have not asked the company yet")?;
    let why = "ask the team in writing what happens next, who decides, and by when";
    Ok(Proposal::to(Step::Chase, Some(view.thread.desk), why))
}

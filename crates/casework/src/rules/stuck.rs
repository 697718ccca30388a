//! Nothing else holds: remind the desk that has it, and ask for its next step and contact.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "stuck",
    claim: "Nothing else holds: remind the desk that has it, and ask for its next step and contact.",
    why: "A desk must say where a matter goes that it cannot settle.",
    takes: "chase-stuck",
    refuses: "front-first-contact",
    place: Place::Main(5),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    must(view.touched() || view.thread.formal.is_some(), "the company was not asked yet")?;
    let why = "ask the desk in writing how it goes on, who decides, and by when";
    Ok(Proposal::to(Step::Chase, Some(view.thread.desk), why))
}

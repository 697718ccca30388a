//! The customer wants a body that settles no single case to act: report to it beside, and not instead.

use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule};
use crate::view::{Door, View};
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "wished-report",
    claim: "The customer wants a body that does not settle individual cases to act: report to it as well, not instead.",
    why: "It collects reports and acts for everyone; you get the money or the repair by another route.",
    takes: "t-us-ftc-wish",
    refuses: "front-first-contact",
    place: Place::Beside,
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    // Before a desk of the company was asked in earnest there is nothing to report.
    if view.thread.formal.is_none() && view.thread.front_refusal.is_none() {
        return Err("you have not made a serious attempt with the company yet");
    }
    let what = view.state.facts.what.as_deref().ok_or("you have not said what happened")?;
    let named = view.atlas.mentions(what, Some(view.state.facts.country));
    let body = named
        .iter()
        .find_map(|mention| {
            let known = |outside: &&crate::view::Outside<'_>| outside.body.id == mention.head.id;
            view.outside.iter().find(known).filter(|outside| outside.door == Door::ReportsOnly)
        })
        .ok_or("you do not name a body that only takes reports")?;
    let why = format!(
        "{} takes reports but does not settle individual cases: report to it as well as making your claim, never instead",
        body.body.name
    );
    Ok(Proposal {
        body: Some(body.body.id.clone()),
        ..Proposal::to(Step::TellRegulator, Some(Rung::Regulator), why)
    })
}

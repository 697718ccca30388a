//! A body is gone to while somebody is at risk or without an essential service: call the company beside it.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::words::{Step, Urgency};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "chase-beside",
    claim: "A body is gone to while somebody is at risk or without an essential service: call the company beside it.",
    why: "The body takes days; the company can act today.",
    takes: "adr-urgent",
    refuses: "adr-wait-over",
    place: Place::Beside,
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let urgent = matches!(view.urgent(), Some(Urgency::HealthSafety | Urgency::ServiceEssential));
    let door = view.open_door().filter(|door| door.tier <= 2).ok_or("no body of the trade is open today")?;
    must(urgent && view.state.facts.ongoing, "nobody is at risk or without an essential service now")?;
    must(view.thread.ended().is_none(), "the company had its last word")?;
    must(door.step == Step::GoAdr, "the body that is open is no ombudsman or scheme")?;
    Ok(Proposal::to(Step::Chase, Some(view.thread.desk), "it cannot wait for the body: by phone, beside it"))
}

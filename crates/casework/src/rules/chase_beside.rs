//! A body is gone to while somebody is at risk or without an essential service: call the company beside it.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::words::{Step, Urgency};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "chase-beside",
    claim: "The case goes to an outside body while someone is at risk or without an essential service: phone the company as well.",
    why: "The body takes days; the company can act today.",
    takes: "adr-urgent",
    refuses: "adr-wait-over",
    place: Place::Beside,
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let urgent = matches!(view.urgent(), Some(Urgency::HealthSafety | Urgency::ServiceEssential));
    let door = view
        .open_door()
        .filter(|door| door.tier <= 2)
        .ok_or("no outside body for the trade can take the case today")?;
    must(urgent && view.state.facts.ongoing, "nobody is at risk or without an essential service now")?;
    must(view.thread.ended().is_none(), "the company has given its final answer")?;
    must(door.step == Step::GoAdr, "the body that is open is not an ombudsman or scheme")?;
    Ok(Proposal::to(
        Step::Chase,
        Some(view.thread.desk),
        "this cannot wait for the outside body: phone the company as well",
    ))
}

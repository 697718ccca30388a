//! A body is gone to while somebody is at risk or without an essential service: call the company beside it.

use crate::advice::Proposal;
use crate::rules::{Place, Rule};
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

fn judge(view: &View<'_>) -> Option<Proposal> {
    let urgent = matches!(view.urgent(), Some(Urgency::HealthSafety | Urgency::ServiceEssential));
    let door = view.open_door().filter(|door| door.tier <= 2)?;
    if !urgent || !view.state.facts.ongoing || view.thread.ended().is_some() || door.step != Step::GoAdr {
        return None;
    }
    Some(Proposal::to(Step::Chase, Some(view.thread.desk), "it cannot wait for the body: by phone, beside it"))
}

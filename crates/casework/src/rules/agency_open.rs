//! No scheme of the trade can settle it, and a consumer agency takes such cases: go there.

use crate::advice::Proposal;
use crate::rules::{Place, Rule};
use crate::view::View;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "agency-open",
    claim: "No scheme of the trade can settle it, and a consumer agency takes such cases: go there.",
    why: "Its mediation is free and carries weight before a court is needed.",
    takes: "regulator-agency",
    refuses: "legal-refused",
    place: Place::Main(66),
    judge,
};

fn judge(view: &View<'_>) -> Option<Proposal> {
    let door = view.open_door().filter(|door| door.tier == 3)?;
    if !(view.thread.ended().is_some() || view.thread.silent || view.thread.reminded.is_some_and(|day| view.own.last_day().is_some_and(|due| day > due))) {
        return None;
    }
    Some(super::outside_open::go(view, door))
}

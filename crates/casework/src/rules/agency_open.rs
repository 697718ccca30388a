//! No scheme of the trade can settle it, and a consumer agency takes such cases: go there.

use crate::rules::{Judged, Place, Rule};
use crate::view::View;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "agency-open",
    claim: "No scheme for the trade can settle the case, and a consumer agency takes such cases: go there.",
    why: "Its mediation is free and carries weight before a court is needed.",
    takes: "regulator-agency",
    refuses: "legal-refused",
    place: Place::Main(66),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let door = view
        .open_door()
        .filter(|door| door.tier == 3)
        .ok_or("no consumer agency comes next, or it cannot take the case yet")?;
    let dodged = view.thread.generic > 0;
    if !(view.thread.ended().is_some()
        || view.thread.silent
        || !dodged && view.thread.reminded.is_some_and(|day| view.answer_due().is_some_and(|due| day > due)))
    {
        return Err(
            "the company has not given its final answer, fallen silent, or let its time pass after a reminder",
        );
    }
    // A tribunal of the trade that takes the case now can order what an agency for all trades only asks for.
    let of_trade = view.state.facts.sector.is_some_and(|sector| door.body.sectors.contains(&sector));
    if !of_trade && (super::tribunal_open::RULE.judge)(view).is_ok() {
        return Err("a tribunal of the trade takes the case");
    }
    Ok(super::outside_open::go(view, door))
}

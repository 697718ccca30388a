//! The body outside opens on a day that is near: keep it in sight while the company is reminded.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "door-ahead",
    claim: "The outside body can take the case soon: keep that day in mind while you remind the company.",
    why: "A reminder carries no weight unless it says what comes next and when.",
    takes: "chase-before-door",
    refuses: "wait-adr-opens",
    place: Place::Beside,
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    must(!view.waiting_harms(), "waiting would do harm")?;
    must(
        view.thread.answer.is_none() && view.thread.request.is_none(),
        "the company has answered, or asks for something",
    )?;
    let (door, day) = view
        .next_door()
        .filter(|(door, _)| door.tier <= 2)
        .ok_or("no day is known from which an outside body for the trade can take the case")?;
    let name = &door.body.name;
    let why = if door.waits {
        format!("{name} can take the case from {day}, not before")
    } else {
        format!("{name} takes cases at any time, and the company's time to answer is over on {day}")
    };
    Ok(Proposal {
        not_before: Some(day),
        body: Some(door.body.id.clone()),
        ..Proposal::to(Step::Wait, None, why).with(&door.opening).with(&door.remarks)
    })
}

//! The journey is near and the front line said no: ask for somebody with more power, there and then.

use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::words::{Step, Urgency};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "travel-soon",
    claim: "The journey is close and the front line said no: ask for someone with more authority, there and then.",
    why: "Anything in writing will only be answered after the journey.",
    takes: "supervisor-travel-soon",
    refuses: "front-fraud-now",
    place: Place::Main(85),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let near = view.urgent() == Some(Urgency::TravelSoon) && view.touched() && view.thread.formal.is_none();
    must(near, "no journey is close, you have not asked anyone, or you have complained formally")?;
    must(!view.thread.supervisor_asked, "you have asked for a supervisor")?;
    let why = "your journey is close: only someone on the spot with more authority can help in time";
    Ok(Proposal::to(Step::AskSupervisor, Some(Rung::Supervisor), why))
}

//! The journey is near and the front line said no: ask for somebody with more power, there and then.

use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::words::{Step, Urgency};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "travel-soon",
    claim: "The journey is near and the front line said no: ask for somebody with more power, there and then.",
    why: "Anything in writing is answered after the journey.",
    takes: "supervisor-travel-soon",
    refuses: "front-fraud-now",
    place: Place::Main(85),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let near = view.urgent() == Some(Urgency::TravelSoon) && view.touched() && view.thread.formal.is_none();
    must(near, "no journey is near, nobody was asked, or a complaint is out")?;
    must(!view.thread.supervisor_asked, "a supervisor was asked for")?;
    let why = "the journey is near: only somebody with more power at the desk helps in time";
    Ok(Proposal::to(Step::AskSupervisor, Some(Rung::Supervisor), why))
}

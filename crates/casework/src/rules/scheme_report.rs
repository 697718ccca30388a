//! The firm belongs to no scheme though its trade must: report it beside.

use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::Door;
use crate::view::View;
use crate::view::thread::BodySays;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "scheme-report",
    claim: "The company belongs to no scheme although its trade must: report that as well.",
    why: "Membership is a legal duty that an authority enforces; to get the money you still need the court.",
    takes: "court-scheme-refused",
    refuses: "adr-wait-over",
    place: Place::Beside,
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let shut =
        view.thread.body_says == Some(BodySays::Refuses) && view.words().any(crate::phrases::no_scheme);
    must(shut, "no outside body said that the company belongs to no scheme")?;
    let body = view.outside.iter().find(|outside| {
        outside.step == Step::TellRegulator && matches!(outside.door, Door::Due | Door::ReportsOnly)
    });
    let why = "the company must belong to a scheme but does not: report this as well as making your claim";
    Ok(Proposal {
        body: body.map(|outside| outside.body.id.clone()),
        ..Proposal::to(Step::TellRegulator, Some(Rung::Regulator), why)
    })
}

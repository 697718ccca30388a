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
    claim: "The firm belongs to no scheme though its trade must: report it beside.",
    why: "Membership is a duty whose breach an authority pursues; the money still needs the court.",
    takes: "court-scheme-refused",
    refuses: "adr-wait-over",
    place: Place::Beside,
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let shut =
        view.thread.body_says == Some(BodySays::Refuses) && view.words().any(crate::phrases::no_scheme);
    must(shut, "no body said that the firm belongs to no scheme")?;
    let body = view.outside.iter().find(|outside| {
        outside.step == Step::TellRegulator && matches!(outside.door, Door::Due | Door::ReportsOnly)
    });
    let why = "the firm must belong to a scheme and belongs to none: report it, beside the claim";
    Ok(Proposal {
        body: body.map(|outside| outside.body.id.clone()),
        ..Proposal::to(Step::TellRegulator, Some(Rung::Regulator), why)
    })
}

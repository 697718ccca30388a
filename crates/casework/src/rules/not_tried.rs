//! The company was not asked yet: contact the front line, by a way that leaves a trace.

use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must, notice};
use crate::view::View;
use crate::view::promise::Kept;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "not-tried",
    claim: "The company has not been asked yet: contact the front line in a way that leaves a record.",
    why: "Most cases end there, and every later team and outside body asks whether it was tried.",
    takes: "front-first-contact",
    refuses: "wait-own-time-runs",
    place: Place::Main(40),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    must(!view.told() && view.thread.formal.is_none(), "you have asked the company already")?;
    let why = if view.touched() { "nobody has answered yet" } else { "you have not asked the company yet" };
    let proposal = Proposal::to(Step::ContactFrontLine, Some(Rung::FrontLine), why)
        .and("use chat, a form or e-mail, or phone and note the date, the name and the reference");
    let broken = view.promises.iter().rev().find(|promise| promise.kept == Kept::Broken);
    let proposal = match broken.and_then(|promise| Some((promise, promise.due?))) {
        Some((promise, due)) => {
            proposal.and(format!("promised on {} for {due} and not kept: “{}”", promise.on, promise.text))
        }
        None => proposal,
    };
    Ok(notice::with(view, proposal))
}

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
    claim: "The company was not asked yet: contact the front line, by a way that leaves a trace.",
    why: "Most cases end there, and every later desk and body asks whether it was tried.",
    takes: "front-first-contact",
    refuses: "wait-own-time-runs",
    place: Place::Main(40),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    must(!view.told() && view.thread.formal.is_none(), "the company was asked already")?;
    let why = if view.touched() { "nobody answered yet" } else { "the company was not asked yet" };
    let proposal = Proposal::to(Step::ContactFrontLine, Some(Rung::FrontLine), why)
        .and("by chat, form or e-mail, or with a note of the call: date, name, reference");
    let broken = view.promises.iter().rev().find(|promise| promise.kept == Kept::Broken);
    let proposal = match broken.and_then(|promise| Some((promise, promise.due?))) {
        Some((promise, due)) => {
            proposal.and(format!("promised on {} for {due} and not kept: “{}”", promise.on, promise.text))
        }
        None => proposal,
    };
    Ok(notice::with(view, proposal))
}

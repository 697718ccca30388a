//! Neither a day, nor a number, nor any proof is there: gather these first.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::words::{By, Lack, Step};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "not-ready",
    claim: "There is no date, no reference number and no proof yet: gather these first.",
    why: "A company that cannot find the customer or the event sends the complaint back, and no time limit has started.",
    takes: "prepare-nothing-known",
    refuses: "front-first-contact",
    place: Place::Main(86),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let bare = [Lack::When, Lack::Reference, Lack::Evidence].iter().all(|lack| view.lacks.contains(lack));
    let dated = view.state.log.iter().any(|line| line.entry.by == By::Company);
    let nothing_told = !view.touched()
        && [Lack::WhatHappened, Lack::Reference, Lack::Evidence].iter().all(|lack| view.lacks.contains(lack));
    must(!dated, "the company has said something already")?;
    must(bare || nothing_told, "there is a date, a number or a proof")?;
    let lacks: Vec<&str> = view.lacks.iter().map(|lack| lack.id()).collect();
    Ok(Proposal::to(Step::Prepare, None, format!("missing: {}", lacks.join(", "))))
}

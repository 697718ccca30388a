//! A promise was not kept: quote it, with its day and the name, and set a short last day.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::view::promise::Kept;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "promise-broken",
    claim: "A promise was not kept: quote it, with its date and the name, and set a short deadline.",
    why: "A broken promise that nobody mentions is forgotten; quoted, it is the strongest line of the next letter.",
    takes: "chase-promise-broken",
    refuses: "wait-promise-open",
    place: Place::Main(70),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    must(view.told(), "you have not asked the company yet")?;
    must(view.thread.answer.is_none(), "the company has answered")?;
    let promise = view
        .promises
        .iter()
        .rev()
        .find(|promise| promise.kept == Kept::Broken)
        .ok_or("no promise was broken")?;
    let due = promise.due.ok_or("the promise had no date")?;
    must(!view.asked_since(due, promise.rung), "you have been in contact with the company since")?;
    let why = format!("promised on {} for {due} and not kept: “{}”", promise.on, promise.text);
    Ok(Proposal::to(Step::Chase, Some(view.thread.desk), why))
}

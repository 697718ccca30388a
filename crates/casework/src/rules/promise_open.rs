//! Something was promised for a day that is not over: wait for it.

use jiff::ToSpan;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must, notice};
use crate::view::View;
use crate::view::promise::Kept;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "promise-open",
    claim: "Something was promised for a day that has not passed: wait for it.",
    why: "The company may keep its promise up to the end of that day; going higher before then costs goodwill and proves nothing.",
    takes: "wait-promise-open",
    refuses: "chase-promise-broken",
    place: Place::Main(76),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    must(!view.waiting_harms(), "waiting would do harm")?;
    must(view.thread.answer.is_none(), "the company has refused since")?;
    let open = view.promises.iter().filter(|promise| promise.kept == Kept::Open);
    let promise = open.max_by_key(|promise| promise.due).ok_or("no promise is open")?;
    let due = promise.due.ok_or("the promise had no date")?;
    must(
        !notice::ends_by(view, due),
        "the time limit for putting this in writing ends before the promised day is over",
    )?;
    let next = due.checked_add(1.day()).map_err(|_| "the day cannot be worked out")?;
    let why = format!("promised on {} for {due}: “{}”", promise.on, promise.text);
    let proposal = Proposal::to(Step::Wait, None, why);
    Ok(match view.next_door().filter(|(door, day)| *day <= due && door.tier <= 2) {
        Some((door, day)) => Proposal {
            not_before: Some(day),
            body: Some(door.body.id.clone()),
            ..proposal.with(&door.opening)
        },
        None => Proposal { not_before: Some(next), ..proposal },
    })
}

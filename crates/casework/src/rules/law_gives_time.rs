//! The law gives the company until a day for the money itself: wait for that day.

use jiff::ToSpan;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must, notice};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "law-gives-time",
    claim: "The law gives the company until a certain day to pay: wait for that day.",
    why: "What is not due cannot be claimed; the day after it can.",
    takes: "wait-deposit-time",
    refuses: "us-deposit-ca",
    place: Place::Main(74),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let due = view
        .own
        .due
        .filter(|due| view.own.by_law && *due >= view.now)
        .ok_or("no law sets a future day for the payment")?;
    must(view.thread.answer.is_none() && view.thread.front_refusal.is_none(), "the company has refused")?;
    must(!view.waiting_harms(), "waiting would do harm")?;
    must(
        !notice::ends_by(view, due),
        "the time limit for putting this in writing ends before the law's day is over",
    )?;
    let why = format!("it may arrive up to and including {due}");
    let proposal =
        Proposal::to(Step::Wait, None, why).with(&view.own.words.iter().cloned().collect::<Vec<_>>());
    Ok(Proposal { not_before: due.checked_add(1.day()).ok(), ..proposal })
}

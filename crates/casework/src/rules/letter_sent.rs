//! A letter with a last day is out: wait for that day.

use jiff::ToSpan;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "letter-sent",
    claim: "A letter with a deadline has been sent: wait for that day.",
    why: "Going ahead before the deadline you set yourself can be held against you.",
    takes: "wait-letter-day-ahead",
    refuses: "court-letter-unanswered",
    place: Place::Main(83),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let letter = view.thread.letter.ok_or("you have not sent a letter before action")?;
    let day = letter.until();
    let refused = view.thread.answer.is_some_and(|answer| answer.on >= letter.on);
    must(day >= view.now, "the deadline in the letter has passed")?;
    must(!refused, "the letter was refused")?;
    must(!view.waiting_harms(), "waiting would do harm")?;
    let not_before = day.checked_add(1.day()).ok();
    let why =
        format!("your letter of {} gives them until {day}; the answer may still come on that day", letter.on);
    Ok(Proposal { not_before, ..Proposal::to(Step::Wait, None, why) })
}

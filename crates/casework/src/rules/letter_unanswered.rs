//! The letter before action led to nothing: file the claim.

use jiff::ToSpan;

use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "letter-unanswered",
    claim: "The letter before action led to nothing: file the claim.",
    why: "Everything a court wants you to try first has been tried.",
    takes: "court-letter-unanswered",
    refuses: "wait-letter-day-ahead",
    place: Place::Main(83),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let letter = view.thread.letter.ok_or("you have not sent a letter before action")?;
    let day = letter.until();
    let refused = view.thread.answer.is_some_and(|answer| answer.on >= letter.on);
    must(day < view.now || refused, "the deadline in the letter has not passed")?;
    must(!view.court_lapsed(), "it is too late for a claim in court")?;
    must(
        super::attempt_first::wanted(view).is_none(),
        "you must show that you tried a scheme before you file a claim",
    )?;
    let why = format!("your letter of {} gave them until {day}, and it led to nothing", letter.on);
    let proposal = super::court_last_days::court(view, &why);
    let until = view.court.as_ref().and_then(|court| court.until);
    let near = until.filter(|until| view.now.checked_add(NEAR_DAYS.days()).is_ok_and(|day| *until <= day));
    Ok(proposal.until(near, view.now))
}

/// Days within which the last day for a claim is worth naming: a limitation years off would only invite to put it off.
const NEAR_DAYS: i32 = 180;

/// Days that a letter gives where it names none.
pub const FAIR_DAYS: i32 = 14;

//! The front line was asked and has had little time: wait a fair while.

use jiff::ToSpan;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::words::Step;

/// Days that are fair for the answer to a question.
const FAIR_DAYS: i32 = 14;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "just-asked",
    claim: "The front line was asked and has had little time: wait for a fair time.",
    why: "Going higher after a day shows impatience, not that the company failed.",
    takes: "wait-just-asked",
    refuses: "chase-overdue",
    place: Place::Main(20),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let asked = view.last_contact().ok_or("you have not asked the company yet")?;
    must(view.thread.formal.is_none(), "there is a formal complaint")?;
    must(!view.waiting_harms(), "waiting would do harm")?;
    must(view.told(), "you have not reached anyone yet")?;
    must(
        view.unheard_since()
            .is_none_or(|first| first.checked_add(FAIR_DAYS.days()).is_ok_and(|day| day >= view.now)),
        "a reminder went unanswered too: the fair time ran from the first letter",
    )?;
    let fair = asked
        .checked_add(FAIR_DAYS.days())
        .ok()
        .filter(|day| *day >= view.now)
        .ok_or("a fair time to answer is over")?;
    let why = format!("you asked on {asked}: two weeks is a fair time to answer, so wait until {fair}");
    Ok(Proposal { not_before: fair.checked_add(1.day()).ok(), ..Proposal::to(Step::Wait, None, why) })
}

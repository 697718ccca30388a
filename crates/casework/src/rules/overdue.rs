//! The answer, or even the acknowledgement, is overdue: remind the desk that has it, once.

use jiff::ToSpan;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::view::thread::BodySays;
use crate::words::Step;

/// Days after which a mere question is overdue.
const FAIR_DAYS: i32 = 14;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "overdue",
    claim: "The answer, or even the acknowledgement, is overdue: remind the team that has the complaint, once.",
    why: "A reminder with the date settles many cases, and shows every later reader that the company was given its chance.",
    takes: "chase-overdue",
    refuses: "wait-own-time-runs",
    place: Place::Main(68),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let thread = &view.thread;
    must(view.touched(), "you have not asked the company yet")?;
    must(thread.answer.is_none(), "the company has answered")?;
    must(!thread.silent, "nobody answers, so a reminder would reach nobody")?;
    let over = thread.body_says.is_some_and(|says| matches!(says, BodySays::Done | BodySays::Refuses));
    must(!over, "an outside body has ended the case, so the company no longer owes an answer")?;
    let late = if thread.formal.is_some() || thread.desk_on.is_some() {
        let answer = view.answer_due().filter(|day| *day < view.now);
        let receipt = view.own.acknowledge.filter(|day| *day < view.now && !thread.acknowledged);
        answer.or(receipt).ok_or("the company still has time")?
    } else {
        let asked = view.last_contact().ok_or("you have not asked the company yet")?;
        let fair = asked
            .checked_add(FAIR_DAYS.days())
            .ok()
            .filter(|day| *day < view.now)
            .ok_or("a fair time to answer is not over")?;
        if view.thread.company_last.is_some_and(|day| day > asked) {
            return Err("the company has answered since");
        }
        fair
    };
    let fair_only = thread.formal.is_none() && thread.desk_on.is_none();
    must(
        thread.reminded.is_none_or(|day| day <= late),
        "you have reminded the company since its time ended",
    )?;
    must(view.unanswered() < 2 || thread.stages_left, "two reminders had no answer")?;
    let proposal = Proposal::to(
        Step::Chase,
        Some(thread.desk),
        if fair_only {
            format!("a fair time for an answer ended on {late}")
        } else {
            format!("the company had until {late}")
        },
    );
    Ok(view.own.words.iter().fold(proposal, |proposal, words| proposal.and(words.clone())))
}

//! The answer, or even the acknowledgement, is overdue: remind the desk that has it, once.

use jiff::ToSpan;

use crate::advice::Proposal;
use crate::rules::{Place, Rule};
use crate::view::View;
use crate::words::Step;

/// Days after which a mere question is overdue.
const FAIR_DAYS: i32 = 14;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "overdue",
    claim: "The answer, or even the acknowledgement, is overdue: remind the desk that has it, once.",
    why: "A reminder with the date settles many cases, and shows every later reader that the company was given its chance.",
    takes: "chase-overdue",
    refuses: "wait-own-time-runs",
    place: Place::Main(68),
    judge,
};

fn judge(view: &View<'_>) -> Option<Proposal> {
    let thread = &view.thread;
    if thread.answer.is_some() || thread.silent || !view.touched() {
        return None;
    }
    let late = if thread.formal.is_some() || thread.desk_on.is_some() {
        let answer = view.answer_due().filter(|day| *day < view.now);
        let receipt = view.own.acknowledge.filter(|day| *day < view.now && !thread.acknowledged);
        answer.or(receipt)?
    } else {
        let asked = view.last_contact()?;
        let fair = asked.checked_add(FAIR_DAYS.days()).ok().filter(|day| *day < view.now)?;
        if view.thread.company_last.is_some_and(|day| day > asked) {
            return None;
        }
        fair
    };
    let fair_only = thread.formal.is_none() && thread.desk_on.is_none();
    if thread.reminded.is_some_and(|day| day > late) {
        return None;
    }
    let proposal = Proposal::to(
        Step::Chase,
        Some(thread.desk),
        if fair_only {
            format!("a fair time for an answer ended on {late}")
        } else {
            format!("the company had until {late}")
        },
    );
    Some(view.own.words.iter().fold(proposal, |proposal, words| proposal.and(words.clone())))
}

//! The company, or the body, waits for something from the customer: answer by its day.

use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule};
use crate::view::View;
use crate::view::thread::BodySays;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "information-asked",
    claim: "The company or the outside body is waiting for something from the customer: answer by the day it set.",
    why: "While the customer owes an answer, the other side's time limits are on hold, and any outside body would ask for the same thing.",
    takes: "answer-papers-asked",
    refuses: "answer-papers-sent",
    place: Place::Main(93),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let (due, rung, whose) = match (view.thread.body_says, view.thread.request) {
        (Some(BodySays::Asks(due)), _) => (due, Rung::Adr, "the outside body that has your case"),
        (_, Some((due, rung))) => (due, rung, "the company"),
        _ => return Err("nobody is waiting for an answer from you"),
    };
    let day = due.map_or("no date was set, so answer now".to_owned(), |due| format!("answer by {due}"));
    let body = (rung == Rung::Adr).then(|| view.body_with_case()).flatten();
    let proposal = Proposal::to(
        Step::Answer,
        Some(rung),
        format!("{whose} asked you for something and is waiting for your answer; {day}"),
    );
    Ok(Proposal { body, ..proposal.until(due, view.now) })
}

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
    claim: "The company, or the body, waits for something from the customer: answer by its day.",
    why: "While the customer owes an answer every clock of the other side stands still, and every body outside would ask for the same.",
    takes: "answer-papers-asked",
    refuses: "answer-papers-sent",
    place: Place::Main(93),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let (due, rung, whose) = match (view.thread.body_says, view.thread.request) {
        (Some(BodySays::Asks(due)), _) => (due, Rung::Adr, "the body that has the case"),
        (_, Some((due, rung))) => (due, rung, "the company"),
        _ => return Err("nobody asked for anything that has no answer"),
    };
    let day = due.map_or("no day was set: answer now".to_owned(), |due| format!("its day is {due}"));
    let body = (rung == Rung::Adr).then(|| view.body_with_case()).flatten();
    let proposal = Proposal::to(
        Step::Answer,
        Some(rung),
        format!("{whose} asked for something and has no answer; {day}"),
    );
    Ok(Proposal { body, ..proposal.until(due, view.now) })
}

//! The desk refused, dodged or let its time pass, and the company has a next stage: go there, within its time.

use crate::advice::Proposal;
use crate::rules::{Place, Rule};
use crate::view::View;
use crate::view::thread::next_stage;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "next-stage",
    claim: "The desk refused, dodged or let its time pass, and the company has a next stage: go there, within its time.",
    why: "Bodies outside ask for the company’s own stages, and the next one may put it right.",
    takes: "next-stage-refused",
    refuses: "next-stage-none",
    place: Place::Main(77),
    judge,
};

fn judge(view: &View<'_>) -> Option<Proposal> {
    let thread = &view.thread;
    thread.formal?;
    let stage = next_stage(view.state, thread.desk)?;
    let dodged = thread.generic > 0 && thread.challenged;
    let failed = thread.answer.is_some() || thread.silent || dodged || view.own.is_over(view.now);
    if !failed || thread.answer.is_some_and(|answer| answer.last_word) {
        return None;
    }
    let until = match (stage.customer_window, thread.answer) {
        (Some(clock), Some(answer)) => Some(view.end(answer.on, clock)?),
        _ => None,
    };
    if until.is_some_and(|day| day < view.now) {
        return None;
    }
    let why = match thread.answer {
        Some(answer) => format!("the {} stage said no on {}", answer.rung.id(), answer.on),
        None if dodged => "the stage answered twice without touching the point".to_owned(),
        None => format!("the stage had until {}", view.own.last_day().map_or("now".to_owned(), |day| day.to_string())),
    };
    let proposal = Proposal::to(Step::NextStage, Some(stage.rung), why).and(format!("stage {} of the company's own procedure is open", stage.order));
    let proposal = match (stage.customer_window, until) {
        (Some(clock), Some(day)) => proposal.and(format!("it must be asked for within {clock}: ends on {day}")),
        _ => proposal,
    };
    Some(proposal.until(until, view.now))
}

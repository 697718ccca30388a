//! The desk refused, dodged or let its time pass, and the company has a next stage: go there, within its time.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "next-stage",
    claim: "The team refused, was evasive or let its time pass, and the company has a next stage: go there within its time limit.",
    why: "Outside bodies ask whether the company’s own stages were used, and the next one may put it right.",
    takes: "next-stage-refused",
    refuses: "next-stage-none",
    place: Place::Main(77),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let thread = &view.thread;
    must(thread.formal.is_some(), "there is no formal complaint")?;
    let known =
        crate::stages::above(view.state, thread.desk).ok_or("no next stage of the company is known")?;
    let stage = known.stage;
    let dodged = thread.generic > 0 && thread.challenged;
    let failed = thread.answer.is_some() || thread.silent || dodged || view.is_overdue();
    must(failed, "the team still has time, and has not refused or avoided the point")?;
    must(!thread.answer.is_some_and(|answer| answer.last_word), "the company has given its final answer")?;
    let window = crate::stages::window(view.state, thread.desk);
    let until = match (window, thread.answer) {
        (Some(clock), Some(answer)) => view.end(answer.on, clock),
        _ => None,
    };
    must(until.is_none_or(|day| day >= view.now), "the time for the next stage is over")?;
    let why = match thread.answer {
        Some(answer) => format!("the {} stage said no on {}", answer.rung.id(), answer.on),
        None if dodged => "this stage answered twice without addressing the point".to_owned(),
        None => format!(
            "this stage had until {}",
            view.answer_due().map_or("now".to_owned(), |day| day.to_string())
        ),
    };
    let proposal = Proposal::to(Step::NextStage, Some(stage.rung), why).and(match known.by_law {
        None => format!("stage {} of the company's own procedure is open", stage.order),
        Some((name, law)) => format!("the next stage is {name} ({law})"),
    });
    let source = known.source.map(|source| format!("see {source}"));
    let proposal = known.note.map(str::to_owned).into_iter().chain(source).fold(proposal, Proposal::and);
    let proposal = match (window, until) {
        (Some(clock), Some(day)) => {
            proposal.and(format!("you must ask for it within {clock}: ends on {day}"))
        }
        _ => proposal,
    };
    Ok(proposal.until(until, view.now))
}

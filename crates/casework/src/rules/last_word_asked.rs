//! The body outside wants the company's last word, and a first refusal is none: ask for the next stage, or for that word.

use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must, refusal};
use crate::view::{Door, FINAL_RESPONSE, View};
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "last-word-asked",
    claim: "The outside body needs the company's final answer, and a first refusal is not one: ask for the next stage, or for the final answer.",
    why: "Without it the body sends the case back; a company with no further stage says so in writing, and then the body can take the case.",
    takes: "next-stage-unknown",
    refuses: "next-stage-none",
    place: Place::Main(78),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let answer = refusal::without_last_word(view)?;
    let door = view
        .outside
        .iter()
        .find(|outside| outside.first && outside.door == Door::Missing(FINAL_RESPONSE))
        .ok_or("no outside body is waiting only for the final answer")?;
    must(view.open_door().is_none(), "an outside body can take the case already")?;
    let why = format!(
        "{} needs the company's final response, and the answer of {} is not one",
        door.body.name, answer.on
    );
    let ask = "ask in writing for the next stage of the complaints procedure, or for a final response that names this body";
    Ok(Proposal::to(Step::NextStage, Some(Rung::Management), why).and(ask))
}

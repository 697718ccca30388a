//! The company refused, and its refusal is no last word: ask for that beside the waiting, for it opens the body at once.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must, refusal};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "last-word-beside",
    claim: "The company refused, but its refusal is not its final answer: ask for that while you wait, because then the outside body can take the case at once.",
    why: "If the company will not move, there is no reason to sit out the waiting time; a final response or deadlock letter ends it.",
    takes: "c-gb-refusal-no-last-word",
    refuses: "wait-adr-opens",
    place: Place::Beside,
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let answer = refusal::without_last_word(view)?;
    must(
        crate::aims::wants_last_word(view.state.facts.country),
        "the outside bodies of this country treat a refusal as a final answer",
    )?;
    let (door, day) = view
        .next_door()
        .filter(|(door, _)| door.tier <= 2 && door.waits)
        .ok_or("no outside body with a waiting time opens later")?;
    // Asked once is enough: the reminder after the refusal was that.
    let asked = view.thread.reminded.is_some_and(|reminded| reminded > answer.on);
    must(!asked, "you have written to the company since it refused")?;
    let why = format!(
        "ask in writing for a final response or deadlock letter that names {}: with it you can go there at once instead of waiting \
         on {day}",
        door.body.name
    );
    Ok(Proposal::to(Step::Chase, Some(view.thread.desk), why))
}

//! The company refused, and its refusal is no last word: ask for that beside the waiting, for it opens the body at once.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must, refusal};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "last-word-beside",
    claim: "The company refused, and its refusal is no last word: ask for that beside the waiting, for it opens the body at once.",
    why: "A firm that will not move has no reason to let the waiting time run; a final response or deadlock letter ends it.",
    takes: "c-gb-refusal-no-last-word",
    refuses: "wait-adr-opens",
    place: Place::Beside,
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let answer = refusal::without_last_word(view)?;
    must(
        crate::aims::wants_last_word(view.state.facts.country),
        "a refusal is a last word to the bodies of this country",
    )?;
    let (door, day) = view
        .next_door()
        .filter(|(door, _)| door.tier <= 2 && door.waits)
        .ok_or("no body with a waiting time opens later")?;
    // Asked once is enough: the reminder after the refusal was that.
    let asked = view.thread.reminded.is_some_and(|reminded| reminded > answer.on);
    must(!asked, "the company was written to since it refused")?;
    let why = format!(
        "ask in writing for a final response or deadlock letter that names {}: with it the way there is open at once, and not only \
         on {day}",
        door.body.name
    );
    Ok(Proposal::to(Step::Chase, Some(view.thread.desk), why))
}

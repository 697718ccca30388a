//! The plan’s own appeals are used up: ask for the independent external review within its time.

use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::Door;
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "external-review",
    claim: "The plan’s own appeals are used up: ask for the independent external review within its time limit.",
    why: "It is decided outside the company, costs little or nothing, and is binding on the company.",
    takes: "adr-external-review",
    refuses: "complain-first-denial",
    place: Place::Main(81),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    must(view.thread.ended().is_some(), "the company has not given its final answer")?;
    let review = view
        .notices
        .iter()
        .find(|notice| {
            notice.after_last_word && notice.does.contains("external review") && notice.until >= view.now
        })
        .ok_or("no external review by law is known here, or its time is over")?;
    let door = view.outside.iter().find(|outside| outside.first && outside.door == Door::Due);
    let proposal =
        Proposal::to(Step::GoAdr, Some(Rung::Adr), format!("{}: {}", review.right.name, review.does));
    // The body that reviews in this state has a time of its own, and the law of the whole country stands behind it.
    let (until, words) = match door.and_then(|door| Some((door.last_day()?, door))) {
        Some((day, door)) if !door.body.regions.is_empty() => (day, door.words()),
        _ => (review.until, review.words.clone()),
    };
    Ok(Proposal {
        body: door.map(|door| door.body.id.clone()),
        ..proposal.with(&words).until(Some(until), view.now)
    })
}

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
        Proposal::to(Step::GoAdr, Some(Rung::Adr), format!("{}: {}", review.right.name, review.does))
            .with(&review.words);
    Ok(Proposal {
        body: door.map(|door| door.body.id.clone()),
        ..proposal.until(Some(review.until), view.now)
    })
}

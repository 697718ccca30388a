//! The company had its last word and no body of the trade is there: formal notice of the breach, with a last day.

use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Place, Rule};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "refused",
    claim: "The company had its last word and no body of the trade is there: formal notice of the breach, with a last day.",
    why: "It shows that the next step is court, and many firms settle then.",
    takes: "legal-refused",
    refuses: "adr-wait-over",
    place: Place::Main(62),
    judge,
};

fn judge(view: &View<'_>) -> Option<Proposal> {
    view.thread.ended()?;
    if view.court_lapsed() || view.thread.letter.is_some() || view.open_door().is_some_and(|door| door.tier <= 2) {
        return None;
    }
    Some(notice(view, "the company had its last word, and no body of its trade decides it"))
}

/// Makes the proposal of a formal notice.
pub(super) fn notice(view: &View<'_>, why: &str) -> Proposal {
    let proposal = Proposal::to(Step::LegalNotice, Some(Rung::Legal), why).and("to head office or the legal department, tracked, with a last day and what follows after it");
    Proposal { body: view.court_id(), ..proposal }
}

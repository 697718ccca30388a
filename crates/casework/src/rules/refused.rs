//! The company had its last word and no body of the trade is there: formal notice of the breach, with a last day.

use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "refused",
    claim: "The company has given its final answer and there is no outside body for the trade: send a formal notice of the breach, with a deadline.",
    why: "It shows that the next step is court, and many companies settle then.",
    takes: "legal-refused",
    refuses: "adr-wait-over",
    place: Place::Main(62),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    must(view.thread.ended().is_some(), "the company has not given its final answer")?;
    if view.court_lapsed()
        || view.thread.letter.is_some()
        || view.open_door().is_some_and(|door| door.tier <= 2)
        || view.next_door().is_some_and(|(door, _)| door.tier <= 2)
    {
        return Err(
            "it is too late for a claim in court, a letter has been sent, or an outside body for the trade is open or opens soon",
        );
    }
    Ok(notice(
        view,
        "the company has given its final answer, and no outside body for its trade can decide the case",
    ))
}

/// Makes the proposal of a formal notice.
pub(super) fn notice(view: &View<'_>, why: &str) -> Proposal {
    let proposal = Proposal::to(Step::LegalNotice, Some(Rung::Legal), why)
        .and("send it by tracked post to head office or the legal department, with a deadline and what you will do after it");
    // What follows after it is to stand in the letter.
    let proposal = match &view.court {
        Some(court) => {
            let after = super::court_last_days::in_words(court).join("; ");
            proposal.and(format!("after that deadline: {after}")).with(&court.closing)
        }
        None => proposal,
    };
    Proposal { body: view.court_id(), ..proposal }
}

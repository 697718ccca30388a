//! The time for a claim in court runs out: file it, or it is lost.

use jiff::ToSpan;
use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Place, Rule};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "court-last-days",
    claim: "The time for a claim in court runs out: file it, or it is lost.",
    why: "No complaint and hardly any scheme stops the limitation.",
    takes: "court-limitation-near",
    refuses: "court-letter-unanswered",
    place: Place::Main(82),
    judge,
};

fn judge(view: &View<'_>) -> Option<Proposal> {
    let until = view.court.as_ref()?.until?;
    let near = until >= view.now && view.now.checked_add(NEAR_DAYS.days()).is_ok_and(|day| until <= day);
    let tried = view.thread.formal.is_some() && (view.thread.answer.is_some() || view.thread.silent || view.own.is_over(view.now) || view.thread.generic > 0);
    if !near || !tried {
        return None;
    }
    Some(court(view, &format!("a claim can be filed until {until}")).until(Some(until), view.now))
}

/// Days before its end within which a limitation is pressing.
const NEAR_DAYS: i32 = 60;

/// Makes the proposal to go to court.
pub(super) fn court(view: &View<'_>, why: &str) -> Proposal {
    let mut proposal = Proposal::to(Step::Court, Some(Rung::Legal), why);
    if let Some(court) = &view.court {
        proposal.body = Some(court.body.id.clone());
        proposal = proposal.and(format!("{}: {}", court.body.name, court.body.limit.clone().or_else(|| court.body.cost.clone()).unwrap_or_default())).with(&court.words);
    } else {
        proposal = proposal.and("which court it is depends on the region: give it");
    }
    proposal
}

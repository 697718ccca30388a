//! The time for a claim in court runs out: file it, or it is lost.

use jiff::ToSpan;
use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::{Outside, View};
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "court-last-days",
    claim: "The time for a claim in court is running out: file it, or lose it.",
    why: "A complaint does not stop the time limit for court, and hardly any scheme does.",
    takes: "court-limitation-near",
    refuses: "court-letter-unanswered",
    place: Place::Main(82),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let until = view
        .court
        .as_ref()
        .and_then(|court| court.until)
        .ok_or("no last day for a claim in court is known")?;
    let near = until >= view.now && view.now.checked_add(NEAR_DAYS.days()).is_ok_and(|day| until <= day);
    let tried = view.thread.formal.is_some()
        && (view.thread.answer.is_some()
            || view.thread.silent
            || view.is_overdue()
            || view.thread.generic > 0);
    must(near, "the last day for a claim in court is not near")?;
    must(tried, "the company has no formal complaint, or may still answer it")?;
    Ok(court(view, &format!("you can file a claim until {until}")).until(Some(until), view.now))
}

/// Days before its end within which a limitation is pressing.
const NEAR_DAYS: i32 = 60;

/// Makes the proposal to go to court.
pub(super) fn court(view: &View<'_>, why: &str) -> Proposal {
    let mut proposal = Proposal::to(Step::Court, Some(Rung::Legal), why);
    if let Some(court) = &view.court {
        proposal.body = Some(court.body.id.clone());
        proposal = proposal.with(&in_words(court)).with(&court.closing);
    } else {
        proposal = proposal.and("which court it is depends on the region and the amount");
    }
    proposal
}

/// Says of a court up to which amount it goes, what it costs, and what comes before a claim.
pub(super) fn in_words(court: &Outside<'_>) -> Vec<String> {
    let body = court.body;
    let about = body.limit.as_deref().or(body.cost.as_deref()).unwrap_or_default();
    let mut words =
        vec![if about.is_empty() { body.name.clone() } else { format!("{}: {about}", body.name) }];
    words.extend(body.cost.clone().filter(|cost| cost != about));
    words.extend(
        body.first.as_deref().map(|first| format!("before a claim: {}", first.trim_end_matches('.'))),
    );
    words
}

//! A court has the case: go on there, and keep its next day.

use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "court-under-way",
    claim: "A court has the case: continue there, and keep its next date.",
    why: "Outside bodies do not take a case that is at court, and letters to the company change nothing there.",
    takes: "court-hearing-fixed",
    refuses: "court-letter-unanswered",
    place: Place::Main(91),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let next = view.thread.before_court.ok_or("no court has the case")?;
    let day = next
        .filter(|day| *day >= view.now)
        .map_or(String::new(), |day| format!("; the next date there is {day}"));
    let proposal = Proposal::to(Step::Court, Some(Rung::Legal), format!("your claim is at court{day}"));
    Ok(Proposal { body: view.court_id(), ..proposal })
}

//! The time for a claim is over: only goodwill is left, and that sits at the top.

use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "goodwill",
    claim: "The time for a claim is over: only goodwill is left, and the executive office decides on that.",
    why: "Threatening court when it is too late costs you the goodwill that is left; part of the money is better than nothing.",
    takes: "executive-goodwill",
    refuses: "legal-refused",
    place: Place::Main(81),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let scheme = view.open_door().is_some_and(|door| door.tier <= 2);
    if !view.court_lapsed()
        || scheme
        || view.thread.answer.is_none()
        || view.thread.tried.contains(&Rung::Executive)
    {
        return Err(
            "you can still go to court, a scheme is open, nothing was refused, or you have asked the executive office",
        );
    }
    let last =
        view.court.as_ref().and_then(|court| court.until).map_or(String::new(), |day| format!(" on {day}"));
    let why = format!(
        "the time for a claim ended{last}: ask the executive office for part of the money, as goodwill"
    );
    Ok(Proposal::to(Step::Executive, Some(Rung::Executive), why))
}

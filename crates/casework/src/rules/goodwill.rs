//! The time for a claim is over: only goodwill is left, and that sits at the top.

use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "goodwill",
    claim: "The time for a claim is over: only goodwill is left, and that sits at the top.",
    why: "A threat of court that can no longer be carried out costs what goodwill there is; a part is more than nothing.",
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
            "a claim in court can still be made, a scheme is open, nothing was refused, or the top was asked",
        );
    }
    let last =
        view.court.as_ref().and_then(|court| court.until).map_or(String::new(), |day| format!(" on {day}"));
    let why = format!("the time for a claim ended{last}: ask the top for a part, as goodwill");
    Ok(Proposal::to(Step::Executive, Some(Rung::Executive), why))
}

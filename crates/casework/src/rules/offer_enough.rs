//! An offer reaches the least that is accepted: take it in writing before its day.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must, offer};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "offer-enough",
    claim: "An offer reaches the least that is accepted: take it in writing before its day.",
    why: "More argument risks what is on the table; a full and final settlement costs nothing when nothing else is claimed.",
    takes: "accept-above-least",
    refuses: "negotiate-below-least",
    place: Place::Main(92),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let offer = offer::waiting(view)?;
    must(offer::is_enough(view, offer), "the offer is less than the least that is accepted")?;
    let amount = offer::in_words(offer);
    let least = view
        .state
        .facts
        .least
        .map_or("what was wanted".to_owned(), |least| format!("the least that is accepted, {least}"));
    let why = format!("{amount} reaches {least}: confirm in writing, with the day of delivery");
    Ok(Proposal::to(Step::Accept, Some(offer.rung), why).until(offer.due, view.now))
}

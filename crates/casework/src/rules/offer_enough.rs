//! An offer reaches the least that is accepted: take it in writing before its day.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must, offer};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "offer-enough",
    claim: "An offer meets the least the customer would accept: accept it in writing before it ends.",
    why: "Arguing further puts the offer at risk; a full and final settlement costs nothing when nothing else is claimed.",
    takes: "accept-above-least",
    refuses: "negotiate-below-least",
    place: Place::Main(92),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let offer = offer::waiting(view)?;
    must(offer::is_enough(view, offer), "the offer is less than you would accept")?;
    let amount = offer::in_words(offer);
    let least = view
        .state
        .facts
        .least
        .map_or("what you wanted".to_owned(), |least| format!("the least you would accept, {least}"));
    let why = format!("{amount} meets {least}: accept in writing, and name the day by which it must arrive");
    Ok(Proposal::to(Step::Accept, Some(offer.rung), why).until(offer.due, view.now))
}

//! An offer stays below the least that is accepted: counter it, with a reason, before its day.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must, offer};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "offer-low",
    claim: "An offer is below the least the customer would accept: make a counter-offer, with a reason, before it ends.",
    why: "If you say nothing the offer ends, and accepting it in full settlement ends the claim.",
    takes: "negotiate-below-least",
    refuses: "accept-above-least",
    place: Place::Main(92),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let offer = offer::waiting(view)?;
    must(!offer.last_word, "the offer came with the final answer: you can accept it, but not negotiate")?;
    must(!offer::is_enough(view, offer), "the offer meets the least you would accept")?;
    let amount = offer::in_words(offer);
    let least = view
        .state
        .facts
        .least
        .or(view.state.facts.amount)
        .map_or("what you wanted".to_owned(), |least| least.to_string());
    let why = if offer::in_another_currency(view, offer) {
        format!(
            "{amount} is in a different currency from {least}: work out which is more, and ask for the sum in your own currency"
        )
    } else {
        format!(
            "{amount} falls short of {least}: refuse the amount but not a settlement, and point to your evidence"
        )
    };
    Ok(Proposal::to(Step::Negotiate, Some(offer.rung), why).until(offer.due, view.now))
}

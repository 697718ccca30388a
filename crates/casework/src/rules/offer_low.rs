//! An offer stays below the least that is accepted: counter it, with a reason, before its day.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must, offer};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "offer-low",
    claim: "An offer stays below the least that is accepted: counter it, with a reason, before its day.",
    why: "Silence lets it lapse, and taking it in full settlement ends the claim.",
    takes: "negotiate-below-least",
    refuses: "accept-above-least",
    place: Place::Main(92),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let offer = offer::waiting(view)?;
    must(!offer.last_word, "the offer came with the last word: it can be taken, and not argued")?;
    must(!offer::is_enough(view, offer), "the offer reaches the least that is accepted")?;
    let amount = offer::in_words(offer);
    let least = view
        .state
        .facts
        .least
        .or(view.state.facts.amount)
        .map_or("what was wanted".to_owned(), |least| least.to_string());
    let why = if offer::in_another_currency(view, offer) {
        format!(
            "{amount} is in another currency than {least}: work out which is more, and ask for the sum in your own"
        )
    } else {
        format!("{amount} does not reach {least}: say no to the sum, not to a settlement, and name the proof")
    };
    Ok(Proposal::to(Step::Negotiate, Some(offer.rung), why).until(offer.due, view.now))
}

//! An offer stays below the least that is accepted: counter it, with a reason, before its day.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::Offer;
use crate::view::View;
use crate::words::{Step, Wish};

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
    let offer = view
        .offer
        .as_ref()
        .filter(|offer| offer.due.is_none_or(|due| due >= view.now))
        .ok_or("no offer waits for an answer")?;
    must(!offer.last_word, "the offer came with the last word: it can be taken, and not argued")?;
    must(!is_enough(view, offer), "the offer reaches the least that is accepted")?;
    let amount = offer.amount.map_or("what is offered".to_owned(), |amount| amount.to_string());
    let least = view
        .state
        .facts
        .least
        .or(view.state.facts.amount)
        .map_or("what was wanted".to_owned(), |least| least.to_string());
    let why = if in_another_currency(view, offer) {
        format!(
            "{amount} is in another currency than {least}: work out which is more, and ask for the sum in your own"
        )
    } else {
        format!("{amount} does not reach {least}: say no to the sum, not to a settlement, and name the proof")
    };
    Ok(Proposal::to(Step::Negotiate, Some(offer.rung), why).until(offer.due, view.now))
}

/// Returns whether what is offered cannot be compared with what is accepted.
fn in_another_currency(view: &View<'_>, offer: &Offer) -> bool {
    let accepted = view.state.facts.least.or(view.state.facts.amount);
    offer.amount.zip(accepted).is_some_and(|(offered, least)| offered.currency() != least.currency())
}

/// Returns whether an offer reaches what is accepted.
pub(super) fn is_enough(view: &View<'_>, offer: &Offer) -> bool {
    let facts = &view.state.facts;
    let wants_money = matches!(facts.wanted, Some(Wish::Refund | Wish::Compensation) | None);
    // A voucher of some value is not that money.
    if wants_money && crate::phrases::in_kind(&offer.text) {
        return false;
    }
    let least = facts.least.or(facts.amount.filter(|_| wants_money));
    match (offer.amount, least) {
        (Some(amount), Some(least)) => amount.at_least(&least) == Some(true),
        // Words only: what is offered must be what was wanted, and money was not.
        (None, _) => {
            let lower = offer.text.to_lowercase();
            let offers = |words: &[&str]| words.iter().any(|word| lower.contains(word));
            match facts.wanted {
                Some(Wish::Refund | Wish::Compensation) => {
                    offers(&["refund", "full amount", "erstatt", "rembours", "reembols", "terugbetal"])
                }
                Some(Wish::Replacement) => {
                    offers(&["replac", "new one", "exchange", "ersatz", "rempla", "reempla", "vervang"])
                }
                _ => true,
            }
        }
        (Some(_), None) => true,
    }
}

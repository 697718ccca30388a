//! What the rules of offers share: which offer waits for an answer, and whether it is enough.

use crate::view::{Offer, View};
use crate::words::Wish;

/// Returns the offer that waits for an answer today.
pub(super) fn waiting<'v>(view: &'v View<'_>) -> Result<&'v Offer, &'static str> {
    let offer = view.offer.as_ref().filter(|offer| offer.due.is_none_or(|due| due >= view.now));
    offer.ok_or("no offer is waiting for an answer")
}

/// Says what is offered.
pub(super) fn in_words(offer: &Offer) -> String {
    offer.amount.map_or("what is offered".to_owned(), |amount| amount.to_string())
}

/// Returns whether what is offered cannot be compared with what is accepted.
pub(super) fn in_another_currency(view: &View<'_>, offer: &Offer) -> bool {
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

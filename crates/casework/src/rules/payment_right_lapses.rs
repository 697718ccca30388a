//! A right against the payer’s bank is about to lapse: claim it now, whatever else goes on.

use jiff::ToSpan;

use crate::rules::{Judged, Place, Rule, must};
use crate::view::payment::is_issuer;
use crate::view::{Door, View};
use crate::words::Urgency;

/// Days within which a window counts as closing.
const SOON_DAYS: i32 = 21;

/// Days within which a right may be the one that the customer says is about to lapse.
const LAPSING_DAYS: i32 = 60;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "payment-right-lapses",
    claim: "A right against the payer’s bank is about to run out: claim it now, whatever else is going on.",
    why: "Writing to the seller does not stop that time limit.",
    takes: "claim-window-closing",
    refuses: "claim-window-closed",
    place: Place::Main(84),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    must(view.withheld.is_empty() || !view.payments.is_empty(), view.why_no_payment())?;
    let until = view.payment_until().ok_or("the way you paid gives no right with a last day")?;
    let soon = view.now.checked_add(SOON_DAYS.days()).is_ok_and(|day| until <= day);
    let asked = view.touched() && view.seller_failures() >= 1 || is_issuer(view.state.facts.sector);
    // The right that lapses may be another: what must be written to the company by an earlier day goes before.
    let other = view.notices.iter().any(|notice| notice.until >= view.now && notice.until < until);
    let pressing = soon
        || match view.urgent() {
            Some(Urgency::MoneyLeaving) => true,
            // A right that ends in months is not the one that lapses.
            Some(Urgency::RightLapsing) => {
                !other && view.now.checked_add(LAPSING_DAYS.days()).is_ok_and(|day| until <= day)
            }
            _ => false,
        };
    // Whose door shuts first is gone to first.
    let door = view.outside.iter().find(|outside| outside.first && outside.door == Door::Due);
    let sooner = door.and_then(crate::view::outside::Outside::last_day).is_some_and(|day| {
        day < until && view.now.checked_add(SOON_DAYS.days()).is_ok_and(|soon| day <= soon)
    });
    must(!sooner, "the last day of a body outside comes first")?;
    if !pressing
        || view.payment_claimed()
        || !(asked || view.urgent() == Some(Urgency::RightLapsing) || (soon && view.thread.formal.is_some()))
    {
        return Err("the right does not end soon, the bank has the claim, or you have not asked the seller");
    }
    Ok(super::payment_right::claim(view))
}

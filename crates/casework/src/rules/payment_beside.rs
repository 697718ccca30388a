//! A right against the payer’s bank runs beside: use it now, it does not stop for the complaint.

use atlas::words::Topic;
use jiff::ToSpan;

use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::view::promise::Kept;

/// Days within which a right is worth a word beside another step.
const NEAR_DAYS: i32 = 30;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "payment-beside",
    claim: "There is a right against the payer’s bank as well: use it now, because its time limit does not stop for the complaint.",
    why: "One does not rule out the other, and the bank’s time limit ends first.",
    takes: "beside-payment-right",
    refuses: "wait-promise-open",
    place: Place::Beside,
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let fraud = view.state.facts.topic == Some(Topic::Fraud);
    let near = view
        .payment_until()
        .is_some_and(|until| view.now.checked_add(NEAR_DAYS.days()).is_ok_and(|day| until <= day));
    // After the seller's last word there is nothing left to wait for, however far the end is.
    let failed = view.seller_failures() >= 1 && (near || view.thread.ended().is_some());
    must(!view.payments.is_empty(), view.why_no_payment())?;
    must(!view.payment_claimed(), "the bank has the claim")?;
    must(fraud || failed, "the seller has not failed, or the right does not end soon")?;
    must(view.offer.is_none(), "an offer is waiting for an answer")?;
    must(!view.promises.iter().any(|promise| promise.kept == Kept::Open), "a promise is open")?;
    Ok(super::payment_right::claim(view))
}

//! The seller failed, and the way of paying gives a claim against the bank: use it.

use atlas::words::{PaidBy, Topic};

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::view::payment::is_issuer;
use crate::view::promise::Kept;
use crate::words::{Step, Urgency, Wish};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "payment-right",
    claim: "The seller failed, and the way of paying gives a claim against the bank: use it.",
    why: "The bank can pay when the seller will not or cannot.",
    takes: "claim-seller-insolvent",
    refuses: "claim-seller-not-asked",
    place: Place::Main(79),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    must(!view.payments.is_empty(), view.why_no_payment())?;
    must(!view.payment_claimed(), "the bank has the claim")?;
    let failures = view.seller_failures();
    let issuer = is_issuer(view.state.facts.sector) && view.thread.formal.is_none();
    let leaving = view.urgent() == Some(Urgency::MoneyLeaving) && failures >= 1;
    // A direct debit is called back at one's own bank without a quarrel.
    let debit = view.state.facts.paid_by == Some(PaidBy::DirectDebit) && failures >= 1;
    // A contract that is only to end, or whose price is to be put right, still runs: what it took was owed but for the difference,
    // and a debit is called back whole.
    let facts = &view.state.facts;
    let to_end = facts.wanted == Some(Wish::Cancellation) && facts.topic == Some(Topic::Cancellation);
    let to_correct =
        facts.wanted == Some(Wish::Correction) && facts.ongoing && facts.paid_by == Some(PaidBy::DirectDebit);
    let still_runs = (to_end || to_correct) && view.urgent() != Some(Urgency::MoneyLeaving);
    must(!still_runs, "the contract is still running, and you are not asking for money back")?;
    let pending = view.promises.iter().any(|promise| promise.kept == Kept::Open);
    if pending
        || !(issuer
            || leaving
            || debit
            || (view.touched() && failures >= 2)
            || (failures >= 1 && view.thread.ended().is_some()))
    {
        return Err("a promise is open, or the seller has not failed twice");
    }
    Ok(claim(view))
}

/// Makes the proposal to claim by the way of paying.
pub(super) fn claim(view: &View<'_>) -> Proposal {
    let to_whom = if view.state.facts.paid_by == Some(PaidBy::Paypal) {
        "open a dispute in your PayPal account, then turn it into a claim within the time that PayPal allows"
    } else {
        "the claim goes in writing to your own bank or card issuer"
    };
    let mut proposal = Proposal::to(Step::ClaimPaymentRight, None, to_whom);
    for payment in &view.payments {
        let until = payment.until.map_or("no last day".to_owned(), |day| format!("until {day}"));
        proposal = proposal.and(format!("{}, {until}", payment.title())).with(&payment.reckoned());
    }
    proposal.until(view.payment_until(), view.now)
}

//! The claim goes to the bank first, and a body outside is open as well: keep it in sight, with its last day.

use crate::rules::{Judged, Place, Rule, must};
use crate::view::{Door, View};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "door-beside",
    claim: "The claim goes to the bank first, and an outside body can take the case as well: keep its last day in mind.",
    why: "The bank decides only about the payment, and the outside body's own time limit keeps running.",
    takes: "s3-de-shop-willing",
    refuses: "claim-seller-insolvent",
    place: Place::Beside,
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let to_bank =
        (super::payment_right::RULE.judge)(view).or_else(|_| (super::payment_right_lapses::RULE.judge)(view));
    must(to_bank.is_ok(), "the claim does not go to the bank")?;
    must(view.thread.ended().is_some(), "the company has not given its final answer")?;
    must(view.thread.letter.is_none(), "you have sent a letter before action")?;
    let door = view.outside.iter().find(|outside| outside.first && outside.door == Door::Due);
    Ok(super::outside_open::go(view, door.ok_or("no outside body can take the case today")?))
}

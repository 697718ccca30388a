//! The claim goes to the bank first, and the letter before action ran out as well: a claim in court stands open beside it.

use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "court-beside",
    claim: "The claim goes to the bank first, and the letter before action ran out as well: a claim in court is also possible.",
    why: "The bank’s time limit ends first and the claim there is free; what the letter announced is still possible.",
    takes: "vb-ca-bc-crt",
    refuses: "court-letter-unanswered",
    place: Place::Beside,
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let to_bank =
        (super::payment_right::RULE.judge)(view).or_else(|_| (super::payment_right_lapses::RULE.judge)(view));
    must(to_bank.is_ok(), "the claim does not go to the bank")?;
    (super::letter_unanswered::RULE.judge)(view)
}

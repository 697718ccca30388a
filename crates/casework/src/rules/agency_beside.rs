//! It goes to court, and which one is not known here: the agency that mediates such cases knows, and may spare the claim.

use atlas::words::Kind;

use crate::rules::{Judged, Place, Rule, must};
use crate::view::{Door, View};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "agency-beside",
    claim: "It goes to court, and which one is not known here: the agency that mediates such cases knows, and may spare the claim.",
    why: "Its mediation is free, stops no claim, and firms that ignore a letter answer an authority.",
    takes: "td-ca-qc-mise-en-demeure",
    refuses: "court-letter-unanswered",
    place: Place::Beside,
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    must((super::letter_unanswered::RULE.judge)(view).is_ok(), "the case does not go to court")?;
    must(view.court.is_none(), "the court is known")?;
    let agency = view.outside.iter().find(|outside| {
        outside.first && outside.door == Door::Due && outside.body.kind == Kind::ConsumerAgency
    });
    Ok(super::outside_open::go(view, agency.ok_or("no agency takes such a case today")?))
}

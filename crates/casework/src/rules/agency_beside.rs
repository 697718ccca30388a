//! It goes to court, or to a formal notice: an agency of the place that passes such cases on or mediates may spare the claim.

use atlas::words::{Kind, Sector};

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::{Door, Outside, View};
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "agency-beside",
    claim: "The case goes to court or to a formal notice, and the local agency passes such cases on or mediates: write to it as well.",
    why: "Its mediation is free, does not stop a claim, and companies that ignore a letter do answer an authority.",
    takes: "td-ca-qc-mise-en-demeure",
    refuses: "court-letter-unanswered",
    place: Place::Beside,
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let notice =
        (super::refused::RULE.judge)(view).or_else(|_| (super::top_silent::RULE.judge)(view)).is_ok();
    if notice && view.thread.filed_outside.is_none() && view.offer.is_none() {
        return of_the_state(view);
    }
    must((super::letter_unanswered::RULE.judge)(view).is_ok(), "the case is not going to court")?;
    let agency = view.outside.iter().find(|outside| {
        outside.first && outside.door == Door::Due && outside.body.kind == Kind::ConsumerAgency
    });
    // Beside a court that is known only an agency of the place that takes up single cases is worth a letter.
    let of_place =
        agency.is_some_and(|found| !found.body.regions.is_empty() && found.body.binds == Some(false));
    must(view.court.is_none() || of_place, "the court is known")?;
    Ok(super::outside_open::go(view, agency.ok_or("no agency takes such a case today")?))
}

/// Proposes the agency of the state beside a formal notice, whether or not it is known to settle single cases.
fn of_the_state(view: &View<'_>) -> Judged {
    let of_state = |found: &&Outside<'_>| {
        let body = found.body;
        body.kind == Kind::ConsumerAgency
            && !body.regions.is_empty()
            && body.sectors.contains(&Sector::General)
            && found.door == Door::Due
    };
    let agency = view.outside.iter().find(of_state).ok_or("no state agency takes such a case today")?;
    let why = format!(
        "{} passes complaints on to the company and may mediate: this is free, but it does not replace the letter",
        agency.body.name
    );
    let proposal = Proposal::to(Step::TellRegulator, Some(agency.rung), why);
    Ok(Proposal { body: Some(agency.body.id.clone()), ..proposal })
}

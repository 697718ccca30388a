//! A tribunal of the trade takes the case once the company had its last word, and asks for no letter before: go there.

use atlas::words::Need;

use crate::rules::{Judged, Place, Rule, must};
use crate::view::{Door, View};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "tribunal-open",
    claim: "A tribunal for the trade takes the case once the company has given its final answer, and does not ask for a letter first: go there.",
    why: "Where a trade has its own tribunal instead of an ombudsman, a lawyer's letter first only costs time.",
    takes: "s1-au-act-power",
    refuses: "legal-refused",
    place: Place::Main(63),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    must(view.thread.ended().is_some(), "the company has not given its final answer")?;
    must(view.thread.letter.is_none(), "you have sent a letter before action")?;
    must(
        view.open_door().is_none_or(|door| door.tier > 2),
        "an outside body for the trade can take the case",
    )?;
    let court = view.court.as_ref().filter(|court| court.door == Door::Due);
    let court = court.ok_or("no court or tribunal is open")?;
    let of_trade = view.state.facts.sector.is_some_and(|sector| court.body.sectors.contains(&sector));
    must(of_trade, "the court is not one for this trade")?;
    // It asks for the complaint to the company, and that was made; for a letter or a last attempt it would say so.
    let needs = court.body.needs.as_deref().unwrap_or_default();
    must(needs == [Need::CompanyComplaint], "a letter or an attempt to settle comes before a claim")?;
    let why = format!(
        "the company has given its final answer, and {} hears cases like this in its trade",
        court.body.name
    );
    Ok(super::court_last_days::court(view, &why).until(court.until, view.now))
}

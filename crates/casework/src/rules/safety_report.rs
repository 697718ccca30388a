//! Goods that can hurt others: report them to the safety authority beside the complaint.

use atlas::words::{Sector, Topic};
use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::Door;
use crate::view::View;
use crate::words::{Step, Urgency};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "safety-report",
    claim: "Goods that can hurt others: report them to the safety authority beside the complaint.",
    why: "It orders no remedy in one case, and warns or recalls for all.",
    takes: "beside-safety-report",
    refuses: "front-first-contact",
    place: Place::Beside,
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let goods = matches!(view.state.facts.topic, Some(Topic::FaultyGoods));
    let told = view.state.facts.what.as_deref().is_some_and(crate::phrases::dangerous);
    let asked = view.touched();
    must(goods, "it is not about faulty goods")?;
    must(asked, "the company was not asked yet")?;
    must(told || view.urgent() == Some(Urgency::HealthSafety), "nothing tells of a danger")?;
    let body = view
        .outside
        .iter()
        .find(|outside| {
            outside.door == Door::ReportsOnly && outside.body.sectors.contains(&Sector::ProductSafety)
        })
        .ok_or("no authority for the safety of goods is known here")?;
    let why = format!(
        "{} collects reports; it orders no remedy in a single case, so beside and not instead",
        body.body.name
    );
    Ok(Proposal {
        body: Some(body.body.id.clone()),
        ..Proposal::to(Step::TellRegulator, Some(Rung::Regulator), why)
    })
}

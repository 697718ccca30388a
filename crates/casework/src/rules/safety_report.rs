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
    claim: "The goods could hurt others: report them to the safety authority as well as complaining.",
    why: "It cannot order a remedy in one case, but it can warn everyone or have the goods recalled.",
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
    must(asked, "you have not asked the company yet")?;
    must(told || view.urgent() == Some(Urgency::HealthSafety), "nothing suggests a danger")?;
    let body = view
        .outside
        .iter()
        .find(|outside| {
            outside.door == Door::ReportsOnly && outside.body.sectors.contains(&Sector::ProductSafety)
        })
        .ok_or("no product safety authority is known here")?;
    let why = format!(
        "{} collects reports but cannot order a remedy in your case, so report to it as well as complaining, not instead",
        body.body.name
    );
    Ok(Proposal {
        body: Some(body.body.id.clone()),
        ..Proposal::to(Step::TellRegulator, Some(Rung::Regulator), why)
    })
}

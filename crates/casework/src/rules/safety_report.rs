//! Goods that can hurt others: report them to the safety authority beside the complaint.

use atlas::words::{Sector, Topic};
use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Place, Rule};
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

fn judge(view: &View<'_>) -> Option<Proposal> {
    let goods = matches!(view.state.facts.topic, Some(Topic::FaultyGoods));
    let dangerous = view.urgent() == Some(Urgency::HealthSafety) || view.words().any(crate::phrases::dangerous);
    if !goods || !dangerous || view.urgent() != Some(Urgency::HealthSafety) {
        return None;
    }
    let body = view.outside.iter().find(|outside| outside.door == Door::ReportsOnly && outside.body.sectors.contains(&Sector::ProductSafety))?;
    let why = format!("{} collects reports; it orders no remedy in a single case, so beside and not instead", body.body.name);
    Some(Proposal { body: Some(body.body.id.clone()), ..Proposal::to(Step::TellRegulator, Some(Rung::Regulator), why) })
}

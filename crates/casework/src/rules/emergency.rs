//! Money leaves, somebody is at risk, or the service or journey cannot wait, and nobody was told yet: call the front line now.

use atlas::words::Topic;
use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must, notice};
use crate::view::View;
use crate::words::{Step, Urgency};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "emergency",
    claim: "Money is being taken, someone is at risk, or the service or journey cannot wait, and nobody has been told yet: call the front line now.",
    why: "Only the front line can stop it today; whatever is missing can follow.",
    takes: "front-fraud-now",
    refuses: "front-fraud-told",
    place: Place::Main(88),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let fraud = view.state.facts.topic == Some(Topic::Fraud);
    let urgent = matches!(
        view.urgent(),
        Some(Urgency::MoneyLeaving | Urgency::HealthSafety | Urgency::ServiceEssential | Urgency::TravelSoon)
    );
    must(!view.told(), "you have told the company")?;
    must(fraud || urgent, "you have not said that it is fraud or that it cannot wait")?;
    let why = match view.urgent() {
        Some(Urgency::HealthSafety) => {
            "somebody is at risk: get out of danger and call the emergency number first, then the company's safety line"
        }
        Some(Urgency::ServiceEssential) => "you cannot do without this service",
        Some(Urgency::TravelSoon) => "your journey is close: only a call or the counter is quick enough",
        _ => "your money is being taken: call the fraud line and have the card or account blocked today",
    };
    let proposal = Proposal::to(Step::ContactFrontLine, Some(Rung::FrontLine), why)
        .and("note the time, the name and the reference");
    Ok(if view.urgent() == Some(Urgency::HealthSafety) { proposal } else { notice::with(view, proposal) })
}

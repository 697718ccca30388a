//! The company’s time, or the waiting time of the body outside, still runs: wait until its day.

use jiff::ToSpan;

use crate::advice::Proposal;
use crate::rules::{Place, Rule};
use crate::view::View;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "time-runs",
    claim: "The company’s time, or the waiting time of the body outside, still runs: wait until its day.",
    why: "A body sends back what comes too early, and a firm that answers in time was worth the wait.",
    takes: "wait-adr-opens",
    refuses: "adr-wait-over",
    place: Place::Main(50),
    judge,
};

fn judge(view: &View<'_>) -> Option<Proposal> {
    let thread = &view.thread;
    thread.formal.or(thread.desk_on)?;
    if thread.answer.is_some() || view.waiting_harms() {
        return None;
    }
    let door = view.next_door().filter(|(door, _)| door.tier <= 2);
    let own = view.own.due.filter(|day| *day >= view.now);
    let (not_before, body, words) = match (own, door) {
        (Some(due), Some((door, day))) if due >= day => (day, Some(door), door.words.clone()),
        (Some(due), _) => (due.checked_add(1.day()).ok()?, None, view.own.words.iter().cloned().collect()),
        (None, Some((door, day))) => (day, Some(door), door.words.clone()),
        (None, None) => {
            let fair = view.own.reasonable.filter(|day| *day >= view.now)?;
            (fair.checked_add(1.day()).ok()?, None, vec![format!("nothing sets a time here: two weeks are fair, until {fair}")])
        }
    };
    let why = match body {
        Some(door) => format!("{} opens on {not_before}; earlier it would send the case back", door.body.name),
        None => "the company still has time to answer".to_owned(),
    };
    let proposal = Proposal::to(Step::Wait, None, why).with(&words);
    Some(Proposal { not_before: Some(not_before), body: body.map(|door| door.body.id.clone()), ..proposal })
}

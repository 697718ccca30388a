//! The company’s time, or the waiting time of the body outside, still runs: wait until its day.

use jiff::ToSpan;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::{Outside, View};
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "time-runs",
    claim: "The company’s time to answer, or the outside body's waiting time, is not over yet: wait until it is.",
    why: "An outside body sends back a case that comes too early, and the company may still answer in time.",
    takes: "wait-adr-opens",
    refuses: "adr-wait-over",
    place: Place::Main(50),
    judge,
};

/// What is said where no time runs any more.
const OVER: &str = "no time limit is running any more";

fn judge(view: &View<'_>) -> Judged {
    let thread = &view.thread;
    must(thread.formal.or(thread.desk_on).is_some(), "no complaint is waiting for an answer")?;
    let door = view.next_door().filter(|(door, _)| door.tier <= 2);
    // After a mere refusal only the waiting time of the body is left to run.
    if view.waiting_harms() || (thread.answer.is_some() && (door.is_none() || thread.stages_left)) {
        return Err(
            "waiting would do harm, or the company has answered and no outside body has a waiting time",
        );
    }
    let own = view.own.due.filter(|day| *day >= view.now && thread.answer.is_none());
    let (not_before, body, words) = match (own, door) {
        (Some(due), Some((door, day))) if due >= day => (day, Some(door), opening(door)),
        (Some(due), _) => {
            (due.checked_add(1.day()).map_err(|_| OVER)?, None, view.own.words.iter().cloned().collect())
        }
        (None, Some((door, day))) if door.waits || view.own.reasonable.is_none_or(|fair| fair < view.now) => {
            (day, Some(door), opening(door))
        }
        (None, _) => {
            let fair = view.own.reasonable.filter(|day| *day >= view.now).ok_or(OVER)?;
            (
                fair.checked_add(1.day()).map_err(|_| OVER)?,
                None,
                vec![format!("no rule sets a time here: two weeks is fair, so wait until {fair}")],
            )
        }
    };
    let why = match body {
        Some(door) => {
            format!(
                "{} can take your case from {not_before}; before that, it would send it back",
                door.body.name
            )
        }
        None => "the company still has time to answer".to_owned(),
    };
    let proposal = Proposal::to(Step::Wait, None, why).with(&words);
    Ok(Proposal { not_before: Some(not_before), body: body.map(|door| door.body.id.clone()), ..proposal })
}

/// Says when a door opens: its last day is of no use while one waits.
fn opening(door: &Outside<'_>) -> Vec<String> {
    door.opening.iter().chain(&door.remarks).cloned().collect()
}

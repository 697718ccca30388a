//! The company had its last word or its time: go to the body of the trade, within its last day.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule};
use crate::view::Outside;
use crate::view::View;
use crate::words::{By, LogKind, Step};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "outside-open",
    claim: "The company has given its final answer or had its time: go to the outside body for the trade, by its last day.",
    why: "It is independent and mostly free; more letters to the company only use up the time for going there.",
    takes: "adr-wait-over",
    refuses: "wait-adr-opens",
    place: Place::Main(80),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let door = view
        .open_door()
        .filter(|door| door.tier <= 2)
        .ok_or("no outside body for the trade can take the case today")?;
    if promised_in_full(view) {
        return Err("the company promised all of it for a day that has not passed");
    }
    // Where the claim is beyond the scheme that could award it, a body that orders nothing is no way to the money.
    if view.above_limit().is_some() && door.step == Step::TellRegulator && door.body.binds != Some(true) {
        return Err("the claim is above the scheme's limit, and the body that is open cannot order anything");
    }
    Ok(go(view, door))
}

/// Returns whether the company's last word is a promise of as much money as would do, for a day that is not over.
fn promised_in_full(view: &View<'_>) -> bool {
    let facts = &view.state.facts;
    let mut lines = view.state.log.iter().map(|line| &line.entry).rev();
    let last = lines.find(|entry| entry.by == By::Company);
    let enough = facts.least.as_ref().or(facts.amount.as_ref());
    last.is_some_and(|entry| {
        entry.kind == LogKind::Promise
            && entry.due.is_some_and(|day| day >= view.now)
            && entry
                .amount
                .zip(enough)
                .is_some_and(|(promised, enough)| promised.at_least(enough) == Some(true))
    }) && !view.waiting_harms()
}

/// Makes the proposal to go to a body.
pub(super) fn go(view: &View<'_>, door: &Outside<'_>) -> Proposal {
    let refused_only = view.thread.answer.is_some_and(|answer| !answer.last_word);
    let no_end = refused_only && crate::aims::wants_last_word(view.state.facts.country);
    let why = match view.thread.ended().filter(|_| !no_end) {
        Some(day) => format!(
            "the company's own complaints process ended on {day}: {} can take your case now",
            door.body.name
        ),
        None if view.is_overdue() || view.own.last_day().is_none_or(|day| day < view.now) || door.waits => {
            format!("the company has had its time to answer: {} can take your case now", door.body.name)
        }
        None => format!(
            "this cannot wait until the company's time is over, and {} sets no waiting time of its own",
            door.body.name
        ),
    };
    let mut proposal = Proposal::to(door.step, Some(door.rung), why);
    // After the last word the waiting time is of no more use, and its day, if it lies ahead, would only mislead.
    if view.thread.ended().is_none() || no_end {
        proposal = proposal.with(&door.opening);
    }
    // A clock that does not run yet is named as such: the far ends of the others would only hide it.
    proposal = match &door.will_close {
        Some(clocks) => proposal.and(format!("the last day to go there is not known yet: {clocks}")),
        None => proposal.with(&door.closing),
    };
    proposal = proposal.with(&door.remarks);
    if let Some(cost) = &door.body.cost {
        proposal = proposal.and(format!("cost to you: {cost}"));
    }
    if crate::view::is_business(view.state.facts.acting_as) {
        proposal = proposal.and("as a small business, check the size limits before you write");
    }
    Proposal { body: Some(door.body.id.clone()), ..proposal.until(door.last_day(), view.now) }
}

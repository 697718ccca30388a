//! A body outside has decided or cannot take the case: say what still stands open, and until when.

use jiff::ToSpan;
use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule};
use crate::view::View;
use crate::view::thread::BodySays;
use crate::words::{By, LogKind, Step};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "decided-outside",
    claim: "An outside body has decided, or will not take the case: what is left is its own review, and the court.",
    why: "Neither the company nor that body owes another answer; a reminder only uses up the time left for the other routes.",
    takes: "c-gb-ombudsman-decided",
    refuses: "wait-body-has-it",
    place: Place::Main(64),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let says = view
        .thread
        .body_says
        .filter(|says| matches!(says, BodySays::Done | BodySays::Refuses))
        .ok_or("no outside body has decided")?;
    let day = view.thread.body_ended.ok_or("no outside body has decided")?;
    let last = view
        .state
        .log
        .iter()
        .rev()
        .map(|line| &line.entry)
        .find(|entry| entry.by == By::Body)
        .ok_or("no outside body has decided")?;
    let id = view.body_with_case();
    let name = id.as_deref().and_then(|id| view.atlas.body(id)).map_or("the body", |body| body.name.as_str());
    // Another body that is open goes before a court.
    if let Some(door) = view.open_door().filter(|door| door.tier <= 2) {
        return Ok(super::outside_open::go(view, door));
    }
    let review = last.due.filter(|day| *day >= view.now).map_or_else(
        || format!("check in the letter from {name} of {day} whether you can ask it to look again, and by when: a case handler's first view is often not final"),
        |due| format!("{name} set {due}: until then you can ask it to look again, or accept its decision"),
    );
    let decided = match says {
        BodySays::Refuses => format!("{name} will not take the case (its letter of {day})"),
        _ => format!("{name} decided on {day}"),
    };
    if view.court_lapsed() {
        let ended = view.court.as_ref().and_then(|court| court.until);
        let over = ended.map_or(String::new(), |day| format!(": it ended on {day}"));
        let why = format!("{decided}; the time for a claim in court is over{over}");
        let proposal = Proposal::to(Step::Answer, Some(Rung::Adr), why).and(review);
        return Ok(Proposal { body: id, ..proposal.until(last.due, view.now) });
    }
    let lost = last.kind == LogKind::Refusal || crate::phrases::against(&last.text);
    let proposal = super::court_last_days::court(view, &decided).and(review);
    let proposal = if lost {
        proposal
    } else {
        proposal
            .and("if the decision is in your favour, accept it in writing: in many schemes it is binding only then")
    };
    let until = last.due.or_else(|| {
        let court = view.court.as_ref()?.until?;
        let near = view.now.checked_add(NEAR_DAYS.days()).ok()?;
        (court <= near).then_some(court)
    });
    Ok(proposal.until(until, view.now))
}

/// Days before its end within which the time for a claim is named as the last day.
const NEAR_DAYS: i32 = 366;

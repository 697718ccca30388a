//! A remedy that was agreed did not come, came short, or did not last: reopen the matter at the desk that owes it.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::view::promise::Kept;
use crate::view::thread::{BodySays, height};
use crate::words::{By, LogKind, Step};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "remedy-missing",
    claim: "A remedy that was agreed did not arrive, fell short or did not last: reopen the matter with the team that owes it.",
    why: "What was agreed need not be argued again: it only has to be delivered, and the team that agreed to it can arrange that.",
    takes: "reopen-agreed-not-paid",
    refuses: "wait-agreed-not-due",
    place: Place::Main(94),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let remedy = &view.remedy;
    // What was said before an agreement does not undo it, whoever brought it about.
    let refused =
        view.thread.answer.is_some_and(|answer| remedy.accepted.is_none_or(|accepted| answer.on >= accepted));
    // Part was paid as goodwill and the rest refused at the desk: nothing was agreed, so it goes up like any refusal.
    let rest_refused = remedy.accepted.is_none()
        && remedy
            .given
            .is_some_and(|given| view.thread.front_refusal.is_some_and(|(refused, _)| refused >= given));
    must(!rest_refused, "the company refused the rest")?;
    let at_body = view.thread.body_says.is_some_and(|says| says != BodySays::Done);
    must(!refused, "the company refused")?;
    must(!at_body || remedy.accepted.is_some(), "an outside body has the case")?;
    must(!remedy.content, "you are satisfied")?;
    let rung = remedy
        .rung
        .filter(|rung| !rung.is_outside() && height(*rung) > height(view.thread.desk))
        .unwrap_or(view.thread.desk);
    let broken = view.promises.iter().rev().find(|promise| promise.kept == Kept::Broken);
    let last = view.state.log.last().map(|line| &line.entry);
    let moved_on = last.is_some_and(|entry| entry.by == By::Customer && entry.kind == LogKind::Complaint)
        || view.thread.letter.is_some();
    let why = if let (Some(accepted), Some(due), None) = (remedy.accepted, remedy.due, remedy.given) {
        (due < view.now).then(|| {
            format!("you accepted the offer on {accepted}, but what was agreed was due on {due} and did not arrive")
        })
    } else if let Some((paid, owed)) = remedy.short.filter(|_| !moved_on) {
        Some(format!("you received {paid} of {owed}"))
    } else if let Some(promise) = broken.filter(|_| view.thread.closed_by_company && remedy.given.is_none()) {
        promise.due.map(|due| {
            format!(
                "the company closed the matter, but what it promised for {due} did not arrive: “{}”",
                promise.text
            )
        })
    } else if let Some(day) = remedy.given.filter(|_| view.state.facts.ongoing || remedy.disputed) {
        let told_again = last.is_some_and(|entry| entry.by == By::Company && entry.on > day) || moved_on;
        (!told_again).then(|| format!("what you got on {day} did not put it right"))
    } else {
        None
    }
    .ok_or("nothing that was agreed or given is missing, short or undone")?;
    let proposal = Proposal::to(Step::Reopen, Some(rung), why);
    let body = view.body_with_case().filter(|_| at_body);
    let name = body.as_deref().and_then(|id| view.atlas.body(id)).map(|body| body.name.as_str());
    Ok(match name {
        Some(name) => {
            proposal.and(format!("tell {name} as well that the company has not done what was settled"))
        }
        None => proposal,
    })
}

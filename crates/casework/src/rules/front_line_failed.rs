//! The front line could not put it right: complain formally, in writing, to the complaints team.

use jiff::ToSpan;
use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must, notice};
use crate::view::View;
use crate::view::promise::Kept;
use crate::words::{LogKind, Step, Urgency};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "front-line-failed",
    claim: "The front line could not put it right: make a formal complaint in writing to the complaints team.",
    why: "Only a formal complaint starts the time limits that bind the company and lets outside bodies take the case.",
    takes: "complain-supervisor-refused",
    refuses: "front-first-contact",
    place: Place::Main(71),
    judge,
};

/// Days after the first of two letters without an answer.
const UNHEARD_DAYS: i32 = 14;

fn judge(view: &View<'_>) -> Judged {
    let thread = &view.thread;
    must(thread.formal.is_none(), "there is a formal complaint")?;
    must(view.touched(), "you have not asked the company yet")?;
    let broken = view.promises.iter().filter(|promise| promise.kept == Kept::Broken);
    let last_broken = broken.clone().filter_map(|promise| promise.due).max();
    let told_again = last_broken.is_some_and(|due| view.last_contact().is_some_and(|day| day > due));
    let supervisor_failed = thread.supervisor_asked
        && view.state.log.last().is_some_and(|line| line.entry.kind != LogKind::Promise);
    let why = if supervisor_failed {
        "you asked for a supervisor, and that did not help"
    } else if told_again || broken.count() >= 2 {
        "the front line broke its promise, and you told them so"
    } else if thread.front_refusal.is_some() || thread.answer.is_some() {
        "the front line refused"
    } else if asked_after_the_day_of_the_law(view) {
        "the legal deadline for the payment has passed, and you have contacted the company since"
    } else if thread.generic > 1 || (thread.generic > 0 && thread.challenged) {
        "the front line answered more than once without addressing the point"
    } else if matches!(
        view.urgent(),
        Some(Urgency::ServiceEssential | Urgency::HealthSafety | Urgency::MoneyLeaving)
    ) && thread.company_last.is_some()
        && !view.promises.iter().any(|promise| promise.kept == Kept::Open)
    {
        "this cannot wait, and the first answer did not put it right"
    } else if view
        .unheard_since()
        .is_some_and(|first| first.checked_add(UNHEARD_DAYS.days()).is_ok_and(|day| day < view.now))
    {
        "two letters to the front line were not answered"
    } else if thread.silent || thread.front_contacts >= 3 {
        "you tried the front line, and it has not resolved the problem"
    } else {
        return Err(
            "the front line has not refused, avoided the point twice, broken a promise twice, or been tried three times",
        );
    };
    Ok(complain(view, why))
}

/// Makes the proposal to complain formally.
pub(super) fn complain(view: &View<'_>, why: &str) -> Proposal {
    notice::with(view, Proposal::to(Step::Complain, Some(Rung::Complaints), why))
}

/// Returns whether money that the law orders by a day did not come, though it was asked for after that day.
fn asked_after_the_day_of_the_law(view: &View<'_>) -> bool {
    let passed = view.own.due.filter(|due| view.own.by_law && *due < view.now);
    let promised = view.promises.iter().any(|promise| promise.kept == Kept::Open);
    !promised && passed.is_some_and(|due| view.last_contact().is_some_and(|day| day > due))
}

//! What was wanted came, and nothing is left to claim: close the case.

use crate::advice::Proposal;
use crate::rules::{Place, Rule};
use crate::view::View;
use crate::view::promise::Kept;
use crate::view::thread::BodySays;
use crate::words::{By, Step};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "remedy-given",
    claim: "What was wanted came, and nothing is left to claim: close the case.",
    why: "A case left open goes on costing attention, and its outcome teaches what worked.",
    takes: "close-refund-paid",
    refuses: "close-part-paid",
    place: Place::Main(95),
    judge,
};

fn judge(view: &View<'_>) -> Option<Proposal> {
    let remedy = &view.remedy;
    let owed = view.promises.iter().any(|promise| matches!(promise.kept, Kept::Open | Kept::Broken));
    let whole = remedy.short.is_none() && !remedy.disputed;
    let last = view.state.log.last().map(|line| &line.entry);
    let calm = !view.state.facts.ongoing || remedy.content;
    let given = remedy.given.is_some() && whole && calm && view.thread.answer.is_none() && view.thread.body_says.is_none_or(|says| says == BodySays::Done || says == BodySays::HasIt(None) || says == BodySays::Proposes);
    let said_so = remedy.content && !owed && last.is_some_and(|entry| entry.by == By::Customer && crate::phrases::content(&entry.text));
    let closed = view.state.closed.is_some();
    if !(given || said_so || closed) {
        return None;
    }
    let why = match remedy.given {
        Some(day) => format!("what was wanted came on {day}, and nothing since says that it was not enough"),
        None => "the customer is content, and nothing promised is open".to_owned(),
    };
    Some(Proposal::to(Step::Close, None, why))
}

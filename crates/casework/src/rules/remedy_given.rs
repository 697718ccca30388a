//! What was wanted came, and nothing is left to claim: close the case.

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::view::promise::Kept;
use crate::words::{By, Step};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "remedy-given",
    claim: "The customer got what they wanted, and nothing is left to claim: close the case.",
    why: "An open case keeps asking for attention, and noting its outcome shows what worked.",
    takes: "close-refund-paid",
    refuses: "close-part-paid",
    place: Place::Main(95),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let remedy = &view.remedy;
    let owed = view.promises.iter().any(|promise| matches!(promise.kept, Kept::Open | Kept::Broken));
    let whole = remedy.short.is_none() && !remedy.disputed;
    let last = view.state.log.last().map(|line| &line.entry);
    let calm = !view.state.facts.ongoing || remedy.content;
    let given = remedy.given.is_some() && whole && calm && view.thread.answer.is_none();
    let said_so = remedy.content
        && !owed
        && last.is_some_and(|entry| entry.by == By::Customer && crate::phrases::content(&entry.text));
    must(given || said_so, "what you wanted has not arrived, fell short, or is disputed")?;
    let why = match remedy.given {
        Some(day) => {
            format!("you got what you wanted on {day}, and nothing since says that it was not enough")
        }
        None => "you are satisfied, and no promise is outstanding".to_owned(),
    };
    Ok(Proposal::to(Step::Close, None, why))
}

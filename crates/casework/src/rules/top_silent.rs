//! The top was written to and does not answer: formal notice, with a last day.

use ladder::Rung;

use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "top-silent",
    claim: "The top was written to and does not answer: formal notice, with a last day.",
    why: "There is no rung left inside; what comes next is a letter that a court will read.",
    takes: "legal-top-silent",
    refuses: "executive-generic-twice",
    place: Place::Main(61),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let thread = &view.thread;
    must(thread.tried.contains(&Rung::Executive), "the top was not written to")?;
    must(thread.answer.is_none() && thread.letter.is_none(), "the company has answered, or a letter is out")?;
    must(thread.silent || view.is_overdue(), "the top still has time")?;
    Ok(super::refused::notice(view, "the top does not answer either"))
}

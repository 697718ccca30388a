//! The top was written to and does not answer: formal notice, with a last day.

use ladder::Rung;

use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "top-silent",
    claim: "You wrote to the executive office and it does not answer: send a formal notice, with a deadline.",
    why: "There is no rung left inside the company; what comes next is a letter that a court will read.",
    takes: "legal-top-silent",
    refuses: "executive-generic-twice",
    place: Place::Main(61),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let thread = &view.thread;
    must(thread.tried.contains(&Rung::Executive), "you have not written to the executive office")?;
    must(
        thread.answer.is_none() && thread.letter.is_none(),
        "the company has answered, or a letter has been sent",
    )?;
    must(thread.silent || view.is_overdue(), "the executive office still has time")?;
    Ok(super::refused::notice(view, "the executive office does not answer either"))
}

//! The company has decided against the customer already: object formally, in writing.

use atlas::words::Topic;

use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::words::{By, LogKind};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "decided-unasked",
    claim: "The company has already decided against the customer: object formally, in writing.",
    why: "The front line cannot undo a decision; only an objection in writing meets the time limits.",
    takes: "complain-decided",
    refuses: "front-first-contact",
    place: Place::Main(47),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let denied = view.state.log.iter().any(|line| {
        line.entry.by == By::Company && matches!(line.entry.kind, LogKind::Refusal | LogKind::FinalResponse)
    });
    let claim = view.state.facts.topic == Some(Topic::DeniedClaim);
    must(!view.touched() && view.thread.formal.is_none(), "you have asked the company already")?;
    must(denied || claim, "the company has decided nothing yet")?;
    Ok(super::front_line_failed::complain(
        view,
        "the company has decided already: object in writing, and it must look again",
    ))
}

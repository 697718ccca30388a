//! The company has decided against the customer already: object formally, in writing.

use atlas::words::Topic;

use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::words::{By, LogKind};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "decided-unasked",
    claim: "The company has decided against the customer already: object formally, in writing.",
    why: "A decision is not undone by asking the front line; only an objection in writing keeps the times.",
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
    must(!view.touched() && view.thread.formal.is_none(), "the company was asked already")?;
    must(denied || claim, "the company has decided nothing yet")?;
    Ok(super::front_line_failed::complain(
        view,
        "the company has decided: it must look again at an objection in writing",
    ))
}

//! The law wants a claim in writing within a time that runs: make it to the desk for claims, now.

use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::view::promise::Kept;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "written-claim",
    claim: "The law wants a claim in writing within a time limit that is running: send it to the claims team now.",
    why: "A phone call does not meet such a time limit.",
    takes: "complain-written-claim",
    refuses: "front-first-contact",
    place: Place::Main(73),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    must(view.thread.formal.is_none(), "there is a formal complaint")?;
    let notice = super::notice::unwritten(view).ok_or("no time limit for a claim in writing is running")?;
    let complain = super::front_line_failed::complain;
    let mut open = view.promises.iter().filter(|promise| promise.kept == Kept::Open);
    let later = open.find_map(|promise| promise.due.filter(|due| *due >= notice.until));
    Ok(match later {
        Some(due) => complain(
            view,
            &format!(
                "there is a time limit for putting this in writing, and it ends before their promise of {due} is over: do not wait for that"
            ),
        ),
        None => complain(view, "there is a time limit for putting this in writing"),
    })
}

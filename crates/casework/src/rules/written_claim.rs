//! The law wants a claim in writing within a time that runs: make it to the desk for claims, now.

use atlas::words::Act;

use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::words::Urgency;

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
    let told_on_the_phone = view.touched() && view.urgent() == Some(Urgency::RightLapsing);
    let mut notices =
        view.notices.iter().filter(|notice| !notice.after_last_word && notice.until >= view.now);
    notices
        .find(|notice| {
            // What was said on the phone is written down where the right itself is about to lapse.
            (notice.act == Act::Claim || told_on_the_phone) && notice.right.pays.is_empty()
        })
        .ok_or("no time limit for a claim in writing is running")?;
    Ok(super::front_line_failed::complain(view, "there is a time limit for putting this in writing"))
}

//! What the rules before a formal complaint share: the time within which the law wants something said to the company.

use atlas::words::Act;
use jiff::civil::Date;

use crate::advice::Proposal;
use crate::view::{Notice, View};
use crate::words::Urgency;

/// Adds the time that ends first, and its last day. It runs on whatever is done before.
pub(super) fn with(view: &View<'_>, proposal: Proposal) -> Proposal {
    let ahead = view
        .notices
        .iter()
        .filter(|notice| !notice.after_last_word && notice.until >= view.now && !view.wrote_claim(notice));
    let Some(notice) = ahead.min_by_key(|notice| notice.until) else { return proposal };
    proposal
        .and(format!("{}: {}", notice.right.name, notice.does))
        .with(&notice.words)
        .until(Some(notice.until), view.now)
}

/// Returns the claim that the law wants in writing within a time that runs, and that nobody wrote yet.
pub(super) fn unwritten<'v, 'a>(view: &'v View<'a>) -> Option<&'v Notice<'a>> {
    if view.thread.formal.is_some() {
        return None;
    }
    let told_on_the_phone = view.touched() && view.urgent() == Some(Urgency::RightLapsing);
    view.notices
        .iter()
        .filter(|notice| !notice.after_last_word && notice.until >= view.now && !view.wrote_claim(notice))
        .find(|notice| {
            // What was said on the phone is written down where the right itself is about to lapse.
            (notice.act == Act::Claim || told_on_the_phone) && notice.right.pays.is_empty()
        })
}

/// Returns whether such a time ends on a day at the latest, so that nobody can wait until that day is over.
pub(super) fn ends_by(view: &View<'_>, day: Date) -> bool {
    unwritten(view).is_some_and(|notice| notice.until <= day)
}

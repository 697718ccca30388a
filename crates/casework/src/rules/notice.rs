//! What the rules before a formal complaint share: the time within which the law wants something said to the company.

use crate::advice::Proposal;
use crate::view::View;

/// Adds the time that ends first, and its last day. It runs on whatever is done before.
pub(super) fn with(view: &View<'_>, proposal: Proposal) -> Proposal {
    let ahead = view.notices.iter().filter(|notice| !notice.after_last_word && notice.until >= view.now);
    let Some(notice) = ahead.min_by_key(|notice| notice.until) else { return proposal };
    proposal
        .and(format!("{}: {}", notice.right.name, notice.does))
        .with(&notice.words)
        .until(Some(notice.until), view.now)
}

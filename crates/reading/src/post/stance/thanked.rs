//! A stranger who is thanked: what was lost came back, and his mailbox or account is offered.

use super::super::mention::Mention;
use super::super::thread::Message;
use super::SHUN;

/// Whether a stranger's mailbox or account is offered by somebody who got back what was lost: victims do not bid to write to
/// whoever robbed them.
pub(super) fn is_thanked(text: &str, message: &Message, mention: &Mention) -> bool {
    static BIDS: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
        crate::post::rx(
            r"(?i)(?:\b(?:write|mail|e-?mail|message|contact|text|reach|find|try)\s+(?:to\s+)?(?:him|her|them)?\s*(?:at|on|via|under)?|\b(?:he|she|they)(?:['’]s|\s+is|['’]re|\s+are)\s+(?:at|on)|\b(?:his|her|their)\s+(?:address|mail|e-?mail|contact)\s*(?:is)?|\bescrib\w+|\bcontact\w+|\bschreib\w*\s+(?:ihm|ihr|ihnen|an)?|\bécri\w+(?:-\w+)?(?:\s+à)?|\b(?:son|sa|leur)\s+(?:adresse|mail)|\bscriv\w+|\bmailt?|\bstuur\w*)\W{0,3}$",
        )
    });
    // Accounts are named in warnings of them more often than mailboxes.
    let linked = mention.reach.as_email().is_some();
    let whole = &text[message.whole.clone()];
    message.whole.contains(&mention.span.start)
        && mention.owner == Some(super::super::company::Owner::Other)
        && linked
        && super::super::rungs::of_a_body(mention).is_none()
        && !SHUN.is_match(whole)
        && super::super::guard::credit::is_back(whole)
        && BIDS.is_match(crate::window::clip_end(&text[..mention.span.start], 40))
}

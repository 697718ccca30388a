//! E-mail addresses of a document: plain, linked, spelt out for people, or cloaked from programs.
//!
//! [`plain`] reads what has an `@`, [`spelt`] what has a word for it, [`link`] what a link writes to, [`cloak`] and
//! [`script`] what attributes and scripts hide; [`address`] says of each whether someone reads it. Templates, keys of
//! services and names of pictures are no addresses. [`provider`] knows at which domains everyone has a mailbox.

mod address;
mod cloak;
mod link;
mod page;
mod plain;
mod provider;
mod script;
mod spelt;
mod token;

#[cfg(test)]
mod tests;

pub use page::find;
pub use plain::Match;
pub use provider::is_for_everyone;
use spelt::MAILBOXES;
pub(crate) use spelt::{is_announced, is_mailbox, is_stop};

/// Finds the addresses of a bare text, spelt-out ones too, in order. Templates (`name@domain.com`) are left out.
#[must_use]
pub fn scan(text: &str) -> Vec<Match> {
    let mut found = Vec::new();
    plain::find(text, &mut found);
    let mut spelt = Vec::new();
    spelt::find(text, &mut spelt);
    // "info(@)acme.example" may be seen twice; both lists are in order.
    spelt.retain(|m| {
        let next = found.partition_point(|p| p.span.end <= m.span.start);
        found.get(next).is_none_or(|p| m.span.end <= p.span.start)
    });
    if !spelt.is_empty() {
        found.append(&mut spelt);
        found.sort_by_key(|m| m.span.start);
    }
    found.retain(|m| !address::is_template(&m.email, None));
    found
}

//! Contacts that are links: profiles, forms, chats, messengers and the sites of outside bodies.
//!
//! What a link leads to is told from its address first and from the words on and around it second. A share button, a
//! single post or somebody else's profile is no contact; a link is a form only where it says so, or where the page itself
//! holds one to write in.

mod chat;
mod form;
mod messenger;
mod networks;
mod outside;
mod own;
mod social;

use crate::hit::Hit;
use crate::outline::Outline;
use crate::page::Context;
use own::Own;

/// Finds the contacts of an outline that are links.
#[must_use]
pub fn find(outline: &Outline, context: &Context) -> Vec<Hit> {
    let own = Own::of(outline, context);
    let mut hits = social::find(outline, &own);
    hits.extend(messenger::find(outline, &own));
    let outside = outside::find(outline, &own, context);
    let taken: Vec<usize> = outside.iter().filter_map(|hit| hit.link).collect();
    hits.extend(form::find(outline, &own, &taken));
    hits.extend(chat::find(outline, &own));
    hits.extend(outside);
    hits
}

/// Takes an address for a profile on a social network, where it is one.
pub(crate) fn profile(url: &url::Url) -> Option<ladder::Reach> {
    social::reach(url)
}

#[cfg(test)]
mod tests;

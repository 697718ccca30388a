//! Contacts of a procedure: what the scanners find, and at which word it stands.

use ladder::{Channel, Email, Reach};

use crate::outline::Outline;
use crate::page::Context;

use super::words::{Kind, Words};

/// A contact and its place among the words.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// The first of its words.
    pub(super) word: usize,
    /// Channel and value.
    pub(super) reach: Reach,
}

impl Placed {
    /// Whether it belongs on a stage, or on a body: a site is a place to go only for a body.
    pub(super) fn fits(&self, outside: bool) -> bool {
        outside || self.reach.channel() != Channel::Web
    }
}

/// Finds the contacts of an outline.
pub(super) fn find(_outline: &Outline, words: &Words<'_>, _context: &Context<'_>) -> Vec<Placed> {
    let mut found = Vec::new();
    for (at, word) in words.words.iter().enumerate() {
        if word.kind != Kind::Address {
            continue;
        }
        let printed = &words.text[word.start as usize..word.end as usize];
        if printed.contains('@') {
            if let Ok(reach) = Email::parse(printed).map(Reach::email) {
                found.push(Placed { word: at, reach });
            }
        }
    }
    found
}

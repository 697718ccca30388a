//! The local part of a mailbox.

use super::super::around::{Around, Zone};
use super::super::weigh::Votes;
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "local-part",
    claim: "the local part of a mailbox names who reads it",
    why: "firms name mailboxes after teams",
    takes: Example {
        html: "<p>complaints@acme.example</p>",
        value: "complaints@acme.example",
        rung: "complaints",
    },
    refuses: Example {
        html: "<p>ann.other@acme.example</p>",
        value: "ann.other@acme.example",
        rung: "complaints",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    votes.speak(RULE.id, 3.2, around, Zone::Local);
}

//! The sentence that ends with a value.

use super::super::around::{Around, Zone};
use super::super::weigh::Votes;
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "clause",
    claim: "the sentence that ends with a value says what to use it for",
    why: "that is how running text names a contact",
    takes: Example {
        html: "<p>If you wish to make a complaint about the way that we handled your booking with us this year, please write to info@acme.example.</p>",
        value: "info@acme.example",
        rung: "complaints",
    },
    refuses: Example {
        html: "<p>We take every complaint seriously. To change a booking, write to info@acme.example.</p>",
        value: "info@acme.example",
        rung: "complaints",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    votes.speak(RULE.id, 2.2, around, Zone::Clause);
}

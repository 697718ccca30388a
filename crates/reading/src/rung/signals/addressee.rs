//! The addressee of a letter.

use super::super::around::{Around, Zone};
use super::super::weigh::Votes;
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "addressee",
    claim: "the first line of an address names who opens the letter",
    why: "letters are sorted by it",
    takes: Example {
        html: "<p>Write to Acme Ltd, Customer Relations, 1 High Street, Anytown</p>",
        value: "Acme Ltd, Customer Relations, 1 High Street, Anytown",
        rung: "complaints",
    },
    refuses: Example {
        html: "<p>Write to Acme Ltd, Bookings, 1 High Street, Anytown</p>",
        value: "Acme Ltd, Bookings, 1 High Street, Anytown",
        rung: "complaints",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    votes.speak(RULE.id, 2.8, around, Zone::Addressee);
}

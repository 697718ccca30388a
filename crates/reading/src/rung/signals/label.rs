//! The label: the words right before a value, or the term that it defines.

use super::super::around::{Around, Zone};
use super::super::weigh::Votes;
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "label",
    claim: "the words right before a value name who answers",
    why: "that is where a page says what a value is",
    takes: Example { html: "<p>Complaints: 020 7946 0001</p>", value: "020 7946 0001", rung: "complaints" },
    refuses: Example {
        html: "<p>Complaints are rare. Bookings: 020 7946 0001</p>",
        value: "020 7946 0001",
        rung: "complaints",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    votes.speak(RULE.id, 3.0, around, Zone::Label);
}

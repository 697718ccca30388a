//! The words after a value.

use super::super::around::{Around, Zone};
use super::super::weigh::Votes;
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "after",
    claim: "the words after a value name it where none stand before it",
    why: "some pages print the number first",
    takes: Example { html: "<p>020 7946 0001 (complaints)</p>", value: "020 7946 0001", rung: "complaints" },
    refuses: Example { html: "<p>020 7946 0001 (bookings)</p>", value: "020 7946 0001", rung: "complaints" },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    let named_before = around.named(Zone::Label).next().is_some();
    votes.speak(RULE.id, if named_before { 0.8 } else { 1.8 }, around, Zone::After);
}

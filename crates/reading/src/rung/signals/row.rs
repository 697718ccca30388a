//! The row of a table.

use super::super::around::{Around, Zone};
use super::super::weigh::Votes;
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "row",
    claim: "the first cells of a row name its values",
    why: "so a table of departments is laid out",
    takes: Example {
        html: "<table><tr><td>Complaints</td><td>020 7946 0001</td></tr></table>",
        value: "020 7946 0001",
        rung: "complaints",
    },
    refuses: Example {
        html: "<table><tr><td>Complaints</td></tr><tr><td>Bookings</td><td>020 7946 0001</td></tr></table>",
        value: "020 7946 0001",
        rung: "complaints",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    votes.speak(RULE.id, 2.8, around, Zone::Row);
}

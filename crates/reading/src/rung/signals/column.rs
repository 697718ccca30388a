//! The head of a column.

use super::super::around::{Around, Zone};
use super::super::weigh::Votes;
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "column",
    claim: "the header cell of a column names its values",
    why: "a table may have one team a column",
    takes: Example {
        html: "<table><tr><th>Bookings</th><th>Complaints</th></tr><tr><td>info@acme.example</td><td>020 7946 0001</td></tr></table>",
        value: "020 7946 0001",
        rung: "complaints",
    },
    refuses: Example {
        html: "<table><tr><th>Complaints</th><th>Bookings</th></tr><tr><td>x</td><td>020 7946 0001</td></tr></table>",
        value: "020 7946 0001",
        rung: "complaints",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    votes.speak(RULE.id, 1.6, around, Zone::Column);
}

//! The heading above a value.

use super::super::around::{Around, Zone};
use super::super::weigh::Votes;
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "heading",
    claim: "the heading above a value says what it is for",
    why: "headings divide a page by matter",
    takes: Example {
        html: "<h2>Making a complaint</h2><p>020 7946 0001</p>",
        value: "020 7946 0001",
        rung: "complaints",
    },
    refuses: Example {
        html: "<h2>Making a complaint</h2><p>Gladly.</p><h2>Bookings</h2><p>020 7946 0001</p>",
        value: "020 7946 0001",
        rung: "complaints",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    votes.speak(RULE.id, 2.4, around, Zone::Heading);
}

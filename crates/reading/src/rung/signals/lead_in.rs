//! The paragraph that leads in to a list.

use super::super::around::{Around, Zone};
use super::super::weigh::Votes;
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "lead-in",
    claim: "the paragraph before a list of contacts says what they are for",
    why: "you can complain in one of these ways: …",
    takes: Example {
        html: "<p>You can make a complaint to us in any of these ways:</p><ul><li>Phone: 020 7946 0001</li></ul>",
        value: "020 7946 0001",
        rung: "complaints",
    },
    refuses: Example {
        html: "<p>We take any complaint that reaches us seriously and reply.</p><h2>Bookings</h2><ul><li>Phone: 020 7946 0001</li></ul>",
        value: "020 7946 0001",
        rung: "complaints",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    votes.speak(RULE.id, 2.0, around, Zone::LeadIn);
}

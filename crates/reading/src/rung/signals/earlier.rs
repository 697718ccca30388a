//! The sentence before.

use super::super::around::{Around, Zone};
use super::super::weigh::Votes;
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "earlier-sentence",
    claim: "the sentence before may say what a value is for",
    why: "a sentence such as: this can be done by e-mail",
    takes: Example {
        html: "<p>A complaint is made in writing. This can be done by e-mail to info@acme.example.</p>",
        value: "info@acme.example",
        rung: "complaints",
    },
    refuses: Example {
        html: "<p>Bookings are made in writing. This can be done by e-mail to info@acme.example.</p>",
        value: "info@acme.example",
        rung: "complaints",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    votes.speak(RULE.id, 1.3, around, Zone::Earlier);
}

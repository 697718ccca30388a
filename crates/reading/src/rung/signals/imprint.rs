//! The address in an imprint.

use ladder::{Channel, Rung};

use super::super::around::Around;
use super::super::weigh::{Vote, Votes};
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "imprint",
    claim: "the address in an imprint is where the firm can be served",
    why: "the law has the firm name it there for that",
    takes: Example {
        html: "<title>Impressum</title><h1>Impressum</h1><p>Muster GmbH, Musterweg 1, 12345 Musterstadt</p>",
        value: "Muster GmbH, Musterweg 1, 12345 Musterstadt",
        rung: "legal",
    },
    refuses: Example {
        html: "<h1>Filialen</h1><p>Muster GmbH, Musterweg 1, 12345 Musterstadt</p>",
        value: "Muster GmbH, Musterweg 1, 12345 Musterstadt",
        rung: "legal",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    if around.page.kind.imprint && around.channel() == Channel::Postal && around.in_body() {
        let words = around.page.outline.title.clone();
        votes.cast(Vote { id: RULE.id, rung: Some(Rung::Legal), weight: 2.0, words, topic: None });
    }
}

//! The kind: what embedded data calls the value.

use super::super::around::{Around, Zone};
use super::super::weigh::Votes;
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "contact-type",
    claim: "a machine-readable contact type names who answers",
    why: "it is written for programs such as this one",
    takes: Example {
        html: r#"<p data-kind="complaints">020 7946 0001</p>"#,
        value: "020 7946 0001",
        rung: "complaints",
    },
    refuses: Example { html: "<p>020 7946 0001</p>", value: "020 7946 0001", rung: "complaints" },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    votes.speak(RULE.id, 3.0, around, Zone::Kind);
}

//! The words on a link.

use super::super::around::{Around, Zone};
use super::super::weigh::Votes;
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "anchor",
    claim: "the words on a link name what it leads to",
    why: "a reader follows them",
    takes: Example {
        html: r#"<p><a href="https://acme.example/f/12">Complaint form</a></p>"#,
        value: "https://acme.example/f/12",
        rung: "complaints",
    },
    refuses: Example {
        html: r#"<p>Complaint? <a href="https://acme.example/f/12">Map</a></p>"#,
        value: "https://acme.example/f/12",
        rung: "complaints",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    votes.speak(RULE.id, 2.8, around, Zone::Anchor);
}

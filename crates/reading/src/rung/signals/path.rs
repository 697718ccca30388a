//! The path of a web address.

use super::super::around::{Around, Zone};
use super::super::weigh::Votes;
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "path",
    claim: "the path of a form or page names what it is for",
    why: "addresses are made from titles",
    takes: Example {
        html: r#"<p><a href="https://acme.example/customer-complaints">here</a></p>"#,
        value: "https://acme.example/customer-complaints",
        rung: "complaints",
    },
    refuses: Example {
        html: r#"<p><a href="https://acme.example/contact">here</a></p>"#,
        value: "https://acme.example/contact",
        rung: "complaints",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    votes.speak(RULE.id, 2.4, around, Zone::Path);
}

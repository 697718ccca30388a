//! The only mailbox of a page.

use ladder::Rung;

use super::super::around::Around;
use super::super::weigh::{Vote, Votes};
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "only-mailbox",
    claim: "the only mailbox that a page gives is for everyone",
    why: "small firms read all mail in one place, even if it is called sales",
    takes: Example { html: "<p>sales@acme.example</p>", value: "sales@acme.example", rung: "front_line" },
    refuses: Example {
        html: "<p>sales@acme.example</p><p>help@acme.example</p>",
        value: "sales@acme.example",
        rung: "front_line",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    let Some(email) = around.hit.reach.as_email() else { return };
    if around.page.mailboxes == 1 && !around.page.opens(around.hit) {
        let words = email.as_str().to_owned();
        votes.cast(Vote { id: RULE.id, rung: Some(Rung::FrontLine), weight: 0.9, words, topic: None });
    }
}

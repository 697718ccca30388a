//! Certified mailboxes.

use ladder::Rung;

use super::super::around::Around;
use super::super::weigh::{Vote, Votes};
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "certified-mail",
    claim: "a certified mailbox is for formal letters",
    why: "Italian law gives it the force of a registered letter",
    takes: Example { html: "<p>acme@pec.acme.example</p>", value: "acme@pec.acme.example", rung: "legal" },
    refuses: Example {
        html: "<p>acme@mail.acme.example</p>",
        value: "acme@mail.acme.example",
        rung: "legal",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    let Some(email) = around.hit.reach.as_email() else { return };
    let certified = email.domain().split('.').any(|label| {
        matches!(
            label,
            "pec" | "legalmail" | "arubapec" | "postecert" | "pecmail" | "mypec" | "cert" | "de-mail"
        ) || label.starts_with("pec-")
            || label.ends_with("-pec")
    });
    if certified {
        let words = email.domain().to_owned();
        votes.cast(Vote { id: RULE.id, rung: Some(Rung::Legal), weight: 3.0, words, topic: None });
    }
}

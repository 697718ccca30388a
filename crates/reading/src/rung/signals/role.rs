//! The role: the title of the person named with a value.

use super::super::around::{Around, Zone};
use super::super::weigh::Votes;
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "role",
    claim: "the title of the person tells the rung",
    why: "a titled person answers in that role",
    takes: Example {
        html: r#"<p data-role="Chief Executive">020 7946 0001</p>"#,
        value: "020 7946 0001",
        rung: "executive",
    },
    refuses: Example {
        html: r#"<p data-role="Sales Executive">020 7946 0001</p>"#,
        value: "020 7946 0001",
        rung: "executive",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    votes.speak(RULE.id, 2.6, around, Zone::Role);
}

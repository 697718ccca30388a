//! The role: the title of the person named with a value.

use super::super::around::{Around, Zone};
use super::super::topic::Topic;
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
    // "Vice President" of "Vice President, Sales": the whole title speaks for itself.
    let role = around.text(Zone::Role);
    let longer = |zone: Zone| {
        around
            .named(zone)
            .any(|m| m.topic == Topic::Decoy && m.words.len() > role.len() && m.words.starts_with(role))
    };
    if !role.is_empty() && [Zone::Card, Zone::Label, Zone::Row].into_iter().any(longer) {
        return;
    }
    votes.speak(RULE.id, 2.6, around, Zone::Role);
}

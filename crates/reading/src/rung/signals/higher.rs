//! The headings above the heading.

use super::super::around::{Around, Zone};
use super::super::topic::Topic;
use super::super::weigh::Votes;
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "higher-heading",
    claim: "the headings above the nearest one say what its contacts are for",
    why: "sections are nested; a section of plain contacts at the end of a complaints page is not for complaints",
    takes: Example {
        html: "<h1>Complaints</h1><h2>In Leeds</h2><p>020 7946 0001</p>",
        value: "020 7946 0001",
        rung: "complaints",
    },
    refuses: Example {
        html: "<h1>Bookings</h1><h2>In Leeds</h2><p>020 7946 0001</p>",
        value: "020 7946 0001",
        rung: "complaints",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    let plain = around.named(Zone::Heading).any(|m| matches!(m.topic, Topic::Contact | Topic::Front))
        && !around.page.opens(around.hit);
    let before = votes.0.len();
    votes.speak(RULE.id, 1.4, around, Zone::Higher);
    if plain {
        for vote in votes.0.iter_mut().skip(before).filter(|v| v.topic == Some(Topic::Complaints)) {
            vote.weight *= 0.4;
        }
    }
}

//! A way to complain beside another.

use ladder::{Channel, Rung};

use super::super::around::{Around, Zone};
use super::super::topic::Topic;
use super::super::weigh::{Vote, Votes};
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "beside-complaints",
    claim: "a number or address without words of its own, in a section with a mailbox for complaints, is for them too",
    why: "a page about complaints lists the ways under a heading as plain as `contact us`",
    takes: Example {
        html: "<title>Complaints</title><h3>Contact us</h3><ul><li>Call 020 7946 0001</li><li>Email complaints@acme.example</li></ul>",
        value: "020 7946 0001",
        rung: "complaints",
    },
    refuses: Example {
        html: "<title>Complaints</title><h3>Contact us</h3><ul><li>Sales 020 7946 0001</li><li>Email complaints@acme.example</li></ul>",
        value: "020 7946 0001",
        rung: "complaints",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    let post_or_phone = matches!(around.channel(), Channel::Phone | Channel::Postal | Channel::Messaging);
    if !post_or_phone || !around.in_body() || !around.page.is_beside_complaints(around.hit) {
        return;
    }
    let own = [Zone::Label, Zone::Row, Zone::Card, Zone::Role, Zone::Addressee]
        .into_iter()
        .any(|zone| around.named(zone).any(|m| m.topic != Topic::Contact));
    if !own {
        let (id, rung, topic) = (RULE.id, Some(Rung::Complaints), Some(Topic::Complaints));
        let words = around.page.outline.title.clone();
        votes.cast(Vote { id, rung, weight: 1.6, words, topic });
    }
}

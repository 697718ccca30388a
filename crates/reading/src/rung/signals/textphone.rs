//! Textphones.

use ladder::{Channel, Rung};

use super::super::around::{Around, Zone};
use super::super::weigh::{Vote, Votes};
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "textphone",
    claim: "a textphone is for those who cannot hear",
    why: "no one else can use it",
    takes: Example {
        html: r#"<p data-channel="textphone">TTY 020 7946 0001</p>"#,
        value: "020 7946 0001",
        rung: "specialist",
    },
    refuses: Example { html: "<p>Phone 020 7946 0001</p>", value: "020 7946 0001", rung: "specialist" },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    if around.channel() == Channel::Textphone {
        let words = around.text(Zone::Label).to_owned();
        votes.cast(Vote { id: RULE.id, rung: Some(Rung::Specialist), weight: 3.0, words, topic: None });
    }
}

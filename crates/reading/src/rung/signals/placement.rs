//! Header and footer.

use ladder::{Place, Rung};

use super::super::around::Around;
use super::super::weigh::{Vote, Votes};
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "header-or-footer",
    claim: "a value in the header or footer is for everyone",
    why: "it stands there on every page",
    takes: Example {
        html: "<h1>Complaints</h1><footer><p>020 7946 0001</p></footer>",
        value: "020 7946 0001",
        rung: "front_line",
    },
    refuses: Example {
        html: "<h1>Complaints</h1><p>020 7946 0001</p>",
        value: "020 7946 0001",
        rung: "front_line",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    if matches!(around.hit.place, Place::Header | Place::Nav | Place::Footer) {
        let words = String::new();
        votes.cast(Vote { id: RULE.id, rung: Some(Rung::FrontLine), weight: 0.6, words, topic: None });
    }
}

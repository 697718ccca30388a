//! The title of the page.

use super::super::around::{Around, Zone};
use super::super::weigh::Votes;
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "page-title",
    claim: "the title of a page says what its contacts are for",
    why: "a page has one matter; its header and footer have not",
    takes: Example {
        html: "<title>Press office</title><p>020 7946 0001</p>",
        value: "020 7946 0001",
        rung: "off_ladder",
    },
    refuses: Example {
        html: "<title>Press office</title><footer><p>020 7946 0001</p></footer>",
        value: "020 7946 0001",
        rung: "off_ladder",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    votes.speak(RULE.id, 0.7, around, Zone::Title);
}

//! The short lines above a value.

use super::super::around::{Around, Zone};
use super::super::weigh::Votes;
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "card",
    claim: "the short lines above a value name who answers",
    why: "cards give name, title, number, one a line",
    takes: Example {
        html: "<p>Ann Other<br>Managing Director<br>020 7946 0001</p>",
        value: "020 7946 0001",
        rung: "executive",
    },
    refuses: Example {
        html: "<p>Ann Other<br>Managing Director<br>Bookings: 020 7946 0001</p>",
        value: "020 7946 0001",
        rung: "executive",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    // In an imprint the names of the directors stand above the switchboard because the law wants them there.
    if !around.page.kind.imprint {
        votes.speak(RULE.id, 2.4, around, Zone::Card);
    }
}

//! Register entries beside an address.

use ladder::{Channel, Rung};

use super::super::around::Around;
use super::super::topic::Topic;
use super::super::weigh::{Vote, Votes};
use super::super::words::topics_of;
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "register-entry",
    claim: "an address beside the register entry of the firm is its registered one",
    why: "German law has both named together",
    takes: Example {
        html: "<p>Muster GmbH, Musterweg 1, 12345 Musterstadt<br>Handelsregister HRB 12345</p>",
        value: "Muster GmbH, Musterweg 1, 12345 Musterstadt",
        rung: "legal",
    },
    refuses: Example {
        html: "<p>Muster GmbH, Musterweg 1, 12345 Musterstadt<br>Parkplatz im Hof</p>",
        value: "Muster GmbH, Musterweg 1, 12345 Musterstadt",
        rung: "legal",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    if around.channel() != Channel::Postal || !around.in_body() {
        return;
    }
    let outline = around.page.outline;
    let end = around.hit.span.end;
    let Some(block) = around.hit.block.filter(|_| end > 0) else { return };
    let stop = outline.blocks.get(block + 2).or(outline.blocks.last()).map_or(end, |b| b.range.end);
    let Some(window) = outline.text.get(end..outline.text.floor_char_boundary(stop.min(end + 160)).max(end))
    else {
        return;
    };
    if let Some(found) = topics_of(window).into_iter().find(|found| found.topic == Topic::Register) {
        let words = window[found.range].to_owned();
        votes.cast(Vote {
            id: RULE.id,
            rung: Some(Rung::Legal),
            weight: 1.8,
            words,
            topic: Some(Topic::Register),
        });
    }
}

//! An ombudsman of the company's own.

use ladder::Rung;

use super::super::around::{Around, Zone};
use super::super::bodies::names_a_body;
use super::super::topic::Topic;
use super::super::weigh::{Vote, Votes};
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "own-ombudsman",
    claim: "an ombudsman or customer's defender in the company's own house is a stage above its complaints team",
    why: "banks, universities, towns keep one who reviews what their teams decided",
    takes: Example {
        html: "<p>ombudsperson@acme.example</p>",
        value: "ombudsperson@acme.example",
        rung: "management",
    },
    refuses: Example { html: "<p>office@acme.example</p>", value: "office@acme.example", rung: "management" },
    look,
};

/// Votes on a hit, which is known to be the company's by now.
fn look(around: &Around, votes: &mut Votes) {
    let foreign =
        around.hit.reach.as_email().is_some_and(|e| around.page.own.has_host(e.domain()) == Some(false));
    if foreign {
        return;
    }
    for (zone, weight) in [
        (Zone::Kind, 3.0),
        (Zone::Local, 3.0),
        (Zone::Label, 3.0),
        (Zone::Addressee, 3.0),
        (Zone::Row, 2.6),
        (Zone::Card, 2.4),
    ] {
        if let Some(said) = around.named(zone).find(|m| m.topic == Topic::Adr && names_a_body(&m.words)) {
            let (id, rung) = (RULE.id, Some(Rung::Management));
            votes.cast(Vote {
                id,
                rung,
                weight: weight * said.share,
                words: said.words.clone(),
                topic: None,
            });
        }
    }
}

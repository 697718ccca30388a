//! Outside bodies: ombudsmen, schemes and regulators, as the page names them.
//!
//! The atlas knows many by name, site and value. Of those that it does not know, the words tell: a phrase that names an
//! ombudsman or an authority is the name of one.

use std::ops::Range;

use ladder::{Country, Rung};

use super::names;
use super::topic::Topic;
use super::words::topics_of;

/// An outside body as a text names it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Body {
    /// Its name as printed, or as the atlas has it where only its site or value stands there.
    pub(super) name: String,
    /// `adr` or `regulator`.
    pub(super) rung: Rung,
    /// Where it is named in the text.
    pub(super) range: Range<usize>,
    /// Whether the name is a proper one, not just a kind of body.
    pub(super) proper: bool,
}

/// Returns the body to whose site an address belongs.
pub(super) fn by_link(_address: &str) -> Option<Body> {
    None
}

/// Returns the body that a number or mailbox belongs to.
pub(super) fn by_value(_value: &str) -> Option<Body> {
    None
}

/// Returns the bodies named in a text, in its order.
pub(super) fn named_in(text: &str, _country: Option<Country>) -> Vec<Body> {
    let mut bodies: Vec<Body> = Vec::new();
    for found in topics_of(text) {
        let rung = match found.topic {
            Topic::Adr => Rung::Adr,
            Topic::Regulator => Rung::Regulator,
            _ => continue,
        };
        let word = &text[found.range.clone()];
        if bodies.last().is_some_and(|b| found.range.start < b.range.end) || !names_a_body(word) {
            continue;
        }
        let name = names::around(text, found.range.clone());
        let start = text[..found.range.end].rfind(&name).unwrap_or(found.range.start);
        let proper = name.chars().next().is_some_and(char::is_uppercase);
        let range = start.min(found.range.start)..(start + name.len()).max(found.range.end).min(text.len());
        bodies.push(Body { name, rung, range, proper });
    }
    bodies
}

/// Returns whether a word names a body and not a way ("mediation", "regulated by").
fn names_a_body(word: &str) -> bool {
    const WAYS: &[&str] = &[
        "adr",
        "alternative dispute resolution",
        "mediation",
        "arbitration",
        "conciliation",
        "adjudication",
        "out of court",
        "out-of-court",
        "schlichtung",
        "streitbeilegung",
        "médiation",
        "conciliación",
        "conciliation",
        "mediación",
        "arbitraje",
        "mediazione",
        "arbitrato",
        "conciliazione",
        "bemiddeling",
        "arbitrage",
        "regulated by",
        "authorised by",
        "authorized by",
        "licensed by",
        "streitschlichtung",
        "schlichtungsverfahren",
        "consumer protection",
        "consumo",
        "dispute settlement",
        "alternative streitbeilegung",
        "streitbeilegungsverfahren",
        "barreau",
        "kammer",
        "deken",
        "magistrat",
    ];
    let word = word.to_lowercase();
    !WAYS.contains(&word.as_str())
}

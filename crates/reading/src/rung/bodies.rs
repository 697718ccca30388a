//! Outside bodies: ombudsmen, schemes and regulators, as the page names them.
//!
//! The atlas knows many by name, site and value. Of those that it does not know, the words tell: a phrase that names an
//! ombudsman or an authority is the name of one.

use std::ops::Range;

use atlas::{Atlas, Head};
use ladder::{BodyKind, Country, Rung};

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
    /// Whether the atlas knows it.
    pub(super) known: bool,
}

/// Returns the body to whose site an address belongs.
pub(super) fn by_link(address: &str) -> Option<Body> {
    known(Atlas::builtin().by_link(address).first()?)
}

/// Returns the body that a number or mailbox belongs to.
pub(super) fn by_value(value: &str) -> Option<Body> {
    known(Atlas::builtin().by_value(value).first()?)
}

/// Takes a body of the atlas; a court is none that a customer is sent to with a complaint.
fn known(head: &Head) -> Option<Body> {
    let rung = rung_of(head)?;
    Some(Body { name: head.name.to_string(), rung, range: 0..0, proper: true, known: true })
}

/// Returns the rung of a body of the atlas.
const fn rung_of(head: &Head) -> Option<Rung> {
    match head.body_kind() {
        BodyKind::Adr => Some(Rung::Adr),
        BodyKind::Regulator => Some(Rung::Regulator),
        BodyKind::Court => None,
    }
}

/// Returns the bodies named in a text, in its order; `worded` says whether its words are of an ombudsman or authority at all.
pub(super) fn named_in(text: &str, country: Option<Country>, worded: bool) -> Vec<Body> {
    let mut bodies: Vec<Body> = Atlas::builtin()
        .mentions(text, country)
        .into_iter()
        .filter_map(|mention| {
            let rung = rung_of(mention.head)?;
            let name = text.get(mention.span.clone())?.to_owned();
            let rung = printed_rung(text, &mention.span).unwrap_or(rung);
            Some(Body { name, rung, range: mention.span, proper: true, known: true })
        })
        .collect();
    for found in if worded { topics_of(text) } else { Vec::new() } {
        let rung = match found.topic {
            Topic::Adr => Rung::Adr,
            Topic::Regulator => Rung::Regulator,
            _ => continue,
        };
        let overlaps = |b: &Body| b.range.start < found.range.end && found.range.start < b.range.end;
        if bodies.iter().any(overlaps) || !names_a_body(whole_word(text, &found.range)) {
            continue;
        }
        let name = names::around(text, found.range.clone());
        let start = text[..found.range.end].rfind(&name).unwrap_or(found.range.start);
        let rung = if rung == Rung::Regulator && tells_adr(&name) { Rung::Adr } else { rung };
        let proper = name.chars().next().is_some_and(char::is_uppercase);
        let range = start.min(found.range.start)..(start + name.len()).max(found.range.end).min(text.len());
        if !text.is_char_boundary(range.end) {
            continue;
        }
        bodies.push(Body { name, rung, range, proper, known: false });
    }
    bodies.sort_by_key(|body| body.range.start);
    bodies
}

/// Returns a range with the rest of the word that it ends: `Landesärztekammer` for the end of it.
fn whole_word<'a>(text: &'a str, range: &Range<usize>) -> &'a str {
    let before = &text[..range.start];
    let start = before.trim_end_matches(char::is_alphanumeric).len();
    &text[start..range.end]
}

/// Returns whether a name says that its bearer settles disputes: the conciliation service of an authority.
fn tells_adr(name: &str) -> bool {
    topics_of(name).iter().any(|found| found.topic == Topic::Adr)
}

/// Returns the rung that a name tells by its own words, where it does: an authority that settles disputes in one of its
/// departments is `adr` by that department's name, and a regulator by its own.
fn printed_rung(text: &str, span: &Range<usize>) -> Option<Rung> {
    let from = text.floor_char_boundary(span.start.saturating_sub(80));
    let to = text.ceil_char_boundary((span.end + 80).min(text.len()));
    let near = text.get(from..to)?;
    let name = names::around(near, span.start - from..span.end - from);
    let found = topics_of(&name);
    let says = |topic: Topic| found.iter().any(|found| found.topic == topic);
    match (says(Topic::Adr), says(Topic::Regulator)) {
        (true, _) => Some(Rung::Adr),
        (false, true) => Some(Rung::Regulator),
        (false, false) => None,
    }
}

/// Returns whether a word names a body and not a way ("mediation", "regulated by").
pub(super) fn names_a_body(word: &str) -> bool {
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
        // The desk of many a firm is called so.
        "consumer affairs",
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

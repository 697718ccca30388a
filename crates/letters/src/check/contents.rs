//! What a draft contains: what happened, when, a reference, steps taken, the impact, what is wanted; and whether it is vague.
//!
//! Weighted cues (`data/weights/draft.txt`), as for replies.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::bytes::{Regex, RegexBuilder};
use serde::Serialize;

use super::findings::{Finding, Kind, all};
use crate::fold::Folded;
use crate::linear::Weights;
use crate::terms;
use crate::words::{Hit, Lexicon};

/// The trained weights.
static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| Weights::parse(include_str!("../../data/weights/draft.txt")));

/// The table of conditions and intentions: no cue of its own, it only takes from what stands in them.
const SUPPOSED: &str = "hypothetical";

/// What a draft contains.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, schemars::JsonSchema)]
#[expect(clippy::struct_excessive_bools, reason = "six independent facts, each printed under its own name")]
pub struct Contents {
    /// At least one concrete event.
    pub what_happened: bool,
    /// A date, day, time or length of time for it.
    pub when: bool,
    /// A number by which the company can find the case.
    pub reference: bool,
    /// Contact or attempts so far.
    pub steps_taken: bool,
    /// A consequence for the customer.
    pub impact: bool,
    /// A named outcome is asked for.
    pub resolution_sought: bool,
}

impl Contents {
    /// Returns what is missing, each with the question that would bring it.
    #[must_use]
    pub fn missing(&self) -> Vec<(&'static str, &'static str)> {
        [
            (self.what_happened, "what_happened", "what happened? Name one event they can look up"),
            (self.when, "when", "when was it? A date, or how long it has been"),
            (
                self.reference,
                "reference",
                "which number can they find it under? Order, account, booking or claim",
            ),
            (self.steps_taken, "steps_taken", "what have you tried so far, and what was said?"),
            (self.impact, "impact", "what did it cost you? Money, time, a missed event"),
            (self.resolution_sought, "resolution_sought", "what do you want them to do?"),
        ]
        .into_iter()
        .filter(|(has, ..)| !has)
        .map(|(_, name, question)| (name, question))
        .collect()
    }
}

/// What was read of a draft as a whole.
pub(super) struct Read {
    /// What it contains.
    pub(super) has: Contents,
    /// Whether there is nothing that the company could act on.
    pub(super) vague: bool,
}

/// Finds the marks of tone that stand in the tables of words.
pub(super) fn flags(
    blanked: &[u8],
    folded: &Folded<'_>,
    lexicon: &'static Lexicon,
) -> Vec<(&'static Finding, Hit)> {
    let mut found = Vec::new();
    for cue in &lexicon.flags {
        let Some(finding) = all().iter().find(|f| f.name == cue.name) else { continue };
        for hit in cue.hits(blanked) {
            // Without the spaces that a pattern may have taken with it.
            let words = &folded.bytes[hit.start..hit.end];
            let start = hit.start + (words.len() - words.trim_ascii_start().len());
            let end = hit.start + words.trim_ascii_end().len();
            if start < end {
                found.push((finding, Hit { start, end }));
            }
        }
    }
    found
}

/// A number that stands behind the word for it and a colon: `Account: AC-99177`. Folded text has no accents and no line breaks.
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    RegexBuilder::new(concat!(
        r"(?:^|[^a-z])(?:(?:my|your|our|meine?|ihre?|mon|ma|mes|vos|mi|mis|su|sus) )?(?:account|order|references?|ref|booking|reservation",
        r"|claim|case|complaint|ticket|policy|customer|contract|invoice|bill|booking|tracking|kunde|konto|auftrag|bestellung|vorgang",
        r"|aktenzeichen|zeichen(?: bei ihnen)?|vertrag|rechnung|buchung|(?:kunden|konto|auftrags|bestell|vorgangs|vertrags|rechnungs|buchungs)",
        r"-?(?:nummer|nr\.?|zeichen)|compte|commande|dossier|contrat|facture|client|cuenta|pedido|expediente|contrato|factura|cliente",
        r"|referencias?)(?: (?:numbers?|no\.?|nos\.?|id|codes?|nummern?|nr\.?|numeros?|n\.?))? ?[:#] ?(?:[a-z]{0,9} )?#?[a-z]{0,8}[-/ .]?\d[a-z0-9/.-]{2,}",
    ))
    .unicode(false)
    .build()
    .expect("a test reads with the pattern")
});

/// Reads what a draft contains.
pub(super) fn read(blanked: &[u8], hits: &[(&'static Finding, Hit)], lexicon: &'static Lexicon) -> Read {
    let features = features(blanked, hits, lexicon);
    let holds = |answer: &str| WEIGHTS.score(answer, features.iter().map(String::as_str)) > 0.0;
    let has = Contents {
        what_happened: holds("what_happened"),
        when: holds("when"),
        reference: holds("reference") || LABELLED.is_match(blanked),
        steps_taken: holds("steps_taken"),
        impact: holds("impact"),
        resolution_sought: holds("resolution_sought"),
    };
    Read { has, vague: holds(Kind::Vague.id()) }
}

/// Returns the features by which the contents of a draft are judged.
pub(super) fn features(
    blanked: &[u8],
    hits: &[(&'static Finding, Hit)],
    lexicon: &'static Lexicon,
) -> BTreeSet<String> {
    let mut features: BTreeSet<String> = BTreeSet::new();
    for cue in lexicon.draft.iter().filter(|cue| cue.name != SUPPOSED) {
        match cue.hits(blanked).take(2).count() {
            0 => {}
            1 => {
                features.insert(cue.name.clone());
            }
            _ => {
                features.insert(format!("{}_2", cue.name));
                features.insert(cue.name.clone());
            }
        }
    }
    features.extend(terms::of(blanked, lexicon).into_keys());
    for (finding, _) in hits {
        features.insert(format!("f_{}", finding.kind.id()));
    }
    if only_supposed(blanked, lexicon) {
        features.insert("event_supposed".to_owned());
    }
    let words = blanked.split(|b| *b == b' ').filter(|w| !w.is_empty()).count();
    let length = match words {
        0..18 => "short",
        18..60 => "mid",
        60..120 => "",
        _ => "long",
    };
    features.insert(length.to_owned());
    features
}

/// Whether what looks like an event stands in conditions and intentions alone: "if you do not answer I will tell everybody".
fn only_supposed(blanked: &[u8], lexicon: &'static Lexicon) -> bool {
    let hits = |name: &str| -> Vec<Hit> {
        lexicon.draft.iter().filter(|cue| cue.name == name).flat_map(|cue| cue.hits(blanked)).collect()
    };
    let supposed = hits(SUPPOSED);
    !supposed.is_empty()
        && hits("event")
            .iter()
            .all(|event| supposed.iter().any(|place| place.start < event.end && event.start < place.end))
}

//! Marks: what a reader must know of a weighed contact point before using it.
//!
//! A suspect is a value that a reading found to bear the marks of a fraud. It is carried as a signal of its own, so that
//! nothing on the way loses it, and holds only while no official place names the value: a warning by strangers does not
//! take a company's own number off the ladder.

use crate::confidence::{Confidence, Reason};
use crate::contact::ContactPoint;
use crate::finding::{Cost, Sighting, Signal};
use crate::rung::Rung;
use crate::witness::SourceKind;

/// The id of the signal that marks a suspect; its words are the reason.
pub const SUSPECT: &str = "suspect";

/// After so many days a person named in an office may have left it.
pub const STALE_PERSON_DAYS: i64 = 3 * 365;

/// What the marks of a fraud take from a confidence, in log-odds.
const MARKED: f64 = -4.5;

/// Marks a sighting as suspect, for a reason in plain words.
pub fn suspect(sighting: &mut Sighting, reason: &str) {
    sighting.signals.push(Signal { id: SUSPECT, rung: None, words: reason.to_owned() });
}

/// Returns the reasons why a contact point is suspect; none where it is not.
pub fn reasons(point: &ContactPoint) -> impl Iterator<Item = &str> {
    point.signals.iter().filter(|s| s.id == SUSPECT).map(|s| s.words.as_str())
}

/// Returns whether a kind of place is official enough to clear a value of strangers' suspicion.
pub(crate) const fn clears(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::OwnSite | SourceKind::OwnDocument | SourceKind::OwnFile | SourceKind::Register)
}

/// Lowers a confidence for the marks of a fraud, and says so.
#[must_use]
pub(crate) fn doubted(mut confidence: Confidence) -> Confidence {
    let p = confidence.probability.clamp(1e-6, 1.0 - 1e-6);
    let odds = (p / (1.0 - p)).ln() + MARKED;
    confidence.probability = 1.0 / (1.0 + (-odds).exp());
    confidence.reasons.push(Reason { words: "it shows signs of a fraud".into(), weight: MARKED });
    confidence
}

/// Returns the warnings of a contact point, in plain words: suspect, a lead, dear to call, stale.
///
/// `age_days` is how long ago the newest witness was written or checked, where that is known.
#[must_use]
pub fn warnings(point: &ContactPoint, age_days: Option<i64>) -> Vec<String> {
    let mut words: Vec<String> = reasons(point).map(|r| format!("suspect: {r}")).collect();
    if words.is_empty() && point.is_lead() {
        words.push("only users name it: confirm it before you use it".into());
    }
    if point.cost == Some(Cost::Premium) {
        words.push("premium rate: a call costs more than a normal one".into());
    }
    if let Some(note) = stale(point.rung, point.person.is_some(), age_days) {
        words.push(note);
    }
    words
}

/// Returns a note where an officer was named so long ago that the office may have changed hands.
#[must_use]
pub fn stale(rung: Option<Rung>, names_a_person: bool, age_days: Option<i64>) -> Option<String> {
    let days = age_days?;
    let held = matches!(rung, Some(Rung::Executive | Rung::Management)) && names_a_person;
    (held && days >= STALE_PERSON_DAYS)
        .then(|| format!("named {} years ago: the person may have left; write to the office", days / 365))
}

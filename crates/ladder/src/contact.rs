//! Contact points: sightings of one value, merged, with all their witnesses.

use crate::channel::Reach;
use crate::confidence::Confidence;
use crate::finding::{Access, Cost, Party, Signal};
use crate::rung::Rung;
use crate::witness::Witness;

/// One channel and one value, with everything that is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactPoint {
    /// Channel and value.
    pub reach: Reach,
    /// Its rung; `None` is off the ladder.
    pub rung: Option<Rung>,
    /// Whose it is.
    pub party: Party,
    /// What its best witness calls it.
    pub label: Option<String>,
    /// The person published with it.
    pub person: Option<String>,
    /// That person's title, or the team.
    pub title: Option<String>,
    /// When it is open, as printed.
    pub hours: Option<String>,
    /// Languages served, ISO 639-1.
    pub languages: Vec<String>,
    /// What a call costs by the kind of number.
    pub cost: Option<Cost>,
    /// What the company says of the cost.
    pub cost_note: Option<String>,
    /// Digits to dial after the number answers.
    pub extension: Option<String>,
    /// What must be done first to get in, where a source says so.
    pub access: Option<Access>,
    /// The matters that sources list for it; empty where none lists any.
    pub topics: Vec<String>,
    /// What a reader should know before using it.
    pub notes: Vec<String>,
    /// How likely it is what it is said to be, and what that is made of.
    pub confidence: Confidence,
    /// Why it is on its rung.
    pub signals: Vec<Signal>,
    /// Every place that says so, the strongest first. Never empty.
    pub witnesses: Vec<Witness>,
}

impl ContactPoint {
    /// Returns whether only users wrote of it: it is then a lead, shown apart and never promoted.
    #[must_use]
    pub fn is_lead(&self) -> bool {
        self.witnesses.iter().all(|witness| witness.source.kind.is_user_written())
    }
}

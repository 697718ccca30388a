//! Policies: a company's own complaints procedure, read into stages and the outside bodies that come after.

use serde::{Deserialize, Serialize};

use crate::channel::Reach;
use crate::clock::Clock;
use crate::rung::Rung;

/// What kind of body stands outside.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BodyKind {
    /// Ombudsman, redress scheme, arbitration, mediation.
    Adr,
    /// Supervisor, professional body, commission, consumer agency.
    Regulator,
    /// A court or tribunal.
    Court,
}

/// A duration together with the words that give it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct StatedClock {
    /// The duration.
    pub clock: Clock,
    /// What it counts from, as far as the text says: `receipt`, `acknowledgement`, `meeting`, `last_answer`.
    pub from: Option<String>,
    /// The words it was read from.
    pub quote: String,
}

/// One rung at which the customer can put the complaint, by the company's own procedure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    /// Its place in the order in which stages come into force, from 1.
    pub order: u32,
    /// Its rung.
    pub rung: Rung,
    /// The words that name who handles it.
    pub handler: String,
    /// How to reach it.
    pub contacts: Vec<Reach>,
    /// The company acknowledges within.
    pub acknowledge: Option<StatedClock>,
    /// The company answers within (the outer bound of a range).
    pub respond: Option<StatedClock>,
    /// The customer must go on to this stage within this time of the last answer.
    pub customer_window: Option<StatedClock>,
    /// The words that open the stage.
    pub quote: String,
}

/// A body outside of the company to which the procedure points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutsideBody {
    /// Its name as printed.
    pub body: String,
    /// What kind of body it is.
    pub kind: BodyKind,
    /// The time after the complaint when the customer may go there without a final answer.
    pub after: Option<StatedClock>,
    /// The time limit for going there after the final answer.
    pub within: Option<StatedClock>,
    /// How to reach it.
    pub contacts: Vec<Reach>,
    /// The words that name it.
    pub quote: String,
}

/// A complaints procedure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// The company's own stages, in the order in which they come into force.
    pub stages: Vec<Stage>,
    /// The outside bodies, in the order of the text.
    pub external: Vec<OutsideBody>,
    /// What is contradictory or could not be read, in plain words.
    pub warnings: Vec<String>,
}

impl Policy {
    /// Returns whether nothing was read.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.stages.is_empty() && self.external.is_empty()
    }
}

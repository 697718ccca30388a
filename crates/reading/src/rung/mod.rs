//! Naming the rung and the party of a hit.

use ladder::{Party, Rung, Signal};

use crate::hit::Hit;
use crate::outline::Outline;
use crate::page::Context;

/// What was made of a hit.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Its rung; `None` is off the ladder.
    pub rung: Option<Rung>,
    /// Whose it is.
    pub party: Party,
    /// The words that name it.
    pub label: Option<String>,
    /// Why.
    pub signals: Vec<Signal>,
}

/// Names the hits of one page.
#[derive(Debug)]
pub struct Namer<'a> {
    _outline: &'a Outline,
}

impl<'a> Namer<'a> {
    /// Makes a namer for a page.
    #[must_use]
    pub const fn new(outline: &'a Outline, _context: &Context<'a>) -> Self {
        Self { _outline: outline }
    }

    /// Names one hit.
    pub fn name(&mut self, hit: &Hit) -> Verdict {
        Verdict {
            rung: Some(Rung::FrontLine),
            party: Party::Company,
            label: hit.label.clone(),
            signals: hit.signals.clone(),
        }
    }
}

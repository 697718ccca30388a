//! A case: its events in order, and nothing else that is stored.
//!
//! Everything a screen shows of a case is computed from these ([`crate::State`]). The only way to change a case is to
//! append; what would make the log unreadable is refused there, with the cause.

use std::collections::BTreeSet;

use crate::event::{EVENT_VERSION, Event, What};

/// The most events that a case holds.
pub const MOST_EVENTS: usize = 100_000;

/// One customer's problem with one company, as its events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Case {
    events: Vec<Event>,
}

/// Why an event cannot be appended.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum CaseError {
    /// It was written by a later program.
    #[error("event `{id}` has version {v}, and this program reads up to {EVENT_VERSION}: use a newer one")]
    TooNew {
        /// The event.
        id: String,
        /// Its version.
        v: u16,
    },
    /// The first event does not open the case.
    #[error("event `{0}` comes before the case was opened")]
    NotOpened(String),
    /// The case was opened already.
    #[error("event `{0}` opens a case that is open: describe the facts anew instead")]
    OpenedTwice(String),
    /// The id is in use.
    #[error("event `{0}` is there already")]
    IdTaken(String),
    /// It is about an event that is not there.
    #[error("event `{id}` is about event `{about}`, which the case does not have")]
    NoSuchEvent {
        /// The event.
        id: String,
        /// The one it names.
        about: String,
    },
    /// The log is full.
    #[error("a case holds at most {MOST_EVENTS} events")]
    Full,
}

impl Case {
    /// Makes a case from its events.
    ///
    /// # Errors
    ///
    /// [`CaseError`] of the first event that does not fit.
    pub fn from_events(events: impl IntoIterator<Item = Event>) -> Result<Self, CaseError> {
        let mut case = Self::default();
        for event in events {
            case.append(event)?;
        }
        Ok(case)
    }

    /// Returns the hashes of the files that were attached: the bytes of a message that was not are no evidence of their own.
    #[must_use]
    pub fn attached(&self) -> BTreeSet<&str> {
        let hashes = self.events.iter().filter_map(|event| match &event.what {
            What::EvidenceAttached(evidence) => evidence.sha256.as_deref(),
            _ => None,
        });
        hashes.collect()
    }

    /// Appends an event.
    ///
    /// # Errors
    ///
    /// [`CaseError`] where it does not fit; the case is then as before.
    pub fn append(&mut self, event: Event) -> Result<(), CaseError> {
        if event.v > EVENT_VERSION {
            return Err(CaseError::TooNew { id: event.id, v: event.v });
        }
        if self.events.len() >= MOST_EVENTS {
            return Err(CaseError::Full);
        }
        let opens = matches!(event.what, What::Opened { .. });
        if self.events.is_empty() != opens {
            let error = if opens { CaseError::OpenedTwice } else { CaseError::NotOpened };
            return Err(error(event.id));
        }
        if self.has(&event.id) {
            return Err(CaseError::IdTaken(event.id));
        }
        if let What::Withdrawn { about, .. } | What::PromiseSettled { about, .. } = &event.what
            && !self.has(about)
        {
            return Err(CaseError::NoSuchEvent { about: about.clone(), id: event.id });
        }
        self.events.push(event);
        Ok(())
    }

    /// Returns the events in order.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    fn has(&self, id: &str) -> bool {
        self.events.iter().rev().any(|event| event.id == id)
    }
}

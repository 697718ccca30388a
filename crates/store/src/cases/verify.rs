//! Proof that a log and its files are as they were written, and what is intact where they are not.

use std::fmt;

use casework::{Case, Event, What};

use super::rows::Written;
use super::{Cases, CasesError, StoredEvent, chain};

/// What is wrong with a log or its files.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Fault {
    /// An event is missing: the chain goes from one place to another.
    Missing {
        /// The place that should be there.
        place: u32,
    },
    /// An event is not the one that was written.
    Changed {
        /// Its place.
        place: u32,
    },
    /// The end was cut off: the summary knows of more.
    Cut {
        /// Events that are there.
        there: u32,
        /// Events that were written.
        written: u32,
    },
    /// What shows whether the end was cut off was changed itself.
    Summary,
    /// An event cannot be read.
    Unreadable {
        /// Its place.
        place: u32,
        /// Why.
        why: String,
    },
    /// An attached file is gone.
    FileGone {
        /// Its name.
        name: String,
    },
    /// An attached file is not the one that was attached.
    FileChanged {
        /// Its name.
        name: String,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { place } => write!(f, "event {place} is missing"),
            Self::Changed { place } => write!(f, "event {place} was changed after it was written"),
            Self::Cut { there, written } => write!(f, "{written} events were written and {there} are there"),
            Self::Summary => write!(f, "its summary was changed: whether its end was cut off cannot be told"),
            Self::Unreadable { place, why } => write!(f, "event {place} cannot be read: {why}"),
            Self::FileGone { name } => write!(f, "the attached file `{name}` is gone"),
            Self::FileChanged { name } => write!(f, "the attached file `{name}` was changed"),
        }
    }
}

/// What a verification found.
#[derive(Clone, Debug, PartialEq)]
pub struct Verification {
    /// The case.
    pub id: String,
    /// Events from the first on that are as they were written.
    pub intact: u32,
    /// Files that are as they were attached.
    pub files: u32,
    /// What is wrong; empty where all is well.
    pub faults: Vec<Fault>,
    /// The hash of the last intact event.
    pub head: String,
    /// The case as far as it is intact.
    pub case: Case,
}

/// Returns the first fault of a chain, if any.
pub(super) fn chain_fault(id: &str, events: &[StoredEvent]) -> Option<Fault> {
    let mut previous = String::new();
    for (place, event) in (1..).zip(events) {
        if event.place != place {
            return Some(Fault::Missing { place });
        }
        if event.previous != previous || event.hash != chain::hash(id, place, &previous, &event.body) {
            return Some(Fault::Changed { place });
        }
        previous.clone_from(&event.hash);
    }
    None
}

impl Cases {
    /// Proves the chain of a case and every attached file.
    ///
    /// # Errors
    ///
    /// [`CasesError`] where the case is not there or the file of the cases cannot be read; a fault of the case itself is
    /// no error but an answer.
    pub async fn verify(&self, id: &str) -> Result<Verification, CasesError> {
        // Both at one moment: what is appended meanwhile is no fault.
        let mut step = self.base.look().await?;
        let reached = self.is_there(&mut step, id).await?;
        let Some(written) = self.written(&mut step, id).await?.filter(|_| reached) else {
            drop(step);
            return Err(self.not_there(id).await);
        };
        let events = self.rows(&mut step, id).await?;
        drop(step);
        let mut faults: Vec<Fault> = chain_fault(id, &events).into_iter().collect();
        let good = match faults.first() {
            Some(Fault::Missing { place } | Fault::Changed { place }) => *place - 1,
            _ => u32::try_from(events.len()).unwrap_or(u32::MAX),
        };
        let mut case = Case::default();
        let mut intact = 0;
        let mut last = String::new();
        for event in events.iter().take(usize::try_from(good).unwrap_or(usize::MAX)) {
            let read = serde_json::from_str::<Event>(&event.body)
                .map_err(|error| error.to_string())
                .and_then(|read| case.append(read).map_err(|error| error.to_string()));
            if let Err(why) = read {
                faults.push(Fault::Unreadable { place: event.place, why });
                break;
            }
            intact = event.place;
            last.clone_from(&event.hash);
        }
        if faults.is_empty() && written == Written::default() {
            faults.push(Fault::Summary);
        } else if faults.is_empty() && (written.events != intact || written.head != last) {
            faults.push(Fault::Cut { there: intact, written: written.events });
        }
        let mut files = 0;
        for event in case.events() {
            let What::EvidenceAttached(evidence) = &event.what else { continue };
            let Some(sha256) = &evidence.sha256 else { continue };
            match self.hash_of_file(id, sha256).await {
                None => faults.push(Fault::FileGone { name: evidence.name.clone() }),
                Some(found) if found != *sha256 => {
                    faults.push(Fault::FileChanged { name: evidence.name.clone() });
                }
                Some(_) => files += 1,
            }
        }
        Ok(Verification { id: id.to_owned(), intact, files, faults, head: last, case })
    }
}

//! Proof that a log and its files are as they were written, and what is intact where they are not.

use std::fmt;
use std::io::ErrorKind;

use casework::{Case, Event, State};

use super::base::{Pool, Step, on};
use super::list::{Listed, Summary};
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
    /// What a list shows of it is not what its events say.
    Listed,
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
            Self::Listed => {
                write!(
                    f,
                    "what a list shows of it is not what its events say: the next line of its log mends that"
                )
            }
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
    /// Files that are as they were kept.
    pub files: u32,
    /// What is wrong; empty where all is well.
    pub faults: Vec<Fault>,
    /// Messages whose words stand in the log while their bytes, as they came, are not kept: a copy of an earlier program did not
    /// hold them.
    pub without_bytes: Vec<String>,
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
        let listed = self.listed(&mut step, id).await?;
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
        let said = State::of(&case).map(|state| Summary::of(id, &case, &state));
        if faults.is_empty() && listed.is_some_and(|listed| Some(listed) != said) {
            faults.push(Fault::Listed);
        }
        let mut files = 0;
        let mut without_bytes = Vec::new();
        let attached = case.attached();
        for (sha256, name) in case.events().iter().filter_map(|event| event.what.file()) {
            match self.hash_of_file(id, sha256).await {
                Err(error) if error.kind() == ErrorKind::NotFound && !attached.contains(sha256) => {
                    without_bytes.push(name.to_owned());
                }
                Err(_) => faults.push(Fault::FileGone { name: name.to_owned() }),
                Ok(found) if found != *sha256 => faults.push(Fault::FileChanged { name: name.to_owned() }),
                Ok(_) => files += 1,
            }
        }
        Ok(Verification { id: id.to_owned(), intact, files, faults, without_bytes, head: last, case })
    }

    /// Returns what the database finds wrong with its own file, and what is in it that belongs to no case that can be read;
    /// empty where all is well. On a server that is the server's own matter.
    ///
    /// # Errors
    ///
    /// [`CasesError`] where the file cannot be read at all.
    pub async fn unsound(&self) -> Result<Vec<String>, CasesError> {
        let mut wrong: Vec<String> = Vec::new();
        if let Pool::Sqlite(pool) = &self.base.pool {
            let said: Vec<String> = sqlx::query_scalar("pragma integrity_check(20)")
                .fetch_all(pool)
                .await
                .map_err(|error| self.base.failed(error))?;
            wrong.extend(said.into_iter().filter(|line| line != "ok"));
        }
        let (all, strays): (i64, i64) = on!(&self.base.pool, Pool, c => {
            sqlx::query_as(
                "select (select count(*) from cases), \
                 (select count(*) from events where case_id not in (select id from cases))",
            )
            .fetch_one(c)
            .await
        })
        .map_err(|error| self.base.failed(error))?;
        let closed = all - i64::try_from(self.ids().await?.len()).unwrap_or(0);
        if closed > 0 {
            wrong.push(format!("{closed} case(s) are there whose summary cannot be opened"));
        }
        if strays > 0 {
            wrong.push(format!("{strays} event(s) are there whose case is gone"));
        }
        Ok(wrong)
    }

    /// Returns what a list shows of a case; `None` in a sealed store, where the lock shows every change.
    async fn listed(&self, step: &mut Step, id: &str) -> Result<Option<Summary>, CasesError> {
        if self.seal.is_some() {
            return Ok(None);
        }
        let row: Result<Option<Listed>, sqlx::Error> = on!(step, Step, c => {
            sqlx::query_as(
                "select id, company, title, country, status, opened, updated, events from cases where id = $1",
            )
            .bind(id)
            .fetch_optional(&mut **c)
            .await
        });
        Ok(row.map_err(|error| self.base.failed(error))?.map(Summary::of_columns))
    }
}

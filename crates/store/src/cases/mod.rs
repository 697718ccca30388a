//! The customer's cases: logs of events that are appended to and never edited, and the files that prove them.
//!
//! An event is on the disk before it is acknowledged. Each is chained to the one before by its hash ([`chain`]), so that
//! [`Cases::verify`] can show that nothing was changed. What a list shows is a summary kept beside the log and made from
//! it in the same transaction. Many programs may append at once: each append takes the lock first and reads what is
//! there. The same holds in a folder and on a server; [`base`] is what differs.

pub(crate) mod base;
pub mod chain;
mod error;
mod files;
mod links;
mod list;
mod reach;
mod rescue;
mod rows;
mod sealing;
mod snapshot;
#[cfg(test)]
mod tests;
mod verify;
mod words;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use casework::{Case, Event, Moment, What};

pub use error::CasesError;
pub use files::{Copied, Staged};
pub use list::{Filter, Summary};
pub use reach::{Holder, Reach};
pub use rescue::{RescuedCase, rescue};
pub use sealing::Resealed;
pub use snapshot::{Snapshot, Snapshots};
pub use verify::{Fault, Verification};

use base::{Base, Pool, Step};
use rows::Written;

use crate::database::{self, Mode, Schema, StoreError};
use crate::seal::{Passphrase, Seal, Texts};
use crate::server::{self, Address, Kept, ServerSchema};

/// The migrations of the case store, oldest first.
pub const SCHEMA: Schema = Schema {
    file: "cases.sqlite",
    application_id: 1_433_621_251,
    steps: &[
        include_str!("../../migrations/cases/0001.sql"),
        include_str!("../../migrations/cases/0002.sql"),
        include_str!("../../migrations/cases/0003.sql"),
        include_str!("../../migrations/cases/0004.sql"),
    ],
    durable: true,
};

/// The migrations of the case store on a server, oldest first.
pub const SERVER_SCHEMA: ServerSchema = ServerSchema {
    name: "cases",
    lock: 1_433_621_251,
    steps: &[
        include_str!("../../migrations/cases-postgres/0001.sql"),
        include_str!("../../migrations/cases-postgres/0002.sql"),
        include_str!("../../migrations/cases-postgres/0003.sql"),
    ],
};

/// The folder of the files of cases.
pub const FILES: &str = "files";

/// The most bytes that one event may take.
const MOST_EVENT_BYTES: usize = 8 << 20;

/// The cases of a folder or of a server.
#[derive(Clone, Debug)]
pub struct Cases {
    base: Base,
    /// The folder of the files; on a server they are in the database.
    folder: Option<PathBuf>,
    /// What locks and opens everything, where the store is sealed.
    seal: Option<Arc<Seal>>,
    /// Whose cases are reached.
    reach: Reach,
    /// Whether its connections stay open for the next.
    kept: bool,
}

/// An event as it is stored: its words and its place in the chain.
#[derive(Clone, Debug, Eq, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct StoredEvent {
    /// Its place in the case, from 1.
    pub place: u32,
    /// The event as JSON, byte for byte as it was hashed.
    pub body: String,
    /// The hash before it; empty for the first.
    pub previous: String,
    /// Its hash.
    pub hash: String,
}

impl Cases {
    /// Opens the cases of a folder that is not sealed; `reach` says whose are meant.
    ///
    /// # Errors
    ///
    /// [`StoreError`] by cause.
    pub async fn open(folder: &Path, mode: Mode, reach: Reach) -> Result<Self, StoreError> {
        Self::open_with(folder, mode, &Passphrase::default(), reach).await
    }

    /// Opens the cases of a folder; the passphrase is asked for only where they are sealed.
    ///
    /// # Errors
    ///
    /// [`StoreError`] by cause.
    pub async fn open_with(
        folder: &Path,
        mode: Mode,
        passphrase: &Passphrase,
        reach: Reach,
    ) -> Result<Self, StoreError> {
        let (pool, at) = database::open(folder, &SCHEMA, mode).await?;
        let base = Base { pool: Pool::Sqlite(pool), at };
        let cases =
            Self { base, folder: Some(folder.to_owned()), seal: None, reach: Reach::Everything, kept: false }
                .unsealed_by(passphrase)
                .await?;
        if cases.stale().await {
            if mode == Mode::Write {
                cases.redo().await;
            } else if let Ok((pool, at)) = database::open(folder, &SCHEMA, Mode::Write).await {
                let base = Base { pool: Pool::Sqlite(pool), at };
                let writing = Self { base, ..cases.clone() };
                writing.redo().await;
                writing.close().await;
            }
        }
        // What was stale is redone for everybody; whoever opens it reaches their own.
        Ok(cases.within(reach))
    }

    /// Opens the cases on a server; `None` where they are to be read and there are none yet.
    ///
    /// # Errors
    ///
    /// [`StoreError`] by cause.
    pub async fn open_on(
        address: &Address,
        mode: Mode,
        passphrase: &Passphrase,
        reach: Reach,
    ) -> Result<Option<Self>, StoreError> {
        Self::open_through(address, mode, passphrase, None, reach).await
    }

    /// Opens the cases on a server through connections that are kept, where there are such.
    pub(crate) async fn open_through(
        address: &Address,
        mode: Mode,
        passphrase: &Passphrase,
        kept: Option<&Kept>,
        reach: Reach,
    ) -> Result<Option<Self>, StoreError> {
        let pool = match kept {
            Some(kept) => kept.open(address, &SERVER_SCHEMA, mode).await?,
            None => server::open(address, &SERVER_SCHEMA, mode).await?,
        };
        let Some(pool) = pool else { return Ok(None) };
        let base = Base { pool: Pool::Postgres(pool), at: address.shown().into() };
        let cases = Self { base, folder: None, seal: None, reach: Reach::Everything, kept: kept.is_some() };
        let cases = cases.unsealed_by(passphrase).await?;
        if mode == Mode::Write && cases.stale().await {
            cases.redo().await;
        }
        Ok(Some(cases.within(reach)))
    }

    /// Returns what locks and opens texts that lie beside the cases.
    #[must_use]
    pub fn texts(&self) -> Texts {
        Texts::of(self.seal.clone())
    }

    /// Closes the file; what was acknowledged is on the disk already.
    pub async fn close(self) {
        if !self.kept {
            self.base.close().await;
        }
    }

    /// Opens a case with its first events and returns its id: the company's name and a number, as in `acme-2`.
    ///
    /// # Errors
    ///
    /// [`CasesError`] where the events do not fit or the file cannot be written; nothing is kept then.
    pub async fn create(
        &self,
        company: &str,
        what: Vec<What>,
        at: &Moment,
        by: &str,
    ) -> Result<String, CasesError> {
        self.may_write()?;
        let mut step = self.base.begin().await?;
        let id = self.free_id(&mut step, company).await?;
        self.append_to(&mut step, &id, what, at, by).await?;
        self.claim(&mut step, &id).await?;
        self.base.commit(step).await?;
        Ok(id)
    }

    /// Appends events to a case and returns them with the ids that they got.
    ///
    /// All are kept or none. When this returns, they are on the disk.
    ///
    /// # Errors
    ///
    /// [`CasesError`] where the case is not there, an event does not fit, or the file cannot be written.
    pub async fn append(
        &self,
        id: &str,
        what: Vec<What>,
        at: &Moment,
        by: &str,
    ) -> Result<Vec<Event>, CasesError> {
        self.may_write()?;
        let mut step = self.base.begin().await?;
        if !self.hold(&mut step, id).await? {
            drop(step);
            return Err(self.not_there(id).await);
        }
        let events = self.append_to(&mut step, id, what, at, by).await?;
        self.base.commit(step).await?;
        Ok(events)
    }

    /// Reads a case.
    ///
    /// # Errors
    ///
    /// [`CasesError`] where it is not there or an event cannot be read; [`Cases::verify`] says what is intact.
    pub async fn load(&self, id: &str) -> Result<Case, CasesError> {
        let rows = self.stored(id).await?;
        self.parse(&rows)
    }

    /// Reads the events of a case as they are stored.
    ///
    /// # Errors
    ///
    /// [`CasesError`] where it is not there or the file cannot be read.
    pub async fn stored(&self, id: &str) -> Result<Vec<StoredEvent>, CasesError> {
        let mut step = self.base.look().await?;
        if !self.is_there(&mut step, id).await? {
            drop(step);
            return Err(self.not_there(id).await);
        }
        self.rows(&mut step, id).await
    }

    /// Takes in a whole case as it was stored elsewhere, after checking its chain.
    ///
    /// # Errors
    ///
    /// [`CasesError::Taken`] where a case of this id is there with other events; taking in the same case twice changes
    /// nothing. [`CasesError::Broken`] where the chain does not hold.
    pub async fn restore(&self, id: &str, events: &[StoredEvent]) -> Result<(), CasesError> {
        self.may_write()?;
        if let Some(fault) = verify::chain_fault(id, events) {
            return Err(CasesError::Broken { id: id.to_owned(), fault });
        }
        let mut step = self.base.begin().await?;
        self.hold_ids(&mut step, id).await?;
        let there_before = self.hold(&mut step, id).await?;
        if self.is_anothers(&mut step, id).await? {
            return Err(CasesError::Taken(id.to_owned()));
        }
        let there = self.rows(&mut step, id).await?;
        if there == events {
            return Ok(());
        }
        // A case that went on since the copy was made keeps what it has.
        if there.len() > events.len() && there.starts_with(events) {
            return Ok(());
        }
        if !events.starts_with(&there) {
            return Err(CasesError::Taken(id.to_owned()));
        }
        let case = self.parse(events)?;
        let head = events.last().map_or("", |event| &event.hash);
        self.summarise(&mut step, id, &case, &Written::of(&case, head)).await?;
        for event in &events[there.len()..] {
            self.insert(&mut step, id, event).await?;
        }
        if !there_before {
            self.claim(&mut step, id).await?;
        }
        Ok(self.base.commit(step).await?)
    }

    /// Deletes a whole case with its files. There is no way back. Files that cannot be deleted keep the case, so that to ask once more ends it:
    /// nothing else leads to them, and its id may be given again.
    ///
    /// # Errors
    ///
    /// [`CasesError`] where it is not there or cannot be deleted.
    pub async fn delete(&self, id: &str) -> Result<(), CasesError> {
        self.may_write()?;
        let mut step = self.base.begin().await?;
        if !self.hold(&mut step, id).await? {
            drop(step);
            return Err(self.not_there(id).await);
        }
        if let Step::Sqlite(c) = &mut step {
            // What is deleted is overwritten, so that no reading past the database brings it back.
            sqlx::raw_sql("pragma secure_delete = on")
                .execute(&mut **c)
                .await
                .map_err(|error| self.base.failed(error))?;
        }
        self.remove(&mut step, id).await?;
        if let Step::Sqlite(c) = &mut step {
            // The index of words keeps what was deleted from it until it is merged.
            sqlx::raw_sql("insert into case_words (case_words) values ('optimize')")
                .execute(&mut **c)
                .await
                .map_err(|error| self.base.failed(error))?;
        }
        self.delete_files(id)?;
        self.base.commit(step).await?;
        if let Pool::Sqlite(pool) = &self.base.pool {
            // Where rows were moved before, pages keep what stood there, and the log keeps pages: both are written anew.
            for sql in ["vacuum", "pragma wal_checkpoint(truncate)"] {
                if let Err(error) = sqlx::raw_sql(sql).execute(pool).await {
                    tracing::warn!(%error, "what was deleted is not yet out of the file");
                    break;
                }
            }
        }
        Ok(())
    }

    /// Returns an id for a new case that no case has; nobody else is given one of this company until the step ends.
    async fn free_id(&self, step: &mut Step, company: &str) -> Result<String, CasesError> {
        let stem = stem(company);
        self.hold_ids(step, &stem).await?;
        let taken = self.ids_from(step, &format!("{stem}-")).await?;
        let last = taken
            .iter()
            .filter_map(|id| id.strip_prefix(&stem)?.strip_prefix('-')?.parse::<u32>().ok())
            .max()
            .unwrap_or(0);
        Ok(format!("{stem}-{}", last + 1))
    }

    /// Appends events within a step that holds the lock.
    async fn append_to(
        &self,
        step: &mut Step,
        id: &str,
        what: Vec<What>,
        at: &Moment,
        by: &str,
    ) -> Result<Vec<Event>, CasesError> {
        let before = self.rows(step, id).await?;
        let mut case = self.parse(&before)?;
        let mut previous = before.last().map_or(String::new(), |event| event.hash.clone());
        let mut rows = Vec::with_capacity(what.len());
        for what in what {
            let place = u32::try_from(case.events().len() + 1).unwrap_or(u32::MAX);
            let event = Event {
                v: casework::event::EVENT_VERSION,
                id: format!("e{place}"),
                at: at.clone(),
                recorded_by: by.to_owned(),
                what,
            };
            let body = serde_json::to_string(&event).map_err(|error| StoreError::Record {
                path: self.base.at().to_owned(),
                why: error.to_string(),
            })?;
            if body.len() > MOST_EVENT_BYTES {
                return Err(CasesError::TooLarge { bytes: body.len(), most: MOST_EVENT_BYTES });
            }
            case.append(event)?;
            let hash = chain::hash(id, place, &previous, &body);
            rows.push(StoredEvent { place, body, previous, hash: hash.clone() });
            previous = hash;
        }
        // The summary first: events belong to a case that is there.
        self.summarise(step, id, &case, &Written::of(&case, &previous)).await?;
        for row in &rows {
            self.insert(step, id, row).await?;
        }
        Ok(case.events()[before.len()..].to_vec())
    }

    /// Makes a case from its rows.
    fn parse(&self, rows: &[StoredEvent]) -> Result<Case, CasesError> {
        let mut case = Case::default();
        for row in rows {
            let event: Event = serde_json::from_str(&row.body).map_err(|error| StoreError::Record {
                path: self.base.at().to_owned(),
                why: format!("event {}: {error}", row.place),
            })?;
            case.append(event)?;
        }
        Ok(case)
    }
}

/// Writes letters with marks as plain ones, as people do who have no such keys: Möbelblitz is moebelblitz.
fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.to_lowercase().chars() {
        match c {
            'ä' | 'æ' => plain.push_str("ae"),
            'ö' | 'ø' | 'œ' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            'å' => plain.push_str("aa"),
            _ => plain.extend(std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c))),
        }
    }
    plain
}

/// Returns the first part of an id: the words of a name in plain letters and digits, at most 24 characters.
#[must_use]
pub fn stem(company: &str) -> String {
    let mut stem = String::new();
    let company = plain(company);
    for word in
        company.to_lowercase().split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
    {
        if !stem.is_empty() && stem.len() + 1 + word.len() > 24 {
            break;
        }
        if !stem.is_empty() {
            stem.push('-');
        }
        stem.extend(word.chars().take(24));
    }
    if stem.is_empty() { "case".to_owned() } else { stem }
}

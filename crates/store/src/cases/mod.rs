//! The customer's cases: logs of events that are appended to and never edited, and the files that prove them.
//!
//! An event is on the disk before it is acknowledged. Each is chained to the one before by its hash ([`chain`]), so that
//! [`Cases::verify`] can show that nothing was changed. What a list shows is a summary kept beside the log and made from
//! it in the same transaction. Two processes may append at once: each append takes the lock first and reads what is there.

mod attach;
pub mod chain;
mod error;
mod list;
#[cfg(test)]
mod tests;
mod verify;

use std::path::{Path, PathBuf};

use casework::{Case, Event, Moment, State, What};
use sqlx::{Row as _, SqliteConnection, SqlitePool};

pub use error::CasesError;
pub use list::{Filter, Summary};
pub use verify::{Fault, Verification};

use crate::database::{self, Mode, Schema, StoreError};

/// How the file of the cases came to be what it is.
pub const SCHEMA: Schema = Schema {
    file: "cases.sqlite",
    application_id: 1_433_621_251,
    steps: &[include_str!("../../migrations/cases/0001.sql")],
    durable: true,
};

/// The most bytes that one event may take.
const MOST_EVENT_BYTES: usize = 8 << 20;

/// The cases of a folder.
#[derive(Clone, Debug)]
pub struct Cases {
    pool: SqlitePool,
    path: PathBuf,
    folder: PathBuf,
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
    /// Opens the cases of a folder.
    ///
    /// # Errors
    ///
    /// [`StoreError`] by cause.
    pub async fn open(folder: &Path, mode: Mode) -> Result<Self, StoreError> {
        let (pool, path) = database::open(folder, &SCHEMA, mode).await?;
        Ok(Self { pool, path, folder: folder.to_owned() })
    }

    /// Closes the file; what was acknowledged is on the disk already.
    pub async fn close(self) {
        self.pool.close().await;
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
        let mut locked = self.lock().await?;
        let id = free_id(&mut locked, &self.path, company).await?;
        append_to(&mut locked, &self.path, &id, what, at, by).await?;
        locked.commit().await.map_err(|error| self.failed(error))?;
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
        let mut locked = self.lock().await?;
        self.expect(&mut locked, id).await?;
        let events = append_to(&mut locked, &self.path, id, what, at, by).await?;
        locked.commit().await.map_err(|error| self.failed(error))?;
        Ok(events)
    }

    /// Reads a case.
    ///
    /// # Errors
    ///
    /// [`CasesError`] where it is not there or an event cannot be read; [`Cases::verify`] says what is intact.
    pub async fn load(&self, id: &str) -> Result<Case, CasesError> {
        let mut connection = self.pool.acquire().await.map_err(|error| self.failed(error))?;
        self.expect(&mut connection, id).await?;
        read(&mut connection, &self.path, id).await
    }

    /// Reads the events of a case as they are stored.
    ///
    /// # Errors
    ///
    /// [`CasesError`] where it is not there or the file cannot be read.
    pub async fn stored(&self, id: &str) -> Result<Vec<StoredEvent>, CasesError> {
        let mut connection = self.pool.acquire().await.map_err(|error| self.failed(error))?;
        self.expect(&mut connection, id).await?;
        stored(&mut connection, &self.path, id).await
    }

    /// Takes in a whole case as it was stored elsewhere, after checking its chain.
    ///
    /// # Errors
    ///
    /// [`CasesError::Taken`] where a case of this id is there with other events; taking in the same case twice changes
    /// nothing. [`CasesError::Broken`] where the chain does not hold.
    pub async fn restore(&self, id: &str, events: &[StoredEvent]) -> Result<(), CasesError> {
        if let Some(fault) = verify::chain_fault(id, events) {
            return Err(CasesError::Broken { id: id.to_owned(), fault });
        }
        let mut locked = self.lock().await?;
        let there = stored(&mut locked, &self.path, id).await?;
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
        let case = parse(&self.path, events)?;
        summarise(&mut locked, &self.path, id, &case, events.last().map_or("", |event| &event.hash)).await?;
        for event in &events[there.len()..] {
            insert(&mut locked, &self.path, id, event).await?;
        }
        locked.commit().await.map_err(|error| self.failed(error))
    }

    /// Deletes a whole case with its files. There is no way back.
    ///
    /// # Errors
    ///
    /// [`CasesError`] where it is not there or cannot be deleted.
    pub async fn delete(&self, id: &str) -> Result<(), CasesError> {
        let mut locked = self.lock().await?;
        self.expect(&mut locked, id).await?;
        for statement in ["delete from case_words where case_id = ?1", "delete from cases where id = ?1"] {
            sqlx::query(statement)
                .bind(id)
                .execute(&mut *locked)
                .await
                .map_err(|error| self.failed(error))?;
        }
        locked.commit().await.map_err(|error| self.failed(error))?;
        self.delete_files(id)
    }

    /// Takes the lock for writing before anything is read.
    async fn lock(&self) -> Result<sqlx::Transaction<'static, sqlx::Sqlite>, CasesError> {
        self.pool.begin_with("begin immediate").await.map_err(|error| self.failed(error))
    }

    /// Refuses an id that is not there, with those that are near.
    async fn expect(&self, connection: &mut SqliteConnection, id: &str) -> Result<(), CasesError> {
        let there: Option<i64> = sqlx::query_scalar("select 1 from cases where id = ?1")
            .bind(id)
            .fetch_optional(&mut *connection)
            .await
            .map_err(|error| self.failed(error))?;
        if there.is_some() {
            return Ok(());
        }
        let ids: Vec<String> = sqlx::query_scalar("select id from cases order by updated desc limit 1000")
            .fetch_all(&mut *connection)
            .await
            .map_err(|error| self.failed(error))?;
        Err(CasesError::not_there(id, &ids))
    }

    fn failed(&self, error: sqlx::Error) -> CasesError {
        StoreError::of(&self.path, error).into()
    }
}

/// Returns an id for a new case that no case has.
async fn free_id(
    connection: &mut SqliteConnection,
    path: &Path,
    company: &str,
) -> Result<String, CasesError> {
    let stem = stem(company);
    let taken: Vec<String> = sqlx::query_scalar("select id from cases where id like ?1 escape '\\'")
        .bind(format!("{stem}-%"))
        .fetch_all(connection)
        .await
        .map_err(|error| StoreError::of(path, error))?;
    let last = taken
        .iter()
        .filter_map(|id| id.strip_prefix(&stem)?.strip_prefix('-')?.parse::<u32>().ok())
        .max()
        .unwrap_or(0);
    Ok(format!("{stem}-{}", last + 1))
}

/// Returns the first part of an id: the words of a name in plain letters and digits, at most 24 characters.
fn stem(company: &str) -> String {
    let mut stem = String::new();
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

/// Appends events within a transaction that holds the lock.
async fn append_to(
    locked: &mut SqliteConnection,
    path: &Path,
    id: &str,
    what: Vec<What>,
    at: &Moment,
    by: &str,
) -> Result<Vec<Event>, CasesError> {
    let before = stored(locked, path, id).await?;
    let mut case = parse(path, &before)?;
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
        let body = serde_json::to_string(&event)
            .map_err(|error| StoreError::Record { path: path.to_owned(), why: error.to_string() })?;
        if body.len() > MOST_EVENT_BYTES {
            return Err(CasesError::TooLarge { bytes: body.len(), most: MOST_EVENT_BYTES });
        }
        case.append(event)?;
        let hash = chain::hash(id, place, &previous, &body);
        rows.push(StoredEvent { place, body, previous, hash: hash.clone() });
        previous = hash;
    }
    // The summary first: events belong to a case that is there.
    summarise(locked, path, id, &case, &previous).await?;
    for row in &rows {
        insert(locked, path, id, row).await?;
    }
    Ok(case.events()[before.len()..].to_vec())
}

/// Writes one row of the log.
async fn insert(
    connection: &mut SqliteConnection,
    path: &Path,
    id: &str,
    event: &StoredEvent,
) -> Result<(), CasesError> {
    sqlx::query("insert into events (case_id, place, body, previous, hash) values (?1, ?2, ?3, ?4, ?5)")
        .bind(id)
        .bind(event.place)
        .bind(&event.body)
        .bind(&event.previous)
        .bind(&event.hash)
        .execute(connection)
        .await
        .map_err(|error| StoreError::of(path, error))?;
    Ok(())
}

/// Writes the summary of a case anew.
async fn summarise(
    connection: &mut SqliteConnection,
    path: &Path,
    id: &str,
    case: &Case,
    head: &str,
) -> Result<(), CasesError> {
    let failed = |error| StoreError::of(path, error);
    let Some(state) = State::of(case) else { return Ok(()) };
    let summary = Summary::of(id, case, &state);
    sqlx::query(
        "insert into cases (id, company, title, country, status, opened, updated, events, head) \
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) \
         on conflict (id) do update set company = excluded.company, title = excluded.title, country = excluded.country, \
         status = excluded.status, opened = excluded.opened, updated = excluded.updated, events = excluded.events, \
         head = excluded.head",
    )
    .bind(id)
    .bind(&summary.company)
    .bind(&summary.title)
    .bind(&summary.country)
    .bind(summary.status)
    .bind(summary.opened.to_string())
    .bind(&summary.updated)
    .bind(summary.events)
    .bind(head)
    .execute(&mut *connection)
    .await
    .map_err(failed)?;
    sqlx::query("delete from case_words where case_id = ?1")
        .bind(id)
        .execute(&mut *connection)
        .await
        .map_err(failed)?;
    sqlx::query("insert into case_words (case_id, words) values (?1, ?2)")
        .bind(id)
        .bind(list::words(id, &state))
        .execute(&mut *connection)
        .await
        .map_err(failed)?;
    Ok(())
}

/// Reads the rows of a case in order; none where it is not there.
async fn stored(
    connection: &mut SqliteConnection,
    path: &Path,
    id: &str,
) -> Result<Vec<StoredEvent>, CasesError> {
    let rows =
        sqlx::query("select place, body, previous, hash from events where case_id = ?1 order by place")
            .bind(id)
            .fetch_all(connection)
            .await
            .map_err(|error| StoreError::of(path, error))?;
    Ok(rows
        .iter()
        .map(|row| StoredEvent {
            place: row.get(0),
            body: row.get(1),
            previous: row.get(2),
            hash: row.get(3),
        })
        .collect())
}

/// Reads a case.
async fn read(connection: &mut SqliteConnection, path: &Path, id: &str) -> Result<Case, CasesError> {
    parse(path, &stored(connection, path, id).await?)
}

/// Makes a case from its rows.
fn parse(path: &Path, rows: &[StoredEvent]) -> Result<Case, CasesError> {
    let mut case = Case::default();
    for row in rows {
        let event: Event = serde_json::from_str(&row.body).map_err(|error| StoreError::Record {
            path: path.to_owned(),
            why: format!("event {}: {error}", row.place),
        })?;
        case.append(event)?;
    }
    Ok(case)
}

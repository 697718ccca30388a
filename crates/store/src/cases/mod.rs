//! The customer's cases: logs of events that are appended to and never edited, and the files that prove them.
//!
//! An event is on the disk before it is acknowledged. Each is chained to the one before by its hash ([`chain`]), so that
//! [`Cases::verify`] can show that nothing was changed. What a list shows is a summary kept beside the log and made from
//! it in the same transaction. Many programs may append at once: each append takes the lock first and reads what is
//! there. The same holds in a folder and on a server; [`base`] is what differs.

mod base;
pub mod chain;
mod error;
mod files;
mod list;
#[cfg(test)]
mod tests;
mod verify;
mod words;

use std::path::{Path, PathBuf};

use casework::{Case, Event, Moment, State, What};

pub use error::CasesError;
pub use files::Copied;
pub use list::{Filter, Summary};
pub use verify::{Fault, Verification};

use base::{Base, Pool, Step, on};

use crate::database::{self, Mode, Schema, StoreError};
use crate::server::{self, Address, ServerSchema};

/// How the file of the cases came to be what it is.
pub const SCHEMA: Schema = Schema {
    file: "cases.sqlite",
    application_id: 1_433_621_251,
    steps: &[
        include_str!("../../migrations/cases/0001.sql"),
        include_str!("../../migrations/cases/0002.sql"),
    ],
    durable: true,
};

/// How the cases on a server came to be what they are.
pub const SERVER_SCHEMA: ServerSchema = ServerSchema {
    name: "cases",
    lock: 1_433_621_251,
    steps: &[include_str!("../../migrations/cases-postgres/0001.sql")],
};

/// The most bytes that one event may take.
const MOST_EVENT_BYTES: usize = 8 << 20;
/// How many summaries are made anew in one step.
const REDONE_AT_ONCE: usize = 200;

/// The cases of a folder or of a server.
#[derive(Clone, Debug)]
pub struct Cases {
    base: Base,
    /// The folder of the files; on a server they are in the database.
    folder: Option<PathBuf>,
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
        let (pool, at) = database::open(folder, &SCHEMA, mode).await?;
        let cases =
            Self { base: Base { pool: Pool::Sqlite(pool), at }, folder: Some(folder.to_owned()) };
        if cases.stale().await.is_some() {
            if mode == Mode::Write {
                cases.redo().await;
            } else if let Ok((pool, at)) = database::open(folder, &SCHEMA, Mode::Write).await {
                let base = Base { pool: Pool::Sqlite(pool), at };
                let writing = Self { base, folder: Some(folder.to_owned()) };
                writing.redo().await;
                writing.close().await;
            }
        }
        Ok(cases)
    }

    /// Opens the cases on a server; `None` where they are to be read and there are none yet.
    ///
    /// # Errors
    ///
    /// [`StoreError`] by cause.
    pub async fn open_on(address: &Address, mode: Mode) -> Result<Option<Self>, StoreError> {
        let Some(pool) = server::open(address, &SERVER_SCHEMA, mode).await? else { return Ok(None) };
        let cases =
            Self { base: Base { pool: Pool::Postgres(pool), at: address.shown().into() }, folder: None };
        if mode == Mode::Write && cases.stale().await.is_some() {
            cases.redo().await;
        }
        Ok(Some(cases))
    }

    /// Closes the file; what was acknowledged is on the disk already.
    pub async fn close(self) {
        self.base.close().await;
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
        let mut step = self.base.begin().await?;
        let id = self.free_id(&mut step, company).await?;
        self.append_to(&mut step, &id, what, at, by).await?;
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
        let mut step = self.base.begin().await?;
        if !step.hold(id).await.map_err(|error| self.base.failed(error))? {
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
        if let Some(fault) = verify::chain_fault(id, events) {
            return Err(CasesError::Broken { id: id.to_owned(), fault });
        }
        let mut step = self.base.begin().await?;
        step.hold_ids(id).await.map_err(|error| self.base.failed(error))?;
        step.hold(id).await.map_err(|error| self.base.failed(error))?;
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
        self.summarise(&mut step, id, &case, events.last().map_or("", |event| &event.hash)).await?;
        for event in &events[there.len()..] {
            self.insert(&mut step, id, event).await?;
        }
        self.base.commit(step).await
    }

    /// Deletes a whole case with its files. There is no way back.
    ///
    /// # Errors
    ///
    /// [`CasesError`] where it is not there or cannot be deleted.
    pub async fn delete(&self, id: &str) -> Result<(), CasesError> {
        let mut step = self.base.begin().await?;
        if !step.hold(id).await.map_err(|error| self.base.failed(error))? {
            drop(step);
            return Err(self.not_there(id).await);
        }
        let deleted = match &mut step {
            Step::Sqlite(c) => {
                async {
                    sqlx::query(
                        "delete from case_words where rowid = (select number from cases where id = $1)",
                    )
                    .bind(id)
                    .execute(&mut **c)
                    .await?;
                    sqlx::query("delete from cases where id = $1").bind(id).execute(&mut **c).await.map(drop)
                }
                .await
            }
            Step::Postgres(c) => {
                async {
                    sqlx::query("delete from file where case_id = $1").bind(id).execute(&mut **c).await?;
                    sqlx::query("delete from cases where id = $1").bind(id).execute(&mut **c).await.map(drop)
                }
                .await
            }
        };
        deleted.map_err(|error| self.base.failed(error))?;
        self.base.commit(step).await?;
        self.delete_files(id)
    }

    /// Returns whether a case is there.
    async fn is_there(&self, step: &mut Step, id: &str) -> Result<bool, CasesError> {
        let there: Result<Option<String>, sqlx::Error> = on!(step, Step, c => {
            sqlx::query_scalar("select id from cases where id = $1").bind(id).fetch_optional(&mut **c).await
        });
        there.map(|there| there.is_some()).map_err(|error| self.base.failed(error))
    }

    /// Makes the error of an id that is not there, with those that are near.
    async fn not_there(&self, id: &str) -> CasesError {
        let ids: Result<Vec<String>, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query_scalar("select id from cases order by updated desc limit 1000").fetch_all(c).await
        });
        match ids {
            Ok(ids) => CasesError::not_there(id, &ids),
            Err(error) => self.base.failed(error),
        }
    }

    /// Returns an id for a new case that no case has; nobody else is given one of this company until the step ends.
    async fn free_id(&self, step: &mut Step, company: &str) -> Result<String, CasesError> {
        let stem = stem(company);
        step.hold_ids(&stem).await.map_err(|error| self.base.failed(error))?;
        let taken: Result<Vec<String>, sqlx::Error> = on!(step, Step, c => {
            sqlx::query_scalar("select id from cases where id >= $1 and id < $2")
                .bind(format!("{stem}-"))
                .bind(format!("{stem}."))
                .fetch_all(&mut **c)
                .await
        });
        let last = taken
            .map_err(|error| self.base.failed(error))?
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
        self.summarise(step, id, &case, &previous).await?;
        for row in &rows {
            self.insert(step, id, row).await?;
        }
        Ok(case.events()[before.len()..].to_vec())
    }

    /// Writes one row of the log.
    async fn insert(&self, step: &mut Step, id: &str, event: &StoredEvent) -> Result<(), CasesError> {
        on!(step, Step, c => {
            sqlx::query("insert into events (case_id, place, body, previous, hash) values ($1, $2, $3, $4, $5)")
                .bind(id)
                .bind(i64::from(event.place))
                .bind(&event.body)
                .bind(&event.previous)
                .bind(&event.hash)
                .execute(&mut **c)
                .await
                .map(drop)
        })
        .map_err(|error| self.base.failed(error))
    }

    /// Reads the rows of a case in order; none where it is not there.
    async fn rows(&self, step: &mut Step, id: &str) -> Result<Vec<StoredEvent>, CasesError> {
        let rows: Result<Vec<(i64, String, String, String)>, sqlx::Error> = on!(step, Step, c => {
            sqlx::query_as("select place, body, previous, hash from events where case_id = $1 order by place")
                .bind(id)
                .fetch_all(&mut **c)
                .await
        });
        Ok(rows
            .map_err(|error| self.base.failed(error))?
            .into_iter()
            .map(|(place, body, previous, hash)| StoredEvent {
                place: u32::try_from(place).unwrap_or(0),
                body,
                previous,
                hash,
            })
            .collect())
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

    /// Writes the summary of a case anew, its number of events and its last hash among it.
    async fn summarise(
        &self,
        step: &mut Step,
        id: &str,
        case: &Case,
        head: &str,
    ) -> Result<(), CasesError> {
        let Some(state) = State::of(case) else { return Ok(()) };
        let summary = Summary::of(id, case, &state);
        on!(&mut *step, Step, c => {
            sqlx::query(
                "insert into cases (id, company, title, country, status, opened, updated, events, head, form) \
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
                 on conflict (id) do update set company = excluded.company, title = excluded.title, \
                 country = excluded.country, status = excluded.status, opened = excluded.opened, \
                 updated = excluded.updated, events = excluded.events, head = excluded.head, form = excluded.form",
            )
            .bind(id)
            .bind(&summary.company)
            .bind(&summary.title)
            .bind(&summary.country)
            .bind(summary.status)
            .bind(summary.opened.to_string())
            .bind(&summary.updated)
            .bind(i64::from(summary.events))
            .bind(head)
            .bind(list::FORM)
            .execute(&mut **c)
            .await
            .map(drop)
        })
        .map_err(|error| self.base.failed(error))?;
        self.index(step, id, &words::of(id, &state)).await
    }

    /// Writes anew the words by which a case is found.
    async fn index(&self, step: &mut Step, id: &str, words: &[String]) -> Result<(), CasesError> {
        let written = match step {
            Step::Sqlite(c) => {
                async {
                    let number: i64 = sqlx::query_scalar(
                        "update cases set number = coalesce(number, (select coalesce(max(number), 0) + 1 from cases)) \
                         where id = $1 returning number",
                    )
                    .bind(id)
                    .fetch_one(&mut **c)
                    .await?;
                    sqlx::query("delete from case_words where rowid = $1").bind(number).execute(&mut **c).await?;
                    sqlx::query("insert into case_words (rowid, words) values ($1, $2)")
                        .bind(number)
                        .bind(words.join(" "))
                        .execute(&mut **c)
                        .await
                        .map(drop)
                }
                .await
            }
            Step::Postgres(c) => sqlx::query(
                "insert into case_words (case_id, words) values ($1, array_to_tsvector($2)) \
                 on conflict (case_id) do update set words = excluded.words",
            )
            .bind(id)
            .bind(words)
            .execute(&mut **c)
            .await
            .map(drop),
        };
        written.map_err(|error| self.base.failed(error))
    }

    /// Returns a case whose summary is of another form than this program's.
    async fn stale(&self) -> Option<String> {
        let found: Result<Option<String>, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query_scalar("select id from cases where form <> $1 limit 1")
                .bind(list::FORM)
                .fetch_optional(c)
                .await
        });
        found.ok().flatten()
    }

    /// Makes anew the summaries that are of another form. What a case has written and its last hash stay as they are:
    /// they are what shows whether its end was cut off. A case that cannot be read keeps the summary that it has.
    async fn redo(&self) {
        let ids: Result<Vec<String>, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query_scalar("select id from cases where form <> $1").bind(list::FORM).fetch_all(c).await
        });
        let ids = ids.unwrap_or_default();
        if !ids.is_empty() {
            tracing::info!(cases = ids.len(), "summaries are made anew");
        }
        for ids in ids.chunks(REDONE_AT_ONCE) {
            if let Err(error) = self.redo_some(ids).await {
                tracing::warn!(%error, "summaries could not be made anew");
                return;
            }
        }
    }

    async fn redo_some(&self, ids: &[String]) -> Result<(), CasesError> {
        let mut step = self.base.begin().await?;
        for id in ids {
            if !step.hold(id).await.map_err(|error| self.base.failed(error))? {
                continue;
            }
            let rows = self.rows(&mut step, id).await?;
            let Ok(case) = self.parse(&rows) else { continue };
            let Some(state) = State::of(&case) else { continue };
            let summary = Summary::of(id, &case, &state);
            on!(&mut step, Step, c => {
                sqlx::query(
                    "update cases set company = $2, title = $3, country = $4, status = $5, opened = $6, \
                     updated = $7, form = $8 where id = $1",
                )
                .bind(id)
                .bind(&summary.company)
                .bind(&summary.title)
                .bind(&summary.country)
                .bind(summary.status)
                .bind(summary.opened.to_string())
                .bind(&summary.updated)
                .bind(list::FORM)
                .execute(&mut **c)
                .await
                .map(drop)
            })
            .map_err(|error| self.base.failed(error))?;
            self.index(&mut step, id, &words::of(id, &state)).await?;
        }
        self.base.commit(step).await
    }
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

//! The directory: every company that was ever found, with what was seen of it, in one `SQLite` file.
//!
//! It keeps sightings and computes nothing from them: the ladder is weighed anew whenever it is asked for. What a user
//! says of a contact ([`marks`]) and what a new reading changed ([`Change`]) is only added to. [`search`] finds a company
//! by what a person types.

pub mod keys;
pub mod marks;
pub mod search;
mod shared;
mod write;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use sqlx::sqlite::SqlitePool;

use crate::database::{self, Mode, Schema, StoreError};
use crate::record::{Company, Entry, Row};

pub use marks::{Became, Mark};
pub use search::Hit;
pub use write::Writer;

/// The file of the directory.
pub const SCHEMA: Schema = Schema {
    file: "directory.sqlite",
    // "Up" and "dT".
    application_id: 1_433_432_148,
    steps: &[include_str!("../../migrations/directory/0001.sql")],
    durable: false,
};

/// The directory of one user.
#[derive(Clone, Debug)]
pub struct Directory {
    pool: SqlitePool,
    path: PathBuf,
}

/// What a new reading found to be otherwise.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A contact that was not there before.
    New,
    /// A contact that its page no longer gives.
    Gone,
    /// A contact on another rung.
    Rung,
    /// A contact open at other hours.
    Hours,
}

impl What {
    /// Returns the identifier that is stored.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Gone => "gone",
            Self::Rung => "rung",
            Self::Hours => "hours",
        }
    }
}

/// One thing that a new reading changed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change {
    /// When it was read, RFC 3339.
    pub at: String,
    /// What changed.
    pub what: String,
    /// The channel of the contact.
    pub channel: String,
    /// Its value.
    pub value: String,
    /// How it was.
    pub before: Option<String>,
    /// How it is.
    pub after: Option<String>,
}

/// A contact that is the one looked up, and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Owned {
    /// The company.
    pub company: Company,
    /// The sighting.
    pub row: Row,
}

impl Directory {
    /// Opens the directory in a folder.
    ///
    /// # Errors
    ///
    /// [`StoreError`] by cause.
    pub async fn open(folder: &Path, mode: Mode) -> Result<Self, StoreError> {
        let (pool, path) = database::open(folder, &SCHEMA, mode).await?;
        Ok(Self { pool, path })
    }

    /// Closes the file; what was written is in it.
    pub async fn close(self) {
        self.pool.close().await;
    }

    /// Returns the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn failed(&self) -> impl Fn(sqlx::Error) -> StoreError + '_ {
        |error| StoreError::of(&self.path, error)
    }

    fn garbled(&self) -> impl Fn(serde_json::Error) -> StoreError + '_ {
        |error| StoreError::Record { path: self.path.clone(), why: error.to_string() }
    }

    /// Returns how many companies and sightings it holds.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be read.
    pub async fn size(&self) -> Result<(u64, u64), StoreError> {
        let one = sqlx::query("select (select count(*) from company), (select count(*) from contact)")
            .fetch_one(&self.pool)
            .await
            .map_err(self.failed())?;
        let count = |at: usize| u64::try_from(one.get::<i64, _>(at)).unwrap_or_default();
        Ok((count(0), count(1)))
    }

    /// Returns the numbers of all companies, in the order of their names.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be read.
    pub async fn companies(&self) -> Result<Vec<i64>, StoreError> {
        sqlx::query_scalar("select id from company order by name, id")
            .fetch_all(&self.pool)
            .await
            .map_err(self.failed())
    }

    /// Returns a company with everything seen of it; `None` for an unknown number.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be read.
    pub async fn entry(&self, company: i64) -> Result<Option<Entry>, StoreError> {
        let Some(one) = sqlx::query("select body, policy, read from company where id = ?1")
            .bind(company)
            .fetch_optional(&self.pool)
            .await
            .map_err(self.failed())?
        else {
            return Ok(None);
        };
        let bodies: Vec<String> =
            sqlx::query_scalar("select body from contact where company = ?1 order by id")
                .bind(company)
                .fetch_all(&self.pool)
                .await
                .map_err(self.failed())?;
        let contacts: Result<Vec<Row>, _> = bodies.iter().map(|body| serde_json::from_str(body)).collect();
        let policy: Option<String> = one.get(1);
        Ok(Some(Entry {
            company: serde_json::from_str(one.get(0)).map_err(self.garbled())?,
            contacts: contacts.map_err(self.garbled())?,
            policy: policy.map(|text| serde_json::from_str(&text)).transpose().map_err(self.garbled())?,
            read: one.get(2),
        }))
    }

    /// Returns the companies that hold a number, mailbox, web address or postal address, each with the sighting that is it.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be read.
    pub async fn owners_of(&self, value: &str) -> Result<Vec<Owned>, StoreError> {
        let typed = keys::of_typed(value);
        let Some((from, to)) = typed.range() else { return Ok(Vec::new()) };
        let found = sqlx::query(
            "select company.body, contact.body from (select distinct contact as id from reach where key >= ?1 and key < ?2 limit 500) as hit \
             join contact on contact.id = hit.id join company on company.id = contact.company order by contact.id",
        )
        .bind(from)
        .bind(to)
        .fetch_all(&self.pool)
        .await
        .map_err(self.failed())?;
        let mut owned = Vec::with_capacity(found.len());
        for one in found {
            let row: Row = serde_json::from_str(one.get(1)).map_err(self.garbled())?;
            if typed.is_of(row.channel, &row.value) {
                owned.push(Owned { company: serde_json::from_str(one.get(0)).map_err(self.garbled())?, row });
            }
        }
        Ok(owned)
    }

    /// Returns what new readings of a company changed, the newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be read.
    pub async fn changes(&self, company: i64) -> Result<Vec<Change>, StoreError> {
        let found = sqlx::query(
            "select at, what, channel, value, before, after from change where company = ?1 order by id desc limit 500",
        )
        .bind(company)
        .fetch_all(&self.pool)
        .await
        .map_err(self.failed())?;
        Ok(found
            .iter()
            .map(|one| Change {
                at: one.get(0),
                what: one.get(1),
                channel: one.get(2),
                value: one.get(3),
                before: one.get(4),
                after: one.get(5),
            })
            .collect())
    }

    /// Begins to write: everything until [`Writer::commit`] is one step that happens as a whole or not at all.
    ///
    /// # Errors
    ///
    /// [`StoreError::Busy`] where another process writes for too long, [`StoreError::ReadOnly`] where it may not be written.
    pub async fn write(&self) -> Result<Writer, StoreError> {
        Writer::begin(&self.pool, &self.path).await
    }
}

/// Compares two states of a company's own contacts: what is new, gone, or otherwise.
///
/// `gone` tells of a value whether it may be called gone: its page was read again.
#[must_use]
pub fn changes(before: &[Row], after: &[Row], at: &str, gone: impl Fn(&Row) -> bool) -> Vec<Change> {
    let index = |rows: &[Row]| -> BTreeMap<(String, String), Row> {
        rows.iter().map(|row| ((row.channel.id().to_owned(), row.value.clone()), row.clone())).collect()
    };
    let (old, new) = (index(before), index(after));
    let change = |what: What, row: &Row, before: Option<String>, after: Option<String>| Change {
        at: at.to_owned(),
        what: what.id().to_owned(),
        channel: row.channel.id().to_owned(),
        value: row.value.clone(),
        before,
        after,
    };
    let mut changes = Vec::new();
    for (key, row) in &new {
        match old.get(key) {
            None => changes.push(change(What::New, row, None, row.rung.clone())),
            Some(known) => {
                if known.rung != row.rung {
                    changes.push(change(What::Rung, row, known.rung.clone(), row.rung.clone()));
                }
                if known.hours != row.hours && known.url == row.url {
                    changes.push(change(What::Hours, row, known.hours.clone(), row.hours.clone()));
                }
            }
        }
    }
    for (key, row) in &old {
        if !new.contains_key(key) && gone(row) {
            changes.push(change(What::Gone, row, row.rung.clone(), None));
        }
    }
    changes
}

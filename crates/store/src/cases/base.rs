//! The database beneath the cases: a file of `SQLite` or a server of `PostgreSQL`, so that every statement is written once.
//!
//! Statements use what both speak (`$1`, `on conflict … excluded`); where they differ, the two stand side by side. A step
//! holds a lock from its first statement on: the file as a whole, or on a server the one case that is written.

use std::path::{Path, PathBuf};

use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use super::CasesError;
use crate::database::StoreError;
use crate::server;

/// An open database.
#[derive(Clone, Debug)]
pub(crate) enum Pool {
    /// A file.
    Sqlite(SqlitePool),
    /// A server.
    Postgres(PgPool),
}

/// A step that happens as a whole or not at all.
#[derive(Debug)]
pub(crate) enum Step {
    /// In a file.
    Sqlite(Transaction<'static, Sqlite>),
    /// On a server.
    Postgres(Transaction<'static, Postgres>),
}

/// An open database and what it is called in errors.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    pub(crate) pool: Pool,
    pub(crate) at: PathBuf,
}

/// Runs an expression on whichever database it is: the same words, compiled for each.
macro_rules! on {
    ($base:expr, $kind:ident, $c:ident => $body:expr) => {
        match $base {
            $kind::Sqlite($c) => $body,
            $kind::Postgres($c) => $body,
        }
    };
}
pub(crate) use on;

impl Base {
    /// Begins a step. In a file it holds the lock for writing from now on; on a server, from [`Step::hold`] on.
    pub(crate) async fn begin(&self) -> Result<Step, StoreError> {
        let begun = match &self.pool {
            Pool::Sqlite(pool) => pool.begin_with("begin immediate").await.map(Step::Sqlite),
            Pool::Postgres(pool) => {
                pool.begin_with("begin isolation level read committed").await.map(Step::Postgres)
            }
        };
        begun.map_err(|error| self.store_failed(error))
    }

    /// Begins a step that only reads, and sees everything as it was at one moment.
    pub(crate) async fn look(&self) -> Result<Step, CasesError> {
        let begun = match &self.pool {
            Pool::Sqlite(pool) => pool.begin_with("begin").await.map(Step::Sqlite),
            Pool::Postgres(pool) => {
                pool.begin_with("begin isolation level repeatable read read only").await.map(Step::Postgres)
            }
        };
        begun.map_err(|error| self.failed(error))
    }

    /// Ends a step: all of it is on the disk when this returns.
    pub(crate) async fn commit(&self, step: Step) -> Result<(), StoreError> {
        on!(step, Step, c => c.commit().await).map_err(|error| self.store_failed(error))
    }

    /// Closes it.
    pub(crate) async fn close(&self) {
        on!(&self.pool, Pool, c => c.close().await);
    }

    /// Makes the error of what the database said.
    pub(crate) fn failed(&self, error: sqlx::Error) -> CasesError {
        self.store_failed(error).into()
    }

    /// Makes the error of what the database said.
    pub(crate) fn store_failed(&self, error: sqlx::Error) -> StoreError {
        match &self.pool {
            Pool::Sqlite(_) => StoreError::of(&self.at, error),
            Pool::Postgres(_) => server::failed(&self.at, error),
        }
    }

    /// Returns what it is called in errors.
    pub(crate) fn at(&self) -> &Path {
        &self.at
    }
}

impl Step {
    /// Takes the lock under which ids that begin so are given out.
    pub(crate) async fn hold_ids(&mut self, stem: &str) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(c) => sqlx::query("select pg_advisory_xact_lock(hashtextextended($1, 0))")
                .bind(stem)
                .execute(&mut **c)
                .await
                .map(drop),
        }
    }
}

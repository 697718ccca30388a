//! Passkeys of accounts: the public halves of keys that never leave a browser or a key of one's own. None opens anything
//! for whoever reads them here.

use super::{Account, Accounts};
use crate::cases::base::{Pool, Step, on};
use crate::database::StoreError;

/// A passkey of an account.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Passkey {
    /// What the browser calls it.
    pub id: String,
    /// What the browser calls the account.
    pub handle: String,
    /// What its maker calls it.
    pub label: String,
    /// What is checked at coming in, as the desk writes it.
    pub record: String,
    /// When it was made, in seconds since 1970.
    pub made: i64,
    /// When somebody last came in by it; never, where there is none.
    pub used: Option<i64>,
}

/// The columns of a passkey.
type Columns = (String, String, String, String, String, i64, Option<i64>);

const COLUMNS: &str = "account, id, handle, label, record, made, used";

/// Returns the account of a passkey, and the passkey.
fn of(columns: Columns) -> (String, Passkey) {
    let (account, id, handle, label, record, made, used) = columns;
    (account, Passkey { id, handle, label, record, made, used })
}

impl Accounts {
    /// Keeps a passkey of an account; whether it is new: no two accounts share one.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be kept.
    pub async fn add_passkey(&self, account: &str, passkey: &Passkey) -> Result<bool, StoreError> {
        let added: Result<u64, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query(
                "insert into passkey (id, account, handle, label, record, made) values ($1, $2, $3, $4, $5, $6) \
                 on conflict do nothing",
            )
            .bind(&passkey.id)
            .bind(account)
            .bind(&passkey.handle)
            .bind(&passkey.label)
            .bind(&passkey.record)
            .bind(passkey.made)
            .execute(c)
            .await
            .map(|done| done.rows_affected())
        });
        added.map(|added| added > 0).map_err(|error| self.failed(error))
    }

    /// Returns the passkeys of an account, oldest first; those of one second in no order of meaning.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where they cannot be read.
    pub async fn passkeys(&self, account: &str) -> Result<Vec<Passkey>, StoreError> {
        let sql = format!("select {COLUMNS} from passkey where account = $1 order by made, id");
        let rows: Result<Vec<Columns>, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(account).fetch_all(c).await
        });
        let rows = rows.map_err(|error| self.failed(error))?;
        Ok(rows.into_iter().map(|columns| of(columns).1).collect())
    }

    /// Returns a passkey by what the browser calls it, with its account.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be read.
    pub async fn passkey(&self, id: &str) -> Result<Option<(Account, Passkey)>, StoreError> {
        let sql = format!("select {COLUMNS} from passkey where id = $1");
        let row: Result<Option<Columns>, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(c).await
        });
        let Some(columns) = row.map_err(|error| self.failed(error))? else { return Ok(None) };
        let (account, passkey) = of(columns);
        Ok(self.one(&account).await?.map(|account| (account, passkey)))
    }

    /// Writes down that somebody came in by a passkey, with its record as it is from now on.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be kept.
    pub async fn use_passkey(&self, id: &str, record: &str, now: i64) -> Result<(), StoreError> {
        on!(&self.base.pool, Pool, c => {
            sqlx::query("update passkey set record = $2, used = $3 where id = $1")
                .bind(id)
                .bind(record)
                .bind(now)
                .execute(c)
                .await
                .map(drop)
        })
        .map_err(|error| self.failed(error))
    }

    /// Calls a passkey of an account something else; whether it has such a one.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be written.
    pub async fn rename_passkey(&self, account: &str, id: &str, label: &str) -> Result<bool, StoreError> {
        let done: Result<u64, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query("update passkey set label = $3 where account = $1 and id = $2")
                .bind(account)
                .bind(id)
                .bind(label)
                .execute(c)
                .await
                .map(|done| done.rows_affected())
        });
        done.map(|done| done > 0).map_err(|error| self.failed(error))
    }

    /// Takes a passkey of an account back and ends the sessions of whoever came in by it; whether there was one.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be deleted.
    pub async fn remove_passkey(&self, account: &str, id: &str) -> Result<bool, StoreError> {
        let mut step = self.base.begin().await?;
        let gone: Result<u64, sqlx::Error> = on!(&mut step, Step, c => {
            async {
                let done = sqlx::query("delete from passkey where account = $1 and id = $2")
                    .bind(account)
                    .bind(id)
                    .execute(&mut **c)
                    .await?;
                sqlx::query("delete from session where account = $1 and passkey = $2")
                    .bind(account)
                    .bind(id)
                    .execute(&mut **c)
                    .await?;
                Ok(done.rows_affected())
            }
            .await
        });
        let gone = gone.map_err(|error| self.failed(error))?;
        self.base.commit(step).await?;
        Ok(gone > 0)
    }
}

//! What lets an account in, each kept as a hash only: sessions of browsers, tokens of programs; and the attempts that failed.

use super::{Account, Accounts, COLUMNS, Columns};
use crate::cases::base::{Pool, on};
use crate::database::StoreError;

/// A browser that is in.
#[derive(Clone, Debug)]
pub struct Session {
    /// The account.
    pub account: Account,
    /// The epoch of the account when it came in.
    pub epoch: i64,
    /// When it came in, in seconds since 1970.
    pub begun: i64,
    /// When it last asked for something, to a minute or so.
    pub seen: i64,
}

/// What a program shows.
#[derive(Clone, Debug)]
pub struct Token {
    /// The hash of it, by which it is taken back.
    pub hash: String,
    /// What its maker calls it.
    pub label: String,
    /// When it was made, in seconds since 1970.
    pub made: i64,
    /// When it ends.
    pub ends: i64,
}

/// Failures to come in under a name, one after the other.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Attempt {
    /// How many.
    pub failures: i64,
    /// When the last was, in seconds since 1970.
    pub last: i64,
    /// Until when nobody comes in under the name.
    pub until: i64,
}

impl Accounts {
    /// Writes down that a browser is in, by a password or by the passkey of an id; whether it is: a passkey that was taken
    /// back meanwhile lets nobody in.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be kept.
    pub async fn begin_session(
        &self,
        hash: &str,
        account: &Account,
        passkey: Option<&str>,
        now: i64,
    ) -> Result<bool, StoreError> {
        let begun: Result<u64, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query(
                "insert into session (hash, account, epoch, begun, seen, passkey) select $1, $2, $3, $4, $4, $5 \
                 where cast($5 as text) is null or exists (select 1 from passkey where id = $5 and account = $2)",
            )
            .bind(hash)
            .bind(&account.name)
            .bind(account.epoch)
            .bind(now)
            .bind(passkey)
            .execute(c)
            .await
            .map(|done| done.rows_affected())
        });
        begun.map(|begun| begun > 0).map_err(|error| self.failed(error))
    }

    /// Returns a session by its hash.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be read.
    pub async fn session(&self, hash: &str) -> Result<Option<Session>, StoreError> {
        let times: Result<Option<(String, i64, i64, i64)>, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query_as("select account, epoch, begun, seen from session where hash = $1")
                .bind(hash)
                .fetch_optional(c)
                .await
        });
        let Some((name, epoch, begun, seen)) = times.map_err(|error| self.failed(error))? else {
            return Ok(None);
        };
        Ok(self.one(&name).await?.map(|account| Session { account, epoch, begun, seen }))
    }

    /// Writes down that a session was used.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be kept.
    pub async fn touch_session(&self, hash: &str, now: i64) -> Result<(), StoreError> {
        on!(&self.base.pool, Pool, c => {
            sqlx::query("update session set seen = $2 where hash = $1").bind(hash).bind(now).execute(c).await.map(drop)
        })
        .map_err(|error| self.failed(error))
    }

    /// Ends a session.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be ended.
    pub async fn end_session(&self, hash: &str) -> Result<(), StoreError> {
        on!(&self.base.pool, Pool, c => {
            sqlx::query("delete from session where hash = $1").bind(hash).execute(c).await.map(drop)
        })
        .map_err(|error| self.failed(error))
    }

    /// Throws away sessions, tokens and attempts that are over: sessions begun or last seen before a time, the rest by
    /// their own.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where they cannot be deleted.
    pub async fn sweep(&self, begun: i64, seen: i64, now: i64, attempts: i64) -> Result<(), StoreError> {
        let swept: Result<(), sqlx::Error> = on!(&self.base.pool, Pool, c => {
            async {
                sqlx::query("delete from session where begun < $1 or seen < $2").bind(begun).bind(seen).execute(c).await?;
                sqlx::query("delete from token where ends < $1").bind(now).execute(c).await?;
                sqlx::query("delete from attempt where last < $1 and until < $2").bind(attempts).bind(now).execute(c).await?;
                Ok(())
            }
            .await
        });
        swept.map_err(|error| self.failed(error))
    }

    /// Keeps a token of an account.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be kept.
    pub async fn add_token(&self, account: &str, token: &Token) -> Result<(), StoreError> {
        on!(&self.base.pool, Pool, c => {
            sqlx::query("insert into token (hash, account, label, made, ends) values ($1, $2, $3, $4, $5)")
                .bind(&token.hash)
                .bind(account)
                .bind(&token.label)
                .bind(token.made)
                .bind(token.ends)
                .execute(c)
                .await
                .map(drop)
        })
        .map_err(|error| self.failed(error))
    }

    /// Returns the tokens of an account, oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where they cannot be read.
    pub async fn tokens(&self, account: &str) -> Result<Vec<Token>, StoreError> {
        let rows: Result<Vec<(String, String, i64, i64)>, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query_as("select hash, label, made, ends from token where account = $1 order by made, hash")
                .bind(account)
                .fetch_all(c)
                .await
        });
        let rows = rows.map_err(|error| self.failed(error))?;
        Ok(rows.into_iter().map(|(hash, label, made, ends)| Token { hash, label, made, ends }).collect())
    }

    /// Returns the account of a token that has not ended, by the hash of the token.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be read.
    pub async fn of_token(&self, hash: &str, now: i64) -> Result<Option<Account>, StoreError> {
        let sql = format!(
            "select {COLUMNS} from token t join account a on a.name = t.account where t.hash = $1 and t.ends > $2"
        );
        let row: Result<Option<Columns>, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(hash).bind(now).fetch_optional(c).await
        });
        row.map_err(|error| self.failed(error))?.map(|columns| self.account(columns)).transpose()
    }

    /// Takes a token of an account back; whether there was one.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be deleted.
    pub async fn remove_token(&self, account: &str, hash: &str) -> Result<bool, StoreError> {
        let gone: Result<u64, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query("delete from token where account = $1 and hash = $2")
                .bind(account)
                .bind(hash)
                .execute(c)
                .await
                .map(|done| done.rows_affected())
        });
        gone.map(|gone| gone > 0).map_err(|error| self.failed(error))
    }

    /// Returns what failed under a name, by its hash.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be read.
    pub async fn attempt(&self, hash: &str) -> Result<Attempt, StoreError> {
        let row: Result<Option<(i64, i64, i64)>, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query_as("select failures, last, until from attempt where hash = $1")
                .bind(hash)
                .fetch_optional(c)
                .await
        });
        let row = row.map_err(|error| self.failed(error))?;
        Ok(row.map_or_else(Attempt::default, |(failures, last, until)| Attempt { failures, last, until }))
    }

    /// Writes down what failed under a name.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be kept.
    pub async fn keep_attempt(&self, hash: &str, attempt: Attempt) -> Result<(), StoreError> {
        on!(&self.base.pool, Pool, c => {
            sqlx::query(
                "insert into attempt (hash, failures, last, until) values ($1, $2, $3, $4) on conflict (hash) \
                 do update set failures = excluded.failures, last = excluded.last, until = excluded.until",
            )
            .bind(hash)
            .bind(attempt.failures)
            .bind(attempt.last)
            .bind(attempt.until)
            .execute(c)
            .await
            .map(drop)
        })
        .map_err(|error| self.failed(error))
    }
}

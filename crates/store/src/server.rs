//! A `PostgreSQL` server in place of a folder: its address, how it is reached, and migration forward with a copy taken first.
//!
//! Everything stands in a schema of its own, `upstairs`, so that a database may hold other things too. What is sent goes
//! through TLS with a certificate that is checked, unless the server is on this machine or the address says otherwise. A
//! server that does not wait for its disk is refused: what is acknowledged must be there after a power cut.

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions, PgSslMode};
use sqlx::{AssertSqlSafe, Connection as _};

use crate::database::{Mode, StoreError};

/// How long the server may take to answer, and how long one program waits for another to finish writing.
const PATIENCE: Duration = Duration::from_secs(10);

/// What holds for every connection: where the tables are, how long to wait, and that a commit waits for the disk.
const SETTINGS: &str = "
    set search_path = upstairs;
    set lock_timeout = '5s';
    set statement_timeout = '60s';
    set idle_in_transaction_session_timeout = '60s';
    set default_transaction_isolation = 'read committed';
    select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off';
";

/// The address of a `PostgreSQL` server and a database on it. What is printed of it has no password.
#[derive(Clone, Eq, PartialEq)]
pub struct Address(String);

impl Address {
    /// Takes an address such as `postgres://adviser@db.example/cases`.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoAddress`] for anything else, with what is wrong.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        let wrong = |why: String| StoreError::NoAddress { given: without_password(text), why };
        let text = text.trim();
        if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
            return Err(wrong(
                "it must begin with `postgres://`, as in `postgres://adviser@db.example/cases`".to_owned(),
            ));
        }
        let options = PgConnectOptions::from_str(text).map_err(|error| wrong(error.to_string()))?;
        if options.get_database().is_none_or(str::is_empty) {
            return Err(wrong("it names no database: add one after the host, as in `…/cases`".to_owned()));
        }
        Ok(Self(text.to_owned()))
    }

    /// Returns it as it is shown.
    #[must_use]
    pub fn shown(&self) -> String {
        without_password(&self.0)
    }

    /// Returns how to connect: through checked TLS, unless the server is here or the address says how.
    fn options(&self) -> Result<PgConnectOptions, StoreError> {
        let options = PgConnectOptions::from_str(&self.0)
            .map_err(|error| StoreError::NoAddress { given: self.shown(), why: error.to_string() })?
            .application_name("upstairs");
        let host = options.get_host();
        let here = options.get_socket().is_some()
            || host.starts_with('/')
            || host == "localhost"
            || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
            || host == "[::1]";
        let said = self.0.to_ascii_lowercase().replace('-', "").contains("sslmode=");
        Ok(if here || said { options } else { options.ssl_mode(PgSslMode::VerifyFull) })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Address").field(&self.shown()).finish()
    }
}

impl std::str::FromStr for Address {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

/// Takes the password and whatever follows a `?` out of an address.
fn without_password(text: &str) -> String {
    let text = text.split('?').next().unwrap_or_default();
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    match rest.rsplit_once('@') {
        Some((user, host)) => {
            format!("{scheme}://{}@{host}", user.split(':').next().unwrap_or_default())
        }
        None => text.to_owned(),
    }
}

/// What a part of the store keeps on a server.
#[derive(Clone, Copy, Debug)]
pub struct ServerSchema {
    /// The name of the part.
    pub name: &'static str,
    /// The number of the lock under which it is brought forward.
    pub lock: i64,
    /// The migrations, in order.
    pub steps: &'static [&'static str],
}

impl ServerSchema {
    fn newest(&self) -> i64 {
        i64::try_from(self.steps.len()).unwrap_or(i64::MAX)
    }
}

/// Connections that stay open from one opening to the next: for a program that serves many, and would else connect anew
/// for each of them. They belong to the runtime on which they were opened first.
#[derive(Clone, Debug, Default)]
pub struct Kept(Arc<Mutex<HashMap<Opened, PgPool>>>);

/// What was opened: the address, the part, and whether to write.
type Opened = (String, &'static str, bool);

impl Kept {
    /// Opens a part of the store as [`open`] does, or gives what was opened before.
    ///
    /// # Errors
    ///
    /// [`StoreError`] by cause.
    pub async fn open(
        &self,
        address: &Address,
        schema: &ServerSchema,
        mode: Mode,
    ) -> Result<Option<PgPool>, StoreError> {
        let key = (address.0.clone(), schema.name, mode == Mode::Write);
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if known.is_some() {
            return Ok(known);
        }
        let pool = open(address, schema, mode).await?;
        if let Some(pool) = &pool {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, pool.clone());
        }
        Ok(pool)
    }
}

/// Opens a part of the store on a server; `None` where it is to be read and is not there yet.
///
/// # Errors
///
/// [`StoreError`] by cause.
pub async fn open(
    address: &Address,
    schema: &ServerSchema,
    mode: Mode,
) -> Result<Option<PgPool>, StoreError> {
    let at = PathBuf::from(address.shown());
    let failed = |error| failed(&at, error);
    let options = address.options()?;
    // One connection by hand first: a pool would try again until its time is over, and not say why.
    let connected = tokio::time::timeout(PATIENCE, PgConnection::connect_with(&options)).await;
    let Ok(connected) = connected else {
        let why = format!("no answer within {} seconds", PATIENCE.as_secs());
        return Err(StoreError::Unreachable { at: address.shown(), why });
    };
    let mut connection = connected.map_err(failed)?;
    sqlx::raw_sql(SETTINGS).execute(&mut connection).await.map_err(failed)?;
    let found = version(&mut connection, &at, schema).await?;
    match mode {
        Mode::Read if found == 0 => return Ok(None),
        // Brought forward by whoever may write.
        Mode::Read if found < schema.newest() => migrate(&mut connection, &at, schema).await?,
        Mode::Read => {}
        Mode::Write => {
            let waits: String =
                sqlx::query_scalar("show fsync").fetch_one(&mut connection).await.map_err(failed)?;
            if waits == "off" {
                return Err(StoreError::NotDurable(address.shown()));
            }
            if found < schema.newest() {
                migrate(&mut connection, &at, schema).await?;
            }
        }
    }
    let _ = connection.close().await;
    let pool = PgPoolOptions::new()
        .max_connections(4)
        .acquire_timeout(PATIENCE)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                sqlx::raw_sql(SETTINGS).execute(&mut *connection).await?;
                if mode == Mode::Read {
                    sqlx::raw_sql("set default_transaction_read_only = on").execute(connection).await?;
                }
                Ok(())
            })
        })
        .connect_with(options)
        .await
        .map_err(failed)?;
    Ok(Some(pool))
}

/// Returns the format of a part on the server, 0 where it is not there; refuses a newer one and what is not ours.
async fn version(connection: &mut PgConnection, at: &Path, schema: &ServerSchema) -> Result<i64, StoreError> {
    let failed = |error| failed(at, error);
    let (ours, tables): (bool, i64) = sqlx::query_as(
        "select to_regclass('upstairs.part') is not null, (select count(*) from pg_tables where schemaname = 'upstairs')",
    )
    .fetch_one(&mut *connection)
    .await
    .map_err(failed)?;
    if !ours {
        return if tables > 0 { Err(StoreError::NotOurs(at.to_owned())) } else { Ok(0) };
    }
    let found: Option<i64> = sqlx::query_scalar("select format from upstairs.part where name = $1")
        .bind(schema.name)
        .fetch_optional(&mut *connection)
        .await
        .map_err(failed)?;
    let found = found.unwrap_or(0);
    if found > schema.newest() {
        return Err(StoreError::Newer { path: at.to_owned(), found, known: schema.newest() });
    }
    Ok(found)
}

/// Brings a part forward in one transaction. What was there before is copied into a schema beside it first.
async fn migrate(connection: &mut PgConnection, at: &Path, schema: &ServerSchema) -> Result<(), StoreError> {
    let failed = |error| failed(at, error);
    let mut step = connection.begin().await.map_err(failed)?;
    // Another program may bring it forward meanwhile: the lock first, then the question how far it is.
    sqlx::query("select pg_advisory_xact_lock($1)")
        .bind(schema.lock)
        .execute(&mut *step)
        .await
        .map_err(failed)?;
    let before = version(&mut step, at, schema).await?;
    if before == 0 {
        sqlx::raw_sql(
            "create schema if not exists upstairs; \
             create table if not exists upstairs.part (name text primary key, format bigint not null)",
        )
        .execute(&mut *step)
        .await
        .map_err(failed)?;
    } else {
        sqlx::raw_sql(AssertSqlSafe(backup(before))).execute(&mut *step).await.map_err(failed)?;
    }
    for sql in schema.steps.iter().skip(usize::try_from(before).unwrap_or(usize::MAX)) {
        sqlx::raw_sql(*sql).execute(&mut *step).await.map_err(failed)?;
    }
    sqlx::query(
        "insert into upstairs.part (name, format) values ($1, $2) \
         on conflict (name) do update set format = excluded.format",
    )
    .bind(schema.name)
    .bind(schema.newest())
    .execute(&mut *step)
    .await
    .map_err(failed)?;
    step.commit().await.map_err(failed)
}

/// Returns what copies every table of a format into the first free schema `upstairs_format_N`, `upstairs_format_N_2` …
fn backup(format: i64) -> String {
    format!(
        "do $$ declare t text; place text := 'upstairs_format_{format}'; n int := 1; begin \
         while exists (select 1 from pg_namespace where nspname = place) loop \
             n := n + 1; place := 'upstairs_format_{format}_' || n; \
         end loop; \
         execute format('create schema %I', place); \
         for t in select tablename from pg_tables where schemaname = 'upstairs' loop \
             execute format('create table %I.%I as table upstairs.%I', place, t, t); \
         end loop; end $$"
    )
}

/// Makes the error of a server from what it said.
#[must_use]
pub fn failed(at: &Path, error: sqlx::Error) -> StoreError {
    let path = at.to_owned();
    let shown = || at.display().to_string();
    match &error {
        sqlx::Error::Database(said) => {
            let why = said.message().to_owned();
            match said.code().as_deref().unwrap_or_default() {
                "55P03" | "57014" | "40P01" => StoreError::Busy(path),
                "42501" | "25006" | "53100" => StoreError::ReadOnly { path, why },
                "XX001" | "XX002" | "58030" => StoreError::Damaged { path, why },
                code if ["08", "28", "3D", "53", "57"].iter().any(|class| code.starts_with(class)) => {
                    StoreError::Unreachable { at: shown(), why }
                }
                _ => StoreError::Database { path, error },
            }
        }
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Configuration(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::WorkerCrashed => StoreError::Unreachable { at: shown(), why: error.to_string() },
        _ => StoreError::Database { path, error },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        let address = Address::parse("postgres://ada:s3cret@db.example:5433/cases?password=s3cret").unwrap();
        for text in [address.to_string(), format!("{address:?}")] {
            assert!(!text.contains("s3cret") && text.contains("ada@db.example:5433/cases"), "{text}");
        }
        let error = Address::parse("mysql://ada:s3cret@db.example/cases").unwrap_err().to_string();
        assert!(!error.contains("s3cret"), "{error}");
    }

    #[test]
    fn what_is_no_address_is_refused_with_what_is_wrong() {
        for (text, says) in [
            ("sqlite://x", "must begin with `postgres://`"),
            ("postgres://db.example", "names no database"),
            ("postgres://db.example:port/cases", "invalid port"),
        ] {
            let error = Address::parse(text).unwrap_err().to_string();
            assert!(error.contains(says), "{text}: {error}");
        }
    }

    #[test]
    fn what_goes_over_a_network_is_encrypted_unless_the_address_says_otherwise() {
        for (text, mode) in [
            ("postgres://db.example/cases", PgSslMode::VerifyFull),
            ("postgres://db.example/cases?sslmode=require", PgSslMode::Require),
            ("postgres://localhost/cases", PgSslMode::Prefer),
            ("postgres://127.0.0.1/cases", PgSslMode::Prefer),
        ] {
            let found = Address::parse(text).unwrap().options().unwrap().get_ssl_mode();
            assert_eq!(format!("{found:?}"), format!("{mode:?}"), "{text}");
        }
    }
}

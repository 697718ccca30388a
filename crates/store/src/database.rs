//! Opening a database file: the settings that keep two processes apart, migration forward, and errors in plain words.
//!
//! Every part of the store has a file of its own with a [`Schema`]. The file carries the part's application id and the
//! number of its last migration. An older file is copied first and then brought forward step by step, each step in one
//! transaction; a newer one is refused and left as it is.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection, Row as _, SqliteConnection};

/// How long one process waits for another to finish writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a part of the store keeps, and how its file came to be what it is.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// The name of the file in the folder.
    pub file: &'static str,
    /// What marks a file as this part's (`SQLite`'s application id).
    pub application_id: i64,
    /// The migrations: each is SQL that ends by setting `user_version` to its place, counted from 1, and the first sets
    /// `application_id`.
    pub steps: &'static [&'static str],
    /// Whether a commit waits until the disk has it: for what can never be had again.
    pub durable: bool,
}

/// Whether a file is opened to read or to write.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mode {
    /// Nothing is made or changed.
    Read,
    /// Folder and file are made where they are missing.
    Write,
}

/// Why something could not be kept or looked up.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A newer program wrote the file.
    #[error("`{path}` was written by a newer Upstairs (format {found}, this one knows up to {known})")]
    Newer {
        /// The file, or the server without the password.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest format that this program knows.
        known: i64,
    },
    /// A file of that name is there, and something else wrote it.
    #[error("`{0}` is there, but it is no file of Upstairs")]
    NotOurs(PathBuf),
    /// Another process holds it.
    #[error("`{0}` is being written by another program and did not become free in time")]
    Busy(PathBuf),
    /// It may not be written.
    #[error("`{path}` cannot be written: {why}")]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// It cannot be read as a database.
    #[error("`{path}` is damaged: {why}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the database says.
        why: String,
    },
    /// The folder, or a file in it, cannot be made.
    #[error("`{path}` cannot be made: {error}")]
    Folder {
        /// The folder or the file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// What was given is no address of a server.
    #[error("`{given}` is no address of a PostgreSQL server: {why}")]
    NoAddress {
        /// What was given, without a password.
        given: String,
        /// What is wrong.
        why: String,
    },
    /// The server does not answer, or refuses.
    #[error("the server `{at}` cannot be used: {why}")]
    Unreachable {
        /// The server, without the password.
        at: String,
        /// What it or the system says.
        why: String,
    },
    /// The server does not wait for its disk.
    #[error("the server `{0}` does not wait for its disk (`fsync` is off): what it acknowledges may be lost")]
    NotDurable(String),
    /// It is sealed, and there is no passphrase to be had.
    #[error("`{0}` is sealed: it opens with its passphrase only")]
    Sealed(PathBuf),
    /// The passphrase is another one.
    #[error("the passphrase does not open `{0}`; nothing was changed")]
    Passphrase(PathBuf),
    /// A record in the file cannot be understood.
    #[error("a record in `{path}` cannot be understood: {why}")]
    Record {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// Anything else that the database says.
    #[error("`{path}`: {error}")]
    Database {
        /// The file.
        path: PathBuf,
        /// What it says.
        error: sqlx::Error,
    },
}

impl StoreError {
    /// Makes the error of a file from what the database said.
    #[must_use]
    pub fn of(path: &Path, error: sqlx::Error) -> Self {
        let path = path.to_owned();
        let code = match &error {
            sqlx::Error::Database(database) => {
                database.code().and_then(|code| code.parse::<i32>().ok()).map(|code| code & 0xff)
            }
            sqlx::Error::PoolTimedOut => Some(5),
            _ => None,
        };
        match code {
            Some(5 | 6) => Self::Busy(path),
            Some(3 | 8 | 13 | 14) => Self::ReadOnly { path, why: error_words(&error) },
            Some(10 | 11) => Self::Damaged { path, why: error_words(&error) },
            Some(26) => Self::NotOurs(path),
            _ => Self::Database { path, error },
        }
    }

    /// Returns what the user can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        let cases = |path: &Path| path.file_name().is_some_and(|name| name == crate::cases::SCHEMA.file);
        match self {
            Self::Newer { .. } => Some("update Upstairs, or keep another folder with --data"),
            Self::NotOurs(path) if cases(path) => Some(
                "if these are your cases, the beginning of the file is damaged: `upstairs case rescue --to FOLDER` copies what is \
                 intact into a new folder; otherwise move that file away",
            ),
            Self::Damaged { path, .. } if cases(path) => Some(
                "`upstairs case rescue --to FOLDER` copies what is intact into a new folder, and `case restore` takes in an \
                 export",
            ),
            Self::NotOurs(_) => Some("move that file away, or keep another folder with --data"),
            Self::Busy(_) => Some("wait until the other run has ended, then try again"),
            Self::ReadOnly { .. } | Self::Folder { .. } => {
                Some("choose a folder that you can write to with --data, or check whether the disk is full")
            }
            Self::Damaged { .. } => Some("move it away and bring back a backup or an export"),
            Self::NoAddress { .. } => Some("a folder is given with --data"),
            Self::Unreachable { .. } => Some(
                "check that it is running and that name, password and database are right; a server elsewhere needs TLS \
                 with a valid certificate (`?sslrootcert=FILE` names your own authority)",
            ),
            Self::NotDurable(_) => Some("let its administrator set `fsync = on`"),
            Self::Sealed(_) => Some(
                "run this on a terminal to be asked for it, or name a file that holds it with UPSTAIRS_PASSPHRASE_FILE",
            ),
            Self::Passphrase(_) | Self::Record { .. } | Self::Database { .. } => None,
        }
    }
}

/// Returns what a database said without the words of the library around it.
fn error_words(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(database) => database.message().to_owned(),
        other => other.to_string(),
    }
}

/// Makes a folder that nobody else on the machine looks into; one that is there stays as its owner made it.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes a database file that only its owner reads, before the database itself would make one that all may read; what it
/// writes beside it is made with the same rights. One that is there and open to others is shut to them, where it is ours to do so,
/// and so are the copies of its older formats.
fn own_file(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
        let made = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
        match made {
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                let beside = ["", "-wal", "-shm"].map(|end| {
                    let mut file = path.as_os_str().to_owned();
                    file.push(end);
                    PathBuf::from(file)
                });
                for file in beside.into_iter().chain(backups(path)) {
                    let Ok(data) = fs::symlink_metadata(&file) else { continue };
                    if data.is_file() && data.permissions().mode() & 0o077 != 0 {
                        // On a disk that knows no rights, or in a folder of others, it stays as it is.
                        let _ = fs::set_permissions(&file, fs::Permissions::from_mode(0o600));
                    }
                }
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Returns the copies of older formats beside a file.
#[cfg(unix)]
fn backups(path: &Path) -> Vec<PathBuf> {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else {
        return Vec::new();
    };
    let entries = path.parent().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let ours = |entry: &fs::DirEntry| {
        let entry = entry.file_name();
        let entry = entry.to_string_lossy();
        entry.strip_prefix(&name).is_some_and(|rest| {
            rest.strip_prefix(".format-").is_some_and(|rest| rest.strip_suffix(".bak").is_some())
        })
    };
    entries.filter(ours).map(|entry| entry.path()).collect()
}

/// Makes the error of a file that could not be made, by its cause.
fn unmade(path: &Path, error: std::io::Error) -> StoreError {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            StoreError::ReadOnly { path: path.to_owned(), why: error.to_string() }
        }
        _ => StoreError::Folder { path: path.to_owned(), error },
    }
}

/// Opens the file of a part in a folder.
///
/// # Errors
///
/// [`StoreError`] by cause.
pub async fn open(folder: &Path, schema: &Schema, mode: Mode) -> Result<(SqlitePool, PathBuf), StoreError> {
    let path = folder.join(schema.file);
    if mode == Mode::Write {
        make_folder(folder).map_err(|error| StoreError::Folder { path: folder.to_owned(), error })?;
        own_file(&path).map_err(|error| unmade(&path, error))?;
    }
    let options = SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(mode == Mode::Write)
        .busy_timeout(PATIENCE)
        .foreign_keys(true)
        .pragma("temp_store", "memory");
    let pool = match mode {
        Mode::Write => {
            let synchronous =
                if schema.durable { SqliteSynchronous::Full } else { SqliteSynchronous::Normal };
            pool(options.journal_mode(SqliteJournalMode::Wal).synchronous(synchronous)).await
        }
        Mode::Read => {
            let options = options.read_only(true);
            match pool(options.clone()).await {
                // Beside a log that cannot be shared (a folder that may not be written), the file alone can be read.
                Err(_) => pool(options.immutable(true)).await,
                opened => opened,
            }
        }
    }
    .map_err(|error| StoreError::of(&path, error))?;
    let mut connection = pool.acquire().await.map_err(|error| StoreError::of(&path, error))?;
    match mode {
        Mode::Write => migrate(&mut connection, &path, schema).await?,
        Mode::Read => {
            let version = version(&mut connection, &path, schema).await?;
            if version < newest(schema) {
                // Read by the program that wrote it, or brought forward by the next write.
                drop(connection);
                pool.close().await;
                return Box::pin(open(folder, schema, Mode::Write)).await;
            }
        }
    }
    drop(connection);
    Ok((pool, path))
}

/// Makes the pool; one connection is opened at once, so that a bad file is told now.
async fn pool(options: SqliteConnectOptions) -> Result<SqlitePool, sqlx::Error> {
    let pool = SqlitePoolOptions::new()
        .max_connections(4)
        .test_before_acquire(false)
        .acquire_timeout(PATIENCE)
        .connect_with(options)
        .await?;
    // The file is looked at only now.
    sqlx::query("select count(*) from sqlite_schema").fetch_one(&pool).await?;
    Ok(pool)
}

/// Returns the newest format of a part.
fn newest(schema: &Schema) -> i64 {
    i64::try_from(schema.steps.len()).unwrap_or(i64::MAX)
}

/// Returns the format of an open file, or refuses it.
async fn version(connection: &mut SqliteConnection, path: &Path, schema: &Schema) -> Result<i64, StoreError> {
    let failed = |error| StoreError::of(path, error);
    let one = sqlx::query("select (select application_id from pragma_application_id), (select user_version from pragma_user_version), (select count(*) from sqlite_schema)")
        .fetch_one(&mut *connection)
        .await
        .map_err(failed)?;
    let (id, found, tables): (i64, i64, i64) = (one.get(0), one.get(1), one.get(2));
    if id != schema.application_id && (id != 0 || tables > 0) {
        return Err(StoreError::NotOurs(path.to_owned()));
    }
    if found > newest(schema) {
        return Err(StoreError::Newer { path: path.to_owned(), found, known: newest(schema) });
    }
    Ok(found)
}

/// Brings a file forward. What was there before is copied beside it first.
async fn migrate(connection: &mut SqliteConnection, path: &Path, schema: &Schema) -> Result<(), StoreError> {
    let failed = |error| StoreError::of(path, error);
    let before = version(connection, path, schema).await?;
    if before == newest(schema) {
        return Ok(());
    }
    if before > 0 {
        let copy = backup_name(path, before);
        // It holds what the file holds: made empty for its owner, it is then filled.
        own_file(&copy).map_err(|error| unmade(&copy, error))?;
        sqlx::query("vacuum into ?1")
            .bind(copy.to_string_lossy().as_ref())
            .execute(&mut *connection)
            .await
            .map_err(failed)?;
    }
    // Another process may bring it forward meanwhile: the lock first, then the question how far it is.
    let mut locked = connection.begin_with("begin immediate").await.map_err(failed)?;
    let now = version(&mut locked, path, schema).await?;
    for step in schema.steps.iter().skip(usize::try_from(now).unwrap_or(usize::MAX)) {
        sqlx::raw_sql(*step).execute(&mut *locked).await.map_err(failed)?;
    }
    locked.commit().await.map_err(failed)
}

/// Returns a free name beside a file for the copy of a format.
fn backup_name(path: &Path, version: i64) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    (1..1000)
        .map(|n| match n {
            1 => path.with_file_name(format!("{name}.format-{version}.bak")),
            n => path.with_file_name(format!("{name}.format-{version}-{n}.bak")),
        })
        .find(|copy| !copy.exists())
        .unwrap_or_else(|| path.with_extension("bak"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "create table thing (name text); insert into thing values ('kept'); pragma application_id = 77; pragma user_version = 1;";
    const TWO: &str = "alter table thing add column size integer; pragma user_version = 2;";

    const fn schema(steps: &'static [&'static str]) -> Schema {
        Schema { file: "part.sqlite", application_id: 77, steps, durable: false }
    }

    async fn open_with(
        folder: &Path,
        steps: &'static [&'static str],
        mode: Mode,
    ) -> Result<SqlitePool, StoreError> {
        open(folder, &schema(steps), mode).await.map(|(pool, _)| pool)
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn its_files_are_for_their_owner_alone_and_older_ones_become_so() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path();
        let modes = || {
            let mut modes: Vec<u32> = fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().metadata().unwrap().permissions().mode() & 0o777)
                .collect();
            modes.dedup();
            modes
        };
        let pool = open_with(folder, &[ONE], Mode::Write).await.unwrap();
        sqlx::query("insert into thing values ('more')").execute(&pool).await.unwrap();
        assert!(folder.join("part.sqlite-wal").exists());
        assert_eq!(modes(), [0o600]);
        pool.close().await;
        fs::set_permissions(folder.join("part.sqlite"), fs::Permissions::from_mode(0o644)).unwrap();
        let pool = open_with(folder, &[ONE], Mode::Write).await.unwrap();
        sqlx::query("insert into thing values ('more')").execute(&pool).await.unwrap();
        assert_eq!(modes(), [0o600]);
        pool.close().await;
    }

    #[tokio::test]
    async fn an_older_file_is_copied_and_brought_forward() {
        let dir = tempfile::tempdir().unwrap();
        open_with(dir.path(), &[ONE], Mode::Write).await.unwrap().close().await;
        let pool = open_with(dir.path(), &[ONE, TWO], Mode::Write).await.unwrap();
        let names: Vec<String> =
            sqlx::query_scalar("select name from thing where size is null").fetch_all(&pool).await.unwrap();
        assert_eq!(names, ["kept"]);
        pool.close().await;
        let copy = dir.path().join("part.sqlite.format-1.bak");
        assert!(copy.exists());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = || fs::metadata(&copy).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(), 0o600, "a copy is for its owner alone");
            // One that an earlier program left open to others is shut.
            fs::set_permissions(&copy, fs::Permissions::from_mode(0o644)).unwrap();
            open_with(dir.path(), &[ONE, TWO], Mode::Write).await.unwrap().close().await;
            assert_eq!(mode(), 0o600);
        }
        std::fs::rename(copy, dir.path().join("part.sqlite")).unwrap();
        open_with(dir.path(), &[ONE], Mode::Read).await.unwrap();
    }

    #[test]
    fn a_file_that_cannot_be_made_is_told_by_its_cause() {
        use std::io::ErrorKind;
        let told = |kind: ErrorKind| unmade(Path::new("part.sqlite"), kind.into());
        for kind in [ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem] {
            assert!(matches!(told(kind), StoreError::ReadOnly { .. }));
        }
        for kind in [ErrorKind::StorageFull, ErrorKind::NotADirectory] {
            assert!(matches!(told(kind), StoreError::Folder { .. }));
        }
    }

    #[tokio::test]
    async fn a_newer_file_is_refused_and_left_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        open_with(dir.path(), &[ONE, TWO], Mode::Write).await.unwrap().close().await;
        for mode in [Mode::Read, Mode::Write] {
            let error = open_with(dir.path(), &[ONE], mode).await.unwrap_err();
            assert!(matches!(error, StoreError::Newer { found: 2, known: 1, .. }), "{error}");
            assert!(error.to_string().contains("newer Upstairs"), "{error}");
        }
        open_with(dir.path(), &[ONE, TWO], Mode::Read).await.unwrap();
    }

    #[tokio::test]
    async fn what_is_no_file_of_ours_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("part.sqlite"), "no database at all, only some words ".repeat(50))
            .unwrap();
        let error = open_with(dir.path(), &[ONE], Mode::Write).await.unwrap_err();
        assert!(matches!(error, StoreError::NotOurs(_)), "{error}");
        let other = Schema {
            application_id: 5,
            ..schema(&["create table x (y); pragma application_id = 5; pragma user_version = 1;"])
        };
        let dir = tempfile::tempdir().unwrap();
        open(dir.path(), &other, Mode::Write).await.unwrap().0.close().await;
        let error = open_with(dir.path(), &[ONE], Mode::Read).await.unwrap_err();
        assert!(matches!(error, StoreError::NotOurs(_)), "{error}");
    }

    const BROKEN: &str =
        "alter table thing add column size integer; insert into nowhere values (1); pragma user_version = 2;";

    #[tokio::test]
    async fn a_step_that_fails_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        open_with(dir.path(), &[ONE], Mode::Write).await.unwrap().close().await;
        assert!(open_with(dir.path(), &[ONE, BROKEN], Mode::Write).await.is_err());
        let pool = open_with(dir.path(), &[ONE], Mode::Read).await.unwrap();
        assert!(sqlx::query("select size from thing").fetch_all(&pool).await.is_err());
    }
}

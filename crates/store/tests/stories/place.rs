//! Where a story takes place: in a folder, or on a server. Both open anew each time, as another program would.

use std::path::{Path, PathBuf};

use sqlx::Connection as _;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;
use store::{Accounts, Address, Cases, Reach, Settings, Store};

/// A place of a story's own.
pub(crate) enum Place {
    /// A folder.
    Folder(tempfile::TempDir),
    /// A database on a server, and a folder for files to attach.
    Server(String, tempfile::TempDir),
}

impl Place {
    /// Returns an empty folder.
    pub(crate) fn folder() -> Self {
        Self::Folder(tempfile::tempdir().unwrap())
    }

    /// Returns an empty database.
    pub(crate) fn on(address: String) -> Self {
        Self::Server(address, tempfile::tempdir().unwrap())
    }

    pub(crate) fn store(&self) -> Store {
        store::open(&match self {
            Self::Folder(dir) => Settings::Folder(dir.path().to_owned()),
            Self::Server(address, dir) => {
                Settings::Server { address: Address::parse(address).unwrap(), folder: dir.path().to_owned() }
            }
        })
        .reaching(Reach::Everything)
    }

    /// Opens the cases to write.
    pub(crate) async fn cases(&self) -> Cases {
        self.store().write_cases().await.unwrap()
    }

    /// Opens the cases to read.
    pub(crate) async fn read(&self) -> Option<Cases> {
        self.store().read_cases().await.unwrap()
    }

    /// Opens the cases that somebody reaches, to write.
    pub(crate) async fn within(&self, reach: &Reach) -> Cases {
        self.store().reaching(reach.clone()).write_cases().await.unwrap()
    }

    /// Opens the accounts.
    pub(crate) async fn accounts(&self) -> Accounts {
        self.store().accounts().await.unwrap()
    }

    /// Returns a folder for files that are no part of the store.
    pub(crate) fn scratch(&self) -> &Path {
        match self {
            Self::Folder(dir) | Self::Server(_, dir) => dir.path(),
        }
    }

    /// Runs statements on the cases behind the store's back.
    pub(crate) async fn behind(&self, sql: &'static str) -> Result<(), sqlx::Error> {
        self.behind_file(store::cases::SCHEMA.file, sql).await
    }

    /// Runs statements on the accounts behind the store's back.
    pub(crate) async fn behind_accounts(&self, sql: &'static str) -> Result<(), sqlx::Error> {
        self.behind_file(store::accounts::SCHEMA.file, sql).await
    }

    async fn behind_file(&self, file: &str, sql: &'static str) -> Result<(), sqlx::Error> {
        match self {
            Self::Folder(dir) => {
                let file = dir.path().join(file);
                let mut connection =
                    SqliteConnection::connect(&format!("sqlite://{}", file.display())).await?;
                sqlx::raw_sql(sql).execute(&mut connection).await?;
                connection.close().await
            }
            Self::Server(address, _) => {
                let mut connection = PgConnection::connect(address).await?;
                sqlx::raw_sql("set search_path = upstairs").execute(&mut connection).await?;
                sqlx::raw_sql(sql).execute(&mut connection).await?;
                connection.close().await
            }
        }
    }

    /// Returns a number from a statement behind the store's back.
    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        match self {
            Self::Folder(dir) => {
                let file = dir.path().join(store::cases::SCHEMA.file);
                let mut connection =
                    SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
                sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
            }
            Self::Server(address, _) => {
                let mut connection = PgConnection::connect(address).await.unwrap();
                sqlx::raw_sql("set search_path = upstairs").execute(&mut connection).await.unwrap();
                sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
            }
        }
    }

    /// Takes away what keeps events from being edited.
    pub(crate) async fn unguard(&self) {
        let sql = match self {
            Self::Folder(_) => {
                "drop trigger events_are_never_edited; drop trigger events_go_only_with_their_case;"
            }
            Self::Server(..) => {
                "drop trigger events_are_never_edited on events; drop trigger events_go_only_with_their_case on events;"
            }
        };
        self.behind(sql).await.unwrap();
    }

    /// Takes away what keeps deeds from being edited.
    pub(crate) async fn unguard_accounts(&self) {
        let sql = match self {
            Self::Folder(_) => "drop trigger audit_is_never_edited; drop trigger audit_is_never_deleted;",
            Self::Server(..) => "drop trigger audit_is_never_edited on audit;",
        };
        self.behind_accounts(sql).await.unwrap();
    }

    /// Returns where an attached file lies, in a folder.
    pub(crate) fn file(&self, id: &str, sha256: &str) -> Option<PathBuf> {
        match self {
            Self::Folder(dir) => Some(dir.path().join("files").join(id).join(sha256)),
            Self::Server(..) => None,
        }
    }
}

//! What is kept between two runs: the directory of companies and the customer's cases.
//!
//! [`open`] names the place; each part has a file of its own in it, so that the directory can be exported, replaced or
//! thrown away without touching a case; the cases may be on a `PostgreSQL` [`server`] instead. [`database`] holds what all parts share: opening, migrating forward with a backup
//! first, and errors that say what to do. [`starter`] is the directory that is built into the program.

pub mod accounts;
pub mod cases;
pub mod database;
pub mod directory;
pub mod export;
pub mod import;
pub mod names;
pub mod pack;
mod pages;
pub mod record;
pub mod seal;
pub mod server;
pub mod sort;
pub mod starter;

use std::path::PathBuf;

pub use accounts::{Accounts, AccountsError};
pub use cases::{Cases, CasesError, Holder, Reach};
pub use database::{Mode, StoreError};
pub use directory::Directory;
pub use record::{Company, Entry, Row};
pub use seal::{Passphrase, Texts};
pub use server::{Address, Kept};

/// Where things are kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Settings {
    /// A folder of `SQLite` files.
    Folder(PathBuf),
    /// A server for the cases, and a folder for the directory, of which each user keeps their own.
    Server {
        /// The server.
        address: Address,
        /// The folder.
        folder: PathBuf,
    },
}

/// The place where things are kept.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
    server: Option<Address>,
    passphrase: Passphrase,
    reach: Reach,
    kept: Option<Kept>,
}

/// Names the place; nothing is opened or made yet.
#[must_use]
pub fn open(settings: &Settings) -> Store {
    match settings {
        Settings::Folder(folder) => Store {
            folder: folder.clone(),
            server: None,
            passphrase: Passphrase::default(),
            reach: Reach::Nothing,
            kept: None,
        },
        Settings::Server { address, folder } => {
            let (folder, server) = (folder.clone(), Some(address.clone()));
            Store { folder, server, passphrase: Passphrase::default(), reach: Reach::Nothing, kept: None }
        }
    }
}

impl Store {
    /// Gives it the passphrase, for the case that the store is sealed.
    #[must_use]
    pub fn with(mut self, passphrase: Passphrase) -> Self {
        self.passphrase = passphrase;
        self
    }

    /// Says whose cases are meant; without it none are reached.
    #[must_use]
    pub fn reaching(mut self, reach: Reach) -> Self {
        self.reach = reach;
        self
    }

    /// Has the connections to a server kept from one opening to the next.
    #[must_use]
    pub fn keeping(mut self, kept: Option<Kept>) -> Self {
        self.kept = kept;
        self
    }

    /// Opens the accounts of an advice centre, and makes their tables where there are none.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the folder, file or server cannot be written.
    pub async fn accounts(&self) -> Result<Accounts, StoreError> {
        match &self.server {
            Some(address) => Accounts::open_on(address).await,
            None => Accounts::open(&self.folder).await,
        }
    }

    /// Returns the file of the directory.
    #[must_use]
    pub fn directory_file(&self) -> PathBuf {
        self.folder.join(directory::SCHEMA.file)
    }

    /// Opens the directory to read; `None` where there is none yet.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where there is a file and it cannot be read.
    pub async fn read_directory(&self) -> Result<Option<Directory>, StoreError> {
        if !self.directory_file().exists() {
            return Ok(None);
        }
        Directory::open(&self.folder, Mode::Read).await.map(Some)
    }

    /// Opens the directory to write, and makes it where there is none.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the folder or file cannot be written.
    pub async fn write_directory(&self) -> Result<Directory, StoreError> {
        Directory::open(&self.folder, Mode::Write).await
    }

    /// Opens the cases to read; `None` where there are none yet.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where there is a file and it cannot be read.
    pub async fn read_cases(&self) -> Result<Option<Cases>, StoreError> {
        if let Some(address) = &self.server {
            let (kept, reach) = (self.kept.as_ref(), self.reach.clone());
            return Cases::open_through(address, Mode::Read, &self.passphrase, kept, reach).await;
        }
        if !self.folder.join(cases::SCHEMA.file).exists() {
            return Ok(None);
        }
        let reach = self.reach.clone();
        Cases::open_with(&self.folder, Mode::Read, &self.passphrase, reach).await.map(Some)
    }

    /// Opens the cases to write, and makes their file where there is none.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the folder or file cannot be written.
    pub async fn write_cases(&self) -> Result<Cases, StoreError> {
        if let Some(address) = &self.server {
            let gone =
                || StoreError::Unreachable { at: address.shown(), why: "nothing was made there".to_owned() };
            let (kept, reach) = (self.kept.as_ref(), self.reach.clone());
            let cases = Cases::open_through(address, Mode::Write, &self.passphrase, kept, reach).await?;
            return cases.ok_or_else(gone);
        }
        Cases::open_with(&self.folder, Mode::Write, &self.passphrase, self.reach.clone()).await
    }
}

//! Who may come in to the server of an advice centre: accounts, their sessions, tokens and passkeys, and what they did.
//!
//! Names, hashes and times are kept here; what they mean (how long a session lasts, what a password must be) is the
//! desk's. The same holds in a file of `SQLite` and on a server of `PostgreSQL`.

mod audit;
mod doors;
mod passkeys;

use std::path::Path;

use crate::cases::base::{Base, Pool, Step, on};
use crate::database::{self, Mode, Schema, StoreError};
use crate::server::{self, Address, ServerSchema};

pub use audit::{Deed, DeedRow};
pub use doors::{Attempt, Session, Token};
pub use passkeys::Passkey;

/// How the file of the accounts came to be what it is.
pub const SCHEMA: Schema = Schema {
    file: "accounts.sqlite",
    application_id: 1_433_621_857,
    steps: &[
        include_str!("../../migrations/accounts/0001.sql"),
        include_str!("../../migrations/accounts/0002.sql"),
        include_str!("../../migrations/accounts/0003.sql"),
    ],
    durable: true,
};

/// How the accounts on a server came to be what they are.
pub const SERVER_SCHEMA: ServerSchema = ServerSchema {
    name: "accounts",
    lock: 1_433_621_857,
    steps: &[
        include_str!("../../migrations/accounts-postgres/0001.sql"),
        include_str!("../../migrations/accounts-postgres/0002.sql"),
        include_str!("../../migrations/accounts-postgres/0003.sql"),
    ],
};

/// What an account may do.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Role {
    /// Works on the cases that are theirs.
    Adviser,
    /// Works on every case of the organisation, and gives cases to others.
    Supervisor,
    /// Reads every case of the organisation, and changes nothing.
    ReadOnly,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Adviser, Self::Supervisor, Self::ReadOnly];

    /// Returns the word for it that is stored and typed.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Adviser => "adviser",
            Self::Supervisor => "supervisor",
            Self::ReadOnly => "read-only",
        }
    }

    /// Returns the role of a word.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.id() == id)
    }
}

/// An account.
#[derive(Clone, Eq, PartialEq)]
pub struct Account {
    /// The name that is typed to come in.
    pub name: String,
    /// The organisation whose cases it works on.
    pub organisation: String,
    /// What it may do.
    pub role: Role,
    /// The hash of the password, as Argon2id writes it.
    pub password: String,
    /// Whether somebody else made the password: it is changed before anything else.
    pub provisional: bool,
    /// Whether it is shut.
    pub disabled: bool,
    /// What goes up with whatever ends its sessions.
    pub epoch: i64,
    /// When it was made, in seconds since 1970.
    pub made: i64,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Account({}, {}, {})", self.name, self.organisation, self.role.id())
    }
}

/// Why something could not be done with an account.
#[derive(Debug, thiserror::Error)]
pub enum AccountsError {
    /// The file or the server.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The name is given already.
    #[error("there is an account `{0}` already")]
    Taken(String),
    /// No account of this name.
    #[error("there is no account `{0}`")]
    NotThere(String),
}

/// A change of an account; each ends its sessions.
#[derive(Clone, Debug)]
pub enum Change {
    /// Another password, as Argon2id writes it, and whether somebody else made it.
    Password {
        /// The hash.
        hash: String,
        /// Whether it is to be changed at the next coming in.
        provisional: bool,
    },
    /// Another role.
    Role(Role),
    /// Shut, or open again.
    Disabled(bool),
}

/// The columns of an account.
type Columns = (String, String, String, String, i64, i64, i64, i64);

const COLUMNS: &str =
    "a.name, a.organisation, a.role, a.password, a.provisional, a.disabled, a.epoch, a.made";

/// The accounts of a folder or of a server.
#[derive(Clone, Debug)]
pub struct Accounts {
    base: Base,
}

impl Accounts {
    /// Opens the accounts of a folder, and makes the file where there is none.
    ///
    /// # Errors
    ///
    /// [`StoreError`] by cause.
    pub async fn open(folder: &Path) -> Result<Self, StoreError> {
        let (pool, at) = database::open(folder, &SCHEMA, Mode::Write).await?;
        Ok(Self { base: Base { pool: Pool::Sqlite(pool), at } })
    }

    /// Opens the accounts on a server, and makes the tables where there are none.
    ///
    /// # Errors
    ///
    /// [`StoreError`] by cause.
    pub async fn open_on(address: &Address) -> Result<Self, StoreError> {
        let gone =
            || StoreError::Unreachable { at: address.shown(), why: "nothing was made there".to_owned() };
        let pool = server::open(address, &SERVER_SCHEMA, Mode::Write).await?.ok_or_else(gone)?;
        Ok(Self { base: Base { pool: Pool::Postgres(pool), at: address.shown().into() } })
    }

    /// Closes them.
    pub async fn close(self) {
        self.base.close().await;
    }

    /// Adds an account, and its organisation where that is new.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Taken`] where the name is given, else what the store says.
    pub async fn add(&self, account: &Account) -> Result<(), AccountsError> {
        let mut step = self.base.begin().await?;
        let organisation = "insert into organisation (name, made) values ($1, $2) on conflict do nothing";
        let added = "insert into account (name, organisation, role, password, provisional, disabled, epoch, made) \
                     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing";
        let rows: Result<u64, sqlx::Error> = on!(&mut step, Step, c => {
            async {
                sqlx::query(organisation)
                    .bind(&account.organisation)
                    .bind(account.made)
                    .execute(&mut **c)
                    .await?;
                let done = sqlx::query(added)
                    .bind(&account.name)
                    .bind(&account.organisation)
                    .bind(account.role.id())
                    .bind(&account.password)
                    .bind(i64::from(account.provisional))
                    .bind(i64::from(account.disabled))
                    .bind(account.epoch)
                    .bind(account.made)
                    .execute(&mut **c)
                    .await?;
                Ok(done.rows_affected())
            }
            .await
        });
        if rows.map_err(|error| self.failed(error))? == 0 {
            return Err(AccountsError::Taken(account.name.clone()));
        }
        Ok(self.base.commit(step).await?)
    }

    /// Returns every account, by organisation and name.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where they cannot be read.
    pub async fn all(&self) -> Result<Vec<Account>, StoreError> {
        let sql = format!("select {COLUMNS} from account a order by a.organisation, a.name");
        let rows: Result<Vec<Columns>, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(c).await
        });
        let rows = rows.map_err(|error| self.failed(error))?;
        rows.into_iter().map(|columns| self.account(columns)).collect()
    }

    /// Returns an account by its name.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be read.
    pub async fn one(&self, name: &str) -> Result<Option<Account>, StoreError> {
        let sql = format!("select {COLUMNS} from account a where a.name = $1");
        let row: Result<Option<Columns>, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(name).fetch_optional(c).await
        });
        let row = row.map_err(|error| self.failed(error))?;
        row.map(|columns| self.account(columns)).transpose()
    }

    /// Changes an account and ends its sessions.
    ///
    /// # Errors
    ///
    /// [`AccountsError::NotThere`] where no account has the name.
    pub async fn change(&self, name: &str, change: &Change) -> Result<(), AccountsError> {
        let mut step = self.base.begin().await?;
        let (mut password, mut provisional, mut role, mut disabled) = (None, None, None, None);
        match change {
            Change::Password { hash, provisional: by_another } => {
                (password, provisional) = (Some(hash.as_str()), Some(i64::from(*by_another)));
            }
            Change::Role(new) => role = Some(new.id()),
            Change::Disabled(shut) => disabled = Some(i64::from(*shut)),
        }
        // Whoever made a token or a passkey with a password that was taken must not keep it.
        let takes_all_back = password.is_some() || disabled == Some(1);
        let sql = "update account set password = coalesce($2, password), provisional = coalesce($3, provisional), \
                   role = coalesce($4, role), disabled = coalesce($5, disabled), epoch = epoch + 1 where name = $1";
        let rows: Result<u64, sqlx::Error> = on!(&mut step, Step, c => {
            async {
                let done = sqlx::query(sql)
                    .bind(name)
                    .bind(password)
                    .bind(provisional)
                    .bind(role)
                    .bind(disabled)
                    .execute(&mut **c)
                    .await?;
                sqlx::query("delete from session where account = $1").bind(name).execute(&mut **c).await?;
                if takes_all_back {
                    sqlx::query("delete from token where account = $1").bind(name).execute(&mut **c).await?;
                    sqlx::query("delete from passkey where account = $1").bind(name).execute(&mut **c).await?;
                }
                Ok(done.rows_affected())
            }
            .await
        });
        if rows.map_err(|error| self.failed(error))? == 0 {
            return Err(AccountsError::NotThere(name.to_owned()));
        }
        Ok(self.base.commit(step).await?)
    }

    /// Makes an account of its columns.
    fn account(&self, columns: Columns) -> Result<Account, StoreError> {
        let (name, organisation, role, password, provisional, disabled, epoch, made) = columns;
        let role = Role::from_id(&role).ok_or_else(|| StoreError::Record {
            path: self.base.at().to_owned(),
            why: format!("account `{name}` has the role `{role}`, which is none"),
        })?;
        Ok(Account {
            name,
            organisation,
            role,
            password,
            provisional: provisional != 0,
            disabled: disabled != 0,
            epoch,
            made,
        })
    }

    /// Makes an error of what the database said.
    fn failed(&self, error: sqlx::Error) -> StoreError {
        self.base.store_failed(error)
    }
}

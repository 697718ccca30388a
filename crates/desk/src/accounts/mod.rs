//! The accounts of an advice centre: who may come in, as whom, and what they did.
//!
//! An [`Actor`] is made here and nowhere else, by a session or token that holds; whatever is done with a case is done from
//! a place that was made for an actor, so what an account reaches is decided by its row in the store and by nothing that a
//! face says. Nothing here tells whether a name is known: every failure to come in is the same, and takes as long.

mod enter;
mod keep;
pub mod passkey;
pub mod password;

use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use store::accounts::Account;
use store::{Address, Settings, StoreError};
use tokio::sync::Mutex;

pub use enter::{ABSOLUTE, Entered, IDLE};
pub use keep::{DeedsProof, NewAccount};
pub use store::accounts::{Deed, DeedRow, Role};

use crate::case::CaseDeskError;

/// The most signs of the name of an account or an organisation.
const MOST_NAME: usize = 64;

/// Somebody who is known: an account, as it stood when the request came.
#[derive(Clone, Debug)]
pub struct Actor {
    name: String,
    organisation: String,
    role: Role,
    provisional: bool,
}

impl Actor {
    fn of(account: &Account) -> Self {
        Self {
            name: account.name.clone(),
            organisation: account.organisation.clone(),
            role: account.role,
            provisional: account.provisional,
        }
    }

    /// Returns the name of the account.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the organisation.
    #[must_use]
    pub fn organisation(&self) -> &str {
        &self.organisation
    }

    /// Returns the role.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// Returns whether anything may be written.
    #[must_use]
    pub const fn may_write(&self) -> bool {
        !matches!(self.role, Role::ReadOnly)
    }

    /// Returns whether the password was made by somebody else and has to be changed first.
    #[must_use]
    pub const fn is_provisional(&self) -> bool {
        self.provisional
    }
}

/// Why something could not be done with an account.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The store.
    #[error(transparent)]
    Accounts(#[from] store::AccountsError),
    /// What was given cannot be taken.
    #[error("{0}")]
    Wrong(String),
    /// The machine failed: no random numbers, a thread that broke.
    #[error("{0}")]
    System(String),
    /// The password is too easily guessed.
    #[error(transparent)]
    Weak(#[from] password::Weak),
    /// What a browser answered makes no passkey of the account.
    #[error("this passkey could not be taken: make it anew")]
    Passkey,
    /// The password that goes with the account is another one.
    #[error("this is not your password")]
    Password,
    /// The role does not allow it.
    #[error("this takes a supervisor")]
    Role,
    /// The case.
    #[error(transparent)]
    Case(#[from] CaseDeskError),
}

impl From<StoreError> for AccountError {
    fn from(error: StoreError) -> Self {
        Self::Accounts(error.into())
    }
}

impl AccountError {
    /// Returns whether what was asked for was wrong, rather than the machine.
    #[must_use]
    pub const fn is_of_user(&self) -> bool {
        match self {
            Self::Accounts(store::AccountsError::Store(_)) | Self::System(_) | Self::Case(_) => false,
            Self::Accounts(_)
            | Self::Wrong(_)
            | Self::Weak(_)
            | Self::Passkey
            | Self::Password
            | Self::Role => true,
        }
    }

    /// Returns what the user can do about it, where there is something beyond the error's own words.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Accounts(store::AccountsError::Store(error)) => error.hint(),
            Self::Case(error) => error.hint(),
            _ => None,
        }
    }
}

/// An account as it is shown: nothing of its password.
#[derive(Clone, Debug, Serialize)]
pub struct AccountView {
    /// The name that is typed to come in.
    pub name: String,
    /// The organisation.
    pub organisation: String,
    /// `adviser`, `supervisor` or `read-only`.
    pub role: &'static str,
    /// Whether it is shut.
    pub disabled: bool,
    /// Whether its password has to be changed first.
    pub provisional: bool,
    /// The day it was made.
    pub made: String,
}

impl AccountView {
    fn of(account: &Account) -> Self {
        Self {
            name: account.name.clone(),
            organisation: account.organisation.clone(),
            role: account.role.id(),
            disabled: account.disabled,
            provisional: account.provisional,
            made: day(account.made),
        }
    }
}

/// A token as it is shown: it itself is shown once only, when it is made.
#[derive(Clone, Debug, Serialize)]
pub struct TokenView {
    /// What it is taken back by.
    pub id: String,
    /// What its maker calls it.
    pub label: String,
    /// The day it was made.
    pub made: String,
    /// The day it ends.
    pub ends: String,
}

/// The table at which whoever comes in says who they are.
#[derive(Debug)]
pub struct Reception {
    accounts: store::Accounts,
    /// A hash of nothing that anybody could type: what a name that is not known is held against.
    decoy: String,
    /// One attempt at a time: many at once would all be counted as the first.
    turn: Mutex<()>,
    questions: passkey::Questions,
}

impl Reception {
    /// Opens the accounts of a folder, or of the server that keeps the cases in its place.
    ///
    /// # Errors
    ///
    /// [`AccountError`] where they cannot be opened.
    pub async fn open(data: &Path, server: Option<&Address>) -> Result<Self, AccountError> {
        let settings = match server {
            None => Settings::Folder(data.to_owned()),
            Some(address) => Settings::Server { address: address.clone(), folder: data.to_owned() },
        };
        let accounts = store::open(&settings).accounts().await?;
        let decoy =
            password::keep(&password::make().map_err(AccountError::System)?).map_err(AccountError::System)?;
        Ok(Self { accounts, decoy, turn: Mutex::default(), questions: passkey::Questions::default() })
    }

    /// Returns whether there is an account that may come in.
    ///
    /// # Errors
    ///
    /// [`AccountError`] where they cannot be read.
    pub async fn any(&self) -> Result<bool, AccountError> {
        Ok(self.accounts.all().await?.iter().any(|account| !account.disabled))
    }

    /// Writes down what an account did, or what came from nobody that is known.
    ///
    /// # Errors
    ///
    /// [`AccountError`] where it cannot be kept: what was asked for must not go unrecorded.
    pub async fn record(
        &self,
        actor: Option<&Actor>,
        deed: Doing<'_>,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        let organisation = actor.map_or("", Actor::organisation);
        let deed = Deed {
            at: now.to_string(),
            who: actor.map_or("nobody", Actor::name).to_owned(),
            did: deed.did.to_owned(),
            case: deed.case.map(str::to_owned),
            about: deed.about.map(str::to_owned),
            outcome: deed.outcome.to_owned(),
            from: deed.from.map(str::to_owned),
        };
        Ok(self.accounts.record(organisation, &deed).await?)
    }

    /// Returns what was done last in the organisation of a supervisor, newest first.
    ///
    /// # Errors
    ///
    /// [`AccountError::Role`] for anybody else.
    pub async fn deeds(&self, actor: &Actor, most: u32) -> Result<Vec<DeedRow>, AccountError> {
        if actor.role != Role::Supervisor {
            return Err(AccountError::Role);
        }
        Ok(self.accounts.deeds(Some(&actor.organisation), most).await?)
    }
}

/// What is written down of something that was done.
#[derive(Clone, Copy, Debug, Default)]
pub struct Doing<'a> {
    /// What, as a word or as the route that was asked for.
    pub did: &'a str,
    /// Which case it was about.
    pub case: Option<&'a str>,
    /// What or whom else it was about.
    pub about: Option<&'a str>,
    /// What came of it.
    pub outcome: &'a str,
    /// The address that it came from.
    pub from: Option<&'a str>,
}

/// Returns the hash of a secret under which it is kept: it is long and random, so it takes no salt and no time.
fn hash(purpose: &str, secret: &str) -> String {
    store::cases::chain::hex(&Sha256::digest(format!("upstairs {purpose}\n{secret}")))
}

/// Returns 32 random bytes in hexadecimal.
fn random() -> Result<String, AccountError> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| {
        AccountError::System(format!(
            "the system gives no random numbers, and nothing is safe without them: {error}"
        ))
    })?;
    Ok(store::cases::chain::hex(&bytes))
}

/// Returns the name of an account as it is kept: small letters.
///
/// # Errors
///
/// Where it has other signs than names have.
fn named(what: &str, name: &str) -> Result<String, AccountError> {
    let name = name.trim().to_lowercase();
    let good = name.len() <= MOST_NAME
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || ".-_@+".contains(c))
        && !name.contains("..");
    if good {
        Ok(name)
    } else {
        Err(AccountError::Wrong(format!(
            "{what} `{name}`: 1 to {MOST_NAME} plain letters, digits and `.-_@+`, the first a letter or digit"
        )))
    }
}

/// Returns the day of a time.
fn day(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .map_or_else(|_| String::new(), |time| time.strftime("%Y-%m-%d").to_string())
}

#[cfg(test)]
mod passkey_tests;
#[cfg(test)]
mod tests;

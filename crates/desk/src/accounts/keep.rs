//! What the keeper of the server does at its terminal: accounts made, shut, given other roles; and cases given to others.

use jiff::Timestamp;
use store::accounts::{Account, Change, Deed};
use store::{AccountsError, Holder};

use super::{AccountError, AccountView, Actor, DeedRow, Doing, Reception, Role, named, password};
use crate::case::{Place, Who};

/// An account to make.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// The name that is typed to come in.
    pub name: String,
    /// The organisation; it is made where it is new.
    pub organisation: String,
    /// What it may do.
    pub role: Role,
    /// The password.
    pub password: String,
    /// Whether it has to be changed at the first coming in.
    pub provisional: bool,
}

/// What a proof of the deeds found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct DeedsProof {
    /// How many are as they were written, from the first on.
    pub intact: u32,
    /// The place of the first that is not.
    pub broken: Option<u32>,
}

impl Reception {
    /// Makes an account.
    ///
    /// # Errors
    ///
    /// [`AccountError::Wrong`] for a name that is none, [`AccountError::Weak`], or where the name is given already.
    pub async fn add(&self, new: NewAccount, now: Timestamp) -> Result<AccountView, AccountError> {
        let (name, organisation) = (named("name", &new.name)?, named("organisation", &new.organisation)?);
        password::check(&new.password, &name, &organisation)?;
        if self.accounts.one(&name).await?.is_some() {
            return Err(AccountsError::Taken(name).into());
        }
        let account = Account {
            password: password::keep(&new.password).map_err(AccountError::System)?,
            name,
            organisation,
            role: new.role,
            provisional: new.provisional,
            disabled: false,
            epoch: 0,
            made: now.as_second(),
        };
        self.accounts.add(&account).await?;
        self.kept(&account, "account add", new.role.id(), now).await?;
        Ok(AccountView::of(&account))
    }

    /// Lists every account.
    ///
    /// # Errors
    ///
    /// [`AccountError`] where they cannot be read.
    pub async fn list(&self) -> Result<Vec<AccountView>, AccountError> {
        Ok(self.accounts.all().await?.iter().map(AccountView::of).collect())
    }

    /// Lists the accounts of the organisation of an actor that may work on cases.
    ///
    /// # Errors
    ///
    /// [`AccountError`] where they cannot be read.
    pub async fn colleagues(&self, actor: &Actor) -> Result<Vec<AccountView>, AccountError> {
        let all = self.accounts.all().await?;
        let works = |account: &&Account| {
            account.organisation == actor.organisation && !account.disabled && account.role != Role::ReadOnly
        };
        Ok(all.iter().filter(works).map(AccountView::of).collect())
    }

    /// Shuts an account or opens it again; its sessions end.
    ///
    /// # Errors
    ///
    /// [`AccountError`] where there is none of this name.
    pub async fn set_disabled(&self, name: &str, disabled: bool, now: Timestamp) -> Result<(), AccountError> {
        let did = if disabled { "account disable" } else { "account enable" };
        self.changed(name, &Change::Disabled(disabled), (did, ""), now).await
    }

    /// Gives an account another role; its sessions end.
    ///
    /// # Errors
    ///
    /// [`AccountError`] where there is none of this name.
    pub async fn set_role(&self, name: &str, role: Role, now: Timestamp) -> Result<(), AccountError> {
        self.changed(name, &Change::Role(role), ("account role", role.id()), now).await
    }

    /// Gives an account another password; its sessions end.
    ///
    /// # Errors
    ///
    /// [`AccountError::Weak`] for one that would be guessed, or where there is no account of this name.
    pub async fn set_password(
        &self,
        name: &str,
        words: &str,
        provisional: bool,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        let account = self.known(name).await?;
        password::check(words, &account.name, &account.organisation)?;
        let hash = password::keep(words).map_err(AccountError::System)?;
        self.changed(name, &Change::Password { hash, provisional }, ("account password", ""), now).await
    }

    /// Gives a case to an account: by the keeper, or by a supervisor within the organisation.
    ///
    /// # Errors
    ///
    /// [`AccountError::Role`] for anybody else; [`AccountError::Wrong`] where the account cannot take it;
    /// [`AccountError::Case`] where the case is not reached.
    pub async fn give(
        &self,
        place: &Place,
        case: &str,
        to: &str,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        if place.who.is_below_supervisor() {
            return Err(AccountError::Role);
        }
        let account = self.known(to).await?;
        let takes = !account.disabled && account.role != Role::ReadOnly;
        let refused = || {
            AccountError::Wrong(format!(
                "`{}` cannot take a case: the account is closed or read-only",
                account.name
            ))
        };
        match &place.who {
            Who::Nobody => return Err(AccountError::Role),
            Who::Keeper => {}
            Who::Account(actor) => {
                if actor.organisation != account.organisation {
                    // Whoever is elsewhere is as unknown here as whoever is nowhere.
                    return Err(AccountsError::NotThere(account.name).into());
                }
            }
        }
        if !takes {
            return Err(refused());
        }
        let holder = Holder { organisation: account.organisation.clone(), adviser: account.name.clone() };
        let cases = place.write().await?;
        cases.give(case, &holder).await.map_err(crate::case::CaseDeskError::from)?;
        cases.close().await;
        let deed = Doing {
            did: "case give",
            case: Some(case),
            about: Some(&account.name),
            outcome: "done",
            from: None,
        };
        match &place.who {
            Who::Account(actor) => self.record(Some(actor), deed, now).await,
            _ => self.kept_deed(&account.organisation, deed, now).await,
        }
    }

    /// Returns what was done last in every organisation, newest first.
    ///
    /// # Errors
    ///
    /// [`AccountError`] where it cannot be read.
    pub async fn all_deeds(&self, most: u32) -> Result<Vec<DeedRow>, AccountError> {
        Ok(self.accounts.deeds(None, most).await?)
    }

    /// Proves that what was done stands as it was written.
    ///
    /// # Errors
    ///
    /// [`AccountError`] where it cannot be read; a fault is an answer and no error.
    pub async fn prove(&self) -> Result<DeedsProof, AccountError> {
        let (intact, broken) = self.accounts.prove_deeds().await?;
        Ok(DeedsProof { intact, broken })
    }

    async fn known(&self, name: &str) -> Result<Account, AccountError> {
        let name = name.trim().to_lowercase();
        let account = self.accounts.one(&name).await?;
        account.ok_or_else(|| AccountsError::NotThere(name).into())
    }

    async fn changed(
        &self,
        name: &str,
        change: &Change,
        (did, outcome): (&str, &str),
        now: Timestamp,
    ) -> Result<(), AccountError> {
        let account = self.known(name).await?;
        self.accounts.change(&account.name, change).await?;
        self.kept(&account, did, outcome, now).await
    }

    /// Writes down what the keeper did with an account.
    async fn kept(
        &self,
        account: &Account,
        did: &str,
        outcome: &str,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        let outcome = if outcome.is_empty() { "done" } else { outcome };
        let deed = Doing { did, about: Some(&account.name), outcome, ..Doing::default() };
        self.kept_deed(&account.organisation, deed, now).await
    }

    async fn kept_deed(
        &self,
        organisation: &str,
        deed: Doing<'_>,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        let deed = Deed {
            at: now.to_string(),
            who: "keeper".to_owned(),
            did: deed.did.to_owned(),
            case: deed.case.map(str::to_owned),
            about: deed.about.map(str::to_owned),
            outcome: deed.outcome.to_owned(),
            from: None,
        };
        Ok(self.accounts.record(organisation, &deed).await?)
    }
}

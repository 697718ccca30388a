//! Who asks for something to be done with a case, and what they reach. It is part of every [`Place`], and a place cannot be
//! made without it: no face can forget to say who asks.

use std::path::PathBuf;

use jiff::Zoned;
use store::{Address, Holder, Passphrase, Reach};

use super::{CaseDeskError, Connections, Place};
use crate::accounts::{Actor, Role};

/// The folder in which each account of a server has its own.
pub(super) const PEOPLE: &str = "people";

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) enum Who {
    /// Whoever holds the machine: the single user, or the keeper of a server at its terminal.
    Keeper,
    /// Nobody that is known.
    Nobody,
    /// An account.
    Account(Actor),
}

impl Who {
    /// Whether it is an account that answers only for itself, or nobody.
    pub(crate) fn is_below_supervisor(&self) -> bool {
        match self {
            Self::Keeper => false,
            Self::Nobody => true,
            Self::Account(actor) => actor.role() != Role::Supervisor,
        }
    }

    /// Returns which cases are reached.
    pub(crate) fn reach(&self) -> Reach {
        match self {
            Self::Keeper => Reach::Everything,
            Self::Nobody => Reach::Nothing,
            Self::Account(actor) => Reach::Member {
                holder: Holder {
                    organisation: actor.organisation().to_owned(),
                    adviser: actor.name().to_owned(),
                },
                whole: matches!(actor.role(), Role::Supervisor | Role::ReadOnly),
                writes: actor.may_write(),
            },
        }
    }
}

/// Returns the name of the account that works on a case; `None` where nobody on a server does.
///
/// # Errors
///
/// [`CaseDeskError`] where the case is not there or not reached.
pub async fn holder(place: &Place, id: &str) -> Result<Option<String>, CaseDeskError> {
    Ok(place.read().await?.holder(id).await?.map(|holder| holder.adviser))
}

impl Place {
    /// Names the place for whoever holds this machine: every case is reached. A server of accounts must never call this.
    #[must_use]
    pub fn own(data: PathBuf, server: Option<Address>, now: Zoned) -> Self {
        let vault = data.clone();
        Self {
            data,
            server,
            passphrase: Passphrase::default(),
            now,
            by: "customer".to_owned(),
            vault,
            who: Who::Keeper,
            kept: None,
        }
    }

    /// Names the place for an account: its own and its organisation's cases are reached, and what it begins, drafts and
    /// prefers lies in a folder of its own.
    #[must_use]
    pub fn of(actor: &Actor, data: PathBuf, server: Option<Address>, now: Zoned) -> Self {
        let own = data.join(PEOPLE).join(format!("of-{}", actor.name()));
        Self {
            data: own,
            server,
            passphrase: Passphrase::default(),
            now,
            by: actor.name().to_owned(),
            vault: data,
            who: Who::Account(actor.clone()),
            kept: None,
        }
    }

    /// Names the place for somebody who is not known: nothing is reached.
    #[must_use]
    pub fn nobody(data: PathBuf, now: Zoned) -> Self {
        let own = data.join(PEOPLE).join("nobody");
        Self {
            data: own,
            server: None,
            passphrase: Passphrase::default(),
            now,
            by: "nobody".to_owned(),
            vault: data,
            who: Who::Nobody,
            kept: None,
        }
    }

    /// Returns the same place, with what opens a store that is sealed.
    #[must_use]
    pub fn opened_with(self, passphrase: Passphrase) -> Self {
        Self { passphrase, ..self }
    }

    /// Returns the same place, reached through connections that are kept.
    #[must_use]
    pub fn through(self, kept: &Connections) -> Self {
        Self { kept: Some(kept.clone()), ..self }
    }

    /// Returns the same place at another moment.
    #[must_use]
    pub fn at(self, now: Zoned) -> Self {
        Self { now, ..self }
    }

    /// Returns the same place with another name that stands in the log.
    #[must_use]
    pub fn recorded_by(self, by: &str) -> Self {
        Self { by: by.to_owned(), ..self }
    }

    /// Returns the folder of the directory: the one in which every search looks.
    pub(crate) fn directory(&self) -> PathBuf {
        self.vault.clone()
    }

    /// Returns the id of a case where it may be told in the directory: whoever shares a server shares its directory, too.
    pub(crate) fn shown_case<'a>(&self, id: &'a str) -> Option<&'a str> {
        matches!(self.who, Who::Keeper).then_some(id)
    }

    /// Refuses whoever may not write.
    ///
    /// # Errors
    ///
    /// [`store::CasesError::ReadsOnly`].
    pub(crate) fn may_write(&self) -> Result<(), CaseDeskError> {
        if self.who.reach().may_write() { Ok(()) } else { Err(store::CasesError::ReadsOnly.into()) }
    }
}

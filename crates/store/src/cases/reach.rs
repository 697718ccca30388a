//! Whose cases are reached: what stands between one adviser's cases and another's.
//!
//! Every statement that reads, lists or writes a case carries the organisation and the adviser; a case outside of them is
//! as if it were not there. A store reaches nothing until it is told whose cases are meant, so that whoever forgets to
//! say so gets none.

use super::base::{Step, on};
use super::{Cases, CasesError};

/// Who answers for a case.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Holder {
    /// The organisation.
    pub organisation: String,
    /// The adviser who works on it, by the name of the account.
    pub adviser: String,
}

/// The columns of who answers for a case.
type Columns = (Option<String>, Option<String>);

/// Whose cases are reached, and whether they may be written into.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Reach {
    /// None.
    #[default]
    Nothing,
    /// Every case: for whoever holds the machine or the database.
    Everything,
    /// Cases of an organisation.
    Member {
        /// Who reaches them; new cases become theirs.
        holder: Holder,
        /// Whether those of the others in the organisation are reached, too.
        whole: bool,
        /// Whether they may be written into.
        writes: bool,
    },
}

impl Reach {
    /// Returns whether anything may be written.
    #[must_use]
    pub const fn may_write(&self) -> bool {
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::Member { writes, .. } => *writes,
        }
    }

    /// Returns the organisation that a case must belong to; `None` where any will do. No organisation has an empty name.
    pub(super) fn organisation(&self) -> Option<&str> {
        match self {
            Self::Nothing => Some(""),
            Self::Everything => None,
            Self::Member { holder, .. } => Some(&holder.organisation),
        }
    }

    /// Returns the adviser that a case must belong to; `None` where any will do.
    pub(super) fn adviser(&self) -> Option<&str> {
        match self {
            Self::Nothing => Some(""),
            Self::Everything | Self::Member { whole: true, .. } => None,
            Self::Member { holder, .. } => Some(&holder.adviser),
        }
    }
}

impl Cases {
    /// Narrows it to the cases that are reached.
    #[must_use]
    pub fn within(mut self, reach: Reach) -> Self {
        self.reach = reach;
        self
    }

    /// Returns who answers for a case; `None` where nobody on a server does.
    ///
    /// # Errors
    ///
    /// [`CasesError::NotThere`] where the case is not there or not reached.
    pub async fn holder(&self, id: &str) -> Result<Option<Holder>, CasesError> {
        let mut step = self.base.look().await?;
        if !self.is_there(&mut step, id).await? {
            drop(step);
            return Err(self.not_there(id).await);
        }
        self.held_by(&mut step, id).await
    }

    /// Gives a case to another adviser or organisation.
    ///
    /// # Errors
    ///
    /// [`CasesError::NotThere`] where the case is not there or not reached; [`CasesError::ReadsOnly`].
    pub async fn give(&self, id: &str, to: &Holder) -> Result<(), CasesError> {
        self.may_write()?;
        let mut step = self.base.begin().await?;
        if !self.hold(&mut step, id).await? {
            drop(step);
            return Err(self.not_there(id).await);
        }
        self.belongs(&mut step, id, Some(to)).await?;
        Ok(self.base.commit(step).await?)
    }

    /// Refuses whoever only reads.
    pub(super) fn may_write(&self) -> Result<(), CasesError> {
        if self.reach.may_write() { Ok(()) } else { Err(CasesError::ReadsOnly) }
    }

    /// Returns who answers for a case, whoever asks.
    pub(super) async fn held_by(&self, step: &mut Step, id: &str) -> Result<Option<Holder>, CasesError> {
        let row: Result<Option<Columns>, sqlx::Error> = on!(step, Step, c => {
            sqlx::query_as("select organisation, adviser from cases where id = $1")
                .bind(self.key(id).as_ref())
                .fetch_optional(&mut **c)
                .await
        });
        let row = row.map_err(|error| self.base.failed(error))?;
        Ok(row.and_then(|(organisation, adviser)| {
            Some(Holder { organisation: organisation?, adviser: adviser.unwrap_or_default() })
        }))
    }

    /// Writes down who answers for a case.
    pub(super) async fn belongs(
        &self,
        step: &mut Step,
        id: &str,
        to: Option<&Holder>,
    ) -> Result<(), CasesError> {
        on!(step, Step, c => {
            sqlx::query("update cases set organisation = $2, adviser = $3 where id = $1")
                .bind(self.key(id).as_ref())
                .bind(to.map(|to| to.organisation.as_str()))
                .bind(to.map(|to| to.adviser.as_str()))
                .execute(&mut **c)
                .await
                .map(drop)
        })
        .map_err(|error| self.base.failed(error))
    }

    /// Makes a new case belong to whoever opened it.
    pub(super) async fn claim(&self, step: &mut Step, id: &str) -> Result<(), CasesError> {
        match &self.reach {
            Reach::Member { holder, .. } => self.belongs(step, id, Some(holder)).await,
            Reach::Everything | Reach::Nothing => Ok(()),
        }
    }

    /// Returns whether somebody else's case has this id.
    pub(super) async fn is_anothers(&self, step: &mut Step, id: &str) -> Result<bool, CasesError> {
        if self.reach == Reach::Everything {
            return Ok(false);
        }
        let row: Result<Option<i64>, sqlx::Error> = on!(step, Step, c => {
            sqlx::query_scalar("select cast(1 as bigint) from cases where id = $1")
                .bind(self.key(id).as_ref())
                .fetch_optional(&mut **c)
                .await
        });
        let there = row.map_err(|error| self.base.failed(error))?.is_some();
        Ok(there && !self.is_there(step, id).await?)
    }
}

//! Marks: what became of a contact when the user tried it.
//!
//! A mark is only added, never changed; of several on one value the last counts. Whether a contact is then shown, and
//! where, is decided by whoever draws the ladder.

use sqlx::Row as _;

use super::Directory;
use crate::database::StoreError;

/// What became of a contact.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Became {
    /// The mail came back.
    Bounced,
    /// The person no longer works there.
    HasLeft,
    /// Nobody answered.
    NoReply,
    /// It only answers "use the form".
    UseForm,
    /// Somebody else has the number, or it is dead.
    WrongNumber,
    /// It helped.
    Helpful,
}

impl Became {
    /// Everything that a contact can become.
    pub const ALL: [Self; 6] =
        [Self::Bounced, Self::HasLeft, Self::NoReply, Self::UseForm, Self::WrongNumber, Self::Helpful];

    /// Returns the identifier that is stored and typed.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Bounced => "bounced",
            Self::HasLeft => "has-left",
            Self::NoReply => "no-reply",
            Self::UseForm => "use-form",
            Self::WrongNumber => "wrong-number",
            Self::Helpful => "helpful",
        }
    }

    /// Returns what an identifier means, hyphens or underscores.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        let id = id.trim().to_lowercase().replace(['_', ' '], "-");
        Self::ALL.into_iter().find(|became| became.id() == id)
    }

    /// Returns whether the contact is of no use any more.
    #[must_use]
    pub const fn is_dead(self) -> bool {
        matches!(self, Self::Bounced | Self::HasLeft | Self::UseForm | Self::WrongNumber)
    }

    /// Returns it in plain words.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Bounced => "mail to it came back",
            Self::HasLeft => "the person has left",
            Self::NoReply => "nobody answered",
            Self::UseForm => "it only sends automatic replies: use the form",
            Self::WrongNumber => "it is the wrong number",
            Self::Helpful => "it helped",
        }
    }
}

/// A mark that the user set.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mark {
    /// The key of the company.
    pub company: String,
    /// The value that was tried.
    pub value: String,
    /// What became of it.
    pub became: Became,
    /// On which day, ISO 8601.
    pub day: String,
    /// What else the user noted.
    pub note: Option<String>,
}

impl Directory {
    /// Adds a mark; `at` is the moment of writing, RFC 3339.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be written.
    pub async fn mark(&self, mark: &Mark, at: &str) -> Result<(), StoreError> {
        sqlx::query(
            "insert into mark (company, value, became, day, note, at) values (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .bind(&mark.company)
        .bind(&mark.value)
        .bind(mark.became.id())
        .bind(&mark.day)
        .bind(&mark.note)
        .bind(at)
        .execute(&self.pool)
        .await
        .map_err(self.failed())?;
        Ok(())
    }

    /// Returns the marks of the companies with these keys, in the order of their days; of one day, as they were set.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where they cannot be read.
    pub async fn marks(&self, companies: &[String]) -> Result<Vec<Mark>, StoreError> {
        let keys = serde_json::to_string(companies).map_err(self.garbled())?;
        let found = sqlx::query(
            "select company, value, became, day, note from mark where company in (select value from json_each(?1)) order by day, id",
        )
        .bind(keys)
        .fetch_all(&self.pool)
        .await
        .map_err(self.failed())?;
        Ok(found
            .iter()
            .filter_map(|one| {
                Some(Mark {
                    company: one.get(0),
                    value: one.get(1),
                    became: Became::from_id(one.get(2))?,
                    day: one.get(3),
                    note: one.get(4),
                })
            })
            .collect())
    }
}

//! What was done on the server of an advice centre: appended to, chained by hashes as the cases are, never edited.

use serde::{Deserialize, Serialize};

use super::Accounts;
use crate::cases::base::{Pool, Step, on};
use crate::cases::chain;
use crate::database::StoreError;

/// Something that was done.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Deed {
    /// When, RFC 3339 in universal time.
    pub at: String,
    /// Who: the name of an account, or who acted where none did.
    pub who: String,
    /// What, as a word or as the route that was asked for.
    pub did: String,
    /// Which case it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// What or whom else it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// What came of it.
    pub outcome: String,
    /// The address that it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

/// Something that was done, with its place in the row of all.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct DeedRow {
    /// Its place, from 1.
    pub place: u32,
    /// The organisation it belongs to; empty where it belongs to none.
    pub organisation: String,
    /// What was done.
    #[serde(flatten)]
    pub deed: Deed,
}

/// The name under which the deeds are chained.
const NAME: &str = "audit";

/// The columns of a row.
type Columns = (i64, String, String, String, String);

impl Accounts {
    /// Writes down what was done; it is on the disk when this returns.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be kept.
    pub async fn record(&self, organisation: &str, deed: &Deed) -> Result<(), StoreError> {
        let body = serde_json::to_string(&(organisation, deed)).map_err(|error| StoreError::Record {
            path: self.base.at().to_owned(),
            why: error.to_string(),
        })?;
        let mut step = self.base.begin().await?;
        step.hold_ids(NAME).await.map_err(|error| self.failed(error))?;
        let last: Result<Option<(i64, String)>, sqlx::Error> = on!(&mut step, Step, c => {
            sqlx::query_as("select place, hash from audit order by place desc limit 1").fetch_optional(&mut **c).await
        });
        let (place, previous) = last.map_err(|error| self.failed(error))?.unwrap_or_default();
        let place = place + 1;
        let hash = chain::hash(NAME, u32::try_from(place).unwrap_or(u32::MAX), &previous, &body);
        on!(&mut step, Step, c => {
            sqlx::query("insert into audit (place, organisation, body, previous, hash) values ($1, $2, $3, $4, $5)")
                .bind(place)
                .bind(organisation)
                .bind(&body)
                .bind(&previous)
                .bind(&hash)
                .execute(&mut **c)
                .await
                .map(drop)
        })
        .map_err(|error| self.failed(error))?;
        self.base.commit(step).await
    }

    /// Returns what was done last, newest first: of one organisation, or of all.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be read.
    pub async fn deeds(&self, organisation: Option<&str>, most: u32) -> Result<Vec<DeedRow>, StoreError> {
        let rows: Result<Vec<Columns>, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query_as(
                "select place, organisation, body, previous, hash from audit where $1 is null or organisation = $1 \
                 order by place desc limit $2",
            )
            .bind(organisation)
            .bind(i64::from(most))
            .fetch_all(c)
            .await
        });
        rows.map_err(|error| self.failed(error))?.into_iter().map(|columns| self.row(columns)).collect()
    }

    /// Proves the chain: returns how many deeds there are, and the place of the first that is not as it was written.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where they cannot be read.
    pub async fn prove_deeds(&self) -> Result<(u32, Option<u32>), StoreError> {
        const AT_ONCE: i64 = 5000;
        let (mut done, mut before) = (0u32, String::new());
        loop {
            let rows: Result<Vec<Columns>, sqlx::Error> = on!(&self.base.pool, Pool, c => {
                sqlx::query_as(
                    "select place, organisation, body, previous, hash from audit where place > $1 order by place limit $2",
                )
                .bind(i64::from(done))
                .bind(AT_ONCE)
                .fetch_all(c)
                .await
            });
            let rows = rows.map_err(|error| self.failed(error))?;
            if rows.is_empty() {
                return Ok((done, None));
            }
            for (place, organisation, body, previous, hash) in rows {
                let wanted = done + 1;
                let said = serde_json::from_str::<(String, Deed)>(&body);
                let right = place == i64::from(wanted)
                    && previous == before
                    && hash == chain::hash(NAME, wanted, &previous, &body)
                    && said.is_ok_and(|(of, _)| of == organisation);
                if !right {
                    return Ok((done, Some(wanted)));
                }
                (done, before) = (wanted, hash);
            }
        }
    }

    fn row(&self, (place, organisation, body, ..): Columns) -> Result<DeedRow, StoreError> {
        let (_, deed): (String, Deed) = serde_json::from_str(&body).map_err(|error| StoreError::Record {
            path: self.base.at().to_owned(),
            why: format!("deed {place}: {error}"),
        })?;
        Ok(DeedRow { place: u32::try_from(place).unwrap_or(u32::MAX), organisation, deed })
    }
}

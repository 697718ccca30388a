//! Values under several companies, none of which publishes it itself: the mark of a false support line.

use sqlx::Row as _;

use super::{Directory, Owned};
use crate::database::StoreError;
use crate::record::Row;

impl Directory {
    /// Returns the sightings of numbers and mailboxes that stand under two companies or more and on no page of any of
    /// them, by value; at most `most` values. Whether the companies belong together is the caller's to tell.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where they cannot be read.
    pub async fn shared(&self, most: usize) -> Result<Vec<Vec<Owned>>, StoreError> {
        let keys: Vec<String> = sqlx::query_scalar(
            "select reach.key from reach join contact on contact.id = reach.contact \
             where reach.key >= 'e' and reach.key < 'f' or reach.key >= 'n' and reach.key < 'o' \
             group by reach.key having count(distinct contact.company) > 1 order by reach.key limit ?1",
        )
        .bind(i64::try_from(most).unwrap_or(i64::MAX))
        .fetch_all(&self.pool)
        .await
        .map_err(self.failed())?;
        let mut shared = Vec::new();
        for key in keys {
            let found = sqlx::query(
                "select company.body, contact.body from (select distinct contact as id from reach where key = ?1 limit 50) as hit \
                 join contact on contact.id = hit.id join company on company.id = contact.company order by contact.id",
            )
            .bind(&key)
            .fetch_all(&self.pool)
            .await
            .map_err(self.failed())?;
            let mut owned = Vec::with_capacity(found.len());
            for one in found {
                let row: Row = serde_json::from_str(one.get(1)).map_err(self.garbled())?;
                if row.party.is_none() {
                    let company = serde_json::from_str(one.get(0)).map_err(self.garbled())?;
                    owned.push(Owned { company, row });
                }
            }
            if owned.len() >= 2 && owned.iter().all(|one| !one.row.kind.is_own()) {
                shared.push(owned);
            }
        }
        Ok(shared)
    }
}

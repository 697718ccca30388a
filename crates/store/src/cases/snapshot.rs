//! What was computed of cases, kept beside their logs so that a view over all of them need not fold every one.
//!
//! A snapshot is a cache and decides nothing. It was made of one head of the log and for one purpose (such as a day and a
//! program), and it is as if it were not there where either is another, where its proof does not hold, or where it cannot be
//! opened. Whoever asks gets those that hold and the ids of all others, as of one moment, and computes these anew. Losing
//! all of them loses nothing but time.

use casework::Case;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::base::{Step, on};
use super::rows::opened;
use super::{Cases, CasesError, chain};

/// What stands for the end of time where no day is asked for: no day of a case is later.
const LAST: Date = Date::MAX;

/// What was computed of a case.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The case.
    pub id: String,
    /// The hash of the last event that it was made of.
    pub head: String,
    /// The first day in it; `None` where it holds none.
    pub soonest: Option<Date>,
    /// What was computed, in the words of whoever did.
    pub body: String,
}

/// The snapshots of all open cases, as of one moment.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Snapshots {
    /// Those that hold and have a day to show, the soonest first.
    pub fresh: Vec<Snapshot>,
    /// Open cases of which there is none that holds, by id.
    pub stale: Vec<String>,
}

/// A row: the case, its head and snapshot.
type Row = (String, String, Option<String>, String, String);

/// A row of a sealed store: the key of the case, its locked summary and its locked snapshot.
type LockedRow = (String, Option<String>, Option<String>);

/// A snapshot as it is locked.
#[derive(Serialize, Deserialize)]
struct Locked {
    made_for: String,
    snapshot: Snapshot,
}

impl Cases {
    /// Reads the snapshots of open cases that were made for a purpose: those with a day up to `until` (any, where it is
    /// `None`), the soonest `most` of them (all, where it is `None`), and the ids of all cases whose snapshot does not hold.
    ///
    /// # Errors
    ///
    /// [`CasesError`] where the store cannot be read.
    pub async fn snapshots(
        &self,
        made_for: &str,
        until: Option<Date>,
        most: Option<u32>,
    ) -> Result<Snapshots, CasesError> {
        let until = until.unwrap_or(LAST);
        if self.seal.is_some() {
            return self.locked_snapshots(made_for, until, most).await;
        }
        let mut step = self.base.look().await?;
        let stale: Result<Vec<String>, sqlx::Error> = on!(&mut step, Step, c => {
            sqlx::query_scalar(
                "select c.id from cases c left join snapshot s \
                 on s.case_id = c.id and s.made_of = c.head and s.made_for = $1 \
                 where c.status = 'open' and s.case_id is null \
                 and ($2 is null or c.organisation = $2) and ($3 is null or c.adviser = $3) order by c.id",
            )
            .bind(made_for)
            .bind(self.reach.organisation())
            .bind(self.reach.adviser())
            .fetch_all(&mut **c)
            .await
        });
        let mut stale = stale.map_err(|error| self.base.failed(error))?;
        // A cross join is walked in the order in which it is written: by day, and no further than asked.
        let rows: Result<Vec<Row>, sqlx::Error> = on!(&mut step, Step, c => {
            sqlx::query_as(
                "select c.id, c.head, s.soonest, s.body, s.proof from snapshot s cross join cases c \
                 where c.id = s.case_id and s.soonest <= $2 and s.made_of = c.head and s.made_for = $1 and c.status = 'open' \
                 and ($3 is null or c.organisation = $3) and ($4 is null or c.adviser = $4) \
                 order by s.soonest, s.case_id limit $5",
            )
            .bind(made_for)
            .bind(until.to_string())
            .bind(self.reach.organisation())
            .bind(self.reach.adviser())
            .bind(most.map_or(i64::MAX, i64::from))
            .fetch_all(&mut **c)
            .await
        });
        let mut fresh = Vec::new();
        for (id, head, soonest, body, proof) in rows.map_err(|error| self.base.failed(error))? {
            let snapshot = Snapshot { id, head, soonest: soonest.and_then(|day| day.parse().ok()), body };
            if snapshot.proof(made_for) == proof {
                fresh.push(snapshot);
            } else {
                stale.push(snapshot.id);
            }
        }
        Ok(Snapshots { fresh, stale })
    }

    /// Reads the snapshots of a sealed store: all of them are opened.
    async fn locked_snapshots(
        &self,
        made_for: &str,
        until: Date,
        most: Option<u32>,
    ) -> Result<Snapshots, CasesError> {
        let Some(seal) = &self.seal else { return Ok(Snapshots::default()) };
        let mut step = self.base.look().await?;
        let rows: Result<Vec<LockedRow>, sqlx::Error> = on!(&mut step, Step, c => {
            sqlx::query_as(
                "select c.id, c.sealed, s.body from cases c left join snapshot s on s.case_id = c.id \
                 where ($1 is null or c.organisation = $1) and ($2 is null or c.adviser = $2)",
            )
            .bind(self.reach.organisation())
            .bind(self.reach.adviser())
            .fetch_all(&mut **c)
            .await
        });
        let mut found = Snapshots::default();
        for (key, sealed, body) in rows.map_err(|error| self.base.failed(error))? {
            let Some(case) = sealed.and_then(|sealed| opened(seal, &key, &sealed)) else { continue };
            if !case.is_open() {
                continue;
            }
            let locked = body.and_then(|body| seal.unlock(&place(&key), &body));
            let locked = locked.and_then(|text| serde_json::from_slice::<Locked>(&text).ok());
            match locked {
                Some(locked)
                    if locked.made_for == made_for
                        && locked.snapshot.head == case.written().head
                        && locked.snapshot.id == case.id() =>
                {
                    if locked.snapshot.soonest.is_some_and(|day| day <= until) {
                        found.fresh.push(locked.snapshot);
                    }
                }
                _ => found.stale.push(case.id().to_owned()),
            }
        }
        found.stale.sort();
        found.fresh.sort_by(|a, b| (a.soonest, &a.id).cmp(&(b.soonest, &b.id)));
        found.fresh.truncate(most.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX)));
        Ok(found)
    }

    /// Keeps snapshots in place of those that there are. It changes nothing of a case, so whoever may only read may do
    /// it; one of a case that is gone is passed by.
    ///
    /// # Errors
    ///
    /// [`CasesError`] where the store cannot be written: then they are computed again the next time.
    pub async fn keep_snapshots(&self, made_for: &str, snapshots: &[Snapshot]) -> Result<(), CasesError> {
        let mut step = self.base.begin().await?;
        for snapshot in snapshots {
            let key = self.key(&snapshot.id);
            let (made_of, named, soonest, body, proof) = match &self.seal {
                None => (
                    snapshot.head.clone(),
                    made_for,
                    snapshot.soonest.map(|day| day.to_string()),
                    snapshot.body.clone(),
                    snapshot.proof(made_for),
                ),
                Some(seal) => {
                    let locked = Locked { made_for: made_for.to_owned(), snapshot: snapshot.clone() };
                    (String::new(), "", None, self.lock(seal, &place(&key), &locked)?, String::new())
                }
            };
            // Only beside a case that is kept under this very key: whoever still takes a store for open that was sealed
            // meanwhile writes nothing.
            on!(&mut step, Step, c => {
                sqlx::query(
                    "insert into snapshot (case_id, made_of, made_for, soonest, body, proof) \
                     select id, $2, $3, $4, $5, $6 from cases where id = $1 \
                     on conflict (case_id) do update set made_of = excluded.made_of, made_for = excluded.made_for, \
                     soonest = excluded.soonest, body = excluded.body, proof = excluded.proof",
                )
                .bind(key.as_ref())
                .bind(made_of)
                .bind(named)
                .bind(soonest)
                .bind(body)
                .bind(proof)
                .execute(&mut **c)
                .await
                .map(drop)
            })
            .map_err(|error| self.base.failed(error))?;
        }
        Ok(self.base.commit(step).await?)
    }

    /// Reads a case and the hash of its last event, of which a snapshot is made.
    ///
    /// # Errors
    ///
    /// As for [`Cases::load`].
    pub async fn load_with_head(&self, id: &str) -> Result<(Case, String), CasesError> {
        let rows = self.stored(id).await?;
        let head = rows.last().map_or_else(String::new, |row| row.hash.clone());
        Ok((self.parse(&rows)?, head))
    }
}

impl Snapshot {
    /// Returns what shows that nothing of it was changed since it was made for a purpose.
    fn proof(&self, made_for: &str) -> String {
        let soonest = self.soonest.map_or_else(String::new, |day| day.to_string());
        chain::digest(&["upstairs snapshot 1", &self.id, &self.head, made_for, &soonest, &self.body])
    }
}

/// Returns the place to which a locked snapshot is bound.
fn place(key: &str) -> String {
    format!("snapshot {key}")
}

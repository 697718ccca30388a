//! The rows of the cases: written and read here and nowhere else, so that a sealed store is locked in one place.
//!
//! In a sealed store a case stands under a name that is made of its id, and every column that says something is empty: an
//! event is locked whole, and so are the summary and the words by which the case is found.

use std::borrow::Cow;

use casework::{Case, State};
use serde::{Deserialize, Serialize};

use super::base::{Pool, Step, on};
use super::list::{self, Listed, Summary};
use super::{Cases, CasesError, StoredEvent, words};
use crate::database::StoreError;
use crate::seal::Seal;

/// How many summaries are made anew in one step.
const REDONE_AT_ONCE: usize = 200;

/// How far a case was written: what shows whether its end was cut off.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
pub(super) struct Written {
    /// Its number of events.
    pub(super) events: u32,
    /// The hash of the last.
    pub(super) head: String,
}

impl Written {
    /// Returns how far a case is written with this last hash.
    pub(super) fn of(case: &Case, head: &str) -> Self {
        Self { events: u32::try_from(case.events().len()).unwrap_or(u32::MAX), head: head.to_owned() }
    }
}

/// A summary as it is locked.
#[derive(Serialize, Deserialize)]
pub(super) struct Locked {
    summary: Listed,
    written: Written,
}

impl Locked {
    /// Returns the id of the case.
    pub(super) fn id(&self) -> &str {
        &self.summary.0
    }

    /// Returns when its last event was recorded, RFC 9557.
    pub(super) fn updated(&self) -> &str {
        &self.summary.6
    }

    /// Returns how far it was written.
    pub(super) const fn written(&self) -> &Written {
        &self.written
    }

    /// Returns whether it is open.
    pub(super) fn is_open(&self) -> bool {
        self.summary.4 != "closed"
    }
}

impl Cases {
    /// Returns the name under which a case is stored.
    pub(super) fn key<'a>(&self, id: &'a str) -> Cow<'a, str> {
        match &self.seal {
            None => Cow::Borrowed(id),
            Some(seal) => Cow::Owned(seal.name("case", id)),
        }
    }

    /// Takes the lock of a case, and returns whether it is there: what is read of it from now on is the last word.
    pub(super) async fn hold(&self, step: &mut Step, id: &str) -> Result<bool, CasesError> {
        let sql = match step {
            Step::Sqlite(_) => {
                "select cast(1 as bigint) from cases where id = $1 \
                 and ($2 is null or organisation = $2) and ($3 is null or adviser = $3)"
            }
            Step::Postgres(_) => {
                "select cast(1 as bigint) from cases where id = $1 \
                 and ($2 is null or organisation = $2) and ($3 is null or adviser = $3) for update"
            }
        };
        let there: Result<Option<i64>, sqlx::Error> = on!(step, Step, c => {
            sqlx::query_scalar(sql)
                .bind(self.key(id).as_ref())
                .bind(self.reach.organisation())
                .bind(self.reach.adviser())
                .fetch_optional(&mut **c)
                .await
        });
        there.map(|there| there.is_some()).map_err(|error| self.base.failed(error))
    }

    /// Takes the lock under which ids that begin so are given out.
    pub(super) async fn hold_ids(&self, step: &mut Step, stem: &str) -> Result<(), CasesError> {
        step.hold_ids(stem).await.map_err(|error| self.base.failed(error))
    }

    /// Returns whether a case is there and reached.
    pub(super) async fn is_there(&self, step: &mut Step, id: &str) -> Result<bool, CasesError> {
        let there: Result<Option<String>, sqlx::Error> = on!(step, Step, c => {
            sqlx::query_scalar(
                "select id from cases where id = $1 \
                 and ($2 is null or organisation = $2) and ($3 is null or adviser = $3)",
            )
                .bind(self.key(id).as_ref())
                .bind(self.reach.organisation())
                .bind(self.reach.adviser())
                .fetch_optional(&mut **c)
                .await
        });
        there.map(|there| there.is_some()).map_err(|error| self.base.failed(error))
    }

    /// Makes the error of an id that is not there, with those that are near.
    pub(super) async fn not_there(&self, id: &str) -> CasesError {
        let ids = match &self.seal {
            Some(_) => {
                self.locked().await.map(|all| all.into_iter().map(|(summary, _)| summary.id).collect())
            }
            None => on!(&self.base.pool, Pool, c => {
                sqlx::query_scalar(
                    "select id from cases where ($1 is null or organisation = $1) and ($2 is null or adviser = $2) \
                     order by updated desc limit 1000",
                )
                .bind(self.reach.organisation())
                .bind(self.reach.adviser())
                .fetch_all(c)
                .await
            })
            .map_err(|error| self.base.failed(error)),
        };
        let ids: Vec<String> = match ids {
            Ok(ids) => ids,
            Err(error) => return error,
        };
        CasesError::not_there(id, &ids)
    }

    /// Returns the ids that begin so.
    pub(super) async fn ids_from(&self, step: &mut Step, begin: &str) -> Result<Vec<String>, CasesError> {
        if let Some(seal) = &self.seal {
            let rows: Result<Vec<(String, Option<String>)>, sqlx::Error> = on!(step, Step, c => {
                sqlx::query_as("select id, sealed from cases").fetch_all(&mut **c).await
            });
            let rows = rows.map_err(|error| self.base.failed(error))?;
            let ids = rows
                .iter()
                .filter_map(|(key, sealed)| Some(opened(seal, key, sealed.as_deref()?)?.summary.0));
            return Ok(ids.filter(|id| id.starts_with(begin)).collect());
        }
        on!(step, Step, c => {
            sqlx::query_scalar("select id from cases where id >= $1 and id < $2")
                .bind(begin)
                .bind(format!("{begin}\u{7f}"))
                .fetch_all(&mut **c)
                .await
        })
        .map_err(|error| self.base.failed(error))
    }

    /// Writes one row of the log.
    pub(super) async fn insert(
        &self,
        step: &mut Step,
        id: &str,
        event: &StoredEvent,
    ) -> Result<(), CasesError> {
        let key = self.key(id);
        let locked;
        let (body, previous, hash) = match &self.seal {
            None => (event.body.as_str(), event.previous.as_str(), event.hash.as_str()),
            Some(seal) => {
                locked = self.lock(seal, &format!("event {key} {}", event.place), event)?;
                (locked.as_str(), "", "")
            }
        };
        on!(step, Step, c => {
            sqlx::query("insert into events (case_id, place, body, previous, hash) values ($1, $2, $3, $4, $5)")
                .bind(key.as_ref())
                .bind(i64::from(event.place))
                .bind(body)
                .bind(previous)
                .bind(hash)
                .execute(&mut **c)
                .await
                .map(drop)
        })
        .map_err(|error| self.base.failed(error))
    }

    /// Reads the rows of a case in order; none where it is not there. One that cannot be opened is empty, so that the
    /// chain breaks there.
    pub(super) async fn rows(&self, step: &mut Step, id: &str) -> Result<Vec<StoredEvent>, CasesError> {
        let key = self.key(id);
        let rows: Result<Vec<(i64, String, String, String)>, sqlx::Error> = on!(step, Step, c => {
            sqlx::query_as("select place, body, previous, hash from events where case_id = $1 order by place")
                .bind(key.as_ref())
                .fetch_all(&mut **c)
                .await
        });
        let rows = rows.map_err(|error| self.base.failed(error))?;
        Ok(rows
            .into_iter()
            .map(|(place, body, previous, hash)| {
                let place = u32::try_from(place).unwrap_or(0);
                let plain = StoredEvent { place, body, previous, hash };
                self.seal.as_ref().map_or_else(|| plain.clone(), |seal| unlocked(seal, &key, &plain))
            })
            .collect())
    }

    /// Returns how far a case was written; `None` where it is not there.
    pub(super) async fn written(&self, step: &mut Step, id: &str) -> Result<Option<Written>, CasesError> {
        let key = self.key(id);
        let row: Result<Option<(i64, String, Option<String>)>, sqlx::Error> = on!(step, Step, c => {
            sqlx::query_as("select events, head, sealed from cases where id = $1")
                .bind(key.as_ref())
                .fetch_optional(&mut **c)
                .await
        });
        Ok(row.map_err(|error| self.base.failed(error))?.map(|(events, head, sealed)| match &self.seal {
            None => Written { events: u32::try_from(events).unwrap_or(u32::MAX), head },
            Some(seal) => opened(seal, &key, &sealed.unwrap_or_default())
                .map(|locked| locked.written)
                .unwrap_or_default(),
        }))
    }

    /// Writes the summary of a case anew, and how far it is written.
    pub(super) async fn summarise(
        &self,
        step: &mut Step,
        id: &str,
        case: &Case,
        written: &Written,
    ) -> Result<(), CasesError> {
        let Some(state) = State::of(case) else { return Ok(()) };
        let key = self.key(id);
        let summary = Summary::of(id, case, &state);
        let words = words::of(id, &state);
        let (shown, written, sealed, sealed_words) = match &self.seal {
            None => (summary, written.clone(), None, None),
            Some(seal) => {
                let locked = Locked { summary: summary.columns(), written: written.clone() };
                (
                    Summary::nothing(),
                    Written::default(),
                    Some(self.lock(seal, &format!("case {key}"), &locked)?),
                    Some(self.lock(seal, &format!("words {key}"), &words)?),
                )
            }
        };
        on!(&mut *step, Step, c => {
            sqlx::query(
                "insert into cases (id, company, title, country, status, opened, updated, events, head, form, sealed, sealed_words) \
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
                 on conflict (id) do update set company = excluded.company, title = excluded.title, \
                 country = excluded.country, status = excluded.status, opened = excluded.opened, \
                 updated = excluded.updated, events = excluded.events, head = excluded.head, form = excluded.form, \
                 sealed = excluded.sealed, sealed_words = excluded.sealed_words",
            )
            .bind(key.as_ref())
            .bind(&shown.company)
            .bind(&shown.title)
            .bind(&shown.country)
            .bind(shown.status)
            .bind(shown.opened.to_string())
            .bind(&shown.updated)
            .bind(i64::from(written.events))
            .bind(&written.head)
            .bind(list::FORM)
            .bind(&sealed)
            .bind(&sealed_words)
            .execute(&mut **c)
            .await
            .map(drop)
        })
        .map_err(|error| self.base.failed(error))?;
        if self.seal.is_some() {
            return Ok(());
        }
        self.index(step, id, &words).await
    }

    /// Writes anew the words by which a case is found.
    async fn index(&self, step: &mut Step, id: &str, words: &[String]) -> Result<(), CasesError> {
        let written = match step {
            Step::Sqlite(c) => {
                async {
                    let number: i64 = sqlx::query_scalar(
                        "update cases set number = coalesce(number, (select coalesce(max(number), 0) + 1 from cases)) \
                         where id = $1 returning number",
                    )
                    .bind(id)
                    .fetch_one(&mut **c)
                    .await?;
                    sqlx::query("delete from case_words where rowid = $1").bind(number).execute(&mut **c).await?;
                    sqlx::query("insert into case_words (rowid, words) values ($1, $2)")
                        .bind(number)
                        .bind(words.join(" "))
                        .execute(&mut **c)
                        .await
                        .map(drop)
                }
                .await
            }
            Step::Postgres(c) => sqlx::query(
                "insert into case_words (case_id, words) values ($1, array_to_tsvector($2)) \
                 on conflict (case_id) do update set words = excluded.words",
            )
            .bind(id)
            .bind(words)
            .execute(&mut **c)
            .await
            .map(drop),
        };
        written.map_err(|error| self.base.failed(error))
    }

    /// Removes a whole case.
    pub(super) async fn remove(&self, step: &mut Step, id: &str) -> Result<(), CasesError> {
        let key = self.key(id);
        let before = match step {
            Step::Sqlite(c) => {
                sqlx::query("delete from case_words where rowid = (select number from cases where id = $1)")
                    .bind(key.as_ref())
                    .execute(&mut **c)
                    .await
                    .map(drop)
            }
            Step::Postgres(c) => sqlx::query("delete from file where case_id = $1")
                .bind(key.as_ref())
                .execute(&mut **c)
                .await
                .map(drop),
        };
        before.map_err(|error| self.base.failed(error))?;
        on!(step, Step, c => {
            sqlx::query("delete from cases where id = $1").bind(key.as_ref()).execute(&mut **c).await.map(drop)
        })
        .map_err(|error| self.base.failed(error))
    }

    /// Reads every summary of a sealed store, each with its key. One that cannot be opened is left out: a proof of the
    /// whole store names it.
    pub(super) async fn locked(&self) -> Result<Vec<(Summary, String)>, CasesError> {
        let Some(seal) = &self.seal else { return Ok(Vec::new()) };
        let rows: Result<Vec<(String, Option<String>)>, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query_as(
                "select id, sealed from cases where ($1 is null or organisation = $1) and ($2 is null or adviser = $2)",
            )
            .bind(self.reach.organisation())
            .bind(self.reach.adviser())
            .fetch_all(c)
            .await
        });
        let rows = rows.map_err(|error| self.base.failed(error))?;
        let open = |(key, sealed): (String, Option<String>)| {
            let locked = opened(seal, &key, &sealed?)?;
            Some((Summary::of_columns(locked.summary), key))
        };
        Ok(rows.into_iter().filter_map(open).collect())
    }

    /// Reads the words by which the cases of a sealed store are found, by key.
    pub(super) async fn locked_words(&self) -> Result<Vec<(String, Vec<String>)>, CasesError> {
        let Some(seal) = &self.seal else { return Ok(Vec::new()) };
        let rows: Result<Vec<(String, Option<String>)>, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query_as("select id, sealed_words from cases").fetch_all(c).await
        });
        let rows = rows.map_err(|error| self.base.failed(error))?;
        let open = |(key, sealed): (String, Option<String>)| {
            let words = seal.unlock(&format!("words {key}"), &sealed?)?;
            Some((key, serde_json::from_slice(&words).ok()?))
        };
        Ok(rows.into_iter().filter_map(open).collect())
    }

    pub(super) fn lock(&self, seal: &Seal, place: &str, what: &impl Serialize) -> Result<String, CasesError> {
        let failed = |why: String| StoreError::Record { path: self.base.at().to_owned(), why };
        let text = serde_json::to_vec(what).map_err(|error| failed(error.to_string()))?;
        Ok(seal.lock(place, &text).map_err(|error| failed(error.to_string()))?)
    }

    /// Returns whether a summary is of another form than this program's.
    pub(super) async fn stale(&self) -> bool {
        let found: Result<Option<String>, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query_scalar("select id from cases where form < $1 or form > $1 limit 1")
                .bind(list::FORM)
                .fetch_optional(c)
                .await
        });
        found.ok().flatten().is_some()
    }

    /// Makes anew the summaries that are of another form. How far a case was written stays as it is: that is what shows
    /// whether its end was cut off. A case that cannot be read keeps the summary that it has.
    pub(super) async fn redo(&self) {
        let keys: Result<Vec<(String, Option<String>)>, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query_as("select id, sealed from cases where form <> $1").bind(list::FORM).fetch_all(c).await
        });
        let ids: Vec<String> = keys
            .unwrap_or_default()
            .into_iter()
            .filter_map(|(key, sealed)| match &self.seal {
                None => Some(key),
                Some(seal) => Some(opened(seal, &key, &sealed?)?.summary.0),
            })
            .collect();
        if !ids.is_empty() {
            tracing::info!(cases = ids.len(), "summaries are made anew");
        }
        for ids in ids.chunks(REDONE_AT_ONCE) {
            if let Err(error) = self.redo_some(ids).await {
                tracing::warn!(%error, "summaries could not be made anew");
                return;
            }
        }
    }

    async fn redo_some(&self, ids: &[String]) -> Result<(), CasesError> {
        let mut step = self.base.begin().await?;
        for id in ids {
            if !self.hold(&mut step, id).await? {
                continue;
            }
            let rows = self.rows(&mut step, id).await?;
            let Some(written) = self.written(&mut step, id).await? else { continue };
            let Ok(case) = self.parse(&rows) else { continue };
            self.summarise(&mut step, id, &case, &written).await?;
        }
        Ok(self.base.commit(step).await?)
    }
}

/// Opens a locked summary.
pub(super) fn opened(seal: &Seal, key: &str, sealed: &str) -> Option<Locked> {
    serde_json::from_slice(&seal.unlock(&format!("case {key}"), sealed)?).ok()
}

/// Opens a locked event; an empty one where it is not as it was locked.
pub(super) fn unlocked(seal: &Seal, key: &str, row: &StoredEvent) -> StoredEvent {
    seal.unlock(&format!("event {key} {}", row.place), &row.body)
        .and_then(|text| serde_json::from_slice(&text).ok())
        .unwrap_or_else(|| StoredEvent {
            place: row.place,
            body: String::new(),
            previous: String::new(),
            hash: String::new(),
        })
}

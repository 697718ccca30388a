//! Lists of cases: summaries by what was last worked on, and search by words.

use std::collections::BTreeSet;

use casework::{Case, State};
use jiff::civil::Date;

use super::base::{Pool, on};
use super::{Cases, CasesError, words};

/// The form of a summary and of the words that go with it. Another one in the database is made anew.
pub(super) const FORM: i64 = 1;

/// A summary in the columns of its table.
pub(super) type Listed = (String, String, String, String, String, String, String, i64);

/// What a list shows of a case.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Summary {
    /// Its id.
    pub id: String,
    /// The company.
    pub company: String,
    /// What happened, in short.
    pub title: String,
    /// The country, as its code.
    pub country: String,
    /// `open` or `closed`.
    pub status: &'static str,
    /// The day it was opened.
    pub opened: Date,
    /// When its last event was recorded, RFC 9557.
    pub updated: String,
    /// How many events it has.
    pub events: u32,
}

/// Which cases to list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words that all have to stand in it: names, references, what was said.
    pub words: Option<String>,
    /// Also those that are closed.
    pub closed: bool,
    /// How many to skip.
    pub skip: u32,
    /// The most to return; 0 for 100.
    pub most: u32,
}

const TITLE: usize = 100;

impl Summary {
    /// Makes a summary of its columns.
    pub(super) fn of_columns(columns: Listed) -> Self {
        let (id, company, title, country, status, opened, updated, events) = columns;
        Self {
            id,
            company,
            title,
            country,
            status: if status == "closed" { "closed" } else { "open" },
            opened: opened.parse().unwrap_or(Date::ZERO),
            updated,
            events: u32::try_from(events).unwrap_or(u32::MAX),
        }
    }

    /// Returns its columns.
    pub(super) fn columns(self) -> Listed {
        let (status, opened) = (self.status.to_owned(), self.opened.to_string());
        let events = i64::from(self.events);
        (self.id, self.company, self.title, self.country, status, opened, self.updated, events)
    }

    /// Returns the summary that says nothing: what stands in the columns of a sealed store.
    pub(super) fn nothing() -> Self {
        Self {
            id: String::new(),
            company: String::new(),
            title: String::new(),
            country: String::new(),
            status: "open",
            opened: Date::ZERO,
            updated: String::new(),
            events: 0,
        }
    }

    /// Makes the summary of a case.
    pub(super) fn of(id: &str, case: &Case, state: &State) -> Self {
        let plain = |text: &str| {
            text.split(|c: char| c.is_whitespace() || c.is_control())
                .filter(|w| !w.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let title = plain(state.facts.what.as_deref().unwrap_or_default());
        Self {
            id: id.to_owned(),
            company: plain(&state.facts.company),
            title: title.chars().take(TITLE).collect(),
            country: state.facts.country.code().to_owned(),
            status: if state.closed.is_some() { "closed" } else { "open" },
            opened: state.opened_on,
            updated: case.events().last().map(|event| event.at.to_string()).unwrap_or_default(),
            events: u32::try_from(case.events().len()).unwrap_or(u32::MAX),
        }
    }
}

impl Cases {
    /// Lists cases, those worked on last first.
    ///
    /// # Errors
    ///
    /// [`CasesError`] where the file cannot be read.
    pub async fn list(&self, filter: &Filter) -> Result<Vec<Summary>, CasesError> {
        let most = if filter.most == 0 { 100 } else { filter.most };
        let open_only = i64::from(!filter.closed);
        let words = filter.words.as_deref().map(words::typed).unwrap_or_default();
        if words.is_empty() && filter.words.as_deref().is_some_and(|words| !words.trim().is_empty()) {
            // Signs alone stand in no case.
            return Ok(Vec::new());
        }
        if self.seal.is_some() {
            return self.list_locked(filter, &words, most).await;
        }
        let found: Result<Vec<Listed>, sqlx::Error> = if words.is_empty() {
            on!(&self.base.pool, Pool, c => {
                sqlx::query_as(
                    "select id, company, title, country, status, opened, updated, events from cases \
                     where (status = 'open' or $1 = 0) \
                     and ($4 is null or organisation = $4) and ($5 is null or adviser = $5) \
                     order by updated desc, id limit $2 offset $3",
                )
                .bind(open_only)
                .bind(i64::from(most))
                .bind(i64::from(filter.skip))
                .bind(self.reach.organisation())
                .bind(self.reach.adviser())
                .fetch_all(c)
                .await
            })
        } else {
            let (sqlite, postgres) = (
                "select c.id, company, title, country, status, opened, updated, events from case_words w \
                 join cases c on c.number = w.rowid where case_words match $4 and (status = 'open' or $1 = 0) \
                 and ($5 is null or organisation = $5) and ($6 is null or adviser = $6) \
                 order by updated desc, c.id limit $2 offset $3",
                "select c.id, company, title, country, status, opened, updated, events from case_words w \
                 join cases c on c.id = w.case_id where w.words @@ $4::tsquery and (status = 'open' or $1 = 0) \
                 and ($5 is null or organisation = $5) and ($6 is null or adviser = $6) \
                 order by updated desc, c.id limit $2 offset $3",
            );
            let sql = self.spoken(sqlite, postgres);
            let query = self.query(&words);
            on!(&self.base.pool, Pool, c => {
                sqlx::query_as(sql)
                    .bind(open_only)
                    .bind(i64::from(most))
                    .bind(i64::from(filter.skip))
                    .bind(query)
                    .bind(self.reach.organisation())
                    .bind(self.reach.adviser())
                    .fetch_all(c)
                    .await
            })
        };
        Ok(found.map_err(|error| self.base.failed(error))?.into_iter().map(Summary::of_columns).collect())
    }

    /// Counts the cases that [`Cases::list`] would list without a bound.
    ///
    /// # Errors
    ///
    /// [`CasesError`] where the file cannot be read.
    pub async fn count(&self, filter: &Filter) -> Result<u32, CasesError> {
        let open_only = i64::from(!filter.closed);
        let words = filter.words.as_deref().map(words::typed).unwrap_or_default();
        if words.is_empty() && filter.words.as_deref().is_some_and(|words| !words.trim().is_empty()) {
            return Ok(0);
        }
        if self.seal.is_some() {
            let all = Filter { skip: 0, ..filter.clone() };
            let found = self.list_locked(&all, &words, u32::MAX).await?;
            return Ok(u32::try_from(found.len()).unwrap_or(u32::MAX));
        }
        let found: Result<i64, sqlx::Error> = if words.is_empty() {
            on!(&self.base.pool, Pool, c => {
                sqlx::query_scalar(
                    "select count(*) from cases where (status = 'open' or $1 = 0) \
                     and ($2 is null or organisation = $2) and ($3 is null or adviser = $3)",
                )
                .bind(open_only)
                .bind(self.reach.organisation())
                .bind(self.reach.adviser())
                .fetch_one(c)
                .await
            })
        } else {
            let sql = self.spoken(
                "select count(*) from case_words w join cases c on c.number = w.rowid \
                 where case_words match $4 and (status = 'open' or $1 = 0) \
                 and ($2 is null or organisation = $2) and ($3 is null or adviser = $3)",
                "select count(*) from case_words w join cases c on c.id = w.case_id \
                 where w.words @@ $4::tsquery and (status = 'open' or $1 = 0) \
                 and ($2 is null or organisation = $2) and ($3 is null or adviser = $3)",
            );
            on!(&self.base.pool, Pool, c => {
                sqlx::query_scalar(sql)
                    .bind(open_only)
                    .bind(self.reach.organisation())
                    .bind(self.reach.adviser())
                    .bind(self.query(&words))
                    .fetch_one(c)
                    .await
            })
        };
        let found = found.map_err(|error| self.base.failed(error))?;
        Ok(u32::try_from(found).unwrap_or(u32::MAX))
    }

    /// Returns the statement for whichever database it is.
    const fn spoken(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        match &self.base.pool {
            Pool::Sqlite(_) => sqlite,
            Pool::Postgres(_) => postgres,
        }
    }

    /// Writes words as the database's search wants them: every word a quoted beginning, so that no sign and no word has a
    /// meaning of its own.
    fn query(&self, words: &[String]) -> String {
        let (quote, end, and) = match &self.base.pool {
            Pool::Sqlite(_) => ('"', "*", " "),
            Pool::Postgres(_) => ('\'', ":*", " & "),
        };
        let quoted = words.iter().map(|word| format!("{quote}{word}{quote}{end}"));
        quoted.collect::<Vec<_>>().join(and)
    }

    /// Returns the ids of all cases, oldest first.
    ///
    /// # Errors
    ///
    /// [`CasesError`] where the file cannot be read.
    pub async fn ids(&self) -> Result<Vec<String>, CasesError> {
        if self.seal.is_some() {
            let mut all = self.locked().await?;
            all.sort_by(|(a, _), (b, _)| (a.opened, &a.id).cmp(&(b.opened, &b.id)));
            return Ok(all.into_iter().map(|(summary, _)| summary.id).collect());
        }
        on!(&self.base.pool, Pool, c => {
            sqlx::query_scalar(
                "select id from cases where ($1 is null or organisation = $1) and ($2 is null or adviser = $2) \
                 order by opened, id",
            )
            .bind(self.reach.organisation())
            .bind(self.reach.adviser())
            .fetch_all(c)
            .await
        })
        .map_err(|error| self.base.failed(error))
    }

    /// Lists the cases of a sealed store: every summary is opened, and the words too where some were typed.
    async fn list_locked(
        &self,
        filter: &Filter,
        words: &[String],
        most: u32,
    ) -> Result<Vec<Summary>, CasesError> {
        let mut found = self.locked().await?;
        found.retain(|(summary, _)| filter.closed || summary.status == "open");
        if !words.is_empty() {
            let has = |all: &[String], word: &String| {
                let at = all.partition_point(|one| one < word);
                all.get(at).is_some_and(|one| one.starts_with(word.as_str()))
            };
            let keys: BTreeSet<String> = self
                .locked_words()
                .await?
                .into_iter()
                .filter(|(_, all)| words.iter().all(|word| has(all, word)))
                .map(|(key, _)| key)
                .collect();
            found.retain(|(_, key)| keys.contains(key));
        }
        found.sort_by(|(a, _), (b, _)| b.updated.cmp(&a.updated).then_with(|| a.id.cmp(&b.id)));
        let skip = usize::try_from(filter.skip).unwrap_or(usize::MAX);
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Ok(found.into_iter().map(|(summary, _)| summary).skip(skip).take(most).collect())
    }
}

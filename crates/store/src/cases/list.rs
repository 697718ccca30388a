//! Lists of cases: summaries by what was last worked on, and search by words.

use casework::{Case, State};
use jiff::civil::Date;

use super::base::{Pool, on};
use super::{Cases, CasesError, words};

/// The form of a summary and of the words that go with it. Another one in the database is made anew.
pub(super) const FORM: i64 = 1;

/// A summary in the columns of its table.
type Listed = (String, String, String, String, String, String, String, i64);

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
    /// Makes the summary of a case.
    pub(super) fn of(id: &str, case: &Case, state: &State) -> Self {
        let plain = |text: &str| text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
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
        let found: Result<Vec<Listed>, sqlx::Error> = if words.is_empty() {
            on!(&self.base.pool, Pool, c => {
                sqlx::query_as(
                    "select id, company, title, country, status, opened, updated, events from cases \
                     where status = 'open' or $1 = 0 order by updated desc, id limit $2 offset $3",
                )
                .bind(open_only)
                .bind(i64::from(most))
                .bind(i64::from(filter.skip))
                .fetch_all(c)
                .await
            })
        } else {
            let (sqlite, postgres) = (
                "select c.id, company, title, country, status, opened, updated, events from case_words w \
                 join cases c on c.number = w.rowid where case_words match $4 and (status = 'open' or $1 = 0) \
                 order by updated desc, c.id limit $2 offset $3",
                "select c.id, company, title, country, status, opened, updated, events from case_words w \
                 join cases c on c.id = w.case_id where w.words @@ $4::tsquery and (status = 'open' or $1 = 0) \
                 order by updated desc, c.id limit $2 offset $3",
            );
            // Every word a quoted beginning, so that no sign and no word has a meaning of its own.
            let quoted = |quote: char, end: &str, and: &str| {
                let quoted = words.iter().map(|word| format!("{quote}{word}{quote}{end}"));
                quoted.collect::<Vec<_>>().join(and)
            };
            let (sql, query) = match &self.base.pool {
                Pool::Sqlite(_) => (sqlite, quoted('"', "*", " ")),
                Pool::Postgres(_) => (postgres, quoted('\'', ":*", " & ")),
            };
            on!(&self.base.pool, Pool, c => {
                sqlx::query_as(sql)
                    .bind(open_only)
                    .bind(i64::from(most))
                    .bind(i64::from(filter.skip))
                    .bind(query)
                    .fetch_all(c)
                    .await
            })
        };
        Ok(found
            .map_err(|error| self.base.failed(error))?
            .into_iter()
            .map(|(id, company, title, country, status, opened, updated, events)| Summary {
                id,
                company,
                title,
                country,
                status: if status == "closed" { "closed" } else { "open" },
                opened: opened.parse().unwrap_or(Date::ZERO),
                updated,
                events: u32::try_from(events).unwrap_or(u32::MAX),
            })
            .collect())
    }

    /// Returns the ids of all cases, oldest first.
    ///
    /// # Errors
    ///
    /// [`CasesError`] where the file cannot be read.
    pub async fn ids(&self) -> Result<Vec<String>, CasesError> {
        on!(&self.base.pool, Pool, c => {
            sqlx::query_scalar("select id from cases order by opened, id").fetch_all(c).await
        })
        .map_err(|error| self.base.failed(error))
    }
}

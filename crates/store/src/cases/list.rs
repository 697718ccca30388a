//! Lists of cases: summaries by what was last worked on, and search by words.

use casework::{Case, State};
use jiff::civil::Date;
use sqlx::Row as _;

use super::{Cases, CasesError};

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
        let title: String =
            state.facts.what.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            id: id.to_owned(),
            company: state.facts.company.clone(),
            title: title.chars().take(TITLE).collect(),
            country: state.facts.country.code().to_owned(),
            status: if state.closed.is_some() { "closed" } else { "open" },
            opened: state.opened_on,
            updated: case.events().last().map(|event| event.at.to_string()).unwrap_or_default(),
            events: u32::try_from(case.events().len()).unwrap_or(u32::MAX),
        }
    }
}

/// Returns the words by which a case is found.
pub(super) fn words(id: &str, state: &State) -> String {
    let mut words = vec![id, &state.facts.company, state.facts.what.as_deref().unwrap_or_default()];
    words.extend(state.references.iter().map(String::as_str));
    words.extend(state.evidence.iter().map(|evidence| evidence.name.as_str()));
    for line in &state.log {
        words.push(&line.entry.text);
        words.extend(line.entry.person.as_deref());
        words.extend(line.entry.contact.as_deref());
    }
    words.join("\n")
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
        let query = match filter.words.as_deref().map(matching).filter(|words| !words.is_empty()) {
            Some(words) => sqlx::query(
                "select c.id, company, title, country, status, opened, updated, events from case_words w \
                 join cases c on c.id = w.case_id where case_words match ?1 and (status = 'open' or ?2 = 0) \
                 order by updated desc, c.id limit ?3 offset ?4",
            )
            .bind(words),
            None => sqlx::query(
                "select id, company, title, country, status, opened, updated, events from cases \
                 where (?1 is null) and (status = 'open' or ?2 = 0) order by updated desc, id limit ?3 offset ?4",
            )
            .bind(None::<String>),
        };
        let rows = query
            .bind(open_only)
            .bind(most)
            .bind(filter.skip)
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(rows
            .iter()
            .map(|row| Summary {
                id: row.get(0),
                company: row.get(1),
                title: row.get(2),
                country: row.get(3),
                status: if row.get::<&str, _>(4) == "closed" { "closed" } else { "open" },
                opened: row.get::<&str, _>(5).parse().unwrap_or(Date::ZERO),
                updated: row.get(6),
                events: row.get(7),
            })
            .collect())
    }

    /// Returns the ids of all cases, oldest first.
    ///
    /// # Errors
    ///
    /// [`CasesError`] where the file cannot be read.
    pub async fn ids(&self) -> Result<Vec<String>, CasesError> {
        sqlx::query_scalar("select id from cases order by opened, id")
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(error))
    }
}

/// Writes what a user typed as a query of the index: every word a quoted prefix, so that no sign has a meaning of its own.
fn matching(typed: &str) -> String {
    typed
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(12)
        .map(|word| format!("\"{word}\"*"))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_a_query_have_no_meaning() {
        assert_eq!(matching("acme \"OR\" NEAR(x) -y*"), "\"acme\"* \"OR\"* \"NEAR\"* \"x\"* \"y\"*");
        assert_eq!(matching("…"), "");
    }
}

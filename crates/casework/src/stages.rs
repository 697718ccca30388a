//! The stages of a complaint inside of a company: those of its own procedure, or those that the law wants of its trade
//! (`data/stages.toml`), where the procedure is not known.

use std::sync::LazyLock;

use atlas::words::{Sector, Topic};
use ladder::{Clock, Country, Rung};
use serde::Deserialize;

use crate::event::OwnStage;
use crate::state::State;
use crate::view::thread::height;

#[derive(Debug, Deserialize)]
struct Rows {
    row: Vec<Row>,
}

#[derive(Debug, Deserialize)]
struct Row {
    country: Country,
    sectors: Vec<Sector>,
    #[serde(default)]
    topics: Vec<Topic>,
    #[serde(default)]
    by_phone: bool,
    law: String,
    sources: Vec<String>,
    stages: Vec<Stage>,
}

#[derive(Debug, Deserialize)]
struct Stage {
    name: String,
    note: Option<String>,
    #[serde(flatten)]
    own: OwnStage,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    // A test reads the file, so an empty table cannot slip through.
    toml::from_str::<Rows>(include_str!("../data/stages.toml")).map(|rows| rows.row).unwrap_or_default()
});

/// A stage and whose it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known<'a> {
    /// The stage.
    pub(crate) stage: &'a OwnStage,
    /// What the law calls it and the law, where it is not the company's own procedure that tells of it.
    pub(crate) by_law: Option<(&'a str, &'a str)>,
    /// What else a reader must know.
    pub(crate) note: Option<&'a str>,
    /// Where that was read.
    pub(crate) source: Option<&'a str>,
}

/// Returns what the law wants in the trade of a case.
fn by_law(state: &State) -> Option<&'static Row> {
    let facts = &state.facts;
    ROWS.iter().find(|row| {
        row.country == facts.country
            && facts.sector.is_some_and(|sector| row.sectors.contains(&sector))
            && (row.topics.is_empty() || facts.topic.is_some_and(|topic| row.topics.contains(&topic)))
    })
}

/// Returns whether a call that reports the trouble is a complaint to the first stage.
pub(crate) fn begins_by_phone(state: &State) -> bool {
    state.procedure.is_none() && by_law(state).is_some_and(|row| row.by_phone)
}

/// Returns the stages that bind the company of a case, in order; none where neither procedure nor law is known to set any.
pub(crate) fn of(state: &State) -> Vec<Known<'_>> {
    if let Some((procedure, _)) = &state.procedure {
        return procedure
            .stages
            .iter()
            .map(|stage| Known { stage, by_law: None, note: None, source: None })
            .collect();
    }
    let Some(row) = by_law(state) else { return Vec::new() };
    let known = |stage: &'static Stage| Known {
        stage: &stage.own,
        by_law: Some((stage.name.as_str(), row.law.as_str())),
        note: stage.note.as_deref(),
        source: row.sources.first().map(String::as_str),
    };
    row.stages.iter().map(known).collect()
}

/// Returns the stage above a desk.
pub(crate) fn above(state: &State, desk: Rung) -> Option<Known<'_>> {
    of(state)
        .into_iter()
        .find(|known| !known.stage.rung.is_outside() && height(known.stage.rung) > height(desk))
}

/// Returns the time within which the stage above a desk must be asked for after the answer of that desk. A first stage has nothing
/// to be asked after, so that a time told of it is the one that begins with its own answer.
pub(crate) fn window(state: &State, desk: Rung) -> Option<Clock> {
    let next = above(state, desk)?.stage.customer_window;
    let first = of(state).into_iter().next().filter(|known| height(known.stage.rung) == height(desk));
    next.or_else(|| first?.stage.customer_window)
}

/// Returns the stage of a desk.
pub(crate) fn at(state: &State, desk: Rung) -> Option<Known<'_>> {
    of(state).into_iter().rfind(|known| height(known.stage.rung) == height(desk))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_whole_and_has_a_source() {
        assert!(!ROWS.is_empty());
        for row in ROWS.iter() {
            assert!(!row.sources.is_empty() && row.stages.len() > 1, "{}", row.law);
            assert!(row.stages.is_sorted_by_key(|stage| stage.own.order), "{}", row.law);
        }
    }

    #[test]
    fn the_law_gives_stages_where_the_procedure_is_not_known() {
        let mut value = serde_json::json!({"case": {"company": "Acme", "country": "IN", "sector": "telecom",
            "problem": {"what": "The line is down", "topic": "service_down"}}});
        let now = jiff::civil::date(2026, 3, 1);
        let state =
            |value: &serde_json::Value| State::of(&crate::situation::read(value, now).unwrap()).unwrap();
        let known = state(&value);
        assert_eq!(
            above(&known, Rung::Complaints).unwrap().by_law.unwrap().0,
            "the provider's Appellate Authority"
        );
        assert!(above(&known, Rung::Management).is_none());
        value["case"]["policy"] = serde_json::json!({"stages": [{"rung": "complaints"}]});
        assert!(above(&state(&value), Rung::Complaints).is_none());
    }
}

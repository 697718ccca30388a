//! Deposits for a home: by when they must be returned. The rows are data (`data/deposits.toml`), without a source that was read.

use std::sync::LazyLock;

use ladder::{Clock, Country};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Row {
    country: Country,
    region: Option<String>,
    #[serde(flatten)]
    clock: Clock,
}

#[derive(Debug, Deserialize)]
struct Rows {
    rows: Vec<Row>,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    // A test reads the file, so an empty table cannot slip through.
    toml::from_str::<Rows>(include_str!("../../data/deposits.toml")).map(|rows| rows.rows).unwrap_or_default()
});

/// Returns the time for the return of a deposit at a place.
pub(crate) fn time_for(country: Country, region: Option<&str>) -> Option<Clock> {
    let fits =
        |row: &&Row| row.country == country && row.region.as_deref().is_none_or(|of| region == Some(of));
    ROWS.iter().find(fits).map(|row| row.clock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deposit_has_the_time_of_its_state() {
        let of = |country, region| {
            time_for(Country::parse(country).unwrap(), region).map(|clock| clock.to_string())
        };
        assert_eq!(of("US", Some("CA")).as_deref(), Some("21 days"));
        assert_eq!(of("US", None), None);
        assert_eq!(of("NL", Some("NH")).as_deref(), Some("14 days"));
    }
}

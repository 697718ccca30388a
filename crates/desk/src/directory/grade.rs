//! The grade of a company: how far what is known of it can be relied on.
//!
//! Two things count: which share of its contacts was read on its own pages or those of a government, and how old that is.

use jiff::Timestamp;
use jiff::civil::Date;
use reading::post::is_government;
use store::{Company, Row};

/// A grade with its reason.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Grade {
    /// `A` (own pages, fresh) to `E` (nothing of that kind).
    pub letter: char,
    /// Why.
    pub why: String,
}

/// Returns the day that a row was last checked, as far as it says. That a list was brought in on a day checks nothing.
pub(super) fn day(row: &Row) -> Option<&str> {
    let read = row.kind.is_own().then_some(row.seen.as_str());
    let day = row.stated.as_deref().or(read)?.get(..10)?;
    day.parse::<Date>().is_ok().then_some(day)
}

/// Returns the host of the page that a row was read on.
fn host(row: &Row) -> Option<String> {
    store::names::host_of(&row.url)
}

/// Grades a company on a day.
#[must_use]
pub fn grade(company: &Company, rows: &[Row], now: Timestamp) -> Grade {
    let rows: Vec<&Row> =
        rows.iter().filter(|row| row.rung.as_deref() != Some(ladder::rung::OFF_LADDER)).collect();
    if rows.is_empty() {
        return Grade { letter: 'E', why: "nothing is known that helps with a problem".to_owned() };
    }
    let solid = |row: &&&Row| {
        row.kind.is_own() || host(row).is_some_and(|host| company.owns(&host) || is_government(&host))
    };
    let own = rows.iter().filter(solid).count();
    let share = own * 100 / rows.len();
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let mut ages: Vec<i32> = rows
        .iter()
        .filter_map(|row| day(row)?.parse::<Date>().ok())
        .filter_map(|day| (today - day).get_days().into())
        .collect();
    ages.sort_unstable();
    let age = ages.get(ages.len() / 2).copied();
    let of_share = match share {
        90.. => 0,
        70..90 => 1,
        50..70 => 2,
        1..50 => 3,
        _ => 4,
    };
    let of_age = match age {
        Some(..=180) => 0,
        Some(181..=365) => 1,
        Some(366..=1095) => 2,
        _ => 3,
    };
    let letter = ['A', 'B', 'C', 'D', 'E'][of_share.max(of_age).min(4)];
    let aged = match age {
        Some(days) if days < 2 => "checked today or yesterday".to_owned(),
        Some(days) => format!("checked {days} days ago"),
        None => "without a day".to_owned(),
    };
    Grade {
        letter,
        why: format!(
            "{own} of {} contacts come from the company's own pages or a government's, most {aged}",
            rows.len()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(url: &str, stated: &str) -> Row {
        serde_json::from_value(serde_json::json!({
            "channel": "email", "value": "help@acme.example", "quote": "write to us", "url": url, "kind": "register",
            "site": "x", "seen": "2026-11-01T00:00:00Z", "stated": stated,
        }))
        .unwrap()
    }

    #[test]
    fn own_pages_and_freshness_make_the_grade() {
        let company = Company { domains: vec!["acme.example".into()], ..Company::default() };
        let now: Timestamp = "2026-11-28T12:00:00Z".parse().unwrap();
        let own = "https://help.acme.example/contact";
        for (rows, letter) in [
            (vec![row(own, "2026-10-12")], 'A'),
            (vec![row("https://consumer.ftc.gov/x", "2026-10-12")], 'A'),
            (vec![row(own, "2026-02-01")], 'B'),
            (vec![row(own, "2024-10-12")], 'C'),
            (vec![row(own, "2020-10-12")], 'D'),
            (vec![row(own, "2026-10-12"), row("https://forum.example/1", "2026-10-12")], 'C'),
            (vec![row("https://forum.example/1", "2026-10-12")], 'E'),
            (Vec::new(), 'E'),
        ] {
            assert_eq!(grade(&company, &rows, now).letter, letter, "{rows:?}");
        }
    }
}

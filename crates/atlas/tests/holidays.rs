//! The working days of countries and regions against public holidays that are known to have been kept, moved ones and
//! single ones included. The days are those that governments proclaimed, written down here by hand and not by a rule.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;

use atlas::Atlas;
use jiff::civil::Date;
use ladder::Country;

/// Weekdays of a year on which nobody works, as `MM-DD`, parted by spaces.
const KEPT: &[(&str, &str, i16, &str)] = &[
    // England and Wales: a moved spring holiday and a jubilee; a mourning day; a coronation; substitute days.
    ("GB", "ENG", 2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
    ("GB", "ENG", 2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
    ("GB", "ENG", 2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
    ("GB", "ENG", 2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
    ("GB", "ENG", 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
    // Scotland: two days at New Year, no Easter Monday, St Andrew's Day, moved off a weekend.
    ("GB", "SCT", 2023, "01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26"),
    ("GB", "SCT", 2025, "01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26"),
    // Northern Ireland: St Patrick and the Twelfth.
    ("GB", "NIR", 2024, "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26"),
    ("GB", "NIR", 2026, "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28"),
    // United States: days at a weekend are kept on the Friday before or the Monday after, over the turn of the year too.
    ("US", "", 2021, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
    ("US", "", 2022, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26"),
    ("US", "", 2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"),
    // New South Wales, the default of Australia.
    ("AU", "", 2024, "01-01 01-26 03-29 04-01 04-25 06-10 10-07 12-25 12-26"),
    ("AU", "NSW", 2025, "01-01 01-27 04-18 04-21 04-25 06-09 10-06 12-25 12-26"),
    ("AU", "VIC", 2025, "01-01 01-27 03-10 04-18 04-21 04-25 06-09 09-26 11-04 12-25 12-26"),
    // Germany: what all Länder keep, and some of their own.
    ("DE", "", 2025, "01-01 04-18 04-21 05-01 05-29 06-09 10-03 12-25 12-26"),
    ("DE", "BE", 2024, "01-01 03-08 03-29 04-01 05-01 05-09 05-20 10-03 12-25 12-26"),
    ("DE", "BW", 2025, "01-01 01-06 04-18 04-21 05-01 05-29 06-09 06-19 10-03 12-25 12-26"),
    ("DE", "NI", 2025, "01-01 04-18 04-21 05-01 05-29 06-09 10-03 10-31 12-25 12-26"),
    ("DE", "SN", 2024, "01-01 03-29 04-01 05-01 05-09 05-20 10-03 10-31 11-20 12-25 12-26"),
    // Canada: provinces.
    ("CA", "ON", 2025, "01-01 02-17 04-18 05-19 07-01 09-01 10-13 12-25 12-26"),
    ("CA", "QC", 2024, "01-01 03-29 04-01 05-20 06-24 07-01 09-02 10-14 12-25"),
    ("CA", "BC", 2025, "01-01 02-17 04-18 05-19 07-01 08-04 09-01 09-30 10-13 11-11 12-25"),
    // France; the Netherlands, where the law on time limits puts Good Friday on a par, and a King's Day moved off a Sunday
    // falls on a Saturday.
    ("FR", "", 2024, "01-01 04-01 05-01 05-08 05-09 05-20 07-14 08-15 11-01 11-11 12-25"),
    ("FR", "", 2025, "01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-11 12-25"),
    ("NL", "", 2024, "01-01 03-29 04-01 05-09 05-20 12-25 12-26"),
    // Ireland, as banks and public offices keep it where a day falls on a weekend: the first Monday of February since 2023, or its first day where that is a Friday; a single day in 2022.
    ("IE", "", 2022, "01-03 03-17 03-18 04-18 05-02 06-06 08-01 10-31 12-26 12-27"),
    ("IE", "", 2024, "01-01 02-05 03-18 04-01 05-06 06-03 08-05 10-28 12-25 12-26"),
    ("IE", "", 2026, "01-01 02-02 03-17 04-06 05-04 06-01 08-03 10-26 12-25 12-28"),
    // New Zealand: Matariki by proclamation, Waitangi and Anzac moved to the Monday.
    ("NZ", "", 2022, "01-03 01-04 02-07 04-15 04-18 04-25 06-06 06-24 09-26 10-24 12-26 12-27"),
    ("NZ", "", 2025, "01-01 01-02 02-06 04-18 04-21 04-25 06-02 06-20 10-27 12-25 12-26"),
    ("NZ", "", 2026, "01-01 01-02 02-06 04-03 04-06 04-27 06-01 07-10 10-26 12-25 12-28"),
    // South Africa: a Sunday gives the Monday, a Saturday nothing; an election day.
    ("ZA", "", 2024, "01-01 03-21 03-29 04-01 05-01 05-29 06-17 08-09 09-24 12-16 12-25 12-26"),
    ("ZA", "", 2025, "01-01 03-21 04-18 04-21 04-28 05-01 06-16 09-24 12-16 12-25 12-26"),
];

/// Days that a country keeps for sure, where the whole list differs by region.
const AMONG: &[(&str, i16, &str)] = &[("IN", 2026, "01-26 10-02"), ("IN", 2025, "08-15 10-02")];

fn kept(country: &str, region: &str, year: i16) -> BTreeSet<String> {
    let country = Country::parse(country).unwrap();
    let days = Atlas::builtin().working_days(country, (!region.is_empty()).then_some(region));
    let first = Date::new(year, 1, 1).unwrap();
    let all = first.series(jiff::Span::new().days(1)).take_while(|day| day.year() == year);
    let weekdays = all.filter(|day| {
        !matches!(day.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday)
    });
    weekdays.filter(|day| !days.is_working_day(*day)).map(|day| day.strftime("%m-%d").to_string()).collect()
}

#[test]
fn weekdays_without_work_are_those_that_were_kept() {
    let mut wrong = Vec::new();
    for (country, region, year, days) in KEPT {
        let wanted: BTreeSet<String> = days
            .split(' ')
            .filter(|day| {
                let date: Date = format!("{year}-{day}").parse().unwrap();
                !matches!(date.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday)
            })
            .map(str::to_owned)
            .collect();
        let found = kept(country, region, *year);
        let missing: Vec<&String> = wanted.difference(&found).collect();
        let extra: Vec<&String> = found.difference(&wanted).collect();
        if !missing.is_empty() || !extra.is_empty() {
            wrong.push(format!("{country}-{region} {year}: missing {missing:?}, too many {extra:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn national_days_are_among_those_kept() {
    for (country, year, days) in AMONG {
        let found = kept(country, "", *year);
        for day in days.split(' ') {
            assert!(found.contains(day), "{country} {year}: {day} not in {found:?}");
        }
    }
}

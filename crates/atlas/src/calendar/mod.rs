//! Calendars: on which days a country or region works, and when a clock ends.
//!
//! The rules of the holidays are data, in the file of the country; here they become days. The laws: the day of the anchor
//! is day zero and does not count (a rule may say otherwise); a month ends on the same day number, or on the last day of a
//! shorter month; adding working days lands on a working day. Where no table is known, only weekends are left out, and the
//! answer says so.

mod holiday;

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use ladder::{Clock, Unit};
use serde::Deserialize;

use crate::words::{Confidence, Count, Weekday};

pub use holiday::Holiday;

/// The most working days that are counted one by one.
const MOST_WORKING_DAYS: u32 = 10_000;

/// Weekend and holidays of a country or region, as the data give them.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct Calendar {
    /// The stable key.
    pub id: String,
    /// Whose working days these are.
    pub name: String,
    /// The regions it is for; empty for the country where no other fits.
    #[serde(default)]
    pub regions: Vec<String>,
    /// It also serves where the region is not known.
    #[serde(default)]
    pub default: bool,
    /// Another calendar whose holidays count here as well.
    #[serde(rename = "with")]
    pub base: Option<String>,
    /// The days of the weekend.
    #[serde(default = "saturday_and_sunday")]
    pub weekend: Vec<Weekday>,
    /// The holidays.
    pub holidays: Vec<Holiday>,
    /// The law or notice that sets them.
    pub law: String,
    /// How sure.
    pub confidence: Confidence,
    /// Where it was read.
    #[serde(default)]
    pub sources: Vec<String>,
    /// The last year for which days that follow no rule are listed.
    pub known_until: Option<i16>,
    /// What is left out.
    pub note: Option<String>,
}

fn saturday_and_sunday() -> Vec<Weekday> {
    vec![Weekday::Saturday, Weekday::Sunday]
}

/// The working days of a place.
#[derive(Clone, Debug)]
pub struct WorkingDays<'a> {
    calendar: Option<&'a Calendar>,
    holidays: Vec<&'a Holiday>,
}

/// When a clock ends, and what was left out on the way.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ending {
    /// The last day of the clock.
    pub day: Date,
    /// The holidays that were not counted, weekends apart.
    pub left_out: Vec<(Date, String)>,
}

impl<'a> WorkingDays<'a> {
    /// Joins a calendar with the one that it builds on; `None` for weekends only.
    pub(crate) fn new(calendar: Option<&'a Calendar>, base: Option<&'a Calendar>) -> Self {
        let holidays = base.into_iter().chain(calendar).flat_map(|calendar| &calendar.holidays).collect();
        Self { calendar, holidays }
    }

    /// Returns the calendar, where the place has one.
    #[must_use]
    pub const fn calendar(&self) -> Option<&'a Calendar> {
        self.calendar
    }

    /// Returns whose working days these are, as words.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.calendar.map_or("weekends only: no table of holidays is known here", |calendar| &calendar.name)
    }

    fn is_weekend(&self, day: Date) -> bool {
        let weekday = holiday::weekday(day);
        match self.calendar {
            Some(calendar) => calendar.weekend.contains(&weekday),
            None => matches!(weekday, Weekday::Saturday | Weekday::Sunday),
        }
    }

    /// Returns the holidays that are kept in a year, on the days on which they are kept.
    #[must_use]
    pub fn holidays_in(&self, year: i16) -> BTreeMap<Date, &'a str> {
        let mut kept = BTreeMap::new();
        // New Year's Day of the next year may be kept on the last day of this one.
        for of in [year, year.saturating_add(1)] {
            for (day, name) in holiday::kept(&self.holidays, of, |day| self.is_weekend(day)) {
                if day.year() == year {
                    kept.entry(day).or_insert(name);
                }
            }
        }
        kept
    }

    /// Returns whether a day is a working day.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        !self.is_weekend(day) && !self.holidays_in(day.year()).contains_key(&day)
    }

    /// Returns the first working day from a day on, that day included.
    #[must_use]
    pub fn next_working_day(&self, day: Date) -> Option<Date> {
        if self.is_working_day(day) { Some(day) } else { self.add(day, 1).map(|ending| ending.day) }
    }

    /// Returns the day on which so many working days after a day have passed.
    ///
    /// The day itself does not count; `None` beyond 10,000 days or the years that a calendar has.
    #[must_use]
    pub fn add(&self, day: Date, n: u32) -> Option<Ending> {
        if n > MOST_WORKING_DAYS {
            return None;
        }
        let mut left_out = Vec::new();
        let mut year = day.year();
        let mut holidays = self.holidays_in(year);
        let (mut at, mut counted) = (day, 0);
        while counted < n {
            at = at.tomorrow().ok()?;
            if at.year() != year {
                year = at.year();
                holidays = self.holidays_in(year);
            }
            if self.is_weekend(at) {
                continue;
            }
            match holidays.get(&at) {
                Some(name) => left_out.push((at, (*name).to_owned())),
                None => counted += 1,
            }
        }
        Some(Ending { day: at, left_out })
    }

    /// Returns the last day of a clock that counts from a day; `None` beyond the years that a calendar has.
    ///
    /// Hours and minutes are rounded up to days.
    #[must_use]
    pub fn end(&self, from: Date, clock: Clock, count: Count) -> Option<Ending> {
        let from = if count == Count::YearEnd { Date::new(from.year(), 12, 31).ok()? } else { from };
        let early = u32::from(count == Count::SameDay && clock.n > 0);
        // A span beyond what a calendar can hold is an error, not a panic, only by way of `try_…`.
        let after = |span: Result<Span, jiff::Error>, back: u32| {
            let day = from.checked_add(span.ok()?).ok()?.checked_sub(i64::from(back).days()).ok()?;
            Some(Ending { day, left_out: Vec::new() })
        };
        let days = |n: u32| after(Span::new().try_days(n), 0);
        match clock.unit {
            Unit::Minutes => days(clock.n.div_ceil(24 * 60)),
            Unit::Hours => days(clock.n.div_ceil(24)),
            Unit::Days => days(clock.n - early),
            Unit::Weeks => days(clock.n.checked_mul(7)? - early),
            Unit::Months => after(Span::new().try_months(clock.n), early),
            Unit::Years => after(Span::new().try_years(clock.n), early),
            // Where the first day counts, it counts only if it is worked.
            Unit::WorkingDays => self.add(from, clock.n - if self.is_working_day(from) { early } else { 0 }),
        }
    }

    /// Returns whether days that follow no rule are known for a year.
    #[must_use]
    pub fn knows(&self, year: i16) -> bool {
        self.calendar.is_some_and(|calendar| calendar.known_until.is_none_or(|last| year <= last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Atlas;
    use jiff::civil::date;
    use ladder::Country;
    use proptest::prelude::*;

    fn days(country: &str, region: Option<&str>) -> WorkingDays<'static> {
        Atlas::builtin().working_days(Country::parse(country).unwrap(), region)
    }

    #[test]
    fn working_days_leave_out_the_holidays_of_the_place() {
        for (country, region, from, n, end) in [
            // Good Friday and Easter Monday, in England but not in Scotland.
            ("GB", None, date(2026, 2, 20), 40, date(2026, 4, 21)),
            ("GB", Some("SCT"), date(2026, 2, 20), 40, date(2026, 4, 20)),
            // Boxing Day on a Saturday is kept on Monday.
            ("GB", None, date(2026, 12, 24), 1, date(2026, 12, 29)),
            // Christmas and New Year's Day.
            ("US", None, date(2025, 12, 23), 7, date(2026, 1, 5)),
            // A federal holiday on a Saturday is kept on Friday: 3 July 2026.
            ("US", None, date(2026, 7, 2), 1, date(2026, 7, 6)),
            ("AU", None, date(2026, 3, 26), 10, date(2026, 4, 13)),
            // Anzac Day on a Saturday is kept on Monday in New Zealand.
            ("NZ", None, date(2026, 4, 20), 15, date(2026, 5, 12)),
            ("ZA", None, date(2026, 6, 8), 15, date(2026, 6, 30)),
            // Corpus Christi is kept in Bavaria and not in Berlin.
            ("DE", Some("BY"), date(2026, 6, 3), 1, date(2026, 6, 5)),
            ("DE", Some("BE"), date(2026, 6, 3), 1, date(2026, 6, 4)),
        ] {
            let ending = days(country, region).add(from, n).unwrap();
            assert_eq!(ending.day, end, "{country} {region:?} {from} + {n}: {:?}", ending.left_out);
        }
    }

    #[test]
    fn a_month_ends_on_its_day_number_or_on_the_last_day_of_a_shorter_month() {
        let end = |from, n, unit, count| days("GB", None).end(from, Clock::new(n, unit), count).unwrap().day;
        for (from, n, unit, day) in [
            (date(2025, 8, 31), 6, Unit::Months, date(2026, 2, 28)),
            (date(2025, 12, 31), 2, Unit::Months, date(2026, 2, 28)),
            (date(2024, 2, 29), 1, Unit::Years, date(2025, 2, 28)),
            (date(2026, 1, 12), 8, Unit::Weeks, date(2026, 3, 9)),
            (date(2026, 1, 1), 24, Unit::Hours, date(2026, 1, 2)),
            (date(2026, 1, 1), 90, Unit::Minutes, date(2026, 1, 2)),
        ] {
            assert_eq!(end(from, n, unit, Count::NextDay), day, "{from} + {n} {}", unit.id());
        }
        assert_eq!(end(date(2026, 1, 1), 7, Unit::Days, Count::SameDay), date(2026, 1, 7));
        // What begins with the end of the year ends with the end of one.
        assert_eq!(end(date(2026, 3, 9), 3, Unit::Years, Count::YearEnd), date(2029, 12, 31));
        assert_eq!(end(date(2026, 12, 31), 3, Unit::Years, Count::YearEnd), date(2029, 12, 31));
        assert_eq!(end(date(2026, 1, 1), 1, Unit::WorkingDays, Count::SameDay), date(2026, 1, 2));
        assert_eq!(end(date(2026, 1, 2), 1, Unit::WorkingDays, Count::SameDay), date(2026, 1, 2));
    }

    #[test]
    fn a_clock_that_no_calendar_can_hold_has_no_end() {
        let days = days("GB", None);
        for clock in [
            Clock::new(u32::MAX, Unit::WorkingDays),
            Clock::new(u32::MAX, Unit::Weeks),
            Clock::new(32_000, Unit::Years),
        ] {
            assert_eq!(days.end(date(2026, 1, 1), clock, Count::NextDay), None, "{clock}");
        }
    }

    #[test]
    fn a_country_without_a_table_says_so() {
        let days = days("JP", None);
        assert!(!days.knows(2026));
        assert_eq!(days.add(date(2025, 12, 31), 1).unwrap().day, date(2026, 1, 1));
    }

    /// Countries with the region that is asked for.
    const PLACES: [(&str, Option<&str>); 9] = [
        ("GB", None),
        ("GB", Some("NIR")),
        ("US", None),
        ("AU", Some("QLD")),
        ("NZ", None),
        ("DE", Some("SN")),
        ("SG", None),
        ("CA", Some("QC")),
        ("JP", None),
    ];

    proptest! {
        #[test]
        fn adding_working_days_lands_on_a_working_day(place in 0..PLACES.len(), start in 0_i32..9_000, n in 1_u32..120) {
            let (country, region) = PLACES[place];
            let days = days(country, region);
            let from = date(2010, 1, 1).checked_add(start.days()).unwrap();
            let ending = days.add(from, n).unwrap();
            prop_assert!(days.is_working_day(ending.day));
            prop_assert!(ending.left_out.iter().all(|(day, _)| !days.is_working_day(*day)));
        }

        #[test]
        fn more_days_never_end_earlier_and_one_after_another_is_the_sum(
            place in 0..PLACES.len(), start in 0_i32..9_000, n in 0_u32..60, m in 0_u32..60,
        ) {
            let (country, region) = PLACES[place];
            let days = days(country, region);
            let from = date(2010, 1, 1).checked_add(start.days()).unwrap();
            let first = days.add(from, n).unwrap().day;
            let both = days.add(from, n + m).unwrap().day;
            prop_assert!(first <= both);
            prop_assert_eq!(days.add(first, m).unwrap().day, both);
        }

        #[test]
        fn the_span_holds_as_many_working_days_as_were_added(place in 0..PLACES.len(), start in 0_i32..9_000, n in 0_u32..40) {
            let (country, region) = PLACES[place];
            let days = days(country, region);
            let from = date(2010, 1, 1).checked_add(start.days()).unwrap();
            let end = days.add(from, n).unwrap().day;
            let worked = from.tomorrow().unwrap().series(1.day()).take_while(|day| *day <= end)
                .filter(|day| days.is_working_day(*day)).count();
            prop_assert_eq!(worked, n as usize);
        }
    }
}

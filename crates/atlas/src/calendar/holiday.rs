//! One holiday: the rule that gives its day each year, and where it goes when that day is a weekend.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{self, Date};
use serde::Deserialize;

use crate::words::{Moves, Weekday};

/// A holiday with its rule.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(try_from = "Raw")]
pub struct Holiday {
    /// What it is called.
    pub name: String,
    rule: Rule,
    moves: Option<Moves>,
    since: Option<i16>,
    until: Option<i16>,
    not_in: Vec<i16>,
}

/// What gives the day.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Rule {
    /// The same month and day each year.
    On(i8, i8),
    /// So many days after Easter Sunday.
    Easter(i32),
    /// The nth weekday of a month; -1 is the last.
    Nth(i8, Weekday, i8),
    /// The first such weekday on or after a month and day.
    From(Weekday, i8, i8),
    /// The last such weekday before a month and day.
    Before(Weekday, i8, i8),
    /// These days.
    Dates(Vec<Date>),
}

/// A holiday as the data spell it.
#[derive(Deserialize)]
struct Raw {
    name: String,
    on: Option<String>,
    easter: Option<i32>,
    nth: Option<i8>,
    weekday: Option<Weekday>,
    month: Option<i8>,
    from: Option<String>,
    before: Option<String>,
    dates: Option<Vec<Date>>,
    moves: Option<Moves>,
    since: Option<i16>,
    until: Option<i16>,
    #[serde(default)]
    not_in: Vec<i16>,
}

impl TryFrom<Raw> for Holiday {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, Self::Error> {
        let day = |text: &str| {
            let (month, day) = text.split_once('-')?;
            Some((month.parse().ok()?, day.parse().ok()?))
        };
        let rule =
            match (&raw.on, raw.easter, raw.nth, raw.weekday, raw.month, &raw.from, &raw.before, raw.dates) {
                (Some(on), None, None, None, None, None, None, None) => {
                    day(on).map(|(month, day)| Rule::On(month, day))
                }
                (None, Some(days), None, None, None, None, None, None) => Some(Rule::Easter(days)),
                (None, None, Some(n), Some(weekday), Some(month), None, None, None) => {
                    Some(Rule::Nth(n, weekday, month))
                }
                (None, None, None, Some(weekday), None, Some(from), None, None) => {
                    day(from).map(|(month, day)| Rule::From(weekday, month, day))
                }
                (None, None, None, Some(weekday), None, None, Some(before), None) => {
                    day(before).map(|(month, day)| Rule::Before(weekday, month, day))
                }
                (None, None, None, None, None, None, None, Some(dates)) => Some(Rule::Dates(dates)),
                _ => None,
            };
        let rule =
            rule.ok_or_else(|| format!("the holiday `{}` is not given in exactly one way", raw.name))?;
        let Raw { name, moves, since, until, not_in, .. } = raw;
        Ok(Self { name, rule, moves, since, until, not_in })
    }
}

impl Holiday {
    /// Returns the days that the rule gives for a year, before they move.
    fn days(&self, year: i16) -> Vec<Date> {
        let holds = self.since.is_none_or(|first| year >= first)
            && self.until.is_none_or(|last| year <= last)
            && !self.not_in.contains(&year);
        if !holds {
            return Vec::new();
        }
        let day = match &self.rule {
            Rule::Dates(dates) => return dates.iter().copied().filter(|day| day.year() == year).collect(),
            Rule::On(month, day) => Date::new(year, *month, *day).ok(),
            Rule::Easter(days) => easter(year).and_then(|sunday| sunday.checked_add(days.days()).ok()),
            Rule::Nth(n, weekday, month) => Date::new(year, *month, 1)
                .ok()
                .and_then(|first| first.nth_weekday_of_month(*n, civil_of(*weekday)).ok()),
            Rule::From(weekday, month, day) => Date::new(year, *month, *day)
                .ok()
                .and_then(|day| day.yesterday().ok())
                .and_then(|day| day.nth_weekday(1, civil_of(*weekday)).ok()),
            Rule::Before(weekday, month, day) => Date::new(year, *month, *day)
                .ok()
                .and_then(|day| day.nth_weekday(-1, civil_of(*weekday)).ok()),
        };
        day.into_iter().collect()
    }
}

/// Returns the days on which holidays of a year are kept, in the order in which they are listed.
///
/// A holiday that moves does so after all others have taken their days, the earlier one first.
pub(super) fn kept<'a>(
    holidays: &[&'a Holiday],
    year: i16,
    is_weekend: impl Fn(Date) -> bool,
) -> Vec<(Date, &'a str)> {
    let mut days: Vec<(Date, &Holiday)> = holidays
        .iter()
        .flat_map(|holiday| holiday.days(year).into_iter().map(move |day| (day, *holiday)))
        .collect();
    days.sort_by_key(|(day, _)| *day);
    let mut taken: BTreeSet<Date> = days.iter().map(|(day, _)| *day).collect();
    let next_free = |from: Date, taken: &BTreeSet<Date>| {
        from.series(1.day()).skip(1).take(14).find(|day| !is_weekend(*day) && !taken.contains(day))
    };
    let mut kept = Vec::with_capacity(days.len());
    for (day, holiday) in days {
        kept.push((day, holiday.name.as_str()));
        let weekday = weekday(day);
        let moved = match holiday.moves {
            Some(Moves::NextWorkingDay) if is_weekend(day) => next_free(day, &taken),
            Some(Moves::NextMonday) if is_weekend(day) => day.nth_weekday(1, civil::Weekday::Monday).ok(),
            Some(Moves::MondayIfSunday) if weekday == Weekday::Sunday => day.tomorrow().ok(),
            Some(Moves::NearestWeekday) => match weekday {
                Weekday::Saturday => day.yesterday().ok(),
                Weekday::Sunday => day.tomorrow().ok(),
                _ => None,
            },
            None | Some(Moves::NextWorkingDay | Moves::NextMonday | Moves::MondayIfSunday) => None,
        };
        if let Some(moved) = moved {
            taken.insert(moved);
            kept.push((moved, holiday.name.as_str()));
        }
    }
    kept
}

/// Returns the weekday of a day.
pub(super) fn weekday(day: Date) -> Weekday {
    match day.weekday() {
        civil::Weekday::Monday => Weekday::Monday,
        civil::Weekday::Tuesday => Weekday::Tuesday,
        civil::Weekday::Wednesday => Weekday::Wednesday,
        civil::Weekday::Thursday => Weekday::Thursday,
        civil::Weekday::Friday => Weekday::Friday,
        civil::Weekday::Saturday => Weekday::Saturday,
        civil::Weekday::Sunday => Weekday::Sunday,
    }
}

const fn civil_of(weekday: Weekday) -> civil::Weekday {
    match weekday {
        Weekday::Monday => civil::Weekday::Monday,
        Weekday::Tuesday => civil::Weekday::Tuesday,
        Weekday::Wednesday => civil::Weekday::Wednesday,
        Weekday::Thursday => civil::Weekday::Thursday,
        Weekday::Friday => civil::Weekday::Friday,
        Weekday::Saturday => civil::Weekday::Saturday,
        Weekday::Sunday => civil::Weekday::Sunday,
    }
}

/// Returns Easter Sunday of the Gregorian calendar, by Oudin's algorithm of 1940: the Sunday after the paschal full moon.
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let century = year / 100;
    let golden = year % 19;
    let drift = (century - 17) / 25;
    let mut moon = (century - century / 4 - (century - drift) / 3 + 19 * golden + 15) % 30;
    moon -= (moon / 28) * (1 - (moon / 28) * (29 / (moon + 1)) * ((21 - golden) / 11));
    let weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
    let sunday = moon - weekday;
    let month = 3 + (sunday + 40) / 44;
    let day = sunday + 28 - 31 * (month / 4);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn easter_falls_where_the_tables_put_it() {
        for day in [
            date(1818, 3, 22),
            date(1943, 4, 25),
            date(2000, 4, 23),
            date(2024, 3, 31),
            date(2025, 4, 20),
            date(2026, 4, 5),
            date(2027, 3, 28),
            date(2038, 4, 25),
        ] {
            assert_eq!(easter(day.year()), Some(day));
        }
    }
}

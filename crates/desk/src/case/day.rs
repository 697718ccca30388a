//! Days as people name them: `2026-03-04`, `4 March`, `yesterday`, `letzten Dienstag`, `il y a 3 jours`.
//!
//! A word such as `gestern` is a day only beside a today, so that is an argument. What names no day (`March 2026`, `last week`)
//! or could be two (`03/04/2026`, `next Friday`) is refused with what would do: a day that a time limit hangs on is not guessed.
//! The words are data (`data/days.toml`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;

/// Whether a day is meant that has been or one that is to come, where its words leave that open.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sense {
    /// It has been, or is today: when something happened.
    Been,
    /// It is to come, or is today: by when something is due.
    ToCome,
    /// It may be either: a day without a year is then not taken.
    Either,
}

#[derive(Debug, Deserialize)]
struct File {
    language: BTreeMap<String, Language>,
}

#[derive(Debug, Deserialize)]
struct Language {
    months: Vec<String>,
    #[serde(default)]
    months_too: BTreeMap<String, i8>,
    weekdays: Vec<String>,
    last: Vec<String>,
    next: Vec<String>,
    small: Vec<String>,
    near: BTreeMap<String, i32>,
    ago: Around,
    ahead: Around,
    units: BTreeMap<String, i32>,
}

/// Words before or after a number of days or weeks.
#[derive(Debug, Deserialize)]
struct Around {
    before: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
}

static LANGUAGES: LazyLock<BTreeMap<String, Language>> = LazyLock::new(|| {
    // A test reads the file, so an empty table cannot slip through.
    toml::from_str::<File>(include_str!("../../data/days.toml")).map(|file| file.language).unwrap_or_default()
});

/// What is wanted where a text is no day.
const WANTED: &str =
    "give a day such as 2026-03-04 (year, month, day), or `yesterday`, `last Tuesday`, `3 days ago`";

/// Reads a day as of today.
///
/// # Errors
///
/// A text that says what is wanted: for what is no day, could be two, or is a month without its day.
pub fn day(text: &str, today: Date, sense: Sense) -> Result<Date, String> {
    let lower = text.trim().to_lowercase().replace('’', "'");
    if let Ok(day) = lower.parse::<Date>()
        && lower.len() == 10
    {
        return Ok(day);
    }
    let near = LANGUAGES.values().filter_map(|language| language.near(&lower, today, sense));
    if let Some(found) = one_reading(near, &lower) {
        return found;
    }
    if let Some(day) = in_figures(&lower)? {
        return Ok(day);
    }
    let mut month_only = None;
    let (mut days, mut refused) = (Vec::new(), None);
    for language in LANGUAGES.values() {
        match language.written(&lower, today, sense) {
            Written::Day(day) => days.push(Ok(day)),
            Written::Refused(why) => refused = refused.or(Some(why)),
            Written::Month(year, month) => month_only = Some((year, month)),
            Written::Not => {}
        }
    }
    // A weekday that fits in one language speaks for that one.
    if let Some(found) = one_reading(days.into_iter(), &lower).or(refused.map(Err)) {
        return found;
    }
    Err(match month_only {
        Some((year, month)) => format!(
            "`{}` is a month, but time limits are counted from a day: look on a bill, an e-mail or a statement. If you cannot find \
             the day, give the first day it can have been ({year}-{month:02}-01) and write `about` in what happened: your own \
             deadlines then come out too early rather than too late",
            text.trim()
        ),
        None if names_a_week(&lower) => {
            format!("`{}` is not a single day: {WANTED}", text.trim())
        }
        None => WANTED.to_owned(),
    })
}

/// Returns the one day that several languages read in a text; where they differ, a refusal.
fn one_reading(
    mut readings: impl Iterator<Item = Result<Date, String>>,
    lower: &str,
) -> Option<Result<Date, String>> {
    let first = readings.next()?;
    let Some(other) = readings.find(|other| *other != first) else { return Some(first) };
    Some(match (first, other) {
        (Ok(one), Ok(other)) => Err(format!("`{lower}` may be {one} or {other}: give the day")),
        (Err(why), _) | (_, Err(why)) => Err(why),
    })
}

/// Returns whether a text names a week or a month in relation to today.
fn names_a_week(lower: &str) -> bool {
    [
        "last week",
        "last month",
        "letzte woche",
        "letzten monat",
        "semaine dernière",
        "mois dernier",
        "semana pasada",
        "vorige week",
    ]
    .iter()
    .any(|words| lower.contains(words))
}

/// Reads a day in figures, `20/01/2026`: of which only one can be the month. With dots the day comes first in every language that
/// writes so.
fn in_figures(lower: &str) -> Result<Option<Date>, String> {
    let figures = lower.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '.' | '-' | ' '));
    let parts: Option<Vec<i16>> = lower.split(['/', '.', '-']).map(|part| part.trim().parse().ok()).collect();
    let (true, Some([one, two, year])) = (figures, parts.as_deref()) else { return Ok(None) };
    let dots = lower.matches('.').count() == 2;
    let (day, month) = match (*one > 12, *two > 12) {
        (false, false) if dots => (one, two),
        (true, false) => (one, two),
        (false, true) => (two, one),
        // The same number twice is one day, whichever way it is read.
        (false, false) if one == two => (one, two),
        (false, false) => {
            return Err(format!("its day and month could be read either way: {WANTED}"));
        }
        (true, true) => return Ok(None),
    };
    let year = Some(*year).filter(|year| *year >= 1000);
    Ok(year.and_then(|year| Date::new(year, i8::try_from(*month).ok()?, i8::try_from(*day).ok()?).ok()))
}

/// What a text is in one language.
enum Written {
    Day(Date),
    Month(i16, i8),
    Refused(String),
    Not,
}

impl Language {
    /// Reads `yesterday`, `3 days ago`, `in two weeks` (figures), `last Tuesday`.
    fn near(&self, lower: &str, today: Date, sense: Sense) -> Option<Result<Date, String>> {
        let out = || Err(WANTED.to_owned());
        let plus = |days: i32| today.checked_add(days.days()).or_else(|_| out());
        let bare = lower.strip_prefix("the ").unwrap_or(lower);
        if let Some(days) = self.near.get(bare) {
            return Some(plus(*days));
        }
        for (around, sign) in [(&self.ago, -1), (&self.ahead, 1)] {
            let after_words = around.before.iter().find_map(|word| lower.strip_prefix(word.as_str()));
            let before_words = around.after.iter().find_map(|word| lower.strip_suffix(word.as_str()));
            if let Some(count) = after_words.or(before_words).and_then(|rest| self.count(rest.trim())) {
                return Some(plus(sign * count));
            }
        }
        self.weekday(lower, today, sense)
    }

    /// Reads `3 days` or `2 weeks` as days.
    fn count(&self, words: &str) -> Option<i32> {
        let (number, unit) = words.split_once(' ')?;
        let number = match number {
            "a" | "one" | "einem" | "einer" | "un" | "une" | "una" | "een" => 1,
            digits => digits.parse::<i32>().ok().filter(|number| (0..=3660).contains(number))?,
        };
        Some(number * self.units.get(unit.trim())?)
    }

    /// Reads `last Tuesday` or `Friday`.
    fn weekday(&self, lower: &str, today: Date, sense: Sense) -> Option<Result<Date, String>> {
        let (mut last, mut next, mut found) = (false, false, None);
        for word in lower.split([' ', ',']).filter(|word| !word.is_empty()) {
            if self.last.iter().any(|known| known == word) {
                last = true;
            } else if self.next.iter().any(|known| known == word) {
                next = true;
            } else if !self.small.iter().any(|known| known == word) {
                let at = self.of_week(word)?;
                let short = word.trim_end_matches('.');
                // `mar` is Tuesday in one language and March in another.
                if self.weekdays.get(at).is_none_or(|name| name != short)
                    && LANGUAGES.values().any(|language| language.month(short).is_some())
                {
                    return None;
                }
                if found.replace(at).is_some() {
                    return None;
                }
            }
        }
        let of_week = Weekday::from_monday_zero_offset(i8::try_from(found?).ok()?).ok()?;
        let back = i32::from(today.weekday().since(of_week));
        let day = |days: i32| today.checked_add(days.days()).ok();
        if last {
            return Some(day(if back == 0 { -7 } else { -back }).ok_or_else(|| WANTED.to_owned()));
        }
        let soon = if back == 0 { 7 } else { 7 - back };
        let (before, after, later) = (day(-back)?, day(soon)?, day(soon + 7)?);
        Some(match sense {
            _ if next => Err(format!("`{lower}` may be {after} or {later}: give the day")),
            _ if back == 0 => {
                Err(format!("`{lower}` is today, {today}, or a week away: give the day, or say `today`"))
            }
            Sense::Been => Ok(before),
            Sense::ToCome => Ok(after),
            Sense::Either => Err(format!("`{lower}` may be {before} or {after}: give the day")),
        })
    }

    /// Reads a day with the name of its month, in any order: `20 Jan 2026`, `January 20th, 2026`, `20. Januar`.
    fn written(&self, lower: &str, today: Date, sense: Sense) -> Written {
        let (mut day, mut month, mut year, mut of_week) = (None, None, None, None);
        for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let digits = word.trim_end_matches(char::is_alphabetic);
            let twice = match digits.parse::<i16>() {
                Ok(number) if digits.len() == 4 && digits == word => year.replace(number).is_some(),
                Ok(number)
                    if digits.len() <= 2
                        && matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th" | "er") =>
                {
                    day.replace(number).is_some()
                }
                _ if self.small.iter().any(|known| known == word) => false,
                _ if self.weekdays.iter().any(|name| name == word) => {
                    of_week.replace((word, self.of_week(word))).is_some()
                }
                // `mardi` is no March.
                _ if LANGUAGES.values().any(|language| language.weekdays.iter().any(|name| name == word)) => {
                    return Written::Not;
                }
                _ => match (self.month(word), self.of_week(word)) {
                    (Some(found), _) => month.replace(found).is_some(),
                    (None, Some(at)) => of_week.replace((word, Some(at))).is_some(),
                    (None, None) => return Written::Not,
                },
            };
            if twice {
                return Written::Not;
            }
        }
        let Some(month) = month else { return Written::Not };
        let of = |year: i16| {
            let day = i8::try_from(day.unwrap_or_default()).ok()?;
            Date::new(year, month, day).ok()
        };
        // A weekday that does not fit tells of a slip in one of the two.
        let checked = |day: Date| {
            let is = usize::try_from(day.weekday().to_monday_zero_offset()).ok();
            match of_week {
                Some((said, at)) if at != is => {
                    Written::Refused(format!("{day} is not a {said}: which of the two is right?"))
                }
                _ => Written::Day(day),
            }
        };
        match (day, year) {
            (Some(_), Some(year)) => of(year).map_or(Written::Not, checked),
            (None, Some(year)) => Written::Month(year, month),
            (None, None) => Written::Month(nearest(today, month, sense), month),
            (Some(_), None) => {
                let years = [today.year() - 1, today.year(), today.year() + 1];
                let days = years.into_iter().filter_map(of);
                let found = match sense {
                    Sense::Been => days.filter(|day| *day <= today).max(),
                    Sense::ToCome => days.filter(|day| *day >= today).min(),
                    Sense::Either => return Written::Refused(format!("its year is missing: {WANTED}")),
                };
                found.map_or(Written::Not, checked)
            }
        }
    }

    /// Returns which day of the week a word names, whole or cut short; Monday is 0.
    fn of_week(&self, word: &str) -> Option<usize> {
        self.weekdays.iter().position(|name| is_name(word, name))
    }

    fn month(&self, word: &str) -> Option<i8> {
        let too = || self.months_too.iter().find(|(begin, _)| word.starts_with(begin.as_str()));
        let at = self.months.iter().position(|begin| word.starts_with(begin.as_str()));
        at.and_then(|at| i8::try_from(at + 1).ok()).or_else(|| too().map(|(_, month)| *month))
    }
}

/// Returns the year of a month without one.
fn nearest(today: Date, month: i8, sense: Sense) -> i16 {
    match sense {
        Sense::ToCome if month < today.month() => today.year() + 1,
        Sense::Been if month > today.month() => today.year() - 1,
        _ => today.year(),
    }
}

/// Returns whether a word is a weekday, or its beginning as it is cut short: two letters begin different days in different
/// languages.
fn is_name(word: &str, name: &str) -> bool {
    let word = word.trim_end_matches('.');
    word.chars().count() >= 3 && name.starts_with(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// A Sunday.
    const TODAY: Date = date(2026, 11, 29);

    #[test]
    fn every_language_is_whole() {
        assert!(LANGUAGES.len() >= 5);
        for (id, language) in LANGUAGES.iter() {
            assert_eq!((language.months.len(), language.weekdays.len()), (12, 7), "{id}");
        }
    }

    #[test]
    fn days_are_read_as_people_name_them() {
        for (text, is) in [
            ("2026-03-04", date(2026, 3, 4)),
            ("today", TODAY),
            ("Yesterday", date(2026, 11, 28)),
            ("gestern", date(2026, 11, 28)),
            ("vorgestern", date(2026, 11, 27)),
            ("hier", date(2026, 11, 28)),
            ("ayer", date(2026, 11, 28)),
            ("gisteren", date(2026, 11, 28)),
            ("the day before yesterday", date(2026, 11, 27)),
            ("3 days ago", date(2026, 11, 26)),
            ("a week ago", date(2026, 11, 22)),
            ("vor 2 Wochen", date(2026, 11, 15)),
            ("il y a 3 jours", date(2026, 11, 26)),
            ("hace 10 días", date(2026, 11, 19)),
            ("4 dagen geleden", date(2026, 11, 25)),
            ("last Tuesday", date(2026, 11, 24)),
            ("last Sunday", date(2026, 11, 22)),
            ("on Friday", date(2026, 11, 27)),
            ("freitag", date(2026, 11, 27)),
            ("letzten Dienstag", date(2026, 11, 24)),
            ("mardi dernier", date(2026, 11, 24)),
            ("el martes pasado", date(2026, 11, 24)),
            ("afgelopen dinsdag", date(2026, 11, 24)),
            ("20 January", date(2026, 1, 20)),
            ("20 December", date(2025, 12, 20)),
            ("20. Januar 2026", date(2026, 1, 20)),
            ("20 janvier 2026", date(2026, 1, 20)),
            ("20 de enero de 2026", date(2026, 1, 20)),
            ("January 20th, 2026", date(2026, 1, 20)),
            ("20/01/2026", date(2026, 1, 20)),
            ("4/4/2026", date(2026, 4, 4)),
            ("Tuesday, 20 January 2026", date(2026, 1, 20)),
            ("Tue, 20 Jan 2026", date(2026, 1, 20)),
            ("mar. 20 janv. 2026", date(2026, 1, 20)),
            ("mardi 20 janvier 2026", date(2026, 1, 20)),
            ("04.03.2026", date(2026, 3, 4)),
            ("fri", date(2026, 11, 27)),
            ("sam", date(2026, 11, 28)),
            ("20 mar 2026", date(2026, 3, 20)),
        ] {
            assert_eq!(day(text, TODAY, Sense::Been), Ok(is), "{text}");
        }
        assert_eq!(day("20 January", TODAY, Sense::ToCome), Ok(date(2027, 1, 20)));
        assert_eq!(day("in 2 weeks", TODAY, Sense::ToCome), Ok(date(2026, 12, 13)));
        assert_eq!(day("tomorrow", TODAY, Sense::ToCome), Ok(date(2026, 11, 30)));
    }

    #[test]
    fn what_is_no_single_day_is_refused_with_what_would_do() {
        let said = [
            "March 2026",
            "März 2026",
            "mars",
            "next Friday",
            "last week",
            "03/04/2026",
            "soon",
            "31 Feb 2026",
            "Sunday",
            "Monday 20 January 2026",
            "Mon, 20 Jan 2026",
            "mar",
            "ma",
            "di",
            "do",
            "mardi 20",
        ]
        .map(|text| {
            day(text, TODAY, Sense::Been)
                .map_or_else(|why| format!("{text}: {why}"), |day| format!("{text}: READ {day}"))
        });
        insta::assert_snapshot!(said.join("\n"), @r"
        March 2026: `March 2026` is a month, but time limits are counted from a day: look on a bill, an e-mail or a statement. If you cannot find the day, give the first day it can have been (2026-03-01) and write `about` in what happened: your own deadlines then come out too early rather than too late
        März 2026: `März 2026` is a month, but time limits are counted from a day: look on a bill, an e-mail or a statement. If you cannot find the day, give the first day it can have been (2026-03-01) and write `about` in what happened: your own deadlines then come out too early rather than too late
        mars: `mars` is a month, but time limits are counted from a day: look on a bill, an e-mail or a statement. If you cannot find the day, give the first day it can have been (2026-03-01) and write `about` in what happened: your own deadlines then come out too early rather than too late
        next Friday: `next friday` may be 2026-12-04 or 2026-12-11: give the day
        last week: `last week` is not a single day: give a day such as 2026-03-04 (year, month, day), or `yesterday`, `last Tuesday`, `3 days ago`
        03/04/2026: its day and month could be read either way: give a day such as 2026-03-04 (year, month, day), or `yesterday`, `last Tuesday`, `3 days ago`
        soon: give a day such as 2026-03-04 (year, month, day), or `yesterday`, `last Tuesday`, `3 days ago`
        31 Feb 2026: give a day such as 2026-03-04 (year, month, day), or `yesterday`, `last Tuesday`, `3 days ago`
        Sunday: `sunday` is today, 2026-11-29, or a week away: give the day, or say `today`
        Monday 20 January 2026: 2026-01-20 is not a monday: which of the two is right?
        Mon, 20 Jan 2026: 2026-01-20 is not a mon: which of the two is right?
        mar: `mar` is a month, but time limits are counted from a day: look on a bill, an e-mail or a statement. If you cannot find the day, give the first day it can have been (2026-03-01) and write `about` in what happened: your own deadlines then come out too early rather than too late
        ma: give a day such as 2026-03-04 (year, month, day), or `yesterday`, `last Tuesday`, `3 days ago`
        di: give a day such as 2026-03-04 (year, month, day), or `yesterday`, `last Tuesday`, `3 days ago`
        do: give a day such as 2026-03-04 (year, month, day), or `yesterday`, `last Tuesday`, `3 days ago`
        mardi 20: give a day such as 2026-03-04 (year, month, day), or `yesterday`, `last Tuesday`, `3 days ago`
        ");
        assert!(day("20 January", TODAY, Sense::Either).unwrap_err().contains("year is missing"));
    }
}

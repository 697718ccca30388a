//! When something is due: lengths of time, dates and days in a piece of text, worked out from the day it was sent.
//!
//! Of several times in one clause the one that a word of deadline stands before ("by", "within") wins, then the first. A range takes its far
//! end. Words with no date ("shortly", "as soon as possible") give none.

use std::fmt;

use atlas::calendar::WorkingDays;
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::order::{self, Numbers, Order};
use super::tokens::{Token, tokens};
use crate::fold::Folded;
use crate::words::Lexicon;

/// A unit of time, as the house spells it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Unit {
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days of the calendar.
    Days,
    /// Days on which people work.
    WorkingDays,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
}

impl Unit {
    /// Returns the identifier that is printed.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::WorkingDays => "working_days",
            Self::Weeks => "weeks",
            Self::Months => "months",
        }
    }

    /// Reads an identifier.
    fn parse(id: &str) -> Option<Self> {
        [Self::Minutes, Self::Hours, Self::Days, Self::WorkingDays, Self::Weeks, Self::Months]
            .into_iter()
            .find(|unit| unit.id() == id)
    }
}

/// When something is due.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Due {
    /// A length of time, from the day the text was sent unless it names another start.
    Within {
        /// How many.
        n: u32,
        /// Of what.
        unit: Unit,
    },
    /// A day of the calendar.
    On(Date),
    /// One of two days: in numbers alone, where nothing tells which number is the month.
    Either {
        /// With the day first.
        day_first: Date,
        /// With the month first.
        month_first: Date,
    },
    /// The next such day of the week.
    Weekday(Weekday),
}

/// How a text was written, as far as the days that it names hang on that.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Written {
    /// The day the text was sent.
    pub(crate) sent: Option<Date>,
    /// The order of its days in numbers.
    pub(crate) order: Option<Order>,
}

impl Due {
    /// Returns the last day of it, counted from the day the text was sent; `None` where it counts in working days and no
    /// calendar of them is given, where no calendar reaches so far, and where it could be either of two.
    #[must_use]
    pub fn day(self, sent: Date, calendar: Option<&WorkingDays<'_>>) -> Option<Date> {
        match self {
            Self::On(date) => Some(date),
            Self::Either { .. } => None,
            Self::Weekday(day) => Some(sent.nth_weekday(1, day).unwrap_or(sent)),
            Self::Within { n, unit } => {
                let many = i64::from(n);
                // A number that no calendar reaches is refused by the span: nothing here may panic on it.
                let span = match unit {
                    Unit::Minutes => Span::new().try_days(many / (24 * 60)),
                    Unit::Hours => Span::new().try_days(many / 24),
                    Unit::Days => Span::new().try_days(many),
                    Unit::Weeks => Span::new().try_weeks(many),
                    Unit::Months => Span::new().try_months(many),
                    Unit::WorkingDays => return calendar?.add(sent, n).map(|ending| ending.day),
                };
                sent.checked_add(span.ok()?).ok()
            }
        }
    }
}

impl fmt::Display for Due {
    /// Writes it as a person would say it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Within { n: 0, .. } => f.write_str("the same day"),
            Self::Within { n, unit } => {
                let unit = unit.id().replace('_', " ");
                write!(f, "within {n} {}", if *n == 1 { unit.trim_end_matches('s') } else { &unit })
            }
            Self::On(date) => write!(f, "by {date}"),
            Self::Either { day_first, month_first } => write!(f, "by {day_first} or {month_first}"),
            Self::Weekday(day) => write!(f, "by {}", name(*day)),
        }
    }
}

impl Serialize for Due {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Within { n, unit } => {
                map.serialize_entry("n", n)?;
                map.serialize_entry("unit", unit.id())?;
            }
            Self::On(date) => map.serialize_entry("date", &date.to_string())?,
            Self::Either { day_first, month_first } => {
                map.serialize_entry("either", &[day_first.to_string(), month_first.to_string()])?;
            }
            Self::Weekday(day) => map.serialize_entry("weekday", name(*day))?,
        }
        map.end()
    }
}

/// Returns the English name of a day, as it is printed.
fn name(day: Weekday) -> &'static str {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        [usize::from(day.to_monday_zero_offset().unsigned_abs())]
}

/// A time found in a piece of text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    /// When.
    pub(crate) due: Due,
    /// Where its words begin.
    pub(crate) start: usize,
    /// Where they end.
    pub(crate) end: usize,
    /// How little it looks like a deadline: the lowest wins.
    rank: u8,
}

impl Found {
    /// Returns it with its place counted from so many bytes earlier.
    pub(crate) fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by, ..self }
    }
}

/// Finds the time by which something in a folded piece is due.
pub(crate) fn find(piece: &[u8], before: &[u8], written: Written, lexicon: &Lexicon) -> Option<Found> {
    let mut found = phrases(piece, written, lexicon);
    found.extend(times(piece, written, lexicon));
    if let Some(best) = found.iter().min_by_key(|f| (f.rank, f.start)) {
        return Some(*best);
    }
    // "on that day", "on her return": the last date named before.
    let back = lexicon.promise.get("same_day").and_then(|cue| cue.first(piece))?;
    let last = times(before, written, lexicon)
        .into_iter()
        .chain(phrases(before, written, lexicon))
        .filter(|f| matches!(f.due, Due::On(_) | Due::Weekday(_)))
        .max_by_key(|f| f.start)?;
    Some(Found { start: back.start, end: back.end, ..last })
}

/// Finds set phrases: tomorrow, tonight, the end of the week.
fn phrases(piece: &[u8], written: Written, lexicon: &Lexicon) -> Vec<Found> {
    let sent = written.sent;
    let within = |n, unit| Some(Due::Within { n, unit });
    let table: [(&str, u8, Option<Due>); 13] = [
        ("after_tomorrow", 0, within(2, Unit::Days)),
        ("tomorrow", 0, within(1, Unit::Days)),
        ("weekday_next", 0, None),
        ("weekday_week", 0, None),
        ("today", 0, within(0, Unit::Days)),
        ("week_end", 0, Some(Due::Weekday(Weekday::Friday))),
        ("weekend", 0, Some(Due::Weekday(Weekday::Sunday))),
        ("month_end", 0, sent.map(|d| Due::On(d.last_of_month()))),
        ("next_week", 2, within(1, Unit::Weeks)),
        ("one_hour", 0, within(1, Unit::Hours)),
        ("half_hour", 0, within(30, Unit::Minutes)),
        ("one_day", 0, within(1, Unit::Days)),
        ("clock", 4, within(0, Unit::Days)),
    ];
    let mut found = Vec::new();
    for (cue, rank, due) in table {
        let Some(hit) = lexicon.promise.get(cue).and_then(|cue| cue.first(piece)) else { continue };
        let named =
            || tokens(&piece[hit.start..hit.end]).iter().find_map(|t| weekday(t.text, lexicon)).zip(sent);
        let due = if cue == "weekday_next" {
            // Its week begins on the Monday after the day of the letter.
            named()
                .and_then(|(day, sent)| {
                    let monday = sent.nth_weekday(1, Weekday::Monday).ok()?;
                    monday.checked_add(i64::from(day.to_monday_zero_offset()).days()).ok()
                })
                .map(Due::On)
        } else if cue == "weekday_week" {
            named()
                .and_then(|(day, sent)| sent.nth_weekday(1, day).ok()?.checked_add(1.week()).ok())
                .map(Due::On)
        } else {
            due
        };
        if let Some(due) = due {
            found.push(Found { due, start: hit.start, end: hit.end, rank });
        }
    }
    found
}

/// Finds lengths of time, dates and days of the week.
fn times(piece: &[u8], written: Written, lexicon: &Lexicon) -> Vec<Found> {
    let words = tokens(piece);
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let read = date(&words[i..], written, lexicon)
            .or_else(|| length(&words[i..], lexicon))
            .or_else(|| day(&words, i, lexicon));
        let Some((due, used)) = read else {
            i += 1;
            continue;
        };
        let previous = i.checked_sub(1).map_or("", |p| words[p].text);
        let second = i.checked_sub(2).map_or("", |p| words[p].text);
        let past = |w: &str| lexicon.time.history.iter().any(|h| h == w);
        let is_length = matches!(due, Due::Within { .. });
        if previous != "last" && !(is_length && (past(previous) || previous == "the" && past(second))) {
            let deadline = [previous, second].iter().any(|w| lexicon.time.deadline.iter().any(|d| d == w));
            let origin = lexicon.time.origin.iter().any(|o| o == previous);
            let rank = if origin { 3 } else { u8::from(!deadline) };
            found.push(Found { due, start: words[i].start, end: words[i + used - 1].end, rank });
        }
        i += used;
    }
    found
}

/// The most digits of a number of days or hours; longer ones are references.
const MOST_DIGITS: usize = 4;

/// Reads a number: digits, or a word for one.
fn number(word: &str, lexicon: &Lexicon) -> Option<u32> {
    if word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty() && word.len() <= MOST_DIGITS {
        return word.parse().ok();
    }
    lexicon.time.numbers.get(word).copied()
}

/// Parts a number from the unit that is written on to it: `72hrs`.
fn glued(word: &str) -> Option<(&str, &str)> {
    let (digits, unit) = word.split_at(word.bytes().take_while(u8::is_ascii_digit).count());
    (!digits.is_empty() && !unit.is_empty()).then_some((digits, unit))
}

/// Reads a length of time: a number or a range, perhaps a word between, and a unit.
fn length(words: &[Token<'_>], lexicon: &Lexicon) -> Option<(Due, usize)> {
    let unit_of = |word: &str| lexicon.time.units.get(word).map(String::as_str);
    let mut used = 1;
    let mut n = match words[0].text.split_once(['-', '/']) {
        Some((low, high)) if number(low, lexicon).is_some() => {
            // "24/48h"
            if let Some((digits, unit)) = glued(high) {
                return Some((
                    Due::Within { n: number(digits, lexicon)?, unit: Unit::parse(unit_of(unit)?)? },
                    1,
                ));
            }
            number(high, lexicon)?
        }
        _ => {
            // "72hrs", "24h"
            if let Some((digits, unit)) = glued(words[0].text) {
                return Some((
                    Due::Within { n: number(digits, lexicon)?, unit: Unit::parse(unit_of(unit)?)? },
                    1,
                ));
            }
            number(words[0].text, lexicon)?
        }
    };
    // "thirty-five"
    let is_word = words[0].text.bytes().all(|b| b.is_ascii_alphabetic());
    if is_word
        && n >= 20
        && let Some(ones) = words.get(1).and_then(|w| number(w.text, lexicon)).filter(|ones| *ones < 10)
    {
        n += ones;
        used += 1;
    }
    // "two to three", "10 - 14", "one or two"
    let ranged = |w: &str| lexicon.time.ranges.iter().any(|r| r == w);
    if words.get(used).is_some_and(|w| ranged(w.text))
        && let Some(high) = words.get(used + 1).and_then(|w| number(w.text, lexicon))
    {
        n = high;
        used += 2;
    }
    let mut working = false;
    for _ in 0..4 {
        let word = words.get(used)?;
        used += 1;
        match unit_of(word.text) {
            Some("working") => working = true,
            // A dozen or a couple: times what stands before.
            Some("fill") => {}
            Some(unit) => {
                let fortnight = unit == "fortnights";
                let mut unit = if fortnight { Unit::Weeks } else { Unit::parse(unit)? };
                if words.get(used).is_some_and(|w| unit_of(w.text) == Some("working")) {
                    working = true;
                    used += 1;
                }
                if working && unit == Unit::Days {
                    unit = Unit::WorkingDays;
                }
                return Some((Due::Within { n: if fortnight { n * 2 } else { n }, unit }, used));
            }
            None => return None,
        }
    }
    None
}

/// Reads the name of a month, whole or cut short.
fn month(word: &str, lexicon: &Lexicon) -> Option<i8> {
    let at = lexicon.time.months.iter().position(|name| {
        name == word || word.len() >= 3 && word.len() < name.len() && name.starts_with(word)
    })?;
    i8::try_from(at + 1).ok()
}

/// Reads the name of a day, whole or cut short.
fn weekday(word: &str, lexicon: &Lexicon) -> Option<Weekday> {
    let at = lexicon.time.weekdays.iter().position(|name| {
        name == word || word.len() >= 3 && word.len() < name.len() && name.starts_with(word)
    })?;
    Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()
}

/// Returns the date with its year that a line consists of, beside a label or an article; a letter's own day.
pub(crate) fn whole_date(line: &str, order: Option<Order>, lexicon: &Lexicon) -> Option<Date> {
    let folded = Folded::new(line);
    let words = tokens(&folded.bytes);
    let small = |word: &str| matches!(word, "the" | "den" | "le" | "a" | "el" | "date" | "datum" | "fecha");
    (0..words.len()).find_map(|at| {
        let (due, used) = date(&words[at..], Written { sent: None, order }, lexicon)?;
        let alone = words[..at].iter().all(|word| small(word.text)) && words.len() == at + used;
        match due {
            Due::On(date) if alone => Some(date),
            _ => None,
        }
    })
}

/// Reads a day of the month: `26th`, `3`, `5.`
fn day_of_month(word: &str) -> Option<(i8, bool)> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 2 {
        return None;
    }
    let ordinal = matches!(&word[digits..], "st" | "nd" | "rd" | "th" | "er");
    let day: i8 = word[..digits].parse().ok()?;
    ((ordinal || digits == word.len()) && (1..=31).contains(&day)).then_some((day, ordinal))
}

/// Reads a date, with or without its year and the name of its day.
fn date(words: &[Token<'_>], written: Written, lexicon: &Lexicon) -> Option<(Due, usize)> {
    let skip = usize::from(weekday(words[0].text, lexicon).is_some() && words.len() > 1);
    let rest = &words[skip..];
    let (the, rest) = match rest.first().map(|w| w.text) {
        Some("the" | "den" | "dem" | "le" | "el") if skip > 0 => (1, &rest[1..]),
        _ => (0, rest),
    };
    let first = rest.first()?.text;
    // 10/03/2026, 2026-03-10, 10.3.2026
    if order::is_numbers(first) {
        let beside = weekday(words[0].text, lexicon).filter(|_| skip > 0);
        let due = match order::day(first, beside, written.order, written.sent)? {
            Numbers::Known(date) => Due::On(date),
            Numbers::Either(day_first, month_first) => Due::Either { day_first, month_first },
        };
        return Some((due, skip + the + 1));
    }
    let of = |at: usize| usize::from(rest.get(at).is_some_and(|w| matches!(w.text, "of" | "de" | "del")));
    let (month, day, mut used) = if let Some((day, _)) = day_of_month(first.trim_end_matches('.')) {
        let at = 1 + of(1);
        match rest.get(at).and_then(|w| month(w.text, lexicon)) {
            Some(month) => (Some(month), day, at + 1),
            None => (None, day, 1),
        }
    } else {
        let month = month(first, lexicon)?;
        let at = 1 + usize::from(rest.get(1).is_some_and(|w| w.text == "the"));
        let (day, _) = rest.get(at).and_then(|w| day_of_month(w.text))?;
        (Some(month), day, at + 1)
    };
    let Some(month) = month else {
        // "the 26th" without a month: the next one.
        let (_, ordinal) = day_of_month(first)?;
        let sent = written.sent?;
        if !ordinal {
            return None;
        }
        let mut from = sent.first_of_month();
        for _ in 0..13 {
            if let Ok(date) = Date::new(from.year(), from.month(), day)
                && date >= sent
            {
                return Some((Due::On(date), skip + the + 1));
            }
            from = from.checked_add(1.month()).ok()?;
        }
        return None;
    };
    let year = rest
        .get(used + of(used))
        .and_then(|w| w.text.parse::<i16>().ok())
        .filter(|y| (1990..2100).contains(y));
    let date = match (year, written.sent) {
        (Some(year), _) => {
            used += of(used) + 1;
            Date::new(year, month, day).ok()?
        }
        (None, Some(sent)) => {
            let date = Date::new(sent.year(), month, day).ok()?;
            // A promise is about what is to come; a date some weeks back is rather one that has passed than one in eleven months.
            if date < sent && sent.since(date).ok()?.get_days() > 92 {
                Date::new(sent.year() + 1, month, day).ok()?
            } else {
                date
            }
        }
        (None, None) => return None,
    };
    Some((Due::On(date), skip + the + used))
}

/// Reads the name of a day that stands alone.
fn day(words: &[Token<'_>], i: usize, lexicon: &Lexicon) -> Option<(Due, usize)> {
    let day = weekday(words[i].text, lexicon)?;
    let previous = i.checked_sub(1).map_or("", |p| words[p].text);
    // "sat" and "sun" are other words too.
    let sure = words[i].text.len() > 3 || lexicon.time.deadline.iter().any(|d| d == previous);
    sure.then_some((Due::Weekday(day), 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    #[test]
    fn times_are_read_as_a_person_would_from_the_day_of_the_letter() {
        let sent = jiff::civil::date(2026, 3, 13);
        for (text, due) in [
            ("within 5 working days", r#"{"n":5,"unit":"working_days"}"#),
            ("in 3-5 business days", r#"{"n":5,"unit":"working_days"}"#),
            ("in the next two to three days", r#"{"n":3,"unit":"days"}"#),
            ("inside a fortnight", r#"{"n":2,"unit":"weeks"}"#),
            ("within thirty-five days", r#"{"n":35,"unit":"days"}"#),
            ("in twenty to twenty-one days", r#"{"n":21,"unit":"days"}"#),
            ("in 72 hrs", r#"{"n":72,"unit":"hours"}"#),
            ("within 24/48h", r#"{"n":48,"unit":"hours"}"#),
            ("inside the hour", r#"{"n":1,"unit":"hours"}"#),
            ("by 5 may", r#"{"date":"2026-05-05"}"#),
            ("on april 1st", r#"{"date":"2026-04-01"}"#),
            ("on tue 10/03/2026 (am)", r#"{"date":"2026-03-10"}"#),
            ("on 03/25/2026", r#"{"date":"2026-03-25"}"#),
            ("by the 10th", r#"{"date":"2026-04-10"}"#),
            ("on the 26th", r#"{"date":"2026-03-26"}"#),
            ("by the end of the month", r#"{"date":"2026-03-31"}"#),
            ("on monday week", r#"{"date":"2026-03-23"}"#),
            ("about your letter of 2 march by thursday", r#"{"weekday":"thursday"}"#),
            ("2 march 2 may", r#"{"date":"2026-03-02"}"#),
            ("by 04/05/2026", r#"{"either":["2026-05-04","2026-04-05"]}"#),
            ("by sunday 04/05/2026", r#"{"date":"2026-04-05"}"#),
            ("at 10:30 tomorrow", r#"{"n":1,"unit":"days"}"#),
            ("by 8pm", r#"{"n":0,"unit":"days"}"#),
            ("before the weekend", r#"{"weekday":"friday"}"#),
            ("within eight weeks of 1 september", r#"{"n":8,"unit":"weeks"}"#),
        ] {
            let lexicon = words::of("en").unwrap();
            let found = find(text.as_bytes(), b"", Written { sent: Some(sent), order: None }, lexicon)
                .map(|f| serde_json::to_string(&f.due).unwrap());
            assert_eq!(found.as_deref(), Some(due), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_number_of_a_reply_is_too_long(digits in "[0-9]{1,24}", more in "[0-9]{1,12}", unit in 0..10_usize) {
            let lexicon = words::of("en").unwrap();
            let sent = jiff::civil::date(2026, 3, 13);
            let unit = ["h", "hrs", "hours", "days", " days", " weeks", " months", " minutes", "weeks", " fortnights"][unit];
            for text in [format!("within {digits}{unit}"), format!("within {more}/{digits}{unit}"), format!("by {digits}")] {
                if let Some(found) = find(text.as_bytes(), b"", Written { sent: Some(sent), order: None }, lexicon) {
                    let _ = found.due.day(sent, None);
                }
            }
            let n = more.parse::<u64>().unwrap().try_into().unwrap_or(u32::MAX);
            for unit in [Unit::Minutes, Unit::Hours, Unit::Days, Unit::Weeks, Unit::Months] {
                let _ = Due::Within { n, unit }.day(sent, None);
            }
        }
    }

    #[test]
    fn words_without_a_date_give_none() {
        let sent = jiff::civil::date(2026, 3, 13);
        for text in [
            "shortly",
            "as soon as possible",
            "in the coming days",
            "in early april",
            "for 10 years",
            "in the last 12 months",
            "may be",
        ] {
            let lexicon = words::of("en").unwrap();
            let found = find(text.as_bytes(), b"", Written { sent: Some(sent), order: None }, lexicon);
            assert!(found.is_none(), "{text}: {found:?}");
        }
    }
}

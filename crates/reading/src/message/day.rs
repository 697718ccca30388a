//! Days and times as chats and telephones write them, and the order of day and month where only numbers stand.
//!
//! 03/04 is the 3rd of April to some and the 4th of March to others. The numbers of a whole export tell mostly which: a
//! number above 12, an order in which the days never go back, a reading that lies ahead. Where they do not, nothing is
//! guessed: [`TwoWays`] names both.

use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use regex::Regex;

/// The order in which the numbers of a day stand.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Order {
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
}

/// A day that could be read two ways.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error(
    "`{written}` is {day_first} where the day stands first, and {month_first} where the month does: say which"
)]
pub struct TwoWays {
    /// As it stands.
    pub written: String,
    /// With the day first.
    pub day_first: Date,
    /// With the month first.
    pub month_first: Date,
}

/// A day as it is written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Written {
    /// It can be read one way only.
    Known(Date),
    /// Two numbers up to a year: the order decides.
    Numbers {
        /// The first number.
        first: i8,
        /// The second.
        second: i8,
        /// The year, four digits.
        year: i16,
        /// As it stands.
        text: String,
    },
}

impl Written {
    /// Returns the day for an order; `None` where no calendar has it.
    #[must_use]
    pub fn day(&self, order: Order) -> Option<Date> {
        match self {
            Self::Known(day) => Some(*day),
            Self::Numbers { first, second, year, .. } => {
                let (day, month) = match order {
                    Order::DayFirst => (*first, *second),
                    Order::MonthFirst => (*second, *first),
                };
                Date::new(*year, month, day).ok()
            }
        }
    }
}

/// Tells the order from the days of a whole export, in the order in which they stand; none may lie after `today`.
///
/// # Errors
///
/// [`TwoWays`] where both orders are possible and differ.
pub fn order(days: &[Written], today: Date) -> Result<Order, TwoWays> {
    let fits = |order: Order| {
        let mut last: Option<Date> = None;
        let mut forward = true;
        for written in days {
            let Some(day) = written.day(order).filter(|day| *day <= today) else { return (false, false) };
            forward &= last.is_none_or(|last| last <= day);
            last = Some(day);
        }
        (true, forward)
    };
    match (fits(Order::DayFirst), fits(Order::MonthFirst)) {
        ((true | false, _), (false, _)) | ((true, true), (true, false)) => Ok(Order::DayFirst),
        ((false, _), (true, _)) | ((true, false), (true, true)) => Ok(Order::MonthFirst),
        _ => {
            let differ = days.iter().find_map(|written| {
                let Written::Numbers { text, .. } = written else { return None };
                let (day_first, month_first) =
                    (written.day(Order::DayFirst)?, written.day(Order::MonthFirst)?);
                (day_first != month_first).then(|| TwoWays { written: text.clone(), day_first, month_first })
            });
            differ.map_or(Ok(Order::DayFirst), Err)
        }
    }
}

/// Names of months by their first letters, folded: the longest that tells them apart in these languages.
const MONTHS: &[(&str, i8)] = &[
    ("jan", 1),
    ("ene", 1),
    ("gen", 1),
    ("jän", 1),
    ("feb", 2),
    ("fév", 2),
    ("fev", 2),
    ("mar", 3),
    ("mär", 3),
    ("mrz", 3),
    ("maa", 3),
    ("mrt", 3),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("may", 5),
    ("mai", 5),
    ("mei", 5),
    ("mag", 5),
    ("maj", 5),
    ("juin", 6),
    ("jun", 6),
    ("giu", 6),
    ("juil", 7),
    ("jul", 7),
    ("lug", 7),
    ("aug", 8),
    ("aoû", 8),
    ("aou", 8),
    ("ago", 8),
    ("sep", 9),
    ("set", 9),
    ("oct", 10),
    ("okt", 10),
    ("ott", 10),
    ("out", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
    ("déc", 12),
    ("dic", 12),
];

static NUMERIC: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(\d{1,4})([./-]) ?(\d{1,2})[./-] ?(\d{1,4})\b\.?"));
/// A day of the week before the day, in words or short.
const WEEKDAY: &str = r"(?:(?i:mon|tues?|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lun|mar|mer|jeu|ven|sam|dim|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|mié|miércoles|jue|jueves|vie|viernes|sáb|sábado|dom|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|ma|wo|za|zo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)\.?,? )?";
static DAY_MONTH: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"^{WEEKDAY}(?:the )?(\d{{1,2}})(?:st|nd|rd|th|er|º|\.)? (?:de |of )?(\p{{L}}{{3,12}})\.?,? (?:de )?(\d{{4}})"
    ))
});
static MONTH_DAY: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(r"^{WEEKDAY}(\p{{L}}{{3,12}})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})"))
});
static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(上午|下午|午前|午後|오전|오후)? ?(\d{1,2})(?:[:.h](\d{2}))(?:[:.](\d{2})(?:[.,]\d{1,6})?)? ?(?:([AaPp])\.? ?[Mm]\b\.?|Uhr\b)?",
    )
});

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a test reads with every pattern")
}

/// Reads a day at the start of a text; returns it and how many bytes it takes.
#[must_use]
pub fn day(text: &str) -> Option<(Written, usize)> {
    if let Some(found) = NUMERIC.captures(text) {
        let (first, last) = (&found[1], &found[4]);
        let separator = &found[2];
        let length = found[0].len();
        if first.len() == 4 && last.len() <= 2 {
            let day = Date::new(first.parse().ok()?, found[3].parse().ok()?, last.parse().ok()?).ok()?;
            return Some((Written::Known(day), length));
        }
        if first.len() > 2 || !matches!(last.len(), 2 | 4) {
            return None;
        }
        let year: i16 = last.parse().ok()?;
        let year = if last.len() == 2 { 2000 + year } else { year };
        let (first, second) = (first.parse().ok()?, found[3].parse().ok()?);
        // Between full stops the day stands first wherever people write so.
        if separator == "." {
            return Some((Written::Known(Date::new(year, second, first).ok()?), length));
        }
        let text = found[0].to_owned();
        return Some((Written::Numbers { first, second, year, text }, length));
    }
    if let Some(found) = DAY_MONTH.captures(text) {
        let day = Date::new(found[3].parse().ok()?, month(&found[2])?, found[1].parse().ok()?).ok()?;
        return Some((Written::Known(day), found[0].len()));
    }
    let found = MONTH_DAY.captures(text)?;
    let day = Date::new(found[3].parse().ok()?, month(&found[1])?, found[2].parse().ok()?).ok()?;
    Some((Written::Known(day), found[0].len()))
}

/// Reads the name of a month.
fn month(name: &str) -> Option<i8> {
    let lower = name.to_lowercase();
    MONTHS.iter().find(|(start, _)| lower.starts_with(start)).map(|(_, number)| *number)
}

/// Reads a time of day at the start of a text; returns it and how many bytes it takes.
#[must_use]
pub fn clock(text: &str) -> Option<(Time, usize)> {
    let found = CLOCK.captures(text)?;
    let hour: i8 = found[2].parse().ok()?;
    let minute: i8 = found[3].parse().ok()?;
    let second: i8 = found.get(4).map_or(Ok(0), |second| second.as_str().parse()).ok()?;
    let afternoon = match (found.get(1).map(|half| half.as_str()), found.get(5).map(|half| half.as_str())) {
        (Some("下午" | "午後" | "오후"), _) | (_, Some("P" | "p")) => Some(true),
        (Some(_), _) | (_, Some(_)) => Some(false),
        _ => None,
    };
    let hour = match (afternoon, hour) {
        (Some(_), 13..) => return None,
        (Some(true), 1..=11) => hour + 12,
        (Some(false), 12) => 0,
        _ => hour,
    };
    Some((Time::new(hour, minute, second, 0).ok()?, found[0].trim_end().len()))
}

/// Makes signs plain that phones put into lines: marks of direction go, narrow spaces become spaces, digits of other
/// scripts become ours.
#[must_use]
pub fn plain(line: &str) -> String {
    line.chars()
        .filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'))
        .map(|c| match c {
            '\u{202f}' | '\u{a0}' | '\u{2009}' => ' ',
            '\u{660}'..='\u{669}' => digit(c, 0x660),
            '\u{6f0}'..='\u{6f9}' => digit(c, 0x6f0),
            '\u{966}'..='\u{96f}' => digit(c, 0x966),
            c => c,
        })
        .collect()
}

fn digit(c: char, zero: u32) -> char {
    char::from_digit(u32::from(c) - zero, 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn numbers(all: &[&str]) -> Vec<Written> {
        all.iter().map(|text| day(text).unwrap().0).collect()
    }

    #[test]
    fn days_are_read_as_people_and_programs_write_them() {
        let wanted = date(2026, 4, 3);
        for text in [
            "2026-04-03",
            "2026/4/3",
            "03.04.2026",
            "3.4.26",
            "3. 4. 2026",
            "3 April 2026",
            "3rd of April 2026",
            "Friday, 3 April 2026",
            "Apr 3, 2026",
            "April 3rd 2026",
            "Fri, Apr 3, 2026",
            "3. April 2026",
            "3 avril 2026",
            "3 de abril de 2026",
            "3 aprile 2026",
        ] {
            assert_eq!(day(text).unwrap().0, Written::Known(wanted), "{text}");
        }
        for text in ["2026-13-03", "40.1.2026", "words", "April", "3 smarch 2026", "12:30"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_read_on_both_clocks() {
        for (text, want) in [
            ("14:05", time(14, 5, 0, 0)),
            ("2:05 PM", time(14, 5, 0, 0)),
            ("2:05:33 p. m.", time(14, 5, 33, 0)),
            ("12:01 am", time(0, 1, 0, 0)),
            ("14.05", time(14, 5, 0, 0)),
            ("14h05", time(14, 5, 0, 0)),
            ("下午2:05", time(14, 5, 0, 0)),
            ("12:30 PM", time(12, 30, 0, 0)),
        ] {
            assert_eq!(clock(text).unwrap().0, want, "{text}");
        }
        assert_eq!(clock("25:00"), None);
        assert_eq!(clock("14:00 PM"), None);
    }

    #[test]
    fn the_order_is_told_by_the_whole_and_never_guessed() {
        let today = date(2026, 11, 1);
        assert_eq!(order(&numbers(&["03/04/2026", "13/04/2026"]), today), Ok(Order::DayFirst));
        assert_eq!(order(&numbers(&["03/04/2026", "03/14/2026"]), today), Ok(Order::MonthFirst));
        // Days never go back: only one order keeps them so.
        assert_eq!(order(&numbers(&["01/05/26", "02/04/26"]), today), Ok(Order::MonthFirst));
        // One reading lies ahead.
        assert_eq!(order(&numbers(&["03/12/2026"]), today), Ok(Order::MonthFirst));
        let two = order(&numbers(&["03/04/2026", "04/04/2026"]), today).unwrap_err();
        assert_eq!(
            two.to_string(),
            "`03/04/2026` is 2026-04-03 where the day stands first, and 2026-03-04 where the month does: say which"
        );
        assert_eq!(order(&numbers(&["04/04/2026"]), today), Ok(Order::DayFirst));
    }
}

//! The order of day and month where only numbers stand: 04/05/2026 is the 4th of May to some and the 5th of April to others.
//!
//! The letter itself mostly tells: a number above 12 anywhere in it, a day of the week beside the date. Then the country of the case tells, then
//! the language, then the sums: nobody who counts in pounds or euros writes the month first. Where nothing does, nothing is guessed: both days are named.

use jiff::civil::{Date, Weekday};
use ladder::Country;

use super::tokens::tokens;

/// The order in which the numbers of a day stand.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Order {
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
}

/// Countries that write the month first: the United States and what belongs to them, and the Philippines.
const MONTH_FIRST: [&str; 9] = ["US", "PR", "GU", "VI", "AS", "MP", "UM", "PH", "FM"];
/// Countries in which both orders are usual in English.
const BOTH: [&str; 1] = ["CA"];

/// A day in numbers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Numbers {
    /// Read one way only.
    Known(Date),
    /// With the day first, and with the month first.
    Either(Date, Date),
}

/// Tells the order for a text, as it was folded and as it is written; `None` where nothing does.
pub(crate) fn of(text: &[u8], written: &str, country: Option<Country>, lang: &str) -> Option<Order> {
    let (mut day_first, mut month_first) = (false, false);
    for token in tokens(text) {
        if let Some((first, second, _)) = split(token.text).filter(|_| !token.text.contains('.')) {
            day_first |= first > 12 && second <= 12;
            month_first |= second > 12 && first <= 12;
        }
    }
    if day_first != month_first {
        return Some(if day_first { Order::DayFirst } else { Order::MonthFirst });
    }
    if lang != "en" {
        return Some(Order::DayFirst);
    }
    let is = |all: &[&str], country: Country| all.contains(&country.code());
    match country {
        Some(country) if is(&MONTH_FIRST, country) => Some(Order::MonthFirst),
        Some(country) if is(&BOTH, country) => None,
        Some(_) => Some(Order::DayFirst),
        None => written.contains(['£', '€']).then_some(Order::DayFirst),
    }
}

/// Returns whether a word has the form of a day in numbers.
pub(crate) fn is_numbers(word: &str) -> bool {
    split(word).is_some()
}

/// Parts a day in numbers: `10/03/2026`, `10-3-26`, `10.3.2026`, or the year first.
fn split(word: &str) -> Option<(i16, i16, i16)> {
    let mut parts = word.split(['/', '-', '.']).filter(|part| !part.is_empty());
    let mut next = || parts.next()?.parse::<i16>().ok();
    let all = (next()?, next()?, next()?);
    parts.next().is_none().then_some(all)
}

/// Reads a day in numbers. Which is meant of two is told by the day of the week beside it, then by the order, then by which of them is still to come
/// on the day of the letter: a promise is about what is to come.
pub(crate) fn day(
    word: &str,
    beside: Option<Weekday>,
    order: Option<Order>,
    sent: Option<Date>,
) -> Option<Numbers> {
    let (first, second, third) = split(word)?;
    let on = |year: i16, month: i16, day: i16| {
        let year = if year < 100 { year + 2000 } else { year };
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    if first > 31 {
        return on(first, second, third).map(Numbers::Known);
    }
    let (day_first, month_first) = (on(third, second, first), on(third, first, second));
    // Between full stops the day stands first wherever people write so.
    let order = if word.contains('.') { Some(Order::DayFirst) } else { order };
    let (day_first, month_first) = match (day_first, month_first) {
        (Some(day_first), Some(month_first)) if day_first != month_first => (day_first, month_first),
        (one, other) => return one.or(other).map(Numbers::Known),
    };
    let is_beside = |date: Date| beside == Some(date.weekday());
    let to_come = |date: Date| sent.is_some_and(|sent| date >= sent);
    let told = match (is_beside(day_first), is_beside(month_first)) {
        (true, false) => Some(Order::DayFirst),
        (false, true) => Some(Order::MonthFirst),
        _ => order,
    };
    let known = match (told, to_come(day_first), to_come(month_first)) {
        (Some(Order::DayFirst), ..) | (None, true, false) => day_first,
        (Some(Order::MonthFirst), ..) | (None, false, true) => month_first,
        (None, ..) => return Some(Numbers::Either(day_first, month_first)),
    };
    Some(Numbers::Known(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_told_by_the_letter_then_by_the_country_and_never_guessed() {
        let country = |code: &str| Some(Country::parse(code).unwrap());
        let (day_first, month_first) = (Some(Order::DayFirst), Some(Order::MonthFirst));
        for (text, code, lang, want) in [
            ("by 04/05/2026", "GB", "en", day_first),
            ("by 04/05/2026", "US", "en", month_first),
            ("by 04/05/2026", "CA", "en", None),
            ("le 04/05/2026", "CA", "fr", day_first),
            ("by 04/05/2026", "", "en", None),
            ("bis 04/05/2026", "", "de", day_first),
            ("of 03/25/2026, by 04/05/2026", "", "en", month_first),
            ("of 25/03/2026, by 04/05/2026", "US", "en", day_first),
            ("£40 by 04/05/2026", "", "en", day_first),
            ("$40 by 04/05/2026", "", "en", None),
            // Between full stops stand days of others, and numbers of chapters.
            ("of 25.3.2026, by 04/05/2026", "US", "en", month_first),
        ] {
            let country = Some(code).filter(|code| !code.is_empty()).and_then(country);
            assert_eq!(of(text.as_bytes(), text, country, lang), want, "{text} in `{code}`");
        }
    }

    #[test]
    fn of_two_days_the_day_of_the_week_tells_then_the_order_then_what_is_to_come() {
        let date = jiff::civil::date;
        let sent = Some(date(2026, 4, 10));
        let (may, april) = (date(2026, 5, 4), date(2026, 4, 5));
        for (word, beside, order, sent, want) in [
            ("04/05/2026", None, Some(Order::DayFirst), None, Numbers::Known(may)),
            ("04/05/26", None, Some(Order::MonthFirst), None, Numbers::Known(april)),
            ("04-05-2026", None, None, None, Numbers::Either(may, april)),
            ("04/05/2026", None, None, sent, Numbers::Known(may)),
            ("04/05/2026", Some(Weekday::Sunday), Some(Order::DayFirst), sent, Numbers::Known(april)),
            ("04.05.2026", None, Some(Order::MonthFirst), None, Numbers::Known(may)),
            ("2026-05-04", None, Some(Order::MonthFirst), None, Numbers::Known(may)),
            ("05/13/2026", None, Some(Order::DayFirst), None, Numbers::Known(date(2026, 5, 13))),
            ("05/05/2026", None, None, None, Numbers::Known(date(2026, 5, 5))),
        ] {
            assert_eq!(day(word, beside, order, sent), Some(want), "{word}");
        }
        assert_eq!(day("24/48/72", None, None, None), None);
    }
}

//! The words that a face parses for a case: channels, rungs, days, sums. Each refusal says what is wanted.

pub use casework::{By, LogKind, Money, Outcome, Wish};
pub use ladder::{Channel, Rung};

use casework::Currency;
use jiff::civil::{Date, Time};

use super::CaseDeskError;

/// Makes the error of something that a user gave wrongly.
#[must_use]
pub const fn wrong(why: String) -> CaseDeskError {
    CaseDeskError::Wrong(why)
}

/// Reads a channel.
///
/// # Errors
///
/// A text that lists the channels.
pub fn channel(text: &str) -> Result<Channel, String> {
    one_of(text, &Channel::ALL.map(Channel::id))
        .and_then(|id| Channel::ALL.into_iter().find(|channel| channel.id() == id).ok_or_else(String::new))
}

/// Reads a rung.
///
/// # Errors
///
/// A text that lists the rungs.
pub fn rung(text: &str) -> Result<Rung, String> {
    one_of(text, &Rung::ALL.map(Rung::id))
        .and_then(|id| Rung::ALL.into_iter().find(|rung| rung.id() == id).ok_or_else(String::new))
}

/// Finds a word among those that are known, in any letter case, with spaces or hyphens for underscores.
fn one_of(text: &str, known: &[&'static str]) -> Result<&'static str, String> {
    let wanted = text.trim().to_lowercase().replace([' ', '-'], "_");
    known.iter().copied().find(|id| *id == wanted).ok_or_else(|| format!("known are {}", known.join(", ")))
}

/// Reads what is wanted, by its id or in words that people use for it.
///
/// # Errors
///
/// A text that lists what can be wanted.
pub fn wish(text: &str) -> Result<&'static str, String> {
    const WORDS: &[(&str, &str)] = &[
        ("money", "refund"),
        ("refund", "refund"),
        ("replac", "replacement"),
        ("new one", "replacement"),
        ("repair", "repair"),
        ("fix", "repair"),
        ("apolog", "apology"),
        ("sorry", "apology"),
        ("correct", "correction"),
        ("cancel", "cancellation"),
        ("compensat", "compensation"),
        ("service", "service"),
        ("deliver", "service"),
    ];
    let lower = text.to_lowercase();
    WORDS
        .iter()
        .find(|(word, _)| lower.contains(word))
        .map(|(_, id)| *id)
        .ok_or_else(|| format!("one of these is wanted: {}", casework::Wish::IDS.join(", ")))
}

/// How the names of months begin, in the languages of the letters.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene"],
    &["feb", "fév", "fev"],
    &["mar", "mär", "mrz"],
    &["apr", "avr", "abr"],
    &["may", "mai"],
    &["jun", "juin"],
    &["jul", "juil"],
    &["aug", "aoû", "aou", "ago"],
    &["sep"],
    &["oct", "okt"],
    &["nov"],
    &["dec", "dez", "déc", "dic"],
];

/// Reads a day: `2026-03-04`, or one with the name of its month. What could be two days is refused: 03/04 is March to some
/// and April to others.
///
/// # Errors
///
/// A text that says so.
pub fn date(text: &str) -> Result<Date, String> {
    let text = text.trim();
    if let Some(day) = text.parse().ok().or_else(|| with_month(text)).or_else(|| told_apart(text)) {
        return Ok(day);
    }
    let slashed = text.contains('/') || text.matches('.').count() == 2;
    let why = if slashed { "its day and month could be read either way: " } else { "" };
    Err(format!("{why}a day such as 2026-03-04 is wanted (year, month, day)"))
}

/// Reads a day whose month is named, in any order: `20 Jan 2026`, `January 20th, 2026`, `20. Januar 2026`.
fn with_month(text: &str) -> Option<Date> {
    let lower = text.to_lowercase();
    let (mut day, mut month, mut year) = (None, None, None);
    for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let digits = word.trim_end_matches(char::is_alphabetic);
        match digits.parse::<i16>() {
            Ok(number) if digits.len() == 4 && digits == word => {
                year = Some(number).filter(|_| year.is_none());
            }
            Ok(number)
                if digits.len() <= 2
                    && matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th" | "er") =>
            {
                day = i8::try_from(number).ok().filter(|_| day.is_none());
            }
            _ if matches!(word, "of" | "de" | "the" | "den" | "le" | "el") => {}
            _ => {
                let found =
                    MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)))?;
                month = i8::try_from(found + 1).ok().filter(|_| month.is_none());
            }
        }
    }
    Date::new(year?, month?, day?).ok()
}

/// Reads a day in figures of which only one can be the month: `20/01/2026`.
fn told_apart(text: &str) -> Option<Date> {
    let parts: Vec<i16> =
        text.split(['/', '.']).map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let [one, two, year] = parts[..] else { return None };
    let (day, month) = match (one > 12, two > 12) {
        (true, false) => (one, two),
        (false, true) => (two, one),
        _ => return None,
    };
    Date::new(Some(year).filter(|year| *year >= 1000)?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
        .ok()
}

/// Reads a trade.
///
/// # Errors
///
/// A text that names the one that was perhaps meant, and what is known.
pub fn sector(text: &str) -> Result<atlas::Sector, String> {
    crate::atlas::parse_word(text, atlas::Sector::from_id, crate::atlas::List::Sector)
}

/// Reads a state or province of a country.
///
/// # Errors
///
/// A text that says which are known.
pub fn region(country: &str, text: &str) -> Result<String, String> {
    let region = crate::directory::parse_region(text)?;
    let country = ladder::Country::parse(country).map_err(|error| error.to_string())?;
    crate::atlas::check_region(country, &region)?;
    Ok(region)
}

/// Reads a topic in the words of `find --about`; returns it as a case has it.
///
/// # Errors
///
/// A text that names near topics and lists them all.
pub fn topic(text: &str) -> Result<String, String> {
    let mut case = serde_json::json!({"problem": {"topic": text}});
    super::topic::settle(&mut case).map_err(|error| error.to_string())?;
    Ok(case["problem"]["topic"].as_str().unwrap_or_default().to_owned())
}

/// Reads a time of day.
///
/// # Errors
///
/// A text that says what is wanted.
pub fn time(text: &str) -> Result<Time, String> {
    text.trim().parse().map_err(|_| "a time of day such as 14:30 is wanted".to_owned())
}

/// Reads a sum with its currency, in either order.
///
/// # Errors
///
/// A text that says what is wrong with either.
pub fn money(text: &str) -> Result<Money, String> {
    let wanted = || "a sum with its currency such as `25.50 GBP` is wanted".to_owned();
    let (one, two) = text.trim().split_once(char::is_whitespace).ok_or_else(wanted)?;
    let (number, code) =
        if one.starts_with(|c: char| c.is_ascii_digit()) { (one, two.trim()) } else { (two.trim(), one) };
    let currency = Currency::parse(code).map_err(|error| error.to_string())?;
    Money::parse(number, currency).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_could_be_two_is_refused_with_the_form_that_is_wanted() {
        assert_eq!(date("2026-03-04").unwrap(), jiff::civil::date(2026, 3, 4));
        for text in ["03/04/2026", "3.4.2026"] {
            assert!(date(text).unwrap_err().contains("either way"), "{text}");
        }
        for text in [
            "soon",
            "20 Jan",
            "Jan 2026",
            "31 Feb 2026",
            "20/13/2026",
            "20/01/26",
            "1 2 Jan 2026",
            "20 Smarch 2026",
            "",
        ] {
            assert!(date(text).unwrap_err().contains("a day such as"), "{text}");
        }
        for text in [
            "20 Jan 2026",
            "January 20th, 2026",
            "20th of January 2026",
            "20. Januar 2026",
            "20 janvier 2026",
            "20 de enero de 2026",
            "20/01/2026",
            "1/20/2026",
        ] {
            assert_eq!(date(text), Ok(jiff::civil::date(2026, 1, 20)), "{text}");
        }
    }

    #[test]
    fn sums_channels_and_rungs_are_read_as_people_write_them() {
        for text in ["25.50 GBP", "gbp 25.50"] {
            assert_eq!(money(text).unwrap().to_string(), "GBP 25.50", "{text}");
        }
        assert!(money("25.50").is_err() && money("25.50 GPB").unwrap_err().contains("did you mean `GBP`"));
        assert_eq!(rung("Front line").unwrap(), Rung::FrontLine);
        assert_eq!(channel("in-person").unwrap(), Channel::InPerson);
        assert!(channel("pigeon").unwrap_err().contains("phone"));
    }
}

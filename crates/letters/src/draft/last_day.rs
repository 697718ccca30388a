//! The day by which a text of one's own asks for an answer.

use jiff::civil::Date;

use super::Language;

/// Days of half a year.
const HALF_A_YEAR: usize = 183;

/// Words before a day by which something is to be done.
const BY: [&str; 17] = [
    "by",
    "until",
    "till",
    "before",
    "than",
    "deadline", // German
    "bis",
    "spätestens",
    "frist", // French
    "avant",
    "d'ici",
    "jusqu'au",
    "tard", // Spanish
    "tardar",
    "antes",
    "hasta",
    "plazo",
];
/// Words before a day from which something is so.
const FROM: [&str; 9] = ["from", "since", "ab", "seit", "dès", "depuis", "partir", "desde", "after"];
/// Words between those and the day.
const BETWEEN: [&str; 16] =
    ["on", "the", "am", "zum", "den", "dem", "le", "la", "au", "du", "el", "al", "del", "de", "a", "of"];
/// Names of days that do not end as the others of their language do.
const DAYS: [&str; 9] =
    ["mittwoch", "dimanche", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"];

/// What a day is to the sentence that names it.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Named {
    /// By then it is to be done.
    By,
    /// From then on something is so.
    From,
    /// It is told.
    Plain,
}

/// Returns the day by which a text of one's own asks for an answer, as letters of any language write their days: the last by which something
/// is to be done ("by 20 March 2026"); where it names none so, the last that it names. Only a day after `today` and within half a year counts.
#[must_use]
pub fn last_day(text: &str, today: Date) -> Option<Date> {
    let conventions = Language::ALL.map(Language::convention);
    let written = |day: Date| {
        let american = conventions.iter().map(move |convention| convention.date(day, true));
        conventions.iter().map(move |convention| convention.date(day, false)).chain(american)
    };
    let mut named = Vec::new();
    for day in today.series(jiff::Span::new().days(1)).skip(1).take(HALF_A_YEAR) {
        for words in written(day) {
            let places = text.match_indices(words.as_str()).map(|(at, _)| at);
            // "1 March" stands in "11 March", too.
            let places = places.filter(|at| !text[..*at].ends_with(|c: char| c.is_ascii_digit()));
            named.extend(places.map(|at| (at, before(&text[..at]), day)));
        }
    }
    named.sort_by_key(|(at, ..)| *at);
    let last = |wanted: Named| named.iter().rfind(|(_, is, _)| *is == wanted).map(|(.., day)| *day);
    last(Named::By).or_else(|| last(Named::Plain))
}

/// Tells from the words before a day what it is.
fn before(text: &str) -> Named {
    let sentence = text.rsplit(['.', '!', '?', ';']).next().unwrap_or_default().to_lowercase();
    let sentence = sentence.replace('’', "'");
    let mut words = sentence.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty());
    let is_day = |word: &str| {
        DAYS.contains(&word) || ["day", "tag", "di"].iter().any(|end| word.ends_with(end) && word.len() > 4)
    };
    let word = words.rfind(|word| !BETWEEN.contains(word) && !is_day(word)).unwrap_or_default();
    match word {
        word if BY.contains(&word) => Named::By,
        word if FROM.contains(&word) => Named::From,
        _ => Named::Plain,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_day_that_is_asked_for_goes_before_those_that_are_told() {
        let today = date(2026, 2, 20);
        for text in [
            "The engineer is booked for 3 March 2026. Please answer by 20 March 2026.",
            "Please answer by Friday, 20 March 2026. The engineer comes on 24 March 2026.",
            "You promised it by 3 March 2026. I ask for an answer by\n20 March 2026.",
            "Der Techniker kommt am 3. März 2026. Bitte antworten Sie bis Freitag, den 20. März 2026.",
            "Le technicien vient le 3 mars 2026. Répondez d’ici le 20 mars 2026, à compter de rien.",
            "El técnico viene el 3 de marzo de 2026. Respondan antes del 20 de marzo de 2026.",
            "The engineer is booked for 3 March 2026. My last day is the 20 March 2026.",
            "Sent by Sam on 3 March 2026; I wait for you on 20 March 2026",
        ] {
            assert_eq!(last_day(text, today), Some(date(2026, 3, 20)), "{text}");
        }
        assert_eq!(last_day("From 30 March 2026 I can go to the ombudsman", today), None);
    }
}

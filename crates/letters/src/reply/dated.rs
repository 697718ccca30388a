//! The day that a letter bears itself: a line at its head with a date and nothing else but a place or a label.

use jiff::civil::Date;

use crate::promise::{Order, whole_date};
use crate::words::Lexicon;

/// Lines at the head of a letter among which its day stands: sender, recipient, day.
const MOST_LINES: usize = 20;
/// The longest line that bears the day: a place before it, or a label.
const LONGEST: usize = 48;
/// The most words of a place before its comma: "Palma de Mallorca, a 3 de marzo de 2026".
const MOST_WORDS: usize = 3;
/// Words of what else may stand before a comma and a day: "Your complaint, 3 March 2026".
const OF_ANOTHER: [&str; 23] = [
    "your",
    "our",
    "invoice",
    "bill",
    "birth",
    "born",
    "policy",
    "due",
    "order", // German
    "ihr",
    "ihre",
    "unsere",
    "rechnung",
    "geburt",
    "geboren",
    "fällig", // French, Spanish
    "votre",
    "facture",
    "née",
    "échéance",
    "su",
    "factura",
    "vencimiento",
];

/// Returns the day that a letter bears.
pub(super) fn of(text: &str, order: Option<Order>, lexicon: &Lexicon) -> Option<Date> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(MOST_LINES);
    let mut short = lines.filter(|line| line.chars().count() <= LONGEST && !line.ends_with(['.', '?', '!']));
    short.find_map(|line| {
        whole_date(line, order, lexicon).or_else(|| {
            let (place, day) = line.split_once(',')?;
            whole_date(day, order, lexicon).filter(|_| is_place(place))
        })
    })
}

/// Returns whether what stands before a comma can be the name of a place.
fn is_place(text: &str) -> bool {
    let lower = text.to_lowercase();
    let other = |word: &str| OF_ANOTHER.contains(&word);
    text.starts_with(char::is_uppercase)
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '/' | '\'' | '’'))
        && lower.split_whitespace().count() <= MOST_WORDS
        && !lower.split_whitespace().any(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    #[test]
    fn a_letter_bears_its_day_on_a_line_of_its_own() {
        for (code, text, day) in [
            ("en", "Halden plc\n\n12 November 2026\n\nDear Ms Fox", Some((2026, 11, 12))),
            ("en", "Date: March 3, 2026\nDear Ms Fox,", Some((2026, 3, 3))),
            (
                "de",
                "Nordlicht GmbH\nKiel, den 4. November 2026\n\nSehr geehrte Frau Fox",
                Some((2026, 11, 4)),
            ),
            ("de", "04.11.2026\n\nSehr geehrte Frau Fox", Some((2026, 11, 4))),
            ("fr", "Lyon, le 3 mars 2026\n\nMadame", Some((2026, 3, 3))),
            ("es", "Sevilla, 3 de marzo de 2026\n\nEstimada señora", Some((2026, 3, 3))),
            ("en", "New York, March 3, 2026\n\nDear Ms Fox", Some((2026, 3, 3))),
            ("de", "Datum: 4. November 2026\n\nSehr geehrte Frau Fox", Some((2026, 11, 4))),
            ("es", "Palma de Mallorca, a 3 de marzo de 2026", Some((2026, 3, 3))),
            ("fr", "Date : 3 mars 2026\n\nMadame", Some((2026, 3, 3))),
            ("en", "Invoice date: 12 March 2026", None),
            ("en", "Your complaint: 3 March 2026", None),
            ("en", "Your complaint, 3 March 2026", None),
            ("en", "Date of birth: 03/05/1961", None),
            ("en", "Policy 4711, 3 March 2026", None),
            ("en", "we had your letter\non 3 March 2026", None),
            ("de", "Rechnung vom 12. März 2026", None),
            ("de", "Ihre Rechnung, 12. März 2026", None),
            ("fr", "Votre facture du 3 mars 2026", None),
            ("es", "Fecha de nacimiento: 3 de mayo de 1961", None),
            ("en", "Thank you for your letter of 3 March 2026.", None),
            ("en", "We spoke on 3 March 2026 about it", None),
        ] {
            let day = day.map(|(year, month, day)| jiff::civil::date(year, month, day));
            assert_eq!(of(text, None, words::of(code).unwrap()), day, "{text}");
        }
    }
}

//! The day that a letter bears itself: a line at its head with a date and hardly anything else.

use jiff::civil::Date;

use crate::promise::whole_date;
use crate::words::Lexicon;

/// Lines at the head of a letter among which its day stands: sender, recipient, day.
const MOST_LINES: usize = 20;
/// The longest line that bears the day: a place before it, or a label.
const LONGEST: usize = 48;
/// Words beside the date: "Birmingham, the", "Ihr Schreiben vom" has more and is of another letter.
const MOST_WORDS: usize = 2;

/// Returns the day that a letter bears.
pub(super) fn of(text: &str, lexicon: &Lexicon) -> Option<Date> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(MOST_LINES);
    let mut short = lines.filter(|line| line.chars().count() <= LONGEST && !line.ends_with(['?', '!']));
    short.find_map(|line| whole_date(line, MOST_WORDS, lexicon))
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
            ("en", "Thank you for your letter of 3 March 2026.", None),
            ("en", "We spoke on 3 March 2026 about it", None),
        ] {
            let day = day.map(|(year, month, day)| jiff::civil::date(year, month, day));
            assert_eq!(of(text, words::of(code).unwrap()), day, "{text}");
        }
    }
}

//! Days as they are typed on the command line: as of today on this machine's clock.

use desk::case::words::{Sense, day};
use jiff::civil::Date;

/// Reads a day that has been, such as `yesterday` or `4 March`.
///
/// # Errors
///
/// A text that says what is wanted.
pub(crate) fn been(text: &str) -> Result<Date, String> {
    day(text, today(), Sense::Been)
}

/// Reads a day that is to come, such as `in 2 weeks` or `4 March`.
///
/// # Errors
///
/// A text that says what is wanted.
pub(crate) fn to_come(text: &str) -> Result<Date, String> {
    day(text, today(), Sense::ToCome)
}

/// Reads a day that may be either, with its year.
///
/// # Errors
///
/// A text that says what is wanted.
pub(crate) fn either(text: &str) -> Result<Date, String> {
    day(text, today(), Sense::Either)
}

fn today() -> Date {
    jiff::Zoned::now().date()
}

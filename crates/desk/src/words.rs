//! Words for values, as every face shows them.

use ladder::{Access, Clock, Cost, Unit};

/// Returns a duration in words, such as `8 weeks`.
#[must_use]
pub fn clock(n: u32, unit: Unit) -> String {
    Clock::new(n, unit).to_string()
}

/// Returns what a call costs, in words.
#[must_use]
pub const fn cost(cost: Cost) -> &'static str {
    match cost {
        Cost::TollFree => "free call",
        Cost::Standard => "ordinary rate",
        Cost::Mobile => "mobile rate",
        Cost::Shared => "shared cost: may cost more than an ordinary call",
        Cost::Premium => "premium rate: costs more than an ordinary call",
    }
}

/// Returns what must be done first to get in, where a reader needs to know.
#[must_use]
pub const fn access(access: Access) -> Option<&'static str> {
    access.in_words()
}

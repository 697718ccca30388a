//! Clocks: durations that bind someone.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a clock counts in.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Calendar days.
    Days,
    /// Days on which the party that is bound works.
    WorkingDays,
    /// Weeks.
    Weeks,
    /// Calendar months.
    Months,
    /// Years.
    Years,
}

impl Unit {
    /// Returns the identifier that is stored and exported.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::WorkingDays => "working_days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
        }
    }
}

/// A duration that binds someone, such as eight weeks.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Clock {
    /// How many.
    pub n: u32,
    /// Of what.
    pub unit: Unit,
}

impl Clock {
    /// Makes a clock.
    #[must_use]
    pub const fn new(n: u32, unit: Unit) -> Self {
        Self { n, unit }
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = self.unit.id().replace('_', " ");
        let unit = if self.n == 1 { plural.trim_end_matches('s') } else { &plural };
        write!(f, "{} {unit}", self.n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_a_unit_is_not_plural() {
        assert_eq!(Clock::new(1, Unit::WorkingDays).to_string(), "1 working day");
        assert_eq!(Clock::new(8, Unit::Weeks).to_string(), "8 weeks");
    }
}

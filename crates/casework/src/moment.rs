//! Moments: when something was recorded, in the time of the one who recorded it.
//!
//! Kept as local time with its offset and, where known, the name of its zone, in the form of RFC 9557. Advice goes by days,
//! and the day is the local one: 23:30 on the 3rd is the 3rd, whatever the day in Greenwich.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// A moment with the offset, and where known the zone, in which it was recorded.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Moment {
    local: DateTime,
    offset_minutes: i16,
    zone: Option<String>,
}

/// A text that is no moment.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error(
    "`{0}` is not a time: use a form such as 2026-03-01T09:30:00+01:00 or 2026-03-01T09:30:00+01:00[Europe/Berlin]"
)]
pub struct NotAMoment(pub String);

impl Moment {
    /// Makes a moment from local time and its offset from UTC in minutes.
    ///
    /// # Errors
    ///
    /// [`NotAMoment`] for an offset beyond 18 hours or a zone with other signs than letters, digits, `/`, `_`, `+` and `-`.
    pub fn new(local: DateTime, offset_minutes: i16, zone: Option<&str>) -> Result<Self, NotAMoment> {
        let plain = |zone: &str| {
            !zone.is_empty()
                && zone.len() <= 64
                && zone.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_+-".contains(&b))
        };
        if offset_minutes.unsigned_abs() > 18 * 60 || zone.is_some_and(|zone| !plain(zone)) {
            return Err(NotAMoment(format!("{local} {offset_minutes} {}", zone.unwrap_or(""))));
        }
        Ok(Self { local, offset_minutes, zone: zone.map(str::to_owned) })
    }

    /// Returns the beginning of a day, where the hour is not known.
    #[must_use]
    pub fn of_day(day: Date) -> Self {
        Self { local: day.at(0, 0, 0, 0), offset_minutes: 0, zone: None }
    }

    /// Returns the local day.
    #[must_use]
    pub fn day(&self) -> Date {
        self.local.date()
    }

    /// Returns the local time.
    #[must_use]
    pub const fn local(&self) -> DateTime {
        self.local
    }

    /// Returns the name of the zone, where known.
    #[must_use]
    pub fn zone(&self) -> Option<&str> {
        self.zone.as_deref()
    }

    /// Returns the offset from UTC in minutes.
    #[must_use]
    pub const fn offset_minutes(&self) -> i16 {
        self.offset_minutes
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, size) =
            (if self.offset_minutes < 0 { '-' } else { '+' }, self.offset_minutes.unsigned_abs());
        write!(f, "{}{sign}{:02}:{:02}", self.local, size / 60, size % 60)?;
        self.zone.as_ref().map_or(Ok(()), |zone| write!(f, "[{zone}]"))
    }
}

impl FromStr for Moment {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        let fail = || NotAMoment(text.to_owned());
        let (time, zone) = match text.strip_suffix(']') {
            Some(open) => {
                let (time, zone) = open.split_once('[').ok_or_else(fail)?;
                (time, Some(zone))
            }
            None => (text, None),
        };
        let (local, offset) = if let Some(local) = time.strip_suffix(['Z', 'z']) {
            (local, 0)
        } else {
            let at = time.len().checked_sub(6).filter(|at| time.is_char_boundary(*at)).ok_or_else(fail)?;
            let (local, offset) = time.split_at(at);
            let (sign, size) = offset.split_at(1);
            let (hours, minutes) = size.split_once(':').ok_or_else(fail)?;
            let number = |digits: &str| digits.parse::<u8>().map(i16::from).map_err(|_| fail());
            let size = number(hours)? * 60 + number(minutes)?;
            match sign {
                "+" => (local, size),
                "-" => (local, -size),
                _ => return Err(fail()),
            }
        };
        let local: DateTime = local.parse().map_err(|_| fail())?;
        Self::new(local, offset, zone).map_err(|_| fail())
    }
}

impl Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_moment_is_read_as_it_was_written_and_its_day_is_the_local_one() {
        for text in ["2026-03-03T23:30:00-05:00[America/New_York]", "2026-03-03T09:00:00+05:30"] {
            let moment: Moment = text.parse().unwrap();
            assert_eq!(moment.to_string(), text);
            assert_eq!(moment.day(), date(2026, 3, 3));
        }
        assert_eq!(
            "2026-03-03T09:00:00Z".parse::<Moment>().unwrap().to_string(),
            "2026-03-03T09:00:00+00:00"
        );
        for bad in [
            "",
            "2026-03-03",
            "03/04/2026",
            "2026-03-03T09:00:00+99:00",
            "2026-03-03T09:00:00+01:00[<a>]",
            "é]",
        ] {
            assert!(bad.parse::<Moment>().is_err(), "{bad}");
        }
    }
}

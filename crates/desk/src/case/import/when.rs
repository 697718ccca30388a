//! The time of a message on the clock of the customer: advice goes by days, and the day is theirs.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{ToSpan as _, Zoned};
use reading::message::{Stamp, Zone};

/// A day and, where told, a time on the customer's clock.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct When {
    /// The day.
    pub(super) day: Date,
    /// The time.
    pub(super) time: Option<Time>,
}

/// Puts a stamp on the customer's clock. A zone that this machine does not know is taken as theirs, and said.
pub(super) fn local(stamp: &Stamp, own: &TimeZone) -> (When, Option<String>) {
    let floating = When { day: stamp.local.date(), time: stamp.timed.then(|| stamp.local.time()) };
    // A day without a time is that day everywhere.
    if !stamp.timed {
        return (floating, None);
    }
    let zone = match &stamp.zone {
        Zone::Floating => return (floating, None),
        Zone::Offset(minutes) => match jiff::tz::Offset::from_seconds(i32::from(*minutes) * 60) {
            Ok(offset) => TimeZone::fixed(offset),
            Err(_) => return (floating, None),
        },
        Zone::Named(name) => match TimeZone::get(name) {
            Ok(zone) => zone,
            Err(_) => {
                return (
                    floating,
                    Some(format!(
                        "the time zone `{name}` is not known, so its times are read as your local time"
                    )),
                );
            }
        },
    };
    match stamp.local.to_zoned(zone) {
        Ok(there) => {
            let here = there.with_time_zone(own.clone()).datetime();
            (When { day: here.date(), time: Some(here.time()) }, None)
        }
        Err(_) => (floating, None),
    }
}

/// Returns why a time cannot be that of a message that was kept, if so.
pub(super) fn refused(when: When, now: &Zoned) -> Option<String> {
    let today = now.date();
    // Clocks of other people's machines go wrong by hours, not by days.
    if today.tomorrow().is_ok_and(|tomorrow| when.day > tomorrow) {
        return Some(format!(
            "it is dated {}, which is in the future: its clock was wrong, or it is not a message you received",
            when.day
        ));
    }
    if when.day < today.saturating_sub(30.years()) {
        return Some(format!("it is dated {}, more than 30 years ago", when.day));
    }
    None
}

/// Returns the day of a log line: one of tomorrow, by a clock that went fast, is today's.
pub(super) fn kept(when: When, now: &Zoned) -> When {
    if when.day > now.date() { When { day: now.date(), time: None } } else { when }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_message_late_at_night_elsewhere_is_of_the_day_it_was_here() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let stamp = |zone| Stamp { local: date(2026, 3, 28).at(23, 30, 0, 0), zone, timed: true };
        for (zone, day, time) in [
            (Zone::Offset(-300), date(2026, 3, 29), "06:30:00"),
            // Summer time begins in the night between: noon is told from the zone, not from an offset.
            (Zone::Named("America/New_York".into()), date(2026, 3, 29), "05:30:00"),
            (Zone::Floating, date(2026, 3, 28), "23:30:00"),
        ] {
            let (when, note) = local(&stamp(zone.clone()), &berlin);
            assert_eq!(
                (when.day, when.time.unwrap().to_string().as_str(), note),
                (day, time, None),
                "{zone:?}"
            );
        }
        let (when, note) = local(&stamp(Zone::Named("Mars/Olympus".into())), &berlin);
        assert!(when.day == date(2026, 3, 28) && note.is_some());
    }
}

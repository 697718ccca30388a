//! Deadlines as a calendar: one all-day event a day to keep, with a stable id and an alarm the morning before.

use chrono::{DateTime, NaiveDate, TimeDelta};
use icalendar::{Alarm, Calendar, Component as _, Event, EventLike as _};
use jiff::Timestamp;
use jiff::civil::Date;

use super::DueView;

/// Writes days to keep as a calendar (RFC 5545), stamped with the time of writing.
///
/// The ids are stable, so that a calendar that is loaded again moves an entry rather than adding another.
#[must_use]
pub fn calendar(days: &[DueView], stamp: Timestamp) -> String {
    let mut calendar = Calendar::new();
    calendar.name("Upstairs");
    for day in days {
        let Some(on) = day.day.parse::<Date>().ok().and_then(chrono_day) else { continue };
        let mut alarm = Alarm::display(&day.what, -TimeDelta::hours(15));
        alarm.uid(&format!("alarm.{}", uid(day)));
        let mut event = Event::new();
        event
            .uid(&uid(day))
            .summary(&format!("{}: {}", day.company, day.what))
            .description(&format!("{}\n\nupstairs case next {}", day.calculation, day.case))
            .starts(on)
            .ends(on.succ_opt().unwrap_or(on))
            .add_property("CATEGORIES", &day.kind)
            .add_property("TRANSP", "TRANSPARENT")
            // Nine in the morning of the day before.
            .alarm(alarm);
        if let Some(stamp) = DateTime::from_timestamp(stamp.as_second(), 0) {
            event.timestamp(stamp);
        }
        calendar.push(event.done());
    }
    calendar.done().to_string()
}

/// Returns a day as the library wants it.
fn chrono_day(day: Date) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(
        i32::from(day.year()),
        u32::try_from(day.month()).ok()?,
        u32::try_from(day.day()).ok()?,
    )
}

/// Returns the id of a day: the case, and the id of the deadline within it.
fn uid(day: &DueView) -> String {
    format!("{}.{}@upstairs.invalid", day.case, day.id).replace(|c: char| !c.is_ascii_graphic(), "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_keeps_its_id_whenever_it_is_written() {
        let day = DueView {
            case: "acme-1".into(),
            company: "Acme, Sons; Co".into(),
            id: "body_closes:gb-energy-ombudsman".into(),
            kind: "body_closes".into(),
            day: "2026-12-31".into(),
            what: "last day to go to the ombudsman".into(),
            calculation: "twelve months from the final response".into(),
            overdue: false,
        };
        let one = calendar(std::slice::from_ref(&day), Timestamp::UNIX_EPOCH);
        let two = calendar(&[day], Timestamp::from_second(1_000_000).unwrap());
        let ids = |text: &str| {
            text.lines().filter(|line| line.starts_with("UID")).map(str::to_owned).collect::<Vec<_>>()
        };
        let id = "acme-1.body_closes:gb-energy-ombudsman@upstairs.invalid";
        assert_eq!(ids(&one), [format!("UID:{id}"), format!("UID:alarm.{id}")]);
        assert_eq!(ids(&one), ids(&two));
        assert!(one.contains("DTSTART;VALUE=DATE:20261231\r\n"), "{one}");
        assert!(one.contains("Acme\\, Sons\\; Co"), "{one}");
        assert!(one.contains("BEGIN:VALARM") && one.contains("TRIGGER:-PT54000S"), "{one}");
    }
}

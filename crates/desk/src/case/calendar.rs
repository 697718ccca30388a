//! Deadlines as a calendar: an event a day to keep, with a stable id and alarms: on the day before, and for what takes time to write a week
//! and a month before. A day to keep is an all-day event,
//! an appointment has its hours: in universal time where its zone is known, else by the clock of whoever reads it.

use casework::deadline::DeadlineKind;
use chrono::{NaiveDate, TimeDelta};
use icalendar::{Alarm, Calendar, CalendarDateTime, Component as _, Event, EventLike as _};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

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
        let hours = hours(day);
        let mut event = Event::new();
        event
            .uid(&uid(day))
            .summary(&format!("{}: {}", day.company, day.what))
            .description(&format!("{}\n\nupstairs case next {}", day.calculation, day.case))
            .add_property("CATEGORIES", &day.kind);
        for (name, ahead) in alarms(day, hours.is_some()) {
            let mut alarm = Alarm::display(&day.what, -ahead);
            alarm.uid(&format!("{name}.{}", uid(day)));
            event.alarm(alarm);
        }
        match hours {
            Some((starts, ends)) => event.starts(starts).ends(ends),
            None => event.starts(on).ends(on.succ_opt().unwrap_or(on)).add_property("TRANSP", "TRANSPARENT"),
        };
        if let Some(stamp) = chrono::DateTime::from_timestamp(stamp.as_second(), 0) {
            event.timestamp(stamp);
        }
        calendar.push(event.done());
    }
    calendar.done().to_string()
}

/// Returns how long before a day one is reminded of it, each with its name. What one waits for needs one reminder; what one must have written by
/// then is not written on its last day.
fn alarms(day: &DueView, is_appointment: bool) -> Vec<(&'static str, TimeDelta)> {
    if is_appointment {
        return vec![("alarm", TimeDelta::hours(24))];
    }
    // Nine in the morning of the day before.
    let eve = TimeDelta::hours(15);
    let mut all = vec![("alarm", eve)];
    if DeadlineKind::from_id(&day.kind).is_some_and(DeadlineKind::is_last_day) {
        all.extend([("alarm-week", eve + TimeDelta::days(6)), ("alarm-month", eve + TimeDelta::days(29))]);
    }
    all
}

/// How long an appointment is of which nobody said when it ends.
const HOUR: i64 = 1;

/// Returns when an appointment begins and ends.
fn hours(day: &DueView) -> Option<(CalendarDateTime, CalendarDateTime)> {
    let on: Date = day.day.parse().ok()?;
    let from = on.to_datetime(day.from.as_deref()?.parse().ok()?);
    let to = match day.to.as_deref() {
        Some(to) => on.to_datetime(to.parse().ok()?),
        None => from.checked_add(jiff::Span::new().hours(HOUR)).ok()?,
    };
    let zone = day.zone.as_deref().and_then(|zone| TimeZone::get(zone).ok());
    let moment = |at: DateTime| {
        if let Some(zone) = &zone {
            let second = at.to_zoned(zone.clone()).ok()?.timestamp().as_second();
            return chrono::DateTime::from_timestamp(second, 0).map(CalendarDateTime::Utc);
        }
        let hour = u32::try_from(at.hour()).ok()?;
        let floating = chrono_day(at.date())?.and_hms_opt(hour, u32::try_from(at.minute()).ok()?, 0)?;
        Some(CalendarDateTime::Floating(floating))
    };
    Some((moment(from)?, moment(to)?))
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
            from: None,
            to: None,
            zone: None,
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
        assert_eq!(
            ids(&one),
            ["", "alarm.", "alarm-week.", "alarm-month."].map(|alarm| format!("UID:{alarm}{id}"))
        );
        assert_eq!(ids(&one), ids(&two));
        assert!(one.contains("DTSTART;VALUE=DATE:20261231\r\n"), "{one}");
        assert!(one.contains("Acme\\, Sons\\; Co"), "{one}");
        assert!(one.contains("BEGIN:VALARM") && one.contains("TRIGGER:-PT54000S"), "{one}");
    }

    #[test]
    fn an_appointment_has_its_hours_in_the_time_of_its_zone() {
        let mut day = DueView {
            case: "acme-1".into(),
            company: "Acme".into(),
            id: "promise:e4".into(),
            kind: "promise".into(),
            day: "2026-07-01".into(),
            from: Some("10:00".into()),
            to: Some("12:30".into()),
            zone: Some("Europe/London".into()),
            what: "the engineer comes".into(),
            calculation: "promised on 2026-06-20".into(),
            overdue: false,
        };
        let summer = calendar(std::slice::from_ref(&day), Timestamp::UNIX_EPOCH);
        assert!(
            summer.contains("DTSTART:20260701T090000Z") && summer.contains("DTEND:20260701T113000Z"),
            "{summer}"
        );
        (day.zone, day.to) = (None, None);
        let floating = calendar(&[day], Timestamp::UNIX_EPOCH);
        assert!(
            floating.contains("DTSTART:20260701T100000\r\n")
                && floating.contains("DTEND:20260701T110000\r\n"),
            "{floating}"
        );
    }
}

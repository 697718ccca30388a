//! Appointments of a calendar file (iCalendar, RFC 5545): when a call or a visit was or will be, and with whom.
//!
//! Read line by line rather than by a grammar of the whole: one broken line costs its own event and no other, and no
//! nesting is followed. Names of zones that only Windows knows are made those of the world's table; a zone that the file
//! defines under a name of its own floats, and says so. Of a series the first is taken.

use jiff::civil::{Date, DateTime, Time};

use super::{MOST_MESSAGES, MessageError, Party, Stamp, Zone};

/// The longest line, unfolded.
const LONGEST: usize = 64 << 10;

/// One appointment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Appointment {
    /// Its id.
    pub id: Option<String>,
    /// When it begins.
    pub starts: Option<Stamp>,
    /// When it ends.
    pub ends: Option<Stamp>,
    /// When it was made.
    pub made: Option<Stamp>,
    /// What it is.
    pub summary: String,
    /// What else is said.
    pub description: String,
    /// Where.
    pub location: Option<String>,
    /// Who called it.
    pub organizer: Party,
    /// Whether it was called off.
    pub cancelled: bool,
    /// What could not be read, and why.
    pub notes: Vec<String>,
}

/// Reads the appointments of a calendar.
///
/// # Errors
///
/// [`MessageError::NotThis`] where it is no calendar or holds no appointment.
pub fn read(text: &str) -> Result<Vec<Appointment>, MessageError> {
    if !text.trim_start_matches('\u{feff}').trim_start().to_ascii_uppercase().starts_with("BEGIN:VCALENDAR") {
        return Err(MessageError::NotThis("it does not begin as a calendar".to_owned()));
    }
    let mut all = Vec::new();
    let mut current: Option<Appointment> = None;
    // Depth within an event: its alarms have properties of their own.
    let mut inner = 0_u32;
    let mut cancelled = false;
    for line in unfolded(text) {
        let Some(property) = Property::read(&line) else {
            if let Some(event) = current.as_mut().filter(|_| !line.trim().is_empty()) {
                event.notes.push("a line of it cannot be read".to_owned());
            }
            continue;
        };
        let block = property.value.trim().to_ascii_uppercase();
        match property.name.as_str() {
            "METHOD" if current.is_none() => cancelled = block == "CANCEL",
            "BEGIN" if block == "VEVENT" => {
                current = Some(Appointment { cancelled, ..Appointment::default() });
                inner = 0;
            }
            "BEGIN" => inner = inner.saturating_add(1),
            "END" if block == "VEVENT" => {
                all.extend(current.take());
                if all.len() >= MOST_MESSAGES {
                    break;
                }
            }
            "END" => inner = inner.saturating_sub(1),
            _ if inner == 0 => {
                if let Some(event) = &mut current {
                    take(event, &property);
                }
            }
            _ => {}
        }
    }
    if let Some(mut event) = current {
        event.notes.push("the file breaks off within it".to_owned());
        all.push(event);
    }
    if all.is_empty() {
        return Err(MessageError::NotThis("no appointment stands in it".to_owned()));
    }
    Ok(all)
}

/// Takes one property of an event.
fn take(event: &mut Appointment, property: &Property) {
    let stamp = |event: &mut Appointment| match property.stamp() {
        Some((stamp, None)) => Some(stamp),
        Some((stamp, Some(note))) => {
            event.notes.push(note);
            Some(stamp)
        }
        None => {
            event.notes.push(format!("`{}` is no time that can be read", property.short()));
            None
        }
    };
    match property.name.as_str() {
        "UID" => event.id = Some(property.text()).filter(|id| !id.is_empty()),
        "RECURRENCE-ID" => {
            if let Some(id) = &mut event.id {
                id.push('#');
                id.push_str(property.value.trim());
            }
        }
        "DTSTART" => event.starts = stamp(event),
        "DTEND" => event.ends = stamp(event),
        "CREATED" => event.made = stamp(event),
        "DTSTAMP" if event.made.is_none() => event.made = stamp(event),
        "SUMMARY" => event.summary = property.text(),
        "DESCRIPTION" => event.description = property.text(),
        "LOCATION" => event.location = Some(property.text()).filter(|place| !place.is_empty()),
        "ORGANIZER" => {
            let address = property.value.trim();
            let address =
                address.get(..7).filter(|start| start.eq_ignore_ascii_case("mailto:")).map(|_| &address[7..]);
            event.organizer = Party {
                name: property.parameter("CN").map(str::to_owned),
                address: address.map(str::to_lowercase),
            };
        }
        "STATUS" => event.cancelled |= property.value.trim().eq_ignore_ascii_case("CANCELLED"),
        "RRULE" | "RDATE" => event.notes.push("it comes again and again: only the first is taken".to_owned()),
        _ => {}
    }
}

/// Joins folded lines.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim_start_matches('\u{feff}').split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) if last.len() + rest.len() <= LONGEST => last.push_str(rest),
            (Some(_), Some(_)) => {}
            _ => lines.push(crate::window::clip(line, LONGEST).to_owned()),
        }
    }
    lines
}

/// One line: a name, parameters, a value.
struct Property {
    name: String,
    parameters: Vec<(String, String)>,
    value: String,
}

impl Property {
    fn read(line: &str) -> Option<Self> {
        // The value begins after the first colon outside of quotation marks.
        let mut quoted = false;
        let colon = line.char_indices().find_map(|(at, c)| {
            quoted ^= c == '"';
            (c == ':' && !quoted).then_some(at)
        })?;
        let (head, value) = (&line[..colon], &line[colon + 1..]);
        let mut pieces = Vec::new();
        let (mut quoted, mut start) = (false, 0);
        for (at, c) in head.char_indices() {
            quoted ^= c == '"';
            if c == ';' && !quoted {
                pieces.push(&head[start..at]);
                start = at + 1;
            }
        }
        pieces.push(&head[start..]);
        let mut pieces = pieces.into_iter();
        let name = pieces.next()?.trim().to_ascii_uppercase();
        let named =
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.');
        // A group may stand before the name.
        let name = name.rsplit('.').next().unwrap_or_default().to_owned();
        let parameters = pieces
            .filter_map(|piece| piece.split_once('='))
            .map(|(name, value)| (name.trim().to_ascii_uppercase(), value.trim_matches('"').to_owned()))
            .collect();
        named.then(|| Self { name, parameters, value: value.to_owned() })
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the value as text, its escapes undone.
    fn text(&self) -> String {
        let mut out = String::with_capacity(self.value.len());
        let mut signs = self.value.chars();
        while let Some(c) = signs.next() {
            match c {
                '\\' => match signs.next() {
                    Some('n' | 'N') => out.push('\n'),
                    Some(other) => out.push(other),
                    None => {}
                },
                c => out.push(c),
            }
        }
        out.trim().to_owned()
    }

    fn short(&self) -> String {
        self.value.chars().take(40).collect()
    }

    /// Reads a time, and what is to say of its zone.
    fn stamp(&self) -> Option<(Stamp, Option<String>)> {
        let value = self.value.trim();
        let (value, utc) = value.strip_suffix('Z').map_or((value, false), |value| (value, true));
        let (day, time) = value.split_once('T').map_or((value, None), |(day, time)| (day, Some(time)));
        let number = |text: &str, from: usize, to: usize| text.get(from..to)?.parse::<i8>().ok();
        if day.len() != 8 {
            return None;
        }
        let date = Date::new(day.get(..4)?.parse().ok()?, number(day, 4, 6)?, number(day, 6, 8)?).ok()?;
        let Some(time) = time else {
            let local = date.to_datetime(Time::midnight());
            return Some((Stamp { local, zone: Zone::Floating, timed: false }, None));
        };
        let second = number(time, 4, 6).unwrap_or(0).min(59);
        let time = Time::new(number(time, 0, 2)?, number(time, 2, 4)?, second, 0).ok()?;
        let local: DateTime = date.to_datetime(time);
        let (zone, note) = match (utc, self.parameter("TZID")) {
            (true, _) => (Zone::Offset(0), None),
            (false, None) => (Zone::Floating, None),
            (false, Some(name)) => zone(name),
        };
        Some((Stamp { local, zone, timed: true }, note))
    }
}

/// Returns the zone of a name.
fn zone(name: &str) -> (Zone, Option<String>) {
    let name = name.trim().trim_start_matches('/');
    if let Some((_, known)) = WINDOWS.iter().find(|(windows, _)| windows.eq_ignore_ascii_case(name)) {
        return (Zone::Named((*known).to_owned()), None);
    }
    // Some put a path before the name: `/freeassociation.sourceforge.net/Europe/Berlin`.
    let pieces: Vec<&str> = name.split('/').collect();
    let areas = [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
        "Etc",
    ];
    if let Some(at) = pieces.iter().position(|piece| areas.contains(piece)) {
        return (Zone::Named(pieces.get(at..).unwrap_or_default().join("/")), None);
    }
    if name.eq_ignore_ascii_case("UTC") || name.eq_ignore_ascii_case("GMT") {
        return (Zone::Offset(0), None);
    }
    let short: String = name.chars().take(40).collect();
    (Zone::Floating, Some(format!("the zone `{short}` is not known: its times are taken as yours")))
}

/// Names of zones in Windows and those of the world's table, from the Unicode project's list (CLDR, `windowsZones`).
const WINDOWS: &[(&str, &str)] = &[
    ("GMT Standard Time", "Europe/London"),
    ("Greenwich Standard Time", "Atlantic/Reykjavik"),
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("Central Europe Standard Time", "Europe/Budapest"),
    ("Central European Standard Time", "Europe/Warsaw"),
    ("Romance Standard Time", "Europe/Paris"),
    ("GTB Standard Time", "Europe/Bucharest"),
    ("FLE Standard Time", "Europe/Kiev"),
    ("E. Europe Standard Time", "Europe/Chisinau"),
    ("Turkey Standard Time", "Europe/Istanbul"),
    ("Eastern Standard Time", "America/New_York"),
    ("Central Standard Time", "America/Chicago"),
    ("Mountain Standard Time", "America/Denver"),
    ("US Mountain Standard Time", "America/Phoenix"),
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("Alaskan Standard Time", "America/Anchorage"),
    ("Hawaiian Standard Time", "Pacific/Honolulu"),
    ("Atlantic Standard Time", "America/Halifax"),
    ("Newfoundland Standard Time", "America/St_Johns"),
    ("Canada Central Standard Time", "America/Regina"),
    ("Central Standard Time (Mexico)", "America/Mexico_City"),
    ("E. South America Standard Time", "America/Sao_Paulo"),
    ("Argentina Standard Time", "America/Buenos_Aires"),
    ("India Standard Time", "Asia/Calcutta"),
    ("China Standard Time", "Asia/Shanghai"),
    ("Singapore Standard Time", "Asia/Singapore"),
    ("Tokyo Standard Time", "Asia/Tokyo"),
    ("Korea Standard Time", "Asia/Seoul"),
    ("Arabian Standard Time", "Asia/Dubai"),
    ("Israel Standard Time", "Asia/Jerusalem"),
    ("South Africa Standard Time", "Africa/Johannesburg"),
    ("AUS Eastern Standard Time", "Australia/Sydney"),
    ("E. Australia Standard Time", "Australia/Brisbane"),
    ("Cen. Australia Standard Time", "Australia/Adelaide"),
    ("AUS Central Standard Time", "Australia/Darwin"),
    ("W. Australia Standard Time", "Australia/Perth"),
    ("Tasmania Standard Time", "Australia/Hobart"),
    ("New Zealand Standard Time", "Pacific/Auckland"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn appointments_are_read_with_their_zones() {
        let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:one@brightwell.example\r\nDTSTAMP:20260301T080000Z\r\nDTSTART;TZID=\"W. Europe Standard Time\":20260413T140500\r\nDTEND;TZID=Europe/Berlin:20260413T143000\r\nSUMMARY:Call with Brightwell\\, billing\r\nDESCRIPTION:Ref 20418\\nRobin\r\n  Marsh\r\nORGANIZER;CN=\"Marsh: Robin\":MAILTO:Care@Brightwell.example\r\nBEGIN:VALARM\r\nDESCRIPTION:ring\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:two\r\nDTSTART;VALUE=DATE:20260501\r\nRRULE:FREQ=DAILY\r\nSTATUS:CANCELLED\r\nSUMMARY:Engineer\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let read = read(text).unwrap();
        assert_eq!(read.len(), 2);
        let one = &read[0];
        assert_eq!(
            (one.summary.as_str(), one.description.as_str()),
            ("Call with Brightwell, billing", "Ref 20418\nRobin Marsh")
        );
        let starts = one.starts.as_ref().unwrap();
        assert_eq!(
            (starts.local.to_string().as_str(), &starts.zone),
            ("2026-04-13T14:05:00", &Zone::Named("Europe/Berlin".into()))
        );
        assert_eq!(one.organizer.called(), "Marsh: Robin");
        assert_eq!(one.organizer.address.as_deref(), Some("care@brightwell.example"));
        assert!(read[1].cancelled && !read[1].starts.as_ref().unwrap().timed && read[1].notes.len() == 1);
    }

    #[test]
    fn a_broken_line_costs_no_other_event() {
        let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261399T990000\nno colon here\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\nDTSTART;TZID=Mine:20260501T090000\nEND:VEVENT\nBEGIN:VEVENT\nUID:c";
        let read = read(text).unwrap();
        assert_eq!(read.len(), 3);
        assert_eq!(
            read[0].notes,
            ["`20261399T990000` is no time that can be read", "a line of it cannot be read"]
        );
        assert_eq!(read[1].starts.as_ref().unwrap().zone, Zone::Floating);
        assert_eq!(read[2].notes, ["the file breaks off within it"]);
        assert!(super::read("BEGIN:VCARD").is_err());
        assert!(super::read(&format!("BEGIN:VCALENDAR\n{}", "BEGIN:X\n".repeat(100_000))).is_err());
    }
}

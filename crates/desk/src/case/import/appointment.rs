//! From an appointment to what would be written down: a call or visit that was, or a day that the company agreed to.

use casework::event::{Hours, Message as Kept};
use casework::{By, Entry, LogKind};
use ladder::{Channel, Rung};
use reading::message::calendar::Appointment;

use super::Proposal;
use super::propose::{Maker, hash};
use super::when;

impl Maker<'_> {
    /// Makes the proposal of an appointment: a call that was, or a day that was agreed.
    pub(super) fn appointment(&mut self, file: &str, named: bool, one: &Appointment) -> Option<Proposal> {
        let shown = format!("{file}, `{}`", one.summary);
        let key = one
            .id
            .clone()
            .unwrap_or_else(|| hash(&[one.summary.as_bytes(), format!("{:?}", one.starts).as_bytes()]));
        if self.known.contains(&key) {
            self.already += 1;
            return None;
        }
        let words =
            format!("{}\n{}\n{}", one.summary, one.description, one.location.as_deref().unwrap_or_default());
        let organized = self.sides.is_company(&one.organizer);
        let touches = organized || self.sides.touches(&words);
        if one.cancelled {
            if touches {
                self.fault(&shown, "it was cancelled, so nothing was taken from it");
            }
            return None;
        }
        let Some(stamp) = &one.starts else {
            self.fault(
                &shown,
                format!(
                    "it gives no time that can be read{}",
                    one.notes.first().map_or(String::new(), |note| format!(": {note}"))
                ),
            );
            return None;
        };
        let mut notes = one.notes.clone();
        let (when, note) = when::local(stamp, self.now.time_zone());
        notes.extend(note);
        let today = self.now.date();
        let ends = one.ends.as_ref().map(|stamp| when::local(stamp, self.now.time_zone()).0);
        let to = ends.filter(|ends| ends.day == when.day).and_then(|ends| ends.time);
        let span = match (when.time, to) {
            (Some(from), Some(to)) => format!(", {}–{}", from.strftime("%H:%M"), to.strftime("%H:%M")),
            (Some(from), None) => format!(", {}", from.strftime("%H:%M")),
            _ => String::new(),
        };
        let zone = self.now.time_zone().iana_name().map(str::to_owned);
        let hours = when.time.map(|from| Hours { from, to, zone });
        let lower = words.to_lowercase();
        let channel = if by_phone(&lower) { Channel::Phone } else { Channel::InPerson };
        let ahead = when.day > today;
        let made = one
            .made
            .as_ref()
            .map_or(today, |stamp| when::local(stamp, self.now.time_zone()).0.day.min(today));
        // A day that is in the future binds the company where it set the day, or where it is the one that comes.
        if ahead && !organized && !comes(&lower) {
            if touches {
                self.fault(
                    &shown,
                    "it is your own appointment in the future: your calendar keeps it; write down what the company promised with `case log … --by company --kind promise --due DAY`",
                );
            }
            return None;
        }
        let line = Entry {
            on: if ahead { made } else { when.day },
            time: if ahead { None } else { when.time },
            by: if ahead { By::Company } else { By::Customer },
            channel: Some(channel),
            rung: self.sides.rung(&one.organizer).or(Some(Rung::FrontLine)),
            kind: if ahead { LogKind::Promise } else { LogKind::Call },
            text: if ahead {
                format!("appointment on {}{span}: {}", when.day, one.summary)
            } else {
                format!("{}{span}", one.summary)
            },
            due: ahead.then_some(when.day),
            amount: None,
            contact: None,
            person: one.organizer.name.clone().filter(|_| organized),
            reference: None,
            body: None,
            held_minutes: None,
            hours: hours.filter(|_| ahead),
        };
        Some(Proposal {
            title: format!("appointment on {}{span}: {}", when.day, one.summary),
            lines: vec![line],
            message: Kept {
                id: Some(key.clone()),
                text: Some(words.trim().to_owned()),
                subject: Some(one.summary.clone()),
                ..Kept::default()
            },
            touches: touches || (named && one.summary.is_empty()),
            notes,
            ..Proposal::new(key, file)
        })
    }
}

/// Returns whether the words of an appointment, in small letters, tell of a call.
fn by_phone(words: &str) -> bool {
    const CALLS: &[&str] =
        &["call", "phone", "ring", "anruf", "telefon", "rückruf", "appel", "téléphon", "llamada"];
    CALLS.iter().any(|word| words.contains(word))
}

/// Returns whether the words of an appointment, in small letters, tell that somebody of the company comes.
fn comes(words: &str) -> bool {
    const COMES: &[&str] = &[
        "visit",
        "engineer",
        "technician",
        "install",
        "deliver",
        "collect",
        "repair",
        "call back",
        "callback",
        "techniker",
        "montage",
        "liefer",
        "abhol",
        "reparatur",
        "rückruf",
        "livr",
        "technicien",
        "dépann",
        "rappel",
        "entrega",
        "técnico",
        "instalaci",
        "recogida",
        "monteur",
        "bezorg",
    ];
    COMES.iter().any(|word| words.contains(word))
}

//! Which form a file has, told by its first bytes and, where those leave it open, by its name.

use super::{mbox, whatsapp};

/// A form of message.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Form {
    /// One mail.
    Mail,
    /// A mailbox: many mails in one file.
    Mbox,
    /// A chat as WhatsApp exports it.
    WhatsApp,
    /// A chat as text.
    Transcript,
    /// A chat as JSON.
    Records,
    /// Text messages as a telephone backs them up.
    Sms,
    /// A calendar.
    Calendar,
    /// A packed folder.
    Zip,
}

impl Form {
    /// Returns the name by which a user asks for it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Mbox => "mbox",
            Self::WhatsApp => "whatsapp",
            Self::Transcript => "chat",
            Self::Records => "json",
            Self::Sms => "sms",
            Self::Calendar => "calendar",
            Self::Zip => "zip",
        }
    }

    /// Every form.
    pub const ALL: [Self; 8] = [
        Self::Mail,
        Self::Mbox,
        Self::WhatsApp,
        Self::Transcript,
        Self::Records,
        Self::Sms,
        Self::Calendar,
        Self::Zip,
    ];

    /// Tells the form of a file by its first bytes (a few thousand are enough) and its name.
    #[must_use]
    pub fn of(first: &[u8], name: &str) -> Option<Self> {
        let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let first = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
        if first.starts_with(b"PK\x03\x04") {
            return Some(Self::Zip);
        }
        if mbox::is_from(first) {
            return Some(Self::Mbox);
        }
        let text = String::from_utf8_lossy(first.get(..16 << 10).unwrap_or(first));
        let start = text.trim_start();
        let begins = |word: &str| start.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
        if begins("BEGIN:VCALENDAR") {
            return Some(Self::Calendar);
        }
        if start.starts_with('<') && (text.contains("<smses") || text.contains("<sms ")) {
            return Some(Self::Sms);
        }
        if start.starts_with(['{', '['])
            && (ending == "json" || start[1..].trim_start().starts_with(['"', '{', '[', '}', ']']))
        {
            // A chat may begin with a bracket as well: there a day follows, and no quotation mark.
            return Some(Self::Records);
        }
        if whatsapp::is_it(&text) {
            return Some(Self::WhatsApp);
        }
        if is_mail(&text) || ending == "eml" || ending == "msg" && text.contains("Received:") {
            return Some(Self::Mail);
        }
        let control = first.iter().take(4096).filter(|b| **b < 9).count();
        (control == 0 && !start.is_empty()).then_some(Self::Transcript)
    }
}

/// Returns whether a text begins with the header of a mail: fields only, and one that every mail has.
fn is_mail(text: &str) -> bool {
    let mut has = 0;
    for line in text.lines().take(200) {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.contains(' ') || name.is_empty() {
            return false;
        }
        let known = [
            "from",
            "date",
            "subject",
            "message-id",
            "received",
            "mime-version",
            "return-path",
            "delivered-to",
            "to",
        ];
        has += usize::from(known.contains(&name.to_ascii_lowercase().as_str()));
    }
    has >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_told_by_what_stands_in_it() {
        for (text, name, want) in [
            ("From a@b.example Tue\nSubject: x", "x", Some(Form::Mbox)),
            ("Return-Path: <a>\nFrom: a@b.example\n\nx", "x", Some(Form::Mail)),
            ("[13/04/2026, 14:05:33] Ana: hello", "_chat.txt", Some(Form::WhatsApp)),
            ("13.04.26, 14:05 - Ana: hello", "x.txt", Some(Form::WhatsApp)),
            ("Ana: hello\nRobin: hi", "x.txt", Some(Form::Transcript)),
            ("[14:05] Ana: hello", "x.txt", Some(Form::Transcript)),
            ("{\"messages\":[]}", "x", Some(Form::Records)),
            ("<?xml version='1.0'?>\n<smses count='1'>", "x.xml", Some(Form::Sms)),
            ("BEGIN:VCALENDAR\nVERSION:2.0", "x", Some(Form::Calendar)),
            ("PK\u{3}\u{4}zzzz", "x", Some(Form::Zip)),
            ("\u{89}PNG\u{1}\u{2}\0\0", "x.png", None),
            ("", "x", None),
        ] {
            assert_eq!(Form::of(text.as_bytes(), name), want, "{text:?}");
        }
    }
}

//! One mail: RFC 5322 with its MIME tree, read by `mail-parser`.
//!
//! The text part is taken where there is one, else the HTML; quotations go. Small pictures that the HTML shows in the
//! text (signs of a signature) are counted and left out, every other attachment is kept with its bytes. A mail whose
//! tree is broken gives what can be read of it, and says what cannot.

use jiff::civil::Date;
use ladder::Channel;
use mail_parser::{Address, HeaderValue, MessageParser, MimeHeaders as _, PartType};

use super::{Attached, Message, MessageError, Party, Stamp, Zone, bounded, html, plain_name, quoted};

/// The most bytes of one mail that are read.
pub const MOST_BYTES: usize = 64 << 20;
/// The most attachments of one mail.
const MOST_ATTACHED: usize = 100;
/// A picture within the text below this size is an ornament.
const ORNAMENT: usize = 30 << 10;

/// Reads one mail. `dropped` is how many bytes beyond the bound the caller left out.
///
/// # Errors
///
/// [`MessageError::NotThis`] where the bytes have no header of a mail.
pub fn read(bytes: &[u8], dropped: u64) -> Result<Message, MessageError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let bytes = bytes.get(..MOST_BYTES).unwrap_or(bytes);
    let not_this = || MessageError::NotThis("it has no header of a mail (From, Date or Subject)".to_owned());
    let mail = MessageParser::default().parse(bytes).ok_or_else(not_this)?;
    if mail.from().is_none() && mail.date().is_none() && mail.subject().is_none() {
        return Err(not_this());
    }
    let mut message = Message::new(Channel::Email);
    message.id = mail.message_id().map(clean_id).filter(|id| !id.is_empty());
    message.answers = answers(&[mail.in_reply_to(), mail.references()]);
    message.from = mail.from().map(parties).and_then(|all| all.into_iter().next()).unwrap_or_default();
    message.to = mail.to().into_iter().chain(mail.cc()).flat_map(parties).take(50).collect();
    message.sent =
        mail.date().or_else(|| mail.received().and_then(|received| received.date.as_ref())).and_then(stamp);
    message.subject = mail.subject().map(one_line).filter(|subject| !subject.is_empty());
    body(&mail, &mut message);
    attachments(&mail, &mut message, dropped > 0);
    if dropped > 0 {
        message.notes.push(format!(
            "the mail is larger than {} MB: its words were read, what is attached beyond that was not",
            MOST_BYTES >> 20
        ));
    }
    if message.sent.is_none() {
        message.notes.push("it tells no day that can be read".to_owned());
    }
    Ok(message)
}

/// Reads the words.
fn body(mail: &mail_parser::Message<'_>, message: &mut Message) {
    let plain: Vec<&str> = mail
        .text_bodies()
        .filter_map(|part| match &part.body {
            PartType::Text(text) => Some(text.as_ref()),
            _ => None,
        })
        .collect();
    let plain = plain.join("\n\n");
    let mut taken = 0;
    let words = if plain.trim().is_empty() {
        let mut text = String::new();
        for part in mail.html_bodies().take(20) {
            if let PartType::Html(markup) | PartType::Text(markup) = &part.body {
                let read = html::text(markup);
                taken += read.quoted;
                text.push_str(&read.text);
                text.push('\n');
            }
        }
        text
    } else {
        plain
    };
    let words = if words.trim().is_empty() { rest(mail) } else { words };
    let own = quoted::take_off(&words);
    message.text = bounded(&own.text);
    message.quoted = own.quoted + taken;
    let broken = mail.parts.iter().any(|part| part.is_encoding_problem);
    if broken {
        message.notes.push("a part of it is damaged: what could be read of it was".to_owned());
    }
    let closed = mail.parts.iter().any(|part| {
        part.content_type().is_some_and(|kind| {
            kind.subtype()
                .is_some_and(|subtype| matches!(subtype, "encrypted" | "pkcs7-mime" | "x-pkcs7-mime"))
        })
    });
    if closed {
        message.notes.push("it is encrypted: its words cannot be read here".to_owned());
    } else if message.text.is_empty() {
        message.notes.push("it has no words that could be read".to_owned());
    }
}

/// Returns the words of a mail whose tree does not lead to them: of any part that has some, else of what stands behind
/// its header, without the lines that only part it.
fn rest(mail: &mail_parser::Message<'_>) -> String {
    let parts: Vec<String> = mail
        .parts
        .iter()
        .filter(|part| part.attachment_name().is_none())
        .filter_map(|part| match &part.body {
            PartType::Text(text) => Some(text.trim().to_owned()),
            PartType::Html(markup) => Some(html::text(markup).text),
            _ => None,
        })
        .filter(|text| !text.is_empty())
        .collect();
    if !parts.is_empty() || !mail.attachments().all(|part| part.contents().is_empty()) {
        return parts.join("\n\n");
    }
    let raw = String::from_utf8_lossy(mail.raw_message());
    let raw = raw.replace("\r\n", "\n");
    let Some((_, body)) = raw.split_once("\n\n") else { return String::new() };
    let parting = |line: &str| line.starts_with("--") || line.to_ascii_lowercase().starts_with("content-");
    let text = super::bounded(body);
    text.lines().filter(|line| !parting(line)).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// Takes what is attached.
fn attachments(mail: &mail_parser::Message<'_>, message: &mut Message, cut: bool) {
    let (mut ornaments, mut beyond) = (0, 0);
    let count = mail.attachment_count();
    for (at, part) in mail.attachments().enumerate() {
        let (kind, sub) = part.content_type().map_or((None, None), |kind| {
            (Some(kind.ctype().to_lowercase()), kind.subtype().map(str::to_lowercase))
        });
        let bytes = part.contents();
        let shown = part.content_id().is_some() || matches!(part.body, PartType::InlineBinary(_));
        let stands_alone = part.content_disposition().is_some_and(mail_parser::ContentType::is_attachment);
        if kind.as_deref() == Some("image") && shown && !stands_alone && bytes.len() < ORNAMENT {
            ornaments += 1;
            continue;
        }
        // The last part of a mail that was cut is cut too: half a file proves nothing.
        if cut && at + 1 == count {
            continue;
        }
        if message.attached.len() >= MOST_ATTACHED {
            beyond += 1;
            continue;
        }
        let ending = match (kind.as_deref(), sub.as_deref()) {
            (Some("message"), _) => ".eml",
            (Some("text"), Some("calendar")) => ".ics",
            (Some("text"), Some("html")) => ".html",
            (Some("text"), _) => ".txt",
            (Some("application"), Some("pdf")) => ".pdf",
            (Some("image"), Some("png")) => ".png",
            (Some("image"), Some("jpeg")) => ".jpg",
            _ => "",
        };
        let name =
            part.attachment_name().map_or_else(|| format!("attachment {}{ending}", at + 1), plain_name);
        let bytes = match &part.body {
            PartType::Message(inner) => inner.raw_message().to_vec(),
            _ => bytes.to_vec(),
        };
        // A part without words or name, such as an empty text beside the letter, is no attachment.
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let media = kind.zip(sub).map(|(kind, sub)| format!("{kind}/{sub}"));
        message.attached.push(Attached { name, media, bytes });
    }
    if ornaments > 0 {
        message.notes.push(format!("{ornaments} small picture(s) within the text were left out"));
    }
    if beyond > 0 {
        message.notes.push(format!("{beyond} attachment(s) beyond {MOST_ATTACHED} were left out"));
    }
}

/// Reads a list of addresses.
fn parties(address: &Address<'_>) -> Vec<Party> {
    address
        .iter()
        .take(50)
        .map(|one| Party {
            name: one.name().map(one_line).filter(|name| !name.is_empty()),
            address: one.address().map(|address| one_line(address).to_lowercase()).filter(|a| !a.is_empty()),
        })
        .collect()
}

/// Reads the ids that a mail answers, the nearest first.
fn answers(headers: &[&HeaderValue<'_>]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for header in headers {
        let found: Vec<&str> = match header {
            HeaderValue::Text(id) => vec![id.as_ref()],
            // `References` names the first message first.
            HeaderValue::TextList(list) => list.iter().rev().map(AsRef::as_ref).collect(),
            _ => Vec::new(),
        };
        for id in found.into_iter().map(clean_id).filter(|id| !id.is_empty()).take(50) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    ids
}

fn clean_id(id: &str) -> String {
    id.trim()
        .trim_matches(['<', '>'])
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .take(250)
        .collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .filter(|c| !c.is_control())
        .take(300)
        .collect()
}

/// Makes a stamp of a day as the library reads it; `None` for a day that no calendar has.
fn stamp(date: &mail_parser::DateTime) -> Option<Stamp> {
    let number = |n: u8| i8::try_from(n).ok();
    let day = Date::new(i16::try_from(date.year).ok()?, number(date.month)?, number(date.day)?).ok()?;
    // A second of 60 is a leap second: the last of its minute here.
    let local = day.to_datetime(
        jiff::civil::Time::new(number(date.hour)?, number(date.minute)?, number(date.second.min(59))?, 0)
            .ok()?,
    );
    let offset = i16::from(date.tz_hour) * 60 + i16::from(date.tz_minute);
    let offset = if date.tz_before_gmt { -offset } else { offset };
    (offset.abs() <= 18 * 60).then_some(Stamp { local, zone: Zone::Offset(offset), timed: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "From: =?utf-8?q?J=C3=B6rg_Marsh?= <Care@Brightwell.example>\r\nTo: ana@hill.example\r\nDate: Tue, 3 Mar 2026 23:30:00 -0500\r\nSubject: Your\r\n complaint\r\nMessage-ID: <two@brightwell.example>\r\nIn-Reply-To: <one@hill.example>\r\nReferences: <zero@hill.example>\r\n <one@hill.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nWe will refund =A320.\r\n\r\n> My bill is wrong\r\n--b\r\nContent-Type: application/pdf; name=\"../../bill.pdf\"\r\nContent-Disposition: attachment; filename=\"../../bill.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0x\r\n--b--\r\n";

    #[test]
    fn a_mail_is_read_with_its_thread_its_zone_and_its_files() {
        let mail = read(MAIL.as_bytes(), 0).unwrap();
        assert_eq!(mail.id.as_deref(), Some("two@brightwell.example"));
        assert_eq!(mail.answers, ["one@hill.example", "zero@hill.example"]);
        assert_eq!(mail.from.name.as_deref(), Some("Jörg Marsh"));
        assert_eq!(mail.from.address.as_deref(), Some("care@brightwell.example"));
        let sent = mail.sent.unwrap();
        assert_eq!((sent.local.to_string().as_str(), sent.zone), ("2026-03-03T23:30:00", Zone::Offset(-300)));
        assert_eq!(
            (mail.subject.as_deref(), mail.text.as_str()),
            (Some("Your complaint"), "We will refund £20.")
        );
        assert_eq!(mail.quoted, 1);
        assert_eq!(
            (mail.attached[0].name.as_str(), mail.attached[0].bytes.as_slice()),
            ("bill.pdf", b"%PDF-1".as_slice())
        );
        assert!(mail.notes.is_empty(), "{:?}", mail.notes);
    }

    #[test]
    fn a_broken_tree_gives_what_can_be_read() {
        let cut = &MAIL.as_bytes()[..MAIL.len() - 30];
        assert_eq!(read(cut, 0).unwrap().text, "We will refund £20.");
        let never_closed = "From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nstill here\n";
        assert_eq!(read(never_closed.as_bytes(), 0).unwrap().text, "still here");
        assert!(read(b"just words, no mail at all", 0).is_err());
        assert!(read(&[0, 159, 146, 150, 10], 0).is_err());
    }

    #[test]
    fn no_cut_or_changed_mail_makes_it_panic() {
        let whole = MAIL.as_bytes();
        for at in 0..whole.len() {
            let _ = read(&whole[..at], 0);
            let mut changed = whole.to_vec();
            changed[at] = changed[at].wrapping_add(u8::try_from(at % 251).unwrap());
            let _ = read(&changed, 0);
        }
        let deep: Vec<String> =
            (0..5000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
        let deep = deep.concat();
        let _ = read(format!("From: a@b.example\n{deep}x").as_bytes(), 0);
    }
}

//! Text messages as telephones back them up: the XML of Android backup programs (`<smses><sms …/><mms …/></smses>`).
//!
//! Times are milliseconds since 1970; `type` 2 was sent, everything else received. Parts of picture messages are
//! attachments. What telephones print as text is read by [`super::transcript`].

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ladder::Channel;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Attached, MOST_MESSAGES, Message, MessageError, Party, Side, Stamp, bounded, plain_name};

/// The most bytes of one picture.
const MOST_PICTURE: usize = 32 << 20;

/// Reads a backup.
///
/// # Errors
///
/// [`MessageError::NotThis`] where it holds no message; a backup that breaks off gives what stands before.
pub fn read(text: &str) -> Result<Vec<Message>, MessageError> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut messages: Vec<Message> = Vec::new();
    let mut picture: Option<Message> = None;
    let mut broken = None;
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                broken = Some(error.to_string());
                break;
            }
        };
        match event {
            Event::Eof => break,
            Event::Empty(tag) | Event::Start(tag) if tag.name().as_ref() == "sms" => {
                messages.push(message(&tag, "type"));
            }
            Event::Start(tag) if tag.name().as_ref() == "mms" => picture = Some(message(&tag, "msg_box")),
            Event::Empty(tag) | Event::Start(tag) if tag.name().as_ref() == "part" => {
                if let Some(message) = &mut picture {
                    part(&tag, message);
                }
            }
            Event::End(tag) if tag.name().as_ref() == "mms" => messages.extend(picture.take()),
            _ => {}
        }
        if messages.len() >= MOST_MESSAGES {
            break;
        }
    }
    messages.extend(picture);
    match (messages.is_empty(), broken) {
        (true, Some(why)) => Err(MessageError::NotThis(format!("it is no backup of messages: {why}"))),
        (true, None) => Err(MessageError::NotThis("no `sms` or `mms` stands in it".to_owned())),
        (false, why) => {
            if let (Some(last), Some(why)) = (messages.last_mut(), why) {
                last.notes.push(format!("the backup breaks off after this: {why}"));
            }
            Ok(messages)
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let value = tag.try_get_attribute(name).ok()??;
    let text = quick_xml::escape::unescape(&value.value)
        .map_or_else(|_| value.value.to_string(), std::borrow::Cow::into_owned);
    Some(text).filter(|text| !text.is_empty() && text != "null")
}

fn message(tag: &BytesStart<'_>, kind: &str) -> Message {
    let mut message = Message::new(Channel::Messaging);
    let own = attribute(tag, kind).as_deref() == Some("2");
    message.side = Some(if own { Side::Own } else { Side::Theirs });
    let other = Party {
        name: attribute(tag, "contact_name").filter(|name| name != "(Unknown)"),
        address: attribute(tag, "address"),
    };
    let me = Party { name: Some("me".to_owned()), address: None };
    let (from, to) = if own { (me, other) } else { (other, me) };
    message.from = from;
    message.to = vec![to];
    message.sent = attribute(tag, "date")
        .and_then(|date| date.parse::<i64>().ok())
        .and_then(|milliseconds| Stamp::of_seconds(milliseconds.div_euclid(1000)));
    message.text = bounded(&attribute(tag, "body").unwrap_or_default());
    message.subject = attribute(tag, "subject").or_else(|| attribute(tag, "sub"));
    message
}

/// Reads a part of a picture message.
fn part(tag: &BytesStart<'_>, message: &mut Message) {
    let media = attribute(tag, "ct").unwrap_or_default();
    if media == "text/plain" {
        let text = attribute(tag, "text").unwrap_or_default();
        message.text = bounded(&format!("{}\n{text}", message.text));
        return;
    }
    if media == "application/smil" {
        return;
    }
    let Some(data) = attribute(tag, "data") else { return };
    if data.len() / 4 * 3 > MOST_PICTURE {
        message.notes.push(format!("a picture of more than {} MB was left out", MOST_PICTURE >> 20));
        return;
    }
    let named = attribute(tag, "cl").or_else(|| attribute(tag, "name"));
    match STANDARD.decode(data.as_bytes()) {
        Ok(bytes) => message.attached.push(Attached {
            name: plain_name(&named.unwrap_or_default()),
            media: Some(media),
            bytes,
        }),
        Err(_) => message.notes.push("a picture in it is damaged and was left out".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_is_read_with_its_pictures() {
        let text = r#"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="3"><sms address="+441632960441" date="1776089100000" type="1" body="Your parcel &amp; bill&#10;come today" contact_name="Brightwell" />
<sms address="+441632960441" date="1776089160000" type="2" body="They did not" contact_name="(Unknown)" />
<mms date="1776089200000" msg_box="1" address="+441632960441"><parts><part ct="application/smil" text="x"/><part ct="text/plain" text="see"/><part ct="image/jpeg" cl="../p.jpg" data="/9j/"/></parts></mms></smses>"#;
        let read = read(text).unwrap();
        assert_eq!(read.len(), 3);
        assert_eq!(
            (read[0].from.called(), read[0].text.as_str()),
            ("Brightwell", "Your parcel & bill\ncome today")
        );
        assert_eq!(read[0].sent.as_ref().unwrap().local.to_string(), "2026-04-13T14:05:00");
        assert_eq!((read[1].side, read[1].to[0].called()), (Some(Side::Own), "+441632960441"));
        assert_eq!((read[2].text.as_str(), read[2].attached[0].name.as_str()), ("see", "p.jpg"));
    }

    #[test]
    fn a_backup_that_breaks_off_gives_what_stands_before() {
        let read =
            read(r#"<smses><sms address="1" date="1776089100000" type="1" body="x"/><sms addr"#).unwrap();
        assert_eq!(read.len(), 1);
        assert!(super::read("<html></html>").is_err());
        assert!(super::read("words").is_err());
    }
}

//! Chats as JSON: what messengers and help desks give out. The forms differ in the names of their fields only, so that
//! one reader goes by a table of those: a record is an object with words and a time.
//!
//! Known are, among others, the exports of Messenger and Instagram (whose letters are broken and are mended), Telegram,
//! and conversations of help desks such as Intercom, in which the type of the author tells whose message it is.

use jiff::Timestamp;
use jiff::civil::DateTime;
use ladder::Channel;
use serde_json::{Map, Value};

use super::{MOST_MESSAGES, Message, MessageError, Party, Side, Stamp, Zone, bounded, html, plain_name};

const TEXT: &[&str] = &["content", "body", "text", "message", "msg"];
const WHO: &[&str] =
    &["sender_name", "author", "from", "sender", "name", "user", "display_name", "agent", "role"];
const WHEN: &[&str] =
    &["timestamp_ms", "date_unixtime", "created_at", "timestamp", "sent_at", "date", "time", "createdat"];
const ID: &[&str] = &["id", "message_id", "uuid"];
const FILES: &[&str] = &["photos", "files", "videos", "audio_files", "attachments", "photo", "file", "gifs"];
/// Types and roles of those who write for a company, and of its customers.
const THEIRS: &[&str] =
    &["admin", "agent", "bot", "operator", "assistant", "staff", "teammate", "company", "business", "system"];
const OWN: &[&str] =
    &["user", "lead", "contact", "customer", "visitor", "consumer", "client", "me", "end-user", "you"];
/// How deep records are looked for.
const DEEPEST: usize = 12;

/// Reads the records of a JSON file.
///
/// # Errors
///
/// [`MessageError::NotThis`] where it is no JSON, or no record has words and a time.
pub fn read(text: &str) -> Result<Vec<Message>, MessageError> {
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| MessageError::NotThis(format!("it is no JSON: {error}")))?;
    let mut found = Vec::new();
    gather(&value, 0, &mut found);
    if found.is_empty() {
        return Err(MessageError::NotThis("no record in it has words and a time".to_owned()));
    }
    found.sort_by_key(|message| message.sent.as_ref().map(|sent| sent.local));
    Ok(found)
}

/// Gathers the records of a value, itself included.
fn gather(value: &Value, depth: usize, found: &mut Vec<Message>) {
    if depth > DEEPEST || found.len() >= MOST_MESSAGES {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| gather(item, depth + 1, found)),
        Value::Object(fields) => {
            if let Some(message) = record(fields) {
                found.push(message);
                return;
            }
            // The head of a help desk's conversation: its first message has the time of the whole.
            if let Some(Value::Object(source)) = fields.get("source")
                && let Some(when) = fields.get("created_at")
            {
                let mut source = source.clone();
                source.insert("created_at".to_owned(), when.clone());
                found.extend(record(&source));
            }
            for (name, inner) in fields {
                if name != "source" && (inner.is_array() || inner.is_object()) {
                    gather(inner, depth + 1, found);
                }
            }
        }
        _ => {}
    }
}

/// Reads one record; `None` where it has no words or no time.
fn record(fields: &Map<String, Value>) -> Option<Message> {
    let get = |names: &[&str]| {
        names.iter().find_map(|name| {
            fields
                .iter()
                .find(|(field, value)| field.eq_ignore_ascii_case(name) && !value.is_null())
                .map(|(field, value)| (field.as_str(), value))
        })
    };
    let refers = files(fields);
    let words = get(TEXT).and_then(|(_, value)| words(value)).unwrap_or_default();
    if words.trim().is_empty() && refers.is_empty() {
        return None;
    }
    let sent = WHEN.iter().find_map(|name| {
        fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).and_then(|(_, value)| when(value))
    })?;
    let (name, kind) = match get(WHO)? {
        (_, Value::String(name)) => (Some(mended(name)), None),
        (_, Value::Object(who)) => {
            let text = |field: &str| {
                who.get(field).and_then(Value::as_str).filter(|text| !text.is_empty()).map(mended)
            };
            (
                text("name").or_else(|| text("display_name")).or_else(|| text("email")),
                text("type").or_else(|| text("role")),
            )
        }
        _ => (None, None),
    };
    let kind = kind.or_else(|| {
        fields.get("role").or_else(|| fields.get("author_type")).and_then(Value::as_str).map(str::to_owned)
    });
    let kind = kind.or_else(|| name.clone()).unwrap_or_default().to_lowercase();
    let mut message = Message::new(Channel::Chat);
    message.side = match kind.as_str() {
        kind if THEIRS.contains(&kind) => Some(Side::Theirs),
        kind if OWN.contains(&kind) => Some(Side::Own),
        _ => None,
    };
    message.id = get(ID).and_then(|(_, id)| match id {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    });
    message.from = Party { name, address: None };
    message.sent = Some(sent);
    let text = if words.contains('<') && words.contains('>') { html::text(&words).text } else { words };
    message.text = bounded(&text);
    message.refers = refers;
    Some(message)
}

/// Reads words: a text, or pieces of one.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(mended(text)),
        Value::Array(pieces) => {
            let pieces = pieces.iter().filter_map(|piece| match piece {
                Value::String(text) => Some(text.as_str()),
                Value::Object(fields) => fields.get("text").and_then(Value::as_str),
                _ => None,
            });
            Some(mended(&pieces.collect::<String>()))
        }
        _ => None,
    }
}

/// Reads the names of files.
fn files(fields: &Map<String, Value>) -> Vec<String> {
    let mut names = Vec::new();
    for value in FILES.iter().filter_map(|name| fields.get(*name)) {
        let items = match value {
            Value::Array(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        names.extend(items.iter().take(50).filter_map(|item| match item {
            Value::String(path) => Some(plain_name(path)),
            Value::Object(file) => {
                ["uri", "filename", "name"].iter().find_map(|name| file.get(*name)?.as_str()).map(plain_name)
            }
            _ => None,
        }));
    }
    names
}

/// Reads a time: seconds or milliseconds since 1970, as number or text, or a time of RFC 3339; without a zone it floats.
fn when(value: &Value) -> Option<Stamp> {
    let number = match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.trim().to_owned()),
        _ => None,
    };
    // Some write fractions of a second behind a point.
    let whole = number.as_deref().map(|number| number.split('.').next().unwrap_or_default());
    if let Some(number) = whole.and_then(|number| number.parse::<i64>().ok()) {
        // Beyond this they are milliseconds: as seconds it would be the year 5138.
        return Stamp::of_seconds(if number.abs() > 100_000_000_000 { number / 1000 } else { number });
    }
    let text = value.as_str()?.trim();
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Stamp::of_seconds(moment.as_second());
    }
    let local: DateTime = text.parse().ok()?;
    Some(Stamp { local, zone: Zone::Floating, timed: text.len() > 10 })
}

/// Mends letters that were written byte by byte as letters of Latin-1.
fn mended(text: &str) -> String {
    let broken =
        text.chars().any(|c| ('\u{c2}'..='\u{f4}').contains(&c)) && text.chars().all(|c| u32::from(c) < 256);
    if broken {
        let bytes: Vec<u8> = text.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect();
        if let Ok(mended) = String::from_utf8(bytes) {
            return mended;
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str) -> Vec<String> {
        read(text)
            .unwrap()
            .into_iter()
            .map(|m| {
                format!(
                    "{} {} {:?}: {}{}",
                    m.sent.unwrap().local,
                    m.from.called(),
                    m.side,
                    m.text,
                    m.refers.concat()
                )
            })
            .collect()
    }

    #[test]
    fn exports_of_messengers_and_help_desks_are_read() {
        let messenger = r#"{"participants":[{"name":"Ana"}],"messages":[{"sender_name":"Brightwell","timestamp_ms":1776089160000,"content":"Wir prÃ¼fen es"},{"sender_name":"Ana","timestamp_ms":1776089100000,"content":"Hallo","photos":[{"uri":"a/b/bill.jpg"}]}]}"#;
        assert_eq!(
            drawn(messenger),
            [
                "2026-04-13T14:05:00 Ana None: Hallobill.jpg",
                "2026-04-13T14:06:00 Brightwell None: Wir prüfen es"
            ]
        );
        let desk = r#"{"type":"conversation","id":"9","created_at":1776089100,"source":{"id":"s1","author":{"type":"user","name":"Ana"},"body":"<p>Where is it?</p>"},"conversation_parts":{"conversation_parts":[{"id":"p1","part_type":"comment","body":"<p>On its<br>way</p>","created_at":1776089160,"author":{"type":"admin","name":"Robin"}},{"id":"p2","part_type":"close","body":null,"created_at":1776089170,"author":{"type":"admin","name":"Robin"}}]}}"#;
        assert_eq!(
            drawn(desk),
            [
                "2026-04-13T14:05:00 Ana Some(Own): Where is it?",
                "2026-04-13T14:06:00 Robin Some(Theirs): On its\nway"
            ]
        );
        let telegram = r#"{"name":"Brightwell","messages":[{"id":1,"type":"message","date":"2026-04-13T14:05:00","date_unixtime":"1776089100","from":"Ana","text":["see ",{"type":"link","text":"https://a.example"}]}]}"#;
        assert_eq!(drawn(telegram), ["2026-04-13T14:05:00 Ana None: see https://a.example"]);
        let plain = r#"[{"role":"customer","text":"Hi","time":"2026-04-13T14:05:00Z"},{"role":"agent","text":"Hello","time":"2026-04-13T14:06:00Z"}]"#;
        assert_eq!(
            drawn(plain),
            ["2026-04-13T14:05:00 customer Some(Own): Hi", "2026-04-13T14:06:00 agent Some(Theirs): Hello"]
        );
    }

    #[test]
    fn what_is_no_chat_is_refused() {
        for text in ["{", "{}", "[1,2]", r#"{"text":"no time","from":"x"}"#, &"[".repeat(100_000)] {
            assert!(read(text).is_err(), "{}", crate::window::clip(text, 20));
        }
    }
}

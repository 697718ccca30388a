//! Messengers: WhatsApp, Messenger, Telegram, Viber and their kin, by the addresses that open a talk.
//!
//! A number in such an address is the value where there is one; else it is the address. Buttons that share the page, and
//! groups or channels that only broadcast, are no way to reach anyone. SMS links are read with the telephone numbers.

use std::sync::LazyLock;

use ladder::{Channel, E164, Reach};
use url::Url;

use crate::hit::Hit;
use crate::link::own::{self, Own, Seen};
use crate::needles::Needles;
use crate::outline::Outline;

/// Bits of an address that may belong to a messenger: a cheap look before it is parsed.
const MARKS: &[&str] = &[
    "wa.me",
    "whatsapp",
    "m.me/",
    "messenger.com",
    "t.me/",
    "telegram",
    "viber",
    "line.me",
    "lin.ee",
    "signal.me",
    "bcrw.apple.com",
    "facebook.com/messages",
    "fb.com/msg",
    "wa.link",
    "zalo.me",
    "wechat",
];

static MARKED: LazyLock<Needles> = LazyLock::new(|| Needles::of(MARKS));

/// Where a talk is opened.
enum Talk {
    /// With a number, by a messenger of this name.
    Number(&'static str, String),
    /// At an address.
    Address(&'static str, Url),
}

/// Finds the messengers that links open.
pub(super) fn find(outline: &Outline, own: &Own) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut seen = Seen::default();
    for (index, link) in own::followed(outline).take(20_000) {
        let href = link.href.trim();
        if href.len() > 2000 || own::is_relative(href) || !MARKED.is_match(href) {
            continue;
        }
        let Some(talk) = talk(href, own) else { continue };
        let (name, reach) = match talk {
            Talk::Number(name, number) => {
                let Ok(number) = E164::parse(&number) else { continue };
                (name, Reach::number(Channel::Messaging, number))
            }
            Talk::Address(name, url) => {
                let Some(value) = own::value(&url) else { continue };
                (name, Reach::link(Channel::Messaging, value))
            }
        };
        let Ok(reach) = reach else { continue };
        if !seen.add(format!("{}{}", reach.value(), link.block.unwrap_or(0))) || hits.len() >= 100 {
            continue;
        }
        let mut hit = Hit::on_link(outline, reach, index);
        let words = own::words(outline, link);
        let spoken = words.is_empty() || words.len() > 80 || !words.contains(char::is_alphabetic);
        hit.label = Some(if spoken { name } else { words }.to_owned());
        hits.push(hit);
    }
    hits
}

/// Returns the talk that an address opens.
fn talk(href: &str, own: &Own) -> Option<Talk> {
    let lower = href.to_ascii_lowercase();
    if lower.starts_with("whatsapp:") || lower.starts_with("viber:") {
        let name = if lower.starts_with('w') { "WhatsApp" } else { "Viber" };
        let query = href.split_once('?')?.1;
        return parameter(query, &["phone", "number"])
            .and_then(|n| number(&n))
            .map(|n| Talk::Number(name, n));
    }
    let url = own.resolve(href)?;
    let host = url.host_str()?.trim_start_matches("www.");
    let segments: Vec<&str> = url.path_segments()?.filter(|s| !s.is_empty()).collect();
    let query = url.query().unwrap_or_default();
    match host {
        "wa.me" => match segments[..] {
            ["message", _, ..] | ["qr" | "c", _] => Some(Talk::Address("WhatsApp", bare(&url))),
            [first, ..] => number(first).map(|n| Talk::Number("WhatsApp", n)),
            [] => parameter(query, &["phone"]).and_then(|n| number(&n)).map(|n| Talk::Number("WhatsApp", n)),
        },
        "wa.link" => (segments.len() == 1).then(|| Talk::Address("WhatsApp", bare(&url))),
        "api.whatsapp.com" | "web.whatsapp.com" | "whatsapp.com" => {
            if let ["message", _] = segments[..] {
                return Some(Talk::Address("WhatsApp", bare(&url)));
            }
            parameter(query, &["phone"]).and_then(|n| number(&n)).map(|n| Talk::Number("WhatsApp", n))
        }
        "m.me" => (segments.len() == 1).then(|| Talk::Address("Messenger", bare(&url))),
        "messenger.com" => matches!(segments[..], ["t", _]).then(|| Talk::Address("Messenger", bare(&url))),
        "facebook.com" | "m.facebook.com" => {
            matches!(segments[..], ["messages", "t", _]).then(|| Talk::Address("Messenger", bare(&url)))
        }
        "fb.com" => matches!(segments[..], ["msg", _]).then(|| Talk::Address("Messenger", bare(&url))),
        "t.me" | "telegram.me" | "telegram.dog" => {
            let [handle] = segments[..] else { return None };
            if let Some(plus) = handle.strip_prefix('+') {
                let digits = plus.bytes().all(|b| b.is_ascii_digit());
                return digits.then(|| number(plus).map(|n| Talk::Number("Telegram", n))).flatten();
            }
            let other = ["share", "s", "joinchat", "iv", "proxy", "addstickers"];
            (!other.contains(&handle)).then(|| Talk::Address("Telegram", bare(&url)))
        }
        "line.me" => matches!(segments[..], ["R" | "r", "ti" | "oaMessage", ..] | ["ti", ..])
            .then(|| Talk::Address("LINE", bare(&url))),
        "lin.ee" => (segments.len() == 1).then(|| Talk::Address("LINE", bare(&url))),
        "signal.me" => {
            let digits = url.fragment()?.strip_prefix("p/")?;
            number(digits).map(|n| Talk::Number("Signal", n))
        }
        "bcrw.apple.com" => Some(Talk::Address("Messages", url)),
        "zalo.me" => (segments.len() == 1).then(|| Talk::Address("Zalo", bare(&url))),
        _ => None,
    }
}

/// Returns an address without query and fragment.
fn bare(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    url
}

/// Returns a parameter of a query, decoded.
fn parameter(query: &str, keys: &[&str]) -> Option<String> {
    url::form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| keys.iter().any(|k| key.eq_ignore_ascii_case(k)))
        .map(|(_, value)| value.into_owned())
}

/// Returns a number in international form; messengers want it with the country code and often without the plus.
fn number(text: &str) -> Option<String> {
    let text = percent_encoding::percent_decode_str(text).decode_utf8().ok()?;
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    let other = text.chars().any(|c| !(c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')' | '.')));
    (!other && (8..=15).contains(&digits.len()) && !digits.starts_with('0')).then(|| format!("+{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(href: &str) -> Option<String> {
        Some(match talk(href, &Own::default())? {
            Talk::Number(name, number) => format!("{name} {number}"),
            Talk::Address(name, url) => format!("{name} {url}"),
        })
    }

    #[test]
    fn a_talk_is_told_from_a_share() {
        for (href, expected) in [
            ("https://wa.me/447700900123?text=Hi", Some("WhatsApp +447700900123")),
            ("https://wa.me/+44%207700%20900123", Some("WhatsApp +447700900123")),
            ("https://api.whatsapp.com/send?phone=447700900123&text=x", Some("WhatsApp +447700900123")),
            ("whatsapp://send?phone=+447700900123", Some("WhatsApp +447700900123")),
            ("https://wa.me/message/ABCDEF", Some("WhatsApp https://wa.me/message/ABCDEF")),
            ("https://m.me/acme?ref=site", Some("Messenger https://m.me/acme")),
            ("https://t.me/acme_help", Some("Telegram https://t.me/acme_help")),
            ("viber://chat?number=%2B447700900123", Some("Viber +447700900123")),
            ("whatsapp://send?text=https://acme.example", None),
            ("https://wa.me/?text=https://acme.example", None),
            ("https://api.whatsapp.com/send?text=x", None),
            ("https://t.me/share/url?url=x", None),
            ("https://telegram.me/share", None),
            ("https://chat.whatsapp.com/ABCDEF", None),
        ] {
            assert_eq!(value(href).as_deref(), expected, "{href}");
        }
    }
}

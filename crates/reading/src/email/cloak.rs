//! Addresses cloaked in attributes: Cloudflare's protected form, shifted letters, reversed text, halves in two attributes.
//!
//! Each is undone by its own rule, and only what comes out as an address counts. Whoever cloaks an address means it to be
//! read by people.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ladder::Email;
use percent_encoding::percent_decode_str;

use super::{MAILBOXES, plain, spelt};
use crate::window::clip;

/// Longest payload that is undone.
const MOST: usize = 1024;

/// Undoes a protected payload of the outline: the bare hex of Cloudflare, or `name=value` lines.
pub(super) fn payload(payload: &str) -> Vec<Email> {
    let payload = clip(payload, MOST);
    if let Some(email) = cloudflare(payload) {
        return vec![email];
    }
    let value = |name: &str| payload.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    if let (Some(user), Some(domain)) = (value("data-user"), value("data-domain")) {
        let joined = format!("{}@{}", user.trim(), domain.trim());
        let turned: String = [reversed(user), "@".to_owned(), reversed(domain)].concat();
        if let Some(email) = first(&joined).or_else(|| first(&turned)) {
            return vec![email];
        }
    }
    ["data-enc-email", "data-email", "data-mail", "data-mailto"]
        .iter()
        .filter_map(|name| any(value(name)?))
        .take(1)
        .collect()
}

/// Undoes `/cdn-cgi/l/email-protection#HEX` and the bare hex: the first byte is the key of all others.
pub(super) fn cloudflare(text: &str) -> Option<Email> {
    let hex = match text.split_once("/email-protection") {
        Some((_, rest)) => rest.strip_prefix('#')?,
        None => text,
    };
    let hex = hex.split(['?', '&']).next().unwrap_or_default().trim();
    if hex.len() < 12 || hex.len() > MOST || hex.len() % 2 != 0 || !hex.bytes().all(|b| b.is_ascii_hexdigit())
    {
        return None;
    }
    let bytes: Vec<u8> =
        (0..hex.len()).step_by(2).filter_map(|i| u8::from_str_radix(&hex[i..i + 2], 16).ok()).collect();
    let (key, rest) = bytes.split_first()?;
    let text = String::from_utf8(rest.iter().map(|b| b ^ key).collect()).ok()?;
    // A subject may follow.
    first(text.split('?').next().unwrap_or_default())
}

/// Undoes the shift of letters that TYPO3 puts into `linkTo_UnCryptMailto('…')`: any shift that gives `mailto:`.
pub(super) fn shifted_link(href: &str) -> Option<Email> {
    let decoded = percent_decode_str(clip(href, MOST)).decode_utf8_lossy();
    let open = decoded.find(['\'', '"'])?;
    let quote = decoded[open..].chars().next()?;
    let inner = decoded[open + 1..].split(quote).next()?;
    (-26..=26).filter(|shift| *shift != 0).find_map(|shift| {
        let text: String = inner.chars().map(|c| turn_typo3(c, shift)).collect();
        text.strip_prefix("mailto:").and_then(|rest| first(rest.split('?').next().unwrap_or_default()))
    })
}

/// Turns a character within its own range, as TYPO3 does: signs and digits, capitals with `@`, small letters.
fn turn_typo3(c: char, shift: i32) -> char {
    let ranges = [(0x2b, 0x3a), (0x40, 0x5a), (0x61, 0x7a)];
    let code = c as i32;
    let Some((low, high)) = ranges.into_iter().find(|(low, high)| (*low..=*high).contains(&code)) else {
        return c;
    };
    let turned = low + (code - low + shift).rem_euclid(high - low + 1);
    u32::try_from(turned).ok().and_then(char::from_u32).unwrap_or(c)
}

/// Undoes a text in whichever of the known ways gives an address.
pub(super) fn any(text: &str) -> Option<Email> {
    let decoded = percent_decode_str(clip(text.trim(), MOST)).decode_utf8_lossy().into_owned();
    let text = decoded.strip_prefix("mailto:").unwrap_or(&decoded);
    first(text)
        .or_else(|| cloudflare(text))
        .or_else(|| first(&base64_text(text)?))
        // The word for the sign is put in after the letters are turned.
        .or_else(|| first(&rot13(text).replace("[ng]", "@").replace("(ng)", "@")))
        .or_else(|| first(&reversed(text)))
}

/// Returns the text of base64, where it is one.
pub(super) fn base64_text(text: &str) -> Option<String> {
    let text = text.trim();
    (8..=MOST).contains(&text.len()).then_some(())?;
    String::from_utf8(STANDARD.decode(text).ok()?).ok().filter(|t| !t.contains(char::is_control))
}

/// Turns each letter by thirteen.
pub(super) fn rot13(text: &str) -> String {
    let turn = |c: char, base: u8| char::from(base + (c as u8 - base + 13) % 26);
    text.chars()
        .map(|c| match c {
            'a'..='z' => turn(c, b'a'),
            'A'..='Z' => turn(c, b'A'),
            _ => c,
        })
        .collect()
}

/// Returns a text from its end to its beginning.
pub(super) fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

/// Finds an address that is printed backwards and turned round by a style sheet: "elpmaxe.emca@ofni".
///
/// Only a mailbox that firms use, or the domain of the page itself, tells it from an address that reads forwards.
pub(super) fn backwards(token: &str, own: Option<&str>) -> Option<Email> {
    let token = clip(token, 254).trim_matches(|c: char| !c.is_alphanumeric());
    let turned = reversed(token);
    let email = first(&turned).filter(|email| email.as_str() == turned.to_lowercase())?;
    let owned =
        own.is_some_and(|host| host == email.domain() || host.strip_prefix("www.") == Some(email.domain()));
    (owned || MAILBOXES.contains(&email.local())).then_some(email)
}

/// Returns the first address of a text, spelt or not.
pub(super) fn first(text: &str) -> Option<Email> {
    let mut found = Vec::new();
    plain::find(text, &mut found);
    if found.is_empty() {
        spelt::find(text, &mut found);
    }
    found.into_iter().next().map(|m| m.email)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes an address as Cloudflare does.
    fn protect(text: &str, key: u8) -> String {
        let bytes: Vec<u8> = std::iter::once(key).chain(text.bytes().map(|b| b ^ key)).collect();
        bytes.iter().flat_map(|b| [b >> 4, b & 15]).filter_map(|n| char::from_digit(n.into(), 16)).collect()
    }

    #[test]
    fn cloaks_come_off() {
        let hex = protect("info@acme.example", 0x5a);
        let shifted: String = "mailto:info@acme.example".chars().map(|c| turn_typo3(c, -3)).collect();
        let base64 = STANDARD.encode("info@acme.example");
        for (how, email) in [
            ("hex", cloudflare(&hex)),
            ("link", cloudflare(&format!("/cdn-cgi/l/email-protection#{hex}"))),
            ("hex with a subject", cloudflare(&protect("info@acme.example?subject=x", 7))),
            ("shifted", shifted_link(&format!("javascript:linkTo_UnCryptMailto('{shifted}');"))),
            (
                "shifted and encoded",
                shifted_link(&format!("javascript:linkTo_UnCryptMailto(%27{shifted}%27);")),
            ),
            ("base64", any(&base64)),
            ("rot13", any("vasb@npzr.rknzcyr")),
            ("rot13 and spelt", payload("data-enc-email=vasb[at]npzr.rknzcyr").pop()),
            ("reversed", any("elpmaxe.emca@ofni")),
            ("backwards", backwards("elpmaxe.emca@ofni", None)),
            ("two attributes", payload("data-user=info\ndata-domain=acme.example").pop()),
            ("two attributes, reversed", payload("data-user=ofni\ndata-domain=elpmaxe.emca").pop()),
        ] {
            assert_eq!(email.as_ref().map(Email::as_str), Some("info@acme.example"), "{how}");
        }
    }

    #[test]
    fn nothing_comes_off_what_is_no_cloak() {
        for text in ["", "deadbeefdeadbeef", "#", "/cdn-cgi/l/email-protection", "zz"] {
            assert_eq!(cloudflare(text), None, "{text}");
            assert!(payload(text).is_empty(), "{text}");
        }
        assert_eq!(shifted_link("javascript:open('page')"), None);
        assert_eq!(backwards("info@acme.example", None), None);
    }
}

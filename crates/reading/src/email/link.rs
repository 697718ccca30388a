//! Links that write: `mailto:` and what people type for it.

use percent_encoding::percent_decode_str;

use super::plain::Match;
use super::{plain, spelt};
use crate::window::clip;

/// Longest address of a link that is looked into.
const MOST: usize = 2048;
/// More recipients than this are a mailing list, not a contact.
const MOST_RECIPIENTS: usize = 12;

/// The scheme, and how it is misspelt.
const SCHEMES: &[&str] = &[
    "mailto:",
    "mailto//",
    "mail:",
    "email:",
    "e-mail:",
    "mailto=",
    "malito:",
    "mailt:",
    "maito:",
    "mailo:",
    "mailto.",
    "http://mailto:",
    "https://mailto:",
    "http://mailto/",
    "http://mail:",
    "mailto",
];

/// Returns the recipients of a link, as written; `None` where it is no link that writes.
pub(super) fn recipients(href: &str) -> Option<Vec<Match>> {
    let href = clip(href.trim(), MOST);
    let opens = |scheme: &&&str| {
        href.as_bytes().get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
    };
    // Every scheme begins with an `e`, `m` or `h`, and has an `m` or a colon soon.
    let scheme = SCHEMES.iter().find(opens);
    let rest = match scheme {
        Some(scheme) => &href[scheme.len()..],
        None if forgotten(href) => href,
        None => return None,
    };
    let decoded = percent_decode_str(rest).decode_utf8_lossy();
    // Subject and body may name other addresses; `to` in the parameters is a recipient too.
    let (to, parameters) = decoded.split_once('?').unwrap_or((&decoded, ""));
    let also =
        parameters.split('&').find_map(|p| p.strip_prefix("to=").or_else(|| p.strip_prefix("amp;to=")));
    let to = match scheme {
        // "user:info@acme.example" has a password; a mailbox has none.
        None => to.trim_start_matches("http://").trim_start_matches("https://").trim_end_matches('/'),
        Some(_) => to.trim_start_matches('/'),
    };
    let mut found = Vec::new();
    for text in [Some(to), also].into_iter().flatten() {
        plain::find(text, &mut found);
        if found.is_empty() {
            spelt::find(text, &mut found);
        }
    }
    found.truncate(MOST_RECIPIENTS);
    Some(found)
}

/// Returns whether the scheme was forgotten: `info@acme.example`, `http://info@acme.example`.
fn forgotten(href: &str) -> bool {
    let bare = href.trim_start_matches("http://").trim_start_matches("https://").trim_end_matches('/');
    let Some((local, domain)) = bare.split_once('@') else { return false };
    !local.is_empty()
        && !local.contains(['/', ':', '?', '#', ' '])
        && !domain.contains(['/', ':', '@', '='])
        && domain.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(href: &str) -> Option<Vec<String>> {
        recipients(href).map(|found| found.iter().map(|m| m.email.as_str().to_owned()).collect())
    }

    #[test]
    fn links_that_write_are_read_as_people_type_them() {
        for href in [
            "mailto:info@acme.example",
            "MAILTO: info@acme.example ",
            "mailto://info@acme.example",
            "mailto:%20info%40acme.example",
            "mailto:Info@Acme.example?subject=To%20sales@acme.example",
            "mailto:?to=info@acme.example",
            "mailto:Acme%20Ltd%20%3Cinfo@acme.example%3E",
            "mailto:info(at)acme.example",
            "http://mailto:info@acme.example",
            "info@acme.example",
            "http://info@acme.example/",
            "mailto:info@acme.example.",
        ] {
            assert_eq!(to(href), Some(vec!["info@acme.example".to_owned()]), "{href}");
        }
        assert_eq!(to("mailto:a@acme.example,b@acme.example;c@acme.example").map(|v| v.len()), Some(3));
        for href in ["mailto:", "mailto:?subject=Look&body=https://acme.example", "mailto:name"] {
            assert_eq!(to(href), Some(Vec::new()), "{href}");
        }
        for href in [
            "https://acme.example/@team",
            "/contact",
            "https://user:pass@acme.example/",
            "https://acme.example/a@b.example",
        ] {
            assert_eq!(to(href), None, "{href}");
        }
    }
}

//! Links that dial: `tel:`, `callto:`, `sms:`, `fax:` and what people write for them.

use percent_encoding::percent_decode_str;

/// What a link does with its number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Scheme {
    /// Rings it.
    Call,
    /// Writes to it.
    Text,
    /// Sends it a fax.
    Fax,
}

/// The schemes, and how they are misspelt.
const SCHEMES: &[(&str, Scheme)] = &[
    ("tel:", Scheme::Call),
    ("tel.:", Scheme::Call),
    ("telephone:", Scheme::Call),
    ("phone:", Scheme::Call),
    ("call:", Scheme::Call),
    ("callto:", Scheme::Call),
    ("telto:", Scheme::Call),
    ("mobile:", Scheme::Call),
    ("http://tel:", Scheme::Call),
    ("https://tel:", Scheme::Call),
    ("http://tel//", Scheme::Call),
    ("http://tel/", Scheme::Call),
    ("skype:", Scheme::Call),
    ("sms:", Scheme::Text),
    ("smsto:", Scheme::Text),
    ("fax:", Scheme::Fax),
];

/// Returns the scheme of an address that dials, and what it dials. Most addresses do not, and cost a look at one letter.
pub(super) fn split(href: &str) -> Option<(Scheme, &str)> {
    let href = href.trim_start();
    let first = href.as_bytes().first()?.to_ascii_lowercase();
    if !matches!(first, b't' | b'p' | b'c' | b'm' | b'h' | b's' | b'f') {
        return None;
    }
    SCHEMES.iter().find_map(|(prefix, scheme)| {
        let start = href.get(..prefix.len())?;
        start.eq_ignore_ascii_case(prefix).then(|| (*scheme, &href[prefix.len()..]))
    })
}

/// Returns a number as it stands in a link, without scheme, slashes, percent signs and parameters other than `ext`.
pub(super) fn bare(text: &str) -> String {
    let text = crate::window::clip(text, 256);
    let rest = split(text).map_or(text, |(_, rest)| rest);
    let decoded = percent_decode_str(rest.trim_start_matches('/')).decode_utf8_lossy();
    let query = decoded.find(['?', '<', '"']).unwrap_or(decoded.len());
    decoded[..query].trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_dial_are_told_from_others() {
        for (href, dialled) in [
            ("tel:+442079460123", Some((Scheme::Call, "+442079460123"))),
            (" TEL:020 7946", Some((Scheme::Call, "020 7946"))),
            ("callto://0123", Some((Scheme::Call, "//0123"))),
            ("sms:07700900123?body=hi", Some((Scheme::Text, "07700900123?body=hi"))),
            ("https://acme.example/tel:1", None),
            ("mailto:a@acme.example", None),
            ("#top", None),
        ] {
            assert_eq!(split(href), dialled, "{href}");
        }
        assert_eq!(bare("tel://%2B44%2020?x=1"), "+44 20");
    }
}

//! When two spellings of an address are one page.
//!
//! Links spell one address in many ways: with `http` or `https`, with or without `www.`, a slash at the end, a fragment,
//! `%7E` for `~`. A live site answers or redirects them all, so an archive must too. [`loose`] brings the spellings
//! together; [`differs`] says how far two of them are apart, so that the nearest is taken.

use url::Url;

use crate::escape;

/// Returns what all spellings of one address have in common.
pub(super) fn loose(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let mut key = host.strip_prefix("www.").unwrap_or(host).to_owned();
    if let Some(port) = url.port().filter(|port| !matches!(port, 80 | 443)) {
        key.push(':');
        key.push_str(&port.to_string());
    }
    let path = even(url.path());
    key.push_str(path.trim_end_matches('/'));
    if let Some(query) = url.query().filter(|query| !query.is_empty()) {
        key.push('?');
        key.push_str(&even(query));
    }
    key
}

/// How far two spellings with the same [`loose`] form are apart: 0 is the same page for every server.
pub(super) fn differs(asked: &Url, held: &Url) -> u8 {
    let slash = slashed(asked) != slashed(held);
    let host = asked.host_str() != held.host_str();
    let scheme = asked.scheme() != held.scheme();
    u8::from(slash) * 4 + u8::from(host) * 2 + u8::from(scheme)
}

/// Whether the path ends with a slash. Between the two forms relative links mean something else.
pub(super) fn slashed(url: &Url) -> bool {
    url.path().ends_with('/')
}

/// Writes escapes in one way. Within a path these characters mean the same either way to any server in use.
fn even(text: &str) -> String {
    escape::even(text, |byte| escape::unreserved(byte) || b"!$&'()*+,;=:@".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_address_come_together_and_others_do_not() {
        let url = |text: &str| Url::parse(text).unwrap();
        let asked = url("https://www.lampen.example/~kauf/b%c3%a4r");
        for (spelling, distance) in [
            ("https://www.lampen.example/~kauf/b%C3%A4r", Some(0)),
            ("https://www.lampen.example:443/%7ekauf/b\u{e4}r#top", Some(0)),
            ("https://www.lampen.example/~kauf/b%c3%a4r?", Some(0)),
            ("http://www.lampen.example/~kauf/b%c3%a4r", Some(1)),
            ("https://lampen.example/~kauf/b%c3%a4r", Some(2)),
            ("https://www.lampen.example/~kauf/b%c3%a4r/", Some(4)),
            ("https://www.lampen.example/~Kauf/b%c3%a4r", None),
            ("https://www.lampen.example:8443/~kauf/b%c3%a4r", None),
            ("https://shop.lampen.example/~kauf/b%c3%a4r", None),
            ("https://www.lampen.example/~kauf/b%c3%a4r?page=2", None),
            ("https://www.lampen.example/~kauf%2Fb%c3%a4r", None),
        ] {
            let spelled = url(spelling);
            let found = (loose(&asked) == loose(&spelled)).then(|| differs(&asked, &spelled));
            assert_eq!(found, distance, "spelling: {spelling}");
        }
    }
}

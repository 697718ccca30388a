//! Addresses in what a page carries for its script: where a page that shows nothing sends its reader.
//!
//! A page that needs a script, a refresh or a frame to show anything still names addresses in its markup and embedded
//! state. They are taken from quoted strings, as text; nothing is run.

use std::collections::HashSet;

use url::Url;

/// Bytes of a page that are searched.
const SEARCHED: usize = 2_000_000;

/// Addresses taken from one page.
const TAKEN: usize = 400;

/// Returns the addresses that quoted strings of a page name, resolved, each once, in order.
pub(super) fn addresses(body: &[u8], base: &Url) -> Vec<Url> {
    let text = String::from_utf8_lossy(&body[..body.len().min(SEARCHED)]);
    let mut taken = Vec::new();
    let mut seen = HashSet::new();
    for quoted in text.split(['"', '\'', '`']) {
        if taken.len() == TAKEN {
            break;
        }
        if let Some(url) = address(quoted, base)
            && seen.insert(url.clone())
        {
            taken.push(url);
        }
    }
    taken
}

/// Returns where the page sends its reader by a refresh, a script or a frame, if it says so.
pub(super) fn onward(body: &[u8], base: &Url) -> Option<Url> {
    let text = String::from_utf8_lossy(&body[..body.len().min(20_000)]);
    let lower = text.to_ascii_lowercase();
    let markers = [
        "http-equiv=\"refresh\"",
        "http-equiv='refresh'",
        "http-equiv=refresh",
        "location.href",
        "location.replace",
        "location.assign",
        "window.location",
        "<frame ",
    ];
    let at = markers.iter().filter_map(|marker| lower.find(marker)).min()?;
    let rest = &text[at..];
    let rest = &rest[..rest.char_indices().nth(400).map_or(rest.len(), |(end, _)| end)];
    let refresh = rest.to_ascii_lowercase().find("url=").map(|found| &rest[found + 4..]);
    if let Some(target) = refresh {
        let target = target.trim_start_matches(['"', '\'', ' ']);
        let target = target.split(['"', '\'', '>', ' ']).next().unwrap_or_default();
        return base.join(target).ok().filter(|url| url != base);
    }
    let quoted = rest.split(['"', '\'']).skip(1).step_by(2);
    quoted
        .filter(|text| looks_like_path(text))
        .find_map(|text| base.join(text).ok().filter(|url| url != base))
}

/// Returns the address that a quoted string is, if it is one.
fn address(quoted: &str, base: &Url) -> Option<Url> {
    let text = quoted.replace("\\/", "/");
    let text = text.trim_end_matches('\\');
    let absolute = text.starts_with("https://") || text.starts_with("http://");
    let rooted = text.starts_with('/') && !text.starts_with("//") && looks_like_path(text);
    ((absolute || rooted) && text.len() <= 200).then(|| base.join(text).ok()).flatten()
}

/// Returns whether a string could be a path of a site.
fn looks_like_path(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 200
        && text.chars().all(|c| c.is_alphanumeric() || "/-_.~%?=&:+".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_state_names_addresses() {
        let base = Url::parse("https://acme.example/").unwrap();
        let body = br#"<div id=app></div><script>window.__S={"nav":[{"href":"\/help\/complaints"},{"to":"/contact-us"},"/contact-us","/a b","hello"]}</script>"#;
        let found: Vec<String> = addresses(body, &base).iter().map(|url| url.path().to_owned()).collect();
        assert_eq!(found, ["/help/complaints", "/contact-us"]);
    }

    #[test]
    fn a_page_that_only_sends_onward_is_followed() {
        let base = Url::parse("https://acme.example/").unwrap();
        for body in [
            r#"<meta http-equiv="refresh" content="0; url=/en/home">"#,
            r#"<meta http-equiv=refresh content="0;URL='/en/home'">"#,
            r#"<script>window.location.replace("/en/home")</script>"#,
            r#"<frameset><frame src="/en/home"></frameset>"#,
        ] {
            assert_eq!(
                onward(body.as_bytes(), &base).map(|url| url.path().to_owned()),
                Some("/en/home".to_owned()),
                "{body}"
            );
        }
        assert_eq!(onward(b"<p>hello</p>", &base), None);
    }
}

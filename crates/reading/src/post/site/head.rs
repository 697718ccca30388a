//! The head of a saved page: which site it says that it was saved from.
//!
//! Every page that is read is asked first whether it is one where others write, so that the look is cheap: the few marks
//! after which a head can say so are looked for, and only what follows them is read.

use std::sync::LazyLock;

use crate::needles::Needles;
use crate::window::clip;

/// How much after a mark is read.
const AFTER: usize = 512;

/// Domains of sites where others write; of yelp any country's.
const DOMAINS: [&str; 9] = [
    "trustpilot.com",
    "bbb.org",
    "quora.com",
    "reddit.com",
    "twitter.com",
    "x.com",
    "facebook.com",
    "instagram.com",
    "linkedin.com",
];

/// What such sites call themselves in `og:site_name`, which may go on.
const NAMES: [&str; 9] = [
    "trustpilot",
    "bbb",
    "better business bureau",
    "yelp",
    "quora",
    "reddit",
    "facebook",
    "instagram",
    "linkedin",
];

/// How the titles of their pages end.
const ENDS: [&str; 5] = ["| trustpilot", "- quora", "- yelp", " / x", "| linkedin"];

/// What the title of a page of the Better Business Bureau ends in, and how much may follow.
const BUREAU: (&str, usize) = ("better business bureau", 12);

/// Reads on after a mark; returns how far, where it says such a site.
type ReadOn = fn(&str) -> Option<usize>;

/// The marks, each with what reads on after it.
const MARKS: [(&str, ReadOn); 5] = [
    ("saved from url=(", by_browser),
    ("og:site_name", by_name),
    ("og:url\"", |after| by_address(after, "content=\"")),
    ("rel=\"canonical\"", |after| by_address(after, "href=\"")),
    ("<title", by_title),
];

static FINDER: LazyLock<Needles> = LazyLock::new(|| Needles::of(MARKS.map(|(mark, _)| mark)));

/// The words of a head that say that its page was saved from a site where others write, in order.
pub(super) fn says_saved(head: &str) -> impl Iterator<Item = &str> {
    let end = memchr::memmem::find(head.as_bytes(), b"<body").unwrap_or(head.len());
    let head = &head[..end];
    FINDER.find_iter(head).filter_map(move |mark| {
        let after = clip(&head[mark.end..], AFTER);
        let length = MARKS[mark.index].1(after)?;
        head.get(mark.start..mark.end + length)
    })
}

/// Reads "0042)https://www.site.com/" of the mark that browsers leave.
fn by_browser(after: &str) -> Option<usize> {
    let (count, rest) = after.split_once(')')?;
    let host = host(rest).filter(|_| !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit()))?;
    let end = after.len() - rest.len() + host.end;
    let goes_on = after[end..].starts_with('/') || after[end..].starts_with(char::is_whitespace);
    goes_on.then_some(end)
}

/// Reads `" content="Site` of a name.
fn by_name(after: &str) -> Option<usize> {
    let value = after.strip_prefix('"').unwrap_or(after).trim_start();
    let value = strip(value, "content=\"")?;
    let name = NAMES.into_iter().find(|name| strip(value, name).is_some())?;
    Some(after.len() - value.len() + name.len())
}

/// Reads ` content="https://www.site.com/` of an address.
fn by_address(after: &str, attribute: &str) -> Option<usize> {
    let value = strip(after.trim_start(), attribute)?;
    let end = after.len() - value.len() + host(value)?.end;
    after[end..].starts_with(['/', '"']).then_some(end)
}

/// Reads `>… | Site</title` of a title.
fn by_title(after: &str) -> Option<usize> {
    let (_, rest) = after.split_once('>')?;
    let (title, end) = rest.split_once('<')?;
    strip(end, "/title")?;
    let lower = title.trim_end().to_ascii_lowercase();
    let bureau = lower.rfind(BUREAU.0).is_some_and(|at| lower.len() - at - BUREAU.0.len() <= BUREAU.1);
    (bureau || ENDS.into_iter().any(|ending| lower.ends_with(ending)))
        .then(|| after.len() - rest.len() + title.len())
}

/// Returns where the host of a web address stands, where it is of such a site.
fn host(address: &str) -> Option<std::ops::Range<usize>> {
    let rest = strip(address, "https://").or_else(|| strip(address, "http://"))?;
    let length =
        rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_')).count();
    let host = rest[..length].to_ascii_lowercase();
    let of = |domain: &str| host.strip_suffix(domain).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
    let yelp = || {
        let (front, last) = host.rsplit_once('.').unwrap_or_default();
        (2..=3).contains(&last.len()) && front.rsplit('.').next() == Some("yelp")
    };
    let start = address.len() - rest.len();
    (DOMAINS.into_iter().any(of) || yelp()).then_some(start..start + length)
}

/// Returns what follows a beginning, in any letter case.
fn strip<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    text.get(..start.len()).filter(|head| head.eq_ignore_ascii_case(start)).map(|_| &text[start.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_says_where_its_page_was_saved() {
        for (head, said) in [
            (
                "<!-- saved from url=(0039)https://uk.trustpilot.com/review/acme.example -->",
                Some("trustpilot.com"),
            ),
            ("<meta property=\"og:site_name\" content=\"Trustpilot\">", Some("Trustpilot")),
            ("<META NAME=\"og:site_name\" CONTENT=\"Yelp Inc\">", Some("Yelp")),
            ("<meta property=\"og:url\" content=\"https://www.yelp.co/biz/acme\">", Some("yelp.co")),
            ("<link rel=\"canonical\" href=\"https://x.com/acme/status/1\">", Some("x.com")),
            ("<title>Acme Reviews | Trustpilot</title>", Some("Trustpilot")),
            ("<title data-x>Acme | Better Business Bureau® Profile</title >", Some("Profile")),
            ("<title>Acme (@acme) on X / X</title>", Some("/ X")),
            ("<link rel=\"canonical\" href=\"https://www.acme.example/x.com/\">", None),
            ("<link rel=\"canonical\" href=\"https://notx.com/\">", None),
            ("<meta property=\"og:url\" content=\"https://x.com.acme.example/\">", None),
            ("<title>How we answer on Trustpilot</title>", None),
            ("<title>Trustpilot and Acme", None),
            ("<a href=\"https://www.facebook.com/acme\">Facebook</a>", None),
            ("<!-- saved from url=(0039)https://www.acme.example/ -->", None),
            ("", None),
        ] {
            let found = says_saved(head).next();
            assert_eq!(found.is_some(), said.is_some(), "{head}: {found:?}");
            assert!(said.is_none_or(|said| found.is_some_and(|f| f.ends_with(said))), "{head}: {found:?}");
        }
    }
}

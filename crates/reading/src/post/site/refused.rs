//! Refusals: what a site shows instead of the page: a bot check, a log-in wall, a rule of its network, an age question.
//!
//! They come with status 200 as often as with 403, so they are told by their words. A long page that merely mentions a
//! captcha is no refusal.

use serde_json::Value;

use super::dom::Dom;
use super::fields;

/// Text longer than this is a page.
const SHORT: usize = 4_000;

/// Words of a refusal, and what it is.
const MARKS: &[(&str, &str)] = &[
    ("whoa there, pardner", "blocked the visit by a rule of its network"),
    ("blocked due to a network policy", "blocked the visit by a rule of its network"),
    ("please wait for verification", "asks to prove that one is no robot"),
    ("verifying your browser", "asks to prove that one is no robot"),
    ("verifying your request", "asks to prove that one is no robot"),
    ("checking your browser", "asks to prove that one is no robot"),
    ("just a moment...", "asks to prove that one is no robot"),
    ("verify you are human", "asks to prove that one is no robot"),
    ("verifying you are human", "asks to prove that one is no robot"),
    ("are you a robot", "asks to prove that one is no robot"),
    ("unusual traffic from", "asks to prove that one is no robot"),
    ("enable javascript and cookies to continue", "asks to prove that one is no robot"),
    ("javascript is not available", "shows nothing without its scripts"),
    ("you must be at least eighteen", "asks for the visitor's age first"),
    ("over 18?", "asks for the visitor's age first"),
    ("you must be 18", "asks for the visitor's age first"),
    ("log in to continue", "wants a log-in first"),
    ("log into facebook", "wants a log-in first"),
    ("log in to facebook", "wants a log-in first"),
    ("you must log in to continue", "wants a log-in first"),
    ("sign in to continue", "wants a log-in first"),
    ("join linkedin", "wants a log-in first"),
    ("sign up to see photos", "wants a log-in first"),
    ("access denied", "denied access"),
    ("request blocked", "denied access"),
    ("403 forbidden", "denied access"),
    ("429 too many requests", "says that too many pages were asked for"),
    ("too many requests", "says that too many pages were asked for"),
    ("service unavailable", "was not available"),
];

/// Tells whether a page is a refusal: of which site, and what it shows.
pub(super) fn html(dom: &Dom, source: &str) -> Option<(&'static str, &'static str)> {
    let title = dom.title().to_lowercase();
    let body = dom
        .all()
        .find(|e| e.name() == "body")
        .map_or_else(|| dom.all().next().map(|e| e.text()).unwrap_or_default(), |e| e.text());
    let lower = body.to_lowercase();
    let titled = MARKS.iter().find(|(mark, _)| title.contains(mark) && lower.len() < 20_000);
    let found = titled.or_else(|| {
        (lower.len() < SHORT).then(|| MARKS.iter().find(|(mark, _)| lower.contains(mark))).flatten()
    });
    found.map(|(_, why)| (site_of(source, &title), *why))
}

/// Tells whether an answer of an API is a refusal.
pub(super) fn json(value: &Value) -> Option<(&'static str, &'static str)> {
    let code =
        value.get("error").and_then(Value::as_u64).or_else(|| value.get("status").and_then(Value::as_u64));
    let message = fields::text(value, &["message", "error_description", "detail", "title"])
        .unwrap_or_default()
        .to_lowercase();
    let errors =
        value.get("errors").is_some() && value.get("data").is_none() && value.get("post_stream").is_none();
    match code {
        Some(401 | 403) => Some(("the site", "denied access")),
        Some(429) => Some(("the site", "says that too many pages were asked for")),
        _ if message.contains("forbidden")
            || message.contains("unauthorized")
            || message.contains("not permitted") =>
        {
            Some(("the site", "denied access"))
        }
        _ if errors && value.get("error_type").is_some() => Some(("the site", "denied access")),
        _ => None,
    }
}

/// Returns the site by what the page names.
fn site_of(source: &str, title: &str) -> &'static str {
    let head = &source[..source.floor_char_boundary(source.len().min(20_000))];
    for (mark, site) in [
        ("reddit", "reddit"),
        ("trustpilot", "trustpilot"),
        ("quora", "quora"),
        ("facebook", "facebook"),
        ("instagram", "instagram"),
        ("linkedin", "linkedin"),
        ("yelp", "yelp"),
        ("bbb.org", "bbb"),
        ("xcancel", "x"),
        ("twitter", "x"),
    ] {
        if title.contains(mark) || head.contains(mark) {
            return site;
        }
    }
    "the site"
}

//! Refusals: what a site shows instead of the page: a bot check, a log-in wall, a rule of its network, an age question.
//!
//! They come with status 200 as often as with 403, so they are told by their words. A long page that merely mentions a
//! captcha is no refusal.

use serde_json::Value;

use super::dom::Dom;
use super::fields;

/// Text longer than this is a page.
const SHORT: usize = 4_000;

/// What a check of visitors does.
const BOT_CHECK: &str = "asks you to prove that you are not a robot";

/// Words of a refusal, and what it is.
const MARKS: &[(&str, &str)] = &[
    ("whoa there, pardner", "blocked the visit by a rule of its network"),
    ("blocked due to a network policy", "blocked the visit by a rule of its network"),
    ("please wait for verification", BOT_CHECK),
    ("verifying your browser", BOT_CHECK),
    ("verifying your request", BOT_CHECK),
    ("checking your browser", BOT_CHECK),
    ("just a moment...", BOT_CHECK),
    ("verify you are human", BOT_CHECK),
    ("verifying you are human", BOT_CHECK),
    ("are you a robot", BOT_CHECK),
    ("unusual traffic from", BOT_CHECK),
    ("enable javascript and cookies to continue", BOT_CHECK),
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
    ("sign in to x", "wants a log-in first"),
    ("log in to x", "wants a log-in first"),
    ("log in to instagram", "wants a log-in first"),
    ("log in to see", "wants a log-in first"),
    ("sign in to view", "wants a log-in first"),
    ("sign in to read", "wants a log-in first"),
    ("to continue reading, log in", "wants a log-in first"),
    ("by continuing you indicate that you agree to quora", "wants a log-in first"),
    ("see more on facebook", "wants a log-in first"),
    ("melde dich an, um fortzufahren", "wants a log-in first"),
    ("bei facebook anmelden", "wants a log-in first"),
    ("bei x anmelden", "wants a log-in first"),
    ("se connecter à facebook", "wants a log-in first"),
    ("connectez-vous à x", "wants a log-in first"),
    ("connectez-vous pour continuer", "wants a log-in first"),
    ("inicia sesión para continuar", "wants a log-in first"),
    ("iniciar sesión en facebook", "wants a log-in first"),
    ("inicia sesión en x", "wants a log-in first"),
    ("accedi per continuare", "wants a log-in first"),
    ("meld je aan om verder te gaan", "wants a log-in first"),
    ("nur einen moment", BOT_CHECK),
    ("einen moment bitte", BOT_CHECK),
    ("un instant…", BOT_CHECK),
    ("un instant...", BOT_CHECK),
    ("un momento…", BOT_CHECK),
    ("un momento...", BOT_CHECK),
    ("bestätigen sie, dass sie ein mensch sind", BOT_CHECK),
    ("vérifiez que vous êtes humain", BOT_CHECK),
    ("verifique que es un ser humano", BOT_CHECK),
    ("verify you're not a robot", BOT_CHECK),
    ("verifying your connection", BOT_CHECK),
    ("disable any ad blocker", BOT_CHECK),
    ("sorry, you have been blocked", "denied access"),
    ("attention required! | cloudflare", "denied access"),
    ("this content isn't available right now", "does not show the page to everybody"),
    ("this page isn't available right now", "does not show the page to everybody"),
    ("something went wrong. try reloading", "did not load what it was to show"),
    ("access denied", "denied access"),
    ("request blocked", "denied access"),
    ("403 forbidden", "denied access"),
    ("429 too many requests", "says that too many pages were asked for"),
    ("too many requests", "says that too many pages were asked for"),
    ("service unavailable", "was not available"),
];

/// What the source of a check holds that shows no words of its own.
const CHECKS: &[&str] = &[
    "captcha-delivery.com",
    "/cdn-cgi/challenge-platform",
    "cf-chl-",
    "awswafcookiedomainlist",
    "px-captcha",
    "_incapsula_resource",
    "geo.captcha",
];

/// Text shorter than this beside the source of a check is that check.
const NEXT_TO_NOTHING: usize = 400;

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
    let found = found.map(|(_, why)| *why).or_else(|| {
        let head = crate::window::clip(source, 60_000).to_ascii_lowercase();
        let check = lower.trim().len() < NEXT_TO_NOTHING && CHECKS.iter().any(|mark| head.contains(mark));
        check.then_some(BOT_CHECK)
    });
    found.map(|why| (site_of(source, &title), why))
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
        ("https://x.com", "x"),
        ("//abs.twimg.com", "x"),
    ] {
        if title.contains(mark) || head.contains(mark) {
            return site;
        }
    }
    "the site"
}

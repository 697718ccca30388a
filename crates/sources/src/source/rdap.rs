//! RDAP: since when the company's domain is registered, and by whom where that is told.
//!
//! A look-alike is young; the domain of a company that one has heard of is not. No contact is taken from it: the mailbox
//! for abuse is the registrar's, and registrants are mostly blacked out.
//!
//! The shape is that of a recorded answer of the `.cz` registry; one of `.com` was never seen live.

use jiff::civil::Date;
use serde_json::Value;

use super::about::{About, Kind, Level, Seen, Wants};
use super::answer::{Answer, Trouble};
use super::asking::Asking;
use super::contacts::{list, short, text};
use super::subject::Subject;
use super::{Replied, Source};

/// Where RDAP is asked when nothing else is said: it forwards to the registry of the domain.
pub(crate) const BASE: &str = "https://rdap.org";

/// Asks the registry of a domain.
pub(super) struct Rdap;

const ABOUT: About = About {
    id: "rdap",
    name: "RDAP, the registries of domains",
    kind: Kind::Register,
    base: BASE,
    sends: "the company's domain",
    gives: "since when the domain is registered: a young one is a warning",
    wants: Wants::Domain,
    level: Level::B,
    terms: "no key; registries throttle",
    keep_days: 30,
    seen: Seen::Recorded,
    ..About::USUAL
};

/// A domain younger than this is told as young.
const YOUNG_DAYS: i32 = 365;

/// Returns whether a domain registered on `day` is so young that a company known for years will not write from it.
pub(crate) fn is_young(day: Date, today: Date) -> bool {
    (0..YOUNG_DAYS).contains(&(today - day).get_days())
}

impl Source for Rdap {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask<'a>(&'a self, asking: &'a Asking<'a>, subject: &'a Subject) -> Replied<'a> {
        Box::pin(ask(asking, subject))
    }
}

async fn ask(asking: &Asking<'_>, subject: &Subject) -> Result<Answer, Trouble> {
    let mut answer = Answer::default();
    let Some(domain) = subject.domain() else { return Ok(answer) };
    let url = asking.url(&["domain", domain], &[])?;
    let Some(data) = asking.json(&asking.call(url, None)?).await? else { return Ok(answer) };
    if let Some(day) = registered(&data.value) {
        let young = is_young(day, asking.now.to_zoned(jiff::tz::TimeZone::UTC).date());
        let warning = if young { ": younger than a year, so make sure that it is the company's" } else { "" };
        answer.facts.push(format!("`{domain}` is registered since {day}{warning}"));
    }
    if let Some(holder) = holder(&data.value) {
        answer.facts.push(format!("`{domain}` is registered for {holder}"));
    }
    Ok(answer)
}

/// Returns the day on which the domain of an RDAP answer (RFC 9083) was registered.
pub(crate) fn registered(value: &Value) -> Option<Date> {
    let events = list(value, &["events"]);
    let is_first = |event: &&Value| {
        text(event, &["eventAction"]).is_some_and(|action| action.eq_ignore_ascii_case("registration"))
    };
    text(events.iter().find(is_first)?, &["eventDate"])?.get(..10)?.parse().ok()
}

/// Returns the organisation for which it is registered, where the registry tells.
fn holder(value: &Value) -> Option<String> {
    let registrant = list(value, &["entities"])
        .iter()
        .find(|entity| list(entity, &["roles"]).iter().any(|role| role.as_str() == Some("registrant")))?;
    // A card is an array in an array: ["vcard", [["org", {}, "text", "Acme Ltd"], …]].
    let fields = registrant.get("vcardArray")?.as_array()?.get(1)?.as_array()?;
    let org = fields
        .iter()
        .filter_map(Value::as_array)
        .find(|field| field.first().and_then(Value::as_str) == Some("org"))?;
    let name = org.get(3)?.as_str().and_then(short)?;
    let hidden = ["redacted", "privacy", "proxy", "not disclosed", "withheld"];
    let lower = name.to_lowercase();
    (!hidden.iter().any(|word| lower.contains(word))).then_some(name)
}

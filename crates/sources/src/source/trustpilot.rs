//! Trustpilot, through its interface and with the user's own key: what the company says of itself in its profile.
//!
//! Its pages are guarded and its terms forbid to fetch them; those that the user saved are read without a key. A profile
//! is the company's word once it is claimed, and a listing before. It is found by the company's domain.
//!
//! Parsed captures of its pages have the fields of a profile; the answers of the interface were never seen live.

use ladder::{Country, Rung, SourceKind};
use serde_json::Value;

use super::about::{About, Kind, Level, Needs, Wants};
use super::answer::{Answer, Record, Told, Trouble};
use super::asking::{Asking, Lock};
use super::contacts::{Desk, short, text};
use super::same::{self, domain_of};
use super::subject::Subject;
use super::{Replied, Source};

/// Asks Trustpilot.
pub(super) struct Trustpilot;

const ABOUT: About = About {
    id: "trustpilot",
    name: "Trustpilot",
    kind: Kind::Review,
    base: "https://api.trustpilot.com",
    sends: "the company's domain, with your key",
    gives: "mailbox, phone and address of the company's profile",
    needs: Needs::Key { from: "developers.trustpilot.com", form: None },
    wants: Wants::Domain,
    level: Level::C,
    terms: "your own key; its pages may not be fetched",
    ..About::USUAL
};

impl Source for Trustpilot {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask<'a>(&'a self, asking: &'a Asking<'a>, subject: &'a Subject) -> Replied<'a> {
        Box::pin(ask(asking, subject))
    }
}

const LOCK: Option<Lock> = Some(Lock::Header("apikey", ""));

async fn ask(asking: &Asking<'_>, subject: &Subject) -> Result<Answer, Trouble> {
    let mut answer = Answer::default();
    let Some(domain) = subject.domain() else { return Ok(answer) };
    let url = asking.url(&["v1", "business-units", "find"], &[("name", domain)])?;
    let Some(unit) = asking.json(&asking.call(url, LOCK)?).await? else { return Ok(answer) };
    let id = text(&unit.value, &["id"])
        .filter(|id| id.len() <= 40 && id.bytes().all(|b| b.is_ascii_alphanumeric()));
    let Some(id) = id else { return Ok(answer) };
    let Some(record) = record(&unit.value, subject, domain) else { return Ok(answer) };
    let mut told = Told { record, found: Vec::new() };
    if !same::judge(subject, &told.record).is_same() {
        answer.told.push(told);
        return Ok(answer);
    }
    let url = asking.url(&["v1", "business-units", id, "profileinfo"], &[])?;
    if let Some(info) = asking.json(&asking.call(url, LOCK)?).await? {
        let claimed = [&unit.value, &info.value].into_iter().find_map(|value| {
            value.get("isClaimed").or_else(|| value.get("claimed")).and_then(Value::as_bool)
        });
        told.found.extend(contacts(asking, &info.value, &told.record, claimed, &info.fetched));
    }
    answer.told.push(told);
    Ok(answer)
}

fn record(unit: &Value, subject: &Subject, domain: &str) -> Option<Record> {
    let identifying = text(unit, &["name", "identifying"]).or_else(|| text(unit, &["identifyingName"]));
    let website = text(unit, &["websiteUrl"]);
    let domains: Vec<String> = identifying.into_iter().chain(website).filter_map(domain_of).collect();
    let host = identifying.unwrap_or(domain);
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    host.chars().all(fits).then(|| Record {
        name: text(unit, &["displayName"]).and_then(short).unwrap_or_else(|| subject.name.clone()),
        domains,
        website: website.and_then(short),
        country: text(unit, &["country"]).and_then(|code| Country::parse(code).ok()),
        page: format!("https://www.trustpilot.com/review/{host}"),
        ..Record::default()
    })
}

/// Reads the contacts of a profile; a pages' capture calls them `contactInfo`, the interface `contact`.
fn contacts(
    asking: &Asking<'_>,
    info: &Value,
    record: &Record,
    claimed: Option<bool>,
    fetched: &str,
) -> Option<(ladder::Source, ladder::Finding)> {
    let contact = info.get("contact").or_else(|| info.get("contactInfo")).unwrap_or(info);
    let kind = if claimed == Some(true) { SourceKind::ClaimedProfile } else { SourceKind::Listing };
    let desk = Desk { id: "trustpilot", rung: Some(Rung::FrontLine), label: "Profile on Trustpilot" };
    let country = text(contact, &["address", "country"])
        .or_else(|| text(contact, &["country"]))
        .and_then(same::country_named);
    let country = country.or(record.country);
    let phone = text(contact, &["phone"]).and_then(|phone| desk.phone(phone, country));
    let mail = text(contact, &["email"]).and_then(|mail| desk.email(mail));
    let inner = contact.get("address").filter(|address| address.is_object()).unwrap_or(contact);
    let field = |keys: &[&str]| keys.iter().find_map(|key| text(inner, &[key]));
    let office = Desk { rung: Some(Rung::Legal), ..desk };
    let postal = office.postal([
        Some(record.name.as_str()),
        field(&["street", "address"]),
        field(&["city"]),
        field(&["postcode", "zipCode"]),
        field(&["country"]),
    ]);
    let mut found = [phone, mail, postal];
    for sighting in found.iter_mut().flatten() {
        let words = if claimed == Some(true) {
            "not confirmed: from a profile that the company has claimed"
        } else {
            "from a profile that nobody has claimed"
        };
        sighting.notes.push(words.to_owned());
    }
    asking.found(found, asking.source(&record.page, kind, fetched, None))
}

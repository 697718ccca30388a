//! The Financial Services Register of the FCA (United Kingdom): the complaints contact that every firm must file.
//!
//! A search leads to the firm's reference number, its addresses to principal place and complaints contact. Firms that copy
//! another's name are in the register as warnings; they are read, and told.
//!
//! Never seen live: written from the documentation of the interface, with the field names it gives.

use std::time::Duration;

use ladder::{Channel, Country, Rung};
use serde_json::Value;

use super::about::{About, Kind, Level, Needs};
use super::answer::{Answer, Record, Told, Trouble};
use super::asking::Asking;
use super::contacts::{Desk, list, short, text};
use super::same;
use super::subject::Subject;
use super::{Replied, Source};
use crate::fetch::{Call, Secret};

/// Asks the register.
pub(super) struct Fca;

const ABOUT: About = About {
    id: "fca",
    name: "FCA Financial Services Register (UK)",
    kind: Kind::Register,
    base: "https://register.fca.org.uk",
    sends: "the company's name, with your key and the mail address you registered",
    gives: "the complaints contact of financial firms, as they filed it; warnings of clones",
    needs: Needs::Key { from: "free at register.fca.org.uk/Developer", form: Some("MAIL:KEY") },
    level: Level::A,
    terms: "free registration; about 50 requests in 10 seconds",
    countries: &["GB"],
    pause: Duration::from_millis(250),
    keep_days: 30,
    ..About::USUAL
};

impl Source for Fca {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask<'a>(&'a self, asking: &'a Asking<'a>, subject: &'a Subject) -> Replied<'a> {
        Box::pin(ask(asking, subject))
    }
}

/// The most firms that are looked at.
const MOST: usize = 20;

/// Makes a call with mail address and key in the headers that the register asks for.
fn call(asking: &Asking<'_>, path: &[&str], query: &[(&str, &str)]) -> Result<Call, Trouble> {
    let url = asking.url(path, query)?;
    let key = asking.key()?;
    let Some((mail, key)) = key.to_be_kept().split_once(':') else {
        return Err(Trouble::Lacks("its key is set as MAIL:KEY".to_owned()));
    };
    let mut call = asking.call(url, None)?;
    let parts = [("x-auth-email", Secret::new(mail)), ("x-auth-key", Secret::new(key))];
    call.secret_headers
        .extend(parts.into_iter().filter_map(|(name, secret)| secret.map(|secret| (name, secret))));
    Ok(call)
}

async fn ask(asking: &Asking<'_>, subject: &Subject) -> Result<Answer, Trouble> {
    let mut answer = Answer::default();
    let mut chosen: Option<Record> = None;
    let search =
        call(asking, &["services", "V0.1", "Search"], &[("q", subject.name.as_str()), ("type", "firm")])?;
    let Some(data) = asking.json(&search).await? else { return Ok(answer) };
    for row in list(&data.value, &["Data"]).iter().take(MOST) {
        let Some((record, status)) = firm(row) else { continue };
        if is_clone(&record.name, &status) {
            answer.facts.push(format!("the FCA warns of a firm that imitates others: `{}`", record.name));
            continue;
        }
        let same = same::judge(subject, &record).is_same() || subject.ids.frn == record.ids.frn;
        if same && chosen.is_none() && record.standing.is_none() {
            chosen = Some(record);
        } else {
            answer.told.push(Told { record, found: Vec::new() });
        }
    }
    let Some(mut record) = chosen else { return Ok(answer) };
    let frn = record.ids.frn.clone().unwrap_or_default();
    let addresses = call(asking, &["services", "V0.1", "Firm", &frn, "Address"], &[("Type", "ALL")])?;
    let mut told = Vec::new();
    if let Some(data) = asking.json(&addresses).await? {
        for row in list(&data.value, &["Data"]).iter().take(MOST) {
            if let Some(site) = text(row, &["Website Address"]).and_then(same::domain_of)
                && !record.domains.contains(&site)
            {
                record.domains.push(site);
            }
            told.extend(contacts(asking, row, &record, &data.fetched));
        }
    }
    answer.told.insert(0, Told { record, found: told });
    Ok(answer)
}

/// Reads one firm of a search, and its status.
fn firm(row: &Value) -> Option<(Record, String)> {
    let number =
        text(row, &["Reference Number"]).filter(|n| n.len() <= 8 && n.bytes().all(|b| b.is_ascii_digit()))?;
    let status = text(row, &["Status"]).unwrap_or_default().to_owned();
    let mut record = Record {
        // The register adds the postcode to the name: `Acme Bank plc (Postcode: AB1 2CD)`.
        name: text(row, &["Name"]).and_then(short)?.split(" (Postcode").next().unwrap_or_default().to_owned(),
        country: Country::parse("GB").ok(),
        standing: (!status.eq_ignore_ascii_case("authorised")).then(|| format!("the FCA says: {status}")),
        page: format!("https://register.fca.org.uk/s/search?q={number}&type=Companies"),
        ..Record::default()
    };
    record.ids.frn = Some(number.to_owned());
    Some((record, status))
}

fn is_clone(name: &str, status: &str) -> bool {
    let (name, status) = (name.to_lowercase(), status.to_lowercase());
    name.contains("clone") || status.contains("clone") || status.contains("unauthorised")
}

/// Reads one address of a firm: its complaints contact, or its chief office.
fn contacts(
    asking: &Asking<'_>,
    row: &Value,
    record: &Record,
    fetched: &str,
) -> Option<(ladder::Source, ladder::Finding)> {
    let kind = text(row, &["Address Type"]).unwrap_or_default().to_lowercase();
    let desk = if kind.contains("complaint") {
        Desk { id: "fca", rung: Some(Rung::Complaints), label: "Complaints contact filed with the FCA" }
    } else {
        Desk { id: "fca", rung: Some(Rung::Legal), label: "Principal place of business" }
    };
    let country = text(row, &["Country"]).and_then(same::country_named).or(record.country);
    let field = |key: &str| text(row, &[key]);
    let mut phone = field("Phone Number").and_then(|phone| desk.phone(phone, country));
    let mut postal = desk.postal([
        Some(record.name.as_str()),
        field("Address Line 1"),
        field("Address Line 2"),
        field("Address Line 3"),
        field("Address Line 4"),
        field("Town"),
        field("County"),
        field("Postcode"),
        field("Country"),
    ]);
    // A person whom the firm filed as the one for complaints holds that office.
    if desk.rung == Some(Rung::Complaints) {
        let person = field("Individual").and_then(short);
        for sighting in [&mut phone, &mut postal].into_iter().flatten() {
            sighting.person.clone_from(&person);
        }
    }
    let mail = field("Email Address").or_else(|| field("Email")).and_then(|mail| desk.email(mail));
    let site = field("Website Address").filter(|site| site.contains('.')).and_then(|site| {
        let site = if site.contains("://") { site.to_owned() } else { format!("https://{site}") };
        Desk { rung: Some(Rung::FrontLine), label: "Website", ..desk }.link(Channel::Web, &site)
    });
    let source = asking.source(&record.page, asking.about.level.witness(), fetched, None);
    asking.found([phone, mail, postal, site], source)
}

//! GLEIF: the register of legal entity identifiers.
//!
//! It tells which legal person stands behind a name, where it is registered, and who consolidates it. It has neither
//! phones nor people. Entries that were not renewed keep old addresses and say so here; the address of a sole trader is a
//! home and is not shown.
//!
//! The shape of a record is that of recorded answers; the searches were never seen live.

use ladder::{Country, Rung, SourceKind};
use serde_json::Value;

use super::about::{About, Kind, Level, Seen};
use super::answer::{Answer, Record, Told, Trouble};
use super::asking::Asking;
use super::contacts::{Desk, list, short, text, town};
use super::same;
use super::subject::Subject;
use super::{Replied, Source};

/// Asks GLEIF.
pub(super) struct Gleif;

const ABOUT: About = About {
    id: "gleif",
    name: "GLEIF, the register of legal entities",
    kind: Kind::Register,
    base: "https://api.gleif.org",
    gives: "legal name, registered address, country, parent",
    level: Level::B,
    terms: "no key; CC0; 60 requests a minute",
    keep_days: 30,
    seen: Seen::Recorded,
    ..About::USUAL
};

/// The most records that are looked at.
const MOST: usize = 10;

impl Source for Gleif {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask<'a>(&'a self, asking: &'a Asking<'a>, subject: &'a Subject) -> Replied<'a> {
        Box::pin(ask(asking, subject))
    }
}

async fn ask(asking: &Asking<'_>, subject: &Subject) -> Result<Answer, Trouble> {
    let mut answer = Answer::default();
    let mut found = Vec::new();
    let mut fetched = String::new();
    if let Some(lei) = subject.ids.lei.as_deref().filter(|lei| is_lei(lei)) {
        let url = asking.url(&["api", "v1", "lei-records", lei], &[])?;
        if let Some(data) = asking.json(&asking.call(url, None)?).await? {
            fetched = data.fetched;
            found.extend(data.value.get("data").cloned());
        }
    } else {
        let mut query = vec![("filter[entity.legalName]", subject.name.as_str()), ("page[size]", "10")];
        let country = subject.country.as_ref().map(Country::code);
        query.extend(country.map(|country| ("filter[entity.legalAddress.country]", country)));
        let url = asking.url(&["api", "v1", "lei-records"], &query)?;
        if let Some(data) = asking.json(&asking.call(url, None)?).await? {
            fetched = data.fetched;
            found.extend(list(&data.value, &["data"]).iter().take(MOST).cloned());
        }
    }
    let mut asked_parent = false;
    for entry in &found {
        let Some((record, sole)) = record(entry) else { continue };
        if sole {
            answer.notes.push(format!(
                "`{}` is a sole trader: the address may be a home and is left out",
                record.name
            ));
        }
        let mut told = Told { record, found: Vec::new() };
        if same::judge(subject, &told.record).is_same() {
            if !sole {
                told.found.extend(contacts(asking, entry, &told.record, &fetched));
            }
            if !asked_parent {
                asked_parent = true;
                told.record.parents.extend(parent(asking, &told.record).await?);
            }
        }
        answer.told.push(told);
    }
    // Exact names first, entries in force before others; the register's own order else.
    answer.told.sort_by_key(|told| {
        (!subject.names().any(|name| same::alike(name, &told.record.name)), told.record.standing.is_some())
    });
    Ok(answer)
}

/// Returns the company that consolidates an entity, where the register knows one.
async fn parent(asking: &Asking<'_>, record: &Record) -> Result<Option<String>, Trouble> {
    let Some(lei) = &record.ids.lei else { return Ok(None) };
    let url = asking.url(&["api", "v1", "lei-records", lei, "ultimate-parent"], &[])?;
    let Some(data) = asking.json(&asking.call(url, None)?).await? else { return Ok(None) };
    let name = text(&data.value, &["data", "attributes", "entity", "legalName", "name"]).and_then(short);
    Ok(name.filter(|name| !same::alike(name, &record.name)))
}

fn is_lei(text: &str) -> bool {
    text.len() == 20 && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Reads a record, and whether it is a sole trader's.
fn record(entry: &Value) -> Option<(Record, bool)> {
    let attributes = entry.get("attributes")?;
    let entity = attributes.get("entity")?;
    let lei = text(attributes, &["lei"]).or_else(|| text(entry, &["id"])).filter(|lei| is_lei(lei))?;
    let others =
        list(entity, &["otherNames"]).iter().filter_map(|other| text(other, &["name"])).filter_map(short);
    let country = text(entity, &["legalAddress", "country"]).and_then(|code| Country::parse(code).ok());
    let lapsed = text(attributes, &["registration", "status"]).filter(|status| *status != "ISSUED");
    let inactive = text(entity, &["status"]).filter(|status| *status != "ACTIVE");
    let standing = match (inactive, lapsed) {
        (Some(status), _) => Some(format!("the entity is {}", status.to_lowercase())),
        (None, Some(status)) => {
            Some(format!("its entry is {}: the address may be old", status.to_lowercase()))
        }
        (None, None) => None,
    };
    let mut record = Record {
        name: text(entity, &["legalName", "name"]).and_then(short)?,
        aliases: others.take(10).collect(),
        country,
        standing,
        page: format!("https://search.gleif.org/#/record/{lei}"),
        ..Record::default()
    };
    record.ids.lei = Some(lei.to_owned());
    // The United Kingdom's register is RA000585 (England and Wales) and its two sisters.
    if matches!(text(entity, &["registeredAt", "id"]), Some("RA000585" | "RA000586" | "RA000587")) {
        record.ids.companies_house = text(entity, &["registeredAs"]).and_then(short);
    }
    let sole = text(entity, &["category"]) == Some("SOLE_PROPRIETOR");
    Some((record, sole))
}

/// Returns the registered office and the head office.
fn contacts(
    asking: &Asking<'_>,
    entry: &Value,
    record: &Record,
    fetched: &str,
) -> Option<(ladder::Source, ladder::Finding)> {
    let attributes = entry.get("attributes")?;
    let entity = attributes.get("entity")?;
    let offices = [("legalAddress", "Registered office"), ("headquartersAddress", "Head office")];
    let sightings = offices.map(|(field, label)| {
        let address = entity.get(field)?;
        // A town alone is no address.
        list(address, &["addressLines"]).first()?;
        let lines = list(address, &["addressLines"]).iter().take(4).map(Value::as_str);
        let field = |key: &str| text(address, &[key]);
        let country = field("country").unwrap_or_default();
        let town = town(country, field("city"), field("region"), field("postalCode"));
        let town = town.iter().map(|part| Some(part.as_str()));
        let parts = [Some(record.name.as_str())].into_iter().chain(lines).chain(town);
        let mut sighting = Desk { id: "gleif", rung: Some(Rung::Legal), label }.postal(parts)?;
        sighting.notes.extend(record.standing.clone());
        Some(sighting)
    });
    let stated = text(attributes, &["registration", "lastUpdateDate"]);
    asking.found(sightings, asking.source(&record.page, SourceKind::Register, fetched, stated))
}

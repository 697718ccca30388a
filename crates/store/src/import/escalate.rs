//! The registry of Escalate Anything in its reduced form (CC BY 4.0): companies with contacts, each with page and day.
//!
//! Where the registry places a contact on several rungs, the highest counts, unless the company would be left without a
//! front line. What it does not place is left to whoever names it by label and matters.

use ladder::{Channel, Place, Reach, SourceKind};
use serde_json::Value;

use super::Imported;
use crate::names;
use crate::record::{Because, Company, Entry, Row};
use crate::starter::CREDIT;

/// The rungs as the registry names them, the highest use first.
const HIGHEST: [&str; 7] =
    ["executive", "complaints", "supervisor", "legal", "front_line", "specialist", "off_ladder"];

/// Reads one object.
pub(super) fn read(name: &str, value: &Value, day: &str, imported: &mut Imported) {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let Some(called) = text("name") else {
        return imported.warn(format!("{name}: `name` is needed"));
    };
    let state = text("state");
    let company = Company {
        id: text("id").unwrap_or_else(|| names::slug(&called)),
        name: called.clone(),
        aliases: list(value, "aliases")
            .into_iter()
            .filter(|alias| names::host_of(alias).is_none() && names::fold(alias) != names::fold(&called))
            .collect(),
        parent: text("parent"),
        country: text("country").or_else(|| state.as_ref().map(|_| "US".to_owned())),
        sector: text("sector").or_else(|| text("kind")),
        domains: if value.get("official_domains").is_some() {
            list(value, "official_domains")
        } else {
            text("website").as_deref().and_then(names::host_of).into_iter().collect()
        },
        website: text("website"),
        regulators: list(value, "regulators"),
        order: list(value, "order"),
        credit: Some(CREDIT.to_owned()),
        ..Company::default()
    };
    let contacts = value.get("contacts").and_then(Value::as_array);
    let mut entry = Entry { company, ..Entry::default() };
    let mut shared = Vec::new();
    for contact in contacts.into_iter().flatten() {
        let rungs = list(contact, "rungs");
        match row(contact, &rungs, state.is_some().then_some(called.as_str()), day) {
            Some(row) => {
                if rungs.len() > 1 && rungs.iter().any(|rung| rung == "front_line") {
                    shared.push(entry.contacts.len());
                }
                entry.contacts.push(row);
            }
            None => imported.warn(format!("{name}: {called}: a contact without channel, value or source")),
        }
    }
    let has_front = |row: &Row| row.rung.as_deref() == Some("front_line");
    if !entry.contacts.iter().any(has_front)
        && let Some(first) = shared.first()
    {
        entry.contacts[*first].rung = Some("front_line".to_owned());
    }
    imported.add(entry, name);
}

/// Returns the strings of a list.
fn list(value: &Value, key: &str) -> Vec<String> {
    let items = value.get(key).and_then(Value::as_array);
    items.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Reads one contact; `agency` is the outside body whose it is, where it is one's.
fn row(contact: &Value, rungs: &[String], agency: Option<&str>, day: &str) -> Option<Row> {
    let text = |key: &str| contact.get(key).and_then(Value::as_str).map(str::to_owned);
    let (channel, value) = settled(&text("channel")?, &text("value")?)?;
    let label = text("label")?;
    let url = text("source")?;
    let checked = text("checked").unwrap_or_else(|| day.to_owned());
    let rung = if agency.is_some() {
        Some("regulator")
    } else {
        HIGHEST.iter().copied().find(|rung| rungs.iter().any(|named| named == rung))
    };
    let because = rung.map(|rung| Because {
        id: "list".to_owned(),
        rung: rung.to_owned(),
        words: "placed there by the registry".to_owned(),
    });
    Some(Row {
        channel,
        value,
        rung: rung.map(str::to_owned),
        party: agency.map(str::to_owned),
        person: None,
        title: None,
        hours: text("hours"),
        languages: Vec::new(),
        cost: None,
        cost_note: None,
        extension: None,
        access: text("access").and_then(|access| serde_json::from_value(Value::String(access)).ok()),
        topics: list(contact, "topics"),
        notes: Vec::new(),
        place: Place::Main,
        because: because.into_iter().collect(),
        quote: label.clone(),
        label: Some(label),
        site: names::host_of(&url).unwrap_or_else(|| url.clone()),
        url,
        kind: SourceKind::Register,
        seen: format!("{checked}T00:00:00Z"),
        stated: Some(checked),
    })
}

/// Returns channel and value as the house keeps them: a relay code is a textphone, an address on the web that is said to
/// be a place to visit leads to it.
fn settled(channel: &str, value: &str) -> Option<(Channel, String)> {
    let channel = Channel::from_id(channel)?;
    let channel = match channel {
        Channel::Phone if value == "711" => Channel::Textphone,
        Channel::InPerson if value.starts_with("http") => Channel::Web,
        other => other,
    };
    if let Ok(reach) = Reach::parse(channel, value).or_else(|_| Reach::printed(channel, value)) {
        return Some((channel, reach.value().to_owned()));
    }
    // The way to a form or chat told in words is the way inside of an application or site.
    let reach = Reach::printed(Channel::App, value).ok()?;
    Some((Channel::App, reach.value().to_owned()))
}

//! schema.org organisations as JSON-LD: their names, site and contact points.
//!
//! Such a file says of itself where it comes from; here it is no more than a listing, whatever it claims.

use ladder::{Channel, Place, SourceKind};
use serde_json::Value;

use super::{Imported, each_json};
use crate::names;
use crate::record::{Company, Entry, Row};

/// How deep a graph is looked into.
const DEEPEST: usize = 6;

/// Reads a file.
pub(super) fn read(name: &str, text: &str, day: &str, imported: &mut Imported) {
    each_json(name, text, imported, |value, imported| node(name, value, day, 0, imported));
}

/// Returns the strings of a value that is one or a list of them.
fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// Returns the objects of a value that is one or a list of them.
fn objects(value: Option<&Value>) -> Vec<&Value> {
    match value {
        Some(Value::Array(list)) => list.iter().filter(|value| value.is_object()).collect(),
        Some(value) if value.is_object() => vec![value],
        _ => Vec::new(),
    }
}

/// Reads a node: an organisation, or a graph of nodes.
fn node(name: &str, value: &Value, day: &str, depth: usize, imported: &mut Imported) {
    if depth < DEEPEST {
        for inner in objects(value.get("@graph")) {
            node(name, inner, day, depth + 1, imported);
        }
    }
    let Some(called) = value.get("name").and_then(Value::as_str) else { return };
    let points = objects(value.get("contactPoint"));
    let own = ["telephone", "email", "faxNumber"].iter().any(|key| value.get(key).is_some());
    if points.is_empty() && !own {
        return;
    }
    let website = strings(value.get("url")).into_iter().next();
    let domains: Vec<String> = website.as_deref().and_then(names::host_of).into_iter().collect();
    let company = Company {
        name: called.to_owned(),
        legal_name: strings(value.get("legalName")).into_iter().next(),
        aliases: strings(value.get("alternateName")),
        parent: objects(value.get("parentOrganization"))
            .first()
            .and_then(|parent| parent.get("name"))
            .and_then(Value::as_str)
            .map(str::to_owned),
        credit: strings(value.get("creditText")).into_iter().next(),
        domains,
        website,
        ..Company::default()
    };
    let mut entry = Entry { company, ..Entry::default() };
    for point in points.into_iter().chain(own.then_some(value)) {
        rows(name, point, day, &mut entry);
    }
    imported.add(entry, name);
}

/// Reads the values of a contact point.
fn rows(name: &str, point: &Value, day: &str, entry: &mut Entry) {
    let page = objects(point.get("subjectOf")).into_iter().next();
    let url = page.and_then(|page| page.get("url")).and_then(Value::as_str).unwrap_or(name).to_owned();
    let stated = page.and_then(|page| page.get("lastReviewed")).and_then(Value::as_str).map(str::to_owned);
    let kind = strings(point.get("contactType")).into_iter().next();
    let rung = kind
        .as_deref()
        .filter(|kind| *kind == ladder::rung::OFF_LADDER || ladder::Rung::from_id(kind).is_some())
        .map(str::to_owned);
    let is_organization = point.get("contactPoint").is_some();
    let label = if is_organization { None } else { strings(point.get("name")).into_iter().next() }
        .or_else(|| kind.filter(|_| rung.is_none()));
    for (key, channel) in [
        ("telephone", Channel::Phone),
        ("faxNumber", Channel::Fax),
        ("email", Channel::Email),
        ("streetAddress", Channel::Postal),
        ("url", Channel::Form),
    ] {
        if is_organization && key == "url" {
            continue;
        }
        for value in strings(point.get(key)) {
            let value = value.trim_start_matches("mailto:").trim_start_matches("tel:").to_owned();
            entry.contacts.push(Row {
                channel,
                rung: rung.clone(),
                party: None,
                label: label.clone(),
                person: None,
                title: None,
                hours: strings(point.get("hoursAvailable")).into_iter().next(),
                languages: strings(point.get("availableLanguage")),
                cost: None,
                cost_note: None,
                extension: None,
                access: None,
                topics: Vec::new(),
                notes: Vec::new(),
                place: Place::Data,
                because: Vec::new(),
                quote: label.clone().unwrap_or_else(|| value.clone()),
                site: names::host_of(&url).unwrap_or_else(|| url.clone()),
                url: url.clone(),
                kind: SourceKind::Listing,
                seen: format!("{day}T00:00:00Z"),
                stated: stated.clone(),
                value,
            });
        }
    }
}

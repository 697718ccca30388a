//! The company database of datenanfragen.de (CC0): whom to ask about one's personal data.
//!
//! One JSON object a company, as its `schema.json` says; its mailboxes, forms and addresses are for requests about personal
//! data, so they are side doors (`specialist`) and never a way to complain. Supervisory authorities have the same shape
//! and are outside bodies.

use ladder::{Channel, Place, SourceKind};
use serde_json::Value;

use super::Imported;
use crate::names;
use crate::record::{Because, Company, Entry, Row};

/// How the source is credited.
const ORIGIN: &str = "datenanfragen.de company database (CC0)";

/// Reads one object.
pub(super) fn read(name: &str, value: &Value, day: &str, imported: &mut Imported) {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let list = |key: &str| -> Vec<String> {
        let items = value.get(key).and_then(Value::as_array);
        items.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let (Some(slug), Some(called)) = (text("slug"), text("name")) else {
        return imported.warn(format!("{name}: `slug` and `name` are needed"));
    };
    let authority = value.get("complaint-language").is_some() || name.contains("authorit");
    let website = text("web");
    let countries = list("relevant-countries");
    let country = match &countries[..] {
        [one] if one.len() == 2 => Some(one.to_uppercase()),
        _ => None,
    };
    let sources = list("sources");
    let page = sources
        .iter()
        .find(|source| source.starts_with("http"))
        .cloned()
        .unwrap_or_else(|| format!("https://www.datenanfragen.de/company/{slug}"));
    let company = Company {
        id: slug,
        name: called.clone(),
        aliases: list("runs"),
        country,
        sector: authority.then(|| "data_protection_authority".to_owned()),
        domains: website.as_deref().and_then(names::host_of).into_iter().collect(),
        website,
        origin: Some(ORIGIN.to_owned()),
        ..Company::default()
    };
    let mut entry = Entry { company, ..Entry::default() };
    for (key, channel) in [
        ("email", Channel::Email),
        ("webform", Channel::Form),
        ("phone", Channel::Phone),
        ("fax", Channel::Fax),
        ("address", Channel::Postal),
    ] {
        let Some(value) = text(key) else { continue };
        let value = if channel == Channel::Postal { value.replace('\n', ", ") } else { value };
        let rung = if authority { "regulator" } else { "specialist" };
        let label = if authority { "Complaints about personal data" } else { "Requests about personal data" };
        entry.contacts.push(Row {
            channel,
            value: reach(channel, &value),
            rung: Some(rung.to_owned()),
            party: authority.then(|| called.clone()),
            label: Some(label.to_owned()),
            person: None,
            title: None,
            hours: None,
            languages: text("request-language").into_iter().collect(),
            cost: None,
            cost_note: None,
            extension: None,
            access: None,
            topics: vec!["privacy_request".to_owned()],
            notes: Vec::new(),
            place: Place::Data,
            because: vec![Because { id: "list".to_owned(), rung: rung.to_owned(), words: ORIGIN.to_owned() }],
            quote: format!("{key}: {value}"),
            url: page.clone(),
            kind: SourceKind::Register,
            site: "datenanfragen.de".to_owned(),
            seen: format!("{day}T00:00:00Z"),
            stated: None,
        });
    }
    imported.add(entry, name);
}

/// Returns a value in its normal form, where it has one.
fn reach(channel: Channel, value: &str) -> String {
    ladder::Reach::parse(channel, value).map_or_else(|_| value.to_owned(), |reach| reach.value().to_owned())
}

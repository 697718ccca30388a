//! Our own export: a sighting a line. Columns are found by their names; those of one company need not stand together.

use std::collections::HashMap;

use ladder::{Channel, Place};
use serde_json::Value;

use super::Imported;
use crate::export::{LIST, unguarded};
use crate::record::{Company, Entry, Row};

/// Reads the lines of a file.
pub(super) fn read(name: &str, text: &str, imported: &mut Imported) {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let columns: HashMap<String, usize> = match reader.headers() {
        Ok(head) => head.iter().enumerate().map(|(at, column)| (column.trim().to_lowercase(), at)).collect(),
        Err(error) => return imported.warn(format!("{name}: {error}")),
    };
    let mut entries: Vec<Entry> = Vec::new();
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                imported.warn(format!("{name}: {error}"));
                continue;
            }
        };
        let cell = |column: &str| -> Option<String> {
            let text = unguarded(record.get(*columns.get(column)?)?.trim());
            (!text.is_empty()).then(|| text.to_owned())
        };
        let list = |column: &str| -> Vec<String> {
            cell(column).map(|text| text.split(LIST).map(str::to_owned).collect()).unwrap_or_default()
        };
        let line = record.position().map_or(0, csv::Position::line);
        let channel = cell("channel").and_then(|id| Channel::from_id(&id));
        let (Some(company), Some(channel), Some(value)) = (cell("name"), channel, cell("value")) else {
            imported.warn(format!("{name}, line {line}: name, channel and value are needed"));
            continue;
        };
        let key = cell("company_id").unwrap_or_else(|| company.clone());
        let at = *by_id.entry(key).or_insert_with(|| {
            entries.push(Entry {
                company: Company {
                    id: cell("company_id").unwrap_or_default(),
                    name: company.clone(),
                    legal_name: cell("legal_name"),
                    aliases: list("aliases"),
                    parent: cell("parent"),
                    country: cell("country"),
                    sector: cell("sector"),
                    website: cell("website"),
                    domains: list("domains"),
                    regulators: list("regulators"),
                    order: Vec::new(),
                    register_number: cell("register_number"),
                    credit: cell("credit"),
                    origin: None,
                },
                ..Entry::default()
            });
            entries.len() - 1
        });
        let kind = cell("kind").and_then(|kind| serde_json::from_value(Value::String(kind)).ok());
        let url = cell("url").unwrap_or_else(|| name.to_owned());
        entries[at].contacts.push(Row {
            channel,
            value: value.clone(),
            rung: cell("rung"),
            party: cell("party"),
            label: cell("label"),
            person: cell("person"),
            title: cell("title"),
            hours: cell("hours"),
            languages: list("languages"),
            cost: None,
            cost_note: cell("cost_note"),
            extension: cell("extension"),
            access: cell("access").and_then(|access| serde_json::from_value(Value::String(access)).ok()),
            topics: list("topics"),
            notes: list("notes"),
            place: Place::default(),
            because: Vec::new(),
            quote: cell("quote").or_else(|| cell("label")).unwrap_or(value),
            site: cell("site").or_else(|| crate::names::host_of(&url)).unwrap_or_else(|| url.clone()),
            url,
            // A table of unknown make is no more than a listing.
            kind: kind.unwrap_or(ladder::SourceKind::Listing),
            seen: cell("seen").unwrap_or_default(),
            stated: cell("stated"),
        });
    }
    for entry in entries {
        imported.add(entry, name);
    }
}

//! Exports of the directory: JSON Lines (whole), CSV (a sighting a line), schema.org JSON-LD (for other programs).
//!
//! What a representative told this user is never passed on as if it were published: it goes only into an export that asks
//! for it, with its kind, and never into JSON-LD.

use ladder::{Channel, SourceKind};
use serde_json::{Value, json};

use crate::record::{Entry, Row};

/// The columns of the CSV form.
pub const COLUMNS: [&str; 32] = [
    "company_id", "name", "legal_name", "aliases", "parent", "country", "sector", "website", "domains", "regulators",
    "register_number", "credit", "channel", "value", "rung", "party", "label", "person", "title", "hours", "languages",
    "cost_note", "extension", "access", "topics", "notes", "quote", "url", "kind", "site", "seen", "stated",
];

/// What parts the items of a list in one cell.
pub const LIST: &str = " | ";

/// Returns an entry without what may not be passed on: what was told, unless it is asked for.
#[must_use]
pub fn public(mut entry: Entry, with_told: bool) -> Entry {
    if !with_told {
        entry.contacts.retain(|row| row.kind != SourceKind::Told);
    }
    entry
}

/// Returns an entry as one line of JSON, with its line end.
///
/// # Errors
///
/// Where a record cannot be written as JSON, which none of ours does.
pub fn json_line(entry: &Entry) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string(entry)? + "\n")
}

/// Returns the rows of an entry as CSV, without the line of columns.
///
/// # Errors
///
/// Where a row cannot be written as CSV, which none of ours does.
pub fn csv_rows(entry: &Entry) -> Result<String, csv::Error> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    for row in &entry.contacts {
        writer.write_record(cells(entry, row))?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Returns the line of columns.
#[must_use]
pub fn csv_head() -> String {
    COLUMNS.join(",") + "\n"
}

/// Returns the word that a value is written as in JSON.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(text)) => text,
        _ => String::new(),
    }
}

/// Characters that make a spreadsheet take a cell for a formula when they stand first.
const FORMULA: [char; 5] = ['=', '+', '-', '@', '\t'];

/// Returns a cell that no spreadsheet runs: one that begins like a formula gets a `'` before it, except a telephone number.
fn guarded(text: String) -> String {
    let begins = text.starts_with(FORMULA) || text.starts_with('\'');
    if begins && ladder::E164::parse(&text).is_err() { format!("'{text}") } else { text }
}

/// Returns what was written into a guarded cell.
pub(crate) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA) || rest.starts_with('\'')).unwrap_or(cell)
}

fn cells(entry: &Entry, row: &Row) -> [String; 32] {
    plain_cells(entry, row).map(guarded)
}

fn plain_cells(entry: &Entry, row: &Row) -> [String; 32] {
    let company = &entry.company;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        company.id.clone(),
        company.name.clone(),
        text(&company.legal_name),
        company.aliases.join(LIST),
        text(&company.parent),
        text(&company.country),
        text(&company.sector),
        text(&company.website),
        company.domains.join(LIST),
        company.regulators.join(LIST),
        text(&company.register_number),
        text(&company.credit),
        row.channel.id().to_owned(),
        row.value.clone(),
        text(&row.rung),
        text(&row.party),
        text(&row.label),
        text(&row.person),
        text(&row.title),
        text(&row.hours),
        row.languages.join(LIST),
        text(&row.cost_note),
        text(&row.extension),
        row.access.as_ref().map(word).unwrap_or_default(),
        row.topics.join(LIST),
        row.notes.join(LIST),
        row.quote.clone(),
        row.url.clone(),
        word(&row.kind),
        row.site.clone(),
        row.seen.clone(),
        text(&row.stated),
    ]
}

/// Returns an entry as a schema.org `Organization`; what was told is left out.
#[must_use]
pub fn organization(entry: &Entry) -> Value {
    let company = &entry.company;
    let mut points: Vec<Value> = Vec::new();
    for row in entry.contacts.iter().filter(|row| row.kind != SourceKind::Told && row.party.is_none()) {
        points.push(contact_point(row));
    }
    let mut organization = json!({
        "@type": "Organization",
        "name": company.name,
        "contactPoint": points,
    });
    let mut add = |key: &str, value: Value| {
        if let Some(object) = organization.as_object_mut()
            && !value.is_null()
            && value != json!([])
        {
            object.insert(key.to_owned(), value);
        }
    };
    add("legalName", json!(company.legal_name));
    add("alternateName", json!(company.aliases));
    let site = company.website.clone().or_else(|| company.domains.first().map(|d| format!("https://{d}/")));
    add("url", json!(site));
    add("parentOrganization", company.parent.as_ref().map_or(Value::Null, |name| json!({"@type": "Organization", "name": name})));
    add("creditText", json!(company.credit));
    organization
}

/// Returns a sighting as a schema.org `ContactPoint`; a postal address is a `PostalAddress`, which is one.
fn contact_point(row: &Row) -> Value {
    let key = match row.channel {
        Channel::Phone | Channel::Textphone => "telephone",
        Channel::Fax => "faxNumber",
        Channel::Email => "email",
        Channel::Postal | Channel::InPerson => "streetAddress",
        _ if row.value.starts_with("http") => "url",
        _ => "description",
    };
    let kind = if key == "streetAddress" { "PostalAddress" } else { "ContactPoint" };
    let mut point = json!({ "@type": kind, key: row.value });
    if let Some(object) = point.as_object_mut() {
        let mut add = |key: &str, value: Value| {
            if !value.is_null() && value != json!([]) {
                object.insert(key.to_owned(), value);
            }
        };
        add("contactType", json!(row.rung));
        add("name", json!(row.label));
        add("hoursAvailable", json!(row.hours));
        add("availableLanguage", json!(row.languages));
        let mut page = json!({ "@type": "WebPage", "url": row.url });
        if let (Some(object), Some(day)) = (page.as_object_mut(), row.stated.as_ref()) {
            object.insert("lastReviewed".to_owned(), json!(day));
        }
        add("subjectOf", page);
    }
    point
}

//! The answers of a batch as CSV, JSON or Parquet, in the order of the list.
//!
//! CSV has a line a contact point; a company without any has one line that says why. JSON holds the answers of `find` as
//! they are. Parquet has the schema of `archive`, so that it can be merged with what was extracted.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use columnar::table;
use columnar::{Record, RecordKind};
use serde_json::{Value, json};

use super::{BatchError, Kept, disk};

/// The forms.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Form {
    Csv,
    Json,
    Lines,
    Parquet,
}

impl Form {
    /// Returns the form that a name tells.
    pub(super) fn of(path: &Path) -> Result<Self, BatchError> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("csv") => Ok(Self::Csv),
            Some("json") => Ok(Self::Json),
            Some("jsonl") => Ok(Self::Lines),
            Some("parquet") => Ok(Self::Parquet),
            _ => Err(BatchError::Form(path.to_owned())),
        }
    }
}

/// The columns of the CSV form.
const COLUMNS: [&str; 17] = [
    "line",
    "asked",
    "name",
    "domain",
    "status",
    "why",
    "rung",
    "channel",
    "value",
    "party",
    "label",
    "person",
    "hours",
    "confidence",
    "quote",
    "url",
    "seen",
];

/// A file of answers being written; it takes its name when it is whole.
pub(super) struct Output {
    form: Form,
    to: PathBuf,
    file: tempfile::NamedTempFile,
    out: BufWriter<File>,
    columns: Option<table::Writer>,
    written: usize,
}

/// Returns a text that a value holds.
fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Returns a cell that no spreadsheet runs.
fn cell(text: String) -> String {
    let begins = text.starts_with(['=', '+', '-', '@', '\t']);
    if begins && ladder::E164::parse(&text).is_err() { format!("'{text}") } else { text }
}

impl Output {
    pub(super) fn create(to: &Path, form: Form) -> Result<Self, BatchError> {
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = tempfile::Builder::new().prefix(".upstairs-").tempfile_in(folder).map_err(disk(folder))?;
        let columns = match form {
            Form::Parquet => Some(table::Writer::create(file.path(), false)?),
            _ => None,
        };
        let out = BufWriter::new(file.reopen().map_err(disk(to))?);
        let mut output = Self { form, to: to.to_owned(), file, out, columns, written: 0 };
        match form {
            Form::Csv => output.put(&(COLUMNS.join(",") + "\n"))?,
            Form::Json => output.put("[")?,
            Form::Lines | Form::Parquet => {}
        }
        Ok(output)
    }

    fn put(&mut self, text: &str) -> Result<(), BatchError> {
        self.out.write_all(text.as_bytes()).map_err(disk(&self.to))
    }

    /// Adds an answer.
    pub(super) fn add(&mut self, kept: &Kept) -> Result<(), BatchError> {
        match self.form {
            Form::Json | Form::Lines => {
                let one = json!({"line": kept.n + 1, "asked": kept.asked, "error": kept.error, "answer": kept.answer});
                let before = if self.form == Form::Lines || self.written == 0 { "" } else { "," };
                self.put(&format!("{before}{one}\n"))?;
            }
            Form::Csv => self.csv(kept)?,
            Form::Parquet => {
                if let Some(columns) = &mut self.columns {
                    columns.add(records(kept))?;
                }
            }
        }
        self.written += 1;
        Ok(())
    }

    fn csv(&mut self, kept: &Kept) -> Result<(), BatchError> {
        let company = kept.answer.as_ref().map_or(&Value::Null, |answer| &answer["company"]);
        let (status, why) = match (&kept.error, kept.contacts()) {
            (Some(error), _) => ("failed", error.clone()),
            (None, []) => {
                ("nothing", kept.answer.as_ref().map_or_else(String::new, |answer| text(&answer["stopped"])))
            }
            (None, _) if kept.leads_up() => ("way up", String::new()),
            (None, _) => ("front line only", String::new()),
        };
        let front = [
            (kept.n + 1).to_string(),
            kept.asked.company.clone(),
            text(&company["name"]),
            text(&company["domain"]),
            status.to_owned(),
            why,
        ];
        let none = [Value::Null];
        let contacts = if kept.contacts().is_empty() { &none } else { kept.contacts() };
        let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
        for contact in contacts {
            let witness = &contact["witnesses"][0];
            let confidence =
                contact["confidence"].as_f64().map_or_else(String::new, |share| format!("{share:.2}"));
            let back = ["rung", "channel", "value", "party", "label", "person", "hours"]
                .map(|name| text(&contact[name]));
            let end = [confidence, text(&witness["quote"]), text(&witness["url"]), text(&witness["seen"])];
            let cells = front.iter().cloned().chain(back).chain(end).map(cell);
            writer.write_record(cells).map_err(|error| disk(&self.to)(error.into()))?;
        }
        let bytes = writer.into_inner().map_err(|error| disk(&self.to)(error.into_error()))?;
        self.out.write_all(&bytes).map_err(disk(&self.to))
    }

    /// Ends the file and gives it its name.
    pub(super) fn finish(mut self) -> Result<(), BatchError> {
        match self.form {
            Form::Json => self.put("]\n")?,
            Form::Csv | Form::Lines => {}
            Form::Parquet => {
                if let Some(columns) = self.columns.take() {
                    columns.finish()?;
                }
            }
        }
        self.out.flush().map_err(disk(&self.to))?;
        let file = self.file.persist(&self.to).map_err(|error| disk(&self.to)(error.error))?;
        file.sync_all().map_err(disk(&self.to))
    }
}

/// Returns the records of an answer: the company, and a sighting for each witness of each contact.
fn records(kept: &Kept) -> Vec<Record> {
    let Some(answer) = &kept.answer else { return Vec::new() };
    let company = &answer["company"];
    let maybe = |value: &Value| value.as_str().map(str::to_owned);
    let site = maybe(&company["domain"]).unwrap_or_else(|| store::names::slug(&kept.asked.company));
    let name = maybe(&company["name"]);
    let own = Record {
        record: RecordKind::Company,
        site: site.clone(),
        seen: text(&answer["asked"]["at"]),
        named_by: name.as_ref().map(|_| columnar::record::NamedBy::Data),
        name,
        legal_name: maybe(&company["legal_name"]),
        register_number: maybe(&company["register_number"]),
        ..Record::default()
    };
    let list = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let sightings = kept.contacts().iter().flat_map(|contact| {
        let site = site.clone();
        contact["witnesses"].as_array().into_iter().flatten().map(move |witness| Record {
            record: RecordKind::Contact,
            site: site.clone(),
            url: text(&witness["url"]),
            seen: text(&witness["seen"]),
            kind: serde_json::from_value(witness["kind"].clone()).unwrap_or(ladder::SourceKind::Listing),
            channel: contact["channel"].as_str().and_then(ladder::Channel::from_id),
            value: maybe(&contact["value"]),
            rung: maybe(&contact["rung"]),
            party: maybe(&contact["party"]).filter(|party| party != "company"),
            label: maybe(&contact["label"]),
            person: maybe(&contact["person"]),
            role: maybe(&contact["title"]),
            hours: maybe(&contact["hours"]),
            languages: list(&contact["languages"]),
            topics: list(&contact["topics"]),
            notes: list(&contact["notes"]),
            cost_note: maybe(&contact["cost_note"]),
            extension: maybe(&contact["extension"]),
            place: serde_json::from_value(witness["place"].clone()).ok(),
            quote: maybe(&witness["quote"]),
            ..Record::default()
        })
    });
    [own].into_iter().chain(sightings).collect()
}

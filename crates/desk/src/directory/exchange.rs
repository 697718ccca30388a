//! `directory export` and `directory import`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use store::import::{Format, ImportError};
use store::{Settings, StoreError};

use super::{name_rows, place};

/// The forms of an export.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ExportFormat {
    /// A company a line, whole.
    JsonLines,
    /// A sighting a line.
    Csv,
    /// schema.org organisations.
    JsonLd,
}

/// Reads the name of an export form, for a face that parses words.
///
/// # Errors
///
/// A text that lists the forms.
pub fn parse_export(text: &str) -> Result<ExportFormat, String> {
    match text {
        "jsonl" => Ok(ExportFormat::JsonLines),
        "csv" => Ok(ExportFormat::Csv),
        "jsonld" => Ok(ExportFormat::JsonLd),
        _ => Err(format!("`{text}` is not known: jsonl, csv, jsonld")),
    }
}

/// Reads the name of an import form, for a face that parses words.
///
/// # Errors
///
/// A text that lists the forms.
pub fn parse_import(text: &str) -> Result<Format, String> {
    Format::from_id(text)
        .ok_or_else(|| format!("`{text}` is not known: {}", Format::ALL.map(Format::id).join(", ")))
}

/// Why an export or import failed.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The directory cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be read.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// There is no place for a directory.
    #[error("there is no folder for your own directory")]
    NoPlace,
    /// There is nothing to export yet.
    #[error("your own directory is empty")]
    Empty,
    /// The output cannot be written.
    #[error("the export cannot be written: {0}")]
    Write(#[from] io::Error),
}

impl ExchangeError {
    /// Returns what the user can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Store(error) => error.hint(),
            Self::NoPlace => Some("name one with --data FOLDER or UPSTAIRS_DATA"),
            Self::Empty => Some(
                "`upstairs find` and `directory import` fill it; --starter exports the one that is built in",
            ),
            Self::Import(_) | Self::Write(_) => None,
        }
    }
}

/// Writes the user's own directory, or the one that is built in. Returns how many companies were written.
///
/// # Errors
///
/// [`ExchangeError`] by cause.
pub async fn export(
    data: Option<&Path>,
    format: ExportFormat,
    starter: bool,
    with_told: bool,
    out: &mut (dyn Write + Send),
) -> Result<usize, ExchangeError> {
    let mut written = 0;
    begin(format, out)?;
    if starter {
        for entry in store::starter::Starter::builtin().entries() {
            one(format, &entry, written, out)?;
            written += 1;
        }
    } else {
        let directory = match place(data) {
            None => return Err(ExchangeError::NoPlace),
            Some(store) => store.read_directory().await?.ok_or(ExchangeError::Empty)?,
        };
        for number in directory.companies().await? {
            let Some(entry) = directory.entry(number).await? else { continue };
            one(format, &store::export::public(entry, with_told), written, out)?;
            written += 1;
        }
        directory.close().await;
    }
    if format == ExportFormat::JsonLd {
        writeln!(out, "\n]}}")?;
    }
    out.flush()?;
    Ok(written)
}

/// The most values under several companies that an import tells of.
const MOST_SHARED: usize = 200;

/// Says which values now stand under unrelated companies though none of them publishes it: each is shown as suspect.
fn shared_values(shared: Vec<Vec<store::directory::Owned>>) -> Vec<String> {
    let mut words = Vec::new();
    for owned in shared {
        let Some(first) = owned.first() else { continue };
        let mut unrelated: Vec<&store::Company> = vec![&first.company];
        for one in &owned[1..] {
            if unrelated.iter().all(|known| !super::shared::related(known, &one.company)) {
                unrelated.push(&one.company);
            }
        }
        if unrelated.len() >= 2 {
            let names: Vec<&str> = unrelated.iter().map(|company| company.name.as_str()).collect();
            words.push(format!(
                "`{}` is named for companies that have nothing to do with each other ({}): it is shown as suspect",
                first.row.value,
                names.join(", ")
            ));
        }
    }
    words.truncate(20);
    words
}

fn begin(format: ExportFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        ExportFormat::JsonLines => Ok(()),
        ExportFormat::Csv => out.write_all(store::export::csv_head().as_bytes()),
        ExportFormat::JsonLd => out.write_all(b"{\"@context\":\"https://schema.org\",\"@graph\":["),
    }
}

fn one(format: ExportFormat, entry: &store::Entry, written: usize, out: &mut dyn Write) -> io::Result<()> {
    match format {
        ExportFormat::JsonLines => out.write_all(store::export::json_line(entry)?.as_bytes()),
        ExportFormat::Csv => {
            let rows = store::export::csv_rows(entry).map_err(io::Error::other)?;
            out.write_all(rows.as_bytes())
        }
        ExportFormat::JsonLd => {
            let comma = if written == 0 { "\n" } else { ",\n" };
            write!(out, "{comma}{}", store::export::organization(entry))
        }
    }
}

/// What an import brought.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ImportAnswer {
    /// Companies.
    pub companies: usize,
    /// Sightings of contacts.
    pub contacts: usize,
    /// What a proposal of `directory check` changed: contacts new, gone or otherwise; 0 for any other file.
    pub changed: usize,
    /// What could not be read, and why.
    pub warnings: Vec<String>,
    /// How many more warnings there were.
    pub more_warnings: usize,
    /// The file of the directory.
    pub into: PathBuf,
}

/// Brings a file, folder or archive into the user's own directory, as a whole or not at all.
///
/// A record may say which pages were read again: what else was known from these goes. Only where the file was `reviewed`
/// is that done, for otherwise any file could make contacts vanish; such a record only adds, and a warning says so.
///
/// # Errors
///
/// [`ExchangeError`] by cause.
pub async fn import(
    path: &Path,
    format: Option<Format>,
    reviewed: bool,
    data: Option<&Path>,
    now: Timestamp,
) -> Result<ImportAnswer, ExchangeError> {
    let data = data.ok_or(ExchangeError::NoPlace)?;
    let day = now.strftime("%Y-%m-%d").to_string();
    let mut imported = store::import::read(path, format, &day)?;
    let store = store::open(&Settings::Folder(data.to_owned()));
    let directory = store.write_directory().await?;
    let mut writer = directory.write().await?;
    let at = now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let (mut contacts, mut changed) = (0, 0);
    for (n, entry) in imported.entries.iter_mut().enumerate() {
        name_rows(&entry.company, &mut entry.contacts);
        contacts += entry.contacts.len();
        match imported.reread.get(&n).filter(|_| reviewed) {
            Some(pages) => changed += writer.reviewed(entry, pages, &at).await?.1.len(),
            None => {
                writer.put(entry, &at).await?;
            }
        }
    }
    writer.commit().await?;
    let shared = directory.shared(MOST_SHARED).await?;
    directory.close().await;
    if !reviewed && !imported.reread.is_empty() {
        let companies = imported.reread.len();
        imported.warnings.insert(
            0,
            format!(
                "{companies} of the records say which pages were read again (a proposal of `directory check`): they were only added to; --reviewed lets what is gone from these pages go"
            ),
        );
    }
    imported.warnings.extend(shared_values(shared));
    Ok(ImportAnswer {
        companies: imported.entries.len(),
        contacts,
        changed,
        warnings: imported.warnings,
        more_warnings: imported.more_warnings,
        into: store.directory_file(),
    })
}

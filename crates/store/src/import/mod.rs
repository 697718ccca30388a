//! Imports into the directory: our own exports, schema.org JSON-LD, and the files of others.
//!
//! A file, a folder of files, or a zip archive (a Python wheel is one). What a file is, is told by its content. Every
//! input is bounded; a record that cannot be read is named and the rest goes on.

mod csv_rows;
mod datenanfragen;
mod escalate;
mod json_ld;
mod json_lines;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::record::Entry;

/// The most bytes of one file.
const MOST_BYTES: u64 = 512 << 20;
/// The most bytes of one file among many.
const MOST_BYTES_OF_MANY: u64 = 16 << 20;
/// The most files of a folder or archive.
const MOST_FILES: usize = 50_000;
/// The most companies of one import.
const MOST_ENTRIES: usize = 1_000_000;
/// How deep a folder is looked into.
const DEEPEST: usize = 8;
/// The most warnings that are kept.
const MOST_WARNINGS: usize = 50;

/// What a file holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Format {
    /// Our own export, a company a line.
    JsonLines,
    /// Our own export, a sighting a line.
    Csv,
    /// schema.org organisations.
    JsonLd,
    /// The company database of datenanfragen.de: contacts for requests about personal data.
    Datenanfragen,
    /// The registry of Escalate Anything in its reduced form: a company a line with `official_domains`, `order` and
    /// `contacts`, as the README of the starter directory describes it. The registry's own files were not at hand when
    /// this was written.
    EscalateAnything,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 5] =
        [Self::JsonLines, Self::Csv, Self::JsonLd, Self::Datenanfragen, Self::EscalateAnything];

    /// Returns the identifier that is typed.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
            Self::JsonLd => "jsonld",
            Self::Datenanfragen => "datenanfragen",
            Self::EscalateAnything => "escalate-anything",
        }
    }

    /// Returns the format of an identifier.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.id() == id)
    }
}

/// What an import read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// The companies.
    pub entries: Vec<Entry>,
    /// What could not be read, and why.
    pub warnings: Vec<String>,
    /// How many warnings were not kept.
    pub more_warnings: usize,
    /// Addresses of pages, by the place of their company in `entries`: what is known from these gives way to what the
    /// record says of them. Only a proposal of `directory check` names any.
    pub reread: BTreeMap<usize, BTreeSet<String>>,
}

impl Imported {
    fn warn(&mut self, warning: String) {
        if self.warnings.len() < MOST_WARNINGS {
            self.warnings.push(warning);
        } else {
            self.more_warnings += 1;
        }
    }

    /// Takes a record; returns whether it was taken.
    fn add(&mut self, mut entry: Entry, from: &str) -> bool {
        entry.company.bound();
        if entry.company.name.trim().is_empty() {
            self.warn(format!("{from}: a company without a name"));
            return false;
        }
        if entry.company.id.is_empty() {
            entry.company.id = crate::names::slug(&entry.company.name);
        }
        // Official is what stands on the company's own pages, not what a file calls so.
        let (company, contacts) = (&entry.company, &mut entry.contacts);
        for row in contacts.iter_mut().filter(|row| row.kind.is_own()) {
            if !crate::names::host_of(&row.url).is_some_and(|host| company.owns(&host)) {
                row.kind = ladder::SourceKind::Listing;
            }
        }
        let name = entry.company.name.clone();
        let mut bad = Vec::new();
        entry.contacts.retain_mut(|row| {
            row.bound();
            match row.sighted() {
                Ok(_) => true,
                Err(error) => {
                    bad.push(format!("{from}: {name}: {error}"));
                    false
                }
            }
        });
        for warning in bad {
            self.warn(warning);
        }
        let room = self.entries.len() < MOST_ENTRIES;
        if room {
            self.entries.push(entry);
        } else {
            self.warn(format!("{from}: only the first {MOST_ENTRIES} companies were taken"));
        }
        room
    }
}

/// Why nothing could be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It cannot be opened or read.
    #[error("`{path}` cannot be read: {error}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// It is no zip archive, or a broken one.
    #[error("`{path}` is no zip archive that can be read: {why}")]
    Archive {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// Nothing in it is known.
    #[error("`{0}` holds nothing that can be imported: known are {known}", known = known())]
    Nothing(PathBuf),
}

/// Returns the names of the formats.
fn known() -> String {
    Format::ALL.map(Format::id).join(", ")
}

/// Reads a file, folder or archive. `day` is the day of the import (ISO 8601): the day on which what it says was seen.
///
/// # Errors
///
/// [`ImportError`] where nothing of it can be read.
pub fn read(path: &Path, format: Option<Format>, day: &str) -> Result<Imported, ImportError> {
    let failed = |error| ImportError::Read { path: path.to_owned(), error };
    let mut imported = Imported::default();
    if path.is_dir() {
        let mut files = Vec::new();
        walk(path, 0, &mut files).map_err(failed)?;
        files.sort();
        for file in files {
            let name = file.strip_prefix(path).unwrap_or(&file).display().to_string();
            match text_of(&file, MOST_BYTES_OF_MANY) {
                Ok(text) => one(&name, &text, format, day, true, &mut imported),
                Err(error) => imported.warn(format!("{name}: {error}")),
            }
        }
    } else if is_zip(path).map_err(failed)? {
        unpack(path, format, day, &mut imported)?;
    } else {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        one(&name, &text_of(path, MOST_BYTES).map_err(failed)?, format, day, false, &mut imported);
    }
    if imported.entries.is_empty() && imported.warnings.is_empty() {
        return Err(ImportError::Nothing(path.to_owned()));
    }
    Ok(imported)
}

/// Returns whether a file begins as a zip archive does.
fn is_zip(path: &Path) -> std::io::Result<bool> {
    let mut head = Vec::new();
    File::open(path)?.take(4).read_to_end(&mut head)?;
    Ok(head == b"PK\x03\x04")
}

/// Reads the files of an archive.
fn unpack(
    path: &Path,
    format: Option<Format>,
    day: &str,
    imported: &mut Imported,
) -> Result<(), ImportError> {
    let broken =
        |error: zip::result::ZipError| ImportError::Archive { path: path.to_owned(), why: error.to_string() };
    let file = File::open(path).map_err(|error| ImportError::Read { path: path.to_owned(), error })?;
    let mut archive = zip::ZipArchive::new(std::io::BufReader::new(file)).map_err(broken)?;
    let mut left = MOST_BYTES;
    for at in 0..archive.len().min(MOST_FILES) {
        let mut member = match archive.by_index(at) {
            Ok(member) => member,
            Err(error) => {
                imported.warn(format!("member {at}: {error}"));
                continue;
            }
        };
        let name = match member.name() {
            Ok(name) => name.into_owned(),
            Err(error) => {
                imported.warn(format!("member {at}: {error}"));
                continue;
            }
        };
        if !is_data(Path::new(&name)) {
            continue;
        }
        let mut bytes = Vec::new();
        match (&mut member).take(MOST_BYTES_OF_MANY.min(left)).read_to_end(&mut bytes) {
            Ok(read) => left = left.saturating_sub(read as u64),
            Err(error) => {
                imported.warn(format!("{name}: {error}"));
                continue;
            }
        }
        if left == 0 {
            imported.warn(format!("{name}: the archive unfolds to more than {} MiB", MOST_BYTES >> 20));
            break;
        }
        one(&name, &String::from_utf8_lossy(&bytes), format, day, true, imported);
    }
    Ok(())
}

/// Returns whether a file may hold data, by its name.
fn is_data(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    matches!(ending.as_str(), "json" | "jsonl" | "ndjson" | "jsonld" | "csv")
        && !path.to_string_lossy().contains("schema")
}

/// Gathers the files of a folder. Links are not followed.
fn walk(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for item in fs::read_dir(folder)? {
        let item = item?;
        let kind = item.file_type()?;
        if files.len() >= MOST_FILES {
            break;
        }
        if kind.is_dir() && depth < DEEPEST {
            walk(&item.path(), depth + 1, files)?;
        } else if kind.is_file() && is_data(&item.path()) {
            files.push(item.path());
        }
    }
    Ok(())
}

/// Reads the text of a file up to a bound.
fn text_of(path: &Path, most: u64) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(std::io::Error::other(format!("larger than {} MiB", most >> 20)));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Reads one file.
fn one(name: &str, text: &str, format: Option<Format>, day: &str, among_many: bool, imported: &mut Imported) {
    let text = text.trim_start_matches('\u{feff}');
    let Some(format) = format.or_else(|| told_by(name, text)) else {
        if !among_many {
            imported.warn(format!("{name}: not known what it is: known are {}", known()));
        }
        return;
    };
    match format {
        Format::Csv => csv_rows::read(name, text, imported),
        Format::JsonLines => json_lines::read(name, text, imported),
        Format::JsonLd => json_ld::read(name, text, day, imported),
        Format::Datenanfragen => each_json(name, text, imported, |value, imported| {
            datenanfragen::read(name, value, day, imported);
        }),
        Format::EscalateAnything => each_json(name, text, imported, |value, imported| {
            escalate::read(name, value, day, imported);
        }),
    }
}

/// Calls a function with each object of a file: one object, a list of them, or one a line.
fn each_json(name: &str, text: &str, imported: &mut Imported, mut read: impl FnMut(&Value, &mut Imported)) {
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(list)) => list.iter().for_each(|value| read(value, imported)),
        Ok(value) => read(&value, imported),
        Err(whole) => {
            let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
            let several = text.lines().filter(|line| line.trim_start().starts_with('{')).count() > 1;
            for (number, line) in lines {
                match serde_json::from_str::<Value>(line) {
                    Ok(value) => read(&value, imported),
                    Err(error) => {
                        let error = if several { error.to_string() } else { whole.to_string() };
                        imported.warn(format!("{name}, line {}: {error}", number + 1));
                        if !several {
                            break;
                        }
                    }
                }
            }
        }
    }
}

/// Tells what a file is by its content.
fn told_by(name: &str, text: &str) -> Option<Format> {
    let head = text.trim_start();
    if !head.starts_with(['{', '[']) {
        let first = head.lines().next()?;
        let csv = first.contains("channel") && first.contains("value") && first.contains(',');
        return csv.then_some(Format::Csv);
    }
    let first: Option<Value> = serde_json::from_str(text)
        .ok()
        .or_else(|| serde_json::from_str(head.lines().next().unwrap_or_default()).ok());
    let first = match first? {
        Value::Array(list) => list.into_iter().next()?,
        value => value,
    };
    let has = |key: &str| first.get(key).is_some();
    let contact = first.get("contacts").and_then(|contacts| contacts.get(0));
    if has("@context") || has("@graph") || has("@type") || name.ends_with(".jsonld") {
        Some(Format::JsonLd)
    } else if has("slug") && has("name") {
        Some(Format::Datenanfragen)
    } else if has("official_domains") || contact.is_some_and(|contact| contact.get("checked").is_some()) {
        Some(Format::EscalateAnything)
    } else if has("contacts") && has("name") {
        Some(Format::JsonLines)
    } else {
        None
    }
}

#[cfg(test)]
mod tests;

//! The table: which columns a [`Record`] has in Parquet, and how rows become columns and back.
//!
//! One list names every column with how it is taken from a record and put back, so writer, reader and schema cannot
//! differ. Columns are read by name: a file with its columns in another order, or with more of them, is read as well.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::builder::{Int64Builder, ListBuilder, StringBuilder};
use arrow_array::{Array, ArrayRef, Int64Array, ListArray, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use ladder::{Access, Channel, Cost, Place, SourceKind};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::basic::{Compression, ZstdLevel};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::{KeyValue, PageIndexPolicy, ParquetMetaDataReader};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;

use crate::record::{NamedBy, Record, RecordKind, SCHEMA};

/// The most rows that are held before they are packed.
const BATCH: usize = 2_048;
/// The most rows of one row group: what a reader has to hold at once.
const GROUP: usize = 65_536;

/// Why a table cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The disk failed, or there is no such file.
    #[error("`{}`: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// It is not Parquet, or damaged.
    #[error("`{}` cannot be read as Parquet: {cause}", path.display())]
    Parquet {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        cause: ParquetError,
    },
    /// It is Parquet, and not of ours.
    #[error("`{}`: {why}; give files that `upstairs archive extract` wrote", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What is missing or of another type.
        why: String,
    },
}

/// A column of text.
struct Text {
    name: &'static str,
    /// Whether every record has it.
    always: bool,
    get: fn(&Record) -> Option<&str>,
    /// Puts a text back; `None` where the text is not a word of that column.
    set: fn(&mut Record, &str) -> Option<()>,
}

/// Makes a column of a field that holds text.
macro_rules! plain {
    ($field:ident) => {
        Text {
            name: stringify!($field),
            always: true,
            get: |record| Some(&record.$field),
            set: |record, text| {
                text.clone_into(&mut record.$field);
                Some(())
            },
        }
    };
}

/// Makes a column of a field that may hold text.
macro_rules! maybe {
    ($field:ident) => {
        Text {
            name: stringify!($field),
            always: false,
            get: |record| record.$field.as_deref(),
            set: |record, text| {
                record.$field = Some(text.to_owned());
                Some(())
            },
        }
    };
}

/// Makes a column of a field that may hold one of a few words.
macro_rules! word {
    ($field:ident, $id:expr, $of:expr) => {
        Text {
            name: stringify!($field),
            always: false,
            get: |record| record.$field.map($id),
            set: |record, text| {
                record.$field = Some($of(text)?);
                Some(())
            },
        }
    };
}

/// The columns of text, in their order.
const TEXTS: [Text; 25] = [
    Text {
        name: "record",
        always: true,
        get: |record| Some(record.record.id()),
        set: |record, text| {
            record.record = RecordKind::from_id(text)?;
            Some(())
        },
    },
    plain!(site),
    plain!(url),
    plain!(seen),
    Text {
        name: "kind",
        always: true,
        get: |record| Some(source_id(record.kind)),
        set: |record, text| {
            record.kind = serde_word(text)?;
            Some(())
        },
    },
    plain!(archive),
    maybe!(title),
    maybe!(lang),
    maybe!(name),
    word!(named_by, NamedBy::id, NamedBy::from_id),
    maybe!(legal_name),
    maybe!(register_number),
    word!(channel, Channel::id, Channel::from_id),
    maybe!(value),
    maybe!(rung),
    maybe!(party),
    maybe!(label),
    maybe!(person),
    maybe!(role),
    maybe!(hours),
    word!(cost, cost_id, serde_word::<Cost>),
    maybe!(cost_note),
    maybe!(extension),
    word!(access, access_id, serde_word::<Access>),
    word!(place, place_id, serde_word::<Place>),
];

/// The long texts, after the lists.
const LONG: [Text; 3] = [maybe!(because), maybe!(quote), maybe!(policy)];

/// A column of a list of texts.
struct List {
    name: &'static str,
    get: fn(&Record) -> &Vec<String>,
    set: fn(&mut Record, Vec<String>),
}

/// The columns of lists.
const LISTS: [List; 3] = [
    List { name: "languages", get: |r| &r.languages, set: |r, list| r.languages = list },
    List { name: "topics", get: |r| &r.topics, set: |r, list| r.topics = list },
    List { name: "notes", get: |r| &r.notes, set: |r, list| r.notes = list },
];

/// A column of numbers.
struct Number {
    name: &'static str,
    always: bool,
    get: fn(&Record) -> Option<i64>,
    set: fn(&mut Record, i64),
}

/// The columns of numbers.
const NUMBERS: [Number; 3] = [
    Number { name: "offset", always: true, get: |r| Some(r.offset), set: |r, n| r.offset = n },
    Number { name: "stages", always: false, get: |r| r.stages, set: |r, n| r.stages = Some(n) },
    Number { name: "bodies", always: false, get: |r| r.bodies, set: |r, n| r.bodies = Some(n) },
];

/// Returns the word under which a kind of source is stored; the same as in JSON.
const fn source_id(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::OwnSite => "own_site",
        SourceKind::OwnDocument => "own_document",
        SourceKind::OwnFile => "own_file",
        SourceKind::Register => "register",
        SourceKind::ClaimedProfile => "claimed_profile",
        SourceKind::Listing => "listing",
        SourceKind::Told => "told",
        SourceKind::Post => "post",
    }
}

const fn cost_id(cost: Cost) -> &'static str {
    match cost {
        Cost::TollFree => "toll_free",
        Cost::Standard => "standard",
        Cost::Mobile => "mobile",
        Cost::Shared => "shared",
        Cost::Premium => "premium",
    }
}

const fn access_id(access: Access) -> &'static str {
    match access {
        Access::Open => "open",
        Access::Login => "login",
        Access::Captcha => "captcha",
        Access::HumanOnly => "human_only",
    }
}

const fn place_id(place: Place) -> &'static str {
    match place {
        Place::Main => "main",
        Place::Header => "header",
        Place::Nav => "nav",
        Place::Aside => "aside",
        Place::Footer => "footer",
        Place::Data => "data",
    }
}

/// Returns what a word means by the names that JSON uses.
fn serde_word<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::from(text)).ok()
}

/// Returns the schema of the table.
#[must_use]
pub fn schema() -> SchemaRef {
    let text = |text: &Text| Field::new(text.name, DataType::Utf8, !text.always);
    let list = |list: &List| {
        let item = Arc::new(Field::new("item", DataType::Utf8, true));
        Field::new(list.name, DataType::List(item), false)
    };
    let number = |number: &Number| Field::new(number.name, DataType::Int64, !number.always);
    let fields = TEXTS.iter().map(text).chain(LISTS.iter().map(list)).chain(LONG.iter().map(text));
    Arc::new(Schema::new(fields.chain(NUMBERS.iter().map(number)).collect::<Vec<_>>()))
}

/// Makes columns of rows.
fn batch(rows: &[Record], schema: &SchemaRef) -> Result<RecordBatch, ParquetError> {
    let text = |column: &Text| -> ArrayRef {
        let mut builder = StringBuilder::with_capacity(rows.len(), rows.len() * 16);
        for row in rows {
            builder.append_option((column.get)(row));
        }
        Arc::new(builder.finish())
    };
    let list = |column: &List| -> ArrayRef {
        let mut builder = ListBuilder::new(StringBuilder::new());
        for row in rows {
            for item in (column.get)(row) {
                builder.values().append_value(item);
            }
            builder.append(true);
        }
        Arc::new(builder.finish())
    };
    let number = |column: &Number| -> ArrayRef {
        let mut builder = Int64Builder::with_capacity(rows.len());
        for row in rows {
            builder.append_option((column.get)(row));
        }
        Arc::new(builder.finish())
    };
    let columns = TEXTS.iter().map(text).chain(LISTS.iter().map(list)).chain(LONG.iter().map(text));
    Ok(RecordBatch::try_new(schema.clone(), columns.chain(NUMBERS.iter().map(number)).collect())?)
}

/// How the files are written: the same rows always give the same bytes.
fn properties() -> WriterProperties {
    WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(format!("upstairs {}", env!("CARGO_PKG_VERSION")))
        .set_key_value_metadata(Some(vec![KeyValue::new("schema".to_owned(), SCHEMA.to_owned())]))
        .set_max_row_group_row_count(Some(GROUP))
        .build()
}

/// Writes records, as Parquet or as JSON Lines.
pub enum Writer {
    /// Parquet.
    Columns {
        /// The writer of the file.
        out: Box<ArrowWriter<File>>,
        /// The schema.
        schema: SchemaRef,
        /// Rows that are not packed yet.
        rows: Vec<Record>,
        /// The file, for errors.
        path: PathBuf,
    },
    /// JSON Lines.
    Lines {
        /// The file.
        out: BufWriter<File>,
        /// Its name, for errors.
        path: PathBuf,
    },
}

impl Writer {
    /// Begins a new file; one that is there is replaced.
    ///
    /// # Errors
    ///
    /// [`TableError`] where it cannot be made.
    pub fn create(path: &Path, lines: bool) -> Result<Self, TableError> {
        let file = File::create(path).map_err(|cause| TableError::File { path: path.to_owned(), cause })?;
        if lines {
            return Ok(Self::Lines { out: BufWriter::new(file), path: path.to_owned() });
        }
        let schema = schema();
        let out = ArrowWriter::try_new(file, schema.clone(), Some(properties()))
            .map_err(|cause| TableError::Parquet { path: path.to_owned(), cause })?;
        Ok(Self::Columns {
            out: Box::new(out),
            schema,
            rows: Vec::with_capacity(BATCH),
            path: path.to_owned(),
        })
    }

    /// Adds records.
    ///
    /// # Errors
    ///
    /// [`TableError`] where the disk fails.
    pub fn add(&mut self, records: impl IntoIterator<Item = Record>) -> Result<(), TableError> {
        for record in records {
            match self {
                Self::Columns { rows, .. } => {
                    rows.push(record);
                    if rows.len() >= BATCH {
                        self.pack()?;
                    }
                }
                Self::Lines { out, path } => {
                    line(out, &record).map_err(|cause| TableError::File { path: path.clone(), cause })?;
                }
            }
        }
        Ok(())
    }

    fn pack(&mut self) -> Result<(), TableError> {
        if let Self::Columns { out, schema, rows, path } = self
            && !rows.is_empty()
        {
            batch(rows, schema)
                .and_then(|batch| out.write(&batch))
                .map_err(|cause| TableError::Parquet { path: path.clone(), cause })?;
            rows.clear();
        }
        Ok(())
    }

    /// Ends the file; what was added is on the disk then.
    ///
    /// # Errors
    ///
    /// [`TableError`] where the disk fails.
    pub fn finish(mut self) -> Result<(), TableError> {
        self.pack()?;
        match self {
            Self::Columns { out, path, .. } => {
                let file =
                    out.into_inner().map_err(|cause| TableError::Parquet { path: path.clone(), cause })?;
                file.sync_all().map_err(|cause| TableError::File { path, cause })
            }
            Self::Lines { out, path } => {
                let synced = out.into_inner().map_err(io::IntoInnerError::into_error);
                synced.and_then(|file| file.sync_all()).map_err(|cause| TableError::File { path, cause })
            }
        }
    }
}

/// Writes a record as one line of JSON.
///
/// # Errors
///
/// What the writer returns.
pub fn line(out: &mut impl Write, record: &Record) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.write_all(b"\n")
}

/// Joins Parquet files of this schema into one, row group by row group, without unpacking them.
///
/// # Errors
///
/// [`TableError`] where one cannot be read or the whole cannot be written.
pub fn join(parts: &[PathBuf], whole: &Path) -> Result<(), TableError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |cause: ParquetError| TableError::Parquet { path, cause }
    };
    let out = File::create(whole).map_err(|cause| TableError::File { path: whole.to_owned(), cause })?;
    let root = parquet::arrow::ArrowSchemaConverter::new().convert(&schema()).map_err(failed(whole))?;
    let mut properties = properties().into_builder();
    let encoded = parquet::arrow::encode_arrow_schema(&schema());
    properties = properties.set_key_value_metadata(Some(vec![
        KeyValue::new("schema".to_owned(), SCHEMA.to_owned()),
        KeyValue::new(parquet::arrow::ARROW_SCHEMA_META_KEY.to_owned(), encoded),
    ]));
    let mut writer = SerializedFileWriter::new(out, root.root_schema_ptr(), Arc::new(properties.build()))
        .map_err(failed(whole))?;
    for part in parts {
        let file = File::open(part).map_err(|cause| TableError::File { path: part.clone(), cause })?;
        let metadata = ParquetMetaDataReader::new()
            .with_page_index_policy(PageIndexPolicy::Skip)
            .parse_and_finish(&file)
            .map_err(failed(part))?;
        for group in metadata.row_groups() {
            let mut copied = writer.next_row_group().map_err(failed(whole))?;
            for column in group.columns() {
                let closed = ColumnCloseResult {
                    bytes_written: u64::try_from(column.compressed_size()).unwrap_or_default(),
                    rows_written: u64::try_from(group.num_rows()).unwrap_or_default(),
                    metadata: column.clone(),
                    bloom_filter: None,
                    column_index: None,
                    offset_index: None,
                };
                copied.append_column(&file, closed).map_err(failed(part))?;
            }
            copied.close().map_err(failed(whole))?;
        }
    }
    let file = writer.into_inner().map_err(failed(whole))?;
    file.sync_all().map_err(|cause| TableError::File { path: whole.to_owned(), cause })
}

/// Reads the records of a Parquet file, batch by batch.
pub struct Reader {
    batches: ParquetRecordBatchReader,
    path: PathBuf,
}

impl Reader {
    /// Opens a file.
    ///
    /// # Errors
    ///
    /// [`TableError`] where it is not there, is no Parquet, or lacks a column that every record has.
    pub fn open(path: &Path) -> Result<Self, TableError> {
        let file = File::open(path).map_err(|cause| TableError::File { path: path.to_owned(), cause })?;
        let failed = |cause| TableError::Parquet { path: path.to_owned(), cause };
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(failed)?;
        for needed in ["record", "site", "url", "seen", "kind"] {
            if builder.schema().column_with_name(needed).is_none() {
                let why = format!("it has no column `{needed}`");
                return Err(TableError::Foreign { path: path.to_owned(), why });
            }
        }
        let batches = builder.with_batch_size(BATCH).build().map_err(failed)?;
        Ok(Self { batches, path: path.to_owned() })
    }

    /// Makes rows of columns.
    fn rows(&self, batch: &RecordBatch) -> Result<Vec<Record>, TableError> {
        let foreign = |why: String| TableError::Foreign { path: self.path.clone(), why };
        let mut rows = vec![Record::default(); batch.num_rows()];
        for column in TEXTS.iter().chain(&LONG) {
            let Some(array) = batch.column_by_name(column.name) else { continue };
            let texts = array
                .as_any()
                .downcast_ref::<StringArray>()
                .ok_or_else(|| foreign(format!("its column `{}` is not text", column.name)))?;
            for (row, text) in rows.iter_mut().zip(texts) {
                if let Some(text) = text {
                    (column.set)(row, text).ok_or_else(|| {
                        foreign(format!("`{text}` is no word of the column `{}`", column.name))
                    })?;
                }
            }
        }
        for column in &LISTS {
            let Some(array) = batch.column_by_name(column.name) else { continue };
            let lists = array
                .as_any()
                .downcast_ref::<ListArray>()
                .ok_or_else(|| foreign(format!("its column `{}` is not a list", column.name)))?;
            for (row, list) in rows.iter_mut().zip(lists.iter()) {
                let Some(list) = list.filter(|list| !list.is_empty()) else { continue };
                let texts = list
                    .as_any()
                    .downcast_ref::<StringArray>()
                    .ok_or_else(|| foreign(format!("its column `{}` is not a list of text", column.name)))?;
                (column.set)(row, texts.iter().flatten().map(str::to_owned).collect());
            }
        }
        for column in &NUMBERS {
            let Some(array) = batch.column_by_name(column.name) else { continue };
            let numbers = array
                .as_any()
                .downcast_ref::<Int64Array>()
                .ok_or_else(|| foreign(format!("its column `{}` is not a 64-bit number", column.name)))?;
            for (row, number) in rows.iter_mut().zip(numbers) {
                if let Some(number) = number {
                    (column.set)(row, number);
                }
            }
        }
        Ok(rows)
    }
}

impl Iterator for Reader {
    type Item = Result<Vec<Record>, TableError>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.batches.next()?;
        let failed = |cause: ArrowError| TableError::Parquet {
            path: self.path.clone(),
            cause: ParquetError::from(cause),
        };
        Some(batch.map_err(failed).and_then(|batch| self.rows(&batch)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(n: usize) -> Record {
        Record {
            record: RecordKind::Contact,
            site: "lampen.example".into(),
            url: format!("https://lampen.example/{n}"),
            seen: "2025-03-01T12:00:00Z".into(),
            kind: SourceKind::OwnDocument,
            archive: "a.warc.gz".into(),
            offset: 12,
            title: Some("t".into()),
            lang: Some("en".into()),
            name: Some("Lampen".into()),
            named_by: Some(NamedBy::Title),
            legal_name: Some("Lampen Ltd".into()),
            register_number: Some("1".into()),
            channel: Some(Channel::Phone),
            value: Some(format!("+44207946{n:04}")),
            rung: Some("complaints".into()),
            party: Some("Ombudsman".into()),
            label: Some("Complaints".into()),
            person: Some("Jo".into()),
            role: Some("Head".into()),
            hours: Some("9 to 5".into()),
            languages: vec!["en".into(), "cy".into()],
            cost: Some(Cost::TollFree),
            cost_note: Some("free".into()),
            extension: Some("2".into()),
            access: Some(Access::Login),
            topics: vec!["billing".into()],
            notes: vec!["odd".into()],
            place: Some(Place::Aside),
            because: Some("[]".into()),
            quote: Some("Call us".into()),
            policy: Some("{}".into()),
            stages: Some(2),
            bodies: Some(1),
        }
    }

    #[test]
    fn every_column_comes_back_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.parquet");
        let bare = Record { record: RecordKind::Page, ..Record::default() };
        let rows: Vec<Record> = (0..5_000).map(record).chain([bare]).collect();
        let mut writer = Writer::create(&path, false).unwrap();
        writer.add(rows.clone()).unwrap();
        writer.finish().unwrap();
        let read: Vec<Record> = Reader::open(&path).unwrap().flat_map(Result::unwrap).collect();
        assert_eq!(read, rows);
    }

    #[test]
    fn joined_parts_hold_the_rows_of_all_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let mut parts = Vec::new();
        let rows: Vec<Record> = (0..300).map(record).collect();
        for (number, rows) in rows.chunks(100).enumerate() {
            let path = folder.path().join(number.to_string());
            let mut writer = Writer::create(&path, false).unwrap();
            writer.add(rows.to_vec()).unwrap();
            writer.finish().unwrap();
            parts.push(path);
        }
        let whole = folder.path().join("whole");
        join(&parts, &whole).unwrap();
        let read: Vec<Record> = Reader::open(&whole).unwrap().flat_map(Result::unwrap).collect();
        assert_eq!(read, rows);
    }

    #[test]
    fn columns_and_json_have_the_same_names() {
        let json = serde_json::to_value(record(1)).unwrap();
        let mut names: Vec<String> = json.as_object().unwrap().keys().cloned().collect();
        let mut columns: Vec<String> = schema().fields().iter().map(|field| field.name().clone()).collect();
        names.sort();
        columns.sort();
        assert_eq!(names, columns);
    }

    #[test]
    fn words_are_the_same_in_columns_and_json() {
        let row = record(1);
        let json = serde_json::to_value(&row).unwrap();
        for column in TEXTS.iter().chain(&LONG) {
            assert_eq!(json[column.name].as_str(), (column.get)(&row), "{}", column.name);
        }
    }

    #[test]
    fn what_is_no_table_of_ours_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.parquet");
        std::fs::write(&path, "not parquet at all").unwrap();
        let Err(error) = Reader::open(&path) else { panic!("it opened") };
        assert!(error.to_string().contains("a.parquet"), "{error}");
    }
}

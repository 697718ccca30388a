//! The public crawl of the web by Common Crawl: which records of it are of given domains.
//!
//! Each crawl publishes a table of everything that it holds, as Parquet files sorted by address with the host backwards.
//! [`look_up`] reads of it only the row groups that can hold a domain and of these only a few columns, by ranges, and
//! returns the records as [`Origin::Range`]s: a few kilobytes a page instead of an archive of a gigabyte.
//!
//! The layout is that of <https://data.commoncrawl.org/> as its documentation and the code that writes the table
//! (`commoncrawl/cc-index-table`) describe it. It was tested against a copy of that layout on loopback and has never been
//! run against the live one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int16Type, Int32Type, Int64Type};
use arrow_array::{Array, BooleanArray, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowPredicateFn, ParquetRecordBatchReaderBuilder, RowFilter};
use parquet::errors::ParquetError;
use parquet::file::metadata::RowGroupMetaData;
use url::Url;

use crate::input::{self, Origin};
use crate::remote::{Chunks, RemoteError, Remotes};

/// Where the crawl is published.
pub const BASE: &str = "https://data.commoncrawl.org/";
/// How many files of the table are looked at at once.
const AT_ONCE: usize = 4;
/// The most domains that are looked up at once.
pub const MOST_DOMAINS: usize = 200_000;
/// The longest record, in packed bytes.
const MOST_LENGTH: u64 = 64 << 20;
/// The columns that are read.
const COLUMNS: [&str; 7] = [
    "url",
    "url_host_registered_domain",
    "fetch_status",
    "content_mime_detected",
    "warc_filename",
    "warc_record_offset",
    "warc_record_length",
];

/// What is looked up.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Where the crawl is published, with a slash at its end.
    pub base: Url,
    /// The crawl, such as `CC-MAIN-2024-10`.
    pub crawl: String,
    /// Registrable domains.
    pub domains: BTreeSet<String>,
    /// The most pages of each domain; those with the shortest addresses.
    pub pages: usize,
}

/// Why nothing could be looked up.
#[derive(Debug, thiserror::Error)]
pub enum CrawlError {
    /// The name of the crawl is none.
    #[error("`{0}` is not the name of a crawl, such as CC-MAIN-2024-10")]
    Name(String),
    /// The list of domains cannot be used.
    #[error("{0}")]
    Domains(String),
    /// A file cannot be had.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// The list of files of the table is not what it should be.
    #[error("`{url}`: {why}")]
    List {
        /// The list.
        url: String,
        /// What is wrong.
        why: String,
    },
    /// A file of the table cannot be read.
    #[error("`{url}` cannot be read as the table of a crawl: {why}")]
    Table {
        /// The file.
        url: String,
        /// What is wrong.
        why: String,
    },
}

/// Reads a list of domains: one a line; hosts and addresses are taken for their registrable domain.
///
/// # Errors
///
/// [`CrawlError::Domains`] where the list cannot be read, names something that is no domain, or names too many.
pub fn domains(list: &str, remotes: &Remotes) -> Result<BTreeSet<String>, CrawlError> {
    let lines = input::list_lines(list, remotes)
        .map_err(|why| CrawlError::Domains(format!("the list `{list}` cannot be read: {why}")))?;
    let mut domains = BTreeSet::new();
    for line in lines {
        let host = store::names::host_of(&line).filter(|host| host.contains('.'));
        let domain = host.as_deref().and_then(psl::domain_str);
        let domain = domain.ok_or_else(|| {
            CrawlError::Domains(format!("`{list}`: `{line}` is no domain, such as acme.com"))
        })?;
        domains.insert(domain.to_owned());
    }
    if domains.is_empty() {
        return Err(CrawlError::Domains(format!("the list `{list}` names no domain")));
    }
    if domains.len() > MOST_DOMAINS {
        return Err(CrawlError::Domains(format!("the list `{list}` names more than {MOST_DOMAINS} domains")));
    }
    Ok(domains)
}

/// Whether a text is the name of a crawl: letters, digits and hyphens, so that it is one step of a path.
fn is_name(crawl: &str) -> bool {
    crawl.starts_with("CC-MAIN-")
        && crawl.len() < 40
        && crawl.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// A record of the table.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Line {
    domain: String,
    url: String,
    file: String,
    offset: u64,
    length: u64,
}

/// Looks up the records of domains; `told` hears how many of how many files of the table were looked at.
///
/// # Errors
///
/// [`CrawlError`] by cause.
pub fn look_up(
    wanted: &Wanted,
    remotes: &Remotes,
    told: impl Fn(usize, usize) + Sync,
) -> Result<Vec<Origin>, CrawlError> {
    if !is_name(&wanted.crawl) {
        return Err(CrawlError::Name(wanted.crawl.clone()));
    }
    let join = |path: &str| {
        wanted.base.join(path).map_err(|error| CrawlError::List {
            url: wanted.base.to_string(),
            why: format!("`{path}`: {error}"),
        })
    };
    let list = join(&format!("crawl-data/{}/cc-index-table.paths.gz", wanted.crawl))?;
    let paths = input::list_lines(list.as_str(), remotes)
        .map_err(|why| CrawlError::List { url: list.to_string(), why })?;
    let files: Vec<Url> = paths
        .iter()
        .filter(|path| path.contains("subset=warc/"))
        .map(|path| join(path))
        .collect::<Result<_, _>>()?;
    if files.is_empty() {
        return Err(CrawlError::List {
            url: list.to_string(),
            why: "it names no file of `subset=warc`".into(),
        });
    }
    let next = Mutex::new((0, 0));
    let found: Mutex<Vec<Line>> = Mutex::default();
    let failed: Mutex<Option<CrawlError>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(files.len()) {
            scope.spawn(|| {
                loop {
                    let at = {
                        let Ok(mut next) = next.lock() else { return };
                        next.0 += 1;
                        next.0 - 1
                    };
                    let Some(file) = files.get(at) else { return };
                    if failed.lock().is_ok_and(|failed| failed.is_some()) {
                        return;
                    }
                    match lines_of(file, wanted, remotes) {
                        Ok(lines) => {
                            if let Ok(mut found) = found.lock() {
                                found.extend(lines);
                            }
                            if let Ok(mut next) = next.lock() {
                                next.1 += 1;
                                told(next.1, files.len());
                            }
                        }
                        Err(error) => {
                            if let Ok(mut failed) = failed.lock() {
                                *failed = Some(error);
                            }
                        }
                    }
                }
            });
        }
    });
    if let Some(error) = failed.into_inner().unwrap_or_default() {
        return Err(error);
    }
    let chosen = choose(found.into_inner().unwrap_or_default(), wanted.pages);
    chosen
        .into_iter()
        .map(|line| Ok(Origin::Range { url: join(&line.file)?, offset: line.offset, length: line.length }))
        .collect()
}

/// Chooses of each domain the pages with the shortest addresses, and puts all in the order of the archives.
fn choose(lines: Vec<Line>, most: usize) -> Vec<Line> {
    let mut of_domain: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for line in lines {
        of_domain.entry(line.domain.clone()).or_default().push(line);
    }
    let mut chosen = Vec::new();
    for mut lines in of_domain.into_values() {
        lines.sort_by(|a, b| {
            (a.url.len(), &a.url, &a.file, a.offset).cmp(&(b.url.len(), &b.url, &b.file, b.offset))
        });
        // An address that was fetched twice is read once: as it was fetched last.
        lines.reverse();
        lines.dedup_by(|a, b| a.url == b.url);
        lines.reverse();
        lines.truncate(most);
        chosen.extend(lines);
    }
    chosen.sort_by(|a, b| (&a.file, a.offset).cmp(&(&b.file, b.offset)));
    chosen
}

/// Returns the host of a domain backwards, as the table is sorted: `uk,co,acme`.
fn backwards(domain: &str) -> String {
    domain.rsplit('.').collect::<Vec<_>>().join(",")
}

/// The domains that are looked for, sorted once: a table has many row groups, and a list many domains.
#[derive(Debug)]
struct Sought {
    domains: Vec<String>,
    /// The same backwards, as keys begin.
    keys: Vec<String>,
}

impl Sought {
    fn of<'d>(domains: impl Iterator<Item = &'d String>) -> Self {
        let mut sought = Self { domains: domains.cloned().collect(), keys: Vec::new() };
        sought.keys = sought.domains.iter().map(|domain| backwards(domain)).collect();
        sought.domains.sort_unstable();
        sought.keys.sort_unstable();
        sought
    }

    /// Whether a row group can hold one of them, by what it says of itself.
    fn may_be_in(&self, group: &RowGroupMetaData) -> bool {
        let range = |name: &str| {
            let column = group.columns().iter().find(|column| column.column_path().string() == name)?;
            let told = column.statistics()?;
            Some((told.min_bytes_opt()?, told.max_bytes_opt()?))
        };
        let (by_domain, by_key) = (range("url_host_registered_domain"), range("url_surtkey"));
        by_domain.is_none_or(|(min, max)| is_between(&self.domains, min, max))
            && by_key.is_none_or(|(min, max)| self.key_is_between(min, max))
    }

    /// Whether something that begins with one of the keys lies between two bounds: a key itself, or one with which the lower bound begins.
    fn key_is_between(&self, min: &[u8], max: &[u8]) -> bool {
        let begins =
            |length: usize| self.keys.binary_search_by(|key| key.as_bytes().cmp(&min[..length])).is_ok();
        is_between(&self.keys, min, max) || (1..min.len()).any(begins)
    }
}

/// Whether one of some sorted words lies between two bounds.
fn is_between(sorted: &[String], min: &[u8], max: &[u8]) -> bool {
    let first = sorted.partition_point(|word| word.as_bytes() < min);
    sorted.get(first).is_some_and(|word| word.as_bytes() <= max)
}

/// Returns the lines of one file of the table that are of the domains.
fn lines_of(file: &Url, wanted: &Wanted, remotes: &Remotes) -> Result<Vec<Line>, CrawlError> {
    let failed = |why: String| CrawlError::Table { url: file.to_string(), why };
    let said = |error: ParquetError| failed(error.to_string());
    let builder = ParquetRecordBatchReaderBuilder::try_new(Chunks::new(remotes.open(file)?)).map_err(said)?;
    for column in COLUMNS {
        if builder.schema().column_with_name(column).is_none() {
            return Err(failed(format!("it has no column `{column}`")));
        }
    }
    let sought = Sought::of(wanted.domains.iter());
    let groups: Vec<usize> = builder
        .metadata()
        .row_groups()
        .iter()
        .enumerate()
        .filter(|(_, group)| sought.may_be_in(group))
        .map(|(number, _)| number)
        .collect();
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let schema = builder.parquet_schema();
    let of_domain = ProjectionMask::columns(schema, ["url_host_registered_domain"]);
    let all = ProjectionMask::columns(schema, COLUMNS);
    let domains = wanted.domains.clone();
    let is_wanted = ArrowPredicateFn::new(of_domain, move |batch: RecordBatch| {
        let named = batch.column(0).as_string_opt::<i32>();
        let named = named
            .ok_or_else(|| ArrowError::SchemaError("`url_host_registered_domain` is not text".to_owned()))?;
        Ok(named
            .iter()
            .map(|name| Some(name.is_some_and(|name| domains.contains(name))))
            .collect::<BooleanArray>())
    });
    let batches = builder
        .with_row_groups(groups)
        .with_projection(all)
        .with_row_filter(RowFilter::new(vec![Box::new(is_wanted)]))
        .build()
        .map_err(said)?;
    let mut lines = Vec::new();
    for batch in batches {
        let batch = batch.map_err(|error| failed(error.to_string()))?;
        lines_of_batch(&batch, &mut lines).ok_or_else(|| failed("a column is of another type".to_owned()))?;
    }
    Ok(lines)
}

/// Adds the pages of a batch; `None` where a column is of another type.
fn lines_of_batch(batch: &RecordBatch, lines: &mut Vec<Line>) -> Option<()> {
    let text = |name: &str| -> Option<&StringArray> { batch.column_by_name(name)?.as_string_opt() };
    let (url, domain) = (text("url")?, text("url_host_registered_domain")?);
    let (kind, file) = (text("content_mime_detected")?, text("warc_filename")?);
    for row in 0..batch.num_rows() {
        let number = |name: &str| number(batch.column_by_name(name)?.as_ref(), row);
        let is_page = kind.is_null(row) || ["html", "pdf"].iter().any(|word| kind.value(row).contains(word));
        if number("fetch_status") != Some(200) || !is_page || url.is_null(row) || file.is_null(row) {
            continue;
        }
        let (Some(offset), Some(length)) = (number("warc_record_offset"), number("warc_record_length"))
        else {
            continue;
        };
        let (Ok(offset), Ok(length)) = (u64::try_from(offset), u64::try_from(length)) else { continue };
        if length == 0 || length > MOST_LENGTH {
            continue;
        }
        lines.push(Line {
            domain: domain.value(row).to_owned(),
            url: url.value(row).to_owned(),
            file: file.value(row).to_owned(),
            offset,
            length,
        });
    }
    Some(())
}

/// Returns a number of a column, whatever its width.
fn number(array: &dyn Array, row: usize) -> Option<i64> {
    if array.is_null(row) {
        return None;
    }
    match array.data_type() {
        DataType::Int16 => Some(array.as_primitive_opt::<Int16Type>()?.value(row).into()),
        DataType::Int32 => Some(array.as_primitive_opt::<Int32Type>()?.value(row).into()),
        DataType::Int64 => Some(array.as_primitive_opt::<Int64Type>()?.value(row)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_between_is_found_as_by_a_look_at_every_domain() {
        let domains =
            ["a.example", "b.example", "aa.example", "a.co.test", "b.co.test", "ab.test"].map(str::to_owned);
        let mut bounds: Vec<String> = Vec::new();
        for word in domains.iter().cloned().chain(domains.iter().map(|domain| backwards(domain))) {
            for end in 1..=word.len() {
                bounds.extend(["", ")/", ",x", "zz"].map(|more| format!("{}{more}", &word[..end])));
            }
        }
        bounds.sort();
        let mut held = 0;
        for some in [&domains[..], &domains[..2], &domains[3..4]] {
            let sought = Sought::of(some.iter());
            for (at, min) in bounds.iter().enumerate() {
                for max in &bounds[at..] {
                    let (min, max) = (min.as_bytes(), max.as_bytes());
                    let domain = some.iter().any(|one| min <= one.as_bytes() && one.as_bytes() <= max);
                    assert_eq!(is_between(&sought.domains, min, max), domain);
                    let key = some.iter().map(|one| backwards(one)).any(|key| {
                        let end = [key.as_bytes(), &[0xff]].concat();
                        min <= end.as_slice() && key.as_bytes() <= max
                    });
                    assert_eq!(sought.key_is_between(min, max), key, "{min:?} {max:?}");
                    held += usize::from(domain || key);
                }
            }
        }
        assert!(held > 1000, "{held}");
    }

    #[test]
    fn a_name_of_a_crawl_is_one_step_of_a_path() {
        assert!(is_name("CC-MAIN-2024-10"));
        for wrong in ["", "CC-MAIN-2024-10/..", "2024-10", "CC-MAIN-2024 10"] {
            assert!(!is_name(wrong), "{wrong}");
        }
    }

    #[test]
    fn of_each_domain_the_shortest_addresses_are_chosen_and_each_once() {
        let line = |url: &str, file: &str, offset| Line {
            domain: url.split('/').nth(2).unwrap().into(),
            url: url.into(),
            file: file.into(),
            offset,
            length: 1,
        };
        let chosen = choose(
            vec![
                line("https://a.example/long/address", "2", 1),
                line("https://a.example/", "2", 9),
                line("https://a.example/", "1", 5),
                line("https://a.example/x", "1", 3),
                line("https://b.example/", "1", 4),
            ],
            2,
        );
        let drawn: Vec<String> =
            chosen.iter().map(|line| format!("{} {} {}", line.file, line.offset, line.url)).collect();
        assert_eq!(drawn, ["1 3 https://a.example/x", "1 4 https://b.example/", "2 9 https://a.example/"]);
    }

    #[test]
    fn hosts_stand_backwards_in_the_table() {
        assert_eq!(backwards("acme.co.uk"), "uk,co,acme");
    }

    /// A row of the table: address, domain, status, type, offset and length of the record.
    type Published<'a> = (String, String, i16, &'a str, i32, i32);

    /// Makes a copy of the layout of a crawl: an archive, the table of its records, the list of the files of the table.
    fn publish(folder: &std::path::Path) -> BTreeMap<String, (usize, usize)> {
        use std::io::Write as _;
        let gzip = |bytes: &[u8]| {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        };
        let warc = "crawl-data/CC-MAIN-2025-01/segments/1/warc/a.warc.gz";
        let mut bytes = Vec::new();
        let mut rows: Vec<Published<'_>> = Vec::new();
        let mut places = BTreeMap::new();
        for n in 0..4_000 {
            let domain = format!("lampen{:03}.co.uk", n / 20);
            let url = format!("https://www.{domain}/page/{}", n % 20);
            let body = format!("<html lang=en><h1>Complaints</h1><p>Call 020 7946 {:04}", n % 1_000);
            let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}");
            let record = format!(
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-03-01T12:00:00Z\r\n\
                 Content-Length: {}\r\n\r\n{block}\r\n\r\n",
                block.len()
            );
            let packed = gzip(record.as_bytes());
            let status = if n % 20 == 3 { 404 } else { 200 };
            let kind = if n % 20 == 4 { "image/png" } else { "text/html" };
            rows.push((
                url.clone(),
                domain,
                status,
                kind,
                bytes.len().try_into().unwrap(),
                packed.len().try_into().unwrap(),
            ));
            places.insert(url, (bytes.len(), packed.len()));
            bytes.extend(packed);
        }
        let write = |path: &str, bytes: &[u8]| {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        };
        write(warc, &bytes);
        let table = "cc-index/table/cc-main/warc/crawl=CC-MAIN-2025-01/subset=warc/part-00000.gz.parquet";
        write(table, &table_of(&rows, warc));
        let other = table.replace("subset=warc", "subset=robotstxt");
        write(
            "crawl-data/CC-MAIN-2025-01/cc-index-table.paths.gz",
            &gzip(format!("{other}\n{table}\n").as_bytes()),
        );
        places
    }

    /// Makes the table: gzip, sorted, in many row groups, as Spark writes it for the crawl.
    fn table_of(rows: &[Published<'_>], warc: &str) -> Vec<u8> {
        use arrow_array::{ArrayRef, Int16Array, Int32Array};
        use parquet::arrow::ArrowWriter;
        use parquet::basic::{Compression, GzipLevel};
        use parquet::file::properties::WriterProperties;
        use std::sync::Arc;
        let mut rows = rows.to_vec();
        rows.sort_by_key(|row| (backwards(&row.1), row.0.clone()));
        let text = |of: &dyn Fn(&Published<'_>) -> String| -> ArrayRef {
            Arc::new(rows.iter().map(|row| Some(of(row))).collect::<StringArray>())
        };
        let columns: Vec<(&str, ArrayRef)> = vec![
            (
                "url_surtkey",
                text(&|row| format!("{},www)/{}", backwards(&row.1), row.0.rsplit('/').next().unwrap())),
            ),
            ("url", text(&|row| row.0.clone())),
            ("url_host_registered_domain", text(&|row| row.1.clone())),
            ("fetch_status", Arc::new(rows.iter().map(|row| Some(row.2)).collect::<Int16Array>())),
            ("content_mime_detected", text(&|row| row.3.to_owned())),
            ("warc_filename", text(&|_| warc.to_owned())),
            ("warc_record_offset", Arc::new(rows.iter().map(|row| Some(row.4)).collect::<Int32Array>())),
            ("warc_record_length", Arc::new(rows.iter().map(|row| Some(row.5)).collect::<Int32Array>())),
        ];
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let properties = WriterProperties::builder()
            .set_compression(Compression::GZIP(GzipLevel::default()))
            .set_max_row_group_row_count(Some(200))
            .build();
        let mut bytes = Vec::new();
        let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        bytes
    }

    #[test]
    fn of_a_crawl_only_the_records_of_the_domains_are_fetched() {
        let folder = tempfile::tempdir().unwrap();
        let places = publish(folder.path());
        let server = crate::loopback::Server::start(folder.path());
        let remotes = Remotes::new("test", Vec::new()).unwrap();
        let list = folder.path().join("domains.txt");
        std::fs::write(&list, "# ours\nlampen007.co.uk\nhttps://www.lampen150.co.uk/help\nnowhere.co.uk\n")
            .unwrap();
        let wanted = Wanted {
            base: server.base.clone(),
            crawl: "CC-MAIN-2025-01".into(),
            domains: domains(&list.display().to_string(), &remotes).unwrap(),
            pages: 10,
        };
        let origins = look_up(&wanted, &remotes, |_, _| {}).unwrap();
        let expected: BTreeSet<(u64, u64)> = [7, 150]
            .into_iter()
            .flat_map(|domain| {
                let mut pages: Vec<String> = (0..20)
                    .filter(|page| ![3, 4].contains(page))
                    .map(|page| format!("https://www.lampen{domain:03}.co.uk/page/{page}"))
                    .collect();
                pages.sort_by_key(|url| (url.len(), url.clone()));
                pages.truncate(10);
                pages
            })
            .map(|url| (places[&url].0 as u64, places[&url].1 as u64))
            .collect();
        let found: BTreeSet<(u64, u64)> = origins
            .iter()
            .map(|origin| match origin {
                Origin::Range { offset, length, .. } => (*offset, *length),
                other => panic!("{other}"),
            })
            .collect();
        assert_eq!(found, expected);
        let table = server.sent.load(std::sync::atomic::Ordering::SeqCst);
        let to = folder.path().join("out.parquet");
        let options = crate::extract::Options::default();
        let done = crate::extract::extract(&origins, &to, &options, &remotes, |_| {}).unwrap();
        assert_eq!((done.tally.pages, done.tally.contacts), (20, 20));
        let records = server.sent.load(std::sync::atomic::Ordering::SeqCst) - table;
        let lengths: u64 = found.iter().map(|(_, length)| length).sum();
        assert_eq!(records, lengths, "not a byte more of the archive is fetched");
        let asked = server.asked.lock().unwrap().join("\n");
        assert!(!asked.contains("robotstxt"), "{asked}");
        let of_table = asked.lines().filter(|line| line.contains("parquet")).count();
        assert!(of_table <= 20, "the table is read in windows, not value by value: {of_table} requests");
    }

    #[test]
    fn what_is_no_list_of_domains_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let remotes = Remotes::new("test", Vec::new()).unwrap();
        let list = folder.path().join("domains.txt");
        for (text, told) in [("acme.com\nAcme Ltd\n", "`Acme Ltd` is no domain"), ("", "names no domain")] {
            std::fs::write(&list, text).unwrap();
            let error = domains(&list.display().to_string(), &remotes).unwrap_err();
            assert!(error.to_string().contains(told), "{error}");
        }
    }
}

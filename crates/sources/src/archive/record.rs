//! The index of WARC files, and the answers read back out of them.
//!
//! The index keeps for each archived answer its address, status, time and place, a few dozen bytes beside the address;
//! bodies stay on disk. Of several answers for one address the best is given: a page before a redirect before an error,
//! and of equals the newest. A `revisit` is answered with the body it refers to. A file that was compressed in one piece
//! cannot be entered in the middle, so it is unpacked into a temporary file first.

use std::fs::File;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::io::{BufRead, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use tempfile::TempPath;
use url::Url;

use super::{ArchiveError, Bounds, Entry, Warning, key};
use crate::warc::http::{self, Message};
use crate::warc::{Fault, Head, Kind, Place, Reader};
use crate::web::{FetchError, Response};

/// How far into a gzip member a record may begin before the file is unpacked instead.
const MAX_WITHIN: u64 = 4 << 20;
/// How much of a block is read to see its status.
const STATUS_BYTES: usize = 256;
/// The most bytes of addresses in the index.
const MAX_ADDRESS_BYTES: usize = 64 << 20;
/// The longest address.
const MAX_ADDRESS: usize = 8 << 10;

/// Indexed WARC files.
#[derive(Debug)]
pub(super) struct Records {
    files: Vec<Source>,
    addresses: String,
    rows: Vec<Row>,
    /// Hash of the loose form of an address and number of the row, in order.
    keys: Vec<(u64, u32)>,
    bounds: Bounds,
}

/// A file to read from: the archive, or what it was unpacked to.
#[derive(Debug)]
struct Source {
    path: PathBuf,
    unpacked: Option<TempPath>,
}

/// One archived answer.
#[derive(Clone, Copy, Debug)]
struct Row {
    address: (u32, u32),
    place: Place,
    /// Seconds since 1970.
    time: i64,
    /// Hash of the payload digest, or 0.
    digest: u64,
    status: u16,
    file: u16,
    revisit: bool,
}

impl Records {
    /// Reads all records of the files once and indexes the answers among them.
    pub(super) fn index(
        paths: &[PathBuf],
        bounds: Bounds,
        warnings: &mut Vec<Warning>,
    ) -> Result<Self, ArchiveError> {
        let mut records =
            Self { files: Vec::new(), addresses: String::new(), rows: Vec::new(), keys: Vec::new(), bounds };
        let mut tally = Tally::default();
        for path in paths.iter().take(usize::from(u16::MAX)) {
            let file = open(path)?;
            let mut source = Source { path: path.clone(), unpacked: None };
            let mut notes = Notes { path, warnings };
            let before = (records.rows.len(), records.addresses.len());
            let in_one_piece = records.read(file, Some(MAX_WITHIN), &mut notes, &mut tally);
            if in_one_piece {
                records.rows.truncate(before.0);
                records.addresses.truncate(before.1);
                let unpacked = unpack(path, bounds.unpacked_bytes, &mut notes)?;
                let file = open(&unpacked)?;
                records.read(file, None, &mut notes, &mut tally);
                source.unpacked = Some(unpacked);
            }
            records.files.push(source);
        }
        if records.rows.is_empty() {
            let path = paths.first().cloned().unwrap_or_default();
            if tally.conversions > 0 {
                return Err(ArchiveError::Wet(path));
            }
            return Err(ArchiveError::Empty { path, reason: tally.reason(warnings) });
        }
        let hasher = hasher();
        for (number, row) in records.rows.iter().enumerate() {
            if let (Ok(url), Ok(number)) = (Url::parse(records.address(row)), u32::try_from(number)) {
                records.keys.push((hasher.hash_one(key::loose(&url)), number));
            }
        }
        records.keys.sort_unstable();
        Ok(records)
    }

    /// Lists the addresses.
    pub(super) fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.rows.iter().map(|row| Entry { url: self.address(row), status: row.status })
    }

    /// Returns the number of the row that answers an address best.
    pub(super) fn find(&self, url: &Url) -> Option<usize> {
        self.candidates(url).into_iter().find(|&number| !self.leads_back(number, url))
    }

    /// Reads the answer for an address.
    pub(super) fn answer(&self, url: &Url) -> Result<Response, FetchError> {
        let missing = || FetchError::NotArchived(url.clone());
        let row = &self.rows[self.find(url).ok_or_else(missing)?];
        let failed = |reason: String| FetchError::Failed { url: url.clone(), reason };
        let (head, mut message) = self.message(row).map_err(failed)?;
        let fetched = head.field("WARC-Date").unwrap_or_default().to_owned();
        let stored = Url::parse(self.address(row)).map_err(|_| missing())?;
        if key::slashed(&stored) != key::slashed(url) && (200..300).contains(&row.status) {
            return Ok(super::redirect(stored.as_str(), fetched));
        }
        if row.revisit {
            let original = self.original(row, &head).ok_or_else(missing)?;
            let (_, earlier) = self.message(original).map_err(failed)?;
            message.body = earlier.body;
            message.cut = earlier.cut;
            // A server that said "not modified" meant: the earlier answer.
            if matches!(message.status, 304 | 0) {
                message.status = earlier.status;
                message.headers = earlier.headers;
            }
        }
        let peer = head.field("WARC-IP-Address").and_then(|address| address.parse().ok());
        Ok(Response {
            status: message.status,
            headers: message.headers,
            body: message.body,
            cut: message.cut,
            fetched,
            peer,
            ..Response::default()
        })
    }

    /// Indexes the records of one file; returns whether it must be unpacked first.
    fn read(&mut self, file: File, within: Option<u64>, notes: &mut Notes<'_>, tally: &mut Tally) -> bool {
        let mut reader = match Reader::new(BufReader::with_capacity(128 * 1024, file)) {
            Ok(reader) => reader,
            Err(fault) => {
                notes.fault(0, &fault);
                return false;
            }
        };
        loop {
            let head = match reader.record() {
                Ok(Some(head)) => head.clone(),
                Ok(None) => return false,
                Err(fault) => {
                    notes.fault(reader.place().member, &fault);
                    continue;
                }
            };
            if within.is_some_and(|most| head.place.within > most) {
                return true;
            }
            let kind = head.kind();
            tally.count(kind);
            if matches!(kind, Kind::Response | Kind::Resource | Kind::Revisit)
                && let Err(fault) = self.add(&mut reader, &head, kind)
            {
                notes.fault(head.place.member, &fault);
            }
            if self.rows.len() >= self.bounds.addresses || self.addresses.len() > MAX_ADDRESS_BYTES {
                let fault = Fault::Record("too many addresses; those after this one are left out");
                notes.fault(head.place.member, &fault);
                return false;
            }
        }
    }

    /// Indexes one answer.
    fn add(
        &mut self,
        reader: &mut Reader<impl BufRead + Seek>,
        head: &Head,
        kind: Kind,
    ) -> Result<(), Fault> {
        let (start, fault) = reader.block(STATUS_BYTES);
        let fault = fault.map_or_else(|| reader.finish(), Err);
        // What came before the cut of a truncated file is still worth reading.
        if !matches!(fault, Ok(()) | Err(Fault::Truncated)) {
            return fault;
        }
        let target = head.target().ok_or(Fault::Record("a record without WARC-Target-URI"))?;
        let web = ["http://", "https://"]
            .iter()
            .any(|s| target.get(..s.len()).is_some_and(|t| t.eq_ignore_ascii_case(s)));
        if !web {
            return fault;
        }
        if target.len() > MAX_ADDRESS {
            return Err(Fault::Record("an address of more than 8 KiB"));
        }
        let status = match (kind, http::status(&start)) {
            (Kind::Response, None) if start.is_empty() => {
                return Err(Fault::Record("a response without content"));
            }
            (Kind::Response, None) => return Err(Fault::Record("a response without HTTP status line")),
            // A revisit may be kept without any headers.
            (Kind::Revisit, status) => status.unwrap_or(304),
            (Kind::Response, Some(status)) => status,
            _ => 200,
        };
        let begin = u32::try_from(self.addresses.len()).map_err(|_| Fault::Record("too many addresses"))?;
        self.addresses.push_str(target);
        let date = head.field("WARC-Date").and_then(|date| date.parse::<jiff::Timestamp>().ok());
        self.rows.push(Row {
            address: (begin, begin + u32::try_from(target.len()).unwrap_or(0)),
            place: head.place,
            time: date.map_or(0, jiff::Timestamp::as_second),
            digest: head.field("WARC-Payload-Digest").map_or(0, |digest| hasher().hash_one(digest)),
            status,
            file: u16::try_from(self.files.len()).unwrap_or(u16::MAX),
            revisit: kind == Kind::Revisit,
        });
        fault
    }

    /// Returns the rows for all spellings of an address, the best first.
    fn candidates(&self, url: &Url) -> Vec<usize> {
        let loose = key::loose(url);
        let hash = hasher().hash_one(&loose);
        let from = self.keys.partition_point(|(key, _)| *key < hash);
        let mut found: Vec<_> = self.keys[from..]
            .iter()
            .take_while(|(key, _)| *key == hash)
            .filter_map(|&(_, number)| {
                let row = &self.rows[number as usize];
                let held = Url::parse(self.address(row)).ok().filter(|held| key::loose(held) == loose)?;
                Some((
                    key::differs(url, &held),
                    rank(row.status),
                    std::cmp::Reverse((row.time, number)),
                    number,
                ))
            })
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(.., number)| number as usize).collect()
    }

    /// Whether a row is a redirect to the very address that was asked for, under another spelling.
    fn leads_back(&self, number: usize, asked: &Url) -> bool {
        let row = &self.rows[number];
        if !(300..400).contains(&row.status) || row.revisit || self.address(row) == asked.as_str() {
            return false;
        }
        let Ok(held) = Url::parse(self.address(row)) else { return false };
        let Ok((_, message)) = self.message(row) else { return false };
        let location = message.headers.iter().find(|(name, _)| name == "location");
        location.and_then(|(_, to)| held.join(to).ok()).is_some_and(|to| to == *asked)
    }

    /// Finds the answer that a revisit refers to.
    fn original(&self, row: &Row, head: &Head) -> Option<&Row> {
        let full = |candidate: &&Row| !candidate.revisit;
        let same = |candidate: &&Row| row.digest != 0 && candidate.digest == row.digest;
        let target = head.field("WARC-Refers-To-Target-URI").unwrap_or_else(|| self.address(row));
        let target = Url::parse(target.trim_matches(['<', '>'])).ok()?;
        let by_address =
            || self.candidates(&target).into_iter().map(|number| &self.rows[number]).filter(full);
        by_address()
            .find(same)
            .or_else(|| self.rows.iter().filter(full).find(same))
            .or_else(|| by_address().find(|_| row.digest == 0))
    }

    /// Reads a record back.
    fn message(&self, row: &Row) -> Result<(Head, Message), String> {
        let source = &self.files[usize::from(row.file)];
        let path: &Path = source.unpacked.as_deref().unwrap_or(&source.path);
        let file = File::open(path).map_err(|error| format!("`{}`: {error}", source.path.display()))?;
        let changed = || format!("`{}` changed while it was read", source.path.display());
        let mut reader = Reader::at(BufReader::new(file), row.place).map_err(|_| changed())?;
        let head = reader.record().ok().flatten().cloned().ok_or_else(changed)?;
        if head.target() != Some(self.address(row)) {
            return Err(changed());
        }
        let (block, fault) = reader.block(self.bounds.page_bytes + http::MAX_HEAD);
        let cut = fault.is_some() || head.length > block.len() as u64;
        let mut message = match head.kind() {
            Kind::Resource => resource(&head, block, self.bounds.page_bytes),
            Kind::Revisit => http::response(&block, self.bounds.page_bytes).unwrap_or_default(),
            _ => http::response(&block, self.bounds.page_bytes)?,
        };
        message.cut |= cut || head.field("WARC-Truncated").is_some();
        Ok((head, message))
    }

    fn address(&self, row: &Row) -> &str {
        &self.addresses[row.address.0 as usize..row.address.1 as usize]
    }
}

/// Makes a response of a document that was kept without HTTP headers.
fn resource(head: &Head, mut block: Vec<u8>, bound: usize) -> Message {
    let cut = block.len() > bound;
    block.truncate(bound);
    let headers = head.field("Content-Type").map(|kind| ("content-type".to_owned(), kind.to_owned()));
    Message { status: 200, headers: headers.into_iter().collect(), body: block, cut }
}

/// The order in which answers for one address are preferred.
fn rank(status: u16) -> u8 {
    match status {
        200..=299 => 0,
        300..=399 => 1,
        404 | 410 => 2,
        _ => 3,
    }
}

fn hasher() -> BuildHasherDefault<DefaultHasher> {
    BuildHasherDefault::default()
}

fn open(path: &Path) -> Result<File, ArchiveError> {
    File::open(path).map_err(|error| ArchiveError::Unreadable { path: path.to_owned(), error })
}

/// Unpacks a file that was compressed in one piece.
fn unpack(path: &Path, bound: u64, notes: &mut Notes<'_>) -> Result<TempPath, ArchiveError> {
    let unreadable = |error| ArchiveError::Unreadable { path: path.to_owned(), error };
    let (file, unpacked) = tempfile::NamedTempFile::new().map_err(unreadable)?.into_parts();
    let mut out = BufWriter::new(file);
    let mut decoder = flate2::bufread::MultiGzDecoder::new(BufReader::new(open(path)?));
    let mut chunk = vec![0; 64 * 1024];
    let mut total = 0_u64;
    loop {
        match decoder.read(&mut chunk) {
            Ok(0) => break,
            Ok(read) => {
                total += read as u64;
                if total > bound {
                    notes.fault(0, &Fault::Gzip("it unpacks to more than the bound; the rest is left out"));
                    break;
                }
                out.write_all(&chunk[..read]).map_err(unreadable)?;
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => {
                notes
                    .fault(0, &Fault::Gzip("the compression breaks off or is damaged; the rest is left out"));
                break;
            }
        }
    }
    out.flush().map_err(unreadable)?;
    Ok(unpacked)
}

/// Where warnings about one file go.
struct Notes<'a> {
    path: &'a Path,
    warnings: &'a mut Vec<Warning>,
}

impl Notes<'_> {
    fn fault(&mut self, offset: u64, fault: &Fault) {
        let known =
            self.warnings.iter_mut().find(|known| known.file == self.path && known.reason == fault.reason());
        match known {
            Some(known) => known.count += 1,
            None => self.warnings.push(Warning {
                file: self.path.to_owned(),
                offset,
                reason: fault.reason().to_owned(),
                count: 1,
            }),
        }
    }
}

/// What kinds of records were met.
#[derive(Default)]
struct Tally {
    records: u64,
    conversions: u64,
    metadata: u64,
}

impl Tally {
    fn count(&mut self, kind: Kind) {
        self.records += 1;
        self.conversions += u64::from(kind == Kind::Conversion);
        self.metadata += u64::from(kind == Kind::Metadata);
    }

    /// Says why there is no page.
    fn reason(&self, warnings: &[Warning]) -> String {
        match (self.records, warnings.first()) {
            (0, Some(warning)) => warning.reason.clone(),
            (0, None) => "no records".to_owned(),
            (records, _) if records == self.metadata + 1 => "only metadata, as in a WAT file".to_owned(),
            (records, _) => format!("{records} records, none of them a web page"),
        }
    }
}

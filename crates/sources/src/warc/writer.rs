//! Writes what was fetched as a WARC 1.1 file that other tools read.
//!
//! Each answer becomes a `response` record, with the `request` that was sent for it and a `metadata` record that says
//! what was done to it. Bodies are kept unpacked: the headers that said otherwise are kept under names that begin with
//! `X-Upstairs-`, and the length is that of what is stored. Each record is a gzip member of its own and goes to the file
//! at once, so a run that is broken off leaves a file that can be read up to its last record.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use url::Url;

use crate::web::Response;

/// Writes a WARC file.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    packed: bool,
    /// When the file was begun, for records whose own time is not known.
    begun: String,
    records: u64,
}

/// What stands in the header of a record, apart from what every record has.
struct Fields<'a> {
    kind: &'a str,
    date: &'a str,
    media: &'a str,
    more: String,
}

impl Writer<File> {
    /// Begins a file, packed if its name ends in `.gz`. An existing file is evidence and is never written over.
    ///
    /// # Errors
    ///
    /// Returns what the system says, [`io::ErrorKind::AlreadyExists`] among it.
    pub fn create(path: &Path, software: &str, now: jiff::Timestamp) -> io::Result<Self> {
        let packed = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"));
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self::begin(File::create_new(path)?, packed, &name, software, now)
    }
}

impl<W: Write> Writer<W> {
    /// Begins a file on any output with the record that tells which program wrote it.
    ///
    /// # Errors
    ///
    /// Returns the error of the output.
    pub fn begin(out: W, packed: bool, name: &str, software: &str, now: jiff::Timestamp) -> io::Result<Self> {
        let mut writer = Self { out, packed, begun: format!("{now:.0}"), records: 0 };
        let about = format!(
            "software: {software}\r\nformat: WARC File Format 1.1\r\n\
             conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n\
             robots: obey\r\n"
        );
        let date = writer.begun.clone();
        let more =
            if name.is_empty() { String::new() } else { format!("WARC-Filename: {}\r\n", one_line(name)) };
        writer.record(&Fields { kind: "warcinfo", date: &date, media: FIELDS, more }, about.as_bytes())?;
        Ok(writer)
    }

    /// Writes an answer, and the request for it if one was sent.
    ///
    /// # Errors
    ///
    /// Returns the error of the output; what was written before stays readable.
    pub fn exchange(&mut self, url: &Url, response: &Response) -> io::Result<()> {
        let fetched = response.fetched.parse::<jiff::Timestamp>();
        let date = fetched.map_or_else(|_| self.begun.clone(), |time| format!("{time:.0}"));
        let mut url = url.clone();
        url.set_fragment(None);
        let mut more = format!("WARC-Target-URI: {url}\r\n");
        let answer = {
            let mut more = more.clone();
            let _ = write!(more, "WARC-Payload-Digest: {}\r\n", digest(&response.body));
            if let Some(peer) = response.peer {
                let _ = write!(more, "WARC-IP-Address: {peer}\r\n");
            }
            if response.cut {
                more.push_str("WARC-Truncated: unspecified\r\n");
            }
            let media = "application/http; msgtype=response";
            self.record(&Fields { kind: "response", date: &date, media, more }, &answer_block(response))?
        };
        let _ = write!(more, "WARC-Concurrent-To: <{answer}>\r\n");
        if !response.request.is_empty() {
            let fields = Fields {
                kind: "request",
                date: &date,
                media: "application/http; msgtype=request",
                more: more.clone(),
            };
            self.record(&fields, &request_block(&url, response))?;
        }
        let mut notes = "upstairs-body: unpacked\r\n".to_owned();
        for (note, holds) in [("cut", response.cut), ("from-cache", response.from_cache)] {
            if holds {
                let _ = write!(notes, "upstairs-{note}: true\r\n");
            }
        }
        self.record(&Fields { kind: "metadata", date: &date, media: FIELDS, more }, notes.as_bytes())?;
        Ok(())
    }

    /// Returns how many records were written.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.records
    }

    /// Writes one record at once and returns its identifier.
    fn record(&mut self, fields: &Fields<'_>, block: &[u8]) -> io::Result<String> {
        let digest = digest(block);
        let id = identifier(&[&self.records.to_string(), &self.begun, fields.kind, &fields.more, &digest]);
        let mut record = format!(
            "WARC/1.1\r\nWARC-Type: {}\r\nWARC-Record-ID: <{id}>\r\nWARC-Date: {}\r\n{}WARC-Block-Digest: {digest}\r\n\
             Content-Type: {}\r\nContent-Length: {}\r\n\r\n",
            fields.kind,
            fields.date,
            fields.more,
            fields.media,
            block.len()
        )
        .into_bytes();
        record.extend_from_slice(block);
        record.extend_from_slice(b"\r\n\r\n");
        if self.packed {
            let mut encoder = GzEncoder::new(Vec::with_capacity(record.len() / 3), Compression::default());
            encoder.write_all(&record)?;
            record = encoder.finish()?;
        }
        self.out.write_all(&record)?;
        self.out.flush()?;
        self.records += 1;
        Ok(id)
    }
}

/// The type of records that hold named fields.
const FIELDS: &str = "application/warc-fields";

/// Writes an answer as HTTP, with headers that are true of the body as it is stored.
fn answer_block(response: &Response) -> Vec<u8> {
    let reason =
        http::StatusCode::from_u16(response.status).ok().and_then(|status| status.canonical_reason());
    let mut head = format!("HTTP/1.1 {} {}\r\n", response.status, reason.unwrap_or_default());
    let length = response.body.len().to_string();
    let mut has_length = false;
    for (name, value) in &response.headers {
        let (name, value) = (one_line(name), one_line(value));
        let untrue = match name.as_str() {
            "content-encoding" | "transfer-encoding" => true,
            "content-length" => value != length || has_length,
            _ => false,
        };
        has_length |= name == "content-length" && !untrue;
        let prefix = if untrue { "X-Upstairs-" } else { "" };
        let _ = write!(head, "{prefix}{name}: {value}\r\n");
    }
    if !has_length {
        let _ = write!(head, "Content-Length: {length}\r\n");
    }
    head.push_str("\r\n");
    let mut block = head.into_bytes();
    block.extend_from_slice(&response.body);
    block
}

/// Writes a request as HTTP.
fn request_block(url: &Url, response: &Response) -> Vec<u8> {
    let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let mut head = format!("GET {target} HTTP/1.1\r\nhost: {host}\r\n");
    for (name, value) in &response.request {
        let _ = write!(head, "{}: {}\r\n", one_line(name), one_line(value));
    }
    head.push_str("\r\n");
    head.into_bytes()
}

/// Keeps a value from ending its line.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Returns a digest as WARC files have it: SHA-1 in base 32.
fn digest(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = "sha1:".to_owned();
    let hash = Sha1::digest(bytes);
    // Forty bits make eight digits, and a SHA-1 is four times forty bits.
    for group in hash.chunks_exact(5) {
        let bits = group.iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
        for digit in (0..8).rev() {
            let five = (bits >> (5 * digit)) & 31;
            text.push(char::from(DIGITS[usize::try_from(five).unwrap_or_default()]));
        }
    }
    text
}

/// Returns an identifier for a record: a UUID made of a hash of what the record is (version 8 of RFC 9562).
fn identifier(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    let hash = hash.finalize();
    let mut hex = String::with_capacity(32);
    for (at, byte) in hash.iter().take(16).enumerate() {
        let byte = match at {
            6 => byte & 0x0f | 0x80,
            8 => byte & 0x3f | 0x80,
            _ => *byte,
        };
        let _ = write!(hex, "{byte:02x}");
    }
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Archive;

    fn now() -> jiff::Timestamp {
        "2025-03-01T12:00:00Z".parse().unwrap()
    }

    fn url(path: &str) -> Url {
        Url::parse("https://lampen.example").unwrap().join(path).unwrap()
    }

    fn response() -> Response {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        Response {
            status: 200,
            headers: vec![
                header("content-type", "text/html"),
                header("content-encoding", "br"),
                header("content-length", "9"),
                header("x-odd", "a\r\nb"),
            ],
            body: b"<p>Complaints: 020 7946 0123</p>".to_vec(),
            fetched: "2025-03-01T12:00:01Z".to_owned(),
            peer: Some("192.0.2.7".parse().unwrap()),
            request: vec![header("user-agent", "Upstairs/0.1")],
            ..Response::default()
        }
    }

    #[test]
    fn an_exchange_is_written_with_headers_that_are_true() {
        let mut out = Vec::new();
        let mut writer = Writer::begin(&mut out, false, "lampen.warc", "Upstairs/0.1", now()).unwrap();
        writer.exchange(&url("/help?a=b#c"), &response()).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap().replace("\r\n", "\n"), @"
        WARC/1.1
        WARC-Type: warcinfo
        WARC-Record-ID: <urn:uuid:4485fd82-da6a-829b-b463-32b7be472aee>
        WARC-Date: 2025-03-01T12:00:00Z
        WARC-Filename: lampen.warc
        WARC-Block-Digest: sha1:V7PQMLSRI6XAE7NUKOOVEBJENHNY7P77
        Content-Type: application/warc-fields
        Content-Length: 161

        software: Upstairs/0.1
        format: WARC File Format 1.1
        conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
        robots: obey


        WARC/1.1
        WARC-Type: response
        WARC-Record-ID: <urn:uuid:28cd274f-7bf1-82be-94e3-ac4c81b17f23>
        WARC-Date: 2025-03-01T12:00:01Z
        WARC-Target-URI: https://lampen.example/help?a=b
        WARC-Payload-Digest: sha1:URTNZEMIH5OVBKKKG4V2ECCFYWN5YORO
        WARC-IP-Address: 192.0.2.7
        WARC-Block-Digest: sha1:SMYKRPOBBJEMJQH3RD2IPKSMHH67MAGH
        Content-Type: application/http; msgtype=response
        Content-Length: 172

        HTTP/1.1 200 OK
        content-type: text/html
        X-Upstairs-content-encoding: br
        X-Upstairs-content-length: 9
        x-odd: a  b
        Content-Length: 32

        <p>Complaints: 020 7946 0123</p>

        WARC/1.1
        WARC-Type: request
        WARC-Record-ID: <urn:uuid:f1a4c6cd-5281-82fd-b0db-59b2c3ed198a>
        WARC-Date: 2025-03-01T12:00:01Z
        WARC-Target-URI: https://lampen.example/help?a=b
        WARC-Concurrent-To: <urn:uuid:28cd274f-7bf1-82be-94e3-ac4c81b17f23>
        WARC-Block-Digest: sha1:4636ZCA7OVTSYHGVQ2IKQVKMP77SEHCW
        Content-Type: application/http; msgtype=request
        Content-Length: 74

        GET /help?a=b HTTP/1.1
        host: lampen.example
        user-agent: Upstairs/0.1



        WARC/1.1
        WARC-Type: metadata
        WARC-Record-ID: <urn:uuid:2658a717-fa21-83b1-85d6-274ce3c6fe74>
        WARC-Date: 2025-03-01T12:00:01Z
        WARC-Target-URI: https://lampen.example/help?a=b
        WARC-Concurrent-To: <urn:uuid:28cd274f-7bf1-82be-94e3-ac4c81b17f23>
        WARC-Block-Digest: sha1:E4GYSPOFRFOKFB2CII7KLFHG7CU5BRLT
        Content-Type: application/warc-fields
        Content-Length: 25

        upstairs-body: unpacked
        ");
    }

    #[test]
    fn what_was_written_is_read_back_up_to_where_it_broke_off() {
        for name in ["a.warc", "a.warc.gz"] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(name);
            let mut writer = Writer::create(&path, "Upstairs/0.1", now()).unwrap();
            let cut = Response { cut: true, ..response() };
            for (address, answer) in [("/", &response()), ("/cut", &cut), ("/last", &response())] {
                writer.exchange(&url(address), answer).unwrap();
            }
            drop(writer);
            let length = std::fs::metadata(&path).unwrap().len();
            File::options().write(true).open(&path).unwrap().set_len(length - 3).unwrap();
            let archive = Archive::open(&path, None).unwrap();
            for (address, cut) in [("/", false), ("/cut", true), ("/last", false)] {
                let answer = archive.answer(&url(address)).unwrap();
                assert_eq!((answer.body, answer.cut), (response().body, cut), "{name} {address}");
                assert_eq!(answer.fetched, response().fetched);
            }
            assert_eq!(archive.warnings().len(), usize::from(name == "a.warc.gz"), "{name}");
            let again = Writer::create(&path, "Upstairs/0.1", now()).unwrap_err();
            assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        }
    }

    #[test]
    fn digests_are_those_of_other_tools() {
        assert_eq!(digest(b""), "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ");
        assert_eq!(digest(b"hello\n"), "sha1:6VZNHFX25EQGMKDRJ6ZM4AHXF2KPEJMP");
    }
}

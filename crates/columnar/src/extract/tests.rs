//! Extraction over small archives made by hand, some of them wrong on purpose.

use std::fmt::Write as _;
use std::io::Write as _;

use super::*;
use crate::record::{Record, RecordKind};
use crate::table::Reader;

/// Makes a record.
fn record(kind: &str, url: &str, block: &str) -> Vec<u8> {
    let text = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-03-01T12:00:00Z\r\n\
         Content-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    );
    gzip(text.as_bytes())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Makes the answer of a server.
fn page(url: &str, body: &str) -> Vec<u8> {
    record("response", url, &format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}"))
}

/// Makes an archive of so many pages of so many sites.
fn archive(pages: usize) -> Vec<u8> {
    (0..pages)
        .flat_map(|n| {
            let body = format!(
                "<html lang=en><title>Complaints | Lampen {n}</title><h1>Complaints</h1>\
                 <p>To complain call 020 7946 {:04} or write to complaints@lampen{}.example</p>",
                n % 1000,
                n % 7
            );
            page(&format!("https://www.lampen{}.example/complaints/{n}", n % 7), &body)
        })
        .collect()
}

struct Bench {
    folder: tempfile::TempDir,
    remotes: Remotes,
}

impl Bench {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), remotes: Remotes::new("test", Vec::new()).unwrap() }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> Origin {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        Origin::File(path)
    }

    fn run(&self, inputs: &[Origin], to: &str, options: &Options) -> Result<Extracted, ExtractError> {
        extract(inputs, &self.folder.path().join(to), options, &self.remotes, |_| {})
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.path().join(name)).unwrap()
    }

    fn records(&self, name: &str) -> Vec<Record> {
        Reader::open(&self.folder.path().join(name)).unwrap().flat_map(Result::unwrap).collect()
    }
}

fn options() -> Options {
    Options { country: Country::parse("GB").ok(), threads: 3, part: 40, ..Options::default() }
}

#[test]
fn every_contact_comes_with_its_page_its_day_and_its_words() {
    let bench = Bench::new();
    let inputs = [bench.file("a.warc.gz", &archive(3))];
    let done = bench.run(&inputs, "out.parquet", &options()).unwrap();
    assert_eq!((done.tally.pages, done.bad_file), (3, None));
    let records = bench.records("out.parquet");
    let pages: Vec<&Record> = records.iter().filter(|one| one.record == RecordKind::Page).collect();
    assert_eq!(pages.len(), 3);
    assert_eq!(pages[1].name.as_deref(), Some("Lampen 1"));
    let contacts: Vec<String> = records
        .iter()
        .filter(|one| one.record == RecordKind::Contact && one.url.ends_with("/2"))
        .map(|one| {
            let quote = one.quote.as_deref().unwrap();
            assert!(quote.contains("complain"), "{quote}");
            format!(
                "{} {} {} {}",
                one.site,
                one.rung.as_deref().unwrap(),
                one.value.as_deref().unwrap(),
                one.seen
            )
        })
        .collect();
    let expected = [
        "lampen2.example complaints +442079460002 2025-03-01T12:00:00Z",
        "lampen2.example complaints complaints@lampen2.example 2025-03-01T12:00:00Z",
    ];
    assert_eq!(contacts, expected);
}

#[test]
fn the_number_of_threads_does_not_show_in_the_bytes() {
    let bench = Bench::new();
    let inputs = [bench.file("a.warc.gz", &archive(300)), bench.file("b.warc.gz", &archive(50))];
    bench.run(&inputs, "one.parquet", &Options { threads: 1, ..options() }).unwrap();
    bench.run(&inputs, "many.parquet", &Options { threads: 8, ..options() }).unwrap();
    assert!(bench.bytes("one.parquet") == bench.bytes("many.parquet"));
    assert!(bench.records("one.parquet").len() > 700);
}

#[test]
fn a_run_that_was_stopped_goes_on_and_gives_the_same_bytes() {
    let bench = Bench::new();
    let mut damaged = archive(200);
    let middle = damaged.len() / 2;
    damaged[middle..middle + 50].fill(7);
    let inputs = [bench.file("a.warc.gz", &archive(130)), bench.file("b.warc.gz", &damaged)];
    for lines in [false, true] {
        let options = Options { lines, ..options() };
        let whole = bench.run(&inputs, "whole", &options).unwrap();
        for stop in [0, 1, 3, 5, 7] {
            // What a kill leaves: some finished parts, and the halves of files and of a line after them.
            let name = format!("stopped-{lines}-{stop}");
            let folder = bench.folder.path().join(format!("{name}.parts"));
            bench.run(&inputs, &name, &Options { part: 40, ..options.clone() }).unwrap();
            std::fs::remove_file(bench.folder.path().join(&name)).unwrap();
            let kept = half_of(&bench, &inputs, &name, &options, stop);
            assert!(folder.exists());
            let again = bench.run(&inputs, &name, &options).unwrap();
            assert_eq!(again.resumed_parts, kept, "stopped after {stop} parts");
            assert!(bench.bytes(&name) == bench.bytes("whole"), "stopped after {stop} parts");
            assert_eq!(bench.bytes(&format!("{name}.bad.jsonl")), bench.bytes("whole.bad.jsonl"));
            assert_eq!(again.tally, whole.tally);
            assert!(!folder.exists(), "the parts are gone");
        }
        std::fs::remove_file(bench.folder.path().join("whole")).unwrap();
    }
}

/// Makes the folder that a run leaves which was killed after some parts; returns how many.
fn half_of(bench: &Bench, inputs: &[Origin], name: &str, options: &Options, parts: u64) -> u64 {
    let to = bench.folder.path().join(name);
    let mut half = Parts::open(inputs, &to, options).unwrap();
    let mut feed = Feed::new(inputs, half.next(), options, &bench.remotes);
    let mut ended = 0;
    while ended < parts
        && let Some(work) = feed.next()
    {
        let done = page::read_all(work, options);
        ended += u64::from(done.ends_part.is_some());
        half.take(done).unwrap();
    }
    drop(half);
    let folder = bench.folder.path().join(format!("{name}.parts"));
    std::fs::write(folder.join(format!("part-{ended:06}.parquet")), "half of a").unwrap();
    let mut log = std::fs::OpenOptions::new().append(true).open(folder.join("run.jsonl")).unwrap();
    log.write_all(b"{\"part\":9,\"next\":{\"inp").unwrap();
    ended
}

#[test]
fn other_archives_or_options_do_not_mix_with_what_was_left() {
    let bench = Bench::new();
    let inputs = [bench.file("a.warc.gz", &archive(100))];
    half_of(&bench, &inputs, "out", &options(), 1);
    let other = [bench.file("b.warc.gz", &archive(90))];
    let error = bench.run(&other, "out", &options()).unwrap_err();
    assert!(error.to_string().contains("other archives"), "{error}");
    let error = bench.run(&inputs, "out", &Options { country: None, ..options() }).unwrap_err();
    assert!(error.to_string().contains("other options"), "{error}");
    bench.run(&other, "out", &Options { restart: true, ..options() }).unwrap();
    let error = bench.run(&other, "out", &options()).unwrap_err();
    assert!(matches!(error, ExtractError::Exists(_)), "{error}");
}

#[test]
fn a_bad_record_is_named_and_costs_no_other() {
    let bench = Bench::new();
    let mut broken = page("https://lampen.example/flipped", "<p>hello");
    let middle = broken.len() / 2;
    broken[middle] ^= 0x55;
    let pieces = [
        page("https://lampen.example/first", "<h1>Complaints</h1><p>020 7946 0001"),
        broken,
        record("response", "https://lampen.example/noise", "no answer at all"),
        record("response", "https://lampen.example/gone", "HTTP/1.1 404 Not Found\r\n\r\ngone"),
        record(
            "response",
            "https://lampen.example/x.png",
            "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG",
        ),
        record("response", "not an address", "HTTP/1.1 200 OK\r\n\r\n<p>"),
        record("request", "https://lampen.example/first", "GET / HTTP/1.1"),
        record("revisit", "https://lampen.example/first", ""),
        page("https://lampen.example/last", "<h1>Complaints</h1><p>020 7946 0002"),
    ];
    let inputs = [bench.file("a.warc.gz", &pieces.concat())];
    let done = bench.run(&inputs, "out.parquet", &options()).unwrap();
    assert_eq!(done.tally.pages, 2);
    let skipped: Vec<(&str, u64)> =
        done.tally.skipped.iter().map(|(what, count)| (what.as_str(), *count)).collect();
    assert_eq!(
        skipped,
        [
            ("an error (404)", 1),
            ("kept without its body: the same as an earlier one", 1),
            ("neither a page nor a PDF (`image/png`)", 1),
            ("not of the web (dns, whois, metadata)", 1),
        ]
    );
    let bad: Vec<Bad> = String::from_utf8(bench.bytes("out.parquet.bad.jsonl"))
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(bad.len(), 2, "{bad:?}");
    assert!(bad[0].reason.contains("gzip"), "{bad:?}");
    assert_eq!(bad[1].reason, "a response without HTTP status line");
    assert_eq!(bad[1].url.as_deref(), Some("https://lampen.example/noise"));
    let first = pieces[0].len() + pieces[1].len();
    assert_eq!(bad[1].offset, first as u64, "the place in the file");
}

#[test]
fn archives_of_texts_and_other_files_are_refused_and_the_rest_goes_on() {
    let bench = Bench::new();
    let wet =
        [record("warcinfo", "", "x"), record("conversion", "https://lampen.example/", "some text")].concat();
    let wat = [record("warcinfo", "", "x"), record("metadata", "https://lampen.example/", "{}")].concat();
    let refused = [
        bench.file("a.warc.wet.gz", &wet),
        bench.file("b.warc.wat.gz", &wat),
        bench.file("c.zip", b"PK\x03\x04 and so on"),
        Origin::File(bench.folder.path().join("missing.warc.gz")),
    ];
    let error = bench.run(&refused, "none.parquet", &options()).unwrap_err();
    let ExtractError::AllRefused(_) = error else { panic!("{error}") };
    assert!(!bench.folder.path().join("none.parquet.parts").exists());
    let mut inputs = refused.to_vec();
    inputs.push(bench.file("d.warc.gz", &archive(2)));
    let done = bench.run(&inputs, "out.parquet", &options()).unwrap();
    assert_eq!(done.tally.pages, 2);
    for (refused, why) in done.tally.refused.iter().zip(["WET", "WAT", "zip", "missing"]) {
        assert!(refused.contains(why), "{refused}");
    }
    assert_eq!(done.tally.refused.len(), 4);
}

#[test]
fn an_archive_elsewhere_reads_as_one_that_is_here() {
    let bench = Bench::new();
    let bytes = archive(400);
    let here = [bench.file("a.warc.gz", &bytes)];
    bench.run(&here, "here.parquet", &options()).unwrap();
    let server = crate::loopback::Server::start(bench.folder.path());
    let there = [Origin::Remote(server.base.join("a.warc.gz").unwrap())];
    bench.run(&there, "there.parquet", &options()).unwrap();
    assert!(bench.bytes("here.parquet") == bench.bytes("there.parquet"));
    // A bucket is a folder of the same server, asked in the way of the object store.
    let bucket = bench.folder.path().join("bucket");
    std::fs::create_dir(&bucket).unwrap();
    std::fs::copy(bench.folder.path().join("a.warc.gz"), bucket.join("a.warc.gz")).unwrap();
    let settings = [
        ("aws_endpoint", server.base.as_str().trim_end_matches('/')),
        ("aws_region", "us-east-1"),
        ("aws_skip_signature", "true"),
    ];
    let settings = settings.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec();
    let remotes = Remotes::new("test", settings).unwrap();
    let to = bench.folder.path().join("bucket.parquet");
    let inputs = [Origin::parse("s3://bucket/a.warc.gz")];
    extract(&inputs, &to, &options(), &remotes, |_| {}).unwrap();
    assert!(bench.bytes("here.parquet") == bench.bytes("bucket.parquet"));
    let missing = [Origin::Remote(server.base.join("b.warc.gz").unwrap())];
    let error = bench.run(&missing, "missing.parquet", &options()).unwrap_err();
    assert!(error.to_string().contains("no such file"), "{error}");
}

#[test]
fn a_run_over_a_file_elsewhere_goes_on_in_the_middle_of_it() {
    let bench = Bench::new();
    // Random words, so that the file is longer than one portion.
    let mut state = 1_u64;
    let filler: Vec<Vec<u8>> = (0..600)
        .map(|n| {
            let mut text = format!("<h1>Complaints</h1><p>020 7946 {n:04}<p><!-- ");
            for _ in 0..2_500 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let _ = write!(text, "{:x} ", state >> 20);
            }
            text.push_str("-->");
            page(&format!("https://lampen.example/{n}"), &text)
        })
        .collect();
    let bytes = filler.concat();
    assert!(bytes.len() > 9_000_000, "{}", bytes.len());
    bench.file("a.warc.gz", &bytes);
    let server = crate::loopback::Server::start(bench.folder.path());
    let inputs = [Origin::Remote(server.base.join("a.warc.gz").unwrap())];
    let options = Options { part: 100, ..options() };
    bench.run(&inputs, "whole.parquet", &options).unwrap();
    half_of(&bench, &inputs, "half.parquet", &options, 5);
    let before = server.sent.load(std::sync::atomic::Ordering::SeqCst);
    let done = bench.run(&inputs, "half.parquet", &options).unwrap();
    let sent = server.sent.load(std::sync::atomic::Ordering::SeqCst) - before;
    assert_eq!(done.resumed_parts, 5);
    assert!(sent < bytes.len() as u64 / 3, "{sent} of {} bytes were fetched again", bytes.len());
    assert!(bench.bytes("whole.parquet") == bench.bytes("half.parquet"));
}

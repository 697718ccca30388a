//! Archives through the binary: extracted, killed and taken up, merged, packed, updated, searched.

use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::{complained, demo, said, upstairs};

fn at(home: &Path, words: &[&str]) -> Output {
    upstairs(home).current_dir(home).args(words).output().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Makes an archive of pages of many companies.
fn archive(pages: usize, day: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    for n in 0..pages {
        let company = n % 40;
        let body = format!(
            "<html lang=en><title>Complaints | Lampen {company}</title><h1>Complaints</h1>\
             <p>To complain call 020 7946 {company:04} or write to complaints@lampen{company}.example.</p>\
             <p>If you are not happy with our reply, write to our chief executive at ceo{day}@lampen{company}.example</p>"
        );
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}");
        let record = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://www.lampen{company}.example/{n}\r\n\
             WARC-Date: 2025-03-{day:02}T12:00:00Z\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        );
        bytes.extend(gzip(record.as_bytes()));
    }
    bytes
}

#[test]
fn standard_input_patterns_and_lists_read_alike() {
    let home = tempfile::tempdir().unwrap();
    let bytes = archive(60, 1);
    std::fs::write(home.path().join("a.warc.gz"), &bytes).unwrap();
    std::fs::write(home.path().join("list"), "a.warc.gz\n").unwrap();
    let words = ["archive", "extract", "--country", "GB", "--jsonl"];
    for (name, input) in [("pattern", "*.warc.gz"), ("listed", "--list=list"), ("stdin", "-")] {
        let mut child = upstairs(home.path())
            .current_dir(home.path())
            .args(words)
            .args([input, "--to", name])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Whoever does not read it closes the pipe.
        let _ = child.stdin.take().unwrap().write_all(&bytes);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{name}: {}", complained(&output));
        assert!(said(&output).contains("60 pages of 60 records"), "{}", said(&output));
    }
    let read = |name: &str| std::fs::read_to_string(home.path().join(name)).unwrap();
    assert_eq!(read("pattern"), read("listed"));
    assert_eq!(read("pattern").replace("a.warc.gz", "-"), read("stdin"));
    let schema: Value = serde_json::from_str(&said(&at(home.path(), &["schema", "archive"]))).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for line in read("listed").lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        assert!(validator.is_valid(&record), "{record}");
    }
}

#[test]
fn a_run_killed_at_any_moment_goes_on_and_gives_the_same_bytes() {
    let home = tempfile::tempdir().unwrap();
    for name in ["a.warc.gz", "b.warc.gz"] {
        std::fs::write(home.path().join(name), archive(700, 1)).unwrap();
    }
    let words = ["archive", "extract", "a.warc.gz", "b.warc.gz", "--country", "GB", "--part", "64", "--to"];
    let began = std::time::Instant::now();
    assert!(
        upstairs(home.path())
            .current_dir(home.path())
            .args(words)
            .arg("whole.parquet")
            .output()
            .unwrap()
            .status
            .success()
    );
    let whole = began.elapsed();
    let (mut kills, mut resumed) = (0, false);
    // Moments that depend on nothing but the count, all over the run.
    let mut share = 0.37_f64;
    for _ in 0..40 {
        let mut child = upstairs(home.path())
            .current_dir(home.path())
            .args(words)
            .arg("killed.parquet")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        share = (share + 0.618_033_9).fract();
        let moment = whole.mul_f64(0.05 + share * 0.5).max(Duration::from_millis(20));
        let end = std::time::Instant::now() + moment;
        let mut over = false;
        while std::time::Instant::now() < end && !over {
            std::thread::sleep(Duration::from_millis(5));
            over = child.try_wait().unwrap().is_some();
        }
        if !over {
            child.kill().unwrap();
            kills += 1;
        }
        let output = child.wait_with_output().unwrap();
        if over {
            assert!(output.status.success(), "{}", complained(&output));
            resumed = said(&output).contains("continued after");
            break;
        }
    }
    if !home.path().join("killed.parquet").exists() {
        let output = upstairs(home.path())
            .current_dir(home.path())
            .args(words)
            .arg("killed.parquet")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", complained(&output));
        resumed = said(&output).contains("continued after");
    }
    assert!(kills > 0 && resumed, "{kills} kills");
    let read = |name: &str| std::fs::read(home.path().join(name)).unwrap();
    assert!(read("whole.parquet") == read("killed.parquet"));
    assert!(!home.path().join("killed.parquet.parts").exists());
}

#[test]
fn what_was_extracted_becomes_a_directory_that_is_searched_as_any_other() {
    let home = tempfile::tempdir().unwrap();
    for day in [1, 2] {
        std::fs::write(home.path().join(format!("{day}.warc.gz")), archive(400, day)).unwrap();
        let (from, to) = (format!("{day}.warc.gz"), format!("{day}.parquet"));
        assert!(
            at(home.path(), &["archive", "extract", &from, "--to", &to, "--country", "GB"]).status.success()
        );
    }
    std::fs::copy(demo(), home.path().join("demo.warc.gz")).unwrap();
    assert!(
        at(home.path(), &["archive", "extract", "demo.warc.gz", "--to", "3.parquet", "--country", "GB"])
            .status
            .success()
    );
    let output = at(home.path(), &["archive", "merge", "*.parquet", "--to", "dir", "--json"]);
    assert!(output.status.success(), "{}", complained(&output));
    let answer: Value = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!(answer["companies"], 41);
    let output = at(home.path(), &["directory", "search", "Lampen 7", "--data", "dir", "--json"]);
    let found: Value = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!(found["hits"][0]["domain"], "lampen7.example");
    let output =
        at(home.path(), &["directory", "show", "lampen7.example", "--data", "dir", "--json", "--all"]);
    let shown: Value = serde_json::from_str(&said(&output)).unwrap();
    let contact =
        |value: &str| shown["contacts"].as_array().unwrap().iter().find(|c| c["value"] == value).cloned();
    let top = contact("ceo2@lampen7.example").unwrap();
    assert_eq!(top["rung"], "executive");
    assert!(
        top["witnesses"][0]["url"].as_str().unwrap().starts_with("https://www.lampen7.example/"),
        "{top}"
    );
    assert!(contact("ceo1@lampen7.example").is_none(), "the page was read again and no longer says so");
    // Merging by way of a merged file, and merging again into what is there, changes nothing.
    assert!(
        at(home.path(), &["archive", "merge", "1.parquet", "2.parquet", "3.parquet", "--to", "all.parquet"])
            .status
            .success()
    );
    for (files, to) in [(vec!["all.parquet"], "other"), (vec!["3.parquet", "2.parquet", "1.parquet"], "dir")]
    {
        let words = [vec!["archive", "merge"], files, vec!["--to", to]].concat();
        assert!(at(home.path(), &words).status.success());
        let output =
            at(home.path(), &["directory", "show", "lampen7.example", "--data", to, "--json", "--all"]);
        let again: Value = serde_json::from_str(&said(&output)).unwrap();
        assert_eq!(again["contacts"], shown["contacts"], "{to}");
    }
}

#[test]
fn a_directory_is_packed_signed_installed_and_updated() {
    let home = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| {
        let output = at(home.path(), words);
        assert!(output.status.success(), "{words:?}: {}", complained(&output));
        said(&output)
    };
    run(&["directory", "key", "--to", "key"]);
    run(&["directory", "key", "--to", "stranger"]);
    for (day, base) in [(1, None), (2, Some("1.pack"))] {
        std::fs::write(home.path().join("a.warc.gz"), archive(200, day)).unwrap();
        let (table, pack) = (format!("{day}.parquet"), format!("{day}.pack"));
        run(&["archive", "extract", "a.warc.gz", "--to", &table, "--country", "GB"]);
        run(&["archive", "merge", &table, "--to", "publisher"]);
        let mut words = vec!["directory", "pack", "--data", "publisher", "--to", &pack, "--sign", "key"];
        if let Some(base) = base {
            words.extend(["--base", base, "--delta", "2.delta"]);
        }
        run(&words);
    }
    let hits = |words: &[&str]| -> Value { serde_json::from_str(&run(words)).unwrap() };
    let found = hits(&[
        "directory",
        "search",
        "ceo2@lampen3.example",
        "--pack",
        "2.pack",
        "--key",
        "key.pub",
        "--json",
    ]);
    assert_eq!(found["hits"][0]["domain"], "lampen3.example");
    // Who is not trusted is not installed, and nothing is without a key.
    for words in [
        vec!["directory", "update", "1.pack", "--data", "mine"],
        vec!["directory", "update", "1.pack", "--data", "mine", "--key", "stranger.pub"],
        vec!["directory", "update", "2.delta", "--data", "mine", "--key", "key.pub"],
    ] {
        let output = at(home.path(), &words);
        assert_eq!(output.status.code(), Some(1), "{words:?}");
        assert!(!home.path().join("mine/directory.pack").exists(), "{words:?}");
    }
    run(&["directory", "update", "1.pack", "--data", "mine", "--key", "key.pub"]);
    let show = |value: &str| {
        let output = at(home.path(), &["directory", "show", "lampen3.example", "--data", "mine", "--json"]);
        said(&output).contains(value)
    };
    assert!(show("ceo1@lampen3.example") && !show("ceo2@lampen3.example"));
    run(&["directory", "update", "2.delta", "--data", "mine"]);
    assert!(show("ceo2@lampen3.example"));
    let read = |name: &str| std::fs::read(home.path().join(name)).unwrap();
    assert!(
        read("mine/directory.pack") == read("2.pack"),
        "the update is the very edition that was published"
    );
    let output = at(home.path(), &["directory", "update", "1.pack", "--data", "mine"]);
    assert!(complained(&output).contains("older"), "{}", complained(&output));
}

#[test]
fn wrong_words_and_wrong_files_are_told() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("page.html"), "<p>hello").unwrap();
    let run = |words: &[&str]| {
        let output = at(home.path(), words);
        (output.status.code(), complained(&output))
    };
    for (words, code, told) in [
        (vec!["archive", "extract", "--to", "o"], 2, "no archive is named"),
        (vec!["archive", "extract", "page.html", "--to", "o"], 1, "read page"),
        (vec!["archive", "extract", "*.warc", "--to", "o"], 1, "no file fits"),
        (vec!["archive", "extract", "--crawl", "CC-MAIN-2024-10", "--to", "o"], 2, "--domains"),
        (vec!["archive", "extract", "missing.warc.gz", "--to", "o"], 1, "missing.warc.gz"),
        (vec!["archive", "merge", "page.html", "--to", "o"], 1, "page.html"),
        (vec!["directory", "search", "x", "--pack", "page.html"], 1, "page.html"),
    ] {
        let (found, complaint) = run(&words);
        assert_eq!(found, Some(code), "{words:?}: {complaint}");
        assert!(complaint.contains(told), "{words:?}: {complaint}");
    }
    assert!(!home.path().join("o.parts").exists(), "nothing is left behind");
}

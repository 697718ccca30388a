//! Sources read again: conditional requests, a diff to read, records that an import takes, and nothing changed before.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Output;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use crate::{complained, said, upstairs};

/// A page of the site: status, where it leads, and what it shows.
type Page = (u16, Option<&'static str>, String);

/// A site on loopback whose pages change, and which answers "not modified" where it may.
struct Site {
    port: u16,
    pages: Arc<Mutex<BTreeMap<String, Page>>>,
    /// Path and status of each answer.
    log: Arc<Mutex<Vec<(String, u16)>>>,
}

impl Site {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let site =
            Self { port: listener.local_addr().unwrap().port(), pages: Arc::default(), log: Arc::default() };
        let (pages, log) = (site.pages.clone(), site.log.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let _ = answer(&stream, &pages, &log);
            }
        });
        site
    }

    fn put(&self, path: &str, status: u16, leads: Option<&'static str>, text: &str) {
        let body = format!(
            "<html lang=en><title>Lampen Ltd</title><main>{text}<p>{}</main></html>",
            "We sell lamps of every kind and have done so for many years in the same street. ".repeat(4)
        );
        self.pages.lock().unwrap().insert(path.to_owned(), (status, leads, body));
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Returns path and status of what was asked for since the last call, robots.txt left out.
    fn asked(&self) -> Vec<(String, u16)> {
        let mut asked = std::mem::take(&mut *self.log.lock().unwrap());
        asked.retain(|(path, _)| path != "/robots.txt");
        asked
    }
}

fn answer(
    mut stream: &TcpStream,
    pages: &Mutex<BTreeMap<String, Page>>,
    log: &Mutex<Vec<(String, u16)>>,
) -> Option<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut condition = None;
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header).ok()? == 0 || header == "\r\n" {
            break;
        }
        if let Some(tag) = header.to_ascii_lowercase().strip_prefix("if-none-match:") {
            condition = Some(tag.trim().to_owned());
        }
    }
    let (status, leads, body) =
        pages.lock().ok()?.get(&path).cloned().unwrap_or((404, None, "not here".into()));
    // The same page has the same tag.
    let sum = body.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let tag = format!("\"{sum:08x}\"");
    let (status, body) =
        if status == 200 && condition.as_ref() == Some(&tag) { (304, String::new()) } else { (status, body) };
    log.lock().ok()?.push((path, status));
    let leads = leads.map_or_else(String::new, |to| format!("location: {to}\r\n"));
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: text/html\r\netag: {tag}\r\n{leads}content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).ok()
}

fn at(home: &Path, words: &[&str]) -> Output {
    upstairs(home).current_dir(home).args(words).output().unwrap()
}

/// Fills a directory with what the first pages say.
fn fill(home: &Path, site: &Site) {
    let row = |channel: &str, value: &str, rung: &str, path: &str| {
        json!({"channel": channel, "value": value, "rung": rung, "quote": format!("use {value}"), "url": site.url(path),
            "kind": "own_site", "site": "127.0.0.1", "seen": "2025-03-01T00:00:00Z"})
    };
    let entry = json!({"id": "lampen", "name": "Lampen Ltd", "country": "GB", "domains": ["127.0.0.1"], "contacts": [
        row("email", "complaints@lampen.example", "complaints", "/complaints"),
        row("email", "old@lampen.example", "management", "/complaints"),
        row("phone", "+442079460123", "front_line", "/complaints"),
        row("form", &site.url("/form"), "complaints", "/complaints"),
        row("email", "ceo@lampen.example", "executive", "/about"),
        row("email", "help@lampen.example", "front_line", "/old-help"),
        row("email", "slow@lampen.example", "front_line", "/slow"),
        row("email", "moved@lampen.example", "specialist", "/about"),
    ]});
    std::fs::write(home.join("lampen.jsonl"), entry.to_string()).unwrap();
    assert!(at(home, &["directory", "import", "lampen.jsonl", "--data", "d"]).status.success());
    let told = [
        "directory",
        "add",
        "Lampen Ltd",
        "020 7946 0999",
        "--told-by",
        "a supervisor",
        "--country",
        "GB",
        "--data",
        "d",
    ];
    assert!(at(home, &told).status.success());
}

#[test]
fn a_check_proposes_a_diff_that_import_takes() {
    let home = tempfile::tempdir().unwrap();
    let site = Site::start();
    let form = "<p>Or use our <a href=/form>complaints form</a>.</p>";
    site.put("/complaints", 200, None, &format!("<h1>Complaints</h1><p>To complain write to complaints@lampen.example.</p><p>Not happy? Write to our complaints manager, old@lampen.example, or call 020 7946 0123.</p>{form}"));
    site.put("/form", 200, None, "<form><label>Your complaint<textarea></textarea></label></form>");
    site.put(
        "/about",
        200,
        None,
        "<p>Our chief executive: ceo@lampen.example</p><p>Billing team: moved@lampen.example</p>",
    );
    site.put("/old-help", 200, None, "<p>Customer service: help@lampen.example</p>");
    site.put("/slow", 200, None, "<p>Customer service: slow@lampen.example</p>");
    fill(home.path(), &site);
    let host = format!("127.0.0.1:{}", site.port);
    let check = |more: &[&str]| {
        let words = [&["directory", "check", "--data", "d", "--allow-host", &host], more].concat();
        at(home.path(), &words)
    };
    let counts = |more: &[&str]| -> Value {
        let output = check(&[&["--json"], more].concat());
        assert!(output.status.success(), "{}", complained(&output));
        serde_json::from_str(&said(&output)).unwrap()
    };
    let contacts =
        || -> String { said(&at(home.path(), &["directory", "export", "--data", "d", "--with-told"])) };
    let first = counts(&[]);
    assert_eq!(
        (&first["read"], &first["unchanged"], &first["proposals"]),
        (&json!(4), &json!(0), &json!(0)),
        "{first}"
    );
    assert!(first["text"].as_str().unwrap().contains("Nothing is proposed"), "{first}");
    site.asked();
    let again = counts(&[]);
    assert_eq!(
        (&again["read"], &again["unchanged"], &again["confirmed"]),
        (&json!(4), &json!(4), &json!(8)),
        "{again}"
    );
    assert!(site.asked().iter().all(|(_, status)| *status == 304), "what did not change is not sent again");

    site.put("/complaints", 200, None, &format!("<h1>Complaints</h1><p>To complain write to complaints@lampen.example.</p><p>Not happy? Write to our complaints manager, new@lampen.example, or call 020 7946 0123.</p>{form}"));
    site.put("/form", 410, None, "");
    site.put("/about", 404, None, "");
    site.put("/old-help", 301, Some("/help"), "");
    site.put(
        "/help",
        200,
        None,
        "<p>Customer service: help@lampen.example</p><p>Billing team: moved@lampen.example</p>",
    );
    site.put("/slow", 503, None, "");
    let before = contacts();
    let changed = counts(&["--to", "p.jsonl", "--diff", "p.md"]);
    assert_eq!(contacts(), before, "a check changes nothing");
    let of = |name: &str| changed[name].as_u64().unwrap();
    assert_eq!((of("read"), of("gone"), of("unknown"), of("dead_links")), (2, 1, 1, 1), "{changed}");
    let diff = std::fs::read_to_string(home.path().join("p.md")).unwrap();
    for line in [
        "- management · email · old@lampen.example   # no longer on the page (read there on 2025-03-01)",
        "- executive · email · ceo@lampen.example   # it is gone (404)",
        "its link leads nowhere: the page is gone (410)",
        "new@lampen.example",
        "moved to <http://127.0.0.1",
        "moved@lampen.example   # it is gone (404); other pages name it",
        "it answers 503",
    ] {
        assert!(diff.contains(line), "`{line}` is missing in\n{diff}");
    }
    assert!(!diff.contains("- complaints · email"), "{diff}");

    // Only what was reviewed may take contacts away; any other file adds.
    let output = at(home.path(), &["directory", "import", "p.jsonl", "--data", "d"]);
    assert!(output.status.success() && complained(&output).contains("--reviewed"), "{}", complained(&output));
    let added = contacts();
    assert!(added.contains("ceo@lampen.example") && added.contains("new@lampen.example"), "{added}");
    let output = at(home.path(), &["directory", "import", "--reviewed", "p.jsonl", "--data", "d"]);
    assert!(output.status.success(), "{}", complained(&output));
    assert!(!complained(&output).contains("--reviewed"), "{}", complained(&output));
    let after = contacts();
    for (value, there) in [
        ("new@lampen.example", true),
        ("complaints@lampen.example", true),
        ("+442079460123", true),
        ("+442079460999", true),
        ("help@lampen.example", true),
        ("slow@lampen.example", true),
        ("moved@lampen.example", true),
        ("\"old@lampen.example\"", false),
        ("ceo@lampen.example", false),
        ("/form", false),
        ("/old-help", false),
    ] {
        assert_eq!(after.contains(value), there, "{value}\n{after}");
    }

    // An export is checked as the directory is; nothing is left to propose; a second answer does not replace the first.
    assert!(at(home.path(), &["directory", "export", "--data", "d", "-o", "out.jsonl"]).status.success());
    let settled = counts(&["--from", "out.jsonl", "Lampen Ltd"]);
    assert_eq!(settled["proposals"], json!(0), "{settled}");
    let output = check(&["--to", "p.jsonl"]);
    assert!(!output.status.success() && complained(&output).contains("is there already"));
    let output = check(&["Nobody Ltd"]);
    assert!(!output.status.success() && complained(&output).contains("Nobody Ltd"));
}

#[test]
fn where_no_source_answers_nothing_is_proposed() {
    let home = tempfile::tempdir().unwrap();
    let site = Site::start();
    for path in ["/complaints", "/about", "/old-help", "/slow"] {
        site.put(path, 500, None, "");
    }
    fill(home.path(), &site);
    let host = format!("127.0.0.1:{}", site.port);
    let output = at(
        home.path(),
        &["directory", "check", "--data", "d", "--allow-host", &host, "--to", "p.jsonl", "--diff", "p.md"],
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(complained(&output).contains("none of the 4 sources could be read"), "{}", complained(&output));
    assert!(!home.path().join("p.jsonl").exists() && !home.path().join("p.md").exists());
}

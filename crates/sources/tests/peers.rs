//! Other tools read what is written here.
//!
//! Runs `warcio check` and `fastwarc check` over a file written by this wing, where they are installed
//! (`pip install warcio fastwarc`); where one is not, its half of the test says so and is skipped.

#![expect(clippy::unwrap_used, reason = "in a test a failure is to be seen")]

use std::process::Command;

use sources::warc::Writer;
use sources::web::Response;

/// Writes an archive with the kinds of answers that differ in how they are stored.
fn write(path: &std::path::Path) {
    let now = "2025-03-01T12:00:00Z".parse().unwrap();
    let mut writer = Writer::create(path, "Upstairs/0.1", now).unwrap();
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let page = Response {
        status: 200,
        headers: vec![header("content-type", "text/html; charset=utf-8"), header("content-encoding", "gzip")],
        body: "<p>Beschwerden: 030 23125 123, \u{dc}bersicht</p>".repeat(2000).into_bytes(),
        fetched: "2025-03-01T12:00:01Z".to_owned(),
        peer: Some("2001:db8::7".parse().unwrap()),
        request: vec![header("user-agent", "Upstairs/0.1")],
        ..Response::default()
    };
    let chunked =
        Response { headers: vec![header("transfer-encoding", "chunked")], cut: true, ..page.clone() };
    let moved =
        Response { status: 301, headers: vec![header("location", "/a")], body: Vec::new(), ..page.clone() };
    for (place, response) in [("a", &page), ("b?c=d%20e", &chunked), ("b\u{e4}r", &moved)] {
        let url = url::Url::parse("https://lampen.example/").unwrap().join(place).unwrap();
        writer.exchange(&url, response).unwrap();
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn other_tools_find_nothing_wrong_with_what_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.warc.gz", "a.warc"] {
        let path = folder.path().join(name);
        write(&path);
        for tool in ["warcio", "fastwarc"] {
            let Ok(output) = Command::new(tool).arg("check").arg(&path).output() else {
                eprintln!("skipped: `{tool}` is not installed (pip install {tool})");
                continue;
            };
            let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            assert!(output.status.success(), "{tool} {name}: {said}");
        }
    }
}

//! What a wrong or hostile input gives: a message that names it and says what to do, the right exit code, no panic, and
//! whatever was found besides.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::process::Output;

use serde_json::Value;

use crate::live::request;
use crate::{complained, said, upstairs};

/// Serves raw answers on loopback; returns the port.
fn serve(answer: impl Fn(&str, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let answer = std::sync::Arc::new(answer);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let answer = std::sync::Arc::clone(&answer);
            std::thread::spawn(move || {
                if let Some(path) = request(&stream) {
                    // A client that hangs up has had enough.
                    let _ = answer(&path, &mut stream);
                }
            });
        }
    });
    port
}

/// Writes an answer.
fn reply(stream: &mut TcpStream, status: &str, headers: &str, body: &[u8]) -> std::io::Result<()> {
    let head =
        format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n", body.len());
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)
}

const HTML: &str = "content-type: text/html; charset=utf-8\r\n";

const START: &str = "<!doctype html><html lang=en><title>Acme</title><p>Welcome to Acme, the home of good lamps and better service.</p>\
                     <a href=/complaints>Complaints</a> <a href=/contact>Contact us</a>";

const CONTACT: &str = "<!doctype html><html lang=en><title>Contact us</title><h1>Contact us</h1><p>Customer service: care@acme.example</p>";

/// Runs `find` on a site where the complaints page is answered as told, and all else is well.
fn find(
    complaints: impl Fn(&mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
) -> (Output, Value) {
    let port = serve(move |path, stream| match path {
        "/" => reply(stream, "200 OK", HTML, START.as_bytes()),
        "/contact" => reply(stream, "200 OK", HTML, CONTACT.as_bytes()),
        "/complaints" => complaints(stream),
        _ => reply(stream, "404 Not Found", HTML, b"<title>404</title><p>Page not found</p>"),
    });
    let home = tempfile::tempdir().unwrap();
    let output = upstairs(home.path())
        .args([
            "find",
            &format!("http://127.0.0.1:{port}/"),
            "--allow-host",
            &format!("127.0.0.1:{port}"),
            "--time",
            "60",
            "--json",
        ])
        .output()
        .unwrap();
    let answer = serde_json::from_str(&said(&output)).unwrap_or_else(|_| panic!("{}", complained(&output)));
    (output, answer)
}

/// Holds that the rest was found, nothing broke, and a warning names the page and says the words.
fn the_rest_is_kept((output, answer): (Output, Value), words: &str) {
    assert_eq!(output.status.code(), Some(0), "{answer:#}");
    assert!(!complained(&output).contains("panicked"), "{}", complained(&output));
    let values: Vec<&str> =
        answer["contacts"].as_array().unwrap().iter().map(|c| c["value"].as_str().unwrap()).collect();
    assert_eq!(values, ["care@acme.example"]);
    let warnings: Vec<&str> =
        answer["warnings"].as_array().unwrap().iter().map(|w| w.as_str().unwrap()).collect();
    assert!(
        words.is_empty() || warnings.iter().any(|w| w.contains("/complaints") && w.contains(words)),
        "{warnings:#?}"
    );
}

#[test]
fn a_page_without_end_is_cut() {
    the_rest_is_kept(
        find(|stream| {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 1073741824\r\n\r\n<title>Complaints</title>")?;
            let chunk = "<p>All work and no play. ".repeat(2_000);
            for _ in 0..30_000 {
                stream.write_all(chunk.as_bytes())?;
            }
            Ok(())
        }),
        "cut",
    );
}

#[test]
fn a_bomb_is_unpacked_no_further_than_its_bound() {
    // Two hundred megabytes of blanks in two hundred kilobytes.
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..200 {
        encoder.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    the_rest_is_kept(
        find(move |stream| reply(stream, "200 OK", &format!("{HTML}content-encoding: gzip\r\n"), &bomb)),
        "",
    );
}

#[test]
fn an_empty_or_binary_page_is_named() {
    the_rest_is_kept(find(|stream| reply(stream, "200 OK", HTML, b"")), "empty");
    the_rest_is_kept(
        find(|stream| reply(stream, "200 OK", "content-type: application/zip\r\n", b"PK\x03\x04\0\0")),
        "neither a page nor a PDF",
    );
    the_rest_is_kept(
        find(|stream| reply(stream, "200 OK", HTML, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0")),
        "",
    );
}

#[test]
fn a_pdf_that_cannot_be_read_is_named_with_what_to_do() {
    let kind = "content-type: application/pdf\r\n";
    the_rest_is_kept(
        find(move |stream| reply(stream, "200 OK", kind, b"%PDF-1.7 broken")),
        "print it to a new PDF",
    );
    let locked = std::fs::read(crate::root().join("crates/reading/tests/pdf/locked.pdf")).unwrap();
    the_rest_is_kept(find(move |stream| reply(stream, "200 OK", kind, &locked)), "locked with a password");
}

#[test]
fn a_connection_that_breaks_off_costs_one_page() {
    the_rest_is_kept(find(|stream| stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-ty")), "");
    the_rest_is_kept(
        find(|stream| {
            reply(stream, "200 OK", "content-encoding: gzip\r\ncontent-type: text/html\r\n", b"\x1f\x8bnot")
        }),
        "",
    );
}

#[test]
fn a_procedure_in_a_pdf_is_read_from_the_site() {
    let pdf = std::fs::read(crate::root().join("crates/reading/tests/pdf/northgate.pdf")).unwrap();
    let (_, answer) = find(move |stream| reply(stream, "200 OK", "content-type: application/pdf\r\n", &pdf));
    let rows: Vec<String> = answer["contacts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| format!("{} {}", c["rung"].as_str().unwrap(), c["value"].as_str().unwrap()))
        .collect();
    for wanted in
        ["complaints complaints@northgate-water.example", "management review@northgate-water.example"]
    {
        assert!(rows.iter().any(|row| row == wanted), "no `{wanted}` in {rows:#?}");
    }
}

/// Runs `find` with words and returns its output.
fn run(words: &[&str]) -> Output {
    let home = tempfile::tempdir().unwrap();
    upstairs(home.path()).arg("find").args(words).output().unwrap()
}

#[test]
fn a_host_that_does_not_exist_is_named_with_what_to_check() {
    let output = run(&["no-such-host.invalid"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("no-such-host.invalid"), "{}", said(&output));
    assert!(
        said(&output).contains("check the spelling") || said(&output).contains("--from"),
        "{}",
        said(&output)
    );
}

#[test]
fn a_host_without_tls_or_with_a_false_certificate_is_named() {
    let port = serve(|_, stream| reply(stream, "200 OK", HTML, START.as_bytes()));
    let output = run(&[&format!("https://127.0.0.1:{port}/help"), "--allow-host", "127.0.0.1"]);
    assert!(said(&output).contains("127.0.0.1"), "{}", said(&output));
    assert!(
        said(&output).contains("TLS") || said(&output).contains("secure connection"),
        "{}",
        said(&output)
    );
}

#[test]
fn a_missing_file_and_an_unknown_country_are_named() {
    let output = run(&["acme.example", "--from", "/nowhere/acme.warc.gz"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        complained(&output).contains("/nowhere/acme.warc.gz")
            && complained(&output).contains("check the path")
    );
    let output = run(&["acme.example", "--country", "Atlantis"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("Atlantis"), "{}", complained(&output));
}

#[test]
fn a_browser_that_is_not_there_is_told_with_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let output = upstairs(home.path())
        .env("PATH", "/nowhere")
        .args(["find", "acme.example", "--browser"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(complained(&output).contains("UPSTAIRS_BROWSER"), "{}", complained(&output));
}

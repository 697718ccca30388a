//! `find` against a real server on loopback: the same pages as the archive, refusals, and an interrupted run.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

use crate::{complained, root, said, upstairs};

/// A server on loopback that lives as long as the test; every request line is kept.
pub(crate) struct Server {
    pub(crate) port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Serves what `answer` returns for a path: status line, content type and body.
    pub(crate) fn start(
        answer: impl Fn(&str) -> (&'static str, &'static str, Vec<u8>) + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if let Some(path) = request(&stream) {
                    log.lock().unwrap().push(path.clone());
                    let (status, kind, body) = answer(&path);
                    let head = format!(
                        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                        body.len()
                    );
                    let mut stream = stream;
                    // A client that has gone away is no failure of the server.
                    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
                }
            }
        });
        Self { port, asked }
    }

    /// Returns the address of its start page.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Returns its host and port, as `--allow-host` takes it.
    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Returns the paths asked for so far.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// Reads a request and returns its path.
pub(crate) fn request(stream: &TcpStream) -> Option<String> {
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header).ok()? == 0 || header == "\r\n" {
            return Some(path);
        }
    }
}

/// Serves the pages of the demo company.
pub(crate) fn demo_page(path: &str) -> (&'static str, &'static str, Vec<u8>) {
    let name = match path {
        "/" => "index".to_owned(),
        path => path.trim_matches('/').replace('/', "-"),
    };
    match std::fs::read(root().join("demo/brightwell").join(name + ".html")) {
        Ok(page) => ("200 OK", "text/html; charset=utf-8", page),
        Err(_) => ("404 Not Found", "text/plain", b"not here".to_vec()),
    }
}

#[test]
fn a_live_site_is_read_politely_and_gives_its_ladder() {
    let server = Server::start(demo_page);
    let home = tempfile::tempdir().unwrap();
    let allow = format!("127.0.0.1:{}", server.port);
    let words = ["find", &server.url(), "--allow-host", &allow, "--country", "GB", "--pages", "4", "--json"];
    let output = upstairs(home.path()).args(words).output().unwrap();
    let answer: Value = serde_json::from_str(&said(&output)).unwrap();
    let values: Vec<&str> =
        answer["contacts"].as_array().unwrap().iter().map(|c| c["value"].as_str().unwrap()).collect();
    assert!(values.contains(&"complaints@brightwell-energy.example"), "{values:?}");
    assert_eq!(server.paths().first().map(String::as_str), Some("/robots.txt"));
    assert!(answer["documents"].as_array().unwrap().len() <= 4);
}

#[test]
fn a_refresh_reads_the_pages_again_and_tells_what_changed() {
    let moved = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let now = Arc::clone(&moved);
    let server = Server::start(move |path| {
        let (status, kind, body) = demo_page(path);
        if now.load(std::sync::atomic::Ordering::SeqCst) {
            let text = String::from_utf8_lossy(&body).replace("complaints@brightwell", "complain@brightwell");
            return (status, kind, text.into_bytes());
        }
        (status, kind, body)
    });
    let home = tempfile::tempdir().unwrap();
    let allow = format!("127.0.0.1:{}", server.port);
    let refresh = || {
        let words = ["directory", "refresh", &server.url(), "--allow-host", &allow, "--pages", "4", "--json"];
        let output = upstairs(home.path()).args(words).output().unwrap();
        serde_json::from_str::<Value>(said(&output).trim())
            .unwrap_or_else(|_| panic!("{}", complained(&output)))
    };
    assert_eq!(refresh()["changes"], serde_json::json!([]));
    moved.store(true, std::sync::atomic::Ordering::SeqCst);
    let changes = refresh()["changes"].to_string();
    for value in ["complaints@brightwell-energy.example", "complain@brightwell-energy.example"] {
        assert!(changes.contains(value), "no `{value}` in {changes}");
    }
}

#[test]
fn a_private_address_is_refused_unless_that_very_host_is_allowed() {
    let server = Server::start(demo_page);
    let home = tempfile::tempdir().unwrap();
    for allow in [&[][..], &["--allow-host", "127.0.0.2"][..]] {
        let output = upstairs(home.path()).args(["find", &server.url()]).args(allow).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(said(&output).contains("--allow-host"), "{}", said(&output));
    }
    assert!(server.paths().is_empty(), "{:?}", server.paths());
}

#[test]
fn a_site_that_refuses_is_named_so_and_not_called_empty() {
    let server = Server::start(|path| match path {
        "/robots.txt" => ("404 Not Found", "text/plain", Vec::new()),
        _ => ("403 Forbidden", "text/html", b"<title>Access denied</title><p>Reference #18.2d</p>".to_vec()),
    });
    let home = tempfile::tempdir().unwrap();
    let allow = format!("127.0.0.1:{}", server.port);
    let output =
        upstairs(home.path()).args(["find", &server.url(), "--allow-host", &allow]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("prove that they are not a robot"), "{}", said(&output));
}

#[test]
fn robots_txt_is_obeyed() {
    let server = Server::start(|path| match path {
        "/robots.txt" => ("200 OK", "text/plain", b"User-agent: *\nDisallow: /\n".to_vec()),
        path => demo_page(path),
    });
    let home = tempfile::tempdir().unwrap();
    let allow = format!("127.0.0.1:{}", server.port);
    let output =
        upstairs(home.path()).args(["find", &server.url(), "--allow-host", &allow]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(server.paths().iter().all(|path| path == "/robots.txt"), "{:?}", server.paths());
    assert!(said(&output).contains("robots.txt"), "{} {}", said(&output), complained(&output));
}

#[cfg(unix)]
#[test]
fn ctrl_c_prints_what_was_found_so_far() {
    let server = Server::start(demo_page);
    let home = tempfile::tempdir().unwrap();
    let allow = format!("127.0.0.1:{}", server.port);
    let mut child = upstairs(home.path())
        .args(["find", &server.url(), "--allow-host", &allow, "--country", "GB", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Waits until two pages were asked for, so that there is something to print and something left to read.
    for _ in 0..200 {
        if server.paths().iter().filter(|path| path.as_str() != "/robots.txt").count() >= 3 {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let killed = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let mut text = String::new();
    child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
    child.wait().unwrap();
    let answer: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(answer["interrupted"], true);
    assert!(!answer["documents"].as_array().unwrap().is_empty());
}

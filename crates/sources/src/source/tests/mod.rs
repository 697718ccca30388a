//! Every source against a server on loopback that speaks its protocol: only the base address differs from production.
//!
//! The answers are written here from the documented shapes, with made-up companies; where recorded answers lie beside the
//! repository (`../shared/corpus/sources`), the same tests serve those too.

mod identity;
mod recorded;
mod refusals;
mod registers;
mod searching;
mod social;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use super::{Answer, Asking, Setting, Subject, Trouble, named};
use crate::cache::Cache;
use crate::fetch::{Fetcher, Secret, Settings};

/// What the server answers: status, further header lines, body.
pub(super) type Reply = (u16, String, Vec<u8>);

/// Answers with JSON.
pub(super) fn json(value: &serde_json::Value) -> Reply {
    (200, "content-type: application/json\r\n".to_owned(), value.to_string().into_bytes())
}

/// Answers with a status and a text.
pub(super) fn status(status: u16, body: &str) -> Reply {
    (status, String::new(), body.as_bytes().to_vec())
}

/// A server on loopback that keeps the head of every request.
pub(super) struct Server {
    port: u16,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts one; `answer` gets path and query, decoded, and the head.
    pub(super) async fn start(answer: impl Fn(&str, &str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let (answer, log) = (Arc::new(answer), Arc::clone(&heads));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, log) = (Arc::clone(&answer), Arc::clone(&log));
                tokio::spawn(async move { serve(stream, answer.as_ref(), &log).await });
            }
        });
        Self { port, heads }
    }

    pub(super) fn base(&self) -> Url {
        Url::parse(&format!("http://127.0.0.1:{}", self.port)).unwrap()
    }

    /// Returns the heads of all requests but those for robots.txt.
    pub(super) fn heads(&self) -> Vec<String> {
        let heads = self.heads.lock().unwrap();
        heads.iter().filter(|head| !head.contains(" /robots.txt ")).cloned().collect()
    }

    /// Returns path and query of all requests but those for robots.txt, decoded.
    pub(super) fn paths(&self) -> Vec<String> {
        self.heads().iter().map(|head| decoded(head.split(' ').nth(1).unwrap_or_default())).collect()
    }
}

fn decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(&path.replace('+', " ")).decode_utf8_lossy().into_owned()
}

async fn serve(
    mut stream: TcpStream,
    answer: &(dyn Fn(&str, &str) -> Reply + Send + Sync),
    log: &Mutex<Vec<String>>,
) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte).await {
            Ok(1) => head.push(byte[0]),
            _ => return,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = decoded(head.split(' ').nth(1).unwrap_or_default());
    log.lock().unwrap().push(head.clone());
    let (status, headers, body) = answer(&path, &head);
    let head = format!(
        "HTTP/1.1 {status} x\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n",
        body.len()
    );
    let _ = stream.write_all(&[head.as_bytes(), &body].concat()).await;
}

/// The key that tests use; it must never be seen in an address or an error.
pub(super) const KEY: &str = "k3y-of-the-user";

/// Asks a source at a server.
pub(super) async fn ask(id: &str, server: &Server, subject: &Subject) -> Result<Answer, Trouble> {
    ask_with(id, server, subject, KEY, None).await
}

/// Asks a source at a server, with a key and a cache.
pub(super) async fn ask_with(
    id: &str,
    server: &Server,
    subject: &Subject,
    key: &str,
    cache: Option<&Cache>,
) -> Result<Answer, Trouble> {
    let mut settings = Settings::new("Upstairs/0.1 (+mailto:me@lampen.example)");
    settings.pause = Duration::ZERO;
    settings.now = || "2026-11-28T11:59:00Z".parse::<jiff::Timestamp>().unwrap().into();
    settings.allow_hosts = vec![format!("127.0.0.1:{}", server.port).parse().unwrap()];
    let fetcher = Fetcher::new(settings).unwrap();
    let source = named(id).unwrap();
    let setting = Setting { base: Some(server.base()), key: Secret::new(key) };
    let now = "2026-11-28T12:00:00Z".parse().unwrap();
    let asking = Asking::new(source.about(), setting, &fetcher, &fetcher, cache, now);
    let answer = source.ask(&asking, subject).await;
    if let Err(trouble) = &answer {
        assert!(!trouble.to_string().contains(KEY), "{trouble}");
    }
    answer
}

/// Draws what an answer says: whom, and `rung channel value` of each contact.
pub(super) fn draw(answer: &Answer) -> String {
    let mut lines = Vec::new();
    for told in &answer.told {
        let record = &told.record;
        let country = record.country.map_or("-".to_owned(), |country| country.to_string());
        lines.push(format!(
            "{} [{}] {country} {}",
            record.name,
            record.domains.join(" "),
            record.ids.in_words().unwrap_or_default()
        ));
        for officer in &record.officers {
            lines.push(format!(
                "  {} {} since {}",
                officer.role,
                officer.name,
                officer.since.as_deref().unwrap_or("?")
            ));
        }
        for (source, finding) in &told.found {
            for contact in &finding.contacts {
                let reach = &contact.reach;
                let rung = ladder::rung::spelled(contact.rung);
                lines.push(format!(
                    "  {rung} {} {} ({:?}, {})",
                    reach.channel().id(),
                    reach.value(),
                    source.kind,
                    source.site
                ));
            }
        }
    }
    lines.extend(answer.hits.iter().map(|hit| format!("hit {} | {}", hit.url, hit.snippet)));
    lines.extend(answer.threads.iter().map(|thread| {
        format!(
            "thread {}",
            thread
                .url
                .split_once("://")
                .map_or("", |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path))
        )
    }));
    lines.extend(answer.facts.iter().map(|fact| format!("fact {fact}")));
    lines.extend(answer.notes.iter().map(|note| format!("note {note}")));
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}

/// Returns the folder of recorded answers, where it lies beside the repository.
#[expect(clippy::print_stderr, reason = "a test says what it skips")]
pub(super) fn corpus() -> Option<PathBuf> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let found =
        root.ancestors().map(|folder| folder.join("shared/corpus/sources")).find(|folder| folder.is_dir());
    if found.is_none() {
        eprintln!("skipped: no recorded answers beside the repository");
    }
    found
}

/// Returns a subject with a domain and a country.
pub(super) fn subject(name: &str, domain: &str, country: &str) -> Subject {
    Subject {
        domains: (!domain.is_empty()).then(|| domain.to_owned()).into_iter().collect(),
        country: ladder::Country::parse(country).ok(),
        ..Subject::named(name)
    }
}

//! The fetcher against real servers on loopback: good ones, slow ones and hostile ones.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::*;

/// What the server does with a request.
enum Reply {
    /// Sends these bytes and closes the connection.
    Send(Vec<u8>),
    /// Sends the first bytes, and then the second ones over and over.
    Endless(Vec<u8>, Vec<u8>),
    /// Sends the bytes, and then nothing while the connection stays open.
    Stall(Vec<u8>),
    /// Sends the first bytes, and then one byte a while.
    Drip(Vec<u8>, Duration),
}

fn reply(status: &str, headers: &str, body: &[u8]) -> Reply {
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n", body.len());
    Reply::Send([head.as_bytes(), body].concat())
}

fn page(body: &str) -> Reply {
    reply("200 OK", "Content-Type: text/html\r\n", body.as_bytes())
}

/// A server on loopback and what it was asked.
struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<(String, String, Instant)>>>,
}

impl Server {
    /// Starts a server; `answer` gets the path and the whole head of each request.
    async fn start(answer: impl Fn(&str, &str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (answer, log) = (Arc::new(answer), Arc::clone(&asked));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, log) = (Arc::clone(&answer), Arc::clone(&log));
                tokio::spawn(async move { serve(stream, answer.as_ref(), &log).await });
            }
        });
        Self { port, asked }
    }

    fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://127.0.0.1:{}{path}", self.port)).unwrap()
    }

    /// The paths that were asked for, robots.txt left out.
    fn paths(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|(path, ..)| path.clone()).filter(|path| path != "/robots.txt").collect()
    }

    fn settings(&self) -> Settings {
        let mut settings = Settings::new("Upstairs/0.1 (+https://upstairs.example/bot)");
        settings.pause = Duration::ZERO;
        settings.allow_hosts = vec![format!("127.0.0.1:{}", self.port).parse().unwrap()];
        settings
    }

    fn fetcher(&self) -> Fetcher {
        Fetcher::new(self.settings()).unwrap()
    }
}

async fn serve(
    mut stream: TcpStream,
    answer: &(dyn Fn(&str, &str) -> Reply + Send + Sync),
    log: &Mutex<Vec<(String, String, Instant)>>,
) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte).await {
            // The start of TLS, which this server does not speak.
            Ok(1) if head.is_empty() && byte[0] == 0x16 => {
                let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
                return;
            }
            Ok(1) => head.push(byte[0]),
            _ => return,
        }
    }
    let head = String::from_utf8(head).unwrap();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    log.lock().unwrap().push((path.clone(), head.clone(), Instant::now()));
    match answer(&path, &head) {
        Reply::Send(bytes) => {
            let _ = stream.write_all(&bytes).await;
        }
        Reply::Endless(first, more) => {
            let _ = stream.write_all(&first).await;
            while stream.write_all(&more).await.is_ok() {}
        }
        Reply::Stall(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.read(&mut byte).await;
        }
        Reply::Drip(first, pause) => {
            let _ = stream.write_all(&first).await;
            while stream.write_all(b"x").await.is_ok() {
                tokio::time::sleep(pause).await;
            }
        }
    }
}

/// Answers robots.txt with 404, and everything else as told.
fn open(answer: impl Fn(&str, &str) -> Reply + Send + Sync) -> impl Fn(&str, &str) -> Reply + Send + Sync {
    move |path, head| if path == "/robots.txt" { reply("404 Not Found", "", b"") } else { answer(path, head) }
}

fn text(response: &Response) -> String {
    String::from_utf8_lossy(&response.body).into_owned()
}

#[tokio::test]
async fn a_page_is_fetched_under_the_programs_own_name() {
    let server = Server::start(open(|_, _| page("hello"))).await;
    let mut settings = server.settings();
    settings.languages = Some("de, en;q=0.5".to_owned());
    let response = Fetcher::new(settings).unwrap().get(&server.url("/a?b=c#d")).await.unwrap();
    assert_eq!((response.status, text(&response).as_str(), response.cut), (200, "hello", false));
    assert_eq!(response.peer, Some("127.0.0.1".parse().unwrap()));
    assert_eq!(response.header("content-type"), Some("text/html"));
    let asked = server.asked.lock().unwrap();
    let (path, head, _) = &asked[1];
    assert_eq!(path, "/a?b=c");
    for header in
        ["user-agent: Upstairs/0.1 (+https://upstairs.example/bot)", "accept-language: de, en;q=0.5"]
    {
        assert!(head.contains(header), "{header}\n{head}");
    }
}

#[tokio::test]
async fn a_private_address_is_refused_unless_that_very_host_is_open() {
    let server = Server::start(open(|_, _| page("secret"))).await;
    let port = server.port;
    let shut = Fetcher::new(Settings::new("Upstairs/0.1")).unwrap();
    let fetcher = server.fetcher();
    for host in ["127.0.0.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "localhost", "[::1]"] {
        let url = Url::parse(&format!("http://{host}:{port}/")).unwrap();
        let error = shut.get(&url).await.unwrap_err();
        assert!(matches!(error, FetchError::Refused(_)), "{host}: {error}");
    }
    for host in ["localhost", "127.0.0.2", "[::ffff:127.0.0.1]"] {
        let url = Url::parse(&format!("http://{host}:{port}/")).unwrap();
        let error = fetcher.get(&url).await.unwrap_err();
        assert!(matches!(error, FetchError::Refused(_)), "{host}: {error}");
    }
    assert!(server.paths().is_empty());
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_what_it_leads_to_is_checked_again() {
    let server = Server::start(open(|path, _| match path {
        "/go" => reply("302 Found", "Location: http://169.254.169.254/latest/meta-data\r\n", b""),
        _ => page("x"),
    }))
    .await;
    let fetcher = server.fetcher();
    let response = fetcher.get(&server.url("/go")).await.unwrap();
    assert_eq!(response.status, 302);
    let next = Url::parse(response.header("location").unwrap()).unwrap();
    assert_eq!(fetcher.get(&next).await.unwrap_err(), FetchError::Refused("169.254.169.254".to_owned()));
    assert_eq!(server.paths(), ["/go"]);
}

#[tokio::test]
async fn robots_txt_is_read_once_and_obeyed() {
    let server = Server::start(|path, _| match path {
        "/robots.txt" => {
            reply("200 OK", "", b"User-agent: upstairs\nDisallow: /private\n\nUser-agent: *\nDisallow: /")
        }
        _ => page("x"),
    })
    .await;
    let fetcher = server.fetcher();
    assert_eq!(fetcher.get(&server.url("/a")).await.unwrap().status, 200);
    let url = server.url("/private/a");
    assert_eq!(fetcher.get(&url).await.unwrap_err(), FetchError::Robots(url));
    assert!(text(&fetcher.get(&server.url("/robots.txt")).await.unwrap()).starts_with("User-agent"));
    assert_eq!(fetcher.get(&server.url("/b")).await.unwrap().status, 200);
    assert_eq!(server.asked.lock().unwrap().iter().filter(|(path, ..)| path == "/robots.txt").count(), 1);
}

#[tokio::test]
async fn a_robots_txt_that_fails_keeps_out_and_one_that_is_missing_does_not() {
    for (status, open) in
        [("404 Not Found", true), ("403 Forbidden", true), ("500 Oh", false), ("502 Oh", false)]
    {
        let server = Server::start(move |path, _| match path {
            "/robots.txt" => reply(status, "", b"User-agent: *\nDisallow: /"),
            _ => page("x"),
        })
        .await;
        let result = server.fetcher().get(&server.url("/a")).await;
        assert_eq!(result.is_ok(), open, "{status}: {result:?}");
    }
}

#[tokio::test]
async fn robots_txt_is_followed_through_redirects_that_pass_the_guard() {
    let server = Server::start(|path, _| match path {
        "/robots.txt" => reply("301 Moved", "Location: /real.txt\r\n", b""),
        "/real.txt" => reply("200 OK", "", b"User-agent: *\nDisallow: /shut"),
        _ => page("x"),
    })
    .await;
    let fetcher = server.fetcher();
    assert!(fetcher.get(&server.url("/open")).await.is_ok());
    assert!(matches!(fetcher.get(&server.url("/shut")).await, Err(FetchError::Robots(_))));
    let away =
        Server::start(|_, _| reply("301 Moved", "Location: http://127.0.0.2/robots.txt\r\n", b"")).await;
    assert!(matches!(away.fetcher().get(&away.url("/a")).await, Err(FetchError::Refused(_))));
}

#[tokio::test(start_paused = true)]
async fn a_host_is_asked_at_its_pace() {
    let server = Server::start(|path, _| match path {
        "/robots.txt" => reply("200 OK", "", b"User-agent: *\nCrawl-delay: 3\nAllow: /"),
        _ => page("x"),
    })
    .await;
    let mut settings = server.settings();
    settings.pause = Duration::from_secs(1);
    let fetcher = Fetcher::new(settings).unwrap();
    let (a, b) = (server.url("/a"), server.url("/b"));
    let (first, second) = tokio::join!(fetcher.get(&a), fetcher.get(&b));
    assert!(first.is_ok() && second.is_ok());
    let asked = server.asked.lock().unwrap();
    let gaps: Vec<u64> = asked.windows(2).map(|pair| (pair[1].2 - pair[0].2).as_secs()).collect();
    assert_eq!(gaps, [3, 3]);
}

#[tokio::test(start_paused = true)]
async fn a_site_that_is_asked_too_much_is_asked_again_when_it_says() {
    let count = AtomicUsize::new(0);
    let server = Server::start(open(move |path, _| match (path, count.fetch_add(1, Ordering::Relaxed)) {
        ("/later", _) => reply("429 Too Many Requests", "Retry-After: 3600\r\n", b"later"),
        (_, 0) => reply("429 Too Many Requests", "Retry-After: 7\r\n", b""),
        (_, 1) => reply("503 Service Unavailable", "", b""),
        _ => page("at last"),
    }))
    .await;
    let fetcher = server.fetcher();
    assert_eq!(text(&fetcher.get(&server.url("/a")).await.unwrap()), "at last");
    // A site that says to come back in an hour has given its answer for this run.
    let response = fetcher.get(&server.url("/later")).await.unwrap();
    assert_eq!((response.status, text(&response).as_str()), (429, "later"));
    let asked = server.asked.lock().unwrap();
    let gaps: Vec<u64> = asked[1..].windows(2).map(|pair| (pair[1].2 - pair[0].2).as_secs()).collect();
    assert_eq!(gaps, [7, 7, 7], "the pace stays slower than before");
}

#[tokio::test]
async fn refusals_and_bot_checks_are_answers() {
    let server = Server::start(open(|path, _| match path {
        "/403" => {
            reply("403 Forbidden", "Server: cloudflare\r\ncf-mitigated: challenge\r\n", b"Just a moment...")
        }
        _ => reply("401 Unauthorized", "", b""),
    }))
    .await;
    let response = server.fetcher().get(&server.url("/403")).await.unwrap();
    assert_eq!((response.status, response.header("cf-mitigated")), (403, Some("challenge")));
    assert_eq!(server.fetcher().get(&server.url("/401")).await.unwrap().status, 401);
}

#[tokio::test]
async fn an_endless_page_is_cut() {
    let server = Server::start(open(|path, _| {
        let length = if path == "/said" { "Content-Length: 1073741824\r\n" } else { "" };
        let head = format!("HTTP/1.1 200 OK\r\n{length}Content-Type: text/html\r\n\r\n");
        Reply::Endless(head.into_bytes(), vec![b'x'; 64 * 1024])
    }))
    .await;
    let fetcher = server.fetcher();
    for path in ["/said", "/unsaid"] {
        let response = fetcher.get(&server.url(path)).await.unwrap();
        assert_eq!((response.body.len(), response.cut), (8 << 20, true), "{path}");
    }
}

#[tokio::test]
async fn a_bomb_is_unpacked_up_to_the_bound() {
    let server = Server::start(open(|_, _| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        let zeros = vec![b' '; 1 << 20];
        (0..64).for_each(|_| encoder.write_all(&zeros).unwrap());
        reply("200 OK", "Content-Encoding: gzip\r\n", &encoder.finish().unwrap())
    }))
    .await;
    let response = server.fetcher().get(&server.url("/")).await.unwrap();
    assert_eq!((response.body.len(), response.cut), (8 << 20, true));
}

#[tokio::test]
async fn packed_pages_are_unpacked() {
    let server = Server::start(open(|path, head| {
        assert!(head.contains("accept-encoding: gzip, br"), "{head}");
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(b"packed").unwrap();
        match path {
            "/gzip" => reply("200 OK", "Content-Encoding: gzip\r\n", &encoder.finish().unwrap()),
            // "packed" as brotli has it for bytes that it leaves as they are.
            "/br" => reply("200 OK", "Content-Encoding: br\r\n", b"\x8b\x02\x80packed\x03"),
            _ => reply("200 OK", "Content-Encoding: zstd\r\n", b"\x28\xb5\x2f\xfd"),
        }
    }))
    .await;
    let fetcher = server.fetcher();
    assert_eq!(text(&fetcher.get(&server.url("/gzip")).await.unwrap()), "packed");
    assert_eq!(text(&fetcher.get(&server.url("/br")).await.unwrap()), "packed");
    let error = fetcher.get(&server.url("/zstd")).await.unwrap_err().to_string();
    assert!(error.ends_with("packed it in a way that is not known here (`zstd`)"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_drips_or_stalls_costs_no_more_than_its_time() {
    let head = || b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".to_vec();
    let server = Server::start(open(move |path, _| match path {
        "/silent" => Reply::Stall(Vec::new()),
        "/stalled-head" => Reply::Stall(b"HTTP/1.1 200 OK\r\nX: ".to_vec()),
        "/dripping-head" => Reply::Drip(b"HTTP/1.1 200 OK\r\nX: ".to_vec(), Duration::from_secs(5)),
        "/stalled-body" => Reply::Stall([head(), b"half".to_vec()].concat()),
        "/empty-body" => Reply::Stall(head()),
        _ => Reply::Drip(head(), Duration::from_secs(5)),
    }))
    .await;
    let fetcher = server.fetcher();
    for path in ["/silent", "/stalled-head", "/dripping-head", "/empty-body"] {
        let url = server.url(path);
        let start = Instant::now();
        assert_eq!(fetcher.get(&url).await.unwrap_err(), FetchError::Timeout(url));
        assert!(start.elapsed() <= Duration::from_secs(46), "{path}: {:?}", start.elapsed());
    }
    for (path, body) in [("/stalled-body", "half"), ("/dripping-body", "xxxxxxxxx")] {
        let start = Instant::now();
        let response = fetcher.get(&server.url(path)).await.unwrap();
        assert_eq!((text(&response).as_str(), response.cut), (body, true), "{path}");
        assert!(start.elapsed() <= Duration::from_secs(46), "{path}: {:?}", start.elapsed());
    }
}

#[tokio::test]
async fn a_wrong_length_or_a_broken_connection_keeps_what_came() {
    let server = Server::start(open(|path, _| {
        Reply::Send(match path {
            "/short" => b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".to_vec(),
            "/long" => b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhalf and more".to_vec(),
            "/chunk" => b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nzz".to_vec(),
            "/nothing" => Vec::new(),
            _ => b"not HTTP at all\r\n\r\n".to_vec(),
        })
    }))
    .await;
    let fetcher = server.fetcher();
    for (path, cut) in [("/short", true), ("/long", false), ("/chunk", true)] {
        let response = fetcher.get(&server.url(path)).await.unwrap();
        assert_eq!((text(&response).as_str(), response.cut), ("half", cut), "{path}");
    }
    for path in ["/nothing", "/noise"] {
        assert!(matches!(fetcher.get(&server.url(path)).await, Err(FetchError::Failed { .. })), "{path}");
    }
}

#[tokio::test]
async fn media_and_other_binary_files_are_not_read() {
    let server = Server::start(open(|path, _| {
        let kind = match path {
            "/video" => "video/mp4",
            "/zip" => "application/zip",
            _ => "application/octet-stream",
        };
        let start: &[u8] = if path == "/pdf" { b"%PDF-1.7\0" } else { b"\0\x01" };
        let kind = format!("Content-Type: {kind}\r\n");
        reply("200 OK", &kind, &[start, &[0; 5000]].concat())
    }))
    .await;
    let fetcher = server.fetcher();
    for (path, length) in [("/video", 0), ("/zip", 0), ("/binary", 0), ("/pdf", 5009)] {
        let response = fetcher.get(&server.url(path)).await.unwrap();
        assert_eq!((response.body.len(), response.cut), (length, length == 0), "{path}");
    }
}

#[tokio::test]
async fn what_went_wrong_is_said_plainly() {
    let server = Server::start(open(|_, _| page("x"))).await;
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let mut settings = server.settings();
    settings.allow_hosts.push("localhost".parse().unwrap());
    settings.allow_hosts.push("127.0.0.1".parse().unwrap());
    let fetcher = Fetcher::new(settings).unwrap();
    let say = async |url: &str| fetcher.get(&Url::parse(url).unwrap()).await.unwrap_err().to_string();
    let closed_url = format!("http://127.0.0.1:{closed}/");
    assert_eq!(say(&closed_url).await, format!("`{closed_url}`: the host refuses the connection"));
    let tls = say(&format!("https://localhost:{}/", server.port)).await;
    assert_eq!(tls, "`localhost`: no secure connection (the host does not speak TLS at this port)");
    let unknown = fetcher.get(&Url::parse("http://nobody.invalid/").unwrap()).await.unwrap_err();
    // Without a name service the system cannot tell that the name is unknown.
    let offline = unknown.to_string().contains("could not be looked up");
    assert!(unknown == FetchError::UnknownHost("nobody.invalid".to_owned()) || offline, "{unknown}");
}

#[tokio::test]
async fn the_budget_of_a_host_ends_it() {
    let server = Server::start(open(|_, _| page("x"))).await;
    let mut settings = server.settings();
    settings.limits.host.requests = 3;
    let fetcher = Fetcher::new(settings).unwrap();
    for path in ["/a", "/b"] {
        fetcher.get(&server.url(path)).await.unwrap();
    }
    let error = fetcher.get(&server.url("/c")).await.unwrap_err();
    assert_eq!(error, FetchError::Budget(format!("127.0.0.1:{}", server.port)));
}

/// Makes a fetcher with a cache, at a time some minutes after the epoch.
fn cached(server: &Server, folder: &std::path::Path, now: fn() -> SystemTime) -> Fetcher {
    let mut settings = server.settings();
    settings.cache = Some(Cache::open(folder, 1 << 20).unwrap());
    settings.now = now;
    Fetcher::new(settings).unwrap()
}

#[tokio::test]
async fn a_kept_page_is_used_while_fresh_and_confirmed_when_stale() {
    let early = || SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
    let soon = || SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_030);
    let late = || SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_100);
    let server = Server::start(open(|path, head| match path {
        "/private" => reply("200 OK", "Cache-Control: no-store\r\n", b"fresh each time"),
        _ if head.contains("if-none-match: \"v1\"") => {
            reply("304 Not Modified", "ETag: \"v1\"\r\nCache-Control: max-age=60\r\n", b"")
        }
        _ => reply("200 OK", "ETag: \"v1\"\r\nCache-Control: max-age=60\r\n", b"page"),
    }))
    .await;
    let folder = tempfile::tempdir().unwrap();
    let mut seen = Vec::new();
    for now in [early as fn() -> SystemTime, soon, late, late] {
        let response = cached(&server, folder.path(), now).get(&server.url("/a")).await.unwrap();
        assert_eq!((response.status, text(&response).as_str()), (200, "page"));
        seen.push((response.from_cache, server.paths().len()));
    }
    assert_eq!(seen, [(false, 1), (true, 1), (true, 2), (true, 2)]);
    for count in [3, 4] {
        let response = cached(&server, folder.path(), soon).get(&server.url("/private")).await.unwrap();
        assert!(!response.from_cache);
        assert_eq!(server.paths().len(), count);
    }
}

/// Starts a server that speaks HTTP/2 over TLS, with a certificate for `localhost`, and answers every request alike.
async fn secure() -> u16 {
    use tokio_rustls::rustls;
    let key =
        rustls::pki_types::PrivatePkcs8KeyDer::from(include_bytes!("fixtures/localhost.key.der").to_vec());
    let certificate = include_bytes!("fixtures/localhost.der").to_vec().into();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config =
        rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let mut config = config.with_no_client_auth().with_single_cert(vec![certificate], key.into()).unwrap();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(stream) = acceptor.accept(stream).await else { continue };
            tokio::spawn(async move {
                let mut connection = h2::server::handshake(stream).await.unwrap();
                while let Some(Ok((_, mut respond))) = connection.accept().await {
                    let mut body = respond.send_response(http::Response::new(()), false).unwrap();
                    body.send_data("over HTTP/2".into(), true).unwrap();
                }
            });
        }
    });
    port
}

#[tokio::test]
async fn certificates_are_checked_and_http_2_is_spoken() {
    let port = secure().await;
    let settings = || {
        let mut settings = Settings::new("Upstairs/0.1");
        settings.pause = Duration::ZERO;
        settings.allow_hosts = ["localhost", "127.0.0.1"].map(|host| host.parse().unwrap()).to_vec();
        settings
    };
    let authority = include_bytes!("fixtures/authority.der").to_vec();
    let trusting = Fetcher::with_roots(settings(), &[authority]).unwrap();
    let url = |host: &str| Url::parse(&format!("https://{host}:{port}/")).unwrap();
    assert_eq!(text(&trusting.get(&url("localhost")).await.unwrap()), "over HTTP/2");
    let say = async |fetcher: &Fetcher, host| fetcher.get(&url(host)).await.unwrap_err().to_string();
    insta::assert_snapshot!(say(&trusting, "127.0.0.1").await, @"`127.0.0.1`: no secure connection (its certificate is for another host)");
    insta::assert_snapshot!(say(&Fetcher::new(settings()).unwrap(), "localhost").await, @"`localhost`: no secure connection (its certificate is not from an authority that this machine trusts)");
}

//! The only way out of the browser: a small proxy on loopback that keeps to the address rules.
//!
//! It speaks as much HTTP as a proxy must: `CONNECT host:port`, and requests with a whole address. Each host is checked by
//! the same guard as the fetcher's, resolved here, and connected to at an address that passed; so neither a name that
//! resolves to a private address nor a redirect nor a script gets further. Hosts that the page's own site and markup do
//! not name are refused too: a script cannot send the reader to a stranger's page and have that taken for the company's.
//! Connections and bytes are bounded.

use std::collections::HashSet;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ladder::host::site_of;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use url::Url;

use crate::guard::{Door, Guard, is_public};

/// The longest head of a request.
const MOST_HEAD: usize = 32 << 10;

/// Connections at once.
const MOST_CONNECTIONS: usize = 48;

/// Time for a connection to be made, and between two pieces of what goes through.
const PATIENCE: Duration = Duration::from_secs(15);

/// The proxy, as long as it lives.
#[derive(Debug)]
pub(super) struct Proxy {
    port: u16,
    pass: Arc<Pass>,
    serving: JoinHandle<()>,
}

/// What may pass.
#[derive(Debug)]
struct Pass {
    guard: Guard,
    /// Bytes that are left.
    left: AtomicUsize,
    /// The hosts of the page being rendered.
    hosts: Mutex<Hosts>,
}

/// The hosts that a page may load from.
#[derive(Clone, Debug, Default)]
pub(super) struct Hosts {
    /// Sites, by registrable domain (or host where there is none): these and what is under them.
    pub sites: HashSet<String>,
}

impl Hosts {
    /// Adds the site of an address.
    pub(super) fn add(&mut self, url: &Url) {
        self.sites.extend(url.host_str().map(site_of));
    }

    fn hold(&self, url: &Url) -> bool {
        url.host_str().is_some_and(|host| self.sites.contains(&site_of(host)))
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Proxy {
    /// Starts it on a free port of loopback; until [`Proxy::allow`] it lets nothing through.
    pub(super) async fn start(guard: Guard) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let pass = Arc::new(Pass { guard, left: AtomicUsize::new(0), hosts: Mutex::default() });
        let serving = tokio::spawn(serve(listener, Arc::clone(&pass)));
        Ok(Self { port, pass, serving })
    }

    /// Returns its port.
    pub(super) const fn port(&self) -> u16 {
        self.port
    }

    /// Sets from where, and how many bytes may come through.
    pub(super) fn allow(&self, hosts: Hosts, bytes: usize) {
        *self.pass.hosts.lock().unwrap_or_else(PoisonError::into_inner) = hosts;
        self.pass.left.store(bytes, Ordering::Relaxed);
    }
}

async fn serve(listener: TcpListener, rules: Arc<Pass>) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    while let Ok((stream, _)) = listener.accept().await {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let rules = Arc::clone(&rules);
        tokio::spawn(async move {
            if let Err(error) = pass(stream, &rules).await {
                tracing::debug!(%error, "a request of the browser came to nothing");
            }
            drop(place);
        });
    }
}

/// What a browser asks a proxy for.
#[derive(Debug, PartialEq)]
struct Asked {
    /// The host and port, as an address that the guard understands.
    url: Url,
    /// The head to send on; none for a tunnel.
    head: Option<Vec<u8>>,
}

/// Passes one request on, or refuses it.
async fn pass(mut browser: TcpStream, rules: &Pass) -> io::Result<()> {
    let left = &rules.left;
    let (head, body) =
        timeout(PATIENCE, read_head(&mut browser)).await.map_err(|_| io::ErrorKind::TimedOut)??;
    let Some(asked) = understand(&head) else { return refuse(browser, "400 Bad Request").await };
    if left.load(Ordering::Relaxed) == 0 {
        return refuse(browser, "429 Too Many Requests").await;
    }
    let named = rules.hosts.lock().unwrap_or_else(PoisonError::into_inner).hold(&asked.url);
    let server = if named { connect(&asked.url, &rules.guard).await } else { None };
    let Some(mut server) = server else {
        tracing::debug!(url = %asked.url, "refused to the browser");
        return refuse(browser, "403 Forbidden").await;
    };
    match &asked.head {
        Some(head) => server.write_all(head).await?,
        None => browser.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?,
    }
    server.write_all(&body).await?;
    let (mut from_browser, mut to_browser) = browser.split();
    let (mut from_server, mut to_server) = server.split();
    let up = copy(&mut from_browser, &mut to_server, left);
    let down = copy(&mut from_server, &mut to_browser, left);
    tokio::select! {
        // A browser that has said all still listens; a server that has said all is done.
        result = async { let up = up.await; if up.is_ok() { std::future::pending::<()>().await; } up } => result,
        result = down => result,
    }
}

/// Copies until the end, or until no byte is left.
async fn copy(
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    left: &AtomicUsize,
) -> io::Result<()> {
    let mut chunk = vec![0; 16 << 10];
    loop {
        let read = timeout(PATIENCE, from.read(&mut chunk)).await.map_err(|_| io::ErrorKind::TimedOut)??;
        if read == 0 {
            return to.shutdown().await;
        }
        let enough = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(read));
        if enough.is_err() {
            left.store(0, Ordering::Relaxed);
            return Err(io::Error::other("the page loads more than it may"));
        }
        to.write_all(&chunk[..read]).await?;
    }
}

/// Reads the head of a request, and what of its body came along.
async fn read_head(stream: &mut TcpStream) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let mut head = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        if let Some(end) = memchr::memmem::find(&head, b"\r\n\r\n") {
            let body = head.split_off(end + 4);
            return Ok((head, body));
        }
        let read = stream.read(&mut chunk).await?;
        if read == 0 || head.len() > MOST_HEAD {
            return Err(io::ErrorKind::InvalidData.into());
        }
        head.extend_from_slice(&chunk[..read]);
    }
}

/// Understands the head of a request to a proxy; `None` for all that is none.
fn understand(head: &[u8]) -> Option<Asked> {
    let text = std::str::from_utf8(head).ok()?;
    let (first, rest) = text.split_once("\r\n")?;
    let mut words = first.split(' ');
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    if method == "CONNECT" {
        let url = Url::parse(&format!("https://{target}/")).ok()?;
        return Some(Asked { url, head: None });
    }
    let url = Url::parse(target).ok().filter(|url| url.scheme() == "http")?;
    let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let mut sent = format!("{method} {path} {version}\r\n");
    for line in rest.split("\r\n").filter(|line| !line.is_empty()) {
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        if !matches!(name.as_str(), "connection" | "proxy-connection" | "keep-alive" | "proxy-authorization")
        {
            sent.push_str(line);
            sent.push_str("\r\n");
        }
    }
    // One request a connection: a second one on it could be for another host.
    sent.push_str("connection: close\r\n\r\n");
    Some(Asked { url, head: Some(sent.into_bytes()) })
}

/// Connects to a host that passes the guard, at an address that does.
async fn connect(url: &Url, guard: &Guard) -> Option<TcpStream> {
    let door = guard.check(url).ok()?;
    let port = url.port_or_known_default()?;
    let found: Vec<SocketAddr> = match url.host()? {
        url::Host::Domain(name) => {
            timeout(PATIENCE, tokio::net::lookup_host((name, port))).await.ok()?.ok()?.collect()
        }
        url::Host::Ipv4(address) => vec![(address, port).into()],
        url::Host::Ipv6(address) => vec![(address, port).into()],
    };
    for address in found.into_iter().filter(|found| door == Door::Opened || is_public(found.ip())).take(4) {
        if let Ok(Ok(stream)) = timeout(PATIENCE, TcpStream::connect(address)).await {
            return Some(stream);
        }
    }
    None
}

async fn refuse(mut browser: TcpStream, status: &str) -> io::Result<()> {
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    browser.write_all(answer.as_bytes()).await?;
    browser.shutdown().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_requests_to_a_proxy_are_understood() {
        let asked = understand(b"GET http://acme.example/a?b=1 HTTP/1.1\r\nHost: acme.example\r\nProxy-Connection: keep-alive\r\n\r\n");
        let asked = asked.unwrap();
        assert_eq!(asked.url.as_str(), "http://acme.example/a?b=1");
        let head = String::from_utf8(asked.head.unwrap()).unwrap();
        assert_eq!(head, "GET /a?b=1 HTTP/1.1\r\nHost: acme.example\r\nconnection: close\r\n\r\n");
        let tunnel = understand(b"CONNECT acme.example:443 HTTP/1.1\r\n\r\n").unwrap();
        assert_eq!((tunnel.url.as_str(), tunnel.head), ("https://acme.example/", None));
        for head in [
            "GET / HTTP/1.1\r\n\r\n",
            "GET ftp://acme.example/ HTTP/1.1\r\n\r\n",
            "",
            "\r\n\r\n",
            "CONNECT  x\r\n\r\n",
        ] {
            assert_eq!(understand(head.as_bytes()), None, "{head:?}");
        }
    }

    /// Sends a head to a proxy and returns the first line of its answer.
    async fn ask(proxy: &Proxy, head: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", proxy.port())).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer.lines().next().unwrap_or_default().to_owned()
    }

    #[tokio::test]
    async fn private_hosts_are_refused_in_every_spelling_and_an_opened_one_is_not() {
        let canary = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = canary.local_addr().unwrap().port();
        let proxy = Proxy::start(Guard::default()).await.unwrap();
        let mut hosts = Hosts::default();
        for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1"] {
            hosts.add(&Url::parse(&format!("http://{host}/")).unwrap());
        }
        proxy.allow(hosts.clone(), 10_000);
        for host in
            ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1"]
        {
            let get = format!("GET http://{host}:{port}/ HTTP/1.1\r\n\r\n");
            assert_eq!(ask(&proxy, &get).await, "HTTP/1.1 403 Forbidden", "{host}");
            let tunnel = format!("CONNECT {host}:{port} HTTP/1.1\r\n\r\n");
            assert_eq!(ask(&proxy, &tunnel).await, "HTTP/1.1 403 Forbidden", "{host}");
        }
        let opened =
            Proxy::start(Guard::new(vec![format!("127.0.0.1:{port}").parse().unwrap()])).await.unwrap();
        let get = format!("GET http://127.0.0.1:{port}/ HTTP/1.1\r\n\r\n");
        assert_eq!(ask(&opened, &get).await, "HTTP/1.1 429 Too Many Requests", "before it is told to");
        opened.allow(Hosts::default(), 10_000);
        assert_eq!(ask(&opened, &get).await, "HTTP/1.1 403 Forbidden", "a host that the page does not name");
        opened.allow(hosts, 10_000);
        let serve = tokio::spawn(async move {
            let (mut stream, _) = canary.accept().await.unwrap();
            let mut head = [0; 200];
            let _ = stream.read(&mut head).await.unwrap();
            stream.write_all(b"HTTP/1.1 200 Here\r\n\r\n").await.unwrap();
        });
        assert_eq!(ask(&opened, &get).await, "HTTP/1.1 200 Here");
        serve.await.unwrap();
    }
}

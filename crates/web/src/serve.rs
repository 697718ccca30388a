//! Serving an advice centre: the socket, TLS with a certificate that is read anew when it is renewed, and connections that
//! are bounded in number and in how long they may say nothing.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::http::StatusCode;
use axum::{Extension, Router};
use desk::accounts::{AccountError, Reception};
use desk::case::Connections;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto};
use tower::Layer as _;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::hall::{Hall, Listen, Peer, Rates, Refusal};
use crate::seats::Seats;
use crate::{Config, routes, secret};

/// The most connections at once, and the most from one address.
const MOST: usize = 512;
const MOST_EACH: usize = 64;
/// How long the other end may take to shake hands, and to send the head of a request.
const HANDSHAKE: Duration = Duration::from_secs(10);
const HEAD: Duration = Duration::from_secs(30);
/// How long a request may take until its answer begins: a large file over a slow line among it.
const ANSWER: Duration = Duration::from_mins(5);
/// How long what is under way may take to end, once nothing new is taken.
const FAREWELL: Duration = Duration::from_secs(15);
/// How often the files of the certificate are looked at.
const RENEWED: Duration = Duration::from_mins(1);

/// Why a server of an advice centre was not started.
#[derive(Debug, thiserror::Error)]
pub enum CentreError {
    /// It would not be safe, or of no use.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The accounts.
    #[error(transparent)]
    Accounts(#[from] AccountError),
    /// The address cannot be had.
    #[error("`{at}` cannot be listened on: {error}")]
    Socket {
        /// The address.
        at: SocketAddr,
        /// What the system says.
        error: io::Error,
    },
    /// The certificate or its key cannot be used.
    #[error("`{}` cannot be used: {why}", .path.display())]
    Tls {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The system gives no threads or no random numbers.
    #[error("the system does not let it run: {0}")]
    System(io::Error),
}

/// A server of an advice centre that is ready.
#[derive(Debug)]
pub struct Centre {
    app: Arc<App>,
    listener: TcpListener,
    keys: Option<Keys>,
    runtime: Runtime,
    at: SocketAddr,
}

/// Makes a server of an advice centre ready.
///
/// # Errors
///
/// [`CentreError`] by cause; nothing listens then.
pub fn centre(config: Config, listen: &Listen) -> Result<Centre, CentreError> {
    listen.check()?;
    let keys = listen.tls.as_ref().map(|(cert, key)| Keys::read(cert, key)).transpose()?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(CentreError::System)?;
    // Its pool of connections belongs to the threads on which it was opened.
    let reception = runtime.block_on(async {
        let reception = Reception::open(&config.data, config.server.as_ref()).await?;
        if reception.any().await? { Ok(reception) } else { Err(CentreError::Refused(Refusal::Nobody)) }
    })?;
    let socket = |error| CentreError::Socket { at: listen.at, error };
    let listener = TcpListener::bind(listen.at).map_err(socket)?;
    let at = listener.local_addr().map_err(socket)?;
    let hall = Hall {
        reception,
        hosts: listen.answers_to(at.port()),
        secure: listen.is_secure(),
        proxied: listen.proxied,
        rates: Rates::default(),
        connections: Connections::default(),
    };
    // Accounts bring tokens of their own: nothing opens for the one of a single user.
    let api = secret::random().map_err(CentreError::System)?;
    let app = App::new(config, at.port(), api, Some(hall)).map_err(CentreError::System)?;
    Ok(Centre { app, listener, keys, runtime, at })
}

impl Centre {
    /// Returns where it listens.
    #[must_use]
    pub const fn at(&self) -> SocketAddr {
        self.at
    }

    /// Returns the address under which it is asked for, as far as it is known.
    #[must_use]
    pub fn url(&self) -> String {
        let hall = self.app.hall.as_ref();
        let named = hall.and_then(|hall| Some((hall.scheme(), hall.hosts.last()?)));
        named.map_or_else(String::new, |(scheme, host)| format!("{scheme}://{host}/"))
    }

    /// Serves until `until` is ready, and lets what is under way end.
    ///
    /// # Errors
    ///
    /// What the system says of the socket.
    pub fn run(self, until: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let Self { app, listener, keys, runtime, .. } = self;
        let served = runtime.block_on(async move {
            listener.set_nonblocking(true)?;
            let listener = tokio::net::TcpListener::from_std(listener)?;
            take(app, listener, keys, until).await;
            Ok(())
        });
        runtime.shutdown_timeout(Duration::from_secs(2));
        served
    }
}

/// Takes connections until `until` is ready.
async fn take(
    app: Arc<App>,
    listener: tokio::net::TcpListener,
    mut keys: Option<Keys>,
    until: impl Future<Output = ()>,
) {
    let each = if app.hall.as_ref().is_some_and(|hall| hall.proxied) { usize::MAX } else { MOST_EACH };
    let router = routes::all(Arc::clone(&app))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, ANSWER));
    let (room, seats) = (Arc::new(Semaphore::new(MOST)), Seats::default());
    let (ending, ended) = watch::channel(false);
    let mut open = JoinSet::new();
    let mut look = tokio::time::interval(RENEWED);
    tokio::pin!(until);
    loop {
        let next = async {
            let permit = Arc::clone(&room).acquire_owned().await;
            (listener.accept().await, permit)
        };
        tokio::select! {
            () = &mut until => break,
            _ = look.tick() => if let Some(keys) = &mut keys { keys.look_again() },
            Some(_) = open.join_next(), if !open.is_empty() => {}
            (accepted, permit) = next => {
                let (stream, peer) = match accepted {
                    Ok(accepted) => accepted,
                    Err(error) => {
                        // Too many open files, or an end that went before it was taken.
                        tracing::warn!(%error, "a connection could not be taken");
                        tokio::time::sleep(Duration::from_millis(50)).await;
                        continue;
                    }
                };
                let Some(seat) = seats.take(peer.ip(), each, MOST) else { continue };
                let acceptor = keys.as_ref().map(|keys| TlsAcceptor::from(Arc::clone(&keys.config)));
                let (router, ended) = (router.clone(), ended.clone());
                open.spawn(async move {
                    let _held = (permit, seat);
                    let _ = stream.set_nodelay(true);
                    match acceptor {
                        None => speak(stream, peer, router, ended).await,
                        Some(acceptor) => shake(stream, peer, acceptor, router, ended).await,
                    }
                });
            }
        }
    }
    let _ = ending.send(true);
    let (_, ()) = tokio::join!(
        timeout(FAREWELL, async { while open.join_next().await.is_some() {} }),
        farewell(&app, FAREWELL)
    );
}

/// Ends what was begun: searches are told to stop, requests run to their end within a bound, and what is cut off then is
/// told and written down.
pub(crate) async fn farewell(app: &App, within: Duration) {
    app.finds.stop_all();
    let (left, ()) = tokio::join!(app.underway.ended(within), app.finds.ended(within));
    if left.is_empty() {
        return;
    }
    tracing::warn!(
        requests = left.len(),
        "they were still running when the program was stopped, and were cut off"
    );
    let Some(hall) = &app.hall else { return };
    for asked in left.into_iter().flatten() {
        if let Err(error) = asked.cut_off(hall).await {
            tracing::error!(%error, "what was cut off could not be written down");
        }
    }
}

/// Agrees on keys first.
async fn shake(
    stream: TcpStream,
    peer: SocketAddr,
    acceptor: TlsAcceptor,
    router: Router,
    ended: watch::Receiver<bool>,
) {
    match timeout(HANDSHAKE, acceptor.accept(stream)).await {
        Ok(Ok(stream)) => speak(stream, peer, router, ended).await,
        Ok(Err(error)) => tracing::debug!(%error, "no keys were agreed on"),
        Err(_) => tracing::debug!("no keys were agreed on in time"),
    }
}

/// Answers what is asked over a connection.
async fn speak(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    router: Router,
    mut ended: watch::Receiver<bool>,
) {
    let service = TowerToHyperService::new(Extension(Peer(peer.ip())).layer(router));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    let done = tokio::select! {
        done = connection.as_mut() => done,
        _ = ended.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = done {
        tracing::debug!(%error, "a connection broke off");
    }
}

/// A certificate, its key, and when their files were last written.
struct Keys {
    cert: PathBuf,
    key: PathBuf,
    config: Arc<ServerConfig>,
    written: [Option<SystemTime>; 2],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keys({})", self.cert.display())
    }
}

impl Keys {
    fn read(cert: &Path, key: &Path) -> Result<Self, CentreError> {
        // Before they are read: what is written meanwhile is read again.
        let written = written(cert, key);
        let config = Arc::new(tls(cert, key)?);
        Ok(Self { cert: cert.to_owned(), key: key.to_owned(), config, written })
    }

    /// Reads the files anew where they were written since; what was read before goes on where they cannot be used.
    fn look_again(&mut self) {
        if written(&self.cert, &self.key) == self.written {
            return;
        }
        match Self::read(&self.cert, &self.key) {
            Ok(new) => {
                tracing::info!(certificate = %self.cert.display(), "the certificate was renewed");
                *self = new;
            }
            Err(error) => {
                tracing::error!(%error, "the certificate was not renewed; the old one stays in use");
            }
        }
    }
}

fn written(cert: &Path, key: &Path) -> [Option<SystemTime>; 2] {
    [cert, key].map(|file| std::fs::metadata(file).and_then(|meta| meta.modified()).ok())
}

/// Makes the settings of TLS from a certificate with its chain and a key, both in PEM.
fn tls(cert: &Path, key: &Path) -> Result<ServerConfig, CentreError> {
    let wrong = |path: &Path, why: String| CentreError::Tls { path: path.to_owned(), why };
    let chain = CertificateDer::pem_file_iter(cert).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let chain = chain.map_err(|error| wrong(cert, error.to_string()))?;
    if chain.is_empty() {
        return Err(wrong(cert, "there is no certificate in it (PEM, the server's own first)".to_owned()));
    }
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| wrong(key, error.to_string()))?;
    let builder = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| wrong(cert, error.to_string()))?;
    let mut config = builder
        .with_no_client_auth()
        .with_single_cert(chain, secret)
        .map_err(|error| wrong(key, format!("it does not match the certificate: {error}")))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

#[cfg(test)]
#[expect(clippy::print_stdout, reason = "tests say what they skip")]
mod tests {
    use super::*;

    /// Makes a certificate and its key; whether the program for it is here.
    fn make(folder: &Path) -> bool {
        let words = "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -subj /CN=advice.example -days 2";
        let done = std::process::Command::new("openssl").args(words.split(' ')).current_dir(folder).output();
        done.is_ok_and(|done| done.status.success())
    }

    #[test]
    fn a_renewed_certificate_is_read_and_a_broken_one_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        if !make(dir.path()) {
            assert!(
                std::env::var_os("UPSTAIRS_TEST_STRICT").is_none_or(|strict| strict != "1"),
                "no openssl here"
            );
            println!("skipped: openssl is not here, which makes the certificate");
            return;
        }
        let (cert, key) = (dir.path().join("cert.pem"), dir.path().join("key.pem"));
        let mut keys = Keys::read(&cert, &key).unwrap();
        let first = Arc::clone(&keys.config);
        keys.look_again();
        assert!(Arc::ptr_eq(&first, &keys.config), "nothing was written");
        let whole = std::fs::read(&cert).unwrap();
        for broken in [&b""[..], b"no certificate", &whole[..whole.len() / 2]] {
            std::fs::write(&cert, broken).unwrap();
            keys.look_again();
            assert!(Arc::ptr_eq(&first, &keys.config));
            assert!(
                matches!(Keys::read(&cert, &key).unwrap_err(), CentreError::Tls { path, .. } if path == cert)
            );
        }
        assert!(make(dir.path()));
        keys.look_again();
        assert!(!Arc::ptr_eq(&first, &keys.config));
        // A key that goes with another certificate is named.
        let old = dir.path().join("old.pem");
        std::fs::write(&old, whole).unwrap();
        assert!(matches!(Keys::read(&old, &key).unwrap_err(), CentreError::Tls { path, .. } if path == key));
    }
}

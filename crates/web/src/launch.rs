//! Starting: a socket on loopback, a file by which a second start finds the first, and an end that leaves nothing open.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::app::App;
use crate::serve::farewell;
use crate::{Config, routes, secret, viewer};

/// How long a first instance has to answer a second.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long what was begun may take to end, once the program is told to stop; and its answers to be sent.
const FAREWELL: Duration = Duration::from_secs(5);
const LAST_WORDS: Duration = Duration::from_millis(200);

/// Why nothing was started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No port could be had.
    #[error("no address on this machine could be had: {0}")]
    Socket(io::Error),
    /// The folder of what is kept cannot be used.
    #[error("`{path}` cannot be used: {error}")]
    Folder {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The system gives no random numbers, without which nothing is safe to serve.
    #[error("the system gives no random numbers: {0}")]
    Random(io::Error),
}

/// What was started or found.
#[derive(Debug)]
pub struct Started {
    /// The address to open: it lets one browser in, once.
    pub url: String,
    /// The server, where it was not running already.
    pub serving: Option<Serving>,
}

/// A server that is ready.
#[derive(Debug)]
pub struct Serving {
    app: Arc<App>,
    listener: TcpListener,
    /// The socket of the viewer of saved pages; where none could be had, they are shown as text.
    viewer: Option<TcpListener>,
    file: PathBuf,
}

/// The name of the file by which a second start finds the first.
pub(crate) const RUNNING: &str = "open.json";
/// The name of the file of what programs show.
pub(crate) const TOKEN: &str = "api-token";

/// The file by which a second start finds the first. Only the user can read it.
#[derive(Debug, Deserialize, Serialize)]
struct Running {
    port: u16,
    launch: String,
}

/// Starts the pages, or finds where they run already.
///
/// # Errors
///
/// [`StartError`] where there is no socket, folder or randomness.
pub fn start(config: Config) -> Result<Started, StartError> {
    let file = config.data.join(RUNNING);
    if let Some(url) = running(&file) {
        return Ok(Started { url, serving: None });
    }
    let folder = |error| StartError::Folder { path: config.data.clone(), error };
    desk::me::make_private(&config.data).map_err(folder)?;
    let listener = listen(config.port).map_err(StartError::Socket)?;
    let port = listener.local_addr().map_err(StartError::Socket)?.port();
    let api = api_token(&config.data)?;
    let app = App::new(config, port, api, None).map_err(StartError::Random)?;
    let viewer =
        viewer::listen().inspect_err(|error| tracing::warn!(%error, "saved pages are shown as text")).ok();
    if let Some(at) = viewer.as_ref().and_then(|socket| socket.local_addr().ok()) {
        app.viewer.listens(at.port(), port);
    }
    let running = Running { port, launch: app.launch.clone() };
    let json = serde_json::to_vec(&running).unwrap_or_default();
    private(&file, &json).map_err(|error| StartError::Folder { path: file.clone(), error })?;
    let url = address(port, &app.ticket().map_err(StartError::Random)?);
    Ok(Started { url, serving: Some(Serving { app, listener, viewer, file }) })
}

/// Returns the token that programs show; it is made at the first start and kept in a file that only the user can read.
fn api_token(data: &Path) -> Result<String, StartError> {
    let file = data.join(TOKEN);
    let known = fs::read_to_string(&file).map(|text| text.trim().to_owned()).unwrap_or_default();
    if known.len() >= 32 && known.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Ok(known);
    }
    let token = secret::random().map_err(StartError::Random)?;
    private(&file, format!("{token}\n").as_bytes())
        .map_err(|error| StartError::Folder { path: file, error })?;
    Ok(token)
}

/// Takes the wanted port on loopback, or any free one where it is in use.
fn listen(port: u16) -> io::Result<TcpListener> {
    let bind = |port| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    bind(port).or_else(|error| if port == 0 { Err(error) } else { bind(0) })
}

fn address(port: u16, ticket: &str) -> String {
    format!("http://127.0.0.1:{port}/enter?ticket={ticket}")
}

/// Returns the address that an instance lets one in by; `None` where none runs.
fn running(file: &Path) -> Option<String> {
    let known: Running = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
    if !known.launch.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let to = SocketAddr::from((Ipv4Addr::LOCALHOST, known.port));
    let mut stream = TcpStream::connect_timeout(&to, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_write_timeout(Some(PATIENCE)).ok()?;
    let request = format!(
        "POST /enter/ticket HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nauthorization: Bearer {}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        known.port, known.launch
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.take(8192).read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let ticket = body.trim();
    let good = head.starts_with("HTTP/1.1 200 ")
        && ticket.len() == 64
        && ticket.bytes().all(|b| b.is_ascii_hexdigit());
    good.then(|| address(known.port, ticket))
}

/// Writes a file that only the user can read.
pub(crate) fn private(file: &Path, bytes: &[u8]) -> io::Result<()> {
    // A file that is there may be open to others: it goes first.
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut made = options.open(file)?;
    made.write_all(bytes)?;
    made.sync_all()
}

impl Serving {
    /// Serves until `until` is ready. Runs its own threads.
    ///
    /// # Errors
    ///
    /// What the system says of the socket.
    pub fn run(self, until: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let file = self.file.clone();
        let served = runtime.block_on(async move {
            self.listener.set_nonblocking(true)?;
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            if let Some(socket) = self.viewer {
                let socket = tokio::net::TcpListener::from_std(socket)?;
                let pages = viewer::routes(Arc::clone(&self.app.viewer));
                // It ends with the runtime: what it shows can be shown again.
                tokio::spawn(async { axum::serve(socket, pages).await });
            }
            let (ending, mut ended) = watch::channel(false);
            let serving = axum::serve(listener, routes::all(Arc::clone(&self.app)));
            let serving = serving.with_graceful_shutdown(async move {
                let _ = ended.changed().await;
            });
            tokio::select! {
                served = async { serving.await } => served,
                () = async {
                    until.await;
                    let _ = ending.send(true);
                    farewell(&self.app, FAREWELL).await;
                    // What was answered last is on its way yet.
                    tokio::time::sleep(LAST_WORDS).await;
                } => Ok(()),
            }
        });
        runtime.shutdown_timeout(Duration::from_secs(2));
        let _ = fs::remove_file(file);
        served
    }
}

//! Pages that show nothing without a script, rendered by the user's own Chromium.
//!
//! Off unless asked for. [`Rendering`] stands between the crawl and the web: a page that needs a script is fetched as
//! every other (robots.txt, pace, address rules), then opened in a Chromium without a window and with a fresh profile,
//! and what it shows is the answer. All that the page asks for on its own goes through a [`proxy`] of ours on loopback,
//! which lets it reach public addresses and the hosts that the user opened, and nothing else; Chromium itself resolves no
//! name and speaks no other protocol. Pages, bytes and time are bounded.

mod launch;
mod proxy;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use reading::outline::{self, LinkKind};
use reading::page::{self, Context};
use url::Url;

use crate::guard::Guard;
use crate::web::{FetchError, Response, Web};
use proxy::{Hosts, Proxy};

/// The header that a rendered page bears, with the name of the browser.
pub const RENDERED: &str = "x-rendered-by";

/// The header of a page that could not be rendered: why not.
pub const NOT_RENDERED: &str = "x-not-rendered";

/// Names under which Chromium and its kin are installed, the plainest first.
const NAMES: [&str; 7] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "brave-browser",
];

/// How pages are rendered.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The browser's program.
    pub program: PathBuf,
    /// Further words for its command line, as the user wants them.
    pub arguments: Vec<String>,
    /// Pages rendered in a run.
    pub pages: usize,
    /// Bytes that one page may load.
    pub bytes: usize,
    /// Time that one page may take.
    pub time: Duration,
}

impl Settings {
    /// Makes the usual settings for a browser: eight pages of at most 20 MB and 20 seconds.
    #[must_use]
    pub fn new(program: PathBuf) -> Self {
        Self { program, arguments: Vec::new(), pages: 8, bytes: 20_000_000, time: Duration::from_secs(20) }
    }
}

/// Why no page can be rendered.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    /// None of the known browsers is installed.
    #[error("no Chromium, Chrome or Edge was found on this machine")]
    NotInstalled,
    /// The proxy could not be started.
    #[error("the browser's way to the web could not be opened: {0}")]
    Proxy(std::io::Error),
}

/// Returns the first known browser in the folders of a search path.
///
/// # Errors
///
/// [`BrowserError::NotInstalled`] where there is none.
pub fn installed(folders: &[PathBuf]) -> Result<PathBuf, BrowserError> {
    let on_path = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let in_its_place = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ];
    let mut all = on_path.chain(in_its_place.iter().map(|path| Path::new(path).to_owned()));
    all.find(|path| path.is_file()).ok_or(BrowserError::NotInstalled)
}

/// A web whose pages are rendered where they need it.
#[derive(Debug)]
pub struct Rendering<W> {
    web: W,
    settings: Settings,
    proxy: Proxy,
    rendered: AtomicUsize,
}

impl<W: Web> Rendering<W> {
    /// Puts a browser before a web. `guard` is the one by which the web itself keeps to its address rules.
    ///
    /// # Errors
    ///
    /// [`BrowserError::Proxy`] where no port of loopback can be opened.
    pub async fn new(web: W, guard: Guard, settings: Settings) -> Result<Self, BrowserError> {
        let proxy = Proxy::start(guard).await.map_err(BrowserError::Proxy)?;
        Ok(Self { web, settings, proxy, rendered: AtomicUsize::new(0) })
    }

    /// Returns what a page shows once its script has run; the page as fetched where that fails.
    async fn render(&self, url: &Url, mut response: Response) -> Response {
        self.proxy.allow(hosts_of(url, &response.body), self.settings.bytes);
        match launch::dump(&self.settings, self.proxy.port(), url).await {
            Ok(dom) => {
                response.body = dom;
                response.headers.retain(|(name, _)| name != "content-type" && name != "content-length");
                response.headers.push(("content-type".to_owned(), "text/html; charset=utf-8".to_owned()));
                let name = self.settings.program.file_name().unwrap_or_default().to_string_lossy();
                response.headers.push((RENDERED.to_owned(), name.into_owned()));
            }
            Err(error) => response.headers.push((NOT_RENDERED.to_owned(), error.to_string())),
        }
        self.proxy.allow(Hosts::default(), 0);
        response
    }
}

/// Returns the hosts that a page may load from: its own site, and those of the scripts and files that its markup names.
fn hosts_of(url: &Url, body: &[u8]) -> Hosts {
    let mut hosts = Hosts::default();
    hosts.add(url);
    let outline = outline::from_html(&String::from_utf8_lossy(body));
    let files =
        outline.links.iter().filter(|link| link.kind == LinkKind::Head).map(|link| link.href.as_str());
    let scripts = outline.scripts.iter().filter_map(|script| script.src.as_deref());
    for file in files.chain(scripts).take(200) {
        if let Ok(file) = url.join(file) {
            hosts.add(&file);
        }
    }
    hosts
}

impl<W: Web> Web for Rendering<W> {
    async fn get(&self, url: &Url) -> Result<Response, FetchError> {
        let response = self.web.get(url).await?;
        let html = response.header("content-type").is_none_or(|kind| kind.contains("html"));
        if response.status != 200 || !html || response.body.is_empty() {
            return Ok(response);
        }
        let page = page::read(&response.body, &Context { url: Some(url), ..Context::default() });
        let wanted = page.needs_script && !page.bot_check;
        if !wanted || self.rendered.fetch_add(1, Ordering::Relaxed) >= self.settings.pages {
            return Ok(response);
        }
        Ok(self.render(url, response).await)
    }
}

#[cfg(test)]
mod tests;

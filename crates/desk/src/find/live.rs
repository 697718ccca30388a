//! How the live web is asked: which hosts, caches, browser and sources, and the fetcher made of that.

use std::net::SocketAddr;
use std::path::PathBuf;

use sources::browser::{self, BrowserError};
use sources::cache::Cache;
use sources::fetch::{self, Fetcher};
use sources::guard::AllowedHost;

use super::FindError;
use crate::sources::SourceSettings;

/// How to ask the live web.
#[derive(Clone, Debug, Default)]
pub struct Live {
    /// Private or loopback hosts that the user allows, as `host` or `host:port`.
    pub allow_hosts: Vec<String>,
    /// Where pages are kept between runs.
    pub cache: Option<PathBuf>,
    /// How the program introduces itself.
    pub user_agent: String,
    /// The browser that renders pages which need a script, where the user wants one.
    pub browser: Option<OwnBrowser>,
    /// Which outside sources are on, and their keys; none unless the user says so.
    pub sources: SourceSettings,
    /// Whether the contacts found are checked live: see [`crate::verify`].
    pub verify: bool,
    /// The name server to ask for that, instead of those that the machine is set up with.
    pub name_server: Option<SocketAddr>,
}

/// The user's own browser.
#[derive(Clone, Debug, Default)]
pub struct OwnBrowser {
    /// Its program; else the first of the known ones in the folders below.
    pub program: Option<PathBuf>,
    /// The folders in which programs are looked for.
    pub folders: Vec<PathBuf>,
    /// Further words for its command line.
    pub arguments: Vec<String>,
}

/// Returns how the user's own browser is to be started.
pub(super) fn browser_settings(own: &OwnBrowser) -> Result<browser::Settings, BrowserError> {
    let program = own.program.clone().map_or_else(|| browser::installed(&own.folders), Ok)?;
    Ok(browser::Settings { arguments: own.arguments.clone(), ..browser::Settings::new(program) })
}

/// Returns the private hosts that the user allows.
pub(super) fn allowed(live: &Live) -> Result<Vec<AllowedHost>, FindError> {
    live.allow_hosts.iter().map(|host| host.parse().map_err(FindError::AllowHost)).collect()
}

/// How much the cache of pages may hold.
const CACHE_BYTES: u64 = 256 << 20;

/// Makes the fetcher for pages. A cache that cannot be opened is done without.
pub(crate) fn fetcher(live: &Live) -> Result<Fetcher, FindError> {
    fetcher_within(live, fetch::Limits::default(), CACHE_BYTES)
}

/// Makes a fetcher with bounds of its own and a cache of at most so many bytes.
pub(crate) fn fetcher_within(live: &Live, limits: fetch::Limits, cache: u64) -> Result<Fetcher, FindError> {
    let mut settings = fetch::Settings::new(&live.user_agent);
    settings.limits = limits;
    settings.allow_hosts = allowed(live)?;
    settings.cache = live.cache.as_deref().and_then(|folder| match Cache::open(folder, cache) {
        Ok(cache) => Some(cache),
        Err(error) => {
            tracing::warn!(folder = %folder.display(), %error, "pages are not kept between runs");
            None
        }
    });
    Fetcher::new(settings).map_err(FindError::Fetcher)
}

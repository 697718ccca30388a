//! The web as the crawl sees it: ask for an address, get a response or the reason why not.
//!
//! The live fetcher and the archives implement one trait, so that an archive is crawled just as the live site would be.

use std::future::Future;
use std::net::IpAddr;

use url::Url;

/// A response, its body decoded from transfer and content encoding.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Headers, names in lower case, in order.
    pub headers: Vec<(String, String)>,
    /// The body, cut at the bound on bytes a page.
    pub body: Vec<u8>,
    /// Whether the body was cut.
    pub cut: bool,
    /// When it was fetched (for an archive: when it was archived), RFC 3339 in UTC.
    pub fetched: String,
    /// Whether it came out of the cache on disk, fresh or confirmed by the server.
    pub from_cache: bool,
    /// The address of the server, where known.
    pub peer: Option<IpAddr>,
    /// The headers that were sent to ask for it; none if nothing was sent.
    pub request: Vec<(String, String)>,
}

impl Response {
    /// Returns the first header of a name (given in lower case).
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// Why an address gave nothing.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum FetchError {
    /// The host is not known.
    #[error("`{0}`: no such host")]
    UnknownHost(String),
    /// The address is private, loopback or link-local.
    #[error("`{0}` is a private address; `--allow-host` allows one by name")]
    Refused(String),
    /// robots.txt keeps programs out of it.
    #[error("robots.txt of `{0}` keeps programs out")]
    Robots(Url),
    /// No TLS connection could be made.
    #[error("`{host}`: no secure connection ({reason})")]
    Tls {
        /// The host.
        host: String,
        /// What the TLS library says.
        reason: String,
    },
    /// Nothing came in time.
    #[error("`{0}` did not answer in time")]
    Timeout(Url),
    /// The budget of the host or the run is used up.
    #[error("the budget for `{0}` is used up")]
    Budget(String),
    /// The archive does not hold it.
    #[error("`{0}` is not in the archive")]
    NotArchived(Url),
    /// Any other failure.
    #[error("`{url}`: {reason}")]
    Failed {
        /// The address.
        url: Url,
        /// What went wrong.
        reason: String,
    },
}

/// Something that can be asked for an address. Redirects are not followed here: the crawl counts and checks each.
pub trait Web: Send + Sync {
    /// Asks for one address.
    fn get(&self, url: &Url) -> impl Future<Output = Result<Response, FetchError>> + Send;
}

impl<T: Web> Web for &T {
    async fn get(&self, url: &Url) -> Result<Response, FetchError> {
        (*self).get(url).await
    }
}

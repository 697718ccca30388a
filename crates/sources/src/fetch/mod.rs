//! The live web: one polite fetcher for all sources.
//!
//! It says who it is, does what robots.txt says, asks a host for one thing at a time and at a pace, sends conditional
//! requests where the cache holds a page, waits when a site says that it is asked too much, and asks nothing of private
//! networks unless the user opened that very host. Everything is bounded: bytes and time of a page, and pages, bytes
//! and time of a host and of the run. Redirects are answers here; whoever follows one asks again and is checked again.

mod body;
mod budget;
mod call;
mod failure;
mod retry;
#[cfg(test)]
mod tests;

pub use budget::{Bound, Limits};
pub use call::{Call, Secret};

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use http_cache_semantics::{AfterResponse, BeforeRequest, CacheOptions, CachePolicy};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use tokio::sync::OnceCell;
use tokio::time::{Instant, timeout_at};
use url::Url;

use crate::cache::{Cache, Kept};
use crate::guard::{AllowedHost, Door, Guard, Resolver, is_public};
use crate::pace::Pace;
use crate::robots::{self, Robots};
use crate::web::{FetchError, Response, Web};
use budget::Budget;

/// How many redirects of robots.txt are followed, as RFC 9309 asks.
const ROBOTS_REDIRECTS: usize = 5;
/// How old a page from the cache may be before the site is asked whether it still holds, in seconds.
const MAX_AGE: &str = "max-age=86400";

/// How the web is to be asked.
#[derive(Debug)]
pub struct Settings {
    /// Who asks: the name of the program, its version and an address that explains it.
    pub user_agent: String,
    /// The languages that pages are wanted in, as `Accept-Language` has it.
    pub languages: Option<String>,
    /// Hosts that may be asked though they are private.
    pub allow_hosts: Vec<AllowedHost>,
    /// The pause between two requests to one host.
    pub pause: Duration,
    /// What one page, one host and the run may cost.
    pub limits: Limits,
    /// Where pages are kept between runs, if they are.
    pub cache: Option<Cache>,
    /// The clock.
    pub now: fn() -> SystemTime,
}

impl Settings {
    /// Makes the usual settings for a program that names itself so: a second between requests, and no cache.
    #[must_use]
    pub fn new(user_agent: &str) -> Self {
        Self {
            user_agent: user_agent.to_owned(),
            languages: None,
            allow_hosts: Vec::new(),
            pause: Duration::from_secs(1),
            limits: Limits::default(),
            cache: None,
            now: || jiff::Timestamp::now().into(),
        }
    }
}

/// The fetcher could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The text does not fit in a header.
    #[error("`{0}` cannot be sent in a request header")]
    Header(String),
    /// The HTTP client refuses its settings.
    #[error("the HTTP client could not be set up: {0}")]
    Client(String),
}

/// Asks the live web, politely.
#[derive(Debug)]
pub struct Fetcher {
    settings: Settings,
    product: String,
    headers: HeaderMap,
    guard: Guard,
    /// The client that connects to public addresses only, and the one for hosts that the user opened.
    public: reqwest::Client,
    opened: reqwest::Client,
    pace: Pace,
    budget: Budget,
    robots: Mutex<HashMap<String, Arc<OnceCell<Site>>>>,
}

/// What a site's robots.txt came to.
#[derive(Clone, Debug)]
struct Site {
    rules: Robots,
    answer: Response,
}

impl Fetcher {
    /// Makes a fetcher.
    ///
    /// Certificates are checked against the authorities that the machine trusts, so that what its owner added or
    /// struck out counts here too, and updates of the system are enough; only where it has none at all, as in a bare
    /// container, the list of Mozilla that is compiled in takes their place.
    ///
    /// # Errors
    ///
    /// Returns a [`SetupError`] if the name or the languages cannot be sent, or the client cannot be set up.
    pub fn new(settings: Settings) -> Result<Self, SetupError> {
        Self::with_roots(settings, &[])
    }

    /// Makes a fetcher that trusts further authorities, in DER.
    fn with_roots(settings: Settings, roots: &[Vec<u8>]) -> Result<Self, SetupError> {
        let mut headers = HeaderMap::new();
        let accept = "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5";
        let named = [
            ("user-agent", Some(settings.user_agent.as_str())),
            ("accept", Some(accept)),
            ("accept-language", settings.languages.as_deref()),
            ("accept-encoding", Some("gzip, br")),
        ];
        for (name, value) in named {
            let Some(value) = value else { continue };
            let sent = HeaderValue::from_str(value).map_err(|_| SetupError::Header(value.to_owned()))?;
            headers.insert(HeaderName::from_static(name), sent);
        }
        // Whoever was first has installed the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = |door: Door| client(door, &settings.limits, roots);
        let (public, opened) = (client(Door::Public)?, client(Door::Opened)?);
        let product = settings.user_agent.split(['/', ' ']).next().unwrap_or_default().to_owned();
        Ok(Self {
            product,
            headers,
            guard: Guard::new(settings.allow_hosts.clone()),
            public,
            opened,
            pace: Pace::new(settings.pause),
            budget: Budget::new(settings.limits),
            robots: Mutex::default(),
            settings,
        })
    }

    /// Returns what robots.txt of the address' host says, asking for it at most once a run.
    ///
    /// # Errors
    ///
    /// Returns why the host could not be asked. A robots.txt that is missing allows everything; one that the server
    /// fails to give (5xx) allows nothing, as RFC 9309 asks.
    pub async fn robots(&self, url: &Url) -> Result<Robots, FetchError> {
        let door = self.guard.check(url)?;
        Ok(self.site(url, door).await?.rules)
    }

    async fn site(&self, url: &Url, door: Door) -> Result<Site, FetchError> {
        let cell = {
            let mut robots = self.robots.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(robots.entry(url.origin().ascii_serialization()).or_default())
        };
        // An error is not kept: the next address of the host tries again.
        let site = cell.get_or_try_init(|| self.ask_robots(url, door)).await;
        // Nobody asked for robots.txt, so the error is told of the address that was asked for.
        let site = site.map_err(|error| match error {
            FetchError::Timeout(_) => FetchError::Timeout(url.clone()),
            FetchError::Failed { reason, .. } => FetchError::Failed { url: url.clone(), reason },
            other => other,
        })?;
        if site.answer.status >= 500 || site.answer.status == 429 {
            let reason =
                format!("its robots.txt answers {}, which keeps programs out for now", site.answer.status);
            return Err(FetchError::Failed { url: url.clone(), reason });
        }
        Ok(site.clone())
    }

    async fn ask_robots(&self, url: &Url, door: Door) -> Result<Site, FetchError> {
        let failed =
            || FetchError::Failed { url: url.clone(), reason: "it has no place for a robots.txt".to_owned() };
        let mut at = url.join("/robots.txt").map_err(|_| failed())?;
        at.set_query(None);
        let mut door = door;
        let mut redirects = 0;
        let answer = loop {
            let answer = self.ask(&at, door, &[], robots::MAX_BYTES).await?;
            let next = answer.header("location").and_then(|to| at.join(to).ok());
            match next {
                Some(next) if (300..400).contains(&answer.status) && redirects < ROBOTS_REDIRECTS => {
                    redirects += 1;
                    door = self.guard.check(&next)?;
                    at = next;
                }
                _ => break answer,
            }
        };
        let found = (200..300).contains(&answer.status);
        let rules = if found { Robots::parse(&answer.body, &self.product) } else { Robots::default() };
        Ok(Site { rules, answer })
    }

    /// Returns the page from the cache if it may be used, or else from the site, asking whether the kept one holds.
    async fn page(&self, url: &Url, door: Door) -> Result<Response, FetchError> {
        let Some(cache) = &self.settings.cache else {
            self.admit(url, door).await?;
            return self.ask(url, door, &[], self.settings.limits.page_bytes).await;
        };
        let request = self.cache_request(url)?;
        let mut conditions = Vec::new();
        let mut held = None;
        if let Some(kept) = cache.load(url) {
            match kept.policy.before_request(&request, (self.settings.now)()) {
                BeforeRequest::Fresh(_) => return Ok(kept.response),
                BeforeRequest::Stale { request, matches: true } => {
                    let names = ["if-none-match", "if-modified-since"].into_iter();
                    let sent = names.filter_map(|name| {
                        Some((name, request.headers.get(name)?.to_str().ok()?.to_owned()))
                    });
                    conditions = sent.collect();
                    held = Some(kept);
                }
                // It was kept for another language, say.
                BeforeRequest::Stale { matches: false, .. } => {}
            }
        }
        self.admit(url, door).await?;
        let response = self.ask(url, door, &conditions, self.settings.limits.page_bytes).await?;
        let now = (self.settings.now)();
        let answered = cache_response(&response);
        if response.status == 304
            && let Some(mut confirmed) = held
        {
            if let AfterResponse::NotModified(policy, _) =
                confirmed.policy.after_response(&request, &answered, now)
            {
                confirmed.policy = policy;
                cache.store(url, &confirmed);
            }
            return Ok(Response { request: response.request, ..confirmed.response });
        }
        let policy = CachePolicy::new_options(
            &request,
            &answered,
            now,
            CacheOptions { shared: false, ..CacheOptions::default() },
        );
        if policy.is_storable() && !response.cut && response.status != 304 {
            let kept = Kept { policy, response };
            cache.store(url, &kept);
            return Ok(kept.response);
        }
        Ok(response)
    }

    /// Checks that robots.txt lets the program in.
    async fn admit(&self, url: &Url, door: Door) -> Result<(), FetchError> {
        let site = self.site(url, door).await?;
        if site.rules.allows(url) { Ok(()) } else { Err(FetchError::Robots(url.clone())) }
    }

    /// Asks the host, at its pace and within its budget, again if it says that it is asked too much.
    async fn ask(
        &self,
        url: &Url,
        door: Door,
        conditions: &[(&'static str, String)],
        bound: usize,
    ) -> Result<Response, FetchError> {
        let host = url[url::Position::BeforeHost..url::Position::AfterPort].to_owned();
        let mut turn = self.pace.turn(&host, self.known_delay(url)).await;
        let mut retries = 0;
        loop {
            let deadline = self.budget.open(&host)?;
            let response = self.once(url, door, conditions, bound, deadline).await?;
            self.budget.spend(&host, response.body.len());
            let now = (self.settings.now)();
            match retry::pause(&response, retries, now) {
                Some(pause) => {
                    tracing::debug!(%url, status = response.status, ?pause, "asked to wait");
                    retries += 1;
                    turn.slow_down(pause);
                    turn.wait(pause).await;
                }
                None => return Ok(response),
            }
        }
    }

    /// Sends one request and reads its answer.
    async fn once(
        &self,
        url: &Url,
        door: Door,
        conditions: &[(&'static str, String)],
        bound: usize,
        deadline: Instant,
    ) -> Result<Response, FetchError> {
        let client = if door == Door::Opened { &self.opened } else { &self.public };
        let mut headers = self.headers.clone();
        for (name, value) in conditions {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        let request = written(&headers);
        let sent = client.get(url.clone()).headers(headers).send();
        let answer = timeout_at(deadline, sent).await.map_err(|_| FetchError::Timeout(url.clone()))?;
        let answer = answer.map_err(|error| failure::translate(url, &error))?;
        let peer = answer.remote_addr().map(|peer| peer.ip());
        if door == Door::Public && peer.is_some_and(|peer| !is_public(peer)) {
            return Err(FetchError::Refused(url.host_str().unwrap_or_default().to_owned()));
        }
        let status = answer.status().as_u16();
        let headers = written(answer.headers());
        let fetched = jiff::Timestamp::try_from((self.settings.now)()).unwrap_or_default();
        let idle = self.settings.limits.idle;
        let read = body::read(answer, &headers, bound, deadline, idle).await;
        let read = read.map_err(|failure| failure.about(url))?;
        Ok(Response {
            status,
            headers,
            body: read.body,
            cut: read.cut,
            fetched: format!("{fetched:.0}"),
            from_cache: false,
            peer,
            request,
        })
    }

    /// Returns the pause that robots.txt asks for, if it was read already.
    fn known_delay(&self, url: &Url) -> Option<Duration> {
        let robots = self.robots.lock().unwrap_or_else(PoisonError::into_inner);
        robots.get(&url.origin().ascii_serialization())?.get()?.rules.delay()
    }

    /// Returns the request as the rules of caching need it.
    fn cache_request(&self, url: &Url) -> Result<http::Request<()>, FetchError> {
        let failed = |error: http::Error| FetchError::Failed { url: url.clone(), reason: error.to_string() };
        let mut request = http::Request::get(url.as_str()).body(()).map_err(failed)?;
        *request.headers_mut() = self.headers.clone();
        request.headers_mut().insert("cache-control", HeaderValue::from_static(MAX_AGE));
        Ok(request)
    }
}

impl Web for Fetcher {
    async fn get(&self, url: &Url) -> Result<Response, FetchError> {
        let mut url = url.clone();
        url.set_fragment(None);
        let door = self.guard.check(&url)?;
        if url.path() == "/robots.txt" && url.query().is_none() {
            return Ok(self.site(&url, door).await?.answer);
        }
        self.page(&url, door).await
    }
}

/// Sets up a client for one door.
fn client(door: Door, limits: &Limits, roots: &[Vec<u8>]) -> Result<reqwest::Client, SetupError> {
    let failed = |error: reqwest::Error| SetupError::Client(failure::deepest(&error));
    let roots = roots.iter().map(|der| reqwest::Certificate::from_der(der));
    let roots: Vec<_> = roots.collect::<Result<_, _>>().map_err(failed)?;
    let builder = || {
        reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .dns_resolver(Resolver(door))
            .connect_timeout(limits.connect)
            .pool_max_idle_per_host(1)
            .referer(false)
    };
    builder().tls_certs_merge(roots.clone()).build().or_else(|error| {
        tracing::warn!(%error, "the machine's certificate authorities cannot be read; the built-in list is used");
        let built_in = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter();
        let built_in = built_in.filter_map(|der| reqwest::Certificate::from_der(der).ok());
        builder().tls_certs_only(built_in.chain(roots)).build().map_err(failed)
    })
}

/// Writes headers as text, names in lower case.
fn written(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}

/// Returns the answer as the rules of caching need it.
fn cache_response(response: &Response) -> http::Response<()> {
    let mut answer = http::Response::new(());
    *answer.status_mut() = http::StatusCode::from_u16(response.status).unwrap_or_default();
    for (name, value) in &response.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            answer.headers_mut().append(name, value);
        }
    }
    answer
}

//! Asking one source: its address and key, the call, and what its answer is worth.
//!
//! Every source goes through here, so that a refusal is told the same way everywhere, no key gets into an address that is
//! shown, answers are kept as long as the source's terms ask, and a test changes nothing but the base address.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http_cache_semantics::CachePolicy;
use jiff::Timestamp;
use ladder::{Finding, Sighting, Source, SourceKind};
use serde_json::Value;
use url::Url;

use super::about::{About, Needs};
use super::answer::Trouble;
use super::same::domain_of;
use crate::cache::{Cache, Kept};
use crate::fetch::{Call, Fetcher, Secret};
use crate::web::{FetchError, Response, Web};

/// How many redirects of an interface are followed.
const MOST_HOPS: usize = 4;
/// The longest text of a quota header that is kept.
const MOST_QUOTA: usize = 60;

/// What the user set for a source.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// Where it is asked instead of the usual place: the user's own instance, or a test's server.
    pub base: Option<Url>,
    /// The user's key.
    pub key: Option<Secret>,
}

/// One source at work.
pub struct Asking<'a> {
    /// What is asked.
    pub about: &'static About,
    /// The moment of asking.
    pub now: Timestamp,
    setting: Setting,
    calls: &'a Fetcher,
    pages: &'a Fetcher,
    kept: Option<&'a Cache>,
    quota: Mutex<Option<String>>,
}

impl std::fmt::Debug for Asking<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Asking").field("source", &self.about.id).finish_non_exhaustive()
    }
}

/// How a key goes along.
#[derive(Clone, Copy, Debug)]
pub enum Lock {
    /// In a header, after these words.
    Header(&'static str, &'static str),
    /// As user and password; with no colon in the key, it is the user and the password is empty.
    Basic,
    /// In the query, under this name.
    Query(&'static str),
}

/// An answer in JSON and where it came from.
#[derive(Clone, Debug)]
pub struct Data {
    /// The answer.
    pub value: Value,
    /// When it was given, RFC 3339.
    pub fetched: String,
    /// Its bytes.
    pub body: Vec<u8>,
}

impl<'a> Asking<'a> {
    /// Prepares to ask a source: `calls` is for interfaces and may open the user's own hosts, `pages` is for pages.
    #[must_use]
    pub fn new(
        about: &'static About,
        setting: Setting,
        calls: &'a Fetcher,
        pages: &'a Fetcher,
        kept: Option<&'a Cache>,
        now: Timestamp,
    ) -> Self {
        Self { about, now, setting, calls, pages, kept, quota: Mutex::default() }
    }

    /// Returns what the source last said of what is left, where it says so.
    #[must_use]
    pub fn quota(&self) -> Option<String> {
        self.quota.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the user's key.
    ///
    /// # Errors
    ///
    /// [`Trouble::Lacks`] where none is set.
    pub fn key(&self) -> Result<Secret, Trouble> {
        let needs = self.about.needs.in_words().unwrap_or_else(|| "your own key".to_owned());
        self.setting.key.clone().ok_or_else(|| Trouble::Lacks(format!("it needs {needs}")))
    }

    /// Returns an address at the source: of the user's own place where one is set, else of `usual`.
    ///
    /// # Errors
    ///
    /// [`Trouble::Lacks`] where neither is there, [`Trouble::Failed`] where the parts make no address.
    pub fn at(&self, usual: &str, path: &[&str], query: &[(&str, &str)]) -> Result<Url, Trouble> {
        let mut url = match &self.setting.base {
            Some(base) => base.clone(),
            None if usual.is_empty() => {
                let needs = self.about.needs.in_words().unwrap_or_else(|| "an address".to_owned());
                return Err(Trouble::Lacks(format!("it needs {needs}")));
            }
            None => Url::parse(usual).map_err(|error| Trouble::Failed(format!("`{usual}`: {error}")))?,
        };
        {
            let mut segments =
                url.path_segments_mut().map_err(|()| Trouble::Failed(format!("`{usual}` takes no path")))?;
            segments.pop_if_empty().extend(path);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(url)
    }

    /// Returns an address at the source's usual base.
    ///
    /// # Errors
    ///
    /// As [`Asking::at`].
    pub fn url(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Url, Trouble> {
        self.at(self.about.base, path, query)
    }

    /// Returns whether the user set another place for the source.
    #[must_use]
    pub const fn has_own_base(&self) -> bool {
        self.setting.base.is_some()
    }

    /// Makes a call, with the key in its place where there is a lock.
    ///
    /// # Errors
    ///
    /// [`Trouble::Lacks`] where a key is wanted and none is set.
    pub fn call(&self, url: Url, lock: Option<Lock>) -> Result<Call, Trouble> {
        let mut call = Call::get(url, self.about.pause);
        match lock {
            None => {}
            Some(Lock::Header(name, before)) => {
                let key = self.key()?;
                let value = Secret::new(&format!("{before}{}", key.reveal()));
                call.secret_headers.extend(value.map(|value| (name, value)));
            }
            Some(Lock::Basic) => {
                let key = self.key()?;
                let pair = if key.reveal().contains(':') {
                    key.reveal().to_owned()
                } else {
                    format!("{}:", key.reveal())
                };
                let value = Secret::new(&format!("Basic {}", STANDARD.encode(pair)));
                call.secret_headers.extend(value.map(|value| ("authorization", value)));
            }
            Some(Lock::Query(name)) => call.secret_query = Some((name, self.key()?)),
        }
        Ok(call)
    }

    /// Asks for JSON; `None` where the source says that there is no such thing (404).
    ///
    /// # Errors
    ///
    /// A [`Trouble`] by what came instead.
    pub async fn json(&self, call: &Call) -> Result<Option<Data>, Trouble> {
        let response = self.response(call).await?;
        if response.status == 404 {
            return Ok(None);
        }
        let value = parse(&response)?;
        self.keep(call, &response);
        Ok(Some(Data { value, fetched: response.fetched, body: response.body }))
    }

    /// Asks for text or a page; `None` where there is none.
    ///
    /// # Errors
    ///
    /// A [`Trouble`] by what came instead.
    pub async fn text(&self, call: &Call) -> Result<Option<Response>, Trouble> {
        let response = self.response(call).await?;
        if response.status == 404 {
            return Ok(None);
        }
        self.keep(call, &response);
        Ok(Some(response))
    }

    /// Asks for a page of a site, as anybody who reads it: robots.txt and all.
    ///
    /// # Errors
    ///
    /// A [`Trouble`] by what came instead.
    pub async fn page(&self, url: &Url) -> Result<Option<Response>, Trouble> {
        let response = self.pages.get(url).await.map_err(|error| self.failed(&error))?;
        match response.status {
            404 | 410 => Ok(None),
            _ => judged(response).map(Some),
        }
    }

    /// Sends a call and follows its redirects, without the key once another host answers.
    async fn response(&self, call: &Call) -> Result<Response, Trouble> {
        if let Some(kept) = self.kept_answer(call) {
            return Ok(kept);
        }
        let mut call = call.clone();
        for _ in 0..=MOST_HOPS {
            let response = self.calls.call(&call).await.map_err(|error| self.failed(&error))?;
            self.note_quota(&response);
            if !matches!(response.status, 301 | 302 | 303 | 307 | 308) {
                return if response.status == 404 { Ok(response) } else { judged(response) };
            }
            let next = response.header("location").and_then(|to| call.url.join(to).ok());
            let next = next.ok_or_else(|| Trouble::Failed("it redirects to nowhere".to_owned()))?;
            if next.origin() != call.url.origin() {
                call.secret_headers.clear();
                call.secret_query = None;
            }
            call.form = None;
            call.url = next;
        }
        Err(Trouble::Failed("it redirects in circles".to_owned()))
    }

    /// Returns the answer that is kept, while it is young enough.
    fn kept_answer(&self, call: &Call) -> Option<Response> {
        if call.form.is_some() {
            return None;
        }
        let kept = self.kept?.load(&call.url)?.response;
        let fetched: Timestamp = kept.fetched.parse().ok()?;
        let age = self.now.duration_since(fetched).as_hours();
        (0..self.about.keep_days * 24).contains(&age).then_some(kept)
    }

    /// Keeps an answer that could be read.
    fn keep(&self, call: &Call, response: &Response) {
        let Some(cache) = self.kept else { return };
        let fit = self.about.keep_days > 0 && response.status == 200 && !response.cut && !response.from_cache;
        if !fit || call.form.is_some() {
            return;
        }
        let request = http::Request::get(call.url.as_str()).body(());
        let answer = http::Response::builder().status(200).body(());
        let (Ok(request), Ok(answer)) = (request, answer) else { return };
        // What matters is the age that the source's terms allow, not what the server says of caching.
        let policy = CachePolicy::new(&request, &answer);
        cache.store(&call.url, &Kept { policy, response: response.clone() });
    }

    fn note_quota(&self, response: &Response) {
        let named = ["x-ratelimit-remaining", "x-ratelimit-remain", "ratelimit-remaining", "x-api-balance"];
        let Some(left) = named.iter().find_map(|name| response.header(name)) else { return };
        let end = left.floor_char_boundary(MOST_QUOTA);
        *self.quota.lock().unwrap_or_else(PoisonError::into_inner) = Some(left[..end].trim().to_owned());
    }

    /// Returns why nothing came.
    fn failed(&self, error: &FetchError) -> Trouble {
        match error {
            FetchError::Timeout(_) => Trouble::Late(self.about.budget),
            FetchError::Robots(_) => Trouble::Refused("its robots.txt keeps programs out".to_owned()),
            FetchError::Refused(host) => {
                Trouble::Failed(format!("`{host}` is a private address that you did not name yourself"))
            }
            other => Trouble::Failed(other.to_string()),
        }
    }

    /// Returns where something was read, for a witness: `page` is what a reader opens.
    #[must_use]
    pub fn source(&self, page: &str, kind: SourceKind, fetched: &str, stated: Option<&str>) -> Source {
        Source {
            url: page.to_owned(),
            kind,
            site: domain_of(page).unwrap_or_else(|| self.about.id.to_owned()),
            seen: fetched.to_owned(),
            stated: stated.and_then(|day| day.get(..10)).map(str::to_owned),
        }
    }

    /// Returns contacts as a finding of one page; none where there is no contact.
    #[must_use]
    pub fn found(
        &self,
        contacts: impl IntoIterator<Item = Option<Sighting>>,
        source: Source,
    ) -> Option<(Source, Finding)> {
        let contacts: Vec<Sighting> = contacts.into_iter().flatten().collect();
        (!contacts.is_empty()).then(|| (source, Finding { contacts, ..Finding::default() }))
    }

    /// Returns the time budget in which all of it must be done.
    #[must_use]
    pub const fn budget(&self) -> Duration {
        self.about.budget
    }

    /// Returns whether what the source needs is set.
    #[must_use]
    pub fn is_ready(&self, reachable: bool) -> bool {
        match self.about.needs {
            Needs::Nothing => true,
            Needs::Key { .. } => self.setting.key.is_some(),
            Needs::Instance { .. } => self.setting.base.is_some(),
            Needs::Contact => reachable,
        }
    }
}

/// Returns an answer that is one; else what it is instead.
fn judged(response: Response) -> Result<Response, Trouble> {
    let wait =
        || response.header("retry-after").and_then(|wait| wait.trim().parse().ok()).map(Duration::from_secs);
    let refused = |why: &str| Err(Trouble::Refused(format!("{why} (status {})", response.status)));
    match response.status {
        // A challenge comes with 202 from search pages: accepted, and no answer.
        202 => refused("it wants proof that the visitor is not a robot"),
        200..=299 => Ok(response),
        401 => refused("it wants a key, or does not take yours"),
        402 => refused("what was paid for is used up"),
        403 | 451 => refused("it keeps this program out"),
        429 => Err(Trouble::Busy(wait())),
        503 if wait().is_some() => Err(Trouble::Busy(wait())),
        400 | 422 => {
            Err(Trouble::Failed(format!("it does not understand the question (status {})", response.status)))
        }
        status => Err(Trouble::Failed(format!("it answers with status {status}"))),
    }
}

/// Reads an answer as JSON; a page in its place is a refusal, whatever its status.
fn parse(response: &Response) -> Result<Value, Trouble> {
    let start =
        response.body.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf));
    if start == Some(&b'<') {
        return Err(Trouble::Refused(
            "it answers with a page instead of data: a bot check, a block or a login".to_owned(),
        ));
    }
    if response.cut {
        return Err(Trouble::Failed("its answer is longer than is read".to_owned()));
    }
    let body = response.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&response.body);
    serde_json::from_slice(body).map_err(|_| Trouble::Failed("its answer is no JSON".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_of_not_answering_has_its_own_word() {
        let answer = |status: u16, retry: Option<&str>, body: &str| {
            let headers = retry.map(|wait| ("retry-after".to_owned(), wait.to_owned())).into_iter().collect();
            let response =
                Response { status, headers, body: body.as_bytes().to_vec(), ..Response::default() };
            match judged(response).and_then(|response| parse(&response)) {
                Ok(_) => "answered".to_owned(),
                Err(trouble) => trouble.id().to_owned(),
            }
        };
        for (status, retry, body, expected) in [
            (200, None, "{}", "answered"),
            (200, None, "\u{feff}[]", "answered"),
            (200, None, "<html><title>Verifying your request</title>", "refused"),
            (200, None, "later", "failed"),
            (202, None, "{}", "refused"),
            (401, None, "{}", "refused"),
            (402, None, "{}", "refused"),
            (403, None, "<html>", "refused"),
            (429, Some("7"), "", "busy"),
            (503, Some("7"), "", "busy"),
            (503, None, "", "failed"),
            (422, None, "{}", "failed"),
            (500, None, "{}", "failed"),
        ] {
            assert_eq!(answer(status, retry, body), expected, "{status} {body}");
        }
    }
}

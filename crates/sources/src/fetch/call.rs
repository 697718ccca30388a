//! Calls of interfaces that are made for programs.
//!
//! They go through the same client, guard, pace and budget as pages. Three things are otherwise: robots.txt, which is for
//! whoever wanders over pages, is not asked; a call may carry a key; and it is sent once, for whoever goes on asking after
//! a 429 loses the key. A key is never part of the address that errors and logs name, is marked as secret in the headers,
//! and leaves this machine over TLS only.

use std::fmt;
use std::time::Duration;

use reqwest::header::{HeaderName, HeaderValue};
use tokio::time::timeout_at;
use url::Url;

use super::{Fetcher, body, failure, written};
use crate::guard::{Door, is_public};
use crate::web::{FetchError, Response};

/// Something that must not be shown: a key or a password.
#[derive(Clone, Eq, PartialEq)]
pub struct Secret(String);

impl Secret {
    /// Takes a key; `None` where nothing but white space is in it.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// Returns the key itself, for whoever sends it.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// Returns the key, to be written into the user's own file of settings.
    #[must_use]
    pub fn to_be_kept(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// One call.
#[derive(Clone, Debug)]
pub struct Call {
    /// The address, without any key.
    pub url: Url,
    /// Headers, names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// Headers that carry a key.
    pub secret_headers: Vec<(&'static str, Secret)>,
    /// A key that goes into the query, under its name.
    pub secret_query: Option<(&'static str, Secret)>,
    /// A form to post; without it the call is a GET.
    pub form: Option<String>,
    /// The least pause between two calls of this host, as its terms have it.
    pub pause: Duration,
}

impl Call {
    /// Makes a plain GET.
    #[must_use]
    pub fn get(url: Url, pause: Duration) -> Self {
        Self { url, headers: Vec::new(), secret_headers: Vec::new(), secret_query: None, form: None, pause }
    }

    /// Returns whether it carries a key.
    const fn is_secret(&self) -> bool {
        !self.secret_headers.is_empty() || self.secret_query.is_some()
    }
}

impl Fetcher {
    /// Makes one call, at the pace of its host and within its budget. Redirects are answers.
    ///
    /// # Errors
    ///
    /// A [`FetchError`]; a key for a public host over plain http is refused before anything is sent.
    pub async fn call(&self, call: &Call) -> Result<Response, FetchError> {
        let url = &call.url;
        let failed = |reason: &str| FetchError::Failed { url: url.clone(), reason: reason.to_owned() };
        let door = self.guard.check(url)?;
        if call.is_secret() && url.scheme() != "https" && door == Door::Public {
            return Err(failed("a key is sent over https only"));
        }
        let host = url[url::Position::BeforeHost..url::Position::AfterPort].to_owned();
        let _turn = self.pace.turn_at(&host, call.pause).await;
        let deadline = self.budget.open(&host)?;
        let response = self.send(call, door, deadline).await?;
        self.budget.spend(&host, response.body.len());
        Ok(response)
    }

    async fn send(
        &self,
        call: &Call,
        door: Door,
        deadline: tokio::time::Instant,
    ) -> Result<Response, FetchError> {
        let url = &call.url;
        let failed = |reason: String| FetchError::Failed { url: url.clone(), reason };
        let client = if door == Door::Opened { &self.opened } else { &self.public };
        let mut headers = self.headers.clone();
        headers.insert("accept", HeaderValue::from_static("application/json, */*;q=0.5"));
        for (name, value) in &call.headers {
            let value =
                HeaderValue::from_str(value).map_err(|_| failed(format!("`{name}` cannot be sent")))?;
            headers.insert(HeaderName::from_static(name), value);
        }
        let request = written(&headers);
        for (name, secret) in &call.secret_headers {
            let value = HeaderValue::from_str(secret.reveal());
            let mut value =
                value.map_err(|_| failed("its key holds a character that cannot be sent".into()))?;
            value.set_sensitive(true);
            headers.insert(HeaderName::from_static(name), value);
        }
        let mut sent = url.clone();
        if let Some((name, secret)) = &call.secret_query {
            sent.query_pairs_mut().append_pair(name, secret.reveal());
        }
        let asked = match &call.form {
            Some(form) => {
                headers.insert("content-type", HeaderValue::from_static("application/x-www-form-urlencoded"));
                client.post(sent).body(form.clone())
            }
            None => client.get(sent),
        };
        let answer = timeout_at(deadline, asked.headers(headers).send());
        let answer = answer.await.map_err(|_| FetchError::Timeout(url.clone()))?;
        let answer = answer.map_err(|error| failure::translate(url, &error.without_url()))?;
        let peer = answer.remote_addr().map(|peer| peer.ip());
        if door == Door::Public && peer.is_some_and(|peer| !is_public(peer)) {
            return Err(FetchError::Refused(url.host_str().unwrap_or_default().to_owned()));
        }
        let status = answer.status().as_u16();
        let headers = written(answer.headers());
        let fetched = jiff::Timestamp::try_from((self.settings.now)()).unwrap_or_default();
        let limits = &self.settings.limits;
        let read = body::read(answer, &headers, limits.page_bytes, deadline, limits.idle).await;
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
}

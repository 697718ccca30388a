//! Writes that are done once: the answer to a key is kept for this launch, and given again for the same request.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Json;
use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Body1;
use crate::app::App;
use crate::fault::Fault;
use crate::here::Here;
use crate::secret;

/// The most keys that are remembered.
const MOST: usize = 1000;
/// The longest key.
const LONGEST: usize = 200;

/// What a write is answered with.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: StatusCode,
    /// Where what was made is found.
    pub(crate) location: Option<HeaderValue>,
    /// The body.
    pub(crate) body: Value,
}

impl Answer {
    /// Makes the answer of a value.
    pub(crate) fn of<T: Serialize>(status: StatusCode, body: &T) -> Result<Self, Fault> {
        Ok(Self { status, location: None, body: serde_json::to_value(body).map_err(Fault::inner)? })
    }

    fn response(self) -> Response {
        let mut response = (self.status, Json(self.body)).into_response();
        if let Some(location) = self.location {
            response.headers_mut().insert(LOCATION, location);
        }
        response
    }
}

/// The answer to a key, once there is one. Held while the write is done: a twin that comes meanwhile waits for it.
type Cell = Arc<tokio::sync::Mutex<Option<Answer>>>;

/// A key that was shown.
#[derive(Clone, Debug)]
struct Shown {
    key: String,
    request: String,
    cell: Cell,
}

/// What was asked for by a request that may carry a key, and the turn in which it is done.
#[derive(Debug)]
pub(super) struct Keyed<T>(pub(super) T, pub(super) Turn);

/// A request to write: who sent it, and what tells it from others.
#[derive(Debug)]
pub(super) struct Turn {
    /// Who asks, and what they reach.
    pub(super) app: Here,
    headers: HeaderMap,
    /// Its method and address.
    target: String,
    bytes: Vec<u8>,
}

impl<T: DeserializeOwned + Send + 'static> FromRequest<Arc<App>> for Keyed<T> {
    type Rejection = Fault;

    async fn from_request(request: Request<Body>, app: &Arc<App>) -> Result<Self, Fault> {
        let here = Here::of(app, request.extensions());
        let headers = request.headers().clone();
        let target = format!("{} {}", request.method(), request.uri().path());
        let Body1(asked, bytes) = Body1::from_request(request, app).await?;
        Ok(Self(asked, Turn { app: here, headers, target, bytes }))
    }
}

impl Turn {
    /// Does the write, or gives the answer of the time before: see [`Once::write`].
    pub(super) fn once<'a>(
        &'a self,
        doing: impl Future<Output = Result<Answer, Fault>> + Send + 'a,
    ) -> impl Future<Output = Result<Response, Fault>> + Send + 'a {
        // A write is a large future: it is boxed once here.
        let doing = Box::pin(doing);
        async move {
            let request = (self.target.as_str(), &self.bytes[..]);
            self.app.once.write(self.app.whose(), &self.headers, request, doing).await
        }
    }
}

/// The answers of this launch.
#[derive(Debug, Default)]
pub(crate) struct Once(Mutex<VecDeque<Shown>>);

impl Once {
    /// Does a write, or gives the answer of the time before. The same key with another request is refused; writes under other keys
    /// wait for nothing.
    pub(crate) async fn write(
        &self,
        whose: &str,
        headers: &HeaderMap,
        request: (&str, &[u8]),
        doing: impl Future<Output = Result<Answer, Fault>>,
    ) -> Result<Response, Fault> {
        let Some(key) = headers.get("idempotency-key") else {
            return Ok(doing.await?.response());
        };
        let key = key.to_str().ok().map(str::trim).filter(|key| !key.is_empty() && key.len() <= LONGEST);
        let key =
            key.ok_or_else(|| super::bad(format!("idempotency-key: give 1 to {LONGEST} plain characters")))?;
        // A key is its sender's own: the same one of another account is another one.
        let key = format!("{whose}\n{key}");
        let request =
            secret::derive(&format!("{}\n{}", request.0, String::from_utf8_lossy(request.1)), "request");
        let shown = self.shown(Shown { key, request: request.clone(), cell: Cell::default() });
        if shown.request != request {
            return Err(Fault::said(
                StatusCode::UNPROCESSABLE_ENTITY,
                "fault.wrong",
                "idempotency-key: it was used for another request",
            ));
        }
        let mut cell = shown.cell.lock().await;
        if let Some(before) = cell.as_ref() {
            return Ok(before.clone().response());
        }
        match doing.await {
            Ok(answer) => {
                *cell = Some(answer.clone());
                drop(cell);
                // A twin that failed took the key away meanwhile.
                self.shown(shown);
                Ok(answer.response())
            }
            Err(fault) => {
                // What failed was not done: the key is free again.
                let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                all.retain(|one| !Arc::ptr_eq(&one.cell, &shown.cell));
                Err(fault)
            }
        }
    }

    /// Returns what was shown under this key first: this, where it is new.
    fn shown(&self, new: Shown) -> Shown {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = all.iter().find(|one| one.key == new.key) {
            return before.clone();
        }
        if all.len() >= MOST {
            all.pop_front();
        }
        all.push_back(new.clone());
        new
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use serde_json::json;

    use super::*;

    fn keyed(key: &'static str) -> HeaderMap {
        HeaderMap::from_iter([("idempotency-key".parse().unwrap(), HeaderValue::from_static(key))])
    }

    #[tokio::test]
    async fn a_write_is_done_once_its_twin_gets_the_same_and_another_key_waits_for_nothing() {
        let (once, done) = (Once::default(), AtomicUsize::new(0));
        let (open, wait) = tokio::sync::oneshot::channel::<()>();
        let doing = async || {
            done.fetch_add(1, Ordering::Relaxed);
            let location = Some(HeaderValue::from_static("/api/v1/cases/acme-1"));
            Ok(Answer { status: StatusCode::CREATED, location, body: json!({"id": "acme-1"}) })
        };
        let slow = async {
            wait.await.unwrap();
            doing().await
        };
        let request = ("/cases", &b"{}"[..]);
        let first = keyed("a");
        let first = once.write("ada", &first, request, slow);
        let rest = async {
            let second = keyed("b");
            once.write("ada", &second, request, doing()).await.unwrap();
            assert_eq!(done.load(Ordering::Relaxed), 1, "the slow one still waits");
            open.send(()).unwrap();
            once.write("ada", &keyed("a"), request, doing()).await.unwrap()
        };
        let (first, twin) = tokio::join!(first, rest);
        for response in [first.unwrap(), twin] {
            assert_eq!(response.status(), StatusCode::CREATED);
            assert_eq!(response.headers()[LOCATION], "/api/v1/cases/acme-1");
        }
        assert_eq!(done.load(Ordering::Relaxed), 2);
        assert!(
            once.write("ada", &keyed("a"), ("/cases", b"{1}"), doing()).await.is_err(),
            "another request"
        );
        let fails = async { Err(super::super::bad("no")) };
        assert!(once.write("ada", &keyed("c"), request, fails).await.is_err());
        assert!(
            once.write("ada", &keyed("c"), ("/cases", b"{2}"), doing()).await.is_ok(),
            "it is free again"
        );
    }
}

//! The JSON API: the same desk for programs, under `/api/v1`, with its description made from the code.
//!
//! Whoever asks shows the token that lies in the folder of what is kept. Failures are problems (RFC 9457); a write that
//! carries an `Idempotency-Key` is done once, however often it is sent.

mod document;
mod find;
mod once;
mod pages;
mod read;
mod reply;
mod write;

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::apart::apart;
use crate::app::App;
use crate::fault::Fault;
use crate::post;

pub(crate) use document::operations;
pub(crate) use once::Once;

/// The most bytes of a body: a page of [`desk::shown::MOST_BYTES`] with its quotes written out.
const MOST_BODY: usize = 16 << 20;

/// What went wrong (RFC 9457).
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Problem {
    /// Always `about:blank`: the status says what kind of problem it is.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: String,
    /// The status.
    status: u16,
    /// What was wrong with this request, and what to do.
    detail: String,
}

/// Makes a problem of a fault.
pub(crate) fn problem(fault: &Fault, words: &str) -> Response {
    let problem = Problem {
        kind: "about:blank",
        title: fault.status.canonical_reason().unwrap_or("problem").to_owned(),
        status: fault.status.as_u16(),
        detail: fault.words.clone().unwrap_or_else(|| words.to_owned()),
    };
    let mut response = (fault.status, Json(problem)).into_response();
    response
        .headers_mut()
        .insert(CONTENT_TYPE, axum::http::HeaderValue::from_static("application/problem+json"));
    response
}

/// A body of JSON, bounded.
#[derive(Debug)]
struct Body1<T>(T, Vec<u8>);

impl<T: DeserializeOwned + Send + 'static> FromRequest<Arc<App>> for Body1<T> {
    type Rejection = Fault;

    async fn from_request(request: Request<Body>, _: &Arc<App>) -> Result<Self, Fault> {
        let kind =
            request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
            return Err(Fault::said(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "fault.form",
                "the body must be JSON: send `content-type: application/json`",
            ));
        }
        let bytes = post::read(request.into_body(), MOST_BODY).await?;
        let (value, bytes) = apart(async move { (serde_json::from_slice(&bytes), bytes) }).await?;
        let value = value.map_err(|error| {
            Fault::said(StatusCode::BAD_REQUEST, "fault.form", format!("the body: {error}"))
        })?;
        Ok(Self(value, bytes))
    }
}

/// A query that cannot be understood.
fn bad(words: impl Into<String>) -> Fault {
    Fault::said(StatusCode::BAD_REQUEST, "fault.wrong", words)
}

/// Returns the routes and the description of them.
fn described() -> (Router<Arc<App>>, utoipa::openapi::OpenApi) {
    OpenApiRouter::new()
        .routes(routes!(find::begin))
        .routes(routes!(find::state))
        .routes(routes!(find::stop))
        .routes(routes!(read::directory))
        .routes(routes!(read::owners))
        .routes(routes!(read::bodies))
        .routes(routes!(read::rights))
        .routes(routes!(read::cases, write::open_case))
        .routes(routes!(read::case, write::edit, write::delete))
        .routes(routes!(read::next))
        .routes(routes!(read::story))
        .routes(routes!(read::draft))
        .routes(routes!(write::log))
        .routes(routes!(reply::read))
        .routes(routes!(reply::keep))
        .routes(routes!(write::check))
        .routes(routes!(write::scam_check))
        .routes(routes!(write::check_number))
        .routes(routes!(pages::look))
        .split_for_parts()
}

/// Returns the routes below `/api/v1`.
pub(crate) fn routes() -> Router<Arc<App>> {
    let (router, _) = described();
    router.route("/finds/{id}/events", get(find::events)).route("/openapi.json", get(document::serve))
}

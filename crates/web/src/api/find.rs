//! Searches by the API: begun, asked about, stopped, and heard of as they happen.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse as _, Response};
use desk::find::{self, FindRequest, Live};
use futures_util::Stream;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Body1, bad};
use crate::fault::Fault;
use crate::finding::{End, Far, Job};
use crate::here::Here;

/// The longest text of a field.
const LONGEST: usize = 300;

/// What to find.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FindAsked {
    /// A name, a domain or a web address.
    company: String,
    /// The country of the customer (ISO 3166-1, two letters).
    #[serde(default)]
    country: Option<String>,
    /// The topic or matter.
    #[serde(default)]
    about: Option<String>,
    /// State or province (second part of ISO 3166-2).
    #[serde(default)]
    region: Option<String>,
    /// Whether the site of a company is read that the directory knows already.
    #[serde(default)]
    crawl: bool,
    /// Whether the contacts are checked live: does the domain take mail, does the page answer, what kind of number it is, how
    /// old the domain is. What cannot work leaves the ladder.
    #[serde(default)]
    verify: bool,
    /// Whether nothing is asked of the network.
    #[serde(default)]
    offline: bool,
}

/// How far a search is.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FindState {
    /// Its id.
    id: String,
    /// `running`, `done` or `failed`.
    state: &'static str,
    /// Documents read.
    documents: usize,
    /// Contacts named.
    contacts: usize,
    /// Why it failed.
    failure: Option<String>,
    /// The answer, as `upstairs find --json` gives it.
    answer: Option<Value>,
}

impl FindState {
    fn of(app: &Here, job: &Job) -> Self {
        let Far { documents, contacts, .. } = job.far();
        let (state, failure, answer) = match job.end() {
            None => ("running", None, None),
            Some(End::Answer(answer)) => ("done", None, serde_json::to_value(&*answer).ok()),
            Some(End::Failed(words, hint)) => {
                let words = hint.map_or(words.clone(), |hint| format!("{words}; {hint}"));
                ("failed", Some(app.texts.for_programs(&words)), None)
            }
        };
        Self { id: job.id.clone(), state, documents, contacts, failure, answer }
    }
}

/// Makes the request to the desk.
fn request(app: &Here, asked: &FindAsked) -> Result<FindRequest, Fault> {
    let texts = [Some(&asked.company), asked.country.as_ref(), asked.about.as_ref(), asked.region.as_ref()];
    if texts.into_iter().flatten().any(|text| text.chars().count() > LONGEST) {
        return Err(Fault::wrong(format!("a field has at most {LONGEST} characters")));
    }
    if asked.company.trim().is_empty() {
        return Err(Fault::wrong("company: is empty"));
    }
    let country = asked.country.as_deref().map(find::parse_country).transpose().map_err(Fault::wrong)?;
    let about = asked.about.as_deref().map(find::parse_about).transpose().map_err(Fault::wrong)?;
    let region =
        asked.region.as_deref().map(desk::directory::parse_region).transpose().map_err(Fault::wrong)?;
    if let Some(region) = &region {
        desk::atlas::check_region_asked(country, region).map_err(Fault::wrong)?;
    }
    if asked.verify && asked.offline {
        return Err(Fault::wrong(
            "verify: nothing can be checked live where nothing is asked of the network",
        ));
    }
    Ok(FindRequest {
        country,
        about: about.map(|about| about.topic),
        matter: about.and_then(|about| about.matter),
        region,
        data: Some(app.config.data.clone()),
        keep: app.may_write(),
        crawl: asked.crawl,
        offline: asked.offline,
        ..FindRequest::new(&asked.company, Live { verify: asked.verify, ..app.live() })
    })
}

/// Begins a search; ask `/finds/{id}` how far it is
#[utoipa::path(post, path = "/finds", request_body(content = ref("#/components/schemas/FindAsked")),
    responses((status = 202, description = "it runs", body = ref("#/components/schemas/FindState"))))]
pub(super) async fn begin(app: Here, Body1(asked, _): Body1<FindAsked>) -> Result<Response, Fault> {
    let request = request(&app, &asked)?;
    let begun = app.finds.begin(app.whose(), request).map_err(Fault::inner)?;
    let job = begun.ok_or_else(|| {
        Fault::said(StatusCode::TOO_MANY_REQUESTS, "fault.busy", "several searches run already")
    })?;
    let place = format!("/api/v1/finds/{}", job.id);
    Ok((StatusCode::ACCEPTED, [(LOCATION, place)], Json(FindState::of(&app, &job))).into_response())
}

fn job(app: &Here, id: &str) -> Result<Arc<Job>, Fault> {
    app.finds.get(app.whose(), id).ok_or_else(|| {
        Fault::said(StatusCode::NOT_FOUND, "fault.find_gone", format!("no search `{id}` is kept"))
    })
}

/// How far a search is, and its answer once it is done
#[utoipa::path(get, path = "/finds/{id}", params(("id" = String, Path, description = "the id of the search")),
    responses((status = 200, description = "its state", body = ref("#/components/schemas/FindState"))))]
pub(super) async fn state(app: Here, Path(id): Path<String>) -> Result<Json<FindState>, Fault> {
    Ok(Json(FindState::of(&app, &*job(&app, &id)?)))
}

/// Stops a search: what was found until then is its answer
#[utoipa::path(post, path = "/finds/{id}/stop", params(("id" = String, Path, description = "the id of the search")),
    responses((status = 202, description = "it stops", body = ref("#/components/schemas/FindState"))))]
pub(super) async fn stop(app: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let job = job(&app, &id)?;
    job.stop();
    Ok((StatusCode::ACCEPTED, Json(FindState::of(&app, &job))).into_response())
}

/// Tells of a search as it happens, as server-sent events.
pub(super) async fn events(
    app: Here,
    Path(id): Path<String>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Fault> {
    if id.len() > LONGEST {
        return Err(bad("id: it is too long"));
    }
    let job = job(&app, &id)?;
    Ok(crate::page::find::told(job, |answer| serde_json::to_string(answer).unwrap_or_default()))
}

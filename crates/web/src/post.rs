//! What a form sends. Only these two readers take a body, and both ask for the token of our own forms first.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};

use crate::app::App;
use crate::fault::Fault;
use crate::here::Here;
use crate::secret;

/// The most bytes of a form without files.
const MOST_FORM: usize = 1 << 20;
/// The most bytes of a form with files.
pub(crate) const MOST_UPLOAD: usize = 64 << 20;
/// The most files of one form, and fields of any.
const MOST_FILES: usize = 20;
const MOST_FIELDS: usize = 200;
/// The most fields of a form: a box for each of many messages.
const MOST_POSTED: usize = 10_000;

/// The fields of a form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Returns a field as it was typed.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns a field without blanks around it; `None` where it is empty.
    pub(crate) fn word(&self, name: &str) -> Option<&str> {
        self.get(name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// Returns every value of a field, as boxes that are ticked send one each.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    }

    /// Reads fields from a query.
    pub(crate) fn of_query(query: Option<&str>) -> Self {
        let pairs = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        Self(pairs.take(MOST_FIELDS).map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    /// Reads fields from a form; `None` where there are more than are read: nothing that was sent is left out in silence.
    fn of_form(body: &str) -> Option<Self> {
        let pairs = url::form_urlencoded::parse(body.as_bytes());
        let fields: Vec<(String, String)> = pairs
            .take(MOST_POSTED + 1)
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        (fields.len() <= MOST_POSTED).then_some(Self(fields))
    }

    /// Refuses a form that is not ours.
    fn check(&self, here: &Here, headers: &HeaderMap) -> Result<(), Fault> {
        let header = headers.get("x-upstairs-token").and_then(|value| value.to_str().ok());
        let shown = self.get("token").or(header).unwrap_or_default();
        // Whoever was not let in has no form, and an empty token is none.
        if !here.form.is_empty() && secret::same(shown, &here.form) {
            Ok(())
        } else {
            Err(Fault::new(StatusCode::FORBIDDEN, "fault.token"))
        }
    }
}

/// A form without files.
#[derive(Debug)]
pub(crate) struct Posted(pub(crate) Fields);

impl FromRequest<Arc<App>> for Posted {
    type Rejection = Fault;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Fault> {
        let (parts, body) = request.into_parts();
        let here = Here::of(app, &parts.extensions);
        if !is_kind(&parts.headers, "application/x-www-form-urlencoded") {
            return Err(Fault::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "fault.form"));
        }
        let bytes = read(body, MOST_FORM).await?;
        let fields = Fields::of_form(&String::from_utf8_lossy(&bytes))
            .ok_or_else(|| Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "fault.large"))?;
        fields.check(&here, &parts.headers)?;
        Ok(Self(fields))
    }
}

/// A file that was sent: its name is words for people and never a path.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// A form with files.
#[derive(Debug)]
pub(crate) struct Upload {
    pub(crate) fields: Fields,
    pub(crate) files: Vec<Sent>,
}

impl FromRequest<Arc<App>> for Upload {
    type Rejection = Fault;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Fault> {
        let headers = request.headers().clone();
        let here = Here::of(app, request.extensions());
        if !is_kind(&headers, "multipart/form-data") {
            return Err(Fault::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "fault.form"));
        }
        let broken = || Fault::new(StatusCode::BAD_REQUEST, "fault.form");
        let too_large = || Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "fault.large");
        let mut form = Multipart::from_request(request, app).await.map_err(|_| broken())?;
        let (mut fields, mut files, mut total) = (Fields::default(), Vec::new(), 0);
        while let Some(mut field) = form.next_field().await.map_err(|error| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => too_large(),
            _ => broken(),
        })? {
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().map(desk::plain_name);
            let most = if file.is_some() { MOST_UPLOAD } else { MOST_FORM };
            let mut bytes = Vec::new();
            while let Some(chunk) = field.chunk().await.map_err(|_| too_large())? {
                total += chunk.len();
                if bytes.len() + chunk.len() > most || total > MOST_UPLOAD {
                    return Err(too_large());
                }
                bytes.extend_from_slice(&chunk);
            }
            match file {
                // An empty choice of files comes as a file without a name and bytes.
                Some(_) if bytes.is_empty() => {}
                Some(name) if files.len() < MOST_FILES => files.push(Sent { name, bytes }),
                None if fields.0.len() < MOST_FIELDS => {
                    fields.0.push((name, String::from_utf8_lossy(&bytes).into_owned()));
                }
                _ => return Err(too_large()),
            }
        }
        fields.check(&here, &headers)?;
        Ok(Self { fields, files })
    }
}

/// Returns whether a body is said to be of a kind.
fn is_kind(headers: &HeaderMap, kind: &str) -> bool {
    let said = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    said.split(';').next().is_some_and(|said| said.trim().eq_ignore_ascii_case(kind))
}

/// Reads a body to a bound.
pub(crate) async fn read(body: Body, most: usize) -> Result<Vec<u8>, Fault> {
    let bytes = to_bytes(body, most).await;
    bytes.map(Into::into).map_err(|_| Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "fault.large"))
}

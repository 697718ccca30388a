//! What went wrong, in words for the page: which of our texts, and what the desk said of it.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use desk::case::CaseDeskError;

/// A failure that is shown as a page, or as a problem of the API.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) status: StatusCode,
    /// The key of the text.
    pub(crate) key: &'static str,
    /// What the desk said, where it said something.
    pub(crate) words: Option<String>,
}

impl Fault {
    pub(crate) const fn new(status: StatusCode, key: &'static str) -> Self {
        Self { status, key, words: None }
    }

    pub(crate) const fn missing() -> Self {
        Self::new(StatusCode::NOT_FOUND, "fault.missing")
    }

    pub(crate) fn said(status: StatusCode, key: &'static str, words: impl Into<String>) -> Self {
        Self { status, key, words: Some(words.into()) }
    }

    /// What was given cannot be taken, in the words of the desk.
    pub(crate) fn wrong(words: impl Into<String>) -> Self {
        Self::said(StatusCode::UNPROCESSABLE_ENTITY, "fault.wrong", words)
    }

    /// The machine failed.
    pub(crate) fn inner(error: impl std::fmt::Display) -> Self {
        tracing::error!(%error, "a page failed");
        Self::said(StatusCode::INTERNAL_SERVER_ERROR, "fault.inner", error.to_string())
    }
}

impl From<CaseDeskError> for Fault {
    fn from(error: CaseDeskError) -> Self {
        if error.is_missing() {
            return Self::missing();
        }
        match error {
            CaseDeskError::Wrong(words) => Self::wrong(words),
            CaseDeskError::NoAddress(_) => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "fault.no_address"),
            CaseDeskError::Pack(error) => Self::wrong(error.to_string()),
            CaseDeskError::Draft(error) => Self::wrong(error.to_string()),
            error if error.is_sealed() => Self::new(StatusCode::LOCKED, "fault.sealed"),
            error if error.is_reads_only() => Self::new(StatusCode::FORBIDDEN, "fault.reads_only"),
            CaseDeskError::Cases(error) if error.is_of_user() => Self::wrong(error.to_string()),
            other => Self::inner(other),
        }
    }
}

impl IntoResponse for Fault {
    /// The frame around the handlers turns the extension into a page in the language of the user.
    fn into_response(self) -> Response {
        let status = self.status;
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

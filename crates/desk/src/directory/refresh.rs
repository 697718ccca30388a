//! `directory refresh`: a company's pages read again, politely, and what changed since.

use std::future::Future;
use std::path::Path;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use store::StoreError;
use store::directory::Change;

use super::{Looked, look, place};
use crate::find::{self, FindRequest, Progress};

/// What changed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ChangeView {
    /// When it was read, RFC 3339.
    pub at: String,
    /// `new`, `gone`, `rung` or `hours`.
    pub what: String,
    /// The channel.
    pub channel: String,
    /// The value.
    pub value: String,
    /// How it was: a rung or hours.
    pub before: Option<String>,
    /// How it is.
    pub after: Option<String>,
}

impl ChangeView {
    /// Views a change.
    #[must_use]
    pub fn of(change: Change) -> Self {
        let Change { at, what, channel, value, before, after } = change;
        Self { at, what, channel, value, before, after }
    }
}

/// What a new reading of one company brought.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RefreshAnswer {
    /// The company.
    pub company: String,
    /// The site that was read.
    pub website: Option<String>,
    /// Documents read.
    pub documents: usize,
    /// What changed since the last reading.
    pub changes: Vec<ChangeView>,
    /// Whether it was read for the first time: there is nothing to compare with then.
    pub first: bool,
    /// Why the reading stopped.
    pub stopped: String,
    /// What went wrong.
    pub warnings: Vec<String>,
}

/// Returns the names of the companies of the user's own directory whose site is known.
///
/// # Errors
///
/// [`StoreError`] where it cannot be read.
pub async fn own_companies(data: Option<&Path>) -> Result<Vec<String>, StoreError> {
    let mut names = Vec::new();
    if let Some(store) = place(data)
        && let Some(directory) = store.read_directory().await?
    {
        for number in directory.companies().await? {
            if let Some(entry) = directory.entry(number).await?
                && let Some(domain) = entry.company.domains.first()
            {
                names.push(domain.clone());
            }
        }
        directory.close().await;
    }
    Ok(names)
}

/// Reads a company's pages again and tells what changed. `request` says whom, within which bounds, and where it is kept.
///
/// # Errors
///
/// [`find::FindError`] where nothing could be asked or kept.
pub async fn refresh(
    request: &FindRequest,
    now: Timestamp,
    told: impl FnMut(Progress<'_>) + Send,
    until: impl Future<Output = ()> + Send,
) -> Result<RefreshAnswer, find::FindError> {
    let data = request.data.as_deref();
    let known = match look(&request.company, data).await.map_err(find::FindError::Store)? {
        Looked::Known(known) => Some(known),
        Looked::Unsure(_) | Looked::Unknown => None,
    };
    let website = known.as_ref().and_then(|known| known.website());
    let start = match (&website, find::start_address(&request.company)) {
        (_, Ok(url)) => url.to_string(),
        (Some(site), Err(_)) => site.clone(),
        (None, Err(error)) => return Err(error),
    };
    let first = known.as_ref().is_none_or(|known| known.read.is_none());
    let asked = FindRequest { company: start.clone(), keep: true, ..request.clone() };
    let answer = find::find(&asked, now, told, until).await?;
    let name = known.map_or_else(|| answer.company.name.clone(), |known| Some(known.company.name.clone()));
    Ok(RefreshAnswer {
        company: name.unwrap_or_else(|| request.company.clone()),
        website: Some(start),
        documents: answer.documents.len(),
        changes: answer.changes,
        first,
        stopped: answer.stopped,
        warnings: answer.warnings,
    })
}

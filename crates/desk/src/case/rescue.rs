//! A damaged store: what is intact is brought into a new folder, and the damaged one is only read.

use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;

use super::{CaseDeskError, Place};

/// What was brought back of a case.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RescueView {
    /// Its id.
    pub id: String,
    /// Events from the first on, each as it was written.
    pub events: u32,
    /// How many were written, where that could be read.
    pub written: Option<u32>,
    /// Events behind a gap: they are written down again, behind a note that says so.
    pub loose: u32,
    /// Files that are as they were attached.
    pub files: u32,
    /// Files among them of which nothing tells any more what they are.
    pub unnamed: u32,
    /// Names of files that are gone or changed.
    pub lost_files: Vec<String>,
    /// Whether all of it came back.
    pub whole: bool,
    /// The account that answers for it, where that could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adviser: Option<String>,
    /// Whether no list of the store names it any more: it was deleted, or what named it is damaged.
    pub unlisted: bool,
}

/// Brings what is intact of the cases of a folder into a new one.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] where the cases are on a server, or the new folder holds cases already; [`CaseDeskError::Cases`]
/// where the file is not there, or the new folder cannot be written.
pub async fn rescue(place: &Place, to: &Path) -> Result<Vec<RescueView>, CaseDeskError> {
    if place.server.is_some() {
        return Err(CaseDeskError::Wrong(
            "to rescue cases on a server, use the server's own tools; `case verify` says what is intact"
                .to_owned(),
        ));
    }
    if to.join(store::cases::SCHEMA.file).exists() {
        return Err(CaseDeskError::Wrong(format!(
            "`{}` holds cases already: name a new folder",
            to.display()
        )));
    }
    let rescued =
        store::cases::rescue(&place.data, to, &place.passphrase, &place.moment(), &place.by).await?;
    Ok(rescued
        .into_iter()
        .map(|one| RescueView {
            whole: one.is_whole(),
            adviser: one.holder.map(|holder| holder.adviser),
            unlisted: one.unlisted,
            id: one.id,
            events: one.events,
            written: one.written,
            loose: one.loose,
            files: one.files,
            unnamed: one.unnamed,
            lost_files: one.lost_files,
        })
        .collect())
}

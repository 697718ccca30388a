//! The evidence of a case as files: what there is, and what each holds.

use std::io::Read as _;

use schemars::JsonSchema;
use serde::Serialize;

use super::{CaseDeskError, Place, preview};

/// Something that proves a matter.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EvidenceView {
    /// Its number in the case, from 1, as enclosures and the dossier count.
    pub number: usize,
    /// What it is called.
    pub name: String,
    /// The day it is from.
    pub on: Option<String>,
    /// The hash of the copied file; none for a thing that is only named.
    pub sha256: Option<String>,
    /// Its size in bytes.
    pub bytes: Option<u64>,
}

/// A look at a file of the evidence, without opening it in a program of its kind.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GlanceView {
    /// What it is called.
    pub name: String,
    /// What it is, in a line, where that can be told.
    pub line: Option<String>,
    /// Its text, card numbers masked, where it holds text.
    pub text: Option<String>,
    /// Its media type, where it is a picture.
    pub picture: Option<&'static str>,
}

/// Looks at a file of the evidence, by its number.
///
/// # Errors
///
/// As [`file`].
pub async fn glance(place: &Place, id: &str, number: usize) -> Result<GlanceView, CaseDeskError> {
    let (bytes, name) = file(place, id, number).await?;
    let picture = preview::media_type(&bytes);
    let seen = tokio::task::spawn_blocking(move || preview::of(&bytes)).await;
    let seen = seen.map_err(|error| CaseDeskError::Wrong(format!("`{name}` cannot be shown: {error}")))?;
    Ok(GlanceView { name, line: seen.line, text: seen.text, picture })
}

/// Returns a picture of the evidence and its media type, by its number.
///
/// # Errors
///
/// As [`file`]; [`CaseDeskError::Wrong`] where it is no picture.
pub async fn picture_of(
    place: &Place,
    id: &str,
    number: usize,
) -> Result<(Vec<u8>, &'static str), CaseDeskError> {
    let (bytes, name) = file(place, id, number).await?;
    let kind = preview::media_type(&bytes);
    kind.map(|kind| (bytes, kind)).ok_or_else(|| CaseDeskError::Wrong(format!("`{name}` is not a picture")))
}

/// Lists the evidence of a case.
///
/// # Errors
///
/// [`CaseDeskError`] where the case is not there or cannot be read.
pub async fn evidence(place: &Place, id: &str) -> Result<Vec<EvidenceView>, CaseDeskError> {
    let state = place.state(id).await?;
    let listed = (1..).zip(&state.evidence).map(|(number, evidence)| EvidenceView {
        number,
        name: evidence.name.clone(),
        on: evidence.on.map(|day| day.to_string()),
        sha256: evidence.sha256.clone(),
        bytes: evidence.bytes,
    });
    Ok(listed.collect())
}

/// Returns the bytes of a file of the evidence and what it is called, by its number.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] where the case has no such file, or it cannot be read.
pub async fn file(place: &Place, id: &str, number: usize) -> Result<(Vec<u8>, String), CaseDeskError> {
    let cases = place.read().await?;
    let state = place.state(id).await?;
    let evidence = number.checked_sub(1).and_then(|at| state.evidence.get(at));
    let known = evidence.and_then(|evidence| Some((evidence.sha256.as_deref()?, &evidence.name)));
    let Some((sha256, name)) = known else {
        return Err(CaseDeskError::Wrong(format!("case `{id}` has no file number {number}")));
    };
    let mut bytes = Vec::new();
    let read = cases.read_file(id, sha256).await.and_then(|mut file| file.read_to_end(&mut bytes));
    read.map_err(|error| CaseDeskError::Wrong(format!("`{name}` cannot be read: {error}")))?;
    Ok((bytes, name.clone()))
}

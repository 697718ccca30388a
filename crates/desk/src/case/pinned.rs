//! Contact points of the ladder that is kept with a case.

use std::path::{Path, PathBuf};

use casework::State;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{CaseDeskError, Place};
use crate::proof::{self, Proof, Shelves, Sought};

/// A number to ring.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PhoneView {
    /// The number.
    pub value: String,
    /// What it is called.
    pub label: Option<String>,
    /// Its rung.
    pub rung: String,
    /// When it is open, as printed.
    pub hours: Option<String>,
    /// Whether it is for another matter than that of the case.
    pub other_matter: bool,
    /// What to know before it is used: what it costs, how it was found.
    pub notes: Vec<String>,
}

/// A contact point of the ladder that is kept with a case.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PinnedView {
    /// How it is reached.
    pub channel: String,
    /// What to dial, write to or open.
    pub value: String,
    /// What it is called.
    pub label: Option<String>,
    /// Its rung, or `off_ladder`.
    pub rung: String,
    /// `company`, or the name of the body or firm whose it is.
    pub party: String,
    /// Where it was read.
    pub witnesses: Vec<PinnedWitness>,
}

/// A place where a contact point was read.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PinnedWitness {
    /// Its address.
    pub url: String,
    /// The words themselves.
    pub quote: String,
    /// When it was read.
    pub seen: String,
}

/// The most web archives of a case that are looked into, and the largest.
const MOST_ARCHIVES: usize = 3;
const MOST_ARCHIVE: u64 = 64 << 20;

/// The most numbers that a caller is shown.
const MOST: usize = 5;

/// Returns the company's numbers from the ladder kept with a case, in the order of climbing, those for another matter last; nothing suspect or
/// unconfirmed.
///
/// # Errors
///
/// [`CaseDeskError`] where the case is not there or cannot be read.
pub async fn phones(place: &Place, id: &str) -> Result<Vec<PhoneView>, CaseDeskError> {
    let state = place.state(id).await?;
    let text = |contact: &Value, key: &str| contact.get(key).and_then(Value::as_str).map(str::to_owned);
    let mut own: Vec<&Value> = own_points(&state).filter(|contact| contact["channel"] == "phone").collect();
    // Somebody who answers is better than nobody, and may put one through.
    own.sort_by_key(|contact| contact["other_matter"] == true);
    let views = own.into_iter().filter_map(|contact| {
        let notes = contact["notes"].as_array().into_iter().flatten().filter_map(Value::as_str);
        Some(PhoneView {
            value: text(contact, "value")?,
            label: text(contact, "label"),
            rung: text(contact, "rung").unwrap_or_default(),
            hours: text(contact, "hours"),
            other_matter: contact["other_matter"] == true,
            notes: text(contact, "cost_note").into_iter().chain(notes.map(str::to_owned)).collect(),
        })
    });
    Ok(views.take(MOST).collect())
}

/// Returns the contact points of the ladder that is kept with a case, each with where it was read; nothing suspect.
///
/// # Errors
///
/// [`CaseDeskError`] where the case is not there or cannot be read.
pub async fn contacts(place: &Place, id: &str) -> Result<Vec<PinnedView>, CaseDeskError> {
    let state = place.state(id).await?;
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let listed = all(&state).filter(|contact| !is_suspect(contact)).filter_map(|contact| {
        let witnesses = contact.get("witnesses").and_then(Value::as_array).into_iter().flatten();
        let witnesses = witnesses.filter_map(|witness| {
            let (url, quote) = (text(witness, "url")?, text(witness, "quote")?);
            Some(PinnedWitness { url, quote, seen: text(witness, "seen").unwrap_or_default() })
        });
        Some(PinnedView {
            channel: text(contact, "channel")?,
            value: text(contact, "value")?,
            label: text(contact, "label"),
            rung: text(contact, "rung").unwrap_or_default(),
            party: text(contact, "party").unwrap_or_default(),
            witnesses: witnesses.collect(),
        })
    });
    Ok(listed.collect())
}

/// Looks up the page that a witness of a case names: among what is kept on this machine, and in the web archives that were
/// attached to the case. `None` where it was not kept.
///
/// # Errors
///
/// [`CaseDeskError`] where the case is not there or cannot be read.
pub async fn proof(
    place: &Place,
    id: &str,
    cache: Option<PathBuf>,
    sought: Sought,
) -> Result<Option<Proof>, CaseDeskError> {
    let is_archive = |name: &str| {
        let name = name.to_ascii_lowercase();
        let bare = name.strip_suffix(".gz").unwrap_or(&name);
        Path::new(bare).extension().is_some_and(|ending| ending == "warc")
    };
    let evidence = super::evidence(place, id).await?.into_iter();
    let named = evidence.filter(|one| {
        one.sha256.is_some() && one.bytes.is_some_and(|bytes| bytes <= MOST_ARCHIVE) && is_archive(&one.name)
    });
    let mut archives = Vec::new();
    for one in named.take(MOST_ARCHIVES) {
        archives.push(super::file(place, id, one.number).await?.0);
    }
    let shelves = Shelves { data: Some(place.vault.clone()), cache };
    let looked = tokio::task::spawn_blocking(move || proof::look(&shelves, &archives, &sought)).await;
    looked.map_err(|error| CaseDeskError::Wrong(format!("the page cannot be shown: {error}")))
}

/// Returns every contact point of the ladder that is kept with a case.
fn all(state: &State) -> impl Iterator<Item = &Value> {
    let contacts = state.ladder.as_ref().and_then(|(ladder, _)| ladder.get("contacts")?.as_array());
    contacts.into_iter().flatten()
}

fn is_suspect(contact: &Value) -> bool {
    let signals = contact.get("signals").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    signals.iter().any(|signal| signal["id"] == ladder::guard::marks::SUSPECT)
}

/// Returns the company's own contact points that can be used, in the order of climbing: none that is suspect, dead or on no rung.
pub(super) fn own_points(state: &State) -> impl Iterator<Item = &Value> {
    all(state).filter(|contact| {
        contact["party"] == "company"
            && contact["rung"] != ladder::OFF_LADDER
            && !is_suspect(contact)
            && !contact["value"].as_str().is_some_and(|value| state.is_dead(value))
    })
}

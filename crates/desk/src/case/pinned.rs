//! Contact points of the ladder that is kept with a case.

use casework::State;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{CaseDeskError, Place};

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
}

/// The most numbers that a caller is shown.
const MOST: usize = 5;

/// Returns the company's numbers from the ladder kept with a case, in the order of climbing; nothing suspect or unconfirmed.
///
/// # Errors
///
/// [`CaseDeskError`] where the case is not there or cannot be read.
pub async fn phones(place: &Place, id: &str) -> Result<Vec<PhoneView>, CaseDeskError> {
    let state = place.state(id).await?;
    let text = |contact: &Value, key: &str| contact.get(key).and_then(Value::as_str).map(str::to_owned);
    let own =
        own_points(&state).filter(|contact| contact["channel"] == "phone" && contact["other_matter"] != true);
    let views = own.filter_map(|contact| {
        Some(PhoneView {
            value: text(contact, "value")?,
            label: text(contact, "label"),
            rung: text(contact, "rung").unwrap_or_default(),
            hours: text(contact, "hours"),
        })
    });
    Ok(views.take(MOST).collect())
}

/// Returns the company's own contact points that can be used, in the order of climbing: none that is suspect, dead or on no rung.
pub(super) fn own_points(state: &State) -> impl Iterator<Item = &Value> {
    let contacts = state.ladder.as_ref().and_then(|(ladder, _)| ladder.get("contacts")?.as_array());
    contacts.into_iter().flatten().filter(|contact| {
        let signals = contact.get("signals").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        contact["party"] == "company"
            && contact["rung"] != ladder::OFF_LADDER
            && !signals.iter().any(|signal| signal["id"] == ladder::guard::marks::SUSPECT)
            && !contact["value"].as_str().is_some_and(|value| state.is_dead(value))
    })
}

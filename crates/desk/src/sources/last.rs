//! What each source last answered: kept beside the directory, so that a source which asked to wait is left in peace and
//! the user sees what is left of a quota. It holds no name of a company and no key.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::settings::private;

/// The name of the file.
pub(super) const FILE: &str = "sources.json";
/// How long a source that named no time is left in peace.
const USUAL_WAIT: i64 = 60;
/// The longest wait that is kept: a block of a day.
const LONGEST_WAIT: i64 = 86_400;

/// What one source last answered.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(super) struct Last {
    /// When it was asked, RFC 3339.
    pub(super) at: String,
    /// The word for what came: `answered`, `nothing`, `refused`, …
    pub(super) outcome: String,
    /// The same in a sentence.
    pub(super) words: String,
    /// What it says is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) quota: Option<String>,
    /// It is not asked before this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) not_before: Option<Timestamp>,
}

/// Reads what was kept; nothing where there is none or it cannot be read.
pub(super) fn read(data: Option<&Path>) -> BTreeMap<String, Last> {
    let bytes = data.and_then(|folder| fs::read(folder.join(FILE)).ok()).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// Keeps what sources answered. What cannot be kept costs a politer next run and nothing else.
pub(super) fn keep(data: Option<&Path>, news: BTreeMap<String, Last>) {
    let Some(folder) = data.filter(|_| !news.is_empty()) else { return };
    let mut all = read(data);
    for (id, mut last) in news {
        // A quota that was not told again is still the best that is known.
        last.quota = last.quota.or_else(|| all.get(&id).and_then(|before| before.quota.clone()));
        all.insert(id, last);
    }
    let Ok(bytes) = serde_json::to_vec_pretty(&all) else { return };
    if let Err(error) =
        private::folder(folder).and_then(|()| private::file(folder, &folder.join(FILE), &bytes))
    {
        tracing::warn!(folder = %folder.display(), %error, "what sources answered is not kept");
    }
}

/// Returns until when a source is left in peace that asked to wait.
pub(super) fn until(now: Timestamp, wait: Option<std::time::Duration>) -> Timestamp {
    let seconds = wait.map_or(USUAL_WAIT, |wait| i64::try_from(wait.as_secs()).unwrap_or(LONGEST_WAIT));
    now.saturating_add(SignedDuration::from_secs(seconds.clamp(1, LONGEST_WAIT))).unwrap_or(now)
}

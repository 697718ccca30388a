//! The days to keep of a case, and of all open cases.
//!
//! Those of all cases come from snapshots that lie beside the logs ([`store::cases::Snapshot`]); what has none that holds for
//! its log, today and this program is folded, and a snapshot of it kept. A case that cannot be read is named, and the rest
//! goes on.

use std::sync::LazyLock;

use atlas::Atlas;
use casework::deadline;
use casework::{Case, State};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Cases;
use store::cases::{Snapshot, Snapshots};

use super::{CaseDeskError, Place};

/// The form of what is kept here; another one is made anew. It goes up when the rules of deadlines change.
const FORM: u32 = 3;
/// How many snapshots are kept in one step: nobody else can write meanwhile.
const KEPT_AT_ONCE: usize = 100;
/// How many cases are folded while a page waits.
const FOLDED_AT_ONCE: usize = 16;

/// What else a snapshot was made for beside a day: the program and the atlas that is built into it.
static MAKER: LazyLock<String> =
    LazyLock::new(|| format!("due {FORM} {} {:016x}", env!("CARGO_PKG_VERSION"), atlas::FINGERPRINT));

/// A day to keep, of some case.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DueView {
    /// The case.
    pub case: String,
    /// The company.
    pub company: String,
    /// A stable id of the day.
    pub id: String,
    /// What kind of day it is.
    pub kind: String,
    /// The day (year-month-day).
    pub day: String,
    /// When an appointment begins on that day, and when it ends (hour:minute), where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// When it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The zone of its clock, as in `Europe/London`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// What it is about.
    pub what: String,
    /// The calculation.
    pub calculation: String,
    /// Whether it has passed, and what was owed on it is still owed.
    pub overdue: bool,
}

/// The days to keep of all open cases.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct DueList {
    /// The days, soonest first.
    pub days: Vec<DueView>,
    /// Cases that could not be read, each with why.
    pub unread: Vec<(String, String)>,
    /// How many cases were not looked at, so that nobody waits: [`due_all`] looks at them.
    pub waiting: usize,
}

/// Returns the days to keep of a case, soonest first.
///
/// # Errors
///
/// [`CaseDeskError`] where the case is not there or cannot be read.
pub async fn due(place: &Place, id: &str, until: Option<Date>) -> Result<Vec<DueView>, CaseDeskError> {
    let mut days = of(id, &place.read().await?.load(id).await?, place.now.date());
    days.retain(|day| is_until(day, until));
    Ok(days)
}

/// Returns the days to keep of every open case up to a day, soonest first.
///
/// # Errors
///
/// [`CaseDeskError`] where the store cannot be read, or nothing is kept yet. A single case that cannot is named in the answer.
pub async fn due_all(place: &Place, until: Option<Date>) -> Result<DueList, CaseDeskError> {
    let cases = place.read().await?;
    let found = cases.snapshots(&made_for(place.now.date()), until, None).await?;
    gathered(place, &cases, found, until, usize::MAX).await
}

/// Returns the soonest `most` days to keep of the open cases, at once: where many were not looked at today, it says how many
/// and leaves them.
///
/// # Errors
///
/// As for [`due_all`].
pub async fn due_soon(place: &Place, until: Option<Date>, most: u32) -> Result<DueList, CaseDeskError> {
    let cases = place.read().await?;
    // The soonest days stand in the cases whose first day is soonest.
    let found = cases.snapshots(&made_for(place.now.date()), until, Some(most)).await?;
    let mut list = gathered(place, &cases, found, until, FOLDED_AT_ONCE).await?;
    list.days.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    Ok(list)
}

/// Joins what snapshots say and what is folded anew, of which there are at most so many.
pub(super) async fn gathered(
    place: &Place,
    cases: &Cases,
    found: Snapshots,
    until: Option<Date>,
    most_folded: usize,
) -> Result<DueList, CaseDeskError> {
    let today = place.now.date();
    let (mut list, mut stale) = (DueList::default(), found.stale);
    for snapshot in found.fresh {
        match serde_json::from_str::<Vec<DueView>>(&snapshot.body) {
            Ok(days) => list.days.extend(days),
            Err(_) => stale.push(snapshot.id),
        }
    }
    list.waiting = stale.len().saturating_sub(most_folded);
    stale.truncate(most_folded);
    for some in stale.chunks(KEPT_AT_ONCE) {
        let mut made = Vec::with_capacity(some.len());
        for id in some {
            let (case, head) = match cases.load_with_head(id).await {
                Ok(read) => read,
                // Deleted since it was listed.
                Err(store::CasesError::NotThere { .. }) => continue,
                Err(error) => {
                    list.unread.push((id.clone(), error.to_string()));
                    continue;
                }
            };
            let days = of(id, &case, today);
            let soonest = days.first().and_then(|day| day.day.parse().ok());
            if let Ok(body) = serde_json::to_string(&days) {
                made.push(Snapshot { id: id.clone(), head, soonest, body });
            }
            list.days.extend(days);
        }
        keep(place, today, &made).await;
    }
    list.days.retain(|day| is_until(day, until));
    list.days.sort_by(|a, b| (&a.day, &a.case, &a.id).cmp(&(&b.day, &b.case, &b.id)));
    Ok(list)
}

/// Keeps snapshots. Where that cannot be done, all is computed again the next time.
async fn keep(place: &Place, today: Date, made: &[Snapshot]) {
    if made.is_empty() {
        return;
    }
    let kept = match place.store().write_cases().await {
        Ok(cases) => {
            let kept = cases.keep_snapshots(&made_for(today), made).await;
            cases.close().await;
            kept
        }
        Err(error) => Err(error.into()),
    };
    if let Err(error) = kept {
        tracing::debug!(%error, "snapshots were not kept");
    }
}

/// Returns for what a snapshot is made on a day.
pub(super) fn made_for(today: Date) -> String {
    format!("{} {today}", *MAKER)
}

/// Folds the days of a case.
fn of(id: &str, case: &Case, today: Date) -> Vec<DueView> {
    let Some(state) = State::of(case) else { return Vec::new() };
    let mut days = Vec::new();
    for deadline in deadline::deadlines(&state, Atlas::builtin(), today) {
        // What the company owes stays owed; a day of the customer's own that has passed is no day to keep.
        let overdue = deadline.day < today;
        if overdue && !deadline.kind.is_owed() {
            continue;
        }
        let clock = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
        let hours = deadline.hours;
        days.push(DueView {
            from: hours.as_ref().map(|hours| clock(hours.from)),
            to: hours.as_ref().and_then(|hours| hours.to.map(clock)),
            zone: hours.and_then(|hours| hours.zone),
            case: id.to_owned(),
            company: state.facts.company.clone(),
            id: deadline.id,
            kind: deadline.kind.id().to_owned(),
            day: deadline.day.to_string(),
            what: deadline.what,
            calculation: deadline.calculation,
            overdue,
        });
    }
    days.sort_by(|a, b| (&a.day, &a.id).cmp(&(&b.day, &b.id)));
    days
}

/// Returns whether a day is not later than another.
fn is_until(day: &DueView, until: Option<Date>) -> bool {
    until.is_none_or(|until| day.day.parse::<Date>().is_ok_and(|day| day <= until))
}

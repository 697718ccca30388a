//! Watching a bill that comes again and again: its price as it was promised, and each bill beside it.

use casework::{Money, What};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::words::Sum;
use super::{CaseDeskError, Place, log, mask};

/// What to do with a watched bill.
#[derive(Clone, Debug)]
pub enum BillRequest {
    /// Watch it: this price was promised.
    Watch {
        /// The price.
        promised: Sum,
        /// From which day; today where none is given.
        from: Option<Date>,
        /// Until when it was promised.
        until: Option<Date>,
        /// The words of the promise, and who made it.
        words: Option<String>,
    },
    /// One came.
    Came {
        /// Its day; today where none is given.
        on: Option<Date>,
        /// How much it asks for.
        amount: Sum,
    },
}

/// A watched bill.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BillView {
    /// What it is for.
    pub name: String,
    /// The price that was promised.
    pub promised: String,
    /// From which day it counts.
    pub from: String,
    /// Until when it was promised.
    pub until: Option<String>,
    /// In which words.
    pub words: Option<String>,
    /// The bills that came, oldest first.
    pub came: Vec<CameView>,
}

/// A bill that came.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CameView {
    /// Its day.
    pub on: String,
    /// How much it asks for.
    pub amount: String,
    /// Whether that is more than was promised.
    pub broken: bool,
    /// How much more than the bill before, where it is more.
    pub up: Option<String>,
}

/// Lists the watched bills of a case.
///
/// # Errors
///
/// [`CaseDeskError`] where the case is not there or cannot be read.
pub async fn bills(place: &Place, id: &str) -> Result<Vec<BillView>, CaseDeskError> {
    let state = place.state(id).await?;
    Ok(state
        .bills
        .iter()
        .map(|bill| {
            let broken: Vec<&(Date, Money)> = bill.broken().collect();
            let mut before: Option<Money> = None;
            let came = bill
                .came
                .iter()
                .map(|one| {
                    let up = before.filter(|before| one.1.at_least(before) == Some(true) && one.1 != *before);
                    before = Some(one.1);
                    CameView {
                        on: one.0.to_string(),
                        amount: one.1.to_string(),
                        broken: broken.contains(&one),
                        up: up.map(|before| format!("more than the {before} before")),
                    }
                })
                .collect();
            BillView {
                name: bill.name.clone(),
                promised: bill.promised.to_string(),
                from: bill.from.to_string(),
                until: bill.until.map(|day| day.to_string()),
                words: bill.words.clone(),
                came,
            }
        })
        .collect())
}

/// Watches a bill, or writes down that one came; returns it as it stands then.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] for a bill that is not watched, a day ahead, or another currency than was promised.
pub async fn bill(
    place: &Place,
    id: &str,
    name: &str,
    request: &BillRequest,
) -> Result<BillView, CaseDeskError> {
    let name = mask(name.trim()).0;
    if name.is_empty() {
        return Err(CaseDeskError::Wrong("what is the bill for? Give a name such as `broadband`".to_owned()));
    }
    let today = place.now.date();
    let state = place.state(id).await?;
    let what = match request {
        BillRequest::Watch { promised, from, until, words } => {
            let from = from.unwrap_or(today);
            if until.is_some_and(|until| until < from) {
                return Err(CaseDeskError::Wrong(
                    "the price ends before it begins: is a date wrong?".to_owned(),
                ));
            }
            What::BillWatched {
                name: name.clone(),
                promised: log::money_of(&state, "promised", promised)?,
                from,
                until: *until,
                words: words.as_deref().map(|words| mask(words).0),
            }
        }
        BillRequest::Came { on, amount } => {
            let on = on.unwrap_or(today);
            if on > today {
                return Err(CaseDeskError::Wrong(format!(
                    "{on} is in the future: write the bill down when it has arrived"
                )));
            }
            let watched = state.bills.iter().find(|bill| bill.name == name);
            let Some(watched) = watched else {
                let known: Vec<&str> = state.bills.iter().map(|bill| bill.name.as_str()).collect();
                let known = if known.is_empty() {
                    "none is yet".to_owned()
                } else {
                    format!("watched are {}", known.join(", "))
                };
                return Err(CaseDeskError::Wrong(format!(
                    "no bill `{name}` is being watched: {known}; start with --promised SUM"
                )));
            };
            let amount = log::money_of(&state, "came", amount)?;
            if watched.promised.currency() != amount.currency() {
                return Err(CaseDeskError::Wrong(format!(
                    "{amount} cannot be compared with {}: the currencies differ",
                    watched.promised
                )));
            }
            if watched.came.contains(&(on, amount)) {
                return Err(CaseDeskError::Wrong(format!(
                    "a bill of {on} for {amount} is already written down"
                )));
            }
            What::BillCame { name: name.clone(), on, amount }
        }
    };
    let cases = place.write().await?;
    cases.append(id, vec![what], &place.moment(), &place.by).await?;
    cases.close().await;
    let all = bills(place, id).await?;
    all.into_iter()
        .find(|bill| bill.name == name)
        .ok_or_else(|| CaseDeskError::Wrong(format!("no bill `{name}` is watched")))
}

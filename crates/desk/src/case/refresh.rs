//! Refreshing a case: what the company publishes today beside what was pinned, and today's pinned in its turn.
//!
//! The pinned ladder is never edited: a new one is appended, and the old one stays in the log with its day.

use std::collections::BTreeMap;

use casework::What;
use casework::event::Procedure;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::open::procedure;
use super::{CaseDeskError, Place};
use crate::answer::FindAnswer;

/// What changed since the ladder of a case was pinned.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Refreshed {
    /// The day of the ladder that was pinned before; `null` where none was.
    pub since: Option<String>,
    /// What changed.
    pub changes: Vec<Changed>,
    /// Contact points of the ladder that is pinned now.
    pub contacts: usize,
    /// Whether today's was pinned: it is where it differs from the one before.
    pub pinned: bool,
}

/// One change.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, JsonSchema)]
pub struct Changed {
    /// `new`, `gone`, `rung`, `stage` or `body`.
    pub what: String,
    /// What it is about: a contact point, a stage of the procedure, a body outside.
    pub about: String,
    /// How it was.
    pub before: Option<String>,
    /// How it is.
    pub after: Option<String>,
}

/// Returns what `find` is asked for a case: the fields `company`, `country`, `region`, `sector`, `problem.topic`
/// and `problem.matter`, as a new case gives them.
///
/// # Errors
///
/// [`CaseDeskError`] where the case is not there or cannot be read.
pub async fn asked(place: &Place, id: &str) -> Result<Value, CaseDeskError> {
    let facts = place.state(id).await?.facts;
    Ok(json!({
        "company": facts.company,
        "country": facts.country.code(),
        "region": facts.region,
        "sector": facts.sector.map(atlas::Sector::id),
        "problem": {"topic": facts.topic.map(atlas::words::Topic::id), "matter": facts.matter},
    }))
}

/// Compares what `find` answers today with what is pinned to a case, and pins it where it differs.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] where nothing was found: what is pinned stays; [`CaseDeskError::Cases`] where it cannot be kept.
pub async fn refresh(place: &Place, id: &str, found: &FindAnswer) -> Result<Refreshed, CaseDeskError> {
    if found.contacts.is_empty() {
        return Err(CaseDeskError::Wrong(
            "nothing was found today: what the case holds stays as it is".to_owned(),
        ));
    }
    let state = place.state(id).await?;
    let today = place.now.date();
    let ladder = serde_json::to_value(found).map_err(|error| CaseDeskError::Wrong(error.to_string()))?;
    let policy = found.policy.as_ref().map(procedure);
    let mut changes = Vec::new();
    if let Some((before, _)) = &state.ladder {
        contacts(before, &ladder, &mut changes);
    }
    stages(state.procedure.as_ref().map(|(policy, _)| policy), policy.as_ref(), &mut changes);
    let pinned = state.ladder.is_none() || !changes.is_empty();
    if pinned {
        let mut what = Vec::new();
        if let Some(policy) =
            policy.filter(|policy| state.procedure.as_ref().is_none_or(|(known, _)| known != policy))
        {
            what.push(What::PolicyPinned { policy, on: today });
        }
        what.push(What::LadderPinned { ladder, on: today });
        let cases = place.write().await?;
        cases.append(id, what, &place.moment(), &place.by).await?;
        cases.close().await;
    }
    Ok(Refreshed {
        since: state.ladder.map(|(_, day)| day.to_string()),
        changes,
        contacts: found.contacts.len(),
        pinned,
    })
}

/// Compares contact points: those that came, went, or stand on another rung.
fn contacts(before: &Value, after: &Value, changes: &mut Vec<Changed>) {
    let known = |ladder: &Value| -> BTreeMap<String, String> {
        let contacts = ladder["contacts"].as_array().map(Vec::as_slice).unwrap_or_default();
        contacts
            .iter()
            .filter_map(|contact| {
                let about = format!("{} {}", contact["channel"].as_str()?, contact["value"].as_str()?);
                Some((about, contact["rung"].as_str()?.to_owned()))
            })
            .collect()
    };
    let (before, after) = (known(before), known(after));
    for (about, rung) in &after {
        match before.get(about) {
            None => changes.push(Changed {
                what: "new".to_owned(),
                about: about.clone(),
                before: None,
                after: Some(rung.clone()),
            }),
            Some(was) if was != rung => changes.push(Changed {
                what: "rung".to_owned(),
                about: about.clone(),
                before: Some(was.clone()),
                after: Some(rung.clone()),
            }),
            Some(_) => {}
        }
    }
    for (about, rung) in before.iter().filter(|(about, _)| !after.contains_key(*about)) {
        changes.push(Changed {
            what: "gone".to_owned(),
            about: about.clone(),
            before: Some(rung.clone()),
            after: None,
        });
    }
}

/// Compares procedures: the time of each stage, and the bodies that are named. One that was not read today is no change.
fn stages(before: Option<&Procedure>, after: Option<&Procedure>, changes: &mut Vec<Changed>) {
    let Some(after) = after else { return };
    let told = |policy: &Procedure| -> BTreeMap<String, String> {
        let stages = policy.stages.iter().map(|stage| {
            let respond =
                stage.respond.map_or("no time".to_owned(), |clock| format!("answers within {clock}"));
            (format!("stage {}", stage.order), format!("{}, {respond}", stage.rung.id()))
        });
        let bodies = policy.external.iter().map(|body| {
            let after = body.after.map_or("no waiting time".to_owned(), |clock| format!("after {clock}"));
            let within = body.within.map_or(String::new(), |clock| format!(", within {clock}"));
            (body.body.clone(), format!("{after}{within}"))
        });
        stages.chain(bodies).collect()
    };
    let (before, after) = (before.map(told).unwrap_or_default(), told(after));
    let mut abouts: Vec<&String> = before.keys().chain(after.keys()).collect();
    abouts.sort();
    abouts.dedup();
    for about in abouts {
        let (was, is) = (before.get(about), after.get(about));
        if was != is {
            let what = if about.starts_with("stage ") { "stage" } else { "body" };
            changes.push(Changed {
                what: what.to_owned(),
                about: about.clone(),
                before: was.cloned(),
                after: is.cloned(),
            });
        }
    }
}

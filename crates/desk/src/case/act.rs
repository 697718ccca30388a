//! What doing the next step takes: a letter, a call, a form, an answer to a question, or patience.

use casework::Step;
use schemars::JsonSchema;
use serde::Serialize;

use super::{CaseDeskError, Place, next};
use crate::advise::ThroughView;

/// What is to be opened for the next step.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Opens {
    /// A draft to send.
    Draft,
    /// The guide for a call.
    Call,
    /// A form on the web; the draft is what to write into it.
    Form,
    /// Questions whose answers the case lacks.
    Questions,
    /// Nothing: a time runs.
    Nothing,
}

/// The next step, and what it takes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Act {
    /// The step.
    pub step: Step,
    /// What is opened for it.
    pub opens: Opens,
    /// Which draft serves it, as `draft --as` names it.
    pub draft: Option<String>,
    /// The number, mailbox or form.
    pub through: Option<ThroughView>,
    /// Questions to answer first.
    pub questions: Vec<String>,
    /// What it is, in a sentence.
    pub words: String,
}

/// Says what the next step of a case takes.
///
/// # Errors
///
/// [`CaseDeskError`] where the case is not there or cannot be read.
pub async fn act(place: &Place, id: &str) -> Result<Act, CaseDeskError> {
    let advice = next(place, id, false).await?;
    let Some(step) = advice.advice.first() else {
        return Err(CaseDeskError::Wrong(format!("there is nothing to do for `{id}`")));
    };
    let kind = letters::draft::Kind::serving(step.step).map(|kind| kind.name.to_owned());
    let by = |channels: &[&str]| {
        step.through.iter().find(|through| channels.contains(&through.channel.as_str())).cloned()
    };
    let questions: Vec<String> = advice.questions.iter().map(|question| question.ask.clone()).collect();
    let (opens, through, draft) = match step.step {
        Step::Wait | Step::Close => (Opens::Nothing, None, None),
        Step::Prepare => (Opens::Questions, None, None),
        // To speak is quicker there, and asks for what no letter gives.
        Step::AskSupervisor | Step::ContactFrontLine => way(&by, kind, true),
        Step::Chase
        | Step::Answer
        | Step::ChallengeGeneric
        | Step::Complain
        | Step::NextStage
        | Step::Executive
        | Step::LegalNotice
        | Step::GoAdr
        | Step::TellRegulator
        | Step::ClaimPaymentRight
        | Step::Negotiate
        | Step::Accept
        | Step::Court
        | Step::Reopen => way(&by, kind, false),
    };
    let words = match (opens, &through) {
        (Opens::Nothing, _) if step.step == Step::Close => {
            format!("the matter is settled: `upstairs case close {id}` ends it")
        }
        (Opens::Nothing, _) => format!(
            "nothing to send yet{}: {}",
            step.not_before.as_ref().map_or(String::new(), |day| format!(" before {day}")),
            step.why
        ),
        (Opens::Questions, _) => {
            "first fill in what is missing: answer these with `case log` or `case attach`".to_owned()
        }
        (Opens::Call, Some(through)) => format!("call {}", through.value),
        (Opens::Form, Some(through)) => format!("fill in the form at {}", through.value),
        (_, Some(through)) => format!("write to {}", through.value),
        (_, None) => {
            "write to them; no address is kept with the case: `case refresh` looks for one".to_owned()
        }
    };
    Ok(Act { step: step.step, opens, draft, through, questions, words })
}

/// Chooses the way of a step: in writing where an address is known, for it leaves a trace; else the form, else the call.
fn way(
    by: &dyn Fn(&[&str]) -> Option<ThroughView>,
    kind: Option<String>,
    spoken: bool,
) -> (Opens, Option<ThroughView>, Option<String>) {
    if spoken && let Some(phone) = by(&["phone", "textphone"]) {
        return (Opens::Call, Some(phone), Some("call".to_owned()));
    }
    if let Some(written) = by(&["email", "postal"]) {
        return (Opens::Draft, Some(written), kind);
    }
    if let Some(form) = by(&["form", "chat", "web"]) {
        return (Opens::Form, Some(form), kind);
    }
    match by(&["phone", "textphone"]) {
        Some(phone) if kind.is_none() => (Opens::Call, Some(phone), Some("call".to_owned())),
        other => (Opens::Draft, other, kind),
    }
}

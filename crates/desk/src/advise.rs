//! Advice on a case given as JSON: the next step, why, by when, through what, what comes after, and what not yet.
//!
//! General information, not legal advice: the answer says so once.

use std::fmt::Write as _;

use atlas::Atlas;
pub use casework::Step;
use casework::advice::{Advice, Fate};
use casework::gate::Verdict;
use casework::situation::{self, BadField};
use casework::{State, deadline};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

/// The name and version of the answer's schema.
pub const ADVICE_SCHEMA: &str = "upstairs.advice/1";
/// What every answer says once.
pub const NOT_LEGAL_ADVICE: &str =
    "General information, not legal advice: check a date with its source before you rely on it.";
/// The most bytes of one situation.
pub const MOST_BYTES: usize = 4 << 20;

/// The answer.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct AdviceAnswer {
    /// The id of the situation.
    pub id: Value,
    /// The steps, the main one first; at most four.
    pub advice: Vec<StepView>,
    /// What the case lacks before it can go up, as words such as `when` or `steps_taken`.
    pub missing: Vec<String>,
    /// For each lack, why it matters and the question to ask; then what decides who deals with the case and was not told.
    pub questions: Vec<QuestionView>,
    /// What comes after, if the main step fails; of a case that is closed, when and how it was, and when to open it again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub then: Option<String>,
    /// What not to do yet, and from when or for want of what.
    pub not_yet: Vec<GateView>,
    /// The days to keep.
    pub deadlines: Vec<DeadlineView>,
    /// Last days at bodies outside whose clock does not run yet.
    pub later: Vec<LaterView>,
    /// Rights that the way of paying gives and that are no step here, with their last day and why.
    pub withheld: Vec<WithheldView>,
    /// The playbook of the topic, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub playbook: Option<PlaybookView>,
    /// Every rule, fired or not, and why; only where it was asked for.
    pub rules: Vec<RuleView>,
}

/// One step.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct StepView {
    /// The step.
    pub step: Step,
    /// The rung it is addressed to.
    pub rung: Option<String>,
    /// The body outside, as an id of the atlas.
    pub body: Option<String>,
    /// The name of that body; the names of all, where it is not known to which of several the company belongs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body_name: Option<String>,
    /// The first day of the next step (year-month-day).
    pub not_before: Option<String>,
    /// The last day that counts (year-month-day).
    pub by: Option<String>,
    /// What it rests on.
    pub why: String,
    /// The same, each reason by itself, the first one first.
    pub reasons: Vec<String>,
    /// The rule that it comes from.
    pub rule: String,
    /// Through which contact points: those of the pinned ladder for the company, those of the atlas for a body.
    pub through: Vec<ThroughView>,
    /// Addresses on the web where what it says of a body can be checked.
    pub sources: Vec<String>,
}

/// A contact point for a step.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct ThroughView {
    /// The channel.
    pub channel: String,
    /// The value.
    pub value: String,
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// The most contact points that a step names.
const MOST_CONTACTS: usize = 3;

/// Returns the contact points of a body.
fn of_body(body: &atlas::Body) -> Vec<ThroughView> {
    let known = body.contacts.iter().filter_map(|contact| {
        let value = contact.value.clone().or_else(|| contact.short_code.clone())?;
        Some(ThroughView { channel: contact.channel.id().to_owned(), value, label: contact.label.clone() })
    });
    known.take(MOST_CONTACTS).collect()
}

/// Returns the contact points of the ladder that was pinned to a case that fit. A suspect or a lead is never among them.
fn of_ladder(state: &State, fits: impl Fn(&Value) -> bool) -> Vec<&Value> {
    let Some((ladder, _)) = &state.ladder else { return Vec::new() };
    let contacts = ladder.get("contacts").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let flag = |contact: &Value, key: &str| contact.get(key).and_then(Value::as_bool).unwrap_or(false);
    let known = contacts.iter().filter(|contact| {
        !flag(contact, "suspect")
            && !flag(contact, "lead")
            && !contact["value"].as_str().is_some_and(|value| state.is_dead(value))
            && fits(contact)
    });
    known.collect()
}

/// Returns the company's own contact points for a step on a rung: those of the rung, then the forms by which it takes claims of
/// just this matter.
fn of_rung(state: &State, rung: ladder::Rung) -> Vec<ThroughView> {
    let on = |rung: ladder::Rung| of_ladder(state, move |contact| contact["rung"] == rung.id());
    let mut through = on(rung);
    let takes_claims = matches!(rung, ladder::Rung::FrontLine | ladder::Rung::Complaints);
    // A team for this one matter may serve where no complaints desk is known.
    if through.is_empty() && rung == ladder::Rung::Complaints {
        through = on(ladder::Rung::Specialist);
    } else if takes_claims && let Some(matter) = &state.facts.matter {
        let claims = of_ladder(state, |contact| {
            let first = contact["topics"].as_array().and_then(|topics| topics.first());
            let called = contact["label"].as_str().unwrap_or_default().to_lowercase();
            contact["rung"] == ladder::Rung::Specialist.id()
                && contact["channel"] == ladder::Channel::Form.id()
                && first.is_some_and(|first| *first == **matter)
                && called.split(|c: char| !c.is_alphabetic()).any(|word| word == "claim")
        });
        through.truncate(MOST_CONTACTS.saturating_sub(claims.len().min(1)));
        through.extend(claims);
    }
    let text = |contact: &Value, key: &str| contact[key].as_str().map(str::to_owned);
    let views = through.into_iter().filter_map(|contact| {
        Some(ThroughView {
            channel: text(contact, "channel")?,
            value: text(contact, "value")?,
            label: text(contact, "label"),
        })
    });
    views.take(MOST_CONTACTS).collect()
}

/// A question to ask the customer.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct QuestionView {
    /// What is missing.
    pub missing: String,
    /// Why it matters.
    pub why: String,
    /// The question.
    pub ask: String,
}

/// A gate that is not open.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct GateView {
    /// The rung.
    pub rung: String,
    /// The body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Too early, lapsed, or missing something.
    pub verdict: String,
    /// Why.
    pub why: String,
}

/// A day to keep.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct DeadlineView {
    /// A stable id.
    pub id: String,
    /// What kind of day it is.
    pub kind: String,
    /// The day (year-month-day).
    pub day: String,
    /// What it is about.
    pub what: String,
    /// The calculation.
    pub calculation: String,
    /// What it rests on: the log, the company's procedure, or an id of the atlas.
    pub source: String,
    /// Whether it has passed.
    pub passed: bool,
}

/// A last day at a body outside that cannot be reckoned yet.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct LaterView {
    /// The body, as an id of the atlas.
    pub body: String,
    /// Its name.
    pub body_name: String,
    /// From what it will be counted, and for how long.
    pub what: String,
}

/// A right that the way of paying gives, and that is no step here.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct WithheldView {
    /// The right, as an id of the atlas.
    pub right: String,
    /// Its name.
    pub name: String,
    /// Its last day (year-month-day), where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// Why it is no step.
    pub why: String,
}

/// The playbook of a topic.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct PlaybookView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The steps, in order.
    pub steps: Vec<String>,
    /// What to collect.
    pub evidence: Vec<String>,
    /// Rights of the atlas that bear on it here.
    pub rights: Vec<String>,
}

/// A rule and what became of it.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct RuleView {
    /// Its id.
    pub rule: String,
    /// What it claims.
    pub claim: String,
    /// What happened: first, beside, outranked, stopped, not fired.
    pub fate: String,
    /// What it proposed, and why; why it was stopped; or what is so instead of its situation.
    pub why: String,
}

/// Why no advice could be given.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum AdviseError {
    /// The situation is too large.
    #[error("a situation has at most {} MiB", MOST_BYTES >> 20)]
    TooLarge,
    /// It is no JSON.
    #[error("not JSON: {0}")]
    Json(String),
    /// A field cannot be understood.
    #[error(transparent)]
    Field(#[from] BadField),
    /// No day is given.
    #[error("now: is missing: give the day as of which to advise, such as 2026-03-04")]
    NoDay,
}

/// Advises on a situation. `today` stands in where it names no day; `all` adds every rule to the answer.
///
/// # Errors
///
/// [`AdviseError`] where the text is no situation.
pub fn advise(text: &str, today: Option<Date>, all: bool) -> Result<AdviceAnswer, AdviseError> {
    if text.len() > MOST_BYTES {
        return Err(AdviseError::TooLarge);
    }
    let value: Value = serde_json::from_str(text).map_err(|error| AdviseError::Json(error.to_string()))?;
    let now = situation::today(&value)?.or(today).ok_or(AdviseError::NoDay)?;
    let mut value = value;
    if let Some(case) = value.get_mut("case") {
        // The words of `find --about` are taken; what neither knows is told by the reading itself, with its path.
        let _ = crate::case::settle_topic(case);
    }
    let case = situation::read(&value, now)?;
    let id = value.get("id").cloned().unwrap_or(Value::Null);
    let Some(state) = State::of(&case) else { return Err(AdviseError::NoDay) };
    Ok(answer(id, &state, Atlas::builtin(), now, all))
}

/// Makes the answer for a state.
#[must_use]
pub fn answer(id: Value, state: &State, atlas: &Atlas, now: Date, all: bool) -> AdviceAnswer {
    let advice = casework::advise(state, atlas, now);
    let steps = advice.steps.iter().map(|(proposal, rule)| {
        let body = proposal.body.as_deref().and_then(|id| atlas.body(id));
        StepView {
            step: proposal.step,
            rung: proposal.rung.map(|rung| rung.id().to_owned()),
            body: proposal.body.clone(),
            body_name: body.map(|body| {
                // One of several, where nobody knows which: none is named as if that were sure.
                let known = advice.one_of.iter().find(|(id, _)| *id == body.id);
                known.map_or_else(|| body.name.clone(), |(_, names)| names.clone())
            }),
            not_before: proposal.not_before.map(|day| day.to_string()),
            by: proposal.by.map(|day| day.to_string()),
            why: proposal.why.join("; "),
            reasons: proposal.why.clone(),
            rule: rule.id.to_owned(),
            through: match (body, proposal.rung) {
                // What is not to be used yet is not put into the customer's hand.
                (Some(_), _) if matches!(proposal.step, Step::Wait | Step::LegalNotice) => Vec::new(),
                (Some(body), _) => of_body(body),
                (_, Some(rung)) => of_rung(state, rung),
                _ => Vec::new(),
            },
            sources: body.map(|body| body.grounds.whole().sources.clone()).unwrap_or_default(),
        }
    });
    let playbook = casework::playbook::of(state).filter(|_| state.closed.is_none());
    let playbook = playbook.map(|playbook| PlaybookView {
        id: playbook.id.clone(),
        title: playbook.title.clone(),
        steps: playbook.steps.clone(),
        evidence: playbook.evidence.clone(),
        rights: playbook.rights_for(state, atlas),
    });
    AdviceAnswer {
        id,
        advice: steps.collect(),
        missing: advice.lacks.iter().map(|lack| lack.id().to_owned()).collect(),
        questions: advice
            .lacks
            .iter()
            .map(|lack| question(*lack))
            .chain(advice.unknown.iter().map(asked))
            .collect(),
        then: advice.then.clone(),
        not_yet: not_yet(&advice, atlas),
        deadlines: deadline::deadlines(state, atlas, now).into_iter().map(deadline_view).collect(),
        later: later(state, atlas, now),
        withheld: withheld(state, atlas, now),
        playbook,
        rules: if all { advice.rules.iter().map(rule_view).collect() } else { Vec::new() },
    }
}

/// The last days that will begin to run at the bodies to go to next: no day is no reason to think that there is no end.
fn later(state: &State, atlas: &Atlas, now: Date) -> Vec<LaterView> {
    if state.closed.is_some() {
        return Vec::new();
    }
    let view = casework::view::View::new(state, atlas, now);
    let next = view.outside.iter().filter(|outside| outside.first && outside.tier <= 3);
    next.filter_map(|outside| {
        Some(LaterView {
            body: outside.body.id.clone(),
            body_name: outside.body.name.clone(),
            what: format!("the last day is not known yet: {}", outside.will_close.as_deref()?),
        })
    })
    .collect()
}

/// The rights that the way of paying gives and that are no step: whoever finds them elsewhere learns why they are not advised.
fn withheld(state: &State, atlas: &Atlas, now: Date) -> Vec<WithheldView> {
    if state.closed.is_some() {
        return Vec::new();
    }
    let view = casework::view::View::new(state, atlas, now);
    let rights = view.withheld.iter().map(|payment| WithheldView {
        right: payment.right.id.clone(),
        name: payment.dated_name(),
        day: payment.until.map(|day| day.to_string()),
        why: casework::view::payment::WHY_WITHHELD.to_owned(),
    });
    rights.collect()
}

/// Returns every question that a case may need an answer to.
#[must_use]
pub fn every_question() -> Vec<QuestionView> {
    casework::Lack::ALL.iter().copied().map(question).collect()
}

/// Returns the question for the trade of the company.
pub(crate) fn question_of_trade() -> QuestionView {
    asked(&casework::readiness::sector())
}

fn question(lack: casework::Lack) -> QuestionView {
    let (why, ask) = casework::readiness::ask(lack);
    QuestionView { missing: lack.id().to_owned(), why: why.to_owned(), ask: ask.to_owned() }
}

fn asked(unknown: &casework::readiness::Unknown) -> QuestionView {
    QuestionView { missing: unknown.what.to_owned(), why: unknown.why.clone(), ask: unknown.ask.clone() }
}

fn deadline_view(deadline: deadline::Deadline) -> DeadlineView {
    DeadlineView {
        id: deadline.id,
        kind: deadline.kind.id().to_owned(),
        day: deadline.day.to_string(),
        what: deadline.what,
        calculation: deadline.calculation,
        source: deadline.source,
        passed: deadline.passed,
    }
}

/// The gates that a customer may be tempted by and that are not open.
fn not_yet(advice: &Advice, atlas: &Atlas) -> Vec<GateView> {
    let tempting = advice.gates.iter().filter(|gate| {
        matches!(gate.verdict, Verdict::TooEarly(_) | Verdict::Lapsed(_) | Verdict::Missing(_))
            && gate.body.as_deref().is_none_or(|id| advice.near.iter().any(|near| near == id))
    });
    tempting
        .map(|gate| GateView {
            rung: gate.rung.id().to_owned(),
            body: gate
                .body
                .as_deref()
                .map(|id| atlas.body(id).map_or(id, |body| body.name.as_str()).to_owned()),
            verdict: gate.verdict.to_string(),
            why: gate.why.clone(),
        })
        .collect()
}

fn rule_view(said: &casework::advice::Said) -> RuleView {
    let (fate, stopped) = match &said.fate {
        Fate::First => ("first", None),
        Fate::Beside => ("beside", None),
        Fate::Outranked => ("outranked", None),
        Fate::Stopped(why) => ("stopped", Some(why.as_str())),
        Fate::NotFired(instead) => ("not fired", Some(*instead)),
    };
    let mut why = stopped.unwrap_or_default().to_owned();
    if let Some(proposal) = &said.proposal {
        let gap = if why.is_empty() { "" } else { "; " };
        let _ = write!(why, "{gap}{}: {}", proposal.step, proposal.why.join("; "));
    }
    RuleView { rule: said.rule.id.to_owned(), claim: said.rule.claim.to_owned(), fate: fate.to_owned(), why }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_situation_is_answered_and_a_bad_one_is_refused_by_field() {
        let text = r#"{"id":"a","now":"2026-03-08","case":{"company":"Amberley","country":"GB","sector":"energy","as":"consumer",
            "problem":{"what":"Estimated bills three times the reading","topic":"billing_error","since":"2025-11-20","ongoing":true,"amount":412,"currency":"GBP"},
            "wanted":{"what":"correction","least":350},"references":["L-1"],"evidence":["photo"],
            "log":[{"at":"2026-01-12","by":"customer","channel":"email","rung":"complaints","kind":"complaint","text":"Please correct"},
                   {"at":"2026-01-14","by":"company","channel":"email","rung":"complaints","kind":"acknowledgement","text":"Logged"}]}}"#;
        let answer = advise(text, None, true).unwrap();
        assert_eq!(answer.advice[0].step, Step::Wait);
        assert_eq!(answer.advice[0].not_before.as_deref(), Some("2026-03-09"));
        assert_eq!(answer.advice[0].body.as_deref(), Some("gb-energy-ombudsman"));
        assert!(answer.rules.iter().any(|rule| rule.fate == "first"));
        let error = advise(&text.replace("GBP", "GBQ"), None, false).unwrap_err().to_string();
        assert!(error.starts_with("case.problem.currency: "), "{error}");
        assert_eq!(
            advise("{", None, false).unwrap_err().to_string(),
            "not JSON: EOF while parsing an object at line 1 column 1"
        );
    }
}

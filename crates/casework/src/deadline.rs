//! Deadlines: every day of a case that somebody must keep, with its calculation, for a calendar and for reminders.
//!
//! The ids are stable: the same case gives a day the same id on every run, so that a calendar moves an entry rather than
//! adding another.

use atlas::Atlas;
use jiff::civil::Date;

use crate::state::State;
use crate::view::promise::Kept;
use crate::view::{Door, View};

/// What kind of day it is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum DeadlineKind {
    /// The company must have answered.
    CompanyAnswer,
    /// The company must have acknowledged.
    CompanyAcknowledge,
    /// A promise is due.
    Promise,
    /// An offer ends.
    OfferEnds,
    /// The customer must have answered.
    CustomerAnswer,
    /// A body outside opens.
    BodyOpens,
    /// The last day to go to a body outside.
    BodyCloses,
    /// The last day of a claim against the payer's bank.
    PaymentRight,
    /// The last day to write to the company under a law or contract.
    Notice,
    /// The last day of a claim in court.
    Limitation,
    /// The day that a letter set.
    Letter,
    /// A body or court named this day.
    BodyDay,
    /// The last day to ask for the next stage.
    NextStage,
}

impl DeadlineKind {
    /// Returns the identifier that is stored and exported.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::CompanyAnswer => "company_answer",
            Self::CompanyAcknowledge => "company_acknowledge",
            Self::Promise => "promise",
            Self::OfferEnds => "offer_ends",
            Self::CustomerAnswer => "customer_answer",
            Self::BodyOpens => "body_opens",
            Self::BodyCloses => "body_closes",
            Self::PaymentRight => "payment_right",
            Self::Notice => "notice",
            Self::Limitation => "limitation",
            Self::Letter => "letter",
            Self::BodyDay => "body_day",
            Self::NextStage => "next_stage",
        }
    }
}

/// One day to keep.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Deadline {
    /// The stable id.
    pub id: String,
    /// What kind of day it is.
    pub kind: DeadlineKind,
    /// The day.
    pub day: Date,
    /// What it is about.
    pub what: String,
    /// The calculation in words.
    pub calculation: String,
    /// What it rests on: `log`, `procedure`, or an id of the atlas.
    pub source: String,
    /// Whether it has passed.
    pub passed: bool,
}

/// Returns the days of a case, the earliest first, passed ones included; none for a case that is closed.
#[must_use]
pub fn deadlines(state: &State, atlas: &Atlas, now: Date) -> Vec<Deadline> {
    if state.closed.is_some() {
        return Vec::new();
    }
    let view = View::new(state, atlas, now);
    let mut all: Vec<Deadline> = Vec::new();
    let mut add = |kind: DeadlineKind, key: &str, day: Date, what: String, calculation: String, source: &str| {
        let id = format!("{}:{key}", kind.id());
        all.push(Deadline { id, kind, day, what, calculation, source: source.to_owned(), passed: day < now });
    };
    let thread = &view.thread;
    let source = view.own.right.clone().unwrap_or_else(|| "procedure".to_owned());
    if thread.answer.is_none() {
        if let Some(due) = view.own.due {
            let words = view.own.words.clone().unwrap_or_default();
            add(DeadlineKind::CompanyAnswer, thread.desk.id(), due, format!("{} must have answered", state.facts.company), words, &source);
        }
        if let Some(due) = view.own.acknowledge.filter(|_| !thread.acknowledged) {
            let words = "the time to acknowledge".to_owned();
            add(DeadlineKind::CompanyAcknowledge, thread.desk.id(), due, format!("{} must have acknowledged", state.facts.company), words, &source);
        }
    }
    for promise in view.promises.iter().filter(|promise| matches!(promise.kept, Kept::Open | Kept::Broken)) {
        if let Some(due) = promise.due {
            add(DeadlineKind::Promise, &promise.event, due, promise.text.clone(), format!("promised on {}", promise.on), "log");
        }
    }
    if let Some((offer, due)) = view.offer.as_ref().and_then(|offer| Some((offer, offer.due?))) {
        add(DeadlineKind::OfferEnds, "offer", due, offer.text.clone(), format!("offered on {}", offer.on), "log");
    }
    if let Some(due) = thread.request.and_then(|(due, _)| due) {
        add(DeadlineKind::CustomerAnswer, "request", due, "answer what was asked".to_owned(), "the day that was set".to_owned(), "log");
    }
    if let Some(letter) = thread.letter
        && let Some(due) = letter.due
    {
        add(DeadlineKind::Letter, "letter", due, "the last day of your letter".to_owned(), format!("set on {}", letter.on), "log");
    }
    if let Some(day) = thread.before_court.flatten() {
        add(DeadlineKind::BodyDay, "court", day, "the next day at the court".to_owned(), "the day that was named".to_owned(), "log");
    }
    for outside in view.outside.iter().filter(|outside| outside.tier <= 3 && outside.first) {
        let (id, name) = (&outside.body.id, &outside.body.name);
        if let Door::TooEarly(day) = outside.door {
            add(DeadlineKind::BodyOpens, id, day, format!("{name} takes the case"), outside.words.join("; "), id);
        }
        if let Some(day) = outside.until {
            add(DeadlineKind::BodyCloses, id, day, format!("the last day to go to {name}"), outside.words.join("; "), id);
        }
    }
    for payment in &view.payments {
        if let Some(day) = payment.until {
            let id = &payment.right.id;
            add(DeadlineKind::PaymentRight, id, day, format!("the last day for {}", payment.right.name), payment.words.join("; "), id);
        }
    }
    for notice in &view.notices {
        let id = &notice.right.id;
        add(DeadlineKind::Notice, id, notice.until, format!("{}: {}", notice.right.name, notice.does), notice.words.join("; "), id);
    }
    if let Some((court, day)) = view.court.as_ref().and_then(|court| Some((court, court.until?))) {
        let id = &court.body.id;
        add(DeadlineKind::Limitation, id, day, format!("the last day for a claim in {}", court.body.name), court.words.join("; "), id);
    }
    all.sort_by(|a, b| a.day.cmp(&b.day).then_with(|| a.id.cmp(&b.id)));
    all.dedup_by(|a, b| a.id == b.id);
    all
}

//! Deadlines: every day of a case that somebody must keep, with its calculation, for a calendar and for reminders.
//!
//! The ids are stable: the same case gives a day the same id on every run, so that a calendar moves an entry rather than
//! adding another.

use atlas::Atlas;
use jiff::civil::Date;

use crate::event::Hours;
use crate::state::State;
use crate::view::promise::Kept;
use crate::view::{Door, Notice, Offer, View};
use crate::words::{By, LogKind};

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
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::CompanyAnswer,
        Self::CompanyAcknowledge,
        Self::Promise,
        Self::OfferEnds,
        Self::CustomerAnswer,
        Self::BodyOpens,
        Self::BodyCloses,
        Self::PaymentRight,
        Self::Notice,
        Self::Limitation,
        Self::Letter,
        Self::BodyDay,
        Self::NextStage,
    ];

    /// Returns the kind with an identifier.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// Returns whether it is the last day for something that the customer must have written or filed by then.
    #[must_use]
    pub const fn is_last_day(self) -> bool {
        match self {
            Self::BodyCloses
            | Self::PaymentRight
            | Self::Notice
            | Self::Limitation
            | Self::BodyDay
            | Self::NextStage => true,
            Self::CompanyAnswer
            | Self::CompanyAcknowledge
            | Self::Promise
            | Self::OfferEnds
            | Self::CustomerAnswer
            | Self::BodyOpens
            | Self::Letter => false,
        }
    }

    /// Returns whether it is a day of the company's: what was owed on it is still owed when it has passed.
    #[must_use]
    pub const fn is_owed(self) -> bool {
        matches!(self, Self::CompanyAnswer | Self::CompanyAcknowledge | Self::Promise)
    }

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
    /// The hours of that day, where it is an appointment.
    pub hours: Option<Hours>,
    /// What it is about.
    pub what: String,
    /// The calculation in words.
    pub calculation: String,
    /// What it rests on: `log`, `procedure`, or an id of the atlas.
    pub source: String,
    /// Whether it has passed.
    pub passed: bool,
}

/// Gathers the days of a case.
struct Days {
    all: Vec<Deadline>,
    now: Date,
}

impl Days {
    fn add(
        &mut self,
        kind: DeadlineKind,
        key: &str,
        day: Date,
        what: String,
        calculation: &str,
        source: &str,
    ) {
        let (id, calculation) = (format!("{}:{key}", kind.id()), calculation.to_owned());
        let passed = day < self.now;
        self.all.push(Deadline {
            id,
            kind,
            day,
            hours: None,
            what,
            calculation,
            source: source.to_owned(),
            passed,
        });
    }
}

/// Returns the days of a case, the earliest first, passed ones included; none for a case that is closed.
#[must_use]
pub fn deadlines(state: &State, atlas: &Atlas, now: Date) -> Vec<Deadline> {
    if state.closed.is_some() {
        return Vec::new();
    }
    let view = View::new(state, atlas, now);
    let mut days = Days { all: Vec::new(), now };
    of_the_company(&view, &mut days);
    of_the_log(&view, &mut days);
    of_the_outside(&view, &mut days);
    let mut all = days.all;
    all.sort_by(|a, b| a.day.cmp(&b.day).then_with(|| a.id.cmp(&b.id)));
    all.dedup_by(|a, b| a.id == b.id);
    all
}

/// The days by which the company must act.
fn of_the_company(view: &View<'_>, days: &mut Days) {
    let (thread, company) = (&view.thread, &view.state.facts.company);
    let source = view.own.right.clone().unwrap_or_else(|| "procedure".to_owned());
    // An offer is an answer, whatever it is worth: nobody is told that the company said nothing.
    let offered = view.state.log.iter().any(|line| {
        line.entry.by == By::Company
            && line.entry.kind == LogKind::Offer
            && thread.formal.is_some_and(|formal| line.entry.on >= formal)
    });
    if thread.answer.is_some() {
        return;
    }
    let said_nothing = |due: &Date| *due >= view.now || !offered;
    if let Some(due) = view.own.due.filter(said_nothing) {
        let words = view.own.words.clone().unwrap_or_default();
        days.add(
            DeadlineKind::CompanyAnswer,
            thread.desk.id(),
            due,
            owed(company, "answered", due, view.now),
            &words,
            &source,
        );
    }
    if let Some(due) = view.own.acknowledge.filter(|_| !thread.acknowledged && !offered) {
        let what = owed(company, "acknowledged", due, view.now);
        days.add(
            DeadlineKind::CompanyAcknowledge,
            thread.desk.id(),
            due,
            what,
            "the time to acknowledge",
            &source,
        );
    }
}

/// Says what ends with the day of an offer: whose it is, and how much.
fn offer_ends(offer: &Offer) -> String {
    let what = match offer.by {
        By::Body => "the last day to accept what the body proposes",
        By::Company | By::Customer => "the last day to accept their offer",
    };
    offer.amount.map_or(what.to_owned(), |amount| format!("{what} ({amount})"))
}

/// Says what a company owes: before its day what it must have done, after it that it has not.
fn owed(company: &str, done: &str, due: Date, now: Date) -> String {
    if due < now {
        format!("{company} has not {done}: overdue since {due}")
    } else {
        format!("{company} must have {done}")
    }
}

/// The days that were named in the log.
fn of_the_log(view: &View<'_>, days: &mut Days) {
    for promise in view.promises.iter().filter(|promise| matches!(promise.kept, Kept::Open | Kept::Broken)) {
        if let Some(due) = promise.due {
            let words = format!("promised on {}", promise.on);
            days.add(DeadlineKind::Promise, &promise.event, due, promise.text.clone(), &words, "log");
            if let Some(added) = days.all.last_mut() {
                added.hours.clone_from(&promise.hours);
            }
        }
    }
    if let Some((offer, due)) = view.offer.as_ref().and_then(|offer| Some((offer, offer.due?))) {
        let words = format!("offered on {}", offer.on);
        days.add(DeadlineKind::OfferEnds, "offer", due, offer_ends(offer), &words, "log");
    }
    if let Some(due) = view.thread.request.and_then(|(due, _)| due) {
        let what = "answer what you were asked".to_owned();
        days.add(DeadlineKind::CustomerAnswer, "request", due, what, "the day you were given", "log");
    }
    if let Some((letter, due)) = view.thread.letter.and_then(|letter| Some((letter, letter.due?))) {
        let what = "the deadline in your letter".to_owned();
        days.add(DeadlineKind::Letter, "letter", due, what, &format!("set on {}", letter.on), "log");
    }
    if let Some(day) = view.thread.before_court.flatten() {
        let what = "the next date at court".to_owned();
        days.add(DeadlineKind::BodyDay, "court", day, what, "the day you were told", "log");
    }
}

/// The days that bodies, laws and courts set.
fn of_the_outside(view: &View<'_>, days: &mut Days) {
    for outside in view.outside.iter().filter(|outside| outside.tier <= 3 && outside.first) {
        let (id, name) = (&outside.body.id, &outside.body.name);
        let opening: Vec<&str> = outside.opening.iter().chain(&outside.remarks).map(String::as_str).collect();
        if let Door::TooEarly(day) = outside.door {
            let what = if outside.waits {
                format!("{name} can take the case")
            } else {
                format!("the company has had its time to answer: you can go to {name}")
            };
            days.add(DeadlineKind::BodyOpens, id, day, what, &opening.join("; "), id);
        }
        if let Some(day) = outside.last_day() {
            let words = outside.closing.join("; ");
            days.add(DeadlineKind::BodyCloses, id, day, format!("the last day to go to {name}"), &words, id);
        }
    }
    for payment in &view.payments {
        if let Some(day) = payment.until {
            let id = &payment.right.id;
            let what = format!("the last day for {}", payment.dated_name());
            days.add(DeadlineKind::PaymentRight, id, day, what, &payment.reckoned().join("; "), id);
        }
    }
    // What was written in time is no day that was missed.
    let wrote = |until: Date| {
        let mut lines = view.state.log.iter().map(|line| &line.entry);
        lines.any(|entry| entry.by == By::Customer && entry.on <= until && entry.kind != LogKind::NoAnswer)
    };
    // Nor is there anything left to claim in writing where that was done.
    let left = |notice: &&Notice<'_>| {
        if notice.until >= view.now { !view.wrote_claim(notice) } else { !wrote(notice.until) }
    };
    for notice in view.notices.iter().filter(left) {
        let (id, what) = (&notice.right.id, format!("{}: {}", notice.right.name, notice.does));
        days.add(DeadlineKind::Notice, id, notice.until, what, &notice.words.join("; "), id);
    }
    for suit in &view.suits {
        let (id, what) = (&suit.right.id, format!("{}: the last day to sue", suit.right.name));
        days.add(DeadlineKind::Limitation, id, suit.until, what, &suit.words.join("; "), id);
    }
    if let Some((court, day)) = view.court.as_ref().and_then(|court| Some((court, court.until?))) {
        let (id, what) = (&court.body.id, format!("the last day for a claim in {}", court.body.name));
        days.add(DeadlineKind::Limitation, id, day, what, &court.words().join("; "), id);
    }
    if let Some((clock, answer)) = crate::stages::window(view.state, view.thread.desk).zip(view.thread.answer)
        && let Some(day) = view.end(answer.on, clock)
    {
        let what = "the last day to ask for the next stage".to_owned();
        let words = format!("{clock} from the answer of {}: ends on {day}", answer.on);
        days.add(DeadlineKind::NextStage, view.thread.desk.id(), day, what, &words, "procedure");
    }
}

//! Gates: whether each rung, and each body outside, can be gone to today; and if not, since or from when, or for want of what.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;
use ladder::Rung;

use crate::view::thread::height;
use crate::view::{Door, View};

/// Whether a gate is open.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// It can be gone to today.
    Due,
    /// It is too early; from this day, where one can be named.
    TooEarly(Option<Date>),
    /// Its time ended with this day.
    Lapsed(Date),
    /// Something must come first.
    Missing(String),
    /// It takes reports and settles no single case.
    ReportsOnly,
    /// It does not take this case any more, or is closed.
    Shut,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Due => f.write_str("due"),
            Self::TooEarly(Some(day)) => write!(f, "too early: from {day}"),
            Self::TooEarly(None) => f.write_str("too early"),
            Self::Lapsed(day) => write!(f, "too late: the last day was {day}"),
            Self::Missing(what) => write!(f, "missing: {what}"),
            Self::ReportsOnly => f.write_str("takes reports but does not settle individual cases"),
            Self::Shut => f.write_str("not open for this case"),
        }
    }
}

/// One gate.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Gate {
    /// The rung.
    pub rung: Rung,
    /// The body, as an id of the atlas, where it is one.
    pub body: Option<String>,
    /// Whether it is open.
    pub verdict: Verdict,
    /// Why, where that needs saying.
    pub why: String,
}

/// Works out every gate of a case.
#[must_use]
pub fn gates(view: &View<'_>) -> Vec<Gate> {
    let inside =
        [Rung::FrontLine, Rung::Supervisor, Rung::Complaints, Rung::Management, Rung::Executive, Rung::Legal];
    let mut gates: Vec<Gate> = inside
        .into_iter()
        .map(|rung| {
            let (verdict, why) = inside_gate(view, rung);
            Gate { rung, body: None, verdict, why: why.to_owned() }
        })
        .collect();
    gates.extend(view.outside.iter().chain(&view.court).map(|outside| Gate {
        rung: outside.rung,
        body: Some(outside.body.id.clone()),
        verdict: match &outside.door {
            Door::Due => Verdict::Due,
            Door::TooEarly(day) => Verdict::TooEarly(Some(*day)),
            Door::Lapsed(day) => Verdict::Lapsed(*day),
            Door::Missing(what) => Verdict::Missing((*what).to_owned()),
            Door::ReportsOnly => Verdict::ReportsOnly,
            Door::AboveLimit => Verdict::Missing("an amount within its limits".to_owned()),
            Door::Shut | Door::Done => Verdict::Shut,
        },
        why: outside.words().join("; "),
    }));
    gates
}

/// Works out the gate of a rung inside of the company.
fn inside_gate(view: &View<'_>, rung: Rung) -> (Verdict, &'static str) {
    let thread = &view.thread;
    // What set the times running is the complaint that every gate asks for, and a way that has ended had one.
    let formal =
        thread.first_complaint().is_some() || thread.ended().is_some() || thread.body_ended.is_some();
    let from = view.own.last_day().and_then(|day| day.checked_add(1.day()).ok());
    // The desk had its chance: it answered, dodged, fell silent, broke its word, or let its time pass.
    let failed = thread.answer.is_some()
        || thread.silent
        || thread.generic > 0
        || view.promises.iter().any(|promise| promise.kept == crate::view::promise::Kept::Broken)
        || view.own.is_over(view.now)
        || thread.body_ended.is_some()
        || view.letter_ran_out();
    match rung {
        Rung::Supervisor if view.touched() => (Verdict::Due, ""),
        Rung::Supervisor => (
            Verdict::Missing("contact with the front line".to_owned()),
            "nobody there has your case yet who could pass you on",
        ),
        Rung::Management | Rung::Executive if !formal => {
            let why = "without a formal complaint first, a letter to the executive office is sent back down, and your record starts later; if you have sent one, log it as a complaint in writing";
            (Verdict::Missing("a formal complaint".to_owned()), why)
        }
        Rung::Management | Rung::Executive if !failed => (
            Verdict::TooEarly(from),
            "the team that has your complaint still has time to answer, and going over its head costs goodwill",
        ),
        Rung::Executive if thread.stages_left && height(thread.desk) < 3 && thread.answer.is_some() => (
            Verdict::Missing("the company's own next stage".to_owned()),
            "the company's own stages come first, and outside bodies ask whether you used them",
        ),
        Rung::Legal if !formal && thread.letter.is_none() => {
            let why = "the company has no formal complaint from you yet, so a legal letter would come too soon; if you have sent one, log it as a complaint in writing";
            (Verdict::Missing("a formal complaint".to_owned()), why)
        }
        Rung::Legal if !failed => (Verdict::TooEarly(from), "the time to answer is not over yet"),
        Rung::Legal if view.court_lapsed() => {
            let last = view.court.as_ref().and_then(|court| court.until);
            (
                last.map_or(Verdict::Shut, Verdict::Lapsed),
                "it is too late for a court claim, so a threat of one would be empty",
            )
        }
        Rung::FrontLine
        | Rung::Complaints
        | Rung::Specialist
        | Rung::Management
        | Rung::Executive
        | Rung::Legal => (Verdict::Due, ""),
        Rung::Adr | Rung::Regulator => (Verdict::Shut, ""),
    }
}

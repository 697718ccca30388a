//! Reckoning: from a rule and the days that are known to a date, with the calculation in words.
//!
//! A join with a part that cannot be reckoned yet still says what it can: no later than, or no earlier than.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::question::Question;
use crate::Atlas;
use crate::record::{Limit, Rule, Span};
use crate::words::{Anchor, Count};

/// When a clock ends, as far as the known days tell.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Reckoning {
    /// It ends no earlier than this day.
    pub earliest: Option<Date>,
    /// It ends no later than this day.
    pub latest: Option<Date>,
    /// The days that would tell more.
    pub missing: Vec<Anchor>,
    /// The days that were not given as such, so that a near one stands for each.
    pub guessed: Vec<Anchor>,
    /// The calculation.
    pub words: Vec<String>,
}

impl Reckoning {
    /// Returns the day on which it ends, where that is certain.
    #[must_use]
    pub fn end(&self) -> Option<Date> {
        self.earliest.filter(|day| Some(*day) == self.latest)
    }

    /// Returns the day that a careful customer goes by: the earliest on which it may end, or the latest known bound.
    #[must_use]
    pub fn safe(&self) -> Option<Date> {
        self.earliest.or(self.latest)
    }
}

/// What ends the words of a clock whose first day is not known.
const NOT_GIVEN: &str = ": that day is not given";

impl Reckoning {
    /// Returns the clocks of it that do not run yet, in words, such as `12 months from the final response`.
    #[must_use]
    pub fn not_begun(&self) -> Vec<&str> {
        self.words.iter().filter_map(|words| words.strip_suffix(NOT_GIVEN)).collect()
    }
}

/// How output calls the day of an anchor.
#[must_use]
pub const fn anchor_words(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Event => "the day it happened",
        Anchor::Knowledge => "the day you knew",
        Anchor::FirstComplaint => "the first complaint",
        Anchor::FinalResponse => "the final response",
        Anchor::ReplyOrDue => "the final response, or the day it was due",
        Anchor::Delivery => "the delivery",
        Anchor::Purchase => "the purchase",
        Anchor::Notice => "the notice",
        Anchor::Request => "the request",
        Anchor::Statement => "the statement",
        Anchor::Dispute => "the opening of the dispute",
        Anchor::Agreement => "the agreement",
        Anchor::Referral => "the day the outside body passed it on",
        Anchor::BodyLetter => "the closing letter of the other body",
    }
}

/// Reckons when a rule ends for a complaint.
#[must_use]
pub fn reckon(atlas: &Atlas, rule: &Rule, question: &Question) -> Reckoning {
    match &rule.limit {
        Limit::Span(span) => reckon_span(atlas, span, question),
        // A case within every limit is within the one that ends first.
        Limit::AllOf(parts) => join(atlas, parts, question, "all of these must be kept", true),
        Limit::EarlierOf(parts) => join(atlas, parts, question, "whichever ends first counts", true),
        Limit::LaterOf(parts) => join(atlas, parts, question, "whichever ends last counts", false),
    }
}

fn join(atlas: &Atlas, parts: &[Rule], question: &Question, how: &str, first: bool) -> Reckoning {
    let parts: Vec<Reckoning> =
        parts.iter().filter(|part| question.fits(part)).map(|part| reckon(atlas, part, question)).collect();
    let earliest = || parts.iter().map(|part| part.earliest);
    let latest = || parts.iter().map(|part| part.latest);
    // The bound that a part lacks may lie anywhere: it takes the bound of the join with it on one side only.
    let all = |days: &mut dyn Iterator<Item = Option<Date>>| days.collect::<Option<Vec<Date>>>();
    let (earliest, latest) = if first {
        (all(&mut earliest()).and_then(|days| days.into_iter().min()), latest().flatten().min())
    } else {
        (earliest().flatten().max(), all(&mut latest()).and_then(|days| days.into_iter().max()))
    };
    let mut joined = Reckoning { earliest, latest, ..Reckoning::default() };
    let many = parts.len() > 1;
    for part in parts {
        joined.missing.extend(part.missing);
        joined.guessed.extend(part.guessed);
        joined.words.extend(part.words);
    }
    joined.missing.sort();
    joined.missing.dedup();
    joined.guessed.sort();
    joined.guessed.dedup();
    if many {
        joined.words.push(how.to_owned());
    }
    joined
}

fn reckon_span(atlas: &Atlas, span: &Span, question: &Question) -> Reckoning {
    let Some((from, given_as)) = question.days.get(span.from) else {
        let words = format!("{} from {}{NOT_GIVEN}", span.clock, anchor_words(span.from));
        return Reckoning { missing: vec![span.from], words: vec![words], ..Reckoning::default() };
    };
    let of_place = || atlas.working_days(question.country, question.region.as_deref());
    let days = span.calendar.as_deref().and_then(|id| atlas.calendar(id)).unwrap_or_else(of_place);
    let Some(ending) = days.end(from, span.clock, span.count) else {
        let words = format!("{} from {from}: beyond what can be counted", span.clock);
        return Reckoning { words: vec![words], ..Reckoning::default() };
    };
    let mut words = format!("{} from {} ({from})", span.clock, anchor_words(span.from));
    if given_as != span.from {
        let _ = write!(words, ", a guess: {} stands for it", anchor_words(given_as));
    }
    match span.count {
        Count::NextDay => {}
        Count::SameDay => words.push_str(", that day counted"),
        Count::YearEnd => words.push_str(", from the end of that year"),
    }
    if span.clock.unit == ladder::Unit::WorkingDays {
        let _ = write!(words, ", working days: {}", days.name());
        if !ending.left_out.is_empty() {
            let names: Vec<String> =
                ending.left_out.iter().map(|(day, name)| format!("{name} {day}")).collect();
            let _ = write!(words, ", leaving out {}", names.join(", "));
        }
        if days.calendar().is_some() && !days.knows(ending.day.year()) {
            words.push_str(", holidays that follow no rule not yet known");
        }
    }
    let _ = write!(words, ": ends on {}", ending.day);
    Reckoning {
        earliest: Some(ending.day),
        latest: Some(ending.day),
        missing: Vec::new(),
        guessed: if given_as == span.from { Vec::new() } else { vec![span.from] },
        words: vec![words],
    }
}

//! What a company's procedure says of an outside body, against what the atlas knows of it.
//!
//! A dead route, a name of the past, an outdated wait or time limit: each with both values. That a procedure misleads may
//! itself be a point of the complaint.

use jiff::civil::Date;
use ladder::{Channel, Clock, Reach, Unit};

use crate::Atlas;
use crate::ask::Question;
use crate::record::{Body, Contact, Limit, Rule};
use crate::words::{Anchor, Status};

/// What a procedure says of a body.
#[derive(Clone, Debug, Default)]
pub struct Stated<'a> {
    /// The name that it gives.
    pub name: &'a str,
    /// The time after which one may go there.
    pub after: Option<Clock>,
    /// The time limit for going there.
    pub within: Option<Clock>,
}

/// Where a procedure and the atlas part.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Difference {
    /// The body cannot be used.
    DeadRoute {
        /// What it is now.
        status: Status,
        /// Its last day, where known.
        until: Option<Date>,
    },
    /// The name is one of the past.
    DeadName {
        /// The name in use.
        now: String,
    },
    /// Another waiting time holds.
    Wait {
        /// What the procedure says.
        stated: Clock,
        /// What the atlas knows.
        known: Clock,
        /// The last day on which the stated time was right, where it once was.
        right_until: Option<Date>,
    },
    /// Another time limit holds.
    Deadline {
        /// What the procedure says.
        stated: Clock,
        /// What the atlas knows.
        known: Clock,
    },
}

impl Difference {
    /// Tells the difference in words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::DeadRoute { status, until } => {
                let since = until.map_or(String::new(), |day| format!(" since {day}"));
                format!(
                    "it is {}{since}: no route, whatever the procedure says",
                    status.id().replace('_', " ")
                )
            }
            Self::DeadName { now } => format!("it is now called {now}"),
            Self::Wait { stated, known, right_until } => {
                let once = right_until.map_or(String::new(), |day| format!(", which was right until {day}"));
                format!("the procedure says {stated}{once}; the rule is {known}")
            }
            Self::Deadline { stated, known } => {
                format!("the procedure gives {stated} to go there; the rule is {known}")
            }
        }
    }
}

impl Atlas {
    /// Compares what a procedure says of a body with what the atlas knows, for this complaint.
    #[must_use]
    pub fn compare(&self, body: &Body, stated: &Stated<'_>, question: &Question) -> Vec<Difference> {
        let mut differences = Vec::new();
        let shut = body.until.filter(|last| *last < question.now);
        if !matches!(body.status, Status::InForce) || shut.is_some() {
            let status = if body.status == Status::InForce { Status::Closed } else { body.status };
            return vec![Difference::DeadRoute { status, until: body.until }];
        }
        let name = crate::names::folded(stated.name);
        if body.dead_names.iter().any(|dead| crate::names::folded(&dead.name) == name) {
            differences.push(Difference::DeadName { now: body.name.clone() });
        }
        if let Some(stated) = stated.after
            && let Some(known) = question.choose(&body.wait).and_then(span)
            && !is_alike(stated, known)
        {
            let past =
                body.wait.iter().filter(|rule| rule.when.until.is_some_and(|last| last < question.now));
            let once = past.filter(|rule| span(rule).is_some_and(|clock| is_alike(clock, stated)));
            let right_until = once.filter_map(|rule| rule.when.until).max();
            differences.push(Difference::Wait { stated, known, right_until });
        }
        if let Some(stated) = stated.within
            && let Some(known) = question.choose(&body.deadline).and_then(from_the_final_response)
            && !is_alike(stated, known)
        {
            differences.push(Difference::Deadline { stated, known });
        }
        differences
    }
}

/// Returns a contact of the entry that a procedure's contradicts: the same channel with a source, and another value.
///
/// `None` where the entry knows that value, or nothing sourced of that channel. A site is the body's where its host is.
#[must_use]
pub fn other_contact<'a>(body: &'a Body, reach: &Reach) -> Option<&'a Contact> {
    let kin = |channel: Channel| match channel {
        Channel::Phone | Channel::Textphone | Channel::Messaging => Channel::Phone,
        other => other,
    };
    let channel = kin(reach.channel());
    if !matches!(channel, Channel::Phone | Channel::Email | Channel::Postal) {
        return None;
    }
    let value = plain(channel, reach.value());
    let mut sourced = body.contacts.iter().filter(|c| kin(c.channel) == channel && c.source.is_some());
    let known = body.contacts.iter().filter(|c| kin(c.channel) == channel);
    let alike = |contact: &Contact| {
        let values = contact.value.iter().chain(&contact.short_code);
        values.map(|known| plain(channel, known)).any(|known| is_like(channel, &known, &value))
    };
    let mut known = known.peekable();
    if known.peek().is_none() || known.any(alike) {
        return None;
    }
    // A mailbox at a site of the body is its own, even if it is another one.
    let host = reach.value().rsplit_once('@').map(|(_, host)| host);
    if host.is_some_and(|host| body.domains.iter().any(|domain| domain == host)) {
        return None;
    }
    sourced.next()
}

/// Letters and digits of a value, in small letters; of a number its digits, of an address its words.
fn plain(channel: Channel, value: &str) -> Vec<String> {
    let parts =
        |value: &str, fits: fn(char) -> bool| -> String { value.chars().filter(|c| fits(*c)).collect() };
    match channel {
        Channel::Phone => vec![parts(value, |c| c.is_ascii_digit())],
        Channel::Postal => value
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect(),
        _ => vec![value.trim().to_lowercase()],
    }
}

/// Whether two plain values are of one contact: numbers by their last digits, addresses by most of their words.
fn is_like(channel: Channel, a: &[String], b: &[String]) -> bool {
    match channel {
        Channel::Phone => {
            let tail = |value: &[String]| value.concat().chars().rev().take(8).collect::<String>();
            tail(a) == tail(b)
        }
        Channel::Postal => {
            let shared = a.iter().filter(|word| b.contains(word)).count();
            shared * 2 >= a.len().min(b.len())
        }
        _ => a == b,
    }
}

/// Returns the duration of a rule that is no join.
fn span(rule: &Rule) -> Option<Clock> {
    if let Limit::Span(span) = &rule.limit { Some(span.clock) } else { None }
}

/// Returns the duration from the final response that a rule holds, joined to others or not.
fn from_the_final_response(rule: &Rule) -> Option<Clock> {
    match &rule.limit {
        Limit::Span(span) => {
            matches!(span.from, Anchor::FinalResponse | Anchor::ReplyOrDue).then_some(span.clock)
        }
        Limit::AllOf(parts) | Limit::EarlierOf(parts) => parts.iter().find_map(from_the_final_response),
        // Where the last of several counts, the one from the final response alone is not the limit.
        Limit::LaterOf(_) => None,
    }
}

/// Returns whether two durations are the same to a customer: eight weeks, 56 days and 40 working days are.
#[must_use]
pub fn is_alike(a: Clock, b: Clock) -> bool {
    let in_days = |clock: Clock| match clock.unit {
        Unit::Minutes => u64::from(clock.n).div_ceil(24 * 60),
        Unit::Hours => u64::from(clock.n).div_ceil(24),
        Unit::Days => u64::from(clock.n),
        Unit::WorkingDays => u64::from(clock.n) * 7 / 5,
        Unit::Weeks => u64::from(clock.n) * 7,
        Unit::Months => u64::from(clock.n) * 365 / 12,
        Unit::Years => u64::from(clock.n) * 365,
    };
    let (a, b) = (in_days(a), in_days(b));
    // Months are 30 or 31 days: a difference that small tells nothing.
    a.abs_diff(b) * 60 <= a.max(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Sector;
    use jiff::civil::date;
    use ladder::Country;

    #[test]
    fn what_a_procedure_says_is_held_against_the_atlas() {
        let differences = |id: &str, sector, name: &str, after: Option<Clock>, within: Option<Clock>| {
            let country = Country::parse("GB").unwrap();
            let question = Question { sector: Some(sector), ..Question::new(country, date(2026, 11, 22)) };
            let atlas = Atlas::builtin();
            let all = atlas.compare(atlas.body(id).unwrap(), &Stated { name, after, within }, &question);
            let told: Vec<String> = all.iter().map(Difference::words).collect();
            format!("{id}: {}", if told.is_empty() { "agrees".to_owned() } else { told.join("; ") })
        };
        let (weeks, months) = (|n| Some(Clock::new(n, Unit::Weeks)), |n| Some(Clock::new(n, Unit::Months)));
        let told = [
            differences("gb-communications-ombudsman", Sector::Telecom, "Otelo", weeks(8), months(12)),
            differences("gb-cisas", Sector::Telecom, "CISAS", Some(Clock::new(42, Unit::Days)), months(6)),
            differences(
                "gb-financial-ombudsman",
                Sector::Bank,
                "the Financial Ombudsman Service",
                weeks(8),
                months(6),
            ),
            differences("eu-odr-platform", Sector::Ecommerce, "ODR platform", None, None),
        ];
        insta::assert_snapshot!(told.join("\n"), @"
        gb-communications-ombudsman: it is now called Communications Ombudsman; the procedure says 8 weeks, which was right until 2026-04-07; the rule is 6 weeks
        gb-cisas: the procedure gives 6 months to go there; the rule is 12 months
        gb-financial-ombudsman: agrees
        eu-odr-platform: it is closed since 2025-07-20: no route, whatever the procedure says
        ");
    }

    #[test]
    fn durations_are_alike_in_whatever_unit() {
        for (a, b, alike) in [
            (Clock::new(8, Unit::Weeks), Clock::new(56, Unit::Days), true),
            (Clock::new(8, Unit::Weeks), Clock::new(40, Unit::WorkingDays), true),
            (Clock::new(12, Unit::Months), Clock::new(1, Unit::Years), true),
            (Clock::new(2, Unit::Months), Clock::new(60, Unit::Days), true),
            (Clock::new(8, Unit::Weeks), Clock::new(6, Unit::Weeks), false),
            (Clock::new(8, Unit::Weeks), Clock::new(2, Unit::Months), false),
        ] {
            assert_eq!(is_alike(a, b), alike, "{a} / {b}");
        }
    }
}

//! The state of a case: a fold over its events, the same for the same events whenever it is computed.
//!
//! It holds what is so, not what follows: advice, gates and deadlines are computed from it with a day and the atlas.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::case::Case;
use crate::event::{Entry, Event, Evidence, Facts, Procedure, What};
use crate::money::Money;
use crate::words::{By, Outcome};

/// Where a case stands, as its events tell.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Who complains about what.
    pub facts: Facts,
    /// The numbers by which the matter is found.
    pub references: Vec<String>,
    /// What proves it.
    pub evidence: Vec<Evidence>,
    /// The log by day; entries of one day in the order in which they were recorded.
    pub log: Vec<Line>,
    /// The company's procedure, where one was pinned, and the day it was read.
    pub procedure: Option<(Procedure, Date)>,
    /// The ladder that was pinned last, and its day.
    pub ladder: Option<(serde_json::Value, Date)>,
    /// What the customer said of promises: by the id of the event, whether kept, and the day.
    pub settled: BTreeMap<String, (bool, Date)>,
    /// What became of contact points.
    pub tried: Vec<(String, Outcome)>,
    /// The authority to act that was given last.
    pub authority: Option<Authority>,
    /// The bills that are watched.
    pub bills: Vec<Bill>,
    /// How it was closed, where it is.
    pub closed: Option<Closing>,
    /// The day it was opened.
    pub opened_on: Date,
}

/// One line of the log and the event it came with.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The id of the event.
    pub event: String,
    /// The line.
    pub entry: Entry,
}

/// A bill that comes again and again, beside the price that was promised.
#[derive(Clone, Debug, PartialEq)]
pub struct Bill {
    /// The event in which the price was written down.
    pub event: String,
    /// What it is for.
    pub name: String,
    /// The price that was promised.
    pub promised: Money,
    /// From which day it counts.
    pub from: Date,
    /// Until when it was promised.
    pub until: Option<Date>,
    /// In which words.
    pub words: Option<String>,
    /// The bills that came, oldest first.
    pub came: Vec<(Date, Money)>,
}

impl Bill {
    /// Returns the bills that ask for more than was promised, within the time for which it was.
    pub fn broken(&self) -> impl Iterator<Item = &(Date, Money)> {
        self.came.iter().filter(|(on, amount)| {
            *on >= self.from
                && self.until.is_none_or(|until| *on <= until)
                && amount.at_least(&self.promised) == Some(true)
                && *amount != self.promised
        })
    }
}

/// The authority to act for a customer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Authority {
    /// To whom it was given.
    pub to: String,
    /// Who gave it, where that is another than the one who keeps the case.
    pub from: Option<String>,
    /// Until when, that day included.
    pub until: Option<Date>,
}

impl Authority {
    /// Returns the client for whom somebody acts on a day: none where the customer keeps the case, or the authority has ended.
    #[must_use]
    pub fn client(&self, now: Date) -> Option<&str> {
        self.from.as_deref().filter(|_| self.until.is_none_or(|until| now <= until))
    }
}

/// How a case was closed.
#[derive(Clone, Debug, PartialEq)]
pub struct Closing {
    /// The day.
    pub on: Date,
    /// What was got, in words.
    pub outcome: String,
    /// How much of it in money.
    pub received: Option<Money>,
}

impl State {
    /// Computes the state of a case; `None` for a case without events.
    #[must_use]
    pub fn of(case: &Case) -> Option<Self> {
        let (first, rest) = case.events().split_first()?;
        let What::Opened { facts } = &first.what else { return None };
        let mut state = Self {
            facts: (**facts).clone(),
            references: Vec::new(),
            evidence: Vec::new(),
            log: Vec::new(),
            procedure: None,
            ladder: None,
            settled: BTreeMap::new(),
            tried: Vec::new(),
            authority: None,
            bills: Vec::new(),
            closed: None,
            opened_on: first.at.day(),
        };
        for event in rest {
            state.take(event);
        }
        state.order();
        Some(state)
    }

    /// Returns what the customer wrote of the matter, and not what others answered.
    pub(crate) fn own_words(&self) -> impl Iterator<Item = &str> {
        let lines = self.log.iter().map(|line| &line.entry).filter(|entry| entry.by == By::Customer);
        self.facts.what.iter().map(String::as_str).chain(lines.map(|entry| entry.text.as_str()))
    }

    /// Orders the log by day and time, and stable: what was recorded later about an earlier day falls into its place. A line
    /// without a time stays behind the line of its day after which it was recorded.
    fn order(&mut self) {
        self.log.sort_by_key(|line| line.entry.on);
        let mut before: Option<(Date, Option<jiff::civil::Time>)> = None;
        let mut times = Vec::with_capacity(self.log.len());
        for line in &self.log {
            let inherited = before.filter(|(day, _)| *day == line.entry.on).and_then(|(_, time)| time);
            let time = line.entry.time.or(inherited);
            before = Some((line.entry.on, time));
            times.push((line.entry.on, time));
        }
        let mut ordered: Vec<_> = times.into_iter().zip(std::mem::take(&mut self.log)).collect();
        ordered.sort_by_key(|(when, _)| *when);
        self.log = ordered.into_iter().map(|(_, line)| line).collect();
    }

    /// Returns whether a contact point was found to be of no use any more; of several notes the last counts.
    #[must_use]
    pub fn is_dead(&self, contact: &str) -> bool {
        let last = self.tried.iter().rev().find(|(tried, _)| tried.eq_ignore_ascii_case(contact));
        last.is_some_and(|(_, outcome)| outcome.is_dead())
    }

    /// Takes one event in.
    fn take(&mut self, event: &Event) {
        match &event.what {
            What::Opened { facts } | What::Described { facts, .. } => self.facts = (**facts).clone(),
            What::Logged(entry) | What::Sent { entry, .. } | What::Received { entry, .. } => {
                if let Some(reference) = &entry.reference {
                    self.refer(reference);
                }
                self.log.push(Line { event: event.id.clone(), entry: (**entry).clone() });
            }
            What::Withdrawn { about, .. } => self.log.retain(|line| line.event != *about),
            What::PromiseSettled { about, kept, on } => {
                self.settled.insert(about.clone(), (*kept, *on));
            }
            What::Referenced { reference } => self.refer(reference),
            What::EvidenceAttached(evidence) => self.evidence.push(evidence.clone()),
            What::LadderPinned { ladder, on } => self.ladder = Some((ladder.clone(), *on)),
            What::PolicyPinned { policy, on } => {
                let mut policy = policy.clone();
                policy.stages.sort_by_key(|stage| stage.order);
                self.procedure = Some((policy, *on));
            }
            What::ContactTried { contact, outcome } => self.tried.push((contact.clone(), *outcome)),
            What::AuthorityGiven { to, from, until } => {
                self.authority = Some(Authority { to: to.clone(), from: from.clone(), until: *until });
            }
            What::BillWatched { name, promised, from, until, words } => {
                // A price that is promised anew takes the place of the one before; what came stays.
                let came = self
                    .bills
                    .iter()
                    .position(|bill| bill.name == *name)
                    .map(|at| self.bills.remove(at).came);
                self.bills.push(Bill {
                    event: event.id.clone(),
                    name: name.clone(),
                    promised: *promised,
                    from: *from,
                    until: *until,
                    words: words.clone(),
                    came: came.unwrap_or_default(),
                });
            }
            What::BillCame { name, on, amount } => {
                if let Some(bill) = self.bills.iter_mut().find(|bill| bill.name == *name) {
                    bill.came.push((*on, *amount));
                    bill.came.sort_by_key(|(on, _)| *on);
                }
            }
            What::Noted { .. } => {}
            What::Closed { outcome, received } => {
                let closing = Closing { on: event.at.day(), outcome: outcome.clone(), received: *received };
                self.closed = Some(closing);
            }
            What::Reopened { .. } => self.closed = None,
        }
    }

    fn refer(&mut self, reference: &str) {
        if !self.references.iter().any(|known| known == reference) {
            self.references.push(reference.to_owned());
        }
    }
}

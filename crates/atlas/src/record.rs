//! The entries of the atlas as types: bodies, rights, and the clocks that both hold.
//!
//! They are made from checked data only, so a value that the schema refuses cannot stand in one. A field that the data
//! leave out is absent here too: unknown is not none.

use std::fmt;

use jiff::civil::Date;
use ladder::Clock;
use serde::Deserialize;

use crate::words::{
    Access, Act, ActingAs, Anchor, Basis, Binds, CompanyType, Confidence, Count, Delivery, Early, Field, How,
    Kind, MoneyKind, Need, Office, PaidBy, Remedy, Sector, Status, SuitEnds, Topic,
};

/// A year, month or day: how old a source is, or until when a name was used.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(transparent)]
pub struct Dated(String);

impl Dated {
    /// Returns it as written: `2025`, `2025-07` or `2025-07-01`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the last day that it can mean.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        let mut parts = self.0.split('-');
        let year: i16 = parts.next()?.parse().ok()?;
        let Some(month) = parts.next() else { return Date::new(year, 12, 31).ok() };
        let first = Date::new(year, month.parse().ok()?, 1).ok()?;
        match parts.next() {
            Some(day) => Date::new(year, first.month(), day.parse().ok()?).ok(),
            None => Some(first.last_of_month()),
        }
    }
}

impl fmt::Display for Dated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A duration from an anchor.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Span {
    /// How long.
    pub clock: Clock,
    /// From which day.
    pub from: Anchor,
    /// Whether that day counts itself.
    pub count: Count,
    /// Whether sending or arrival must fall within it, where the rule says.
    pub delivery: Option<Delivery>,
    /// Whose working days, where not those of the place.
    pub calendar: Option<String>,
}

/// When a clock ends.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Limit {
    /// After a span.
    Span(Span),
    /// Each must be kept.
    AllOf(Vec<Rule>),
    /// Whichever ends first.
    EarlierOf(Vec<Rule>),
    /// Whichever ends last.
    LaterOf(Vec<Rule>),
}

/// For which cases a clock holds. Empty lists hold for all.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(default)]
pub struct When {
    /// Sectors.
    pub sectors: Vec<Sector>,
    /// Kinds of company.
    pub company_types: Vec<CompanyType>,
    /// Customers.
    pub acting_as: Vec<ActingAs>,
    /// Problems.
    pub topics: Vec<Topic>,
    /// Ways of paying.
    pub pays: Vec<PaidBy>,
    /// Regions.
    pub regions: Vec<String>,
    /// Urgent complaints, or others.
    pub urgent: Option<bool>,
    /// First day of validity.
    pub since: Option<Date>,
    /// Last day of validity.
    pub until: Option<Date>,
    /// Which day must lie within the validity.
    pub dated_by: Option<Anchor>,
}

/// A clock with its conditions.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(try_from = "RawRule")]
pub struct Rule {
    /// When it ends.
    pub limit: Limit,
    /// For which cases.
    pub when: When,
    /// Whom it binds.
    pub binds: Option<Binds>,
    /// What the bound one must do.
    pub does: Option<String>,
    /// What kind of act that is, where it binds the customer.
    pub act: Option<Act>,
    /// What follows when it is missed.
    pub missed: Option<String>,
    /// The time with every extension.
    pub longest: Option<Clock>,
    /// How sure, where it differs from the entry.
    pub confidence: Option<Confidence>,
    /// What else a reader must know.
    pub note: Option<String>,
}

/// A clock as the data spell it.
#[derive(Deserialize)]
struct RawRule {
    n: Option<u32>,
    unit: Option<ladder::Unit>,
    from: Option<Anchor>,
    all_of: Option<Vec<Rule>>,
    earlier_of: Option<Vec<Rule>>,
    later_of: Option<Vec<Rule>>,
    count: Option<Count>,
    delivery: Option<Delivery>,
    calendar: Option<String>,
    binds: Option<Binds>,
    does: Option<String>,
    act: Option<Act>,
    missed: Option<String>,
    longest: Option<Clock>,
    confidence: Option<Confidence>,
    note: Option<String>,
    #[serde(flatten)]
    when: When,
}

impl TryFrom<RawRule> for Rule {
    type Error = &'static str;

    fn try_from(raw: RawRule) -> Result<Self, Self::Error> {
        let limit = match (raw.n, raw.unit, raw.from, raw.all_of, raw.earlier_of, raw.later_of) {
            (Some(n), Some(unit), Some(from), None, None, None) => Limit::Span(Span {
                clock: Clock::new(n, unit),
                from,
                count: raw.count.unwrap_or(Count::NextDay),
                delivery: raw.delivery,
                calendar: raw.calendar,
            }),
            (None, None, None, Some(rules), None, None) => Limit::AllOf(rules),
            (None, None, None, None, Some(rules), None) => Limit::EarlierOf(rules),
            (None, None, None, None, None, Some(rules)) => Limit::LaterOf(rules),
            _ => return Err("a clock is a span or one join"),
        };
        Ok(Self {
            limit,
            when: raw.when,
            binds: raw.binds,
            does: raw.does,
            act: raw.act,
            missed: raw.missed,
            longest: raw.longest,
            confidence: raw.confidence,
            note: raw.note,
        })
    }
}

/// An amount of money and what it is.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct Money {
    /// What it is.
    pub kind: MoneyKind,
    /// How much, in whole units.
    pub amount: u64,
    /// Of what (ISO 4217).
    pub currency: String,
    /// First day of validity.
    pub since: Option<Date>,
    /// Last day of validity.
    pub until: Option<Date>,
    /// The day it is due to be raised.
    pub next_change: Option<Date>,
    /// How sure, where it differs from the entry.
    pub confidence: Option<Confidence>,
    /// For which claims.
    pub note: Option<String>,
}

/// Who may go to a body.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(default)]
pub struct Eligibility {
    /// Which customers; empty where the data do not say.
    pub who: Vec<ActingAs>,
    /// Against which kinds of company; empty for any.
    pub company_types: Vec<CompanyType>,
    /// Where the customer must live.
    pub residence: Option<String>,
    /// What is not taken.
    pub excludes: Vec<String>,
    /// What else decides.
    pub note: Option<String>,
}

/// How long something takes.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct Duration {
    /// How long.
    #[serde(flatten)]
    pub clock: Clock,
    /// What happens within it.
    pub what: String,
    /// Whom it binds, where it is the time for an answer to the body.
    pub binds: Option<Binds>,
}

/// How one entry stands to another.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct Edge {
    /// The id of the other.
    pub to: String,
    /// How.
    pub how: How,
    /// What else a reader must know.
    pub note: Option<String>,
}

/// What going to a body does to a claim in court.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(default)]
pub struct Court {
    /// Whether the time for suing stands still.
    pub stops_limitation: Option<bool>,
    /// Whether the right to sue ends.
    pub ends_right_to_sue: Option<SuitEnds>,
    /// What else a reader must know.
    pub note: Option<String>,
}

/// A way to reach a body.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct Contact {
    /// How.
    pub channel: ladder::Channel,
    /// Number, mailbox, address on the web or postal address.
    pub value: Option<String>,
    /// A number that works only inside of the country.
    pub short_code: Option<String>,
    /// What the source calls it.
    pub label: Option<String>,
    /// When it is open.
    pub hours: Option<String>,
    /// Languages served.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Whether it can be reached from abroad.
    pub abroad: Option<bool>,
    /// Who gets through.
    pub access: Option<Access>,
    /// For which matters.
    #[serde(default)]
    pub topics: Vec<String>,
    /// Where it was read.
    pub source: Option<String>,
    /// When it was read there.
    pub checked: Option<Date>,
}

/// A name of the past.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct DeadName {
    /// The name as it was.
    pub name: String,
    /// When it went out of use.
    pub until: Option<Dated>,
    /// It counts only in a document of this country.
    #[serde(default)]
    pub local: bool,
}

/// What a fact rests on.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct Evidence {
    /// How sure.
    pub confidence: Confidence,
    /// Where it was read; empty where no source is recorded.
    #[serde(default)]
    pub sources: Vec<String>,
    /// How old the newest source is.
    pub seen: Option<Dated>,
    /// When somebody last looked.
    pub checked: Option<Date>,
    /// When somebody should look again.
    pub review_by: Option<Date>,
}

/// Evidence for some fields.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
struct PartEvidence {
    of: Vec<Field>,
    #[serde(flatten)]
    evidence: Evidence,
}

/// What an entry and each of its fields rest on.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct Grounds {
    /// What the entry rests on.
    #[serde(flatten)]
    whole: Evidence,
    #[serde(default)]
    memory: Vec<Field>,
    #[serde(default, rename = "evidence")]
    parts: Vec<PartEvidence>,
}

impl Grounds {
    /// Returns what the entry rests on as a whole.
    #[must_use]
    pub const fn whole(&self) -> &Evidence {
        &self.whole
    }

    /// Returns what one field rests on: its own evidence where it has some, that of the entry otherwise.
    #[must_use]
    pub fn of(&self, field: Field) -> Evidence {
        if self.memory.contains(&field) {
            let review_by = self.whole.review_by;
            return Evidence {
                confidence: Confidence::Low,
                sources: Vec::new(),
                seen: None,
                checked: None,
                review_by,
            };
        }
        let part = self.parts.iter().find(|part| part.of.contains(&field));
        part.map_or_else(|| self.whole.clone(), |part| part.evidence.clone())
    }

    /// Gives entries without a review day of their own that of their file.
    pub(crate) fn review_by_default(&mut self, day: Option<Date>) {
        self.whole.review_by = self.whole.review_by.or(day);
        for part in &mut self.parts {
            part.evidence.review_by = part.evidence.review_by.or(self.whole.review_by);
        }
    }
}

/// A body outside of the company.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct Body {
    /// The stable key.
    pub id: String,
    /// The name in use.
    pub name: String,
    /// The country of its file: ISO 3166-1, `EU` or `INT`.
    #[serde(default)]
    pub country: String,
    /// Other names in use.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Names that count only in a document of its country.
    #[serde(default)]
    pub local_names: Vec<String>,
    /// Names of the past.
    #[serde(default)]
    pub dead_names: Vec<DeadName>,
    /// Its sites.
    #[serde(default)]
    pub domains: Vec<String>,
    /// What kind of body it is.
    pub kind: Kind,
    /// Which office of a state it is.
    pub office: Option<Office>,
    /// The trades it deals with.
    pub sectors: Vec<Sector>,
    /// The regions it serves; empty for the whole country.
    #[serde(default)]
    pub regions: Vec<String>,
    /// Whether it can be used.
    #[serde(default = "in_force")]
    pub status: Status,
    /// Its first day.
    pub since: Option<Date>,
    /// Its last day.
    pub until: Option<Date>,
    /// The body that took its place.
    pub superseded_by: Option<String>,
    /// Whether it deals with the single case.
    pub single_cases: Option<bool>,
    /// Whether its decision binds the company.
    pub binds: Option<bool>,
    /// What it costs the customer.
    pub cost: Option<String>,
    /// What must be done first, in words.
    pub first: Option<String>,
    /// The same for programs; `None` where it was not worked out.
    pub needs: Option<Vec<Need>>,
    /// After which time one may go without a final response.
    #[serde(default)]
    pub wait: Vec<Rule>,
    /// What becomes of a case that comes too early.
    pub early: Option<Early>,
    /// The last time to go.
    #[serde(default)]
    pub deadline: Vec<Rule>,
    /// Caps, floors and fees.
    #[serde(default)]
    pub money: Vec<Money>,
    /// The limit in words.
    pub limit: Option<String>,
    /// Who may go there.
    #[serde(default)]
    pub eligibility: Eligibility,
    /// What it can bring about.
    #[serde(default)]
    pub remedies: Vec<Remedy>,
    /// How long it takes.
    #[serde(default)]
    pub duration: Vec<Duration>,
    /// Languages it works in.
    #[serde(default)]
    pub languages: Vec<String>,
    /// How it stands to others.
    #[serde(default)]
    pub links: Vec<Edge>,
    /// What going there does to a claim in court.
    #[serde(default)]
    pub court: Court,
    /// Where one can check whether the company belongs to it.
    pub register: Option<String>,
    /// Its own site.
    pub web: Option<String>,
    /// How it is reached.
    #[serde(default)]
    pub contacts: Vec<Contact>,
    /// Exceptions, conflicts, changes under way.
    pub note: Option<String>,
    /// What it rests on.
    #[serde(flatten)]
    pub grounds: Grounds,
}

/// A clock or a claim that law, a scheme or a contract gives.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct Right {
    /// The stable key.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The country of its file: ISO 3166-1, `EU` or `INT`.
    #[serde(default)]
    pub country: String,
    /// The trades it is about.
    pub sectors: Vec<Sector>,
    /// The regions where it holds; empty for the whole country.
    #[serde(default)]
    pub regions: Vec<String>,
    /// On what it rests.
    pub basis: Basis,
    /// Whether it can be used.
    #[serde(default = "in_force")]
    pub status: Status,
    /// Its first day.
    pub since: Option<Date>,
    /// Its last day.
    pub until: Option<Date>,
    /// The first day of its present wording.
    pub revised: Option<Date>,
    /// The statute or rule.
    pub law: String,
    /// What the customer may or must do.
    pub consumer: Option<String>,
    /// What the company must do.
    pub company: Option<String>,
    /// Only where it was paid in this way; empty for any.
    #[serde(default)]
    pub pays: Vec<PaidBy>,
    /// Only for these problems; empty for any.
    #[serde(default)]
    pub topics: Vec<Topic>,
    /// Its clocks.
    #[serde(default)]
    pub clocks: Vec<Rule>,
    /// Floors, caps and fixed sums.
    #[serde(default)]
    pub money: Vec<Money>,
    /// Where it ends, in words.
    pub limit: Option<String>,
    /// How it runs with other rights and bodies.
    #[serde(default)]
    pub links: Vec<Edge>,
    /// Exceptions, conflicts, changes under way.
    pub note: Option<String>,
    /// What it rests on.
    #[serde(flatten)]
    pub grounds: Grounds,
}

const fn in_force() -> Status {
    Status::InForce
}

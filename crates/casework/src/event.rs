//! Events: what happened to a case, one after the other, never edited.
//!
//! A correction is a new event. The form on disk is stable: a field may be added with a default, a kind of event may be
//! added, nothing is renamed. An event of a later version is refused by name rather than read in part.

use jiff::civil::{Date, Time};
use ladder::{Channel, Clock, Country, Rung};
use serde::{Deserialize, Serialize};

use atlas::words::{ActingAs, PaidBy, Sector, Topic};

use crate::moment::Moment;
use crate::money::Money;
use crate::words::{By, LogKind, Outcome, Urgency, Wish};

/// The version of the form in which events are written.
pub const EVENT_VERSION: u16 = 1;

/// One thing that happened to a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The version of its form.
    pub v: u16,
    /// The id, unique within the case.
    pub id: String,
    /// When it was recorded.
    pub at: Moment,
    /// Who recorded it: the customer, an adviser, an import.
    pub recorded_by: String,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum What {
    /// The case was opened with what was known.
    Opened {
        /// The facts.
        facts: Box<Facts>,
    },
    /// The facts were corrected: these take the place of the earlier ones.
    Described {
        /// The facts, whole.
        facts: Box<Facts>,
        /// Why.
        #[serde(default)]
        because: Option<String>,
    },
    /// A contact took place, a document came, a promise was made: one line of the log.
    Logged(Box<Entry>),
    /// A message left for the company or a body.
    Sent {
        /// Its line in the log.
        entry: Box<Entry>,
        /// The message.
        message: Message,
    },
    /// A message came.
    Received {
        /// Its line in the log.
        entry: Box<Entry>,
        /// The message.
        message: Message,
    },
    /// A line of the log was withdrawn: it was wrong.
    Withdrawn {
        /// The id of the event.
        about: String,
        /// Why.
        because: String,
    },
    /// The customer says that a promise was kept, or was not.
    PromiseSettled {
        /// The id of the event that holds the promise.
        about: String,
        /// Whether it was kept.
        kept: bool,
        /// On which day that was known.
        on: Date,
    },
    /// A number by which the company or a body finds the matter.
    Referenced {
        /// The number.
        reference: String,
    },
    /// Something that proves the matter.
    EvidenceAttached(Evidence),
    /// The ladder of the company as it stood that day.
    LadderPinned {
        /// The ladder as `upstairs find --json` gives it.
        ladder: serde_json::Value,
        /// The day it was found.
        on: Date,
    },
    /// The company's procedure as it stood that day.
    PolicyPinned {
        /// The procedure.
        policy: Procedure,
        /// The day it was read.
        on: Date,
    },
    /// What became of using a contact point.
    ContactTried {
        /// The value: number, address, link.
        contact: String,
        /// What happened.
        outcome: Outcome,
    },
    /// The customer gave an adviser the authority to act.
    AuthorityGiven {
        /// To whom.
        to: String,
        /// Who gave it, where that is another than the one who keeps the case: a client.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<String>,
        /// Until when.
        #[serde(default)]
        until: Option<Date>,
    },
    /// A bill that comes again and again, and the price that was promised for it.
    BillWatched {
        /// What the bill is for, as the customer calls it.
        name: String,
        /// The price that was promised.
        promised: Money,
        /// From which day it counts.
        from: Date,
        /// Until when it was promised.
        #[serde(default)]
        until: Option<Date>,
        /// In which words it was promised, and by whom.
        #[serde(default)]
        words: Option<String>,
    },
    /// A bill came.
    BillCame {
        /// What it is for: the name under which it is watched.
        name: String,
        /// The day of the bill.
        on: Date,
        /// How much it asks for.
        amount: Money,
    },
    /// A note for oneself: it changes nothing.
    Noted {
        /// The words.
        text: String,
    },
    /// The case was closed.
    Closed {
        /// What was got, in words.
        outcome: String,
        /// How much of it in money.
        #[serde(default)]
        received: Option<Money>,
    },
    /// The case was taken up again.
    Reopened {
        /// Why.
        because: String,
    },
}

impl What {
    /// Returns the hash of the file that an event names, and what it is called: something attached, or the bytes of a message.
    #[must_use]
    pub fn file(&self) -> Option<(&str, &str)> {
        match self {
            Self::EvidenceAttached(evidence) => Some((evidence.sha256.as_deref()?, &evidence.name)),
            Self::Sent { message, .. } | Self::Received { message, .. } => {
                Some((message.sha256.as_deref()?, message.subject.as_deref().unwrap_or("message")))
            }
            _ => None,
        }
    }
}

/// Who complains about what, and what they want.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The company.
    pub company: String,
    /// The country whose law and bodies count.
    pub country: Country,
    /// State, province or part of the country (ISO 3166-2, second part).
    #[serde(default)]
    pub region: Option<String>,
    /// The trade.
    #[serde(default)]
    pub sector: Option<Sector>,
    /// As whom the customer complains.
    pub acting_as: ActingAs,
    /// What happened, in the customer's words.
    #[serde(default)]
    pub what: Option<String>,
    /// What kind of problem it is.
    #[serde(default)]
    pub topic: Option<Topic>,
    /// The matter within it, in the words of `find --about`, where one was told: it chooses among the company's teams.
    #[serde(default)]
    pub matter: Option<String>,
    /// The day the trouble began or was known.
    #[serde(default)]
    pub since: Option<Date>,
    /// The day from which legal time runs: delivery, flight, statement, payment; it may lie ahead.
    #[serde(default)]
    pub event: Option<Date>,
    /// Whether it goes on.
    #[serde(default)]
    pub ongoing: bool,
    /// How much money is in dispute.
    #[serde(default)]
    pub amount: Option<Money>,
    /// How it was paid.
    #[serde(default)]
    pub paid_by: Option<PaidBy>,
    /// Why it is urgent.
    #[serde(default)]
    pub urgent: Option<Urgency>,
    /// What is wanted.
    #[serde(default)]
    pub wanted: Option<Wish>,
    /// The least that is accepted.
    #[serde(default)]
    pub least: Option<Money>,
    /// The day by which it matters to the customer.
    #[serde(default)]
    pub matters_by: Option<Date>,
    /// How the customer prefers to be reached.
    #[serde(default)]
    pub reach_by: Option<Channel>,
    /// How many other people have the same problem, where known.
    #[serde(default)]
    pub others_affected: Option<u32>,
    /// What it does to the customer, in their words.
    #[serde(default)]
    pub impact: Option<String>,
    /// What contract, price, delivery or policy promised, in their words.
    #[serde(default)]
    pub agreed: Option<String>,
    /// What would do instead of what is wanted, in their words.
    #[serde(default)]
    pub fallback: Option<String>,
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The day it took place.
    pub on: Date,
    /// The local time, where known.
    #[serde(default)]
    pub time: Option<Time>,
    /// Whose act it is.
    pub by: By,
    /// How.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// With which rung.
    #[serde(default)]
    pub rung: Option<Rung>,
    /// What it is.
    pub kind: LogKind,
    /// What was said.
    #[serde(default)]
    pub text: String,
    /// The day that was set or promised.
    #[serde(default)]
    pub due: Option<Date>,
    /// The hours of that day, where it is an appointment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// The money that it is about.
    #[serde(default)]
    pub amount: Option<Money>,
    /// The contact point used.
    #[serde(default)]
    pub contact: Option<String>,
    /// Name and role of the person.
    #[serde(default)]
    pub person: Option<String>,
    /// The reference given.
    #[serde(default)]
    pub reference: Option<String>,
    /// The body, as an id of the atlas, where it is a body's thread.
    #[serde(default)]
    pub body: Option<String>,
    /// How long one had to hold, in minutes.
    #[serde(default)]
    pub held_minutes: Option<u32>,
}

impl Entry {
    /// Returns whether it was spoken: nothing of it is left in writing but what the customer noted.
    #[must_use]
    pub fn is_spoken(&self) -> bool {
        matches!(self.channel, Some(Channel::Phone | Channel::InPerson | Channel::Textphone))
    }

    /// Returns whether it is known to have been in writing.
    #[must_use]
    pub fn is_written(&self) -> bool {
        self.channel.is_some() && !self.is_spoken()
    }
}

/// The hours of an appointment, by the clock of its place.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct Hours {
    /// When it begins.
    pub from: Time,
    /// When it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Time>,
    /// The zone of that clock, where known, such as `Europe/London`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
}

/// A message, apart from its line in the log.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The id in its own system, such as a `Message-ID`.
    #[serde(default)]
    pub id: Option<String>,
    /// What it answers.
    #[serde(default)]
    pub in_reply_to: Option<String>,
    /// The subject.
    #[serde(default)]
    pub subject: Option<String>,
    /// The hash of the stored body (SHA-256, hexadecimal).
    #[serde(default)]
    pub sha256: Option<String>,
    /// Its words whole, where its line in the log is short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The ids of the single messages, where it is a run of them, as a chat is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
}

/// Something that proves the matter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// What it is.
    pub name: String,
    /// The day it is from.
    #[serde(default)]
    pub on: Option<Date>,
    /// The hash of the copied file (SHA-256, hexadecimal).
    #[serde(default)]
    pub sha256: Option<String>,
    /// Its size.
    #[serde(default)]
    pub bytes: Option<u64>,
    /// What can be said of it without opening it: its kind, its pages or its size as a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<String>,
    /// Its text, where it has one that can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A company's own complaints procedure, as far as advice goes by it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Procedure {
    /// Its stages, in order.
    pub stages: Vec<OwnStage>,
    /// The bodies it names.
    #[serde(default)]
    pub external: Vec<NamedBody>,
}

/// A stage of a company's own procedure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnStage {
    /// Its place, from 1.
    pub order: u32,
    /// Its rung.
    pub rung: Rung,
    /// The company acknowledges within.
    #[serde(default)]
    pub acknowledge: Option<Clock>,
    /// The company answers within.
    #[serde(default)]
    pub respond: Option<Clock>,
    /// The customer must go on to it within this time of the last answer.
    #[serde(default)]
    pub customer_window: Option<Clock>,
}

/// A body that a procedure names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedBody {
    /// Its id in the atlas.
    pub body: String,
    /// One may go there after this time without a final answer.
    #[serde(default)]
    pub after: Option<Clock>,
    /// One must go there within this time of the final answer.
    #[serde(default)]
    pub within: Option<Clock>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_on_disk_keeps_its_form() {
        let json = r#"{"v":1,"id":"e3","at":"2026-03-01T09:30:00+00:00[Europe/London]","recorded_by":"customer","event":"logged","on":"2026-03-01","by":"company","channel":"email","rung":"complaints","kind":"promise","text":"Refund by 9 March","due":"2026-03-09","amount":{"amount":"12.50","currency":"GBP"}}"#;
        let event: Event = serde_json::from_str(json).unwrap();
        let What::Logged(entry) = &event.what else { panic!("{event:?}") };
        assert_eq!(entry.kind, LogKind::Promise);
        assert_eq!(entry.amount.unwrap().to_string(), "GBP 12.50");
        let again: Event = serde_json::from_str(&serde_json::to_string(&event).unwrap()).unwrap();
        assert_eq!(again, event);
    }
}

//! Promises, offers and remedies: what the company bound itself to, and what came of it.

use jiff::ToSpan;
use jiff::civil::Date;
use ladder::Rung;

use crate::event::{Entry, Hours};
use crate::money::Money;
use crate::phrases;
use crate::state::State;
use crate::words::{By, LogKind};

/// Days within which an agreed remedy must come where no day was named.
const AGREED_DAYS: i32 = 14;

/// Whether a promise was kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kept {
    /// It is not due yet, or is due today.
    Open,
    /// What was promised came.
    Yes,
    /// Its day passed.
    Broken,
    /// No day was named.
    NoDay,
    /// A new promise took its place before its day had passed.
    Replaced,
}

/// Something that the company promised.
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// The event.
    pub event: String,
    /// The day it was made.
    pub on: Date,
    /// Its day.
    pub due: Option<Date>,
    /// The hours of that day, where it is an appointment.
    pub hours: Option<Hours>,
    /// The desk that made it.
    pub rung: Rung,
    /// The words.
    pub text: String,
    /// What came of it.
    pub kept: Kept,
}

/// An offer that waits for an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The day it was made.
    pub on: Date,
    /// The last day to take it.
    pub due: Option<Date>,
    /// How much.
    pub amount: Option<Money>,
    /// The words.
    pub text: String,
    /// The desk, or the body, that made it.
    pub rung: Rung,
    /// Whose offer it is.
    pub by: By,
    /// Whether it came with the last word: it can be taken, and not argued.
    pub last_word: bool,
}

/// What became of a remedy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remedy {
    /// The customer took an offer on this day.
    pub accepted: Option<Date>,
    /// The agreed remedy must be there by this day.
    pub due: Option<Date>,
    /// Money or goods came on this day, as the last thing of weight.
    pub given: Option<Date>,
    /// What came is less than what was agreed or is the least: how much, of how much.
    pub short: Option<(Money, Money)>,
    /// The customer said to be content, after it.
    pub content: bool,
    /// The customer said that it is not right, after it.
    pub disputed: bool,
    /// The desk that gave or owed it.
    pub rung: Option<Rung>,
}

/// Reads the promises of the company.
pub(crate) fn promises(state: &State, now: Date) -> Vec<Promise> {
    let mut promises = Vec::new();
    for (at, line) in state.log.iter().enumerate() {
        let entry = &line.entry;
        let is_promise = entry.by == By::Company
            && (entry.kind == LogKind::Promise
                || (matches!(entry.kind, LogKind::Acknowledgement | LogKind::Reply) && entry.due.is_some()));
        if !is_promise {
            continue;
        }
        let later = state.log.get(at + 1..).unwrap_or_default().iter().map(|line| &line.entry);
        // The first act that bears on it decides: what is replaced is no longer there to be kept.
        let became = later.filter(|after| after.by == By::Company).find_map(|after| became(entry, after));
        let kept = match (state.settled.get(&line.event), became, entry.due) {
            (Some((true, _)), ..) => Kept::Yes,
            (Some((false, _)), ..) => Kept::Broken,
            (None, Some(became), _) => became,
            (None, None, None) => Kept::NoDay,
            (None, None, Some(due)) if due < now => Kept::Broken,
            (None, None, Some(_)) => Kept::Open,
        };
        promises.push(Promise {
            event: line.event.clone(),
            on: entry.on,
            due: entry.due,
            hours: entry.hours.clone(),
            rung: entry.rung.unwrap_or(Rung::FrontLine),
            text: entry.text.clone(),
            kept,
        });
    }
    // A price is a promise, and a bill above it breaks it on its day.
    for bill in &state.bills {
        // The newest counts: who complained of an earlier one has not yet spoken of this.
        let Some((day, amount)) = bill.broken().last() else { continue };
        let kept = match state.settled.get(&bill.event) {
            Some((true, _)) => Kept::Yes,
            _ => Kept::Broken,
        };
        promises.push(Promise {
            event: bill.event.clone(),
            on: bill.from,
            due: Some(*day),
            hours: None,
            rung: Rung::FrontLine,
            text: format!("{} at {}; the bill of {day} asks for {amount}", bill.name, bill.promised),
            kept,
        });
    }
    promises
}

/// Returns what a later act of the company makes of a promise: kept, by the thing itself or an answer where one was promised;
/// or replaced. `None` where it does not bear on it.
fn became(promise: &Entry, after: &Entry) -> Option<Kept> {
    match after.kind {
        LogKind::Payment | LogKind::Delivery => Some(Kept::Yes),
        // One that was broken already is not mended by another, and two of one letter stand beside each other.
        LogKind::Promise => {
            let in_time = promise.due.is_none_or(|due| after.on <= due);
            (in_time && after.on > promise.on).then_some(Kept::Replaced)
        }
        // A refusal answers, and so does an offer; neither gives anything else that was promised.
        LogKind::Offer
        | LogKind::Refusal
        | LogKind::FinalResponse
        | LogKind::Reply
        | LogKind::GenericReply
        | LogKind::InformationRequest => promises_an_answer(&promise.text).then_some(Kept::Yes),
        _ => None,
    }
}

fn promises_an_answer(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "answer",
        "reply",
        "respond",
        "call back",
        "get back",
        "update",
        "let you know",
        "antwort",
        "melden",
        "réponse",
        "respuesta",
        "antwoord",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// Finds the offer that waits for an answer.
pub(crate) fn open_offer(state: &State) -> Option<Offer> {
    let at = state.log.iter().rposition(|line| is_offer(&line.entry))?;
    let entry = &state.log.get(at)?.entry;
    let later = state.log.get(at + 1..).unwrap_or_default();
    let answered = later.iter().any(|line| match line.entry.by {
        // A reminder, or a call about something else, answers no offer.
        By::Customer => {
            matches!(line.entry.kind, LogKind::Reply | LogKind::Complaint)
                && !phrases::reminds(&line.entry.text)
        }
        _ => matches!(
            line.entry.kind,
            LogKind::FinalResponse | LogKind::Refusal | LogKind::Payment | LogKind::Delivery
        ),
    });
    (!answered).then(|| Offer {
        on: entry.on,
        due: entry.due,
        amount: entry.amount,
        text: entry.text.clone(),
        rung: entry.rung.unwrap_or(Rung::Complaints),
        by: entry.by,
        last_word: entry.kind == LogKind::FinalResponse && entry.by == By::Company,
    })
}

/// Returns whether an entry offers something: an offer by name, or a body's decision that names a sum and a last day to take it.
fn is_offer(entry: &Entry) -> bool {
    let decision = matches!(entry.kind, LogKind::FinalResponse | LogKind::Reply | LogKind::Promise)
        && entry.amount.is_some()
        && entry.due.is_some();
    let last_word = entry.by == By::Company && entry.kind == LogKind::FinalResponse && entry.amount.is_some();
    (entry.kind == LogKind::Offer && entry.by != By::Customer)
        || (entry.by == By::Body && decision)
        || last_word
}

/// Returns where in the log the matter of today begins: what was put right to the customer's content is over, and a complaint
/// after it sets its own times running.
pub(crate) fn matter_begins(state: &State) -> usize {
    let (mut begins, mut given, mut settled) = (0, false, false);
    for (at, line) in state.log.iter().enumerate() {
        let entry = &line.entry;
        match (entry.by, entry.kind) {
            (By::Company, LogKind::Payment | LogKind::Delivery) => given = true,
            (By::Customer, LogKind::Reply) if given && phrases::content(&entry.text) => settled = true,
            (By::Customer, LogKind::Complaint) if settled => (begins, given, settled) = (at, false, false),
            _ => {}
        }
    }
    begins
}

/// Reads what became of a remedy.
pub(crate) fn remedy(state: &State, promises: &[Promise], now: Date) -> Remedy {
    let mut remedy = Remedy::default();
    let mut agreed: Option<Money> = None;
    let mut offered: Option<(Date, Option<Money>, Option<Date>)> = None;
    let mut paid: Option<Money> = None;
    for line in &state.log {
        let entry = &line.entry;
        match (entry.by, entry.kind) {
            (By::Company | By::Body, _) if is_offer(entry) => {
                // A day until which one may say yes is no day of payment.
                let to_come = entry.due.filter(|_| !phrases::to_accept_by(&entry.text));
                offered = Some((entry.on, entry.amount, to_come));
                remedy.rung = entry.rung;
            }
            (By::Customer, LogKind::Reply | LogKind::Complaint)
                if offered.is_some() && remedy.accepted.is_none() && phrases::accepts(&entry.text) =>
            {
                remedy.accepted = Some(entry.on);
                remedy.due = entry.due;
                agreed = offered.and_then(|(_, amount, _)| amount);
            }
            (By::Company, LogKind::Payment | LogKind::Delivery) => {
                remedy.given = Some(entry.on);
                remedy.rung = entry.rung.or(remedy.rung);
                remedy.content = false;
                remedy.disputed = false;
                if entry.kind == LogKind::Payment {
                    paid = match (paid, entry.amount) {
                        (Some(before), Some(more)) => before.plus(&more),
                        (before, more) => more.or(before),
                    };
                }
            }
            (By::Company, LogKind::Promise) => {
                if remedy.accepted.is_some() {
                    remedy.due = entry.due.or(remedy.due);
                }
                agreed = entry.amount.or(agreed);
            }
            (By::Customer, LogKind::Complaint | LogKind::Question | LogKind::Call | LogKind::Reply)
                if remedy.given.is_some_and(|day| day <= entry.on) =>
            {
                remedy.content = phrases::content(&entry.text) && entry.kind == LogKind::Reply;
                // Whoever has all the money and says something more need not want more.
                let owed = agreed.or(state.facts.amount);
                let in_full = paid.zip(owed).is_some_and(|(paid, owed)| paid.at_least(&owed) == Some(true));
                let complains = entry.kind == LogKind::Complaint || entry.kind != LogKind::Reply && !in_full;
                remedy.disputed = !remedy.content && (complains || phrases::denies(&entry.text));
            }
            (By::Customer, LogKind::Reply)
                if phrases::content(&entry.text) && !phrases::accepts(&entry.text) =>
            {
                remedy.content = true;
            }
            (By::Company, LogKind::Refusal | LogKind::FinalResponse) => {
                remedy.content = false;
                // A refusal undoes an agreement that was not carried out.
                if remedy.given.is_none() {
                    remedy.accepted = None;
                    remedy.due = None;
                }
            }
            _ => {}
        }
    }
    if let Some(accepted) = remedy.accepted.filter(|_| remedy.due.is_none()) {
        let promised = promises
            .iter()
            .filter(|promise| promise.on >= accepted)
            .filter_map(|promise| promise.due)
            .next_back();
        let fair = accepted.checked_add(AGREED_DAYS.days()).ok();
        remedy.due = promised.or_else(|| offered.and_then(|(.., to_come)| to_come).max(fair));
    }
    // What was given before the agreement is not the remedy.
    if remedy.accepted.zip(remedy.given).is_some_and(|(accepted, given)| given < accepted) {
        remedy.given = None;
    }
    let facts = &state.facts;
    let owed = agreed.or(facts.least).or(facts.amount);
    if let (Some(paid), Some(owed)) = (paid, owed)
        && paid.at_least(&owed) == Some(false)
    {
        remedy.short = Some((paid, owed));
    }
    if remedy.given.is_some_and(|day| day > now) {
        remedy.given = None;
    }
    remedy
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_later_promise_replaces_one_and_two_of_a_letter_stand_beside_each_other() {
        let line = |on: &str, kind: &str| -> Entry {
            serde_json::from_value(json!({"on": on, "by": "company", "kind": kind, "due": "2026-03-20"}))
                .unwrap()
        };
        let first = line("2026-03-02", "promise");
        for (after, expected) in [
            (line("2026-03-02", "promise"), None),
            (line("2026-03-02", "offer"), None),
            (line("2026-03-09", "promise"), Some(Kept::Replaced)),
            (line("2026-03-21", "promise"), None),
            (line("2026-03-02", "payment"), Some(Kept::Yes)),
        ] {
            assert_eq!(became(&first, &after), expected, "{after:?}");
        }
    }
}

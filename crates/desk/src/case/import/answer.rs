//! What a company wrote, as lines of the log: the kind of its answer, what it promises and by when, what it gives.
//!
//! The reading of replies ([`letters::reply`]) does the work; this puts its labels into the words of the log. A promise
//! beside an answer of another kind gets a line of its own, so that its day is kept.

use atlas::Atlas;
use casework::{LogKind, Money, State};
use jiff::civil::Date;
use letters::promise::{Due, Promise, Unit};
use letters::reply::{self, Contact, Label, Letter};

use super::short::{sentences, short};
use super::sums;

/// The most promises of one message that get lines.
const MOST_PROMISES: usize = 4;
/// Words of an offer that waits to be taken, in the languages that replies are read in.
const OFFERS: &[&str] = &[
    "offer",
    "would you accept",
    "if you accept",
    "if you are happy with",
    "if you would like to accept",
    "bieten wir",
    "bieten ihnen",
    "anbieten",
    "angebot",
    "proposons",
    "proposer",
    "proposition",
    "offrons",
    "ofrecemos",
    "ofrecerle",
    "oferta",
    "proponemos",
];

/// One line for the log.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// What it is.
    pub(super) kind: LogKind,
    /// In short.
    pub(super) text: String,
    /// The day that is promised or set.
    pub(super) due: Option<Date>,
    /// The sum.
    pub(super) amount: Option<Money>,
}

/// What a message of a company says.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// Its lines: the answer first, then its promises.
    pub(super) lines: Vec<Line>,
    /// References that it gives.
    pub(super) references: Vec<String>,
    /// Who signs.
    pub(super) names: Vec<String>,
    /// Contact points that it gives.
    pub(super) contacts: Vec<Contact>,
    /// What is to be known.
    pub(super) notes: Vec<String>,
}

/// Reads what a company wrote on a day; `complaint` is what it answers.
pub(super) fn read(text: &str, complaint: Option<&str>, day: Date, state: &State) -> Answer {
    let country = Some(state.facts.country);
    let letter = Letter { text, complaint, sent: Some(day), lang: None, country, calendar: None };
    let mut answer = Answer {
        lines: Vec::new(),
        references: Vec::new(),
        names: Vec::new(),
        contacts: Vec::new(),
        notes: Vec::new(),
    };
    let plain = |kind| Line { kind, text: short(text, &[]), due: None, amount: None };
    let reading = match reply::read(&letter) {
        Ok(reading) => reading,
        Err(error) => {
            answer.notes.push(error.to_string());
            answer.lines.push(plain(LogKind::Reply));
            return answer;
        }
    };
    answer.notes.extend(reading.notes.iter().cloned());
    answer.references.clone_from(&reading.given.references);
    answer.names.clone_from(&reading.given.names);
    answer.contacts.clone_from(&reading.given.contacts);
    let end = |promise: &Promise| due(promise, day, state);
    let is_offer = |words: &str| {
        let lower = words.to_lowercase();
        OFFERS.iter().any(|word| lower.contains(word))
    };
    let offers = is_offer(text);
    // A sentence that offers a sum is an offer, whatever else is refused beside it.
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let offer = sentences(&flat)
        .into_iter()
        .find(|sentence| is_offer(sentence) && !sums::sums(sentence, state.facts.country).is_empty());
    let kind = kind_of(&reading.labels, offer.is_some(), offers);
    let duty = set_day(&reading.customer_duties, end);
    let mut promises: Vec<&Promise> = Vec::new();
    for promise in reading.promises.iter().filter(|promise| promise.who == letters::promise::Who::Company) {
        if !promises.iter().any(|known| known.due == promise.due && known.quote == promise.quote) {
            promises.push(promise);
        }
    }
    // Who names a day for an answer keeps the matter, whoever else can be asked meanwhile.
    let keeps = reading.labels.contains(&Label::Acknowledgement)
        && promises.iter().any(|promise| end(promise).is_some());
    let kind = if kind == LogKind::Transfer && keeps { LogKind::Acknowledgement } else { kind };
    let mut cues: Vec<&str> =
        reading.evidence.iter().flat_map(|evidence| evidence.words.iter().map(String::as_str)).collect();
    cues.extend(promises.iter().map(|promise| promise.quote.as_str()));
    cues.extend(offer);
    let line = short(text, &cues);
    let all = sums::sums(&line, state.facts.country);
    // Several sums do not tell which is meant.
    // Of an offer the sentence that makes it tells, whatever else is named.
    let offered = offer.map(|sentence| sums::sums(sentence, state.facts.country)).unwrap_or_default();
    let amount = match (kind, all.as_slice()) {
        (LogKind::Offer | LogKind::FinalResponse, _) if offered.len() == 1 => offered.first().copied(),
        (LogKind::Offer | LogKind::Promise | LogKind::FinalResponse, [one]) => Some(*one),
        _ => None,
    };
    if amount.is_none()
        && all.len() > 1
        && matches!(kind, LogKind::Offer | LogKind::Promise | LogKind::FinalResponse)
    {
        let named: Vec<String> = all.iter().map(ToString::to_string).collect();
        answer.notes.push(format!("it names several amounts ({}), so none was taken", named.join(", ")));
    }
    // The first day that a promise names is that of the line itself where the line is one.
    let first = promises.iter().position(|promise| end(promise).is_some());
    let takes_promise = matches!(kind, LogKind::Promise | LogKind::Acknowledgement | LogKind::Reply);
    let own_due = match kind {
        _ if takes_promise => first.and_then(|at| promises.get(at).copied().and_then(end)),
        LogKind::InformationRequest | LogKind::Offer | LogKind::FinalResponse => duty,
        _ => None,
    };
    answer.lines.push(Line { kind, text: line, due: own_due, amount });
    // After a last word or a refusal a promise would be taken for a new turn of the matter.
    if matches!(kind, LogKind::FinalResponse | LogKind::Refusal) {
        return answer;
    }
    for (at, promise) in promises.iter().enumerate().take(MOST_PROMISES + 1) {
        if takes_promise && (Some(at) == first || (first.is_none() && at == 0)) {
            continue;
        }
        let due = end(promise);
        if due.is_some() && due != own_due {
            answer.lines.push(Line {
                kind: LogKind::Promise,
                text: short(&promise.quote, &[]),
                due,
                amount: None,
            });
        }
    }
    answer
}

/// Returns what an answer is in the log: `offered` where a sentence of it offers a sum, `offers` where it speaks of an offer anywhere.
fn kind_of(labels: &[Label], offered: bool, offers: bool) -> LogKind {
    let has = |label: Label| labels.contains(&label);
    if has(Label::FinalResponse) {
        LogKind::FinalResponse
    } else if offered || (has(Label::ResolutionOffer) && (offers || has(Label::Refusal))) {
        LogKind::Offer
    } else if has(Label::Refusal) {
        LogKind::Refusal
    } else if has(Label::ResolutionOffer) {
        LogKind::Promise
    } else if has(Label::InformationRequest) {
        LogKind::InformationRequest
    } else if has(Label::Transfer) {
        LogKind::Transfer
    } else if has(Label::Acknowledgement) {
        LogKind::Acknowledgement
    } else if has(Label::Generic) {
        LogKind::GenericReply
    } else {
        LogKind::Reply
    }
}

/// Returns the day that is set for the customer: of an offer the day until which it can be taken, before any other.
fn set_day(duties: &[Promise], end: impl Fn(&Promise) -> Option<Date>) -> Option<Date> {
    let of_offer = duties.iter().filter(|duty| duty.ends_offer).find_map(&end);
    of_offer.or_else(|| duties.iter().find_map(&end))
}

/// Returns the last day of a promise; working days are those of the customer's country.
fn due(promise: &Promise, sent: Date, state: &State) -> Option<Date> {
    let day = match promise.due? {
        Due::Within { n, unit: Unit::WorkingDays } => {
            let days = Atlas::builtin().working_days(state.facts.country, state.facts.region.as_deref());
            days.add(sent, n).map(|ending| ending.day)
        }
        due => due.day(sent, None),
    };
    day.filter(|day| *day >= sent)
}

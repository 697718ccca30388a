//! The thread: how far the conversation with the company, and with bodies outside, has come.

use jiff::ToSpan;
use jiff::civil::Date;
use ladder::{Channel, Rung};

use crate::phrases;
use crate::state::State;
use crate::words::{By, LogKind};

/// A decisive answer of the company.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Answer {
    /// The day.
    pub on: Date,
    /// The rung it came from.
    pub rung: Rung,
    /// Whether the company called it its last word.
    pub last_word: bool,
}

/// Returns whether what the customer sent on the legal rung is a letter: who calls and reaches nobody, or asks what became of one,
/// has written no other.
fn is_letter(entry: &crate::Entry) -> bool {
    matches!(entry.kind, LogKind::Complaint) || entry.due.is_some() && entry.kind != LogKind::NoAnswer
}

/// A letter that sets a last day before court.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Letter {
    /// The day it was sent.
    pub on: Date,
    /// The day it sets.
    pub due: Option<Date>,
}

impl Letter {
    /// Returns the last day that it gives: the one that it names, or a fair one.
    #[must_use]
    pub fn until(self) -> Date {
        self.due.or_else(|| self.on.checked_add(crate::rules::FAIR_DAYS.days()).ok()).unwrap_or(self.on)
    }
}

/// What a body outside said last.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum BodySays {
    /// Nothing yet, since the case was filed.
    Nothing,
    /// It has the case.
    HasIt(Option<Date>),
    /// It asks the customer for something.
    Asks(Option<Date>),
    /// It proposes a settlement.
    Proposes,
    /// It cannot take the case.
    Refuses,
    /// It is too early.
    TooEarly,
    /// It is done.
    Done,
}

/// How far the conversation has come.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each tells one thing of the log; no two of them are one state"
)]
#[derive(Clone, Debug, PartialEq)]
pub struct Thread {
    /// The desk that owns the thread: the highest rung of the company that the customer complained to.
    pub desk: Rung,
    /// The day the desk got it.
    pub desk_on: Option<Date>,
    /// The day of the first formal complaint.
    pub formal: Option<Date>,
    /// The day of the first complaint that was only spoken, where the rules of the trade let it count.
    pub spoken: Option<Date>,
    /// The decisive answer that stands.
    pub answer: Option<Answer>,
    /// The day of the company's first last word: clocks that run from it go on, whatever it offers or promises afterwards.
    pub last_word_on: Option<Date>,
    /// Whether the company's own stages are used up by that answer.
    pub stages_left: bool,
    /// How often the company answered without touching the point since the desk got it.
    pub generic: usize,
    /// Whether the company's last word is such an answer.
    pub generic_last: bool,
    /// Whether the customer named the point again after such an answer.
    pub challenged: bool,
    /// The day the customer last reminded the company.
    pub reminded: Option<Date>,
    /// The last day on which the company did anything.
    pub company_last: Option<Date>,
    /// Whether the last thing of the company is that nobody answered.
    pub silent: bool,
    /// Whether the company acknowledged the formal complaint.
    pub acknowledged: bool,
    /// Whether a supervisor was asked for.
    pub supervisor_asked: bool,
    /// How many contacts with the front line there were, and the last refusal there with its channel.
    pub front_contacts: usize,
    /// The last refusal of the front line, and whether it was spoken.
    pub front_refusal: Option<(Date, bool)>,
    /// Whether an agent said that the power is lacking.
    pub lacks_power: bool,
    /// Rungs that the customer turned to.
    pub tried: Vec<Rung>,
    /// An open request of the company: the day it sets, and its rung.
    pub request: Option<(Option<Date>, Rung)>,
    /// Whether the company says that the matter is closed.
    pub closed_by_company: bool,
    /// The day the case was brought to a body outside.
    pub filed_outside: Option<Date>,
    /// What the body said last.
    pub body_says: Option<BodySays>,
    /// The day it ended there.
    pub body_ended: Option<Date>,
    /// Whether the company refused once more after the body had the case.
    pub refused_to_body: bool,
    /// Whether a court has the case, and the next day there.
    pub before_court: Option<Option<Date>>,
    /// The letter before action.
    pub letter: Option<Letter>,
}

/// Returns whether a complaint of the customer's is one to the company as such: its words say so, or it is a complaint in writing of
/// which it is not known who took it.
fn is_formal(entry: &crate::Entry) -> bool {
    let written =
        matches!(entry.channel, Some(Channel::Email | Channel::Postal | Channel::Form | Channel::Fax));
    entry.by == By::Customer
        && entry.kind == LogKind::Complaint
        && (phrases::formal(&entry.text)
            || entry.rung.is_none() && written && phrases::complains(&entry.text))
}

/// Returns whether the customer told the company of the trouble, in whatever way.
fn reports(entry: &crate::Entry) -> bool {
    entry.by == By::Customer && matches!(entry.kind, LogKind::Call | LogKind::Complaint | LogKind::Question)
}

/// Returns whether the customer complained to the company by word of mouth.
fn is_spoken_complaint(entry: &crate::Entry) -> bool {
    let inside = !entry.rung.is_some_and(Rung::is_outside) && entry.rung != Some(Rung::Legal);
    entry.by == By::Customer
        && entry.is_spoken()
        && inside
        && (entry.kind == LogKind::Complaint
            || matches!(entry.kind, LogKind::Call | LogKind::AskedSupervisor)
                && phrases::says_complaint(&entry.text))
}

/// The order in which a complaint climbs inside of the company; the outside has no place in it.
pub(crate) const fn height(rung: Rung) -> u8 {
    match rung {
        Rung::FrontLine => 0,
        Rung::Supervisor => 1,
        Rung::Specialist | Rung::Complaints => 2,
        Rung::Management => 3,
        Rung::Executive => 4,
        Rung::Legal => 5,
        Rung::Adr | Rung::Regulator => 9,
    }
}

impl Thread {
    /// Reads the thread from the log.
    #[must_use]
    pub fn of(state: &State) -> Self {
        let mut thread = Self {
            desk: Rung::FrontLine,
            desk_on: None,
            formal: None,
            spoken: None,
            answer: None,
            last_word_on: None,
            stages_left: false,
            generic: 0,
            generic_last: false,
            challenged: false,
            reminded: None,
            company_last: None,
            silent: false,
            acknowledged: false,
            supervisor_asked: false,
            front_contacts: 0,
            front_refusal: None,
            lacks_power: false,
            tried: Vec::new(),
            request: None,
            closed_by_company: false,
            filed_outside: None,
            body_says: None,
            body_ended: None,
            refused_to_body: false,
            before_court: None,
            letter: None,
        };
        let by_phone = crate::stages::begins_by_phone(state);
        for line in state.log.iter().skip(super::promise::matter_begins(state)) {
            let entry = &line.entry;
            let rung = match entry.rung.unwrap_or(Rung::FrontLine) {
                // Who calls it a formal complaint, or writes without saying to whom, complains to the company and not to an agent.
                Rung::FrontLine if is_formal(entry) || (by_phone && reports(entry)) => Rung::Complaints,
                rung => rung,
            };
            match entry.by {
                By::Customer if rung.is_outside() => thread.at_body(entry.on, entry.kind, &entry.text),
                By::Customer => thread.customer(entry, rung),
                By::Company => thread.company(entry, rung),
                By::Body => thread.body(entry, rung),
            }
        }
        if thread.formal.is_none() && !thread.tried.is_empty() {
            // A desk that acknowledged or answered a complaint has one, though its sending was not logged.
            let formal = |kind| {
                matches!(
                    kind,
                    LogKind::Acknowledgement | LogKind::FinalResponse | LogKind::InformationRequest
                )
            };
            let mut lines = state.log.iter().map(|line| &line.entry);
            let answered =
                lines.find(|e| e.by == By::Company && e.rung == Some(Rung::Complaints) && formal(e.kind));
            thread.formal = answered.map(|entry| entry.on);
            if thread.formal.is_some() && height(thread.desk) < 2 {
                thread.desk = Rung::Complaints;
                thread.desk_on = thread.formal;
            }
        }
        let facts = &state.facts;
        if crate::aims::spoken_counts(facts.sector, facts.country).is_some() {
            let mut lines = state.log.iter().map(|line| &line.entry);
            thread.spoken = lines.find(|entry| is_spoken_complaint(entry)).map(|entry| entry.on);
        }
        thread.stages_left = crate::stages::above(state, thread.desk).is_some();
        thread
    }

    /// Returns the day of the first complaint that counts: the formal one, or an earlier one by word of mouth.
    #[must_use]
    pub fn first_complaint(&self) -> Option<Date> {
        self.formal.into_iter().chain(self.spoken).min()
    }

    /// Returns the day of a complaint by word of mouth before any other.
    #[must_use]
    pub fn spoken_first(&self) -> Option<Date> {
        self.spoken.filter(|day| self.formal.is_none_or(|formal| *day < formal))
    }

    /// Returns the day on which the company's own way ended: its last word, or a refusal of its last stage.
    #[must_use]
    pub fn ended(&self) -> Option<Date> {
        let answer = self.answer?;
        let refused = self.formal.is_some() && !self.stages_left && height(answer.rung) >= 2;
        (answer.last_word || refused).then_some(answer.on)
    }

    fn customer(&mut self, entry: &crate::Entry, rung: Rung) {
        let (kind, on) = (entry.kind, entry.on);
        if !self.tried.contains(&rung) {
            self.tried.push(rung);
        }
        if kind == LogKind::AskedSupervisor || rung == Rung::Supervisor {
            self.supervisor_asked = true;
        }
        if height(rung) == 0 {
            self.front_contacts += 1;
        }
        if rung == Rung::Legal {
            if phrases::filed(&entry.text) {
                self.before_court = Some(self.before_court.flatten().or(entry.due));
            } else if is_letter(entry) && (self.letter.is_none() || entry.due.is_some()) {
                self.letter = Some(Letter { on, due: entry.due });
            }
        }
        // A call that reports the trouble is a complaint where the desk that takes it is that of complaints.
        let complains = kind == LogKind::Complaint
            || (rung == Rung::Complaints && entry.rung.is_none_or(|told| told == Rung::FrontLine));
        if complains && height(rung) >= 2 && self.formal.is_none() {
            self.formal = Some(on);
        }
        if complains && (height(rung) > height(self.desk) || self.desk_on.is_none()) {
            self.desk = rung;
            self.desk_on = Some(on);
            // A refusal from below is under review now; a last word stays one.
            if self.answer.is_some_and(|answer| !answer.last_word && height(answer.rung) < height(rung)) {
                self.answer = None;
            }
            self.challenged = false;
            self.generic = 0;
            self.generic_last = false;
        } else if self.generic > 0 && matches!(kind, LogKind::Complaint | LogKind::Reply | LogKind::Question)
        {
            self.challenged = true;
        }
        if matches!(kind, LogKind::Complaint | LogKind::Reply | LogKind::Question | LogKind::Call)
            && self.desk_on != Some(on)
        {
            self.reminded = Some(on);
        }
        if matches!(kind, LogKind::Reply | LogKind::Complaint) {
            self.request = None;
        }
        if complains {
            self.closed_by_company = false;
        }
    }

    fn company(&mut self, entry: &crate::Entry, rung: Rung) {
        let (kind, on) = (entry.kind, entry.on);
        self.company_last = Some(on);
        self.silent = kind == LogKind::NoAnswer;
        self.generic_last = kind == LogKind::GenericReply;
        self.closed_by_company |= phrases::closes(&entry.text)
            && matches!(
                kind,
                LogKind::Reply
                    | LogKind::Acknowledgement
                    | LogKind::Promise
                    | LogKind::FinalResponse
                    | LogKind::GenericReply
            );
        if height(rung) <= 1
            && phrases::lacks_power(&entry.text)
            && matches!(kind, LogKind::Refusal | LogKind::Reply | LogKind::Transfer)
        {
            self.lacks_power = true;
        }
        if matches!(kind, LogKind::Refusal | LogKind::FinalResponse)
            && self.filed_outside.is_some_and(|filed| filed < on)
        {
            self.refused_to_body = true;
        }
        match kind {
            LogKind::GenericReply => self.generic += 1,
            LogKind::Acknowledgement if height(rung) >= 2 => self.acknowledged = true,
            LogKind::InformationRequest => self.request = Some((entry.due, rung)),
            LogKind::FinalResponse => {
                self.last_word_on = self.last_word_on.or(Some(on));
                self.answer = Some(Answer { on, rung, last_word: true });
            }
            LogKind::Refusal if height(rung) >= 2 => {
                let last = self.answer.filter(|answer| answer.last_word);
                self.answer = last.or(Some(Answer { on, rung, last_word: false }));
            }
            LogKind::Refusal => {
                let spoken = matches!(
                    entry.channel,
                    Some(
                        Channel::Phone
                            | Channel::Chat
                            | Channel::InPerson
                            | Channel::Textphone
                            | Channel::Messaging
                            | Channel::App
                    )
                );
                self.front_refusal = Some((on, spoken));
            }
            LogKind::Promise | LogKind::Offer | LogKind::Payment | LogKind::Delivery => self.answer = None,
            _ => {}
        }
        if height(rung) >= 2 && !matches!(kind, LogKind::NoAnswer) {
            self.acknowledged = true;
        }
        if rung == Rung::Legal && self.before_court.is_none() && phrases::filed(&entry.text) {
            self.before_court = Some(entry.due);
        }
    }

    fn at_body(&mut self, on: Date, kind: LogKind, text: &str) {
        if matches!(kind, LogKind::Complaint)
            && !matches!(self.body_says, Some(BodySays::HasIt(_) | BodySays::Asks(_)))
        {
            self.filed_outside = self.filed_outside.or(Some(on));
            self.body_says = Some(BodySays::Nothing);
        } else if matches!(self.body_says, Some(BodySays::Asks(_)))
            || (self.body_says == Some(BodySays::Proposes) && phrases::accepts(text))
        {
            self.body_says = Some(BodySays::HasIt(None));
        }
    }

    fn body(&mut self, entry: &crate::Entry, rung: Rung) {
        if rung == Rung::Legal {
            self.before_court = Some(entry.due.or(self.before_court.flatten()));
            return;
        }
        self.filed_outside = self.filed_outside.or(Some(entry.on));
        let says = match entry.kind {
            LogKind::InformationRequest => BodySays::Asks(entry.due),
            LogKind::Offer | LogKind::Promise => BodySays::Proposes,
            LogKind::Refusal if phrases::too_early(&entry.text) => BodySays::TooEarly,
            LogKind::Refusal => BodySays::Refuses,
            LogKind::FinalResponse | LogKind::Reply if entry.amount.is_some() && entry.due.is_some() => {
                BodySays::Proposes
            }
            LogKind::FinalResponse => BodySays::Done,
            LogKind::Reply | LogKind::GenericReply if phrases::closes(&entry.text) => BodySays::Done,
            LogKind::Reply if phrases::cannot_take(&entry.text) || phrases::no_scheme(&entry.text) => {
                BodySays::Refuses
            }
            _ => BodySays::HasIt(entry.due),
        };
        if matches!(says, BodySays::Refuses | BodySays::Done) {
            self.body_ended = Some(entry.on);
        }
        self.body_says = Some(says);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_a_complaint_where_the_customer_says_to_have_complained() {
        let spoken = |kind: &str, text: &str| {
            let entry = serde_json::json!({
                "on": "2026-03-02", "by": "customer", "channel": "phone", "rung": "front_line", "kind": kind, "text": text,
            });
            is_spoken_complaint(&serde_json::from_value(entry).unwrap())
        };
        for text in [
            "They told me to complain online",
            "Asked how to make a complaint",
            "They did not want me to complain",
            "I did not complain about it yet",
            "Was sent to the page for complaints",
            "Sie sagten, ich solle mich online beschweren",
        ] {
            assert!(!spoken("call", text) && !spoken("asked_supervisor", text), "{text}");
        }
        for text in [
            "I complained about the bill, and they did not help",
            "Made a complaint; they said to wait",
            "Said that I want to complain",
            "Habe mich beschwert",
        ] {
            assert!(spoken("call", text) && spoken("asked_supervisor", text), "{text}");
        }
        assert!(spoken("complaint", "The bill is wrong"), "what is logged as a complaint is one");
    }
}

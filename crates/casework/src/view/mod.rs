//! The view: everything that advice looks at, computed once for a state, a day and the atlas.
//!
//! The rules decide; this only finds out: who holds the ball, which times run, which promises broke, which doors outside
//! are open. A rule that needs a new fact gets it here, with its calculation in words.

pub(crate) mod deposit;
pub mod outside;
pub mod own;
pub mod payment;
pub mod promise;
pub mod thread;

use std::collections::BTreeSet;

use atlas::words::{ActingAs, Anchor, Sector, Topic};
use atlas::{Atlas, Days, Question};
use jiff::civil::Date;
use ladder::Country;

use crate::phrases;
use crate::state::State;
use crate::words::{By, Lack, LogKind, Urgency, Wish};

pub use outside::{Door, FINAL_RESPONSE, FORMAL_COMPLAINT, OWN_STAGES, Outside};
pub use own::OwnTime;
pub use payment::{Notice, Payment};
pub use promise::{Offer, Promise, Remedy};
pub use thread::{Answer, Thread};

/// Calls without an answer after which the front line counts as tried.
const MOST_UNANSWERED: usize = 2;

/// A case as advice sees it on one day.
#[derive(Debug)]
pub struct View<'a> {
    /// The state.
    pub state: &'a State,
    /// Who stands outside.
    pub atlas: &'a Atlas,
    /// The region that is gone by.
    pub region: Option<String>,
    /// Today.
    pub now: Date,
    /// Where the conversation with the company stands.
    pub thread: Thread,
    /// The time that binds the company now.
    pub own: OwnTime,
    /// What was promised.
    pub promises: Vec<Promise>,
    /// The offer that waits for an answer.
    pub offer: Option<Offer>,
    /// What became of a remedy that was agreed or given.
    pub remedy: Remedy,
    /// The bodies outside, the first to go to at the head.
    pub outside: Vec<Outside<'a>>,
    /// The court that would hear it.
    pub court: Option<Outside<'a>>,
    /// Rights that hang on the way of paying, the first to lapse at the head.
    pub payments: Vec<Payment<'a>>,
    /// Rights of that kind that are no step, because what was paid for is a supply that runs on.
    pub withheld: Vec<Payment<'a>>,
    /// Times within which the customer must write to the company.
    pub notices: Vec<Notice<'a>>,
    /// Times within which the customer must sue the company.
    pub suits: Vec<Notice<'a>>,
    /// The day by which the company must have answered the outside body that has your case.
    pub referral_due: Option<Date>,
    /// What the case lacks.
    pub lacks: Vec<Lack>,
}

impl<'a> View<'a> {
    /// Looks at a case on a day.
    #[must_use]
    pub fn new(state: &'a State, atlas: &'a Atlas, now: Date) -> Self {
        let thread = Thread::of(state);
        let question = question(state, &thread, now);
        let promises = promise::promises(state, now);
        let offer = promise::open_offer(state);
        let remedy = promise::remedy(state, &promises, now);
        let own = own::own_time(state, atlas, &question, &thread);
        let (outside, court) = outside::doors(state, atlas, &question, &thread, &own);
        let payment::Rights { payments, withheld, notices, suits } = payment::rights(state, atlas, &question);
        let referral_due = own::referral_due(atlas, &question);
        let lacks = lacks(state);
        let region = question.region.clone();
        Self {
            state,
            atlas,
            region,
            now,
            thread,
            own,
            promises,
            offer,
            remedy,
            outside,
            court,
            payments,
            withheld,
            notices,
            suits,
            referral_due,
            lacks,
        }
    }

    /// Returns why the case cannot take its time. A journey that is over is near no more.
    #[must_use]
    pub fn urgent(&self) -> Option<Urgency> {
        let facts = &self.state.facts;
        let over = facts.event.is_some_and(|day| day < self.now);
        facts.urgent.filter(|urgent| *urgent != Urgency::TravelSoon || !over)
    }

    /// Returns whether waiting would do harm: somebody is at risk, money leaves, a right or a journey is lost.
    #[must_use]
    pub fn waiting_harms(&self) -> bool {
        match self.urgent() {
            Some(
                Urgency::MoneyLeaving | Urgency::HealthSafety | Urgency::TravelSoon | Urgency::RightLapsing,
            ) => true,
            // What nobody can do without, as long as it is missing.
            Some(Urgency::ServiceEssential) => self.state.facts.ongoing,
            Some(Urgency::Vulnerable) | None => false,
        }
    }

    /// Returns whether the customer has turned to the company at all.
    #[must_use]
    pub fn touched(&self) -> bool {
        self.state.log.iter().any(|line| line.entry.by == By::Customer)
    }

    /// Returns whether the company knows of it: one or two calls that nobody answered told it nothing. Who was not reached more
    /// often than that has tried.
    #[must_use]
    pub fn told(&self) -> bool {
        let by_customer = self.state.log.iter().filter(|line| line.entry.by == By::Customer);
        let (unanswered, others): (Vec<_>, Vec<_>) =
            by_customer.partition(|line| line.entry.kind == LogKind::NoAnswer);
        !others.is_empty() || unanswered.len() > MOST_UNANSWERED
    }

    /// Returns the body outside that can be gone to today, the first in order.
    #[must_use]
    pub fn open_door(&self) -> Option<&Outside<'a>> {
        self.outside.iter().find(|outside| outside.first && outside.door == Door::Due)
    }

    /// Returns the body outside that opens next, and the day.
    #[must_use]
    pub fn next_door(&self) -> Option<(&Outside<'a>, Date)> {
        let ahead =
            self.outside.iter().filter(|outside| outside.first).filter_map(|outside| match outside.door {
                Door::TooEarly(day) => Some((outside, day)),
                _ => None,
            });
        ahead.min_by_key(|(outside, day)| (*day, outside.tier))
    }

    /// Returns the scheme of the trade whose limits the amount in dispute is beyond.
    #[must_use]
    pub fn above_limit(&self) -> Option<&Outside<'a>> {
        self.outside.iter().find(|outside| outside.tier <= 1 && outside.door == Door::AboveLimit)
    }

    /// Returns the last day of the company's answer: one that is set, or a fair one where no body's waiting time runs.
    #[must_use]
    pub fn answer_due(&self) -> Option<Date> {
        let waits = self.next_door().is_some_and(|(door, _)| door.tier <= 2 && door.waits);
        self.own.due.or(self.own.reasonable.filter(|_| !waits))
    }

    /// Returns whether that day has passed.
    #[must_use]
    pub fn is_overdue(&self) -> bool {
        self.answer_due().is_some_and(|day| day < self.now)
    }

    /// Returns whether a claim in court would come too late.
    #[must_use]
    pub fn court_lapsed(&self) -> bool {
        self.court.as_ref().is_some_and(|court| matches!(court.door, Door::Lapsed(_)))
    }

    /// Returns the last day on which the customer turned to the company.
    #[must_use]
    pub fn last_contact(&self) -> Option<Date> {
        let outside = |rung: Option<ladder::Rung>| rung.is_some_and(ladder::Rung::is_outside);
        let lines = self.state.log.iter().map(|line| &line.entry);
        lines.filter(|entry| entry.by == By::Customer && !outside(entry.rung)).map(|entry| entry.on).max()
    }

    /// Returns whether the customer turned to the company after a day about what a desk owes. A call to a lower desk is no such thing:
    /// what it is told does not reach the one that owes.
    #[must_use]
    pub fn asked_since(&self, day: Date, desk: ladder::Rung) -> bool {
        let below =
            |rung: Option<ladder::Rung>| rung.is_some_and(|rung| thread::height(rung) < thread::height(desk));
        let outside = |rung: Option<ladder::Rung>| rung.is_some_and(ladder::Rung::is_outside);
        let lines = self.state.log.iter().map(|line| &line.entry);
        let mut asked =
            lines.filter(|entry| entry.by == By::Customer && entry.on > day && !outside(entry.rung));
        asked.any(|entry| !(entry.is_spoken() && below(entry.rung)))
    }

    /// Returns whether a letter before action went out and its last day has passed.
    #[must_use]
    pub fn letter_ran_out(&self) -> bool {
        self.thread.letter.is_some_and(|letter| letter.until() < self.now)
    }

    /// Returns the day since which the company has answered nothing at all, though it was written to and reminded.
    #[must_use]
    pub fn unheard_since(&self) -> Option<Date> {
        let lines = || self.state.log.iter().map(|line| &line.entry);
        let heard = lines().any(|entry| entry.by != By::Customer);
        let letters: BTreeSet<Date> =
            lines().filter(|entry| entry.is_written()).map(|entry| entry.on).collect();
        letters.first().copied().filter(|_| !heard && letters.len() > 1)
    }

    /// Returns on how many days the customer reminded the company of the formal complaint, where nothing but a receipt came back:
    /// wrote or called after the answer was due, or said so before.
    #[must_use]
    pub fn unanswered(&self) -> usize {
        let Some(formal) = self.thread.formal else { return 0 };
        let due = self.answer_due();
        let mut days = BTreeSet::new();
        let since = self.state.log.iter().map(|line| &line.entry).filter(|entry| entry.on > formal);
        for entry in since.filter(|entry| !entry.rung.is_some_and(ladder::Rung::is_outside)) {
            match (entry.by, entry.kind) {
                (By::Customer, LogKind::Question | LogKind::Complaint | LogKind::Reply | LogKind::Call) => {
                    // Before its time is over the company owes no answer, so only what says that it reminds does; papers sent in two
                    // messages of a day are one.
                    let reminds = due.is_some_and(|due| entry.on > due) || phrases::reminds(&entry.text);
                    days.extend(reminds.then_some(entry.on));
                }
                (By::Customer, _) | (_, LogKind::Acknowledgement) => {}
                _ => days.clear(),
            }
        }
        days.len()
    }

    /// Returns the id of the outside body that has your case, or had it.
    #[must_use]
    pub fn body_with_case(&self) -> Option<String> {
        let said = self.state.log.iter().rev().find_map(|line| line.entry.body.clone());
        said.or_else(|| {
            let been = self.outside.iter().find(|outside| outside.door == Door::Done && outside.tier <= 5)?;
            Some(been.body.id.clone())
        })
    }

    /// Returns the id of the court, where one is known.
    #[must_use]
    pub fn court_id(&self) -> Option<String> {
        self.court.as_ref().map(|court| court.body.id.clone())
    }

    /// Returns the day on which a clock ends that began on a day.
    #[must_use]
    pub fn end(&self, from: Date, clock: ladder::Clock) -> Option<Date> {
        let region = self.region.as_deref();
        let days = self.atlas.working_days(self.state.facts.country, region);
        days.end(from, clock, atlas::words::Count::NextDay).map(|ending| ending.day)
    }

    /// Returns the rule by which a complaint by word of mouth counts here, in words.
    #[must_use]
    pub fn spoken_rule(&self) -> Option<String> {
        crate::aims::spoken_rule(self.state.facts.sector, self.state.facts.country)
    }

    /// Returns everything that was written of the matter, for cues.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let facts = &self.state.facts;
        let log = self.state.log.iter().map(|line| line.entry.text.as_str());
        facts.what.iter().map(String::as_str).chain(log)
    }
}

/// Returns the part of a country that is gone by where none was told, as its code and its name.
pub(crate) fn region_taken(country: Country) -> Option<(&'static str, &'static str)> {
    match country.code() {
        "GB" => Some(("ENG", "England")),
        "AU" => Some(("NSW", "New South Wales")),
        _ => None,
    }
}

/// Makes the question to the atlas.
fn question(state: &State, thread: &Thread, now: Date) -> Question {
    let facts = &state.facts;
    let taken = region_taken(facts.country).map(|(code, _)| code.to_owned());
    // The notice of a denial is the denial itself; any other is the customer's complaint.
    let denied = (facts.topic == Some(Topic::DeniedClaim)).then(|| facts.event.or(facts.since)).flatten();
    // A demand of a debt collector is a notice too.
    let demanded = (facts.sector == Some(Sector::Debt)).then(|| facts.event.or(facts.since)).flatten();
    // To one's own bank the report of a wrong payment is the notice, however it was made.
    let reported = payment::is_issuer(facts.sector).then(|| {
        let first = state.log.iter().map(|line| &line.entry).find(|entry| entry.by == By::Customer);
        // What was not reported yet was noticed on the day that it happened, or was known.
        let noticed = facts.since.or(facts.event).filter(|_| facts.topic == Some(Topic::Fraud));
        first.map(|entry| entry.on).or(noticed)
    });
    let notice = denied.or(demanded).or(thread.formal).or(reported.flatten());
    let refused_only = thread.answer.is_some_and(|answer| !answer.last_word);
    let last_word = thread.ended().filter(|_| !(refused_only && crate::aims::wants_last_word(facts.country)));
    let days = Days::default()
        .with(Anchor::Event, facts.event.or(facts.since))
        .with(Anchor::Knowledge, facts.since.or(facts.event))
        .with(Anchor::FirstComplaint, thread.first_complaint())
        .with(Anchor::Request, thread.formal)
        .with(Anchor::Notice, notice)
        .with(Anchor::FinalResponse, last_word.or(thread.last_word_on))
        .with(Anchor::Referral, thread.filed_outside)
        .with(Anchor::BodyLetter, thread.body_ended);
    Question {
        region: facts.region.clone().or(taken),
        sector: facts.sector,
        company_type: outside::company_type(state),
        acting_as: facts.acting_as,
        topic: crate::aims::narrowed(facts.topic, facts.sector, state.own_words()),
        paid_by: facts.paid_by,
        urgent: facts.urgent == Some(Urgency::HealthSafety),
        amount: facts.amount.map(|money| (money.whole_units(), money.currency().code().to_owned())),
        days,
        ..Question::new(facts.country, now)
    }
}

/// Says what a case lacks before it can go up.
fn lacks(state: &State) -> Vec<Lack> {
    let facts = &state.facts;
    let what = facts.what.as_deref().unwrap_or_default();
    let of_money = matches!(
        facts.topic,
        Some(
            Topic::BillingError
                | Topic::WrongCharge
                | Topic::SubscriptionTrap
                | Topic::Deposit
                | Topic::NotDelivered
                | Topic::Fraud
        )
    );
    let of_harm = !of_money && facts.wanted == Some(Wish::Compensation);
    let is_about_money = of_money || matches!(facts.wanted, Some(Wish::Refund | Wish::Compensation));
    let fixed_sum =
        matches!(facts.topic, Some(Topic::Delay | Topic::DeniedClaim | Topic::Deposit | Topic::NotDelivered));
    let harm_told = facts.impact.is_some() || phrases::tells_of_harm(what);
    // Compensation for money lost is measured by that money, any other by what it did to the person.
    let harm_counts = facts.wanted == Some(Wish::Compensation)
        && !fixed_sum
        && !harm_told
        && !phrases::tells_of_money(what);
    // Too short or too vague to say what happened: "it is broken" is a beginning, "help" and "terrible service" are not.
    let told = what.split_whitespace().count() >= 3 && !phrases::vague(what);
    let lack = |lacking: bool, what: Lack| lacking.then_some(what);
    [
        lack(!told, Lack::WhatHappened),
        lack(facts.since.is_none() && facts.event.is_none(), Lack::When),
        lack(state.references.is_empty(), Lack::Reference),
        lack(state.evidence.is_empty(), Lack::Evidence),
        lack(facts.wanted.is_none(), Lack::Wanted),
        lack(harm_counts, Lack::Impact),
        lack(state.log.is_empty() && phrases::tells_of_tries(what), Lack::StepsTaken),
        lack(is_about_money && !(of_harm && harm_counts) && facts.amount.is_none(), Lack::Amount),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Returns whether the customer is a business.
pub(crate) const fn is_business(acting_as: ActingAs) -> bool {
    matches!(acting_as, ActingAs::MicroBusiness | ActingAs::SmallBusiness)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{Advice, Step, advise, situation};

    /// Reads a case of a country and a trade with its log: day, author, kind and words.
    fn state(country: &str, sector: &str, problem: &Value, log: &[(&str, &str, &str, &str)]) -> State {
        let line = |&(at, by, kind, text): &(&str, &str, &str, &str)| {
            let desk = "complaints";
            json!({"at": at, "by": by, "kind": kind, "text": text, "channel": "email", "rung": desk})
        };
        let log: Vec<Value> = log.iter().map(line).collect();
        let case = json!({
            "company": "Amberfield", "country": country, "sector": sector, "problem": problem,
            "wanted": {"what": "service"}, "references": ["R-1"], "evidence": ["papers"], "log": log,
        });
        let now = "2026-12-01".parse().unwrap();
        State::of(&situation::read(&json!({ "case": case }), now).unwrap()).unwrap()
    }

    fn advice(state: &State, now: &str) -> Advice {
        advise(state, Atlas::builtin(), now.parse().unwrap())
    }

    #[test]
    fn only_who_did_not_pay_waits_for_the_company_to_go_to_court() {
        let told = |what, text| {
            let problem = json!({"what": what, "topic": "wrong_charge", "since": "2026-04-06"});
            let mut state = state("US", "retail", &problem, &[("2026-04-13", "customer", "complaint", text)]);
            state.facts.wanted = Some(crate::Wish::Cancellation);
            let then = advice(&state, "2026-04-14").then.unwrap();
            then.contains("it is up to the company to go to court")
        };
        let complaint = "Formal complaint";
        assert!(!told("They took 80 dollars from my account", complaint));
        assert!(!told("They took 80 dollars from my account", "I appeal against that"));
        assert!(told("An invoice of 80 dollars for a trial", "Formal complaint: I have not paid it"));
        assert!(told("Charge for a car park", "Appeal: I took a photo of the broken machine"));
    }

    #[test]
    fn what_the_company_says_of_hard_times_makes_the_case_none_about_them() {
        let problem =
            json!({"what": "The fee was charged twice on the loan", "topic": "other", "since": "2026-04-06"});
        let helps = "Received. If you can't pay your bills, free debt charities may help.";
        let log = |asked| {
            [
                ("2026-04-13", "customer", "complaint", asked),
                ("2026-04-14", "company", "acknowledgement", helps),
            ]
        };
        // Of hard times told by the customer the body takes a complaint after 21 days, of anything else after 30.
        let first =
            |asked| advice(&state("AU", "credit", &problem, &log(asked)), "2026-05-06").steps[0].0.step;
        assert_eq!(first("Formal complaint"), Step::Wait);
        assert_eq!(first("Formal complaint: I can't pay, I asked for a payment plan"), Step::GoAdr);
    }

    #[test]
    fn papers_sent_while_the_company_has_time_are_no_reminders() {
        let problem = json!({"what": "The lamp was broken when it came", "topic": "faulty_goods", "since": "2026-02-02"});
        let complaint = ("2026-02-10", "customer", "complaint", "Formal complaint");
        let more = |(day, text)| (day, "customer", "reply", text);
        let unanswered = |lines: &[(&'static str, &'static str)]| {
            let log: Vec<_> = std::iter::once(complaint).chain(lines.iter().copied().map(more)).collect();
            let state = state("NZ", "retail", &problem, &log);
            let now = "2026-03-10".parse().unwrap();
            let count = View::new(&state, Atlas::builtin(), now).unanswered();
            (count, advice(&state, "2026-03-10").steps[0].0.step)
        };
        let photo = |day| (day, "A photo");
        let reminder = |day| (day, "Reminder: no reply yet");
        assert_eq!(unanswered(&[photo("2026-02-11"), photo("2026-02-11")]), (0, Step::Chase));
        assert_eq!(unanswered(&[photo("2026-02-11"), photo("2026-02-12")]), (0, Step::Chase));
        assert_eq!(unanswered(&[reminder("2026-02-18"), reminder("2026-02-20")]), (2, Step::Executive));
        assert_eq!(unanswered(&[photo("2026-03-02"), photo("2026-03-02")]), (1, Step::Executive));
    }
}

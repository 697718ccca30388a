//! Rights that hang on the way of paying, and times within which the customer must write to the company.

use atlas::ask::Reckoning;
use atlas::record::Right;
use atlas::words::{Act, Anchor, Basis, Binds, How, MoneyKind, PaidBy, Sector, Topic};
use atlas::{Atlas, Question};
use jiff::civil::Date;

use crate::phrases;
use crate::state::State;
use crate::words::{Urgency, Wish};

/// A right that hangs on the way of paying.
#[derive(Clone, Debug)]
pub struct Payment<'a> {
    /// The right.
    pub right: &'a Right,
    /// Rights that stand in its place, by the kind of card or contract, and end no earlier.
    pub or: Vec<&'a Right>,
    /// Its last day; `None` where it has none, or one so far off that another right decides.
    pub until: Option<Date>,
    /// The days that it counts from and that nobody told, so that a near one stands for each.
    pub guessed: Vec<Anchor>,
    /// The calculation.
    pub words: Vec<String>,
}

impl<'a> Payment<'a> {
    /// Returns every right that it is, the one that ends first at the head.
    pub fn all(&self) -> impl Iterator<Item = &'a Right> + '_ {
        std::iter::once(self.right).chain(self.or.iter().copied())
    }

    /// Returns what it is called: where it is one of several by the kind of card, all of them.
    #[must_use]
    pub fn name(&self) -> String {
        self.all().map(|right| right.name.as_str()).collect::<Vec<_>>().join(" / ")
    }

    /// Returns what it is called beside its last day, which is a guess where it counts from a day that nobody told.
    #[must_use]
    pub fn dated_name(&self) -> String {
        let guess = if self.guessed.is_empty() { "" } else { " (a guess)" };
        format!("{}{guess}", self.name())
    }

    /// Returns what it is called, with the rule that gives it.
    #[must_use]
    pub fn title(&self) -> String {
        self.all().map(|right| format!("{} ({})", right.name, right.law)).collect::<Vec<_>>().join(" / ")
    }

    /// Returns the calculation, and what else must be known of the last day.
    #[must_use]
    pub fn reckoned(&self) -> Vec<String> {
        let differ = "the rules differ from card to card: the shortest time is kept here";
        self.words.iter().cloned().chain((!self.or.is_empty()).then(|| differ.to_owned())).collect()
    }
}

/// A time within which the customer must write to the company, or sue it.
#[derive(Clone, Debug)]
pub struct Notice<'a> {
    /// The right.
    pub right: &'a Right,
    /// What must be done.
    pub does: &'a str,
    /// What kind of act that is.
    pub act: Act,
    /// Its last day.
    pub until: Date,
    /// Whether it runs from the company's last word rather than from the event.
    pub after_last_word: bool,
    /// The calculation.
    pub words: Vec<String>,
}

/// The clocks of the rights of a case that the customer must keep.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rights<'a> {
    /// Those that hang on the way of paying.
    pub(crate) payments: Vec<Payment<'a>>,
    /// Those of them that are no step, because what was paid for is a supply that runs on.
    pub(crate) withheld: Vec<Payment<'a>>,
    /// Times within which to write to the company.
    pub(crate) notices: Vec<Notice<'a>>,
    /// Times within which to sue it.
    pub(crate) suits: Vec<Notice<'a>>,
}

/// Finds them for a case.
pub(crate) fn rights<'a>(state: &State, atlas: &'a Atlas, question: &Question) -> Rights<'a> {
    let (mut payments, mut withheld) = (Vec::new(), Vec::new());
    let (mut notices, mut suits) = (Vec::new(), Vec::new());
    for answer in atlas.running(question) {
        let right = answer.right;
        if right.status != atlas::words::Status::InForce {
            continue;
        }
        let ends = answer.clocks.iter().filter(|clock| clock.rule.binds == Some(Binds::Consumer));
        if right.pays.is_empty() {
            let words = state
                .facts
                .what
                .as_deref()
                .into_iter()
                // Who says `delayed baggage` for the topic has told of a bag.
                .chain(state.facts.matter.as_deref())
                .chain(state.log.iter().map(|line| line.entry.text.as_str()));
            if !crate::aims::fits(&right.id, question.sector, question.topic, &words) {
                continue;
            }
            // What never came was never received: no time counts from that. A bag that an airline did not hand over may have come
            // since, and whoever writes within the time that counts from the day of the flight is safe either way.
            let may_have_come = |clock: &atlas::ask::ClockAnswer<'_>| {
                question.sector == Some(Sector::Air)
                    && clock.reckoning.end().is_some_and(|until| until >= question.now)
            };
            let never_came = state.facts.topic == Some(Topic::NotDelivered)
                && !state.log.iter().any(|line| line.entry.kind == crate::words::LogKind::Delivery);
            for clock in ends.filter(|clock| {
                !never_came || may_have_come(clock) || !anchored_at(&clock.rule.limit, Anchor::Delivery)
            }) {
                let does = clock.rule.does.as_deref().unwrap_or_default();
                let after_last_word = anchored_at(&clock.rule.limit, Anchor::FinalResponse);
                let Some(act) = clock
                    .rule
                    .act
                    .filter(|act| matches!(act, Act::Claim | Act::Withdraw | Act::Tell | Act::Sue))
                else {
                    continue;
                };
                let Some(until) = clock.reckoning.end().filter(|_| right.basis_of_trade(question)) else {
                    continue;
                };
                let mut words = clock.reckoning.words.clone();
                if right.basis == Basis::Treaty {
                    words.push(
                        "only for a journey between countries: within one country the airline's own terms apply"
                            .to_owned(),
                    );
                }
                let notice = Notice { right, does, act, until, after_last_word, words };
                if act == Act::Sue { suits.push(notice) } else { notices.push(notice) }
            }
            continue;
        }
        if !bears(state, right) || !within_money(right, question) {
            continue;
        }
        let known = if !is_of_running_supply(state, right) {
            &mut payments
        } else if state.facts.ongoing {
            &mut withheld
        } else {
            // Of what was bought once nothing can be cut off: the trade's own ways come first, and nothing is said.
            continue;
        };
        let mut lasts: Option<(Date, &Reckoning)> = None;
        let mut has_clock = false;
        // To hold back what is still owed is a defence, no claim for what was paid.
        // What follows on a dispute runs only once that is open, and a complaint to the seller opens none.
        for clock in ends.filter(|clock| {
            clock.rule.act != Some(Act::HoldBack) && !anchored_at(&clock.rule.limit, Anchor::Dispute)
        }) {
            has_clock = true;
            if let Some(day) = clock.reckoning.end().or(clock.reckoning.latest)
                && lasts.as_ref().is_none_or(|(known, _)| day < *known)
            {
                lasts = Some((day, &clock.reckoning));
            }
        }
        match lasts {
            Some((day, _)) if day < question.now => {}
            Some((day, reckoning)) => {
                let mut words = reckoning.words.clone();
                // Of several parts the one that decides is enough.
                let decides = format!("ends on {day}");
                if words.iter().any(|line| line.ends_with(&decides)) {
                    words.retain(|line| line.ends_with(&decides));
                }
                let guessed = reckoning.guessed.clone();
                known.push(Payment { right, or: Vec::new(), until: Some(day), guessed, words });
            }
            None if !has_clock && right.clocks.is_empty() => {
                let (or, guessed, words) = (Vec::new(), Vec::new(), Vec::new());
                known.push(Payment { right, or, until: None, guessed, words });
            }
            None => {}
        }
    }
    Rights { payments: shortest(payments), withheld: shortest(withheld), notices, suits }
}

/// Sorts rights by their last day, and joins those that stand in one another's place to the one that ends first: whoever keeps
/// its day keeps them all.
fn shortest(mut payments: Vec<Payment<'_>>) -> Vec<Payment<'_>> {
    payments.sort_by_key(|payment| (payment.until.is_none(), payment.until));
    let replaces = |one: &Right, other: &Right| {
        one.links.iter().any(|link| link.how == How::InsteadOf && link.to == other.id)
    };
    let mut kept: Vec<Payment<'_>> = Vec::new();
    for payment in payments {
        let same = |known: &&mut Payment<'_>| {
            replaces(known.right, payment.right) || replaces(payment.right, known.right)
        };
        match kept.iter_mut().find(same) {
            Some(known) => known.or.push(payment.right),
            None => kept.push(payment),
        }
    }
    kept
}

/// Looks a right up as one of the trade of a question.
trait OfTrade {
    fn basis_of_trade(&self, question: &Question) -> bool;
}

impl OfTrade for Right {
    fn basis_of_trade(&self, question: &Question) -> bool {
        question.sector.is_some_and(|sector| self.sectors.contains(&sector))
    }
}

fn anchored_at(limit: &atlas::record::Limit, anchor: Anchor) -> bool {
    matches!(limit, atlas::record::Limit::Span(span) if span.from == anchor)
}

/// Returns whether a right that hangs on the way of paying bears on such a case at all.
fn bears(state: &State, right: &Right) -> bool {
    let facts = &state.facts;
    let Some(topic) = facts.topic else { return false };
    let of_money = matches!(
        topic,
        Topic::NotDelivered
            | Topic::FaultyGoods
            | Topic::WrongCharge
            | Topic::BillingError
            | Topic::Cancellation
            | Topic::SubscriptionTrap
            | Topic::Fraud
            | Topic::PoorService
    ) || topic == Topic::Other && facts.wanted == Some(Wish::Refund);
    let bank_itself =
        facts.sector == Some(Sector::Bank) && topic != Topic::Fraud && !right.sectors.contains(&Sector::Bank);
    // The day of a delivery tells nothing of the statement. That of a charge does: no statement with it is older, so that the
    // time counted from it ends too early rather than too late.
    let of_charge = matches!(topic, Topic::WrongCharge | Topic::BillingError | Topic::SubscriptionTrap);
    // Nor is there a delivery where nothing came: a day beside that of the trouble is the one from which the time runs.
    let never_came = topic == Topic::NotDelivered
        && facts.event.zip(facts.since).is_some_and(|(event, since)| event != since);
    let statement_unknown =
        right.id.starts_with("us-fcba") && !is_issuer(facts.sector) && !of_charge && !never_came;
    // What poor service cost elsewhere was not paid by this card: only who answers like the seller answers for it.
    // Nor was what a carrier had in its care bought from it.
    let carried = matches!(facts.sector, Some(Sector::Moving | Sector::Parcel | Sector::Post));
    let harm_elsewhere = facts.wanted == Some(Wish::Compensation)
        && (topic == Topic::PoorService || carried)
        && right.basis == Basis::SchemeRule;
    // What the law gives on top of the price for a flight was never paid, and no bank can take it back.
    let beyond_the_price = facts.wanted == Some(Wish::Compensation) && facts.sector == Some(Sector::Air);
    // Who sent the money by themselves gave the order: whatever it was for, no bank took it without one.
    let ordered = facts.paid_by == Some(PaidBy::Transfer)
        && topic != Topic::Fraud
        && !is_issuer(facts.sector)
        && right.id.ends_with("unauthorised-payment");
    facts.paid_by.is_some()
        && !ordered
        && of_money
        && !beyond_the_price
        && !bank_itself
        && !statement_unknown
        && !harm_elsewhere
}

/// Returns whether a right would take back money paid for a supply that runs on.
///
/// That invites a disconnection and settles nothing. What was called off runs no more: a debit after it can be taken back at the
/// bank as long as its time lasts.
fn is_of_running_supply(state: &State, right: &Right) -> bool {
    let facts = &state.facts;
    let called_off = (!facts.ongoing || facts.urgent == Some(Urgency::MoneyLeaving))
        && matches!(facts.topic, Some(Topic::SubscriptionTrap | Topic::Cancellation))
        && facts.paid_by == Some(PaidBy::DirectDebit)
        && !right.clocks.is_empty();
    let supplied = matches!(
        facts.sector,
        Some(
            Sector::Energy
                | Sector::Water
                | Sector::Telecom
                | Sector::Insurance
                | Sector::Housing
                | Sector::Property
                | Sector::Health
                | Sector::LocalGovernment
                | Sector::Rail
                | Sector::PublicTransport
        )
    );
    supplied && !called_off
}

/// Returns whether the company is the bank or card issuer itself.
pub(crate) const fn is_issuer(sector: Option<Sector>) -> bool {
    matches!(sector, Some(Sector::Payments | Sector::Credit | Sector::Bank))
}

fn within_money(right: &Right, question: &Question) -> bool {
    let Some((amount, currency)) = &question.amount else { return true };
    right.money.iter().filter(|money| money.currency == *currency).all(|money| match money.kind {
        MoneyKind::ClaimFloor => *amount > money.amount,
        MoneyKind::ClaimCap => *amount <= money.amount,
        _ => true,
    })
}

/// Why a right that takes back the money of a running supply is no step.
pub const WHY_WITHHELD: &str = "not a step while the supply runs: if you take back what you paid for it, you may be cut off, or owe it as a debt";

impl super::View<'_> {
    /// Returns whether the customer wrote to the company what the law wants claimed in writing: a complaint of its time that was
    /// neither spoken nor sent to a body outside. What calls a contract off, appeals or objects to a notice is another letter.
    pub(crate) fn wrote_claim(&self, notice: &Notice<'_>) -> bool {
        use ladder::Rung;

        use crate::words::{By, LogKind};
        let is_complaint =
            ["complain", "written complaint", "claim", "send a written claim", "ask the airline"]
                .iter()
                .any(|does| notice.does.starts_with(does));
        if notice.act != Act::Claim || !is_complaint || notice.after_last_word {
            return false;
        }
        let begins = self.state.facts.event.or(self.state.facts.since);
        let mut lines = self.state.log.iter().map(|line| &line.entry);
        lines.any(|entry| {
            entry.by == By::Customer
                && entry.kind == LogKind::Complaint
                && entry.is_written()
                && !entry.rung.is_some_and(Rung::is_outside)
                && entry.on <= notice.until
                && begins.is_none_or(|day| day <= entry.on)
        })
    }

    /// Says why no right that hangs on the way of paying is a step.
    pub(crate) fn why_no_payment(&self) -> &'static str {
        if self.withheld.is_empty() {
            "the way you paid gives no right here, or its time is over"
        } else {
            WHY_WITHHELD
        }
    }

    /// Returns the last day of the right that lapses first.
    #[must_use]
    pub fn payment_until(&self) -> Option<Date> {
        self.payments.iter().find_map(|payment| payment.until)
    }

    /// Returns whether the claim was made already: the company is the bank itself and has a formal complaint.
    #[must_use]
    pub fn payment_claimed(&self) -> bool {
        let words = [
            "chargeback",
            "section 75",
            "disputed the charge",
            "dispute with my bank",
            "dispute opened",
            "claim with my bank",
            "claim with the card",
        ];
        let told = self.words().any(|text| {
            let lower = text.to_lowercase();
            words.iter().any(|word| lower.contains(word))
        });
        told || (is_issuer(self.state.facts.sector) && (self.thread.formal.is_some() || self.reported()))
    }

    /// Returns whether the bank took up what the customer reported: it acknowledged, promised, asked or refused.
    fn reported(&self) -> bool {
        use crate::words::{By, LogKind};
        let mut told = false;
        self.state.log.iter().map(|line| &line.entry).any(|entry| {
            told |= entry.by == By::Customer;
            let took_up = matches!(
                entry.kind,
                LogKind::Acknowledgement
                    | LogKind::Promise
                    | LogKind::Refusal
                    | LogKind::FinalResponse
                    | LogKind::InformationRequest
            );
            told && entry.by == By::Company && took_up
        })
    }

    /// Returns how often the seller failed: refused, dodged, or did not answer.
    #[must_use]
    pub fn seller_failures(&self) -> usize {
        use crate::words::{By, LogKind};
        let failed = |kind| {
            matches!(
                kind,
                LogKind::Refusal | LogKind::GenericReply | LogKind::NoAnswer | LogKind::FinalResponse
            )
        };
        let said = self
            .state
            .log
            .iter()
            .filter(|line| line.entry.by == By::Company && failed(line.entry.kind))
            .count();
        let broke =
            self.promises.iter().filter(|promise| promise.kept == super::promise::Kept::Broken).count();
        said + broke + if self.words().any(phrases::insolvent) { 2 } else { 0 }
    }

    /// Returns whether the money went by a card.
    #[must_use]
    pub const fn paid_by_card(&self) -> bool {
        matches!(self.state.facts.paid_by, Some(PaidBy::CreditCard | PaidBy::DebitCard))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::advice::Fate;
    use crate::view::View;
    use crate::{advise, deadline, situation};

    /// Reads a case that the company refused, paid in a way and with a day as it is told.
    fn state(country: &str, sector: &str, paid_by: &str, problem: &Value) -> State {
        let mut problem = problem.clone();
        problem["paid_by"] = paid_by.into();
        problem["what"] = "Charged twice for one month".into();
        let line = |at: &str, by: &str, kind: &str| json!({"at": at, "by": by, "kind": kind, "text": "x", "channel": "email"});
        let log = [line("2026-11-03", "customer", "complaint"), line("2026-11-09", "company", "refusal")];
        let case = json!({
            "company": "Amberfield", "country": country, "sector": sector, "problem": problem,
            "wanted": {"what": "refund"}, "references": ["R-1"], "evidence": ["papers"], "log": log,
        });
        State::of(&situation::read(&json!({ "case": case }), "2026-12-01".parse().unwrap()).unwrap()).unwrap()
    }

    fn days(state: &State) -> Vec<String> {
        let all = deadline::deadlines(state, Atlas::builtin(), "2026-11-20".parse().unwrap());
        let of_paying = all.iter().filter(|day| day.kind == deadline::DeadlineKind::PaymentRight);
        of_paying.map(|day| format!("{} {}: {}", day.day, day.what, day.calculation)).collect()
    }

    #[test]
    fn what_was_paid_for_a_running_supply_is_no_step_and_the_case_says_why() {
        let problem = json!({"topic": "wrong_charge", "since": "2026-11-02", "ongoing": true});
        let now = "2026-11-20".parse().unwrap();
        let told = |sector| {
            let state = state("DE", sector, "direct_debit", &problem);
            let advice = advise(&state, Atlas::builtin(), now);
            let said = advice.rules.iter().find(|said| said.rule.id == "payment-right").unwrap();
            let view = View::new(&state, Atlas::builtin(), now);
            let withheld: Vec<_> =
                view.withheld.iter().map(|one| (one.right.id.clone(), one.until)).collect();
            (matches!(said.fate, Fate::NotFired(WHY_WITHHELD)), days(&state).len(), withheld)
        };
        let refund = ("eu-sepa-direct-debit-8-weeks".to_owned(), Some("2026-12-28".parse().unwrap()));
        let (said, kept, withheld) = told("telecom");
        assert!(said && kept == 0 && withheld.contains(&refund), "{kept} {withheld:?}");
        let (said, kept, withheld) = told("retail");
        assert!(!said && kept > 0 && withheld.is_empty(), "{kept} {withheld:?}");
    }

    #[test]
    fn of_several_card_schemes_the_shortest_time_is_kept_and_a_day_that_was_not_told_is_a_guess() {
        let problem = json!({"topic": "not_delivered", "since": "2026-10-02"});
        let told = days(&state("DE", "retail", "credit_card", &problem)).join("\n");
        insta::assert_snapshot!(told, @"2027-01-30 the last day for Visa dispute (chargeback) / Mastercard dispute (chargeback) / American Express dispute (a guess): 120 days from the delivery (2026-10-02), a guess: the day it happened stands for it: ends on 2027-01-30; the rules differ from card to card: the shortest time is kept here");
    }
}

//! Rights that hang on the way of paying, and times within which the customer must write to the company.

use atlas::record::Right;
use atlas::words::{Anchor, Basis, Binds, MoneyKind, PaidBy, Sector, Topic};
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
    /// Its last day; `None` where it has none, or one so far off that another right decides.
    pub until: Option<Date>,
    /// The calculation.
    pub words: Vec<String>,
}

/// A time within which the customer must write to the company, or sue it.
#[derive(Clone, Debug)]
pub struct Notice<'a> {
    /// The right.
    pub right: &'a Right,
    /// What must be done.
    pub does: &'a str,
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
    /// Times within which to write to the company.
    pub(crate) notices: Vec<Notice<'a>>,
    /// Times within which to sue it.
    pub(crate) suits: Vec<Notice<'a>>,
}

/// Finds them for a case.
pub(crate) fn rights<'a>(state: &State, atlas: &'a Atlas, question: &Question) -> Rights<'a> {
    let mut payments = Vec::new();
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
                .chain(state.log.iter().map(|line| line.entry.text.as_str()));
            if !crate::aims::fits(&right.id, question.sector, question.topic, &words) {
                continue;
            }
            // What never came was never received: no time counts from that.
            let never_came = state.facts.topic == Some(Topic::NotDelivered)
                && !state.log.iter().any(|line| line.entry.kind == crate::words::LogKind::Delivery);
            for clock in
                ends.filter(|clock| !(never_came && anchored_at(&clock.rule.limit, Anchor::Delivery)))
            {
                let does = clock.rule.does.as_deref().unwrap_or_default();
                let after_last_word = anchored_at(&clock.rule.limit, Anchor::FinalResponse);
                let to_write = [
                    "complain",
                    "claim",
                    "send a written claim",
                    "withdraw",
                    "cancel",
                    "appeal",
                    "ask for",
                    "reject",
                    "written complaint",
                    "dispute in writing",
                    "ask the airline",
                    "return ",
                    "tell the bank: ",
                ];
                let is_notice = to_write.iter().any(|word| does.starts_with(word));
                let is_suit =
                    ["sue", "file within", "bring the case"].iter().any(|word| does.starts_with(word));
                let Some(until) = clock
                    .reckoning
                    .end()
                    .filter(|_| (is_notice || is_suit) && right.basis_of_trade(question))
                else {
                    continue;
                };
                let mut words = clock.reckoning.words.clone();
                if right.basis == Basis::Treaty {
                    words.push(
                        "only for a journey between countries: within one country the airline's own terms apply"
                            .to_owned(),
                    );
                }
                let notice = Notice { right, does, until, after_last_word, words };
                if is_suit { suits.push(notice) } else { notices.push(notice) }
            }
            continue;
        }
        if !bears(state, right) || !within_money(right, question) {
            continue;
        }
        let mut lasts: Option<(Date, Vec<String>)> = None;
        let mut has_clock = false;
        // To hold back what is still owed is a defence, no claim for what was paid.
        // What follows on a dispute runs only once that is open, and a complaint to the seller opens none.
        for clock in ends.filter(|clock| {
            !clock.rule.does.as_deref().unwrap_or_default().starts_with("hold back")
                && !anchored_at(&clock.rule.limit, Anchor::Dispute)
        }) {
            has_clock = true;
            if let Some(day) = clock.reckoning.end().or(clock.reckoning.latest)
                && lasts.as_ref().is_none_or(|(known, _)| day < *known)
            {
                lasts = Some((day, clock.reckoning.words.clone()));
            }
        }
        match lasts {
            Some((day, _)) if day < question.now => {}
            Some((day, mut words)) => {
                // Of several parts the one that decides is enough.
                let decides = format!("ends on {day}");
                if words.iter().any(|line| line.ends_with(&decides)) {
                    words.retain(|line| line.ends_with(&decides));
                }
                payments.push(Payment { right, until: Some(day), words });
            }
            None if !has_clock && right.clocks.is_empty() => {
                payments.push(Payment { right, until: None, words: Vec::new() });
            }
            None => {}
        }
    }
    payments.sort_by_key(|payment| (payment.until.is_none(), payment.until));
    Rights { payments, notices, suits }
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
    // Stopping the money of a running supply invites a disconnection and settles nothing. What was called off runs no more: a
    // debit after it can be taken back at the bank as long as its time lasts.
    let called_off = (!facts.ongoing || facts.urgent == Some(Urgency::MoneyLeaving))
        && matches!(topic, Topic::SubscriptionTrap | Topic::Cancellation)
        && facts.paid_by == Some(PaidBy::DirectDebit)
        && !right.clocks.is_empty();
    let running_supply = !called_off
        && matches!(
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
    // The day of a delivery tells nothing of the statement. That of a charge does: no statement with it is older, so that the
    // time counted from it ends too early rather than too late.
    let of_charge = matches!(topic, Topic::WrongCharge | Topic::BillingError | Topic::SubscriptionTrap);
    let statement_unknown = right.id.starts_with("us-fcba") && !is_issuer(facts.sector) && !of_charge;
    // What poor service cost elsewhere was not paid by this card: only who answers like the seller answers for it.
    // Nor was what a carrier had in its care bought from it.
    let carried = matches!(facts.sector, Some(Sector::Moving | Sector::Parcel | Sector::Post));
    let harm_elsewhere = facts.wanted == Some(Wish::Compensation)
        && (topic == Topic::PoorService || carried)
        && right.basis == Basis::SchemeRule;
    // What the law gives on top of the price for a flight was never paid, and no bank can take it back.
    let beyond_the_price = facts.wanted == Some(Wish::Compensation) && facts.sector == Some(Sector::Air);
    facts.paid_by.is_some()
        && of_money
        && !beyond_the_price
        && !bank_itself
        && !running_supply
        && !statement_unknown
        && !harm_elsewhere
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

impl super::View<'_> {
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

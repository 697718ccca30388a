//! The time that binds the company now: its own procedure first, then the law, then what is reasonable.

use atlas::record::Limit;
use atlas::words::{Anchor, Binds, Sector, Topic};
use atlas::{Atlas, Question};
use jiff::ToSpan;
use jiff::civil::Date;
use ladder::{Clock, Unit};

use crate::phrases;
use crate::state::State;
use crate::view::thread::Thread;
use crate::words::{By, Wish};

/// Days after which an answer is overdue where nothing sets a time.
const REASONABLE_DAYS: i32 = 14;
/// Days after which bodies without a waiting time of their own take a complaint that nobody answers.
const LONG_ENOUGH_DAYS: i32 = 30;

/// What the company must do by when.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct OwnTime {
    /// The last day of its answer, where a procedure or the law sets one.
    pub due: Option<Date>,
    /// The calculation of it.
    pub words: Option<String>,
    /// The right of the atlas that sets it; `None` for the company's own procedure.
    pub right: Option<String>,
    /// Whether the law orders the remedy itself by that day.
    pub by_law: bool,
    /// The last day of its acknowledgement.
    pub acknowledge: Option<Date>,
    /// The last day that is reasonable where nothing sets a time.
    pub reasonable: Option<Date>,
    /// The first day on which bodies without a waiting time may be gone to without an answer.
    pub long_enough: Option<Date>,
}

impl OwnTime {
    /// Returns the last day of an answer, set or reasonable.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        self.due.or(self.reasonable)
    }

    /// Returns whether that day has passed.
    #[must_use]
    pub fn is_over(&self, now: Date) -> bool {
        self.last_day().is_some_and(|day| day < now)
    }
}

/// Works the time out.
pub(crate) fn own_time(state: &State, atlas: &Atlas, question: &Question, thread: &Thread) -> OwnTime {
    let days = atlas.working_days(question.country, question.region.as_deref());
    let mut own = OwnTime::default();
    let facts = &state.facts;
    if facts.topic == Some(Topic::Deposit)
        && let (Some(day), Some(clock)) =
            (facts.event, super::deposit::time_for(facts.country, facts.region.as_deref()))
    {
        own.due = days.end(day, clock, atlas::words::Count::NextDay).map(|ending| ending.day);
        own.words = Some(format!(
            "here, a deposit must be returned within {clock} of {day} (no source is recorded: check it)"
        ));
        own.by_law = true;
    }
    if thread.formal.is_none() {
        data_asked_for(state, atlas, question, &mut own);
    }
    let from = thread.desk_on.or(thread.formal);
    let Some(from) = from else {
        legal(state, atlas, question, false, &mut own);
        return own;
    };
    let end = |clock: Clock| days.end(from, clock, atlas::words::Count::NextDay).map(|ending| ending.day);
    let known = crate::stages::at(state, thread.desk);
    let stage = known.map(|known| known.stage);
    if own.due.is_none()
        && let Some(clock) = stage.and_then(|stage| stage.respond)
        && let Some(day) = end(clock)
    {
        own.due = Some(day);
        let counted = if clock.unit == Unit::WorkingDays {
            format!(" (working days: {})", days.name())
        } else {
            String::new()
        };
        let whose =
            known.and_then(|known| known.by_law).map_or("the company's own procedure", |(_, law)| law);
        own.words = Some(format!("{whose}: {clock} from {from}{counted}, ends on {day}"));
    }
    own.acknowledge = stage.and_then(|stage| stage.acknowledge).and_then(end);
    legal(state, atlas, question, thread.formal.is_some(), &mut own);
    own.reasonable = from.checked_add(REASONABLE_DAYS.days()).ok();
    own.long_enough = thread.formal.and_then(|day| day.checked_add(LONG_ENOUGH_DAYS.days()).ok());
    own
}

/// Fills in the time for an answer where all that was sent is a request for one's own data: whatever the trade, the law of privacy
/// sets it.
fn data_asked_for(state: &State, atlas: &Atlas, question: &Question, own: &mut OwnTime) {
    // A request made in the course of a quarrel sets no time for that.
    let first = state.log.iter().map(|line| &line.entry).find(|entry| entry.by == By::Customer);
    let asked = first.filter(|entry| phrases::asks_for_data(&entry.text)).map(|entry| entry.on);
    let Some(asked) = asked else { return };
    let of_privacy = Question {
        sector: Some(Sector::Privacy),
        days: question.days.clone().with(Anchor::Request, Some(asked)),
        ..question.clone()
    };
    for answer in atlas.running(&of_privacy) {
        let of_request = answer.clocks.iter().find(|clock| {
            clock.rule.binds == Some(Binds::Company)
                && matches!(&clock.rule.limit, Limit::Span(span) if span.from == Anchor::Request)
        });
        let ends = of_request.and_then(|clock| Some((clock, clock.reckoning.end()?)));
        if let Some((clock, end)) = ends.filter(|_| answer.right.sectors.contains(&Sector::Privacy)) {
            own.due = Some(end);
            own.words = Some(format!("{}: {}", answer.right.name, clock.reckoning.words.join("; ")));
            own.right = Some(answer.right.id.clone());
            own.by_law = true;
            return;
        }
    }
}

/// Fills in what the law says, where the company's procedure says nothing.
fn legal(state: &State, atlas: &Atlas, question: &Question, formal: bool, own: &mut OwnTime) {
    let wants_money_back = state.facts.wanted == Some(Wish::Refund);
    let told = state.log.iter().map(|line| line.entry.text.as_str());
    let words = state.facts.what.as_deref().into_iter().chain(told);
    for answer in atlas.running(question) {
        // What is only planned binds nobody yet.
        if answer.right.status != atlas::words::Status::InForce
            || !crate::aims::fits(&answer.right.id, question.sector, question.topic, &words)
        {
            continue;
        }
        let by_payment = !answer.right.pays.is_empty();
        // A bank is the payer's bank in what was stolen by a payment; its own fees are none.
        let payers_bank = question.sector == Some(Sector::Bank)
            && question.topic == Some(Topic::Fraud)
            && answer.right.sectors.contains(&Sector::Payments);
        let of_trade =
            payers_bank || question.sector.is_some_and(|sector| answer.right.sectors.contains(&sector));
        // How one paid binds the payer's bank, and the company only where it is that bank.
        if by_payment && !of_trade {
            continue;
        }
        for clock in &answer.clocks {
            let binds = matches!(clock.rule.binds, Some(Binds::Company | Binds::Issuer));
            let does = clock.rule.does.as_deref().unwrap_or_default();
            let Some(end) = clock.reckoning.end().filter(|_| binds) else { continue };
            // Money that the law orders back within a time is due then, whatever the procedure says.
            let refund = ["refund", "give shadow credit"].iter().any(|what| does.starts_with(what))
                && !does.contains("after agreeing")
                && !answer.right.topics.is_empty();
            let payment = by_payment
                && ["refund", "repay", "look into it, or credit"].iter().any(|what| does.starts_with(what));
            let from_complaint = counts_from_complaint(&clock.rule.limit);
            // What is due back under a right for every trade is so in those that it names: a train that was cancelled is no
            // contract that was called off.
            let refund = refund && of_trade;
            if wants_money_back && !own.by_law && (payment || (refund && (formal || !from_complaint))) {
                own.due = Some(end);
                own.words = Some(format!("{}: {}", answer.right.name, clock.reckoning.words.join("; ")));
                own.right = Some(answer.right.id.clone());
                own.by_law = true;
                continue;
            }
            if !formal {
                continue;
            }
            // Only times that count from the complaint tell when its answer is due.
            if !counts_from_complaint(&clock.rule.limit) {
                continue;
            }
            if does.starts_with("acknowledge") {
                own.acknowledge = own.acknowledge.or(Some(end));
            } else if own.due.is_none() && !is_aside(does) {
                own.due = Some(end);
                own.words = Some(format!("{}: {}", answer.right.name, clock.reckoning.words.join("; ")));
                own.right = Some(answer.right.id.clone());
            }
        }
    }
}

/// Returns the day by which the company must answer a body that passed the case on, the first still ahead.
pub(crate) fn referral_due(atlas: &Atlas, question: &Question) -> Option<Date> {
    question.days.exact(atlas::words::Anchor::Referral)?;
    let answers = atlas.running(question);
    let clocks = answers.iter().flat_map(|answer| &answer.clocks).filter(|clock| {
        matches!(&clock.rule.limit, atlas::record::Limit::Span(span) if span.from == atlas::words::Anchor::Referral)
    });
    clocks.filter_map(|clock| clock.reckoning.end()).filter(|day| *day >= question.now).min()
}

/// Returns whether what is due is no answer to the complaint.
fn is_aside(does: &str) -> bool {
    [
        "refund",
        "report on progress",
        "carry out",
        "give shadow credit",
        "look into it, or credit",
        "a complaint settled",
        "repay",
    ]
    .iter()
    .any(|aside| does.starts_with(aside))
}

fn counts_from_complaint(limit: &atlas::record::Limit) -> bool {
    use atlas::record::Limit;
    use atlas::words::Anchor;
    match limit {
        Limit::Span(span) => {
            matches!(span.from, Anchor::FirstComplaint | Anchor::Notice | Anchor::Request | Anchor::Dispute)
        }
        Limit::AllOf(parts) | Limit::EarlierOf(parts) | Limit::LaterOf(parts) => {
            parts.iter().all(|part| counts_from_complaint(&part.limit))
        }
    }
}

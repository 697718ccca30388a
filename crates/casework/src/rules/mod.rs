//! The rules of advice: one file a rule, registered here, each with the situation that it is for.
//!
//! A rule looks at the view of a case and proposes one step, or nothing. It has a stable id, a claim, why the claim holds, an
//! example that it takes and one that it must refuse (ids of `tests/situations`). Which of several proposals is given is
//! decided by their places: main rules by rank, the others beside. A new rule is one file and one line of [`RULES`]; `notice`,
//! `offer` and `refusal` are no rules, but the conditions that some of them share.

mod agency_beside;
mod agency_open;
mod agreed_not_due;
mod attempt_first;
mod body_has_the_case;
mod cannot_wait;
mod chase_beside;
mod court_beside;
mod court_last_days;
mod court_under_way;
mod decided_outside;
mod decided_unasked;
mod desk_silent;
mod door_ahead;
mod door_beside;
mod emergency;
mod external_review;
mod front_line_failed;
mod generic_answer;
mod goodwill;
mod information_asked;
mod just_asked;
mod last_word_asked;
mod last_word_beside;
mod law_gives_time;
mod letter_sent;
mod letter_unanswered;
mod next_stage;
mod no_power;
mod not_ready;
mod not_tried;
mod notice;
mod offer;
mod offer_enough;
mod offer_low;
mod outside_open;
mod overdue;
mod payment_beside;
mod payment_right;
mod payment_right_lapses;
mod promise_broken;
mod promise_open;
mod refusal;
mod refused;
mod remedy_given;
mod remedy_missing;
mod safety_report;
mod scheme_report;
mod scheme_shut;
mod stuck;
mod time_runs;
mod top_silent;
mod travel_soon;
mod tribunal_open;
mod wished_report;
mod written_claim;

pub use letter_unanswered::FAIR_DAYS;

use crate::advice::Proposal;
use crate::view::View;

/// Where the proposal of a rule may stand.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Place {
    /// As the main step; of several, the highest rank.
    Main(u8),
    /// Beside the main step.
    Beside,
}

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The stable id.
    pub id: &'static str,
    /// What it claims, in one sentence.
    pub claim: &'static str,
    /// Why that holds.
    pub why: &'static str,
    /// The example that it takes.
    pub takes: &'static str,
    /// The example that it must refuse.
    pub refuses: &'static str,
    /// Where its proposal stands.
    pub place: Place,
    /// The judgement.
    pub judge: fn(&View<'_>) -> Judged,
}

/// What a rule proposes, or the condition of it that is not met, in words that are true of the case.
pub type Judged = Result<Proposal, &'static str>;

/// Holds a rule to a condition.
///
/// # Errors
///
/// What is so instead, where it does not hold.
const fn must(holds: bool, instead: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(instead) }
}

/// Every rule. Of equal ranks the earlier goes first.
pub const RULES: &[Rule] = &[
    remedy_given::RULE,
    remedy_missing::RULE,
    information_asked::RULE,
    offer_enough::RULE,
    offer_low::RULE,
    court_under_way::RULE,
    body_has_the_case::RULE,
    emergency::RULE,
    not_ready::RULE,
    travel_soon::RULE,
    payment_right_lapses::RULE,
    letter_sent::RULE,
    attempt_first::RULE,
    letter_unanswered::RULE,
    agreed_not_due::RULE,
    court_last_days::RULE,
    external_review::RULE,
    goodwill::RULE,
    outside_open::RULE,
    payment_right::RULE,
    next_stage::RULE,
    last_word_asked::RULE,
    promise_open::RULE,
    law_gives_time::RULE,
    generic_answer::RULE,
    no_power::RULE,
    front_line_failed::RULE,
    promise_broken::RULE,
    overdue::RULE,
    agency_open::RULE,
    scheme_shut::RULE,
    decided_outside::RULE,
    tribunal_open::RULE,
    refused::RULE,
    top_silent::RULE,
    desk_silent::RULE,
    time_runs::RULE,
    cannot_wait::RULE,
    decided_unasked::RULE,
    written_claim::RULE,
    not_tried::RULE,
    just_asked::RULE,
    stuck::RULE,
    safety_report::RULE,
    scheme_report::RULE,
    wished_report::RULE,
    chase_beside::RULE,
    last_word_beside::RULE,
    door_ahead::RULE,
    door_beside::RULE,
    court_beside::RULE,
    agency_beside::RULE,
    payment_beside::RULE,
];

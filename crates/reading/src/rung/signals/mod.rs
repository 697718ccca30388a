//! The signals: each a small rule in a file of its own, all in one table.
//!
//! A rule looks at what stands around a hit and casts votes. It says what it claims and why, and gives an example that it
//! takes and one that it must refuse; a test holds every rule to its examples. To add one: a file, and its line here.

mod addressee;
mod after;
mod anchor;
mod beside_complaints;
mod card;
mod certified_mail;
mod clause;
mod column;
mod desk;
mod earlier;
mod heading;
mod higher;
mod imprint;
mod kind;
mod label;
mod lead_in;
mod local_part;
mod only_mailbox;
mod own_ombudsman;
mod own_register;
mod path;
mod placement;
mod role;
mod row;
mod stage_order;
mod textphone;
mod title;

use super::around::Around;
use super::weigh::Votes;

/// A rule that names rungs.
#[derive(Debug)]
pub struct Rule {
    /// Its stable id, as [`ladder::Signal::id`] gives it.
    pub id: &'static str,
    /// What it claims, in a line.
    pub claim: &'static str,
    /// Why that holds.
    pub why: &'static str,
    /// A page on which it speaks.
    pub takes: Example,
    /// A page on which it must not speak for the same rung.
    pub refuses: Example,
    /// Looks at a hit and votes.
    pub(super) look: fn(&Around, &mut Votes),
}

/// A page with one value.
#[derive(Debug)]
pub struct Example {
    /// Its markup.
    pub html: &'static str,
    /// The value as printed there, or the address of the link.
    pub value: &'static str,
    /// The id of the rung that the rule is to speak for, or `off_ladder`.
    pub rung: &'static str,
}

/// Every rule.
pub(super) const ALL: [&Rule; 27] = [
    &kind::RULE,
    &role::RULE,
    &label::RULE,
    &local_part::RULE,
    &anchor::RULE,
    &path::RULE,
    &addressee::RULE,
    &row::RULE,
    &column::RULE,
    &card::RULE,
    &clause::RULE,
    &earlier::RULE,
    &after::RULE,
    &lead_in::RULE,
    &heading::RULE,
    &higher::RULE,
    &title::RULE,
    &stage_order::RULE,
    &imprint::RULE,
    &own_register::RULE,
    &certified_mail::RULE,
    &textphone::RULE,
    &only_mailbox::RULE,
    &own_ombudsman::RULE,
    &beside_complaints::RULE,
    &placement::RULE,
    // Last, for it asks whether anything else is named.
    &desk::RULE,
];

/// Lets every rule look.
pub(super) fn look(around: &Around) -> Votes {
    let mut votes = Votes::default();
    for rule in ALL {
        (rule.look)(around, &mut votes);
    }
    votes
}

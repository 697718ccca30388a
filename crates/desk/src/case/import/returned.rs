//! Mail that came back, and automatic answers: what became of the address that was written to.
//!
//! A report of a mail server is nobody's answer, and proves nothing about a company: it counts where it speaks of an
//! address that this case wrote to, or that the ladder of the case names. What it tells is a line of the log and an event
//! of its own; the address then leaves the ladder of the case, and the next best is named.

use std::collections::BTreeSet;

use casework::event::Message as Kept;
use casework::{By, Entry, LogKind, Outcome, State};
use ladder::Channel;
use reading::message::Message;
use reading::message::returned::{Fate, Returned};
use serde_json::Value;

use super::propose::Maker;
use super::when::When;
use super::{Proposal, Tried};

/// The most contact points that are named instead.
const MOST_INSTEAD: usize = 3;

/// Where a mail lies, and what is known of it before its words.
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) named: bool,
    pub(super) key: &'a str,
    pub(super) when: When,
    pub(super) related: &'a BTreeSet<String>,
}

impl Maker<'_> {
    /// Makes the proposal of a mail that tells what became of an address; `None` where it speaks of nobody of this case.
    pub(super) fn returned(
        &self,
        place: &Place<'_>,
        message: &Message,
        raw: &[u8],
        back: &Returned,
    ) -> Option<Proposal> {
        let contact = back.address.clone()?;
        let of_case = back.answers.as_ref().is_some_and(|id| place.related.contains(id))
            || wrote_to(self.state, &contact)
            || in_ladder(self.state, &contact).is_some();
        // A stranger who says that an address is dead only hides it.
        if !of_case {
            return None;
        }
        let (outcome, kind, said) = match back.fate {
            Fate::Bounced => (Some(Outcome::Bounced), LogKind::NoAnswer, "mail to it came back"),
            Fate::Delayed => (None, LogKind::NoAnswer, "mail to it is delayed: it has not arrived yet"),
            Fate::HasLeft => (Some(Outcome::HasLeft), LogKind::NoAnswer, "its owner has left"),
            Fate::Unread => (Some(Outcome::Unread), LogKind::NoAnswer, "nobody reads it"),
            Fate::UseForm => (
                Some(Outcome::UseForm),
                LogKind::GenericReply,
                "it only sends automatic replies: use the form",
            ),
            Fate::Away => (None, LogKind::NoAnswer, "its owner is away for a while"),
        };
        let entry = Entry {
            on: place.when.day,
            time: place.when.time,
            by: By::Company,
            channel: Some(Channel::Email),
            rung: in_ladder(self.state, &contact).and_then(ladder::Rung::from_id),
            kind,
            text: format!("{contact}: {said} (\"{}\")", back.quote),
            due: None,
            amount: None,
            contact: Some(contact.clone()),
            person: None,
            reference: None,
            body: None,
            held_minutes: None,
            hours: None,
        };
        let tried = outcome.map(|outcome| Tried {
            instead: instead(self.state, &contact, &back.instead),
            contact: contact.clone(),
            outcome: outcome.id().to_owned(),
            words: back.quote.clone(),
        });
        Some(Proposal {
            title: format!("automatic mail: {contact}: {said}"),
            lines: vec![entry],
            message: Kept {
                id: Some(place.key.to_owned()),
                in_reply_to: back.answers.clone(),
                subject: message.subject.clone(),
                sha256: None,
                text: Some(message.text.clone()).filter(|text| !text.is_empty()),
                parts: Vec::new(),
            },
            raw: Some(raw.to_vec()),
            touches: place.named || of_case,
            tried,
            ..Proposal::new(place.key.to_owned(), place.file)
        })
    }
}

/// Returns whether the customer wrote to an address.
fn wrote_to(state: &State, address: &str) -> bool {
    state.log.iter().any(|line| {
        line.entry.by == By::Customer
            && line.entry.contact.as_deref().is_some_and(|contact| contact.eq_ignore_ascii_case(address))
    })
}

/// Returns the rung of an address in the ladder of the case, where it stands in it.
fn in_ladder<'s>(state: &'s State, address: &str) -> Option<&'s str> {
    contacts(state).find(|(_, value, _)| value.eq_ignore_ascii_case(address)).map(|(_, _, rung)| rung)
}

/// Returns what to use instead of an address: the others of its rung by mail, then by other channels, then what the mail
/// names at the same domain.
fn instead(state: &State, dead: &str, named: &[String]) -> Vec<String> {
    let rung = in_ladder(state, dead);
    let usable = |value: &str| !value.eq_ignore_ascii_case(dead) && !state.is_dead(value);
    let of_rung = |mail: bool| {
        contacts(state)
            .filter(move |(channel, value, at)| {
                rung.is_some_and(|rung| rung == *at) && (*channel == "email") == mail && usable(value)
            })
            .map(|(_, value, _)| value.to_owned())
    };
    let domain = dead.rsplit_once('@').map(|(_, domain)| domain);
    let own = named
        .iter()
        .filter(|mail| mail.rsplit_once('@').map(|(_, at)| at) == domain && usable(mail))
        .cloned();
    let mut all: Vec<String> = Vec::new();
    for value in of_rung(true).chain(own).chain(of_rung(false)) {
        if !all.contains(&value) {
            all.push(value);
        }
    }
    all.truncate(MOST_INSTEAD);
    all
}

/// Returns the contact points of the ladder of a case that may be used: channel, value and rung.
fn contacts(state: &State) -> impl Iterator<Item = (&str, &str, &str)> {
    let ladder =
        state.ladder.as_ref().and_then(|(ladder, _)| ladder.get("contacts")).and_then(Value::as_array);
    ladder.into_iter().flatten().filter_map(|contact| {
        let text = |key: &str| contact.get(key).and_then(Value::as_str);
        let signals = contact.get("signals").and_then(Value::as_array);
        let suspect =
            signals.is_some_and(|all| all.iter().any(|signal| signal["id"] == ladder::guard::marks::SUSPECT));
        (!suspect && text("party") == Some("company"))
            .then(|| Some((text("channel")?, text("value")?, text("rung")?)))
            .flatten()
    })
}

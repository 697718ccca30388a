//! Naming a contact that comes as a row of a list: a channel, a value and what the list calls it, without a page around.
//!
//! The same words as on a page count, at the weight of a label; a mailbox speaks by its local part as well.

use std::ops::Range;

use ladder::{Channel, Reach, Rung, Signal};

use super::around::Zone;
use super::fold::fold;
use super::topic::Topic;
use super::weigh::{Vote, Votes, strength};
use super::words::{self, Found};

/// What the label of a row counts for, as that of a value on a page does.
const LABEL: f32 = 3.0;
/// What the local part of a mailbox counts for.
const LOCAL: f32 = 2.0;

/// Returns the rung of a listed contact (`None`: off the ladder) and the signals that name it; without any signal nothing
/// was said, and it stands on the front line for want of better.
#[must_use]
pub fn listed(reach: &Reach, label: &str) -> (Option<Rung>, Vec<Signal>) {
    let mut votes = Votes::default();
    speak(&mut votes, "label", LABEL, reach.channel(), Zone::Label, label, &words::topics_of(label));
    if let Some(email) = reach.as_email() {
        let local = email.local();
        let found = words::topics_of_local(local);
        speak(&mut votes, "local-part", LOCAL, reach.channel(), Zone::Local, local, &found);
    }
    votes.verdict()
}

/// Lets the words of one text vote.
fn speak(
    votes: &mut Votes,
    id: &'static str,
    weight: f32,
    channel: Channel,
    zone: Zone,
    text: &str,
    found: &[Found],
) {
    let whole = text.trim_end_matches([':', ' ']).len();
    for one in found.iter().filter(|one| !one.topic.is_mute() && (!one.alone || one.range.len() >= whole)) {
        let share = if one.weak { 0.5 } else { 1.0 };
        votes.cast(Vote {
            id,
            rung: one.topic.rung(),
            weight: weight * share * strength(one.topic, zone, channel),
            words: text.get(one.range.clone()).unwrap_or(text).to_owned(),
            topic: Some(one.topic),
        });
    }
}

/// Returns the desks that prose names as pages do, each with where: a name of several words that ends as the names of desks
/// do. Single words say too little there: what `was escalated` or is `a concern` is no desk.
#[must_use]
pub(crate) fn desks(text: &str) -> Vec<(Option<Rung>, Range<usize>)> {
    words::topics_of(text)
        .into_iter()
        .filter(|one| !one.weak && !one.alone && !one.topic.is_mute() && one.topic != Topic::Contact)
        .filter(|one| text.get(one.range.clone()).is_some_and(is_called_a_desk))
        .map(|one| (one.topic.rung(), one.range))
        .collect()
}

/// Returns the rungs that a mailbox's local part names as on pages.
#[must_use]
pub(crate) fn desks_of_local(local: &str) -> Vec<Option<Rung>> {
    let found = words::topics_of_local(local);
    let telling = |one: &&Found| !one.weak && !one.topic.is_mute() && one.topic != Topic::Contact;
    found.iter().filter(telling).map(|one| one.topic.rung()).collect()
}

/// What the names of desks end with, as folded.
const ENDS: [&str; 40] = [
    "team",
    "desk",
    "department",
    "dept",
    "office",
    "officer",
    "officers",
    "unit",
    "centre",
    "center",
    "cell",
    "line",
    "relations",
    "section",
    "division",
    "director",
    "manager",
    "president",
    "ombudsman",
    "secretary",
    "counsel",
    "services",
    "abteilung",
    "stelle",
    "leitung",
    "management",
    "dienst",
    "direction",
    "cellule",
    "clientele",
    "clients",
    "departamento",
    "oficina",
    "unidad",
    "ufficio",
    "direzione",
    "afdeling",
    "loket",
    "management",
    "advocate",
];

/// Returns whether words are those of a name and not of a sentence.
fn is_called_a_desk(name: &str) -> bool {
    let name = fold(name);
    let (mut words, mut last, mut first) = (0, "", "");
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if words == 0 {
            first = word;
        }
        (words, last) = (words + 1, word);
    }
    let closes = ENDS.iter().any(|end| last == *end || last.len() > end.len() + 3 && last.ends_with(end));
    // Romance names begin with the desk: `service qualité`, `ufficio reclami`.
    let opens = matches!(
        first,
        "service"
            | "cellule"
            | "direction"
            | "departement"
            | "bureau"
            | "departamento"
            | "oficina"
            | "unidad"
            | "servicio"
            | "ufficio"
            | "servizio"
            | "direzione"
            | "afdeling"
            | "office"
            | "head"
            | "director"
            | "abteilung"
    );
    words >= 2 && (closes || opens) || words == 1 && closes && last.len() > 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_named_by_its_label_and_mailbox() {
        let named = |channel, value: &str, label: &str| {
            let reach = Reach::parse(channel, value).unwrap();
            ladder::rung::spelled(listed(&reach, label).0).to_owned()
        };
        for (channel, value, label, rung) in [
            (Channel::Phone, "+12025550101", "Customer Relations", "complaints"),
            (Channel::Phone, "+12025550101", "Customer service", "front_line"),
            (Channel::Phone, "+12025550101", "Fraud department", "specialist"),
            (Channel::Email, "ceo@acme.example", "Write to us", "executive"),
            (Channel::Postal, "1 Main St, Town, NY 10001", "Corporate headquarters", "legal"),
            (Channel::Email, "press@acme.example", "Press office", "off_ladder"),
        ] {
            assert_eq!(named(channel, value, label), rung, "{label}");
        }
    }
}

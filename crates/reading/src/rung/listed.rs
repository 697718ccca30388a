//! Naming a contact that comes as a row of a list: a channel, a value and what the list calls it, without a page around.
//!
//! The same words as on a page count, at the weight of a label; a mailbox speaks by its local part as well.

use ladder::{Channel, Reach, Rung, Signal};

use super::around::Zone;
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

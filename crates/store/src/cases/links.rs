//! Which of the events that were found in a damaged store hang together.
//!
//! The pages of a file may hold events of several logs under one id: an id is used again when its case was deleted, and a
//! write that was never acknowledged leaves what it wrote. The log that counts is the one that ends in the hash that the
//! case's last summary names; where that cannot be followed to its end, the longest from the first event on.

use std::collections::{BTreeMap, BTreeSet};

use casework::{Case, Event};

use super::StoredEvent;
use super::rows::Written;

/// Events by their place; several where versions differ.
pub(super) type Places = BTreeMap<u32, Vec<StoredEvent>>;

/// Parts events into the log from the first one on, and those that belong to it and stand behind a gap. A summary that is
/// `sure` is the last that was written; after another one the log may have gone on.
pub(super) fn linked(
    places: &Places,
    written: Option<&Written>,
    sure: bool,
) -> (Vec<StoredEvent>, Vec<StoredEvent>) {
    let tail = written.map(|written| back(places, written)).unwrap_or_default();
    let after = after(places);
    let mut foreign: BTreeSet<&str> = BTreeSet::new();
    let chain: Vec<&StoredEvent> = if tail.first().is_some_and(|first| first.place == 1) {
        let mut chain = tail;
        if !sure && let Some(last) = chain.last() {
            chain.extend(follow(&after, last).into_iter().skip(1));
        }
        chain
    } else {
        let own = tail.first().map_or(u32::MAX, |first| first.place - 1);
        let (chain, others) = longest(places, &after).into_iter().partition(|event| event.place < own);
        let others: Vec<&StoredEvent> = others;
        // What stands where another event is known to belong is of another log.
        foreign.extend(others.iter().map(|event| event.hash.as_str()));
        chain
    };
    let readable = readable(&chain);
    let linked: Vec<StoredEvent> = chain.into_iter().take(readable).cloned().collect();
    let last = linked.last();
    let whole = last.zip(written).is_some_and(|(last, written)| last.hash == written.head);
    if whole && sure {
        // Nothing is missing: whatever else was found is of a case that is gone.
        return (linked, Vec::new());
    }
    let end = u32::try_from(linked.len()).unwrap_or(u32::MAX);
    foreign.extend(rooted(places, linked.first()));
    let loose = places.range(end.saturating_add(1)..).filter_map(|(_, all)| {
        let known = |event: &&StoredEvent| !foreign.contains(event.hash.as_str());
        all.iter().rfind(known).cloned()
    });
    let loose = loose.collect();
    (linked, loose)
}

/// Follows the log from its last hash back, as far as that goes; returned in order.
fn back<'a>(places: &'a Places, written: &Written) -> Vec<&'a StoredEvent> {
    let mut chain: Vec<&StoredEvent> = Vec::new();
    let mut wanted = written.head.as_str();
    for place in (1..=written.events).rev() {
        let Some(event) = places.get(&place).and_then(|all| all.iter().find(|one| one.hash == wanted)) else {
            break;
        };
        chain.push(event);
        wanted = &event.previous;
    }
    chain.reverse();
    chain
}

/// What follows an event: how many, itself counted, and the next.
type After<'a> = BTreeMap<&'a str, (usize, Option<&'a StoredEvent>)>;

/// Returns what follows each event, by its hash; where several do, the one with the longest log after it.
fn after(places: &Places) -> After<'_> {
    let mut after = After::new();
    let mut later: &[StoredEvent] = &[];
    let mut later_place = 0;
    for (place, all) in places.iter().rev() {
        for event in all {
            let next = later.iter().filter(|next| later_place == place + 1 && next.previous == event.hash);
            let next = next.max_by_key(|next| after.get(next.hash.as_str()).map_or(0, |(length, _)| *length));
            let length = next.and_then(|next| after.get(next.hash.as_str())).map_or(0, |(length, _)| *length);
            after.insert(&event.hash, (length + 1, next));
        }
        (later, later_place) = (all, *place);
    }
    after
}

/// Returns an event and all that follow it.
fn follow<'a>(after: &After<'a>, from: &'a StoredEvent) -> Vec<&'a StoredEvent> {
    let next = |event: &&'a StoredEvent| after.get(event.hash.as_str()).and_then(|(_, next)| *next);
    std::iter::successors(Some(from), next).collect()
}

/// Returns the longest log that begins with a first event; of equal ones the one that was found last.
fn longest<'a>(places: &'a Places, after: &After<'a>) -> Vec<&'a StoredEvent> {
    let length = |event: &&StoredEvent| after.get(event.hash.as_str()).map_or(0, |(length, _)| *length);
    let roots = places.get(&1).map_or(&[][..], Vec::as_slice).iter().filter(|one| one.previous.is_empty());
    roots.max_by_key(length).map(|root| follow(after, root)).unwrap_or_default()
}

/// Returns the hashes of all events that hang on a first event other than this one.
fn rooted<'a>(places: &'a Places, own: Option<&StoredEvent>) -> BTreeSet<&'a str> {
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for (place, all) in places {
        for event in all {
            let begins = *place == 1 && event.previous.is_empty() && own.is_some_and(|own| own != event);
            if begins || found.contains(event.previous.as_str()) {
                found.insert(&event.hash);
            }
        }
    }
    found
}

/// Returns how many events from the first on this program understands: a newer one may have written the rest.
fn readable(chain: &[&StoredEvent]) -> usize {
    let mut case = Case::default();
    chain
        .iter()
        .take_while(|row| {
            serde_json::from_str::<Event>(&row.body).is_ok_and(|event| case.append(event).is_ok())
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::chain;

    /// Makes a log of so many events that all say a word.
    fn log(word: &str, events: u32) -> Vec<StoredEvent> {
        let mut all: Vec<StoredEvent> = Vec::new();
        for place in 1..=events {
            let what = if place == 1 {
                serde_json::json!({"event": "opened", "facts": {
                    "company": word, "country": "GB", "acting_as": "consumer", "what": word,
                }})
            } else {
                serde_json::json!({"event": "noted", "text": word})
            };
            let mut event = serde_json::json!({
                "v": 1, "id": format!("e{place}"), "at": "2026-03-02T09:30:00+00:00[Europe/London]",
                "recorded_by": "customer",
            });
            event.as_object_mut().unwrap().extend(what.as_object().unwrap().clone());
            let body = event.to_string();
            let previous = all.last().map_or(String::new(), |last| last.hash.clone());
            let hash = chain::hash("acme-1", place, &previous, &body);
            all.push(StoredEvent { place, body, previous, hash });
        }
        all
    }

    fn places<'a>(events: impl IntoIterator<Item = &'a StoredEvent>) -> Places {
        let mut places = Places::new();
        for event in events {
            places.entry(event.place).or_default().push(event.clone());
        }
        places
    }

    fn written(log: &[StoredEvent], events: usize) -> Written {
        Written { events: u32::try_from(events).unwrap(), head: log[events - 1].hash.clone() }
    }

    #[test]
    fn the_log_that_the_last_list_names_counts_and_of_a_deleted_one_nothing_comes_back() {
        let (old, new) = (log("old", 9), log("new", 4));
        let both = places(old.iter().chain(&new));
        let (linked, loose) = super::linked(&both, Some(&written(&new, 4)), true);
        assert_eq!((linked, loose.len()), (new.clone(), 0));
        // Where no list can be read, the longest.
        let (linked, loose) = super::linked(&both, None, false);
        assert_eq!((linked, loose.len()), (old, 0));
    }

    #[test]
    fn after_an_older_list_the_log_goes_on_and_behind_a_gap_its_events_are_loose() {
        let all = log("one", 9);
        let (linked, loose) = super::linked(&places(&all), Some(&written(&all, 5)), false);
        assert_eq!((linked.len(), loose.len()), (9, 0));
        // Under the last list what was never acknowledged stays away.
        let (linked, loose) = super::linked(&places(&all), Some(&written(&all, 5)), true);
        assert_eq!((linked.len(), loose.len()), (5, 0));
        let gap = places(all.iter().filter(|event| event.place != 4));
        let (linked, loose) = super::linked(&gap, Some(&written(&all, 9)), true);
        assert_eq!((linked.len(), loose.len()), (3, 5));
        // What stands where another event is known to belong is of another log.
        let old = log("old", 6);
        let (linked, loose) =
            super::linked(&places(all[4..].iter().chain(&old)), Some(&written(&all, 9)), true);
        assert_eq!((linked.len(), loose.len()), (3, 5));
    }
}

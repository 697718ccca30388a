//! Merging: the hits of one value on one page become one sighting.
//!
//! Each hit is named by itself first. Then the use that the page itself names for a customer with a problem wins (see
//! [`standing`]); its quote, place and label go with it, and what the other hits know besides (hours, a person, the cost)
//! is kept. The order is that of the page.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use ladder::{Channel, Party, Place, Rung, Sighting};

use super::quote;
use crate::hit::Hit;
use crate::outline::Outline;
use crate::page::Context;
use crate::rung::{Namer, Verdict};

/// Names every hit and joins those of one value.
pub(super) fn sightings(outline: &Outline, context: &Context, mut hits: Vec<Hit>) -> Vec<Sighting> {
    hits.sort_by_key(place_on_page);
    let mut namer = Namer::new(outline, context, &hits);
    let mut merged: Vec<(Sighting, u8)> = Vec::new();
    let mut at: HashMap<(Channel, String), usize, RandomState> = HashMap::default();
    let mut verdicts: Vec<Verdict> = hits.iter().map(|hit| namer.name(hit)).collect();
    namer.settle(&mut verdicts);
    for (hit, verdict) in hits.into_iter().zip(verdicts) {
        let strength = standing(&verdict, hit.place);
        let sighting = sighting(outline, hit, verdict);
        let key = (sighting.reach.channel(), key_of(&sighting));
        if let Some(&index) = at.get(&key) {
            let (kept, before) = &mut merged[index];
            if strength > *before {
                let weaker = std::mem::replace(kept, sighting);
                *before = strength;
                complete(kept, weaker);
            } else {
                complete(kept, sighting);
            }
        } else {
            at.insert(key, merged.len());
            merged.push((sighting, strength));
        }
    }
    merged.into_iter().map(|(sighting, _)| sighting).collect()
}

/// Returns the order of hits: as printed; what has no place in the text comes after what is printed before its block.
fn place_on_page(hit: &Hit) -> (usize, usize) {
    (if hit.span.is_empty() { usize::MAX } else { hit.span.start }, hit.block.unwrap_or(usize::MAX))
}

/// Returns how strongly a use of a value stands against its other uses; of equals the first on the page wins.
fn standing(verdict: &Verdict, place: Place) -> u8 {
    let body = matches!(place, Place::Main | Place::Aside);
    // A front line that the page names (customer service, support) is a use of its own; a bare value is none.
    let named = verdict
        .signals
        .iter()
        .any(|s| matches!(s.id, "label" | "clause" | "card" | "row" | "heading" | "lead-in"));
    match verdict.rung {
        Some(Rung::Executive) => 9,
        Some(Rung::Management) => 8,
        Some(Rung::Complaints) => 7,
        Some(Rung::Adr | Rung::Regulator) => 6,
        Some(Rung::Supervisor) => 5,
        Some(Rung::Legal | Rung::Specialist) => 4,
        Some(Rung::FrontLine) if body || named => 4,
        Some(Rung::FrontLine) => 3,
        None => 1,
    }
}

/// Returns the form of a value in which two spellings of it are alike.
fn key_of(sighting: &Sighting) -> String {
    sighting.reach.as_link().map_or_else(|| sighting.reach.value().to_lowercase(), ladder::Link::key)
}

/// Makes a sighting of a hit and its verdict.
fn sighting(outline: &Outline, hit: Hit, verdict: Verdict) -> Sighting {
    let quote = quote::of(outline, &hit, hit.reach.value());
    Sighting {
        rung: verdict.rung,
        party: verdict.party,
        label: hit.label.or(verdict.label),
        person: hit.person,
        title: hit.title,
        hours: hit.hours,
        languages: hit.languages,
        cost: hit.cost,
        cost_note: hit.cost_note,
        extension: hit.extension,
        notes: hit.notes,
        place: hit.place,
        signals: verdict.signals,
        ..Sighting::new(hit.reach, quote)
    }
}

/// Adds what another sighting of the same value knows besides.
fn complete(kept: &mut Sighting, other: Sighting) {
    if kept.party == Party::Company && other.party != Party::Company && other.rung == kept.rung {
        kept.party = other.party;
    }
    kept.label = kept.label.take().or(other.label);
    kept.person = kept.person.take().or(other.person);
    kept.title = kept.title.take().or(other.title);
    kept.hours = kept.hours.take().or(other.hours);
    kept.cost = kept.cost.or(other.cost);
    kept.cost_note = kept.cost_note.take().or(other.cost_note);
    kept.extension = kept.extension.take().or(other.extension);
    for language in other.languages {
        if !kept.languages.contains(&language) {
            kept.languages.push(language);
        }
    }
    for note in other.notes {
        if !kept.notes.contains(&note) {
            kept.notes.push(note);
        }
    }
}

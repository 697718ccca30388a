//! What is asked for, the reasons, and the rights and rules it rests on, each with where it was read and when.

use atlas::record::{Grounds, Right};
use casework::view::Outside;
use casework::view::outside::Door;

use super::compose::{Words, asked, row};
use super::labels::put;
use super::{Block, Labels, Row, Section};
use crate::draft::Named;

/// Rights that are named.
const RIGHTS: usize = 4;

/// Writes the part.
pub(super) fn section(words: &Words<'_>) -> Section {
    let (labels, facts) = (words.labels, &words.state.facts);
    let mut blocks: Vec<Block> = asked(words).into_iter().map(|text| Block::Text { text }).collect();
    let mut reasons: Vec<Row> = Vec::new();
    for (label, value) in [
        (&labels.what_happened, &facts.what),
        (&labels.agreed, &facts.agreed),
        (&labels.impact, &facts.impact),
    ] {
        if let Some(value) = value {
            reasons.push(row(label, crate::draft::sentence(value)));
        }
    }
    if !reasons.is_empty() {
        blocks.push(Block::Heading { text: labels.reasons.clone() });
        blocks.push(Block::Rows { rows: reasons });
    }
    let rights = rights(words);
    let own = own_procedure(words);
    let next = next(words);
    if !(rights.is_empty() && own.is_empty() && next.is_none()) {
        blocks.push(Block::Heading { text: labels.sources.clone() });
    }
    if !rights.is_empty() {
        blocks.push(Block::Rows { rows: rights });
    }
    if let (Some((_, on)), false) = (&words.state.procedure, own.is_empty()) {
        blocks.push(Block::Text { text: put(&labels.own_procedure, &[("date", &words.date(*on))]) });
        blocks.push(Block::List { items: own });
    }
    if let Some(next) = next {
        blocks.push(Block::Text { text: next });
    }
    Section { id: "remedy", title: labels.remedy.clone(), blocks }
}

/// Names the rights that hang on the way of paying, and the times to write that still run.
fn rights(words: &Words<'_>) -> Vec<Row> {
    let view = words.view;
    let mut named: Vec<&Right> = Vec::new();
    let by_trade = view.own.right.as_deref().and_then(|id| view.atlas.right(id));
    let payments = view.payments.iter().flat_map(casework::view::Payment::all);
    let notices = view.notices.iter().map(|notice| notice.right);
    for right in by_trade.into_iter().chain(payments).chain(notices) {
        if !named.iter().any(|known| known.id == right.id) {
            named.push(right);
        }
    }
    named.truncate(RIGHTS);
    named
        .into_iter()
        .map(|right| {
            let mut lines = vec![right.law.clone()];
            lines.extend(right.consumer.clone());
            lines.extend(source(words, &right.grounds));
            row(&right.name, lines.join("\n"))
        })
        .collect()
}

/// Says where a fact was read, and when.
fn source(words: &Words<'_>, grounds: &Grounds) -> Option<String> {
    let evidence = grounds.whole();
    let link = evidence.sources.first()?;
    Some(match evidence.checked {
        Some(day) => format!("{link} ({})", put(&words.labels.checked, &[("date", &words.date(day))])),
        None => link.clone(),
    })
}

fn own_procedure(words: &Words<'_>) -> Vec<String> {
    let labels = words.labels;
    let Some((procedure, _)) = &words.state.procedure else { return Vec::new() };
    let mut lines = Vec::new();
    for stage in &procedure.stages {
        let rung = words.convention.named(Named::Rung, stage.rung.id());
        for (phrase, clock) in
            [(&labels.own_acknowledge, stage.acknowledge), (&labels.own_respond, stage.respond)]
        {
            let Some(clock) = clock else { continue };
            let unit = Labels::named(&labels.clock, clock.unit.id());
            let clock = put(&unit, &[("n", &clock.n.to_string())]);
            lines.push(put(phrase, &[("n", &stage.order.to_string()), ("rung", &rung), ("clock", &clock)]));
        }
    }
    lines
}

/// Says who comes next outside of the company.
fn next(words: &Words<'_>) -> Option<String> {
    let named = |outside: &Outside<'_>| {
        let read = source(words, &outside.body.grounds).map_or_else(String::new, |read| format!("\n{read}"));
        (outside.body.name.clone(), read)
    };
    if let Some(open) = words.view.open_door().filter(|outside| outside.door == Door::Due) {
        let (name, read) = named(open);
        return Some(put(&words.labels.next_body_now, &[("body", &name)]) + &read);
    }
    let (outside, day) = words.view.next_door()?;
    let (name, read) = named(outside);
    Some(put(&words.labels.next_body, &[("body", &name), ("date", &words.date(day))]) + &read)
}

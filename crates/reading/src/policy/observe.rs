//! What the weights are fitted on: everything observed of one text, before any weight is asked.
//!
//! `examples/observe.rs` prints it for `bench/policy/fit.py`, which knows the right answers of its texts.

use ladder::Unit;
use serde::Serialize;

use super::draft::Owner;
use super::model::Weights;
use super::{contacts, drafted, rungs, settle, standing, time, whole};
use crate::outline::Outline;
use crate::page::Context;

/// Everything observed of one text.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Observed {
    /// What is observed of the whole.
    pub whole: Vec<String>,
    /// Its durations, in order.
    pub durations: Vec<ObservedDuration>,
    /// The drafts of stages, in order.
    pub drafts: Vec<ObservedDraft>,
    /// The stages that the weights given keep, in order.
    pub stages: Vec<ObservedStage>,
}

/// A duration.
#[derive(Clone, Debug, Serialize)]
pub struct ObservedDuration {
    /// How many.
    pub n: u32,
    /// Of which unit.
    pub unit: Unit,
    /// How many letters and marks of the text come before it, white space not counted.
    pub at: usize,
    /// The draft whose words it is in.
    pub draft: Option<usize>,
    /// The body whose words it is in.
    pub body: Option<usize>,
    /// What is observed.
    pub features: Vec<String>,
    /// The sentence.
    pub quote: String,
}

/// A draft of a stage.
#[derive(Clone, Debug, Serialize)]
pub struct ObservedDraft {
    /// All its words.
    pub words: String,
    /// The words that name who handles it.
    pub handler: String,
    /// The contacts told in it.
    pub contacts: Vec<String>,
    /// What is observed.
    pub features: Vec<String>,
}

/// A stage.
#[derive(Clone, Debug, Serialize)]
pub struct ObservedStage {
    /// The draft that leads it.
    pub lead: usize,
    /// All its drafts.
    pub drafts: Vec<usize>,
    /// What is observed, but for the rung before.
    pub features: Vec<String>,
}

/// Most letters of a draft that are shown.
const SHOWN: usize = 2_000;

/// Returns everything observed of a text; nothing where its language is unknown.
#[must_use]
pub fn observe(outline: &Outline, context: &Context<'_>, weights: &Weights) -> Observed {
    let hits = contacts::hits(outline, context);
    let observed = drafted(outline, context, &hits, |drafts| {
        let (text, walked) = (drafts.text, drafts.walked);
        let reader = time::Reader { text, durations: drafts.durations, walked, model: &weights.clock };
        let standing = standing::Standing::new(text, walked, drafts.durations, drafts.placed);
        let owner = |word: usize| walked.owners.get(word).copied().unwrap_or_default();
        let kept = settle::keep(&standing, walked, &weights.stage);
        let climbs = rungs::features(&settle::seen(text, walked, &kept, &standing, drafts.durations));
        Observed {
            whole: whole::features(text, drafts.durations, walked).0,
            durations: drafts
                .durations
                .iter()
                .filter(|duration| reader.counts(duration))
                .map(|duration| ObservedDuration {
                    n: duration.clock.n,
                    unit: duration.clock.unit,
                    at: letters(&outline.text[..text.words.span(duration.words.clone()).start]),
                    draft: if let Owner::Stage(at) = owner(duration.words.start) { Some(at) } else { None },
                    body: if let Owner::Body(at) = owner(duration.words.start) { Some(at) } else { None },
                    features: reader.features(duration).0,
                    quote: time::quote(text, &reader.sentence(duration), &duration.words),
                })
                .collect(),
            drafts: (0..walked.stages.len())
                .map(|at| {
                    let span = standing.span(at).clone();
                    let words = if span.is_empty() { String::new() } else { text.words.printed(span) };
                    let mine = drafts.placed.iter().filter(|p| owner(p.word) == Owner::Stage(at));
                    let handler = walked.stages[at].handler.as_ref();
                    ObservedDraft {
                        words: words.chars().take(SHOWN).collect(),
                        handler: handler.map_or_else(String::new, |(_, at)| text.words.printed(at.clone())),
                        contacts: mine.map(|p| p.reach.to_string()).collect(),
                        features: standing.features(at).0,
                    }
                })
                .collect(),
            stages: kept
                .iter()
                .zip(climbs)
                .map(|(kept, features)| ObservedStage {
                    lead: kept.lead,
                    drafts: kept.drafts.clone(),
                    features: features.0,
                })
                .collect(),
        }
    });
    observed.unwrap_or_default()
}

/// How many letters and marks a text has.
fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

//! Complaints procedures: an outline in, stages, clocks and outside bodies out.
//!
//! The way of a text: [`words`] cuts it into words, [`cue`] finds turns of phrase (tables in [`lang`]), [`duration`] finds
//! times, [`label`] what numbers a paragraph, [`outside`] the names of bodies, [`bodies`] those that the text offers, [`waits`] their times, [`table`] escalation matrices. [`walk`] tells
//! whose words each passage is (headings in [`head`], sentences in [`sentence`] and [`passing`], what both ask in [`text`]), [`time`] what each duration binds (by what the words around it make of it, [`sense`], and who keeps to it, [`keeper`]; [`overall`]: times told for all stages), [`settle`] which drafts are stages and on which rungs.
//!
//! What is weighed and not ruled: whether the text is a procedure ([`whole`]), which drafts stand as stages ([`standing`]), on
//! which rungs ([`rungs`]), what a duration binds ([`clock`]), by the tables of [`model`]; [`observe`] shows what they are fitted on.
//!
//! Each part of the answer carries the words it rests on. A text that only talks about complaints yields nothing.
//! [`looks_like`] is the cheap question before: one pass over the text, for every page.

mod bodies;
mod clock;
mod contacts;
mod contradictions;
mod cue;
mod draft;
mod duration;
mod head;
mod keeper;
mod label;
mod lang;
mod model;
mod name;
mod names;
mod observe;
mod offer;
mod outside;
mod overall;
mod passing;
mod rungs;
mod sense;
mod sentence;
mod settle;
mod standing;
mod table;
mod text;
mod time;
mod waits;
mod walk;
mod whole;
mod words;

use std::sync::LazyLock;

use ladder::{Policy, Stage, StatedClock};

use crate::hit::Hit;
use crate::needles::Needles;
use crate::outline::Outline;
use crate::page::Context;

pub use model::Weights;
pub use observe::{Observed, observe};

/// Letters that a procedure cannot do without, in the languages that can be read.
static MATTER: LazyLock<Needles> = LazyLock::new(|| {
    Needles::of([
        "complain",
        "grievance",
        "escalat",
        "dispute",
        "ombud",
        "beschwerde",
        "reklamation",
        "schlichtung",
        "clamation",
        "diateur",
        "reclamaci",
        "queja",
        "klacht",
        "geschil",
        "reclam",
    ])
});

/// Returns whether a page may hold a complaints procedure: cheap, and wrong only on the side of yes.
#[must_use]
pub fn looks_like(outline: &Outline, _context: &Context<'_>) -> bool {
    MATTER.find_iter(&outline.text).nth(2).is_some()
        || MATTER.is_match(&outline.text) && outline.text.len() < 4_000
}

/// Reads the complaints procedure that an outline holds; empty where it holds none.
#[must_use]
pub fn read(outline: &Outline, context: &Context<'_>) -> Policy {
    read_with(outline, context, &contacts::hits(outline, context))
}

/// Reads the procedure of an outline whose numbers, mail and postal addresses were found already.
#[must_use]
pub fn read_with(outline: &Outline, context: &Context<'_>, hits: &[Hit]) -> Policy {
    read_by(outline, context, hits, Weights::builtin())
}

/// Reads by weights of the caller's own: for fitting.
#[must_use]
pub fn read_weighed(outline: &Outline, context: &Context<'_>, weights: &Weights) -> Policy {
    read_by(outline, context, &contacts::hits(outline, context), weights)
}

fn read_by(outline: &Outline, context: &Context<'_>, hits: &[Hit], weights: &Weights) -> Policy {
    let settled = drafted(outline, context, hits, |drafts| {
        let whole = whole::features(drafts.text, drafts.durations, drafts.walked);
        if !whole::is_procedure(
            drafts.text,
            drafts.walked,
            weights.whole.margin(&whole, "procedure", "other"),
        ) {
            // The end of a procedure may stand alone: where to go when no answer settles the matter.
            let read = bodies::read(drafts.text, drafts.durations, drafts.placed, &[]);
            let cues = drafts.text.cues;
            let sure = read.sure
                && !cues.has(0..usize::MAX, cue::Cue::About)
                && !cues.has(0..usize::MAX, cue::Cue::Staff);
            return Policy { external: if sure { read.external } else { Vec::new() }, ..Policy::default() };
        }
        let standing = standing::Standing::new(drafts.text, drafts.walked, drafts.durations, drafts.placed);
        let reader = time::Reader {
            text: drafts.text,
            durations: drafts.durations,
            walked: drafts.walked,
            model: &weights.clock,
        };
        let clocks = time::read(&reader);
        let (kept, rungs) = settle::choose(&standing, drafts.walked, weights, drafts.text, drafts.durations);
        let mut policy = settle::settle(drafts.text, drafts.walked, &clocks, drafts.placed, &kept, &rungs);
        outside_bodies(&mut policy, drafts.text, drafts.durations, drafts.placed);
        // Links in a row (`Contact us, Complaints, About`) name the matter, and tell nothing of it.
        if let [only] = policy.stages.as_slice()
            && says_nothing(only)
        {
            policy.stages.clear();
        }
        if policy.is_empty() {
            policy.warnings.clear();
        }
        if drafts.text.words.cut {
            policy.warnings.push("the text is longer than is read: only its beginning was".to_owned());
        }
        policy
    });
    settled.unwrap_or_else(|language| {
        let whose = match language {
            Some(code) => format!("in the language `{code}`"),
            None => "in a language that was not recognised".to_owned(),
        };
        let known = lang::codes().collect::<Vec<_>>().join(", ");
        let warning = format!("a text {whose} cannot be read as a procedure; the languages read are {known}");
        Policy { warnings: vec![warning], ..Policy::default() }
    })
}

/// A text walked through, before anything is weighed.
struct Drafts<'a> {
    text: &'a text::Text<'a>,
    durations: &'a [duration::Duration],
    placed: &'a [contacts::Placed],
    walked: &'a walk::Walked,
}

/// Walks through a text and hands what was found to `then`; in a language that cannot be read returns its code, where known.
fn drafted<R>(
    outline: &Outline,
    context: &Context<'_>,
    hits: &[Hit],
    then: impl FnOnce(&Drafts<'_>) -> R,
) -> Result<R, Option<String>> {
    let words = words::Words::of(outline);
    let said = context.lang.or(outline.lang.as_deref());
    let spellings = words.words.iter().map(|w| words.spellings[w.spelling as usize].as_ref());
    let guessed = lang::guess(spellings.clone());
    if guessed.is_none() && said.is_none() && lang::is_foreign(spellings) {
        return Err(None);
    }
    let code = guessed.or(said).unwrap_or("en");
    let Some((language, patterns)) = lang::of(code) else { return Err(Some(code.to_owned())) };
    let cues = cue::Cues::new(patterns.find(&words));
    let durations = duration::find(&words, language, patterns);
    let mut labels: Vec<_> =
        words.paras.iter().map(|para| label::of(&words, para, language, patterns)).collect();
    drop_floors(&mut labels, &words, hits);
    let known: Vec<outside::Known> = context
        .atlas
        .unwrap_or_else(|| atlas::Atlas::builtin())
        .mentions(&outline.text, context.country)
        .into_iter()
        // Elsewhere a body of the same name is another: the `Energy Ombudsman` of one country is none of the next.
        .filter(|mention| {
            // A closed route of the Union is still named outside of it.
            let covers = |country| atlas::place::covers(&mention.head.country, country);
            context.country.is_none_or(covers) || mention.head.country == "EU"
        })
        .map(|mention| outside::Known { span: mention.span, head: mention.head })
        .collect();
    let mut mentions = outside::find(&words, &cues, language, &known);
    outside::drop_own(&mut mentions, &words, &cues);
    let placed = contacts::place(outline, &words, hits, context);
    let places: Vec<usize> = placed.iter().map(|p| p.word).collect();
    let matrices =
        table::Tables { words: &words, cues: &cues, durations: &durations, language, patterns }.find();
    let text = text::Text::new(text::Parts {
        words: &words,
        cues: &cues,
        labels: &labels,
        mentions: &mentions,
        contacts: &places,
        matrices: &matrices,
        language,
        patterns,
    });
    let mut walked = walk::walk(&text);
    walked.take_promises(&text, &durations);
    walked.take_times_of_all(&text, &durations);
    Ok(then(&Drafts { text: &text, durations: &durations, placed: &placed, walked: &walked }))
}

/// Drops labels that stand inside of a postal address: `Level 2, Harbour House` is a floor.
fn drop_floors(labels: &mut [Option<label::Label>], words: &words::Words<'_>, hits: &[Hit]) {
    for hit in hits.iter().filter(|hit| hit.reach.channel() == ladder::Channel::Postal) {
        let inside = |at: &words::Word| hit.span.contains(&(at.start as usize));
        for (label, para) in labels.iter_mut().zip(&words.paras) {
            let whole = words.words.get(para.words.clone()).is_some_and(|all| all.iter().all(inside));
            let counts = label.as_ref().is_some_and(|label| label.rank >= label::Rank::Step);
            if whole && counts {
                *label = None;
            }
        }
    }
}

/// Whether a stage tells neither who handles it, nor how to reach them, nor by when.
fn says_nothing(stage: &Stage) -> bool {
    let times = [&stage.acknowledge, &stage.respond, &stage.customer_window];
    stage.handler.is_empty() && stage.contacts.is_empty() && times.iter().all(|time| time.is_none())
}

/// Puts the outside bodies into a procedure; what is a body's to reach is no stage's.
fn outside_bodies(
    policy: &mut Policy,
    text: &text::Text<'_>,
    durations: &[duration::Duration],
    placed: &[contacts::Placed],
) {
    let read = bodies::read(text, durations, placed, &policy.stages);
    for stage in &mut policy.stages {
        stage.contacts.retain(|reach| {
            let mut places = placed.iter().enumerate().filter(|(_, one)| one.reach == *reach).peekable();
            places.peek().is_none() || places.any(|(at, _)| !read.claimed.contains(&at))
        });
    }
    // Until when one may go outside is no time for a stage.
    for stage in &mut policy.stages {
        let outside = stage.customer_window.as_ref().is_some_and(|window| {
            read.external.iter().any(|body| {
                let same = |limit: &StatedClock| limit.clock == window.clock && limit.quote == window.quote;
                body.within.as_ref().is_some_and(same)
            })
        });
        if outside {
            stage.customer_window = None;
        }
    }
    policy.external = read.external;
}

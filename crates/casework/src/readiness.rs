//! Readiness: why each thing that a case lacks matters, and the question to ask for it; and what is not known of the world around
//! it, which stops nothing and may change who deals with it.

use atlas::words::{Kind, Topic};

use crate::view::View;
use crate::words::{Lack, Step};

/// Returns why a lack matters, and the question that fills it.
#[must_use]
pub const fn ask(lack: Lack) -> (&'static str, &'static str) {
    match lack {
        Lack::WhatHappened => (
            "a desk that does not see what went wrong answers with a standard text",
            "What went wrong, in one or two sentences: what was agreed, and what happened instead?",
        ),
        Lack::When => (
            "every time limit counts from a day",
            "On which day did it happen, or when did you first notice it?",
        ),
        Lack::Reference => (
            "without a number the company cannot find you, and may say that you never wrote",
            "Which account, order, booking or ticket number do you have? It stands on the bill or in the first e-mail.",
        ),
        Lack::Evidence => (
            "what you can show is hard to dispute",
            "What can you show: bill, contract, photo, statement, screenshot, e-mail?",
        ),
        Lack::Wanted => (
            "a complaint without a wish gets an apology and nothing else",
            "What would put it right: money back, a repair, a replacement, a correction? And what is the least that you would accept?",
        ),
        Lack::Impact => (
            "compensation for something other than money lost is measured by what it did to you",
            "What did it do to you: time, health, work, plans that fell through?",
        ),
        Lack::StepsTaken => (
            "every higher desk asks whether you tried the lower one, and when",
            "When did you contact them, how, whom did you speak to, and what did they say?",
        ),
        Lack::Amount => (
            "the sum decides which body or court takes it, and what an offer is worth",
            "How much money is it about, and in which currency?",
        ),
    }
}

/// Something that decides who deals with a case and that nobody has told.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Unknown {
    /// What it is, as a word: `region` or `scheme`.
    pub what: &'static str,
    /// Why it matters, and what is taken for it meanwhile.
    pub why: String,
    /// The question.
    pub ask: String,
}

/// The most regions that a question names.
const MOST_NAMED: usize = 15;

/// Returns what is not known and would change who deals with the case; `next` is the step that is advised.
#[must_use]
pub fn unknown(view: &View<'_>, next: Option<Step>) -> Vec<Unknown> {
    region(view, next).into_iter().chain(scheme(view)).collect()
}

/// The state or part of the country, where bodies or courts there differ.
fn region(view: &View<'_>, next: Option<Step>) -> Option<Unknown> {
    let facts = &view.state.facts;
    if facts.region.is_some() {
        return None;
    }
    let code = facts.country.code();
    let to_court = matches!(next, Some(Step::Court | Step::LegalNotice));
    let of_states = view.atlas.heads().iter().any(|head| head.country == code && !head.region.is_empty());
    let of_parts = || {
        view.atlas.bodies_in(facts.country, None).any(|body| {
            let of_trade = facts.sector.is_some_and(|sector| body.sectors.contains(&sector));
            let court = body.kind == Kind::Court && to_court;
            !body.regions.is_empty() && body.single_cases != Some(false) && (of_trade || court)
        })
    };
    if !of_states && !of_parts() {
        return None;
    }
    let taken = crate::view::region_taken(facts.country)
        .map_or(String::new(), |(_, name)| format!("; {name} is taken until you say"));
    let known = view.atlas.regions_of(facts.country);
    let named = if known.len() <= MOST_NAMED {
        let names: Vec<String> = known
            .iter()
            .map(|code| atlas::place::name(facts.country, code).unwrap_or_else(|| code.clone()))
            .collect();
        format!(" ({})", names.join(", "))
    } else {
        ", as two letters".to_owned()
    };
    Some(Unknown {
        what: "region",
        why: format!(
            "which agency and court deal with it, and which holidays count, differs from place to place{taken}"
        ),
        ask: format!("In which state or part of the country do you live{named}?"),
    })
}

/// The scheme to which the company belongs, where it may be one or the other.
fn scheme(view: &View<'_>) -> Option<Unknown> {
    let names = view.outside.iter().find(|outside| outside.first)?.one_of.as_ref()?;
    // Before a complaint nobody needs to know it; where a deposit lies is known from the first day on, or it lies nowhere.
    if view.thread.first_complaint().is_none() && view.state.facts.topic != Some(Topic::Deposit) {
        return None;
    }
    let ask = format!(
        "To which of these does it belong: {names}? Its terms, its final answer or the register say so; log it as the company's words"
    );
    Some(Unknown {
        what: "scheme",
        why: "another one sends the case back, and the time runs on".to_owned(),
        ask,
    })
}

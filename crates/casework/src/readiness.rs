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
            "a company that cannot see what went wrong replies with a standard text",
            "What went wrong, in one or two sentences: what was agreed, and what happened instead?",
        ),
        Lack::When => (
            "every time limit is counted from a date",
            "On which day did it happen, or when did you first notice it?",
        ),
        Lack::Reference => (
            "without a number the company cannot find you, and may say that you never wrote",
            "Which account, order, booking or ticket number do you have? You will find it on the bill or in the first e-mail.",
        ),
        Lack::Evidence => (
            "what you can show is hard to dispute",
            "What can you show: bill, contract, photo, statement, screenshot, e-mail?",
        ),
        Lack::Wanted => (
            "if you do not say what you want, you may get an apology and nothing else",
            "What would put it right: money back, a repair, a replacement, a correction? And what is the least you would accept?",
        ),
        Lack::Impact => (
            "compensation for anything other than lost money depends on how it affected you",
            "How did it affect you: your time, health, work, plans that fell through?",
        ),
        Lack::StepsTaken => (
            "everyone you go to next will ask whether you contacted the company before, and when",
            "When and how did you contact them, who did you speak to, and what did they say?",
        ),
        Lack::Amount => (
            "the amount decides which body or court can take the case, and how good an offer is",
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

/// The trade of the company, for a case of which nobody has told it yet.
#[must_use]
pub fn sector() -> Unknown {
    Unknown {
        what: "sector",
        why: "the trade decides which rules apply and which ombudsman or arbitration body can take the case"
            .to_owned(),
        ask: "What is the company's trade: energy, phone and internet, a bank, an airline, a shop?"
            .to_owned(),
    }
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
        .map_or(String::new(), |(_, name)| format!("; until you answer, {name} is assumed"));
    let known = view.atlas.regions_of(facts.country);
    let named = if known.len() <= MOST_NAMED {
        let names: Vec<String> = known
            .iter()
            .map(|code| atlas::place::name(facts.country, code).unwrap_or_else(|| code.clone()))
            .collect();
        format!(" ({})", names.join(", "))
    } else {
        ", as a two-letter code".to_owned()
    };
    Some(Unknown {
        what: "region",
        why: format!(
            "the agency and court that deal with it, and the holidays that count, depend on where you live{taken}"
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
        "Which of these does the company belong to: {names}? Look in its terms, its final answer or the register, then log what you find as the company's words"
    );
    Some(Unknown {
        what: "scheme",
        why: "the wrong one will send your case back, and you lose time".to_owned(),
        ask,
    })
}

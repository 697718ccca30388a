//! Readiness: why each thing that a case lacks matters, and the question to ask for it.

use crate::words::Lack;

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
            "what is shown need not be believed",
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

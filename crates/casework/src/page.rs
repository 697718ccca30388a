//! The page of the advice rules, made from their table: `docs/advice.md`.

use std::fmt::Write as _;

use crate::rules::{Place, RULES};

/// Makes the page.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(
        "# The rules of advice\n\nMade from the rules; do not edit. Of the rules that apply, the one with the highest rank gives the main step; those \
         marked `beside` follow. A step whose gate is not open is never given. `upstairs advise --all` shows for a case whether \
         each rule applied, and why. The examples are situations in `crates/casework/tests/situations`.\n",
    );
    let mut rules: Vec<_> = RULES.iter().collect();
    // Stable: rules of one rank stay in the order in which they go.
    rules.sort_by_key(|rule| match rule.place {
        Place::Main(rank) => (0, u8::MAX - rank),
        Place::Beside => (1, 0),
    });
    for rule in rules {
        let place = match rule.place {
            Place::Main(rank) => format!("rank {rank}"),
            Place::Beside => "beside".to_owned(),
        };
        let _ = write!(
            page,
            "\n## {} ({place})\n\n{}\n\nWhy: {}\n\nTakes `{}`, refuses `{}`.\n",
            rule.id, rule.claim, rule.why, rule.takes, rule.refuses
        );
    }
    page
}

//! Signs of a text that is made to be found: the company's name again and again around one number, a number in a title or a set
//! phrase.

use super::super::Scene;
use super::super::company::Owner;
use super::super::mention::Mention;
use super::Trace;
use super::structure::{at, pushed};

/// The fewest times that a name stuffs a text, and the most words to each.
const STUFFED: usize = 4;
const WORDS_EACH: usize = 14;

/// A text that is little else than the company's name, again and again, around a number.
pub(super) fn brand_stuffed(scene: &Scene<'_>) -> Vec<Trace> {
    pushed(scene)
        .filter(|(_, m)| m.reach.as_number().is_some())
        .filter(|(_, m)| {
            let whole = &scene.plain.text[scene.messages[m.message].whole.clone()];
            let times = scene.company.times_in(whole);
            let own = scene.mentions.iter().any(|o| o.owner == Some(Owner::Own));
            // A list of desks has a number for each.
            let numbers: std::collections::BTreeSet<&str> = scene
                .mentions
                .iter()
                .filter(|o| o.message == m.message && o.reach.as_number().is_some())
                .map(|o| o.reach.value())
                .collect();
            times >= STUFFED
                && numbers.len() <= 2
                && !own
                && whole.split_whitespace().count() <= times * WORDS_EACH
        })
        .map(|(_, m)| at(m))
        .collect()
}

/// A number in the title of a text that goes on with the same number, or one that the same words announce each time.
pub(super) fn number_in_title(scene: &Scene<'_>) -> Vec<Trace> {
    let text = &scene.plain.text;
    let title = text.find('\n').unwrap_or(0);
    let announced = |m: &Mention| {
        let before = crate::window::clip_end(&text[..m.span.start], 60).to_lowercase();
        let words: Vec<String> = before
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect();
        words.len().checked_sub(3).map(|from| words[from..].join(" "))
    };
    pushed(scene)
        .filter(|(_, m)| m.reach.as_number().is_some())
        .filter(|(_, m)| {
            let again: Vec<&Mention> =
                scene.mentions.iter().filter(|o| o.reach == m.reach && o.span.start > m.span.start).collect();
            let titled = m.span.end <= title && title <= 200 && !again.is_empty();
            let same = announced(m).is_some_and(|words| {
                again
                    .iter()
                    .any(|o| o.message == m.message && announced(o).as_deref() == Some(words.as_str()))
            });
            titled || same
        })
        .map(|(_, m)| at(m))
        .collect()
}

//! What a document says of the cost of a call, in its own words.
//!
//! The words stand after the number, in brackets or in the next sentence, or in a footnote that a star leads to.

use std::sync::LazyLock;

use crate::needles::Needles;
use crate::window::clip;

/// Words that speak of what a call costs.
const WORDS: &[&str] = &[
    "per minute",
    "p/min",
    "ppm",
    "pence",
    "p per min",
    "a minute",
    "/min",
    "/ min",
    "/minute",
    "cents per",
    "access charge",
    "service charge",
    "calls cost",
    "cost of call",
    "cost of a call",
    "cost the same",
    "call charges",
    "calls are charged",
    "charged at",
    "local rate",
    "local call",
    "standard rate",
    "national rate",
    "basic rate",
    "network rate",
    "free to call",
    "calls are free",
    "free call",
    "call free",
    "free of charge",
    "free from",
    "free within",
    "freephone",
    "free phone",
    "toll-free",
    "toll free",
    "inclusive minutes",
    "standard network",
    "standard call",
    "charges apply",
    "charges may",
    "kostenlos",
    "kostenfrei",
    "gebührenfrei",
    "gebührenpflichtig",
    "kostenpflichtig",
    "ct/min",
    "cent/min",
    "cent pro",
    "€/min",
    "euro/min",
    "pro minute",
    "mobilfunk",
    "festnetzpreis",
    "ortstarif",
    "zum ortstarif",
    "gratuit",
    "non surtaxé",
    "surtaxé",
    "prix d'un appel",
    "prix d’un appel",
    "prix appel",
    "coût d'un appel",
    "coût d’un appel",
    "appel local",
    "€ / min",
    "€/appel",
    "centimes",
    "numéro vert",
    "€ ttc",
    "gratuita",
    "gratuito",
    "coste de",
    "coste según",
    "tarifa",
    "sin coste",
    "llamada gratuita",
    "da rete fissa",
    "da cellulare",
    "senza scatto",
    "tariffa",
    "gratuito da",
    "gratis",
    "lokaal tarief",
    "belkosten",
    "per minuut",
    "p/m",
    "gebruikelijke",
    "ct per",
    "cpm",
    "eurocent",
];

static FINDER: LazyLock<Needles> = LazyLock::new(|| Needles::of(WORDS));

/// Longest note, in bytes.
const MOST: usize = 200;

/// Returns what a text that follows a number says of its cost.
pub(super) fn note(after: &str) -> Option<String> {
    let window = clip(after, 260);
    // A digit or a bracket must be near: most numbers have no note, and their text is not searched at all.
    let found = FINDER.find(window).filter(|m| m.start <= 140)?;
    let start = window[..found.start].rfind(['(', '\n', ';', '*', '[', '|']).map_or(0, |at| at + 1);
    let start = sentence_ends(&window[..found.start]).last().map_or(start, |at| start.max(at));
    let rest = &window[found.end..];
    let end = rest.find([')', '\n', ';', ']', '|']).unwrap_or(rest.len());
    let end = sentence_ends(rest).next().map_or(end, |at| end.min(at));
    let clause = clip(&window[start..found.end + end], MOST);
    let clause = clause.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '-' | '–' | '—' | '*' | '(' | ':' | '.')
    });
    (clause.len() >= 4).then(|| clause.to_owned())
}

/// Returns where sentences of a text end: after a stop and a space that no small letter follows ("ct/Min. aus").
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    let ends = |at: usize| !text[at..].starts_with(char::is_lowercase);
    text.match_indices(". ").map(|(at, _)| at + 2).filter(move |&at| ends(at))
}

/// Returns whether a text speaks of the cost of calls.
pub(super) fn speaks_of_cost(text: &str) -> bool {
    FINDER.is_match(clip(text, 400))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clause_that_names_the_cost_is_quoted() {
        for (after, expected) in [
            (
                " (calls cost 7p per minute plus your phone company's access charge)",
                Some("calls cost 7p per minute plus your phone company's access charge"),
            ),
            (" (0,14 €/Min. aus dem Festnetz)", Some("0,14 €/Min. aus dem Festnetz")),
            (", appel non surtaxé. Du lundi au vendredi", Some("appel non surtaxé")),
            (". Calls are free from UK landlines. We are open", Some("Calls are free from UK landlines")),
            (" Monday to Friday", None),
        ] {
            assert_eq!(note(after).as_deref(), expected, "{after}");
        }
    }
}

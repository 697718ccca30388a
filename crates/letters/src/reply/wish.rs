//! What the complaint wants, and whether the reply does anything about it.
//!
//! A refusal is often no more than a fact ("the hotel is full until Sunday"): it is told by what it leaves undone. Where the customer wants
//! something and the reply neither gives it nor asks, passes on or sends elsewhere, the wish is left unmet.

use super::features::Features;
use crate::fold::Folded;
use crate::words::{Hit, Lexicon};

/// Cues any of which means that something is done about a wish.
const DONE: [&str; 15] = [
    "given",
    "token",
    "owned",
    "ask",
    "ask_fact",
    "ask_diag",
    "dm",
    "dm_ask",
    "question",
    "pending",
    "passed_on",
    "received",
    "appointment",
    "contact_them",
    "elsewhere_bland",
];

/// Adds what the complaint wants, and what became of it.
pub(super) fn compare(features: &mut Features, complaint: Option<&Folded<'_>>, lexicon: &Lexicon) {
    let Some(complaint) = complaint else { return };
    let text = complaint.without_names();
    let hits = |name: &str| {
        lexicon.wish.get(name).map(|cue| cue.hits(&text).collect::<Vec<_>>()).unwrap_or_default()
    };
    let asked = hits("asks");
    // "I want to know why" wants no more than an answer.
    let wants = hits("wants").iter().any(|want| !asked.iter().any(|ask| touches(want, ask)));
    let done = DONE.iter().any(|cue| features.has(cue));
    let told = ["told_some", "told_many"].iter().any(|shape| features.has(shape));
    for (name, holds) in [("unmet", wants && !done), ("unmet_told", wants && !done && told)] {
        if holds {
            features.shape.insert(name);
        }
    }
}

/// Whether two places have a byte in common.
fn touches(a: &Hit, b: &Hit) -> bool {
    a.start < b.end && b.start < a.end
}

#[cfg(test)]
mod tests {
    use crate::reply::features_of;

    #[test]
    fn a_wish_that_nothing_is_done_about_is_unmet() {
        for (lang, complaint, reply, unmet) in [
            ("en", "I want to move to another room", "The hotel is full until Sunday.", true),
            ("en", "Take the fee off", "The fee is gone, we have refunded it.", false),
            ("en", "Take the fee off", "Could you send us the invoice?", false),
            ("en", "My room was cold", "The hotel is full until Sunday.", false),
            ("en", "I'd like to know why the room was cold", "The boiler had gone out.", false),
            ("de", "Bitte die Gebühr streichen", "Die Gebühr fiel am 3. Mai an.", true),
            ("fr", "Je veux changer de chambre", "L'hôtel est complet jusqu'à dimanche.", true),
            ("es", "Quiero cambiar de habitación", "El hotel está completo hasta el domingo.", true),
            ("es", "Me cobraron de más", "El hotel está completo hasta el domingo.", false),
        ] {
            let features = features_of(reply, Some(complaint), Some(lang));
            let has = |name: &str| features.iter().any(|f| f == name);
            assert_eq!(has("unmet"), unmet, "{complaint} / {reply}: {features:?}");
        }
    }
}

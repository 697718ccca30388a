//! Denial: whether what a phrase offers, promises or ends is taken back by its own clause.
//!
//! "We will not refund", "a refund is not due" and "keine Erstattung" hold the words of an offer and offer nothing. What decides is the reach of a
//! negation: forwards to the end of its clause ("not", "unable to"), back to its beginning ("… is not possible"), or through the whole
//! sentence ("we see no grounds"). What looks like a negation and is none ("not only", "no problem", "at no cost") is left out first. The
//! words of each language are its table `[negation]`; nothing is told here of what is denied.

use crate::words::{Hit, Lexicon};

/// How far a negation can stand from what it denies, in bytes: longer than clauses of letters are, and a bound on the work.
const REACH: usize = 320;

/// Returns whether a place in a folded text is denied.
///
/// Not so where the language has no words of negation, and for a negation inside of the place itself ("nothing to pay").
pub(crate) fn denied(folded: &[u8], place: Hit, lexicon: &Lexicon) -> bool {
    let ends = |at: usize| {
        matches!(folded[at], b'.' | b'!' | b'?') && folded.get(at + 1).is_none_or(|next| *next == b' ')
    };
    let first = place.start.saturating_sub(REACH);
    let start = (first..place.start).rev().find(|at| ends(*at)).map_or(first, |at| at + 1);
    let last = folded.len().min(place.end.saturating_add(REACH));
    let end = (place.end..last).find(|at| ends(*at)).unwrap_or(last);
    denied_in(&folded[start..end], Hit { start: place.start - start, end: place.end - start }, lexicon)
}

/// Returns whether a place in a sentence is denied.
fn denied_in(sentence: &[u8], place: Hit, lexicon: &Lexicon) -> bool {
    let hits = |name: &str| -> Vec<Hit> {
        lexicon.negation.get(name).map(|cue| cue.hits(sentence).collect()).unwrap_or_default()
    };
    let touches = |a: &Hit, b: &Hit| a.start < b.end && b.start < a.end;
    let none = hits("none");
    let real = |hit: &Hit| !touches(hit, &place) && !none.iter().any(|other| touches(hit, other));
    let turns = hits("turn");
    let turned = |hit: &Hit| turns.iter().any(|turn| hit.end <= turn.start && turn.start < place.start);
    if hits("through").iter().any(|hit| real(hit) && !turned(hit)) {
        return true;
    }
    // The clause of the place: from the last boundary before it to the first behind it.
    let boundaries = hits("boundary");
    let from = boundaries.iter().map(|b| b.start).filter(|b| *b <= place.start).max().unwrap_or(0);
    let to = boundaries.iter().map(|b| b.start).find(|b| *b >= place.end).unwrap_or(sentence.len());
    hits("forwards").iter().any(|hit| real(hit) && from <= hit.start && hit.end <= place.start)
        || hits("back").iter().any(|hit| real(hit) && place.end <= hit.start && hit.start < to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::Folded;
    use crate::words;

    /// Returns whether the words between brackets are denied.
    fn is_denied(lang: &str, text: &str) -> bool {
        let (before, rest) = text.split_once('[').unwrap();
        let (inner, after) = rest.split_once(']').unwrap();
        let start = Folded::new(before).bytes.len();
        let end = Folded::new(&format!("{before}{inner}")).bytes.len();
        let whole = format!("{before}{inner}{after}");
        denied(&Folded::new(&whole).bytes, Hit { start, end }, words::of(lang).unwrap())
    }

    #[test]
    fn a_denial_is_told_by_its_reach() {
        for (lang, text) in [
            ("en", "We will not [refund] the fee."),
            ("en", "I am unable to offer you a [refund of £30]."),
            ("en", "We cannot offer a replacement, a voucher or a [full refund]."),
            ("en", "A [full refund] is not something we can do."),
            ("en", "[Compensation of £50] will therefore not be paid."),
            ("en", "We do not agree that you are entitled to a [refund]."),
            ("en", "There are no grounds on which we would give you a [goodwill] payment."),
            ("en", "This is not our [final response]."),
            ("en", "Neither a [refund] nor a credit is due."),
            ("en", "We must decline to issue a [replacement]."),
            ("de", "Wir [erstatten] Ihnen den Betrag nicht."),
            ("de", "Eine [Erstattung] ist leider ausgeschlossen."),
            ("de", "Wir sehen keine Grundlage, Ihnen den Betrag zu [erstatten]."),
            ("de", "Eine [Gutschrift] kommt nicht in Betracht."),
            ("de", "Wir können Ihnen keine [Entschädigung] anbieten."),
            ("de", "Das ist noch keine [abschließende Antwort]."),
            ("fr", "Nous ne pouvons pas vous [rembourser]."),
            ("fr", "Aucun [remboursement] n'est dû."),
            ("fr", "Un [geste commercial] n'est pas envisageable."),
            ("fr", "Nous refusons de procéder au [remboursement]."),
            ("fr", "Ceci n'est pas notre [réponse définitive]."),
            ("es", "No podemos [reembolsar] el importe."),
            ("es", "El [reembolso] no procede."),
            ("es", "Su billete no da derecho a ninguna [compensación]."),
            ("es", "Desestimamos su petición de [reembolso]."),
            ("es", "Esta no es nuestra [respuesta definitiva]."),
        ] {
            assert!(is_denied(lang, text), "{lang}: {text}");
        }
    }

    #[test]
    fn what_looks_like_a_denial_and_is_none_is_left_alone() {
        for (lang, text) in [
            ("en", "Not only will we [refund] you, we will send a new one."),
            ("en", "I cannot but [refund] the fee."),
            ("en", "No problem, we will [refund] you."),
            ("en", "We could not find your parcel, so we will [refund] you."),
            ("en", "If it does not arrive by Friday we will [refund] you."),
            ("en", "We did not reply in time, and I have [refunded] the fee."),
            ("en", "I have [refunded] the charge that was not yours."),
            ("en", "We will [replace] it at no cost and you need not return the old one."),
            ("en", "Please do not hesitate to ask for your [full refund]."),
            ("en", "We have [credited] £30 no later than promised."),
            ("en", "We are not refusing to [refund] you."),
            ("de", "Nicht nur [erstatten] wir den Betrag, wir liefern auch neu."),
            ("de", "Kein Problem, wir [erstatten] Ihnen den Betrag."),
            ("de", "Wir [erstatten] Ihnen den nicht genutzten Teil."),
            ("de", "Da das Paket nicht ankam, [erstatten] wir den Betrag."),
            ("de", "Wir [erstatten] den Betrag, obwohl die Ware nicht zurückkam."),
            ("fr", "Pas de souci, nous vous [remboursons]."),
            ("fr", "Non seulement nous vous [remboursons], mais nous livrons à nouveau."),
            ("fr", "Le colis n'étant pas arrivé, nous vous [remboursons]."),
            ("fr", "Nous vous [remboursons] sans frais la somme de 30 euros."),
            ("es", "No solo le [reembolsamos] el importe, también enviamos otro."),
            ("es", "No se preocupe, le [reembolsamos] el importe."),
            ("es", "Como el paquete no llegó, le [reembolsamos] el importe."),
            ("es", "Le [reembolsamos] el importe sin coste alguno."),
        ] {
            assert!(!is_denied(lang, text), "{lang}: {text}");
        }
    }
}

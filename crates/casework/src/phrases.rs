//! Cues: words in the log that tell what its kind alone does not, in the languages of the atlas.
//!
//! A cue decides only what nothing else tells: whether an offer was taken, whether a firm says that it closed the matter,
//! whether an agent lacks the power. Each list is short on purpose; a kind in the log always goes before a cue.

/// Returns whether a text holds one of the cues, at the beginning of a word and in any letter case.
fn holds(text: &str, cues: &[&str]) -> bool {
    let lower = text.to_lowercase();
    cues.iter().any(|cue| {
        lower.match_indices(cue).any(|(at, _)| !lower[..at].chars().next_back().is_some_and(char::is_alphanumeric))
    })
}

/// The customer takes an offer.
pub(crate) fn accepts(text: &str) -> bool {
    const NOT: &[&str] = &[
        "do not accept", "don't accept", "cannot accept", "can't accept", "not acceptable", "won't accept", "refuse to accept",
        "nicht an", "nicht einverstanden", "n'accepte pas", "no acepto", "niet akkoord", "not enough",
    ];
    const YES: &[&str] = &[
        "i accept", "we accept", "accepted", "accept ", "agreed", "i agree", "einverstanden", "nehme an", "angenommen",
        "nehme ich an", "j'accepte", "accepte", "d'accord", "acepto", "de acuerdo", "akkoord", "aanvaard", "ik ga akkoord",
    ];
    !holds(text, NOT) && holds(&format!("{text} "), YES)
}

/// The customer is content.
pub(crate) fn content(text: &str) -> bool {
    const NOT: &[&str] = &["not happy", "not satisfied", "unhappy", "not resolved", "not working", "still not", "nicht zufrieden"];
    const YES: &[&str] = &[
        "all good", "thank you", "thanks", "happy with", "satisfied", "works now", "works again", "it works", "solved",
        "resolved", "all is well", "everything is fine", "they fit", "it fits", "danke", "zufrieden", "erledigt", "merci",
        "gracias", "todo bien", "bedankt", "opgelost", "received the", "received in full", "no more to do", "sorted",
    ];
    !holds(text, NOT) && holds(text, YES)
}

/// The company says that the matter is closed.
pub(crate) fn closes(text: &str) -> bool {
    holds(text, &[
        "resolved", "case closed", "ticket closed", "complaint closed", "is closed", "closed", "close the complaint",
        "close your", "we close", "solved", "abgeschlossen", "geschlossen", "erledigt", "clôtur", "clotur", "cerrado",
        "cerrada", "gesloten", "afgesloten", "settled",
    ])
}

/// The agent says that the power is lacking.
pub(crate) fn lacks_power(text: &str) -> bool {
    holds(text, &[
        "not allowed", "not authorised", "not authorized", "no authority", "no permission", "cannot credit", "can't credit",
        "cannot approve", "cannot override", "cannot waive", "not able to", "unable to", "system does not", "system won't",
        "system doesn't", "computer", "above my", "beyond my", "my limit", "no tengo permiso", "no puedo", "no estoy autorizad",
        "darf nicht", "darf ich nicht", "kann ich nicht", "nicht befugt", "nicht berechtigt", "pas autoris", "pas le droit",
        "ne peux pas", "mag ik niet", "niet bevoegd", "only a manager", "only my manager", "cannot change", "cannot do that",
    ])
}

/// The firm takes no part in dispute resolution, or belongs to no scheme.
pub(crate) fn no_scheme(text: &str) -> bool {
    holds(text, &[
        "not a member", "no member", "not members", "left our scheme", "left the scheme", "no part in", "not take part",
        "do not participate", "not participate", "takes no part", "nehmen wir nicht teil", "nicht teil", "nicht bereit",
        "weder bereit", "not registered with", "n'adhère pas", "ne participe pas", "no adherid", "niet aangesloten",
        "outside our membership", "keine schlichtung",
    ])
}

/// A body says that it may not take the case, or is done with it without a result.
pub(crate) fn cannot_take(text: &str) -> bool {
    holds(text, &[
        "cannot take", "can't take", "cannot look into", "no jurisdiction", "outside our", "out of our", "not within our",
        "not take the case", "unzuständig", "nicht zuständig", "pas compétent", "incompétent", "no es competente", "niet bevoegd",
    ])
}

/// A body says that it is too early, rather than never.
pub(crate) fn too_early(text: &str) -> bool {
    holds(text, &["too early", "premature", "come back", "first complain", "give the company", "noch nicht", "trop tôt"])
}

/// The matter is before a court already.
pub(crate) fn filed(text: &str) -> bool {
    holds(text, &[
        "claim issued", "claim filed", "issued in", "issued a claim", "filed", "lodged", "claim form", "hearing",
        "proceedings", "klage eingereicht", "mahnbescheid", "assignation", "demanda presentada", "gedagvaard", "sued",
        "application to the tribunal",
    ])
}

/// The seller cannot pay or cannot be reached.
pub(crate) fn insolvent(text: &str) -> bool {
    holds(text, &[
        "administration", "administrator", "insolven", "bankrupt", "liquidat", "ceased trading", "gone bust", "out of business",
        "shut down", "closed down", "insolvenz", "liquidation judiciaire", "faillite", "concurso de acreedores", "failliet",
        "website is gone", "site is gone", "disappeared", "vanished", "no longer exists",
    ])
}

/// An offer is not in money.
pub(crate) fn in_kind(text: &str) -> bool {
    holds(text, &[
        "voucher", "credit note", "store credit", "travel credit", "future credit", "gift card", "points", "miles", "discount",
        "gutschein", "bon d'achat", "avoir ", "vale ", "tegoedbon", "coupon", "credit towards",
    ])
}

/// Earlier tries are told, whatever the log holds.
pub(crate) fn tells_of_tries(text: &str) -> bool {
    holds(text, &[
        "called", "phoned", "rang", "wrote", "written", "emailed", "e-mailed", "asked them", "i asked", "complained", "contacted",
        "many times", "several times", "again and again", "nobody helps", "nobody answers", "no one answers", "no one helps",
        "keep telling", "told them", "spoke to", "chatted", "tried everything", "tried to", "angerufen", "geschrieben",
        "mehrmals", "appelé", "écrit", "plusieurs fois", "llamado", "varias veces", "gebeld", "ignore me", "ignored",
        "hang up", "hung up", "keep being passed", "passed around", "no answer", "messages", "visited the",
    ])
}

/// The seller sits in another country of Europe, or beyond it, as the words tell.
pub(crate) fn abroad(text: &str, home: &str) -> Option<bool> {
    const EUROPE: &[(&str, &[&str])] = &[
        ("AT", &["austrian", "austria"]), ("BE", &["belgian", "belgium"]), ("DE", &["german", "germany", "gmbh", "ug (haft"]),
        ("DK", &["danish", "denmark"]), ("ES", &["spanish", "spain"]), ("FI", &["finnish", "finland"]),
        ("FR", &["french", "france", "sarl"]), ("GR", &["greek", "greece"]), ("IE", &["irish", "ireland"]),
        ("IT", &["italian", "italy", "s.r.l", "srl"]), ("LU", &["luxembourg"]), ("NL", &["dutch", "netherlands", "b.v"]),
        ("PL", &["polish", "poland", "sp. z o.o"]), ("PT", &["portuguese", "portugal"]), ("SE", &["swedish", "sweden"]),
        ("CZ", &["czech"]), ("HU", &["hungarian", "hungary"]), ("RO", &["romanian", "romania"]),
    ];
    let trade = ["shop", "seller", "store", "trader", "company", "firm", "retailer", "operator", "gmbh", "sarl", "srl", "b.v", "webshop", "sp. z o.o", "s.r.l"];
    if !holds(text, &trade) {
        return None;
    }
    if holds(text, &["outside europe", "outside the eu", "non-eu", "overseas seller", "overseas shop"]) {
        return Some(false);
    }
    let elsewhere = EUROPE.iter().any(|(code, words)| *code != home && holds(text, words));
    elsewhere.then_some(true)
}

/// Somebody could be hurt by the goods themselves.
pub(crate) fn dangerous(text: &str) -> bool {
    holds(text, &[
        "fire", "smoke", "burn", "explod", "burst", "shock", "overheat", "injur", "brake", "steering", "airbag", "choking",
        "lead paint", "unsafe", "dangerous", "recall", "while driving", "melted", "sparks",
    ])
}

/// What a person suffered is told.
pub(crate) fn tells_of_harm(text: &str) -> bool {
    holds(text, &[
        "missed", "lost", "stress", "ill", "sick", "hospital", "pain", "cold", "could not work", "cost me", "embarrass", "upset",
        "distress", "ruined", "slept", "unable to work", "damage", "worried", "days without", "nights",
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_found_at_the_beginning_of_words_and_a_denial_goes_before() {
        assert!(accepts("I accept the 180 pounds") && accepts("Ich bin einverstanden"));
        assert!(!accepts("I cannot accept that") && !accepts("We do not accept 100"));
        assert!(content("They fit, thank you, all good") && !content("Not satisfied, still not working"));
        assert!(no_scheme("An Schlichtung nehmen wir nicht teil.") && !no_scheme("We are members of the scheme"));
        assert_eq!(abroad("Bicycle from a German shop", "IE"), Some(true));
        assert_eq!(abroad("Bicycle from a German shop", "DE"), None);
        assert_eq!(abroad("German lessons were cancelled", "IE"), None);
    }
}

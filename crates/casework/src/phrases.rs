//! Cues: words in the log that tell what its kind alone does not, in the languages of the atlas.
//!
//! A cue decides only what nothing else tells: whether an offer was taken, whether a firm says that it closed the matter,
//! whether an agent lacks the power. Each list is short on purpose; a kind in the log always goes before a cue.

use atlas::words::Topic;

use crate::words::Urgency;

/// Returns whether a text holds one of the cues, at the beginning of a word and in any letter case.
fn holds(text: &str, cues: &[&str]) -> bool {
    let lower = text.to_lowercase();
    cues.iter().any(|cue| {
        lower
            .match_indices(cue)
            .any(|(at, _)| !lower[..at].chars().next_back().is_some_and(char::is_alphanumeric))
    })
}

/// The customer takes an offer.
pub(crate) fn accepts(text: &str) -> bool {
    const NOT: &[&str] = &[
        "do not accept",
        "don't accept",
        "cannot accept",
        "can't accept",
        "not acceptable",
        "won't accept",
        "refuse to accept",
        "nicht an",
        "nicht einverstanden",
        "n'accepte pas",
        "no acepto",
        "niet akkoord",
        "not enough",
        "not what",
        "if you accept",
        // What one would take instead is a wish, and no word to an offer.
        "would accept",
        "could accept",
        "might accept",
        "would agree",
        "wäre ich",
        "würde ich",
        "ich würde",
        "ich wäre",
        "accepterais",
        "accepterions",
        "serais d'accord",
        "aceptaría",
        "estaría de acuerdo",
        "zou ik",
        "ik zou",
    ];
    const YES: &[&str] = &[
        "i accept",
        "we accept",
        "accepted",
        "accept ",
        "i agree",
        "we agree",
        "einverstanden",
        "nehme an",
        "angenommen",
        "nehme ich an",
        "j'accepte",
        "accepte",
        "d'accord",
        "acepto",
        "de acuerdo",
        "akkoord",
        "aanvaard",
        "ik ga akkoord",
    ];
    !holds(text, NOT) && holds(&format!("{text} "), YES)
}

/// Words by which somebody says that it is not right yet.
const DENIALS: &[&str] = &[
    "not ", "unhappy", "still", "but ", "however", "nothing", "nicht", "aber ", "noch ", "mais ", "pas ",
    "toujours", "pero ", "sigue", "maar ", "niet ", "nog ", "please", "unless", "why ",
];

/// The customer says that it is not right, or asks.
pub(crate) fn denies(text: &str) -> bool {
    text.contains('?') || holds(&format!("{text} "), DENIALS)
}

/// The customer is content.
pub(crate) fn content(text: &str) -> bool {
    const YES: &[&str] = &[
        "all good",
        "thank you",
        "thanks",
        "happy with",
        "satisfied",
        "works now",
        "works again",
        "it works",
        "solved",
        "resolved",
        "all is well",
        "everything is fine",
        "they fit",
        "it fits",
        "danke",
        "zufrieden",
        "erledigt",
        "merci",
        "gracias",
        "todo bien",
        "bedankt",
        "opgelost",
        "received the",
        "received in full",
        "no more to do",
        "sorted",
    ];
    !denies(text) && holds(text, YES)
}

/// The company says that the matter is closed.
pub(crate) fn closes(text: &str) -> bool {
    holds(
        text,
        &[
            "resolved",
            "case closed",
            "ticket closed",
            "complaint closed",
            "is closed",
            "closed",
            "close the complaint",
            "close your",
            "we close",
            "solved",
            "abgeschlossen",
            "geschlossen",
            "erledigt",
            "clôtur",
            "clotur",
            "cerrado",
            "cerrada",
            "gesloten",
            "afgesloten",
            "settled",
        ],
    )
}

/// Tells from the customer's words why a matter cannot take its time: somebody may come to harm, or what one cannot live without is
/// gone.
#[must_use]
pub fn urgency(text: &str, topic: Option<Topic>) -> Option<Urgency> {
    const HARM: &[&str] = &[
        "caught fire",
        "on fire",
        "electric shock",
        "gas leak",
        "smell of gas",
        "smell gas",
        "carbon monoxide",
        "injur",
        "allergic",
        "brannte",
        "in brand",
        "stromschlag",
        "gasgeruch",
        "verletzt",
        "incendie",
        "fuite de gaz",
        "blessé",
        "incendio",
        "fuga de gas",
    ];
    const GONE: &[&str] = &[
        "no heating",
        "no hot water",
        "no electricity",
        "no power",
        "no gas",
        "no water",
        "without heating",
        "without electricity",
        "without power",
        "without water",
        "keine heizung",
        "kein strom",
        "kein wasser",
        "ohne heizung",
        "ohne strom",
        "ohne wasser",
        "sans chauffage",
        "sans électricité",
        "plus de chauffage",
        "sin luz",
        "sin agua",
        "sin calefacción",
    ];
    if holds(text, HARM) {
        Some(Urgency::HealthSafety)
    } else if topic == Some(Topic::Disconnection) || holds(text, GONE) {
        Some(Urgency::ServiceEssential)
    } else {
        None
    }
}

/// The customer's words only remind.
pub(crate) fn reminds(text: &str) -> bool {
    let about_offer = holds(
        text,
        &[
            "offer", "accept", "declin", "reject", "refus", "enough", "instead", "counter", "angebot",
            "annehm", "ablehn", "lehne", "genug", "offre", "oferta", "rechaz", "aanbod", "bod ",
        ],
    );
    !about_offer
        && holds(
            text,
            &[
                "remind",
                "chas",
                "erinner",
                "rappel",
                "relance",
                "recordatorio",
                "recuerdo",
                "herinner",
                "still waiting",
                "no answer",
                "no reply",
                "heard nothing",
            ],
        )
}

/// The customer calls it a formal complaint.
pub(crate) fn formal(text: &str) -> bool {
    holds(
        text,
        &[
            "formal complaint",
            "official complaint",
            "complain formally",
            "formelle beschwerde",
            "förmliche beschwerde",
            "formale beschwerde",
            "réclamation formelle",
            "réclamation officielle",
            "reclamación formal",
            "queja formal",
        ],
    )
}

/// The customer's words name a complaint.
pub(crate) fn complains(text: &str) -> bool {
    holds(
        text,
        &[
            "complain",
            "grievance",
            "beschwer",
            "réclam",
            "reclamation",
            "reclamaci",
            "queja",
            "klacht",
            "reclamo",
        ],
    )
}

/// The agent says that the power is lacking.
pub(crate) fn lacks_power(text: &str) -> bool {
    holds(
        text,
        &[
            "not allowed",
            "not authorised",
            "not authorized",
            "no authority",
            "no permission",
            "cannot credit",
            "can't credit",
            "cannot approve",
            "cannot override",
            "cannot waive",
            "not able to",
            "unable to",
            "system does not",
            "system won't",
            "system doesn't",
            "computer says",
            "above my",
            "beyond my",
            "my limit",
            "no tengo permiso",
            "no puedo",
            "no estoy autorizad",
            "darf nicht",
            "darf ich nicht",
            "kann ich nicht",
            "nicht befugt",
            "nicht berechtigt",
            "pas autoris",
            "pas le droit",
            "ne peux pas",
            "mag ik niet",
            "niet bevoegd",
            "only a manager",
            "only my manager",
            "cannot change",
            "cannot do that",
        ],
    )
}

/// The firm takes no part in dispute resolution, or belongs to no scheme.
pub(crate) fn no_scheme(text: &str) -> bool {
    holds(
        text,
        &[
            "not a member",
            "no member",
            "not members",
            "left our scheme",
            "left the scheme",
            "no part in",
            "not take part",
            "do not participate",
            "not participate",
            "takes no part",
            "nehmen wir nicht teil",
            "nicht teil",
            "nicht bereit",
            "weder bereit",
            "not registered with",
            "n'adhère pas",
            "ne participe pas",
            "no adherid",
            "niet aangesloten",
            "outside our membership",
            "keine schlichtung",
        ],
    )
}

/// A body says that it may not take the case, or is done with it without a result.
pub(crate) fn cannot_take(text: &str) -> bool {
    holds(
        text,
        &[
            "cannot take",
            "can't take",
            "cannot look into",
            "no jurisdiction",
            "outside our",
            "out of our",
            "not within our",
            "not take the case",
            "unzuständig",
            "nicht zuständig",
            "pas compétent",
            "incompétent",
            "no es competente",
            "niet bevoegd",
        ],
    )
}

/// A body says that it is too early, rather than never.
pub(crate) fn too_early(text: &str) -> bool {
    holds(
        text,
        &[
            "too early",
            "premature",
            "come back",
            "first complain",
            "give the company",
            "noch nicht",
            "trop tôt",
        ],
    )
}

/// The matter is before a court already.
pub(crate) fn filed(text: &str) -> bool {
    const NOT: &[&str] = &[
        "will",
        "shall",
        "or i",
        "otherwise",
        "before i",
        "if you",
        "sonst",
        "werde",
        "sinon",
        "si no",
        "anders",
    ];
    !holds(text, NOT)
        && holds(
            text,
            &[
                "claim issued",
                "claim filed",
                "issued in",
                "issued a claim",
                "i issued",
                "filed",
                "lodged",
                "hearing",
                "sued",
                "klage eingereicht",
                "mahnbescheid",
                "assignation",
                "assigné",
                "demanda presentada",
                "gedagvaard",
                "dagvaarding",
                "application to the tribunal",
            ],
        )
}

/// The seller cannot pay or cannot be reached.
pub(crate) fn insolvent(text: &str) -> bool {
    holds(
        text,
        &[
            "in administration",
            "into administration",
            "administrators",
            "insolven",
            "bankrupt",
            "liquidat",
            "ceased trading",
            "gone bust",
            "out of business",
            "shut down",
            "closed down",
            "insolvenz",
            "liquidation judiciaire",
            "faillite",
            "concurso de acreedores",
            "failliet",
            "website is gone",
            "site is gone",
            "disappeared",
            "vanished",
            "no longer exists",
        ],
    )
}

/// An offer is not in money.
pub(crate) fn in_kind(text: &str) -> bool {
    holds(
        text,
        &[
            "voucher",
            "credit note",
            "store credit",
            "travel credit",
            "future credit",
            "gift card",
            "points",
            "miles",
            "discount",
            "gutschein",
            "bon d'achat",
            "avoir ",
            "vale ",
            "tegoedbon",
            "coupon",
            "credit towards",
        ],
    )
}

/// Earlier tries are told, whatever the log holds.
pub(crate) fn tells_of_tries(text: &str) -> bool {
    holds(
        text,
        &[
            "called",
            "phoned",
            "rang",
            "wrote",
            "written",
            "emailed",
            "e-mailed",
            "asked them",
            "i asked",
            "complained",
            "contacted",
            "many times",
            "several times",
            "again and again",
            "nobody helps",
            "nobody answers",
            "no one answers",
            "no one helps",
            "keep telling",
            "told them",
            "spoke to",
            "chatted",
            "tried everything",
            "tried to",
            "angerufen",
            "geschrieben",
            "mehrmals",
            "appelé",
            "écrit",
            "plusieurs fois",
            "llamado",
            "varias veces",
            "gebeld",
            "ignore me",
            "ignored",
            "hang up",
            "hung up",
            "keep being passed",
            "passed around",
            "no answer",
            "messages",
            "visited the",
            "no reply",
            "no response",
            "do not answer",
            "don't answer",
            "does not answer",
            "doesn't answer",
            "never answer",
            "not answering",
            "asked twice",
            "asked for",
            "reported it",
            "tried",
            "every time i",
            "nobody",
            "no one",
            "contesta",
            "répond",
            "antwortet",
            "llamé",
        ],
    )
}

/// Anger is told, and not what happened.
pub(crate) fn vague(text: &str) -> bool {
    text.split_whitespace().count() <= 9
        && holds(
            text,
            &[
                "bad service",
                "terrible",
                "awful",
                "useless",
                "worst",
                "rip off",
                "rip-off",
                "scandal",
                "disgrace",
                "i want to complain",
                "not happy",
                "unhappy",
                "cheats",
                "thieves",
                "something is wrong",
                "a problem with",
                "have a problem",
                "help me",
            ],
        )
}

/// The customer tells that the firm belongs to no scheme.
pub(crate) fn told_no_scheme(text: &str) -> bool {
    holds(
        text,
        &[
            "takes no part",
            "take no part",
            "no scheme",
            "member of no",
            "lehnt jede schlichtung",
            "keine schlichtung",
            "no participa",
            "aucun médiateur",
        ],
    )
}

/// Names of countries of the Union and how their people are called.
const EUROPE: &[(&str, &[&str])] = &[
    ("AT", &["austrian", "austria"]),
    ("BE", &["belgian", "belgium"]),
    ("CZ", &["czech"]),
    ("DE", &["german", "germany"]),
    ("DK", &["danish", "denmark"]),
    ("ES", &["spanish", "spain"]),
    ("FI", &["finnish", "finland"]),
    ("FR", &["french", "france"]),
    ("GR", &["greek", "greece"]),
    ("HU", &["hungarian", "hungary"]),
    ("IE", &["irish", "ireland"]),
    ("IT", &["italian", "italy"]),
    ("LU", &["luxembourg"]),
    ("NL", &["dutch", "netherlands"]),
    ("PL", &["polish", "poland"]),
    ("PT", &["portuguese", "portugal"]),
    ("RO", &["romanian", "romania"]),
    ("SE", &["swedish", "sweden"]),
];
/// How firms of a country end their names, and where else they do.
const FORMS: &[(&str, &[&str])] = &[
    (" gmbh", &["DE", "AT"]),
    (" sarl", &["FR", "LU", "BE"]),
    (" s.r.l", &["IT", "BE"]),
    (" srl", &["IT", "BE", "RO"]),
    (" s.p.a", &["IT"]),
    (" b.v.", &["NL"]),
    (" bv", &["NL", "BE"]),
    (" sp. z o.o", &["PL"]),
    (" s.l.", &["ES"]),
    (" aps", &["DK"]),
    (" oy", &["FI"]),
];

/// The words tell that the seller sits in another country of the Union.
pub(crate) fn abroad(text: &str, home: &str) -> bool {
    const TRADE: &[&str] = &[
        "shop", "webshop", "seller", "store", "trader", "company", "firm", "retailer", "dealer", "operator",
        "site",
    ];
    let lower = text.to_lowercase();
    EUROPE.iter().filter(|(code, _)| *code != home).flat_map(|(_, names)| *names).any(|name| {
        TRADE.iter().any(|trade| {
            let near = [
                format!("{name} {trade}"),
                format!("{name} online {trade}"),
                format!("{name} web {trade}"),
                format!("{trade} in {name}"),
                format!("{trade} from {name}"),
                format!("{trade} based in {name}"),
            ];
            near.iter().any(|words| holds(&lower, &[words.as_str()]))
        })
    })
}

/// The name of a firm tells that it sits in another country of the Union.
pub(crate) fn foreign_firm(name: &str, home: &str) -> bool {
    let lower = format!(" {} ", name.to_lowercase());
    FORMS.iter().any(|(form, homes)| lower.contains(&format!("{form} ")) && !homes.contains(&home))
}

/// Others have the same problem.
pub(crate) fn many_affected(text: &str) -> bool {
    holds(
        text,
        &[
            "all customers",
            "many customers",
            "other customers",
            "all my neighbours",
            "all the neighbours",
            "whole street",
            "all tenants",
            "hundreds of",
            "thousands of",
            "many of us",
            "alle kunden",
            "viele kunden",
            "tous les clients",
            "todos los clientes",
            "alle klanten",
        ],
    )
}

/// Somebody could be hurt by the goods themselves.
pub(crate) fn dangerous(text: &str) -> bool {
    holds(
        text,
        &[
            "fire",
            "smoke",
            "burn",
            "explod",
            "burst",
            "shock",
            "overheat",
            "injur",
            "brake",
            "steering",
            "airbag",
            "choking",
            "lead paint",
            "unsafe",
            "dangerous",
            "recall",
            "while driving",
            "melted",
            "sparks",
        ],
    )
}

/// What a person suffered is told.
pub(crate) fn tells_of_harm(text: &str) -> bool {
    holds(
        text,
        &[
            "missed",
            "lost",
            "stress",
            "ill",
            "sick",
            "hospital",
            "pain",
            "cold",
            "could not work",
            "cost me",
            "embarrass",
            "upset",
            "distress",
            "ruined",
            "slept",
            "unable to work",
            "damage",
            "worried",
            "days without",
            "nights",
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_found_at_the_beginning_of_words_and_a_denial_goes_before() {
        assert!(accepts("I accept the 180 pounds") && accepts("Ich bin einverstanden"));
        // A wish is no acceptance, a reminder no answer to an offer, and a formal complaint says so itself.
        assert!(
            !accepts("If that cannot be done, I would accept a voucher")
                && !accepts("wäre ich einverstanden mit")
        );
        assert!(reminds("Reminder: still no reply") && !reminds("A reminder that I reject the offer"));
        assert!(formal("Formal complaint about the bill") && !formal("a formal letter"));
        assert_eq!(urgency("The heater caught fire", None), Some(Urgency::HealthSafety));
        assert_eq!(urgency("", Some(Topic::Disconnection)), Some(Urgency::ServiceEssential));
        assert_eq!(urgency("The bill is too high", Some(Topic::BillingError)), None);
        assert!(!accepts("I cannot accept that") && !accepts("We do not accept 100"));
        assert!(content("They fit, thank you, all good") && !content("Not satisfied, still not working"));
        assert!(
            no_scheme("An Schlichtung nehmen wir nicht teil.") && !no_scheme("We are members of the scheme")
        );
        assert!(abroad("Bicycle from a German shop", "IE") && !abroad("Bicycle from a German shop", "DE"));
        assert!(!abroad("Hotel in Spain was dirty, the operator refuses", "IE"));
        assert!(foreign_firm("Alpenrad Versand GmbH", "IE") && !foreign_firm("Alpenrad Versand GmbH", "AT"));
        assert!(
            !content("Thank you, but you did not answer my question") && content("Merci, tout est réglé")
        );
        assert!(
            filed("Claim issued online")
                && !filed("Pay by 10 August or I start proceedings; a claim will be filed")
        );
    }
}

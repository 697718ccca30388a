//! Topics: what a problem is about, and the words by which a team for it is known.
//!
//! A topic narrows and reorders: the specialised team for the matter comes forward, teams for other matters step aside.
//! A new topic is one row of [`TOPICS`].

/// A matter that companies keep a team for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Topic {
    /// Stable id, as the user types it.
    pub id: &'static str,
    /// Other words that a user may type for it.
    pub aliases: &'static [&'static str],
    /// Lower-case stems that mark a team or page for it, in several languages.
    pub stems: &'static [&'static str],
}

/// Every topic.
pub const TOPICS: &[Topic] = &[
    Topic {
        id: "billing",
        aliases: &["bill", "invoice", "overcharge", "payment", "wrong_charge", "billing_error"],
        stems: &[
            "billing",
            "bill ",
            "bills",
            "invoice",
            "payment",
            "charge",
            "account receivable",
            "rechnung",
            "zahlung",
            "factur",
            "paiement",
            "fattur",
            "pagament",
            "betaling",
            "factuur",
        ],
    },
    Topic {
        id: "delivery",
        aliases: &["parcel", "shipping", "not_delivered", "order"],
        stems: &[
            "deliver",
            "shipping",
            "parcel",
            "order",
            "dispatch",
            "lieferung",
            "versand",
            "paket",
            "livraison",
            "colis",
            "envio",
            "envío",
            "entrega",
            "pedido",
            "spedizion",
            "consegn",
            "bezorg",
            "levering",
        ],
    },
    Topic {
        id: "fraud",
        aliases: &["scam", "stolen", "unauthorised", "security"],
        stems: &[
            "fraud",
            "scam",
            "lost or stolen",
            "stolen",
            "phishing",
            "disputed transaction",
            "betrug",
            "sperr",
            "fraude",
            "vol ",
            "robo",
            "frod",
            "oplicht",
        ],
    },
    Topic {
        id: "refund",
        aliases: &["return", "returns", "money_back", "reimbursement"],
        stems: &[
            "refund",
            "return",
            "reimburs",
            "rückgabe",
            "retoure",
            "erstattung",
            "rembours",
            "retour",
            "reembolso",
            "devoluc",
            "rimbors",
            "reso ",
            "terugbetal",
        ],
    },
    Topic {
        id: "cancellation",
        aliases: &["cancel", "retention", "leave", "subscription_trap", "subscription"],
        stems: &[
            "cancel",
            "retention",
            "leaving",
            "unsubscribe",
            "kündig",
            "widerruf",
            "résili",
            "resili",
            "retract",
            "baja",
            "cancelac",
            "disdett",
            "recess",
            "opzeg",
        ],
    },
    Topic {
        id: "faulty_goods",
        aliases: &["warranty", "repair", "guarantee", "defect", "broken"],
        stems: &[
            "warrant",
            "repair",
            "fault",
            "guarantee",
            "defect",
            "garantie",
            "gewähr",
            "reparatur",
            "réparation",
            "sav",
            "garant",
            "reparac",
            "riparaz",
            "reparatie",
        ],
    },
    Topic {
        id: "service_down",
        aliases: &["outage", "technical", "fault", "broadband", "connection"],
        stems: &[
            "technical",
            "outage",
            "fault",
            "support",
            "störung",
            "technik",
            "panne",
            "dépannage",
            "avería",
            "soporte",
            "guast",
            "assistenza tecnica",
            "storing",
        ],
    },
    Topic {
        id: "delay",
        aliases: &["delayed_flight", "cancelled_flight", "flight", "train", "late"],
        stems: &[
            "delay",
            "flight",
            "compensation",
            "eu261",
            "passenger",
            "verspätung",
            "fluggast",
            "retard",
            "retraso",
            "ritard",
            "vertraging",
        ],
    },
    Topic {
        id: "baggage",
        aliases: &["delayed_baggage", "lost_baggage", "luggage"],
        stems: &[
            "baggage",
            "luggage",
            "lost property",
            "gepäck",
            "fundsache",
            "bagage",
            "equipaje",
            "bagagl",
        ],
    },
    Topic {
        id: "denied_claim",
        aliases: &["claim", "claims", "insurance"],
        stems: &["claim", "schaden", "sinistre", "siniestro", "sinistr", "schade"],
    },
    Topic {
        id: "data_breach",
        aliases: &["privacy", "data", "gdpr", "data_protection"],
        stems: &[
            "privacy",
            "data protection",
            "dpo",
            "gdpr",
            "datenschutz",
            "données",
            "rgpd",
            "datos",
            "protezione dei dati",
            "gegevensbescherming",
            "privacidad",
        ],
    },
    Topic {
        id: "accessibility",
        aliases: &["disability", "special_assistance"],
        stems: &[
            "accessib",
            "disab",
            "special assistance",
            "assistive",
            "wheelchair",
            "mobility",
            "barrierefrei",
            "handicap",
            "accesib",
            "discapac",
            "toegankelijk",
        ],
    },
    Topic {
        id: "deposit",
        aliases: &["tenancy", "rent", "landlord"],
        stems: &["deposit", "tenan", "letting", "kaution", "caution", "fianza", "cauzion", "borg"],
    },
    Topic {
        id: "vulnerable",
        aliases: &["hardship", "bereavement", "debt"],
        stems: &[
            "vulnerab",
            "hardship",
            "bereave",
            "financial difficult",
            "collections",
            "härtefall",
            "trauerfall",
            "difficult",
            "surendett",
        ],
    },
    Topic {
        id: "discrimination",
        aliases: &["civil_rights", "equality"],
        stems: &["discriminat", "equality", "civil rights", "diskriminier", "gleichstell"],
    },
    Topic {
        id: "account_access",
        aliases: &["account", "locked_account", "frozen_account"],
        stems: &["account access", "locked", "account recovery", "sign-in help", "login help", "kontosperr"],
    },
    Topic {
        id: "credit_report",
        aliases: &["credit_file", "credit_score"],
        stems: &["credit report", "credit file", "credit bureau", "credit score", "bonität", "schufa"],
    },
    Topic { id: "poor_service", aliases: &["service", "rude", "staff", "other"], stems: &[] },
];

/// A matter as fine as sources list it, and the topics that it belongs to, the nearest first.
///
/// The ids are those of the starter directory; a source with others maps them to these.
pub const MATTERS: &[(&str, &[&str])] = &[
    ("account_access", &["account_access"]),
    ("account_transfer", &["account_access"]),
    ("accessibility", &["accessibility"]),
    ("ancillary_fee_refund", &["refund", "billing"]),
    ("bill_increase", &["billing"]),
    ("billing_error", &["billing"]),
    ("cancel_service", &["cancellation"]),
    ("claim_delay", &["denied_claim"]),
    ("claim_denial", &["denied_claim"]),
    ("credit_report_error", &["credit_report"]),
    ("damage_claim", &["denied_claim"]),
    ("damaged_baggage", &["baggage"]),
    ("damaged_item", &["faulty_goods", "delivery"]),
    ("debt_collection", &["vulnerable", "billing"]),
    ("delayed_baggage", &["baggage"]),
    ("denied_boarding", &["delay"]),
    ("deposit_refund", &["deposit", "refund"]),
    ("disconnection", &["vulnerable", "service_down"]),
    ("early_termination_fee", &["cancellation", "billing"]),
    ("equipment_return", &["refund", "cancellation"]),
    ("event_cancelled", &["refund"]),
    ("fee_reversal", &["billing", "refund"]),
    ("flight_cancellation", &["delay"]),
    ("flight_delay", &["delay"]),
    ("fraud", &["fraud"]),
    ("free_trial_conversion", &["cancellation", "billing"]),
    ("frozen_funds", &["account_access", "fraud"]),
    ("identity_theft", &["fraud", "credit_report"]),
    ("late_delivery", &["delivery"]),
    ("lost_baggage", &["baggage"]),
    ("lost_item", &["baggage"]),
    ("lost_package", &["delivery"]),
    ("payment_assistance", &["vulnerable"]),
    ("poor_service", &["poor_service"]),
    ("price_adjustment", &["refund", "billing"]),
    ("price_negotiation", &["billing", "cancellation"]),
    ("privacy_request", &["data_breach"]),
    ("property_damage_claim", &["denied_claim"]),
    ("refund_request", &["refund"]),
    ("reservation_problem", &["delay", "refund"]),
    ("safety_incident", &["poor_service"]),
    ("service_outage", &["service_down"]),
    ("student_loan_servicing", &["billing"]),
    ("surprise_medical_bill", &["billing", "denied_claim"]),
    ("transaction_dispute", &["billing", "fraud"]),
    ("travel_credit", &["refund"]),
    ("unauthorized_charge", &["fraud", "billing"]),
    ("warranty_claim", &["faulty_goods"]),
];

/// Returns the id of a matter in the form in which lists keep it.
fn folded(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '-'], "_")
}

/// Returns the matter of an id, in any letter case, with spaces or hyphens for underscores.
#[must_use]
pub fn matter(text: &str) -> Option<&'static str> {
    let wanted = folded(text);
    MATTERS.iter().find(|(id, _)| *id == wanted).map(|(id, _)| *id)
}

/// Returns every word by which a topic can be asked for: ids, aliases and matters.
pub fn words() -> impl Iterator<Item = &'static str> {
    let topics = TOPICS.iter().flat_map(|topic| topic.aliases.iter().copied().chain([topic.id]));
    topics.chain(MATTERS.iter().map(|(id, _)| *id))
}

impl Topic {
    /// Returns whether a matter belongs to this topic.
    #[must_use]
    pub fn covers(&self, matter: &str) -> bool {
        matter == self.id || MATTERS.iter().any(|(id, topics)| *id == matter && topics.contains(&self.id))
    }

    /// Returns the topic of an id, an alias or a matter, in any letter case, with spaces or hyphens for underscores.
    #[must_use]
    pub fn parse(text: &str) -> Option<&'static Self> {
        let wanted = folded(text);
        let named =
            TOPICS.iter().find(|topic| topic.id == wanted || topic.aliases.contains(&wanted.as_str()));
        named.or_else(|| {
            let (_, topics) = MATTERS.iter().find(|(id, _)| *id == wanted)?;
            TOPICS.iter().find(|topic| topics.first() == Some(&topic.id))
        })
    }

    /// Returns whether words (a label, a title, a quote) are about this topic.
    #[must_use]
    pub fn is_about(&self, words: &str) -> bool {
        let lower = words.to_lowercase();
        self.stems.iter().any(|stem| {
            lower.match_indices(stem.trim_end()).any(|(at, _)| {
                let starts_word = !lower[..at].chars().next_back().is_some_and(char::is_alphanumeric);
                let ends_word =
                    !stem.ends_with(' ') || !lower[at + stem.len() - 1..].starts_with(char::is_alphanumeric);
                starts_word && ends_word
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_found_by_id_and_alias() {
        for (typed, id) in
            [("Billing", "billing"), ("delayed baggage", "baggage"), ("wrong-charge", "billing")]
        {
            assert_eq!(Topic::parse(typed).map(|t| t.id), Some(id), "{typed}");
        }
        assert!(Topic::parse("astrology").is_none());
    }

    #[test]
    fn ids_and_aliases_are_claimed_once() {
        let mut words: Vec<&str> =
            TOPICS.iter().flat_map(|t| t.aliases.iter().copied().chain([t.id])).collect();
        words.sort_unstable();
        let all = words.len();
        words.dedup();
        let twice: Vec<_> = words
            .iter()
            .filter(|w| TOPICS.iter().filter(|t| t.id == **w || t.aliases.contains(w)).count() > 1)
            .collect();
        assert_eq!(words.len(), all, "{twice:?}");
    }

    #[test]
    fn every_matter_belongs_to_a_topic_and_can_be_asked_for() {
        for (id, topics) in MATTERS {
            assert!(topics.iter().all(|topic| TOPICS.iter().any(|t| t.id == *topic)), "{id}");
            let parsed = Topic::parse(id).unwrap();
            assert!(parsed.covers(id), "{id} is asked for as {}", parsed.id);
        }
        assert_eq!(matter("Delayed baggage"), Some("delayed_baggage"));
    }

    #[test]
    fn stems_match_at_the_start_of_a_word() {
        let topic = |id| Topic::parse(id).unwrap();
        assert!(topic("billing").is_about("Rechnungsfragen"));
        assert!(topic("fraud").is_about("Lost or stolen cards"));
        assert!(!topic("delivery").is_about("border control"));
        assert!(!topic("billing").is_about("Billy's desk"));
    }
}

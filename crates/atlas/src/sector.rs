//! Which trade a company is in, told from its own pages: the kinds that structured data gives it, the bodies that it
//! names, the words that it uses.
//!
//! An inference, never a fact: each comes with what it rests on, and the ladder marks what follows from it as inferred.

use std::collections::BTreeMap;

use crate::Atlas;
use crate::ask::{Question, Route, Standing};
use crate::record::Body;
use crate::words::{How, Kind, Need, Sector};

/// What the pages of a company tell.
#[derive(Clone, Debug, Default)]
pub struct Clues<'a> {
    /// Title, headings and description: short texts, not whole pages.
    pub words: &'a str,
    /// The types that structured data gives the company, such as `BankOrCreditUnion`.
    pub kinds: &'a [String],
    /// The ids of the bodies that it names.
    pub bodies: &'a [&'a str],
    /// The trade that a directory lists it under.
    pub listed: Option<Sector>,
}

/// A trade that a company may be in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Inferred {
    /// The trade.
    pub sector: Sector,
    /// How strongly it is told; comparable within one answer only.
    pub weight: u32,
    /// What it rests on.
    pub why: Vec<String>,
}

/// What a clue counts for: a type of structured data, a body named, a word.
const KIND: u32 = 8;
const BODY: u32 = 4;
const WORD: u32 = 2;
/// How often one word may count.
const MOST_TIMES: u32 = 3;
/// How much text is looked at.
const MOST_TEXT: usize = 20_000;

/// The types of structured data (schema.org) that tell a trade.
const KINDS: &[(&str, Sector)] = &[
    ("Airline", Sector::Air),
    ("Airport", Sector::Air),
    ("AutoDealer", Sector::Motor),
    ("AutoRental", Sector::Motor),
    ("AutoRepair", Sector::Motor),
    ("AutomotiveBusiness", Sector::Motor),
    ("BankOrCreditUnion", Sector::Bank),
    ("BroadcastService", Sector::Broadcasting),
    ("CollegeOrUniversity", Sector::Education),
    ("DepartmentStore", Sector::Retail),
    ("ElectronicsStore", Sector::Retail),
    ("FurnitureStore", Sector::HomeImprovement),
    ("GovernmentOrganization", Sector::PublicService),
    ("HomeAndConstructionBusiness", Sector::HomeImprovement),
    ("Hospital", Sector::Health),
    ("Hotel", Sector::Travel),
    ("InsuranceAgency", Sector::Insurance),
    ("LegalService", Sector::Legal),
    ("LodgingBusiness", Sector::Travel),
    ("MedicalBusiness", Sector::Health),
    ("MovingCompany", Sector::Moving),
    ("OnlineStore", Sector::Ecommerce),
    ("RealEstateAgent", Sector::Property),
    ("Store", Sector::Retail),
    ("TravelAgency", Sector::Travel),
];

/// Words that tell a trade, in small letters; a word counts at its beginning, so `insur` would take `insurance`.
const WORDS: &[(Sector, &[&str])] = &[
    (
        Sector::Air,
        &[
            "airline",
            "airport",
            "flight",
            "baggage",
            "fluggesellschaft",
            "flug ",
            "vol ",
            "aéroport",
            "vuelo",
            "aerolínea",
            "vliegtuig",
            "compagnia aerea",
        ],
    ),
    (
        Sector::Bank,
        &[
            "current account",
            "savings account",
            "checking account",
            "online banking",
            "bank account",
            "credit union",
            "girokonto",
            "compte courant",
            "cuenta corriente",
            "betaalrekening",
            "conto corrente",
        ],
    ),
    (Sector::Broadcasting, &["television channel", "tv programme", "broadcaster"]),
    (
        Sector::Credit,
        &[
            "personal loan",
            "payday loan",
            "car finance",
            "hire purchase",
            "ratenkredit",
            "crédit à la consommation",
        ],
    ),
    (Sector::CreditReporting, &["credit report", "credit score", "credit file", "schufa"]),
    (Sector::Debt, &["debt collection", "collection agency", "inkasso", "recouvrement"]),
    (
        Sector::Ecommerce,
        &[
            "online shop",
            "webshop",
            "add to basket",
            "add to cart",
            "warenkorb",
            "panier",
            "carrito",
            "winkelwagen",
            "carrello",
            "free delivery",
        ],
    ),
    (Sector::Education, &["university", "undergraduate", "tuition fee"]),
    (
        Sector::Energy,
        &[
            "electricity",
            "gas supplier",
            "energy supplier",
            "kwh",
            "smart meter",
            "tariff",
            "stromtarif",
            "stadtwerke",
            "fournisseur d'énergie",
            "électricité",
            "luz y gas",
            "energieleverancier",
            "energia elettrica",
            "heat network",
        ],
    ),
    (Sector::Funeral, &["funeral", "bestattung", "pompes funèbres"]),
    (Sector::Gambling, &["sportsbook", "casino", "betting", "wagering"]),
    (Sector::Health, &["health plan", "hospital", "dental", "clinic", "krankenhaus"]),
    (Sector::HomeImprovement, &["double glazing", "kitchens", "conservator", "furniture", "möbel"]),
    (Sector::Housing, &["housing association", "social housing", "tenants and leaseholders"]),
    (
        Sector::Insurance,
        &[
            "insurance",
            "insurer",
            "policyholder",
            "versicherung",
            "assurance",
            "seguros",
            "verzekering",
            "assicurazion",
        ],
    ),
    (
        Sector::Investment,
        &["brokerage", "investment platform", "stockbroker", "mutual fund", "wealth management"],
    ),
    (Sector::Legal, &["solicitors", "law firm", "barrister", "rechtsanwälte", "cabinet d'avocats"]),
    (Sector::LocalGovernment, &["borough council", "county council", "city council", "district council"]),
    (Sector::Mortgage, &["mortgage", "hypothek", "baufinanzierung"]),
    (Sector::Motor, &["car dealer", "used cars", "vehicle servicing", "autohaus", "concessionnaire"]),
    (Sector::Moving, &["removals", "moving company", "umzugsunternehmen", "déménagement"]),
    (Sector::Parcel, &["courier", "track your parcel", "parcel delivery", "paketdienst", "colis"]),
    (
        Sector::Payments,
        &["e-money", "payment institution", "money transfer", "prepaid card", "wallet", "remittance"],
    ),
    (Sector::Pension, &["pension scheme", "superannuation", "retirement plan"]),
    (Sector::Post, &["postal service", "postage", "briefpost"]),
    (
        Sector::Property,
        &["estate agent", "letting agent", "property management", "immobilienmakler", "agence immobilière"],
    ),
    (Sector::PublicTransport, &["bus timetable", "tram", "metro line", "verkehrsverbund"]),
    (Sector::Rail, &["train ticket", "railway", "rail service", "delay repay", "bahnticket", "sncf"]),
    (Sector::Renewables, &["solar panel", "heat pump", "photovolta", "wärmepumpe"]),
    (Sector::Retail, &["our stores", "store finder", "find a store", "filialfinder"]),
    (
        Sector::Telecom,
        &[
            "broadband",
            "mobile network",
            "sim only",
            "sim card",
            "landline",
            "fibre",
            "internet provider",
            "mobilfunk",
            "dsl",
            "glasfaser",
            "forfait mobile",
            "opérateur",
            "fibra",
            "telefonía",
            "provider internet",
            "wireless plan",
            "5g",
        ],
    ),
    (
        Sector::Travel,
        &[
            "package holiday",
            "tour operator",
            "travel agency",
            "hotel booking",
            "pauschalreise",
            "reiseveranstalter",
            "voyages",
            "viajes",
            "reisorganisatie",
        ],
    ),
    (Sector::Water, &["water supply", "sewerage", "wastewater", "trinkwasser"]),
];

impl Atlas {
    /// Infers which trades a company is in, the likeliest first. Empty where nothing tells.
    #[must_use]
    pub fn infer_sector(&self, clues: &Clues<'_>) -> Vec<Inferred> {
        let mut found: BTreeMap<Sector, (u32, Vec<String>)> = BTreeMap::new();
        let mut add = |sector: Sector, weight: u32, why: String| {
            let (sum, reasons) = found.entry(sector).or_default();
            *sum += weight;
            if !reasons.contains(&why) {
                reasons.push(why);
            }
        };
        for kind in clues.kinds {
            let name = kind.rsplit('/').next().unwrap_or(kind);
            for (_, sector) in KINDS.iter().filter(|(known, _)| *known == name) {
                add(*sector, KIND, format!("its structured data call it `{name}`"));
            }
        }
        for body in clues.bodies.iter().filter_map(|id| self.body(id)) {
            // A body for every trade, or for personal data, tells nothing of this one.
            let telling = !body.sectors.contains(&Sector::General)
                && !body.sectors.contains(&Sector::Privacy)
                && !matches!(body.kind, Kind::Court);
            let share = u32::try_from(body.sectors.len()).unwrap_or(u32::MAX);
            for sector in body.sectors.iter().filter(|_| telling) {
                add(*sector, (BODY * 2 / (share + 1)).max(1), format!("it names the {}", body.name));
            }
        }
        let mut end = clues.words.len().min(MOST_TEXT);
        while !clues.words.is_char_boundary(end) {
            end -= 1;
        }
        let text = clues.words.get(..end).unwrap_or_default().to_lowercase();
        for (sector, words) in WORDS {
            for word in *words {
                let times = text
                    .match_indices(word)
                    .filter(|(at, _)| begins_word(&text, *at))
                    .take(MOST_TIMES as usize)
                    .count();
                let times = u32::try_from(times).unwrap_or(MOST_TIMES);
                if times > 0 {
                    add(*sector, WORD * times, format!("it says `{}`", word.trim()));
                }
            }
        }
        let mut all: Vec<Inferred> =
            found.into_iter().map(|(sector, (weight, why))| Inferred { sector, weight, why }).collect();
        all.sort_by(|a, b| b.weight.cmp(&a.weight).then(a.sector.cmp(&b.sector)));
        all
    }
}

/// A body that stands outside of a company, for its ladder.
#[derive(Clone, Debug)]
pub struct Outside<'a> {
    /// How it stands today.
    pub route: Route<'a>,
    /// Whether it is inferred: the company names it nowhere that was read.
    pub inferred: bool,
    /// Why it is here.
    pub why: String,
}

/// The least weight of a trade from which bodies are inferred: more than one passing word.
const LEAST_WEIGHT: u32 = 4;
/// The most agencies for every trade.
const MOST_GENERAL: usize = 2;
/// The most bodies that are inferred.
const MOST_INFERRED: usize = 5;

impl Atlas {
    /// Returns the bodies that stand outside of a company, for its ladder: those that it names, then those inferred from
    /// its trade and country, and the general agency of the country or region, marked as such. Courts and bodies that are
    /// shut are not inferred. A trade given in the question goes before one that is listed, and that before what the other
    /// clues tell.
    #[must_use]
    pub fn outside(&self, clues: &Clues<'_>, question: &Question) -> Vec<Outside<'_>> {
        let any_sector = Question { sector: None, ..question.clone() };
        let named = clues.bodies.iter().filter_map(|id| self.route(self.body(id)?, &any_sector));
        let why = || "the company names it".to_owned();
        let mut all: Vec<Outside<'_>> =
            named.map(|route| Outside { route, inferred: false, why: why() }).collect();
        // Of two schemes of one trade, the company is with the one that it names.
        let edges = all.iter().flat_map(|named| &named.route.body.links);
        let other_schemes: Vec<&str> =
            edges.filter(|edge| edge.how == How::AlternativeTo).map(|edge| edge.to.as_str()).collect();
        let told =
            |sector, why: &str| vec![Inferred { sector, weight: u32::MAX / 4, why: vec![why.to_owned()] }];
        let sectors = match (question.sector, clues.listed) {
            (Some(sector), _) => told(sector, "you gave the trade"),
            (None, Some(sector)) => told(sector, "the directory lists the company so"),
            (None, None) => self.infer_sector(clues),
        };
        let strongest = sectors.first().map_or(0, |first| first.weight).max(LEAST_WEIGHT);
        let mut inferred = 0;
        for told in sectors.iter().filter(|told| told.weight >= LEAST_WEIGHT && told.weight * 2 > strongest) {
            let of_trade = Question { sector: Some(told.sector), ..question.clone() };
            for route in self.routes(&of_trade) {
                let body = route.body;
                let fits = body.sectors.contains(&told.sector)
                    && body.kind != Kind::Court
                    && is_of_place(body, question)
                    && !other_schemes.contains(&body.id.as_str())
                    && !matches!(route.standing, Standing::Gone(_) | Standing::Lapsed(_));
                if inferred == MOST_INFERRED
                    || !fits
                    || all.iter().any(|known| known.route.body.id == body.id)
                {
                    continue;
                }
                let why = format!(
                    "inferred: {} in {}, since {}",
                    told.sector,
                    question.country,
                    told.why.join("; ")
                );
                all.push(Outside { route, inferred: true, why });
                inferred += 1;
            }
        }
        self.add_general(&mut all, question);
        all
    }

    /// Adds the agencies for every trade: those of the region before those of the country.
    fn add_general<'a>(&'a self, all: &mut Vec<Outside<'a>>, question: &Question) {
        let general = Question { sector: Some(Sector::General), ..question.clone() };
        let mut routes: Vec<Route<'_>> = self.routes(&general);
        routes.retain(|route| {
            let needs = route.body.needs.as_deref().unwrap_or_default();
            let open_to_all = route.body.kind == Kind::ConsumerAgency
                || matches!(route.body.kind, Kind::Adr | Kind::Ombudsman)
                    && !needs.contains(&Need::Membership);
            let fits = open_to_all
                && route.body.sectors.contains(&Sector::General)
                && matches!(route.standing, Standing::Open | Standing::NotYet(_) | Standing::First(_))
                && route.body.country == question.country.code();
            // Where the region is not known, an agency of one region is nobody's.
            fits && is_of_place(route.body, question)
        });
        routes.sort_by_key(|route| (route.body.regions.is_empty(), route.body.kind != Kind::ConsumerAgency));
        for route in routes.into_iter().take(MOST_GENERAL) {
            if all.iter().all(|known| known.route.body.id != route.body.id) {
                let place = question.region.as_deref().filter(|_| !route.body.regions.is_empty());
                let place = place.map_or(question.country.code().to_owned(), |region| {
                    format!("{}-{region}", question.country.code())
                });
                let why = format!("inferred: the agency for every trade in {place}");
                all.push(Outside { route, inferred: true, why });
            }
        }
    }
}

/// Returns whether a body serves the place: where the region is not known, one of a single region is nobody's.
fn is_of_place(body: &Body, question: &Question) -> bool {
    question.region.is_some() || body.regions.len() != 1
}

/// Returns whether a word begins at a byte.
fn begins_word(text: &str, at: usize) -> bool {
    text.get(..at).and_then(|before| before.chars().next_back()).is_none_or(|c| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trade_that_nobody_gave_is_not_said_to_be_given() {
        let question = Question::new(Country::parse("GB").unwrap(), jiff::civil::date(2026, 11, 1));
        let clues = Clues { listed: Some(Sector::Energy), ..Clues::default() };
        let why = |question: &Question| -> Vec<String> {
            let all = Atlas::builtin().outside(&clues, question);
            all.into_iter().filter(|one| one.inferred).map(|one| one.why).collect()
        };
        let listed = why(&question);
        assert!(listed.iter().any(|why| why.contains("the directory lists the company so")), "{listed:?}");
        assert!(listed.iter().all(|why| !why.contains("you gave")), "{listed:?}");
        let given = why(&Question { sector: Some(Sector::Energy), ..question });
        assert!(given.iter().any(|why| why.contains("you gave the trade")), "{given:?}");
    }
    use jiff::civil::date;
    use ladder::Country;

    #[test]
    fn the_trade_is_told_by_kinds_bodies_and_words_with_what_it_rests_on() {
        let infer = |words: &str, kinds: &[&str], bodies: &[&str]| {
            let kinds: Vec<String> = kinds.iter().map(ToString::to_string).collect();
            let all = Atlas::builtin().infer_sector(&Clues { words, kinds: &kinds, bodies, listed: None });
            all.first().map_or("nothing tells".to_owned(), |first| {
                format!("{}: {}", first.sector, first.why.join("; "))
            })
        };
        let told = [
            infer(
                "Acme Power: electricity and gas supplier. Compare tariffs.",
                &[],
                &["gb-energy-ombudsman"],
            ),
            infer("Welcome", &["https://schema.org/BankOrCreditUnion"], &[]),
            infer("Fibre broadband and SIM only deals", &[], &["gb-cisas", "gb-ico"]),
            infer("Ihre Versicherung für alle Fälle", &[], &["de-versicherungsombudsmann", "de-bafin"]),
            infer("Hello", &[], &["gb-county-court-small-claims"]),
        ];
        insta::assert_snapshot!(told.join("\n"), @"
        energy: it names the Energy Ombudsman; it says `electricity`; it says `gas supplier`; it says `tariff`
        bank: its structured data call it `BankOrCreditUnion`
        telecom: it names the CISAS; it says `broadband`; it says `sim only`; it says `fibre`
        insurance: it names the Versicherungsombudsmann; it names the BaFin; it says `versicherung`
        nothing tells
        ");
    }

    #[test]
    fn bodies_are_inferred_from_trade_and_country_and_marked_so() {
        let outside = |country: &str, words: &str, bodies: &[&str]| {
            let question = Question::new(Country::parse(country).unwrap(), date(2026, 11, 22));
            let all = Atlas::builtin().outside(&Clues { words, bodies, ..Clues::default() }, &question);
            let draw = |o: &Outside<'_>| format!("{}{}", o.route.body.id, if o.inferred { "?" } else { "" });
            all.iter().map(draw).collect::<Vec<_>>().join(" ")
        };
        let told = [
            outside("GB", "Fibre broadband and landline from Acme", &["gb-cisas", "eu-odr-platform"]),
            outside("DE", "Acme Versicherung: die Versicherung für alle", &[]),
            outside("AU", "NBN broadband and mobile network plans", &[]),
            outside("GB", "Welcome to Acme", &[]),
        ];
        insta::assert_snapshot!(told.join("\n"), @"
        gb-cisas eu-odr-platform gb-ofcom? gb-citizens-advice-consumer?
        de-versicherungsombudsmann? eu-fin-net? de-pkv-ombudsmann? de-bafin? de-verbraucherzentrale? de-universalschlichtungsstelle?
        au-tio? au-acma?
        gb-citizens-advice-consumer?
        ");
    }

    #[test]
    fn every_word_of_the_tables_is_in_small_letters() {
        for (sector, words) in WORDS {
            for word in *words {
                assert_eq!(*word, word.to_lowercase(), "{sector}");
            }
        }
    }
}

//! The bodies outside of a company that the directory knows: those named as its supervisors, and those of the user's state.
//!
//! Whoever gathered the directory names supervisors by ids of their own; [`BODIES`] leads from those to the atlas. A body
//! whose contacts carry page and day stands on the ladder with them; others are shown beside it, with their grounds.

use atlas::words::{Kind, Sector};
use atlas::{Atlas, Body, Question, Route, Standing};
use jiff::Timestamp;
use ladder::{BodyKind, Country, Party, Reach, Rung, Sighted, Sighting, Signal, Source, SourceKind};
use store::Company;

use crate::outside::OutsideView;

/// The ids by which lists name supervisors, and those of the atlas.
const BODIES: [(&str, &str); 14] = [
    ("cfpb", "us-cfpb"),
    ("cms-no-surprises", "us-no-surprises-help"),
    ("ed-fsa", "us-fsa-ombudsman"),
    ("fcc", "us-fcc"),
    ("fdic", "us-fdic"),
    ("federal-reserve", "us-fed"),
    ("finra", "us-finra-arbitration"),
    ("fmcsa", "us-fmcsa"),
    ("ftc", "us-ftc"),
    ("ncua", "us-ncua"),
    ("occ", "us-occ"),
    ("sec", "us-sec"),
    ("us-dot", "us-dot-aviation"),
    ("usps-oig", "us-usps-oig"),
];

/// Supervisors that lists name and the atlas has no entry for yet, by their names.
const UNLISTED: [(&str, &str); 2] = [
    ("dol-ebsa", "the Employee Benefits Security Administration of the US Department of Labor"),
    ("fmc", "the US Federal Maritime Commission"),
];

/// The trades of lists, and those of the atlas.
const SECTORS: [(&str, Sector); 25] = [
    ("airline", Sector::Air),
    ("bank", Sector::Bank),
    ("car_rental", Sector::Travel),
    ("credit_bureau", Sector::CreditReporting),
    ("credit_union", Sector::Bank),
    ("cruise", Sector::Travel),
    ("debt_collector", Sector::Debt),
    ("fitness", Sector::General),
    ("gig_delivery", Sector::Ecommerce),
    ("ground_transport", Sector::PublicTransport),
    ("home_services", Sector::HomeImprovement),
    ("insurance_health", Sector::Insurance),
    ("insurance_property", Sector::Insurance),
    ("internet_tv", Sector::Telecom),
    ("investing", Sector::Investment),
    ("lodging", Sector::Travel),
    ("payments", Sector::Payments),
    ("retail", Sector::Retail),
    ("shipping", Sector::Parcel),
    ("student_loan", Sector::Credit),
    ("subscription", Sector::Ecommerce),
    ("ticketing", Sector::Ecommerce),
    ("travel_agency", Sector::Travel),
    ("utility", Sector::Energy),
    ("wireless", Sector::Telecom),
];

/// Returns the trade of the atlas that a list calls by a word of its own.
pub(crate) fn trade(listed: &str) -> Option<Sector> {
    let of_list = || SECTORS.iter().find(|(word, _)| *word == listed).map(|(_, sector)| *sector);
    Sector::from_id(listed).or_else(of_list)
}

/// Reads a state or province by its name or its letters (the part after the country in ISO 3166-2), for a face that parses words.
///
/// # Errors
///
/// A text that says what is wanted.
pub fn parse_region(text: &str) -> Result<String, String> {
    if let Some(code) = atlas::place::code(text) {
        return Ok(code.to_owned());
    }
    let upper = text.trim().to_uppercase();
    let code = upper.rsplit('-').next().unwrap_or_default();
    let fits = (1..=3).contains(&code.len()) && code.chars().all(|c| c.is_ascii_alphanumeric());
    if fits {
        Ok(code.to_owned())
    } else {
        let names: Vec<&str> = atlas::place::names().collect();
        let near = atlas::check::suggestion(&text.trim().to_lowercase().replace([' ', '-'], "_"), &names);
        Err(format!(
            "`{text}` is not the name of a known state or province: use the letters of ISO 3166-2, such as CA for California{near}"
        ))
    }
}

/// Returns the code of a nation of the United Kingdom by its name: nobody knows these codes, and laws and bodies hang on them.
pub(crate) fn nation(name: &str) -> Option<&'static str> {
    match name.trim().to_lowercase().as_str() {
        "england" => Some("ENG"),
        "scotland" => Some("SCT"),
        "wales" => Some("WLS"),
        "northern ireland" => Some("NIR"),
        _ => None,
    }
}

/// What stands outside of a company, as far as the directory tells.
#[derive(Clone, Debug, Default)]
pub struct Outside {
    /// What stands on the ladder.
    pub sighted: Vec<Sighted>,
    /// What is shown beside it.
    pub views: Vec<OutsideView>,
    /// Supervisors of which no more than the name is known.
    pub unlisted: Vec<&'static str>,
}

/// Returns the bodies outside of a company: its supervisors, and those of the user's region that take its trade.
///
/// `country` is the customer's; where it is not given, that of the company.
#[must_use]
pub fn bodies(company: &Company, country: Option<Country>, region: Option<&str>, now: Timestamp) -> Outside {
    let own = company.country.as_deref().and_then(|code| Country::parse(code).ok());
    let Some(country) = country.or(own) else { return Outside::default() };
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let atlas = Atlas::builtin();
    let mut outside = Outside::default();
    let mut taken: Vec<&str> = Vec::new();
    let question = Question { region: region.map(str::to_owned), ..Question::new(country, today) };
    // Supervisors are of the company's own country.
    if own == Some(country) {
        for id in &company.regulators {
            let Some((_, id)) = BODIES.iter().find(|(listed, _)| listed == id) else {
                let named = UNLISTED.iter().find(|(listed, _)| listed == id);
                outside.unlisted.extend(named.map(|(_, name)| *name));
                continue;
            };
            if let Some(route) = atlas.body(id).and_then(|body| atlas.route(body, &question)) {
                taken.push(&route.body.id);
                outside.add(&route, "the directory names it as this company's regulator");
            }
        }
    }
    let sector = company.sector.as_deref().and_then(trade);
    if own != Some(country)
        && let Some(sector) = sector
    {
        // Elsewhere the bodies of the customer's country take its trade.
        let clues = atlas::sector::Clues { listed: Some(sector), ..atlas::sector::Clues::default() };
        let bodies = atlas.outside(&clues, &question);
        outside.views.extend(bodies.iter().map(OutsideView::of));
    }
    if let Some(region) = region {
        let question = Question { sector: Some(sector.unwrap_or(Sector::General)), ..question };
        for route in atlas.routes(&question) {
            let body = route.body;
            let of_region = body.regions.iter().any(|of| of == region);
            let usable = !matches!(route.standing, Standing::Gone(_)) && body.kind != Kind::Court;
            if of_region && usable && !taken.contains(&body.id.as_str()) {
                outside.add(&route, &format!("it takes such complaints in {region}"));
            }
        }
    }
    outside
}

impl Outside {
    /// Adds a body: on the ladder where its contacts have page and day, beside it otherwise.
    fn add(&mut self, route: &Route<'_>, why: &str) {
        let body = route.body;
        let rung = match Atlas::builtin().head(&body.id).map(atlas::Head::body_kind) {
            Some(BodyKind::Adr) => Rung::Adr,
            Some(BodyKind::Regulator) => Rung::Regulator,
            Some(BodyKind::Court) | None => return,
        };
        let sighted: Vec<Sighted> = body.contacts.iter().filter_map(|one| sighted(body, one, rung)).collect();
        if sighted.is_empty() {
            let outside =
                atlas::sector::Outside { route: route.clone(), inferred: false, why: why.to_owned() };
            self.views.push(OutsideView::of(&outside));
        } else {
            self.sighted.extend(sighted);
        }
    }
}

/// Returns a contact of a body as a sighting; `None` where its source is not known.
fn sighted(body: &Body, contact: &atlas::record::Contact, rung: Rung) -> Option<Sighted> {
    let url = contact.source.clone()?;
    let checked = contact.checked?.to_string();
    let reach = Reach::parse(contact.channel, contact.value.as_deref()?).ok()?;
    let label = contact.label.clone().unwrap_or_else(|| body.name.clone());
    let mut sighting = Sighting::new(reach, label.clone());
    sighting.rung = Some(rung);
    sighting.party = Party::Other(body.name.clone());
    sighting.label = Some(label);
    sighting.hours.clone_from(&contact.hours);
    sighting.signals = vec![Signal { id: "atlas", rung: Some(rung), words: body.id.clone() }];
    let source = Source {
        site: store::names::host_of(&url).unwrap_or_else(|| url.clone()),
        url,
        kind: SourceKind::Register,
        seen: format!("{checked}T00:00:00Z"),
        stated: Some(checked),
    };
    Some(Sighted { sighting, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-28T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn every_id_leads_to_a_body_and_every_trade_of_the_starter_directory_is_known() {
        for (_, id) in BODIES {
            assert!(Atlas::builtin().body(id).is_some(), "{id}");
        }
        for entry in store::starter::Starter::builtin().entries() {
            let sector = entry.company.sector.unwrap();
            assert!(SECTORS.iter().any(|(listed, _)| *listed == sector), "{sector}");
            for id in &entry.company.regulators {
                let known = |table: &[(&str, &str)]| table.iter().any(|(listed, _)| listed == id);
                assert!(known(&BODIES) || known(&UNLISTED), "{id}");
            }
        }
    }

    #[test]
    fn the_agencies_of_a_state_stand_on_the_ladder_with_page_and_day() {
        let company = Company {
            name: "Acme Power".into(),
            country: Some("US".into()),
            sector: Some("utility".into()),
            regulators: vec!["ftc".into()],
            ..Company::default()
        };
        let outside = bodies(&company, None, Some("CA"), now());
        let parties: Vec<&str> = outside.sighted.iter().map(|one| one.sighting.party.name()).collect();
        assert!(parties.iter().any(|name| name.contains("Attorney General")), "{parties:?}");
        assert!(parties.iter().any(|name| name.contains("Public Utilities")), "{parties:?}");
        assert!(!parties.iter().any(|name| name.contains("Insurance")), "{parties:?}");
        assert!(outside.sighted.iter().all(|one| one.source.stated.is_some()));
        assert!(outside.views.iter().any(|view| view.atlas_id == "us-ftc"));
        assert!(bodies(&company, None, None, now()).sighted.is_empty());
    }

    #[test]
    fn a_state_is_given_by_its_name_or_its_letters() {
        for (text, code) in [("us-ca", "CA"), ("California", "CA"), ("nsw", "NSW"), ("Scotland", "SCT")] {
            assert_eq!(parse_region(text).as_deref(), Ok(code), "{text}");
        }
        assert!(parse_region("Kalifornien").unwrap_err().contains("CA for California"));
    }
}

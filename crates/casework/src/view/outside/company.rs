//! What kind of company it is, by its name and the customer's words, where that decides which body deals with it.

use atlas::words::{CompanyType, Sector, Topic};

use crate::state::State;

/// Tells what kind of company it is by its name and the customer's words, where that decides which body deals with it.
pub(crate) fn company_type(state: &State) -> Option<CompanyType> {
    let facts = &state.facts;
    let name = facts.company.to_lowercase();
    let what = facts.what.as_deref().unwrap_or_default().to_lowercase();
    let either = |cue: &str| name.contains(cue) || what.contains(cue);
    let in_canada = facts.country.code() == "CA";
    let found = match facts.sector? {
        Sector::Bank | Sector::Payments | Sector::Credit | Sector::Mortgage => {
            if name.contains("credit union") && in_canada && !name.contains("federal") {
                CompanyType::ProvincialCreditUnion
            } else if name.contains("credit union") {
                CompanyType::CreditUnion
            } else if name.contains("bank") {
                CompanyType::Bank
            } else {
                return None;
            }
        }
        Sector::Investment if in_canada => CompanyType::InvestmentFirm,
        Sector::Investment if ["broker", "securities"].iter().any(|cue| either(cue)) => CompanyType::Broker,
        Sector::Insurance | Sector::Health => {
            let of_plan = ["health plan", "managed care"].iter().any(|cue| either(cue))
                || what.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == "hmo");
            if facts.country.code() == "US" && of_plan {
                CompanyType::HealthPlan
            } else if [
                "private health",
                "private kranken",
                "krankenversicher",
                "health fund",
                "health insur",
                "hospital cover",
                "medical scheme",
                "medical aid",
            ]
            .iter()
            .any(|cue| either(cue))
            {
                CompanyType::PrivateHealthInsurer
            } else if ["care home", "nursing home", "home care", "domiciliary", "residential care"]
                .iter()
                .any(|cue| either(cue))
            {
                CompanyType::CareProvider
            } else if ["nhs", "hospital trust", "health board"].iter().any(|cue| either(cue)) {
                CompanyType::HealthService
            } else {
                return None;
            }
        }
        Sector::Housing | Sector::Property => {
            if ["new home", "new-build", "new build", "developer", "builder", "snag"]
                .iter()
                .any(|cue| either(cue))
            {
                CompanyType::Developer
            } else if name.contains("council") {
                CompanyType::Council
            } else if ["letting", "lettings"].iter().any(|cue| name.contains(cue)) {
                CompanyType::LettingAgent
            } else if is_private_landlord(state, &what) {
                CompanyType::PrivateLandlord
            } else if facts.sector == Some(Sector::Housing) {
                CompanyType::SocialLandlord
            } else {
                CompanyType::EstateAgent
            }
        }
        Sector::LocalGovernment => CompanyType::Council,
        Sector::PublicService if either("council") => CompanyType::Council,
        Sector::PublicService => CompanyType::PublicBody,
        // Universities and colleges are public bodies to the ombudsmen of Scotland and Northern Ireland.
        Sector::Education if facts.country.code() == "GB" => CompanyType::PublicBody,
        Sector::Pension => CompanyType::PensionScheme,
        Sector::Moving => CompanyType::Mover,
        Sector::Travel if either("cruise") => CompanyType::CruiseLine,
        Sector::Water => CompanyType::WaterCompany,
        Sector::Motor if facts.country.code() == "NZ" => CompanyType::MotorTrader,
        Sector::Post | Sector::Parcel => CompanyType::PostalOperator,
        _ => return None,
    };
    Some(found)
}

/// Tells a landlord of one's own choice from a council or a housing association: those hardly ever take a deposit.
fn is_private_landlord(state: &State, what: &str) -> bool {
    let named = state.procedure.as_ref().is_some_and(|(procedure, _)| {
        procedure.external.iter().any(|named| named.body == "gb-housing-ombudsman")
    });
    let private =
        ["private landlord", "private rent", "privately rent", "buy-to-let", "shorthold", "my landlady"];
    !named && (state.facts.topic == Some(Topic::Deposit) || private.iter().any(|cue| what.contains(cue)))
}

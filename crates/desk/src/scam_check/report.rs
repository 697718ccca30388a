//! Where to report a fraud, by country.
//!
//! Written from general knowledge in November 2026 and not checked against the bodies' own pages: each entry says so when
//! it is shown. Short codes and sites are given rather than long numbers, which change.

use ladder::Country;
use serde::Serialize;

/// A place that takes reports.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, schemars::JsonSchema)]
pub struct ReportTo {
    /// Its name.
    pub name: &'static str,
    /// How.
    pub how: &'static str,
    /// What kind of fraud it takes.
    pub about: &'static str,
    /// How sure the entry is.
    pub confidence: &'static str,
}

/// How sure every entry is.
const UNSOURCED: &str = "low: no source is recorded; look it up before you rely on it";

const fn to(name: &'static str, how: &'static str, about: &'static str) -> ReportTo {
    ReportTo { name, how, about, confidence: UNSOURCED }
}

/// Places by country.
const PLACES: &[(&str, &[ReportTo])] = &[
    (
        "GB",
        &[
            to(
                "Report Fraud (before: Action Fraud)",
                "https://www.reportfraud.police.uk or 0300 123 2040; in Scotland Police Scotland on 101",
                "fraud and cyber crime",
            ),
            to("Your mobile network", "forward the text to 7726", "scam texts and calls"),
            to("NCSC", "forward the e-mail to report@phishing.gov.uk", "scam e-mails and sites"),
            to("Your bank", "dial 159", "a caller who claims to be your bank"),
        ],
    ),
    (
        "US",
        &[
            to("Federal Trade Commission", "https://reportfraud.ftc.gov", "every kind of fraud"),
            to("FBI Internet Crime Complaint Center", "https://www.ic3.gov", "fraud over the internet"),
            to("Your mobile network", "forward the text to 7726", "scam texts"),
        ],
    ),
    (
        "CA",
        &[
            to(
                "Canadian Anti-Fraud Centre",
                "https://antifraudcentre-centreantifraude.ca",
                "every kind of fraud",
            ),
            to("Your mobile network", "forward the text to 7726", "scam texts"),
        ],
    ),
    (
        "AU",
        &[
            to("Scamwatch", "https://www.scamwatch.gov.au", "every kind of fraud"),
            to("ReportCyber", "https://www.cyber.gov.au/report", "cyber crime"),
        ],
    ),
    (
        "NZ",
        &[
            to("CERT NZ", "https://www.cert.govt.nz", "fraud over the internet"),
            to("Department of Internal Affairs", "forward the text to 7726", "scam texts"),
        ],
    ),
    ("IE", &[to("An Garda Síochána", "the local station, https://www.garda.ie", "every kind of fraud")]),
    (
        "DE",
        &[
            to(
                "Polizei",
                "the online station of your state: https://portal.onlinewache.polizei.de",
                "every kind of fraud",
            ),
            to("Bundesnetzagentur", "https://www.bundesnetzagentur.de", "misuse of numbers and texts"),
            to(
                "Verbraucherzentrale",
                "forward the e-mail to phishing@verbraucherzentrale.nrw",
                "scam e-mails",
            ),
        ],
    ),
    ("AT", &[to("Watchlist Internet", "https://www.watchlist-internet.at", "fraud over the internet")]),
    (
        "CH",
        &[to("Bundesamt für Cybersicherheit", "https://www.report.ncsc.admin.ch", "fraud over the internet")],
    ),
    (
        "FR",
        &[
            to("17Cyber and THESEE", "https://17cyber.gouv.fr", "fraud over the internet"),
            to(
                "Your mobile network",
                "forward the text to 33700, https://www.33700.fr",
                "scam texts and calls",
            ),
            to("Signal Spam", "https://www.signal-spam.fr", "scam e-mails"),
        ],
    ),
    (
        "ES",
        &[
            to(
                "Policía Nacional or Guardia Civil",
                "https://www.policia.es or https://www.guardiacivil.es",
                "every kind of fraud",
            ),
            to("INCIBE", "dial 017, https://www.incibe.es", "help with cyber crime"),
        ],
    ),
    ("IT", &[to("Polizia Postale", "https://www.commissariatodips.it", "fraud over the internet")]),
    (
        "NL",
        &[
            to("Fraudehelpdesk", "https://www.fraudehelpdesk.nl", "every kind of fraud"),
            to("Politie", "https://www.politie.nl", "a report to the police"),
        ],
    ),
    ("BE", &[to("Safeonweb", "forward the message to suspect@safeonweb.be", "scam messages")]),
    (
        "IN",
        &[to(
            "National Cyber Crime Reporting Portal",
            "https://www.cybercrime.gov.in or 1930",
            "fraud over the internet",
        )],
    ),
    ("SG", &[to("ScamShield", "dial 1799, https://www.scamshield.gov.sg", "every kind of fraud")]),
];

/// Returns where to report a fraud in a country; without one, or where none is known, the police.
#[must_use]
pub(super) fn places(country: Option<Country>) -> Vec<ReportTo> {
    let known = country.and_then(|c| PLACES.iter().find(|(code, _)| *code == c.code()));
    known.map_or_else(
        || {
            vec![to(
                "The police",
                "the nearest station, or the website of the police in your country",
                "every kind of fraud",
            )]
        },
        |(_, list)| list.to_vec(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_of_a_country_and_says_how_sure_it_is() {
        for (code, list) in PLACES {
            assert!(Country::parse(code).is_ok(), "{code}");
            assert!(list.iter().all(|r| !r.how.is_empty() && r.confidence.contains("no source")), "{code}");
        }
        assert_eq!(places(None).len(), 1);
    }
}

//! Places named in a text: countries, and postcodes whose form tells the country.
//!
//! They say of which country a number in national form is. One automaton finds the names of the countries in the
//! languages that the product reads; postcodes are told by their form alone, so that a form shared by many countries
//! (five digits) says nothing.

use std::sync::LazyLock;

use ladder::Country;

use crate::needles::Needles;
use crate::window::{capitals, next_digit};

/// A place named in a text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Mark {
    /// Where its name begins.
    pub(super) at: usize,
    /// The country.
    pub(super) country: Country,
    /// Whether a postcode says so, and not a mere name.
    pub(super) postcode: bool,
}

/// More marks than this tell nothing more.
const MOST_MARKS: usize = 512;

/// Names by country. Cities are those that offices list without their country.
const NAMES: &[(&str, &[&str])] = &[
    (
        "GB",
        &[
            "United Kingdom",
            "Great Britain",
            "England",
            "Scotland",
            "Wales",
            "Northern Ireland",
            "Vereinigtes Königreich",
            "Großbritannien",
            "Royaume-Uni",
            "Reino Unido",
            "Regno Unito",
            "Verenigd Koninkrijk",
            "London",
            "U.K.",
            "UK",
        ],
    ),
    ("IE", &["Ireland", "Irland", "Irlande", "Irlanda", "Ierland", "Dublin", "Co. Cork", "Co. Dublin"]),
    (
        "US",
        &[
            "United States",
            "U.S.A.",
            "USA",
            "U.S.",
            "Vereinigte Staaten",
            "États-Unis",
            "Estados Unidos",
            "Stati Uniti",
            "Verenigde Staten",
            "New York",
            "San Francisco",
            "Los Angeles",
            "Chicago",
            "Boston",
        ],
    ),
    (
        "CA",
        &[
            "Canada",
            "Kanada",
            "Canadá",
            "Toronto",
            "Montréal",
            "Montreal",
            "Vancouver",
            "Ontario",
            "Québec",
            "Quebec",
        ],
    ),
    ("AU", &["Australia", "Australien", "Australie", "Australië", "Sydney", "Melbourne", "Brisbane"]),
    (
        "NZ",
        &[
            "New Zealand",
            "Neuseeland",
            "Nouvelle-Zélande",
            "Nueva Zelanda",
            "Nuova Zelanda",
            "Nieuw-Zeeland",
            "Auckland",
            "Wellington",
        ],
    ),
    (
        "IN",
        &[
            "India",
            "Indien",
            "Inde",
            "Mumbai",
            "New Delhi",
            "Bengaluru",
            "Bangalore",
            "Chennai",
            "Hyderabad",
            "Kolkata",
            "Pune",
        ],
    ),
    (
        "DE",
        &[
            "Germany",
            "Deutschland",
            "Allemagne",
            "Alemania",
            "Germania",
            "Duitsland",
            "Berlin",
            "München",
            "Munich",
            "Frankfurt",
            "Hamburg",
        ],
    ),
    ("AT", &["Austria", "Österreich", "Autriche", "Oostenrijk", "Wien", "Vienna"]),
    (
        "CH",
        &[
            "Switzerland",
            "Schweiz",
            "Suisse",
            "Suiza",
            "Svizzera",
            "Zwitserland",
            "Zürich",
            "Zurich",
            "Genève",
            "Geneva",
        ],
    ),
    ("FR", &["France", "Frankreich", "Francia", "Frankrijk", "Paris"]),
    (
        "BE",
        &[
            "Belgium",
            "Belgien",
            "Belgique",
            "Bélgica",
            "Belgio",
            "België",
            "Brussels",
            "Bruxelles",
            "Brussel",
            "Antwerpen",
        ],
    ),
    (
        "NL",
        &[
            "Netherlands",
            "Niederlande",
            "Pays-Bas",
            "Países Bajos",
            "Paesi Bassi",
            "Nederland",
            "Amsterdam",
            "Rotterdam",
        ],
    ),
    ("LU", &["Luxembourg", "Luxemburg", "Lussemburgo"]),
    ("ES", &["Spain", "Spanien", "Espagne", "España", "Spagna", "Spanje", "Madrid", "Barcelona"]),
    ("IT", &["Italy", "Italien", "Italie", "Italia", "Italië", "Roma", "Milano", "Milan"]),
    ("PT", &["Portugal", "Portogallo", "Lisboa", "Lisbon"]),
    ("DK", &["Denmark", "Dänemark", "Danemark", "Danmark"]),
    ("SE", &["Sweden", "Schweden", "Suède", "Sverige", "Stockholm"]),
    ("NO", &["Norway", "Norwegen", "Norvège", "Norge"]),
    ("FI", &["Finland", "Finnland", "Finlande", "Suomi", "Helsinki"]),
    ("PL", &["Poland", "Polen", "Pologne", "Polska"]),
    ("CZ", &["Czech Republic", "Czechia", "Tschechien"]),
    ("GR", &["Greece", "Griechenland", "Grèce"]),
    ("ZA", &["South Africa", "Südafrika", "Afrique du Sud", "Johannesburg", "Cape Town"]),
    ("NG", &["Nigeria", "Lagos"]),
    ("KE", &["Kenya", "Nairobi"]),
    ("GH", &["Ghana", "Accra"]),
    ("UG", &["Uganda", "Kampala"]),
    ("TZ", &["Tanzania", "Dar es Salaam"]),
    ("RW", &["Rwanda", "Kigali"]),
    ("ZM", &["Zambia", "Lusaka"]),
    ("ZW", &["Zimbabwe", "Harare"]),
    ("EG", &["Egypt", "Cairo"]),
    ("MA", &["Morocco", "Maroc"]),
    ("AE", &["United Arab Emirates", "UAE", "U.A.E.", "Dubai", "Abu Dhabi"]),
    ("SG", &["Singapore", "Singapur", "Singapour"]),
    ("MY", &["Malaysia", "Kuala Lumpur"]),
    ("HK", &["Hong Kong"]),
    ("PH", &["Philippines", "Manila"]),
    ("PK", &["Pakistan", "Karachi"]),
    ("LK", &["Sri Lanka", "Colombo"]),
    ("JP", &["Japan", "Tokyo"]),
    ("BR", &["Brazil", "Brasil", "São Paulo"]),
    ("MX", &["Mexico", "México"]),
];

struct Names {
    finder: Needles,
    countries: Vec<Country>,
}

static FINDER: LazyLock<Names> = LazyLock::new(|| {
    let (mut patterns, mut countries) = (Vec::new(), Vec::new());
    for (code, names) in NAMES {
        let Ok(country) = Country::parse(code) else { continue };
        for name in *names {
            patterns.push((*name).to_owned());
            countries.push(country);
            if name.len() > 4 {
                patterns.push(name.to_uppercase());
                countries.push(country);
            }
        }
    }
    Names { finder: Needles::exact(&patterns), countries }
});

/// Finds the places named in a text, in order.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let names = &*FINDER;
    let bytes = text.as_bytes();
    let mut found: Vec<Mark> = Vec::new();
    let mut from = 0;
    for start in capitals(text) {
        if start < from {
            continue;
        }
        let Some(name) = names.finder.at(bytes, start) else { continue };
        from = name.end;
        if text[name.end..].chars().next().is_some_and(char::is_alphanumeric) {
            continue;
        }
        found.push(Mark { at: start, country: names.countries[name.index], postcode: false });
        if found.len() >= MOST_MARKS {
            break;
        }
    }
    let mut at = 0;
    while let Some(start) = next_digit(bytes, at) {
        let end = start + bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        if let Some(country) = postcode(bytes, start, end).and_then(|code| Country::parse(code).ok()) {
            found.push(Mark { at: start, country, postcode: true });
            if found.len() > 2 * MOST_MARKS {
                break;
            }
        }
        at = end;
    }
    found.sort_by_key(|mark| mark.at);
    found
}

/// The states and territories of the United States, and the District of Columbia.
const STATES: &str = " AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR ";
/// The states and territories of Australia.
const TERRITORIES: [&str; 8] = ["NSW", "VIC", "QLD", "TAS", "ACT", "SA", "WA", "NT"];

/// Tells a country by the postcode that digits are part of.
fn postcode(bytes: &[u8], start: usize, end: usize) -> Option<&'static str> {
    let byte = |i: usize| bytes.get(i).copied().unwrap_or(b' ');
    // Nothing before the text: no space, and the edge of a word.
    let back = |n: usize| start.checked_sub(n).map_or(0, |i| bytes[i]);
    let upper = |b: u8| b.is_ascii_uppercase();
    let edge = |b: u8| !b.is_ascii_alphanumeric();
    match end - start {
        // "SW1A 1AA": one digit, two letters; before the space an outward code.
        1 if upper(byte(end)) && upper(byte(end + 1)) && edge(byte(end + 2)) && back(1) == b' ' => {
            let outward: Vec<u8> = bytes[..start - 1]
                .iter()
                .rev()
                .take(5)
                .take_while(|b| b.is_ascii_alphanumeric())
                .copied()
                .collect();
            let first = *outward.last()?;
            let (digits, letters) = (
                outward.iter().filter(|b| b.is_ascii_digit()).count(),
                outward.iter().filter(|b| upper(**b)).count(),
            );
            ((2..=4).contains(&outward.len())
                && upper(first)
                && (1..=2).contains(&digits)
                && digits + letters == outward.len())
            .then_some("GB")
        }
        // "K1A 0B1": the second half begins with a digit.
        1 if upper(byte(end)) && byte(end + 1).is_ascii_digit() && edge(byte(end + 2)) && back(1) == b' ' => {
            (upper(back(2)) && back(3).is_ascii_digit() && upper(back(4)) && edge(back(5))).then_some("CA")
        }
        // "1012 AB": a Dutch one does not begin with a nought.
        4 if byte(end) == b' '
            && upper(byte(end + 1))
            && upper(byte(end + 2))
            && edge(byte(end + 3))
            && byte(start) != b'0' =>
        {
            (edge(back(1)) && !matches!(&bytes[end + 1..end + 3], b"AM" | b"PM")).then_some("NL")
        }
        // "NSW 2000".
        4 if back(1) == b' ' => {
            let before: Vec<u8> =
                bytes[..start - 1].iter().rev().take(3).take_while(|b| upper(**b)).copied().collect();
            let name: String = before.iter().rev().map(|&b| char::from(b)).collect();
            TERRITORIES[..6].contains(&name.as_str()).then_some("AU")
        }
        // "TX 78701", "D-10115".
        5 if edge(byte(end)) || byte(end) == b'-' => match (back(1), back(2), back(3), back(4)) {
            (b' ', b, a, c) if upper(a) && upper(b) && edge(c) => {
                let state = [b' ', a, b, b' '];
                STATES.as_bytes().windows(4).any(|w| w == state).then_some("US")
            }
            (b'-', b'D', c, _) if edge(c) => Some("DE"),
            (b'-', b'F', c, _) if edge(c) => Some("FR"),
            (b'-', b'I', c, _) if edge(c) => Some("IT"),
            (b'-', b'E', c, _) if edge(c) => Some("ES"),
            _ => None,
        },
        _ => None,
    }
    .or(match (end - start, back(1), back(2), back(3)) {
        (4, b'-', b'A', c) if edge(c) => Some("AT"),
        (4, b'-', b'B', c) if edge(c) => Some("BE"),
        (4, b'-', b'H', b'C') => Some("CH"),
        (4, b'-', b'L', c) if edge(c) => Some("LU"),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postcodes_of_one_form_tell_their_country() {
        for (text, code) in [
            ("London SW1A 1AA", "GB"),
            ("Leeds LS1 4AP.", "GB"),
            ("Ottawa ON K1A 0B1", "CA"),
            ("Austin, TX 78701-1234", "US"),
            ("1012 AB Anywhere", "NL"),
            ("Perth NSW 2000", "AU"),
            ("D-10115 Somewhere", "DE"),
            ("A-1010 Anywhere", "AT"),
            ("CH-8001 Anywhere", "CH"),
        ] {
            let marks = marks(text);
            assert!(marks.iter().any(|m| m.postcode && m.country.code() == code), "{text}: {marks:?}");
        }
        for text in ["1030 AM", "75001 Anywhere", "flight BA 123", "at 9 AM", "12345"] {
            assert!(!marks(text).iter().any(|m| m.postcode), "{text}");
        }
    }

    #[test]
    fn names_of_countries_are_whole_words() {
        let codes = |text| marks(text).iter().map(|m| m.country.code().to_owned()).collect::<Vec<_>>();
        assert_eq!(codes("Offices in France, Deutschland and the UK"), ["FR", "DE", "GB"]);
        assert!(codes("Indiana, Londonderry, Parisian").is_empty());
    }
}

//! Values of structured data in the words of people: kinds of contact, hours, languages, addresses, countries.

use ladder::{Country, PostalLine, Rung};

use super::graph::{Graph, Value};

/// What a kind of contact speaks for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Hint {
    /// A rung.
    Rung(Rung),
    /// No rung: sales, press, careers.
    OffLadder,
    /// A textphone.
    Textphone,
    /// A fax.
    Fax,
}

/// Words of a contact type, the most telling first.
const HINTS: &[(&str, Hint)] = &[
    ("tty", Hint::Textphone),
    ("tdd", Hint::Textphone),
    ("textphone", Hint::Textphone),
    ("minicom", Hint::Textphone),
    ("schreibtelefon", Hint::Textphone),
    ("telefax", Hint::Fax),
    ("fax", Hint::Fax),
    ("complain", Hint::Rung(Rung::Complaints)),
    ("grievance", Hint::Rung(Rung::Complaints)),
    ("customer relations", Hint::Rung(Rung::Complaints)),
    ("beschwerde", Hint::Rung(Rung::Complaints)),
    ("reklamation", Hint::Rung(Rung::Complaints)),
    ("réclamation", Hint::Rung(Rung::Complaints)),
    ("reclamation", Hint::Rung(Rung::Complaints)),
    ("reclamacion", Hint::Rung(Rung::Complaints)),
    ("klacht", Hint::Rung(Rung::Complaints)),
    ("reclam", Hint::Rung(Rung::Complaints)),
    ("executive", Hint::Rung(Rung::Executive)),
    ("chief", Hint::Rung(Rung::Executive)),
    ("managing director", Hint::Rung(Rung::Executive)),
    ("legal", Hint::Rung(Rung::Legal)),
    ("headquarter", Hint::Rung(Rung::Legal)),
    ("head office", Hint::Rung(Rung::Legal)),
    ("registered office", Hint::Rung(Rung::Legal)),
    ("sales", Hint::OffLadder),
    ("vertrieb", Hint::OffLadder),
    ("verkauf", Hint::OffLadder),
    ("ventas", Hint::OffLadder),
    ("vendite", Hint::OffLadder),
    ("verkoop", Hint::OffLadder),
    ("commercial", Hint::OffLadder),
    ("press", Hint::OffLadder),
    ("media", Hint::OffLadder),
    ("journalist", Hint::OffLadder),
    ("editor", Hint::OffLadder),
    ("redaktion", Hint::OffLadder),
    ("newsroom", Hint::OffLadder),
    ("public relations", Hint::OffLadder),
    ("pr contact", Hint::OffLadder),
    ("career", Hint::OffLadder),
    ("recruit", Hint::OffLadder),
    ("human resources", Hint::OffLadder),
    ("jobs", Hint::OffLadder),
    ("investor", Hint::OffLadder),
    ("advertis", Hint::OffLadder),
    ("marketing", Hint::OffLadder),
    ("partner", Hint::OffLadder),
    ("webmaster", Hint::OffLadder),
    ("billing", Hint::Rung(Rung::Specialist)),
    ("bill payment", Hint::Rung(Rung::Specialist)),
    ("fraud", Hint::Rung(Rung::Specialist)),
    ("emergency", Hint::Rung(Rung::Specialist)),
    ("credit card", Hint::Rung(Rung::Specialist)),
    ("baggage", Hint::Rung(Rung::Specialist)),
    ("roadside", Hint::Rung(Rung::Specialist)),
    ("privacy", Hint::Rung(Rung::Specialist)),
    ("data protection", Hint::Rung(Rung::Specialist)),
    ("datenschutz", Hint::Rung(Rung::Specialist)),
    ("accessib", Hint::Rung(Rung::Specialist)),
    ("security", Hint::Rung(Rung::Specialist)),
    ("customer", Hint::Rung(Rung::FrontLine)),
    ("technical", Hint::Rung(Rung::FrontLine)),
    ("support", Hint::Rung(Rung::FrontLine)),
    ("service", Hint::Rung(Rung::FrontLine)),
    ("help", Hint::Rung(Rung::FrontLine)),
    ("kund", Hint::Rung(Rung::FrontLine)),
    ("client", Hint::Rung(Rung::FrontLine)),
    ("klant", Hint::Rung(Rung::FrontLine)),
    ("enquir", Hint::Rung(Rung::FrontLine)),
    ("inquir", Hint::Rung(Rung::FrontLine)),
    ("general", Hint::Rung(Rung::FrontLine)),
    ("information", Hint::Rung(Rung::FrontLine)),
];

/// Returns what a contact type speaks for; `None` where it says nothing that is known.
pub(super) fn hint(kind: &str) -> Option<Hint> {
    let kind = kind.to_lowercase().replace(['-', '_'], " ");
    HINTS.iter().find(|(word, _)| begins_word(&kind, word)).map(|(_, hint)| *hint)
}

/// Whether a word of the text begins with `start`; in one long word (`customerservice`) it may stand anywhere.
fn begins_word(text: &str, start: &str) -> bool {
    text.match_indices(start).any(|(at, _)| {
        !text[..at].ends_with(char::is_alphanumeric) || (start.len() >= 7 && !text.contains(' '))
    })
}

/// Returns the ISO 639-1 code of a language, from its code or its name.
pub(super) fn language(text: &str) -> Option<&'static str> {
    const LANGUAGES: &[(&str, &[&str])] = &[
        ("en", &["english", "englisch", "anglais", "inglés", "ingles", "engels", "inglese"]),
        ("de", &["german", "deutsch", "allemand", "alemán", "duits", "tedesco"]),
        ("fr", &["french", "französisch", "français", "francais", "francés", "frans", "francese"]),
        (
            "es",
            &["spanish", "spanisch", "espagnol", "español", "espanol", "spaans", "spagnolo", "castellano"],
        ),
        ("it", &["italian", "italienisch", "italien", "italiano", "italiaans"]),
        ("nl", &["dutch", "niederländisch", "néerlandais", "nederlands", "neerlandés", "flemish", "vlaams"]),
        ("pt", &["portuguese", "portugiesisch", "portugais", "português", "portugués"]),
        ("ca", &["catalan", "català", "catalán"]),
        ("pl", &["polish", "polnisch", "polski"]),
        ("ru", &["russian", "russisch"]),
        ("tr", &["turkish", "türkisch", "türkçe"]),
        ("ar", &["arabic"]),
        ("zh", &["chinese", "mandarin", "cantonese"]),
        ("ja", &["japanese"]),
        ("ko", &["korean"]),
        ("hi", &["hindi"]),
        ("cy", &["welsh", "cymraeg"]),
        ("ga", &["irish", "gaeilge"]),
        ("da", &["danish", "dansk"]),
        ("sv", &["swedish", "svenska"]),
        ("no", &["norwegian", "norsk"]),
        ("fi", &["finnish", "suomi"]),
        ("cs", &["czech"]),
        ("hu", &["hungarian"]),
        ("ro", &["romanian"]),
        ("el", &["greek"]),
        ("he", &["hebrew"]),
        ("uk", &["ukrainian"]),
        ("vi", &["vietnamese"]),
        ("tl", &["tagalog", "filipino"]),
        ("sw", &["swahili"]),
        ("af", &["afrikaans"]),
    ];
    let text = text.trim().to_lowercase();
    let code = text.split(['-', '_']).next().unwrap_or_default();
    LANGUAGES.iter().find(|(id, names)| code == *id || names.contains(&text.as_str())).map(|(id, _)| *id)
}

/// Returns a country from its code or its name.
pub(super) fn country(text: &str) -> Option<Country> {
    let text = text.trim().trim_end_matches('.');
    if text.len() == 2 {
        return Country::parse(text).ok();
    }
    let code = match text.to_lowercase().as_str() {
        "gbr" => "GB",
        "usa" | "u.s.a" => "US",
        "deu" => "DE",
        "fra" => "FR",
        "esp" => "ES",
        "ita" => "IT",
        "nld" => "NL",
        "aut" => "AT",
        "che" => "CH",
        "bel" => "BE",
        "irl" => "IE",
        "can" => "CA",
        "aus" => "AU",
        "nzl" => "NZ",
        "ind" => "IN",
        lower => crate::postal::country(lower)?,
    };
    Country::parse(code).ok()
}

/// Returns the hours of an item: `openingHours` as printed, or its specifications put into words.
pub(super) fn hours(graph: &Graph, item: usize) -> Option<String> {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const PLAIN: [&str; 2] = ["openinghours", "hoursavailable"];
    const SPECIFIED: [&str; 2] = ["hoursavailable", "openinghoursspecification"];
    let mut parts: Vec<String> = Vec::new();
    // Runs of days with the same hours: the first day, the last, the hours.
    let mut runs: Vec<(usize, usize, String)> = Vec::new();
    for value in graph.values(item, &PLAIN) {
        if let Value::Text(text, _) = value {
            parts.push(text.clone());
        }
    }
    for spec in graph.inner(item, &SPECIFIED) {
        let time = |name: &str| {
            let text = graph.text(spec, &[name])?;
            // `09:00:00+01:00` is `09:00`.
            let end = text.match_indices(':').nth(1).map_or(text.len(), |(at, _)| at);
            Some(text[..end].to_owned())
        };
        let (Some(opens), Some(closes)) = (time("opens"), time("closes")) else { continue };
        if graph.text(spec, &["validfrom"]).is_some() || opens == closes {
            continue;
        }
        let hours = format!("{opens}\u{2013}{closes}");
        let days =
            graph.texts(spec, &["dayofweek"]).flat_map(|(text, _)| text.split([',', ' ']).filter_map(day));
        let days: Vec<usize> = days.collect();
        if days.is_empty() {
            parts.push(hours);
            continue;
        }
        for day in days {
            match runs.last_mut() {
                Some((_, last, same)) if *same == hours && *last + 1 == day => *last = day,
                _ => runs.push((day, day, hours.clone())),
            }
        }
    }
    parts.extend(runs.into_iter().take(14).map(|(first, last, hours)| match last - first {
        0 => format!("{} {hours}", DAYS[first]),
        _ => format!("{}\u{2013}{} {hours}", DAYS[first], DAYS[last]),
    }));
    parts.truncate(14);
    let hours = parts.join(", ");
    (!hours.is_empty() && hours.len() <= 300).then_some(hours)
}

/// Returns which day of the week a name stands for, Monday being 0.
fn day(name: &str) -> Option<usize> {
    let name = super::graph::local(name).to_lowercase();
    ["mo", "tu", "we", "th", "fr", "sa", "su"].iter().position(|day| name.starts_with(day))
}

/// Returns an address on one line, in the order in which its country prints it, the addressee first.
pub(super) fn postal(graph: &Graph, item: usize, addressee: Option<&str>) -> Option<PostalLine> {
    let get = |names: &[&str]| {
        graph.text(item, names).map(str::trim).filter(|text| !is_blank(text)).map(str::to_owned)
    };
    let street = get(&["streetaddress"]);
    let extended = get(&["extendedaddress"]);
    let pobox = get(&["postofficeboxnumber"]).map(|number| {
        if number.chars().all(|c| c.is_ascii_digit()) { format!("PO Box {number}") } else { number }
    });
    let town = get(&["addresslocality"]);
    let region = get(&["addressregion"]).filter(|region| town.as_ref() != Some(region));
    let code = get(&["postalcode"]);
    let country_text = get(&["addresscountry"]);
    if (street.is_none() && pobox.is_none()) || (town.is_none() && code.is_none()) {
        return None;
    }
    let known = country_text.as_deref().and_then(country);
    let before = known.is_some_and(|country| {
        !matches!(
            country.code(),
            "GB" | "IE" | "US" | "CA" | "AU" | "NZ" | "IN" | "ZA" | "SG" | "MY" | "KE" | "NG" | "JM"
        )
    });
    let joined = |parts: [Option<String>; 3]| {
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    let has_code = |text: &Option<String>| {
        code.as_ref().is_some_and(|code| text.as_ref().is_some_and(|text| text.contains(code.as_str())))
    };
    let code = code.clone().filter(|_| !has_code(&street) && !has_code(&town) && !has_code(&region));
    let places = if before {
        vec![joined([code, town, None]), region]
    } else if known.is_some_and(|country| matches!(country.code(), "US" | "CA" | "AU")) {
        vec![town, joined([region, code, None])]
    } else {
        vec![town, region, code]
    };
    // A bare code says less than the page does.
    let land = country_text.filter(|text| text.len() > 3);
    let name = addressee.map(str::to_owned).filter(|name| {
        let squeezed = name.to_lowercase();
        street.as_ref().is_none_or(|street| !street.to_lowercase().contains(&squeezed))
    });
    let parts = [name, extended, street, pobox].into_iter().chain(places).chain([land]).flatten();
    let parts: Vec<String> = parts.collect();
    PostalLine::from_parts(parts.iter().map(String::as_str)).ok()
}

/// Whether a value only fills a template.
fn is_blank(text: &str) -> bool {
    text.is_empty()
        || matches!(
            text.to_lowercase().as_str(),
            "null" | "undefined" | "none" | "n/a" | "-" | "false" | "0" | "true"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_type_speaks_for_a_rung() {
        for (kind, expected) in [
            ("customer service", Some(Hint::Rung(Rung::FrontLine))),
            ("customerservice", Some(Hint::Rung(Rung::FrontLine))),
            ("Servicio al cliente", Some(Hint::Rung(Rung::FrontLine))),
            ("Kundendienst", Some(Hint::Rung(Rung::FrontLine))),
            ("customer complaints", Some(Hint::Rung(Rung::Complaints))),
            ("Réclamations", Some(Hint::Rung(Rung::Complaints))),
            ("billing support", Some(Hint::Rung(Rung::Specialist))),
            ("Journalist", Some(Hint::OffLadder)),
            ("sales", Some(Hint::OffLadder)),
            ("TTY", Some(Hint::Textphone)),
            ("wholesale", None),
            ("expression", None),
            ("", None),
        ] {
            assert_eq!(hint(kind), expected, "{kind}");
        }
    }

    #[test]
    fn languages_and_countries_have_codes() {
        assert_eq!(
            ["English", "de-AT", "Français", "klingon", ""].map(language),
            [Some("en"), Some("de"), Some("fr"), None, None]
        );
        assert_eq!(
            ["UK", "usa", "Germany", "nowhere"].map(|c| country(c).map(|c| c.code().to_owned())),
            [Some("GB".to_owned()), Some("US".to_owned()), Some("DE".to_owned()), None]
        );
    }
}

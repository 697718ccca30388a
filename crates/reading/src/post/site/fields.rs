//! Fields of JSON as sites spell them: lenient, bounded.

use serde_json::Value;

/// The deepest nesting that is looked into.
const MOST_DEPTH: usize = 40;

/// Returns a text field by the first of several names that holds one.
pub(super) fn text<'v>(value: &'v Value, names: &[&str]) -> Option<&'v str> {
    names.iter().find_map(|name| value.get(name)?.as_str()).map(str::trim).filter(|t| !t.is_empty())
}

/// Returns a text field with the spaces at its ends, or nothing.
pub(super) fn text_as_is<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Returns the value behind a path.
pub(super) fn at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |v, key| v.get(key))
}

/// Returns every object of a value for which `wanted` holds, outermost first.
pub(super) fn objects<'v>(
    value: &'v Value,
    wanted: fn(&Value) -> bool,
    found: &mut Vec<&'v Value>,
    depth: usize,
) {
    if depth > MOST_DEPTH || found.len() > 4_000 {
        return;
    }
    match value {
        Value::Object(map) => {
            if wanted(value) {
                found.push(value);
            }
            map.values().for_each(|v| objects(v, wanted, found, depth + 1));
        }
        Value::Array(list) => list.iter().for_each(|v| objects(v, wanted, found, depth + 1)),
        _ => {}
    }
}

/// Returns the longer texts of a value.
pub(super) fn texts(value: &Value, found: &mut Vec<String>, depth: usize) {
    if depth > MOST_DEPTH || found.len() > 2_000 {
        return;
    }
    match value {
        Value::String(text) if text.contains(' ') && !text.starts_with("http") => found.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|v| texts(v, found, depth + 1)),
        Value::Object(map) => map.values().for_each(|v| texts(v, found, depth + 1)),
        _ => {}
    }
}

/// Returns the day of a moment in seconds since 1970, as ISO 8601.
pub(super) fn day_of(seconds: i64) -> Option<String> {
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    Some(moment.strftime("%Y-%m-%d").to_string())
}

/// What is said of a page whose data ends in the middle.
pub(super) const CUT: &str =
    "the page breaks off in the middle of its data: what stands before was read; save it again to the end";

/// Returns a number of stars of five by the first of several names that holds one: a number, a text, or an object with it.
pub(super) fn stars(value: &Value, names: &[&str]) -> Option<u8> {
    let number = names.iter().find_map(|name| match value.get(name)? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        inner => {
            inner.get("ratingValue").and_then(|v| v.as_f64().or_else(|| v.as_str()?.trim().parse().ok()))
        }
    })?;
    [1u8, 2, 3, 4, 5].into_iter().find(|stars| (f64::from(*stars) - number).abs() < 0.5)
}

/// Returns the number of stars that a label tells: `5 star rating`, `Rated 1 out of 5 stars`, `1 von 5 Sternen`.
pub(super) fn stars_of_label(label: &str) -> Option<u8> {
    let lower = label.to_lowercase();
    let told = ["star", "stern", "étoile", "estrella", "stell", "ster", "out of 5", "von 5", "sur 5", "de 5"];
    if !told.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let first: String =
        lower.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    first.parse().ok().filter(|stars| (1..=5).contains(stars))
}

/// Returns the address that a link leads to, where it leads off the site: sites wrap it in one of their own.
pub(super) fn website(href: &str) -> Option<String> {
    let href = href.replace("&amp;", "&");
    let base = url::Url::parse("https://site.invalid/").ok()?;
    let url = base.join(href.trim()).ok()?;
    let inner = url
        .query_pairs()
        .find(|(key, _)| matches!(&**key, "url" | "u" | "target"))
        .map(|(_, to)| to.into_owned());
    let mut found = match inner.and_then(|inner| url::Url::parse(&inner).ok()) {
        Some(inner) => inner,
        None if url.host_str() != Some("site.invalid") => url,
        None => return None,
    };
    // What says from where one came is no part of the address.
    let campaign = found.query_pairs().any(|(key, _)| key.starts_with("utm_") || key == "fbclid");
    if campaign {
        found.set_query(None);
    }
    matches!(found.scheme(), "http" | "https").then(|| found.to_string())
}

/// Whether a line is a telephone number and no more.
pub(super) fn is_number(line: &str) -> bool {
    line.chars().filter(char::is_ascii_digit).count() >= 6 && !line.chars().any(char::is_alphabetic)
}

/// Reads the company of schema.org data; a `url` on the host that is named is the site's own.
pub(super) fn business(value: &Value, own_host: &str) -> super::Profile {
    const TYPES: &[&str] = &[
        "LocalBusiness",
        "Organization",
        "Corporation",
        "Store",
        "Restaurant",
        "ProfessionalService",
        "HomeAndConstructionBusiness",
        "AutomotiveBusiness",
        "FinancialService",
        "LodgingBusiness",
        "MedicalBusiness",
        "OnlineBusiness",
        "OnlineStore",
    ];
    let mut found = Vec::new();
    objects(value, |v| is_type(v, TYPES) && v.get("name").is_some(), &mut found, 0);
    let mut profile = super::Profile::default();
    for business in found {
        // The publisher of the page is the site itself, and one who only wrote a review is no business of it.
        let own = |key: &str| text(business, &[key]).is_some_and(|url| url.contains(own_host));
        let says = ["telephone", "email", "address", "review", "aggregateRating"]
            .iter()
            .any(|key| business.get(key).is_some());
        if !says || own("url") && business.get("logo").is_some() && business.get("aggregateRating").is_none()
        {
            continue;
        }
        let mut one = super::Profile {
            name: text(business, &["name"]).map(plain).unwrap_or_default(),
            website: text(business, &["url", "sameAs"])
                .filter(|url| !url.contains(own_host))
                .map(str::to_owned),
            ..super::Profile::default()
        };
        match business.get("telephone") {
            Some(Value::String(number)) => one.phone("", number),
            Some(Value::Array(list)) => {
                list.iter().filter_map(Value::as_str).for_each(|number| one.phone("", number));
            }
            _ => {}
        }
        if let Some(mailbox) = text(business, &["email"]) {
            one.email(mailbox.trim_start_matches("mailto:"));
        }
        let place = match business.get("address") {
            Some(Value::Array(list)) => list.first(),
            other => other,
        };
        match place {
            Some(Value::String(line)) => one.address = Some(line.trim().to_owned()),
            Some(place) => {
                let part = |key: &str| text(place, &[key]).unwrap_or_default();
                let town = format!("{} {}", part("addressRegion"), part("postalCode"));
                if !part("streetAddress").is_empty() {
                    one.address_of(&[part("streetAddress"), part("addressLocality"), &town]);
                }
            }
            None => {}
        }
        for (key, for_customers) in
            [("employee", false), ("employees", false), ("founder", false), ("contactPoint", true)]
        {
            for person in list(business, key) {
                let name = [
                    text(person, &["honorificPrefix"]),
                    text(person, &["givenName"]),
                    text(person, &["familyName"]),
                ];
                let name: Vec<&str> = name.into_iter().flatten().collect();
                let name = if name.is_empty() {
                    text(person, &["name"]).unwrap_or_default().to_owned()
                } else {
                    name.join(" ")
                };
                if let Some(title) = text(person, &["jobTitle"]) {
                    one.manager(&format!("{name}, {title}"), for_customers);
                }
            }
        }
        profile.join(one);
    }
    profile
}

/// Returns the members of a field that is a list or one.
pub(super) fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    match value.get(key) {
        Some(Value::Array(list)) => list,
        Some(one @ Value::Object(_)) => std::slice::from_ref(one),
        _ => &[],
    }
}

/// Whether an object is of a schema.org type.
pub(super) fn is_type(value: &Value, types: &[&str]) -> bool {
    match value.get("@type") {
        Some(Value::String(t)) => types.contains(&t.as_str()),
        Some(Value::Array(list)) => list.iter().any(|t| t.as_str().is_some_and(|t| types.contains(&t))),
        _ => false,
    }
}

/// Returns the text of HTML.
pub(super) fn plain(html: &str) -> String {
    super::dom::Dom::parse(&format!("<div>{html}</div>")).all().next().map(|e| e.text()).unwrap_or_default()
}

/// Returns the name of an author that may be a text or an object.
pub(super) fn author(value: &Value) -> &str {
    match value.get("author") {
        Some(Value::String(name)) => name,
        Some(Value::Array(list)) => list.first().and_then(|a| text(a, &["name"])).unwrap_or(""),
        Some(object) => text(object, &["name", "alternateName", "username"]).unwrap_or(""),
        None => "",
    }
}

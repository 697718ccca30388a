//! Names of bodies, compared: which two are of one body, and what short form a name gives.

/// Whether a name is the abbreviation that another gives in brackets.
pub(super) fn is_short_of(name: &str, full: &str) -> bool {
    short(full).is_some_and(|short| short == name.to_lowercase())
}

/// The abbreviation that a name gives in brackets, in small letters.
pub(super) fn short(name: &str) -> Option<String> {
    let (_, inside) = name.split_once('(')?;
    let short = inside.split(')').next()?.trim();
    let plain =
        short.chars().all(|c| c.is_uppercase() || c == '&') && (2..=8).contains(&short.chars().count());
    plain.then(|| short.to_lowercase())
}

/// Words of a name that tell bodies apart.
fn key(name: &str) -> Vec<String> {
    let small = [
        "the", "of", "and", "for", "service", "services", "office", "scheme", "uk", "ltd", "limited", "e",
        "v",
    ];
    name.split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty() && !small.contains(&word.as_str()))
        .collect()
}

fn initials(name: &str) -> String {
    let name = name.split('(').next().unwrap_or(name);
    name.split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty() && !matches!(w.to_lowercase().as_str(), "of" | "and" | "the" | "for"))
        .filter_map(|w| w.chars().next())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Words that many names of bodies share: alone they tell none apart.
const SHARED: &[&str] = &[
    "ombudsman",
    "commission",
    "authority",
    "court",
    "consumer",
    "complaints",
    "council",
    "department",
    "national",
    "state",
    "federal",
    "small",
    "claims",
    "tribunal",
    "dispute",
    "disputes",
    "resolution",
    "protection",
    "arbitration",
    "mediation",
    "financial",
    "médiateur",
    "médiation",
    "autorité",
    "schlichtungsstelle",
    "ombudsstelle",
    "geschillencommissie",
];

/// Returns whether two names are of one body: most of the rarer words shared, or one is the other's abbreviation.
pub(super) fn same(a: &str, b: &str) -> bool {
    let (x, y) = (key(a), key(b));
    if x.is_empty() || y.is_empty() {
        return a.eq_ignore_ascii_case(b);
    }
    let shared = x.iter().filter(|word| y.contains(word)).count();
    let rare = x.iter().any(|word| y.contains(word) && !SHARED.contains(&word.as_str()));
    let alike = x.len() == y.len() && shared == x.len();
    (rare || alike) && shared * 5 >= x.len().min(y.len()) * 4
        || (initials(a).len() > 1 && y.contains(&initials(a)))
        || (initials(b).len() > 1 && x.contains(&initials(b)))
}

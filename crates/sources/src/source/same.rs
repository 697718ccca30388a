//! Is it the same company? Asked before anything of a record is merged.
//!
//! Registers and networks are full of near misses: the holding above a shop, the franchise that runs one branch, the
//! reseller, another firm of the same name in another country. Numbers and domains decide; a name alone decides only
//! where it is the whole name and nothing speaks against it. What is no match says in words what it is instead.

use ladder::Country;
use ladder::name::is_form;
pub use ladder::name::{alike, core, fold, has_form};

use super::answer::Record;
use super::subject::Subject;

/// What a record is to the company that is meant.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// The company itself; why.
    Same(String),
    /// Another company that has to do with it: which, and why.
    Related(Relation, String),
    /// Another company of that name; why.
    Namesake(String),
    /// It cannot be told.
    Unsure(String),
}

impl Verdict {
    /// Returns whether it is the company itself.
    #[must_use]
    pub const fn is_same(&self) -> bool {
        matches!(self, Self::Same(_))
    }
}

/// What another company has to do with the one that is meant.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Relation {
    /// It stands above it.
    Parent,
    /// It holds the shares and serves no customer.
    Holding,
    /// It runs a branch or sells under its name.
    Franchise,
    /// It is another company of the same group.
    Sister,
}

impl Relation {
    /// Returns it in words.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Parent => "the company above it",
            Self::Holding => "a holding, not the company that serves customers",
            Self::Franchise => "a franchise, dealer or reseller, not the company itself",
            Self::Sister => "another company of that name or group",
        }
    }
}

/// Words that make a holding of a name.
const HOLDING: [&str; 6] = ["holding", "holdings", "group", "groupe", "gruppe", "topco"];

/// Words that make a franchise, dealer or reseller of a name.
const FRANCHISE: [&str; 14] = [
    "franchise",
    "franchisee",
    "franchising",
    "dealer",
    "dealership",
    "reseller",
    "distributor",
    "authorised",
    "authorized",
    "licensee",
    "agency",
    "agent",
    "trading as",
    "operated by",
];

/// Returns the registrable domain of a host or web address, in lower case.
#[must_use]
pub fn domain_of(text: &str) -> Option<String> {
    let text = text.trim();
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest).trim_start_matches("//");
    let host = rest.split(['/', '?', '#', ':', '@']).next()?.trim_end_matches('.').to_ascii_lowercase();
    if host.len() > 253 || host.split('.').any(str::is_empty) {
        return None;
    }
    ladder::host::registrable(&host)
}

/// Returns the label of a domain before its public suffix.
fn label(domain: &str) -> &str {
    domain.split('.').next().unwrap_or_default()
}

/// Returns what a record is to the company that is meant.
#[must_use]
pub fn judge(subject: &Subject, record: &Record) -> Verdict {
    if subject.ids.meets(&record.ids) {
        return Verdict::Same("the same number in a register".to_owned());
    }
    if let (Some(printed), Some(number)) = (&subject.register_number, number_of(record))
        && squeezed(printed).len() >= 5
        && squeezed(printed).trim_start_matches('0').ends_with(squeezed(number).trim_start_matches('0'))
    {
        return Verdict::Same(format!("its own site prints that register number ({printed})"));
    }
    let names: Vec<&str> =
        record.legal_name.iter().chain([&record.name]).chain(&record.aliases).map(String::as_str).collect();
    let shared = record.domains.iter().find(|domain| subject.owns(domain));
    let franchise = FRANCHISE.iter().find(|word| said(&record.name, word) && !said(&subject.name, word));
    if let Some(word) = franchise {
        return Verdict::Related(Relation::Franchise, format!("it is called `{}` ({word})", record.name));
    }
    if let Some(domain) = shared {
        return Verdict::Same(format!("the same domain, {domain}"));
    }
    if subject.parents.iter().any(|parent| names.iter().any(|name| alike(parent, name))) {
        return Verdict::Related(Relation::Parent, format!("`{}` is named as its parent", record.name));
    }
    let named = names.iter().any(|name| subject.names().any(|known| alike(known, name)));
    match (named, subject.ids.clashes(&record.ids)) {
        (true, true) => return Verdict::Namesake("another number in the same register".to_owned()),
        (true, false) => {}
        (false, _) => return unlike(subject, record),
    }
    if let (Some(theirs), Some(ours)) = (record.domains.first(), subject.domain())
        && label(theirs) != label(ours)
    {
        return Verdict::Namesake(format!("its site is {theirs}, not {ours}"));
    }
    match (record.country, subject.country) {
        (Some(theirs), Some(ours)) if theirs != ours && !spans(record, subject) => {
            Verdict::Namesake(format!("it is of {theirs}, not of {ours}"))
        }
        _ => Verdict::Same("the same name".to_owned()),
    }
}

/// Whether a record has a site on the company's name, so that its country says little: groups run one in each.
fn spans(record: &Record, subject: &Subject) -> bool {
    let ours = subject.domain().map(label);
    record.domains.iter().any(|domain| Some(label(domain)) == ours)
}

/// Returns what a record of another name is.
fn unlike(subject: &Subject, record: &Record) -> Verdict {
    let ours = core(&subject.name);
    let theirs = core(&record.name);
    let rest = theirs.strip_prefix(&ours).filter(|rest| rest.starts_with(' '));
    match rest.map(str::trim) {
        Some(rest) if rest.split(' ').all(|word| HOLDING.contains(&word) || is_form(word)) => {
            Verdict::Related(Relation::Holding, format!("it is called `{}`", record.name))
        }
        Some(_) => Verdict::Related(Relation::Sister, format!("it is called `{}`", record.name)),
        None => Verdict::Unsure(format!("it is called `{}`", record.name)),
    }
}

/// Whether a name has a word or words in it.
fn said(name: &str, words: &str) -> bool {
    let folded = fold(name);
    format!(" {folded} ").contains(&format!(" {words} "))
        || words == "trading as" && name.to_lowercase().contains(" t/a ")
}

/// Returns the national register number of a record.
fn number_of(record: &Record) -> Option<&str> {
    record.ids.companies_house.as_deref()
}

/// Returns the letters and digits of a register number, in small letters.
fn squeezed(number: &str) -> String {
    number.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Returns the country of a name in English or a code, as registers write it.
#[must_use]
pub fn country_named(text: &str) -> Option<Country> {
    let folded = fold(text);
    let code = match folded.as_str() {
        "united kingdom" | "england" | "wales" | "scotland" | "northern ireland" | "great britain"
        | "england and wales" => "GB",
        "united states" | "united states of america" | "usa" => "US",
        "ireland" | "republic of ireland" => "IE",
        "germany" => "DE",
        "france" => "FR",
        "netherlands" | "the netherlands" => "NL",
        "switzerland" => "CH",
        "luxembourg" => "LU",
        "spain" => "ES",
        "italy" => "IT",
        "sweden" => "SE",
        "denmark" => "DK",
        "norway" => "NO",
        "finland" => "FI",
        "belgium" => "BE",
        "austria" => "AT",
        "canada" => "CA",
        "australia" => "AU",
        "new zealand" => "NZ",
        "japan" => "JP",
        "china" => "CN",
        "hong kong" => "HK",
        "india" => "IN",
        "israel" => "IL",
        "brazil" => "BR",
        "mexico" => "MX",
        "singapore" => "SG",
        other => return Country::parse(other).ok(),
    };
    Country::parse(code).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(name: &str, domain: &str, country: &str) -> Subject {
        Subject {
            domains: (!domain.is_empty()).then(|| domain.to_owned()).into_iter().collect(),
            country: Country::parse(country).ok(),
            parents: vec!["Brightwell International".to_owned()],
            ..Subject::named(name)
        }
    }

    fn record(name: &str, domain: &str, country: &str) -> Record {
        Record {
            name: name.to_owned(),
            domains: (!domain.is_empty()).then(|| domain.to_owned()).into_iter().collect(),
            country: Country::parse(country).ok(),
            ..Record::default()
        }
    }

    #[test]
    fn names_lose_their_legal_form_and_nothing_else() {
        for (name, expected) in [
            ("TESCO PLC", "tesco"),
            ("The Lamp Company, Inc.", "lamp"),
            ("Café Øre S.à r.l.", "cafe ore"),
            ("Brightwell Energy Public Limited Company", "brightwell energy"),
            ("Limited", "limited"),
            ("Müller & Söhne GmbH & Co. KG", "muller and sohne"),
            ("Plan B", "plan b"),
            ("Lampy Sp. z o.o.", "lampy"),
            ("Studio 5", "studio 5"),
            ("Barclays Bank Plc (Postcode: E14 5HP)", "barclays bank"),
        ] {
            assert_eq!(core(name), expected, "{name}");
        }
        assert!(alike("Lampen.com", "Lampen Inc"));
        assert!(alike("Bright Well", "BRIGHTWELL LTD"));
        assert!(!alike("Brightwell", "Brightwell Energy"));
        assert!(!alike("", "Ltd."));
    }

    #[test]
    fn domains_and_numbers_decide_before_names() {
        let ours = subject("Brightwell Energy", "brightwell.example", "GB");
        for (name, domain, country, expected) in [
            ("BRIGHTWELL ENERGY LIMITED", "", "GB", "same"),
            ("Something Else Ltd", "help.brightwell.example", "GB", "same"),
            ("Brightwell Energy Ltd", "brightwellenergy.example", "GB", "namesake"),
            ("Brightwell Energy Inc", "", "US", "namesake"),
            ("Brightwell Energy Inc", "brightwell.test", "US", "same"),
            ("Brightwell Energy Holdings plc", "", "GB", "holding"),
            ("Brightwell Energy Retail Ltd", "", "GB", "sister"),
            ("Brightwell International plc", "", "GB", "parent"),
            ("Brightwell Energy Authorised Dealer Leeds", "brightwell.example", "GB", "franchise"),
            ("J Smith t/a Brightwell Energy", "", "GB", "franchise"),
            ("Lampen AG", "", "DE", "unsure"),
        ] {
            let found = match judge(&ours, &record(name, domain, country)) {
                Verdict::Same(_) => "same",
                Verdict::Namesake(_) => "namesake",
                Verdict::Unsure(_) => "unsure",
                Verdict::Related(Relation::Holding, _) => "holding",
                Verdict::Related(Relation::Parent, _) => "parent",
                Verdict::Related(Relation::Franchise, _) => "franchise",
                Verdict::Related(Relation::Sister, _) => "sister",
            };
            assert_eq!(found, expected, "{name} {domain} {country}");
        }
    }

    #[test]
    fn another_number_makes_a_namesake_of_the_name_and_leaves_a_holding_one() {
        let mut ours = subject("Brightwell", "brightwell.example", "GB");
        ours.ids.lei = Some("L1".to_owned());
        let with = |name: &str| {
            let mut record = record(name, "", "GB");
            record.ids.lei = Some("L2".to_owned());
            judge(&ours, &record)
        };
        assert!(matches!(with("Brightwell Ltd"), Verdict::Namesake(_)));
        assert!(matches!(with("Brightwell Holdings plc"), Verdict::Related(Relation::Holding, _)));
    }

    #[test]
    fn a_number_that_the_site_prints_makes_it_the_same() {
        let mut ours = subject("Brightwell", "brightwell.example", "GB");
        ours.register_number = Some("Registered in England No. 01234567".to_owned());
        let mut theirs = record("BW RETAIL SERVICES LIMITED", "", "GB");
        theirs.ids.companies_house = Some("01234567".to_owned());
        assert!(judge(&ours, &theirs).is_same());
        theirs.ids.companies_house = Some("07654321".to_owned());
        assert!(!judge(&ours, &theirs).is_same());
    }

    #[test]
    fn addresses_are_taken_for_their_registrable_domain() {
        for (text, expected) in [
            ("https://www.Acme.co.uk/help", Some("acme.co.uk")),
            ("//acme.example", Some("acme.example")),
            ("127.0.0.1", None),
            ("", None),
            ("co.uk", None),
            ("..", None),
        ] {
            assert_eq!(domain_of(text).as_deref(), expected, "{text}");
        }
    }
}

//! The facts of a case as people type them: what each takes and how it is read, once for the conversation that opens a case and for
//! editing one.

use atlas::words::{ActingAs, PaidBy, Sector};
use casework::{Money, Urgency, Wish};
use jiff::civil::Date;
use ladder::{Channel, Country};
use serde_json::{Value, json};

use super::words::{self, Sense};

/// The most characters of a text in one's own words, and of any other fact.
const MOST_PROSE: usize = 4000;
const MOST_LINE: usize = 200;

/// What a fact takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Takes {
    Prose,
    Line,
    Country,
    Region,
    Sector,
    ActingAs,
    Topic,
    /// A day that has been, may be either, or is to come.
    Day(Sense),
    Yes,
    Sum,
    PaidBy,
    Urgency,
    Wish,
    Channel,
    Count,
}

/// Every fact, with what it takes. Later ones may rest on earlier ones: a sum on the country, a topic on what happened.
const FACTS: &[(&str, Takes)] = &[
    ("company", Takes::Line),
    ("country", Takes::Country),
    ("region", Takes::Region),
    ("sector", Takes::Sector),
    ("as", Takes::ActingAs),
    ("what", Takes::Prose),
    ("topic", Takes::Topic),
    ("agreed", Takes::Prose),
    ("since", Takes::Day(Sense::Been)),
    ("event", Takes::Day(Sense::Either)),
    ("ongoing", Takes::Yes),
    ("amount", Takes::Sum),
    ("paid_by", Takes::PaidBy),
    ("urgent", Takes::Urgency),
    ("wanted", Takes::Wish),
    ("least", Takes::Sum),
    ("fallback", Takes::Prose),
    ("by", Takes::Day(Sense::ToCome)),
    ("reach_by", Takes::Channel),
    ("impact", Takes::Prose),
    ("others_affected", Takes::Count),
];

/// What a fact may rest on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beside<'a> {
    /// Today.
    pub(crate) today: Date,
    /// The currency of a sum that names none.
    pub(crate) currency: Option<&'a str>,
    /// What happened: it tells a topic that two words may mean.
    pub(crate) what: Option<&'a str>,
}

/// A fact that was understood.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Told {
    Text(String),
    /// A country, and the part of it where its name named that.
    Country(Country, Option<String>),
    Sector(Sector),
    ActingAs(ActingAs),
    /// A topic, and the matter within it.
    Topic(String, Option<String>),
    Day(Date),
    Yes(bool),
    Sum(Money),
    PaidBy(PaidBy),
    Urgency(Urgency),
    Wish(Wish),
    Channel(Channel),
    Count(u32),
}

impl Told {
    /// Returns it as a situation writes it, where it is one value.
    pub(crate) fn value(&self) -> Value {
        match self {
            Self::Text(text) => json!(text),
            Self::Country(country, _) => json!(country.code()),
            Self::Sector(sector) => json!(sector.id()),
            Self::ActingAs(acting_as) => json!(acting_as.id()),
            Self::Topic(topic, _) => json!(topic),
            Self::Day(day) => json!(day.to_string()),
            Self::Yes(yes) => json!(yes),
            Self::Sum(sum) => serde_json::from_str(&sum.number()).unwrap_or_default(),
            Self::PaidBy(paid_by) => json!(paid_by.id()),
            Self::Urgency(urgency) => json!(urgency.id()),
            Self::Wish(wish) => json!(wish.id()),
            Self::Channel(channel) => json!(channel.id()),
            Self::Count(count) => json!(count),
        }
    }
}

/// Returns the names of every fact, in the order in which they are read.
pub(crate) const fn names() -> [&'static str; FACTS.len()] {
    let mut names = [""; FACTS.len()];
    let mut at = 0;
    while at < FACTS.len() {
        names[at] = FACTS[at].0;
        at += 1;
    }
    names
}

/// Reads a fact by its name; what no log should hold is masked in it.
///
/// # Errors
///
/// A text that says what is wanted.
pub(crate) fn read(name: &str, text: &str, beside: &Beside<'_>) -> Result<Told, String> {
    let takes = FACTS.iter().find(|(known, _)| *known == name).map(|(_, takes)| *takes);
    let takes = takes.ok_or_else(|| format!("no such fact; known are {}", names().join(", ")))?;
    let text = super::mask(text.trim()).0;
    let most = if takes == Takes::Prose { MOST_PROSE } else { MOST_LINE };
    if text.chars().count() > most {
        return Err(format!("at most {most} characters"));
    }
    Ok(match takes {
        Takes::Prose | Takes::Line => Told::Text(text),
        Takes::Country => {
            let (country, nation) = words::country(&text)?;
            Told::Country(country, nation)
        }
        Takes::Region => Told::Text(crate::directory::parse_region(&text)?),
        Takes::Sector => Told::Sector(words::sector(&text)?),
        Takes::ActingAs => Told::ActingAs(word(&text, ActingAs::from_id, ActingAs::IDS)?),
        Takes::Topic => {
            let (topic, matter) = words::topic(&text, beside.what)?;
            Told::Topic(topic, matter)
        }
        Takes::Day(sense) => Told::Day(day(&text, beside.today, sense)?),
        Takes::Yes => Told::Yes(match text.to_lowercase().as_str() {
            "n" | "no" | "false" => false,
            "y" | "yes" | "true" | "on" => true,
            _ => return Err("yes or no".to_owned()),
        }),
        Takes::Sum => Told::Sum(words::money_in(&text, beside.currency)?),
        Takes::PaidBy => {
            Told::PaidBy(words::paid_by(&text).and_then(|id| PaidBy::from_id(id).ok_or_else(String::new))?)
        }
        Takes::Urgency => Told::Urgency(word(&text, Urgency::from_id, Urgency::IDS)?),
        Takes::Wish => {
            let id =
                Wish::IDS.iter().find(|id| **id == text).map_or_else(|| words::wish(&text), |id| Ok(id))?;
            Told::Wish(Wish::from_id(id).ok_or_else(String::new)?)
        }
        Takes::Channel => Told::Channel(words::channel(&text)?),
        Takes::Count => Told::Count(text.parse().map_err(|_| "give a number of people".to_owned())?),
    })
}

/// Reads a day; one that must have been does not lie ahead, and one that is to come has not passed.
fn day(text: &str, today: Date, sense: Sense) -> Result<Date, String> {
    let day = words::day(text, today, sense)?;
    match sense {
        Sense::Been if day > today => Err(format!("{day} is in the future")),
        Sense::ToCome if day < today => Err(format!("{day} has passed")),
        _ => Ok(day),
    }
}

/// Reads one word of a list.
fn word<T>(text: &str, of: impl Fn(&str) -> Option<T>, known: &[&str]) -> Result<T, String> {
    let id = text.to_lowercase().replace([' ', '-'], "_");
    of(&id).ok_or_else(|| format!("known are {}", known.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_read_as_it_is_typed_and_refused_with_what_is_wanted() {
        let beside = Beside {
            today: jiff::civil::date(2026, 3, 4),
            currency: Some("GBP"),
            what: Some("the bill is too high"),
        };
        let told = |name: &str, text: &str| read(name, text, &beside).map(|told| told.value().to_string());
        for (name, text, is) in [
            ("company", " Acme ", "\"Acme\""),
            ("country", "Scotland", "\"GB\""),
            ("since", "yesterday", "\"2026-03-03\""),
            ("by", "10 March", "\"2026-03-10\""),
            ("amount", "12.50", "12.5"),
            ("wanted", "my money back", "\"refund\""),
            ("ongoing", "Yes", "true"),
            ("what", "card 4111 1111 1111 1111", "\"card [card ending 1111]\""),
        ] {
            assert_eq!(told(name, text).as_deref(), Ok(is), "{name}");
        }
        for (name, text, why) in [
            ("since", "2026-03-05", "is in the future"),
            ("by", "2026-03-03", "has passed"),
            ("ongoing", "perhaps", "yes or no"),
            ("as", "king", "known are"),
            ("colour", "red", "no such fact"),
        ] {
            assert!(told(name, text).unwrap_err().contains(why), "{name}");
        }
        assert_eq!(
            read("country", "Scotland", &beside),
            Ok(Told::Country(Country::parse("GB").unwrap(), Some("SCT".to_owned())))
        );
    }
}

//! Contacts made of what a register says in fields.
//!
//! Fields are as hostile as pages: a value that does not parse makes no contact, texts are bounded, and the words that a
//! contact rests on are the field as it came.

use ladder::{Channel, Country, Email, Link, Place, PostalLine, Reach, Rung, Sighting, Signal};
use reading::phone::{self, Regions};
use serde_json::Value;

/// The longest text that is taken from a field.
const MOST: usize = 300;

/// The desk that a contact of a source is, in that source's words.
#[derive(Clone, Copy, Debug)]
pub struct Desk {
    /// The source, as the id of the signal.
    pub id: &'static str,
    /// The rung; `None` is off the ladder.
    pub rung: Option<Rung>,
    /// What it is called.
    pub label: &'static str,
}

impl Desk {
    /// Makes a contact of what it is reached by and the words for it.
    #[must_use]
    pub fn sight(self, reach: Reach, quote: String) -> Sighting {
        let mut sighting = Sighting::new(reach, quote);
        sighting.rung = self.rung;
        sighting.label = Some(self.label.to_owned());
        sighting.signals = vec![Signal { id: self.id, rung: self.rung, words: self.label.to_owned() }];
        // A register's field is the place for it; that it is data for machines says nothing against it.
        sighting.place = Place::Main;
        sighting
    }

    /// Makes a contact of a printed number, national ones read as those of `country`; `None` where it is none.
    #[must_use]
    pub fn phone(self, printed: &str, country: Option<Country>) -> Option<Sighting> {
        let printed = short(printed)?;
        let plus = printed.starts_with('+');
        let number = match country {
            Some(country) => phone::normalise(&printed, &Regions::of_country(country)),
            None if plus => phone::normalise(&printed, &Regions::of_country(Country::parse("US").ok()?)),
            None => None,
        }?;
        let reach = Reach::number(Channel::Phone, number.e164.clone()).ok()?;
        let mut sighting = self.sight(reach, format!("{}: {printed}", self.label));
        sighting.cost = number.cost();
        sighting.extension = number.extension;
        Some(sighting)
    }

    /// Makes a contact of a mailbox.
    #[must_use]
    pub fn email(self, printed: &str) -> Option<Sighting> {
        let printed = short(printed)?;
        let bare = printed.strip_prefix("mailto:").unwrap_or(&printed);
        Some(self.sight(Reach::email(Email::parse(bare).ok()?), format!("{}: {bare}", self.label)))
    }

    /// Makes a contact of a web address.
    #[must_use]
    pub fn link(self, channel: Channel, printed: &str) -> Option<Sighting> {
        let printed = short(printed)?;
        let reach = Reach::link(channel, Link::parse(&printed).ok()?).ok()?;
        Some(self.sight(reach, format!("{}: {printed}", self.label)))
    }

    /// Makes a contact of the lines of a postal address; fewer than three parts are no address.
    #[must_use]
    pub fn postal<'a>(self, parts: impl IntoIterator<Item = Option<&'a str>>) -> Option<Sighting> {
        let parts: Vec<String> = parts.into_iter().flatten().filter_map(short).collect();
        if parts.len() < 3 {
            return None;
        }
        let line = PostalLine::from_parts(parts.iter().map(String::as_str)).ok()?;
        let quote = format!("{}: {}", self.label, line.as_str());
        Some(self.sight(Reach::postal(line), quote))
    }
}

/// Returns town, region and postcode as they are written in a country, so that a register's address is the same as the one
/// on the company's own page; the country itself is added for whoever writes from abroad.
#[must_use]
pub fn town(country: &str, city: Option<&str>, region: Option<&str>, postcode: Option<&str>) -> Vec<String> {
    let joined = |parts: &[Option<&str>]| parts.iter().flatten().copied().collect::<Vec<_>>().join(" ");
    // Registers write regions as ISO 3166-2: `US-CA`.
    let region = region.map(|region| region.rsplit('-').next().unwrap_or(region));
    let lines = match country {
        "GB" | "IE" => vec![joined(&[city]), joined(&[postcode])],
        "US" | "CA" | "AU" => vec![joined(&[city]), joined(&[region, postcode])],
        _ => vec![joined(&[postcode, city])],
    };
    lines.into_iter().chain([country.to_owned()]).filter(|line| !line.is_empty()).collect()
}

/// Returns a text of a field, its white space evened and cut at the bound; `None` where nothing is left.
#[must_use]
pub fn short(text: &str) -> Option<String> {
    let even = text.split_whitespace().take(80).collect::<Vec<_>>().join(" ");
    let end = even.floor_char_boundary(MOST);
    (!even.is_empty()).then(|| even[..end].to_owned())
}

/// Returns the text at a path of keys; `None` where there is none, or nothing but white space.
#[must_use]
pub fn text<'a>(value: &'a Value, path: &[&str]) -> Option<&'a str> {
    let at = path.iter().try_fold(value, |value, key| value.get(key))?;
    at.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// Returns the list at a path of keys; an empty one where there is none.
#[must_use]
pub fn list<'a>(value: &'a Value, path: &[&str]) -> &'a [Value] {
    let at = path.iter().try_fold(value, |value, key| value.get(key));
    at.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Returns a text without markup and entities, as snippets and notes come.
#[must_use]
pub fn plain(markup: &str) -> String {
    let markup = &markup[..markup.floor_char_boundary(markup.len().min(20_000))];
    let text = reading::outline::from_html(markup).text;
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESK: Desk = Desk { id: "register", rung: Some(Rung::Legal), label: "Head office" };

    #[test]
    fn numbers_are_read_as_registers_print_them() {
        let of = |text: &str, country: &str| {
            DESK.phone(text, Country::parse(country).ok()).map(|s| s.reach.value().to_owned())
        };
        assert_eq!(of("(202) 555-0101", "US").as_deref(), Some("+12025550101"));
        assert_eq!(of("202-555-0101", "US").as_deref(), Some("+12025550101"));
        assert_eq!(of("+44 20 7946 0018", "").as_deref(), Some("+442079460018"));
        assert_eq!(of("020 7946 0018", ""), None);
        assert_eq!(of("", "US"), None);
        assert_eq!(of("see the site", "US"), None);
    }

    #[test]
    fn an_address_needs_its_parts() {
        let of =
            |parts: &[Option<&str>]| DESK.postal(parts.iter().copied()).map(|s| s.reach.value().to_owned());
        assert_eq!(
            of(&[Some("1 Main  Street"), None, Some(""), Some("Town"), Some("AB1 2CD")]).as_deref(),
            Some("1 Main Street, Town, AB1 2CD")
        );
        assert_eq!(of(&[Some("Town"), Some("AB1 2CD")]), None);
    }

    #[test]
    fn towns_are_written_as_in_their_country() {
        let of = |country, region| town(country, Some("Town"), region, Some("12345")).join(", ");
        assert_eq!(of("DE", Some("DE-BE")), "12345 Town, DE");
        assert_eq!(of("US", Some("US-OR")), "Town, OR 12345, US");
        assert_eq!(of("GB", None), "Town, 12345, GB");
    }

    #[test]
    fn snippets_lose_their_markup() {
        assert_eq!(plain("<strong>Acme</strong> &amp; Sons:\n call"), "Acme & Sons: call");
    }
}

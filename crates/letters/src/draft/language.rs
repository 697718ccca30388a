//! Languages of drafts, and what each does its own way: dates, sums, channels, greetings.
//!
//! One file a language under `templates/LANG/convention.toml`; a new language is that file, its letters, and one row
//! in [`Language::ALL`].

use std::collections::BTreeMap;
use std::sync::OnceLock;

use casework::Money;
use jiff::civil::Date;
use ladder::Country;
use serde::{Deserialize, Serialize};

use super::facts::Wish;

/// A language in which drafts are written.
#[derive(
    Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English, by British or American conventions as the country has it.
    En,
    /// German.
    De,
    /// French.
    Fr,
    /// Spanish.
    Es,
}

/// A language that has no templates.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("no drafts in `{0}`: en, de, fr and es are there")]
pub struct UnknownLanguage(pub String);

impl Language {
    /// Every language.
    pub const ALL: [Self; 4] = [Self::En, Self::De, Self::Fr, Self::Es];

    /// Returns its ISO 639-1 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Fr => "fr",
            Self::Es => "es",
        }
    }

    /// Parses a code.
    ///
    /// # Errors
    ///
    /// [`UnknownLanguage`] for any other.
    pub fn parse(code: &str) -> Result<Self, UnknownLanguage> {
        let code = code.trim();
        Self::ALL
            .into_iter()
            .find(|language| language.code().eq_ignore_ascii_case(code))
            .ok_or_else(|| UnknownLanguage(code.to_owned()))
    }

    /// Returns the language in which one writes to a company of a country, English where nothing better is known.
    #[must_use]
    pub fn of_country(country: Country) -> Self {
        match country.code() {
            "DE" | "AT" | "CH" | "LI" => Self::De,
            "FR" | "MC" => Self::Fr,
            "ES" | "MX" | "AR" | "CL" | "CO" | "PE" => Self::Es,
            _ => Self::En,
        }
    }

    /// Returns how things are written in it.
    pub(crate) fn convention(self) -> &'static Convention {
        static READ: OnceLock<BTreeMap<Language, Convention>> = OnceLock::new();
        let all = READ.get_or_init(|| {
            Self::ALL
                .into_iter()
                .map(|language| {
                    let text = super::built_in::convention(language);
                    (language, toml::from_str(text).expect("a test reads every convention"))
                })
                .collect()
        });
        &all[&self]
    }
}

/// How things are written in a language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Convention {
    /// Month names, January first.
    months: Vec<String>,
    /// A date: `{day}`, `{month}`, `{year}`.
    date: String,
    /// A date by American convention, where the language has one.
    date_us: Option<String>,
    /// How the first day of a month is written, where that is not a plain 1.
    first_day: Option<String>,
    /// A sum, `{sign}` and `{amount}`.
    money: String,
    /// What parts whole and hundredths, and thousands.
    decimal: String,
    thousands: String,
    /// The greeting with a person's name (`{name}`), with a team or company (`{name}`), and with neither.
    greeting_person: String,
    greeting_team: String,
    greeting_nobody: String,
    /// The words before the name at the end; American ones where they differ.
    closing: String,
    closing_us: Option<String>,
    /// The sentence of somebody who writes for a client (`{name}`), without and with the authority, and the words below their own name.
    behalf: String,
    behalf_enclosed: String,
    for_client: String,
    /// The scheme to which a company belongs, where it is not known which.
    their_scheme: String,
    /// The sentence to a team that is not the right one (`{rung}`).
    pass_on: String,
    /// The question where the name is missing.
    ask_name: String,
    /// The question where an address is missing.
    ask_address: String,
    /// The question where the address of a letter is missing.
    ask_their_address: String,
    /// The label before the subject of an e-mail, and of a letter.
    pub(crate) subject: String,
    /// Channels by id: "by phone".
    channels: BTreeMap<String, String>,
    /// Rungs by id: "complaints team".
    rungs: BTreeMap<String, String>,
    /// Wishes by kind, with and without `{amount}`.
    wishes: BTreeMap<String, [String; 2]>,
    /// Ways of paying by id.
    paid_by: BTreeMap<String, String>,
}

impl Convention {
    /// Returns the names of the months, January first.
    pub(crate) fn months(&self) -> &[String] {
        &self.months
    }

    /// Writes a date.
    pub(crate) fn date(&self, date: Date, american: bool) -> String {
        let pattern = self.date_us.as_ref().filter(|_| american).unwrap_or(&self.date);
        let first = self.first_day.clone().filter(|_| date.day() == 1);
        let day = first.unwrap_or_else(|| date.day().to_string());
        let month = usize::try_from(date.month()).ok().and_then(|m| self.months.get(m - 1));
        pattern
            .replace("{day}", &day)
            .replace("{month}", month.map_or("", String::as_str))
            .replace("{year}", &date.year().to_string())
    }

    /// Writes a sum.
    pub(crate) fn money(&self, money: Money) -> String {
        let number = money.number();
        let (whole, rest) = number.split_once('.').unwrap_or((&number, ""));
        let mut grouped = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                grouped.push_str(&self.thousands);
            }
            grouped.push(digit);
        }
        if !rest.is_empty() {
            grouped.push_str(&self.decimal);
            grouped.push_str(rest);
        }
        let currency = money.currency();
        match sign(currency.code()) {
            Some(sign) => self.money.replace("{sign}", sign).replace("{amount}", &grouped),
            None => format!("{} {grouped}", currency.code()),
        }
    }

    /// Writes what is wanted.
    pub(crate) fn wish(&self, wish: &Wish) -> Option<String> {
        if let Some(words) = wish.words.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
            return Some(words.trim_end_matches('.').to_owned());
        }
        let [bare, with_amount] = self.wishes.get(&wish.kind)?;
        Some(match wish.amount {
            Some(amount) => with_amount.replace("{amount}", &self.money(amount)),
            None => bare.clone(),
        })
    }

    /// Writes a channel, rung or way of paying by its id; an unknown id is shown in plain letters.
    pub(crate) fn named(&self, what: Named, id: &str) -> String {
        let table = match what {
            Named::Channel => &self.channels,
            Named::Rung => &self.rungs,
            Named::PaidBy => &self.paid_by,
        };
        table.get(id).cloned().unwrap_or_else(|| id.replace('_', " "))
    }

    /// Writes the greeting.
    pub(crate) fn greeting(&self, person: Option<&str>, team: Option<&str>) -> String {
        match (person, team) {
            (Some(name), _) => self.greeting_person.replace("{name}", name),
            (None, Some(name)) => self.greeting_team.replace("{name}", name),
            (None, None) => self.greeting_nobody.clone(),
        }
    }

    /// Returns the words before the name at the end.
    pub(crate) fn closing(&self, american: bool) -> &str {
        self.closing_us.as_ref().filter(|_| american).unwrap_or(&self.closing)
    }

    /// Returns the sentence of somebody who writes for a client.
    pub(crate) fn behalf(&self, client: &str, enclosed: bool) -> String {
        let sentence = if enclosed { &self.behalf_enclosed } else { &self.behalf };
        sentence.replace("{name}", client)
    }

    /// Returns the words below the name of somebody who writes for a client.
    pub(crate) fn for_client(&self, client: &str) -> String {
        self.for_client.replace("{name}", client)
    }

    /// Returns how the scheme is named to which a company belongs, where it is not known which.
    pub(crate) fn their_scheme(&self) -> &str {
        &self.their_scheme
    }

    /// Returns the sentence that asks another team to pass it on to a rung.
    pub(crate) fn pass_on(&self, rung: &str) -> String {
        self.pass_on.replace("{rung}", &self.named(Named::Rung, rung))
    }

    /// Returns the question where the name is missing.
    pub(crate) fn ask_name(&self) -> &str {
        &self.ask_name
    }

    /// Returns the question for the address that a letter goes to.
    pub(crate) fn ask_their_address(&self) -> &str {
        &self.ask_their_address
    }

    /// Returns the question where an address is missing.
    pub(crate) fn ask_address(&self) -> &str {
        &self.ask_address
    }
}

/// What is named by an id.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Named {
    Channel,
    Rung,
    PaidBy,
}

/// Returns the sign of a currency that people write with one.
fn sign(currency: &str) -> Option<&'static str> {
    Some(match currency {
        "GBP" => "£",
        "EUR" => "€",
        "USD" | "CAD" | "AUD" | "NZD" | "SGD" => "$",
        "INR" => "₹",
        "JPY" => "¥",
        "ZAR" => "R",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(number: &str, currency: &str) -> Money {
        Money::parse(number, casework::Currency::parse(currency).unwrap()).unwrap()
    }

    #[test]
    fn dates_and_sums_follow_the_language() {
        let date = jiff::civil::date(2026, 3, 9);
        let sum = money("1234.56", "EUR");
        let written: Vec<String> = Language::ALL
            .into_iter()
            .map(|l| format!("{} | {}", l.convention().date(date, false), l.convention().money(sum)))
            .collect();
        assert_eq!(
            written,
            [
                "9 March 2026 | €1,234.56",
                "9. März 2026 | 1.234,56 €",
                "9 mars 2026 | 1\u{202f}234,56 €",
                "9 de marzo de 2026 | 1.234,56 €"
            ]
        );
        assert_eq!(Language::En.convention().date(date, true), "March 9, 2026");
        assert_eq!(Language::En.convention().money(money("5000", "JPY")), "¥5,000");
        assert_eq!(Language::En.convention().money(money("50", "SEK")), "SEK 50");
    }

    #[test]
    fn every_convention_names_every_channel_and_rung() {
        for language in Language::ALL {
            let convention = language.convention();
            for channel in ladder::Channel::ALL {
                assert!(convention.channels.contains_key(channel.id()), "{language:?}: {}", channel.id());
            }
            for rung in ladder::Rung::ALL {
                assert!(convention.rungs.contains_key(rung.id()), "{language:?}: {}", rung.id());
            }
            assert_eq!(convention.months.len(), 12, "{language:?}");
        }
    }
}

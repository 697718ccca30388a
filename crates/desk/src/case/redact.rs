//! Masking for sharing: account numbers, addresses and names of private people, in every text of a case.
//!
//! What a company publishes stays: its addresses and numbers of the pinned ladder are nobody's secret. Everything else
//! that has the form of an address, a number or a mailbox goes, and so does every name that the case knows.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use casework::{By, State};
use regex::Regex;
use serde_json::Value;

use super::draft::Me;

static MAIL: LazyLock<Regex> = LazyLock::new(|| regex(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"));
static IBAN: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b"));
static DIGITS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\+?\(?\d[\d ()/.-]{4,}\d|\b[A-Z]{1,4}[-/ ]?\d{4,}\b"));
static STREET: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:flat|apt\.?|unit) \w{1,5},? |\b\d{1,5}[a-z]?,? (?:\p{L}+[ -]){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|place|way|terrace|crescent|gardens|square|boulevard|blvd|rue)\b\.?|\b\p{L}+(?:straße|strasse|str\.|weg|gasse|platz|allee) \d{1,4}[a-z]?\b|\b(?:rue|avenue|boulevard|calle|via|plaza) (?:\p{L}+ ){0,3}\p{L}+,? \d{1,4}\b|\b\d{1,4},? (?:rue|avenue|boulevard) (?:\p{L}+ ){0,3}\p{L}+",
    )
});
static POSTCODE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2} \d{5}(?:-\d{4})?\b|\b[ABCEGHJ-NPR-TVXY]\d[A-Z] ?\d[A-Z]\d\b|\b\d{5} \p{Lu}\p{Ll}+\b",
    )
});
static DATE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\d{4}-\d{2}-\d{2}$|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$"));

/// A name that a text tells as one: by a title, or as that of somebody who was spoken to. It is masked wherever it stands.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?i:(?:spoke|talked|speaking|talking) (?:with|to)|gesprochen mit|parlé (?:à|avec)|hablé con|mr|mrs|ms|miss|mx|herrn?|frau|madame|mme|monsieur|señora?)\.? (\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){0,2})",
    )
});

/// A word in capitals beside a name that was masked: the rest of that name.
static BESIDE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(\p{L}+ )(\p{Lu}\p{Ll}+) \[name\]|\[name\] (\p{Lu}\p{Ll}+)"));

/// A day of birth.
static BORN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(born(?: on)?|date of birth:?|d\.?o\.?b\.?:?|geboren(?: am)?|geb\.(?: am)?|geburtsdatum:?|geburtstag:?|née? le|nacid[oa] el) (?:\p{L}+\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}[a-z]{0,2}\.?[ /.-]\p{L}*\d*\.?[ /.-]?\d{2,4}|\d{4}-\d{2}-\d{2})",
    )
});

static SUM: LazyLock<Regex> = LazyLock::new(|| regex(r"^\d{1,6}\.\d{1,2}$"));

/// Forms of address.
const TITLES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Dear", "Herr", "Herrn", "Frau", "Madame", "Monsieur", "Señor",
    "Señora",
];

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a test reads with every pattern")
}

/// What is masked in a case.
#[derive(Debug)]
pub(super) struct Redaction {
    /// Names of people, whole and in parts, the longest first.
    names: Vec<String>,
    /// Lines of the customer's address.
    lines: Vec<String>,
    /// Numbers by which the matter is found.
    references: Vec<String>,
    /// What the company publishes.
    published: BTreeSet<String>,
    /// The words of the company's name, in small letters.
    company: BTreeSet<String>,
}

impl Redaction {
    /// Gathers what a case and its customer give away.
    pub(super) fn of(state: &State, me: &Me) -> Self {
        let mut names = BTreeSet::new();
        let mut add = |name: &str| {
            // A role is no name: `billing` says who it was without saying who.
            let roles = [
                "billing",
                "complaints",
                "supervisor",
                "manager",
                "support",
                "team",
                "agent",
                "service",
                "adviser",
                "advisor",
                "care",
                "customer",
                "services",
                "department",
                "desk",
                "the",
                "your",
            ];
            for part in name.split(',').next().unwrap_or_default().split_whitespace() {
                let plain = part.trim_matches(|c: char| !c.is_alphanumeric());
                if plain.chars().count() >= 3 && !roles.contains(&plain.to_lowercase().as_str()) {
                    names.insert(plain.to_owned());
                }
            }
        };
        me.name.iter().for_each(|name| add(name));
        if let Some(authority) = &state.authority {
            add(&authority.to);
            authority.from.iter().for_each(|client| add(client));
        }
        state.log.iter().filter_map(|line| line.entry.person.as_deref()).for_each(&mut add);
        let facts = [&state.facts.what, &state.facts.impact, &state.facts.agreed];
        let texts = state.log.iter().map(|line| line.entry.text.as_str());
        for text in texts.chain(facts.into_iter().filter_map(|text| text.as_deref())) {
            NAMED.captures_iter(text).for_each(|found| add(&found[1]));
        }
        let company: BTreeSet<String> =
            state.facts.company.split_whitespace().map(str::to_lowercase).collect();
        let mut names: Vec<String> =
            names.into_iter().filter(|name| !company.contains(&name.to_lowercase())).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let mut published = BTreeSet::new();
        if let Some((ladder, _)) = &state.ladder {
            let contacts = ladder["contacts"].as_array().map(Vec::as_slice).unwrap_or_default();
            published
                .extend(contacts.iter().filter_map(|contact| contact["value"].as_str().map(str::to_owned)));
        }
        for line in state.log.iter().filter(|line| line.entry.by != By::Customer) {
            published.retain(|value| Some(value) != line.entry.reference.as_ref());
        }
        Self {
            names,
            lines: me.address.iter().filter(|line| line.chars().count() >= 4).cloned().collect(),
            references: state.references.iter().filter(|number| number.len() >= 3).cloned().collect(),
            published,
            company,
        }
    }

    /// Masks a text.
    pub(super) fn text(&self, text: &str) -> String {
        if self.published.contains(text) || DATE.is_match(text) {
            return text.to_owned();
        }
        let mut text = text.to_owned();
        for line in &self.lines {
            text = text.replace(line.as_str(), "[address]");
        }
        for number in &self.references {
            text = text.replace(number.as_str(), "[number]");
        }
        let keep = |found: &regex::Captures<'_>, mask: &str| {
            let words = &found[0];
            if self.published.contains(words) { words.to_owned() } else { mask.to_owned() }
        };
        text = MAIL.replace_all(&text, |found: &regex::Captures<'_>| keep(found, "[e-mail]")).into_owned();
        text = IBAN.replace_all(&text, "[number]").into_owned();
        text = BORN.replace_all(&text, "$1 [date]").into_owned();
        text = STREET.replace_all(&text, "[address]").into_owned();
        text = POSTCODE.replace_all(&text, "[address]").into_owned();
        text = DIGITS
            .replace_all(&text, |found: &regex::Captures<'_>| {
                // A bracket before it is no part of it.
                let words = found[0].trim_start_matches('(');
                let digits = words.chars().filter(char::is_ascii_digit).count();
                // Days and sums are what the case is about.
                let day = DATE.is_match(words.trim()) || SUM.is_match(words.trim());
                if day || digits < 5 { found[0].to_owned() } else { keep(found, "[number]") }
            })
            .into_owned();
        for name in &self.names {
            text = replace_word(&text, name, "[name]");
        }
        BESIDE
            .replace_all(&text, |found: &regex::Captures<'_>| {
                match (found.get(1), found.get(2), found.get(3)) {
                    // A form of address says nothing of who it is.
                    (_, Some(word), _) | (_, _, Some(word))
                        if TITLES.contains(&word.as_str())
                            || self.company.contains(&word.as_str().to_lowercase()) =>
                    {
                        found[0].to_owned()
                    }
                    (Some(before), ..) => format!("{}[name] [name]", before.as_str()),
                    _ => "[name] [name]".to_owned(),
                }
            })
            .into_owned()
    }

    /// Adds what bodies outside publish: it is nobody's secret either.
    pub(super) fn publish(&mut self, values: impl IntoIterator<Item = String>) {
        self.published.extend(values);
    }

    /// Masks every text of a value.
    pub(super) fn value(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.text(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.value(item)),
            Value::Object(fields) => fields.values_mut().for_each(|field| self.value(field)),
            _ => {}
        }
    }
}

/// Replaces a word in any letter case where it stands alone.
fn replace_word(text: &str, word: &str, with: &str) -> String {
    let Ok(pattern) = Regex::new(&format!(r"(?i)\b{}\b", regex::escape(word))) else {
        return text.to_owned();
    };
    pattern.replace_all(text, with).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_a_text_tells_as_one_is_found_and_a_desk_is_none() {
        let names = |text: &str| -> Vec<String> {
            NAMED.captures_iter(text).map(|found| found[1].to_owned()).collect()
        };
        assert_eq!(names("Spoke with Jane Doe of the bank; then Mrs. O'Neill rang"), ["Jane Doe", "O'Neill"]);
        assert_eq!(names("mit Frau Özdemir, später Herrn Weiß"), ["Özdemir", "Weiß"]);
        assert!(names("spoke to the desk; Msgr and the missus; talked to them").is_empty());
    }

    #[test]
    fn what_names_a_person_goes_and_what_the_case_is_about_stays() {
        let redaction = Redaction {
            names: vec!["Hill".into(), "Ana".into(), "Jo".into()],
            lines: vec!["7 Elm Row".into()],
            references: vec!["BW-40417".into()],
            published: ["care@brightwell.example".to_owned(), "+441632960441".to_owned()].into(),
            company: ["brightwell".to_owned()].into(),
        };
        for (text, want) in [
            ("Ana Hill of 7 Elm Row wrote about BW-40417", "[name] [name] of [address] wrote about [number]"),
            (
                "write to ana.h@mail.example or care@brightwell.example",
                "write to [e-mail] or care@brightwell.example",
            ),
            (
                "rang 020 7946 0123 on 2026-03-04 about GBP 120.50",
                "rang [number] on 2026-03-04 about GBP 120.50",
            ),
            ("pay to GB33 BUKB 2020 1555 5555 55", "pay to [number]"),
            ("at 12 Station Road, AB1 2CD", "at [address], [address]"),
            ("in der Lindenstraße 14 wohnhaft", "in der [address] wohnhaft"),
            ("+441632960441", "+441632960441"),
            ("The hilltop stays", "The hilltop stays"),
            ("my mother Rosalind Hill and Ms Hill", "my mother [name] [name] and Ms [name]"),
            (
                "born 3 May 1961, counted from then (2026-09-01): ends",
                "born [date], counted from then (2026-09-01): ends",
            ),
            ("born May 3, 1961 in Leeds", "born [date] in Leeds"),
            ("Date of birth: May 3rd, 1961", "Date of birth: [date]"),
            ("geb. 03.05.1961, geb. am 3. Mai 1961", "geb. [date], geb. am [date]"),
            ("Geburtstag: 3. Mai 1961", "Geburtstag: [date]"),
        ] {
            assert_eq!(redaction.text(text), want);
        }
    }
}

//! Keys: the forms in which a number, mailbox, web address or postal address is looked up.
//!
//! Numbers are kept by their digits from behind, so that one typed without its country finds the whole one. A mailbox and
//! a web address are found as they are and by their host; a postal address by its beginning and by its words with a digit
//! (house number and street, postcode).

use ladder::{Channel, Link};

use crate::names;

/// The fewest digits by which a number is looked up.
const FEWEST: usize = 6;
/// The longest beginning of a postal address that is kept.
const FRONT: usize = 80;

/// Returns the keys under which a contact is found.
#[must_use]
pub fn of(channel: Channel, value: &str) -> Vec<String> {
    match channel {
        Channel::Email => {
            let lower = value.to_lowercase();
            let host = lower.rsplit('@').next().map(|host| format!("d{host}"));
            [Some(format!("e{lower}")), host].into_iter().flatten().collect()
        }
        Channel::Postal | Channel::InPerson if !value.starts_with("http") => postal(value),
        _ => match Link::parse(value) {
            Ok(link) => {
                let key = link.key();
                let host = key.split('/').next().unwrap_or_default().to_owned();
                vec![format!("u{key}"), format!("d{host}")]
            }
            Err(_) => {
                let digits = backwards(value);
                if digits.is_empty() { Vec::new() } else { vec![format!("n{digits}")] }
            }
        },
    }
}

/// Returns the keys of a postal address.
fn postal(value: &str) -> Vec<String> {
    let folded = names::fold(value);
    let squashed: String = folded.replace(' ', "").chars().take(FRONT).collect();
    let mut keys = vec![format!("p{squashed}")];
    let words: Vec<&str> = folded.split(' ').collect();
    let has_digit = |word: &str| word.chars().any(|c| c.is_ascii_digit());
    for (at, word) in words.iter().enumerate() {
        if !has_digit(word) {
            continue;
        }
        if word.len() >= 4 {
            keys.push(format!("q{word}"));
        }
        if let Some(next) = words.get(at + 1) {
            keys.push(format!("q{word}{next}"));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Returns the digits of a number from behind.
fn backwards(value: &str) -> String {
    value.chars().rev().filter(char::is_ascii_digit).collect()
}

/// What was typed to be looked up.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Typed {
    /// A number: its digits from behind, without the zeros before it.
    Number(String),
    /// A mailbox.
    Mailbox(String),
    /// A web address with a path, in the form of [`Link::key`].
    Link(String),
    /// A domain.
    Host(String),
    /// A postal address or anything else with a digit.
    Postal(String),
    /// Words.
    Words,
}

/// Tells what was typed.
#[must_use]
pub fn of_typed(text: &str) -> Typed {
    let text = text.trim();
    let bare = ["tel:", "mailto:", "sms:"].iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or(text);
    if let Some((local, host)) = bare.split_once('@')
        && !local.is_empty()
        && host.contains('.')
        && !bare.contains(char::is_whitespace)
    {
        return Typed::Mailbox(bare.to_lowercase());
    }
    if let Some(host) = names::host_of(bare)
        && !bare.contains(char::is_whitespace)
    {
        let full = if bare.contains("://") { bare.to_owned() } else { format!("https://{bare}") };
        return match Link::parse(&full).map(|link| link.key()) {
            Ok(key) if key.contains('/') => Typed::Link(key),
            _ => Typed::Host(host),
        };
    }
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    let digits = backwards(bare);
    let without_zeros = digits.trim_end_matches('0');
    if letters == 0 && without_zeros.len() >= FEWEST {
        return Typed::Number(without_zeros.to_owned());
    }
    if !digits.is_empty() && letters > 0 && (bare.contains(' ') || digits.len() >= 3) {
        return Typed::Postal(names::fold(bare).replace(' ', ""));
    }
    Typed::Words
}

impl Typed {
    /// Returns whether a contact is the one typed.
    #[must_use]
    pub fn is_of(&self, channel: Channel, value: &str) -> bool {
        let keys = of(channel, value);
        match self {
            Self::Number(digits) => keys
                .iter()
                .filter_map(|key| key.strip_prefix('n'))
                .any(|key| digits.len() >= FEWEST && (key.starts_with(digits.as_str()) || digits == key)),
            Self::Mailbox(mailbox) => keys.iter().any(|key| key.strip_prefix('e') == Some(mailbox)),
            Self::Link(link) => keys.iter().any(|key| key.strip_prefix('u') == Some(link)),
            Self::Host(host) => {
                keys.iter().filter_map(|key| key.strip_prefix('d')).any(|key| names::lies_under(key, host))
            }
            Self::Postal(squashed) => keys.iter().any(|key| {
                key.strip_prefix('q') == Some(squashed)
                    || key.strip_prefix('p').is_some_and(|p| {
                        let front: String = squashed.chars().take(FRONT).collect();
                        squashed.len() >= FEWEST && p.starts_with(&front)
                    })
            }),
            Self::Words => false,
        }
    }

    /// Returns the first key and the first one after, between which the contacts stand that may be it; `None` for words.
    #[must_use]
    pub fn range(&self) -> Option<(String, String)> {
        let (mark, from) = match self {
            Self::Number(digits) => ('n', digits),
            Self::Mailbox(mailbox) => ('e', mailbox),
            Self::Link(link) => ('u', link),
            Self::Host(host) => ('d', host),
            Self::Postal(squashed) => ('p', squashed),
            Self::Words => return None,
        };
        Some(match self {
            Self::Number(_) => (format!("{mark}{from}"), format!("{mark}{from}~")),
            Self::Postal(_) => {
                let front: String = from.chars().take(FRONT).collect();
                (format!("{mark}{front}"), format!("{mark}{front}\u{10ffff}"))
            }
            _ => (format!("{mark}{from}"), format!("{mark}{from}\0")),
        })
    }

    /// Returns a text that a contact in JSON must contain to be it; `None` where nothing can be said.
    #[must_use]
    pub fn needle(&self) -> Option<String> {
        match self {
            // The first digits are those typed last; a number may be printed with signs between them only outside of JSON.
            Self::Number(digits) => Some(digits.chars().take(7).collect::<String>().chars().rev().collect()),
            Self::Mailbox(mailbox) => Some(mailbox.clone()),
            Self::Link(link) => link.split('/').next().map(str::to_owned),
            Self::Host(host) => Some(host.clone()),
            Self::Postal(_) => Some(String::new()),
            Self::Words => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_it_is_typed_the_contact_is_found() {
        for (typed, channel, value, is) in [
            ("1-800-555-0100", Channel::Phone, "+18005550100", true),
            ("(800) 555 0100", Channel::Phone, "+18005550100", true),
            ("0808 157 0100", Channel::Phone, "+448081570100", true),
            ("0044 808 157 0100", Channel::Phone, "+448081570100", true),
            ("800 555 0101", Channel::Phone, "+18005550100", false),
            ("HELP@Acme.example", Channel::Email, "help@acme.example", true),
            ("mailto:help@acme.example", Channel::Email, "help@acme.example", true),
            ("acme.example", Channel::Email, "help@acme.example", true),
            ("www.acme.example/help/", Channel::Form, "https://acme.example/help", true),
            ("https://acme.example/other", Channel::Form, "https://acme.example/help", false),
            ("1 Main Street", Channel::Postal, "1 Main Street, Town, NY 10001", true),
            ("Acme Ltd, 1 Main", Channel::Postal, "Acme Ltd, 1 Main Street, Town", true),
            ("2 Main Street", Channel::Postal, "1 Main Street, Town, NY 10001", false),
        ] {
            assert_eq!(of_typed(typed).is_of(channel, value), is, "{typed}: {:?}", of_typed(typed));
        }
    }

    #[test]
    fn what_is_it_lies_in_the_range_of_keys() {
        for (typed, channel, value) in [
            ("1-800-555-0100", Channel::Phone, "+18005550100"),
            ("help@acme.example", Channel::Email, "help@acme.example"),
            ("acme.example/help", Channel::Form, "https://www.acme.example/help/"),
            ("Acme Ltd, 1 Main", Channel::Postal, "Acme Ltd, 1 Main Street, Town"),
        ] {
            let (from, to) = of_typed(typed).range().unwrap();
            assert!(of(channel, value).iter().any(|key| (&from..&to).contains(&key)), "{typed}");
        }
    }
}

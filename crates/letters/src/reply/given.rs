//! What a reply gives: references, names, contact points, each as it is written.

use std::sync::LazyLock;

use regex::bytes::{Regex, RegexBuilder};
use serde::Serialize;

use crate::fold::Folded;

/// What a reply gives.
#[derive(Clone, Debug, Default, Serialize, schemars::JsonSchema)]
pub struct Given {
    /// Reference, case and order numbers.
    pub references: Vec<String>,
    /// Names of people: the signature, and those named as handling the case.
    pub names: Vec<String>,
    /// Contact points, as written; a number in a reply is a witness, not yet a proof that it is theirs.
    pub contacts: Vec<Contact>,
}

/// A contact point in a reply.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Contact {
    /// `phone`, `email` or `web`.
    pub channel: &'static str,
    /// The number or address as written.
    pub value: String,
}

/// Compiles one of our own patterns.
fn pattern(text: &str) -> Regex {
    RegexBuilder::new(text).unicode(false).build().expect("a test reads with every pattern")
}

static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:reference|ref|case|complaint|claim|ticket|order|booking|incident|account|policy|referenz|vorgang|vorgangsnummer|aktenzeichen|auftrag|auftragsnummer|bestellung|bestellnummer|kundennummer|dossier|commande|reclamo|pedido|expediente)(?: (?:number|no|nr|id|code|reference|ref)\b)?\.?(?: is| lautet| est| es|:| #| n[or]?\b\.?)* ?#?((?:[a-z]{1,6}[-/])?[a-z0-9]*\d[a-z0-9/-]{2,18})",
    )
});
static PHONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:\+\d{1,3}[ (]?|\b0|\b1[- ]|\b\(?\d{3}\)?[- ])[\d ()./-]{6,16}\d"));
static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+"));
static WEB: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:https?://|\bwww\.)[^\s<>()]+[a-z0-9/]"));
static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:regards|wishes|sincerely|faithfully|thanks|cheers|grussen|gruss|cordialement|salutations|saludos|atentamente|cordial saludo),? +(?:mr |mrs |ms |dr )?([a-z][a-z'-]+(?: [a-z][a-z'-]+)?)|(?:\^|\*| - |[.!?] |/)([a-z]{3,14})$|(?:allocated|assigned|passed) to ([a-z][a-z'-]+ [a-z][a-z'-]+)|my name is ([a-z][a-z'-]+(?: [a-z][a-z'-]+)?)",
    )
});

/// Reads what a reply gives.
pub(super) fn read(text: &Folded<'_>) -> Given {
    let mut given = Given::default();
    let bytes = &text.bytes;
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for (channel, pattern) in [("email", &EMAIL), ("web", &WEB), ("phone", &PHONE)] {
        for found in pattern.find_iter(bytes).take(50) {
            let digits = bytes[found.start()..found.end()].iter().filter(|b| b.is_ascii_digit()).count();
            let overlaps = taken.iter().any(|(a, b)| *a < found.end() && found.start() < *b);
            if overlaps || channel == "phone" && !(7..=15).contains(&digits) {
                continue;
            }
            taken.push((found.start(), found.end()));
            let contact = Contact { channel, value: text.quote(found.start(), found.end()).to_owned() };
            if !given.contacts.contains(&contact) {
                given.contacts.push(contact);
            }
        }
    }
    for found in REFERENCE.captures_iter(bytes).take(20) {
        if let Some(number) =
            found.get(1).filter(|n| !taken.iter().any(|(a, b)| *a < n.end() && n.start() < *b))
        {
            push(&mut given.references, text.quote(number.start(), number.end()));
        }
    }
    for found in SIGNED.captures_iter(bytes).take(10) {
        if let Some(name) = (1..=4).find_map(|group| found.get(group)) {
            // A name begins with a capital in the text as written.
            let quote = text.quote(name.start(), name.end());
            let words: Vec<&str> =
                quote.split(' ').take_while(|w| w.chars().next().is_some_and(char::is_uppercase)).collect();
            push(&mut given.names, &words.join(" "));
        }
    }
    given
}

/// Adds a value once.
fn push(values: &mut Vec<String>, value: &str) {
    if !value.is_empty() && !values.iter().any(|known| known == value) {
        values.push(value.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_gives_its_reference_its_writer_and_its_ways() {
        let text = "Your reference is CMP-20418. Ring 01632 960441 or write to care@brightwell.example or see https://brightwell.example/help. Kind regards, Ana Reed";
        let given = read(&Folded::new(text));
        assert_eq!(given.references, ["CMP-20418"]);
        assert_eq!(given.names, ["Ana Reed"]);
        let contacts: Vec<(&str, &str)> =
            given.contacts.iter().map(|c| (c.channel, c.value.as_str())).collect();
        assert_eq!(
            contacts,
            [
                ("email", "care@brightwell.example"),
                ("web", "https://brightwell.example/help"),
                ("phone", "01632 960441")
            ]
        );
    }
}

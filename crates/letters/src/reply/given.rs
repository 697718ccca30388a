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
    /// Of those people, what each is there, where the reply says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// Contact points, as written; a number in a reply is a witness, not yet a proof that it is theirs.
    pub contacts: Vec<Contact>,
}

/// What somebody is at the company.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Role {
    /// The name, as among the names.
    pub name: String,
    /// The role as written: "Complaints Manager".
    pub role: String,
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
/// What a customer is asked to quote: a number that needs no other name.
static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:quot(?:e|ing)|cit(?:e|ing)|unter angabe von|(?:geben|nennen) sie(?: bitte| dabei)*|en (?:rappelant|indiquant|precisant)|(?:rappelez|indiquez|indicando|citando|indique))(?: (?:always|please|the|this|our|your|number|no|code|die|den|das|nummer|le|la|numero|el|su))*:? #?((?:[a-z]{1,6}[-/])[a-z0-9]*\d[a-z0-9/-]{1,18}|\d{4,18})\b",
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

/// Words by which a role ends, or with what it goes on.
const ROLE: &str = r"(?:(?:head|director|manager|chief|leader|leiter|leiterin|jefe|jefa|directeur|directrice|responsable|directora) (?:of|for|der|des|du|de la|de|del) (?:the )?[a-z-]+(?: [a-z-]+)?|(?:[a-z-]+ ){0,3}?(?:manager|director|officer|advis[eo]r|handler|executive|specialist|representative|supervisor|assistant|secretary|coordinator|adjuster|engineer|leiter(?:in)?|sachbearbeiter(?:in)?|geschaftsfuhrer(?:in)?|kundenbetreuer(?:in)?|conseill(?:er|ere)|gestionnaire|directeur|directrice|responsable|directora|gerente|agente))";
static ROLE_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(r"^(?:,? (?:our |the |unsere?r? |notre |nuestr[oa] )?| ?- ?| \()({ROLE})\b"))
});
static ROLE_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"\b(?:our|the|unsere?r?n?|notre|nuestr[oa]|der|die|le|la|el) ({ROLE}),? (mr |mrs |ms |dr |herr |herrn |frau |m\. |mme |sr\. |sra\. )?([a-z][a-z'-]+(?: [a-z][a-z'-]+)?)"
    ))
});
static NAME_WITH_ROLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"\b([a-z][a-z'-]+ [a-z][a-z'-]+), (?:our |the |unsere?r? |notre |nuestr[oa] )({ROLE})\b"
    ))
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
    for found in REFERENCE.captures_iter(bytes).chain(QUOTED.captures_iter(bytes)).take(20) {
        if let Some(number) =
            found.get(1).filter(|n| !taken.iter().any(|(a, b)| *a < n.end() && n.start() < *b))
        {
            push(&mut given.references, text.quote(number.start(), number.end()));
        }
    }
    for found in SIGNED.captures_iter(bytes).take(10) {
        if let Some(place) = (1..=4).find_map(|group| found.get(group)) {
            let Some((name, end)) = named(text, place.start(), place.end()) else { continue };
            let role = ROLE_BEHIND.captures(&bytes[end..]).and_then(|role| role.get(1));
            given.person(name, role.map(|role| text.quote(end + role.start(), end + role.end())));
        }
    }
    for found in ROLE_BEFORE.captures_iter(bytes).take(10) {
        let (Some(role), Some(place)) = (found.get(1), found.get(3)) else { continue };
        // What begins on another line than the role is another matter.
        let on_one_line = !text.text[text.place(role.end(), place.end())].contains(['\n', '\r']);
        let addressed = found.get(2).is_some();
        let name = named(text, place.start(), place.end()).map(|(name, _)| name);
        if let Some(name) = name.filter(|name| on_one_line && (addressed || is_full_name(name))) {
            given.person(name, Some(text.quote(role.start(), role.end())));
        }
    }
    for found in NAME_WITH_ROLE.captures_iter(bytes).take(10) {
        let (Some(place), Some(role)) = (found.get(1), found.get(2)) else { continue };
        let name = named(text, place.start(), place.end()).map(|(name, _)| name);
        if let Some(name) = name.filter(|name| is_full_name(name)) {
            given.person(name, Some(text.quote(role.start(), role.end())));
        }
    }
    given
}

impl Given {
    /// Adds somebody, and what they are where that is said.
    fn person(&mut self, name: &str, role: Option<&str>) {
        push(&mut self.names, name);
        if let Some(role) = role.filter(|_| !self.roles.iter().any(|known| known.name == name)) {
            self.roles.push(Role { name: name.to_owned(), role: role.to_owned() });
        }
    }
}

/// Returns the name at a place, and where it ends: a name begins with a capital in the text as written, and a role is none.
fn named<'t>(text: &Folded<'t>, start: usize, end: usize) -> Option<(&'t str, usize)> {
    let quote = text.quote(start, end);
    let mut length = 0;
    for word in quote.split(' ') {
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        if !capital || NO_NAMES.contains(&word.to_lowercase().as_str()) {
            break;
        }
        length += word.len() + usize::from(length > 0);
    }
    let name = quote.get(..length).filter(|name| !name.is_empty())?;
    // Folding may write a letter as two, so that the end is counted anew.
    Some((name, start + Folded::new(name).bytes.len()))
}

/// Returns whether a name is of two words and neither is one of a department, a firm or an address: a single word with a capital beside a
/// role may be anything, in German every noun.
fn is_full_name(name: &str) -> bool {
    let mut words = name.split(' ').map(str::to_lowercase);
    let (first, second) = (words.next(), words.next());
    second.is_some() && first.iter().chain(&second).all(|word| !is_of_body_or_place(word))
}

/// Returns whether a word in small letters is one of a department, a firm or an address.
fn is_of_body_or_place(word: &str) -> bool {
    BODIES_AND_PLACES.contains(&word) || COMPOUNDS.iter().any(|end| word.ends_with(end))
}

/// Words of departments, firms and addresses that stand behind a role as a name does. A few are surnames too: a missed name costs less than
/// a wrong one.
#[rustfmt::skip]
const BODIES_AND_PLACES: [&str; 66] = [
    "accounts", "billing", "branch", "care", "center", "centre", "claims", "compliance", "department", "desk", "division", "executive",
    "legal", "office", "operations", "protection", "relations", "resolution", "resolutions", "sales", "services", "unit",
    "bank", "energy", "gmbh", "group", "inc", "insurance", "limited", "llc", "ltd", "plc",
    "avenue", "box", "building", "court", "drive", "floor", "house", "lane", "road", "square", "street", "suite", "tower",
    "beschwerden", "haus", "platz", "recht", "vertrieb",
    "clientèle", "direction", "département", "réclamations", "boulevard", "immeuble", "rue",
    "atención", "departamento", "oficina", "reclamaciones", "servicio", "avenida", "calle", "edificio", "plaza",
];

/// How German compounds of this kind end.
const COMPOUNDS: [&str; 7] =
    ["abteilung", "betreuung", "dienst", "management", "service", "strasse", "straße"];

/// Words with a capital that stand where a name might, and are none.
#[rustfmt::skip]
const NO_NAMES: [&str; 61] = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
    "i", "we", "you", "he", "she", "it", "they", "our", "this", "ich", "wir", "sie", "ihre", "ihrer", "ihren", "nous", "vous", "nosotros",
    "usted",
    "customer",
    "complaints",
    "the",
    "your",
    "team",
    "service",
    "support",
    "head",
    "director",
    "manager",
    "kundenservice",
    "service-client",
    "atencion",
    "ihr",
];

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
        for (text, number) in [
            ("Please quote AB-4471 when you write.", "AB-4471"),
            ("Bitte melden Sie sich unter Angabe von KD-88120.", "KD-88120"),
            ("Merci de répondre en rappelant le numéro 20417.", "20417"),
        ] {
            assert_eq!(read(&Folded::new(text)).references, [number], "{text}");
        }
        assert!(read(&Folded::new("Please quote your price for 40 tiles.")).references.is_empty());
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

    #[test]
    fn who_is_named_with_a_role_keeps_it() {
        for (text, name, role) in [
            (
                "We are sorry. Kind regards, Ana Reed, Complaints Manager",
                "Ana Reed",
                Some("Complaints Manager"),
            ),
            (
                "We are sorry.\n\nYours sincerely,\nAna Reed\nHead of Customer Care",
                "Ana Reed",
                Some("Head of Customer Care"),
            ),
            (
                "Your file is with our claims adjuster, Lena Moss, who will call.",
                "Lena Moss",
                Some("claims adjuster"),
            ),
            ("Lena Moss, our branch manager, will ring you.", "Lena Moss", Some("branch manager")),
            (
                "Es tut uns leid. Mit freundlichen Grüßen, Jörg Weiß, Leiter der Kundenbetreuung",
                "Jörg Weiß",
                Some("Leiter der Kundenbetreuung"),
            ),
            ("Cordialement, Anne Petit, Responsable clientèle", "Anne Petit", Some("Responsable")),
            ("Thanks for waiting. Kind regards, Ana Reed", "Ana Reed", None),
        ] {
            let given = read(&Folded::new(text));
            assert_eq!(given.names, [name], "{text}");
            let told = given.roles.first().map(|role| (role.name.as_str(), role.role.as_str()));
            assert_eq!(told, role.map(|role| (name, role)), "{text}");
        }
        for text in
            ["Ask our claims adjuster Mr Lane about it.", "Fragen Sie unsere Leiterin Frau Lane danach."]
        {
            assert_eq!(read(&Folded::new(text)).names, ["Lane"], "{text}");
        }
        let none = read(&Folded::new("Our manager will look into it. Kind regards, Customer Service Team"));
        assert!(none.names.is_empty() && none.roles.is_empty(), "{none:?}");
    }

    #[test]
    fn a_word_with_a_capital_beside_a_role_is_not_yet_a_name() {
        for text in [
            "You can write to our Complaints Manager\nWe aim to respond within a week",
            "You can write to our Complaints Manager \r\n\r\nWe Aim To Please",
            "Ask for the branch manager Monday to Friday.",
            "Ask for the branch manager, Monday Friday or Sunday.",
            "Write to The Manager, Claims Department, Harbour Way 1.",
            "Write to The Manager, Brightwell Insurance.",
            "Write to our data protection officer, Acme House, Leeds.",
            "Zuständig ist unsere Leiterin Beschwerdemanagement.",
            "Zuständig ist unsere Leiterin Beschwerdemanagement Nord.",
            "Écrivez à notre responsable, Direction Clientèle.",
            "Monday evening, our branch manager will ring you.",
            "Acme House, our manager will be there.",
        ] {
            let given = read(&Folded::new(text));
            assert!(given.names.is_empty() && given.roles.is_empty(), "{text} {given:?}");
        }
    }
}

//! The contact points as vCard 4.0 (RFC 6350), one card a contact point on a rung, for an address book.

use std::fmt::Write as _;

use ladder::Channel;

use crate::answer::{ContactView, FindAnswer};

/// Writes a card for each contact point of the ladder. Lines end with CR LF and are folded at 75 octets.
#[must_use]
pub fn of(answer: &FindAnswer) -> String {
    let company = answer.company.name.as_deref().unwrap_or(&answer.asked.company);
    let mut out = String::new();
    for step in &answer.steps {
        for &at in &step.contacts {
            card(&mut out, &answer.contacts[at], &step.name, company);
        }
    }
    out
}

/// Writes one card.
fn card(out: &mut String, contact: &ContactView, rung: &str, company: &str) {
    let organisation = if contact.party == "company" { company } else { &contact.party };
    let name = contact.person.as_deref().or(contact.label.as_deref()).unwrap_or(rung);
    let mut line = |text: String| fold(out, &text);
    line("BEGIN:VCARD".into());
    line("VERSION:4.0".into());
    line("KIND:org".into());
    line(format!("FN:{}", escape(&format!("{organisation}: {name}"))));
    line(format!("ORG:{};{}", escape(organisation), escape(rung)));
    if let Some(title) = &contact.title {
        line(format!("TITLE:{}", escape(title)));
    }
    let value = escape(&contact.value);
    line(match contact.channel {
        Channel::Phone => format!("TEL;VALUE=uri;TYPE=voice:tel:{}{}", contact.value, extension(contact)),
        Channel::Textphone if contact.value.starts_with('+') => {
            format!("TEL;VALUE=uri;TYPE=textphone:tel:{}", contact.value)
        }
        Channel::Textphone => format!("TEL;TYPE=textphone:{value}"),
        Channel::Fax => format!("TEL;VALUE=uri;TYPE=fax:tel:{}", contact.value),
        Channel::Messaging if contact.value.starts_with('+') => {
            format!("TEL;VALUE=uri;TYPE=text:tel:{}", contact.value)
        }
        Channel::Email => format!("EMAIL:{value}"),
        Channel::Postal | Channel::InPerson => format!("ADR;LABEL=\"{}\":;;;;;;", parameter(&contact.value)),
        Channel::Form
        | Channel::Chat
        | Channel::Messaging
        | Channel::Social
        | Channel::App
        | Channel::Web => {
            format!("URL:{}", contact.value.replace(['\r', '\n'], ""))
        }
    });
    let mut note = format!("{rung}, confidence {:.0} %.", contact.confidence * 100.0);
    for more in contact.hours.iter().chain(&contact.cost_note).chain(&contact.notes) {
        let _ = write!(note, " {more}.");
    }
    if let Some(witness) = contact.witnesses.first() {
        let _ = write!(note, " Read at {} on {}.", witness.url, witness.seen.get(..10).unwrap_or_default());
    }
    line(format!("NOTE:{}", escape(&note)));
    line("END:VCARD".into());
}

/// Returns the extension as RFC 3966 spells it.
fn extension(contact: &ContactView) -> String {
    contact
        .extension
        .as_deref()
        .map_or_else(String::new, |digits| format!(";ext={}", digits.replace(' ', "")))
}

/// Escapes a text value (RFC 6350, 3.4).
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(',', "\\,")
        .replace(';', "\\;")
        .replace("\r\n", "\\n")
        .replace(['\r', '\n'], "\\n")
}

/// Escapes a parameter value (RFC 6868).
fn parameter(text: &str) -> String {
    text.replace('^', "^^").replace('"', "^'").replace(['\r', '\n'], "^n")
}

/// Appends a line, folded at 75 octets without splitting a character.
fn fold(out: &mut String, line: &str) {
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_and_unfold_to_themselves() {
        let line = "NOTE:".to_owned() + &"Größe, ".repeat(40);
        let mut out = String::new();
        fold(&mut out, &line);
        assert!(out.lines().all(|l| l.len() <= 75));
        assert_eq!(out.replace("\r\n ", ""), line + "\r\n");
    }

    #[test]
    fn a_value_cannot_open_a_line_of_its_own() {
        assert_eq!(escape("a\r\nTEL:1;2"), "a\\nTEL:1\\;2");
    }
}

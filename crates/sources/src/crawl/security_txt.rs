//! `security.txt` (RFC 9116): who takes reports of security holes.
//!
//! Its contacts are a team for one matter, so each is `specialist`: a customer with a stolen account can use them, one
//! with a wrong bill cannot. Signed files, missing `mailto:` and bare numbers are taken as people write them.

use ladder::{Channel, E164, Email, Finding, Link, Place, Reach, Rung, Sighting, Signal};

/// Contacts taken from one file.
const MOST: usize = 10;

/// The signal that puts a contact on its rung.
const SIGNAL: &str = "security-txt";

/// Reads a `security.txt`; `today` is a date such as `2026-11-22`, against which its `Expires` is held.
///
/// What is none (a page that says "not found") yields no contact.
#[must_use]
pub fn read(text: &str, today: &str) -> Finding {
    let fields = || {
        let lines =
            text.lines().take(500).map(str::trim).filter(|line| !line.starts_with('#') && line.len() <= 500);
        lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim()))
    };
    let first = |name: &str| fields().find(|(field, _)| field == name).map(|(_, value)| value.to_owned());
    let languages: Vec<String> = first("preferred-languages")
        .map(|list| list.split(',').filter_map(language).collect())
        .unwrap_or_default();
    let expired = first("expires").filter(|date| {
        date.len() >= 10 && date.is_char_boundary(10) && is_date(&date[..10]) && &date[..10] < today
    });
    let mut finding = Finding::default();
    for (_, value) in fields().filter(|(name, _)| name == "contact").take(MOST) {
        let Some(reach) = reach(value) else { continue };
        let mut sighting = Sighting::new(reach, format!("Contact: {value}"));
        sighting.rung = Some(Rung::Specialist);
        sighting.title = Some("security team".to_owned());
        sighting.label = Some("security.txt".to_owned());
        sighting.languages.clone_from(&languages);
        sighting.place = Place::Data;
        sighting.signals =
            vec![Signal { id: SIGNAL, rung: Some(Rung::Specialist), words: format!("Contact: {value}") }];
        sighting.notes.push("for reports of security holes".to_owned());
        if let Some(date) = &expired {
            sighting.notes.push(format!("the file expired on {}", &date[..10]));
        }
        finding.contacts.push(sighting);
    }
    finding
}

/// Returns the language of a tag.
fn language(tag: &str) -> Option<String> {
    let base = tag.trim().split('-').next()?.to_lowercase();
    (base.len() == 2 && base.bytes().all(|b| b.is_ascii_lowercase())).then_some(base)
}

/// Returns whether a text is a date such as `2026-11-22`.
fn is_date(text: &str) -> bool {
    text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() })
}

/// Returns what a `Contact` names.
fn reach(value: &str) -> Option<Reach> {
    let lower = value.to_ascii_lowercase();
    if let Some(address) = lower.strip_prefix("mailto:") {
        let bare = address.split('?').next().unwrap_or_default();
        return Email::parse(bare).ok().map(Reach::email);
    }
    if let Some(number) = lower.strip_prefix("tel:") {
        return E164::parse(number).ok().map(Reach::phone);
    }
    if lower.starts_with("http") {
        return Link::parse(value).ok().and_then(|link| Reach::link(Channel::Form, link).ok());
    }
    Email::parse(value).map(Reach::email).or_else(|_| E164::parse(value).map(Reach::phone)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_read_as_people_write_them() {
        let text = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n# mailto:not@this.example\nContact: mailto:Security@acme.example?subject=hole\n\
            contact: abuse@acme.example\nContact: tel:+44-20-7946-0018\nContact: https://acme.example/report\nContact: ask Bob\n\
            Preferred-Languages: en, de-AT\nExpires: 2020-01-01T00:00:00Z\n";
        let finding = read(text, "2026-11-22");
        let lines: Vec<String> = finding
            .contacts
            .iter()
            .map(|c| format!("{} {} {}", c.reach.channel().id(), c.reach.value(), c.notes.join("; ")))
            .collect();
        insta::assert_snapshot!(lines.join("\n"), @r"
        email security@acme.example for reports of security holes; the file expired on 2020-01-01
        email abuse@acme.example for reports of security holes; the file expired on 2020-01-01
        phone +442079460018 for reports of security holes; the file expired on 2020-01-01
        form https://acme.example/report for reports of security holes; the file expired on 2020-01-01
        ");
        assert!(
            finding.contacts.iter().all(|c| c.rung == Some(Rung::Specialist) && c.languages == ["en", "de"])
        );
        assert_eq!(read(text, "2019-11-22").contacts[0].notes.len(), 1);
    }

    #[test]
    fn a_page_in_its_place_yields_nothing() {
        assert!(read("<html><p>Contact us: page not found</p></html>", "2026-11-22").contacts.is_empty());
        assert!(read("", "2026-11-22").contacts.is_empty());
    }
}

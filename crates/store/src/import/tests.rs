//! What comes in is what went out, and what others publish is read for what it is.

use std::io::Write;

use ladder::SourceKind;
use proptest::prelude::*;

use super::*;
use crate::export;
use crate::record::{Company, Row};

const DAY: &str = "2026-11-28";

fn read_text(name: &str, text: &str) -> Imported {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    fs::write(&path, text).unwrap();
    read(&path, None, DAY).unwrap()
}

fn entry(name: &str, mailbox: &str, label: Option<&str>, rung: Option<&str>, kind: SourceKind) -> Entry {
    let row = serde_json::json!({
        "channel": "email", "value": format!("{mailbox}@acme.example"), "rung": rung, "label": label,
        "quote": "write to us", "url": "https://acme.example/contact", "kind": kind, "site": "acme.example",
        "seen": "2026-11-01T00:00:00Z", "stated": "2026-10-01",
    });
    Entry {
        company: Company {
            id: "acme".into(),
            name: name.into(),
            aliases: vec!["Acme Air".into(), "AA".into()],
            domains: vec!["acme.example".into()],
            website: Some("https://acme.example/".into()),
            ..Company::default()
        },
        contacts: vec![serde_json::from_value::<Row>(row).unwrap()],
        ..Entry::default()
    }
}

proptest! {
    #[test]
    fn export_and_import_are_the_identity(
        name in "[\\PC]{0,20}[a-z]{2}",
        mailbox in "[a-z]{1,10}",
        label in proptest::option::of("[=+@a-z'\"][\\PC]{0,20}[a-z]"),
        rung in proptest::option::of(proptest::sample::select(vec!["complaints", "off_ladder", "executive"])),
    ) {
        let name = name.trim().to_owned();
        let kind = SourceKind::OwnSite;
        let wanted = entry(&name, &mailbox, label.as_deref(), rung, kind);
        prop_assume!(!name.contains(export::LIST) && label.as_ref().is_none_or(|l| l.trim() == l));
        let lines = read_text("a.jsonl", &export::json_line(&wanted).unwrap());
        prop_assert_eq!(&lines.entries, &vec![wanted.clone()]);
        let rows = read_text("a.csv", &(export::csv_head() + &export::csv_rows(&wanted).unwrap()));
        prop_assert_eq!(&rows.entries, &vec![wanted]);
    }

    #[test]
    fn no_input_makes_it_panic(text in "\\PC{0,200}", name in proptest::sample::select(vec!["a.json", "a.csv", "a.jsonl", "a.jsonld"])) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        fs::write(&path, &text).unwrap();
        for format in Format::ALL {
            let _ = read(&path, Some(format), DAY);
        }
    }
}

#[test]
fn what_was_told_is_not_passed_on_unless_asked_for() {
    let told = entry("Acme", "told", None, None, SourceKind::Told);
    assert!(export::public(told.clone(), false).contacts.is_empty());
    assert_eq!(export::public(told.clone(), true).contacts.len(), 1);
    assert_eq!(export::organization(&told)["contactPoint"], serde_json::json!([]));
}

#[test]
fn a_file_makes_nothing_official_by_saying_so() {
    let mut sent = entry("Acme", "help", None, Some("executive"), SourceKind::OwnSite);
    sent.contacts[0].url = "https://elsewhere.example/acme".into();
    let imported = read_text("a.jsonl", &export::json_line(&sent).unwrap());
    assert_eq!(imported.entries[0].contacts[0].kind, SourceKind::Listing);
}

#[test]
fn an_organisation_in_json_ld_comes_back_as_a_listing() {
    let sent = entry("Acme", "help", Some("Customer care"), Some("complaints"), SourceKind::OwnSite);
    let graph =
        serde_json::json!({ "@context": "https://schema.org", "@graph": [export::organization(&sent)] });
    let imported = read_text("acme.jsonld", &graph.to_string());
    let entry = &imported.entries[0];
    assert_eq!(entry.company.domains, ["acme.example"]);
    assert_eq!(entry.company.aliases, ["Acme Air", "AA"]);
    let row = &entry.contacts[0];
    assert_eq!((row.value.as_str(), row.rung.as_deref()), ("help@acme.example", Some("complaints")));
    assert_eq!((row.kind, row.url.as_str()), (SourceKind::Listing, "https://acme.example/contact"));
}

const PRIVACY: &str = r#"{
    "slug": "acme-gmbh", "relevant-countries": ["de"], "name": "Acme Beispiel GmbH", "runs": ["Acme Versand"],
    "address": "Musterweg 1\n10115 Berlin\nDeutschland", "phone": "+49 30 23125 001", "email": "Datenschutz@acme.example",
    "webform": "https://acme.example/auskunft", "web": "https://www.acme.example",
    "sources": ["https://acme.example/datenschutz"], "quality": "verified"
}"#;

#[test]
fn contacts_for_privacy_requests_are_a_side_door() {
    let imported = read_text("acme-gmbh.json", PRIVACY);
    let entry = &imported.entries[0];
    assert_eq!(entry.company.aliases, ["Acme Versand"]);
    assert_eq!(
        (entry.company.country.as_deref(), &entry.company.domains[..]),
        (Some("DE"), &["acme.example".to_owned()][..])
    );
    let rows: Vec<String> = entry
        .contacts
        .iter()
        .map(|row| format!("{} {} {}", row.rung.as_deref().unwrap(), row.channel.id(), row.value))
        .collect();
    insta::assert_snapshot!(rows.join("\n"), @r"
    specialist email datenschutz@acme.example
    specialist form https://acme.example/auskunft
    specialist phone +493023125001
    specialist postal Musterweg 1, 10115 Berlin, Deutschland
    ");
    assert!(entry.contacts.iter().all(|row| row.url == "https://acme.example/datenschutz"));
}

const REGISTRY: &str = r#"{"id":"acme-air","name":"Acme Air","aliases":["acme airlines","acme.example"],"country":"US","sector":"airline","website":"https://www.acme.example","official_domains":["acme.example"],"regulators":["us-dot"],"order":["front_line","regulator"],"contacts":[
{"channel":"phone","value":"+12025550101","label":"Reservations","rungs":["front_line","supervisor"],"source":"https://acme.example/contact","checked":"2026-10-12"},
{"channel":"phone","value":"711","label":"Relay","source":"https://acme.example/contact","checked":"2026-10-12"},
{"channel":"form","value":"App, then Help","label":"Help in the app","source":"https://acme.example/contact","checked":"2026-10-12"},
{"channel":"email","value":"care@acme.example","label":"Customer relations","rungs":["complaints"],"access":"login","source":"https://acme.example/contact","checked":"2026-10-12"},
{"channel":"email","value":"no address","label":"Broken","source":"https://acme.example/contact","checked":"2026-10-12"}]}"#;

#[test]
fn the_registry_is_read_from_a_file_a_folder_and_an_archive() {
    let dir = tempfile::tempdir().unwrap();
    let one_line = REGISTRY.replace('\n', "");
    fs::create_dir(dir.path().join("data")).unwrap();
    fs::write(dir.path().join("data/companies.jsonl"), format!("{one_line}\n")).unwrap();
    fs::write(dir.path().join("data/readme.txt"), "words").unwrap();
    let wheel = dir.path().join("registry.whl");
    let mut archive = zip::ZipWriter::new(File::create(&wheel).unwrap());
    archive.start_file("registry/data/acme-air.json", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(REGISTRY.as_bytes()).unwrap();
    archive.finish().unwrap();
    for path in [dir.path().join("data"), wheel, dir.path().join("data/companies.jsonl")] {
        let imported = read(&path, None, DAY).unwrap();
        let entry = &imported.entries[0];
        assert_eq!(entry.company.aliases, ["acme airlines"], "{}", path.display());
        let rows: Vec<(Option<&str>, &str)> =
            entry.contacts.iter().map(|row| (row.rung.as_deref(), row.channel.id())).collect();
        assert_eq!(
            rows,
            [
                (Some("front_line"), "phone"),
                (None, "textphone"),
                (None, "app"),
                (Some("complaints"), "email")
            ]
        );
        assert_eq!(entry.contacts[0].stated.as_deref(), Some("2026-10-12"));
        assert!(entry.company.credit.as_deref().is_some_and(|credit| credit.contains("CC BY 4.0")));
        assert_eq!(imported.warnings.len(), 1, "{:?}", imported.warnings);
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("words.txt");
    fs::write(&path, "only words").unwrap();
    assert!(read(&path, None, DAY).unwrap().warnings[0].contains("words.txt"));
    assert!(matches!(read(&dir.path().join("none"), None, DAY), Err(ImportError::Read { .. })));
    let broken = dir.path().join("broken.zip");
    fs::write(&broken, b"PK\x03\x04 and nothing more").unwrap();
    assert!(matches!(read(&broken, None, DAY), Err(ImportError::Archive { .. })));
    let empty = dir.path().join("empty");
    fs::create_dir(&empty).unwrap();
    assert!(matches!(read(&empty, None, DAY), Err(ImportError::Nothing(_))));
    let mixed = "{\"name\": \"Acme\", \"contacts\": []}\n{broken\n";
    let imported = read_text("mixed.jsonl", mixed);
    assert_eq!((imported.entries.len(), imported.warnings.len()), (1, 1));
    assert!(imported.warnings[0].contains("line 2"));
}

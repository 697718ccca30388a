//! Packs: what is packed is found, what was changed is refused, and an update gives what was published.

use std::path::Path;

use super::key::Secret;
use super::*;
use crate::record::{Company, Row};

fn entry(number: usize, note: &str) -> Entry {
    let row = |value: String, channel| Row {
        channel,
        value,
        rung: Some("complaints".into()),
        party: None,
        label: None,
        person: None,
        title: None,
        hours: None,
        languages: Vec::new(),
        cost: None,
        cost_note: None,
        extension: None,
        access: None,
        topics: Vec::new(),
        notes: Vec::new(),
        place: ladder::Place::Main,
        because: Vec::new(),
        quote: format!("to complain {note}"),
        url: format!("https://lampen{number:05}.example/complaints"),
        kind: ladder::SourceKind::OwnSite,
        site: format!("lampen{number:05}.example"),
        seen: "2025-03-01T12:00:00Z".into(),
        stated: None,
    };
    Entry {
        company: Company {
            id: format!("lampen-{number}"),
            name: format!("{} Lamps", word(number)),
            domains: vec![format!("lampen{number:05}.example")],
            ..Company::default()
        },
        contacts: vec![
            row(format!("+4420794{:05}", number % 100_000), ladder::Channel::Phone),
            row(format!("complaints@lampen{number:05}.example"), ladder::Channel::Email),
        ],
        policy: None,
        read: None,
    }
}

/// Makes a word of a number.
fn word(mut number: usize) -> String {
    let syllables = ["ba", "do", "fi", "gu", "ke", "lo", "mi", "nu", "pe", "ra"];
    let mut word = String::new();
    for _ in 0..4 {
        word.push_str(syllables[number % 10]);
        number /= 10;
    }
    word
}

fn pack(path: &Path, entries: impl Iterator<Item = Entry>, edition: u64, secret: Option<&Secret>) -> Header {
    let about = About { title: "Lamps".into(), made: "2025-03-02T00:00:00Z".into(), edition };
    write::<PackError>(path, entries.map(Ok), &about, secret).unwrap()
}

#[test]
fn a_company_is_found_by_each_of_its_ways() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lamps.pack");
    let header = pack(&path, (0..3_000).map(|n| entry(n, "write")), 1, None);
    assert_eq!((header.companies, header.contacts), (3_000, 6_000));
    let pack = Pack::open(&path, &Trust::Anyone).unwrap();
    let name = format!("{} Lamps", word(1234));
    let mut slip = word(1234);
    slip.remove(3);
    for typed in [
        "lampen01234.example",
        "www.lampen01234.example",
        "complaints@lampen01234.example",
        "020 7940 1234",
        &name,
        &name.to_uppercase(),
        &word(1234),
        &format!("{slip} lamps"),
    ] {
        let hits = pack.search(typed, 3).unwrap();
        assert_eq!(
            hits.first().map(|hit| hit.key.as_str()),
            Some("lampen01234.example"),
            "{typed}: {hits:?}"
        );
    }
    assert!(pack.search("nobody at all", 3).unwrap().is_empty());
    assert_eq!(pack.entry("lampen01234.example").unwrap(), Some(entry(1234, "write")));
    assert_eq!(pack.entry("other.example").unwrap(), None);
    assert_eq!(pack.entries().map(Result::unwrap).count(), 3_000);
}

#[test]
fn only_what_a_trusted_key_signed_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (secret, public) = Secret::generate(&at("mine")).unwrap();
    let (_, other) = Secret::generate(&at("other")).unwrap();
    assert!(Secret::generate(&at("mine")).is_err(), "a key is never overwritten");
    let trust = |path: &Path| Trust::Keys(Public::read_all(path).unwrap());
    pack(&at("signed"), (0..50).map(|n| entry(n, "write")), 1, Some(&secret));
    pack(&at("bare"), (0..50).map(|n| entry(n, "write")), 1, None);
    assert!(Pack::open(&at("signed"), &trust(&public)).is_ok());
    for (file, key) in [("signed", &other), ("bare", &public)] {
        let error = Pack::open(&at(file), &trust(key)).unwrap_err();
        assert!(matches!(error, PackError::Untrusted { .. }), "{file}: {error}");
    }
    let sound = std::fs::read(at("signed")).unwrap();
    let trust = trust(&public);
    let mut unharmed = 0;
    for place in (0..sound.len()).step_by(97) {
        let mut bytes = sound.clone();
        bytes[place] ^= 0x20;
        std::fs::write(at("changed"), bytes).unwrap();
        // Where the change is not refused it must not show.
        if let Ok(pack) = Pack::open(&at("changed"), &trust)
            && let Ok(entries) = pack.entries().collect::<Result<Vec<_>, _>>()
        {
            assert_eq!(entries, (0..50).map(|n| entry(n, "write")).collect::<Vec<_>>(), "byte {place}");
            unharmed += 1;
        }
    }
    // Such are the bytes of the other table, which were not read here.
    assert!(unharmed < sound.len() / 97, "no change was refused");
    for length in [0, 7, 20, sound.len() / 2, sound.len() - 1] {
        std::fs::write(at("cut"), &sound[..length]).unwrap();
        assert!(Pack::open(&at("cut"), &trust).is_err(), "cut at {length}");
    }
}

#[test]
fn an_update_gives_the_very_directory_that_was_published() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (secret, public) = Secret::generate(&at("key")).unwrap();
    let trust = Trust::Keys(Public::read_all(&public).unwrap());
    pack(&at("one"), (0..400).map(|n| entry(n, "write")), 1, Some(&secret));
    let next = (5..420).map(|n| entry(n, if n % 50 == 0 { "call" } else { "write" }));
    pack(&at("two"), next, 2, Some(&secret));
    let open = |name: &str| Pack::open(&at(name), &trust).unwrap();
    let (one, two) = (open("one"), open("two"));
    let change = delta::write(&one, &two, &at("delta"), Some(&secret)).unwrap();
    assert_eq!(change, delta::Change { written: 7 + 20, gone: 5 });
    let small = std::fs::metadata(at("delta")).unwrap().len();
    assert!(small * 4 < std::fs::metadata(at("two")).unwrap().len(), "{small}");
    delta::apply(&one, &open("delta"), &at("updated"), &trust).unwrap();
    let bytes = |name: &str| std::fs::read(at(name)).unwrap();
    assert!(bytes("updated") == bytes("two"));
    let error = delta::apply(&two, &open("delta"), &at("again"), &trust).unwrap_err();
    assert!(error.to_string().contains("another edition"), "{error}");
    assert!(!at("again").exists());
}

//! The directory as a website: whole, linked, escaped, and replaced at once.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;

use crate::{complained, said, upstairs};

fn at(home: &Path, words: &[&str]) -> Output {
    upstairs(home).current_dir(home).args(words).output().unwrap()
}

const ADDRESS: [&str; 4] =
    ["--base", "https://directory.example", "--contact", "corrections@directory.example"];

fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.insert(entry.path());
        }
    }
    found
}

#[test]
fn every_company_has_a_page_and_every_link_leads_somewhere() {
    let home = tempfile::tempdir().unwrap();
    let words = [&["directory", "publish", "--starter", "--to", "site", "--json"], &ADDRESS[..]].concat();
    let output = at(home.path(), &words);
    assert!(output.status.success(), "{}", complained(&output));
    let answer: Value = serde_json::from_str(&said(&output)).unwrap();
    let site = home.path().join("site");
    let all = files(&site);
    let pages: Vec<&PathBuf> =
        all.iter().filter(|path| path.extension().is_some_and(|e| e == "html")).collect();
    let companies: Vec<&&PathBuf> = pages.iter().filter(|path| path.starts_with(site.join("c"))).collect();
    assert_eq!(companies.len() as u64, answer["companies"].as_u64().unwrap());
    let schema: Value = serde_json::from_str(&said(&at(home.path(), &["schema", "find"]))).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for page in &pages {
        let text = std::fs::read_to_string(page).unwrap();
        for link in text.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let outside = ["http", "mailto:", "tel:", "#"].iter().any(|start| link.starts_with(start));
            let link = link.split(['?', '#']).next().unwrap();
            let target = match link.strip_prefix('/') {
                Some(from_root) => site.join(from_root),
                None => page.parent().unwrap().join(link),
            };
            assert!(outside || target.exists(), "{}: {link}", page.display());
        }
    }
    for page in companies {
        let text = std::fs::read_to_string(page).unwrap();
        assert!(
            text.contains("correction or removal")
                && text.contains("mailto:corrections@directory.example?subject=")
        );
        let data = text.split("application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
        let data: Value = serde_json::from_str(data).unwrap();
        assert_eq!(data["@type"], "Organization");
        let json: Value =
            serde_json::from_slice(&std::fs::read(page.with_extension("json")).unwrap()).unwrap();
        assert!(validator.is_valid(&json), "{}", page.display());
        assert!(json["leads"].as_array().unwrap().is_empty(), "what strangers say is not published");
    }
    let map = std::fs::read_to_string(site.join("sitemaps/0.xml")).unwrap();
    assert_eq!(
        map.matches("<loc>https://directory.example/c/").count() as u64,
        answer["companies"].as_u64().unwrap()
    );
    let pieces: Value =
        serde_json::from_slice(&std::fs::read(site.join("search/pieces.json")).unwrap()).unwrap();
    for (_, file) in pieces.as_object().unwrap() {
        let rows: Vec<[String; 4]> =
            serde_json::from_slice(&std::fs::read(site.join("search").join(file.as_str().unwrap())).unwrap())
                .unwrap();
        assert!(rows.iter().all(|row| site.join(&row[3]).exists()));
    }
    // What was there is replaced as a whole.
    std::fs::write(site.join("c/stale.html"), "old").unwrap();
    assert!(at(home.path(), &words).status.success());
    assert_eq!(files(&site).len(), all.len());
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn what_was_read_elsewhere_runs_nowhere() {
    let home = tempfile::tempdir().unwrap();
    let evil = "</script><script>alert(1)</script>\"><img src=x onerror=alert(1)>";
    let row = |value: &str| {
        serde_json::json!({"channel": "form", "value": value, "rung": "complaints", "label": evil, "quote": evil,
            "url": "https://acme.example/complaints", "kind": "own_site", "site": "acme.example", "seen": "2025-03-01T00:00:00Z"})
    };
    let entry = serde_json::json!({"id": "acme", "name": evil, "domains": ["acme.example", "../../x"], "legal_name": evil,
        "contacts": [row("https://acme.example/complain"), row("javascript:alert(1)")]});
    std::fs::write(home.path().join("a.jsonl"), entry.to_string()).unwrap();
    assert!(at(home.path(), &["directory", "import", "a.jsonl", "--data", "d"]).status.success());
    let output =
        at(home.path(), &[&["directory", "publish", "--data", "d", "--to", "site"], &ADDRESS[..]].concat());
    assert!(output.status.success(), "{}", complained(&output));
    for page in files(&home.path().join("site")) {
        let text = std::fs::read_to_string(&page).unwrap_or_default();
        if page.extension().is_some_and(|e| e == "html") {
            assert!(
                !text.contains("<script>alert")
                    && !text.contains("<img")
                    && !text.contains("href=\"javascript"),
                "{}",
                page.display()
            );
        }
    }
}

#[test]
fn a_folder_with_something_else_is_left_alone() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("site")).unwrap();
    std::fs::write(home.path().join("site/precious"), "mine").unwrap();
    for (words, code, told) in [
        ([&["--to", "site"], &ADDRESS[..]].concat(), 1, "no published site"),
        (vec!["--to", "new", "--base", "directory", "--contact", "a@b.example"], 2, "--base"),
        (vec!["--to", "new", "--base", "https://b.example", "--contact", "somebody"], 2, "--contact"),
    ] {
        let output = at(home.path(), &[&["directory", "publish", "--starter"], &words[..]].concat());
        assert_eq!(output.status.code(), Some(code), "{words:?}: {}", complained(&output));
        assert!(complained(&output).contains(told), "{words:?}: {}", complained(&output));
        assert!(!home.path().join("new").exists());
    }
    assert_eq!(std::fs::read_to_string(home.path().join("site/precious")).unwrap(), "mine");
}

/// Makes the export of a directory of many companies, so that the search index comes in many pieces.
fn many(companies: usize) -> String {
    const KINDS: [&str; 12] = [
        "Bakery",
        "Energy",
        "Insurance",
        "Lamps",
        "Travel",
        "Books",
        "Water",
        "Bank",
        "Motors",
        "Garden",
        "Telecom",
        "Post",
    ];
    const PLACES: [&str; 9] =
        ["Ashby", "Brindle", "Corran", "Dunmore", "Eastwick", "Fenny", "Garrow", "Holme", "Inverlay"];
    let mut lines = String::new();
    for n in 0..companies {
        let name = format!("{} {} {n}", PLACES[n % PLACES.len()], KINDS[n / 7 % KINDS.len()]);
        let domain = format!("{}.example", name.to_lowercase().replace(' ', "-"));
        let row = |channel: &str, value: &str, rung: &str, words: &str| {
            serde_json::json!({"channel": channel, "value": value, "rung": rung, "quote": words, "kind": "own_site",
                "url": format!("https://{domain}/complaints"), "site": domain, "seen": "2026-03-01T00:00:00Z"})
        };
        let entry = serde_json::json!({"id": domain, "name": name, "country": "GB", "domains": [domain], "contacts": [
            row("phone", "+442079460123", "front_line", "Call 020 7946 0123"),
            row("email", &format!("complaints@{domain}"), "complaints", "To complain write to us"),
            row("email", &format!("ceo@{domain}"), "executive", "Our chief executive reads every letter"),
        ]});
        lines.push_str(&entry.to_string());
        lines.push('\n');
    }
    lines
}

#[test]
fn the_site_serves_its_reader_in_a_real_browser() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("many.jsonl"), many(1_200)).unwrap();
    assert!(at(home.path(), &["directory", "import", "many.jsonl", "--data", "d"]).status.success());
    let words = [&["directory", "publish", "--data", "d", "--to", "site", "--json"], &ADDRESS[..]].concat();
    let output = at(home.path(), &words);
    assert!(output.status.success(), "{}", complained(&output));
    let answer: Value = serde_json::from_str(&said(&output)).unwrap();
    assert!(answer["pieces"].as_u64().unwrap() > 10, "{answer}");
    let Some(browser) = crate::pages::Browser::here() else { return };
    let site = home.path().join("site");
    browser.claims(
        "site.mjs",
        home.path(),
        &[
            ("SITE", site.to_str().unwrap()),
            ("COMPANY", "Corran Insurance 1028"),
            ("DOMAIN", "corran-insurance-1028.example"),
        ],
    );
}

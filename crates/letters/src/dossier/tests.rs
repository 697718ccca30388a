//! A dossier of a case: every fact is in it, and what is nobody's business is not.

use atlas::Atlas;
use casework::State;
use casework::view::View;
use jiff::civil::date;

use super::*;
use crate::draft::{Language, Person};

fn made(language: Language, filed: &[Filed]) -> Dossier {
    let situation = serde_json::json!({"case": {
        "company": "Brightwell Energy", "country": "GB", "sector": "energy", "as": "consumer",
        "problem": {
            "what": "The bill charges 900 units a month, the meter counted 310", "topic": "billing_error",
            "since": "2026-02-20", "ongoing": true, "amount": 412, "currency": "GBP", "paid_by": "direct_debit"
        },
        "wanted": {"what": "correction", "least": 351},
        "references": ["BW-40417"],
        "evidence": ["photos of the meter"],
        "policy": {"stages": [{"order": 1, "rung": "complaints", "respond": {"n": 8, "unit": "weeks"}}], "external": []},
        "log": [
            {"at": "2026-03-25", "by": "customer", "channel": "phone", "rung": "front_line", "kind": "call", "text": "Read out the meter"},
            {"at": "2026-03-25", "by": "company", "channel": "phone", "kind": "promise", "text": "the next bill puts it right", "due": "2026-04-10"},
            {"at": "2026-04-12", "by": "customer", "channel": "email", "rung": "complaints", "kind": "complaint", "text": "Complaint in writing"},
            {"at": "2026-05-18", "by": "company", "channel": "email", "kind": "reply", "text": "Not finished yet"}
        ]
    }});
    let today = date(2026, 5, 25);
    let state = State::of(&casework::situation::read(&situation, today).unwrap()).unwrap();
    let view = View::new(&state, Atlas::builtin(), today);
    let me = Person { name: Some("Ada Example".to_owned()), ..Person::default() };
    compose(&state, &view, filed, &Options { language, me, seal: Some(("ab".repeat(32), 9)) })
}

fn photo() -> Vec<Filed> {
    vec![Filed {
        title: "meter.jpg".into(),
        on: Some(date(2026, 3, 1)),
        sha256: Some("cd".repeat(32)),
        bytes: Some(1234),
    }]
}

#[test]
fn every_fact_of_the_case_stands_in_it_and_the_least_that_would_do_does_not() {
    let text = serde_json::to_string(&made(Language::En, &photo())).unwrap();
    for fact in [
        "Ada Example",
        "Brightwell Energy",
        "BW-40417",
        "900 units",
        "£412",
        "Direct Debit",
        "20 February 2026",
        "Read out the meter",
        "the next bill puts it right",
        "10 April 2026",
        "not kept",
        "Complaint in writing",
        "Not finished yet",
        "18 May 2026",
        "meter.jpg",
        "1 March 2026",
        &"cd".repeat(32),
        &"ab".repeat(32),
        "within 8 weeks",
    ] {
        assert!(text.to_lowercase().contains(&fact.to_lowercase()), "{fact}\n{text}");
    }
    assert!(!text.contains("351"), "the other side reads it");
}

#[test]
fn a_promise_is_quoted_as_it_was_written() {
    let situation = serde_json::json!({"case": {
        "company": "Brightwell Energy", "country": "GB",
        "log": [{"at": "2026-03-25", "by": "company", "kind": "promise", "text": "pls wait a wk -> refund"}]
    }});
    let today = date(2026, 5, 25);
    let state = State::of(&casework::situation::read(&situation, today).unwrap()).unwrap();
    let view = View::new(&state, Atlas::builtin(), today);
    let options = Options { language: Language::En, me: Person::default(), seal: None };
    let dossier = compose(&state, &view, &[], &options);
    let promises = dossier.sections.iter().find(|section| section.id == "promises").unwrap();
    let [Block::Table { rows, .. }] = promises.blocks.as_slice() else { panic!("{promises:?}") };
    assert_eq!(rows[0][2], "pls wait a wk -> refund");
}

#[test]
fn each_language_has_every_part_in_its_own_words() {
    let titles: Vec<Vec<String>> = Language::ALL
        .into_iter()
        .map(|language| made(language, &photo()).sections.into_iter().map(|section| section.title).collect())
        .collect();
    for (at, one) in titles.iter().enumerate() {
        assert_eq!(one.len(), 7);
        for other in &titles[at + 1..] {
            assert!(one.iter().zip(other).all(|(a, b)| a != b), "{one:?} {other:?}");
        }
    }
}

#[test]
fn a_case_that_knows_nothing_says_so_and_invents_nothing() {
    let situation = serde_json::json!({"case": {"company": "Acme", "country": "DE"}});
    let today = date(2026, 5, 25);
    let state = State::of(&casework::situation::read(&situation, today).unwrap()).unwrap();
    let view = View::new(&state, Atlas::builtin(), today);
    let options = Options { language: Language::De, me: Person::default(), seal: None };
    let dossier = compose(&state, &view, &[], &options);
    assert_eq!(dossier.complainant, ["nicht angegeben"]);
    assert_eq!(dossier.lead, "nicht angegeben");
    assert_eq!(dossier.asked, ["Nicht angegeben"].map(|_| dossier.asked[0].clone()));
    assert!(dossier.moments.is_empty());
    assert!(dossier.sections.iter().all(|section| !section.blocks.is_empty()));
}

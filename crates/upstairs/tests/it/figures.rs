//! The figures on the reference documents, held to what is asked of them.
//!
//! The documents are no part of the repository: where they do not lie beside the checkout, or there is no Python to run
//! the scorer, these tests say so and pass.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::root;

/// Runs the scorer over a part of the reference documents; `None`, with a word, where that cannot be done.
fn score(kind: &str, what: &str) -> Option<Value> {
    let shared: PathBuf = root().join("../shared");
    let scorer = shared.join("score/score.py");
    if !scorer.exists() {
        println!("skipped: the reference documents are not beside this checkout");
        return None;
    }
    let output = Command::new("python3")
        .arg(&scorer)
        .args([kind, &shared.join("corpus").join(what).display().to_string()])
        .args(["--bin", env!("CARGO_BIN_EXE_upstairs"), "--json"])
        .output();
    let Ok(output) = output else {
        crate::skipped("no python3 to run the scorer");
        return None;
    };
    let text = String::from_utf8(output.stdout).unwrap();
    let last = text.lines().last().unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    Some(serde_json::from_str(last).unwrap())
}

/// Asserts that each figure, named by its path, is at least what is asked.
fn at_least(figures: &Value, asked: &[(&str, f64)]) {
    let short: Vec<String> = asked
        .iter()
        .filter_map(|(path, floor)| {
            let value = path.split('.').fold(figures, |v, part| &v[part]).as_f64().unwrap();
            (value < *floor).then(|| format!("{path} is {value}, asked for is {floor}"))
        })
        .collect();
    assert!(short.is_empty(), "{short:#?}");
}

#[test]
fn contacts_of_pages_reach_their_figures() {
    let Some(figures) = score("pages", "pages") else { return };
    at_least(
        &figures,
        &[
            ("contacts.f1", 0.96),
            ("escalation_contacts.f1", 0.90),
            ("rung.accuracy", 0.93),
            ("rung_macro_f1", 0.80),
            ("party.accuracy", 0.97),
        ],
    );
    assert_eq!(figures["errors"], 0);
}

#[test]
fn ladders_of_sites_reach_their_figures() {
    let Some(figures) = score("sites", "sites") else { return };
    at_least(&figures, &[("must_recall", 0.94)]);
    assert!(figures["median_times_the_fewest"].as_f64().unwrap() <= 2.0, "{figures}");
    assert!(figures["median_read"].as_f64().unwrap() <= 20.0, "{figures}");
}

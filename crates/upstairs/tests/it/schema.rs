//! Every output holds to the schema that the program prints for it.

use serde_json::Value;

use crate::{demo, root, run, said};

fn holds(name: &str, output: &str) {
    let schema: Value = serde_json::from_str(&said(&run(&["schema", name]))).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let answer: Value = serde_json::from_str(output).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&answer).map(|e| format!("{} at {}", e, e.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

#[test]
fn find_answers_by_its_schema() {
    holds("find", &said(&run(&["find", "brightwell-energy.example", "--from", &demo(), "--json"])));
}

#[test]
fn read_page_answers_by_its_schema() {
    let page = root().join("demo/brightwell/complaints.html").display().to_string();
    holds("page", &said(&run(&["read", "page", &page, "--json"])));
}

#[test]
fn advise_answers_by_its_schema() {
    let case = root().join("demo/case.json").display().to_string();
    holds("advice", &said(&run(&["advise", &case, "--json", "--all"])));
}

#[test]
fn an_unknown_schema_is_wrong_usage_and_the_known_ones_are_named() {
    let output = run(&["schema", "nothing"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(crate::complained(&output).contains("find"));
}

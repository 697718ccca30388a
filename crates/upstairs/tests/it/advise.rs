//! Advice through the binary: lines in, answers out in the same order, and a bad line told by its field.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::{complained, root, run, said, upstairs};

/// Runs `advise --jsonl` over lines; returns the answers and whether the program was content.
fn lines(text: &str) -> (Vec<Value>, bool) {
    let home = tempfile::tempdir().unwrap();
    let mut command = upstairs(home.path());
    command.args(["advise", "--jsonl"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let answers = said(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (answers, output.status.success())
}

#[test]
fn a_bad_line_is_told_by_its_field_and_the_rest_goes_on() {
    let good = r#"{"id":"good","now":"2026-03-25","case":{"country":"GB","sector":"energy","problem":{"what":"Bill has a wrong meter number","topic":"billing_error","since":"2026-03-20"},"references":["A-1"],"evidence":["bill"]}}"#;
    let unknown = good.replace("\"good\"", "\"unknown\"").replace("energy", "enrgy");
    let (answers, content) = lines(&format!("{unknown}\n\nnot json\n{good}\n{{\"id\":7}}\n"));
    assert!(!content);
    let told: Vec<String> = answers
        .iter()
        .map(|a| format!("{} {}", a["id"], a.get("error").unwrap_or(&a["advice"][0]["step"])))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    "unknown" "case.sector: `enrgy` is not known; did you mean `energy`?"
    3 "not JSON: expected ident at line 1 column 2"
    "good" "contact_front_line"
    7 "now: is missing: give the day as of which to advise, such as 2026-03-04"
    "#);
}

#[test]
fn a_line_that_is_too_long_is_refused_and_the_next_is_answered() {
    let long = "x".repeat(5 << 20);
    let (answers, _) =
        lines(&format!("{long}\n{{\"id\":1,\"now\":\"2026-03-25\",\"case\":{{\"country\":\"GB\"}}}}\n"));
    assert_eq!(answers.len(), 2);
    assert_eq!(answers[0]["error"], "line 1: this line is longer than 4096 KiB");
    assert_eq!(answers[1]["advice"][0]["step"], "prepare");
}

#[test]
fn a_person_reads_the_step_its_reason_what_not_yet_and_once_that_it_is_no_legal_advice() {
    let file = root().join("demo/case.json").display().to_string();
    let text = said(&run(&["advise", &file]));
    for part in [
        "Next step: wait (Energy Ombudsman), until 2026-05-28",
        "Why: ",
        "Then, ",
        "Not yet:",
        "Dates to watch:",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(text.matches("not legal advice").count(), 1);
    let output = run(&["advise", "/nowhere/case.json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(complained(&output).contains("there is no file `/nowhere/case.json`: "));
}

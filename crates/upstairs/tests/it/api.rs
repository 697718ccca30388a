//! The API against its own description: whatever Schemathesis makes of it, no answer is a failure of the server or other than
//! described.

use std::process::Command;

use super::pages::{Inside, Pages};

/// How many requests are made up for each operation.
const EXAMPLES: &str = "25";

#[test]
fn no_request_that_the_description_allows_or_forbids_breaks_the_server_or_its_promise() {
    let program = super::target().join("schemathesis/bin/schemathesis");
    if !program.is_file() {
        println!("skipped: {} is not there; tools/prepare.sh installs it where Python is", program.display());
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let pages = Pages::start(home.path(), &[]);
    Inside::new(&pages).case("Acme", "It broke");
    let token = std::fs::read_to_string(home.path().join("data/api-token")).unwrap();
    let url = format!("http://127.0.0.1:{}/api/v1", pages.port);
    // Searches are left out of the made-up ones: each would ask the web.
    let run = Command::new(program)
        .current_dir(home.path())
        .args(["run", &format!("{url}/openapi.json"), "--url", &url])
        .args(["--header", &format!("Authorization: Bearer {}", token.trim())])
        .args([
            "--checks",
            "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
        ])
        .args(["--exclude-path", "/finds", "--max-examples", EXAMPLES, "--seed", "1", "--workers", "1"])
        .args(["--generation-database", "none", "--no-color"])
        .output()
        .unwrap();
    let said = super::said(&run);
    assert!(run.status.success(), "{said}\n{}", super::complained(&run));
    assert_eq!(pages.ask("GET", "/alive", &[], b"").status, 200);
}

#[test]
fn what_is_refused_is_a_problem_in_words_for_programs() {
    let home = tempfile::tempdir().unwrap();
    let pages = Pages::start(home.path(), &[]);
    let id = Inside::new(&pages).case("Acme", "It broke");
    let token = std::fs::read_to_string(home.path().join("data/api-token")).unwrap();
    let auth = format!("Bearer {}", token.trim());
    let json = ("content-type", "application/json");
    for (method, path, body, status, words) in [
        ("DELETE", "/cases".to_owned(), "", 405, ""),
        ("PUT", format!("/cases/{id}"), "{}", 405, ""),
        ("GET", "/cases/%ff".to_owned(), "", 400, ""),
        ("GET", format!("/cases/{id}/draft?as=sonnet"), "", 422, "no letter is called `sonnet`"),
        (
            "POST",
            format!("/cases/{id}/log"),
            "{\"text\":\"x\",\"kind\":\"call\",\"by\":\"customer\",\"on\":\"2999-01-01\"}",
            422,
            "a day that was promised goes into `due`",
        ),
        ("POST", "/check-number".to_owned(), "{\"value\":\"xx\",\"company\":\"Acme\"}", 422, ""),
        ("GET", "/nothing".to_owned(), "", 404, ""),
    ] {
        let headers = [("authorization", auth.as_str()), json];
        let answer = pages.ask(method, &format!("/api/v1{path}"), &headers, body.as_bytes());
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.body);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{method} {path}");
        let problem: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        let detail = problem["detail"].as_str().unwrap();
        assert!(
            problem["status"] == status && detail.contains(words) && !detail.is_empty(),
            "{path}: {detail}"
        );
        assert!(!detail.contains("`upstairs ") && !detail.contains("--"), "{path}: {detail}");
        assert_eq!(answer.header("allow").is_some(), status == 405, "{path}");
    }
    // A page says it as a page.
    let page = pages.ask("DELETE", "/cases", &[], b"");
    assert!(page.status >= 400 && !page.body.contains("problem+json"), "{}", page.head);
}

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

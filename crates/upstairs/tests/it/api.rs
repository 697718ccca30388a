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
        crate::skipped(format_args!(
            "{} is not there; tools/prepare.sh installs it where Python is",
            program.display()
        ));
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
            "put a promised day into `due`",
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

#[test]
fn a_reply_is_read_beside_its_case_and_kept_with_the_lines_that_it_proposes() {
    let home = tempfile::tempdir().unwrap();
    let pages = Pages::start(home.path(), &[]);
    let id = Inside::new(&pages).case("Acme", "The bill is three times what the meter says");
    let token = std::fs::read_to_string(home.path().join("data/api-token")).unwrap();
    let auth = format!("Bearer {}", token.trim());
    let ask = |method: &str, path: &str, body: &serde_json::Value| {
        let headers = [("authorization", auth.as_str()), ("content-type", "application/json")];
        let body = if method == "GET" { String::new() } else { body.to_string() };
        let answer = pages.ask(method, &format!("/api/v1/cases/{id}{path}"), &headers, body.as_bytes());
        let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap_or_default();
        (answer.status, json)
    };
    let text = "Dear Ms Fox,\n\nThank you for your complaint about the bill. I am looking into the meter readings and will write to you within 14 days. \
        Please quote AB-4471.\n\nKind regards\nJo Lamb\n\nOn 1 March 2026 Ada Fox wrote:\n> You will refund me 900 GBP by Friday";
    let reply = serde_json::json!({ "text": text, "on": "2026-03-02" });
    let (status, told) = ask("POST", "/reply", &reply);
    assert_eq!(status, 200, "{told}");
    assert!(told["labels"].as_array().unwrap().iter().any(|label| label == "acknowledgement"), "{told}");
    assert!(told["addresses_core"].is_boolean() && told["on"] == "2026-03-02", "{told}");
    let lines = told["lines"].as_array().unwrap();
    assert_eq!(lines[0]["due"], "2026-03-16", "{told}");
    assert_eq!(
        (&lines[0]["person"], &lines[0]["reference"]),
        (&"Jo Lamb".into(), &"AB-4471".into()),
        "{told}"
    );
    assert!(!told.to_string().contains("900"), "what is quoted is not the company's: {told}");
    let (_, before) = ask("GET", "", &reply);
    assert!(!before.to_string().contains("Jo Lamb"), "to read writes nothing");

    // A mail bears its own day.
    let mail = "From: Care <care@acme.example>\r\nTo: ada@post.example\r\nSubject: Bill\r\nDate: Tue, 3 Mar 2026 10:00:00 +0000\r\n\r\nWe will call you within two days.\r\n";
    let (status, told) = ask("POST", "/reply", &serde_json::json!({ "text": mail }));
    assert_eq!(
        (status, &told["on"], &told["lines"][0]["due"]),
        (200, &"2026-03-03".into(), &"2026-03-05".into())
    );

    for (path, body, words) in [
        ("/reply", serde_json::json!({ "text": " " }), "text: give 1 to"),
        ("/reply", serde_json::json!({ "text": text, "on": "2999-01-01" }), "is in the future"),
        ("/reply/keep", serde_json::json!({ "text": text, "lines": [] }), "the answer itself"),
        (
            "/reply/keep",
            serde_json::json!({ "text": text, "lines": [{ "at": 0, "kind": "sonnet", "text": "x" }] }),
            "known are",
        ),
        ("/reply/keep", serde_json::json!({ "text": text, "channel": "pigeon" }), "channel: "),
    ] {
        let (status, problem) = ask("POST", path, &body);
        let detail = problem["detail"].as_str().unwrap_or_default();
        assert!(status == 422 && detail.contains(words), "{path}: {problem}");
    }

    let line = serde_json::json!({ "at": 0, "kind": "promise", "text": "Looks into the readings", "due": "2026-03-17" });
    let wanted = serde_json::json!({ "text": text, "on": "2026-03-02", "channel": "chat", "lines": [line] });
    let (status, kept) = ask("POST", "/reply/keep", &wanted);
    assert_eq!(status, 201, "{kept}");
    assert_eq!(kept["events"].as_array().unwrap().len(), 1, "{kept}");
    let (_, case) = ask("GET", "", &reply);
    let entry = case["timeline"].as_array().unwrap().iter().find(|entry| entry["event"] == kept["events"][0]);
    let entry = entry.unwrap();
    assert_eq!((&entry["kind"], &entry["due"]), (&"promise".into(), &"2026-03-17".into()), "{entry}");
    assert_eq!(entry["channel"], "chat", "by which way it came: {entry}");
    let (_, again) = ask("POST", "/reply", &reply);
    assert_eq!(again["known"], kept["events"][0], "the log has it already");
    assert_eq!(ask("POST", "/reply/keep", &reply).0, 422, "it is not kept twice");
    assert_eq!(ask("POST", "/reply/keep", &serde_json::json!({ "text": mail })).0, 201, "kept as proposed");
}

#[test]
fn a_case_is_deleted_by_a_program_or_on_a_page_that_asks_once_more() {
    let home = tempfile::tempdir().unwrap();
    let pages = Pages::start(home.path(), &[]);
    let inside = Inside::new(&pages);
    let (first, second) = (inside.case("Acme", "It broke"), inside.case("Acme", "It broke again"));
    let token = std::fs::read_to_string(home.path().join("data/api-token")).unwrap();
    let auth = format!("Bearer {}", token.trim());
    let delete = || {
        let headers = [("authorization", auth.as_str())];
        pages.ask("DELETE", &format!("/api/v1/cases/{first}"), &headers, b"")
    };
    let gone = delete();
    assert_eq!(gone.status, 200, "{}", gone.body);
    let gone: serde_json::Value = serde_json::from_str(&gone.body).unwrap();
    assert!(gone["case"] == *first && gone["events"].as_u64() > Some(0), "{gone}");
    assert_eq!(delete().status, 404);
    let at = format!("/cases/{second}/delete");
    assert!(inside.get(&format!("/cases/{second}")).body.contains(&at), "the page of the case leads there");
    let asked = inside.get(&at);
    assert!(asked.status == 200 && asked.body.contains("This cannot be undone"), "{}", asked.body);
    assert_eq!(inside.post(&at, &[]).header("location"), Some(at.as_str()), "it asks once more");
    assert_eq!(inside.post(&at, &[("sure", "delete")]).header("location"), Some("/cases?done=deleted"));
    assert_eq!(inside.get(&format!("/cases/{second}")).status, 404);
    let list = inside.get("/cases?done=deleted").body;
    assert!(list.contains("The case is deleted.") && !list.contains("It broke"), "{list}");
}

#[test]
fn a_case_is_deleted_on_the_command_line_only_with_a_yes() {
    let home = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| {
        let mut command = super::upstairs(home.path());
        command.env("UPSTAIRS_DATA", home.path().join("data")).args(words).output().unwrap()
    };
    let file = super::root().join("demo/case.json").display().to_string();
    let opened = run(&["case", "new", "--from", &file]);
    let id = super::said(&opened).lines().next().unwrap().replace("opened ", "");
    let refused = run(&["case", "delete", &id]);
    let words = super::complained(&refused);
    assert!(
        !refused.status.success() && words.contains("--yes") && words.contains("This cannot be undone"),
        "{words}"
    );
    assert!(run(&["case", "show", &id]).status.success());
    let done = run(&["case", "delete", &id, "--yes"]);
    assert!(
        done.status.success() && super::said(&done).contains("is deleted"),
        "{}",
        super::complained(&done)
    );
    assert!(!run(&["case", "show", &id]).status.success());
    let bytes = std::fs::read(home.path().join("data/cases.sqlite")).unwrap();
    for words in [&b"BW-40417"[..], b"40417", b"brightwell"] {
        assert!(!bytes.windows(words.len()).any(|some| some == words), "it is overwritten, in the index too");
    }
    let log = std::fs::metadata(home.path().join("data/cases.sqlite-wal")).map_or(0, |log| log.len());
    assert_eq!(log, 0, "nor does the log of the database hold it");
}

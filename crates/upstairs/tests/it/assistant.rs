//! The assistant's door: an assistant may read, and may write only where the user said so.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};

use super::upstairs;

/// Asks the door for several things, one after the other, and returns the results.
fn ask(home: &Path, more: &[&str], calls: &[Value]) -> Vec<Value> {
    let mut child = upstairs(home)
        .env("UPSTAIRS_DATA", home.join("data"))
        .arg("mcp")
        .args(more)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut to = child.stdin.take().unwrap();
    let mut from = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut send = |value: &Value| writeln!(to, "{value}").unwrap();
    let mut answer = || serde_json::from_str::<Value>(&from.next().unwrap().unwrap()).unwrap();
    let client = json!({"name": "test", "version": "1"});
    let first = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client});
    send(&json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": first}));
    let told = answer()["result"].take();
    assert!(told["capabilities"]["tools"].is_object());
    assert_eq!(told["serverInfo"]["name"], "upstairs", "an assistant shows its user by whom it is told");
    let writes = more.contains(&"--allow-writes");
    assert_eq!(told["instructions"].as_str().unwrap().contains("case_log"), writes, "{told}");
    send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
    let results = calls.iter().zip(1..).map(|(call, id)| {
        let mut call = call.clone();
        call["jsonrpc"] = json!("2.0");
        call["id"] = json!(id);
        send(&call);
        answer()
    });
    let results = results.collect();
    let _ = child.kill();
    let _ = child.wait();
    results
}

fn call(name: &str, arguments: &Value) -> Value {
    json!({"method": "tools/call", "params": {"name": name, "arguments": arguments}})
}

/// Returns the text of a result.
fn text(result: &Value) -> &str {
    result["result"]["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{result}"))
}

#[test]
fn an_assistant_reads_with_witnesses_and_writes_only_where_it_may() {
    let home = tempfile::tempdir().unwrap();
    let file = super::root().join("demo/case.json").display().to_string();
    let opened = upstairs(home.path())
        .env("UPSTAIRS_DATA", home.path().join("data"))
        .args(["case", "new", "--from", &file])
        .output()
        .unwrap();
    let id = super::said(&opened).lines().next().unwrap().replace("opened ", "");
    let list = json!({"method": "tools/list"});
    let find = call("find", &json!({"company": "United Airlines", "offline": true}));
    let log = call("case_log", &json!({"case": id, "text": "rang them", "kind": "call", "by": "customer"}));
    let read = ask(home.path(), &[], &[list, find, call("case_show", &json!({"case": id})), log.clone()]);
    let tools = read[0].to_string();
    assert!(
        tools.contains("\"find\"") && tools.contains("inputSchema") && !tools.contains("case_log"),
        "{tools}"
    );
    let found: Value = serde_json::from_str(text(&read[1])).unwrap();
    assert!(found["contacts"][0]["witnesses"][0]["quote"].is_string());
    assert!(text(&read[2]).contains("BW-40417"));
    assert!(read[3].get("error").is_some() || read[3]["result"]["isError"] == true, "{}", read[3]);
    // What is called a tool that only reads writes nothing, whatever else is allowed.
    assert!(!home.path().join("data/directory.sqlite").exists());
    let looked = call("find", &json!({"company": "http://127.0.0.1:9/"}));
    ask(home.path(), &["--allow-writes"], &[looked]);
    assert!(!home.path().join("data/directory.sqlite").exists() && !home.path().join("data/pages").exists());
    let written = ask(home.path(), &["--allow-writes"], &[log, call("case_show", &json!({"case": id}))]);
    let line: Value = serde_json::from_str(text(&written[0])).unwrap();
    assert!(line["case"] == json!(id) && line["event"].is_string(), "{line}");
    assert!(text(&written[1]).contains("rang them"));
}

#[test]
fn every_tool_says_what_its_answers_hold_and_they_do() {
    let home = tempfile::tempdir().unwrap();
    let file = super::root().join("demo/case.json").display().to_string();
    let opened = upstairs(home.path())
        .env("UPSTAIRS_DATA", home.path().join("data"))
        .args(["case", "new", "--from", &file])
        .output()
        .unwrap();
    let id = super::said(&opened).lines().next().unwrap().replace("opened ", "");
    let asked = [
        ("find", json!({"company": "United Airlines", "country": "US", "offline": true})),
        ("directory_search", json!({"value": "united"})),
        ("whose_number", json!({"value": "+1 202 555 0147"})),
        ("atlas", json!({"country": "GB", "sector": "energy"})),
        (
            "scam_check",
            json!({"text": "Your account is locked. Call 020 7946 0999 and tell us the passcode."}),
        ),
        ("case_list", json!({})),
        ("case_show", json!({"case": id})),
        ("draft", json!({"case": id, "kind": "email"})),
        ("case_log", json!({"case": id, "text": "rang them", "kind": "call", "by": "customer"})),
    ];
    let mut calls = vec![json!({"method": "tools/list"})];
    calls.extend(asked.iter().map(|(name, arguments)| call(name, arguments)));
    let answers = ask(home.path(), &["--allow-writes"], &calls);
    let tools = answers[0]["result"]["tools"].as_array().unwrap();
    assert_eq!(tools.len(), asked.len(), "a tool is not tried here: {tools:?}");
    for ((name, _), answer) in asked.iter().zip(&answers[1..]) {
        let tool = tools.iter().find(|tool| tool["name"] == *name).unwrap();
        let schema = &tool["outputSchema"];
        assert_eq!(schema["type"], "object", "{name}: {tool}");
        let validator = jsonschema::validator_for(schema).unwrap();
        let content = &answer["result"]["structuredContent"];
        let wrong: Vec<String> = validator.iter_errors(content).map(|error| error.to_string()).collect();
        assert!(content.is_object() && wrong.is_empty(), "{name}: {wrong:?} {answer}");
        assert!(!validator.is_valid(&json!({})), "{name}: its schema takes anything");
        assert_eq!(&serde_json::from_str::<Value>(text(answer)).unwrap(), content, "{name}");
    }
}

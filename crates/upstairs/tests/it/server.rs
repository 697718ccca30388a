//! Cases on a `PostgreSQL` server through the binary: one setting, several advisers, and a kill at any moment.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use super::postgres::Server;
use super::{complained, root, said, upstairs};

/// Runs the program with the cases of a server.
fn on(home: &Path, address: &str, words: &[&str]) -> Command {
    let mut command = upstairs(home);
    command.env("UPSTAIRS_DATA", home.join("data")).env("UPSTAIRS_STORE", address).args(words);
    command
}

/// Runs it, expects that it went well, and returns what it printed.
fn done(home: &Path, address: &str, words: &[&str]) -> String {
    let output = on(home, address, words).output().unwrap();
    assert!(output.status.success(), "{words:?}: {}{}", said(&output), complained(&output));
    said(&output)
}

#[test]
fn advisers_share_their_cases_on_a_server_and_a_kill_loses_nothing() {
    let Some(server) = Server::start() else { return };
    let address = server.database("centre");
    let (ada, ben) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (ada, ben) = (ada.path(), ben.path());
    let nothing = on(ada, &address, &["case", "show", "x-1"]).output().unwrap();
    assert!(
        complained(&nothing).contains("no case is kept in `postgres://adviser@127.0.0.1"),
        "{}",
        complained(&nothing)
    );
    let file = root().join("demo/case.json").display().to_string();
    let text = done(ada, &address, &["case", "new", "--from", &file]);
    let id = text.lines().next().unwrap().strip_prefix("opened ").unwrap().to_owned();
    let bill = ada.join("bill.txt");
    std::fs::write(&bill, "a bill").unwrap();
    done(ada, &address, &["case", "attach", &id, &bill.display().to_string()]);
    // The other adviser has the same case, its file among it, and nothing of it lies on either machine.
    done(ben, &address, &["case", "log", &id, "the line of Ben"]);
    assert!(done(ada, &address, &["case", "timeline", &id]).contains("the line of Ben"));
    let copy = ben.join("copy");
    done(ben, &address, &["case", "export", &id, "--folder", &copy.display().to_string()]);
    let texts: Vec<String> = std::fs::read_dir(copy.join("files"))
        .unwrap()
        .filter_map(|one| std::fs::read_to_string(one.unwrap().path()).ok())
        .collect();
    assert!(texts.iter().any(|text| text == "a bill"), "{texts:?}");
    for home in [ada, ben] {
        assert!(!home.join("data/cases.sqlite").exists() && !home.join("data/files").exists());
    }
    // A folder named for one run goes before the server named for all.
    let folder = ben.join("own").display().to_string();
    assert_eq!(
        on(ben, &address, &["case", "list", "--data", &folder]).output().unwrap().status.code(),
        Some(1)
    );
    for (words, says) in [
        (["case", "list", "--store", "sqlite://x"], "must begin with `postgres://`"),
        (
            ["case", "list", "--store", "postgres://ada:secret@127.0.0.1:9/x"],
            "`postgres://ada@127.0.0.1:9/x` cannot be used",
        ),
    ] {
        let output = on(ada, &address, &words).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{words:?}");
        let complaint = complained(&output);
        assert!(complaint.contains(says) && !complaint.contains("secret"), "{complaint}");
    }

    let mut acknowledged = 0;
    let before = events(ada, &address, &id);
    for n in 0..60u64 {
        let text = format!("run {n}");
        let mut child = on(ada, &address, &["case", "log", &id, &text])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(20_000 + (n * 7_919) % 120_000));
        child.kill().unwrap();
        acknowledged += usize::from(said(&child.wait_with_output().unwrap()).contains("written to"));
    }
    let proof: Value =
        serde_json::from_str(&done(ben, &address, &["case", "verify", &id, "--json"])).unwrap();
    assert_eq!(proof["faults"], serde_json::json!([]));
    let kept = events(ada, &address, &id) - before;
    assert!(kept >= acknowledged, "{acknowledged} were acknowledged, {kept} are there");
}

/// Returns how many events a case has.
fn events(home: &Path, address: &str, id: &str) -> usize {
    let text = done(home, address, &["case", "list", "--json"]);
    let mut lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    usize::try_from(lines.find(|line| line["id"] == id).unwrap()["events"].as_u64().unwrap()).unwrap()
}

//! Ladders for a list: every form of the answers, a run that is killed, sites that do not answer.

use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::live::{Server, demo_page};
use crate::{complained, said, upstairs};

fn at(home: &Path, words: &[&str]) -> Output {
    upstairs(home).current_dir(home).args(words).output().unwrap()
}

#[test]
fn a_list_of_sites_and_names_gives_answers_in_its_order_and_a_report() {
    let home = tempfile::tempdir().unwrap();
    let servers = [
        Server::start(demo_page),
        Server::start(demo_page),
        Server::start(|_| ("404 Not Found", "text/plain", Vec::new())),
    ];
    let mut list = "name,domain,country\nUnited Airlines,,US\n".to_owned();
    let mut words: Vec<String> =
        ["batch", "list.csv", "--country", "GB", "--pages", "3", "--report", "report.html"]
            .map(str::to_owned)
            .to_vec();
    for server in &servers {
        list += &["Site ", &server.port.to_string(), ",", &server.url(), ",GB\n"].concat();
        words.extend(["--allow-host".to_owned(), format!("127.0.0.1:{}", server.port)]);
    }
    list.push_str("Nobody At All Of This Name,,\n");
    std::fs::write(home.path().join("list.csv"), list).unwrap();
    let run = |to: &str, report: bool| {
        let mut words: Vec<&str> = words.iter().map(String::as_str).chain(["--to", to]).collect();
        if !report {
            let at = words.iter().position(|word| *word == "--report").unwrap();
            words.drain(at..at + 2);
        }
        let output = at(home.path(), &words);
        assert!(said(&output).contains("5 companies"), "{}{}", said(&output), complained(&output));
    };
    run("answers.jsonl", true);
    let read = |name: &str| std::fs::read_to_string(home.path().join(name)).unwrap();
    let answers: Vec<Value> =
        read("answers.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let contacts = |n: usize| answers[n]["answer"]["contacts"].as_array().unwrap().len();
    assert_eq!(answers[0]["answer"]["company"]["name"], "United Airlines");
    assert!(contacts(0) > 0 && contacts(1) > 0);
    assert_eq!(contacts(1), contacts(2));
    assert_eq!((contacts(3), contacts(4)), (0, 0));
    let report = read("report.html");
    assert!(report.contains("<svg") && report.contains("United Airlines"));
    // A site is asked for its rules first, and not oftener than it was asked to be read.
    assert_eq!(servers[0].paths().first().map(String::as_str), Some("/robots.txt"));
    run("answers.csv", false);
    let csv = read("answers.csv");
    assert!(csv.lines().any(|line| line.starts_with("2,") && line.contains("way up")), "{csv}");
    assert!(csv.lines().any(|line| line.starts_with("5,") && line.contains(",nothing,")), "{csv}");
    run("answers.parquet", false);
    let output = at(home.path(), &["archive", "merge", "answers.parquet", "--to", "dir"]);
    assert!(output.status.success(), "{}", complained(&output));
    assert!(
        said(&at(home.path(), &["directory", "search", "United Airlines", "--data", "dir"]))
            .contains("United Airlines")
    );
}

#[test]
fn a_batch_that_was_killed_asks_only_for_who_is_missing() {
    let home = tempfile::tempdir().unwrap();
    let names = ["United Airlines", "Comcast", "Nobody One", "Nobody Two"];
    std::fs::write(home.path().join("list.txt"), names.repeat(20).join("\n")).unwrap();
    let words = ["batch", "list.txt", "--offline", "--at-once", "1", "--to"];
    at(home.path(), &[&words[..], &["whole.json"]].concat());
    let mut child = upstairs(home.path())
        .current_dir(home.path())
        .args(words)
        .arg("killed.json")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let log = home.path().join("killed.json.answers");
    let began = Instant::now();
    while std::fs::metadata(&log).map_or(0, |told| told.len()) < 20_000
        && began.elapsed() < Duration::from_mins(1)
    {
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!home.path().join("killed.json").exists(), "it was killed too late");
    let output = at(home.path(), &[&words[..], &["killed.json"]].concat());
    assert!(said(&output).contains("continued after"), "{}{}", said(&output), complained(&output));
    let answers = |name: &str| -> Value {
        let mut all: Value = serde_json::from_slice(&std::fs::read(home.path().join(name)).unwrap()).unwrap();
        // The moment of asking is each run's own.
        all.as_array_mut().unwrap().iter_mut().for_each(|one| one["answer"]["asked"]["at"] = Value::Null);
        all
    };
    assert_eq!(answers("whole.json"), answers("killed.json"));
    assert!(!log.exists());
}

#[test]
fn wrong_lists_and_names_are_told() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("list.csv"), "domain,country\nacme.example,Britain\n").unwrap();
    for (words, code, told) in [
        (vec!["batch", "list.csv", "--to", "o.json"], 1, "line 2"),
        (vec!["batch", "list.csv", "--to", "o.doc"], 2, ".parquet"),
        (vec!["batch", "missing.csv", "--to", "o.json"], 1, "missing.csv"),
        (vec!["batch", "list.csv", "--to", "list.csv"], 1, "is there already"),
    ] {
        let output = at(home.path(), &words);
        assert_eq!(output.status.code(), Some(code), "{words:?}: {}", complained(&output));
        assert!(complained(&output).contains(told), "{words:?}: {}", complained(&output));
    }
}

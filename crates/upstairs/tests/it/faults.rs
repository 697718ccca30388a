//! Every write fails in its turn: a full disk, a disk that breaks, a kill at that very call, a folder that may not be
//! written. Nothing acknowledged is lost, nothing half-written is shown, and afterwards the program goes on.
//!
//! A small library in C (`faults.c`) is put before the system's; where it cannot be built or loaded this says so.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use super::{complained, root, said, upstairs};

/// No call that changes something is left to fail, long before this.
const MOST_CALLS: u32 = 400;

/// The passphrase of those that are sealed.
const WORDS: &str = "four plain words here";

/// In which way a call fails.
const WAYS: [(&str, &str, bool); 4] = [
    ("the disk is full", "28", false),
    ("the disk stays full", "28", true),
    ("the disk breaks", "5", false),
    ("the program is killed", "0", false),
];

/// Builds the library; `None`, with a word, where that cannot be done.
fn library(home: &Path) -> Option<PathBuf> {
    if !cfg!(all(target_os = "linux", target_env = "gnu")) {
        println!("writes are made to fail on Linux only: passed by");
        return None;
    }
    let library = home.join("faults.so");
    let source = root().join("crates/upstairs/tests/it/faults.c");
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-w", "-o"])
        .arg(&library)
        .arg(source)
        .args(["-ldl"])
        .status();
    if built.is_ok_and(|status| status.success()) {
        return Some(library);
    }
    println!("no C compiler for the library that makes writes fail: passed by");
    None
}

/// A store with one case, which is copied for each run.
struct Model {
    home: tempfile::TempDir,
    id: String,
    library: PathBuf,
}

impl Model {
    fn new() -> Option<Self> {
        let home = tempfile::tempdir().unwrap();
        let library = library(home.path())?;
        let file = root().join("demo/case.json").display().to_string();
        let output = run(home.path(), &home.path().join("model"), &["case", "new", "--from", &file]);
        assert!(output.status.success(), "{}", complained(&output));
        let id = said(&output).lines().next().unwrap().strip_prefix("opened ").unwrap().to_owned();
        fs::write(home.path().join("bill.txt"), "a bill".repeat(30_000)).unwrap();
        Some(Self { home, id, library })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Runs words on a fresh copy with the call at a place failing; `None` once no call came that far.
    fn fail(&self, words: &[&str], at: u32, way: (&str, &str, bool)) -> Option<(PathBuf, Output)> {
        let (data, mark) = (self.path("data"), self.path("mark"));
        let _ = (fs::remove_dir_all(&data), fs::remove_file(&mark));
        copy(&self.path("model"), &data);
        let mut command = upstairs(self.home.path());
        command.env("UPSTAIRS_DATA", &data).args(words).env("LD_PRELOAD", &self.library);
        command.env("UPSTAIRS_PASSPHRASE", WORDS);
        command.env("FAULT_UNDER", &data).env("FAULT_AT", at.to_string()).env("FAULT_ERRNO", way.1);
        command.env("FAULT_MARK", &mark);
        if way.2 {
            command.env("FAULT_STAY", "1");
        }
        let output = command.output().unwrap();
        mark.exists().then_some((data, output))
    }
}

fn run(home: &Path, data: &Path, words: &[&str]) -> Output {
    let mut command = upstairs(home);
    command.env("UPSTAIRS_DATA", data).env("UPSTAIRS_PASSPHRASE", WORDS).args(words).output().unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for one in fs::read_dir(from).unwrap() {
        let one = one.unwrap();
        if one.path().is_dir() {
            copy(&one.path(), &to.join(one.file_name()));
        } else {
            fs::copy(one.path(), to.join(one.file_name())).unwrap();
        }
    }
}

/// Returns every case with what a proof of it says.
fn proofs(home: &Path, data: &Path) -> Vec<Value> {
    let output = run(home, data, &["case", "verify", "--json"]);
    said(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn whichever_write_fails_nothing_acknowledged_is_lost_and_the_store_goes_on() {
    let Some(model) = Model::new() else { return };
    let home = model.home.path();
    let before = proofs(home, &model.path("model"))[0]["intact"].as_u64().unwrap();
    let bill = model.path("bill.txt").display().to_string();
    let file = root().join("demo/case.json").display().to_string();
    let id = model.id.as_str();
    let tasks: [(&[&str], u64, usize); 3] = [
        (&["case", "log", id, "a line that counts"], 1, 1),
        (&["case", "attach", id, &bill], 1, 1),
        (&["case", "new", "--from", &file], 0, 2),
    ];
    let mut calls = Vec::new();
    for (words, more, cases) in tasks {
        for way in WAYS {
            let mut at = 1;
            while let Some((data, output)) = model.fail(words, at, way) {
                let what = format!("{words:?}, call {at}: {}", way.0);
                let kept = proofs(home, &data);
                assert!(!kept.is_empty(), "{what}: the case is gone");
                for proof in &kept {
                    assert_eq!(proof["faults"], serde_json::json!([]), "{what}");
                }
                let first = kept.iter().find(|proof| proof["id"] == id).unwrap();
                let intact = first["intact"].as_u64().unwrap();
                if output.status.success() {
                    assert_eq!(
                        (intact, kept.len()),
                        (before + more, cases),
                        "{what}: acknowledged, and lost"
                    );
                } else {
                    assert!(intact == before || intact == before + more, "{what}: {intact} events");
                    if way.1 != "0" {
                        assert!(!complained(&output).trim().is_empty(), "{what}: no word of it");
                    }
                }
                let next = run(home, &data, &["case", "log", id, "and on it goes"]);
                assert!(next.status.success(), "{what}: {}", complained(&next));
                at += 1;
                assert!(at < MOST_CALLS, "{what}: there is no end");
            }
            calls.push(at - 1);
        }
    }
    println!("calls that failed in turn, by task and way: {calls:?}");
    assert!(calls.iter().all(|calls| *calls >= 3), "the library failed too few calls: {calls:?}");
}

#[test]
fn a_store_that_is_killed_while_it_is_sealed_or_opened_is_whole_and_the_next_run_ends_it() {
    let Some(model) = Model::new() else { return };
    let home = model.home.path();
    let id = model.id.as_str();
    let bill = model.path("bill.txt").display().to_string();
    let at = model.path("model");
    assert!(run(home, &at, &["case", "attach", id, &bill]).status.success());
    fs::create_dir_all(at.join("drafts").join(id)).unwrap();
    fs::write(at.join("drafts").join(id).join("email.txt"), "a draft about the meter").unwrap();
    let mut calls = Vec::new();
    for sealed in [false, true] {
        if sealed {
            assert!(run(home, &at, &["case", "seal"]).status.success());
        }
        let before = proofs(home, &at);
        let words: &[&str] = if sealed { &["case", "unseal"] } else { &["case", "seal"] };
        for way in [WAYS[1], WAYS[3]] {
            let mut at = 1;
            while let Some((data, output)) = model.fail(words, at, way) {
                let what = format!("{words:?}, call {at}: {}", way.0);
                assert_eq!(proofs(home, &data), before, "{what}: every event and file is there, by hash");
                if way.1 != "0" && !output.status.success() {
                    let words = format!("{}{}", complained(&output), said(&output));
                    assert!(!words.trim().is_empty(), "{what}: no word of it ({})", output.status);
                }
                // The next run that writes ends what was begun: in plain or sealed, and nothing between.
                let next = run(home, &data, &["case", "log", id, "and on it goes"]);
                assert!(next.status.success(), "{what}: {}", complained(&next));
                let open =
                    upstairs(home).env("UPSTAIRS_DATA", &data).args(["case", "list"]).output().unwrap();
                let left = super::keeping::holding(&data, &["a bill", "meter", id]);
                if open.status.success() {
                    assert!(!left.is_empty(), "{what}: in plain");
                } else {
                    assert_eq!(left, Vec::<String>::new(), "{what}: sealed");
                }
                // There are some two hundred calls each way, and four runs of the program for each.
                at += if way.1 == "0" { 3 } else { 9 };
                assert!(at < MOST_CALLS, "{what}: there is no end");
            }
            calls.push(at - 1);
        }
    }
    println!("calls that failed in turn while sealing and opening: {calls:?}");
    assert!(calls.iter().all(|calls| *calls >= 5), "the library failed too few calls: {calls:?}");
}

#[test]
fn a_folder_that_may_not_be_written_is_read_and_said_to_be_so() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let data = home.join("data");
    let file = root().join("demo/case.json").display().to_string();
    let output = run(home, &data, &["case", "new", "--from", &file]);
    let id = said(&output).lines().next().unwrap().strip_prefix("opened ").unwrap().to_owned();
    // Permissions do not bind root: there the program runs as somebody else, from a place that all may read.
    let root_runs = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    let binary = home.join("upstairs");
    let as_other = |words: &[&str]| {
        let mut command = if root_runs {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]).arg(&binary);
            command
        } else {
            Command::new(env!("CARGO_BIN_EXE_upstairs"))
        };
        command.env_clear().env("HOME", home).env("UPSTAIRS_CACHE", home.join("cache"));
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("UPSTAIRS_DATA", &data).args(words).output()
    };
    if root_runs {
        fs::copy(env!("CARGO_BIN_EXE_upstairs"), &binary).unwrap();
    }
    let allow = |path: &Path, mode: u32| {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(home, 0o755);
    allow(&data, 0o555);
    for one in fs::read_dir(&data).unwrap() {
        let one = one.unwrap();
        allow(&one.path(), 0o444);
    }
    let Ok(shown) = as_other(&["case", "show", &id]) else {
        println!("`setpriv` is not there to run as somebody else: passed by");
        return;
    };
    assert!(shown.status.success(), "{}", complained(&shown));
    for words in [["case", "log", &id, "x"], ["case", "attach", &id, &file]] {
        let refused = as_other(&words).unwrap();
        assert_eq!(refused.status.code(), Some(1));
        assert!(complained(&refused).contains("cannot be written"), "{}", complained(&refused));
    }
    allow(&data, 0o755);
    assert_eq!(proofs(home, &data)[0]["faults"], serde_json::json!([]));
}

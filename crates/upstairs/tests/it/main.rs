//! Whole journeys through the binary, and the figures on the reference documents where those are at hand.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "tests may panic, and say what they skip")]

mod advise;
mod api;
mod archive;
mod assistant;
mod attacks;
mod bad_input;
mod batch;
mod case;
mod centre;
mod directory;
mod directory_check;
mod extension;
#[cfg(unix)]
mod faults;
mod figures;
mod find;
mod german;
mod house;
mod install;
mod keeping;
mod live;
mod pages;
mod paper;
#[allow(dead_code, reason = "the tests of the store use the rest")]
#[path = "../../../store/tests/stories/server.rs"]
mod postgres;
mod publish;
mod read;
mod schema;
mod server;
mod sources;
mod verify;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Returns the program, with a home of its own and no settings of the user's.
fn upstairs(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_upstairs"));
    command.env_clear().env("HOME", home).env("UPSTAIRS_CACHE", home.join("cache"));
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    command
}

/// Says why a test is skipped; where the tests are strict (`UPSTAIRS_TEST_STRICT=1`) that is a failure: a program that is surely here was not
/// found.
fn skipped(why: impl std::fmt::Display) {
    assert!(
        std::env::var_os("UPSTAIRS_TEST_STRICT").is_none_or(|strict| strict != "1"),
        "not skipped, for the tests are strict: {why}"
    );
    println!("skipped: {why}");
}

/// Runs the program with words.
fn run(words: &[&str]) -> Output {
    let home = tempfile::tempdir().unwrap();
    upstairs(home.path()).args(words).output().unwrap()
}

/// Returns what was printed to standard output.
fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Returns what was printed to standard error.
fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Returns the root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// Returns the folder of what is built.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into)
}

/// Returns the archive of the made-up company.
fn demo() -> String {
    root().join("demo/brightwell-energy.example.warc.gz").display().to_string()
}

//! The page of the rules in the documentation is the one that the rules make.

use std::path::PathBuf;

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/advice.md")
}

#[test]
fn the_page_is_current() {
    let kept = std::fs::read_to_string(file()).unwrap_or_default();
    assert!(
        kept == casework::page::page(),
        "docs/advice.md lags behind: cargo test -p casework --test page -- --ignored"
    );
}

#[test]
#[ignore = "writes the page anew"]
fn write_the_page() {
    std::fs::write(file(), casework::page::page()).unwrap();
}

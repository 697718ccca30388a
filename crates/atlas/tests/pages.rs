//! The pages in `docs/atlas` are those that the data make.

use std::fs;
use std::path::PathBuf;

use atlas::Atlas;
use atlas::pages::pages;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/atlas")
}

#[test]
fn the_pages_are_current() {
    let made = pages(Atlas::builtin());
    let stale: Vec<&str> = made
        .iter()
        .filter(|(name, text)| fs::read_to_string(folder().join(name)).ok().as_ref() != Some(text))
        .map(|(name, _)| name.as_str())
        .collect();
    assert!(
        stale.is_empty(),
        "docs/atlas lags behind in {stale:?}: cargo test -p atlas --test pages -- --ignored"
    );
    let kept = fs::read_dir(folder()).unwrap().count();
    assert_eq!(kept, made.len(), "docs/atlas holds pages that nothing makes");
}

#[test]
#[ignore = "writes the pages anew"]
fn write_the_pages() {
    fs::create_dir_all(folder()).unwrap();
    for (name, text) in pages(Atlas::builtin()) {
        fs::write(folder().join(name), text).unwrap();
    }
}

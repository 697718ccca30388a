//! The pages of the house name rooms that exist.

use std::path::{Path, PathBuf};

/// Returns the root of the checkout.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Returns what a page has in back quotes that looks like a path of the checkout.
fn paths_of(page: &str) -> impl Iterator<Item = &str> {
    page.split('`').skip(1).step_by(2).filter(|quoted| {
        let is_name = quoted.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/'));
        is_name && (quoted.contains('/') || quoted.split('.').next_back() == Some("rs"))
    })
}

#[test]
fn every_room_that_a_page_names_is_there() {
    let mut pages = vec![root().join("ARCHITECTURE.md")];
    let wings = std::fs::read_dir(root().join("crates")).unwrap();
    pages.extend(wings.map(|wing| wing.unwrap().path().join("README.md")));
    assert!(pages.len() > 12, "{pages:?}");
    let mut looked_at = 0;
    for page in pages {
        let text =
            std::fs::read_to_string(&page).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
        let beside = page.parent().unwrap();
        for path in paths_of(&text) {
            looked_at += 1;
            assert!(
                beside.join(path).exists() || root().join(path).exists(),
                "{} names `{path}`, which is not there",
                page.display()
            );
        }
    }
    assert!(looked_at > 100, "only {looked_at} paths were found in the pages");
}

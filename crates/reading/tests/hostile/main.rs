//! Hostile pages: none makes a reader panic, and what comes of each is bounded, however long it is.
//!
//! How long each takes is measured by `cargo bench -p reading --bench pages -- --hostile`, never asserted here.

mod kinds;

use reading::outline;
use reading::page::{self, Context};

/// As long as a debug build reads in good time.
const SIZE: usize = 48 * 1024;

#[test]
fn no_hostile_page_breaks_a_reader_and_all_that_comes_of_one_is_bounded() {
    for kind in kinds::KINDS {
        let html = kind.page(SIZE);
        let page = page::read(html.as_bytes(), &Context::default());
        let broke = page.finding.warnings.iter().find(|warning| warning.contains("broke"));
        assert_eq!(broke, None, "{}", kind.name);
        assert!(page.finding.contacts.len() <= 2000, "{}: {}", kind.name, page.finding.contacts.len());
        assert!(page.links.len() <= 5000, "{}: {}", kind.name, page.links.len());
        for sighting in &page.finding.contacts {
            assert!(sighting.quote.chars().count() <= 200, "{}: {}", kind.name, sighting.quote);
            assert!(sighting.reach.value().len() <= 2048, "{}", kind.name);
        }
    }
}

#[test]
fn an_outline_is_never_much_larger_than_its_page() {
    for kind in kinds::KINDS {
        let html = kind.page(SIZE);
        let outline = outline::from_html(&html);
        assert!(outline.text.len() <= html.len() + 1024, "{}: {}", kind.name, outline.text.len());
        assert!(outline.blocks.len() <= html.len() / 2, "{}: {}", kind.name, outline.blocks.len());
        assert!(
            outline.blocks.iter().all(|block| outline.text.get(block.range.clone()).is_some()),
            "{}",
            kind.name
        );
    }
}

//! What a response is, and what a user or the judging of links should know of it.

use std::collections::BTreeSet;

use ladder::{Place, Rung};
use reading::page::Page;

use super::report::{Document, Outcome};
use super::score::{Parent, is_section};
use super::words::PageKind;

/// Returns what is known of a page whose links are judged.
pub(super) fn parent_of(kind: PageKind, page: &Page) -> Parent {
    let above =
        |rung| matches!(rung, Some(Rung::Complaints | Rung::Management | Rung::Executive | Rung::Adr));
    let in_place = |place| page.links.iter().filter(|link| link.place == place).count();
    Parent {
        kind,
        names_someone: page
            .finding
            .contacts
            .iter()
            .any(|sighting| above(sighting.rung) && matches!(sighting.place, Place::Main | Place::Aside)),
        in_text: in_place(Place::Main) + in_place(Place::Aside),
        in_footer: in_place(Place::Footer),
        sections: page
            .links
            .iter()
            .filter(|link| is_section(link))
            .map(|link| link.url.path())
            .collect::<BTreeSet<_>>()
            .len(),
    }
}

/// Returns whether a response is a page: by its type, or where none is given, by its first byte.
#[must_use]
pub fn is_page(content_type: &str, body: &[u8]) -> bool {
    if content_type.contains("html") {
        return true;
    }
    let untold = content_type.is_empty()
        || content_type.starts_with("application/octet-stream")
        || content_type.starts_with("text/plain");
    untold && body.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'<')
        || content_type.contains("xml")
            && body.windows(5).take(2_000).any(|w| w.eq_ignore_ascii_case(b"<html"))
}

/// Returns what a user should know of a document, if anything.
pub(super) fn warning_of(document: &Document, start: bool) -> Option<String> {
    let url = &document.url;
    let matters = start || document.choice.kind == PageKind::Complaints;
    let what = match &document.outcome {
        Outcome::NeedsScript => {
            format!("`{url}` shows next to nothing without a script: only its static parts were read")
        }
        Outcome::BotCheck => format!(
            "`{url}` asks visitors to prove that they are not a robot: open it in a browser, save it and read the file"
        ),
        Outcome::Empty if matters => format!("`{url}` is empty"),
        Outcome::Missing if start => format!("`{url}` does not exist (status {})", document.status),
        Outcome::Unreadable(why) if matters || document.pdf => format!("`{url}`: {why}"),
        _ => return None,
    };
    Some(what)
}

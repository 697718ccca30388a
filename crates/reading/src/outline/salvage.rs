//! Salvage: reading on where a page forgot to close a title, a script or a comment.
//!
//! By the standard everything up to the end of such a page is title, script or comment, and a browser shows nothing.
//! What the company wrote is there all the same.

use memchr::memmem;

use super::names::Tag;
use super::tokens::Ending;

/// Returns where to read on; `None` where the page ended well, or nothing that looks like markup follows.
pub(super) fn resume(html: &str, ending: Ending) -> Option<usize> {
    let (from, in_script) = match ending {
        Ending::Clean => return None,
        Ending::InComment(from) => (from, false),
        Ending::InText(tag, from) => (from, matches!(tag, Tag::Script | Tag::Style)),
    };
    let rest = html.as_bytes().get(from..)?;
    let at = if in_script {
        // A script may hold markup of its own in strings: look for what only a page has.
        ["</head", "<body", "</style", "<h1", "<main", "<header", "<footer", "<div", "<p>", "<table"]
            .iter()
            .find_map(|tag| memmem::find(rest, tag.as_bytes()))?
    } else {
        memchr::memchr(b'<', rest)?
    };
    Some(from + at)
}

/// Cuts the text of a title that swallowed the page down to the title.
pub(super) fn cut_raw(text: &mut String) {
    if let Some(end) = text.find('<') {
        text.truncate(end);
    }
    if let Some(end) = text.trim_start().find('\n') {
        let lead = text.len() - text.trim_start().len();
        text.truncate(lead + end);
    }
}

//! Firms that stand on many companies' pages: hosts, app stores, helplines.
//!
//! The names are data (`data/firms.txt`); a page on such a firm's own site is told apart by its caller.

use std::ops::Range;
use std::sync::LazyLock;

use crate::needles::Needles;

/// The names and what each firm is.
struct Firms {
    names: Needles,
    kinds: Vec<&'static str>,
}

static FIRMS: LazyLock<Firms> = LazyLock::new(|| {
    let mut names = Vec::new();
    let mut kinds = Vec::new();
    for line in include_str!("data/firms.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((kind, list)) = line.split_once(": ") else { continue };
        for name in list.split(';').map(str::trim).filter(|name| !name.is_empty()) {
            names.push(name);
            kinds.push(kind);
        }
    }
    Firms { names: Needles::exact(names), kinds }
});

/// Returns the first such firm that a text names, in its own capitals, and what it is.
pub(super) fn named_in(text: &str) -> Option<(Range<usize>, &'static str)> {
    let word = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric);
    FIRMS
        .names
        .find_iter(text)
        .find(|m| !(word(m.end) || m.start > 0 && word(m.start - 1)))
        .map(|m| (m.range(), FIRMS.kinds[m.index]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_firm_is_known_by_its_whole_name() {
        let text = "hébergé par OVH, 2 rue Exemple";
        let (range, kind) = named_in(text).unwrap();
        assert_eq!((&text[range], kind), ("OVH", "host"));
        assert_eq!(named_in("the ovhead line and OVHx"), None);
    }
}

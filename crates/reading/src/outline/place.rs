//! Which landmark an element opens: by its name, its `role`, or the words of its class and id.
//!
//! Only words that stand for a part of the page count. `site-footer` is the footer; `card-footer`, `has-sidebar` and
//! `section-header` are not.

use std::sync::LazyLock;

use ladder::Place;

use super::names::Tag;
use crate::needles::Needles;

/// What the class and id of an element tell.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each told by a word of its own")]
pub(super) struct Words {
    /// The landmark.
    pub(super) place: Option<Place>,
    /// `hidden`, `d-none` and the like, with nothing beside them that shows it on a wider screen.
    pub(super) hidden: bool,
    /// `title`, `heading`, `question`: text that works as a heading.
    pub(super) titles: bool,
    /// A class of microformats stands in it.
    pub(super) microformat: bool,
    /// An icon font draws its text.
    pub(super) icon_font: bool,
}

/// Pieces of words, one of which must stand in a class or id for it to matter.
const PIECES: [&str; 20] = [
    "foot",
    "colophon",
    "head",
    "topbar",
    "top-bar",
    "nav",
    "menu",
    "breadcrumb",
    "sidebar",
    "side-bar",
    "aside",
    "hidden",
    "hide",
    "d-none",
    "title",
    "question",
    "card",
    "adr",
    "geo",
    "material-",
];

static FINDER: LazyLock<Needles> = LazyLock::new(|| Needles::of(PIECES));

/// Reads the words of a class or id.
pub(super) fn words(text: &[u8]) -> Words {
    let mut words = Words::default();
    if !FINDER.is_match(text) {
        return words;
    }
    let mut shown = false;
    for word in
        text.split(u8::is_ascii_whitespace).filter(|word| word.len() >= 3 && word.len() <= 64).take(64)
    {
        let mut lower = [0; 64];
        let lower = &mut lower[..word.len()];
        lower.copy_from_slice(word);
        lower.make_ascii_lowercase();
        match &*lower {
            b"hidden" | b"d-none" | b"hide" | b"is-hidden" => words.hidden = true,
            b"vcard" | b"h-card" | b"h-adr" | b"adr" | b"h-geo" | b"geo" => words.microformat = true,
            _ => {
                shown |= [&b"block"[..], b"flex", b"grid", b"inline", b"table", b"visible"]
                    .iter()
                    .any(|end| lower.ends_with(end));
                words.icon_font |=
                    lower.starts_with(b"material-icons") || lower.starts_with(b"material-symbols");
                look(word, lower, &mut words);
            }
        }
    }
    words.hidden &= !shown;
    words
}

/// Words beside `header` and `footer` that make them the site's own.
const SITE: [&[u8]; 19] = [
    b"site",
    b"main",
    b"global",
    b"page",
    b"top",
    b"sticky",
    b"mobile",
    b"desktop",
    b"wp",
    b"app",
    b"the",
    b"fixed",
    b"section",
    b"wrapper",
    b"container",
    b"bottom",
    b"web",
    b"inner",
    b"area",
];

/// Looks at one word of a class, as written and in lower case.
fn look(word: &[u8], lower: &[u8], words: &mut Words) {
    let mut starts = [0; 12];
    let count = pieces(word, &mut starts);
    let piece = |i: usize| {
        let end = starts.get(i + 1).copied().filter(|_| i + 1 < count).unwrap_or(lower.len());
        let piece = &lower[starts[i]..end];
        piece.strip_suffix(b"-").or_else(|| piece.strip_suffix(b"_")).unwrap_or(piece)
    };
    let others = |skip: usize, allowed: &[&[u8]]| {
        (0..count).filter(|&i| i != skip).all(|i| {
            let p = piece(i);
            p.iter().all(u8::is_ascii_digit) || allowed.contains(&p)
        })
    };
    for i in 0..count {
        let place = match piece(i) {
            b"footer" | b"foot" | b"footers" if i == 0 || others(i, &SITE) => Some(Place::Footer),
            b"colophon" | b"sitefooter" | b"pagefooter" | b"mainfooter" => Some(Place::Footer),
            b"header" | b"head"
                if count == 1
                    || (others(i, &SITE)
                        && !lower.starts_with(b"section")
                        && !lower.starts_with(b"page")) =>
            {
                Some(Place::Header)
            }
            b"masthead" | b"topbar" | b"siteheader" => Some(Place::Header),
            b"top" if lower == b"top-bar" || lower == b"top_bar" => Some(Place::Header),
            b"nav" | b"navbar" | b"navigation" | b"megamenu" | b"breadcrumb" | b"breadcrumbs"
                if i == 0 || i + 1 == count =>
            {
                Some(Place::Nav)
            }
            b"menu" if i == 0 || (i + 1 == count && others(i, &NAVS)) => Some(Place::Nav),
            b"sidebar" | b"aside" if i == 0 || (i + 1 == count && others(i, &SIDES)) => Some(Place::Aside),
            b"side" if lower == b"side-bar" => Some(Place::Aside),
            b"title" | b"heading" | b"headline" | b"question" if i + 1 == count || i == 0 => {
                words.titles = true;
                None
            }
            _ => None,
        };
        words.place = words.place.or(place);
    }
}

/// Words beside `menu`.
const NAVS: [&[u8]; 12] = [
    b"main",
    b"primary",
    b"secondary",
    b"top",
    b"mobile",
    b"site",
    b"footer",
    b"mega",
    b"side",
    b"sub",
    b"header",
    b"wp",
];

/// Words beside `sidebar`.
const SIDES: [&[u8]; 8] = [b"left", b"right", b"primary", b"secondary", b"main", b"page", b"site", b"widget"];

/// Cuts a word at `-`, `_`, digits and inner capitals; gives where the pieces begin and how many there are.
fn pieces(word: &[u8], starts: &mut [usize; 12]) -> usize {
    let mut count = 1;
    for i in 1..word.len() {
        let (before, here) = (word[i - 1], word[i]);
        let cut = matches!(before, b'-' | b'_')
            || (before.is_ascii_lowercase() && (here.is_ascii_uppercase() || here.is_ascii_digit()));
        if cut && !matches!(here, b'-' | b'_') && count < starts.len() {
            starts[count] = i;
            count += 1;
        }
    }
    count
}

/// Returns the landmark that a role stands for.
pub(super) fn of_role(role: &[u8]) -> Option<Place> {
    match role.to_ascii_lowercase().as_slice() {
        b"banner" => Some(Place::Header),
        b"navigation" | b"menu" | b"menubar" => Some(Place::Nav),
        b"contentinfo" => Some(Place::Footer),
        b"complementary" => Some(Place::Aside),
        b"main" => Some(Place::Main),
        _ => None,
    }
}

/// Returns the landmark that an element opens by its name; `sectioned` says that it stands in an article, a section or
/// the main part, where a header is that part's own.
pub(super) const fn of_tag(tag: Tag, sectioned: bool) -> Option<Place> {
    match tag {
        Tag::Header if !sectioned => Some(Place::Header),
        Tag::Footer => Some(Place::Footer),
        Tag::Nav => Some(Place::Nav),
        Tag::Aside => Some(Place::Aside),
        Tag::Main => Some(Place::Main),
        _ => None,
    }
}

/// Returns the landmark of an element inside of another: nothing leaves a footer, and a menu in a header is a menu.
pub(super) const fn inside(outer: Place, inner: Place) -> Place {
    match (outer, inner) {
        (Place::Footer, _) => Place::Footer,
        (Place::Nav, Place::Header | Place::Aside) => Place::Nav,
        (Place::Aside, Place::Header) => Place::Aside,
        (_, inner) => inner,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_stand_for_a_part_of_the_page_make_a_landmark() {
        let table: &[(&str, Option<Place>)] = &[
            ("footer", Some(Place::Footer)),
            ("site-footer", Some(Place::Footer)),
            ("footer-bottom row", Some(Place::Footer)),
            ("siteFooter", Some(Place::Footer)),
            ("card-footer", None),
            ("modal__footer", None),
            ("header", Some(Place::Header)),
            ("site-header", Some(Place::Header)),
            ("section-header", None),
            ("page-header", None),
            ("card-header", None),
            ("navbar navbar-light", Some(Place::Nav)),
            ("main-menu", Some(Place::Nav)),
            ("wine-menu", None),
            ("sidebar", Some(Place::Aside)),
            ("left-sidebar", Some(Place::Aside)),
            ("has-sidebar", None),
            ("no-sidebar", None),
            ("content-sidebar-wrap", None),
            ("football", None),
            ("navy", None),
        ];
        for &(class, place) in table {
            assert_eq!(words(class.as_bytes()).place, place, "{class}");
        }
    }

    #[test]
    fn what_shows_on_a_wider_screen_is_not_hidden() {
        for (class, hidden) in
            [("d-none", true), ("d-none d-md-block", false), ("hidden lg:flex", false), ("hide", true)]
        {
            assert_eq!(words(class.as_bytes()).hidden, hidden, "{class}");
        }
    }
}

//! What kind of page it is, as far as that says whose contacts it names.

use super::fold::fold;
use crate::outline::{BlockKind, Outline};
use crate::page::Context;

/// What kind of page.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Kind {
    /// An imprint: the page on which the law has a firm say who it is.
    pub(super) imprint: bool,
}

/// Words in title, heading or address of an imprint.
const IMPRINT: &[&str] = &[
    "impressum",
    "imprint",
    "mentions legales",
    "mention legale",
    "aviso legal",
    "note legali",
    "informations legales",
    "offenlegung",
    "anbieterkennzeichnung",
    "legal imprint",
    "colofon",
    "informacion legal",
    "informazioni legali",
    "avis legal",
    "informations editeur",
    "mentionslegales",
    "legale vermeldingen",
    "wettelijke vermeldingen",
    "site publisher",
];

impl Kind {
    /// Tells the kind of a page from its title, its first heading and its address.
    pub(super) fn of(outline: &Outline, context: &Context) -> Self {
        let first = outline
            .blocks
            .iter()
            .position(|b| matches!(b.kind, BlockKind::Heading(1 | 2)) && !b.range.is_empty());
        let heading = first.map(|id| outline.block_text(id)).unwrap_or_default();
        let path = context.url.map(url::Url::path).unwrap_or_default();
        let signs = [outline.title.as_str(), heading, path]
            .map(|s| fold(super::lines::head(s, 200)).replace('_', " "));
        Self { imprint: signs.iter().any(|sign| IMPRINT.iter().any(|word| sign.contains(word))) }
    }
}

//! Hits: values that an extractor found in an outline, before their rung and party are named.

use std::ops::Range;

use ladder::{Cost, Place, Reach, Signal};

use crate::outline::{BlockId, Outline};

/// A value found in an outline, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Channel and value.
    pub reach: Reach,
    /// The block in which it stands; `None` for data and scripts without a place in the text.
    pub block: Option<BlockId>,
    /// Where its printed form stands in [`Outline::text`]; empty where it has none (an icon, a data record).
    pub span: Range<usize>,
    /// The link that carries it, as an index of [`Outline::links`].
    pub link: Option<usize>,
    /// Where on the page.
    pub place: Place,
    /// Words that name it and that the extractor alone knows: `contactType`, the title of an icon link, "Fax".
    pub label: Option<String>,
    /// Another party that the data itself names (an organisation in JSON-LD that is not the page's own).
    pub party: Option<String>,
    /// The person named with it.
    pub person: Option<String>,
    /// That person's title, or the team.
    pub title: Option<String>,
    /// When it is open, as printed.
    pub hours: Option<String>,
    /// Languages served, ISO 639-1.
    pub languages: Vec<String>,
    /// What a call costs by the kind of number.
    pub cost: Option<Cost>,
    /// What the document says of the cost.
    pub cost_note: Option<String>,
    /// Digits to dial after the number answers.
    pub extension: Option<String>,
    /// What a reader should know: text and link that disagree.
    pub notes: Vec<String>,
    /// Signals of the extractor's own: a machine-readable contact type.
    pub signals: Vec<Signal>,
}

impl Hit {
    /// Makes a hit in the text of a block.
    #[must_use]
    pub fn in_text(outline: &Outline, reach: Reach, block: BlockId, span: Range<usize>) -> Self {
        let place = outline.blocks.get(block).map_or(Place::Main, |b| b.place);
        Self { block: Some(block), span, place, ..Self::in_data(reach) }
    }

    /// Makes a hit on a link, its span the text of the link.
    #[must_use]
    pub fn on_link(outline: &Outline, reach: Reach, link: usize) -> Self {
        let l = &outline.links[link];
        Self {
            block: l.block,
            span: l.text.clone(),
            link: Some(link),
            place: l.place,
            ..Self::in_data(reach)
        }
    }

    /// Makes a hit in embedded data.
    #[must_use]
    pub const fn in_data(reach: Reach) -> Self {
        Self {
            reach,
            block: None,
            span: 0..0,
            link: None,
            place: Place::Data,
            label: None,
            party: None,
            person: None,
            title: None,
            hours: None,
            languages: Vec::new(),
            cost: None,
            cost_note: None,
            extension: None,
            notes: Vec::new(),
            signals: Vec::new(),
        }
    }
}

//! The outline of a document: its text in blocks, in reading order, with what surrounds each.
//!
//! One pass over the tokens of a page (or the lines of a text) makes an [`Outline`]; every extractor reads that and
//! never the markup. It keeps what tells the meaning of a value (the headings above it, the label before it, the
//! header cells of its row and column, the landmark it stands in) and drops what no reader sees, except where it says so.

mod build;
mod enter;
mod forms;
mod names;
mod parts;
mod place;
mod plain;
mod salvage;
mod table;
mod text;
mod tokens;

use std::ops::Range;

use ladder::Place;

pub use build::from_html;
pub use plain::from_text;

/// Index of a [`Block`] in [`Outline::blocks`].
pub type BlockId = usize;

/// What kind of block it is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum BlockKind {
    /// Running text.
    #[default]
    Paragraph,
    /// A heading of level 1 to 6 (also a `<legend>`, `<caption>`, `<summary>` or a bold line that works as one: level 7).
    Heading(u8),
    /// An item of a list.
    Item {
        /// 1 for an outermost list.
        depth: u8,
        /// Its printed or counted number in an ordered list.
        ordinal: Option<u32>,
    },
    /// A cell of a table.
    Cell {
        /// Which table of the page, counted from 0; joins the cells of one table.
        table: u32,
        /// Row, counted from 0.
        row: u32,
        /// Column, counted from 0, `colspan` counted in.
        column: u32,
        /// Whether it is a header cell (`<th>`, or a cell of the first row or column that works as one).
        header: bool,
    },
    /// A term (`<dt>`) or a form label: it names what comes next.
    Term,
    /// The definition of a term (`<dd>`).
    Definition,
}

/// A piece of block-level text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// Where its text stands in [`Outline::text`]. White space is single; a `<br>` is one `\n`.
    pub range: Range<usize>,
    /// What kind of block it is.
    pub kind: BlockKind,
    /// The nearest heading above it (for a heading: its parent). Follow it upwards for the whole path.
    pub heading: Option<BlockId>,
    /// The landmark it stands in.
    pub place: Place,
    /// The innermost sectioning container (`section`, `article`, `div`, `li`, `td`, `address`, …) as an index that is
    /// equal for blocks that share it.
    pub container: u32,
    /// Whether it stands in an `<address>`.
    pub in_address: bool,
    /// Whether the page hides it at first (`hidden`, `display:none`, `aria-hidden`): an accordion, a tab, a menu.
    /// Its text counts, but less.
    pub hidden: bool,
}

/// What a link is made of.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum LinkKind {
    /// `<a href>` or `<area href>`.
    #[default]
    Anchor,
    /// `<iframe src>` or `<frame src>`.
    Frame,
    /// `<link rel href>` in the head.
    Head,
    /// A button or other element with an address in `data-href`, `data-url`, `onclick` or the like.
    Button,
}

/// A link, with the words that a reader sees on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    /// The address as written, entities decoded, not resolved.
    pub href: String,
    /// What it is made of.
    pub kind: LinkKind,
    /// The block that it stands in, or that it opens where it holds whole blocks; for an icon that stands alone, the
    /// block before it.
    pub block: Option<BlockId>,
    /// Where its text stands in [`Outline::text`]; empty for an icon.
    pub text: Range<usize>,
    /// `aria-label`, `title`, or the `alt` of an image in it, where the text is empty or says less.
    pub title: Option<String>,
    /// `rel`, lower case.
    pub rel: Option<String>,
    /// Its classes and those of an icon inside, for icon-only links.
    pub class: Option<String>,
    /// `hreflang`, or `lang` on the anchor.
    pub lang: Option<String>,
    /// The landmark it stands in.
    pub place: Place,
    /// A protected payload found on it or inside: the bare hex of `data-cfemail`, else `name=value` of the attributes
    /// that hide an address (`data-enc-email`, `data-user`, `data-domain`, `data-phone`, …), one a line.
    pub protected: Option<String>,
}

/// A control of a form that a person fills in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Control {
    /// `input`, `textarea`, `select` or `button`.
    pub element: String,
    /// Its `type`, lower case.
    pub kind: String,
    /// Its `name` or `id`.
    pub name: String,
    /// Its placeholder, `aria-label`, value of a button, or label text.
    pub label: String,
}

/// A form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// The address that it sends to, as written.
    pub action: Option<String>,
    /// Its `id`, `name` and classes, joined by spaces.
    pub names: String,
    /// The controls, hidden ones left out.
    pub controls: Vec<Control>,
    /// The blocks inside, as a range of ids.
    pub blocks: Range<BlockId>,
    /// The heading above it.
    pub heading: Option<BlockId>,
    /// The landmark it stands in.
    pub place: Place,
}

/// A `<script>` with its text; only decoders read it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Script {
    /// `type`, lower case.
    pub kind: String,
    /// `src` as written.
    pub src: Option<String>,
    /// `id`.
    pub id: Option<String>,
    /// Its text.
    pub text: String,
    /// The block after which it stands: what it writes appears there.
    pub block: Option<BlockId>,
}

/// An element that bears machine-readable attributes, and where its text stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marked {
    /// Depth in the tree of marked elements: a later one with a greater depth is inside.
    pub depth: u16,
    /// `itemprop`, `property`/`typeof` or class words that begin with `h-`, `p-`, `u-`, `dt-`, `e-` or are of hCard.
    pub names: Vec<(MarkKind, String)>,
    /// `content`, `href`, `src` or `datetime`, where it bears the value.
    pub value: Option<String>,
    /// Where its text stands in [`Outline::text`].
    pub text: Range<usize>,
}

/// Which vocabulary a mark is of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum MarkKind {
    /// `itemprop`.
    ItemProp,
    /// `itemtype` (the element is an item).
    ItemType,
    /// `property` of RDFa.
    Property,
    /// `typeof` of RDFa.
    TypeOf,
    /// A class of h-card, hCard or adr.
    Class,
}

/// A document in reading order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// All text, blocks one after another.
    pub text: String,
    /// The blocks, in reading order.
    pub blocks: Vec<Block>,
    /// The links.
    pub links: Vec<Link>,
    /// The forms.
    pub forms: Vec<Form>,
    /// The scripts.
    pub scripts: Vec<Script>,
    /// Elements with microdata, RDFa or microformat marks.
    pub marked: Vec<Marked>,
    /// `<meta>`: `name`, `property` or `http-equiv` in lower case, and content.
    pub meta: Vec<(String, String)>,
    /// `<title>`.
    pub title: String,
    /// `lang` of `<html>`, as written.
    pub lang: Option<String>,
    /// `<base href>`.
    pub base: Option<String>,
    /// Protected payloads (as in [`Link::protected`]) outside of links, with the block and text offset where they stand.
    pub protected: Vec<(String, BlockId, usize)>,
    /// Comments and `<noscript>` text longer than a word, for decoders and salvage only.
    pub unseen: Vec<String>,
    /// The container around each container (`containers[c]` is the parent of `c`); 0 is the document.
    pub containers: Vec<u32>,
    /// Whether the tokens ended inside of a `<title>`, `<textarea>` or `<script>` and the rest was salvaged.
    pub salvaged: bool,
    /// Whether the text was cut at the bound.
    pub cut: bool,
    /// Whether it was made of markup, in which every paragraph is one of its own; in plain text an empty line tells.
    pub marked_up: bool,
}

impl Outline {
    /// Returns the text of a block.
    #[must_use]
    pub fn block_text(&self, id: BlockId) -> &str {
        self.blocks.get(id).map_or("", |block| &self.text[block.range.clone()])
    }

    /// Returns the text of a link.
    #[must_use]
    pub fn link_text(&self, link: &Link) -> &str {
        &self.text[link.text.clone()]
    }

    /// Returns the headings above a block, the nearest first.
    pub fn headings(&self, id: BlockId) -> impl Iterator<Item = BlockId> {
        std::iter::successors(self.blocks.get(id).and_then(|b| b.heading), |&h| self.blocks[h].heading)
    }

    /// Returns the block that holds an offset of [`Outline::text`].
    #[must_use]
    pub fn block_at(&self, offset: usize) -> Option<BlockId> {
        let id = self.blocks.partition_point(|block| block.range.end <= offset);
        (id < self.blocks.len() && self.blocks[id].range.start <= offset).then_some(id)
    }
}

#[cfg(test)]
mod tests;

//! Building the outline of a page: tags in, blocks and their surroundings out.
//!
//! A stack of open elements with the standard's rules for what a tag ends by implication, and on it what each element
//! means for the text in it: landmark, container, heading, list, cell. No tree is kept. The stack is bounded, and so is
//! everything that grows with the page.

use html5gum::State;
use ladder::Place;

use super::forms::Forms;
use super::names::{Attr, Tag};
use super::parts::MAX_UNSEEN;
use super::text::{Head, Pending};
use super::tokens::{self, Attrs, Ending};
use super::{BlockKind, Outline, enter::Landmark, salvage, table};

/// Pages beyond this are cut.
const MAX_PAGE: usize = 16 << 20;
/// Elements open at once; browsers stop at 512.
const MAX_DEPTH: usize = 400;

/// Builds the outline of a page.
///
/// A page whose `<title>`, script, comment or the like is never closed swallows itself; what it swallowed is then read
/// as markup, and [`Outline::salvaged`] says so.
#[must_use]
pub fn from_html(html: &str) -> Outline {
    let mut end = html.len().min(MAX_PAGE);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let mut builder = Builder {
        out: Outline { cut: end < html.len(), marked_up: true, ..Outline::default() },
        ..Builder::default()
    };
    let mut rest = &html[..end];
    for attempt in 0.. {
        let ending = tokens::run(rest, &mut builder);
        let Some(from) = salvage::resume(rest, ending).filter(|_| attempt < 3) else { break };
        builder.out.salvaged = true;
        builder.abandon(ending);
        rest = &rest[from..];
    }
    builder.finish()
}

/// Where text goes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum Sink {
    /// Into blocks: a reader sees it.
    #[default]
    Text,
    /// Nowhere.
    Drop,
    /// Nowhere, and a block that begins here ends the list of choices.
    Select,
    /// Into a buffer as it stands: scripts, titles.
    Raw,
    /// Into a buffer with single white space: what no reader sees.
    Aside,
}

/// What an element means for what stands in it.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of an element, each inherited by itself"
)]
pub(super) struct Ctx {
    pub(super) kind: BlockKind,
    pub(super) place: Place,
    pub(super) container: u32,
    /// The list item, counted from 1.
    pub(super) item: u32,
    /// One more than the id of the block that a class calls a title.
    pub(super) titled: usize,
    pub(super) in_address: bool,
    pub(super) hidden: bool,
    pub(super) bold: bool,
    pub(super) sectioned: bool,
    pub(super) in_dl: bool,
    pub(super) pre: bool,
    pub(super) lists: u8,
    pub(super) sink: Sink,
}

/// Which vocabulary an element belongs to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Space {
    Html,
    Foreign,
    /// A foreign element with HTML inside.
    Integration,
}

/// An open element.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) tag: Tag,
    pub(super) key: u64,
    space: Space,
    /// What held before it.
    pub(super) before: Ctx,
    /// The link that it opened, and the one that was open before.
    pub(super) link: Option<u32>,
    pub(super) link_before: Option<u32>,
    pub(super) marked: Option<u32>,
    /// The next number of an ordered list.
    pub(super) next: Option<u32>,
    /// It opened a landmark.
    pub(super) landmark: bool,
    /// It is the root of a card in microformats.
    pub(super) card: bool,
}

/// The state of the building.
#[derive(Debug, Default)]
pub(super) struct Builder {
    pub(super) out: Outline,
    pub(super) ctx: Ctx,
    pub(super) frames: Vec<Frame>,
    /// Elements that are open beyond the bound on depth.
    overflow: usize,
    pub(super) pending: Pending,
    pub(super) heads: Vec<Head>,
    pub(super) landmarks: Vec<Landmark>,
    pub(super) in_body: bool,
    /// Open `<p>` and `<a>` elements.
    open_p: usize,
    open_a: usize,
    pub(super) items: u32,
    pub(super) item_written: u32,
    pub(super) tables: Vec<table::Open>,
    pub(super) settled_tables: Vec<table::Shape>,
    pub(super) forms: Forms,
    /// Text of a script or title.
    pub(super) raw: String,
    pub(super) raw_bound: usize,
    pub(super) script_bytes: usize,
    /// Text that no reader sees.
    pub(super) side: String,
    pub(super) side_bytes: usize,
    pub(super) open_link: Option<u32>,
    /// Links whose block is not settled, and how many of them are closed.
    pub(super) pending_links: Vec<u32>,
    pub(super) pending_closed: usize,
    /// What an icon in the open link says of itself.
    pub(super) icon_class: String,
    pub(super) icon_title: String,
    pub(super) open_marked: u16,
    pub(super) cards: usize,
}

impl Builder {
    fn top(&self) -> Tag {
        self.frames.last().map_or(Tag::Html, |frame| frame.tag)
    }

    pub(super) fn is_foreign(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.space == Space::Foreign)
    }

    /// Whether what stands here is of the page at all, and not of a template or a list of choices.
    pub(super) fn is_live(&self) -> bool {
        !matches!(self.ctx.sink, Sink::Drop)
    }

    /// Returns the innermost open element that fits, none beyond the edge of the scope.
    fn in_scope(
        &self,
        mut fits: impl FnMut(Tag) -> bool,
        mut bounds: impl FnMut(Tag) -> bool,
    ) -> Option<usize> {
        for (i, frame) in self.frames.iter().enumerate().rev() {
            if fits(frame.tag) {
                return Some(i);
            }
            if bounds(frame.tag) {
                return None;
            }
        }
        None
    }

    fn close_p(&mut self) {
        if self.open_p > 0
            && let Some(i) =
                self.in_scope(|tag| tag == Tag::P, |tag| tag.bounds_scope() || tag == Tag::Button)
        {
            self.pop_to(i);
        }
    }

    /// Closes what the start of an element ends by implication.
    fn imply_ends(&mut self, tag: Tag) {
        match tag {
            Tag::Li => {
                let i = self.in_scope(
                    |tag| tag == Tag::Li,
                    |tag| tag.is_special() && !matches!(tag, Tag::Address | Tag::Div | Tag::P),
                );
                self.pop_found(i);
                self.close_p();
            }
            Tag::Dd | Tag::Dt => {
                let i = self.in_scope(
                    |tag| matches!(tag, Tag::Dd | Tag::Dt),
                    |tag| tag.is_special() && !matches!(tag, Tag::Address | Tag::Div | Tag::P),
                );
                self.pop_found(i);
                self.close_p();
            }
            Tag::A if self.open_a > 0 => {
                let open = self.in_scope(|tag| tag == Tag::A, |tag| tag.bounds_scope() || tag == Tag::Button);
                self.close_found(open);
            }
            Tag::Button => {
                let open = self.in_scope(|tag| tag == Tag::Button, Tag::bounds_scope);
                self.pop_found(open);
            }
            Tag::Option => {
                if self.top() == Tag::Option {
                    self.pop();
                }
            }
            Tag::Optgroup => {
                while matches!(self.top(), Tag::Option | Tag::Optgroup) {
                    self.pop();
                }
            }
            Tag::Table if matches!(self.top(), Tag::Table | Tag::Tbody | Tag::Tr) => self.close_table(),
            Tag::Tr
            | Tag::Td
            | Tag::Th
            | Tag::Tbody
            | Tag::Thead
            | Tag::Tfoot
            | Tag::Caption
            | Tag::Colgroup
            | Tag::Col => {
                self.imply_table_ends(tag);
            }
            _ => {
                if tag.closes_p() {
                    self.close_p();
                }
                if tag.heading().is_some() && self.top().heading().is_some() {
                    self.pop();
                }
            }
        }
    }

    fn close_table(&mut self) {
        if let Some(frame) = self.tables.last().map(|table| table.frame) {
            self.pop_to(frame);
        }
    }

    fn imply_table_ends(&mut self, tag: Tag) {
        let Some(base) = self.tables.last().map(|table| table.frame + 1) else { return };
        let is =
            |frames: &[Frame], i: usize, tags: &[Tag]| frames.get(i).is_some_and(|f| tags.contains(&f.tag));
        let section = usize::from(is(&self.frames, base, &[Tag::Tbody, Tag::Thead, Tag::Tfoot]));
        match tag {
            Tag::Tr => self.pop_to(base + section),
            Tag::Td | Tag::Th if is(&self.frames, base + section, &[Tag::Tr]) => {
                self.pop_to(base + section + 1);
            }
            Tag::Td | Tag::Th => {
                self.pop_to(base + section);
                let before = self.ctx;
                self.begin_row();
                self.push(Tag::Tr, 0, Space::Html, before);
            }
            _ => self.pop_to(base),
        }
    }

    fn push(&mut self, tag: Tag, key: u64, space: Space, before: Ctx) {
        self.open_p += usize::from(tag == Tag::P);
        self.open_a += usize::from(tag == Tag::A);
        let link_before = self.open_link;
        self.frames.push(Frame {
            tag,
            key,
            space,
            before,
            link: None,
            link_before,
            marked: None,
            next: None,
            landmark: false,
            card: false,
        });
    }

    /// Closes elements until `len` are open.
    fn pop_to(&mut self, len: usize) {
        while self.frames.len() > len {
            self.pop();
        }
    }

    /// Closes an open element that a search found, and all inside of it.
    fn pop_found(&mut self, found: Option<usize>) {
        if let Some(i) = found {
            self.pop_to(i);
        }
    }

    /// Closes an inline element that a search found.
    fn close_found(&mut self, found: Option<usize>) {
        if let Some(i) = found {
            self.close_inline(i);
        }
    }

    fn pop(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let tag = frame.tag;
        if tag.is_block() {
            self.flush();
        } else {
            self.pending.edge = true;
        }
        let Some(frame) = self.frames.pop() else { return };
        self.close_parts(&frame);
        match tag {
            Tag::P => self.open_p -= 1,
            Tag::A => self.open_a -= 1,
            Tag::Button => {
                self.end_button();
                self.part();
            }
            Tag::Select | Tag::Textarea | Tag::Svg | Tag::Math => self.part(),
            Tag::Table => self.end_table(),
            Tag::Form => self.end_form(self.frames.len()),
            Tag::Label => self.end_label(self.frames.len()),
            _ => {}
        }
        if frame.landmark {
            self.end_landmark();
        } else if tag.bounds_headings() {
            self.bound_heads(1);
        } else if tag.is_container() {
            self.bound_heads(7);
        }
        let sink = self.ctx.sink;
        self.ctx = frame.before;
        if sink == Sink::Aside && self.ctx.sink != Sink::Aside {
            self.end_aside(tag);
        } else if sink == Sink::Raw && self.ctx.sink != Sink::Raw {
            self.end_raw(tag);
        }
    }

    /// Closes an inline element that others were opened in and not closed.
    fn close_inline(&mut self, i: usize) {
        if self.frames[i + 1..].iter().any(|frame| frame.tag.is_special()) {
            let (tag, link, marked) =
                (self.frames[i].tag, self.frames[i].link.take(), self.frames[i].marked.take());
            let link_before = self.frames[i].link_before;
            self.frames[i].tag = Tag::Span;
            self.frames[i].key = 0;
            self.open_a -= usize::from(tag == Tag::A);
            if tag.is_bold() {
                self.ctx.bold = self.frames[i].before.bold;
            }
            self.close_link_and_mark(link, link_before, marked);
            self.pending.edge = true;
        } else {
            self.pop_to(i);
        }
    }

    /// Takes a start tag.
    pub(super) fn start_tag(
        &mut self,
        tag: Tag,
        key: u64,
        attrs: &Attrs,
        self_closing: bool,
    ) -> Option<State> {
        if self.is_foreign() {
            if !tag.breaks_out() {
                self.start_foreign(tag, key, attrs, self_closing);
                return None;
            }
            let html = self.in_scope_space();
            self.pop_to(html);
        }
        if self.ctx.sink == Sink::Select && tag.is_block() && !matches!(tag, Tag::Hr | Tag::Optgroup) {
            let select =
                self.in_scope(|tag| tag == Tag::Select, |_| false).or(self.frames.len().checked_sub(1));
            self.pop_found(select);
        }
        if !self.in_body && !tag.is_of_head() && self.ctx.sink == Sink::Text {
            self.in_body = true;
        }
        match tag {
            Tag::Html => {
                if self.out.lang.is_none() {
                    let lang = attrs.filled(Attr::Lang).or_else(|| attrs.filled(Attr::XmlLang));
                    self.out.lang = lang.map(std::borrow::Cow::into_owned);
                }
                return None;
            }
            Tag::Head | Tag::Body | Tag::Frameset | Tag::Plaintext => return None,
            _ => {}
        }
        self.imply_ends(tag);
        let block = tag.is_block();
        if block {
            self.flush();
        } else {
            self.pending.edge = true;
        }
        if tag.is_void() {
            self.void(tag, attrs);
            return None;
        }
        let state = match tag {
            Tag::Title | Tag::Textarea => Some(State::RcData),
            Tag::Script => Some(State::ScriptData),
            Tag::Style | Tag::Iframe | Tag::Xmp | Tag::Noembed | Tag::Noframes => Some(State::RawText),
            _ => None,
        };
        if matches!(
            tag,
            Tag::Tr | Tag::Td | Tag::Th | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Caption | Tag::Colgroup
        ) && self.tables.is_empty()
        {
            return None;
        }
        if self.frames.len() >= MAX_DEPTH && state.is_none() {
            self.overflow += 1;
            return None;
        }
        let before = self.ctx;
        self.enter(tag, attrs, block);
        let space = if matches!(tag, Tag::Svg | Tag::Math) { Space::Foreign } else { Space::Html };
        if space == Space::Foreign {
            self.part();
        }
        if space == Space::Foreign && self_closing {
            self.ctx = before;
            return None;
        }
        self.push(tag, key, space, before);
        self.open_parts(tag, attrs);
        self.opened(tag, attrs);
        state
    }

    /// Returns how many elements are open up to the innermost that takes HTML.
    fn in_scope_space(&self) -> usize {
        self.frames.iter().rposition(|frame| frame.space != Space::Foreign).map_or(0, |i| i + 1)
    }

    fn start_foreign(&mut self, tag: Tag, key: u64, attrs: &Attrs, self_closing: bool) {
        if tag == Tag::Use || tag == Tag::Image {
            self.icon(tag, attrs);
        }
        if self_closing || self.frames.len() >= MAX_DEPTH {
            self.overflow += usize::from(!self_closing);
            return;
        }
        let before = self.ctx;
        let space = match tag {
            Tag::ForeignObject
            | Tag::Desc
            | Tag::Title
            | Tag::Mi
            | Tag::Mn
            | Tag::Mo
            | Tag::Ms
            | Tag::Mtext => Space::Integration,
            _ => Space::Foreign,
        };
        match tag {
            Tag::Title if self.ctx.sink == Sink::Text => {
                self.side.clear();
                self.ctx.sink = Sink::Aside;
            }
            Tag::Title | Tag::Desc | Tag::Style | Tag::Script => self.ctx.sink = Sink::Drop,
            _ => {}
        }
        self.push(tag, key, space, before);
        if tag == Tag::A {
            self.open_parts(tag, attrs);
        }
    }

    /// Takes an end tag.
    pub(super) fn end_tag(&mut self, tag: Tag, key: u64) {
        if self.is_foreign() {
            let html = self.in_scope_space();
            if let Some(i) = self.frames[html..].iter().rposition(|frame| frame.key == key) {
                self.pop_to(html + i);
                return;
            }
        }
        if self.overflow > 0
            && !matches!(tag, Tag::Script | Tag::Style | Tag::Title | Tag::Textarea | Tag::Iframe)
        {
            self.overflow -= 1;
            if tag.is_block() {
                self.flush();
            }
            return;
        }
        match tag {
            Tag::Html | Tag::Head | Tag::Body | Tag::Frameset => {
                if tag == Tag::Head {
                    self.close_raw_of_head();
                }
            }
            Tag::Br => self.void_break(),
            Tag::P => {
                if self.open_p > 0
                    && self
                        .in_scope(|tag| tag == Tag::P, |tag| tag.bounds_scope() || tag == Tag::Button)
                        .is_some()
                {
                    self.close_p();
                } else {
                    self.flush();
                }
            }
            Tag::Li => {
                let bounds = |tag: Tag| tag.bounds_scope() || matches!(tag, Tag::Ol | Tag::Ul);
                let open = self.in_scope(|tag| tag == Tag::Li, bounds);
                self.pop_found(open);
            }
            Tag::Td
            | Tag::Th
            | Tag::Tr
            | Tag::Tbody
            | Tag::Thead
            | Tag::Tfoot
            | Tag::Table
            | Tag::Caption => {
                let base = self.tables.last().map_or(usize::MAX, |table| table.frame);
                let open = self.frames.iter().rposition(|frame| frame.tag == tag).filter(|&i| i >= base);
                self.pop_found(open);
            }
            _ if tag.heading().is_some() => {
                let open = self.in_scope(|tag| tag.heading().is_some(), Tag::bounds_scope);
                self.pop_found(open);
            }
            Tag::Form => {
                if let Some(i) = self.in_scope(|tag| tag == Tag::Form, |_| false) {
                    if self.frames[i + 1..].iter().any(|frame| frame.tag.is_block()) {
                        self.flush();
                        self.end_form(i);
                    } else {
                        self.pop_to(i);
                    }
                }
            }
            _ if tag.is_formatting() => {
                let open = self.in_scope(|open| open == tag, Tag::bounds_scope);
                self.close_found(open);
            }
            _ if tag.is_special() => {
                let open = self.in_scope(|open| open == tag, Tag::bounds_scope);
                self.pop_found(open);
            }
            _ => {
                let open = self.frames.iter().enumerate().rev();
                let mut open = open.take_while(|(_, frame)| frame.key == key || !frame.tag.is_special());
                let open = open.find(|(_, frame)| frame.key == key).map(|(i, _)| i);
                self.pop_found(open);
            }
        }
    }

    fn void_break(&mut self) {
        if self.ctx.sink == Sink::Text {
            self.break_line();
        }
    }

    fn void(&mut self, tag: Tag, attrs: &Attrs) {
        match tag {
            Tag::Br => self.void_break(),
            Tag::Img | Tag::Image | Tag::Input | Tag::Embed => {
                self.part();
                self.void_parts(tag, attrs);
            }
            _ => self.void_parts(tag, attrs),
        }
    }

    /// A `<noscript>` or the like left open in the head ends with it.
    fn close_raw_of_head(&mut self) {
        if !self.in_body {
            self.pop_to(0);
        }
    }

    /// Closes what swallowed the rest of the page, so that the rest can be read again.
    fn abandon(&mut self, ending: Ending) {
        if let Ending::InText(tag, _) = ending
            && self.top() == tag
        {
            salvage::cut_raw(&mut self.raw);
            self.pop();
        }
        if !self.in_body {
            self.pop_to(0);
        }
    }

    fn finish(mut self) -> Outline {
        self.flush();
        self.pop_to(0);
        self.flush();
        self.settle_all_links();
        self.end_all_forms();
        table::settle(&mut self.out.blocks, &self.out.text, &self.settled_tables);
        self.out.text.truncate(self.out.text.trim_end_matches('\n').len());
        self.out
    }
}

impl tokens::Tokens for Builder {
    #[inline]
    fn wants(&self, tag: Tag, attr: Attr) -> bool {
        match attr {
            Attr::Src => {
                matches!(tag, Tag::Iframe | Tag::Frame | Tag::Script | Tag::Embed)
                    || (tag == Tag::Img && self.open_link.is_some())
            }
            Attr::DataSrc => tag == Tag::Iframe,
            Attr::Value => matches!(tag, Tag::Input | Tag::Button | Tag::Li | Tag::Other),
            Attr::Type => matches!(tag, Tag::Input | Tag::Button | Tag::Script),
            Attr::For => tag == Tag::Label,
            Attr::Colspan | Attr::Rowspan => matches!(tag, Tag::Td | Tag::Th),
            Attr::Href => tag != Tag::Other,
            Attr::Action => tag == Tag::Form,
            Attr::HttpEquiv => tag == Tag::Meta,
            Attr::DataUrl | Attr::DataLink => matches!(tag, Tag::A | Tag::Button),
            _ => true,
        }
    }

    fn start(&mut self, tag: Tag, key: u64, attrs: &Attrs, self_closing: bool) -> Option<State> {
        self.start_tag(tag, key, attrs, self_closing)
    }

    fn end(&mut self, tag: Tag, key: u64) {
        self.end_tag(tag, key);
    }

    fn text(&mut self, text: &str) {
        self.take_text(text);
    }

    fn wants_comment(&self) -> bool {
        self.side_bytes < MAX_UNSEEN
    }

    fn comment(&mut self, text: &str) {
        self.add_unseen(text);
    }

    fn in_foreign(&self) -> bool {
        self.is_foreign()
    }
}

//! What an element means for what stands in it: landmark, container, heading, list, hidden or seen.
//!
//! Each open element inherits what holds around it and changes a part; closing it brings back what held before.

use ladder::Place;

use super::build::{Builder, Sink};
use super::names::{Attr, Tag};
use super::text::Head;
use super::tokens::Attrs;
use super::{Block, BlockKind, place};

/// An open landmark.
#[derive(Debug)]
pub(super) struct Landmark {
    /// The headings in force around it, put aside.
    heads: Vec<Head>,
    /// The place around it.
    around: Place,
    /// Only a class or id says that it is one.
    guessed: bool,
    /// The first block and link in it.
    block: usize,
    link: usize,
}

const LANDMARKS: u64 = Attrs::set(&[Attr::Class, Attr::Id, Attr::Role]);
const HIDING: u64 = Attrs::set(&[Attr::Hidden, Attr::AriaHidden, Attr::Style]);

impl Builder {
    /// Sets what an element means for what stands in it.
    pub(super) fn enter(&mut self, tag: Tag, attrs: &Attrs, block: bool) {
        let ctx = &mut self.ctx;
        if tag.is_container() {
            let outer = ctx.container;
            if self.out.containers.is_empty() {
                self.out.containers.push(0);
            }
            ctx.container = u32::try_from(self.out.containers.len()).unwrap_or(outer);
            self.out.containers.push(outer);
        }
        match tag {
            Tag::Address => ctx.in_address = true,
            Tag::Main | Tag::Article | Tag::Section => ctx.sectioned = true,
            Tag::B | Tag::Strong => ctx.bold = true,
            Tag::Pre | Tag::Listing | Tag::Xmp => ctx.pre = true,
            Tag::Dl => ctx.in_dl = true,
            Tag::Dt => ctx.kind = BlockKind::Term,
            Tag::Dd => ctx.kind = BlockKind::Definition,
            Tag::Legend | Tag::Summary | Tag::Caption => ctx.kind = BlockKind::Heading(7),
            Tag::Ul | Tag::Ol | Tag::Dir => ctx.lists = ctx.lists.saturating_add(1),
            Tag::Select => ctx.sink = Sink::Select,
            Tag::Option if ctx.sink == Sink::Text => ctx.sink = Sink::Select,
            Tag::Dialog => ctx.hidden |= !attrs.has(Attr::Open),
            Tag::Style | Tag::Iframe | Tag::Noembed | Tag::Noframes | Tag::Textarea => ctx.sink = Sink::Drop,
            Tag::Template if !attrs.has(Attr::ShadowRoot) => ctx.sink = Sink::Drop,
            Tag::Noscript if self.in_body => ctx.hidden = true,
            Tag::Noscript if ctx.sink == Sink::Text => {
                self.side.clear();
                ctx.sink = Sink::Aside;
            }
            _ => {}
        }
        if let Some(level) = tag.heading() {
            ctx.kind = BlockKind::Heading(level);
        }
        if attrs.has_any(HIDING) {
            self.hide(attrs, block);
        }
        if attrs.has(Attr::AriaExpanded) && matches!(tag, Tag::Button | Tag::A | Tag::Span) {
            self.ctx.bold = true;
        }
        if attrs.has_any(LANDMARKS)
            || matches!(tag, Tag::Header | Tag::Footer | Tag::Nav | Tag::Aside | Tag::Main)
        {
            self.enter_landmark(tag, attrs, block);
        }
    }

    fn hide(&mut self, attrs: &Attrs, block: bool) {
        let gone = attrs.has(Attr::Hidden) || attrs.bytes(Attr::Style).is_some_and(hides);
        if block {
            let aria = attrs.bytes(Attr::AriaHidden).is_some_and(|value| value.eq_ignore_ascii_case(b"true"));
            self.ctx.hidden |= gone || aria;
        } else if gone && self.ctx.sink == Sink::Text {
            // Hidden in the middle of a line: a trap set for programs, which must not part or pollute the value.
            self.side.clear();
            self.ctx.sink = Sink::Aside;
        }
    }

    fn enter_landmark(&mut self, tag: Tag, attrs: &Attrs, block: bool) {
        let ctx = &mut self.ctx;
        let mut found = place::of_tag(tag, ctx.sectioned);
        if let Some(role) = attrs.bytes(Attr::Role) {
            found = place::of_role(role).or(found);
            if role.eq_ignore_ascii_case(b"heading") {
                let level = attrs.get(Attr::AriaLevel).and_then(|level| level.trim().parse().ok());
                ctx.kind = BlockKind::Heading(level.filter(|level| (1..=6).contains(level)).unwrap_or(7));
            }
        }
        for attr in [Attr::Class, Attr::Id] {
            let Some(value) = attrs.bytes(attr) else { continue };
            let words = place::words(value);
            if block && tag != Tag::Li {
                found = found.or(words.place.filter(|&place| place != Place::Header || !ctx.sectioned));
                ctx.hidden |= words.hidden && attr == Attr::Class;
            }
            if words.icon_font && !block && ctx.sink == Sink::Text {
                ctx.sink = Sink::Drop;
            }
            if words.titles && attr == Attr::Class {
                if block {
                    ctx.titled = self.out.blocks.len() + 1;
                } else {
                    ctx.bold = true;
                }
            }
        }
        if let Some(inner) = found {
            ctx.place = place::inside(ctx.place, inner);
        }
    }

    /// Does what needs the element to be on the stack.
    pub(super) fn opened(&mut self, tag: Tag, attrs: &Attrs) {
        match tag {
            Tag::Ol => {
                let start = attrs.get(Attr::Start).and_then(|start| start.trim().parse().ok()).unwrap_or(1);
                if let Some(frame) = self.frames.last_mut() {
                    frame.next = Some(start);
                }
            }
            Tag::Li => self.begin_item(attrs),
            Tag::Table => self.begin_table(attrs),
            Tag::Tr => self.begin_row(),
            Tag::Td | Tag::Th => self.begin_cell(tag, attrs),
            Tag::Thead => {
                if let Some(table) = self.tables.last_mut() {
                    table.in_head = true;
                }
            }
            Tag::Tbody | Tag::Tfoot => {
                if let Some(table) = self.tables.last_mut() {
                    table.in_head = false;
                }
            }
            Tag::Script => self.begin_script(attrs),
            Tag::Title => {
                self.raw.clear();
                self.raw_bound = 64 * 1024;
                self.ctx.sink = Sink::Raw;
            }
            Tag::Form => self.begin_form(attrs),
            Tag::Label => self.begin_label(attrs),
            Tag::Button | Tag::Select | Tag::Textarea => {
                self.control(tag, attrs);
                self.part();
            }
            _ => {}
        }
        let place = self.ctx.place;
        if let Some(frame) = self.frames.last_mut()
            && place != frame.before.place
            && place != Place::Main
        {
            frame.landmark = true;
            self.landmarks.push(Landmark {
                heads: std::mem::take(&mut self.heads),
                around: frame.before.place,
                guessed: place::of_tag(tag, false).is_none() && !attrs.has(Attr::Role),
                block: self.out.blocks.len(),
                link: self.out.links.len(),
            });
        }
    }

    /// Ends a landmark: its headings say nothing of what comes after, but for the title of the page in its header.
    ///
    /// A menu or header that only its class calls so, and that holds running text, is none: themes put such words on
    /// the box around the whole page.
    pub(super) fn end_landmark(&mut self) {
        let Some(landmark) = self.landmarks.pop() else { return };
        let place = self.ctx.place;
        let blocks = &mut self.out.blocks[landmark.block..];
        let is_text = |block: &Block| match place {
            Place::Nav | Place::Header => {
                block.place == place && matches!(block.kind, BlockKind::Paragraph) && block.range.len() >= 100
            }
            Place::Aside => block.kind == BlockKind::Heading(1),
            Place::Main | Place::Footer | Place::Data => false,
        };
        if landmark.guessed && blocks.iter().any(is_text) {
            for block in blocks.iter_mut().filter(|block| block.place == place) {
                block.place = landmark.around;
            }
            for link in self.out.links[landmark.link..].iter_mut().filter(|link| link.place == place) {
                link.place = landmark.around;
            }
            if self.heads.is_empty() {
                self.heads = landmark.heads;
            }
            self.bound_heads(1);
            return;
        }
        let h1 = self.heads.iter().find(|head| head.level == 1 && place == Place::Header).copied();
        self.heads = landmark.heads;
        if let Some(h1) = h1 {
            self.heads.clear();
            self.heads.push(Head { depth: self.frames.len(), ..h1 });
        }
    }

    fn begin_item(&mut self, attrs: &Attrs) {
        self.items = self.items.saturating_add(1);
        let value = attrs.get(Attr::Value).and_then(|value| value.trim().parse().ok());
        let open = self.frames.len().saturating_sub(1);
        let list = self.frames[..open]
            .iter_mut()
            .rfind(|frame| matches!(frame.tag, Tag::Ol | Tag::Ul | Tag::Menu | Tag::Li));
        let ordinal = list.and_then(|list| {
            let next = list.next.as_mut()?;
            let here = value.unwrap_or(*next);
            *next = here.saturating_add(1);
            Some(here)
        });
        self.ctx.item = self.items;
        self.ctx.kind = BlockKind::Item { depth: self.ctx.lists.max(1), ordinal };
    }
}

/// Whether a `style` takes the element off the screen.
fn hides(style: &[u8]) -> bool {
    let after = |name: &[u8], value: &[u8]| {
        memchr::memmem::find_iter(style, name).any(|at| {
            let rest = style[at + name.len()..].trim_ascii_start();
            rest.strip_prefix(b":").is_some_and(|rest| rest.trim_ascii_start().starts_with(value))
        })
    };
    after(b"display", b"none") || after(b"visibility", b"hidden")
}

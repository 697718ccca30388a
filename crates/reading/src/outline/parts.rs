//! What stands on elements beside their text: links, marks, scripts, `<meta>`, protected addresses, icons.

use std::borrow::Cow;

use super::build::{Builder, Frame, Sink};
use super::names::{Attr, Tag};
use super::text::squeeze;
use super::tokens::Attrs;
use super::{Link, LinkKind, MarkKind, Marked, Script};

/// Links, marks and `<meta>` beyond these are cut.
const MAX_LINKS: usize = 20_000;
const MAX_MARKED: usize = 20_000;
const MAX_META: usize = 500;
const MAX_SCRIPTS: usize = 2_000;
/// Bytes of scripts in all, and of one.
const MAX_SCRIPT_BYTES: usize = 8 << 20;
const MAX_SCRIPT: usize = 2 << 20;
/// Bytes of comments and other text that no reader sees.
pub(super) const MAX_UNSEEN: usize = 1 << 20;

const BUTTONS: u64 = Attrs::set(&[Attr::DataHref, Attr::DataUrl, Attr::DataLink, Attr::OnClick]);
const MARKS: u64 =
    Attrs::set(&[Attr::ItemProp, Attr::ItemScope, Attr::ItemType, Attr::Property, Attr::TypeOf]);

/// Attributes in which sites hide an address from programs, to be put together by a script.
const PROTECTED: [(Attr, &str); 8] = [
    (Attr::DataEncEmail, "data-enc-email"),
    (Attr::DataEmail, "data-email"),
    (Attr::DataMail, "data-mail"),
    (Attr::DataMailto, "data-mailto"),
    (Attr::DataUser, "data-user"),
    (Attr::DataDomain, "data-domain"),
    (Attr::DataPhone, "data-phone"),
    (Attr::DataTel, "data-tel"),
];
const PROTECTED_SET: u64 = {
    let mut set = Attrs::set(&[Attr::CfEmail]);
    let mut i = 0;
    while i < PROTECTED.len() {
        set |= 1 << PROTECTED[i].0 as u64;
        i += 1;
    }
    set
};

fn owned(value: Cow<'_, str>) -> String {
    value.into_owned()
}

impl Builder {
    /// Whether the element last opened stands in the page and not in a template.
    fn stands_in_page(&self) -> bool {
        self.frames.last().is_none_or(|frame| frame.before.sink != Sink::Drop)
    }

    /// Opens the link, mark and protected payload of the element that was just put on the stack.
    pub(super) fn open_parts(&mut self, tag: Tag, attrs: &Attrs) {
        if !self.stands_in_page() {
            return;
        }
        let link = match tag {
            Tag::A => self.anchor(attrs),
            Tag::Iframe => attrs.filled(Attr::Src).or_else(|| attrs.filled(Attr::DataSrc)).and_then(|src| {
                let title = attrs.filled(Attr::Title).map(owned);
                self.add_link(Link { kind: LinkKind::Frame, title, ..self.link(owned(src), attrs) })
            }),
            _ => None,
        };
        let link = link.or_else(|| {
            let href = button_address(attrs)?;
            let title = attrs.filled(Attr::AriaLabel).or_else(|| attrs.filled(Attr::Title)).map(owned);
            self.add_link(Link { kind: LinkKind::Button, title, ..self.link(href, attrs) })
        });
        if link.is_some() {
            if let Some(frame) = self.frames.last_mut() {
                frame.link = link;
            }
            self.open_link = link;
            self.icon_class.clear();
            self.icon_title.clear();
        }
        if attrs.has_any(PROTECTED_SET) {
            self.protect(attrs);
        }
        let marked = self.mark(tag, attrs);
        if marked.is_some() {
            self.open_marked = self.open_marked.saturating_add(1);
            if let Some(frame) = self.frames.last_mut() {
                frame.marked = marked;
            }
        }
        if matches!(tag, Tag::I | Tag::Span | Tag::Svg | Tag::Use | Tag::Em)
            && link.is_none()
            && self.open_link.is_some()
        {
            self.icon(tag, attrs);
        }
    }

    fn link(&self, href: String, attrs: &Attrs) -> Link {
        let at = self.here();
        Link {
            href,
            text: at..at,
            class: attrs.filled(Attr::Class).map(owned),
            place: self.ctx.place,
            ..Link::default()
        }
    }

    fn anchor(&mut self, attrs: &Attrs) -> Option<u32> {
        let href = attrs.filled(Attr::Href).or_else(|| attrs.filled(Attr::XLinkHref))?;
        if (href.as_ref() == "#" || href.starts_with("javascript:")) && button_address(attrs).is_some() {
            return None;
        }
        let link = Link {
            title: attrs.filled(Attr::AriaLabel).or_else(|| attrs.filled(Attr::Title)).map(owned),
            rel: attrs.filled(Attr::Rel).map(|rel| rel.to_lowercase()),
            lang: attrs.filled(Attr::Hreflang).or_else(|| attrs.filled(Attr::Lang)).map(owned),
            ..self.link(owned(href), attrs)
        };
        self.add_link(link)
    }

    fn add_link(&mut self, link: Link) -> Option<u32> {
        if self.out.links.len() >= MAX_LINKS {
            self.out.cut = true;
            return None;
        }
        let id = u32::try_from(self.out.links.len()).ok()?;
        self.out.links.push(link);
        self.pending_links.push(id);
        Some(id)
    }

    /// Keeps what an icon in the open link says of itself.
    pub(super) fn icon(&mut self, tag: Tag, attrs: &Attrs) {
        if self.open_link.is_none() || self.icon_class.len() > 300 {
            return;
        }
        let name = match tag {
            Tag::Img | Tag::Image => {
                attrs.filled(Attr::Src).filter(|src| !src.starts_with("data:")).map(|src| {
                    let path = src.split(['?', '#']).next().unwrap_or_default();
                    let name = path.rsplit('/').next().unwrap_or_default();
                    name.chars().take(80).collect::<String>()
                })
            }
            Tag::Use => attrs.filled(Attr::Href).or_else(|| attrs.filled(Attr::XLinkHref)).map(owned),
            _ => None,
        };
        for words in [attrs.filled(Attr::Class).map(owned), name].into_iter().flatten() {
            if !self.icon_class.is_empty() {
                self.icon_class.push(' ');
            }
            self.icon_class.push_str(&words);
        }
        if self.icon_title.is_empty() {
            let title =
                [Attr::Alt, Attr::AriaLabel, Attr::Title].into_iter().find_map(|attr| attrs.filled(attr));
            self.icon_title.extend(title.as_deref());
        }
    }

    /// Keeps the protected payload of an element, on the link that it is or stands in.
    fn protect(&mut self, attrs: &Attrs) {
        let payload = attrs.filled(Attr::CfEmail).map(owned).or_else(|| {
            let pairs: Vec<String> = PROTECTED
                .iter()
                .filter_map(|(attr, name)| attrs.filled(*attr).map(|value| format!("{name}={value}")))
                .collect();
            (!pairs.is_empty()).then(|| pairs.join("\n"))
        });
        let Some(payload) = payload else { return };
        if let Some(link) = self.open_link.and_then(|id| self.out.links.get_mut(id as usize)) {
            link.protected.get_or_insert(payload);
        } else if self.out.protected.len() < MAX_META {
            self.out.protected.push((payload, self.out.blocks.len(), self.here()));
        }
    }

    /// Opens the mark of an element.
    fn mark(&mut self, tag: Tag, attrs: &Attrs) -> Option<u32> {
        let class = attrs.bytes(Attr::Class).filter(|class| self.cards > 0 || may_be_card(class));
        if class.is_none() && !attrs.has_any(MARKS) {
            return None;
        }
        let mut names = Vec::new();
        for (attr, kind) in [
            (Attr::ItemProp, MarkKind::ItemProp),
            (Attr::ItemType, MarkKind::ItemType),
            (Attr::Property, MarkKind::Property),
            (Attr::TypeOf, MarkKind::TypeOf),
        ] {
            if let Some(value) = attrs.filled(attr) {
                names.extend(value.split_whitespace().take(8).map(|name| (kind, name.to_owned())));
            }
        }
        if attrs.has(Attr::ItemScope) && !attrs.has(Attr::ItemType) {
            names.push((MarkKind::ItemType, String::new()));
        }
        if let Some(class) = class {
            let class = String::from_utf8_lossy(class);
            let roots = class.split_ascii_whitespace().filter(|word| CARD_ROOTS.contains(word)).count();
            if roots > 0 {
                self.cards += 1;
                if let Some(frame) = self.frames.last_mut() {
                    frame.card = true;
                }
            }
            if self.cards > 0 {
                let words = class.split_ascii_whitespace();
                let words = words.filter(|word| CARD_ROOTS.contains(word) || CARD_WORDS.contains(word));
                names.extend(words.take(8).map(|word| (MarkKind::Class, word.to_owned())));
            }
        }
        if names.is_empty() {
            return None;
        }
        let value = attrs
            .filled(Attr::Content)
            .or_else(|| attrs.filled(Attr::DateTime))
            .or_else(|| attrs.filled(Attr::Href))
            .or_else(|| attrs.filled(Attr::Src))
            .or_else(|| attrs.filled(Attr::Value).filter(|_| tag == Tag::Other))
            .or_else(|| attrs.filled(Attr::Title).filter(|_| tag == Tag::Other))
            .map(owned);
        if self.out.marked.len() >= MAX_MARKED {
            self.out.cut = true;
            return None;
        }
        let id = u32::try_from(self.out.marked.len()).ok()?;
        let at = self.here();
        self.out.marked.push(Marked { depth: self.open_marked, names, value, text: at..at });
        Some(id)
    }

    /// Closes what an element opened.
    pub(super) fn close_parts(&mut self, frame: &Frame) {
        if frame.card {
            self.cards = self.cards.saturating_sub(1);
        }
        self.close_link_and_mark(frame.link, frame.link_before, frame.marked);
    }

    pub(super) fn close_link_and_mark(
        &mut self,
        link: Option<u32>,
        before: Option<u32>,
        marked: Option<u32>,
    ) {
        if let Some(id) = marked {
            self.open_marked = self.open_marked.saturating_sub(1);
            let range = self.since(self.out.marked[id as usize].text.start);
            self.out.marked[id as usize].text = range;
        }
        let Some(id) = link else { return };
        self.open_link = before;
        let range = self.since(self.out.links[id as usize].text.start);
        let text = &self.out.text[range.clone()];
        let link = &mut self.out.links[id as usize];
        if link.title.as_ref().is_some_and(|title| title.len() <= text.len() || title == text) {
            link.title = None;
        }
        if text.is_empty() {
            if link.title.is_none() && !self.icon_title.is_empty() {
                link.title = Some(std::mem::take(&mut self.icon_title));
            }
            if !self.icon_class.is_empty() {
                let class = link.class.get_or_insert_default();
                if !class.is_empty() {
                    class.push(' ');
                }
                class.push_str(&self.icon_class);
            }
        }
        link.text = range;
        if link.block.is_none() {
            self.pending_closed += 1;
        }
        self.icon_class.clear();
        self.icon_title.clear();
    }

    /// Gives links their block. With `first`, blocks from there on were just written; without, nothing was.
    pub(super) fn settle_links(&mut self, first: Option<usize>) {
        let last = self.out.blocks.len().checked_sub(1);
        let mut kept = 0;
        for i in 0..self.pending_links.len() {
            let id = self.pending_links[i] as usize;
            let start = self.out.links[id].text.start;
            let open = self.frames.iter().any(|frame| frame.link == Some(self.pending_links[i]));
            if first.is_none() && open {
                self.pending_links[kept] = self.pending_links[i];
                kept += 1;
                continue;
            }
            let from = first.unwrap_or(self.out.blocks.len());
            let inside = self.out.blocks[from..].iter().position(|block| block.range.end > start);
            self.out.links[id].block = inside.map(|at| from + at).or(last);
        }
        self.pending_links.truncate(kept);
        self.pending_closed = 0;
    }

    /// Gives the last links their block, at the end of the page.
    pub(super) fn settle_all_links(&mut self) {
        self.settle_links(None);
        let last = self.out.blocks.len().saturating_sub(1);
        for (_, block, at) in &mut self.out.protected {
            *block = (*block).min(last);
            *at = (*at).min(self.out.text.len());
        }
    }

    /// Takes an element that has no content.
    pub(super) fn void_parts(&mut self, tag: Tag, attrs: &Attrs) {
        if !self.is_live() {
            return;
        }
        match tag {
            Tag::Meta => self.meta(attrs),
            Tag::Base if self.out.base.is_none() => self.out.base = attrs.filled(Attr::Href).map(owned),
            Tag::Link => self.head_link(attrs),
            Tag::Area => {
                let id = self.anchor(attrs);
                if let Some(link) = id.and_then(|id| self.out.links.get_mut(id as usize)) {
                    let title = link.title.take();
                    link.title = title.or_else(|| attrs.filled(Attr::Alt).map(owned));
                    self.pending_closed += 1;
                }
            }
            Tag::Frame | Tag::Embed => {
                if let Some(src) = attrs.filled(Attr::Src) {
                    let link = Link { kind: LinkKind::Frame, ..self.link(owned(src), attrs) };
                    self.add_link(link);
                    self.pending_closed += 1;
                }
            }
            Tag::Input => self.control(tag, attrs),
            Tag::Img | Tag::Image => {
                self.icon(tag, attrs);
                // A picture of an @ in the middle of an address.
                if let Some(alt) = attrs.filled(Attr::Alt)
                    && self.ctx.sink == Sink::Text
                    && self.is_pending()
                    && ["@", "at", "(at)", "[at]", "."].contains(&alt.to_lowercase().as_str())
                {
                    self.write(&alt);
                    self.part();
                }
            }
            _ => {}
        }
        if let Some(id) = self.mark(tag, attrs) {
            let range = self.since(self.here());
            self.out.marked[id as usize].text = range;
        }
    }

    fn meta(&mut self, attrs: &Attrs) {
        let name =
            [Attr::Name, Attr::Property, Attr::HttpEquiv].into_iter().find_map(|attr| attrs.filled(attr));
        if let (Some(name), Some(content)) = (name, attrs.filled(Attr::Content))
            && self.out.meta.len() < MAX_META
        {
            self.out.meta.push((name.to_lowercase(), owned(content)));
        }
    }

    fn head_link(&mut self, attrs: &Attrs) {
        let (Some(rel), Some(href)) = (attrs.filled(Attr::Rel), attrs.filled(Attr::Href)) else { return };
        let rel = rel.to_lowercase();
        let leads_nowhere = |word: &str| {
            matches!(
                word,
                "stylesheet"
                    | "preload"
                    | "prefetch"
                    | "prerender"
                    | "preconnect"
                    | "dns-prefetch"
                    | "modulepreload"
                    | "icon"
                    | "mask-icon"
                    | "apple-touch-icon"
                    | "apple-touch-icon-precomposed"
                    | "manifest"
                    | "shortcut"
                    | "pingback"
                    | "edituri"
                    | "wlwmanifest"
                    | "https://api.w.org/"
            )
        };
        if rel.split_ascii_whitespace().all(leads_nowhere) {
            return;
        }
        let link = Link {
            kind: LinkKind::Head,
            title: attrs.filled(Attr::Title).map(owned),
            rel: Some(rel),
            lang: attrs.filled(Attr::Hreflang).map(owned),
            ..self.link(owned(href), attrs)
        };
        self.add_link(link);
        self.pending_closed += 1;
    }

    pub(super) fn begin_script(&mut self, attrs: &Attrs) {
        self.raw.clear();
        self.raw_bound = 0;
        if self.stands_in_page() && self.out.scripts.len() < MAX_SCRIPTS {
            self.raw_bound = MAX_SCRIPT.min(MAX_SCRIPT_BYTES.saturating_sub(self.script_bytes));
            self.out.scripts.push(Script {
                kind: attrs.filled(Attr::Type).map(|kind| kind.to_lowercase()).unwrap_or_default(),
                src: attrs.filled(Attr::Src).map(owned),
                id: attrs.filled(Attr::Id).map(owned),
                text: String::new(),
                block: self.nearest_block(),
            });
            self.ctx.sink = Sink::Raw;
        } else {
            self.ctx.sink = Sink::Drop;
        }
    }

    /// Ends a `<script>` or `<title>`.
    pub(super) fn end_raw(&mut self, tag: Tag) {
        if tag == Tag::Script {
            self.script_bytes += self.raw.len();
            if let Some(script) = self.out.scripts.last_mut() {
                script.text = std::mem::take(&mut self.raw);
            }
        } else if self.out.title.is_empty() {
            squeeze(&self.raw, &mut self.out.title);
            self.out.title.truncate(self.out.title.trim_end().len());
        }
    }

    /// Ends an element whose text no reader sees.
    pub(super) fn end_aside(&mut self, tag: Tag) {
        let text = std::mem::take(&mut self.side);
        if tag == Tag::Title {
            if self.open_link.is_some() && self.icon_title.is_empty() {
                self.icon_title.push_str(text.trim());
            }
        } else {
            self.add_unseen(&text);
        }
        self.side = text;
        self.side.clear();
    }

    /// Keeps text that no reader sees, if it is more than a word.
    pub(super) fn add_unseen(&mut self, text: &str) {
        let text = text.trim();
        let is_word = text.len() < 6 || !text.contains(|c: char| c.is_whitespace() || c == '@');
        if is_word || self.side_bytes + text.len() > MAX_UNSEEN {
            return;
        }
        self.side_bytes += text.len();
        self.out.unseen.push(text.to_owned());
    }
}

/// Classes that make an element a card.
const CARD_ROOTS: [&str; 5] = ["vcard", "h-card", "h-adr", "adr", "p-adr"];

/// Classes that are properties in a card.
const CARD_WORDS: [&str; 41] = [
    "fn",
    "n",
    "org",
    "organization-name",
    "organization-unit",
    "tel",
    "email",
    "street-address",
    "extended-address",
    "post-office-box",
    "locality",
    "region",
    "postal-code",
    "country-name",
    "title",
    "role",
    "url",
    "type",
    "value",
    "fax",
    "work",
    "home",
    "note",
    "label",
    "p-name",
    "p-org",
    "p-tel",
    "p-street-address",
    "p-extended-address",
    "p-post-office-box",
    "p-locality",
    "p-region",
    "p-postal-code",
    "p-country-name",
    "p-job-title",
    "p-role",
    "p-note",
    "p-label",
    "u-email",
    "u-url",
    "u-tel",
];

/// Whether the words of a class may make a card; a cheap look before the words are cut apart.
fn may_be_card(class: &[u8]) -> bool {
    class
        .split(u8::is_ascii_whitespace)
        .any(|word| matches!(word, b"vcard" | b"h-card" | b"h-adr" | b"adr" | b"p-adr"))
}

/// Returns the address to which a button leads.
fn button_address(attrs: &Attrs) -> Option<String> {
    if !attrs.has_any(BUTTONS) {
        return None;
    }
    let data =
        [Attr::DataHref, Attr::DataUrl, Attr::DataLink].into_iter().find_map(|attr| attrs.filled(attr));
    if let Some(address) = data.filter(|address| is_address(address)) {
        return Some(owned(address));
    }
    let script = attrs.filled(Attr::OnClick)?;
    let at = ["location", "open("].iter().find_map(|word| script.find(word))?;
    let rest = &script[at..];
    let open = rest.find(['\'', '"'])?;
    let quote = rest[open..].chars().next()?;
    let address = rest[open + 1..].split(quote).next()?.trim();
    is_address(address).then(|| address.to_owned())
}

/// Whether a value of a script or data attribute looks like an address to go to.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    (2..2000).contains(&text.len())
        && !text.contains(|c: char| c.is_whitespace() || "{}<>".contains(c))
        && (text.starts_with('/')
            || ["http:", "https:", "mailto:", "tel:", "sms:", "whatsapp:", "./", "../"]
                .iter()
                .any(|start| text.starts_with(start))
            || text.contains('.'))
}

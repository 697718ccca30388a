//! Names of elements and attributes as numbers, and what the HTML standard says of each element.
//!
//! A name is packed into 64 bits while it streams by, so that telling one from another needs neither a buffer nor a
//! comparison of strings. A name of up to 8 letters is its own key; a longer one is hashed with the top bit set.

/// A name being read, byte by byte.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Key {
    hash: u64,
    len: u32,
}

impl Key {
    /// Takes in more of the name.
    #[inline]
    pub(super) const fn push(&mut self, bytes: &[u8]) {
        let mut i = 0;
        while i < bytes.len() {
            let byte = bytes[i] as u64;
            self.hash = if self.len < 8 {
                self.hash << 8 | byte
            } else {
                (self.hash ^ byte).wrapping_mul(0x0100_0000_01b3)
            };
            self.len = self.len.saturating_add(1);
            i += 1;
        }
    }

    /// Returns the number that stands for the name.
    #[inline]
    pub(super) const fn get(self) -> u64 {
        if self.len > 8 { self.hash | 1 << 63 } else { self.hash }
    }

    const fn of(name: &str) -> u64 {
        let mut key = Self { hash: 0, len: 0 };
        key.push(name.as_bytes());
        key.get()
    }
}

/// Where known keys stand, each in a slot of its own: one look tells what a key is, and no branch depends on which it is.
struct Slots<const N: usize> {
    spread: u64,
    at: [u8; N],
}

impl<const N: usize> Slots<N> {
    /// Finds a factor that spreads the keys over the slots; there are several times as many of these.
    #[expect(clippy::cast_possible_truncation, reason = "there are fewer keys than a byte counts")]
    const fn of(keys: &[u64]) -> Self {
        assert!(keys.len() < u8::MAX as usize);
        let mut spread = 0x9e37_79b9_7f4a_7c15_u64;
        'factor: loop {
            let mut slots = Self { spread, at: [u8::MAX; N] };
            let mut i = 0;
            while i < keys.len() {
                let slot = slots.slot(keys[i]);
                if slots.at[slot] != u8::MAX {
                    spread =
                        spread.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f) | 1;
                    continue 'factor;
                }
                slots.at[slot] = i as u8;
                i += 1;
            }
            return slots;
        }
    }

    #[inline]
    const fn slot(&self, key: u64) -> usize {
        (key.wrapping_mul(self.spread) >> 40) as usize % N
    }

    /// Returns the place of the only key that it may be.
    #[inline]
    const fn place(&self, key: u64) -> usize {
        self.at[self.slot(key)] as usize
    }
}

macro_rules! names {
    ($(#[$doc:meta])* $enum:ident, $other:ident, $slots:literal: $($variant:ident $name:literal,)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
        pub(super) enum $enum { $($variant,)* #[default] $other }

        impl $enum {
            #[cfg(test)]
            pub(super) const ALL: &[(Self, &'static str)] = &[$((Self::$variant, $name)),*];

            /// Returns what a key stands for.
            #[inline]
            pub(super) fn from_key(key: u64) -> Self {
                static KEYS: &[(u64, $enum)] = &[$((Key::of($name), $enum::$variant)),*];
                static SLOTS: Slots<$slots> = Slots::of(&[$(Key::of($name)),*]);
                match KEYS.get(SLOTS.place(key)) {
                    Some(&(known, name)) if known == key => name,
                    _ => Self::$other,
                }
            }
        }
    };
}

names! {
    /// An element of HTML, or one of the few of drawings and formulas that matter to a parser.
    Tag, Other, 2048:
    A "a", Address "address", AnnotationXml "annotation-xml", Applet "applet", Area "area", Article "article",
    Aside "aside", B "b", Base "base", Basefont "basefont", Bgsound "bgsound", Big "big", Blockquote "blockquote", Body "body",
    Br "br", Button "button", Caption "caption", Center "center", Code "code", Col "col", Colgroup "colgroup", Dd "dd", Desc "desc",
    Details "details", Dialog "dialog", Dir "dir", Div "div", Dl "dl", Dt "dt", Em "em", Embed "embed", Fieldset "fieldset",
    Figcaption "figcaption", Figure "figure", Font "font", Footer "footer", ForeignObject "foreignobject", Form "form",
    Frame "frame", Frameset "frameset", H1 "h1", H2 "h2", H3 "h3", H4 "h4", H5 "h5", H6 "h6", Head "head",
    Header "header", Hgroup "hgroup", Hr "hr", Html "html", I "i", Iframe "iframe", Image "image", Img "img", Input "input",
    Keygen "keygen", Label "label", Legend "legend", Li "li", Link "link", Listing "listing", Main "main", Marquee "marquee",
    Math "math", Menu "menu", Meta "meta", Mi "mi", Mn "mn", Mo "mo", Ms "ms", Mtext "mtext", Nav "nav", Nobr "nobr",
    Noembed "noembed", Noframes "noframes", Noscript "noscript", Object "object", Ol "ol", Optgroup "optgroup", Option "option",
    P "p", Param "param", Plaintext "plaintext", Pre "pre", Ruby "ruby", S "s", Script "script", Search "search", Section "section",
    Select "select", Small "small", Source "source", Span "span", Strike "strike", Strong "strong", Style "style", Sub "sub",
    Summary "summary", Sup "sup", Svg "svg", Table "table", Tbody "tbody", Td "td", Template "template", Textarea "textarea",
    Tfoot "tfoot", Th "th", Thead "thead", Title "title", Tr "tr", Track "track", Tt "tt", U "u", Ul "ul", Use "use", Var "var",
    Wbr "wbr", Xmp "xmp",
}

names! {
    /// An attribute that the outline looks at.
    Attr, Other, 512:
    Action "action", Alt "alt", AriaExpanded "aria-expanded", AriaHidden "aria-hidden", AriaLabel "aria-label",
    AriaLevel "aria-level", CfEmail "data-cfemail", Class "class", Colspan "colspan", Content "content", DataDomain "data-domain",
    DataEmail "data-email", DataEncEmail "data-enc-email", DataHref "data-href", DataLink "data-link", DataMail "data-mail",
    DataMailto "data-mailto", DataPhone "data-phone", DataSrc "data-src", DataTel "data-tel", DataUrl "data-url",
    DataUser "data-user", DateTime "datetime", For "for", Hidden "hidden", Href "href", Hreflang "hreflang",
    HttpEquiv "http-equiv", Id "id", ItemProp "itemprop", ItemScope "itemscope", ItemType "itemtype", Lang "lang", Name "name",
    OnClick "onclick", Open "open", Placeholder "placeholder", Property "property", Rel "rel", Role "role",
    Rowspan "rowspan", ShadowRoot "shadowrootmode", Src "src", Start "start", Style "style", Title "title", Type "type",
    TypeOf "typeof", Value "value", XLinkHref "xlink:href", XmlLang "xml:lang",
}

impl Tag {
    /// Whether it never has content.
    pub(super) const fn is_void(self) -> bool {
        use Tag::{
            Area, Base, Basefont, Bgsound, Br, Col, Embed, Frame, Hr, Image, Img, Input, Keygen, Link, Meta,
            Param, Source, Track, Wbr,
        };
        matches!(
            self,
            Area | Base
                | Basefont
                | Bgsound
                | Br
                | Col
                | Embed
                | Frame
                | Hr
                | Image
                | Img
                | Input
                | Keygen
                | Link
                | Meta
                | Param
                | Source
                | Track
                | Wbr
        )
    }

    /// Returns the level of `h1` to `h6`.
    pub(super) const fn heading(self) -> Option<u8> {
        match self {
            Tag::H1 => Some(1),
            Tag::H2 => Some(2),
            Tag::H3 => Some(3),
            Tag::H4 => Some(4),
            Tag::H5 => Some(5),
            Tag::H6 => Some(6),
            _ => None,
        }
    }

    /// Whether its start closes an open `<p>`.
    pub(super) const fn closes_p(self) -> bool {
        use Tag::{
            Address, Article, Aside, Blockquote, Center, Details, Dialog, Dir, Div, Dl, Fieldset, Figcaption,
            Figure, Footer, Form, Header, Hgroup, Hr, Listing, Main, Menu, Nav, Ol, P, Pre, Search, Section,
            Summary, Table, Ul, Xmp,
        };
        self.heading().is_some()
            || matches!(
                self,
                Address
                    | Article
                    | Aside
                    | Blockquote
                    | Center
                    | Details
                    | Dialog
                    | Dir
                    | Div
                    | Dl
                    | Fieldset
                    | Figcaption
                    | Figure
                    | Footer
                    | Form
                    | Header
                    | Hgroup
                    | Hr
                    | Listing
                    | Main
                    | Menu
                    | Nav
                    | Ol
                    | P
                    | Pre
                    | Search
                    | Section
                    | Summary
                    | Table
                    | Ul
                    | Xmp
            )
    }

    /// Whether a browser begins a new line before and after it.
    pub(super) const fn is_block(self) -> bool {
        use Tag::{
            Body, Caption, Col, Colgroup, Dd, Dt, Frameset, Head, Html, Legend, Li, Optgroup, Plaintext,
            Tbody, Td, Tfoot, Th, Thead, Tr,
        };
        self.closes_p()
            || matches!(
                self,
                Body | Caption
                    | Col
                    | Colgroup
                    | Dd
                    | Dt
                    | Frameset
                    | Head
                    | Html
                    | Legend
                    | Li
                    | Optgroup
                    | Plaintext
                    | Tbody
                    | Td
                    | Tfoot
                    | Th
                    | Thead
                    | Tr
            )
    }

    /// Whether it is a container that blocks share (see `Block::container`).
    pub(super) const fn is_container(self) -> bool {
        use Tag::{
            Address, Article, Aside, Blockquote, Center, Dd, Details, Dialog, Div, Dl, Fieldset, Figure,
            Footer, Form, Header, Hgroup, Li, Main, Menu, Nav, Ol, Search, Section, Table, Td, Th, Tr, Ul,
        };
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Center
                | Dd
                | Details
                | Dialog
                | Div
                | Dl
                | Fieldset
                | Figure
                | Footer
                | Form
                | Header
                | Hgroup
                | Li
                | Main
                | Menu
                | Nav
                | Ol
                | Search
                | Section
                | Table
                | Td
                | Th
                | Tr
                | Ul
        )
    }

    /// Whether a heading inside of it says nothing of what comes after it.
    pub(super) const fn bounds_headings(self) -> bool {
        use Tag::{
            Article, Aside, Caption, Dd, Details, Dialog, Dl, Fieldset, Figure, Footer, Form, Header, Li,
            Nav, Section, Table, Td, Th,
        };
        matches!(
            self,
            Article
                | Aside
                | Caption
                | Dd
                | Details
                | Dialog
                | Dl
                | Fieldset
                | Figure
                | Footer
                | Form
                | Header
                | Li
                | Nav
                | Section
                | Table
                | Td
                | Th
        )
    }

    /// Whether it is "special" in the words of the standard: an end tag of an inline element does not reach through it.
    pub(super) const fn is_special(self) -> bool {
        use Tag::{
            Applet, Button, Iframe, Marquee, Noembed, Noframes, Noscript, Object, Script, Select, Style,
            Template, Textarea, Title,
        };
        self.is_block()
            || matches!(
                self,
                Applet
                    | Button
                    | Iframe
                    | Marquee
                    | Noembed
                    | Noframes
                    | Noscript
                    | Object
                    | Script
                    | Select
                    | Style
                    | Template
                    | Textarea
                    | Title
            )
    }

    /// Whether the search for an open element stops at it ("scope" in the standard).
    pub(super) const fn bounds_scope(self) -> bool {
        use Tag::{Applet, Caption, Desc, ForeignObject, Marquee, Object, Table, Td, Template, Th};
        matches!(
            self,
            Applet | Caption | Desc | ForeignObject | Marquee | Object | Table | Td | Template | Th
        )
    }

    /// Whether it only changes how text looks; misnested ends of it are mended by the standard.
    pub(super) const fn is_formatting(self) -> bool {
        use Tag::{A, B, Big, Code, Em, Font, I, Nobr, S, Small, Strike, Strong, Tt, U};
        matches!(self, A | B | Big | Code | Em | Font | I | Nobr | S | Small | Strike | Strong | Tt | U)
    }

    /// Whether it prints bold.
    pub(super) const fn is_bold(self) -> bool {
        matches!(self, Tag::B | Tag::Strong)
    }

    /// Whether it may stand in the head without opening the body.
    pub(super) const fn is_of_head(self) -> bool {
        use Tag::{
            Base, Basefont, Bgsound, Head, Html, Link, Meta, Noframes, Noscript, Script, Style, Template,
            Title,
        };
        matches!(
            self,
            Base | Basefont
                | Bgsound
                | Head
                | Html
                | Link
                | Meta
                | Noframes
                | Noscript
                | Script
                | Style
                | Template
                | Title
        )
    }

    /// Whether its start inside of `<svg>` or `<math>` ends the drawing.
    pub(super) const fn breaks_out(self) -> bool {
        use Tag::{
            B, Big, Body, Br, Code, Em, Embed, Head, I, Img, Meta, Nobr, Ruby, S, Small, Span, Strike,
            Strong, Sub, Sup, Tt, U, Var,
        };
        (self.is_block() && !matches!(self, Tag::Form | Tag::Fieldset | Tag::Legend))
            || matches!(
                self,
                B | Big
                    | Body
                    | Br
                    | Code
                    | Em
                    | Embed
                    | Head
                    | I
                    | Img
                    | Meta
                    | Nobr
                    | Ruby
                    | S
                    | Small
                    | Span
                    | Strike
                    | Strong
                    | Sub
                    | Sup
                    | Tt
                    | U
                    | Var
            )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back_to_its_variant() {
        for &(tag, name) in Tag::ALL {
            assert_eq!(Tag::from_key(Key::of(name)), tag, "{name}");
        }
        for &(attr, name) in Attr::ALL {
            assert_eq!(Attr::from_key(Key::of(name)), attr, "{name}");
        }
        assert_eq!(Tag::from_key(Key::of("contact-card")), Tag::Other);
        assert_eq!(Attr::from_key(Key::of("data-wf-page")), Attr::Other);
    }

    #[test]
    fn a_name_read_in_pieces_has_the_same_key() {
        let mut key = Key::default();
        for piece in ["data", "-cf", "email"] {
            key.push(piece.as_bytes());
        }
        assert_eq!(Attr::from_key(key.get()), Attr::CfEmail);
    }
}

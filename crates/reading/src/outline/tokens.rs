//! The bridge from the tokenizer to whoever builds on its tokens.
//!
//! An [`Emitter`] of `html5gum` that allocates nothing per token: names become keys, the values of attributes that
//! nobody asked for are never copied, and text is handed on as it stands in the page. It keeps the first of two
//! attributes with one name, gives empty values, and drops a tag that the page does not finish, as the standard says.

use std::borrow::Cow;
use std::cell::Cell;
use std::convert::Infallible;

use html5gum::{Emitter, Error, Reader, State, Tokenizer};

use super::names::{Attr, Key, Tag};

/// What is told of a page, token by token.
pub(super) trait Tokens {
    /// Whether the value of an attribute is wanted.
    fn wants(&self, tag: Tag, attr: Attr) -> bool;
    /// A start tag; what it returns switches the tokenizer.
    fn start(&mut self, tag: Tag, key: u64, attrs: &Attrs, self_closing: bool) -> Option<State>;
    /// An end tag.
    fn end(&mut self, tag: Tag, key: u64);
    /// A piece of text, entities decoded.
    fn text(&mut self, text: &str);
    /// Whether text of comments is wanted at this point.
    fn wants_comment(&self) -> bool;
    /// A comment.
    fn comment(&mut self, text: &str);
    /// Whether `<![CDATA[` begins text here: inside of `<svg>` and `<math>`.
    fn in_foreign(&self) -> bool;
}

/// The attributes of a start tag.
#[derive(Debug)]
pub(super) struct Attrs {
    bytes: Vec<u8>,
    spans: [(u32, u32); 64],
    seen: u64,
}

impl Default for Attrs {
    fn default() -> Self {
        Self { bytes: Vec::with_capacity(1024), spans: [(0, 0); 64], seen: 0 }
    }
}

impl Attrs {
    /// Returns the value of an attribute; what is not UTF-8 is replaced.
    #[inline]
    pub(super) fn get(&self, attr: Attr) -> Option<Cow<'_, str>> {
        let bytes = self.bytes(attr)?;
        Some(std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed))
    }

    /// Returns a value that is not blank, trimmed.
    #[inline]
    pub(super) fn filled(&self, attr: Attr) -> Option<Cow<'_, str>> {
        let value = self.get(attr)?;
        if value.trim().len() == value.len() {
            return (!value.is_empty()).then_some(value);
        }
        let trimmed = value.trim();
        (!trimmed.is_empty()).then(|| Cow::Owned(trimmed.to_owned()))
    }

    /// Returns the bytes of a value.
    #[inline]
    pub(super) fn bytes(&self, attr: Attr) -> Option<&[u8]> {
        self.has(attr).then(|| {
            let (start, end) = self.spans[attr as usize];
            &self.bytes[start as usize..end as usize]
        })
    }

    /// Whether the tag bears an attribute, with a value or without.
    #[inline]
    pub(super) const fn has(&self, attr: Attr) -> bool {
        self.seen & 1 << attr as u64 != 0
    }

    /// Whether the tag bears any of a set of attributes.
    #[inline]
    pub(super) const fn has_any(&self, set: u64) -> bool {
        self.seen & set != 0
    }

    /// Returns a set for [`Attrs::has_any`].
    pub(super) const fn set(attrs: &[Attr]) -> u64 {
        let mut set = 0;
        let mut i = 0;
        while i < attrs.len() {
            set |= 1 << attrs[i] as u64;
            i += 1;
        }
        set
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.seen = 0;
    }
}

/// Values are cut here; an address or a label is far shorter.
const MAX_VALUE: usize = 16 * 1024;

/// What the tokenizer reads from: it tells others how far it has read.
struct Source<'a> {
    rest: &'a [u8],
    left: &'a Cell<usize>,
}

impl Reader for Source<'_> {
    type Error = Infallible;

    #[inline]
    fn read_byte(&mut self) -> Result<Option<u8>, Infallible> {
        let Some((&byte, rest)) = self.rest.split_first() else { return Ok(None) };
        self.rest = rest;
        self.left.set(rest.len());
        Ok(Some(byte))
    }

    #[inline]
    fn try_read_string(&mut self, wanted: &[u8], case_sensitive: bool) -> Result<bool, Infallible> {
        let Some((head, rest)) = self.rest.split_at_checked(wanted.len()) else { return Ok(false) };
        let same = if case_sensitive { head == wanted } else { head.eq_ignore_ascii_case(wanted) };
        if same {
            self.rest = rest;
            self.left.set(rest.len());
        }
        Ok(same)
    }

    #[inline]
    fn read_until<'b>(
        &'b mut self,
        needle: &[u8],
        _: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, Infallible> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let at = match *needle {
            [a] => memchr::memchr(a, self.rest),
            [a, b] => memchr::memchr2(a, b, self.rest),
            [a, b, c] => memchr::memchr3(a, b, c, self.rest),
            _ => self.rest.iter().position(|byte| needle.contains(byte)),
        };
        let (head, rest) = self.rest.split_at(at.unwrap_or(self.rest.len()).max(1));
        self.rest = rest;
        self.left.set(rest.len());
        Ok(Some(head))
    }
}

/// Where the tokens ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Ending {
    /// Where the page ended.
    Clean,
    /// Inside of a comment whose text begins at this offset.
    InComment(usize),
    /// Inside of an element that holds text only, which begins at this offset.
    InText(Tag, usize),
}

/// Runs the tokenizer over a page.
pub(super) fn run<S: Tokens>(html: &str, sink: &mut S) -> Ending {
    let left = Cell::new(html.len());
    let mut ending = Ending::Clean;
    let emitter = Bridge {
        sink,
        left: &left,
        html,
        attrs: Attrs::default(),
        tag: Tag::Other,
        key: Key::default(),
        is_end: false,
        self_closing: false,
        last_start: 0,
        raw: None,
        naming: Naming::None,
        attr: None,
        comment: Vec::new(),
        comment_from: None,
        carry: Vec::new(),
        ending: &mut ending,
    };
    let tokenizer = Tokenizer::new_with_emitter(Source { rest: html.as_bytes(), left: &left }, emitter);
    let Ok(()) = tokenizer.finish();
    ending
}

/// How far an attribute has been read.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Naming {
    None,
    Name(Key),
    Value,
}

struct Bridge<'a, S> {
    sink: &'a mut S,
    left: &'a Cell<usize>,
    html: &'a str,
    attrs: Attrs,
    tag: Tag,
    key: Key,
    is_end: bool,
    self_closing: bool,
    last_start: u64,
    /// The element whose content is text only, and where that begins.
    raw: Option<(Tag, usize)>,
    naming: Naming,
    /// The attribute whose value is being copied.
    attr: Option<Attr>,
    comment: Vec<u8>,
    comment_from: Option<usize>,
    /// Bytes of a character that came in pieces.
    carry: Vec<u8>,
    ending: &'a mut Ending,
}

impl<'a, S: Tokens> Bridge<'a, S> {
    #[inline]
    fn offset(&self) -> usize {
        self.html.len() - self.left.get()
    }

    /// Returns bytes as the text of the page that they are a part of; nothing where they are none, or cut a character.
    #[inline]
    fn on_page(&self, bytes: &[u8]) -> Option<&'a str> {
        let from = bytes.as_ptr().addr().checked_sub(self.html.as_ptr().addr())?;
        self.html.get(from..from.checked_add(bytes.len())?)
    }

    /// Ends the name of the attribute: from here on comes its value, if it is wanted.
    #[inline]
    fn begin_value(&mut self) {
        if let Naming::Name(key) = self.naming {
            self.naming = Naming::Value;
            self.attr = None;
            if self.is_end {
                return;
            }
            let attr = Attr::from_key(key.get());
            if attr == Attr::Other || self.attrs.has(attr) {
                return;
            }
            if self.tag == Tag::Other && self.key != Key::default() {
                self.tag = Tag::from_key(self.key.get());
            }
            if self.sink.wants(self.tag, attr) {
                let at = u32::try_from(self.attrs.bytes.len()).unwrap_or(u32::MAX);
                self.attrs.seen |= 1 << attr as u64;
                self.attrs.spans[attr as usize] = (at, at);
                self.attr = Some(attr);
            }
        }
    }

    #[inline]
    fn end_attribute(&mut self) {
        self.begin_value();
        if let Some(attr) = self.attr.take() {
            self.attrs.spans[attr as usize].1 = u32::try_from(self.attrs.bytes.len()).unwrap_or(u32::MAX);
        }
        self.naming = Naming::None;
    }

    /// Hands on text whose characters came in pieces.
    fn carried_text(&mut self, bytes: &[u8]) {
        self.carry.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.carry) {
            Ok(_) => self.carry.len(),
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => {
                // Cannot happen in a page that is UTF-8; if it does, the bytes are shown as replaced.
                let text = String::from_utf8_lossy(&self.carry).into_owned();
                self.carry.clear();
                self.sink.text(&text);
                return;
            }
        };
        let rest = self.carry.split_off(whole);
        let done = std::mem::replace(&mut self.carry, rest);
        if let Ok(text) = std::str::from_utf8(&done)
            && !text.is_empty()
        {
            self.sink.text(text);
        }
    }
}

impl<S: Tokens> Emitter for Bridge<'_, S> {
    type Token = Infallible;

    fn set_last_start_tag(&mut self, last_start_tag: Option<&[u8]>) {
        let mut key = Key::default();
        key.push(last_start_tag.unwrap_or_default());
        self.last_start = key.get();
    }

    fn emit_eof(&mut self) {
        if let Some((tag, from)) = self.raw {
            *self.ending = Ending::InText(tag, from);
        } else if let Some(from) = self.comment_from {
            *self.ending = Ending::InComment(from);
        }
    }

    #[inline]
    fn emit_error(&mut self, _: Error) {}

    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    #[inline]
    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    #[inline]
    fn emit_string(&mut self, bytes: &[u8]) {
        if !self.carry.is_empty() {
            self.carried_text(bytes);
        } else if let Some(text) = self.on_page(bytes).or_else(|| std::str::from_utf8(bytes).ok()) {
            self.sink.text(text);
        } else {
            self.carried_text(bytes);
        }
    }

    #[inline]
    fn init_start_tag(&mut self) {
        self.key = Key::default();
        self.tag = Tag::Other;
        self.is_end = false;
        self.self_closing = false;
        self.naming = Naming::None;
        self.attr = None;
        self.attrs.clear();
    }

    #[inline]
    fn init_end_tag(&mut self) {
        self.init_start_tag();
        self.is_end = true;
    }

    fn init_comment(&mut self) {
        self.comment.clear();
        self.comment_from = Some(self.offset());
    }

    #[inline]
    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_attribute();
        let key = self.key.get();
        self.tag = Tag::from_key(key);
        if self.is_end {
            self.last_start = 0;
            self.raw = None;
            self.sink.end(self.tag, key);
            return None;
        }
        self.last_start = key;
        let state = self.sink.start(self.tag, key, &self.attrs, self.self_closing);
        self.raw = state.map(|_| (self.tag, self.offset()));
        state
    }

    fn emit_current_comment(&mut self) {
        if self.left.get() > 0 || !self.comment_from.is_some_and(|from| is_open(self.html.as_bytes(), from)) {
            self.comment_from = None;
        }
        if self.sink.wants_comment() && !self.comment.is_empty() {
            let text = String::from_utf8_lossy(&self.comment);
            self.sink.comment(&text);
        }
    }

    fn emit_current_doctype(&mut self) {}

    fn set_self_closing(&mut self) {
        self.self_closing = true;
    }

    fn set_force_quirks(&mut self) {}

    #[inline]
    fn push_tag_name(&mut self, s: &[u8]) {
        self.key.push(s);
    }

    fn push_comment(&mut self, s: &[u8]) {
        if self.sink.wants_comment() && self.comment.len() < MAX_VALUE {
            self.comment.extend_from_slice(s);
        }
    }

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn init_doctype(&mut self) {}

    #[inline]
    fn init_attribute(&mut self) {
        self.end_attribute();
        self.naming = Naming::Name(Key::default());
    }

    #[inline]
    fn init_attribute_value(&mut self) {
        self.begin_value();
    }

    #[inline]
    fn push_attribute_name(&mut self, s: &[u8]) {
        if let Naming::Name(key) = &mut self.naming {
            key.push(s);
        }
    }

    #[inline]
    fn push_attribute_value(&mut self, s: &[u8]) {
        self.begin_value();
        if let Some(attr) = self.attr {
            let used = self.attrs.bytes.len() - self.attrs.spans[attr as usize].0 as usize;
            self.attrs.bytes.extend_from_slice(&s[..s.len().min(MAX_VALUE.saturating_sub(used))]);
        }
    }

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    #[inline]
    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end && self.last_start != 0 && self.last_start == self.key.get()
    }

    #[inline]
    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.sink.in_foreign()
    }
}

/// Whether the comment that a page ends in was never closed. `<!…>` and `<?…>` need no salvage.
fn is_open(html: &[u8], from: usize) -> bool {
    let (before, text) = html.split_at(from.min(html.len()));
    before.ends_with(b"<!--")
        && !(text.ends_with(b"-->") || text.ends_with(b"--!>") || matches!(text, b">" | b"->"))
}

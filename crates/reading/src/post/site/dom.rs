//! A small tree of a saved page: elements, attributes and text, no more than the readers of sites ask for.
//!
//! Bounded in nodes and depth; unclosed and crossed elements are taken as they come. What it is not: an HTML parser by the
//! standard. Pages of companies are read by the outline, never by this.

use html5gum::{DefaultEmitter, StringReader, Token, Tokenizer};
use serde_json::Value;

/// The most nodes of one page.
const MOST_NODES: usize = 400_000;
/// The deepest nesting that is kept apart.
const MOST_DEPTH: usize = 200;

/// Elements that hold nothing.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// Elements that begin a new line.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "li",
    "br",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "blockquote",
    "pre",
    "ul",
    "ol",
    "table",
    "dd",
    "dt",
];

/// One node.
#[derive(Debug)]
pub(crate) enum Node {
    /// An element.
    Element {
        /// Its name, lower case.
        name: String,
        /// Its attributes.
        attributes: Vec<(String, String)>,
        /// The index behind its last descendant.
        end: usize,
    },
    /// Text.
    Text(String),
}

/// A page as nodes in the order of the source; an element's descendants stand right behind it.
#[derive(Debug, Default)]
pub(crate) struct Dom {
    nodes: Vec<Node>,
}

/// An element of a page.
#[derive(Clone, Copy)]
pub(crate) struct Element<'d> {
    dom: &'d Dom,
    at: usize,
}

impl Dom {
    /// Parses a page. What stands in a script is text, whatever it looks like: data holds `<!--` and `<br>`.
    pub(crate) fn parse(html: &str) -> Self {
        Self::read(html, true)
    }

    fn read(html: &str, scripts_are_text: bool) -> Self {
        let mut dom = Self::default();
        let mut open: Vec<(String, usize)> = Vec::new();
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(scripts_are_text);
        let tokens: Tokenizer<StringReader<'_>, DefaultEmitter> = Tokenizer::new_with_emitter(html, emitter);
        for token in tokens.flatten() {
            if dom.nodes.len() >= MOST_NODES {
                break;
            }
            match token {
                Token::StartTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name).to_ascii_lowercase();
                    let attributes = tag
                        .attributes
                        .iter()
                        .map(|(k, v)| {
                            (
                                String::from_utf8_lossy(k).to_ascii_lowercase(),
                                String::from_utf8_lossy(&v.value).into_owned(),
                            )
                        })
                        .collect();
                    let at = dom.nodes.len();
                    dom.nodes.push(Node::Element { name: name.clone(), attributes, end: at + 1 });
                    if !tag.self_closing && !VOID.contains(&name.as_str()) && open.len() < MOST_DEPTH {
                        open.push((name, at));
                    }
                }
                Token::EndTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name).to_ascii_lowercase();
                    if let Some(depth) = open.iter().rposition(|(n, _)| *n == name) {
                        for (_, at) in open.drain(depth..) {
                            dom.close(at);
                        }
                    }
                }
                // For browsers without scripts it is markup. It is read once, and what stands in it again is not read anew.
                Token::String(text)
                    if scripts_are_text && open.last().is_some_and(|(name, _)| name == "noscript") =>
                {
                    dom.graft(Self::read(&String::from_utf8_lossy(&text), false));
                }
                Token::String(text) => {
                    dom.nodes.push(Node::Text(String::from_utf8_lossy(&text).into_owned()));
                }
                _ => {}
            }
        }
        for (_, at) in open.drain(..) {
            dom.close(at);
        }
        dom
    }

    /// Takes in the nodes of a part of the page that was read by itself.
    fn graft(&mut self, part: Self) {
        let base = self.nodes.len();
        self.nodes.extend(part.nodes.into_iter().map(|node| match node {
            Node::Element { name, attributes, end } => Node::Element { name, attributes, end: end + base },
            text @ Node::Text(_) => text,
        }));
    }

    fn close(&mut self, at: usize) {
        let here = self.nodes.len();
        if let Some(Node::Element { end, .. }) = self.nodes.get_mut(at) {
            *end = here;
        }
    }

    /// Returns every element, in the order of the page.
    pub(crate) fn all(&self) -> impl Iterator<Item = Element<'_>> {
        (0..self.nodes.len())
            .filter(|&at| matches!(self.nodes[at], Node::Element { .. }))
            .map(|at| Element { dom: self, at })
    }

    /// Returns the title of the page.
    pub(crate) fn title(&self) -> String {
        self.all().find(|e| e.name() == "title").map(|e| e.text()).unwrap_or_default()
    }

    /// Returns the content of a meta element by name or property.
    pub(crate) fn meta(&self, key: &str) -> Option<&str> {
        self.all()
            .filter(|e| e.name() == "meta")
            .find(|e| [e.attribute("name"), e.attribute("property")].contains(&Some(key)))
            .and_then(|e| e.attribute("content"))
    }

    /// Returns the text of the page: of its main part, where it marks one.
    pub(crate) fn body_text(&self) -> String {
        let body =
            self.all().find(|e| e.name() == "main").or_else(|| self.all().find(|e| e.name() == "body"));
        body.map(|e| e.text()).unwrap_or_default()
    }

    /// Returns the values that the blocks of data of the page hold: JSON-LD, and scripts of JSON by id.
    pub(crate) fn data(&self) -> Vec<Value> {
        super::data::blocks(self).into_iter().map(|carried| carried.value).collect()
    }
}

impl<'d> Element<'d> {
    fn parts(&self) -> (&'d str, &'d [(String, String)], usize) {
        match &self.dom.nodes[self.at] {
            Node::Element { name, attributes, end } => (name, attributes, *end),
            Node::Text(_) => ("", &[], self.at + 1),
        }
    }

    /// Returns its name.
    pub(crate) fn name(&self) -> &'d str {
        self.parts().0
    }

    /// Returns an attribute.
    pub(crate) fn attribute(&self, key: &str) -> Option<&'d str> {
        self.parts().1.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }

    /// Returns whether it bears a class.
    pub(crate) fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|c| c.split_whitespace().any(|c| c == class))
    }

    /// Returns its descendants that are elements.
    pub(crate) fn inside(&self) -> impl Iterator<Item = Element<'d>> + use<'d> {
        let (_, _, end) = self.parts();
        let dom = self.dom;
        (self.at + 1..end)
            .filter(move |&at| matches!(dom.nodes[at], Node::Element { .. }))
            .map(move |at| Element { dom, at })
    }

    /// Returns its place in the order of the page.
    pub(crate) const fn place(&self) -> usize {
        self.at
    }

    /// Returns whether another element stands inside.
    pub(crate) fn holds(&self, other: &Element<'_>) -> bool {
        (self.at + 1..self.parts().2).contains(&other.at)
    }

    /// Returns its text with lines where blocks begin; scripts and styles left out.
    pub(crate) fn text(&self) -> String {
        self.text_without(&[])
    }

    /// Returns its text with the words of small pictures: some sites show emoji so.
    pub(crate) fn text_with_images(&self) -> String {
        self.shown(&[], true)
    }

    /// Returns its text without that of some elements inside.
    pub(crate) fn text_without(&self, left_out: &[Element<'_>]) -> String {
        self.shown(left_out, false)
    }

    fn shown(&self, left_out: &[Element<'_>], images: bool) -> String {
        let (_, _, end) = self.parts();
        let mut text = String::new();
        let mut at = self.at + 1;
        while at < end {
            match &self.dom.nodes[at] {
                Node::Text(t) => {
                    for (i, word) in t.split_whitespace().enumerate() {
                        let glued = i == 0 && !t.starts_with(char::is_whitespace);
                        if !glued && !text.is_empty() && !text.ends_with(['\n', ' ']) {
                            text.push(' ');
                        }
                        text.push_str(word);
                    }
                    if t.ends_with(char::is_whitespace) && !text.is_empty() && !text.ends_with(['\n', ' ']) {
                        text.push(' ');
                    }
                }
                Node::Element { name, end: behind, attributes } => {
                    if matches!(name.as_str(), "script" | "style" | "template" | "svg")
                        || left_out.iter().any(|e| e.at == at)
                    {
                        at = *behind;
                        continue;
                    }
                    if BLOCKS.contains(&name.as_str()) && !text.is_empty() && !text.ends_with('\n') {
                        text.truncate(text.trim_end_matches(' ').len());
                        text.push('\n');
                    }
                    if images
                        && name == "img"
                        && let Some((_, words)) = attributes.iter().find(|(key, _)| key == "alt")
                        && words.chars().count() <= 8
                    {
                        text.push_str(words);
                    }
                    // A link that writes or dials shows where to.
                    if name == "a"
                        && let Some((_, href)) = attributes.iter().find(|(k, _)| k == "href")
                        && let Some(value) =
                            href.strip_prefix("mailto:").or_else(|| href.strip_prefix("tel:"))
                    {
                        let value = value.split('?').next().unwrap_or_default();
                        let shown = Element { dom: self.dom, at }.text();
                        if !shown.contains(value)
                            && !shown.contains(['@'])
                            && !shown.chars().any(|c| c.is_ascii_digit())
                        {
                            text.push_str(value);
                            text.push(' ');
                        }
                    }
                }
            }
            at += 1;
        }
        text.trim().to_owned()
    }

    /// Returns its text as it stands in the source.
    pub(crate) fn raw_text(&self) -> String {
        let (_, _, end) = self.parts();
        self.dom.nodes[self.at + 1..end]
            .iter()
            .filter_map(|n| if let Node::Text(t) = n { Some(t.as_str()) } else { None })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_a_tree_however_it_is_closed() {
        let dom = Dom::parse("<div class='a b'><p>one<p>two <b>three</div><script>x<y</script><p>four");
        let first = dom.all().find(|e| e.has_class("b")).unwrap();
        assert_eq!(first.text(), "one\ntwo three");
        assert_eq!(dom.all().filter(|e| e.name() == "p").count(), 3);
    }

    #[test]
    fn deep_nesting_ends_in_time() {
        let page = "<div>".repeat(50_000);
        assert!(Dom::parse(&page).all().count() > 1);
    }
}

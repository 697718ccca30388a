//! A saved page made harmless, to be looked at, with the words that were quoted from it marked.
//!
//! Nothing of the page is handed on as it stands. Its tokens are read, and what is written is made anew: elements and
//! attributes of a short list of our own, and text with every mark of HTML escaped. So nothing in it runs, is fetched,
//! sent or led to, whatever the page holds: no script, style, frame, form, link, picture from elsewhere, no SVG. That is
//! meant to hold by itself; whoever shows it puts it in a sandbox all the same.

mod names;
mod text;

use std::fmt::Write as _;

use html5gum::{DefaultEmitter, StringReader, Token, Tokenizer};

pub use self::text::{escape, escape_into};
use crate::window::clip;

/// The most bytes of a page that are read, and the most of what is made of it.
const MOST_READ: usize = 8 << 20;
const MOST_MADE: usize = 4 << 20;
/// The longest picture that a page may bring along in itself.
const MOST_PICTURE: usize = 200 << 10;
/// The fewest letters by which a piece of a quote is looked for.
const FEWEST: usize = 6;
/// How much of the code of a page is shown around words that stand in it.
const AROUND: usize = 600;

/// A page of which nothing acts.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Harmless {
    pieces: Vec<Piece>,
    /// Its title.
    pub title: String,
    /// Whether it was longer than what is read.
    pub cut: bool,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Piece {
    /// Markup that we wrote, and whether a line of text ends there.
    Markup(String, bool),
    /// Text, not escaped.
    Text(String),
}

/// Where words stand in a page: offsets into its text without its spaces.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Found {
    start: usize,
    end: usize,
}

/// A piece of text as it is read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Whether they are those that were looked for.
    pub marked: bool,
}

/// Makes a page harmless.
#[must_use]
pub fn page(html: &str) -> Harmless {
    let mut made = Making::default();
    let read = clip(html, MOST_READ);
    made.cut = read.len() < html.len();
    made.read(read, false);
    Harmless { pieces: made.pieces, title: made.title.trim().to_owned(), cut: made.cut }
}

/// Takes a text as a page: each line a paragraph.
#[must_use]
pub fn text(text: &str) -> Harmless {
    let read = clip(text, MOST_MADE);
    let mut pieces = Vec::new();
    for line in read.lines() {
        pieces.push(Piece::Markup("<p>".to_owned(), true));
        pieces.push(Piece::Text(line.to_owned()));
        pieces.push(Piece::Markup("</p>".to_owned(), true));
    }
    Harmless { pieces, title: String::new(), cut: read.len() < text.len() }
}

/// Returns the code of a page around words that stand in it, though nobody sees them on the page; as a page of text.
#[must_use]
pub fn code(source: &str, words: &str) -> Option<(Harmless, Found)> {
    let read = clip(source, MOST_READ);
    let mut squeezed = String::new();
    let mut places = Vec::new();
    for (at, c) in read.char_indices() {
        if let Some(letter) = letter(c) {
            places.push((squeezed.len(), at));
            squeezed.push(letter);
        }
    }
    let found = find(&squeezed, words)?;
    let at = |offset: usize| places.partition_point(|(squeezed, _)| *squeezed < offset);
    let (first, last) = (places[at(found.start)].1, places[at(found.end).saturating_sub(1)].1);
    let (mut from, mut to) = (first.saturating_sub(AROUND), (last + AROUND).min(read.len()));
    while !read.is_char_boundary(from) {
        from -= 1;
    }
    while !read.is_char_boundary(to) {
        to += 1;
    }
    let excerpt = text(&read[from..to]);
    let found = excerpt.find(words)?;
    Some((excerpt, found))
}

impl Harmless {
    /// Finds words, whatever the spaces, the case and the elements between them.
    ///
    /// Where the whole is not there, the longest piece between dots that stand for something left out is looked for.
    #[must_use]
    pub fn find(&self, words: &str) -> Option<Found> {
        let text = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(text.as_str()),
            Piece::Markup(..) => None,
        });
        let squeezed: String = text.flat_map(squeezed).collect();
        find(&squeezed, words)
    }

    /// Writes it as HTML for the body of a document; what was found stands in `<mark>`, the first with the id `quote`.
    #[must_use]
    pub fn html(&self, found: Option<Found>) -> String {
        let mut out = String::new();
        let mut first = true;
        self.walk(found, |piece| match piece {
            Walked::Markup(markup, _) => out.push_str(markup),
            Walked::Text(text, false) => escape_into(text, &mut out),
            Walked::Text(text, true) => {
                out.push_str(if std::mem::take(&mut first) { "<mark id=\"quote\">" } else { "<mark>" });
                escape_into(text, &mut out);
                out.push_str("</mark>");
            }
        });
        out
    }

    /// Returns its text, line by line, blank lines left out.
    #[must_use]
    pub fn lines(&self, found: Option<Found>) -> Vec<Vec<Run>> {
        let mut lines: Vec<Vec<Run>> = vec![Vec::new()];
        self.walk(found, |piece| match piece {
            Walked::Markup(_, true) => lines.push(Vec::new()),
            Walked::Markup(_, false) => {}
            Walked::Text(text, marked) => {
                if let Some(line) = lines.last_mut() {
                    line.push(Run { text: text.to_owned(), marked });
                }
            }
        });
        lines.retain(|line| line.iter().any(|run| !run.text.trim().is_empty()));
        lines
    }

    fn walk(&self, found: Option<Found>, mut tell: impl FnMut(Walked<'_>)) {
        let within = |at: usize| found.is_some_and(|found| (found.start..found.end).contains(&at));
        let mut at = 0;
        for piece in &self.pieces {
            let text = match piece {
                Piece::Markup(markup, line) => {
                    tell(Walked::Markup(markup, *line));
                    continue;
                }
                Piece::Text(text) => text,
            };
            // Spaces go with the letter before them, so that a mark is in one piece; none ends with a space.
            let (mut from, mut marked, mut seen) = (0, false, 0);
            for (offset, c) in text.char_indices() {
                let Some(letter) = letter(c) else { continue };
                if within(at) != marked {
                    let cut = if marked { seen } else { offset };
                    if cut > from {
                        tell(Walked::Text(&text[from..cut], marked));
                    }
                    (from, marked) = (cut, within(at));
                }
                at += letter.len_utf8();
                seen = offset + c.len_utf8();
            }
            if marked && seen < text.len() {
                tell(Walked::Text(&text[from..seen], true));
                (from, marked) = (seen, false);
            }
            if from < text.len() {
                tell(Walked::Text(&text[from..], marked));
            }
        }
    }
}

enum Walked<'a> {
    Markup(&'a str, bool),
    Text(&'a str, bool),
}

/// What is made of a page while it is read.
#[derive(Default)]
struct Making {
    pieces: Vec<Piece>,
    title: String,
    cut: bool,
    made: usize,
    /// The element that is left out with all that it holds, and how many of its name are open.
    dropped: Option<(Vec<u8>, usize)>,
    in_title: bool,
}

impl Making {
    /// Reads the tokens of a page, or of the part of one that is for browsers without scripts.
    fn read(&mut self, html: &str, inner: bool) {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let tokens: Tokenizer<StringReader<'_>, DefaultEmitter> = Tokenizer::new_with_emitter(html, emitter);
        let mut in_noscript = false;
        for token in tokens.flatten() {
            if self.made > MOST_MADE {
                self.cut = true;
                return;
            }
            match token {
                Token::StartTag(tag) => {
                    in_noscript = &**tag.name == b"noscript" && self.dropped.is_none();
                    if !in_noscript {
                        let attribute = |name: &[u8]| {
                            tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned())
                        };
                        self.start(&tag.name, attribute, tag.self_closing);
                    }
                }
                Token::EndTag(tag) => {
                    in_noscript = false;
                    self.end(&tag.name);
                }
                Token::String(words) => {
                    let words = String::from_utf8_lossy(&words);
                    // What stands in it is markup to a browser without scripts, as this one is. It is read once.
                    if in_noscript && !inner {
                        // What is left open in it ends with it.
                        let outer = (self.dropped.take(), self.in_title);
                        self.read(&words, true);
                        (self.dropped, self.in_title) = outer;
                    } else if !in_noscript {
                        self.words(&words);
                    }
                }
                _ => {}
            }
        }
    }

    fn start(&mut self, name: &[u8], attribute: impl Fn(&[u8]) -> Option<String>, self_closing: bool) {
        if let Some((dropped, depth)) = &mut self.dropped {
            *depth += usize::from(dropped.as_slice() == name && !self_closing);
            return;
        }
        if name == b"title" {
            self.in_title = self.title.is_empty();
            if !self.in_title {
                self.dropped = Some((name.to_vec(), 1));
            }
            return;
        }
        if names::DROPPED.contains(&name) {
            if !self_closing {
                self.dropped = Some((name.to_vec(), 1));
            }
            return;
        }
        if name == b"img" {
            return self.picture(attribute(b"src"), attribute(b"alt"));
        }
        if name == b"input" {
            let kind = attribute(b"type").unwrap_or_default().to_ascii_lowercase();
            let shown = matches!(kind.as_str(), "button" | "submit" | "reset");
            if let Some(words) = attribute(b"value").filter(|_| shown) {
                self.words(&words);
            }
            return;
        }
        let Some(element) = names::element(name) else { return };
        let mut markup = format!("<{}", element.to);
        for known in names::ATTRIBUTES {
            let value = attribute(known.name.as_bytes()).filter(|value| (known.allows)(value));
            if let Some(value) = value.filter(|_| known.on.is_empty() || known.on.contains(&element.to)) {
                let _ = write!(markup, " {}=\"", known.name);
                escape_into(&value, &mut markup);
                markup.push('"');
            }
        }
        // What is folded together may hold the words.
        markup.push_str(if element.to == "details" { " open>" } else { ">" });
        self.push(Piece::Markup(markup, element.line));
    }

    fn end(&mut self, name: &[u8]) {
        if let Some((dropped, depth)) = &mut self.dropped {
            if dropped.as_slice() == name {
                *depth -= 1;
                if *depth == 0 {
                    self.dropped = None;
                }
            }
            return;
        }
        if name == b"title" {
            self.in_title = false;
        } else if let Some(element) = names::element(name).filter(|element| !element.void) {
            self.push(Piece::Markup(format!("</{}>", element.to), element.line));
        }
    }

    fn words(&mut self, words: &str) {
        if self.dropped.is_some() {
        } else if self.in_title {
            self.title.push_str(clip(words, 300));
        } else {
            self.push(Piece::Text(words.replace('\0', "")));
        }
    }

    /// A picture that the page brings along in itself; of any other only what it is called.
    fn picture(&mut self, source: Option<String>, called: Option<String>) {
        let source = source.map(|source| source.trim().to_owned()).unwrap_or_default();
        let called = called.unwrap_or_default();
        if source.len() <= MOST_PICTURE && names::is_own_picture(&source) {
            let mut markup = "<img src=\"".to_owned();
            escape_into(&source, &mut markup);
            markup.push_str("\" alt=\"");
            escape_into(clip(&called, 300), &mut markup);
            markup.push_str("\">");
            self.push(Piece::Markup(markup, false));
        } else if !called.trim().is_empty() {
            self.push(Piece::Markup("<span class=\"picture\">".to_owned(), false));
            self.push(Piece::Text(clip(&called, 300).to_owned()));
            self.push(Piece::Markup("</span>".to_owned(), false));
        }
    }

    fn push(&mut self, piece: Piece) {
        self.made += match &piece {
            Piece::Markup(text, _) | Piece::Text(text) => text.len(),
        };
        self.pieces.push(piece);
    }
}

/// Returns a letter as it is compared; nothing for spaces and what nobody sees.
fn letter(c: char) -> Option<char> {
    let unseen = c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    if unseen { None } else { c.to_lowercase().next() }
}

fn squeezed(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter_map(letter)
}

/// Finds words in a text without spaces.
fn find(text: &str, words: &str) -> Option<Found> {
    let whole: String = squeezed(words).collect();
    let trimmed = whole.trim_matches(['…', '.']);
    let at = |piece: &str| Some(Found { start: text.find(piece)?, end: text.find(piece)? + piece.len() });
    if trimmed.is_empty() {
        return None;
    }
    if let Some(found) = at(trimmed) {
        return Some(found);
    }
    let mut pieces: Vec<&str> = trimmed.split('…').flat_map(|piece| piece.split("...")).collect();
    pieces.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
    pieces.into_iter().filter(|piece| piece.chars().count() >= FEWEST).find_map(at)
}

#[cfg(test)]
mod tests;

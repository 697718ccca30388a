//! The text of an HTML mail: a line for each block, `>` before what stands in a quotation, and nothing of what mail
//! programs wrap around an earlier message.

use html5gum::{Token, Tokenizer};

/// The most bytes of HTML that are read.
const MOST: usize = 2 << 20;
/// How deep quotations are told apart.
const DEEPEST: usize = 8;

/// Classes and ids that mail programs put around the message that is answered.
const QUOTE_MARKS: &[&str] = &[
    "gmail_quote",
    "gmail_attr",
    "yahoo_quoted",
    "moz-cite-prefix",
    "divrplyfwdmsg",
    "appendonsend",
    "protonmail_quote",
    "tutanota_quote",
    "zmail_extra",
    "outlookmessageheader",
    "mail-quote",
    "replyforward",
];
/// Those after which everything is the earlier message.
const REST_MARKS: &[&str] = &["divrplyfwdmsg", "appendonsend", "outlookmessageheader"];

/// What a reading of HTML gives.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// The text.
    pub(super) text: String,
    /// How many lines were left out with their quotation.
    pub(super) quoted: usize,
}

/// Reads the text of an HTML mail.
pub(super) fn text(html: &str) -> Read {
    let html = crate::window::clip(html, MOST);
    let mut walk = Walk::default();
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let attr = |name: &[u8]| {
                    tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).to_lowercase())
                };
                let marks =
                    format!("{} {}", attr(b"class").unwrap_or_default(), attr(b"id").unwrap_or_default());
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                walk.start(&name, &marks, tag.self_closing);
            }
            Token::EndTag(tag) => walk.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => walk.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
        if walk.over {
            break;
        }
    }
    walk.line();
    Read { text: walk.out.trim().to_owned(), quoted: walk.left_out }
}

/// One open element that matters here.
#[derive(Debug)]
struct Open {
    name: String,
    /// How many quotations are open here, itself among them; whether any that is open is left out, or hides its text.
    quotes: usize,
    left_out: bool,
    hides: bool,
}

#[derive(Debug, Default)]
struct Walk {
    out: String,
    current: String,
    open: Vec<Open>,
    left_out: usize,
    over: bool,
}

impl Walk {
    fn start(&mut self, name: &str, marks: &str, self_closing: bool) {
        if is_block(name) || name == "br" {
            self.line();
        }
        if matches!(name, "td" | "th") && !self.current.is_empty() {
            self.current.push(' ');
        }
        let marked = QUOTE_MARKS.iter().any(|mark| marks.contains(mark));
        if REST_MARKS.iter().any(|mark| marks.contains(mark)) && !self.out.trim().is_empty() {
            self.over = true;
            self.left_out += 1;
            return;
        }
        let hides = matches!(name, "style" | "script" | "head" | "title" | "template");
        let quotes = name == "blockquote";
        let holds = is_block(name) || hides || matches!(name, "span");
        // Unclosed elements do not pile up without end: beyond a depth they are not followed.
        if holds && !self_closing && self.open.len() < 500 {
            // A quotation that opens the message is the message: somebody passed it on.
            let above = self.open.last();
            let left_out = marked && !self.out.trim().is_empty() || above.is_some_and(|open| open.left_out);
            let hides = hides || above.is_some_and(|open| open.hides);
            let quotes = above.map_or(0, |open| open.quotes) + usize::from(quotes);
            self.open.push(Open { name: name.to_owned(), quotes, left_out, hides });
        }
    }

    fn end(&mut self, name: &str) {
        if is_block(name) {
            self.line();
        }
        if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
            self.open.truncate(at);
        }
    }

    fn text(&mut self, text: &str) {
        if self.open.last().is_some_and(|open| open.hides) {
            return;
        }
        for c in text.chars() {
            let c = if c == '\u{a0}' { ' ' } else { c };
            if c.is_whitespace() {
                if !self.current.is_empty() && !self.current.ends_with(' ') {
                    self.current.push(' ');
                }
            } else if !matches!(c, '\u{200b}' | '\u{200c}' | '\u{feff}' | '\u{ad}' | '\u{34f}') {
                self.current.push(c);
            }
        }
    }

    /// Ends the line.
    fn line(&mut self) {
        let line = std::mem::take(&mut self.current);
        let line = line.trim();
        if self.open.last().is_some_and(|open| open.left_out) {
            self.left_out += usize::from(!line.is_empty());
            return;
        }
        let depth = self.open.last().map_or(0, |open| open.quotes).min(DEEPEST);
        if line.is_empty() {
            if !self.out.ends_with("\n\n") && !self.out.is_empty() {
                self.out.push('\n');
            }
            return;
        }
        for _ in 0..depth {
            self.out.push('>');
        }
        if depth > 0 {
            self.out.push(' ');
        }
        self.out.push_str(line);
        self.out.push('\n');
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "tr"
            | "table"
            | "tbody"
            | "ul"
            | "ol"
            | "li"
            | "blockquote"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hr"
            | "pre"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "address"
            | "center"
            | "body"
            | "html"
            | "dl"
            | "dt"
            | "dd"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_stays_and_the_quotation_goes() {
        let gmail = "<div dir=ltr>Dear Ms Hill,<br>we will refund 20&nbsp;pounds.<div>Regards<br>Jo</div></div><br><div class=\"gmail_quote\"><div class=gmail_attr>On Tue, wrote:</div><blockquote>My bill is wrong</blockquote></div>";
        let read = text(gmail);
        assert_eq!(read.text, "Dear Ms Hill,\nwe will refund 20 pounds.\nRegards\nJo");
        assert_eq!(read.quoted, 2);
        let outlook = "<style>p{}</style><p>We are sorry.</p><div id=\"divRplyFwdMsg\"><b>From:</b> Hill</div><div>My bill</div>";
        assert_eq!(text(outlook).text, "We are sorry.");
        assert_eq!(
            text("<blockquote type=cite><p>one</p><blockquote>two</blockquote></blockquote><p>three").text,
            "> one\n\n>> two\n\nthree"
        );
    }

    #[test]
    fn a_message_that_is_passed_on_whole_is_kept() {
        assert_eq!(text("<div class=gmail_quote>Dear customer, no.</div>").text, "Dear customer, no.");
    }

    #[test]
    fn a_hundred_thousand_unclosed_elements_are_read() {
        assert!(text(&"<div><blockquote>".repeat(100_000)).text.is_empty());
    }
}

//! Tokens of a script, as far as following its constants needs them: texts, numbers, names and single signs.
//!
//! Comments are passed over. A text that does not close on its line ends there, so that one quote in a regular expression
//! does not turn the rest inside out.

use std::iter::Peekable;
use std::str::CharIndices;

/// Longest text kept.
const MOST_TEXT: usize = 4096;

/// A token.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Token {
    /// A constant text, escapes undone.
    Text(String),
    /// A whole number.
    Number(u32),
    /// A name or keyword.
    Name(String),
    /// Any other sign.
    Sign(char),
}

/// Reads tokens one after another.
pub(super) struct Tokens<'t> {
    text: &'t str,
    chars: Peekable<CharIndices<'t>>,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, chars: text.char_indices().peekable() }
    }

    fn skip_while(&mut self, from: usize, is: impl Fn(char) -> bool) -> usize {
        let mut end = from;
        while let Some(&(at, c)) = self.chars.peek() {
            end = at;
            if !is(c) {
                return end;
            }
            self.chars.next();
            end = at + c.len_utf8();
        }
        end
    }

    /// Reads the text that a quote opens.
    fn quoted(&mut self, quote: char) -> String {
        let mut text = String::new();
        while let Some((_, c)) = self.chars.next() {
            match c {
                c if c == quote => break,
                '\n' if quote != '`' => break,
                '\\' => {
                    if let Some(c) = self.escape() {
                        text.push(c);
                    }
                }
                c if text.len() < MOST_TEXT => text.push(c),
                _ => {}
            }
        }
        text
    }

    fn escape(&mut self) -> Option<char> {
        let (_, c) = self.chars.next()?;
        match c {
            'x' => self.hex(2),
            'u' => self.hex(4),
            'n' | 'r' | 't' => Some(' '),
            '\n' => None,
            c => Some(c),
        }
    }

    fn hex(&mut self, count: usize) -> Option<char> {
        let mut code = 0;
        for _ in 0..count {
            let digit = self.chars.peek()?.1.to_digit(16)?;
            self.chars.next();
            code = code * 16 + digit;
        }
        char::from_u32(code)
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let (at, c) = self.chars.next()?;
            return Some(match c {
                c if c.is_whitespace() => continue,
                '"' | '\'' | '`' => Token::Text(self.quoted(c)),
                '/' if self.text[at..].starts_with("//") => {
                    self.skip_while(at, |c| c != '\n');
                    continue;
                }
                '/' if self.text[at..].starts_with("/*") => {
                    let end = self.text[at + 2..].find("*/").map_or(self.text.len(), |end| at + 4 + end);
                    while self.chars.next_if(|(i, _)| *i < end).is_some() {}
                    continue;
                }
                '0'..='9' => {
                    let end = self.skip_while(at + 1, |c| c.is_ascii_alphanumeric());
                    let digits = &self.text[at..end];
                    let hex = digits.strip_prefix("0x").and_then(|hex| u32::from_str_radix(hex, 16).ok());
                    hex.or_else(|| digits.parse().ok()).map_or(Token::Sign('0'), Token::Number)
                }
                c if c.is_alphabetic() || matches!(c, '_' | '$') => {
                    let end =
                        self.skip_while(at + c.len_utf8(), |c| c.is_alphanumeric() || matches!(c, '_' | '$'));
                    Token::Name(self.text[at..end].chars().take(64).collect())
                }
                c => Token::Sign(c),
            });
        }
    }
}

/// Undoes character references: numbers, and the few names that cloaks use.
pub(super) fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        let tail = &rest[at..];
        let (c, taken) = entity(tail).unwrap_or(('&', 1));
        plain.push(c);
        rest = &tail[taken..];
    }
    plain.push_str(rest);
    plain
}

fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|b| b == b';')?;
    let name = text.get(1..end)?;
    let c = match name {
        "commat" => '@',
        "period" => '.',
        "lowbar" => '_',
        "hyphen" | "dash" => '-',
        "amp" => '&',
        "quot" => '"',
        "lt" => '<',
        "gt" => '>',
        _ => {
            let number = name.strip_prefix('#')?;
            let hex = number.strip_prefix(['x', 'X']);
            char::from_u32(hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?)?
        }
    };
    Some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_fall_into_tokens() {
        let tokens: Vec<Token> = Tokens::new("var a='x\\x40\\u002e' + 0x40; // no\n/* no */ b").collect();
        let name = |n: &str| Token::Name(n.to_owned());
        assert_eq!(
            tokens,
            [
                name("var"),
                name("a"),
                Token::Sign('='),
                Token::Text("x@.".into()),
                Token::Sign('+'),
                Token::Number(64),
                Token::Sign(';'),
                name("b")
            ]
        );
    }

    #[test]
    fn an_open_quote_ends_with_its_line() {
        assert_eq!(Tokens::new("'a\n'b'").filter(|t| matches!(t, Token::Text(_))).count(), 2);
    }

    #[test]
    fn character_references_are_undone() {
        assert_eq!(entities("i&#110;fo&#x40;acme&period;example &amp; &no; &"), "info@acme.example & &no; &");
    }
}

//! Addresses that a script puts together and writes to the page.
//!
//! No script is run. Strings joined by `+`, variables that hold them, `atob`, `fromCharCode`, `unescape`, `join`, `reverse`
//! and the like are followed as far as constants go. An address counts where it was put together (so someone meant to hide
//! it from programs) or is written to the page; one that merely stands in a script as a setting does not.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use ladder::Email;
use percent_encoding::percent_decode_str;

use super::cloak::{base64_text, first, reversed, rot13};
use super::token::{Token, Tokens, entities};
use crate::needles::{Found, Needles};

/// Signs that a script may put an address together, beside `@` itself. Others are not looked into.
const SIGNS: &[&str] = &[
    "&#64;",
    "&#x40",
    "%40",
    "\\x40",
    "\\u0040",
    "fromCharCode",
    "atob(",
    "mailto",
    "rot13",
    "&commat",
    "64,",
];

static FINDER: LazyLock<Needles> = LazyLock::new(|| Needles::of(SIGNS));

/// Returns where the signs of a script stand, in order.
fn signs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut plain = memchr::memchr_iter(b'@', text.as_bytes()).map(|at| at..at + 1).peekable();
    let mut spelt = FINDER.find_iter(text).map(Found::range).peekable();
    std::iter::from_fn(move || match (plain.peek(), spelt.peek()) {
        (Some(sign), Some(other)) if sign.start > other.start => spelt.next(),
        (None, _) => spelt.next(),
        _ => plain.next(),
    })
}

/// How far around a sign a script is read, in bytes: statements that cloak one address are short.
const AROUND: usize = 1500;
/// Longest value followed, most variables kept, most addresses taken from one script.
const MOST_VALUE: usize = 1024;
/// Most stretches of one script that are followed.
const MOST_STRETCHES: usize = 100;
const MOST_VARIABLES: usize = 256;
/// How many times its length a stretch may be looked through, as values grow in it.
const MOST_LOOKS: usize = 8;
const MOST_FOUND: usize = 64;
/// Brackets within brackets that are followed.
const MOST_DEEP: usize = 12;

/// What stands for a part of a value that is not known.
const UNKNOWN: char = '\u{1}';

/// Finds the addresses that a script puts together.
pub(super) fn find(text: &str) -> Vec<Email> {
    let mut found = Vec::new();
    let (mut from, mut stretches) = (0, 0_usize);
    for sign in signs(text) {
        if sign.start < from {
            continue;
        }
        stretches += 1;
        if stretches > MOST_STRETCHES {
            break;
        }
        let start = text.ceil_char_boundary(sign.start.saturating_sub(AROUND).max(from));
        // Begin with a statement, so that no quote is taken for its opposite.
        let start = text[start..sign.start]
            .find([';', '\n', '{', '}', '>'])
            .filter(|_| start > 0)
            .map_or(start, |at| start + at + 1);
        let end = text.floor_char_boundary((sign.end + AROUND).min(text.len()));
        from = end;
        Reader::new(&text[start..end]).run(&mut found);
        if found.len() >= MOST_FOUND {
            break;
        }
    }
    let mut seen: Vec<Email> = Vec::new();
    for email in found {
        if !seen.contains(&email) {
            seen.push(email);
        }
    }
    seen
}

/// Reads the address of a `javascript:` link: what it writes, and calls such as `mail('info', 'acme.example')`.
pub(super) fn of_link(href: &str) -> Option<Email> {
    let code = percent_decode_str(crate::window::clip(href, 2048)).decode_utf8_lossy();
    let strings: Vec<String> = Tokens::new(&code)
        .filter_map(|token| if let Token::Text(text) = token { Some(text) } else { None })
        .take(8)
        .collect();
    strings
        .iter()
        .find_map(|text| first(text))
        .or_else(|| find(&code).into_iter().next())
        .or_else(|| strings.windows(2).find_map(|w| first(&format!("{}@{}", w[0], w[1]))))
        .or_else(|| strings.windows(3).find_map(|w| first(&format!("{}@{}.{}", w[0], w[1], w[2]))))
}

/// A value followed: its text, and whether more than one constant or a decoder made it.
#[derive(Clone, Debug, Default)]
struct Value {
    text: String,
    /// The longest constants of which it is made, to tell an address put together from one that stood there.
    parts: Vec<String>,
    decoded: bool,
}

impl Value {
    fn constant(text: String) -> Self {
        Self { parts: vec![text.clone()], text, decoded: false }
    }

    fn decoded(text: String) -> Self {
        Self { text, parts: Vec::new(), decoded: true }
    }

    fn unknown() -> Self {
        Self { text: UNKNOWN.to_string(), ..Self::default() }
    }

    fn join(&mut self, other: Self) {
        if self.text.len() + other.text.len() <= MOST_VALUE {
            self.text.push_str(&other.text);
            self.parts.extend(other.parts);
            self.parts.truncate(64);
        }
        self.decoded |= other.decoded;
    }
}

/// Calls that write to the page, and properties that show what they are given.
const WRITERS: [&str; 9] =
    ["write", "writeln", "html", "append", "prepend", "insertAdjacentHTML", "text", "attr", "before"];
const PROPERTIES: [&str; 7] =
    ["innerHTML", "outerHTML", "href", "textContent", "innerText", "location", "nodeValue"];

struct Reader {
    tokens: Vec<Token>,
    at: usize,
    variables: HashMap<String, Value>,
    /// Bytes of values that may still be looked through.
    left: usize,
}

impl Reader {
    fn new(text: &str) -> Self {
        let left = MOST_LOOKS * text.len().max(MOST_VALUE);
        Self { tokens: Tokens::new(text).collect(), at: 0, variables: HashMap::new(), left }
    }

    fn run(mut self, found: &mut Vec<Email>) {
        while self.at < self.tokens.len() && found.len() < MOST_FOUND {
            let start = self.at;
            let target = self.target();
            let shown = self.is_shown(self.at);
            let Some(value) = self.sum(0) else {
                self.at = start + 1;
                continue;
            };
            if let Some((name, adds)) = target {
                let before = if adds { self.variables.remove(&name) } else { None };
                let mut whole =
                    before.unwrap_or_else(|| if adds { Value::unknown() } else { Value::default() });
                whole.join(value);
                self.look(&whole, shown, found);
                if self.variables.len() < MOST_VARIABLES {
                    self.variables.insert(name, whole);
                }
            } else {
                self.look(&value, shown, found);
            }
            self.at = self.at.max(start + 1);
        }
    }

    /// Looks a value through, as long as the stretch has not been looked through many times over.
    fn look(&mut self, value: &Value, shown: bool, found: &mut Vec<Email>) {
        if let Some(left) = self.left.checked_sub(value.text.len()) {
            self.left = left;
            collect(value, shown, found);
        }
    }

    fn sign(&self, at: usize, sign: char) -> bool {
        matches!(self.tokens.get(at), Some(Token::Sign(s)) if *s == sign)
    }

    fn name(&self, at: usize) -> Option<&str> {
        if let Some(Token::Name(name)) = self.tokens.get(at) { Some(name) } else { None }
    }

    /// Reads `name =` and `name +=`; returns the name and whether it adds.
    fn target(&mut self) -> Option<(String, bool)> {
        let name = self.name(self.at)?.to_owned();
        if matches!(name.as_str(), "var" | "let" | "const") {
            self.at += 1;
            return self.target();
        }
        let adds = self.sign(self.at + 1, '+') && self.sign(self.at + 2, '=');
        let equals = self.at + 1 + usize::from(adds);
        if self.sign(equals, '=') && !self.sign(equals + 1, '=') {
            self.at = equals + 1;
            return Some((name, adds));
        }
        None
    }

    /// Returns whether what begins here is written to the page: `document.write(`, `innerHTML =`, `href =`.
    fn is_shown(&self, at: usize) -> bool {
        let back = |n: usize| at.checked_sub(n).and_then(|i| self.name(i));
        (1..=4).any(|n| back(n).is_some_and(|name| WRITERS.contains(&name)) && self.sign(at - n + 1, '('))
            || (1..=4).any(|n| back(n).is_some_and(|name| PROPERTIES.contains(&name)))
    }

    /// Reads terms joined by `+`.
    fn sum(&mut self, deep: usize) -> Option<Value> {
        if deep > MOST_DEEP {
            return None;
        }
        let mut whole = self.term(deep)?;
        while self.sign(self.at, '+') && !self.sign(self.at + 1, '=') {
            self.at += 1;
            let before = self.at;
            if let Some(next) = self.term(deep) {
                whole.join(next);
            } else {
                // A call or an index that is not followed: what it gives is not known.
                self.at = before;
                self.skip_term();
                whole.join(Value::unknown());
            }
        }
        Some(whole)
    }

    /// Passes over a term that is not followed, up to the next sign that joins or ends.
    fn skip_term(&mut self) {
        let mut depth = 0_i32;
        while let Some(token) = self.tokens.get(self.at) {
            match token {
                Token::Sign('(' | '[') => depth += 1,
                Token::Sign(')' | ']' | '+' | ';' | ',' | '=' | '{' | '}') if depth == 0 => return,
                Token::Sign(')' | ']') => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Reads a constant, a variable, a decoder, a list or a sum in brackets, and the methods called on it.
    fn term(&mut self, deep: usize) -> Option<Value> {
        let value = match self.tokens.get(self.at)?.clone() {
            Token::Text(text) => {
                self.at += 1;
                Value::constant(text)
            }
            Token::Sign('(') => {
                self.at += 1;
                let value = self.sum(deep + 1)?;
                self.close(')')?;
                value
            }
            Token::Sign('[') => return self.list(deep),
            Token::Name(name) => self.named(&name, deep)?,
            Token::Number(_) | Token::Sign(_) => return None,
        };
        Some(self.methods(value, deep))
    }

    fn close(&mut self, sign: char) -> Option<()> {
        self.sign(self.at, sign).then(|| self.at += 1)
    }

    /// Reads a variable or a call of a decoder.
    fn named(&mut self, name: &str, deep: usize) -> Option<Value> {
        if !self.sign(self.at + 1, '(') {
            if matches!(name, "String" | "window" | "document") && self.sign(self.at + 1, '.') {
                let method = self.name(self.at + 2)?.to_owned();
                if !self.sign(self.at + 3, '(') {
                    return None;
                }
                self.at += 2;
                return self.named(&method, deep);
            }
            let value = self.variables.get(name).cloned()?;
            self.at += 1;
            return Some(value);
        }
        match name {
            "fromCharCode" => {
                self.at += 2;
                let text = self.codes()?;
                self.close(')')?;
                Some(Value::decoded(text))
            }
            "atob" | "unescape" | "decodeURIComponent" | "decodeURI" | "rot13" | "str_rot13" | "strrev"
            | "reverse" => {
                self.at += 2;
                let value = self.sum(deep + 1)?;
                self.close(')')?;
                let text = match name {
                    "atob" => base64_text(&value.text)?,
                    "rot13" | "str_rot13" => rot13(&value.text),
                    "strrev" | "reverse" => reversed(&value.text),
                    _ => percent_decode_str(&value.text).decode_utf8_lossy().into_owned(),
                };
                Some(Value::decoded(text))
            }
            _ => None,
        }
    }

    /// Reads numbers parted by commas as the characters they stand for.
    fn codes(&mut self) -> Option<String> {
        let mut text = String::new();
        while let Some(Token::Number(code)) = self.tokens.get(self.at) {
            text.push(char::from_u32(*code)?);
            self.at += 1;
            if self.sign(self.at, ',') {
                self.at += 1;
            }
            if text.len() > MOST_VALUE {
                return None;
            }
        }
        (!text.is_empty()).then_some(text)
    }

    /// Reads a list of constants and what is done with it: `['info', 'acme.example'].join('@')`.
    fn list(&mut self, deep: usize) -> Option<Value> {
        self.at += 1;
        if matches!(self.tokens.get(self.at), Some(Token::Number(_))) {
            let text = self.codes()?;
            self.close(']')?;
            return Some(Value::decoded(text));
        }
        let mut items = Vec::new();
        while !self.sign(self.at, ']') {
            items.push(self.sum(deep + 1)?);
            if items.len() > 64 {
                return None;
            }
            if self.sign(self.at, ',') {
                self.at += 1;
            } else if !self.sign(self.at, ']') {
                return None;
            }
        }
        self.at += 1;
        let mut glue = None;
        while self.sign(self.at, '.') {
            match self.name(self.at + 1) {
                Some("reverse") if self.sign(self.at + 2, '(') && self.sign(self.at + 3, ')') => {
                    items.reverse();
                    self.at += 4;
                }
                Some("join") if self.sign(self.at + 2, '(') => {
                    self.at += 3;
                    glue = Some(self.sum(deep + 1).unwrap_or_default());
                    self.close(')')?;
                    break;
                }
                _ => return None,
            }
        }
        let glue = glue?;
        let mut whole = Value::default();
        for (i, item) in items.into_iter().enumerate() {
            if i > 0 {
                whole.join(glue.clone());
            }
            whole.join(item);
        }
        Some(self.methods(whole, deep))
    }

    /// Applies `.concat(…)`, `.replace(a, b)` and `.split('').reverse().join('')`; others end what is followed.
    fn methods(&mut self, mut value: Value, deep: usize) -> Value {
        while self.sign(self.at, '.') {
            let start = self.at;
            let Some(method) = self.name(self.at + 1).map(str::to_owned) else { break };
            if !self.sign(self.at + 2, '(') {
                break;
            }
            self.at += 3;
            let mut arguments = Vec::new();
            while let Some(argument) = self.sum(deep + 1) {
                arguments.push(argument);
                if !self.sign(self.at, ',') || arguments.len() > 16 {
                    break;
                }
                self.at += 1;
            }
            if self.close(')').is_none() {
                self.at = start;
                break;
            }
            match (method.as_str(), arguments.as_slice()) {
                ("concat", _) => arguments.into_iter().for_each(|a| value.join(a)),
                ("replace" | "replaceAll", [from, to]) if !from.text.is_empty() => {
                    let replaced: String =
                        value.text.replace(&from.text, &to.text).chars().take(MOST_VALUE).collect();
                    value = Value::decoded(replaced);
                }
                ("split", [glue]) if glue.text.is_empty() => {}
                ("reverse", []) => value = Value::decoded(reversed(&value.text)),
                ("join", [glue]) if glue.text.is_empty() => {}
                ("toLowerCase" | "trim" | "toString" | "valueOf", []) => {}
                _ => {
                    self.at = start;
                    break;
                }
            }
        }
        value
    }
}

/// Takes the address that a value holds, where it was put together, decoded or shown.
fn collect(value: &Value, shown: bool, found: &mut Vec<Email>) {
    if value.text.len() < 6 || (value.parts.len() < 2 && !value.decoded && !shown) {
        return;
    }
    let text = entities(&value.text);
    if !(text.contains('@') || text.contains("mailto:") || text.contains("at]") || text.contains("(at)")) {
        return;
    }
    let mut matches = Vec::new();
    super::plain::find(&text, &mut matches);
    if matches.is_empty() {
        let decoded = percent_decode_str(&text).decode_utf8_lossy();
        super::plain::find(&decoded, &mut matches);
    }
    if matches.is_empty() {
        super::spelt::find(&text, &mut matches);
    }
    for matched in matches {
        let whole = |part: &String| part.to_lowercase().contains(matched.email.as_str());
        if shown || value.decoded || !value.parts.iter().any(whole) {
            found.push(matched.email);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(script: &str) -> Vec<String> {
        find(script).iter().map(|email| email.as_str().to_owned()).collect()
    }

    #[test]
    fn addresses_put_together_are_found() {
        for script in [
            r#"document.write("info"+"@"+"acme.example")"#,
            r#"var a = 'info'; var b = "acme.example"; document.write('<a href="mailto:' + a + '@' + b + '">' + a + '@' + b + '</a>');"#,
            r#"var m=atob("aW5mb0BhY21lLmV4YW1wbGU=");"#,
            "var prefix = '&#109;a' + 'i&#108;' + '&#116;o'; var addy123 = '&#105;nf&#111;' + '&#64;'; addy123 = addy123 + '&#97;cm&#101;' + '&#46;' + 'example'; document.write('<a href=\\'' + prefix + ':' + addy123 + '\\'>');",
            "document.write(String.fromCharCode(105,110,102,111,64,97,99,109,101,46,101,120,97,109,112,108,101));",
            "el.innerHTML = ['info', 'acme.example'].join('@');",
            "var s = 'elpmaxe.emca@ofni'.split('').reverse().join('');",
            r#"document.write(unescape("%69%6e%66%6f%40acme.example"));"#,
            r#"document.write('<a href="mailto:info@acme.example">mail</a>');"#,
            "var u='info';u+='@';u+='acme.example';",
            "var e = 'info#acme.example'.replace('#', '@'); // mailto",
            r##"$("#mail").html("info" + "\x40" + "acme.example");"##,
            "var a=[105,110,102,111,64,97,99,109,101,46,101,120,97,109,112,108,101];",
            "location.href = 'mailto:' + 'info' + '@' + 'acme' + '.' + 'example';",
        ] {
            assert_eq!(found(script), ["info@acme.example"], "{script}");
        }
    }

    #[test]
    fn settings_are_no_contacts() {
        for script in [
            r#"Sentry.init({dsn:"https://0a1b2c3d4e5f60718293a4b5c6d7e8f9@o1.acme.example/1"})"#,
            r#"var config = {"owner": "dev@acme.example"};"#,
            "/* written by dev@acme.example */ var x = 1;",
            r#"import {a} from "@acme/b"; var v = "c@1.2.3";"#,
            "var t = name + '@' + host;",
            "@media print { a:after { content: '@' } }",
        ] {
            assert_eq!(found(script), Vec::<String>::new(), "{script}");
        }
    }

    #[test]
    fn links_that_call_a_script_are_read() {
        for href in [
            "javascript:mail('info','acme.example')",
            "javascript:location.href='mailto:'+'info'+'@'+'acme.example'",
            "javascript:sendTo('info', 'acme', 'example');",
            "javascript:open('mailto:info@acme.example')",
        ] {
            assert_eq!(of_link(href).as_ref().map(Email::as_str), Some("info@acme.example"), "{href}");
        }
        assert_eq!(of_link("javascript:void(0)"), None);
    }

    #[test]
    fn hostile_scripts_cost_no_more_than_their_length() {
        for script in [
            "'@'+".repeat(20_000),
            "(".repeat(50_000) + "'@'",
            "[".repeat(50_000) + "@",
            "a='@'+a;".repeat(5000),
            "'@".repeat(50_000),
        ] {
            assert!(found(&script).len() <= MOST_FOUND);
        }
    }
}

//! JSON as pages hold it: strict where it is right, salvaged where it is not.
//!
//! Takes trailing and missing commas, comments, line breaks and stray quotes in strings, single quotes, CDATA wrappers,
//! HTML-escaped quotes, several values in a row and brackets that never close. It reads on where a strict parser gives
//! up; what it cannot place it leaves out. One pass, bounded in depth and size.

/// Values nested deeper than this end the reading.
const MAX_DEPTH: usize = 64;
/// Values beyond this are left out.
const MAX_VALUES: usize = 60_000;

/// A JSON value. Numbers and words such as `true` are kept as they are written; `null` is an empty text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Json {
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// Reads every value of a text.
pub(super) fn read(text: &str) -> Vec<Json> {
    let escaped = !text.contains('"') && text.contains("&quot;");
    let unescaped = escaped.then(|| unescape(text));
    let mut reader = Reader { text: unescaped.as_deref().unwrap_or(text), at: 0, values: 0 };
    let mut values = Vec::new();
    loop {
        reader.skip();
        match reader.peek() {
            None => return values,
            Some(b'{' | b'[') => values.extend(reader.value(0)),
            Some(_) => reader.at += 1,
        }
        if reader.is_spent() {
            return values;
        }
    }
}

/// Undoes the escapes of HTML that editors leave in data.
pub(super) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest.as_bytes().iter().take(12).position(|&b| b == b';').map(|end| &rest[1..end]);
        if let Some((name, c)) = name.and_then(|name| Some((name, entity(name)?))) {
            out.push(c);
            rest = &rest[name.len() + 2..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

/// Returns the character that an entity stands for: those that editors write, and numbers.
fn entity(name: &str) -> Option<char> {
    Some(match name {
        "quot" => '"',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "apos" | "rsquo" | "lsquo" => '\'',
        "nbsp" => ' ',
        "commat" => '@',
        "ndash" => '–',
        "mdash" => '—',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "ntilde" => 'ñ',
        "oacute" => 'ó',
        "iacute" => 'í',
        "aacute" => 'á',
        "uacute" => 'ú',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control())?
        }
    })
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    values: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a [u8] {
        &self.text.as_bytes()[self.at.min(self.text.len())..]
    }

    fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    const fn is_spent(&self) -> bool {
        self.values >= MAX_VALUES
    }

    /// Ends the reading.
    const fn give_up(&mut self) {
        self.values = MAX_VALUES;
        self.at = self.text.len();
    }

    /// Skips white space, comments and wrappers.
    fn skip(&mut self) {
        loop {
            let rest = self.rest();
            let Some(&byte) = rest.first() else { return };
            let skipped = match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b';' | 0x0c => 1,
                b'/' if rest.starts_with(b"//") => memchr::memchr(b'\n', rest).unwrap_or(rest.len()),
                b'/' if rest.starts_with(b"/*") => {
                    memchr::memmem::find(&rest[2..], b"*/").map_or(rest.len(), |end| end + 4)
                }
                b'<' if rest.starts_with(b"<![CDATA[") => 9,
                b'<' if rest.starts_with(b"<!--") => 4,
                b']' if rest.starts_with(b"]]>") => 3,
                b'-' if rest.starts_with(b"-->") => 3,
                0xef if rest.starts_with("\u{feff}".as_bytes()) => 3,
                0xc2 if rest.starts_with("\u{a0}".as_bytes()) => 2,
                _ => return,
            };
            self.at += skipped;
        }
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        self.values += 1;
        if depth > MAX_DEPTH || self.is_spent() {
            self.give_up();
            return None;
        }
        self.skip();
        match self.peek()? {
            b'{' => Some(self.object(depth)),
            b'[' => Some(self.list(depth)),
            quote @ (b'"' | b'\'') => Some(Json::Text(self.string(quote))),
            _ => Some(Json::Text(self.word())),
        }
    }

    fn list(&mut self, depth: usize) -> Json {
        self.at += 1;
        let mut list = Vec::new();
        loop {
            self.skip();
            match self.peek() {
                None | Some(b'}') => return Json::List(list),
                Some(b']') => {
                    self.at += 1;
                    return Json::List(list);
                }
                Some(b',' | b':') => self.at += 1,
                Some(_) => list.extend(self.value(depth + 1)),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Json {
        self.at += 1;
        let mut members = Vec::new();
        loop {
            self.skip();
            let key = match self.peek() {
                None | Some(b']') => return Json::Object(members),
                Some(b'}') => {
                    self.at += 1;
                    return Json::Object(members);
                }
                Some(b',' | b':') => {
                    self.at += 1;
                    continue;
                }
                Some(quote @ (b'"' | b'\'')) => self.string(quote),
                Some(b'{' | b'[') => {
                    // A value without a key: read, so that its brackets pair up, and dropped.
                    self.value(depth + 1);
                    continue;
                }
                Some(_) => self.word(),
            };
            self.skip();
            if self.peek() == Some(b':') {
                self.at += 1;
                self.skip();
                if !matches!(self.peek(), Some(b',' | b'}' | b']') | None)
                    && let Some(value) = self.value(depth + 1)
                {
                    members.push((key, value));
                }
            }
        }
    }

    /// Reads a bare word up to what ends it.
    fn word(&mut self) -> String {
        let rest = self.rest();
        let end = rest
            .iter()
            .position(|b| b",:{}[]\"".contains(b) || b.is_ascii_whitespace())
            .unwrap_or(rest.len());
        // Something always goes, so that reading always ends.
        let mut end = end.max(1);
        while !self.text.is_char_boundary(self.at + end) {
            end += 1;
        }
        let word = &self.text[self.at..self.at + end];
        self.at += end;
        if word == "null" { String::new() } else { word.to_owned() }
    }

    /// Reads a string. A quote in it ends it only where a comma, a colon or a bracket comes next.
    fn string(&mut self, quote: u8) -> String {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.rest();
            let Some(end) = memchr::memchr2(quote, b'\\', rest) else {
                out.push_str(&self.text[self.at..]);
                self.at = self.text.len();
                return out;
            };
            out.push_str(&self.text[self.at..self.at + end]);
            self.at += end + 1;
            if rest[end] == b'\\' {
                self.escape(&mut out);
                continue;
            }
            let next = self.rest().iter().find(|b| !b.is_ascii_whitespace());
            if matches!(next, None | Some(b',' | b':' | b'}' | b']' | b'"' | b'/' | b'<')) {
                return out;
            }
            out.push(char::from(quote));
        }
    }

    fn escape(&mut self, out: &mut String) {
        let Some(c) = self.text[self.at..].chars().next() else { return };
        self.at += c.len_utf8();
        match c {
            'n' | 'r' | 't' | 'f' | 'b' => out.push(if c == 'n' { '\n' } else { ' ' }),
            'u' => {
                let unit = self.unit();
                let low = unit.filter(|u| (0xd800..0xdc00).contains(u)).and_then(|_| {
                    self.rest().starts_with(b"\\u").then(|| {
                        self.at += 2;
                        self.unit()
                    })?
                });
                let units = [unit.unwrap_or(0xfffd), low.unwrap_or_default()];
                let units = if low.is_some() { &units[..] } else { &units[..1] };
                out.extend(char::decode_utf16(units.iter().copied()).map(|c| c.unwrap_or('\u{fffd}')));
            }
            c => out.push(c),
        }
    }

    /// Reads the four digits of a `\u` escape.
    fn unit(&mut self) -> Option<u16> {
        let digits = self.text.get(self.at..self.at + 4)?;
        let unit = u16::from_str_radix(digits, 16).ok()?;
        self.at += 4;
        Some(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> Json {
        Json::Text(value.to_owned())
    }

    fn object(members: &[(&str, Json)]) -> Json {
        Json::Object(members.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
    }

    #[test]
    fn what_is_right_reads_as_it_is() {
        let read = read(r#"{"a": [1, -2.5e3, true, null, "x\"\u00e9\ud83d\ude00\n"], "b": {}, "c": []}"#);
        let list = ["1", "-2.5e3", "true", "", "x\"é😀\n"].map(text).to_vec();
        assert_eq!(read, [object(&[("a", Json::List(list)), ("b", object(&[])), ("c", Json::List(vec![]))])]);
    }

    #[test]
    fn what_is_broken_is_salvaged() {
        let whole = [object(&[("a", text("x")), ("b", Json::List(vec![text("y")]))])];
        for broken in [
            r#"{"a": "x", "b": ["y",],}"#,
            r#"{"a": "x" "b": ["y"]}"#,
            "{/* note */\"a\": \"x\", // more\n\"b\": [\"y\"]}",
            r#"<![CDATA[{"a": "x", "b": ["y"]}]]>"#,
            r#"// <![CDATA[
               {"a": "x", "b": ["y"]}
               // ]]>"#,
            r#"<!-- {"a": "x", "b": ["y"]} -->"#,
            "{'a': 'x', 'b': ['y']}",
            "{a: 'x', b: ['y']}",
            "{&quot;a&quot;: &quot;x&quot;, &quot;b&quot;: [&quot;y&quot;]}",
            r#"{"a": "x", "b": ["y""#,
            r#"{"a": "x",, "b": ["y"}"#,
            r#"{"a": "x", "b": ["y"]};"#,
            r#"{"a": "x", "empty": , "b": ["y"]}"#,
        ] {
            assert_eq!(read(broken), whole, "{broken}");
        }
    }

    #[test]
    fn strings_may_hold_line_breaks_and_quotes() {
        assert_eq!(read("{\"a\": \"one\ntwo\"}"), [object(&[("a", text("one\ntwo"))])]);
        assert_eq!(
            read(r#"{"a": "the "best" shop", "b": "c"}"#),
            [object(&[("a", text("the \"best\" shop")), ("b", text("c"))])]
        );
        assert_eq!(unescape("Fish &amp; Chips &#8211; M&S &copy;"), "Fish & Chips – M&S &copy;");
    }

    #[test]
    fn several_values_in_a_row_are_all_read() {
        assert_eq!(read(r#"{"a": "x"} {"a": "y"}, [{"a": "z"}]"#).len(), 3);
    }

    #[test]
    fn no_text_makes_it_run_away() {
        for hostile in
            ["[".repeat(100_000), "{\"a\":".repeat(100_000), "\"".repeat(100_000), "{:,".repeat(50_000)]
        {
            let _ = read(&hostile);
        }
        for odd in ["{é}", "{\"a\\", "{\"\\u12", "{\"\\ud800\\u\"}", "[é", "{a:é:é}", "/*", "//"] {
            let _ = read(odd);
        }
    }
}

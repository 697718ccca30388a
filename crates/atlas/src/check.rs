//! Checks a data file against the schema and turns it into plain nodes.
//!
//! Everything wrong is reported, each with file, line, entry, field and a way to mend it; an entry with something wrong is
//! left out and the rest goes on. The build script compiles this file as well and fails on the first problem of the
//! built-in data; a user's own files go through the same door when the program runs.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::schema::{FILE, Record, SECTIONS, Takes};

/// The largest file that is read, in bytes.
pub const MAX_FILE: usize = 4 << 20;
/// The longest text that a field takes, in characters.
const MAX_TEXT: usize = 2_000;
/// How deep clocks may be joined.
const MAX_DEPTH: usize = 12;

/// Something wrong in a data file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The entry, where it has a name.
    pub entry: Option<String>,
    /// The field, where one is at fault.
    pub field: Option<String>,
    /// What is wrong and how to mend it.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if let Some(entry) = &self.entry {
            write!(f, "{entry}: ")?;
        }
        if let Some(field) = &self.field {
            write!(f, "field `{field}`: ")?;
        }
        f.write_str(&self.reason)
    }
}

/// A checked value.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Words, days and codes.
    Text(String),
    /// A number.
    Whole(i64),
    /// Yes or no.
    Flag(bool),
    /// Values in order.
    List(Vec<Node>),
    /// Fields by key.
    Record(BTreeMap<String, Node>),
}

impl Node {
    /// Returns a field of a record.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        if let Self::Record(fields) = self { fields.get(key) } else { None }
    }

    /// Returns a field of a record that is a text.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        if let Some(Self::Text(text)) = self.get(key) { Some(text) } else { None }
    }

    /// Returns the values of a field that is a list.
    #[must_use]
    pub fn list(&self, key: &str) -> &[Self] {
        if let Some(Self::List(values)) = self.get(key) { values } else { &[] }
    }

    /// Returns the texts of a field that is a list of texts.
    pub fn texts<'a>(&'a self, key: &str) -> impl Iterator<Item = &'a str> {
        self.list(key)
            .iter()
            .filter_map(|node| if let Self::Text(text) = node { Some(text.as_str()) } else { None })
    }

    /// Writes the value as JSON.
    pub fn write_json(&self, out: &mut String) {
        match self {
            Self::Text(text) => write_json_text(text, out),
            Self::Whole(n) => out.push_str(&n.to_string()),
            Self::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Self::List(values) => {
                out.push('[');
                for (at, value) in values.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    value.write_json(out);
                }
                out.push(']');
            }
            Self::Record(fields) => {
                out.push('{');
                for (at, (key, value)) in fields.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    write_json_text(key, out);
                    out.push(':');
                    value.write_json(out);
                }
                out.push('}');
            }
        }
    }
}

/// Writes a text as a JSON string.
fn write_json_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// One checked entry.
#[derive(Clone, Debug)]
pub struct Entry {
    /// `body`, `right` or `calendar`.
    pub section: &'static str,
    /// Its key.
    pub id: String,
    /// The line on which it begins.
    pub line: usize,
    /// Its fields.
    pub node: Node,
}

/// What a file yields.
#[derive(Debug, Default)]
pub struct Checked {
    /// The head of the file; `None` where it is broken, and then nothing else counts.
    pub head: Option<Node>,
    /// The entries with nothing wrong, in the order of the sections.
    pub entries: Vec<Entry>,
    /// Everything wrong.
    pub problems: Vec<Problem>,
}

/// Where a walk stands, for messages.
struct Walk<'a> {
    file: &'a str,
    text: &'a str,
    entry: Option<String>,
    problems: Vec<Problem>,
}

/// Checks one file.
#[must_use]
pub fn check_file(file: &str, text: &str) -> Checked {
    let mut walk = Walk { file, text, entry: None, problems: Vec::new() };
    if text.len() > MAX_FILE {
        walk.say(0, None, format!("the file has {} bytes; at most {MAX_FILE} are read", text.len()));
        return Checked { problems: walk.problems, ..Checked::default() };
    }
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            walk.say(at, None, format!("not TOML: {}", error.message()));
            return Checked { problems: walk.problems, ..Checked::default() };
        }
    };
    let table = table.into_inner();
    let head: Vec<_> =
        table.iter().filter(|(key, _)| SECTIONS.iter().all(|(name, _)| name != key.get_ref())).collect();
    let mut known: Vec<&str> = SECTIONS.iter().map(|(name, _)| *name).collect();
    known.extend(FILE.fields.iter().map(|field| field.name));
    let head = walk.fields(&FILE, &known, &head, 0, "", 0);
    let head_is_sound = walk.problems.is_empty();
    let mut entries = Vec::new();
    for (name, record) in SECTIONS {
        let Some(section) = table.get(name) else { continue };
        let Some(values) = section.get_ref().as_array() else {
            walk.say(section.span().start, None, format!("`{name}` is a list of tables: write `[[{name}]]`"));
            continue;
        };
        for value in values {
            let before = walk.problems.len();
            let start = value.span().start;
            let id =
                value.get_ref().as_table().and_then(|t| t.get("id")).and_then(|id| id.get_ref().as_str());
            walk.entry = Some(id.map_or_else(|| format!("{name} without id"), |id| format!("{name} `{id}`")));
            let node = walk.record(record, value, "", 0);
            walk.entry = None;
            if walk.problems.len() == before {
                let (id, line) = (id.unwrap_or_default().to_owned(), line_of(text, start));
                entries.push(Entry { section: name, id, line, node });
            }
        }
    }
    Checked { head: head_is_sound.then_some(head), entries, problems: walk.problems }
}

/// Returns the line of a byte, from 1.
fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|&&b| b == b'\n').count() + 1
}

impl Walk<'_> {
    fn say(&mut self, at: usize, field: Option<&str>, reason: String) {
        self.problems.push(Problem {
            file: self.file.to_owned(),
            line: line_of(self.text, at),
            entry: self.entry.clone(),
            field: field.filter(|field| !field.is_empty()).map(str::to_owned),
            reason,
        });
    }

    /// Checks a value that should be a record.
    fn record(&mut self, record: &Record, value: &Spanned<DeValue<'_>>, path: &str, depth: usize) -> Node {
        let at = value.span().start;
        if depth > MAX_DEPTH {
            self.say(at, Some(path), "nested too deep".into());
            return Node::Flag(false);
        }
        let Some(table) = value.get_ref().as_table() else {
            self.say(
                at,
                Some(path),
                format!("a {} is a table of fields, not {}", record.name, value.get_ref().type_str()),
            );
            return Node::Flag(false);
        };
        let known: Vec<&str> = record.fields.iter().map(|field| field.name).collect();
        let fields: Vec<_> = table.iter().collect();
        let before = self.problems.len();
        let node = self.fields(record, &known, &fields, at, path, depth);
        if self.problems.len() == before
            && let Some((field, reason)) = (record.rule)(&node)
        {
            let at =
                table.iter().find(|(key, _)| key.get_ref() == field).map_or(at, |(key, _)| key.span().start);
            self.say(at, Some(&join(path, field)), reason);
        }
        node
    }

    /// Checks the fields of a record.
    fn fields(
        &mut self,
        record: &Record,
        known: &[&str],
        fields: &[(&Spanned<toml::de::DeString<'_>>, &Spanned<DeValue<'_>>)],
        at: usize,
        path: &str,
        depth: usize,
    ) -> Node {
        let mut node = BTreeMap::new();
        for (key, value) in fields {
            let name: &str = key.get_ref();
            let Some(field) = record.fields.iter().find(|field| field.name == name) else {
                let reason = format!("a {} has no such field{}", record.name, suggestion(name, known));
                self.say(key.span().start, Some(&join(path, name)), reason);
                continue;
            };
            let value = self.value(&field.takes, value, &join(path, name), depth);
            node.insert(name.to_owned(), value);
        }
        for field in record.fields.iter().filter(|field| field.required && !node.contains_key(field.name)) {
            if fields.iter().any(|(key, _)| key.get_ref() == field.name) {
                continue;
            }
            let reason = format!("is missing: {} {}", lower_first(field.about), example(&field.takes));
            self.say(at, Some(&join(path, field.name)), reason.trim_end().to_owned());
        }
        Node::Record(node)
    }

    /// Checks one value.
    fn value(&mut self, takes: &Takes, value: &Spanned<DeValue<'_>>, path: &str, depth: usize) -> Node {
        let at = value.span().start;
        match takes {
            Takes::Record(record) => self.record(record, value, path, depth + 1),
            Takes::List(of) => {
                let Some(values) = value.get_ref().as_array() else {
                    self.say(at, Some(path), "takes a list: write it in square brackets".into());
                    return Node::Flag(false);
                };
                let each = values.iter().enumerate();
                Node::List(
                    each.map(|(i, value)| self.value(of, value, &format!("{path}[{i}]"), depth)).collect(),
                )
            }
            _ => match scalar(takes, value.get_ref()) {
                Ok(node) => node,
                Err(reason) => {
                    self.say(at, Some(path), reason);
                    Node::Flag(false)
                }
            },
        }
    }
}

/// Checks a value that is neither a list nor a record.
fn scalar(takes: &Takes, value: &DeValue<'_>) -> Result<Node, String> {
    let found = || format!("{} where {} is wanted", value.type_str(), wanted(takes));
    match takes {
        Takes::Flag => value.as_bool().map(Node::Flag).ok_or_else(found),
        Takes::Whole(least, most) => {
            let n: i64 = value.as_integer().and_then(|n| n.as_str().parse().ok()).ok_or_else(found)?;
            if (least..=most).contains(&&n) {
                Ok(Node::Whole(n))
            } else {
                Err(format!("{n} is not within {least} to {most}"))
            }
        }
        Takes::Day | Takes::When if value.is_datetime() || matches!(takes, Takes::Day) => {
            let day = value
                .as_datetime()
                .filter(|day| day.date.is_some() && day.time.is_none())
                .ok_or_else(found)?;
            Ok(Node::Text(day.to_string()))
        }
        _ => {
            let text = value.as_str().ok_or_else(found)?;
            if text.trim().is_empty() {
                return Err("is blank: leave the field out instead".into());
            }
            if text.trim() != text {
                return Err("begins or ends with white space: take it off".into());
            }
            if text.chars().count() > MAX_TEXT {
                return Err(format!("is longer than {MAX_TEXT} characters: shorten it"));
            }
            fits(takes, text).map(|()| Node::Text(text.to_owned()))
        }
    }
}

/// Returns what is wrong with a text for what a field takes.
fn fits(takes: &Takes, text: &str) -> Result<(), String> {
    let ok = match takes {
        Takes::Id => {
            !text.starts_with('-')
                && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        }
        Takes::Word(words) => {
            if words.contains(&text) {
                return Ok(());
            }
            let list =
                if words.len() <= 12 { format!(" (one of {})", words.join(", ")) } else { String::new() };
            return Err(format!("`{text}` is not a word of its list{list}{}", suggestion(text, words)));
        }
        Takes::Link => {
            text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).is_some_and(|rest| {
                rest.split('/').next().is_some_and(|host| host.contains('.')) && !rest.contains(' ')
            })
        }
        Takes::Site => {
            let host = text.split('/').next().unwrap_or_default();
            host.contains('.') && !text.contains("://") && !text.contains(' ') && text.to_lowercase() == text
        }
        Takes::Code(least, most) => {
            (*least..=*most).contains(&text.len())
                && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        }
        Takes::When => {
            let parts: Vec<&str> = text.split('-').collect();
            let widths = [4, 2, 2];
            parts.len() <= 3
                && parts
                    .iter()
                    .zip(widths)
                    .all(|(p, width)| p.len() == width && p.bytes().all(|b| b.is_ascii_digit()))
                && parts.get(1).is_none_or(|month| ("01"..="12").contains(month))
                && parts.get(2).is_none_or(|day| ("01"..="31").contains(day))
        }
        Takes::MonthDay => text.split_once('-').is_some_and(|(month, day)| {
            let longest = match month {
                "02" => "29",
                "04" | "06" | "09" | "11" => "30",
                _ => "31",
            };
            text.len() == 5 && ("01"..="12").contains(&month) && ("01"..=longest).contains(&day)
        }),
        _ => true,
    };
    if ok { Ok(()) } else { Err(format!("`{text}` is not {}", wanted(takes))) }
}

/// Says what a field takes.
#[must_use]
pub fn wanted(takes: &Takes) -> String {
    match takes {
        Takes::Text => "text in quotes".into(),
        Takes::Id => "a key of lower-case letters, digits and hyphens".into(),
        Takes::Flag => "`true` or `false`".into(),
        Takes::Whole(least, most) => format!("a whole number from {least} to {most}"),
        Takes::Day => "a day without quotes, such as 2026-04-08".into(),
        Takes::When => "a year, month or day in quotes, such as \"2025-07\"".into(),
        Takes::MonthDay => "month and day in quotes, such as \"12-25\"".into(),
        Takes::Word(_) => "one word of a list".into(),
        Takes::Link => "a web address that begins with `https://`".into(),
        Takes::Site => "a host, or host and path, in small letters and without `https://`".into(),
        Takes::Code(least, most) if least == most => format!("a code of {least} capital letters"),
        Takes::Code(least, most) => format!("a code of {least} or {most} capital letters"),
        Takes::List(of) => format!("a list of: {}", wanted(of)),
        Takes::Record(record) => format!("a {}", record.name),
    }
}

/// Gives the words of a short list as a hint.
fn example(takes: &Takes) -> String {
    match takes {
        Takes::Word(words) if words.len() <= 12 => format!("(one of {})", words.join(", ")),
        _ => String::new(),
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().collect::<String>() + chars.as_str())
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// Suggests the known word that is nearest, where one is near.
#[must_use]
pub fn suggestion(word: &str, known: &[&str]) -> String {
    let near = known.iter().map(|&known| (distance(word, known), known)).min();
    match near {
        Some((distance, known)) if distance <= 2 || (distance <= 4 && distance * 3 <= known.len()) => {
            format!("; did you mean `{known}`?")
        }
        _ => String::new(),
    }
}

/// Counts the letters to change, add or drop to make one word of another. Long words are not compared.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(40).collect(), b.chars().take(40).collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (j, y) in b.iter().enumerate() {
            let (above, left) = (row[j + 1], row[j]);
            let cost = diagonal + usize::from(x != y);
            diagonal = above;
            row[j + 1] = cost.min(above + 1).min(left + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

/// Checks what must hold between the entries of all files: keys are used once, and links lead somewhere.
#[must_use]
pub fn check_together(files: &[(String, &[Entry])]) -> Vec<Problem> {
    let mut first: BTreeMap<(&str, &str), (&str, usize)> = BTreeMap::new();
    let mut problems = Vec::new();
    let problem = |file: &str, entry: &Entry, field: &str, reason: String| Problem {
        file: file.to_owned(),
        line: entry.line,
        entry: Some(format!("{} `{}`", entry.section, entry.id)),
        field: Some(field.to_owned()),
        reason,
    };
    for (file, entries) in files {
        for entry in *entries {
            if let Some((other, line)) = first.insert((entry.section, &entry.id), (file, entry.line)) {
                problems.push(problem(
                    file,
                    entry,
                    "id",
                    format!("is used already at {other}:{line}: choose another"),
                ));
            }
        }
    }
    let of = |sections: &[&str]| -> Vec<&str> {
        first.keys().filter(|(section, _)| sections.contains(section)).map(|(_, id)| *id).collect()
    };
    let (bodies, both, calendars) = (of(&["body"]), of(&["body", "right"]), of(&["calendar"]));
    for (file, entries) in files {
        for entry in *entries {
            let mut seek = |field: &str, id: Option<&str>, known: &[&str]| {
                if let Some(id) = id.filter(|id| !known.contains(id)) {
                    let reason = format!("no entry has the id `{id}`{}", suggestion(id, known));
                    problems.push(problem(file, entry, field, reason));
                }
            };
            for (at, link) in entry.node.list("links").iter().enumerate() {
                seek(&format!("links[{at}].to"), link.text("to"), &both);
            }
            seek("superseded_by", entry.node.text("superseded_by"), &bodies);
            seek("with", entry.node.text("with"), &calendars);
        }
    }
    problems
}

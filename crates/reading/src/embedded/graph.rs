//! Items and their properties: what JSON-LD, microdata, RDFa and microformats all come down to.
//!
//! Names of types and properties lose their prefix (`https://schema.org/`, `schema:`) and properties their capitals, so
//! that one spelling stands for all. Items that only name another by its `@id` are joined to it.

use std::collections::HashMap;
use std::ops::Range;

use super::json::{Json, unescape};

/// Items beyond this are left out.
const MAX_ITEMS: usize = 5_000;
/// Values longer than this are no contacts.
const MAX_VALUE: usize = 2_000;

/// The value of a property.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Value {
    /// A text, and where it is printed.
    Text(String, Option<Range<usize>>),
    /// Another item.
    Item(usize),
}

/// A thing of which the data tell.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// Its types, without prefix.
    pub(super) kinds: Vec<String>,
    pub(super) id: Option<String>,
    /// Its properties, names in lower case.
    pub(super) props: Vec<(String, Value)>,
    /// Whether another item has it as a value.
    pub(super) owned: bool,
}

/// All items of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    pub(super) items: Vec<Item>,
}

/// Returns what follows the prefix of a name.
pub(super) fn local(name: &str) -> &str {
    name.trim().trim_end_matches('/').rsplit(['/', '#', ':']).next().unwrap_or_default()
}

impl Graph {
    /// Adds an empty item.
    pub(super) fn add(&mut self, item: Item) -> Option<usize> {
        (self.items.len() < MAX_ITEMS).then(|| {
            self.items.push(item);
            self.items.len() - 1
        })
    }

    /// Adds a property to an item.
    pub(super) fn set(&mut self, item: usize, name: &str, value: Value) {
        let name = local(name).to_ascii_lowercase();
        let value = match value {
            Value::Text(text, at) if text.contains('\n') => {
                // Lines of an address are its parts; elsewhere a line break is a space.
                let between = if name.ends_with("address") { ", " } else { " " };
                let lines = text
                    .split('\n')
                    .map(|line| line.trim_matches([',', ' ']))
                    .filter(|line| !line.is_empty());
                Value::Text(lines.collect::<Vec<_>>().join(between), at)
            }
            value => value,
        };
        let fits = !matches!(&value, Value::Text(text, _) if text.is_empty() || text.len() > MAX_VALUE);
        if fits && !name.is_empty() {
            self.items[item].props.push((name, value));
        }
    }

    /// Adds what a script of JSON-LD holds.
    pub(super) fn add_json(&mut self, values: Vec<Json>) {
        for value in values {
            self.json(value);
        }
    }

    /// Adds the items of a value, and returns the value or values that it is.
    fn json(&mut self, json: Json) -> Vec<Value> {
        match json {
            Json::Text(text) => vec![Value::Text(clean(&text), None)],
            Json::List(list) => list.into_iter().flat_map(|value| self.json(value)).collect(),
            Json::Object(members) => self.object(members).into_iter().map(Value::Item).collect(),
        }
    }

    fn object(&mut self, members: Vec<(String, Json)>) -> Option<usize> {
        let id = self.add(Item::default())?;
        for (key, value) in members {
            match key.as_str() {
                "@type" | "type" => {
                    let kinds = self.json(value).into_iter().filter_map(|value| match value {
                        Value::Text(text, _) => Some(local(&text).to_owned()),
                        Value::Item(_) => None,
                    });
                    let kinds: Vec<String> = kinds.collect();
                    self.items[id].kinds.extend(kinds);
                }
                "@id" => {
                    if let Json::Text(text) = value {
                        self.items[id].id = Some(text.trim().to_owned());
                    }
                }
                "@value" => {
                    if let Json::Text(text) = value {
                        self.set(id, "name", Value::Text(clean(&text), None));
                    }
                }
                "@context" => {}
                "@graph" => {
                    self.json(value);
                }
                _ => {
                    for value in self.json(value) {
                        if let Value::Item(inner) = value {
                            self.items[inner].owned = true;
                        }
                        self.set(id, &key, value);
                    }
                }
            }
        }
        Some(id)
    }

    /// Joins items that only name another to the one that they name.
    pub(super) fn join(&mut self) {
        let mut named: HashMap<String, usize> = HashMap::new();
        for (i, item) in self.items.iter().enumerate() {
            if let Some(id) = &item.id
                && !item.props.is_empty()
            {
                named.entry(id.clone()).or_insert(i);
            }
        }
        if named.is_empty() {
            return;
        }
        let target = |items: &[Item], i: usize| {
            let item = &items[i];
            item.props.is_empty().then(|| item.id.as_ref().and_then(|id| named.get(id)).copied()).flatten()
        };
        for i in 0..self.items.len() {
            for p in 0..self.items[i].props.len() {
                let to = match &self.items[i].props[p].1 {
                    Value::Item(inner) => target(&self.items, *inner),
                    // `"publisher": "#organization"`
                    Value::Text(text, _) if text.contains(['#', '/']) => {
                        named.get(text.as_str()).copied().filter(|_| self.items[i].props[p].0 != "url")
                    }
                    Value::Text(..) => None,
                };
                if let Some(to) = to.filter(|&to| to != i) {
                    self.items[i].props[p].1 = Value::Item(to);
                }
            }
        }
    }

    /// Returns the values of a property.
    pub(super) fn values<'a>(&'a self, item: usize, names: &'a [&str]) -> impl Iterator<Item = &'a Value> {
        self.items[item]
            .props
            .iter()
            .filter(|(name, _)| names.contains(&name.as_str()))
            .map(|(_, value)| value)
    }

    /// Returns the items that are values of a property.
    pub(super) fn inner(&self, item: usize, names: &[&str]) -> Vec<usize> {
        let items = self.values(item, names).filter_map(|value| match value {
            Value::Item(inner) => Some(*inner),
            Value::Text(..) => None,
        });
        items.collect()
    }

    /// Returns the texts of a property with where they are printed; of an item, its name.
    pub(super) fn texts<'a>(
        &'a self,
        item: usize,
        names: &'a [&str],
    ) -> impl Iterator<Item = (&'a str, Option<Range<usize>>)> {
        self.values(item, names).filter_map(|value| self.text_of(value))
    }

    fn text_of<'a>(&'a self, value: &'a Value) -> Option<(&'a str, Option<Range<usize>>)> {
        match value {
            Value::Text(text, at) => Some((text, at.clone())),
            Value::Item(inner) => self.items[*inner].props.iter().find_map(|(name, value)| match value {
                Value::Text(text, at) if name == "name" => Some((text.as_str(), at.clone())),
                _ => None,
            }),
        }
    }

    /// Returns the first text of a property.
    pub(super) fn text(&self, item: usize, names: &[&str]) -> Option<&str> {
        let mut props = self.items[item].props.iter().filter(|(name, _)| names.contains(&name.as_str()));
        props.find_map(|(_, value)| self.text_of(value)).map(|(text, _)| text)
    }
}

/// Makes plain text of a value: escapes undone, tags dropped, white space single, lines kept.
pub(super) fn clean(text: &str) -> String {
    if text.len() > MAX_VALUE {
        return String::new();
    }
    let text = unescape(text);
    let mut out = String::with_capacity(text.len());
    let mut in_tag = false;
    for (i, c) in text.char_indices() {
        match c {
            '<' if text[i + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') => {
                if text[i..].starts_with("<br") {
                    out.push('\n');
                }
                in_tag = true;
            }
            '>' if in_tag => in_tag = false,
            _ if in_tag => {}
            c => out.push(c),
        }
    }
    let lines = out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

//! Marks in the markup made into items: microdata, RDFa Lite, h-card, hCard and adr.
//!
//! The outline gives marked elements in order, each with its depth; here they become the tree that they stand for. What
//! microformats call a property gets the name that schema.org has for it, so that one reading serves them all.

use std::ops::Range;

use super::graph::{Graph, Item, Value, clean, local};
use crate::outline::{MarkKind, Marked, Outline};

/// An element that is open.
struct Open {
    depth: u16,
    /// The item that it opened, by vocabulary.
    data: Option<usize>,
    card: Option<usize>,
}

/// Adds the items that marks make.
pub(super) fn add(outline: &Outline, graph: &mut Graph) {
    let mut open: Vec<Open> = Vec::new();
    for mark in &outline.marked {
        while open.last().is_some_and(|above| above.depth >= mark.depth) {
            open.pop();
        }
        let around = (open.iter().rev().find_map(|o| o.data), open.iter().rev().find_map(|o| o.card));
        let data = add_data(outline, graph, mark, around.0);
        let card = add_card(outline, graph, mark, around.1);
        open.push(Open { depth: mark.depth, data, card });
    }
}

/// Returns the value that an element bears for a property.
///
/// A link bears its address by the standard, but who marks a link as a name means the words on it.
fn value(outline: &Outline, mark: &Marked, prop: &str) -> Value {
    let printed = (!mark.text.is_empty()).then(|| mark.text.clone());
    let text = outline.text.get(mark.text.clone()).unwrap_or_default();
    let borne = mark.value.as_deref().filter(|value| {
        let wants = match local(prop).to_ascii_lowercase().as_str() {
            "url" | "sameas" | "image" | "logo" | "photo" => return true,
            "email" => "mailto:",
            "telephone" | "faxnumber" | "tel" => "tel:",
            _ => "",
        };
        let is_address = ["/", "#", "http:", "https:", "javascript:", "mailto:", "tel:"]
            .iter()
            .any(|s| value.starts_with(s));
        text.is_empty() || !is_address || (!wants.is_empty() && value.starts_with(wants))
    });
    Value::Text(clean(borne.unwrap_or(text)), printed)
}

/// Adds the mark of microdata or RDFa; returns the item that it opens.
fn add_data(outline: &Outline, graph: &mut Graph, mark: &Marked, around: Option<usize>) -> Option<usize> {
    let of = |kinds: [MarkKind; 2]| {
        mark.names.iter().filter(move |(kind, _)| kinds.contains(kind)).map(|(_, name)| name)
    };
    let kinds: Vec<String> =
        of([MarkKind::ItemType, MarkKind::TypeOf]).map(|name| local(name).to_owned()).collect();
    let mut props = of([MarkKind::ItemProp, MarkKind::Property]).peekable();
    let is_prop = props.peek().is_some();
    let item = if kinds.is_empty() {
        None
    } else {
        let owned = is_prop && around.is_some();
        let kinds = kinds.into_iter().filter(|kind| !kind.is_empty()).collect();
        graph.add(Item { kinds, owned, ..Item::default() })
    };
    if let Some(around) = around {
        for prop in props {
            let value = item.map_or_else(|| value(outline, mark, prop), Value::Item);
            graph.set(around, prop, value);
        }
    }
    item
}

/// Adds the mark of a microformat; returns the item that it opens.
fn add_card(outline: &Outline, graph: &mut Graph, mark: &Marked, around: Option<usize>) -> Option<usize> {
    let words: Vec<&str> = mark
        .names
        .iter()
        .filter(|(kind, _)| *kind == MarkKind::Class)
        .map(|(_, word)| word.as_str())
        .collect();
    if words.is_empty() {
        return None;
    }
    let has = |word: &str| words.contains(&word);
    let address = has("adr") || has("h-adr") || has("p-adr");
    let opened = if has("vcard") || has("h-card") {
        graph.add(Item { kinds: vec!["Card".to_owned()], owned: around.is_some(), ..Item::default() })
    } else if address {
        graph.add(Item {
            kinds: vec!["PostalAddress".to_owned()],
            owned: around.is_some(),
            ..Item::default()
        })
    } else if has("tel") && mark.value.is_none() && around.is_some() {
        // A number with its kind inside: `<p class=tel><b class=type>Fax</b> <i class=value>…</i></p>`.
        graph.add(Item { kinds: vec!["ContactPoint".to_owned()], owned: true, ..Item::default() })
    } else {
        None
    };
    let Some(around) = around else { return opened };
    if let Some(item) = opened {
        let prop = if address { "address" } else { "contactpoint" };
        graph.set(around, prop, Value::Item(item));
        if has("tel") {
            // Its own text, unless a part of it turns out to be the value.
            graph.set(item, "printed", value(outline, mark, "telephone"));
        }
        return opened;
    }
    let is_number = graph.items[around].kinds.iter().any(|kind| kind == "ContactPoint");
    for word in words {
        let prop = match word {
            "fn" | "p-name" => "name",
            "org" | "p-org" | "organization-name" => "org",
            "tel" | "p-tel" | "u-tel" => "telephone",
            "fax" => "faxnumber",
            "email" | "u-email" => "email",
            "url" | "u-url" => "url",
            "title" | "p-job-title" | "role" | "p-role" => "jobtitle",
            "street-address" | "p-street-address" => "streetaddress",
            "extended-address" | "p-extended-address" => "extendedaddress",
            "post-office-box" | "p-post-office-box" => "postofficeboxnumber",
            "locality" | "p-locality" => "addresslocality",
            "region" | "p-region" => "addressregion",
            "postal-code" | "p-postal-code" => "postalcode",
            "country-name" | "p-country-name" => "addresscountry",
            "type" if is_number => "contacttype",
            "value" if is_number => "telephone",
            _ => continue,
        };
        graph.set(around, prop, value(outline, mark, prop));
    }
    None
}

/// Returns where a value is printed, with the block that it stands in.
pub(super) fn printed(outline: &Outline, at: Option<&Range<usize>>) -> Option<(usize, Range<usize>)> {
    let at = at.filter(|at| !at.is_empty())?;
    Some((outline.block_at(at.start)?, at.clone()))
}

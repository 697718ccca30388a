//! What of a text the embedded fonts can show.
//!
//! An archival PDF may not hold a glyph that is none, so a character that no font has becomes an empty box that one sees, and
//! the caller is told. Marks that only steer (joiners, variation selectors, turns of direction that can disguise words) go.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::world;

/// What stands in the place of a character that no font has.
const BOX: char = '\u{25a1}';

/// Makes every text of a value fit to be shown; returns the characters that no font has.
pub(crate) fn fit(value: &mut Value) -> BTreeSet<char> {
    let mut missing = BTreeSet::new();
    walk(value, &mut missing);
    missing
}

fn walk(value: &mut Value, missing: &mut BTreeSet<char>) {
    match value {
        Value::String(text) => {
            if !text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
                *text = shown(text, missing);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, missing)),
        Value::Object(fields) => fields.values_mut().for_each(|field| walk(field, missing)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Returns a text as it can be shown.
fn shown(text: &str, missing: &mut BTreeSet<char>) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push('\n'),
            '\t' => out.push_str("    "),
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => out.push('\u{a0}'),
            c if steers(c) || c.is_control() => {}
            c if world::has_glyph(c) => out.push(c),
            c => {
                missing.insert(c);
                out.push(BOX);
            }
        }
    }
    out
}

/// Returns whether a character is not seen and only steers what stands beside it.
const fn steers(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0000}'..='\u{e01ef}'
            | '\u{1f3fb}'..='\u{1f3ff}'
    )
}

/// Says which characters are missing, in words; `None` where none is.
pub(crate) fn warning(missing: &BTreeSet<char>) -> Option<String> {
    if missing.is_empty() {
        return None;
    }
    let shown = missing.iter().take(12).fold(String::new(), |shown, c| shown + " " + &c.to_string());
    let more = if missing.len() > 12 { " …" } else { "" };
    Some(format!("no font at hand has these characters, a box stands in their place:{shown}{more}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_font_has_becomes_a_box_and_is_told() {
        let mut value = serde_json::json!({"a": ["Zoë — naïve\u{202e}", "漢字 😀\u{fe0f}\u{1f980}"], "n": 3});
        let missing = fit(&mut value);
        assert_eq!(value["a"][0], "Zoë — naïve");
        assert_eq!(value["a"][1], "□□ 😀□");
        assert_eq!(missing.len(), 3);
        assert!(warning(&missing).unwrap().contains('漢'));
        assert_eq!(warning(&BTreeSet::new()), None);
    }

    #[test]
    fn alphabets_of_europe_hebrew_and_arabic_are_there() {
        for text in ["Łódź ÅÆØ ñ ß ẞ € £ ₹", "Αθήνα", "Київ", "שלום", "سلام", "→ ✓ ☐ …"]
        {
            let mut value = Value::from(text);
            assert_eq!(fit(&mut value), BTreeSet::new(), "{text}");
        }
    }
}

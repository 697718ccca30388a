//! The data that the scripts of a page carry: JSON in blocks, in comments, in assignments, and as text within JSON.
//!
//! Sites print the same JSON in several ways: plain, behind `<!--`, with its quotes spelt as entities, assigned to a
//! variable, or pushed as a text that is JSON once more. A page that was cut in the middle (a save that broke off, a file
//! beyond a bound) keeps the values that stand before the cut.

use serde_json::Value;

use super::dom::{Dom, Element};

/// The most bytes of one script that are looked through for assignments.
const MOST_BYTES: usize = 8 << 20;
/// The most values that one script gives.
const MOST_VALUES: usize = 200;

/// A value that a script carries.
#[derive(Debug)]
pub(super) struct Carried {
    /// The value.
    pub(super) value: Value,
    /// Whether its end is missing.
    pub(super) cut: bool,
}

/// Returns the values of every script that holds data: JSON-LD, blocks of JSON, and those by well-known ids.
pub(super) fn blocks(dom: &Dom) -> Vec<Carried> {
    scripts(dom)
        .filter(|e| {
            e.attribute("type").is_some_and(|kind| kind.contains("json"))
                || e.attribute("id") == Some("__NEXT_DATA__")
        })
        .filter_map(|e| parsed(&e.raw_text()))
        .collect()
}

/// Returns the values that scripts assign to something called so, or push to it: `window.site.state = {…};`.
pub(super) fn assigned(dom: &Dom, name: &str) -> Vec<Carried> {
    let mut found = Vec::new();
    for script in scripts(dom) {
        let text = script.raw_text();
        let text = crate::window::clip(&text, MOST_BYTES);
        for (at, _) in text.match_indices(name) {
            if found.len() >= MOST_VALUES {
                return found;
            }
            let behind = &text[at + name.len()..];
            // What stands between the name and the value: an index, a call, a sign.
            let skip = behind.find(['{', '=', '(']).filter(|&skip| skip < 200).unwrap_or(0);
            let behind = behind[skip..].trim_start_matches(['=', '(']).trim_start();
            if behind.starts_with(['{', '[', '"'])
                && let Some(carried) = first_value(behind)
            {
                found.push(carried);
            }
        }
    }
    found
}

fn scripts(dom: &Dom) -> impl Iterator<Item = Element<'_>> {
    dom.all().filter(|e| e.name() == "script")
}

/// Parses a block of JSON, whatever it is wrapped in.
pub(super) fn parsed(text: &str) -> Option<Carried> {
    let text = text.trim();
    let text = text.strip_prefix("<!--").unwrap_or(text);
    let text = text.strip_suffix("-->").unwrap_or(text).trim();
    if let Some(carried) = first_value(text) {
        return Some(carried);
    }
    text.contains("&quot;").then(|| first_value(&unescaped(text))).flatten()
}

/// Reads the value at the start of a text; one whose end is missing is closed behind its last whole member.
fn first_value(text: &str) -> Option<Carried> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    match values.next()? {
        Ok(Value::String(inner)) if inner.trim_start().starts_with(['{', '[']) => {
            first_value(inner.trim_start())
        }
        Ok(value) => Some(Carried { value, cut: false }),
        Err(error) if error.is_eof() => {
            let value = serde_json::from_str(&closed(text)?).ok()?;
            Some(Carried { value, cut: true })
        }
        Err(_) => None,
    }
}

/// Closes JSON that breaks off: what follows the last whole member is left away.
fn closed(text: &str) -> Option<String> {
    let mut open: Vec<char> = Vec::new();
    let (mut in_text, mut escaped) = (false, false);
    // Behind the last whole member, and what is open there.
    let mut whole: Option<(usize, Vec<char>)> = None;
    for (at, c) in text.char_indices() {
        if in_text {
            (in_text, escaped) = (escaped || c != '"', !escaped && c == '\\');
            continue;
        }
        match c {
            '"' => in_text = true,
            '{' => open.push('}'),
            '[' => open.push(']'),
            '}' | ']' => {
                open.pop()?;
                whole = Some((at + 1, open.clone()));
            }
            ',' => whole = Some((at, open.clone())),
            _ => {}
        }
    }
    let (end, open) = whole?;
    let mut text = text[..end].to_owned();
    text.extend(open.iter().rev());
    Some(text)
}

/// Undoes the entities that stand in data.
fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// Follows a reference of a normalised store: `{"__ref": "Review:1"}` is what stands under `Review:1` at its top.
pub(super) fn followed<'v>(store: &'v Value, value: &'v Value) -> &'v Value {
    let key = value.get("__ref").or_else(|| {
        value.get("type").filter(|kind| kind.as_str() == Some("id")).and_then(|_| value.get("id"))
    });
    key.and_then(Value::as_str).and_then(|key| store.get(key)).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn data_is_read_however_it_is_wrapped() {
        for page in [
            r#"<script type="application/json">{"a":{"b":"x < y"}}</script>"#,
            r#"<script type="application/json"><!--{"a":{"b":"x < y"}}--></script>"#,
            r#"<script type="application/json"><!--{&quot;a&quot;:{&quot;b&quot;:&quot;x &lt; y&quot;}}--></script>"#,
            r#"<script id="__NEXT_DATA__">{"a":{"b":"x < y"}}</script>"#,
        ] {
            let found = blocks(&Dom::parse(page));
            assert_eq!(found.len(), 1, "{page}");
            assert_eq!(found[0].value, json!({"a": {"b": "x < y"}}), "{page}");
            assert!(!found[0].cut);
        }
        for page in [
            r#"<script>window.a = 1; window.store.state = {"a":{"b":"x"}}; go();</script>"#,
            r#"<script>window.store.state["k"].push("{\"a\":{\"b\":\"x\"}}");</script>"#,
            r#"<script>window.store.state["k"] = "{\"a\":{\"b\":\"x\"}}"; window.store.next();</script>"#,
        ] {
            let found = assigned(&Dom::parse(page), "window.store.state");
            assert_eq!(found.len(), 1, "{page}");
            assert_eq!(found[0].value, json!({"a": {"b": "x"}}), "{page}");
        }
    }

    #[test]
    fn data_that_breaks_off_keeps_its_whole_members() {
        for (text, wanted) in [
            (r#"{"a":[{"b":1},{"b":2},{"b":"thr"#, json!({"a": [{"b": 1}, {"b": 2}]})),
            (r#"{"a":{"b":"one, two","c":"a \" }","d":"#, json!({"a": {"b": "one, two", "c": "a \" }"}})),
            (r#"{"a":[1,2"#, json!({"a": [1]})),
        ] {
            let carried = parsed(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(carried.value, wanted, "{text}");
            assert!(carried.cut);
        }
        for text in ["", "{", "no data", r#"{"a" "b"}"#] {
            assert!(parsed(text).is_none(), "{text}");
        }
    }

    #[test]
    fn references_of_a_store_are_followed() {
        let store = json!({"Review:1": {"text": "late"}, "q": [{"__ref": "Review:1"}, {"type": "id", "id": "Review:1"}, {"__ref": "gone"}]});
        for at in [0, 1] {
            assert_eq!(followed(&store, &store["q"][at])["text"], "late");
        }
        assert_eq!(followed(&store, &store["q"][2]), &store["q"][2]);
    }
}

//! Fields of JSON as sites spell them: lenient, bounded.

use serde_json::Value;

/// The deepest nesting that is looked into.
const MOST_DEPTH: usize = 40;

/// Returns a text field by the first of several names that holds one.
pub(super) fn text<'v>(value: &'v Value, names: &[&str]) -> Option<&'v str> {
    names.iter().find_map(|name| value.get(name)?.as_str()).map(str::trim).filter(|t| !t.is_empty())
}

/// Returns the value behind a path.
pub(super) fn at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |v, key| v.get(key))
}

/// Returns every object of a value for which `wanted` holds, outermost first.
pub(super) fn objects<'v>(
    value: &'v Value,
    wanted: fn(&Value) -> bool,
    found: &mut Vec<&'v Value>,
    depth: usize,
) {
    if depth > MOST_DEPTH || found.len() > 4_000 {
        return;
    }
    match value {
        Value::Object(map) => {
            if wanted(value) {
                found.push(value);
            }
            map.values().for_each(|v| objects(v, wanted, found, depth + 1));
        }
        Value::Array(list) => list.iter().for_each(|v| objects(v, wanted, found, depth + 1)),
        _ => {}
    }
}

/// Returns the longer texts of a value.
pub(super) fn texts(value: &Value, found: &mut Vec<String>, depth: usize) {
    if depth > MOST_DEPTH || found.len() > 2_000 {
        return;
    }
    match value {
        Value::String(text) if text.contains(' ') && !text.starts_with("http") => found.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|v| texts(v, found, depth + 1)),
        Value::Object(map) => map.values().for_each(|v| texts(v, found, depth + 1)),
        _ => {}
    }
}

/// Returns the day of a moment in seconds since 1970, as ISO 8601.
pub(super) fn day_of(seconds: i64) -> Option<String> {
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    Some(moment.strftime("%Y-%m-%d").to_string())
}

/// Whether an object is of a schema.org type.
pub(super) fn is_type(value: &Value, types: &[&str]) -> bool {
    match value.get("@type") {
        Some(Value::String(t)) => types.contains(&t.as_str()),
        Some(Value::Array(list)) => list.iter().any(|t| t.as_str().is_some_and(|t| types.contains(&t))),
        _ => false,
    }
}

/// Returns the text of HTML.
pub(super) fn plain(html: &str) -> String {
    super::dom::Dom::parse(&format!("<div>{html}</div>")).all().next().map(|e| e.text()).unwrap_or_default()
}

/// Returns the name of an author that may be a text or an object.
pub(super) fn author(value: &Value) -> &str {
    match value.get("author") {
        Some(Value::String(name)) => name,
        Some(Value::Array(list)) => list.first().and_then(|a| text(a, &["name"])).unwrap_or(""),
        Some(object) => text(object, &["name", "alternateName", "username"]).unwrap_or(""),
        None => "",
    }
}

//! What a page that needs a script carries for it: the texts of its embedded state.
//!
//! Applications ship the words of a page as JSON beside an empty body (`__NEXT_DATA__`, `window.__STATE__ = {…}`). Its
//! strings are read as a page of their own: what an object calls its title as a heading, the others as paragraphs.
//! Nothing is run.

use serde_json::Value;

use crate::harmless::escape_into;
use crate::outline::{self, Outline, Script};

/// Text that is taken of the state of one page, in bytes.
const MOST_TEXT: usize = 400_000;

/// How deep values are followed.
const DEEPEST: usize = 48;

/// Keys by which an object names what it is about.
const NAMES: [&str; 6] = ["title", "heading", "headline", "label", "name", "question"];

/// Returns the outline of the texts in the embedded state of a page; `None` where it carries none.
pub(super) fn outline(page: &Outline) -> Option<Outline> {
    let mut html = String::new();
    for script in &page.scripts {
        for value in values(script) {
            write(&value, None, 0, &mut html);
        }
    }
    if html.is_empty() {
        return None;
    }
    let mut data = outline::from_html(&html);
    data.lang.clone_from(&page.lang);
    data.title.clone_from(&page.title);
    Some(data)
}

/// Returns the JSON values that a script is, or assigns to a name.
fn values(script: &Script) -> Vec<Value> {
    let text = script.text.trim();
    if script.kind.contains("ld+json") || text.is_empty() {
        return Vec::new();
    }
    if script.kind.contains("json") {
        return serde_json::from_str(text).into_iter().collect();
    }
    let mut values = Vec::new();
    let mut rest = text;
    while let (Some(at), true) = (rest.find('='), values.len() < 8) {
        rest = rest[at + 1..].trim_start();
        let quoted = rest.strip_prefix("JSON.parse(").map(str::trim_start);
        let start = quoted.unwrap_or(rest);
        if !start.starts_with(['{', '[', '"']) {
            continue;
        }
        let mut stream = serde_json::Deserializer::from_str(start).into_iter::<Value>();
        match stream.next() {
            Some(Ok(Value::String(inner))) if quoted.is_some() => {
                values.extend(serde_json::from_str(&inner).ok());
            }
            Some(Ok(value)) => values.push(value),
            _ => continue,
        }
        rest = &start[stream.byte_offset().min(start.len())..];
    }
    values
}

/// Writes the texts of a value as markup.
fn write(value: &Value, key: Option<&str>, depth: usize, html: &mut String) {
    if depth > DEEPEST || html.len() > MOST_TEXT {
        return;
    }
    match value {
        Value::String(text) => paragraph(text, key, html),
        Value::Array(items) => items.iter().for_each(|item| write(item, key, depth + 1, html)),
        Value::Object(fields) => {
            let title = NAMES.iter().find_map(|name| fields.get(*name)?.as_str());
            if let Some(title) = title.filter(|title| (3..=120).contains(&title.len())) {
                html.push_str("<h3>");
                escape_into(title, html);
                html.push_str("</h3>");
            }
            for (name, field) in fields {
                if !(field.is_string() && NAMES.contains(&name.as_str())) {
                    write(field, Some(name), depth + 1, html);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Writes a text that a person would read; addresses of files, codes and hashes are none.
fn paragraph(text: &str, key: Option<&str>, html: &mut String) {
    let text = text.trim();
    let markup = text.contains("</") || text.contains("<br") || text.contains("<p>");
    let said = text.contains(' ') || text.contains('@') || text.starts_with('+');
    if !markup && (!said || text.len() > 4_000 || text.len() < 5) || text.starts_with(['{', '[']) {
        return;
    }
    html.push_str("<p>");
    if markup {
        html.push_str(&text[..text.floor_char_boundary(40_000)]);
    } else {
        // `"phone": "020 …"` is labelled by its key.
        if let Some(key) = key.filter(|key| key.len() <= 30 && text.len() <= 60) {
            escape_into(key, html);
            html.push_str(": ");
        }
        escape_into(text, html);
    }
    html.push_str("</p>");
}

#[cfg(test)]
mod tests {
    use url::Url;

    use crate::page::{Context, read};

    fn contacts(script: &str) -> Vec<String> {
        let page = format!(
            "<!doctype html><html lang=\"en\"><title>Acme</title><div id=\"__next\"></div><noscript>You need to enable JavaScript to run this app.</noscript><script src=/app.js></script>{script}</html>"
        );
        let url = Url::parse("https://acme.example/help").unwrap();
        let page = read(page.as_bytes(), &Context { url: Some(&url), ..Context::default() });
        assert!(page.needs_script);
        page.finding.contacts.iter().map(|s| format!("{:?} {}", s.rung, s.reach.value())).collect()
    }

    #[test]
    fn the_texts_of_embedded_state_are_read() {
        for script in [
            r#"<script id="__NEXT_DATA__" type="application/json">{"props":{"blocks":[{"title":"Make a complaint","body":"Write to complaints@acme.example and we will answer."}]}}</script>"#,
            r#"<script>window.__STATE__ = {"page":{"heading":"Complaints","text":"<p>Write to <b>complaints@acme.example</b></p>"}};</script>"#,
            r#"<script>window.d = JSON.parse("{\"heading\":\"Complaints\",\"text\":\"Write to complaints@acme.example\"}")</script>"#,
        ] {
            assert_eq!(contacts(script), ["Some(Complaints) complaints@acme.example"], "{script}");
        }
    }

    #[test]
    fn code_and_broken_state_give_nothing() {
        for script in [
            "<script>var a = {b: 1}; if (a == {}) x='y@z.example';</script>",
            "<script type=\"application/json\">{\"a\": </script>",
            r#"<script type="application/json">{"file":"logo@2x.png","id":"a8f0"}</script>"#,
        ] {
            assert_eq!(contacts(script), Vec::<String>::new(), "{script}");
        }
    }
}

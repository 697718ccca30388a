//! Instagram: the caption and comments of a post, from the data that a saved page carries and from answers of its API.
//!
//! Shapes differ by year (`owner` or `user`, a caption as text or as edges); all are objects of a text, a time and somebody
//! with a user name. The paid mark proves nothing: a writer is the company only by the name that its own site links to.

use serde_json::Value;

use super::dom::Dom;
use super::{Document, fields, posting};

/// Returns who wrote a comment, where the object is one.
fn writer(value: &Value) -> Option<&str> {
    value.get("text").filter(|text| text.is_string())?;
    ["owner", "user", "from"]
        .iter()
        .find_map(|key| fields::text(value.get(key)?, &["username"]))
        .or_else(|| value.get("timestamp").and_then(|_| fields::text(value, &["username"])))
}

fn is_said(value: &Value) -> bool {
    let timed = ["created_at", "created_at_utc", "timestamp"].iter().any(|key| value.get(key).is_some());
    timed && writer(value).is_some()
}

pub(super) fn json(value: &Value, document: &mut Document) -> bool {
    let mut said = Vec::new();
    fields::objects(value, is_said, &mut said, 0);
    let mut seen = std::collections::BTreeSet::new();
    for one in said {
        let (Some(who), Some(text)) = (writer(one), fields::text(one, &["text"])) else { continue };
        // The same comment stands in more than one list of the page.
        if !seen.insert((who, text)) {
            continue;
        }
        let seconds = ["created_at", "created_at_utc"].iter().find_map(|key| one.get(key)?.as_i64());
        let date = seconds
            .and_then(fields::day_of)
            .or_else(|| fields::text(one, &["timestamp", "created_at"]).map(str::to_owned));
        document.say(&format!("@{who}"), None, "", date.as_deref(), text);
    }
    !document.written.is_empty()
}

pub(super) fn html(dom: &Dom, document: &mut Document) -> bool {
    if !super::is_of(dom, document, &["instagram"], &["instagram.com"]) {
        return false;
    }
    let data = dom.data();
    if data.iter().any(|value| json(value, document))
        || data.iter().any(|value| posting::json(value, document))
    {
        return true;
    }
    // Without data: list rows of a link to the writer's profile, a time, and the words between.
    for row in dom.all().filter(|e| e.name() == "li" && e.inside().any(|e| e.name() == "time")) {
        let profile = row.inside().find(|e| {
            e.name() == "a"
                && e.attribute("href").is_some_and(|to| {
                    let path = to.trim_start_matches("https://www.instagram.com");
                    let name = path.trim_matches('/');
                    path.starts_with('/') && !name.is_empty() && !name.contains('/')
                })
                && !e.text().trim().is_empty()
        });
        let Some(profile) = profile else { continue };
        let time = row.inside().find(|e| e.name() == "time");
        let left: Vec<_> = std::iter::once(profile).chain(time).collect();
        let date = time.and_then(|time| time.attribute("datetime"));
        document.say(&format!("@{}", profile.text().trim()), None, "", date, &row.text_without(&left));
    }
    !document.written.is_empty()
}

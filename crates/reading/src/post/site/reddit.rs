//! Reddit: API answers (`[post, comments]`), the listing of captures, the old page and the new one.
//!
//! Written from recorded answers and saved refusal pages; the markup of both pages from their public form.

use serde_json::Value;

use super::super::thread::Role;
use super::dom::{Dom, Element};
use super::{Document, fields};

/// The deepest reply that is read.
const MOST_DEPTH: usize = 30;

pub(super) fn json(value: &Value, document: &mut Document) -> bool {
    // A capture of another program: `info` and flat `comments`.
    if let (Some(info), Some(comments)) = (value.get("info"), value.get("comments").and_then(Value::as_array))
        && info.get("postTitle").is_some()
    {
        fields::text(info, &["postTitle"]).unwrap_or_default().clone_into(&mut document.title);
        let author = fields::text(info, &["author"]).unwrap_or_default();
        let date = fields::text(info, &["publishingDate"]);
        let text = format!(
            "{}\n{}",
            document.title,
            fields::text(info, &["postText", "content"]).unwrap_or_default()
        );
        document.say(author, None, "", date, &text);
        for comment in comments {
            captured(comment, document, 0);
        }
        return true;
    }
    let listing = |v: &Value| v.get("kind").and_then(Value::as_str) == Some("Listing");
    let parts: Vec<&Value> = match value {
        Value::Array(list) if list.iter().any(listing) => list.iter().filter(|v| listing(v)).collect(),
        v if listing(v) => vec![v],
        _ => return false,
    };
    for part in parts {
        children(part, document, 0);
    }
    true
}

fn captured(comment: &Value, document: &mut Document, depth: usize) {
    let author = fields::text(comment, &["author"]).unwrap_or_default();
    let body = fields::text(comment, &["commentBody", "content", "body", "text"]).unwrap_or_default();
    document.say(author, None, "", fields::text(comment, &["publishingDate"]), body);
    if depth < MOST_DEPTH
        && let Some(replies) = comment.get("replies").and_then(Value::as_array)
    {
        for reply in replies {
            captured(reply, document, depth + 1);
        }
    }
}

fn children(listing: &Value, document: &mut Document, depth: usize) {
    let Some(list) = fields::at(listing, &["data", "children"]).and_then(Value::as_array) else { return };
    for child in list {
        let Some(data) = child.get("data") else { continue };
        let author = fields::text(data, &["author"]).unwrap_or_default();
        let created = data.get("created_utc").and_then(Value::as_f64);
        let date = created.map(day_of);
        match child.get("kind").and_then(Value::as_str) {
            Some("t3") => {
                let title = fields::text(data, &["title"]).unwrap_or_default();
                if document.title.is_empty() {
                    title.clone_into(&mut document.title);
                }
                if document.url.is_none() {
                    document.url =
                        fields::text(data, &["permalink"]).map(|p| format!("https://www.reddit.com{p}"));
                }
                let text = format!("{title}\n{}", fields::text(data, &["selftext"]).unwrap_or_default());
                document.say(author, None, "", date.as_deref(), &text);
            }
            Some("t1") => {
                let body = fields::text(data, &["body"]).unwrap_or_default();
                let role = match fields::text(data, &["distinguished"]) {
                    Some("moderator" | "admin") => Some(Role::Moderator),
                    _ => None,
                };
                let flair = fields::text(data, &["author_flair_text"]).unwrap_or_default();
                if !matches!(body, "[deleted]" | "[removed]") {
                    document.say(author, role, flair, date.as_deref(), body);
                }
                if depth < MOST_DEPTH
                    && let Some(replies) = data.get("replies").filter(|r| r.is_object())
                {
                    children(replies, document, depth + 1);
                }
            }
            Some("more") => {
                let count = data.get("count").and_then(Value::as_u64).unwrap_or(0);
                if count > 0 && !document.warnings.iter().any(|w| w.contains("more comments")) {
                    document.warnings.push(format!(
                        "{count} or more comments are not in the answer: `more` was not followed"
                    ));
                }
            }
            _ => {}
        }
    }
}

/// Returns the day of seconds since 1970 as ISO 8601.
#[expect(clippy::cast_possible_truncation, reason = "days since 1970 fit")]
fn day_of(seconds: f64) -> String {
    // Howard Hinnant's civil-from-days, public domain.
    let z = (seconds / 86_400.0).floor() as i64 + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{:02}", doy - (153 * mp + 2) / 5 + 1)
}

pub(super) fn html(dom: &Dom, document: &mut Document) -> bool {
    // The new page: elements of its own with the facts as attributes.
    let post = dom.all().find(|e| e.name() == "shreddit-post");
    let comments: Vec<Element<'_>> = dom.all().filter(|e| e.name() == "shreddit-comment").collect();
    if post.is_some() || !comments.is_empty() {
        if let Some(post) = post {
            let title = post.attribute("post-title").unwrap_or_default();
            title.clone_into(&mut document.title);
            document.url = document
                .url
                .take()
                .or_else(|| post.attribute("permalink").map(|p| format!("https://www.reddit.com{p}")));
            let body = post
                .inside()
                .find(|e| e.attribute("slot") == Some("text-body"))
                .map(|e| e.text())
                .unwrap_or_default();
            document.say(
                post.attribute("author").unwrap_or_default(),
                None,
                "",
                post.attribute("created-timestamp"),
                &format!("{title}\n{body}"),
            );
        }
        for comment in &comments {
            let body = comment
                .inside()
                .find(|e| e.attribute("slot") == Some("comment"))
                .map(|e| e.text())
                .unwrap_or_default();
            let role = (comment.attribute("is-moderator") == Some("true")).then_some(Role::Moderator);
            let date = comment.inside().find(|e| e.name() == "time").and_then(|e| e.attribute("datetime"));
            document.say(comment.attribute("author").unwrap_or_default(), role, "", date, &body);
        }
        return true;
    }
    // The old page: things with data attributes.
    let things: Vec<Element<'_>> =
        dom.all().filter(|e| e.has_class("thing") && e.attribute("data-fullname").is_some()).collect();
    if things.is_empty() {
        return false;
    }
    for thing in &things {
        let inner: Vec<Element<'_>> = things.iter().copied().filter(|t| thing.holds(t)).collect();
        let mine = |e: &Element<'_>| !inner.iter().any(|t| t.holds(e));
        let title = thing
            .inside()
            .find(|e| e.name() == "a" && e.has_class("title") && mine(e))
            .map(|e| e.text())
            .unwrap_or_default();
        let body =
            thing.inside().find(|e| e.has_class("md") && mine(e)).map(|e| e.text()).unwrap_or_default();
        let date =
            thing.inside().find(|e| e.name() == "time" && mine(e)).and_then(|e| e.attribute("datetime"));
        let moderator = thing.inside().any(|e| e.has_class("moderator") && mine(&e));
        if !title.is_empty() {
            document.title.clone_from(&title);
        }
        document.say(
            thing.attribute("data-author").unwrap_or_default(),
            moderator.then_some(Role::Moderator),
            "",
            date,
            &format!("{title}\n{body}"),
        );
    }
    true
}

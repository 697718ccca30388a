//! Posts with comments as schema.org data: what several networks give those who are not logged in.

use serde_json::Value;

use super::{Document, fields};

/// The types of a post.
const POSTS: &[&str] = &["SocialMediaPosting", "DiscussionForumPosting", "VideoObject", "ImageObject"];
/// How deep comments on comments are followed.
const MOST_DEPTH: usize = 8;

/// Reads the posts of a value and their comments; `false` where it holds none.
pub(super) fn json(value: &Value, document: &mut Document) -> bool {
    fn is_post(value: &Value) -> bool {
        fields::is_type(value, POSTS)
            && ["articleBody", "text", "caption", "description", "comment"]
                .iter()
                .any(|key| value.get(key).is_some_and(|v| v.is_string() || v.is_array()))
    }
    let mut posts = Vec::new();
    fields::objects(value, is_post, &mut posts, 0);
    for post in posts {
        say(post, &["articleBody", "text", "caption", "description"], document);
        comments(post, document, 0);
    }
    !document.written.is_empty()
}

fn say(value: &Value, words: &[&str], document: &mut Document) {
    let date = fields::text(value, &["datePublished", "dateCreated", "uploadDate"]);
    let text = fields::plain(fields::text(value, words).unwrap_or_default());
    document.say(fields::author(value), None, "", date, &text);
}

fn comments(value: &Value, document: &mut Document, depth: usize) {
    let list = match value.get("comment").or_else(|| value.get("comments")) {
        Some(Value::Array(list)) => list.as_slice(),
        Some(one @ Value::Object(_)) => std::slice::from_ref(one),
        _ => return,
    };
    for comment in list {
        say(comment, &["text", "articleBody", "description"], document);
        if depth < MOST_DEPTH {
            comments(comment, document, depth + 1);
        }
    }
}

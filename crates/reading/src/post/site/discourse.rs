//! Discourse: topic JSON (`/t/ID.json`), search JSON, and the page with or without its scripts.

use serde_json::Value;

use super::super::thread::Role;
use super::dom::Dom;
use super::{Document, fields};

pub(super) fn json(value: &Value, document: &mut Document) -> bool {
    if let Some(posts) = fields::at(value, &["post_stream", "posts"]).and_then(Value::as_array) {
        fields::text(value, &["title", "fancy_title"]).unwrap_or_default().clone_into(&mut document.title);
        for (index, post) in posts.iter().enumerate() {
            let yes = |key: &str| post.get(key).and_then(Value::as_bool) == Some(true);
            // Staff of the board: on a board that the company runs that is the company.
            let role = if yes("admin") || yes("staff") && !yes("moderator") {
                Some(Role::Employee)
            } else if yes("moderator") {
                Some(Role::Moderator)
            } else {
                None
            };
            let note = fields::text(post, &["user_title", "primary_group_name"]).unwrap_or_default();
            let body = fields::plain(fields::text(post, &["cooked", "raw"]).unwrap_or_default());
            let text = if index == 0 { format!("{}\n{body}", document.title) } else { body };
            document.say(
                fields::text(post, &["username"]).unwrap_or_default(),
                role,
                note,
                fields::text(post, &["created_at"]),
                &text,
            );
        }
        let count = value.get("posts_count").and_then(Value::as_u64).unwrap_or(0);
        let held = posts.len() as u64;
        if count > held {
            document
                .warnings
                .push(format!("the topic has {count} posts, the answer holds {held}: ask for the rest too"));
        }
        return true;
    }
    // Search answers hold extracts only.
    let (Some(posts), Some(_)) =
        (value.get("posts").and_then(Value::as_array), value.get("grouped_search_result"))
    else {
        return false;
    };
    for post in posts {
        let text = fields::plain(fields::text(post, &["blurb"]).unwrap_or_default());
        document.say(
            fields::text(post, &["username"]).unwrap_or_default(),
            None,
            "",
            fields::text(post, &["created_at"]),
            &text,
        );
    }
    document.warnings.push("search answers hold extracts: open the topics".into());
    true
}

pub(super) fn html(dom: &Dom, document: &mut Document) -> bool {
    if !dom.meta("generator").is_some_and(|g| g.starts_with("Discourse")) {
        return false;
    }
    let title = dom
        .all()
        .find(|e| e.name() == "h1")
        .map(|e| e.text())
        .filter(|t| !t.is_empty())
        .unwrap_or_else(|| dom.title());
    title.clone_into(&mut document.title);
    // With scripts: articles; without: the page for crawlers.
    let articles: Vec<_> = dom
        .all()
        .filter(|e| {
            e.name() == "article" && e.attribute("data-post-id").is_some()
                || e.has_class("crawler-post")
                || e.has_class("topic-body") && e.name() == "div"
        })
        .collect();
    let outer: Vec<_> = articles.iter().filter(|e| !articles.iter().any(|o| o.holds(e))).collect();
    for (index, article) in outer.iter().enumerate() {
        let body = article.inside().find(|e| {
            e.has_class("cooked")
                || e.attribute("itemprop").is_some_and(|p| p == "articleBody" || p == "text")
        });
        let name = article
            .inside()
            .find(|e| e.attribute("data-user-card").is_some())
            .and_then(|e| e.attribute("data-user-card").map(str::to_owned))
            .or_else(|| article.inside().find(|e| e.attribute("itemprop") == Some("name")).map(|e| e.text()))
            .unwrap_or_default();
        let staff = article.inside().any(|e| e.has_class("staff") || e.has_class("admin"));
        let moderator = article.inside().any(|e| e.has_class("moderator"));
        let role =
            if staff && !moderator { Some(Role::Employee) } else { moderator.then_some(Role::Moderator) };
        let date = article.inside().find_map(|e| e.attribute("datetime"));
        let body = body.map(|e| e.text()).unwrap_or_default();
        let text = if index == 0 { format!("{title}\n{body}") } else { body };
        document.say(&name, role, "", date, &text);
    }
    !document.written.is_empty()
}

//! Khoros: answers of its API (`/api/2.0/search`) and the board's pages. Never seen live: written from its documentation.

use serde_json::Value;

use super::super::thread::Role;
use super::dom::Dom;
use super::{Document, fields};

/// Ranks that a board gives to staff.
fn role_of(rank: &str) -> Option<Role> {
    let lower = rank.to_lowercase();
    if lower.contains("moderator") {
        return Some(Role::Moderator);
    }
    ["employee", "staff", "official", "administrator", "community manager", "mitarbeiter", "medewerker"]
        .iter()
        .any(|w| lower.contains(w))
        .then_some(Role::Employee)
}

pub(super) fn json(value: &Value, document: &mut Document) -> bool {
    let Some(items) = fields::at(value, &["data", "items"]).and_then(Value::as_array) else { return false };
    if !items.iter().any(|i| i.get("body").is_some() && i.get("author").is_some()) {
        return false;
    }
    for item in items {
        let author = item.get("author").unwrap_or(&Value::Null);
        let rank = fields::at(author, &["rank", "name"]).and_then(Value::as_str).unwrap_or_default();
        let subject = fields::text(item, &["subject"]).unwrap_or_default();
        if document.title.is_empty() {
            subject.clone_into(&mut document.title);
        }
        let body = fields::plain(fields::text(item, &["body"]).unwrap_or_default());
        document.say(
            fields::text(author, &["login"]).unwrap_or_default(),
            role_of(rank),
            rank,
            fields::text(item, &["post_time"]),
            &body,
        );
    }
    true
}

pub(super) fn html(dom: &Dom, document: &mut Document) -> bool {
    let messages: Vec<_> = dom
        .all()
        .filter(|e| {
            e.has_class("lia-message-view-wrapper")
                || e.has_class("lia-panel-message")
                || e.has_class("lia-message-view")
        })
        .collect();
    let outer: Vec<_> = messages.iter().filter(|e| !messages.iter().any(|o| o.holds(e))).collect();
    for message in outer {
        let class = |name: &str| message.inside().find(|e| e.has_class(name));
        let Some(body) = class("lia-message-body-content").or_else(|| class("lia-message-body")) else {
            continue;
        };
        let author = class("lia-user-name-link")
            .or_else(|| class("lia-user-name"))
            .map(|e| e.text())
            .unwrap_or_default();
        let rank = class("lia-message-author-rank")
            .or_else(|| class("lia-user-rank"))
            .map(|e| e.text())
            .unwrap_or_default();
        let date =
            message.inside().find(|e| e.has_class("local-date") || e.has_class("DateTime")).map(|e| e.text());
        let date = date.as_deref().and_then(super::super::dates::first);
        document.say(&author, role_of(&rank), &rank, date.as_deref(), &body.text());
    }
    !document.written.is_empty()
}

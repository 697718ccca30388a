//! `LinkedIn`: a post and its comments, from the data of a page as guests see it and from the markup of both its pages.
//!
//! Beside a name stands what its owner does: that is kept as a note, for `Head of Customer Care at …` says who answers, and
//! proves nothing either.

use serde_json::Value;

use super::dom::{Dom, Element};
use super::{Document, posting};

pub(super) fn json(value: &Value, document: &mut Document) -> bool {
    posting::json(value, document)
}

/// Classes of one comment, its writer, what the writer does, its words; the page of members first, that of guests after.
const COMMENT: &[&str] = &["comments-comment-entity", "comments-comment-item", "comment"];
const WRITER: &[&str] =
    &["comments-comment-meta__description-title", "comments-post-meta__name-text", "comment__author"];
const DOES: &[&str] = &[
    "comments-comment-meta__description-subtitle",
    "comments-post-meta__headline",
    "comment__author-headline",
];
const WORDS: &[&str] =
    &["comments-comment-item__main-content", "comments-comment-entity__content", "comment__text"];
const POST: &[&str] = &[
    "update-components-text",
    "feed-shared-update-v2__description",
    "attributed-text-segment-list__content",
];
const POSTER: &[&str] = &[
    "update-components-actor__title",
    "update-components-actor__name",
    "base-main-feed-card__entity-lockup",
];

pub(super) fn html(dom: &Dom, document: &mut Document) -> bool {
    if !super::is_of(dom, document, &["linkedin"], &["linkedin.com"]) {
        return false;
    }
    let is = |e: &Element<'_>, classes: &[&str]| classes.iter().any(|class| e.has_class(class));
    let is_comment =
        |e: &Element<'_>| matches!(e.name(), "article" | "section" | "div" | "li") && is(e, COMMENT);
    if dom.data().iter().any(|value| posting::json(value, document)) {
        return true;
    }
    let comments: Vec<Element<'_>> = dom.all().filter(is_comment).collect();
    let outside = |e: &Element<'_>| !comments.iter().any(|comment| comment.holds(e));
    if let Some(post) = dom.all().find(|e| is(e, POST) && outside(e)) {
        let who = dom.all().find(|e| is(e, POSTER) && outside(e)).map(|e| e.text()).unwrap_or_default();
        document.say(who.lines().next().unwrap_or_default(), None, "", None, &post.text());
    }
    for comment in &comments {
        let below: Vec<&Element<'_>> =
            comments.iter().filter(|one| comment.holds(one) && !one.holds(comment)).collect();
        let part = |classes: &[&str]| {
            comment
                .inside()
                .find(|e| is(e, classes) && !below.iter().any(|one| one.holds(e)))
                .map(|e| e.text())
                .unwrap_or_default()
        };
        let date = comment.inside().find(|e| e.name() == "time").and_then(|time| time.attribute("datetime"));
        let who = part(WRITER);
        document.say(who.lines().next().unwrap_or_default(), None, part(DOES).trim(), date, &part(WORDS));
    }
    !document.written.is_empty()
}

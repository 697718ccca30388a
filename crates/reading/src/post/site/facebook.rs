//! Facebook: posts and comments of a page saved from the browser, and answers of its Graph API for the user's own pages.
//!
//! The markup names its parts for screen readers alone: a comment is an article that is labelled `Comment by …`, in the
//! language of the reader. Nothing says that a writer is the company but the site's own mark beside the name, so the mark
//! is kept as a note and the writer's name is judged as on any board.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::dom::{Dom, Element};
use super::{Document, fields};

/// The label of a comment: who wrote it, then when or to whom, in seven languages.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?i)^(?:comment|reply|kommentar|antwort|commentaire|réponse|comentario|respuesta|comentário|resposta|commento|risposta|reactie|opmerking|antwoord)\s+(?:by|from|von|de|di|da|van)\s+(?P<who>.+?)(?:\s+(?:(?:to|auf|à|a|al|op)\s+.+|(?:vor|hace|há|il y a|about|\d|an?\s|one\s|ein|un|een).*))?$",
    )
});

pub(super) fn json(value: &Value, document: &mut Document) -> bool {
    fn is_post(value: &Value) -> bool {
        value.get("message").is_some_and(Value::is_string)
            && value.get("created_time").is_some_and(Value::is_string)
    }
    let mut posts = Vec::new();
    fields::objects(value, is_post, &mut posts, 0);
    for post in &posts {
        let who = fields::at(post, &["from", "name"]).and_then(Value::as_str).unwrap_or_default();
        let date = fields::text(post, &["created_time"]);
        document.say(who, None, "", date, fields::text(post, &["message"]).unwrap_or_default());
    }
    !posts.is_empty()
}

pub(super) fn html(dom: &Dom, document: &mut Document) -> bool {
    if !super::is_of(dom, document, &["facebook"], &["facebook.com", "fb.com"]) {
        return false;
    }
    let is_article = |e: &Element<'_>| e.attribute("role") == Some("article");
    for article in dom.all().filter(is_article) {
        // What stands in a comment below is that comment's own.
        let below: Vec<Element<'_>> = article.inside().filter(is_article).collect();
        let own = |e: &Element<'_>| !below.iter().any(|one| one.holds(e));
        let label = article.attribute("aria-label").unwrap_or_default();
        let who = if let Some(found) = LABEL.captures(label) {
            found["who"].to_owned()
        } else {
            // The post itself: its writer stands in the heading.
            let heading =
                article.inside().find(|e| own(e) && matches!(e.name(), "h2" | "h3" | "h4" | "strong"));
            heading.map(|heading| heading.text()).unwrap_or_default()
        };
        let who = who.lines().next().unwrap_or_default().trim().to_owned();
        let verified = article.inside().any(|e| {
            own(&e)
                && e.attribute("aria-label").or(e.attribute("title")).is_some_and(|l| {
                    let l = l.to_lowercase();
                    l.starts_with("verified") || l.starts_with("verifi") || l.starts_with("vérifi")
                })
        });
        // The words are the blocks whose direction follows the text; a block within one is part of it.
        let mut taken: Vec<Element<'_>> = Vec::new();
        for block in
            article.inside().filter(|e| own(e) && e.name() == "div" && e.attribute("dir") == Some("auto"))
        {
            if !taken.iter().any(|one| one.holds(&block)) {
                taken.push(block);
            }
        }
        let words: Vec<String> = taken.iter().map(Element::text).filter(|text| text.trim() != who).collect();
        let date = article
            .inside()
            .find(|e| own(e) && e.attribute("data-utime").is_some())
            .and_then(|e| e.attribute("data-utime"))
            .and_then(|seconds| fields::day_of(seconds.parse().ok()?));
        let note = if verified { "verified" } else { "" };
        document.say(&who, None, note, date.as_deref(), &words.join("\n"));
    }
    !document.written.is_empty()
}

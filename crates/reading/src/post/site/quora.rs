//! Quora: the question and answers in the page's JSON-LD, else the text of its answers. Never seen live: written from
//! schema.org `QAPage` as the site prints it.

use serde_json::Value;

use super::dom::Dom;
use super::{Document, fields};

pub(super) fn json(value: &Value, document: &mut Document) -> bool {
    let mut questions = Vec::new();
    fields::objects(value, |v| fields::is_type(v, &["Question"]), &mut questions, 0);
    let Some(question) = questions.first() else { return false };
    fields::text(question, &["name"]).unwrap_or_default().clone_into(&mut document.title);
    let text = format!(
        "{}\n{}",
        document.title,
        fields::plain(fields::text(question, &["text"]).unwrap_or_default())
    );
    document.say(
        fields::author(question),
        None,
        "",
        fields::text(question, &["dateCreated", "datePublished"]),
        &text,
    );
    for key in ["acceptedAnswer", "suggestedAnswer"] {
        let answers: Vec<&Value> = match question.get(key) {
            Some(Value::Array(list)) => list.iter().collect(),
            Some(one) => vec![one],
            None => Vec::new(),
        };
        for answer in answers {
            let text = fields::plain(fields::text(answer, &["text"]).unwrap_or_default());
            document.say(
                fields::author(answer),
                None,
                "",
                fields::text(answer, &["dateCreated", "datePublished"]),
                &text,
            );
        }
    }
    true
}

pub(super) fn html(dom: &Dom, document: &mut Document) -> bool {
    let named = dom.title().contains("Quora") || dom.meta("og:site_name") == Some("Quora");
    if dom.data().iter().any(|value| json(value, document)) && (named || !document.written.is_empty()) {
        return true;
    }
    if !named {
        return false;
    }
    for answer in dom.all().filter(|e| {
        e.has_class("q-box") && e.has_class("qu-userSelect--text")
            || e.has_class("spacing_log_answer_content")
    }) {
        document.say("writer", None, "", None, &answer.text());
    }
    !document.written.is_empty()
}

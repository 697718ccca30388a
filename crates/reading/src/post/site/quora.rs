//! Quora: a question with its answers, from the data that its scripts push, from JSON-LD of earlier years, or the markup.
//!
//! The data holds every text as sections of spans in a JSON text of its own, and days in millionths of a second. Nobody on
//! the site is marked as a company; beside a name stands what its owner says to be. Answers to other questions, which the
//! page mixes in, are left out.

use serde_json::Value;

use super::super::dates;
use super::data;
use super::dom::{Dom, Element};
use super::{Document, Saying, fields};

/// What the scripts push the data of a page to.
const STORE: &str = "inlineQueryResults.results";
/// Who asks, where the page does not name it.
const ASKER: &str = "asker";

pub(super) fn json(value: &Value, document: &mut Document) -> bool {
    let mut questions = Vec::new();
    fields::objects(value, |v| fields::is_type(v, &["Question"]), &mut questions, 0);
    let Some(question) = questions.first() else { return pushed(&[value], document) };
    fields::text(question, &["name"]).unwrap_or_default().clone_into(&mut document.title);
    let text = format!(
        "{}\n{}",
        document.title,
        fields::plain(fields::text(question, &["text"]).unwrap_or_default())
    );
    let asked = document.add(Saying {
        author: fields::author(question),
        date: fields::text(question, &["dateCreated", "datePublished"]),
        text: &text,
        ..Saying::default()
    });
    for answer in ["acceptedAnswer", "suggestedAnswer"].iter().flat_map(|key| fields::list(question, key)) {
        document.add(Saying {
            author: fields::author(answer),
            date: fields::text(answer, &["dateCreated", "datePublished"]),
            answers: asked,
            text: &fields::plain(fields::text(answer, &["text"]).unwrap_or_default()),
            ..Saying::default()
        });
    }
    true
}

/// Reads the data that scripts push: the question of the page, and the answers to it.
fn pushed(values: &[&Value], document: &mut Document) -> bool {
    fn is_question(value: &Value) -> bool {
        value.get("qid").is_some() && value.get("title").is_some_and(Value::is_string)
    }
    fn is_answer(value: &Value) -> bool {
        value.get("aid").is_some() && value.get("content").is_some_and(Value::is_string)
    }
    let (mut questions, mut answers) = (Vec::new(), Vec::new());
    for value in values {
        fields::objects(value, is_question, &mut questions, 0);
        fields::objects(value, is_answer, &mut answers, 0);
    }
    let Some(question) = questions.first().filter(|_| !answers.is_empty()) else { return false };
    document.title = spans(fields::text(question, &["title"]).unwrap_or_default());
    if document.url.is_none() {
        document.url = fields::text(question, &["url"]).map(|path| {
            if path.starts_with('/') { format!("https://www.quora.com{path}") } else { path.to_owned() }
        });
    }
    let details = fields::text(question, &["content", "details"]).map(spans).unwrap_or_default();
    let text = format!("{}\n{details}", document.title);
    let who = question.get("asker").map(person).filter(|who| !who.is_empty()).unwrap_or_else(|| ASKER.into());
    let asked = document.add(Saying {
        author: &who,
        date: moment(question).as_deref(),
        text: &text,
        ..Saying::default()
    });
    let (mut seen, mut elsewhere) = (std::collections::BTreeSet::new(), 0);
    for answer in answers {
        if !seen.insert(answer.get("aid").map(Value::to_string)) {
            continue;
        }
        let of = answer.get("question").and_then(|of| of.get("qid"));
        if of.is_some_and(|of| Some(of) != question.get("qid")) {
            elsewhere += 1;
            continue;
        }
        let who = answer.get("author").map(person).unwrap_or_default();
        let machine = answer.get("isMachineAnswer").and_then(Value::as_bool) == Some(true);
        let does = answer
            .get("authorCredential")
            .and_then(|does| fields::text(does, &["translatedString", "experience"]))
            .unwrap_or_default();
        document.add(Saying {
            author: if who.is_empty() { "writer" } else { &who },
            note: if machine { "written by a machine" } else { does },
            date: moment(answer).as_deref(),
            answers: asked,
            text: &spans(fields::text(answer, &["content"]).unwrap_or_default()),
            ..Saying::default()
        });
    }
    let total = values.iter().find_map(|value| {
        let mut found = Vec::new();
        fields::objects(value, |v| v.get("answerCount").is_some_and(Value::is_u64), &mut found, 0);
        found.first()?.get("answerCount")?.as_u64()
    });
    let held = document.written.len().saturating_sub(1) as u64;
    if let Some(total) = total.filter(|total| *total > held) {
        document.warnings.push(format!(
            "the question has {total} answers, the page holds {held}: scroll to the end before you save it"
        ));
    }
    if elsewhere > 0 {
        document.warnings.push(format!("{elsewhere} answers to other questions were left out"));
    }
    true
}

/// Returns the text of sections of spans, which stand in a JSON text; anything else is a text already.
fn spans(text: &str) -> String {
    let Ok(document) = serde_json::from_str::<Value>(text) else { return fields::plain(text) };
    let Some(sections) = document.get("sections").and_then(Value::as_array) else { return text.to_owned() };
    let section = |section: &Value| {
        let spans = section.get("spans").and_then(Value::as_array).into_iter().flatten();
        let shown = spans.map(|span| {
            let words = fields::text_as_is(span, "text");
            // A link that shows other words than it leads to says both.
            let link = fields::at(span, &["modifiers", "link", "url"]).and_then(Value::as_str);
            match link {
                Some(to) if !words.contains('.') && !words.is_empty() => format!("{words} ({to})"),
                Some(to) if words.is_empty() => to.to_owned(),
                _ => words.to_owned(),
            }
        });
        shown.collect::<String>()
    };
    sections.iter().map(section).collect::<Vec<_>>().join("\n")
}

/// Returns the name of a person.
fn person(value: &Value) -> String {
    let names = value.get("names").and_then(Value::as_array).and_then(|names| names.first());
    let part = |key: &str| names.and_then(|name| fields::text(name, &[key])).unwrap_or_default();
    let whole = format!("{} {}", part("givenName"), part("familyName"));
    let whole = whole.trim();
    if whole.is_empty() {
        fields::text(value, &["name"]).unwrap_or_default().to_owned()
    } else {
        whole.to_owned()
    }
}

/// Returns the day of a moment in millionths of a second.
fn moment(value: &Value) -> Option<String> {
    let at = ["updatedTime", "creationTime"]
        .iter()
        .filter_map(|key| value.get(key)?.as_i64())
        .find(|at| *at > 0)?;
    fields::day_of(at / 1_000_000)
}

pub(super) fn html(dom: &Dom, document: &mut Document) -> bool {
    let title = dom.title();
    let named = title.ends_with("- Quora")
        || title == "Quora"
        || dom.meta("og:site_name") == Some("Quora")
        || super::is_of(dom, document, &[], &["quora.com"]);
    let blocks = data::blocks(dom);
    // Other sites print questions as schema.org data too: whoever they are, they are read alike.
    let asked = |value: &Value| {
        let mut found = Vec::new();
        fields::objects(value, |v| fields::is_type(v, &["QAPage"]), &mut found, 0);
        !found.is_empty()
    };
    if blocks.iter().any(|carried| (named || asked(&carried.value)) && json(&carried.value, document)) {
        return true;
    }
    if !named {
        return false;
    }
    let carried = data::assigned(dom, STORE);
    let values: Vec<&Value> = carried.iter().map(|carried| &carried.value).collect();
    let shown = shown(dom);
    let mut of_data = document.clone();
    if pushed(&values, &mut of_data) && of_data.written.len() > shown.len() {
        *document = of_data;
        return true;
    }
    let heading = dom.all().find(|e| e.has_class("puppeteer_test_question_title")).map(|e| e.text());
    let heading = heading.unwrap_or_else(|| title.trim_end_matches("- Quora").trim().to_owned());
    let asked = document.add(Saying { author: ASKER, text: &heading, ..Saying::default() });
    document.title = heading;
    for (who, does, date, words) in shown {
        document.add(Saying {
            author: if who.is_empty() { "writer" } else { &who },
            note: &does,
            date: date.as_deref(),
            answers: asked,
            text: &words,
            ..Saying::default()
        });
    }
    true
}

/// Reads the answers in the markup: each its content, with the writer's name, words of himself and day in the head before it.
fn shown(dom: &Dom) -> Vec<(String, String, Option<String>, String)> {
    let is_content = |e: &Element<'_>| {
        e.has_class("spacing_log_answer_content")
            || e.has_class("puppeteer_test_answer_content")
            || e.has_class("q-box")
                && e.has_class("qu-userSelect--text")
                && !e.inside().any(|e| e.has_class("puppeteer_test_question_title"))
    };
    let all: Vec<Element<'_>> = dom.all().filter(|e| is_content(e)).collect();
    let outer: Vec<&Element<'_>> = all.iter().filter(|e| !all.iter().any(|other| other.holds(e))).collect();
    let heads: Vec<Element<'_>> = dom.all().filter(|e| e.has_class("spacing_log_answer_header")).collect();
    let titles: Vec<Element<'_>> =
        dom.all().filter(|e| e.has_class("puppeteer_test_question_title")).collect();
    let mut found = Vec::new();
    let mut before = 0;
    for content in outer {
        let here = before..content.place();
        before = content.place();
        // The heading of the page, and of answers to other questions.
        if titles.iter().any(|title| title.holds(content) || content.holds(title)) {
            continue;
        }
        let head = heads.iter().rfind(|head| here.contains(&head.place()));
        let link = head.and_then(|head| {
            head.inside().find(|e| {
                e.name() == "a"
                    && e.attribute("href").is_some_and(|to| to.contains("/profile/"))
                    && !e.text().is_empty()
            })
        });
        let who = link.map(|link| link.text()).unwrap_or_default();
        let stamp =
            head.and_then(|head| head.inside().find(|e| e.has_class("answer_timestamp"))).map(|e| e.text());
        let date = stamp.as_deref().and_then(dates::month_first);
        let does = head.map(|head| {
            let text = head.text();
            let rest = text.replacen(who.as_str(), "", 1);
            rest.replace(stamp.as_deref().unwrap_or_default(), "")
                .trim_matches([' ', '·', '\n', ','])
                .to_owned()
        });
        let does = does.unwrap_or_default().lines().next().unwrap_or_default().chars().take(100).collect();
        found.push((who, does, date, content.text()));
    }
    found
}

//! The description of the API: `OpenAPI` 3.1, the paths from the handlers, the shapes from the types that they answer.

use std::sync::OnceLock;

use axum::Json;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::{Problem, described, find, pages, read, reply, write};

/// Makes the description.
fn make() -> Value {
    let (_, paths) = described();
    let mut document = serde_json::to_value(paths).unwrap_or_default();
    document["openapi"] = json!("3.1.0");
    document["info"] = json!({
        "title": "Upstairs",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "Who at a company can put a problem right, and what is the next step. On this computer only.",
        "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
    });
    document["servers"] = json!([{ "url": "/api/v1" }]);
    document["security"] = json!([{ "token": [] }]);
    document["components"] = json!({
        "schemas": schemas(),
        "securitySchemes": { "token": { "type": "http", "scheme": "bearer", "description": "the file `api-token` in the folder of what is kept" } },
    });
    // Every operation can fail in these ways.
    let problem = json!({ "description": "a problem", "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } });
    let operations = document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut);
    for operation in operations.filter_map(Value::as_object_mut).flat_map(Map::values_mut) {
        if let Some(responses) = operation["responses"].as_object_mut() {
            for status in ["400", "401", "403", "404", "413", "415", "421", "422", "423", "429", "500"] {
                responses.entry(status).or_insert_with(|| problem.clone());
            }
        }
    }
    document
}

/// Returns the shapes of every type that is answered or taken.
fn schemas() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    macro_rules! name {
        ($($kind:ty),+ $(,)?) => { $( let _ = generator.subschema_for::<$kind>(); )+ };
    }
    name!(
        Problem,
        find::FindAsked,
        find::FindState,
        read::CasePage,
        read::OwnersAnswer,
        write::CaseAsked,
        write::LogAsked,
        write::FactsAsked,
        write::Edited,
        write::Logged,
        reply::ReplyAsked,
        reply::ReplyWanted,
        reply::ReplyKept,
        write::CheckAsked,
        write::ScamAsked,
        write::NumberAsked,
        pages::PageAsked,
        pages::PageAnswer,
        desk::answer::FindAnswer,
        desk::directory::SearchAnswer,
        desk::atlas::BodiesAnswer,
        desk::atlas::RightsAnswer,
        desk::case::CaseView,
        desk::advise::AdviceAnswer,
        desk::case::PictureView,
        desk::case::import::ReplyTold,
        desk::case::Draft,
        desk::case::Deletion,
        desk::case::Opened,
        desk::letters::DraftAnswer,
        desk::scam_check::ScamAnswer,
        desk::scam_check::CheckAnswer,
    );
    serde_json::to_value(generator.take_definitions(true)).unwrap_or_default()
}

/// Returns the description, made once.
fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(make)
}

/// Serves the description.
pub(super) async fn serve() -> Json<&'static Value> {
    Json(document())
}

/// An operation, for the page of the documentation.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) words: String,
    /// What stands in the address and the head: names with their words.
    pub(crate) parameters: Vec<(String, String)>,
    /// What stands in the body.
    pub(crate) body: Vec<(String, String)>,
    /// What comes back, by its status.
    pub(crate) answers: Vec<(String, String)>,
}

/// Returns every operation.
pub(crate) fn operations() -> Vec<Operation> {
    let paths = document()["paths"].as_object();
    let all = paths.into_iter().flatten().flat_map(|(path, operations)| {
        operations.as_object().into_iter().flatten().map(move |(method, operation)| Operation {
            method: method.to_uppercase(),
            path: format!("/api/v1{path}"),
            words: format!("{} {}", text(&operation["summary"]), text(&operation["description"]))
                .trim()
                .to_owned(),
            parameters: operation["parameters"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|one| (text(&one["name"]).to_owned(), text(&one["description"]).to_owned()))
                .collect(),
            body: fields(&operation["requestBody"]),
            answers: answers(&operation["responses"]),
        })
    });
    all.collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Returns the name of the shape that a body or an answer has.
fn shape(of: &Value) -> Option<&str> {
    let content = of["content"].as_object()?.values().next()?;
    content["schema"]["$ref"].as_str()?.strip_prefix("#/components/schemas/")
}

/// Returns the fields of a body; those that may be left out are said to.
fn fields(body: &Value) -> Vec<(String, String)> {
    let Some(shape) = shape(body) else { return Vec::new() };
    let schema = &document()["components"]["schemas"][shape];
    let needed = |name: &str| {
        schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one.as_str() == Some(name)))
    };
    let all = schema["properties"].as_object().into_iter().flatten();
    let mut all: Vec<(bool, String, String)> = all
        .map(|(name, field)| (!needed(name), name.clone(), text(&field["description"]).to_owned()))
        .collect();
    all.sort_by_key(|(left_out, ..)| *left_out);
    all.into_iter()
        .map(|(left_out, name, words)| (name, if left_out { format!("{words} (optional)") } else { words }))
        .collect()
}

/// Returns what comes back where it went well, with the shape of it.
fn answers(responses: &Value) -> Vec<(String, String)> {
    let good = responses.as_object().into_iter().flatten().filter(|(status, _)| status.starts_with('2'));
    good.map(|(status, answer)| {
        let shape = shape(answer).map(|shape| format!(" ({shape})")).unwrap_or_default();
        (status.clone(), format!("{}{shape}", text(&answer["description"])))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_of_the_description_leads_somewhere() {
        fn walk<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
            match value {
                Value::Object(fields) => {
                    found.extend(fields.get("$ref").and_then(Value::as_str));
                    fields.values().for_each(|value| walk(value, found));
                }
                Value::Array(items) => items.iter().for_each(|value| walk(value, found)),
                _ => {}
            }
        }
        let document = make();
        let mut found = Vec::new();
        walk(&document, &mut found);
        assert!(found.len() > 40);
        for reference in found {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
        assert!(document["paths"].as_object().unwrap().len() >= 12);
    }

    #[test]
    fn the_page_names_what_is_sent_and_what_comes_back() {
        let all = operations();
        let log =
            all.iter().find(|one| one.path.ends_with("/cases/{id}/log") && one.method == "POST").unwrap();
        assert_eq!(
            log.body[0],
            ("text".to_owned(), "What was said, in short.".to_owned()),
            "what must be there is first"
        );
        assert!(log.body.iter().any(|(name, words)| name == "due" && words.ends_with("(optional)")));
        assert_eq!(log.answers, [("201".to_owned(), "it is written down (Logged)".to_owned())]);
        for one in &all {
            assert!(!one.words.is_empty() && !one.answers.is_empty(), "{one:?}");
            assert!(one.method != "POST" || one.path.ends_with("/stop") || !one.body.is_empty(), "{one:?}");
            for (name, words) in one.parameters.iter().chain(&one.body) {
                assert!(!words.trim().is_empty(), "{} {}: {name} says nothing", one.method, one.path);
            }
        }
    }
}

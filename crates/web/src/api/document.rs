//! The description of the API: `OpenAPI` 3.1, the paths from the handlers, the shapes from the types that they answer.

use std::sync::OnceLock;

use axum::Json;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::{Problem, described, find, pages, read, write};

/// Makes the description.
fn make() -> Value {
    let (_, paths) = described();
    let mut document = serde_json::to_value(paths).unwrap_or_default();
    document["openapi"] = json!("3.1.0");
    document["info"] = json!({
        "title": "Upstairs",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "Who at a company can put a matter right, and what is the next step. On this computer only.",
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
            for status in ["400", "401", "403", "404", "413", "415", "421", "422", "429", "500"] {
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
        desk::case::Draft,
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

/// Returns every operation for the page of the documentation: method, path, summary, what must be sent and what comes back.
pub(crate) fn operations() -> Vec<(String, String, String, Vec<String>)> {
    let paths = document()["paths"].as_object();
    let all = paths.into_iter().flatten().flat_map(|(path, operations)| {
        operations.as_object().into_iter().flatten().map(move |(method, operation)| {
            let parameters = operation["parameters"].as_array().map_or(&[][..], Vec::as_slice);
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let names =
                parameters.iter().map(|one| format!("{}: {}", text(&one["name"]), text(&one["description"])));
            let words = format!("{} {}", text(&operation["summary"]), text(&operation["description"]));
            (method.to_uppercase(), format!("/api/v1{path}"), words.trim().to_owned(), names.collect())
        })
    });
    all.collect()
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
}

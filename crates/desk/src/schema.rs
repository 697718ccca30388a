//! Schemas: the JSON Schema of each output, generated from the types that are printed.

use schemars::{JsonSchema, schema_for};
use serde_json::Value;

/// The outputs that have a schema.
pub const NAMES: [&str; 13] = [
    "advice",
    "archive",
    "bodies",
    "case",
    "check",
    "directory-search",
    "find",
    "page",
    "post",
    "reply",
    "rights",
    "scam-check",
    "sources",
];

/// Returns the schema of an output, or `None` for an unknown name.
#[must_use]
pub fn of(name: &str) -> Option<Value> {
    match name {
        "advice" => Some(titled::<crate::advise::AdviceAnswer>(crate::advise::ADVICE_SCHEMA)),
        "archive" => Some(titled::<columnar::Record>(crate::archive::ARCHIVE_SCHEMA)),
        "case" => Some(titled::<crate::case::CaseView>(crate::case::CASE_SCHEMA)),
        "bodies" => Some(titled::<crate::atlas::BodiesAnswer>(crate::atlas::BODIES_SCHEMA)),
        "rights" => Some(titled::<crate::atlas::RightsAnswer>(crate::atlas::RIGHTS_SCHEMA)),
        "directory-search" => Some(titled::<crate::directory::SearchAnswer>(crate::directory::SEARCH_SCHEMA)),
        "check" => Some(titled::<crate::letters::DraftAnswer>("upstairs.check/1")),
        "reply" => Some(titled::<crate::letters::ReplyAnswer>("upstairs.reply/1")),
        "find" => Some(titled::<crate::answer::FindAnswer>(crate::answer::FIND_SCHEMA)),
        "post" => Some(titled::<crate::read_post::PostAnswer>("upstairs.post/1")),
        "scam-check" => Some(titled::<crate::scam_check::ScamAnswer>("upstairs.scam-check/1")),
        "sources" => Some(titled::<crate::sources::SourcesAnswer>(crate::sources::SOURCES_SCHEMA)),
        "page" => Some(titled::<crate::read::PageAnswer>("upstairs.page/1")),
        _ => None,
    }
}

/// Returns the schema of a type under the name and version of its output.
fn titled<T: JsonSchema>(id: &str) -> Value {
    let mut schema = schema_for!(T);
    schema.insert("$id".to_owned(), Value::from(id));
    schema.to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_a_schema_with_a_version() {
        for name in NAMES {
            let schema = of(name).unwrap();
            assert!(schema["$id"].as_str().unwrap().starts_with("upstairs."), "{name}");
        }
        assert!(of("nothing").is_none());
    }
}

//! The page of templates: what a file of one's own may be called, what stands in it, and every value and filter that it can use.
//!
//! Made from the types themselves, so that it cannot tell of a value that is not there: `docs/templates.md`, `upstairs draft --variables`.

use std::fmt::Write as _;

use serde_json::Value;

use super::built_in::files;
use super::engine::FILTERS;
use super::facts::Facts;
use super::kind::KINDS;
use super::language::Language;
use super::render::VALUES;
use super::submission::SUBMISSIONS;

/// Writes the page.
#[must_use]
pub fn templates_page() -> String {
    let mut page = String::from(
        "# Templates of your own\n\nMade from the code; a test holds the two together. `upstairs draft --variables` prints it.\n\n\
         A letter is a text file. A file of yours with the same name takes the place of the built-in one; the others stay. They lie in\n\
         `UPSTAIRS_TEMPLATES`, else in `upstairs/templates` of your folder of settings, in one folder a language:\n\n\
         | file | what it is |\n|---|---|\n\
         | `en/email.txt` | the letter `email`, in English (`de`, `fr`, `es` for the others) |\n\
         | `en/email@some-company.txt` | the same for one company only, named as in the ids of its cases |\n\
         | `en/_deadline.txt` | a part that letters include |\n\
         | `en/gb-financial-ombudsman.txt` | a submission to that body |\n\n\
         A file begins with a head between two lines of `+++`: `title`, and `subject` for what has one, as TOML. The rest is the text, in\n\
         the language of Jinja: `{{ company }}` puts a value in, `{% if references %} … {% endif %}` asks for one, `{% include \"_story\" %}` takes in\n\
         a part. A file that is broken, empty or called as no letter is refused with its line and why; only the letters that need it wait\n\
         for it, and `--built-in` takes the built-in words instead. `upstairs draft --list` checks every file.\n\n\
         ```\n+++\ntitle = \"my e-mail\"\nsubject = \"Complaint {{ references[0].value if references }}\"\n+++\n{{ greeting }}\n\n\
         {{ problem.what|ask(\"What happened?\")|sentence }} I ask for {{ wanted|wish|ask(\"What do you want?\") }}\n\
         by {{ by|date }}.\n\n{{ closing }}\n```\n",
    );
    let names =
        |names: Vec<&str>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let parts =
        files(Language::En).iter().map(|(name, _)| *name).filter(|name| name.starts_with('_')).collect();
    let _ = writeln!(page, "\nLetters: {}.", names(KINDS.iter().map(|kind| kind.name).collect()));
    let _ = writeln!(page, "\nParts: {}.", names(parts));
    let _ = writeln!(page, "\nBodies: {}.", names(SUBMISSIONS.iter().map(|form| form.body).collect()));
    page.push_str("\n## Values\n\nA value may be missing (none): `ask` then leaves a visible blank. Days and sums need their filter.\n");
    let schema = serde_json::to_value(schemars::schema_for!(Facts)).unwrap_or_default();
    table(&mut page, "The case", &schema["properties"]);
    for (name, record) in schema["$defs"].as_object().into_iter().flatten() {
        if record["properties"].is_object() {
            table(&mut page, name, &record["properties"]);
        }
    }
    page.push_str("\n### Beside the case\n\n| value | what it is |\n|---|---|\n");
    for (name, what) in VALUES {
        let _ = writeln!(page, "| `{name}` | {what} |");
    }
    page.push_str("\n## Filters\n\nBeside those of Jinja itself:\n\n| filter | what it does |\n|---|---|\n");
    for (name, what) in FILTERS {
        let _ = writeln!(page, "| `{name}` | {what} |");
    }
    page
}

/// Writes the table of a record.
fn table(page: &mut String, name: &str, properties: &Value) {
    let _ = writeln!(page, "\n### {name}\n\n| value | kind | what it is |\n|---|---|---|");
    for (field, schema) in properties.as_object().into_iter().flatten() {
        let words = schema["description"].as_str().unwrap_or_default().replace('\n', " ");
        let _ = writeln!(page, "| `{field}` | {} | {words} |", kind(schema));
    }
}

/// Names the kind of a value.
fn kind(schema: &Value) -> String {
    if let Some(record) = schema["$ref"].as_str() {
        return record.rsplit('/').next().unwrap_or_default().to_owned();
    }
    if let Some(one) = schema["anyOf"].as_array().and_then(|any| any.first()) {
        return kind(one);
    }
    let plain = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or_default();
    match plain {
        "array" => format!("list of {}", kind(&schema["items"])),
        "boolean" => "yes or no".to_owned(),
        "integer" => "number".to_owned(),
        "string" => "text".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_the_code_and_knows_every_value() {
        let page = templates_page();
        let written = include_str!("../../../../docs/templates.md");
        assert!(written == page, "run `cargo run --example templates > docs/templates.md`");
        for value in ["needed_by", "last_word", "paid_amount", "asked_supervisor"] {
            assert!(page.contains(&format!("| `{value}` |")), "{value}");
        }
    }
}

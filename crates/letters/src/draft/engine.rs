//! The engine of templates: bounded, strict about names that no fact has, with filters of our own for days, sums and blanks.

use casework::Money;
use jiff::civil::Date;
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value};
use serde::Deserialize as _;

use super::facts::Wish;
use super::language::{Language, Named};
use super::named::with_article;
use super::render::{CLOSE, OPEN, blank};

/// Steps of work that one rendering may take.
const FUEL: u64 = 200_000;

/// The filters of our own.
pub(super) const FILTERS: [(&str, &str); 11] = [
    ("ask(QUESTION)", "leaves a visible blank with the question where the value is missing"),
    ("channel", "writes the id of a channel in words: `by phone`"),
    ("clause", "takes the stop at the end off"),
    ("date", "writes a day by the conventions of language and country"),
    ("in_a_sentence", "gives the name of an office its article"),
    ("money", "writes a sum"),
    ("paid_by", "writes the id of a way of paying in words"),
    ("rung", "writes the id of a rung in words: `complaints team`"),
    ("sentence", "begins with a capital and ends with a stop"),
    (
        "shaped(SHAPE)",
        "keeps the references of a list that look like a `locator` or `ticket` of an airline, or (`other`) like neither",
    ),
    ("short(N)", "shortens to N characters at the end of a word"),
];

/// Makes the engine: bounded, without escapes (the text is plain), strict about names that no fact has.
pub(super) fn environment(language: Language, american: bool) -> Environment<'static> {
    let convention = language.convention();
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    let syntax = SyntaxConfig::builder().lstrip_blocks(true).build();
    environment.set_syntax(syntax.expect("the marks of the syntax are the usual ones"));
    environment.set_fuel(Some(FUEL));
    // A part that includes another counts tenfold.
    environment.set_recursion_limit(45);
    environment.add_filter("ask", |value: Value, question: String| {
        let empty = value.is_none()
            || value.is_undefined()
            || value.as_str().is_some_and(|text| text.trim().is_empty());
        if empty { Value::from(blank(&question)) } else { value }
    });
    environment.add_filter("date", move |value: Value| -> Result<Value, minijinja::Error> {
        let Some(text) = value.as_str() else { return Ok(value) };
        let date: Date = text.parse().map_err(|_| {
            minijinja::Error::new(ErrorKind::InvalidOperation, format!("`{text}` is not a day"))
        })?;
        Ok(Value::from(convention.date(date, american)))
    });
    environment.add_filter("money", move |value: Value| -> Result<Value, minijinja::Error> {
        if value.is_none() {
            return Ok(value);
        }
        let money = Money::deserialize(value).map_err(not_a("sum of money"))?;
        Ok(Value::from(convention.money(money)))
    });
    environment.add_filter("wish", move |value: Value| -> Result<Value, minijinja::Error> {
        if value.is_none() {
            return Ok(value);
        }
        let wish = Wish::deserialize(value).map_err(not_a("wish"))?;
        Ok(convention.wish(&wish).map_or(Value::from(()), Value::from))
    });
    for (name, what) in [("channel", Named::Channel), ("rung", Named::Rung), ("paid_by", Named::PaidBy)] {
        environment.add_filter(name, move |id: String| convention.named(what, &id));
    }
    environment.add_filter("in_a_sentence", move |name: String| match language {
        Language::En => with_article(&name),
        Language::De | Language::Fr | Language::Es => name,
    });
    environment.add_filter("sentence", |text: String| sentence(&text));
    environment.add_filter("clause", |text: String| text.trim().trim_end_matches('.').to_owned());
    environment.add_filter("shaped", |references: Vec<Value>, shape: String| -> Vec<Value> {
        let of = |reference: &Value| {
            reference.get_attr("value").ok().map(|value| is_shaped(&value.to_string(), &shape))
        };
        references.into_iter().filter(|reference| of(reference).unwrap_or_default()).collect()
    });
    environment.add_filter("short", |text: String, most: usize| short(&text, most));
    environment
}

/// Makes an error that says what was wanted.
fn not_a<E: std::fmt::Display>(wanted: &'static str) -> impl Fn(E) -> minijinja::Error {
    move |error| minijinja::Error::new(ErrorKind::InvalidOperation, format!("not a {wanted}: {error}"))
}

/// Returns whether a reference looks like the record locator of a booking (six letters and digits in capitals, not digits alone), like the number
/// of a ticket (thirteen digits), or like neither. A file of baggage has five letters before its number, and is none of the two.
fn is_shaped(reference: &str, shape: &str) -> bool {
    let bare: String = reference.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let ticket = bare.len() == 13 && bare.bytes().all(|b| b.is_ascii_digit());
    let locator = reference.len() == 6
        && reference.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && reference.bytes().any(|b| b.is_ascii_uppercase());
    match shape {
        "locator" => locator,
        "ticket" => ticket,
        _ => !locator && !ticket,
    }
}

/// Begins with a capital and ends with a stop.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let mut sentence: String = first.to_uppercase().chain(letters).collect();
    let last = text.trim_end_matches(['"', '”', '»', ')', '\'']);
    if !last.ends_with(['.', '!', '?', '…', CLOSE]) {
        sentence.push('.');
    }
    sentence
}

/// Shortens a text to some characters at the end of a word.
pub(crate) fn short(text: &str, most: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= most || text.contains(OPEN) {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let end = cut.rfind(char::is_whitespace).filter(|&at| at > most / 2).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ':', ' ', '.']))
}

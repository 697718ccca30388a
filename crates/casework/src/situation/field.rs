//! Reading a JSON object field by field, so that an error names the path, the value and what was perhaps meant.

use jiff::civil::Date;
use serde_json::{Map, Value};

/// What is wrong with a situation, and where.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct BadField {
    /// The path, such as `case.log[2].at`.
    pub path: String,
    /// What is wrong and what to do.
    pub reason: String,
}

/// The most characters that one text holds.
const MOST_TEXT: usize = 20_000;

/// An object at a path.
#[derive(Clone, Copy, Debug)]
pub(super) struct Object<'a> {
    map: &'a Map<String, Value>,
    path: At<'a>,
}

/// A path, built backwards so that nothing is allocated where nothing is wrong.
#[derive(Clone, Copy, Debug)]
pub(super) enum At<'a> {
    Root,
    Field(&'a At<'a>, &'a str),
    Index(&'a At<'a>, usize),
}

impl At<'_> {
    fn text(&self) -> String {
        match self {
            Self::Root => "the situation".to_owned(),
            Self::Field(Self::Root, name) => (*name).to_owned(),
            Self::Field(above, name) => format!("{}.{name}", above.text()),
            Self::Index(above, at) => format!("{}[{at}]", above.text()),
        }
    }

    /// Makes an error at this path.
    pub(super) fn wrong(&self, reason: impl Into<String>) -> BadField {
        BadField { path: self.text(), reason: reason.into() }
    }
}

/// Shows a value in an error, cut where it is long.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        other => other.to_string(),
    };
    if text.chars().count() > 40 { format!("{}…", text.chars().take(40).collect::<String>()) } else { text }
}

impl<'a> Object<'a> {
    /// Takes a value as an object.
    pub(super) fn of(value: &'a Value, path: At<'a>) -> Result<Self, BadField> {
        match value {
            Value::Object(map) => Ok(Self { map, path }),
            other => Err(path.wrong(format!("this must be an object, not `{}`", shown(other)))),
        }
    }

    /// Returns the path of a field.
    pub(super) const fn at(&'a self, name: &'a str) -> At<'a> {
        At::Field(&self.path, name)
    }

    /// Returns a field that is there and not null.
    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        self.map.get(name).filter(|value| !value.is_null())
    }

    /// Returns a text; a blank one is none.
    pub(super) fn text(&self, name: &str) -> Result<Option<&'a str>, BadField> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) if text.chars().count() > MOST_TEXT => {
                Err(self.at(name).wrong(format!("this must be a text of at most {MOST_TEXT} characters")))
            }
            Some(Value::String(text)) => Ok(Some(text.trim()).filter(|text| !text.is_empty())),
            Some(other) => Err(self.at(name).wrong(format!("this must be a text, not `{}`", shown(other)))),
        }
    }

    /// Returns a text that must be there.
    pub(super) fn needed(&self, name: &str) -> Result<&'a str, BadField> {
        self.text(name)?.ok_or_else(|| self.at(name).wrong("is missing"))
    }

    /// Returns whether a field is true; absent is false.
    pub(super) fn flag(&self, name: &str) -> Result<bool, BadField> {
        match self.get(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(other) => {
                Err(self.at(name).wrong(format!("this must be true or false, not `{}`", shown(other))))
            }
        }
    }

    /// Returns a whole number from 0.
    pub(super) fn count(&self, name: &str) -> Result<Option<u32>, BadField> {
        self.get(name).map_or(Ok(None), |value| {
            let number = value.as_u64().and_then(|n| u32::try_from(n).ok());
            let fail =
                || self.at(name).wrong(format!("this must be a whole number from 0, not `{}`", shown(value)));
            number.map(Some).ok_or_else(fail)
        })
    }

    /// Returns a number as it is written, for an amount.
    pub(super) fn number(&self, name: &str) -> Result<Option<String>, BadField> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(other) => Err(self.at(name).wrong(format!("this must be a number, not `{}`", shown(other)))),
        }
    }

    /// Returns one word of a closed list.
    pub(super) fn word<T>(
        &self,
        name: &str,
        of: impl Fn(&str) -> Option<T>,
        ids: &[&str],
    ) -> Result<Option<T>, BadField> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        if let Some(word) = of(text) {
            return Ok(Some(word));
        }
        let near = ids
            .iter()
            .map(|id| (strsim::damerau_levenshtein(id, &text.to_lowercase()), *id))
            .min()
            .filter(|(distance, id)| *distance <= id.len().div_ceil(3));
        let hint = match near {
            Some((_, id)) => format!("did you mean `{id}`?"),
            None => format!("use one of these: {}", ids.join(", ")),
        };
        Err(self.at(name).wrong(format!("`{}` is not known; {hint}", shown(&Value::from(text)))))
    }

    /// Returns a day.
    pub(super) fn day(&self, name: &str) -> Result<Option<Date>, BadField> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        day(text).map(Some).map_err(|reason| self.at(name).wrong(reason))
    }

    /// Returns a day that is not after today.
    pub(super) fn past_day(&self, name: &str, now: Date) -> Result<Option<Date>, BadField> {
        let found = self.day(name)?;
        match found {
            Some(day) if day > now => Err(self
                .at(name)
                .wrong(format!("`{day}` is after today ({now}): only give what has already happened"))),
            _ => Ok(found),
        }
    }

    /// Returns a field as an object.
    pub(super) fn object(&'a self, name: &'a str) -> Result<Option<Self>, BadField> {
        self.get(name).map(|value| Self::of(value, self.at(name))).transpose()
    }

    /// Returns a list, an absent one as empty.
    pub(super) fn list(&self, name: &str, most: usize) -> Result<&'a [Value], BadField> {
        match self.get(name) {
            None => Ok(&[]),
            Some(Value::Array(items)) if items.len() > most => {
                Err(self.at(name).wrong(format!("there can be at most {most} entries, not {}", items.len())))
            }
            Some(Value::Array(items)) => Ok(items),
            Some(other) => Err(self.at(name).wrong(format!("this must be a list, not `{}`", shown(other)))),
        }
    }

    /// Returns a list of texts.
    pub(super) fn texts(&self, name: &str, most: usize) -> Result<Vec<String>, BadField> {
        let mut texts = Vec::new();
        for (at, item) in self.list(name, most)?.iter().enumerate() {
            let above = self.at(name);
            let wrong = || At::Index(&above, at).wrong(format!("this must be a text, not `{}`", shown(item)));
            let text = item.as_str().filter(|text| text.chars().count() <= MOST_TEXT).ok_or_else(wrong)?;
            if !text.trim().is_empty() {
                texts.push(text.trim().to_owned());
            }
        }
        Ok(texts)
    }
}

/// Parses a day: `2026-03-04`, and nothing that could be read in two ways.
fn day(text: &str) -> Result<Date, String> {
    let shape = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    if shape {
        return text.parse().map_err(|_| format!("`{text}` is not a date in the calendar"));
    }
    let cut: String = text.chars().take(40).collect();
    let parts: Vec<&str> = text.split(['/', '.', '-']).map(str::trim).collect();
    if let [first, second, year] = *parts.as_slice()
        && let (Ok(a), Ok(b), Ok(_)) = (first.parse::<u8>(), second.parse::<u8>(), year.parse::<u16>())
    {
        let reason = if (1..=12).contains(&a) && (1..=12).contains(&b) {
            "is ambiguous"
        } else {
            "is not in the right form"
        };
        return Err(format!("`{cut}` {reason}: write year-month-day, such as 2026-03-04"));
    }
    Err(format!("`{cut}` is not a day: write year-month-day, such as 2026-03-04"))
}

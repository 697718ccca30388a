//! Submissions in the order of a body's own form: one file a body under `templates/bodies`, named by its id in the atlas,
//! and one line here.
//!
//! A file is a template as any other. Its head also says for which language it is, which letter it stands in for (`as`),
//! where the order was read and on which day, and which papers the body asks for. A body without a file gets the general
//! form. A user's own file of the same name takes its place.

use jiff::civil::Date;
use serde::Serialize;

use super::kind::Kind;
use super::language::Language;
use super::template;

/// The form of a body.
#[derive(Clone, Copy, Debug)]
pub struct Submission {
    /// The body, by its id in the atlas.
    pub body: &'static str,
    pub(super) text: &'static str,
}

/// What is known of the form that a draft follows.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, schemars::JsonSchema)]
pub struct OwnForm {
    /// The body, by its id in the atlas.
    pub body: String,
    /// Papers that the body asks for.
    pub papers: Vec<String>,
    /// Where it was read.
    pub sources: Vec<String>,
    /// On which day.
    #[schemars(with = "Option<String>")]
    pub checked: Option<Date>,
    /// What one should know of it, such as how sure its order is.
    pub note: Option<String>,
}

/// Lists the files.
macro_rules! submissions {
    ($($body:literal)+) => {
        &[$(Submission { body: $body, text: include_str!(concat!("../../templates/bodies/", $body, ".txt")) }),+]
    };
}

/// Every body whose form is known.
pub const SUBMISSIONS: &[Submission] = submissions! {
    "au-afca"
    "au-tio"
    "de-bafin"
    "de-soep"
    "de-versicherungsombudsmann"
    "gb-cisas"
    "gb-communications-ombudsman"
    "gb-energy-ombudsman"
    "gb-financial-ombudsman"
    "ie-fspo"
    "us-cfpb"
    "us-dot-aviation"
    "us-fcc"
};

impl Submission {
    /// Returns the form of a body.
    #[must_use]
    pub fn of(body: &str) -> Option<&'static Self> {
        SUBMISSIONS.iter().find(|submission| submission.body == body)
    }

    /// Returns its language.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        Language::parse(&self.head()?.language?).ok()
    }

    /// Returns the letter that it stands in for.
    #[must_use]
    pub fn kind(&self) -> Option<&'static Kind> {
        Kind::named(&self.head()?.stands_for?)
    }

    /// Returns what it is, in its language.
    #[must_use]
    pub fn title(&self) -> String {
        self.head().map(|head| head.title).unwrap_or_default()
    }

    fn head(&self) -> Option<template::Head> {
        Some(template::part(self.body, self.text).ok()?.head)
    }
}

impl template::Head {
    /// Returns what the head says of the form of a body, where it is one.
    pub(super) fn form_of(&self, name: &str) -> Option<OwnForm> {
        self.stands_for.as_ref()?;
        Some(OwnForm {
            body: name.to_owned(),
            papers: self.papers.clone(),
            sources: self.sources.clone(),
            checked: self.checked.and_then(|day| day.to_string().parse().ok()),
            note: self.note.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_names_its_language_its_letter_its_sources_and_the_day_they_were_read() {
        for submission in SUBMISSIONS {
            let head = submission.head().unwrap_or_else(|| panic!("{}: its head is broken", submission.body));
            assert!(submission.language().is_some(), "{}: no language", submission.body);
            let kind = submission.kind().unwrap_or_else(|| panic!("{}: no letter", submission.body));
            assert!(matches!(kind.name, "adr" | "regulator"), "{}", submission.body);
            let form = head.form_of(submission.body).unwrap();
            assert!(form.checked.is_some() && !form.papers.is_empty() && form.note.is_some(), "{form:?}");
            assert!(form.sources.iter().all(|url| url.starts_with("http")) && !form.sources.is_empty());
        }
    }
}

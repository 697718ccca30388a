//! Templates: the words of each letter as a text file with a short head, built in or the user's own.
//!
//! A file begins with a head between two lines of `+++`: TOML with `title`, and `subject` for what has one. The rest is
//! the text in the language of Jinja. Files whose name begins with `_` are parts that others include. A user's own file
//! of the same name takes the place of the built-in one.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::language::Language;

/// The head of a template file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    /// What the letter is, in its language.
    #[serde(default)]
    pub(super) title: String,
    /// The subject line, in the language of Jinja.
    pub(super) subject: Option<String>,
    /// For the form of a body: its language, the letter that it stands in for, the papers that it asks for, where and when
    /// it was read, and what one should know of it.
    pub(super) language: Option<String>,
    #[serde(rename = "as")]
    pub(super) stands_for: Option<String>,
    #[serde(default)]
    pub(super) papers: Vec<String>,
    #[serde(default)]
    pub(super) sources: Vec<String>,
    pub(super) checked: Option<toml::value::Datetime>,
    pub(super) note: Option<String>,
}

/// A user's own template.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OwnTemplate {
    /// The file that it was read from, for messages.
    pub file: String,
    /// Its language.
    pub language: Language,
    /// The name of the letter or part, as in `email` or `_steps`.
    pub name: String,
    /// The text of the file; empty where it could not be read.
    pub text: String,
    /// Why it could not be read.
    pub unread: Option<String>,
}

/// Why a template cannot be used.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum TemplateError {
    /// The head is not closed or not TOML.
    #[error("`{file}` line {line}: {reason}; a head stands between two lines of `+++`")]
    Head {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// The text is not a template.
    #[error("`{file}` line {line}: {reason}")]
    Text {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// The file could not be read.
    #[error("`{file}`: {reason}")]
    Unread {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
    /// The file says nothing: a letter of it would be blank.
    #[error(
        "`{file}` line 1: it is empty; to leave a part out of every letter, write `{{# nothing #}}` into its file"
    )]
    Empty {
        /// The file.
        file: String,
    },
    /// No letter, part or body has that name: it would never be used.
    #[error("`{file}`: no letter is called `{name}`{}", near.as_ref().map_or(String::new(), |near| format!(": did you mean `{near}`?")))]
    Unknown {
        /// The file.
        file: String,
        /// Its name.
        name: String,
        /// The name that is nearest.
        near: Option<String>,
    },
    /// The template needs more work than a letter may take.
    #[error("`{file}`: the template does not end; look for a loop in it")]
    Endless {
        /// The file.
        file: String,
    },
}

/// A file as its head and text, and how many lines the head takes.
pub(super) struct Parted<'a> {
    pub(super) head: Head,
    pub(super) text: &'a str,
    pub(super) lines_before: usize,
}

/// Parts a file into head and text.
pub(super) fn part<'a>(file: &str, whole: &'a str) -> Result<Parted<'a>, TemplateError> {
    let Some(rest) = whole.strip_prefix("+++\n") else {
        return Ok(Parted { head: Head::default(), text: whole, lines_before: 0 });
    };
    let Some(end) = rest.find("\n+++\n") else {
        return Err(TemplateError::Head {
            file: file.to_owned(),
            line: 1,
            reason: "the head does not end".to_owned(),
        });
    };
    let toml = &rest[..end];
    let head = toml::from_str(toml).map_err(|error| TemplateError::Head {
        file: file.to_owned(),
        line: 2 + error.span().map_or(0, |span| toml[..span.start.min(toml.len())].matches('\n').count()),
        reason: error.message().to_owned(),
    })?;
    Ok(Parted { head, text: &rest[end + 5..], lines_before: 2 + toml.matches('\n').count() + 1 })
}

/// Returns the names of the templates that a text includes.
pub(super) fn included(text: &str) -> impl Iterator<Item = &str> {
    let after = text.match_indices("include").map(|(at, word)| text[at + word.len()..].trim_start());
    after.filter_map(|rest| {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest[1..].split(quote).next()
    })
}

/// Returns the built-in files of a language by name.
pub(super) fn built_in(language: Language) -> BTreeMap<&'static str, &'static str> {
    super::built_in::files(language).iter().copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_head_is_named_with_its_line() {
        let error = part("own.txt", "+++\ntitle = \"x\"\nsubject = 3\n+++\ntext").err().unwrap();
        assert!(error.to_string().starts_with("`own.txt` line 3: "), "{error}");
        let error = part("own.txt", "+++\ntitle = \"x\"\ntext").err().unwrap();
        assert!(error.to_string().contains("does not end"), "{error}");
    }

    #[test]
    fn a_file_without_a_head_is_all_text() {
        let parted = part("own.txt", "Hello {{ company }}").unwrap();
        assert_eq!((parted.text, parted.lines_before), ("Hello {{ company }}", 0));
    }
}

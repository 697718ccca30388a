//! The words of a dossier in each language, one file a language under `data/dossier`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::draft::Language;

macro_rules! labels {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// The words of a dossier; a name in braces is put in.
        #[derive(Debug, Deserialize, Serialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        #[expect(missing_docs, reason = "each field is the phrase of its name, in data/dossier")]
        pub struct Labels {
            $($(#[$doc])* pub $name: String,)+
            /// Whose act, by id.
            pub by: BTreeMap<String, String>,
            /// Kinds of log entries, by id.
            pub kinds: BTreeMap<String, String>,
            /// What became of a promise: `yes`, `broken`, `open`, `no_day`.
            pub kept: BTreeMap<String, String>,
            /// Clocks by unit.
            pub clock: BTreeMap<String, String>,
        }
    };
}

labels! {
    dossier, against, as_of, summary, contents, complainant, represented_by, opponent, references, what_happened, since, on_day, goes_on,
    amount, paid_by, agreed, impact, asked, fallback, moments, standing, standing_holder, standing_contacts,
    standing_final, standing_closed, standing_none, parties, timeline, promises, steps, remedy, exhibits, hashes, date,
    who, what, promised, due, outcome, channel, answer, exhibit, file, size, pages, sha256, stamp, page, not_stated,
    reasons, sources, checked, own_procedure, own_acknowledge, own_respond, next_body, next_body_now, no_answer,
    reference_given, held, due_by, none_promises, none_steps, none_exhibits, hash_note, log_note, mail_from, mail_to,
    mail_date, mail_subject, mail_files, why_locked, why_broken, why_unknown, why_big, no_file, why_missing, left_out,
    picture_of, contents_note,
}

impl Labels {
    /// Returns the words of a language.
    ///
    /// # Panics
    ///
    /// Where a built-in file is broken: a test reads every one.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        static READ: OnceLock<BTreeMap<Language, Labels>> = OnceLock::new();
        let all = READ.get_or_init(|| {
            Language::ALL
                .into_iter()
                .map(|language| {
                    let text = match language {
                        Language::En => include_str!("../../data/dossier/en.toml"),
                        Language::De => include_str!("../../data/dossier/de.toml"),
                        Language::Fr => include_str!("../../data/dossier/fr.toml"),
                        Language::Es => include_str!("../../data/dossier/es.toml"),
                    };
                    (language, toml::from_str(text).expect("a test reads every file"))
                })
                .collect()
        });
        &all[&language]
    }

    /// Returns the name of an id in one of the tables, the id in plain letters where there is none.
    pub(super) fn named(table: &BTreeMap<String, String>, id: &str) -> String {
        table.get(id).cloned().unwrap_or_else(|| id.replace('_', " "))
    }
}

/// Puts values into a phrase.
pub(super) fn put(phrase: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(phrase.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_names_every_kind_of_entry_and_keeps_the_same_blanks() {
        let holes = |labels: &Labels| {
            let serde_json::Value::Object(fields) = serde_json::to_value(labels).unwrap() else { panic!() };
            fields
                .into_iter()
                .map(|(name, value)| {
                    let mut holes: Vec<String> = value
                        .as_str()
                        .unwrap_or_default()
                        .split('{')
                        .skip(1)
                        .filter_map(|rest| Some(rest.split_once('}')?.0.to_owned()))
                        .collect();
                    holes.sort();
                    (name, holes)
                })
                .collect::<Vec<_>>()
        };
        let english = holes(Labels::of(Language::En));
        for language in Language::ALL {
            let labels = Labels::of(language);
            for kind in casework::LogKind::IDS {
                assert!(labels.kinds.contains_key(*kind), "{language:?}: {kind}");
            }
            for by in casework::By::IDS {
                assert!(labels.by.contains_key(*by), "{language:?}: {by}");
            }
            assert_eq!(holes(labels), english, "{language:?}");
        }
    }
}

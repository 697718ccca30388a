//! The built-in template files, compiled into the program.

use super::language::Language;

/// Lists the files of one language folder.
macro_rules! files {
    ($language:literal) => {
        files!($language:
            "_reference" "_story" "_steps" "_wanted" "_deadline" "_enclosures" "_me" "_company" "_complained" "_answers" "_papers" "_last_word"
            "email" "letter" "formal" "supervisor" "executive" "post" "message" "chat" "call" "chaser" "challenge"
            "accept" "counter" "decline" "deadlock" "adr" "regulator" "chargeback" "access-request" "before-action"
            "thanks" "confirmation" "question" "next-contact" "authority")
    };
    ($language:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../templates/", $language, "/", $name, ".txt")))),*]
    };
}

const EN: &[(&str, &str)] = files!("en");
const DE: &[(&str, &str)] = files!("de");
const FR: &[(&str, &str)] = files!("fr");
const ES: &[(&str, &str)] = files!("es");

/// Returns name and text of each file of a language.
pub(super) const fn files(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::En => EN,
        Language::De => DE,
        Language::Fr => FR,
        Language::Es => ES,
    }
}

/// Returns the text of a language's conventions.
pub(super) const fn convention(language: Language) -> &'static str {
    match language {
        Language::En => include_str!("../../templates/en/convention.toml"),
        Language::De => include_str!("../../templates/de/convention.toml"),
        Language::Fr => include_str!("../../templates/fr/convention.toml"),
        Language::Es => include_str!("../../templates/es/convention.toml"),
    }
}

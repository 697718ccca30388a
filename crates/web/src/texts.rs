//! The texts of the pages, a data file a language. A new language is a file and a line here.

use std::collections::HashMap;

use crate::said::Sayings;

/// A language of the pages.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Lang {
    /// English.
    En,
    /// German.
    De,
}

impl Lang {
    /// Every language.
    pub(crate) const ALL: [Self; 2] = [Self::En, Self::De];

    /// Returns its code (ISO 639-1).
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// Returns its own name for itself.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
        }
    }

    /// Returns the language of a code.
    pub(crate) fn named(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// Returns the first language that we have of those that a browser asks for; English where there is none.
    pub(crate) fn accepted(header: &str) -> Self {
        header
            .split(',')
            .find_map(|part| Self::named(part.split([';', '-']).next().unwrap_or_default().trim()))
            .unwrap_or(Self::En)
    }

    const fn file(self) -> &'static str {
        match self {
            Self::En => include_str!("../texts/en.toml"),
            Self::De => include_str!("../texts/de.toml"),
        }
    }
}

/// Every text.
#[derive(Debug)]
pub(crate) struct Texts {
    of: Vec<(Lang, HashMap<String, String>)>,
    said: Vec<(Lang, Sayings)>,
    api: Sayings,
}

impl Texts {
    /// Reads the files. A test holds that they are whole and that each has the keys of the others.
    pub(crate) fn new() -> Self {
        Self {
            of: Lang::ALL.into_iter().map(|lang| (lang, read(lang.file()))).collect(),
            said: Lang::ALL.into_iter().map(|lang| (lang, Sayings::of(lang))).collect(),
            api: Sayings::of_api(),
        }
    }

    /// Returns the sentences of the desk in a language.
    pub(crate) fn sayings(&self, lang: Lang) -> Option<&Sayings> {
        self.said.iter().find(|(of, _)| *of == lang).map(|(_, said)| said)
    }

    /// Returns what the desk said as the API says it.
    pub(crate) fn for_programs(&self, words: &str) -> String {
        self.api.text(words)
    }

    /// Returns a text, or nothing where that key is not written.
    pub(crate) fn find(&self, lang: Lang, key: &str) -> Option<&str> {
        let (_, texts) = self.of.iter().find(|(of, _)| *of == lang)?;
        texts.get(key).map(String::as_str)
    }

    /// Returns a text; an empty one where the key is not written, which a test refuses for every key in the code.
    pub(crate) fn get(&self, lang: Lang, key: &str) -> &str {
        self.find(lang, key).unwrap_or_default()
    }
}

fn read(text: &str) -> HashMap<String, String> {
    let table: HashMap<String, HashMap<String, String>> = toml::from_str(text).unwrap_or_default();
    let flat = table.into_iter().flat_map(|(group, texts)| {
        texts.into_iter().map(move |(key, text)| (format!("{group}.{key}"), text))
    });
    flat.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    fn keys(lang: Lang) -> BTreeSet<String> {
        read(lang.file()).into_keys().collect()
    }

    #[test]
    fn every_language_has_the_texts_of_the_others_with_the_same_gaps() {
        assert!(!keys(Lang::En).is_empty());
        for lang in Lang::ALL {
            let difference: Vec<_> = keys(Lang::En).symmetric_difference(&keys(lang)).cloned().collect();
            assert!(difference.is_empty(), "{}: {difference:?}", lang.code());
            for (key, text) in read(lang.file()) {
                let english = &read(Lang::En.file())[&key];
                assert_eq!(
                    text.matches("{}").count(),
                    english.matches("{}").count(),
                    "{}: {key}",
                    lang.code()
                );
            }
        }
    }

    #[test]
    fn every_word_of_a_list_to_choose_from_is_written() {
        use desk::atlas::{List, words_of};
        let known = keys(Lang::En);
        let listed = [
            (List::Sector, "sector"),
            (List::Topic, "problem"),
            (List::PaidBy, "paid_by"),
            (List::ActingAs, "acting_as"),
        ];
        let words = listed
            .iter()
            .flat_map(|(list, group)| words_of(*list).iter().map(move |id| format!("{group}.{id}")));
        let topics = desk::find::topics().map(|id| format!("topic.{id}"));
        let rungs = desk::Rung::ALL.iter().map(|rung| format!("rung.{}", rung.id()));
        let missing: Vec<String> =
            words.chain(topics).chain(rungs).filter(|key| !known.contains(key)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn every_key_in_the_code_is_written() {
        let known = keys(Lang::En);
        let mut missing = BTreeSet::new();
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().flatten() {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                    continue;
                }
                let text = std::fs::read_to_string(entry.path()).unwrap();
                for opening in [".t(\"", ".with(\"", "Fault::new(StatusCode::", "text_key(\""] {
                    for piece in text.split(opening).skip(1) {
                        let quoted = piece.split('"').nth(usize::from(opening.starts_with("Fault")));
                        let key = quoted.filter(|key| key.contains('.') && !key.contains(' '));
                        missing.extend(key.filter(|key| !known.contains(*key)).map(str::to_owned));
                    }
                }
            }
        }
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn the_language_is_the_first_that_we_have() {
        for (header, lang) in
            [("de-AT,de;q=0.9,en;q=0.5", Lang::De), ("fr,en;q=0.8,de;q=0.1", Lang::En), ("xx", Lang::En)]
        {
            assert_eq!(Lang::accepted(header), lang, "{header}");
        }
    }
}

//! Aims: which of several bodies of one trade a case is for, by its words. The rows are data (`data/aims.toml`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use atlas::words::Sector;
use ladder::Country;
use serde::Deserialize;

/// One row.
#[derive(Debug, Deserialize)]
struct Aim {
    body: String,
    sector: Option<Sector>,
    only: Option<Vec<String>>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    late: bool,
}

#[derive(Debug, Default, Deserialize)]
struct Aims {
    compulsory: Vec<Sector>,
    compulsory_in: BTreeMap<String, Vec<Sector>>,
    last_word_only: Vec<String>,
    aim: Vec<Aim>,
}

static AIMS: LazyLock<Aims> = LazyLock::new(|| {
    // A test reads the file and looks every body up, so an empty table cannot slip through.
    toml::from_str(include_str!("../data/aims.toml")).unwrap_or_default()
});

/// Returns whether a body deals with a case of these words.
pub(crate) fn fits<'a>(
    body: &str,
    sector: Option<Sector>,
    words: &(impl Iterator<Item = &'a str> + Clone),
) -> bool {
    let has = |cues: &[String]| {
        words.clone().any(|text| {
            let lower = text.to_lowercase();
            cues.iter().any(|cue| lower.contains(cue.as_str()))
        })
    };
    AIMS.aim
        .iter()
        .filter(|aim| aim.body == body && aim.sector.is_none_or(|of| sector == Some(of)))
        .all(|aim| aim.only.as_ref().is_none_or(|only| has(only)) && !has(&aim.unless))
}

/// Returns whether a body comes only after the company's last word: firms take part in it case by case.
pub(crate) fn is_late(body: &str) -> bool {
    AIMS.aim.iter().any(|aim| aim.late && aim.body == body)
}

/// Returns whether firms of a trade must belong to a scheme.
pub(crate) fn is_compulsory(sector: Option<Sector>, country: Country) -> bool {
    let there = AIMS.compulsory_in.get(country.code());
    sector.is_some_and(|sector| {
        AIMS.compulsory.contains(&sector) || there.is_some_and(|there| there.contains(&sector))
    })
}

/// Returns whether the bodies of a country wait for a last word, and take a mere refusal for none.
pub(crate) fn wants_last_word(country: Country) -> bool {
    AIMS.last_word_only.iter().any(|code| code == country.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_about_an_entry_of_the_atlas() {
        assert!(!AIMS.aim.is_empty() && !AIMS.compulsory.is_empty());
        for aim in &AIMS.aim {
            let atlas = atlas::Atlas::builtin();
            assert!(atlas.head(&aim.body).is_some() || atlas.right(&aim.body).is_some(), "{}", aim.body);
        }
    }

    #[test]
    fn words_tell_which_body_of_a_trade_is_meant() {
        let insurance = Some(Sector::Insurance);
        assert!(fits("ca-olhi", insurance, &["Dental claim refused"].into_iter()));
        assert!(!fits("ca-olhi", insurance, &["Windscreen claim refused"].into_iter()));
        assert!(fits("gb-energy-ombudsman", None, &["anything"].into_iter()));
    }
}

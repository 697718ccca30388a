//! Aims: which of several bodies of one trade a case is for, by its words. The rows are data (`data/aims.toml`).

use std::sync::LazyLock;

use atlas::words::Sector;
use serde::Deserialize;

/// One row.
#[derive(Debug, Deserialize)]
struct Aim {
    body: String,
    sector: Option<Sector>,
    only: Option<Vec<String>>,
    #[serde(default)]
    unless: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Aims {
    aim: Vec<Aim>,
}

static AIMS: LazyLock<Vec<Aim>> = LazyLock::new(|| {
    // A test reads the file and looks every body up, so an empty table cannot slip through.
    toml::from_str::<Aims>(include_str!("../data/aims.toml")).map(|aims| aims.aim).unwrap_or_default()
});

/// Returns whether a body deals with a case of these words.
pub(crate) fn fits<'a>(body: &str, sector: Option<Sector>, words: impl Iterator<Item = &'a str> + Clone) -> bool {
    let has = |cues: &[String]| {
        words.clone().any(|text| {
            let lower = text.to_lowercase();
            cues.iter().any(|cue| lower.contains(cue.as_str()))
        })
    };
    AIMS.iter()
        .filter(|aim| aim.body == body && aim.sector.is_none_or(|of| sector == Some(of)))
        .all(|aim| aim.only.as_ref().is_none_or(|only| has(only)) && !has(&aim.unless))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_about_an_entry_of_the_atlas() {
        assert!(!AIMS.is_empty());
        for aim in AIMS.iter() {
            let atlas = atlas::Atlas::builtin();
            assert!(atlas.head(&aim.body).is_some() || atlas.right(&aim.body).is_some(), "{}", aim.body);
        }
    }

    #[test]
    fn words_tell_which_body_of_a_trade_is_meant() {
        let insurance = Some(Sector::Insurance);
        assert!(fits("ca-olhi", insurance, ["Dental claim refused"].into_iter()));
        assert!(!fits("ca-olhi", insurance, ["Windscreen claim refused"].into_iter()));
        assert!(fits("gb-energy-ombudsman", None, ["anything"].into_iter()));
    }
}

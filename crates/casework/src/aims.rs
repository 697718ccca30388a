//! Aims: which of several bodies of one trade a case is for, by its words. The rows are data (`data/aims.toml`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use atlas::words::{Sector, Topic};
use ladder::Country;
use serde::Deserialize;

/// One row.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Aim {
    body: String,
    /// Of these trades alone; of any where none is named.
    #[serde(default)]
    sectors: Vec<Sector>,
    topics: Option<Vec<Topic>>,
    only: Option<Vec<String>>,
    #[serde(default)]
    called: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    late: bool,
    /// Where it deals with this trade, if not everywhere.
    #[serde(default)]
    regions: Vec<String>,
    /// Whether its decision is followed by another appeal rather than by a court.
    #[serde(default)]
    appeals: bool,
}

impl Aim {
    /// Returns whether it counts in a trade.
    fn is_of(&self, sector: Option<Sector>) -> bool {
        self.sectors.is_empty() || sector.is_some_and(|sector| self.sectors.contains(&sector))
    }
}

#[derive(Debug, Default, Deserialize)]
struct Aims {
    compulsory: Vec<Sector>,
    compulsory_in: BTreeMap<String, Vec<Sector>>,
    last_word_only: Vec<String>,
    spoken: Vec<Spoken>,
    aim: Vec<Aim>,
    matter: Vec<Matter>,
}

/// A matter for which bodies of some trades have times of their own, told by the words of a case.
#[derive(Debug, Deserialize)]
struct Matter {
    topic: Topic,
    /// Of these trades alone; of any where none is named.
    #[serde(default)]
    sectors: Vec<Sector>,
    words: Vec<String>,
    /// Whether it counts whatever topic was told.
    #[serde(default)]
    always: bool,
}

/// Trades of a country in which a complaint that is only spoken sets the times running.
#[derive(Debug, Deserialize)]
struct Spoken {
    country: String,
    sectors: Vec<Sector>,
    law: String,
    source: Option<String>,
}

static AIMS: LazyLock<Aims> = LazyLock::new(|| {
    // A test reads the file and looks every body up, so an empty table cannot slip through.
    toml::from_str(include_str!("../data/aims.toml")).unwrap_or_default()
});

/// A cue of so few letters is also a part of many other words.
const SHORT: usize = 5;

/// Returns whether a text holds a cue; a short one only as a word of its own, in the plural too: `bus` is in no `business`.
fn is_told(lower: &str, cue: &str) -> bool {
    if cue.chars().count() > SHORT {
        return lower.contains(cue);
    }
    lower.match_indices(cue).any(|(at, _)| {
        let after = &lower[at + cue.len()..];
        let ends = |rest: &str| rest.chars().next().is_none_or(|letter| !letter.is_alphanumeric());
        lower[..at].chars().next_back().is_none_or(|letter| !letter.is_alphanumeric())
            && (ends(after) || ["s", "es"].iter().any(|plural| after.strip_prefix(plural).is_some_and(ends)))
    })
}

/// Returns whether a body deals with a case of these words.
pub(crate) fn fits<'a>(
    body: &str,
    sector: Option<Sector>,
    topic: Option<Topic>,
    words: &(impl Iterator<Item = &'a str> + Clone),
) -> bool {
    let has = |cues: &[String]| {
        words.clone().any(|text| {
            let lower = text.to_lowercase();
            cues.iter().any(|cue| is_told(&lower, cue))
        })
    };
    AIMS.aim.iter().filter(|aim| aim.body == body && aim.is_of(sector)).all(|aim| {
        let of_topic = aim.topics.as_ref().is_none_or(|of| topic.is_some_and(|topic| of.contains(&topic)));
        of_topic && aim.only.as_ref().is_none_or(|only| has(only)) && !has(&aim.unless)
    })
}

/// Returns whether a body deals with a trade in a region.
pub(crate) fn is_for_region(body: &str, sector: Option<Sector>, region: Option<&str>) -> bool {
    let of_trade = |aim: &&Aim| aim.body == body && aim.is_of(sector) && !aim.regions.is_empty();
    AIMS.aim
        .iter()
        .filter(of_trade)
        .all(|aim| region.is_none_or(|region| aim.regions.iter().any(|of| of == region)))
}

/// Returns whether what a body decides is followed by another appeal of its own way.
pub(crate) fn has_appeals(body: &str) -> bool {
    AIMS.aim.iter().any(|aim| aim.body == body && aim.appeals)
}

/// Returns the topic of a case, narrowed by its words where the topic that was told says little.
pub(crate) fn narrowed<'a>(
    topic: Option<Topic>,
    sector: Option<Sector>,
    mut words: impl Iterator<Item = &'a str>,
) -> Option<Topic> {
    let says_little = matches!(topic, None | Some(Topic::Other | Topic::PoorService | Topic::Delay));
    let of = |matter: &Matter| {
        matter.sectors.is_empty() || sector.is_some_and(|sector| matter.sectors.contains(&sector))
    };
    let counts = |matter: &&Matter| of(matter) && (says_little || matter.always);
    let of_trade: Vec<&Matter> = AIMS.matter.iter().filter(counts).collect();
    words
        .find_map(|text| {
            let lower = text.to_lowercase();
            let told = |matter: &&&Matter| matter.words.iter().any(|word| lower.contains(word.as_str()));
            of_trade.iter().find(told).map(|matter| matter.topic)
        })
        .or(topic)
}

/// Returns whether a company of a trade means this body by a name that elsewhere stands for another.
pub(crate) fn is_called(body: &str, sector: Option<Sector>, text: &str) -> bool {
    let of_trade = |aim: &&Aim| aim.body == body && aim.is_of(sector);
    let mut names = AIMS.aim.iter().filter(of_trade).flat_map(|aim| &aim.called).peekable();
    // Most bodies have no such name, and the texts may be long.
    if names.peek().is_none() {
        return false;
    }
    let lower = text.to_lowercase();
    names.any(|name| {
        lower.match_indices(name.as_str()).any(|(at, _)| {
            let stands_alone = |beside: Option<char>| beside.is_none_or(|letter| !letter.is_alphanumeric());
            stands_alone(lower[..at].chars().next_back())
                && stands_alone(lower[at + name.len()..].chars().next())
        })
    })
}

/// Returns whether a body deals only with cases of certain words.
pub(crate) fn asks_for_words(body: &str) -> bool {
    AIMS.aim.iter().any(|aim| aim.body == body && aim.only.as_ref().is_some_and(|only| !only.is_empty()))
}

/// Returns whether a body is for this very problem, and for no other.
pub(crate) fn is_made_for(body: &str, topic: Option<Topic>) -> bool {
    let of_topic =
        |aim: &Aim| aim.topics.as_ref().is_some_and(|of| topic.is_some_and(|topic| of.contains(&topic)));
    AIMS.aim.iter().any(|aim| aim.body == body && of_topic(aim))
}

/// Returns the rule by which a complaint that was only spoken counts in a trade, and whether it was read in a source.
pub(crate) fn spoken_counts(sector: Option<Sector>, country: Country) -> Option<(&'static str, bool)> {
    let sector = sector?;
    let row =
        AIMS.spoken.iter().find(|row| row.country == country.code() && row.sectors.contains(&sector))?;
    Some((&row.law, row.source.is_some()))
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

/// Returns that rule in words.
pub(crate) fn spoken_rule(sector: Option<Sector>, country: Country) -> Option<String> {
    let (law, read) = spoken_counts(sector, country)?;
    Some(if read { law.to_owned() } else { format!("{law} (no source is recorded: check it)") })
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
    fn a_short_cue_is_a_word_of_its_own() {
        let told = |body: &str, sector, words: &str| fits(body, Some(sector), None, &std::iter::once(words));
        assert!(told("eu-bus-complaint", Sector::PublicTransport, "The buses did not run"));
        for words in ["my business card", "the omnibus office"] {
            assert!(!told("eu-bus-complaint", Sector::PublicTransport, words), "{words}");
        }
        assert!(told("eu-ship-complaint", Sector::Travel, "Our ship left early"));
        assert!(!told(
            "eu-ship-complaint",
            Sector::Travel,
            "charged twice for shipping and membership points"
        ));
        assert!(!told("gb-dental-complaints-service", Sector::Health, "Crown Opticians lost my glasses"));
        assert!(!told("au-unsolicited-10", Sector::Telecom, "I tried to cancel my plan on the phone"));
        assert!(told("au-unsolicited-10", Sector::Telecom, "They called me and sold me a plan"));
        assert!(!told(
            "eu-package-refund",
            Sector::Travel,
            "I cancelled the holiday home package, I was ill"
        ));
    }

    #[test]
    fn data_in_germany_are_the_federation_s_only_in_two_trades() {
        let only = |sector: &Sector| matches!(sector, Sector::Telecom | Sector::Post | Sector::Parcel);
        for sector in Sector::ALL {
            let federal = fits("de-bfdi", Some(*sector), None, &std::iter::once("my data leaked"));
            assert_eq!(federal, only(sector), "{sector}");
            let of_state =
                fits("de-landesdatenschutz", Some(*sector), None, &std::iter::once("my data leaked"));
            assert_eq!(of_state, !only(sector), "{sector}");
        }
    }

    #[test]
    fn a_spoken_complaint_counts_where_a_rule_says_so() {
        let country = |code| Country::parse(code).unwrap();
        assert!(spoken_counts(Some(Sector::Bank), country("GB")).is_some_and(|(_, read)| read));
        assert_eq!(spoken_counts(Some(Sector::Bank), country("DE")), None);
        assert_eq!(spoken_counts(Some(Sector::Retail), country("GB")), None);
    }

    #[test]
    fn words_narrow_a_topic_that_says_little() {
        let credit = Some(Sector::Credit);
        let told = ["Lost my job and asked for a payment plan"];
        assert_eq!(narrowed(Some(Topic::Other), credit, told.into_iter()), Some(Topic::Hardship));
        // What was told clearly stays, and so does what the trade has no time for.
        assert_eq!(narrowed(Some(Topic::Fraud), credit, told.into_iter()), Some(Topic::Fraud));
        assert_eq!(narrowed(Some(Topic::Other), Some(Sector::Retail), told.into_iter()), Some(Topic::Other));
    }

    #[test]
    fn a_name_that_several_bodies_share_means_the_one_of_the_trade() {
        assert!(is_called("gb-cedr-aviation", Some(Sector::Air), "If we cannot agree you may go to CEDR."));
        assert!(!is_called("gb-cedr-aviation", Some(Sector::Telecom), "you may go to CEDR"));
        assert!(is_called("gb-cisas", Some(Sector::Telecom), "you may go to CEDR"));
        assert!(!is_called("gb-cisas", Some(Sector::Telecom), "the procedure"));
    }

    #[test]
    fn words_tell_which_body_of_a_trade_is_meant() {
        let insurance = Some(Sector::Insurance);
        assert!(fits("ca-olhi", insurance, None, &["Dental claim refused"].into_iter()));
        assert!(!fits("ca-olhi", insurance, None, &["Windscreen claim refused"].into_iter()));
        let deposit = Some(Topic::Deposit);
        assert!(fits("gb-tds", None, deposit, &["x"].into_iter()));
        assert!(!fits("gb-tds", None, Some(Topic::PoorService), &["x"].into_iter()));
        assert!(fits("gb-energy-ombudsman", None, None, &["anything"].into_iter()));
    }
}

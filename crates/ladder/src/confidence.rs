//! Confidence: the probability that a contact point is what the ladder says it is.
//!
//! A logistic model over few, readable features: the kind of source, how many independent sites agree, on how many pages
//! of one site it stands, its channel, how easily its rung is misread, by how many signals it got that rung, and its age.
//! The weights of what hand-made gold covers (own sites, channels, rungs, signals, data) were fitted to it with a ridge and
//! rounded towards doubt, since the rules were made with the same documents at hand; the others were set by hand beside
//! them. `bench/calibration.py` measures and fits them (see `BENCHMARKS.md`); each feature's share is kept, so that a user
//! can be told what the figure is made of.

use crate::channel::Channel;
use crate::finding::Place;
use crate::rung::Rung;
use crate::witness::{SourceKind, Witness};

/// One share of a confidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// What speaks for or against it, in plain words.
    pub words: String,
    /// By how much, in log-odds.
    pub weight: f64,
}

/// A probability between 0 and 1 and what it is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Confidence {
    /// The probability.
    pub probability: f64,
    /// Its shares, in the order in which they were added.
    pub reasons: Vec<Reason>,
}

impl Confidence {
    /// Returns the probability rounded to two digits, as output shows it.
    #[must_use]
    pub fn rounded(&self) -> f64 {
        (self.probability * 100.0).round() / 100.0
    }

    /// Returns the probability in a word: `very likely`, `likely`, `plausible` or `doubtful`.
    #[must_use]
    pub fn in_words(&self) -> &'static str {
        match self.probability {
            p if p >= 0.9 => "very likely",
            p if p >= 0.75 => "likely",
            p if p >= 0.5 => "plausible",
            _ => "doubtful",
        }
    }
}

/// What a confidence is weighed from.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// Every place that says so.
    pub witnesses: &'a [Witness],
    /// How it is reached.
    pub channel: Channel,
    /// The rung it was put on.
    pub rung: Option<Rung>,
    /// How many signals named that rung.
    pub signals: usize,
    /// Whether other sightings of the value were put on other rungs.
    pub contested: bool,
    /// Whether the document notes something odd: text and link that disagree, a number that is not assigned.
    pub odd: bool,
    /// Days since the newest witness stated or was seen, where known.
    pub age_days: Option<i64>,
}

/// Returns the log-odds that a source of this kind names a working contact, and the words for it.
const fn of_source(kind: SourceKind) -> (f64, &'static str) {
    match kind {
        SourceKind::OwnFile => (2.3, "a file that the company publishes for this purpose"),
        SourceKind::OwnDocument => (1.8, "a document of the company itself"),
        SourceKind::OwnSite => (1.8, "the company's own site"),
        SourceKind::Register => (1.6, "a register or a curated file that names its source"),
        SourceKind::ClaimedProfile => (0.9, "a profile that the company has claimed"),
        SourceKind::Told => (0.6, "a representative said so"),
        SourceKind::Listing => (-0.3, "an open listing or the press"),
        SourceKind::Post => (-1.4, "written by users only"),
    }
}

/// Returns the log-odds that a value of this channel is read whole and for what it is, and the words for it.
const fn of_channel(channel: Channel) -> (f64, &'static str) {
    match channel {
        Channel::Phone | Channel::Textphone | Channel::Fax | Channel::Email | Channel::Messaging => {
            (0.3, "numbers and e-mail addresses are read exactly")
        }
        Channel::Social => (0.8, "profiles are known by their address"),
        Channel::Postal | Channel::InPerson => (-0.4, "postal addresses are easily cut short"),
        Channel::Form => (-0.7, "forms are easily confused with others"),
        Channel::Chat | Channel::App | Channel::Web => (0.0, ""),
    }
}

/// Returns the log-odds that a rung is the right one, and the words for it.
const fn of_rung(rung: Option<Rung>) -> (f64, &'static str) {
    match rung {
        Some(Rung::Complaints | Rung::Supervisor | Rung::Management | Rung::Executive) => {
            (-0.2, "who handles complaints is easily misread")
        }
        Some(Rung::Adr | Rung::Regulator) => (0.2, "outside bodies are known by name"),
        Some(Rung::Legal | Rung::Specialist) => (-0.1, "a team for one matter is easily misread"),
        Some(Rung::FrontLine) => (0.0, ""),
        None => (-0.4, "contacts that do not help are easily misread"),
    }
}

/// Weighs a probability from the evidence.
#[must_use]
pub fn weigh(evidence: &Evidence<'_>) -> Confidence {
    let mut reasons: Vec<Reason> = Vec::new();
    let mut add = |weight: f64, words: String| {
        if weight != 0.0 {
            reasons.push(Reason { words, weight });
        }
    };

    let best = evidence
        .witnesses
        .iter()
        .map(|w| of_source(w.source.kind))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .unwrap_or((-2.0, "no witness"));
    add(best.0, best.1.to_owned());

    let mut sites: Vec<&str> = evidence.witnesses.iter().map(|w| w.source.site.as_str()).collect();
    sites.sort_unstable();
    sites.dedup();
    if sites.len() > 1 {
        add(0.7 * bounded(sites.len() - 1, 3), format!("{} independent sites agree", sites.len()));
    }
    let mut pages: Vec<&str> = evidence.witnesses.iter().map(|w| w.source.url.as_str()).collect();
    pages.sort_unstable();
    pages.dedup();
    if pages.len() > 1 {
        add(0.1 * bounded(pages.len() - 1, 3), format!("appears on {} pages", pages.len()));
    }

    if !evidence.witnesses.is_empty() && evidence.witnesses.iter().all(|w| w.place == Place::Data) {
        add(-0.7, "given only in data for machines, which is often out of date".to_owned());
    }
    let (weight, words) = of_channel(evidence.channel);
    add(weight, words.to_owned());
    let (weight, words) = of_rung(evidence.rung);
    add(weight, words.to_owned());

    match evidence.signals {
        0 if evidence.rung.is_some_and(Rung::is_escalation) => add(-0.8, "its rung is inferred".to_owned()),
        0 | 1 => {}
        n => add(0.3 * bounded(n - 1, 3), format!("{n} signals name its rung")),
    }
    if evidence.contested {
        add(-0.5, "other places use it differently".to_owned());
    }
    if evidence.odd {
        add(-0.7, "the document contradicts itself about it".to_owned());
    }
    if let Some(days) = evidence.age_days {
        match days {
            ..=365 => {}
            366..=1095 => add(-0.5, "last confirmed over a year ago".to_owned()),
            _ => add(-1.4, "last confirmed over three years ago".to_owned()),
        }
    }

    let odds: f64 = reasons.iter().map(|reason| reason.weight).sum();
    Confidence { probability: 1.0 / (1.0 + (-odds).exp()), reasons }
}

/// Returns a count as a float, at most `most`.
fn bounded(count: usize, most: u8) -> f64 {
    f64::from(u8::try_from(count).unwrap_or(u8::MAX).min(most))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::witness::Source;

    fn witness(kind: SourceKind, site: &str, url: &str, place: Place) -> Witness {
        let source = Source {
            url: url.into(),
            kind,
            site: site.into(),
            seen: "2026-01-01T00:00:00Z".into(),
            stated: None,
        };
        Witness { source, place, quote: "call us".into() }
    }

    fn probability(witnesses: &[Witness]) -> f64 {
        let rung = Some(Rung::Complaints);
        let channel = Channel::Phone;
        weigh(&Evidence {
            witnesses,
            channel,
            rung,
            signals: 1,
            contested: false,
            odd: false,
            age_days: None,
        })
        .probability
    }

    #[test]
    fn the_companys_own_word_outweighs_any_number_of_strangers() {
        let strangers: Vec<Witness> = (0..40)
            .map(|n| witness(SourceKind::Post, &format!("forum{n}.example"), &format!("u{n}"), Place::Main))
            .collect();
        let own = [witness(SourceKind::OwnSite, "acme.example", "a", Place::Main)];
        assert!(probability(&own) > probability(&strangers));
    }

    #[test]
    fn agreement_raises_and_oddness_lowers() {
        let one = witness(SourceKind::OwnSite, "acme.example", "a", Place::Main);
        let two = witness(SourceKind::Register, "register.example", "b", Place::Main);
        assert!(probability(&[one.clone(), two]) > probability(std::slice::from_ref(&one)));
        let odd = Evidence {
            witnesses: std::slice::from_ref(&one),
            channel: Channel::Phone,
            rung: Some(Rung::Complaints),
            signals: 1,
            contested: false,
            odd: true,
            age_days: Some(2000),
        };
        assert!(weigh(&odd).probability < probability(&[one]));
    }
}

//! What a problem is about, as a face that parses words takes it: a country, a topic, a matter within one.

use ladder::{Country, Topic};

/// Reads a country by its code or its name, for a face that parses words.
///
/// # Errors
///
/// The text of [`ladder::UnknownCountry`], and the name that was perhaps meant.
pub fn parse_country(text: &str) -> Result<Country, String> {
    let lower = text.trim().to_lowercase();
    let named = || Country::parse(reading::postal::country(&lower)?).ok();
    Country::parse(text).or_else(|why| {
        named().ok_or_else(|| {
            // Of two letters every code is near to some name.
            let names: Vec<&str> = reading::postal::countries().map(|(name, _)| name).collect();
            let near = (lower.chars().count() > 3).then(|| atlas::check::suggestion(&lower, &names));
            format!("{why}{}", near.unwrap_or_default())
        })
    })
}

/// Reads a topic, for a face that parses words.
///
/// # Errors
///
/// A text that lists the topics.
pub fn parse_topic(text: &str) -> Result<&'static Topic, String> {
    Topic::parse(text).ok_or_else(|| {
        let known: Vec<&str> = ladder::topic::TOPICS.iter().map(|topic| topic.id).collect();
        let near = near_topics(text);
        let near =
            if near.is_empty() { String::new() } else { format!(" did you mean {}?", near.join(", ")) };
        format!("no topic `{text}`:{near} known are {}", known.join(", "))
    })
}

/// Returns the ids of every topic.
pub fn topics() -> impl Iterator<Item = &'static str> {
    ladder::topic::TOPICS.iter().map(|topic| topic.id)
}

/// What a problem is about: a topic, and the matter within it where the user named one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct About {
    /// The topic.
    pub topic: &'static Topic,
    /// The matter.
    pub matter: Option<&'static str>,
}

/// Reads a topic or a matter, for a face that parses words.
///
/// # Errors
///
/// A text that names near topics and lists them all.
pub fn parse_about(text: &str) -> Result<About, String> {
    parse_topic(text).map(|topic| About { topic, matter: ladder::topic::matter(text) })
}

/// Returns the words for topics that are near to what was typed, the nearest first.
fn near_topics(text: &str) -> Vec<&'static str> {
    let typed = text.trim().to_lowercase().replace([' ', '-'], "_");
    let mut near: Vec<(f64, &'static str)> = ladder::topic::words()
        .map(|word| {
            let shared = typed.split('_').any(|part| part.len() >= 4 && word.contains(part));
            let likeness = strsim::jaro_winkler(&typed, word);
            (if shared { likeness.max(0.9) } else { likeness }, word)
        })
        .filter(|(likeness, _)| *likeness >= 0.85)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.dedup_by_key(|(_, word)| *word);
    near.into_iter().take(4).map(|(_, word)| word).collect()
}

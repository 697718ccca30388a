//! Reading a company's reply: what kind of answer it is, whether it answers, what it promises, what it gives.
//!
//! Labels are sums of weighted cues (`data/words`, `data/weights/reply.txt`); each carries the words it rests on. Whether the reply engages
//! with the core of the complaint is told by comparison with the complaint, and is unknown without one.

mod dated;
mod features;
mod given;
mod negation;
mod wish;

use std::sync::LazyLock;

use atlas::calendar::WorkingDays;
use jiff::civil::Date;
use ladder::Country;
use serde::Serialize;

pub(crate) use features::sentences;
pub use given::{Contact, Given, Role};
pub(crate) use negation::denied;

use crate::fold::Folded;
use crate::input::{self, InputError};
use crate::linear::Weights;
use crate::promise::{self, Promise};
use crate::words::{self, Hit};
use features::Features;

/// The trained weights.
static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| Weights::parse(include_str!("../../data/weights/reply.txt")));

/// The answer whose weights tell whether the core is addressed.
const CORE: &str = "addresses_core";

/// A kind of reply.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// Could be sent to anyone: no fact of the case is taken up.
    Generic,
    /// Takes up a fact of the case and says something about it.
    Specific,
    /// A concrete remedy is given, offered or on its way.
    ResolutionOffer,
    /// The company says that it has finished.
    FinalResponse,
    /// Received, logged, passed on, being looked into; no outcome yet.
    Acknowledgement,
    /// Asks the customer for facts or papers.
    InformationRequest,
    /// Something that the customer wants is declined.
    Refusal,
    /// Sends the customer elsewhere.
    Transfer,
}

impl Label {
    /// All labels, in the order they are printed.
    pub const ALL: [Self; 8] = [
        Self::Generic,
        Self::Specific,
        Self::ResolutionOffer,
        Self::FinalResponse,
        Self::Acknowledgement,
        Self::InformationRequest,
        Self::Refusal,
        Self::Transfer,
    ];

    /// Returns the identifier that is printed.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Generic => "generic",
            Self::Specific => "specific",
            Self::ResolutionOffer => "resolution_offer",
            Self::FinalResponse => "final_response",
            Self::Acknowledgement => "acknowledgement",
            Self::InformationRequest => "information_request",
            Self::Refusal => "refusal",
            Self::Transfer => "transfer",
        }
    }

    /// Says what it means for the customer, in one sentence.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Generic => "could have been sent to anyone: nothing of your case is taken up",
            Self::Specific => "takes up something of your case",
            Self::ResolutionOffer => "gives or offers a remedy",
            Self::FinalResponse => {
                "the company says that it has finished: the way to an outside body may be open now"
            }
            Self::Acknowledgement => "received or passed on; no outcome yet",
            Self::InformationRequest => "asks you for something",
            Self::Refusal => "declines something that you want",
            Self::Transfer => "sends you elsewhere",
        }
    }
}

/// Why a label was given.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Evidence {
    /// The label.
    pub label: Label,
    /// How far the sum lies above the threshold: a figure to compare with, not a probability.
    pub weight: f32,
    /// The words that it rests on, the weightiest first; none where the shape of the text alone decided.
    pub words: Vec<String>,
}

/// What to read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Letter<'t> {
    /// The reply.
    pub text: &'t str,
    /// The message that it answers.
    pub complaint: Option<&'t str>,
    /// When it was sent: dates without a year, and "tomorrow", are counted from it.
    pub sent: Option<Date>,
    /// Its language as an ISO 639-1 code, where it is known.
    pub lang: Option<&'t str>,
    /// The country of the case: it tells which of two numbers is the month.
    pub country: Option<Country>,
    /// The days on which people work where the case belongs: without them a length in working days has no last day.
    pub calendar: Option<&'t WorkingDays<'t>>,
}

/// What a reply says.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Reading {
    /// The language that it was read in; none for one that is not read yet.
    pub lang: Option<&'static str>,
    /// What kinds of answer it is.
    pub labels: Vec<Label>,
    /// Whether it engages with what the customer complains of; null where that cannot be told.
    pub addresses_core: Option<bool>,
    /// The day that the letter bears itself: times are counted from it where no other day is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub dated: Option<Date>,
    /// Promises, in order.
    pub promises: Vec<Promise>,
    /// Deadlines that it lays on the customer.
    pub customer_duties: Vec<Promise>,
    /// References, names and contact points that it gives.
    pub given: Given,
    /// The words that each label rests on.
    pub evidence: Vec<Evidence>,
    /// What could not be read, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// Reads a reply.
///
/// # Errors
///
/// [`InputError`] where the text is empty, has no words, is no text at all, or is too long.
pub fn read(letter: &Letter<'_>) -> Result<Reading, InputError> {
    input::check(letter.text)?;
    let text = Folded::new(letter.text);
    let lang = letter.lang.filter(|code| words::of(code).is_some()).or_else(|| words::tell(&text));
    let lexicon = lang.and_then(words::of);
    let given = given::read(&text);
    let Some(lexicon) = lexicon else {
        let languages: Vec<&str> = words::languages().collect();
        let note = format!(
            "this language is not read yet (read are: {}): only numbers and addresses were looked for",
            languages.join(", ")
        );
        return Ok(Reading {
            lang: None,
            labels: Vec::new(),
            addresses_core: None,
            dated: None,
            promises: Vec::new(),
            customer_duties: Vec::new(),
            given,
            evidence: Vec::new(),
            notes: vec![note],
        });
    };
    let complaint =
        letter.complaint.filter(|c| !c.trim().is_empty() && c.len() <= input::MOST_BYTES).map(Folded::new);
    let features = features::of(&text, complaint.as_ref(), lexicon);
    let mut evidence = Vec::new();
    let said = said_by_sentence(&text, lexicon);
    for label in decide(&features, &said) {
        let by_sentence = said.iter().find(|one| one.label == label && score(label, &features) <= 0.0);
        evidence.push(by_sentence.cloned().unwrap_or_else(|| Evidence {
            label,
            weight: score(label, &features),
            words: reasons(label, &features, &text),
        }));
    }
    let order = promise::order(&text, letter.text, letter.country, lexicon);
    let dated = dated::of(letter.text, order, lexicon);
    let written = promise::Written { sent: letter.sent.or(dated), order };
    let commitments = promise::read(&text, written, lexicon, letter.calendar);
    let dues = commitments.promises.iter().chain(&commitments.duties);
    let notes = dues.filter_map(Promise::open_day).collect();
    Ok(Reading {
        lang: Some(lexicon.code.as_str()),
        labels: evidence.iter().map(|e| e.label).collect(),
        addresses_core: complaint.is_some().then(|| WEIGHTS.score(CORE, features.names()) > 0.0),
        dated,
        promises: commitments.promises,
        customer_duties: commitments.duties,
        given,
        evidence,
        notes,
    })
}

/// Returns the features by which a reply is judged, for the training of the weights; none in a language that is not read.
#[must_use]
pub fn features_of(text: &str, complaint: Option<&str>, lang: Option<&str>) -> Vec<String> {
    let folded = Folded::new(text);
    let lang = lang.or_else(|| words::tell(&folded));
    let Some(lexicon) = lang.and_then(words::of) else { return Vec::new() };
    let complaint = complaint.map(Folded::new);
    features::of(&folded, complaint.as_ref(), lexicon).names().map(str::to_owned).collect()
}

/// Returns the sum of a label.
fn score(label: Label, features: &Features) -> f32 {
    WEIGHTS.score(label.id(), features.names())
}

/// Labels that a sentence can give by itself, whatever the rest says, with the cue that must stand in it and how sure it must be.
///
/// A letter that gives one thing and declines another is both: as a whole each takes from the other's sum.
const BY_SENTENCE: [(Label, &str, f32); 2] =
    [(Label::ResolutionOffer, "given", 1.0), (Label::Refusal, "refuse_core", 0.5)];

/// How sure a way outside that stands open makes it that the company has finished.
const WAY_OPEN: f32 = 1.0;

/// Returns the words by which a letter says that the way to somebody outside stands open now.
///
/// A company that says so has finished, in whatever words: the customer's last day counts from this letter. Not so where the way opens later
/// ("after eight weeks", "if we have not answered by then"), nor where the letter announces an answer of its own.
fn way_open(text: &Folded<'_>, lexicon: &'static words::Lexicon) -> Option<String> {
    let cue = |name: &str| lexicon.reply.iter().find(|cue| cue.name == name);
    let stands = |name: &str, bytes: &[u8]| cue(name).is_some_and(|cue| cue.first(bytes).is_some());
    if stands("final_later", &text.bytes) {
        return None;
    }
    let open = cue("way_open")?;
    sentences(&text.bytes).into_iter().find_map(|(start, end)| {
        let opens = |sentence: &[u8]| {
            let hit = open.first(sentence)?;
            (!stands("way_later", sentence) && !denied(sentence, hit, lexicon)).then_some(hit)
        };
        if let Some(hit) = opens(&text.bytes[start..end]) {
            return Some(text.quote(start + hit.start, start + hit.end).to_owned());
        }
        // Whom the words do not name by what it is, the atlas may know by its name.
        let sentence = text.quote(start, end);
        let named = with_bodies_named(sentence, lexicon)?;
        opens(&Folded::new(&named).bytes).map(|_| sentence.to_owned())
    })
}

/// Returns a sentence with the names of outside bodies made into a word for one; nothing where it has none.
fn with_bodies_named(sentence: &str, lexicon: &words::Lexicon) -> Option<String> {
    let mentions = atlas::Atlas::builtin().mentions(sentence, None);
    let word = match lexicon.code.as_str() {
        "de" => "Ombudsmann",
        "fr" => "médiateur",
        "es" => "defensor",
        _ => "ombudsman",
    };
    let (mut named, mut at) = (String::new(), 0);
    for mention in &mentions {
        let (from, to) = (mention.span.start, mention.span.end);
        if from < at || !sentence.is_char_boundary(from) || !sentence.is_char_boundary(to) {
            continue;
        }
        named.push_str(&sentence[at..from]);
        named.push_str(word);
        at = to;
    }
    named.push_str(&sentence[at..]);
    (at > 0).then_some(named)
}

/// Returns the labels that single sentences of a letter give, each with the words of its sentence.
fn said_by_sentence(text: &Folded<'_>, lexicon: &'static words::Lexicon) -> Vec<Evidence> {
    let ranges = sentences(&text.bytes);
    let mut said: Vec<Evidence> = Vec::new();
    if let Some(words) = way_open(text, lexicon) {
        said.push(Evidence { label: Label::FinalResponse, weight: WAY_OPEN, words: vec![words] });
    }
    // A letter of one sentence was read as a whole.
    if ranges.len() < 2 {
        return said;
    }
    for (start, end) in ranges {
        let sentence = Folded::new(text.quote(start, end));
        let features = features::of(&sentence, None, lexicon);
        for (label, cue, sure) in BY_SENTENCE {
            let weight = score(label, &features);
            if features.has(cue) && weight > sure && !said.iter().any(|one| one.label == label) {
                said.push(Evidence { label, weight, words: reasons(label, &features, &sentence) });
            }
        }
    }
    said
}

/// Decides which labels hold.
fn decide(features: &Features, said: &[Evidence]) -> Vec<Label> {
    let holds = |label: &Label| score(*label, features) > 0.0 || said.iter().any(|one| one.label == *label);
    let mut labels: Vec<Label> = Label::ALL.into_iter().filter(holds).collect();
    // By definition never both: the weightier stays.
    if labels.contains(&Label::Generic) && labels.contains(&Label::Specific) {
        let generic = score(Label::Generic, features) > score(Label::Specific, features);
        labels.retain(|label| *label != if generic { Label::Specific } else { Label::Generic });
    }
    if labels.is_empty() {
        // Every reply is something: the likeliest.
        let best = Label::ALL.into_iter().max_by(|a, b| score(*a, features).total_cmp(&score(*b, features)));
        labels.extend(best);
    }
    labels
}

/// Returns the words that a label rests on: up to three places of the weightiest cues for it.
fn reasons(label: Label, features: &Features, text: &Folded<'_>) -> Vec<String> {
    let cues = features.cues.iter().filter_map(|(cue, hits)| Some((*cue, *hits.first()?)));
    let terms = features.terms.iter().map(|(term, hit)| (term.as_str(), *hit));
    let mut cues: Vec<(f32, Hit)> = cues
        .chain(terms)
        .map(|(name, hit)| (WEIGHTS.weight(label.id(), name), hit))
        .filter(|(w, _)| *w > 0.1)
        .collect();
    cues.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut words: Vec<String> = Vec::new();
    for (_, hit) in cues {
        let quote = text.quote(hit.start, hit.end);
        if quote.len() > 1 && !words.iter().any(|w| w.contains(quote)) {
            words.push(quote.to_owned());
        }
        if words.len() == 3 {
            break;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_has_weights() {
        let known: Vec<&str> = WEIGHTS.answers().collect();
        for label in Label::ALL {
            assert!(known.contains(&label.id()), "{}", label.id());
        }
        assert!(known.contains(&CORE));
        let table = include_str!("../../data/weights/reply.txt");
        for line in table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            assert!(
                line.split_whitespace().count() == 3
                    && line.split_whitespace().nth(2).unwrap().parse::<f32>().is_ok(),
                "{line}"
            );
        }
    }
}

//! What a page saved from a site of reviews or a network holds beside its contacts: the company's profile there, the
//! messages with who wrote them and when, and how the company answers.
//!
//! Writers are told by their part, never by name. People of the company are named as its profile names them, in that role.

use reading::post::site::{Document, Manager, Profile, Responses, Stated};
use reading::post::thread::Role;
use serde::Serialize;

/// The most characters of one message that are given.
const MOST_WORDS: usize = 600;
/// The most messages that are given.
const MOST_MESSAGES: usize = 200;

/// A company's own profile on a site.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct ProfileAnswer {
    /// The name it goes by there.
    pub name: String,
    /// Its own site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Whether the company has claimed the profile; absent where the page does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimed: Option<bool>,
    /// Telephone numbers, as printed there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<String>,
    /// Mailboxes, as printed there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<String>,
    /// Where it sits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Those who answer for it, as the profile names them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub management: Vec<ManagerAnswer>,
    /// What the site itself counts of the company's answers to low ratings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<StatedAnswer>,
}

/// Somebody who answers for a company, as its profile names them.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct ManagerAnswer {
    /// The name, where the profile gives one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The title.
    pub title: String,
    /// Whether the profile names them as who is to be asked by customers.
    pub for_customers: bool,
}

/// What a site counts of a company's answers to low ratings.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct StatedAnswer {
    /// The share that was answered, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<f64>,
    /// How many ratings that is reckoned from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// Days until an answer, on average.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<f64>,
    /// The day of the last answer, as ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
}

/// One message of a thread: a post, a review, a question, or an answer to one.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct MessageAnswer {
    /// The part that the writer plays.
    pub role: Role,
    /// When, as ISO 8601 as far as it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// How many stars of five a review gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stars: Option<u8>,
    /// The number of the message that it answers, counted from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<usize>,
    /// Its words; the beginning of long ones.
    pub text: String,
}

/// How a company answers on the page.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct ResponsesAnswer {
    /// Messages of customers that the page holds.
    pub written: usize,
    /// How many of them the company answered there.
    pub answered: usize,
    /// How many are rated with one or two stars.
    pub low: usize,
    /// How many of those it answered.
    pub low_answered: usize,
    /// Days until an answer, in the middle of all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median_days: Option<u32>,
    /// Days until the slowest answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slowest_days: Option<u32>,
    /// The day of the last answer, as ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
}

impl From<&Profile> for ProfileAnswer {
    fn from(profile: &Profile) -> Self {
        let labelled = |(label, number): &(String, String)| match label.as_str() {
            "" | "Phone" => number.clone(),
            label => format!("{label}: {number}"),
        };
        Self {
            name: profile.name.clone(),
            website: profile.website.clone(),
            claimed: profile.claimed,
            phones: profile.phones.iter().map(labelled).collect(),
            emails: profile.emails.clone(),
            address: profile.address.clone(),
            management: profile.management.iter().map(ManagerAnswer::from).collect(),
            answers: profile.stated.as_ref().map(StatedAnswer::from),
        }
    }
}

impl From<&Manager> for ManagerAnswer {
    fn from(manager: &Manager) -> Self {
        Self {
            name: manager.name.clone(),
            title: manager.title.clone(),
            for_customers: manager.for_customers,
        }
    }
}

impl From<&Stated> for StatedAnswer {
    fn from(stated: &Stated) -> Self {
        let short = |number: f64| (number * 10.0).round() / 10.0;
        Self {
            percent: stated.percent.map(short),
            of: stated.of,
            days: stated.days.map(short),
            last: stated.last.clone(),
        }
    }
}

impl From<&Responses> for ResponsesAnswer {
    fn from(responses: &Responses) -> Self {
        Self {
            written: responses.written,
            answered: responses.answered,
            low: responses.low,
            low_answered: responses.low_answered,
            median_days: responses.median_days(),
            slowest_days: responses.days.last().copied(),
            last: responses.last.clone(),
        }
    }
}

/// Returns the messages of a document by the part that each writer plays; profiles stand apart.
pub(crate) fn messages(document: &Document, roles: &[Role]) -> Vec<MessageAnswer> {
    let shown = |(at, w): (usize, &reading::post::Written)| {
        let words = document.text.get(w.range.clone()).unwrap_or_default();
        let short: String = words.chars().take(MOST_WORDS).collect();
        MessageAnswer {
            role: roles.get(at).copied().or(w.role).unwrap_or(Role::Stranger),
            when: w.date.clone(),
            stars: w.stars,
            answers: w.answers,
            text: if short.len() < words.len() { format!("{short}…") } else { short },
        }
    };
    document.written.iter().take(MOST_MESSAGES).enumerate().map(shown).collect()
}

/// Says how a company answers, in words; nothing where nothing is known of it.
#[must_use]
pub fn in_words(profile: Option<&ProfileAnswer>, responses: Option<&ResponsesAnswer>) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(stated) = profile.and_then(|profile| profile.answers.as_ref())
        && let Some(percent) = stated.percent
    {
        let of = stated.of.map_or(String::new(), |of| format!(" of {of}"));
        let days = stated.days.map_or(String::new(), |days| format!(", after {days} days on average"));
        let last = stated.last.as_ref().map_or(String::new(), |last| format!(", the last on {last}"));
        said.push(format!("the site counts answers to {percent}%{of} low ratings{days}{last}"));
    }
    if let Some(responses) = responses {
        let days = match responses.median_days {
            Some(0) => ", mostly on the same day".to_owned(),
            Some(1) => ", mostly within a day".to_owned(),
            Some(days) => format!(", mostly within {days} days"),
            None => String::new(),
        };
        let low = match (responses.low, responses.low_answered) {
            (0, _) => String::new(),
            (low, answered) => format!("; of {low} with one or two stars, {answered}"),
        };
        said.push(format!(
            "of {} customers on this page it answered {}{low}{days}",
            responses.written, responses.answered
        ));
    }
    said
}

/// Says who answers for a company as its profile names them, in words.
#[must_use]
pub fn managers_in_words(profile: &ProfileAnswer) -> Option<String> {
    let one = |manager: &ManagerAnswer| {
        let name = manager.name.as_ref().map_or(String::new(), |name| format!("{name}, "));
        let asked = if manager.for_customers { " (for customers)" } else { "" };
        format!("{name}{}{asked}", manager.title)
    };
    let all: Vec<String> = profile.management.iter().map(one).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

//! Communities that run on Discourse or Khoros: what customers and staff write on the company's own board.
//!
//! The board is the one under the company's own domain, or one that the user names. Threads come back as the site gives
//! them and are read like any that a user saved: whatever they name is a lead; what the board marks as staff of the company
//! on its own domain weighs more.
//!
//! Topic and search of Discourse have recorded shapes; Khoros was never seen live.

use serde_json::Value;
use url::Url;

use super::about::{About, Kind, Level, Needs, Seen, Wants};
use super::answer::{Answer, Thread, Trouble};
use super::asking::Asking;
use super::contacts::list;
use super::subject::Subject;
use super::{Replied, Source};

/// Asks a board that runs on Discourse.
pub(super) struct Discourse;
/// Asks a board that runs on Khoros.
pub(super) struct Khoros;

const DISCOURSE: About = About {
    id: "discourse",
    name: "Discourse boards",
    kind: Kind::Board,
    base: "",
    sends: "words such as complaint and escalate, to the company's own board",
    gives: "what customers and staff write there of whom to turn to",
    needs: Needs::Nothing,
    wants: Wants::Profile,
    level: Level::E,
    terms: "public boards; Retry-After is obeyed",
    seen: Seen::Recorded,
    ..About::USUAL
};

const KHOROS: About = About {
    id: "khoros",
    name: "Khoros communities",
    terms: "the interface is open on some boards only",
    seen: Seen::Never,
    ..DISCOURSE
};

/// The most topics that are opened.
const MOST_TOPICS: usize = 3;
/// Words before which a host of the company is a board.
const BOARDS: [&str; 8] =
    ["community", "communities", "forum", "forums", "discuss", "boards", "kunden-helfen", "users"];

impl Source for Discourse {
    fn about(&self) -> &'static About {
        &DISCOURSE
    }

    fn ask<'a>(&'a self, asking: &'a Asking<'a>, subject: &'a Subject) -> Replied<'a> {
        Box::pin(discourse(asking, subject))
    }
}

impl Source for Khoros {
    fn about(&self) -> &'static About {
        &KHOROS
    }

    fn ask<'a>(&'a self, asking: &'a Asking<'a>, subject: &'a Subject) -> Replied<'a> {
        Box::pin(khoros(asking, subject))
    }
}

/// Returns where the company's board lies, as its pages link it; empty where the user named one.
fn board(asking: &Asking<'_>, subject: &Subject) -> Result<String, Trouble> {
    if asking.has_own_base() {
        return Ok(String::new());
    }
    let found = subject.profiles.iter().filter_map(|profile| Url::parse(profile).ok()).find(|url| {
        let host = url.host_str().unwrap_or_default();
        let first = host.split('.').next().unwrap_or_default();
        subject.owns(host) && BOARDS.contains(&first)
    });
    let board = found.map(|url| url.origin().ascii_serialization());
    board.ok_or_else(|| Trouble::NotFor("no board of the company is known".to_owned()))
}

/// Whether the board that is asked is the company's own.
fn is_own(subject: &Subject, base: &str) -> bool {
    Url::parse(base).ok().and_then(|url| url.host_str().map(|host| subject.owns(host))).unwrap_or(false)
}

async fn discourse(asking: &Asking<'_>, subject: &Subject) -> Result<Answer, Trouble> {
    let mut answer = Answer::default();
    let base = board(asking, subject)?;
    let own_board = is_own(subject, &base);
    let words =
        if own_board { "escalate complaint".to_owned() } else { format!("{} complaint", subject.name) };
    let url = asking.at(&base, &["search.json"], &[("q", &words)])?;
    let Some(data) = asking.json(&asking.call(url, None)?).await? else { return Ok(answer) };
    for topic in topics(&data.value).into_iter().take(MOST_TOPICS) {
        let url = asking.at(&base, &["t", &format!("{topic}.json")], &[])?;
        let Some(data) = asking.json(&asking.call(url, None)?).await? else { continue };
        let page = asking.at(&base, &["t", &topic.to_string()], &[])?;
        answer.threads.push(Thread { url: page.into(), body: data.body, fetched: data.fetched, own_board });
    }
    Ok(answer)
}

/// Returns the ids of the topics that a search found: of the topics, of the posts, or of the list of an older board.
fn topics(value: &Value) -> Vec<u64> {
    let mut ids: Vec<u64> = Vec::new();
    let mut add = |id: Option<u64>| {
        if let Some(id) = id.filter(|id| !ids.contains(id)) {
            ids.push(id);
        }
    };
    for topic in list(value, &["topics"]) {
        add(topic.get("id").and_then(Value::as_u64));
    }
    for post in list(value, &["posts"]) {
        add(post.get("topic_id").and_then(Value::as_u64));
    }
    for group in value.as_array().map_or(&[][..], Vec::as_slice) {
        for topic in list(group, &["results"]) {
            add(topic.get("id").and_then(Value::as_u64));
        }
    }
    ids
}

async fn khoros(asking: &Asking<'_>, subject: &Subject) -> Result<Answer, Trouble> {
    let mut answer = Answer::default();
    let base = board(asking, subject)?;
    // The language of its queries takes words in single quotes.
    let name: String = subject.name.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
    let own_board = is_own(subject, &base);
    let words = if own_board { "complaint escalate".to_owned() } else { format!("{name} complaint") };
    let query = format!(
        "SELECT id, subject, body, author.login, author.rank.name, post_time, view_href FROM messages \
         WHERE body MATCHES '{words}' ORDER BY post_time DESC LIMIT 20"
    );
    let url = asking.at(&base, &["api", "2.0", "search"], &[("q", &query)])?;
    let page = asking.at(&base, &[], &[])?;
    let Some(data) = asking.json(&asking.call(url, None)?).await? else { return Ok(answer) };
    if !list(&data.value, &["data", "items"]).is_empty() {
        answer.threads.push(Thread { url: page.into(), body: data.body, fetched: data.fetched, own_board });
    }
    Ok(answer)
}

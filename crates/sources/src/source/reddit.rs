//! Reddit, through its interface and with the user's own approval.
//!
//! Since its terms ask for an approval before any use, it is off without the user's own client id and secret; pages that
//! the user saved are read without it. A token is asked for, then a search, then the threads found. Whatever they name is
//! a lead.
//!
//! Listings and threads have recorded shapes, and so have the pages with which it refuses; the token was never seen live.

use std::time::Duration;

use serde_json::Value;

use super::about::{About, Kind, Level, Needs, Seen};
use super::answer::{Answer, Thread, Trouble};
use super::asking::{Asking, Lock};
use super::contacts::{list, text};
use super::same;
use super::subject::Subject;
use super::{Replied, Source};
use crate::fetch::Secret;

/// Asks Reddit.
pub(super) struct Reddit;

const ABOUT: About = About {
    id: "reddit",
    name: "Reddit",
    kind: Kind::Board,
    base: "https://oauth.reddit.com",
    sends: "the company's name with words such as complaint, under your own client id",
    gives: "threads in which people name whom they reached",
    needs: Needs::Key {
        from: "approval by Reddit is needed first; reddit.com/prefs/apps",
        form: Some("CLIENT_ID:SECRET"),
    },
    level: Level::E,
    terms: "approval before any use; 100 requests a minute",
    budget: Duration::from_secs(20),
    seen: Seen::Recorded,
    ..About::USUAL
};

/// Where tokens are given.
const TOKENS: &str = "https://www.reddit.com";
/// The most threads that are opened.
const MOST: usize = 3;

impl Source for Reddit {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask<'a>(&'a self, asking: &'a Asking<'a>, subject: &'a Subject) -> Replied<'a> {
        Box::pin(ask(asking, subject))
    }
}

async fn ask(asking: &Asking<'_>, subject: &Subject) -> Result<Answer, Trouble> {
    let mut answer = Answer::default();
    let mut call = asking.call(asking.at(TOKENS, &["api", "v1", "access_token"], &[])?, Some(Lock::Basic))?;
    call.form = Some("grant_type=client_credentials".to_owned());
    let data = asking.json(&call).await?;
    let token = data.as_ref().and_then(|data| text(&data.value, &["access_token"])).and_then(Secret::new);
    let Some(token) = token else {
        return Err(Trouble::Refused("it gives no token for your key".to_owned()));
    };
    let bearer =
        || Secret::new(&format!("Bearer {}", token.to_be_kept())).map(|value| ("authorization", value));
    let words = format!("\"{}\" (complaint OR escalate OR executive)", subject.name);
    let query = [("q", words.as_str()), ("limit", "10"), ("sort", "relevance"), ("raw_json", "1")];
    let mut call = asking.call(asking.url(&["search"], &query)?, None)?;
    call.secret_headers.extend(bearer());
    let Some(data) = asking.json(&call).await? else { return Ok(answer) };
    for id in threads(&data.value, subject).into_iter().take(MOST) {
        let query = [("raw_json", "1"), ("limit", "100")];
        let mut call = asking.call(asking.url(&["comments", &id], &query)?, None)?;
        call.secret_headers.extend(bearer());
        let Some(data) = asking.json(&call).await? else { continue };
        let url = format!("https://www.reddit.com/comments/{id}/");
        answer.threads.push(Thread { url, body: data.body, fetched: data.fetched, own_board: false });
    }
    Ok(answer)
}

/// Returns the ids of threads that name the company.
fn threads(value: &Value, subject: &Subject) -> Vec<String> {
    let name = same::core(&subject.name);
    let names_it = |data: &&Value| {
        let words = ["title", "selftext"].map(|key| text(data, &[key]).unwrap_or_default()).join(" ");
        format!(" {} ", same::fold(&words)).contains(&format!(" {name} "))
    };
    list(value, &["data", "children"])
        .iter()
        .filter(|child| text(child, &["kind"]) == Some("t3"))
        .filter_map(|child| child.get("data"))
        .filter(names_it)
        .filter_map(|data| text(data, &["id"]))
        .filter(|id| id.len() <= 12 && id.bytes().all(|b| b.is_ascii_alphanumeric()))
        .map(str::to_owned)
        .collect()
}

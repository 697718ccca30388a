//! X: tweets of a page saved from the browser, and profiles and tweets of its API or export.

use serde_json::Value;

use super::dom::Dom;
use super::{Document, Profile, fields};

pub(super) fn json(value: &Value, document: &mut Document) -> bool {
    // API v2: `data` of tweets, `includes.users`.
    let tweets: Vec<&Value> = match value.get("data") {
        Some(Value::Array(list)) => list.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let tweets: Vec<&Value> =
        tweets.into_iter().filter(|t| t.get("text").is_some() && t.get("author_id").is_some()).collect();
    if !tweets.is_empty() {
        let users = fields::at(value, &["includes", "users"]).and_then(Value::as_array);
        for tweet in tweets {
            let author = users.and_then(|u| u.iter().find(|u| u.get("id") == tweet.get("author_id")));
            let name = author.and_then(|a| fields::text(a, &["username"])).unwrap_or_default();
            document.say(
                &format!("@{name}"),
                None,
                "",
                fields::text(tweet, &["created_at"]),
                fields::text(tweet, &["text"]).unwrap_or_default(),
            );
        }
        document.url.get_or_insert_with(|| "https://x.com/".to_owned());
        return true;
    }
    // A profile as captures and the older API spell it.
    if value.get("screen_name").is_none() && value.get("rest_id").is_none()
        || value.get("followers_count").is_none() && value.get("legacy").is_none()
    {
        return false;
    }
    let legacy = value.get("legacy").unwrap_or(value);
    let name = fields::text(legacy, &["name", "screen_name"]).unwrap_or_default().to_owned();
    let site = fields::at(legacy, &["entities", "url", "urls"])
        .and_then(|u| u.get(0))
        .and_then(|u| fields::text(u, &["expanded_url", "display_url"]));
    document.own_words(&[fields::text(legacy, &["description"]).unwrap_or_default().to_owned()]);
    // The paid mark proves nothing: a profile counts as the company's only where its own site links to it.
    document.profile =
        Some(Profile { name, website: site.map(str::to_owned), claimed: None, management: Vec::new() });
    document.url.get_or_insert_with(|| "https://x.com/".to_owned());
    true
}

pub(super) fn html(dom: &Dom, document: &mut Document) -> bool {
    for tweet in dom.all().filter(|e| e.name() == "article" && e.attribute("data-testid") == Some("tweet")) {
        let part =
            |id: &str| tweet.inside().find(|e| e.attribute("data-testid") == Some(id)).map(|e| e.text());
        let who = part("User-Name").unwrap_or_default();
        let handle = who.split_whitespace().find(|w| w.starts_with('@')).unwrap_or_default().to_owned();
        let date = tweet.inside().find(|e| e.name() == "time").and_then(|e| e.attribute("datetime"));
        document.say(&handle, None, "", date, &part("tweetText").unwrap_or_default());
    }
    if document.written.is_empty() {
        return false;
    }
    document.url.get_or_insert_with(|| "https://x.com/".to_owned());
    true
}

//! X: posts of a page saved from the browser, and profiles and posts of its API, of captures, and of one's own archive.
//!
//! A saved page marks its parts for tests alone (`data-testid`). Names, handles and times stand in it without a space
//! between them, so the handle is taken of the link; emoji are pictures, so their words are taken along. Advertisements are
//! left out. The paid mark proves nothing: an account is the company's only by the name that its own site links to.

use serde_json::Value;

use super::super::dates;
use super::dom::{Dom, Element};
use super::{Document, Profile, Saying, fields};

pub(super) fn json(value: &Value, document: &mut Document) -> bool {
    of_api(value, document)
        || of_store(value, document)
        || of_archive(value, document)
        || profile(value, document)
}

/// Reads posts of the API: `data` of posts, `includes.users`.
fn of_api(value: &Value, document: &mut Document) -> bool {
    let tweets: Vec<&Value> = ["data", "includes"]
        .iter()
        .flat_map(|key| match value.get(key) {
            Some(Value::Array(list)) => list.iter().collect(),
            Some(Value::Object(map)) if *key == "includes" => {
                map.get("tweets").and_then(Value::as_array).into_iter().flatten().collect()
            }
            Some(one) => vec![one],
            None => Vec::new(),
        })
        .filter(|t| t.get("text").is_some() && t.get("author_id").is_some())
        .collect();
    if tweets.is_empty() {
        return false;
    }
    let mut tweets = tweets;
    // The answers come newest first.
    tweets.sort_by_key(|t| fields::text(t, &["created_at"]).unwrap_or_default());
    let users = fields::at(value, &["includes", "users"]).and_then(Value::as_array);
    let mut numbers: Vec<(&str, usize)> = Vec::new();
    for tweet in tweets {
        let author = users.and_then(|u| u.iter().find(|u| u.get("id") == tweet.get("author_id")));
        let name = author.and_then(|a| fields::text(a, &["username"])).unwrap_or_default();
        let to = fields::list(tweet, "referenced_tweets")
            .iter()
            .find(|of| of.get("type").and_then(Value::as_str) == Some("replied_to"))
            .and_then(|of| fields::text(of, &["id"]));
        let at = document.add(Saying {
            author: &format!("@{name}"),
            date: fields::text(tweet, &["created_at"]),
            answers: to.and_then(|to| numbers.iter().find(|(id, _)| *id == to)).map(|(_, at)| *at),
            text: fields::text(tweet, &["note_tweet", "text"]).unwrap_or_default(),
            ..Saying::default()
        });
        if let (Some(id), Some(at)) = (fields::text(tweet, &["id"]), at) {
            numbers.push((id, at));
        }
    }
    document.url.get_or_insert_with(|| "https://x.com/".to_owned());
    true
}

/// Reads posts as the site's own scripts and captures hold them: `legacy` of a post, with its user beside it.
fn of_store(value: &Value, document: &mut Document) -> bool {
    fn is_post(value: &Value) -> bool {
        fields::at(value, &["legacy", "full_text"]).is_some()
    }
    let mut posts = Vec::new();
    fields::objects(value, is_post, &mut posts, 0);
    let mut numbers: Vec<(&str, usize)> = Vec::new();
    for post in posts {
        let legacy = &post["legacy"];
        let id = fields::text(post, &["rest_id"])
            .or_else(|| fields::text(legacy, &["id_str"]))
            .unwrap_or_default();
        if numbers.iter().any(|(held, _)| *held == id) {
            continue;
        }
        let user = fields::at(post, &["core", "user_results", "result"]).unwrap_or(&Value::Null);
        let name = ["legacy", "core"]
            .iter()
            .find_map(|key| fields::text(user.get(key)?, &["screen_name"]))
            .unwrap_or_default();
        let long =
            fields::at(post, &["note_tweet", "note_tweet_results", "result", "text"]).and_then(Value::as_str);
        let to = fields::text(legacy, &["in_reply_to_status_id_str"]);
        let at = document.add(Saying {
            author: &format!("@{name}"),
            date: fields::text(legacy, &["created_at"]).and_then(day).as_deref(),
            answers: to.and_then(|to| numbers.iter().find(|(id, _)| *id == to)).map(|(_, at)| *at),
            text: &fields::plain(long.or_else(|| fields::text(legacy, &["full_text"])).unwrap_or_default()),
            ..Saying::default()
        });
        if let Some(at) = at {
            numbers.push((id, at));
        }
    }
    if document.written.is_empty() {
        return false;
    }
    document.url.get_or_insert_with(|| "https://x.com/".to_owned());
    true
}

/// Reads one's own archive: posts, and direct messages in their order.
fn of_archive(value: &Value, document: &mut Document) -> bool {
    fn is_post(value: &Value) -> bool {
        value.get("full_text").is_some() && value.get("created_at").is_some()
    }
    fn is_message(value: &Value) -> bool {
        value.get("senderId").is_some() && value.get("text").is_some_and(Value::is_string)
    }
    let (mut posts, mut messages) = (Vec::new(), Vec::new());
    fields::objects(value, is_post, &mut posts, 0);
    fields::objects(value, is_message, &mut messages, 0);
    for post in posts {
        let date = fields::text(post, &["created_at"]).and_then(day);
        let text = fields::plain(fields::text(post, &["full_text"]).unwrap_or_default());
        document.say("you", None, "", date.as_deref(), &text);
    }
    messages.sort_by_key(|message| fields::text(message, &["createdAt"]).unwrap_or_default());
    for message in messages {
        let who = fields::text(message, &["senderId"]).unwrap_or_default();
        let text = fields::text(message, &["text"]).unwrap_or_default();
        document.say(&format!("account {who}"), None, "", fields::text(message, &["createdAt"]), text);
    }
    !document.written.is_empty()
}

/// Reads a profile as captures and the older API spell it.
fn profile(value: &Value, document: &mut Document) -> bool {
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
    let handle = format!("@{}", fields::text(legacy, &["screen_name"]).unwrap_or_default());
    document.say(&handle, None, "profile", None, fields::text(legacy, &["description"]).unwrap_or_default());
    // The paid mark proves nothing: a profile counts as the company's only where its own site links to it.
    document.profile = Some(Profile { name, website: site.map(str::to_owned), ..Profile::default() });
    document.url.get_or_insert_with(|| "https://x.com/".to_owned());
    true
}

/// Returns the day of `Wed Oct 10 20:19:24 +0000 2018`.
fn day(moment: &str) -> Option<String> {
    let parts: Vec<&str> = moment.split_whitespace().collect();
    match parts.as_slice() {
        [_, month, day, _, _, year] => dates::month_first(&format!("{month} {day}, {year}")),
        _ => moment.get(..10).map(str::to_owned),
    }
}

pub(super) fn html(dom: &Dom, document: &mut Document) -> bool {
    let is_tweet = |e: &Element<'_>| e.name() == "article" && is(e, "tweet");
    let mut said_by: Vec<(String, usize)> = Vec::new();
    for tweet in dom.all().filter(is_tweet) {
        let all = |id: &str| tweet.inside().filter(|e| is(e, id)).collect::<Vec<_>>();
        let (names, texts) = (all("User-Name"), all("tweetText"));
        let times: Vec<Element<'_>> = tweet.inside().filter(|e| e.name() == "time").collect();
        let Some(name) = names.first() else { continue };
        if times.is_empty() && tweet.inside().any(|e| AD.contains(&e.text().trim())) {
            continue;
        }
        // A post that is quoted stands in the one that quotes it, behind its words.
        let second = names.get(1);
        let own_text = texts.iter().find(|text| second.is_none_or(|second| text.place() < second.place()));
        let own_time = times
            .iter()
            .find(|time| second.is_none_or(|second| time.place() < second.place()))
            .or(times.last());
        let verified = name.inside().any(|e| is(&e, "icon-verified"));
        let to = tweet.inside().find_map(|e| {
            let text = e.text();
            let to = REPLYING.iter().find_map(|words| text.strip_prefix(words))?;
            (text.len() < 120)
                .then(|| to.split_whitespace().find(|w| w.starts_with('@')).map(str::to_lowercase))?
        });
        let who = handle(name);
        let text = own_text.map(super::dom::Element::text_with_images).unwrap_or_default();
        let at = document.add(Saying {
            author: &who,
            note: if verified { "verified" } else { "" },
            date: own_time.and_then(|time| time.attribute("datetime")),
            answers: to.and_then(|to| said_by.iter().rfind(|(who, _)| *who == to)).map(|(_, at)| *at),
            text: &text,
            ..Saying::default()
        });
        if let Some(at) = at {
            said_by.push((who.to_lowercase(), at));
        }
        if let Some(second) = second
            && let Some(text) = texts.iter().find(|text| text.place() > second.place())
        {
            let time = times.iter().find(|time| {
                time.place() > second.place()
                    && Some(time.place()) != own_time.map(super::dom::Element::place)
            });
            let date = time.and_then(|time| time.attribute("datetime"));
            document.say(&handle(second), None, "quoted", date, &text.text_with_images());
        }
    }
    // The head of a profile.
    let part = |id: &str| dom.all().find(|e| is(e, id));
    if let (Some(name), Some(bio)) = (part("UserName"), part("UserDescription")) {
        document.say(&handle(&name), None, "profile", None, &bio.text_with_images());
        let shown = name.text_with_images();
        let site = part("UserUrl").map(|e| e.text()).filter(|site| !site.is_empty());
        document.profile = Some(Profile {
            name: shown.split('@').next().unwrap_or_default().trim().to_owned(),
            website: site,
            ..Profile::default()
        });
    }
    if document.written.is_empty() {
        return false;
    }
    document.url.get_or_insert_with(|| "https://x.com/".to_owned());
    true
}

fn is(e: &Element<'_>, id: &str) -> bool {
    e.attribute("data-testid") == Some(id)
}

/// What marks an advertisement, in the languages of the site.
const AD: &[&str] = &[
    "Ad",
    "Promoted",
    "Anzeige",
    "Gesponsert",
    "Promoviert",
    "Sponsorisé",
    "Publicité",
    "Anuncio",
    "Promocionado",
    "Sponsorizzato",
];

/// What stands before the handles that a post answers.
const REPLYING: &[&str] =
    &["Replying to", "Antwort an", "En réponse à", "Respondiendo a", "In risposta a", "Als antwoord op"];

/// Returns the handle of a name: of the link to the account, or else of the words.
fn handle(name: &Element<'_>) -> String {
    let of_link = name.inside().find_map(|e| {
        let path = e
            .attribute("href")?
            .trim_start_matches("https://x.com")
            .trim_start_matches("https://twitter.com");
        let account = path.strip_prefix('/')?;
        let whole = !account.is_empty() && account.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        whole.then(|| format!("@{account}"))
    });
    of_link.unwrap_or_else(|| {
        let text = name.text();
        let at = text.find('@').map_or("", |at| &text[at + 1..]);
        let account: String = at.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        format!("@{account}")
    })
}

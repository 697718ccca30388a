//! Mastodon: does a profile that is called the company's link back to it?
//!
//! The host of a profile is asked for the account. A field that the host verified (`verified_at`) and that leads to the
//! company's own domain proves that both are of one owner; anything else proves nothing.
//!
//! The shape of an account is that of the example in the network's manual; a look-up was never seen live.

use jiff::Timestamp;
use ladder::{Channel, Rung, SourceKind};
use serde_json::Value;
use url::Url;

use super::about::{About, Kind, Level, Seen, Wants};
use super::answer::{Answer, Record, Told, Trouble};
use super::asking::Asking;
use super::contacts::{Desk, list, plain, short, text};
use super::subject::Subject;
use super::{Replied, Source};

/// Asks the hosts of the company's Mastodon profiles.
pub(super) struct Mastodon;

const ABOUT: About = About {
    id: "mastodon",
    name: "Mastodon",
    kind: Kind::Social,
    base: "",
    sends: "the handle that the company's pages or Wikidata name, to the host of that profile",
    gives: "whether the profile links back to the company",
    wants: Wants::Profile,
    level: Level::C,
    terms: "no key; each host has its own limits",
    seen: Seen::Recorded,
    ..About::USUAL
};

/// The most profiles that are asked for.
const MOST: usize = 3;

impl Source for Mastodon {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask<'a>(&'a self, asking: &'a Asking<'a>, subject: &'a Subject) -> Replied<'a> {
        Box::pin(ask(asking, subject))
    }
}

/// Networks whose profiles look alike and that are no Mastodon.
const OTHERS: [&str; 4] = ["youtube.com", "tiktok.com", "medium.com", "threads.net"];

async fn ask(asking: &Asking<'_>, subject: &Subject) -> Result<Answer, Trouble> {
    let mut answer = Answer::default();
    let handles: Vec<(String, String)> =
        subject.profiles.iter().filter_map(|profile| handle(profile)).take(MOST).collect();
    if handles.is_empty() {
        return Err(Trouble::NotFor("no Mastodon profile of the company is known".to_owned()));
    }
    for (host, user) in handles {
        let base = format!("https://{host}");
        let url = asking.at(&base, &["api", "v1", "accounts", "lookup"], &[("acct", &user)])?;
        let Some(data) = asking.json(&asking.call(url, None)?).await? else { continue };
        answer.told.extend(told(asking, subject, &data.value, &data.fetched));
    }
    Ok(answer)
}

/// Returns host and user of a profile in the fediverse.
fn handle(profile: &str) -> Option<(String, String)> {
    let url = Url::parse(profile).ok()?;
    let host = url.host_str()?.trim_start_matches("www.");
    if url.scheme() != "https" || OTHERS.contains(&host) {
        return None;
    }
    let user = url.path().strip_prefix("/@")?.trim_end_matches('/');
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    (!user.is_empty() && user.len() <= 64 && user.chars().all(fits))
        .then(|| (host.to_owned(), user.to_owned()))
}

fn told(asking: &Asking<'_>, subject: &Subject, account: &Value, fetched: &str) -> Option<Told> {
    let page = text(account, &["url"]).filter(|url| url.starts_with("https://"))?;
    let verified = list(account, &["fields"]).iter().find_map(|field| {
        // The value is markup: a link to the site.
        let value = text(field, &["value"])?;
        let href = value.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or(value);
        let host = Url::parse(href).ok()?.host_str()?.to_owned();
        let since = text(field, &["verified_at"])?.parse::<Timestamp>().ok()?;
        subject.owns(&host).then(|| (host, since.strftime("%Y-%m-%d").to_string()))
    });
    let support =
        ["support", "help", "care", "service"].iter().any(|word| page.to_lowercase().contains(word));
    let label = if support { "Support account on Mastodon" } else { "Mastodon" };
    let mut sighting =
        Desk { id: "mastodon", rung: Some(Rung::FrontLine), label }.link(Channel::Social, page)?;
    let kind = if let Some((host, day)) = &verified {
        sighting.notes.push(format!("links back to {host}, verified by its host on {day}"));
        SourceKind::ClaimedProfile
    } else {
        sighting.notes.push("does not link back to the company in a way that its host verified".to_owned());
        SourceKind::Listing
    };
    let record = Record {
        name: text(account, &["display_name"]).and_then(short).unwrap_or_else(|| subject.name.clone()),
        domains: verified.iter().filter_map(|(host, _)| super::same::domain_of(host)).collect(),
        description: text(account, &["note"]).map(plain).as_deref().and_then(short),
        profiles: vec![page.to_owned()],
        page: page.to_owned(),
        ..Record::default()
    };
    let source = asking.source(page, kind, fetched, None);
    Some(Told { record, found: asking.found([Some(sighting)], source).into_iter().collect() })
}

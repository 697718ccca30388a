//! Bluesky: the profile whose handle is the company's own domain.
//!
//! A handle that is a domain is proved by whoever runs the domain, so it is the company's; a handle under `bsky.social`
//! proves nothing. The handle asked for is the company's domain or one that its pages or Wikidata name.
//!
//! The shape of a profile is that of recorded answers of a neighbouring call; this one was never seen live.

use ladder::{Channel, Rung, SourceKind};
use serde_json::Value;
use url::Url;

use super::about::{About, Kind, Level, Seen, Wants};
use super::answer::{Answer, Record, Told, Trouble};
use super::asking::Asking;
use super::contacts::{Desk, short, text};
use super::same::domain_of;
use super::subject::Subject;
use super::{Replied, Source};

/// Asks Bluesky.
pub(super) struct Bluesky;

const ABOUT: About = About {
    id: "bluesky",
    name: "Bluesky",
    kind: Kind::Social,
    base: "https://public.api.bsky.app",
    sends: "the company's domain, or the handle that its pages name",
    gives: "the company's profile there, where its handle is the company's domain",
    wants: Wants::Domain,
    level: Level::C,
    terms: "no key",
    seen: Seen::Recorded,
    ..About::USUAL
};

/// The most handles that are asked for.
const MOST: usize = 3;

impl Source for Bluesky {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask<'a>(&'a self, asking: &'a Asking<'a>, subject: &'a Subject) -> Replied<'a> {
        Box::pin(ask(asking, subject))
    }
}

async fn ask(asking: &Asking<'_>, subject: &Subject) -> Result<Answer, Trouble> {
    let mut answer = Answer::default();
    let named = subject.profiles.iter().filter_map(|profile| handle(profile));
    let mut handles: Vec<String> = named.chain(subject.domain().map(str::to_owned)).collect();
    handles.dedup();
    for actor in handles.into_iter().take(MOST) {
        let url = asking.url(&["xrpc", "app.bsky.actor.getProfile"], &[("actor", &actor)])?;
        match asking.json(&asking.call(url, None)?).await {
            Ok(Some(data)) => answer.told.extend(told(asking, subject, &data.value, &actor, &data.fetched)),
            // It answers 400 where there is no such profile.
            Ok(None) | Err(Trouble::Failed(_)) => {}
            Err(trouble) => return Err(trouble),
        }
    }
    Ok(answer)
}

fn handle(profile: &str) -> Option<String> {
    let url = Url::parse(profile).ok()?;
    let handle = url.path().strip_prefix("/profile/")?.split('/').next()?.to_ascii_lowercase();
    (url.host_str() == Some("bsky.app") && is_handle(&handle)).then_some(handle)
}

fn is_handle(text: &str) -> bool {
    text.contains('.')
        && text.len() <= 253
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
}

fn told(asking: &Asking<'_>, subject: &Subject, profile: &Value, asked: &str, fetched: &str) -> Option<Told> {
    let handle =
        text(profile, &["handle"]).map(str::to_ascii_lowercase).filter(|handle| is_handle(handle))?;
    if handle != asked {
        return None;
    }
    let page = format!("https://bsky.app/profile/{handle}");
    let own = subject.owns(&handle);
    let mut sighting =
        Desk { id: "bluesky", rung: Some(Rung::FrontLine), label: "Bluesky" }.link(Channel::Social, &page)?;
    sighting.notes.push(if own {
        format!("its handle is the company's own domain, {handle}")
    } else {
        "its handle is no domain of the company and proves nothing".to_owned()
    });
    let record = Record {
        name: text(profile, &["displayName"]).and_then(short).unwrap_or_else(|| subject.name.clone()),
        domains: own.then(|| domain_of(&handle)).flatten().into_iter().collect(),
        description: text(profile, &["description"]).and_then(short),
        profiles: vec![page.clone()],
        page: page.clone(),
        ..Record::default()
    };
    let kind = if own { SourceKind::ClaimedProfile } else { SourceKind::Listing };
    let source = asking.source(&page, kind, fetched, None);
    Some(Told { record, found: asking.found([Some(sighting)], source).into_iter().collect() })
}

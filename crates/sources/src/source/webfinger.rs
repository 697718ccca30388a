//! `WebFinger` on the company's own domain (RFC 7033): the account that the company runs there.
//!
//! Whoever answers for the domain is the company, so the account is its own. Nothing is guessed: the name asked for is the
//! company's own domain name or a handle that its pages show, and only what the host confirms counts.
//!
//! Never seen live: written from RFC 7033.

use ladder::{Channel, Rung, SourceKind};
use serde_json::Value;
use url::Url;

use super::about::{About, Kind, Level, Wants};
use super::answer::{Answer, Record, Told, Trouble};
use super::asking::Asking;
use super::contacts::{Desk, list, text};
use super::subject::Subject;
use super::{Replied, Source};

/// Asks the company's own host.
pub(super) struct WebFinger;

const ABOUT: About = About {
    id: "webfinger",
    name: "WebFinger on the company's own domain",
    kind: Kind::Social,
    base: "",
    sends: "the name of an account, to the company's own host",
    gives: "the account that the company runs on its own domain",
    wants: Wants::Domain,
    level: Level::A,
    terms: "none",
    ..About::USUAL
};

/// The most accounts that are asked for.
const MOST: usize = 3;

impl Source for WebFinger {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask<'a>(&'a self, asking: &'a Asking<'a>, subject: &'a Subject) -> Replied<'a> {
        Box::pin(ask(asking, subject))
    }
}

async fn ask(asking: &Asking<'_>, subject: &Subject) -> Result<Answer, Trouble> {
    let mut answer = Answer::default();
    let Some(domain) = subject.domain() else { return Ok(answer) };
    for account in accounts(subject, domain) {
        let resource = format!("acct:{account}");
        let base = format!("https://{domain}");
        let url = asking.at(&base, &[".well-known", "webfinger"], &[("resource", &resource)])?;
        let Some(data) = asking.json(&asking.call(url, None)?).await? else { continue };
        // The host must confirm that very account, or say which one it is.
        let confirmed =
            text(&data.value, &["subject"]).is_some_and(|subject| subject.eq_ignore_ascii_case(&resource));
        let Some(profile) = profile(&data.value).filter(|_| confirmed) else { continue };
        let desk = Desk { id: "webfinger", rung: Some(Rung::FrontLine), label: "Account on its own domain" };
        let page = format!("https://{domain}/.well-known/webfinger?resource={resource}");
        let mut sighting = desk.link(Channel::Social, &profile);
        if let Some(sighting) = &mut sighting {
            sighting.notes.push(format!("{domain} itself answers for this account"));
        }
        let source = asking.source(&page, SourceKind::OwnFile, &data.fetched, None);
        let record = Record {
            name: subject.name.clone(),
            domains: vec![domain.to_owned()],
            profiles: vec![profile],
            page,
            ..Record::default()
        };
        answer.told.push(Told { record, found: asking.found([sighting], source).into_iter().collect() });
        break;
    }
    Ok(answer)
}

/// Returns the accounts to ask for: those that the company's pages show on its own domain, then that of its name.
fn accounts(subject: &Subject, domain: &str) -> Vec<String> {
    let shown = subject.profiles.iter().filter_map(|profile| {
        let url = Url::parse(profile).ok()?;
        let user = url.path().strip_prefix("/@")?.trim_end_matches('/').to_owned();
        (subject.owns(url.host_str()?) && is_user(&user)).then(|| format!("{user}@{domain}"))
    });
    let label = domain.split('.').next().unwrap_or_default();
    shown.chain([format!("{label}@{domain}")]).take(MOST).collect()
}

fn is_user(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
}

/// Returns the page of the profile.
fn profile(value: &Value) -> Option<String> {
    let links = list(value, &["links"]);
    let of = |rel: &str| {
        let found = links.iter().find(|link| text(link, &["rel"]) == Some(rel))?;
        text(found, &["href"]).filter(|href| href.starts_with("https://")).map(str::to_owned)
    };
    of("http://webfinger.net/rel/profile-page").or_else(|| {
        list(value, &["aliases"])
            .iter()
            .filter_map(Value::as_str)
            .find(|alias| alias.starts_with("https://"))
            .map(str::to_owned)
    })
}

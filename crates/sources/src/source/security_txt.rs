//! `security.txt` on the company's own host: who takes reports of security holes.
//!
//! The crawl reads it by the way; this source is for a company whose site is not crawled. It asks the two places of
//! RFC 9116, takes nothing that is a page, and holds the file against its own `Canonical` line.

use ladder::SourceKind;
use url::Url;

use super::about::{About, Kind, Level, Seen, Wants};
use super::answer::{Answer, Record, Told, Trouble};
use super::asking::Asking;
use super::same::domain_of;
use super::subject::Subject;
use super::{Replied, Source};
use crate::crawl::security_txt;

/// Asks the company's own host.
pub(super) struct SecurityTxt;

const ABOUT: About = About {
    id: "security-txt",
    name: "security.txt on the company's own host",
    kind: Kind::OwnFile,
    base: "",
    sends: "a request for two files, to the company's own host",
    gives: "who takes reports of security holes and stolen accounts",
    wants: Wants::Domain,
    level: Level::A,
    terms: "none; robots.txt of the host is obeyed",
    seen: Seen::Recorded,
    ..About::USUAL
};

impl Source for SecurityTxt {
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
    let today = asking.now.strftime("%Y-%m-%d").to_string();
    for path in [&[".well-known", "security.txt"][..], &["security.txt"][..]] {
        let url = asking.at(&format!("https://{domain}"), path, &[])?;
        let Some(response) = asking.page(&url).await? else { continue };
        let text = String::from_utf8_lossy(&response.body);
        if text.trim_start().starts_with('<') {
            continue;
        }
        if let Some(other) = foreign(&text, domain) {
            answer
                .notes
                .push(format!("the security.txt of `{domain}` says that it is of `{other}`: left out"));
            continue;
        }
        let mut finding = security_txt::read(&text, &today);
        for sighting in &mut finding.contacts {
            sighting.notes.push("never for refunds and bills".to_owned());
        }
        if !finding.contacts.is_empty() {
            let page = format!("https://{domain}/{}", path.join("/"));
            let source = asking.source(&page, SourceKind::OwnFile, &response.fetched, None);
            let record = Record {
                name: subject.name.clone(),
                domains: vec![domain.to_owned()],
                page,
                ..Record::default()
            };
            answer.told.push(Told { record, found: vec![(source, finding)] });
            break;
        }
    }
    Ok(answer)
}

/// Returns the host that a file calls its own, where that is another than the one asked.
fn foreign(text: &str, domain: &str) -> Option<String> {
    let lines = text.lines().take(500).filter_map(|line| line.split_once(':'));
    let canonical: Vec<String> = lines
        .filter(|(name, _)| name.trim().eq_ignore_ascii_case("canonical"))
        .filter_map(|(_, value)| Url::parse(value.trim()).ok()?.host_str().map(str::to_owned))
        .collect();
    let own = |host: &String| domain_of(host).as_deref() == Some(domain);
    if canonical.iter().any(own) { None } else { canonical.into_iter().next() }
}

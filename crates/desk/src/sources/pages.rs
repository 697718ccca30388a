//! Reading what searches and boards led to: pages politely, snippets where a page may not be read.
//!
//! A page on the company's own domain is its own word and read as the crawl reads one. Everything else that a search finds
//! is what somebody wrote: it is read as a post, and whatever it names is a lead. Sites whose terms keep programs out are
//! not fetched; of them the snippet counts.

use std::collections::BTreeSet;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use ladder::guard::marks;
use ladder::{Sighted, Sighting, Signal, Source, SourceKind};
use reading::page::{self, Context};
use reading::post::stance::Said;
use reading::post::{self, Named, Post, site};
use sources::source::same::domain_of;
use sources::source::{Hit, Subject, Thread, linked};
use sources::web::{Response, Web};
use tokio::time::timeout;
use url::Url;

use super::gather::Around;

/// The most pages that are fetched for one company.
const MOST_PAGES: usize = 8;

/// How many redirects of a page are followed.
const MOST_HOPS: usize = 4;

/// What came of a page or thread.
#[derive(Clone, Debug, Default)]
pub(super) struct Read {
    /// What it says.
    pub(super) sighted: Vec<Sighted>,
    /// What is worth knowing: refusals, frauds.
    pub(super) notes: Vec<String>,
    /// Whether it was a page that was fetched.
    pub(super) fetched: bool,
}

/// Reads the results of a search, those on the company's own domain first; pages that were read already are passed over.
pub(super) async fn hits(
    around: &Around<'_>,
    subject: &Subject,
    hits: &[&Hit],
    known: &BTreeSet<String>,
) -> Vec<Read> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut all: Vec<(&Hit, Url, bool)> = hits
        .iter()
        .filter(|hit| !known.contains(&hit.url) && seen.insert(&hit.url))
        .filter_map(|hit| {
            let url = Url::parse(&hit.url).ok()?;
            let own = url.host_str().is_some_and(|host| subject.owns(host));
            Some((*hit, url, own))
        })
        .collect();
    all.sort_by_key(|(_, _, own)| !own);
    let mut reads: Vec<Read> = Vec::new();
    let mut running = FuturesUnordered::new();
    for (hit, url, own) in all {
        let barred = domain_of(&hit.url).is_some_and(|domain| linked::is_linked_only(&domain));
        if barred || running.len() >= MOST_PAGES {
            reads.push(snippet(subject, hit, &around.now_text()));
        } else {
            running.push(fetched(around, subject, hit, url, own));
        }
    }
    while let Some(read) = running.next().await {
        reads.push(read);
    }
    reads
}

/// Fetches one result and reads it; where that fails, its snippet.
async fn fetched(around: &Around<'_>, subject: &Subject, hit: &Hit, url: Url, own: bool) -> Read {
    let answer = timeout(around.left(), followed(around, subject, url.clone(), own)).await;
    let (url, response) = match answer {
        Ok(Some((url, response))) if (200..300).contains(&response.status) && response.status != 202 => {
            (url, response)
        }
        Ok(Some((url, response))) if own => {
            let notes = vec![format!("`{url}` answers with status {}", response.status)];
            return Read { notes, ..snippet(subject, hit, &around.now_text()) };
        }
        _ => return snippet(subject, hit, &around.now_text()),
    };
    if own {
        own_page(subject, &url, &response)
    } else {
        post_of(subject, url.as_str(), &response.body, &response.fetched, false)
    }
}

/// Fetches a page and follows its redirects, as long as they stay with the company, or on sites that may be fetched.
async fn followed(
    around: &Around<'_>,
    subject: &Subject,
    mut url: Url,
    own: bool,
) -> Option<(Url, Response)> {
    for _ in 0..=MOST_HOPS {
        let response = around.pages().get(&url).await.ok()?;
        if !matches!(response.status, 301 | 302 | 303 | 307 | 308) {
            return Some((url, response));
        }
        let next = response.header("location").and_then(|to| url.join(to).ok())?;
        let stays = next.host_str().is_some_and(|host| subject.owns(host)) == own;
        let barred = domain_of(next.as_str()).is_some_and(|domain| linked::is_linked_only(&domain));
        if !stays || barred {
            return None;
        }
        url = next;
    }
    None
}

/// Reads a page of the company's own.
fn own_page(subject: &Subject, url: &Url, response: &Response) -> Read {
    let context = Context {
        url: Some(url),
        country: subject.customer.or(subject.country),
        atlas: Some(crate::atlas::in_use()),
        ..Context::default()
    };
    let page = page::read(&response.body, &context);
    if page.bot_check || page.soft_404 {
        let why = if page.bot_check {
            "asks visitors to prove that they are not a robot"
        } else {
            "says that the page does not exist"
        };
        return Read { notes: vec![format!("`{url}` {why}")], fetched: true, ..Read::default() };
    }
    let source = Source {
        url: url.to_string(),
        kind: SourceKind::OwnSite,
        site: domain_of(url.as_str()).unwrap_or_default(),
        seen: response.fetched.clone(),
        stated: None,
    };
    let sighted =
        page.finding.contacts.into_iter().map(|sighting| Sighted { sighting, source: source.clone() });
    Read { sighted: sighted.collect(), fetched: true, ..Read::default() }
}

/// Reads threads that boards gave.
pub(super) fn threads(subject: &Subject, threads: &[&Thread]) -> Vec<Read> {
    let read =
        |thread: &&Thread| post_of(subject, &thread.url, &thread.body, &thread.fetched, thread.own_board);
    threads.iter().map(read).collect()
}

/// Reads a snippet: hearsay about a page.
fn snippet(subject: &Subject, hit: &Hit, now: &str) -> Read {
    let text = format!("{}\n{}", hit.title, hit.snippet);
    let read = said(subject, &text, &[], &hit.url, now, false);
    Read { fetched: false, ..read }
}

/// Reads a page or thread that others wrote.
fn post_of(subject: &Subject, url: &str, body: &[u8], seen: &str, own_board: bool) -> Read {
    let document = site::open(body, Some(url));
    if let Some(why) = document.refused {
        return Read { notes: vec![format!("`{url}`: refused, not empty: it {why}")], ..Read::default() };
    }
    Read { fetched: true, ..said(subject, &document.text, &document.written, url, seen, own_board) }
}

/// Reads what people wrote.
fn said(
    subject: &Subject,
    text: &str,
    written: &[post::Written],
    url: &str,
    seen: &str,
    own_board: bool,
) -> Read {
    let reading = post::read(&Post {
        text,
        url: Some(url),
        company: Some(&subject.name),
        country: subject.customer.or(subject.country),
        written,
        ..Post::default()
    });
    let source = |kind: SourceKind| Source {
        url: url.to_owned(),
        kind,
        site: domain_of(url).unwrap_or_else(|| url.to_owned()),
        seen: seen.to_owned(),
        stated: None,
    };
    let mut read = Read::default();
    if reading.scam {
        read.notes.push(format!("`{url}` shows signs of a fraud: do not use anything it names"));
    }
    for named in &reading.contacts {
        let staff = own_board && named.is_from_company() && !named.suspect;
        let kind = if staff { SourceKind::ClaimedProfile } else { SourceKind::Post };
        let mut sighting = sighting(named);
        if staff {
            sighting.notes.push("named by staff on the company's own board".to_owned());
        }
        if reading.scam && !named.suspect {
            marks::suspect(&mut sighting, "the page that names it shows signs of a fraud");
        }
        read.sighted.push(Sighted { sighting, source: source(kind) });
    }
    for left in reading.left_out.iter().filter(|left| matches!(left.said, Said::Warned | Said::Refuted)) {
        if left.quote.trim().is_empty() {
            continue;
        }
        let mut sighting = Sighting::new(left.reach.clone(), left.quote.clone());
        marks::suspect(&mut sighting, "the writers warn about it");
        read.sighted.push(Sighted { sighting, source: source(SourceKind::Post) });
    }
    read
}

/// Returns a contact that a post names, as weighing takes it.
fn sighting(named: &Named) -> Sighting {
    let quote = named.voices.iter().map(|voice| voice.quote.trim()).find(|quote| !quote.is_empty());
    let mut sighting =
        Sighting::new(named.reach.clone(), quote.unwrap_or_else(|| named.reach.value()).to_owned());
    sighting.rung = named.rung;
    sighting.cost = named.cost;
    if let Some(party) = &named.party {
        sighting.party = ladder::Party::Other(party.clone());
    }
    if !named.because.is_empty() {
        sighting.signals.push(Signal { id: "post", rung: named.rung, words: named.because.clone() });
    }
    if named.suspect {
        let reasons = if named.reasons.is_empty() {
            vec!["it shows signs of a fraud".to_owned()]
        } else {
            named.reasons.clone()
        };
        for reason in &reasons {
            marks::suspect(&mut sighting, reason);
        }
    }
    sighting
}

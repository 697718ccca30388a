//! `directory search`: which companies are known, by name, alias, domain, number or address.

use std::path::Path;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use store::StoreError;
use store::names::How;
use store::starter::Starter;

use super::packs::{self, Packed};
use super::{grade, is_same, place};

/// The name and version of the answer.
pub const SEARCH_SCHEMA: &str = "upstairs.directory-search/1";

/// What a search found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SearchAnswer {
    /// `upstairs.directory-search/1`.
    pub schema: &'static str,
    /// What was searched for.
    pub query: String,
    /// The companies, the nearest first.
    pub hits: Vec<HitView>,
}

/// A company that was found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HitView {
    /// Its name.
    pub name: String,
    /// Its domain, where one is known.
    pub domain: Option<String>,
    /// Its country, where known.
    pub country: Option<String>,
    /// What of it was near: one of its names, or the value of a contact.
    pub matched: String,
    /// In which way: `exact`, `core` (but for the legal form), `prefix`, `slip` (but for a typing error) or `words`.
    pub how: &'static str,
    /// How near, at most 1000.
    pub score: u32,
    /// Where it is known from: `starter`, `pack`, `own`.
    pub known_from: Vec<&'static str>,
    /// How many sightings of contacts are known.
    pub sightings: u64,
    /// How far they can be relied on: `A` to `E`.
    pub grade: String,
    /// When its pages were last read by this user.
    pub read: Option<String>,
}

const fn how(how: How) -> &'static str {
    match how {
        How::Exact => "exact",
        How::Core => "core",
        How::Prefix => "prefix",
        How::Slip => "slip",
        How::Words => "words",
    }
}

/// Searches both directories.
///
/// # Errors
///
/// [`StoreError`] where the user's own directory is there and cannot be read.
pub async fn search(
    query: &str,
    most: usize,
    data: Option<&Path>,
    now: Timestamp,
) -> Result<SearchAnswer, StoreError> {
    let mut hits: Vec<(store::Company, HitView)> = Vec::new();
    if let Some(store) = place(data)
        && let Some(directory) = store.read_directory().await?
    {
        for hit in directory.search(query, most).await? {
            let rows = directory.entry(hit.number).await?.map(|entry| entry.contacts).unwrap_or_default();
            let view = HitView {
                name: hit.company.name.clone(),
                domain: hit.company.domains.first().cloned(),
                country: hit.company.country.clone(),
                matched: hit.matched,
                how: how(hit.near.how),
                score: hit.near.score,
                known_from: vec!["own"],
                sightings: hit.sightings,
                grade: grade(&hit.company, &rows, now).letter.to_string(),
                read: hit.read,
            };
            hits.push((hit.company, view));
        }
        directory.close().await;
    }
    let starter = Starter::builtin();
    let mut add = |entry: store::Entry, matched: &str, near: store::names::Nearness| {
        if let Some((_, own)) = hits.iter_mut().find(|(company, _)| is_same(company, &entry.company)) {
            if own.known_from.contains(&"starter") {
                return;
            }
            own.known_from.push("starter");
            own.sightings += entry.contacts.len() as u64;
            if near.score > own.score {
                own.score = near.score;
                own.how = how(near.how);
                matched.clone_into(&mut own.matched);
            }
            return;
        }
        let view = HitView {
            name: entry.company.name.clone(),
            domain: entry.company.domains.first().cloned(),
            country: entry.company.country.clone(),
            matched: matched.to_owned(),
            how: how(near.how),
            score: near.score,
            known_from: vec!["starter"],
            sightings: entry.contacts.len() as u64,
            grade: grade(&entry.company, &entry.contacts, now).letter.to_string(),
            read: None,
        };
        hits.push((entry.company, view));
    };
    let host = store::names::host_of(query).filter(|_| !query.trim().contains(char::is_whitespace));
    let near = match &host {
        Some(host) => starter.by_host(host),
        None => starter.search(query, most),
    };
    for candidate in near {
        if let Some(entry) = starter.entry(&candidate) {
            add(entry, candidate.matched, candidate.near);
        }
    }
    let exact = store::names::Nearness { score: 990, how: How::Exact };
    for owned in starter.owners_of(query) {
        add(owned.entry, &owned.row.value, exact);
    }
    // A street or a postcode tells more than words that may be a name.
    let tells = query.contains(|c: char| c.is_ascii_digit());
    let at_address = if tells { exact } else { store::names::Nearness { score: 700, how: How::Words } };
    for owned in starter.by_address(query) {
        add(owned.entry, &owned.row.value, at_address);
    }
    for one in packs::search(query, most, data)? {
        match hits.iter_mut().find(|(company, _)| is_same(company, &one.entry.company)) {
            Some((_, known)) => {
                known.known_from.push("pack");
                known.sightings += one.entry.contacts.len() as u64;
            }
            None => hits.push((one.entry.company.clone(), packed(one, now))),
        }
    }
    let mut hits: Vec<HitView> = hits.into_iter().map(|(_, view)| view).collect();
    hits.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.name.cmp(&b.name)));
    hits.truncate(most);
    Ok(SearchAnswer { schema: SEARCH_SCHEMA, query: query.to_owned(), hits })
}

/// Views a company of a pack.
fn packed(one: Packed, now: Timestamp) -> HitView {
    let Packed { near, matched, entry } = one;
    HitView {
        name: entry.company.name.clone(),
        domain: entry.company.domains.first().cloned(),
        country: entry.company.country.clone(),
        matched,
        how: how(near.how),
        score: near.score,
        known_from: vec!["pack"],
        sightings: entry.contacts.len() as u64,
        grade: grade(&entry.company, &entry.contacts, now).letter.to_string(),
        read: entry.read,
    }
}

/// Makes the answer of a search in one pack.
pub(super) fn of_packed(query: &str, found: Vec<Packed>, now: Timestamp) -> SearchAnswer {
    let hits = found.into_iter().map(|one| packed(one, now)).collect();
    SearchAnswer { schema: SEARCH_SCHEMA, query: query.to_owned(), hits }
}

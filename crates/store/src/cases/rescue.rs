//! Bringing what is intact of a damaged store into a new one.
//!
//! The file is read past the database, page by page ([`crate::pages`]), and whatever looks like an event is believed only
//! where its hash holds: the chain that shows a change also shows what was not changed. Events from the first on make the
//! case anew; those that stand behind a gap are written down again behind a note that says so, for the chain does not reach them.
//! Files are taken where they still have their hash, also those of which no event tells any more. The damaged store is only read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use casework::event::Evidence;
use casework::{Event, Moment, What};
use jiff::{Timestamp, Zoned};

use super::links::{Places, linked};
use super::rows::{self, Written};
use super::{Cases, CasesError, Holder, Reach, SCHEMA, StoredEvent, chain, stem};
use crate::database::{Mode, StoreError};
use crate::pages::{Pages, Value};
use crate::seal::{Passphrase, Seal, SealError};

/// How many numbers are tried for the id of a case whose name is lost.
const MOST_NUMBERS: u32 = 2_000;

/// What was brought back of a case.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct RescuedCase {
    /// Its id.
    pub id: String,
    /// Events from the first on, as they were written.
    pub events: u32,
    /// How many were written, where that could be read.
    pub written: Option<u32>,
    /// Events behind a gap, written down again.
    pub loose: u32,
    /// Files that are as they were attached.
    pub files: u32,
    /// Files among them of which no event tells any more what they are.
    pub unnamed: u32,
    /// Names of files that are gone or changed.
    pub lost_files: Vec<String>,
    /// Who answers for it on a server of accounts, where that could be read.
    pub holder: Option<Holder>,
    /// Whether no list of the store names it any more: it was deleted, or what named it is damaged.
    pub unlisted: bool,
}

impl RescuedCase {
    /// Returns whether all of it came back.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.written == Some(self.events) && self.loose == 0 && self.lost_files.is_empty()
    }
}

/// What was found in the pages.
#[derive(Default)]
struct Found {
    /// Events by the key of the case.
    events: BTreeMap<String, Places>,
    /// Summaries by key: older ones stay in the pages when a newer one is written.
    cases: BTreeMap<String, Vec<Seen>>,
    /// Keys of a seal.
    seals: BTreeSet<String>,
}

/// A summary that was found.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Seen {
    written: Written,
    /// When its last event was recorded, RFC 9557; empty in a sealed store.
    updated: String,
    /// The locked summary of a sealed store.
    sealed: Option<String>,
    holder: Option<Holder>,
    /// Whether the file still names it.
    live: bool,
}

/// Reads a damaged store in a folder and writes what is intact into a store in another, which must hold no cases yet. A
/// sealed store stays sealed, with the same passphrase.
///
/// # Errors
///
/// [`StoreError`] where the file is not there or cannot be read at all, a passphrase is missing or another, or the new folder
/// holds cases or cannot be written. That little or nothing was found is an answer and no error.
pub async fn rescue(
    from: &Path,
    to: &Path,
    passphrase: &Passphrase,
    at: &Moment,
    by: &str,
) -> Result<Vec<RescuedCase>, CasesError> {
    let file = from.join(SCHEMA.file);
    let damaged = |why: String| StoreError::Damaged { path: file.clone(), why };
    if to.join(SCHEMA.file).exists() {
        return Err(CasesError::Taken(to.display().to_string()));
    }
    let pages = Pages::read(&file).map_err(|error| damaged(error.to_string()))?;
    let mut found = Found::default();
    pages.rows(|row, live| found.take(row, live));
    let seal = found.open(&file, passphrase)?;
    let old = Cases::beside(from, seal.clone()).await?;
    let mut new = Cases::open(to, Mode::Write, Reach::Everything).await?;
    if seal.is_some() {
        new.seal(&passphrase.words().unwrap_or_default()).await?;
    }
    let mut all = Vec::new();
    for (key, places) in &found.events {
        let seen = found.cases.get(key).map_or(&[][..], Vec::as_slice);
        let Some((id, places)) = plain(key, places, seen, seal.as_deref()) else { continue };
        let told = seen.iter().map(|seen| (seen, written(key, seen, seal.as_deref())));
        // The one that counts, else the latest: an id is used again when its case was deleted.
        let last = told.max_by_key(|(seen, written)| {
            let (updated, written) =
                written.as_ref().map_or((None, None), |(at, written)| (*at, Some(written)));
            (seen.live, updated, written.map(|written| written.events))
        });
        let (last, written) = last.map_or((None, None), |(seen, written)| (Some(seen), written));
        let sure = last.is_some_and(|seen| seen.live);
        let written = written.map(|(_, written)| written);
        let mut one = RescuedCase {
            id,
            written: written.as_ref().map(|written| written.events),
            holder: last.and_then(|seen| seen.holder.clone()),
            unlisted: !seen.iter().any(|seen| seen.live),
            ..RescuedCase::default()
        };
        let (linked, loose) = linked(&places, written.as_ref(), sure);
        one.events = u32::try_from(linked.len()).unwrap_or(u32::MAX);
        one.loose = u32::try_from(loose.len()).unwrap_or(u32::MAX);
        all.push((one, linked, loose));
    }
    // Those that keep their id first: one whose opening is gone takes whatever id is free after them.
    all.sort_by_key(|(_, linked, _)| linked.is_empty());
    let mut rescued = Vec::new();
    for (mut one, linked, loose) in all {
        new.take_in(&old, &mut one, &linked, &loose, (at, by)).await?;
        rescued.push(one);
    }
    new.close().await;
    old.close().await;
    Ok(rescued)
}

impl Found {
    /// Takes a row, where it is one of ours.
    fn take(&mut self, row: &[Value], live: bool) {
        match row {
            [
                Value::Text(case),
                Value::Number(place),
                Value::Text(body),
                Value::Text(previous),
                Value::Text(hash),
            ] => {
                let Ok(place) = u32::try_from(*place) else { return };
                let plain = is_hash(hash) && (previous.is_empty() || is_hash(previous));
                let locked = is_hash(case) && previous.is_empty() && hash.is_empty();
                if place == 0 || !(plain && chain::hash(case, place, previous, body) == *hash || locked) {
                    return;
                }
                let event =
                    StoredEvent { place, body: body.clone(), previous: previous.clone(), hash: hash.clone() };
                let all = self.events.entry(case.clone()).or_default().entry(place).or_default();
                if !all.contains(&event) {
                    all.push(event);
                }
            }
            [_, Value::Text(key)] if key.len() > 200 => {
                self.seals.insert(key.clone());
            }
            // A summary: id, five texts, when, how many events, the last hash, then what came with later forms.
            [Value::Text(id), ..] if row.len() >= 9 => {
                let (Some(events), Some(head)) = (row[7].number(), row[8].text()) else { return };
                let text = |at: usize| row.get(at).and_then(Value::text).map(str::to_owned);
                let (Ok(events), sealed) = (u32::try_from(events), text(11)) else { return };
                if !is_hash(head) && sealed.is_none() {
                    return;
                }
                let holder = text(13)
                    .map(|organisation| Holder { organisation, adviser: text(14).unwrap_or_default() });
                let written = Written { events, head: head.to_owned() };
                let updated = text(6).unwrap_or_default();
                let seen = Seen { written, updated, sealed, holder, live };
                let all = self.cases.entry(id.clone()).or_default();
                if !all.contains(&seen) {
                    all.push(seen);
                }
            }
            _ => {}
        }
    }

    /// Opens the seal, where the store has one.
    fn open(&self, file: &Path, passphrase: &Passphrase) -> Result<Option<Arc<Seal>>, CasesError> {
        let locked = self.events.keys().any(|key| is_hash(key));
        let mut wrong = None;
        for key in &self.seals {
            match passphrase.open(key) {
                Ok(seal) => return Ok(Some(seal)),
                Err(SealError::Damaged) => {}
                Err(error) => wrong = Some(error),
            }
        }
        match wrong {
            Some(SealError::Needed) => Err(StoreError::Sealed(file.to_owned()).into()),
            Some(SealError::Wrong) => Err(StoreError::Passphrase(file.to_owned()).into()),
            _ if locked => {
                let why = "it is sealed, and its key is lost with the pages that held it".to_owned();
                Err(StoreError::Damaged { path: file.to_owned(), why }.into())
            }
            _ => Ok(None),
        }
    }
}

/// Returns whether a text is a hash as the chain writes it.
fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// Returns the id of a case and its events in plain, each of which holds by its own hash.
fn plain(key: &str, places: &Places, seen: &[Seen], seal: Option<&Seal>) -> Option<(String, Places)> {
    let Some(seal) = seal else {
        // Beside an open store: what is locked is of another time, and closed for ever.
        return (!is_hash(key)).then(|| (key.to_owned(), places.clone()));
    };
    let opened: Places = places
        .iter()
        .map(|(place, all)| {
            let all = all.iter().map(|event| rows::unlocked(seal, key, event));
            (*place, all.filter(|event| !event.hash.is_empty()).collect())
        })
        .collect();
    let mut sealed = seen.iter().filter_map(|seen| seen.sealed.as_deref());
    let named = sealed.find_map(|sealed| Some(rows::opened(seal, key, sealed)?.id().to_owned()));
    let id = named.or_else(|| guessed(&opened))?;
    let holds =
        |event: &StoredEvent| chain::hash(&id, event.place, &event.previous, &event.body) == event.hash;
    let opened =
        opened.into_iter().map(|(place, all)| (place, all.into_iter().filter(holds).collect())).collect();
    Some((id, opened))
}

/// Returns the id under which an event was hashed, from the name of the company: what a sealed case is called when its
/// summary is lost.
fn guessed(places: &Places) -> Option<String> {
    let first = places.values().flatten().find(|event| event.place == 1)?;
    let event: Event = serde_json::from_str(&first.body).ok()?;
    let What::Opened { facts } = event.what else { return None };
    let stem = stem(&facts.company);
    (1..=MOST_NUMBERS)
        .map(|number| format!("{stem}-{number}"))
        .find(|id| chain::hash(id, 1, "", &first.body) == first.hash)
}

/// Returns when the last event of a case was recorded and how far it was written, by a summary.
fn written(key: &str, seen: &Seen, seal: Option<&Seal>) -> Option<(Option<Timestamp>, Written)> {
    let (updated, written) = match seal {
        None => (seen.updated.clone(), is_hash(&seen.written.head).then(|| seen.written.clone())?),
        Some(seal) => {
            let locked = rows::opened(seal, key, seen.sealed.as_deref()?)?;
            (locked.updated().to_owned(), locked.written().clone())
        }
    };
    Some((updated.parse::<Zoned>().ok().map(|at| at.timestamp()), written))
}

impl Cases {
    /// Returns the files that lie beside a store that cannot be opened.
    async fn beside(folder: &Path, seal: Option<Arc<Seal>>) -> Result<Self, CasesError> {
        let options = sqlx::sqlite::SqliteConnectOptions::new().in_memory(true);
        let at = folder.join(SCHEMA.file);
        let pool = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1).connect_with(options).await;
        let pool = pool.map_err(|error| StoreError::of(&at, error))?;
        let base = super::Base { pool: super::Pool::Sqlite(pool), at };
        Ok(Self { base, folder: Some(folder.to_owned()), seal, reach: super::Reach::Everything, kept: false })
    }

    /// Takes in what holds of a case: the chain as far as it goes, the rest as notes, and the files.
    async fn take_in(
        &self,
        old: &Self,
        one: &mut RescuedCase,
        linked: &[StoredEvent],
        loose: &[StoredEvent],
        (at, by): (&Moment, &str),
    ) -> Result<(), CasesError> {
        if linked.is_empty() && loose.is_empty() {
            // Nothing is left that could name its files.
            return Ok(());
        }
        let there = one.id.clone();
        if linked.is_empty() {
            // The first event is what makes a case: without it what is left goes into a case that says so, under a name that is
            // free, its number left to the store.
            let name = one.id.rsplit_once('-').map_or(one.id.as_str(), |(name, _)| name).to_owned();
            one.id = self.create(&name, vec![opening(&name, loose)], at, by).await?;
        } else {
            self.restore(&one.id, linked).await?;
        }
        self.hand_to(one).await?;
        let known = linked.iter().chain(loose);
        let known: Vec<Event> = known.filter_map(|row| serde_json::from_str(&row.body).ok()).collect();
        let left = self.files_of(old, &there, one, &known).await?;
        let again = written_again(loose, linked.last().map_or(0, |row| row.place)).into_iter().chain(left);
        let again: Vec<What> = again.collect();
        if !again.is_empty() {
            self.append(&one.id, again, at, by).await?;
        }
        Ok(())
    }

    /// Brings the files of a case over: those that its events name, and those that lie beside it and of which the event is gone. Returns
    /// the events that name the latter anew.
    async fn files_of(
        &self,
        old: &Self,
        there: &str,
        one: &mut RescuedCase,
        events: &[Event],
    ) -> Result<Vec<What>, CasesError> {
        let mut named = BTreeSet::new();
        let mut wanted: Vec<(String, String)> = Vec::new();
        for event in events {
            let file = event.what.file().map(|(hash, name)| (hash.to_owned(), name.to_owned()));
            wanted.extend(file.filter(|(hash, _)| named.insert(hash.clone())));
        }
        for (hash, name) in wanted {
            if self.bring(old, there, &one.id, &hash, &name).await? {
                one.files += 1;
            } else {
                one.lost_files.push(name);
            }
        }
        let mut left = Vec::new();
        for hash in old.hashes_beside(there).into_iter().filter(|hash| !named.contains(hash)) {
            let name = format!("file of which only the content was left, {}", hash.get(..8).unwrap_or(&hash));
            if self.bring(old, there, &one.id, &hash, &name).await? {
                one.files += 1;
                one.unnamed += 1;
                let evidence = Evidence { name, sha256: Some(hash), ..Evidence::default() };
                left.push(What::EvidenceAttached(evidence));
            }
        }
        Ok(left)
    }

    /// Copies a file of a case, where it still has its hash.
    async fn bring(
        &self,
        old: &Self,
        there: &str,
        here: &str,
        hash: &str,
        name: &str,
    ) -> Result<bool, CasesError> {
        let staged = match old.read_file(there, hash).await {
            Ok(file) => self.stage(here, file),
            Err(error) => Err(error),
        };
        match staged {
            Ok(staged) if staged.is(hash) => {
                let failed =
                    |error: std::io::Error| CasesError::Attach { path: name.into(), why: error.to_string() };
                self.keep(here, staged).await.map_err(failed)?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// Returns the hashes of the files that lie beside a case. Of a sealed store they cannot be told: there the names of files tell nothing.
    fn hashes_beside(&self, id: &str) -> Vec<String> {
        let folder = self.files(id).filter(|_| self.seal.is_none());
        let entries = folder.and_then(|folder| std::fs::read_dir(folder).ok());
        let names = entries.into_iter().flatten().flatten();
        let mut hashes: Vec<String> = names
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| is_hash(name))
            .collect();
        hashes.sort_unstable();
        hashes
    }

    /// Gives a case that was brought back to whoever answered for it.
    async fn hand_to(&self, one: &RescuedCase) -> Result<(), CasesError> {
        match &one.holder {
            Some(holder) => self.give(&one.id, holder).await,
            None => Ok(()),
        }
    }
}

/// Returns what stood behind a gap, written down again: each event as what it says, with a note before them that tells that the chain
/// does not prove them. What hangs on an event that is gone, and what closed or opened the case, stays a note.
fn written_again(loose: &[StoredEvent], before: u32) -> Vec<What> {
    let (Some(first), Some(last)) = (loose.first(), loose.last()) else { return Vec::new() };
    let gap = if before == 0 {
        "what opened the case".to_owned()
    } else {
        format!("what came after event {before}")
    };
    let told = format!(
        "Rescued from a damaged store: {gap} is gone. What stood as events {} to {} is written down again below; the chain of hashes \
         does not prove that it is in its place.",
        first.place, last.place
    );
    let again =
        loose.iter().map(|row| match serde_json::from_str::<Event>(&row.body).map(|event| event.what) {
            Ok(
                what @ (What::Described { .. }
                | What::Logged(_)
                | What::Sent { .. }
                | What::Received { .. }
                | What::Referenced { .. }
                | What::EvidenceAttached(_)
                | What::LadderPinned { .. }
                | What::PolicyPinned { .. }
                | What::ContactTried { .. }
                | What::AuthorityGiven { .. }
                | What::BillWatched { .. }
                | What::BillCame { .. }
                | What::Noted { .. }),
            ) => what,
            _ => What::Noted { text: format!("It stood as event {}:\n{}", row.place, row.body) },
        });
    std::iter::once(What::Noted { text: told }).chain(again).collect()
}

/// Returns the opening of a case whose first event is gone: with the facts as they were described later, where they were.
fn opening(name: &str, loose: &[StoredEvent]) -> What {
    let events = loose.iter().filter_map(|row| serde_json::from_str::<Event>(&row.body).ok());
    let mut facts = events.filter_map(|event| match event.what {
        What::Described { facts, .. } => Some(facts),
        _ => None,
    });
    facts.next_back().map_or_else(|| unknown(name), |facts| What::Opened { facts })
}

/// Returns the opening of a case whose first event is gone.
fn unknown(id: &str) -> What {
    let facts = serde_json::json!({
        "company": id, "country": "GB", "acting_as": "consumer",
        "what": "Rescued from a damaged store: what opened this case is gone, and its country is not known.",
    });
    match serde_json::from_value(facts) {
        Ok(facts) => What::Opened { facts: Box::new(facts) },
        Err(_) => What::Noted { text: format!("rescued from `{id}`") },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn files_of_a_case_of_which_no_event_is_left_go_into_no_folder() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let old = Cases::open(from.path(), Mode::Write, Reach::Everything).await.unwrap();
        old.copy_from("acme-1", &b"a letter"[..]).await.unwrap();
        let new = Cases::open(to.path(), Mode::Write, Reach::Everything).await.unwrap();
        let mut one = RescuedCase { id: "acme-1".to_owned(), ..RescuedCase::default() };
        let at: Moment = "2026-03-02T09:30:00+00:00[Europe/London]".parse().unwrap();
        new.take_in(&old, &mut one, &[], &[], (&at, "customer")).await.unwrap();
        assert_eq!(one.files, 0);
        assert_eq!(new.hashes_beside("acme-1"), Vec::<String>::new());
        assert_eq!(old.hashes_beside("acme-1").len(), 1, "the test would find it");
    }
}

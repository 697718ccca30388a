//! Bringing what is intact of a damaged store into a new one.
//!
//! The file is read past the database, page by page ([`crate::pages`]), and whatever looks like an event is believed only
//! where its hash holds: the chain that shows a change also shows what was not changed. Events from the first on make the
//! case anew; those that stand behind a gap go into its log as notes, in their own words, for the chain does not reach them.
//! Files are taken where they still have their hash. The damaged store is only read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use casework::{Event, Moment, What};
use jiff::{Timestamp, Zoned};

use super::links::{Places, linked};
use super::rows::{self, Written};
use super::{Cases, CasesError, Holder, SCHEMA, StoredEvent, chain, stem};
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
    /// Events behind a gap, kept as notes.
    pub loose: u32,
    /// Files that are as they were attached.
    pub files: u32,
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
    let mut new = Cases::open(to, Mode::Write).await?;
    if seal.is_some() {
        new.seal(&passphrase.words().unwrap_or_default()).await?;
    }
    let mut rescued = Vec::new();
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
        let end = written.as_ref().map(|written| (written, sure));
        new.take_in(&old, &mut one, &places, end, (at, by)).await?;
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
        places: &Places,
        written: Option<(&Written, bool)>,
        (at, by): (&Moment, &str),
    ) -> Result<(), CasesError> {
        let sure = written.is_some_and(|(_, sure)| sure);
        let (linked, loose) = linked(places, written.map(|(written, _)| written), sure);
        one.events = u32::try_from(linked.len()).unwrap_or(u32::MAX);
        one.loose = u32::try_from(loose.len()).unwrap_or(u32::MAX);
        let case = self.parse(&linked)?;
        let mut named = BTreeSet::new();
        for event in
            linked.iter().chain(&loose).filter_map(|row| serde_json::from_str::<Event>(&row.body).ok())
        {
            let What::EvidenceAttached(evidence) = event.what else { continue };
            let Some(sha256) = evidence.sha256.filter(|sha256| named.insert(sha256.clone())) else {
                continue;
            };
            let copied = match old.read_file(&one.id, &sha256).await {
                Ok(file) => self.stage(&one.id, file),
                Err(error) => Err(error),
            };
            match copied {
                Ok(staged) if staged.is(&sha256) => {
                    let failed = |error: std::io::Error| CasesError::Attach {
                        path: evidence.name.clone().into(),
                        why: error.to_string(),
                    };
                    self.keep(&one.id, staged).await.map_err(failed)?;
                    one.files += 1;
                }
                _ => one.lost_files.push(evidence.name),
            }
        }
        let notes = loose.iter().map(|row| What::Noted { text: note(row) });
        if case.events().is_empty() {
            if !loose.is_empty() {
                // The first event is what makes a case: without it the words go into a case that says so.
                let what = std::iter::once(unknown(&one.id)).chain(notes).collect();
                one.id = self.create(&one.id, what, at, by).await?;
                self.hand_to(one).await?;
            }
            return Ok(());
        }
        self.restore(&one.id, &linked).await?;
        self.hand_to(one).await?;
        if !loose.is_empty() {
            self.append(&one.id, notes.collect(), at, by).await?;
        }
        Ok(())
    }

    /// Gives a case that was brought back to whoever answered for it.
    async fn hand_to(&self, one: &RescuedCase) -> Result<(), CasesError> {
        match &one.holder {
            Some(holder) => self.give(&one.id, holder).await,
            None => Ok(()),
        }
    }
}

/// Returns the note that keeps an event out of its place.
fn note(row: &StoredEvent) -> String {
    let said = serde_json::from_str::<Event>(&row.body).ok().and_then(|event| match event.what {
        What::Logged(entry) | What::Sent { entry, .. } | What::Received { entry, .. } => {
            Some(format!("{} {}: {}", entry.on, entry.kind.id().replace('_', " "), entry.text))
        }
        What::Noted { text } => Some(text),
        _ => None,
    });
    let said = said.unwrap_or_else(|| row.body.clone());
    format!(
        "Rescued from a damaged store; it stood as event {}, and what was before it is gone.\n{said}",
        row.place
    )
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

//! The directory: who is known before anything is asked of the web, and what became of it.
//!
//! Two sources are one here: the starter directory that is built in, and the user's own ([`store::Directory`]), which keeps
//! every ladder found. [`look`] tells which company is meant; [`Known`] is everything known of it, from which the same
//! ladder is weighed as from a crawl.

mod check;
mod edit;
mod exchange;
mod grade;
mod keep;
mod naming;
mod outside;
mod owners;
mod packs;
mod refresh;
mod search;
pub(crate) mod shared;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use ladder::{Policy, Sighted, SourceKind};
use schemars::JsonSchema;
use serde::Serialize;
use store::directory::{Became, Mark};
use store::names::{self, How, Nearness};
use store::starter::Starter;
use store::{Company, Entry, Row, Settings, Store, StoreError};

pub use check::{CheckAnswer, CheckError, CheckFrom, CheckRequest, Proposal, check};
pub use edit::{AddRequest, EditAnswer, EditError, MarkRequest, add, mark, parse_became};
pub use exchange::{ExchangeError, ExportFormat, ImportAnswer, export, import, parse_export, parse_import};
pub use grade::{Grade, grade};
pub use keep::keep;
pub use naming::name_rows;
pub use outside::{bodies, parse_region};
pub(crate) use outside::{nation, trade};
pub use owners::{Bearing, OwnerView, bearing_on, owners_of};
pub(crate) use packs::MADE;
pub use packs::{PackAnswer, PackFailure, PackRequest, new_key, pack, search_file, update};
pub use refresh::{ChangeView, RefreshAnswer, own_companies, refresh};
pub use search::{HitView, SEARCH_SCHEMA, SearchAnswer, search};
pub use store::import::Format as ImportFormat;

/// The most candidates that are named.
const MOST_CANDIDATES: usize = 8;
/// The least nearness at which a company is named as a candidate.
const CANDIDATE: u32 = 600;
/// How much nearer than the next a company must be to be taken for the one meant.
const AHEAD: u32 = 50;

/// A company that may be the one meant.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CandidateView {
    /// Its name.
    pub name: String,
    /// Its domain, where one is known.
    pub domain: Option<String>,
    /// Its country, ISO 3166-1, where known.
    pub country: Option<String>,
    /// Its trade, where known.
    pub sector: Option<String>,
    /// Its number in a register, where known.
    pub register_number: Option<String>,
    /// Which of its names is near to what was typed.
    pub matched: String,
    /// What to type to mean this one.
    pub ask: String,
}

/// What is known of a company.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// The company.
    pub company: Company,
    /// What was seen of it.
    pub rows: Vec<Row>,
    /// Its own procedure.
    pub policy: Option<Policy>,
    /// What happened to its contacts, the oldest first.
    pub marks: Vec<Mark>,
    /// When its pages were last read.
    pub read: Option<String>,
    /// Its number in the user's own directory.
    pub number: Option<i64>,
    /// Whether the starter directory knows it.
    pub in_starter: bool,
    /// Whether the pack that is installed knows it.
    pub in_pack: bool,
    /// The name that what was typed was taken for, where it was not typed so.
    pub taken_for: Option<String>,
}

/// Which company is meant.
#[derive(Clone, Debug, PartialEq)]
pub enum Looked {
    /// This one.
    Known(Box<Known>),
    /// One of these, the nearest first.
    Unsure(Vec<CandidateView>),
    /// None is known.
    Unknown,
}

/// Opens the place of the user's own directory; `None` where there is no such place.
pub(crate) fn place(data: Option<&Path>) -> Option<Store> {
    Some(store::open(&Settings::Folder(data?.to_owned())))
}

/// A company that a look-up found, from one of the two directories.
struct Found {
    near: Nearness,
    matched: String,
    company: Company,
    number: Option<i64>,
    entry: Option<Entry>,
    packed: Option<Entry>,
}

/// Finds which company is meant by a name, a domain or a web address.
///
/// # Errors
///
/// [`StoreError`] where the user's own directory is there and cannot be read.
pub async fn look(typed: &str, data: Option<&Path>) -> Result<Looked, StoreError> {
    let mut found = candidates(typed, data).await?;
    found.sort_by(|a, b| b.near.cmp(&a.near).then_with(|| a.company.name.cmp(&b.company.name)));
    let Some(first) = found.first() else { return Ok(Looked::Unknown) };
    let letters = names::fold(typed).len();
    let next = found.get(1).map_or(0, |next| next.near.score);
    let sure = match first.near.how {
        How::Exact => next < first.near.score || same_name(&found),
        How::Core => next + 20 < first.near.score,
        How::Prefix | How::Words => letters >= 4 && next == 0,
        How::Slip => letters >= 5 && first.near.score >= 670 && next + AHEAD <= first.near.score,
    };
    if !sure {
        let views = found.iter().filter(|one| one.near.score >= CANDIDATE).take(MOST_CANDIDATES);
        let views: Vec<CandidateView> = views.map(candidate).collect();
        return Ok(if views.is_empty() { Looked::Unknown } else { Looked::Unsure(views) });
    }
    let first = found.swap_remove(0);
    let taken_for = (first.near.how != How::Exact).then(|| first.company.name.clone());
    let mut known = gather(first, data).await?;
    known.taken_for = taken_for;
    Ok(Looked::Known(Box::new(known)))
}

/// Returns the companies that may be meant, where it is not known which; none where the directory cannot be read.
pub async fn candidates_for(typed: &str, data: Option<&Path>) -> Vec<CandidateView> {
    let mut found = candidates(typed, data).await.unwrap_or_default();
    found.sort_by_key(|one| std::cmp::Reverse(one.near));
    found.iter().filter(|one| one.near.score >= CANDIDATE).take(MOST_CANDIDATES).map(candidate).collect()
}

/// Returns everything known of the company whose site a host is; `None` where none is known.
///
/// # Errors
///
/// [`StoreError`] where the user's own directory is there and cannot be read.
pub async fn of_host(host: &str, data: Option<&Path>) -> Result<Option<Known>, StoreError> {
    let mut found = candidates(host, data).await?;
    found.retain(|one| one.company.owns(host));
    found.sort_by_key(|one| std::cmp::Reverse(one.near));
    if found.is_empty() {
        return Ok(None);
    }
    gather(found.swap_remove(0), data).await.map(Some)
}

/// Returns whether of several exact finds only the first is called so itself: the others are also called so.
fn same_name(found: &[Found]) -> bool {
    let own = |one: &Found| names::fold(&one.matched) == names::fold(&one.company.name);
    let exact = found.iter().filter(|one| one.near.how == How::Exact);
    own(&found[0]) && exact.filter(|one| own(one)).count() == 1
}

fn candidate(found: &Found) -> CandidateView {
    let company = &found.company;
    CandidateView {
        name: company.name.clone(),
        domain: company.domains.first().cloned(),
        country: company.country.clone(),
        sector: company.sector.clone(),
        register_number: company.register_number.clone(),
        matched: found.matched.clone(),
        ask: company.name.clone(),
    }
}

/// Returns the companies of both directories that may be meant; one that both know is one.
async fn candidates(typed: &str, data: Option<&Path>) -> Result<Vec<Found>, StoreError> {
    let mut found: Vec<Found> = Vec::new();
    if let Some(store) = place(data)
        && let Some(directory) = store.read_directory().await?
    {
        for hit in directory.search(typed, MOST_CANDIDATES).await? {
            found.push(Found {
                near: hit.near,
                matched: hit.matched,
                company: hit.company,
                number: Some(hit.number),
                entry: None,
                packed: None,
            });
        }
        directory.close().await;
    }
    let starter = Starter::builtin();
    let host = names::host_of(typed).filter(|_| !typed.trim().contains(char::is_whitespace));
    let mut near = host.map(|host| starter.by_host(&host)).unwrap_or_default();
    // Some companies are called like a domain.
    if near.is_empty() && (found.is_empty() || names::host_of(typed).is_none()) {
        near = starter.search(typed, MOST_CANDIDATES);
    }
    for one in near {
        let Some(entry) = starter.entry(&one) else { continue };
        match found.iter_mut().find(|own| own.number.is_some() && is_same(&own.company, &entry.company)) {
            Some(own) => {
                own.near = own.near.max(one.near);
                own.entry = Some(entry);
            }
            None => found.push(Found {
                near: one.near,
                matched: one.matched.to_owned(),
                company: entry.company.clone(),
                number: None,
                entry: Some(entry),
                packed: None,
            }),
        }
    }
    for one in packs::search(typed, MOST_CANDIDATES, data)? {
        match found.iter_mut().find(|known| is_same(&known.company, &one.entry.company)) {
            Some(known) => {
                known.near = known.near.max(one.near);
                known.packed = Some(one.entry);
            }
            None => found.push(Found {
                near: one.near,
                matched: one.matched,
                company: one.entry.company.clone(),
                number: None,
                entry: None,
                packed: Some(one.entry),
            }),
        }
    }
    Ok(found)
}

/// Returns whether two records are of one company: the same name or id, or the same first domain, where that is of one
/// company only (a group may run several on one domain).
fn is_same(one: &Company, other: &Company) -> bool {
    let shared = one.domains.iter().any(|domain| other.owns(domain))
        || other.domains.iter().any(|domain| one.owns(domain));
    let named = one.id == other.id || names::fold(&one.name) == names::fold(&other.name);
    match (one.domains.first(), other.domains.first()) {
        (Some(first), Some(second)) => shared && (named || (first == second && !is_shared(first))),
        _ => named,
    }
}

/// Returns whether the starter directory knows several companies on one domain.
fn is_shared(domain: &str) -> bool {
    Starter::builtin().by_host(domain).len() > 1
}

/// Gathers everything known of a company from both directories.
async fn gather(found: Found, data: Option<&Path>) -> Result<Known, StoreError> {
    let mut known = Known { number: found.number, ..Known::default() };
    // The starter's names and facts lead: they were made by hand.
    let starter = found.entry.or_else(|| in_starter(&found.company));
    known.in_starter = starter.is_some();
    if let Some(entry) = &starter {
        known.company = entry.company.clone();
        known.rows.clone_from(&entry.contacts);
        known.policy.clone_from(&entry.policy);
    }
    if let Some(entry) = found.packed {
        known.in_pack = true;
        if known.in_starter {
            known.company.join(&entry.company);
        } else {
            known.company = entry.company;
        }
        known.policy = known.policy.or(entry.policy);
        known.rows.extend(entry.contacts);
    }
    let Some(store) = place(data) else { return Ok(known) };
    let Some(directory) = store.read_directory().await? else { return Ok(known) };
    if known.number.is_none() {
        let key = known.company.domains.first().cloned().unwrap_or_else(|| known.company.name.clone());
        let hits = directory.search(&key, MOST_CANDIDATES).await?;
        known.number =
            hits.into_iter().find(|hit| is_same(&hit.company, &known.company)).map(|hit| hit.number);
    }
    if let Some(number) = known.number
        && let Some(entry) = directory.entry(number).await?
    {
        if known.in_starter || known.in_pack {
            known.company.join(&entry.company);
        } else {
            known.company = entry.company;
        }
        known.policy = entry.policy.or(known.policy);
        known.read = entry.read;
        for row in entry.contacts {
            if !known.rows.contains(&row) {
                known.rows.push(row);
            }
        }
    }
    known.marks = directory.marks(&keys(&known.company)).await?;
    directory.close().await;
    Ok(known)
}

/// Returns the entry of the starter directory that is of this company.
fn in_starter(company: &Company) -> Option<Entry> {
    let starter = Starter::builtin();
    let by_domain = company.domains.iter().flat_map(|domain| starter.by_host(domain));
    let by_name = starter.search(&company.name, 1).into_iter().filter(|one| one.near.how == How::Exact);
    by_domain
        .chain(by_name)
        .filter_map(|one| starter.entry(&one))
        .find(|entry| is_same(&entry.company, company))
}

/// Returns every key under which marks of a company may stand.
fn keys(company: &Company) -> Vec<String> {
    let mut keys = vec![company.key(), names::slug(&company.name), company.id.clone()];
    keys.extend(company.domains.iter().cloned());
    keys.sort_unstable();
    keys.dedup();
    keys
}

impl Known {
    /// Returns what was seen, as weighing takes it. A record that no longer fits is left out.
    #[must_use]
    pub fn sighted(&self) -> Vec<Sighted> {
        self.rows.iter().filter_map(|row| row.sighted().ok()).collect()
    }

    /// Returns where the company's site starts; `None` where no site is known.
    #[must_use]
    pub fn website(&self) -> Option<String> {
        let domain = self.company.domains.first().map(|domain| format!("https://{domain}/"));
        self.company.website.clone().or(domain)
    }

    /// Returns the last mark on a value, by what became of it.
    #[must_use]
    pub fn marked(&self, value: &str) -> Option<&Mark> {
        self.marks.iter().rev().find(|mark| mark.value == value)
    }
}

/// What the directory says of a company beside its ladder.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DirectoryView {
    /// How far its contacts can be relied on: `A` to `E`.
    pub grade: String,
    /// Why.
    pub grade_why: String,
    /// Where it is known from: `starter`, `pack`, `own`.
    pub known_from: Vec<&'static str>,
    /// The oldest day on which one of its contacts was checked.
    pub checked_from: Option<String>,
    /// The newest.
    pub checked_to: Option<String>,
    /// When its pages were last read by this user, RFC 3339.
    pub read: Option<String>,
    /// The company that was taken for the one meant, where its name was not typed so.
    pub taken_for: Option<String>,
    /// The line that credits whoever gathered the facts.
    pub credit: Option<String>,
    /// Where the record was imported from.
    pub origin: Option<String>,
}

impl DirectoryView {
    /// Views what is known of a company on a day.
    #[must_use]
    pub fn of(known: &Known, now: Timestamp) -> Self {
        let grade = grade(&known.company, &known.rows, now);
        let mut days: Vec<&str> = known.rows.iter().filter_map(grade::day).collect();
        days.sort_unstable();
        let from = [
            known.in_starter.then_some("starter"),
            known.in_pack.then_some("pack"),
            known.number.map(|_| "own"),
        ];
        Self {
            grade: grade.letter.to_string(),
            grade_why: grade.why,
            known_from: from.into_iter().flatten().collect(),
            checked_from: days.first().map(|day| (*day).to_owned()),
            checked_to: days.last().map(|day| (*day).to_owned()),
            read: known.read.clone(),
            taken_for: known.taken_for.clone(),
            credit: known.company.credit.clone(),
            origin: known.company.origin.clone(),
        }
    }
}

/// What the user said of a contact.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, JsonSchema)]
pub struct MarkView {
    /// `bounced`, `has-left`, `no-reply`, `use-form`, `wrong-number` or `helpful`.
    pub became: &'static str,
    /// The same in words.
    pub words: &'static str,
    /// On which day.
    pub on: String,
    /// What else was noted.
    pub note: Option<String>,
}

impl MarkView {
    /// Views a mark.
    #[must_use]
    pub fn of(mark: &Mark) -> Self {
        Self {
            became: mark.became.id(),
            words: mark.became.in_words(),
            on: mark.day.clone(),
            note: mark.note.clone(),
        }
    }
}

/// Returns how far back a mark puts a contact among its equals: what helped comes first, what gave no answer last.
#[must_use]
pub const fn standing(mark: Option<&Mark>) -> u8 {
    match mark {
        Some(mark) => match mark.became {
            Became::Helpful => 0,
            Became::NoReply => 2,
            Became::Bounced | Became::HasLeft | Became::UseForm | Became::WrongNumber => 3,
        },
        None => 1,
    }
}

/// Returns what to know of a contact that somebody told this user, by its witnesses: who and when, and who else agrees.
#[must_use]
pub fn told(point: &ladder::ContactPoint) -> Option<String> {
    let told = point.witnesses.iter().find(|witness| witness.source.kind == SourceKind::Told)?;
    let other = point
        .witnesses
        .iter()
        .find(|witness| witness.source.site != told.source.site && !witness.source.kind.is_user_written());
    Some(match other {
        Some(other) if other.source.kind == SourceKind::Told => {
            format!("{}; {} too", told.quote, other.quote)
        }
        Some(other) => format!("{}; confirmed by {}", told.quote, other.source.site),
        None => format!("{}; not confirmed by anyone else", told.quote),
    })
}

/// Why the user's own directory could not be used, with what to do.
#[must_use]
pub fn store_words(error: &StoreError) -> String {
    error.hint().map_or_else(|| error.to_string(), |hint| format!("{error}: {hint}"))
}

/// Returns the file of the user's own directory in a folder.
#[must_use]
pub fn file(data: &Path) -> PathBuf {
    data.join(store::directory::SCHEMA.file)
}

//! `directory check`: every source of a directory read again, and what a maintainer may want to change.
//!
//! Nothing is changed here. What is gone, new or otherwise is written twice: as a diff to read ([`diff`]) and as records
//! that `directory import --reviewed` takes once somebody has approved them. [`read`] asks for a source, [`compare`] says what became
//! of it. Several sites are asked at once, one site never twice; companies come in the order of the directory.

mod compare;
mod diff;
mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use futures_util::StreamExt as _;
use jiff::Timestamp;
use ladder::{Channel, Country, SourceKind};
use schemars::JsonSchema;
use serde::Serialize;
use sources::fetch::{Bound, Limits};
use sources::verify::{self, Verdict};
use sources::web::Web;
use store::import::ImportError;
use store::{Entry, Row, StoreError, names};
use url::Url;

use super::place;
use crate::find::{FindError, Live, fetcher_within};
use compare::{Key, compare, key, news};
use read::Found;

pub use compare::Proposal;

/// The most sources of one company that are read.
const MOST_PAGES: usize = 400;
/// The most links of one company that are tried.
const MOST_LINKS: usize = 100;
/// The most proposals of one company that are kept.
const MOST_PROPOSALS: usize = 500;

/// How much the cache of pages may hold: what it lost is asked for whole.
const CACHE_BYTES: u64 = 4 << 30;

/// Returns the bounds of a run over a whole directory; those of one host stay near the usual ones.
fn limits() -> Limits {
    let usual = Limits::default();
    let host = Bound { requests: 1_000, bytes: 512 << 20, time: Duration::from_hours(6) };
    let run = Bound { requests: 10_000_000, bytes: 1 << 40, time: Duration::from_hours(24 * 6) };
    Limits { page_time: Duration::from_secs(30), host, run, ..usual }
}

/// Where the records come from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CheckFrom {
    /// The user's own directory.
    Own,
    /// The one that is built in.
    Starter,
    /// An export, such as is kept in a repository.
    File(PathBuf),
}

/// What to check.
#[derive(Clone, Debug)]
pub struct CheckRequest {
    /// Where the records come from.
    pub from: CheckFrom,
    /// The companies, by name or domain; all where none is given.
    pub companies: Vec<String>,
    /// How many companies are checked at once.
    pub at_once: usize,
    /// The file for the records that `directory import` takes.
    pub to: Option<PathBuf>,
    /// The file for the diff; it comes back with the answer where there is none.
    pub diff: Option<PathBuf>,
    /// How to ask the live web.
    pub live: Live,
}

/// What was checked.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct CheckAnswer {
    /// When, RFC 3339.
    pub at: String,
    /// Companies that were checked.
    pub companies: u64,
    /// Sources that were asked for.
    pub pages: u64,
    /// Of these: read again.
    pub read: u64,
    /// Of these: as they were, by the word of their server.
    pub unchanged: u64,
    /// Of these: gone.
    pub gone: u64,
    /// Of these: could not be found out.
    pub unknown: u64,
    /// Links of contacts that lead nowhere.
    pub dead_links: u64,
    /// Records of contacts that stand as they were.
    pub confirmed: u64,
    /// Changes that are proposed.
    pub proposals: u64,
    /// The file that `directory import` takes.
    pub to: Option<PathBuf>,
    /// The file with the diff.
    pub diff: Option<PathBuf>,
    /// The diff itself, where no file was named for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What could not be read of a file of records, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// Why nothing was checked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The user's own directory cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file of records cannot be read.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The web cannot be asked.
    #[error(transparent)]
    Web(#[from] FindError),
    /// There is nothing to check.
    #[error("there is nothing to check")]
    Empty,
    /// A company is not in the directory.
    #[error("no company of it is called `{0}`, and none has that domain")]
    Unknown(String),
    /// No source at all could be read: the fault is hardly theirs.
    #[error("none of the {0} sources could be read")]
    Offline(u64),
    /// A file is there already.
    #[error("`{}` is there already", .0.display())]
    Exists(PathBuf),
    /// The disk failed.
    #[error("`{}`: {cause}", path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
}

impl CheckError {
    /// Returns what the user can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Store(error) => error.hint().map(str::to_owned),
            Self::Web(error) => error.hint(),
            Self::Empty => Some(
                "`find` and `directory import` fill your own directory; --from FILE checks an export, --starter what is built in"
                    .to_owned(),
            ),
            Self::Unknown(_) => Some("`upstairs directory search` shows how it is called".to_owned()),
            Self::Offline(_) => Some("is this machine connected? Nothing is proposed".to_owned()),
            Self::Exists(_) => Some("choose another name, or move it away".to_owned()),
            Self::Import(_) | Self::Disk { .. } => None,
        }
    }
}

/// What became of one source.
#[derive(Clone, Debug)]
struct PageCheck {
    url: String,
    found: Became,
    proposals: Vec<Proposal>,
    confirmed: usize,
}

/// In which way a source is.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Became {
    Read { unchanged: bool, moved: Option<String> },
    Gone(String),
    Unknown(String),
}

/// What became of one company.
#[derive(Clone, Debug)]
struct CompanyCheck {
    name: String,
    domain: Option<String>,
    pages: Vec<PageCheck>,
    dead_links: usize,
    /// The record that `directory import` takes; none where nothing could be found out.
    record: Option<Record>,
}

/// A record with the pages that it speaks of.
#[derive(Clone, Debug, Serialize)]
struct Record {
    #[serde(flatten)]
    entry: Entry,
    reread: Vec<String>,
}

/// Where something is written to: a file that takes its name at the end, or memory.
enum Out {
    Memory(Vec<u8>),
    File(io::BufWriter<tempfile::NamedTempFile>, PathBuf),
}

impl Out {
    fn open(path: Option<&Path>) -> Result<Self, CheckError> {
        let Some(path) = path else { return Ok(Self::Memory(Vec::new())) };
        if path.exists() {
            return Err(CheckError::Exists(path.to_owned()));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = tempfile::Builder::new().prefix(".upstairs-").tempfile_in(folder).map_err(disk(path))?;
        Ok(Self::File(io::BufWriter::new(file), path.to_owned()))
    }

    fn write(&mut self, text: &str) -> Result<(), CheckError> {
        match self {
            Self::Memory(held) => held.extend_from_slice(text.as_bytes()),
            Self::File(out, path) => out.write_all(text.as_bytes()).map_err(disk(path))?,
        }
        Ok(())
    }

    /// Ends it; returns what was held in memory.
    fn finish(self) -> Result<Option<String>, CheckError> {
        match self {
            Self::Memory(held) => Ok(Some(String::from_utf8_lossy(&held).into_owned())),
            Self::File(out, path) => {
                let file = out.into_inner().map_err(|error| disk(&path)(error.into_error()))?;
                readable(file.path()).map_err(disk(&path))?;
                file.persist_noclobber(&path).map_err(|error| disk(&path)(error.error))?;
                Ok(None)
            }
        }
    }
}

/// Lets others read a file, which was made for its maker alone.
fn readable(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644))?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

fn disk(path: &Path) -> impl Fn(io::Error) -> CheckError + use<> {
    let path = path.to_owned();
    move |cause| CheckError::Disk { path: path.clone(), cause }
}

/// Checks the sources of a directory; `told` hears how many of how many companies are done.
///
/// # Errors
///
/// [`CheckError`] by cause; nothing is written then. A source that does not answer is none: it is told in the diff.
pub async fn check(
    request: &CheckRequest,
    data: Option<&Path>,
    now: Timestamp,
    mut told: impl FnMut(u64, usize),
) -> Result<CheckAnswer, CheckError> {
    let mut answer = CheckAnswer {
        at: now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        to: request.to.clone(),
        diff: request.diff.clone(),
        ..CheckAnswer::default()
    };
    let entries = chosen(records(request, data, now, &mut answer.warnings).await?, &request.companies)?;
    if entries.is_empty() {
        return Err(CheckError::Empty);
    }
    let (mut to, mut text) = (Out::open(request.to.as_deref())?, Out::open(request.diff.as_deref())?);
    let web = fetcher_within(&request.live, limits(), CACHE_BYTES)?;
    let all = entries.len();
    let mut left: Vec<CompanyCheck> = Vec::new();
    text.write(&diff::head(&answer.at, all))?;
    {
        let at = answer.at.clone();
        let checks = futures_util::stream::iter(entries.into_iter().map(|entry| one(&web, entry, &at)))
            .buffered(request.at_once.clamp(1, 64));
        let mut checks = std::pin::pin!(checks);
        while let Some(check) = checks.next().await {
            answer.count(&check);
            told(answer.companies, all);
            text.write(&diff::company(&check))?;
            if let Some(record) = &check.record
                && request.to.is_some()
            {
                let failed = disk(request.to.as_deref().unwrap_or(Path::new("")));
                let line = serde_json::to_string(record).map_err(|error| failed(error.into()))?;
                to.write(&line)?;
                to.write("\n")?;
            }
            // What could not be found out is listed at the end; of the rest nothing is held.
            let mut check = CompanyCheck { record: None, ..check };
            check.pages.retain(|page| matches!(page.found, Became::Unknown(_)));
            if !check.pages.is_empty() {
                left.push(check);
            }
        }
    }
    if answer.pages > 0 && answer.read + answer.gone == 0 {
        return Err(CheckError::Offline(answer.pages));
    }
    text.write(&diff::foot(&answer, &left))?;
    answer.text = text.finish()?;
    to.finish()?;
    Ok(answer)
}

impl CheckAnswer {
    fn count(&mut self, check: &CompanyCheck) {
        self.companies += 1;
        self.dead_links += check.dead_links as u64;
        for page in &check.pages {
            self.pages += 1;
            match &page.found {
                Became::Read { unchanged, .. } => {
                    self.read += 1;
                    self.unchanged += u64::from(*unchanged);
                }
                Became::Gone(_) => self.gone += 1,
                Became::Unknown(_) => self.unknown += 1,
            }
            self.confirmed += page.confirmed as u64;
            self.proposals += page.proposals.iter().filter(|one| one.what != "note").count() as u64;
        }
    }
}

/// Returns the records to check.
async fn records(
    request: &CheckRequest,
    data: Option<&Path>,
    now: Timestamp,
    warnings: &mut Vec<String>,
) -> Result<Vec<Entry>, CheckError> {
    match &request.from {
        CheckFrom::Starter => Ok(store::starter::Starter::builtin().entries().collect()),
        CheckFrom::File(path) => {
            let imported = store::import::read(path, None, &now.strftime("%Y-%m-%d").to_string())?;
            warnings.extend(imported.warnings);
            Ok(imported.entries)
        }
        CheckFrom::Own => {
            let mut entries = Vec::new();
            if let Some(store) = place(data)
                && let Some(directory) = store.read_directory().await?
            {
                for number in directory.companies().await? {
                    entries.extend(directory.entry(number).await?);
                }
                directory.close().await;
            }
            Ok(entries)
        }
    }
}

/// Returns the companies that were named; all where none was.
fn chosen(entries: Vec<Entry>, companies: &[String]) -> Result<Vec<Entry>, CheckError> {
    if companies.is_empty() {
        return Ok(entries);
    }
    let is = |entry: &Entry, typed: &str| {
        let host = names::host_of(typed).filter(|host| host.contains('.'));
        let company = &entry.company;
        let called =
            [&company.name, &company.id].into_iter().chain(&company.legal_name).chain(&company.aliases);
        host.is_some_and(|host| company.owns(&host))
            || called.into_iter().any(|name| names::fold(name) == names::fold(typed))
    };
    for typed in companies {
        if !entries.iter().any(|entry| is(entry, typed)) {
            return Err(CheckError::Unknown(typed.clone()));
        }
    }
    Ok(entries.into_iter().filter(|entry| companies.iter().any(|typed| is(entry, typed))).collect())
}

/// Whether a record rests on a page that can be read again.
fn rests_on_a_page(row: &Row) -> bool {
    !row.kind.is_user_written()
        && row.kind != SourceKind::Told
        && (row.url.starts_with("https://") || row.url.starts_with("http://"))
}

/// Checks one company.
async fn one(web: &impl Web, entry: Entry, at: &str) -> CompanyCheck {
    let country = entry.company.country.as_deref().and_then(|code| Country::parse(code).ok());
    let mut of_page: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
    for row in entry.contacts.iter().filter(|row| rests_on_a_page(row)) {
        of_page.entry(&row.url).or_default().push(row.clone());
    }
    let mut check = CompanyCheck {
        name: entry.company.name.clone(),
        domain: entry.company.domains.first().cloned(),
        pages: Vec::new(),
        dead_links: 0,
        record: None,
    };
    let (mut rows, mut reread, mut unknown) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    let mut pages: Vec<(usize, Box<read::Page>)> = Vec::new();
    for (address, before) in of_page.into_iter().take(MOST_PAGES) {
        let found = match Url::parse(address) {
            Ok(url) => read::read(web, &url, country, at).await,
            Err(_) => Found::Unknown("it is no address".to_owned()),
        };
        let (mut proposals, mut confirmed) = (Vec::new(), 0);
        let found = match found {
            Found::Unknown(why) => {
                unknown.insert(address.to_owned());
                Became::Unknown(why)
            }
            Found::Gone(why) => {
                proposals.extend(before.iter().map(|row| Proposal::of("remove", row, why.clone())));
                reread.insert(address.to_owned());
                Became::Gone(why)
            }
            Found::Read(mut now) => {
                let compared = compare(&before, &now, at);
                (proposals, confirmed) = (compared.proposals, compared.confirmed);
                rows.extend(compared.rows);
                reread.insert(address.to_owned());
                reread.extend(now.moved.as_ref().map(ToString::to_string));
                now.text.clear();
                let became = Became::Read {
                    unchanged: now.unchanged,
                    moved: now.moved.as_ref().map(ToString::to_string),
                };
                pages.push((check.pages.len(), now));
                became
            }
        };
        check.pages.push(PageCheck { url: address.to_owned(), found, proposals, confirmed });
    }
    // Where one page leads to another that could not be read itself, that one keeps what it said.
    reread.retain(|address| !unknown.contains(address));
    let elsewhere = entry.contacts.iter().filter(|row| !reread.contains(&row.url));
    let mut standing: BTreeSet<Key> = elsewhere.chain(&rows).map(key).collect();
    let read_some = !pages.is_empty();
    for (place, page) in pages {
        let new = news(&page, &mut standing);
        rows.extend(new.rows);
        check.pages[place].proposals.extend(new.proposals);
    }
    drop_dead_links(web, &mut rows, &mut check).await;
    let elsewhere = entry.contacts.iter().filter(|row| !reread.contains(&row.url));
    let stays: BTreeSet<Key> = elsewhere.chain(&rows).map(key).collect();
    for proposal in check.pages.iter_mut().flat_map(|page| &mut page.proposals) {
        // What other pages still name loses a witness and no more.
        let still = |(channel, value): &Key| {
            channel.id() == proposal.channel && *value == folded(*channel, &proposal.value)
        };
        if proposal.what == "remove" && stays.iter().any(still) {
            proposal.what = "witness";
            proposal.why.push_str("; other pages name it");
        }
    }
    check.pages.iter_mut().for_each(|page| page.proposals.truncate(MOST_PROPOSALS));
    if !reread.is_empty() {
        let read = read_some.then(|| at.to_owned()).or_else(|| entry.read.clone());
        let reread = reread.into_iter().collect();
        check.record = Some(Record { entry: Entry { contacts: rows, policy: None, read, ..entry }, reread });
    }
    check
}

/// Returns a value as keys have it.
fn folded(channel: Channel, value: &str) -> String {
    if channel == Channel::Postal { names::fold(value) } else { value.to_owned() }
}

/// Tries the links of contacts that stand, and takes out those that lead nowhere.
async fn drop_dead_links(web: &impl Web, rows: &mut Vec<Row>, check: &mut CompanyCheck) {
    let is_link = |row: &Row| {
        matches!(row.channel, Channel::Form | Channel::Chat | Channel::Web | Channel::App)
            && row.value.starts_with("http")
    };
    let links: BTreeSet<String> =
        rows.iter().filter(|row| is_link(row)).map(|row| row.value.clone()).take(MOST_LINKS).collect();
    for link in links {
        let Ok(url) = Url::parse(&link) else { continue };
        let Verdict::Dead(why) = verify::answers(web, None, &url).await else { continue };
        check.dead_links += 1;
        for row in rows.iter().filter(|row| is_link(row) && row.value == link) {
            let on = |page: &&mut PageCheck| match &page.found {
                Became::Read { moved, .. } => page.url == row.url || moved.as_ref() == Some(&row.url),
                Became::Gone(_) | Became::Unknown(_) => false,
            };
            if let Some(page) = check.pages.iter_mut().find(on) {
                // What was to be added and leads nowhere is not added, and that is all.
                let before = page.proposals.len();
                page.proposals.retain(|one| one.what != "add" || one.value != link);
                if page.proposals.len() == before {
                    page.proposals.push(Proposal::of(
                        "remove",
                        row,
                        format!("its link leads nowhere: {why}"),
                    ));
                    page.confirmed = page.confirmed.saturating_sub(1);
                }
            }
        }
        rows.retain(|row| !is_link(row) || row.value != link);
    }
}

//! Archives: from the pages of a whole crawl to records, and from the records of many runs to a directory.
//!
//! [`extract`] reads archives, wherever they lie, and [`merge`] makes companies of what was extracted. Both work in bounded
//! memory and leave nothing half-made under the name that was asked for.

use std::path::{Path, PathBuf};

use columnar::crawl::{self, CrawlError, Wanted};
use columnar::extract::{self, ExtractError, Extracted, Options, Progress};
use columnar::input::{self, InputError, Origin};
use columnar::merge::{self, Company as Merged, MergeError};
use columnar::remote::Remotes;
use jiff::Timestamp;
use ladder::{Country, Policy};
use schemars::JsonSchema;
use serde::Serialize;
use store::{Company, Entry, Row, Settings, StoreError};
use url::Url;

pub use columnar::crawl::BASE as CRAWL_BASE;
pub use columnar::extract::Tally;
pub use columnar::record::SCHEMA as ARCHIVE_SCHEMA;

/// How many companies are written in one step.
const STEP: usize = 2_000;

/// What to extract, and how.
#[derive(Clone, Debug)]
pub struct ExtractRequest {
    /// Files, patterns, addresses, `-` for standard input.
    pub inputs: Vec<String>,
    /// Lists of these, one a line.
    pub lists: Vec<String>,
    /// Where the lines of lists that are no address lie, and where the public crawl is published.
    pub base: Option<String>,
    /// The crawl of which only the records of some domains are read.
    pub crawl: Option<String>,
    /// The list of these domains.
    pub domains: Option<String>,
    /// The most pages of each of them.
    pub pages: usize,
    /// The file to write.
    pub to: PathBuf,
    /// Whether JSON Lines are written instead of Parquet.
    pub lines: bool,
    /// The country of numbers in national form.
    pub country: Option<Country>,
    /// How many threads read pages; all cores where none is given.
    pub threads: Option<usize>,
    /// How many records make a part.
    pub part: usize,
    /// Whether what a killed run left is thrown away.
    pub restart: bool,
    /// How the program introduces itself to servers.
    pub user_agent: String,
    /// Settings of the object store, such as `aws_region`.
    pub store: Vec<(String, String)>,
}

/// Why nothing was extracted or merged.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveFailure {
    /// Words that do not fit together.
    #[error("{0}")]
    Usage(String),
    /// An archive or list cannot be used.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The public crawl cannot be looked up.
    #[error(transparent)]
    Crawl(#[from] CrawlError),
    /// Extraction ended.
    #[error(transparent)]
    Extract(#[from] ExtractError),
    /// Merging ended.
    #[error(transparent)]
    Merge(#[from] MergeError),
    /// The directory cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No thread or folder can be made.
    #[error("`{}`: {cause}", path.display())]
    Disk {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
}

impl ArchiveFailure {
    /// Returns what the user can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Extract(error) => error.hint(),
            Self::Store(error) => error.hint().map(str::to_owned),
            _ => None,
        }
    }

    /// Returns whether the words of the command were wrong, rather than the world.
    #[must_use]
    pub const fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::Usage(_) | Self::Extract(ExtractError::Nothing) | Self::Crawl(CrawlError::Name(_))
        )
    }
}

/// What an extraction tells while it works.
#[derive(Debug)]
pub enum ExtractEvent<'a> {
    /// The table of the crawl is looked up: files done, and all.
    LookingUp(usize, usize),
    /// How many records the table names.
    Chosen(usize),
    /// Archives are read.
    Reading(&'a Progress<'a>),
}

/// Takes an address for the place where a crawl is published: with a slash at its end.
fn base(text: Option<&str>) -> Result<Option<Url>, ArchiveFailure> {
    let Some(text) = text else { return Ok(None) };
    let ended = if text.ends_with('/') { text.to_owned() } else { format!("{text}/") };
    let url = Url::parse(&ended).ok().filter(|url| matches!(url.scheme(), "http" | "https" | "s3"));
    url.map(Some).ok_or_else(|| {
        ArchiveFailure::Usage(format!("`{text}` is not an address such as {CRAWL_BASE} or s3://commoncrawl/"))
    })
}

/// Extracts; `told` hears how far it is.
///
/// # Errors
///
/// [`ArchiveFailure`] by cause. Archives that cannot be read are none: the tally tells them, and the rest goes on.
pub fn extract(
    request: &ExtractRequest,
    told: &(impl Fn(ExtractEvent<'_>) + Sync),
) -> Result<Extracted, ArchiveFailure> {
    let remotes = Remotes::new(&request.user_agent, request.store.clone())
        .map_err(|cause| ArchiveFailure::Disk { path: request.to.clone(), cause })?;
    let base = base(request.base.as_deref())?;
    let origins = match (&request.crawl, &request.domains) {
        (Some(name), Some(list)) => {
            if !request.inputs.is_empty() || !request.lists.is_empty() {
                return Err(ArchiveFailure::Usage(
                    "--crawl reads only the crawl: do not name archives as well".into(),
                ));
            }
            let public = || Url::parse(CRAWL_BASE).map_err(|error| ArchiveFailure::Usage(error.to_string()));
            let wanted = Wanted {
                base: base.map_or_else(public, Ok)?,
                crawl: name.clone(),
                domains: crawl::domains(list, &remotes)?,
                pages: request.pages,
            };
            let origins =
                crawl::look_up(&wanted, &remotes, |done, all| told(ExtractEvent::LookingUp(done, all)))?;
            told(ExtractEvent::Chosen(origins.len()));
            if origins.is_empty() {
                return Err(ArchiveFailure::Usage(format!("`{name}` holds no page of these domains")));
            }
            origins
        }
        (None, None) => input::expand(&request.inputs, &request.lists, base.as_ref(), &remotes)?,
        (Some(_), None) => {
            return Err(ArchiveFailure::Usage(
                "--crawl needs --domains LIST: a whole crawl is read by its list of archives, with --list and --base".into(),
            ));
        }
        (None, Some(_)) => return Err(ArchiveFailure::Usage("--domains needs --crawl NAME".into())),
    };
    if origins.iter().filter(|origin| **origin == Origin::Standard).count() > 1 {
        return Err(ArchiveFailure::Usage("standard input can be named only once".into()));
    }
    let defaults = Options::default();
    let options = Options {
        country: request.country,
        lines: request.lines,
        threads: request.threads.unwrap_or(defaults.threads),
        part: request.part,
        restart: request.restart,
        ..defaults
    };
    Ok(extract::extract(&origins, &request.to, &options, &remotes, |progress| {
        told(ExtractEvent::Reading(progress));
    })?)
}

/// What a merge made.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MergeAnswer {
    /// The file or folder that was written.
    pub to: PathBuf,
    /// Records that were read.
    pub records: u64,
    /// Companies that were written.
    pub companies: u64,
    /// Sightings of contacts that were written.
    pub sightings: u64,
    /// Complaints procedures that were written.
    pub policies: u64,
}

/// Merges extracted files: into one file where `to` ends with `.parquet`, else into the directory in that folder.
///
/// `files` are files and patterns; `told` hears how many records were read and how many companies were written.
///
/// # Errors
///
/// [`ArchiveFailure`] by cause.
pub async fn merge(
    files: &[String],
    to: &Path,
    now: Timestamp,
    mut told: impl FnMut(u64, u64),
) -> Result<MergeAnswer, ArchiveFailure> {
    let files = paths(files)?;
    let mut answer = MergeAnswer { to: to.to_owned(), records: 0, companies: 0, sightings: 0, policies: 0 };
    if to.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("parquet")) {
        if to.exists() {
            return Err(ExtractError::Exists(to.to_owned()).into());
        }
        let mut records = 0;
        let written = merge::to_file(&files, to, |count| {
            records = count;
            told(count, 0);
        })?;
        (answer.records, answer.companies, answer.sightings) = (records, written.0, written.1);
        return Ok(answer);
    }
    std::fs::create_dir_all(to).map_err(|cause| ArchiveFailure::Disk { path: to.to_owned(), cause })?;
    let mut records = 0;
    let companies = merge::companies(&files, to, |count| {
        records = count;
        told(count, 0);
    })?;
    answer.records = records;
    let store = store::open(&Settings::Folder(to.to_owned()));
    let is_new = !store.directory_file().exists();
    let directory = store.write_directory().await?;
    let at = now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let mut writer = directory.write().await?;
    for (number, company) in companies.enumerate() {
        let mut company = company?;
        let pages = std::mem::take(&mut company.pages);
        let entry = entry(company);
        answer.companies += 1;
        answer.sightings += entry.contacts.len() as u64;
        answer.policies += u64::from(entry.policy.is_some());
        if is_new {
            writer.put(&entry, &at).await?;
        } else {
            // What an earlier merge or a crawl knew of these pages gives way to what they say now.
            writer.read_again(&entry, &pages.into_iter().collect(), &at).await?;
        }
        if (number + 1) % STEP == 0 {
            writer.commit().await?;
            writer = directory.write().await?;
            told(answer.records, answer.companies);
        }
    }
    writer.commit().await?;
    directory.close().await;
    Ok(answer)
}

/// Returns the files that words and patterns name.
fn paths(words: &[String]) -> Result<Vec<PathBuf>, ArchiveFailure> {
    let origins = input::expand_words(words)?;
    let files = origins.into_iter().map(|origin| match origin {
        Origin::File(path) => Ok(path),
        other => Err(ArchiveFailure::Usage(format!("`{other}`: merging reads files only; fetch it first"))),
    });
    files.collect()
}

/// Makes the entry of the directory for a company.
fn entry(company: Merged) -> Entry {
    let name = company.name.unwrap_or_else(|| company.site.clone());
    let policy = company.policy.and_then(|record| record.policy);
    Entry {
        company: Company {
            id: store::names::slug(&name),
            name,
            legal_name: company.legal_name,
            register_number: company.register_number,
            website: Some(format!("https://{}/", company.site)),
            domains: vec![company.site],
            ..Company::default()
        },
        contacts: company.contacts.iter().filter_map(columnar::Record::row).collect::<Vec<Row>>(),
        policy: policy.and_then(|text| serde_json::from_str::<Policy>(&text).ok()),
        read: Some(company.read),
    }
}

//! Find: from a company's website, live or archived, to a ladder with evidence.
//!
//! The crawl reads, weighing merges and ranks, and this module turns what they say into one answer that every face shows.
//! Whatever ends the crawl, what was found until then is answered.

use std::future::Future;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use ladder::{Country, Ladder, Policy, Sighted, Topic};
use sources::archive::{Archive, ArchiveError};
use sources::cache::Cache;
use sources::crawl::{self, Budget, Crawl, Document, Event, Options, Outcome, Stopped};
use sources::fetch::{self, Fetcher, SetupError};
use sources::guard::NotAHost;
use sources::saving::Saving;
use sources::warc::Writer;
use sources::web::{FetchError, Web};
use url::Url;

use crate::answer::{Asked, CompanyView, ContactView, DocumentView, FIND_SCHEMA, FindAnswer, StepView};
use crate::{next_ways, outside};

/// What to find, and within which bounds.
#[derive(Clone, Debug)]
pub struct FindRequest {
    /// A domain or web address, as typed.
    pub company: String,
    /// The country of the customer.
    pub country: Option<Country>,
    /// State, province or part of the country, as the second part of an ISO 3166-2 code.
    pub region: Option<String>,
    /// The trade, where the user gives it.
    pub sector: Option<atlas::Sector>,
    /// The matter.
    pub about: Option<&'static Topic>,
    /// An archive, a folder of saved pages, or one page, to read instead of the web.
    pub from: Option<PathBuf>,
    /// Where to keep every page read, as WARC.
    pub save: Option<PathBuf>,
    /// The most documents to read.
    pub pages: usize,
    /// The most seconds to take.
    pub seconds: u64,
    /// How to ask the live web.
    pub live: Live,
}

/// How to ask the live web.
#[derive(Clone, Debug, Default)]
pub struct Live {
    /// Private or loopback hosts that the user allows, as `host` or `host:port`.
    pub allow_hosts: Vec<String>,
    /// Where pages are kept between runs.
    pub cache: Option<PathBuf>,
    /// How the program introduces itself.
    pub user_agent: String,
}

/// What a search tells while it works.
#[derive(Clone, Copy, Debug)]
pub enum Progress<'a> {
    /// An address is being asked for.
    Asking {
        /// The address.
        url: &'a str,
        /// Why.
        why: &'a str,
    },
    /// A document was read; counts so far.
    Read {
        /// Documents read.
        documents: usize,
        /// Contacts named, each counted once.
        contacts: usize,
    },
    /// An address gave nothing.
    Missed {
        /// The address.
        url: &'a str,
        /// Why.
        why: &'a str,
    },
}

/// Why nothing could be asked at all.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// Neither a domain nor a web address.
    #[error("`{0}` is not a web address")]
    NotAnAddress(String),
    /// The archive cannot be read.
    #[error(transparent)]
    Archive(Box<ArchiveError>),
    /// The archive has no page of the site asked for.
    #[error("`{from}` holds no page of `{company}`")]
    NotInArchive {
        /// The archive.
        from: PathBuf,
        /// The company as typed.
        company: String,
        /// A site that it does hold.
        holds: Option<String>,
    },
    /// A host to allow is none.
    #[error("--allow-host: {0}")]
    AllowHost(NotAHost),
    /// The web could not be asked at all.
    #[error("the web cannot be asked: {0}")]
    Fetcher(SetupError),
    /// The file for the pages read cannot be written.
    #[error("`{path}` cannot be written: {error}")]
    Save {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
}

impl FindError {
    /// Returns what the user can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NotAnAddress(_) => {
                Some("give the company's site, such as `acme.com` or `https://www.acme.com`".to_owned())
            }
            Self::NotInArchive { holds: Some(url), .. } => Some(format!("it holds `{url}`: ask for that")),
            Self::Archive(error) if matches!(**error, ArchiveError::Missing(_)) => {
                Some("check the path".to_owned())
            }
            Self::Save { .. } => Some("choose a file in a folder that you may write to".to_owned()),
            Self::Archive(_) | Self::NotInArchive { .. } | Self::AllowHost(_) | Self::Fetcher(_) => None,
        }
    }

    /// Returns whether the words of the command were wrong, rather than the world.
    #[must_use]
    pub const fn is_usage(&self) -> bool {
        matches!(self, Self::NotAnAddress(_) | Self::AllowHost(_))
    }
}

/// Reads a country code, for a face that parses words.
///
/// # Errors
///
/// The text of [`ladder::UnknownCountry`].
pub fn parse_country(text: &str) -> Result<Country, String> {
    Country::parse(text).map_err(|error| error.to_string())
}

/// Reads a topic, for a face that parses words.
///
/// # Errors
///
/// A text that lists the topics.
pub fn parse_topic(text: &str) -> Result<&'static Topic, String> {
    Topic::parse(text).ok_or_else(|| {
        let known: Vec<&str> = ladder::topic::TOPICS.iter().map(|topic| topic.id).collect();
        format!("no topic `{text}`: known are {}", known.join(", "))
    })
}

/// Finds how to reach whoever at a company can put a matter right.
///
/// `told` hears of the progress; when `until` is ready (Ctrl-C), what was found so far is answered.
///
/// # Errors
///
/// A [`FindError`] where nothing could be asked. A site that does not answer is no error: the answer says so, and what
/// to do next.
pub async fn find(
    request: &FindRequest,
    now: Timestamp,
    told: impl FnMut(Progress<'_>) + Send,
    until: impl Future<Output = ()> + Send,
) -> Result<FindAnswer, FindError> {
    let start = start_address(&request.company)?;
    if let Some(from) = &request.from {
        let archive =
            Archive::open(from, Some(&start)).map_err(|error| FindError::Archive(Box::new(error)))?;
        let mut crawl = climb_and_save(&archive, &start, request, now, told, until).await?;
        if let Stopped::NoStart(FetchError::NotArchived(_)) = crawl.stopped {
            return Err(FindError::NotInArchive {
                from: from.clone(),
                company: request.company.clone(),
                holds: archive.start().map(String::from),
            });
        }
        crawl.warnings.extend(archive.warnings().iter().map(ToString::to_string));
        return Ok(answer(request, &crawl, now));
    }
    let fetcher = fetcher(request)?;
    let crawl = climb_and_save(&fetcher, &start, request, now, told, until).await?;
    Ok(answer(request, &crawl, now))
}

/// How much the cache of pages may hold.
const CACHE_BYTES: u64 = 256 << 20;

/// Makes the fetcher that the request asks for. A cache that cannot be opened is done without.
fn fetcher(request: &FindRequest) -> Result<Fetcher, FindError> {
    let mut settings = fetch::Settings::new(&request.live.user_agent);
    for host in &request.live.allow_hosts {
        settings.allow_hosts.push(host.parse().map_err(FindError::AllowHost)?);
    }
    settings.cache =
        request.live.cache.as_deref().and_then(|folder| match Cache::open(folder, CACHE_BYTES) {
            Ok(cache) => Some(cache),
            Err(error) => {
                tracing::warn!(folder = %folder.display(), %error, "pages are not kept between runs");
                None
            }
        });
    Fetcher::new(settings).map_err(FindError::Fetcher)
}

/// Returns what to do about a start page that could not be had.
fn advice(error: &FetchError) -> &'static str {
    match error {
        FetchError::UnknownHost(_) => "check the spelling of the address and your connection",
        FetchError::Refused(_) => {
            "private addresses are refused unless you allow that very host with --allow-host"
        }
        FetchError::Robots(_) => {
            "the site asks programs to stay out: open it yourself, save the pages, and read them with --from FOLDER"
        }
        FetchError::Tls { .. } => {
            "its certificate cannot be trusted: do not enter anything there; check the address"
        }
        FetchError::Timeout(_) => {
            "try again later, or save its pages in a browser and read them with --from FOLDER"
        }
        FetchError::Budget(_) => "raise --pages or --time",
        FetchError::NotArchived(_) | FetchError::Failed { .. } => {
            "open it in a browser, save the page, and read it with --from FILE"
        }
    }
}

/// Crawls, and keeps what is read in the file that the request names, if it names one.
async fn climb_and_save(
    web: &impl Web,
    start: &Url,
    request: &FindRequest,
    now: Timestamp,
    told: impl FnMut(Progress<'_>) + Send,
    until: impl Future<Output = ()> + Send,
) -> Result<Crawl, FindError> {
    let Some(path) = &request.save else { return Ok(climb(web, start, request, told, until).await) };
    let writer = Writer::create(path, &request.live.user_agent, now)
        .map_err(|error| FindError::Save { path: path.clone(), error })?;
    let saving = Saving::new(web, writer);
    let mut crawl = climb(&saving, start, request, told, until).await;
    if let Err(error) = saving.finish() {
        crawl.warnings.push(format!("`{}` could not be written to its end: {error}", path.display()));
    }
    Ok(crawl)
}

/// Crawls with the options that the request makes.
async fn climb(
    web: &impl Web,
    start: &Url,
    request: &FindRequest,
    mut told: impl FnMut(Progress<'_>) + Send,
    until: impl Future<Output = ()> + Send,
) -> Crawl {
    let stems = request.about.map(|topic| topic.stems.iter().map(|stem| stem.trim().to_owned()).collect());
    let budget = Budget {
        documents: request.pages,
        requests: request.pages.saturating_mul(3).max(20),
        time: Duration::from_secs(request.seconds),
        ..Budget::default()
    };
    let options = Options { country: request.country, lang: None, about: stems.unwrap_or_default(), budget };
    let (mut documents, mut contacts) = (0, 0);
    let observer = |event: Event<'_>| match event {
        Event::Asking { url, choice } => {
            told(Progress::Asking { url: url.as_str(), why: &choice.to_string() });
        }
        Event::Read(document) => {
            documents += 1;
            contacts += document.new_contacts;
            told(Progress::Read { documents, contacts });
        }
        Event::Missed { url, why } => told(Progress::Missed { url: url.as_str(), why }),
        // The crawl keeps its warnings; the answer shows them.
        Event::Warned(_) => {}
    };
    crawl::crawl(web, start, &options, observer, until).await
}

/// Returns the address at which to start, from a web address or a bare domain.
///
/// # Errors
///
/// [`FindError::NotAnAddress`] where it is neither.
pub fn start_address(company: &str) -> Result<Url, FindError> {
    let refuse = || FindError::NotAnAddress(company.to_owned());
    let text = company.trim();
    let has_scheme =
        text.split_once("://").is_some_and(|(scheme, _)| scheme.chars().all(|c| c.is_ascii_alphanumeric()));
    let url = if has_scheme { Url::parse(text) } else { Url::parse(&format!("https://{text}")) }
        .map_err(|_| refuse())?;
    let host = url.host_str().unwrap_or_default();
    let host_ok = host.contains('.') || host == "localhost" || host.starts_with('[');
    if matches!(url.scheme(), "http" | "https") && host_ok && !text.contains(char::is_whitespace) {
        Ok(url)
    } else {
        Err(refuse())
    }
}

/// Makes the answer of what a crawl found.
///
/// `now` is the moment of asking: ages are counted from it.
#[must_use]
pub fn answer(request: &FindRequest, crawl: &Crawl, now: Timestamp) -> FindAnswer {
    let today = now.strftime("%Y-%m-%d").to_string();
    let mut company = company(request, crawl);
    let (policy, policy_read) = best_policy(crawl).unzip();
    let sighted = crawl
        .findings
        .iter()
        .flat_map(|found| {
            let source = &found.source;
            found
                .finding
                .contacts
                .iter()
                .map(|sighting| Sighted { sighting: sighting.clone(), source: source.clone() })
        })
        .collect();
    let points = ladder::merge(sighted, &today);
    let built = Ladder::build(points, policy, request.about);

    let mut contacts = Vec::new();
    let mut steps = Vec::new();
    for step in &built.steps {
        steps.push(StepView::of(step, contacts.len()));
        contacts.extend(step.contacts.iter().map(|point| ContactView::of(point, false)));
    }
    contacts.extend(built.elsewhere.iter().map(|point| ContactView::of(point, true)));
    contacts.extend(built.off_ladder.iter().map(|point| ContactView::of(point, false)));
    let parties: Vec<String> =
        contacts.iter().map(|c| c.party.clone()).filter(|party| party != "company").collect();
    let day = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let known = outside::Known {
        country: request.country,
        region: request.region.as_deref(),
        sector: request.sector,
        crawl,
        policy,
        parties: &parties,
        now: day,
    };
    let country = known.country();
    let sectors = known.sectors(country);
    company.sectors = outside::sector_views(&sectors);
    let trades: Vec<atlas::Sector> = sectors.iter().map(|told| told.sector).collect();
    let mut warnings = crawl.warnings.clone();
    for found in &crawl.findings {
        let policy_warnings = found.finding.policy.iter().flat_map(|policy| &policy.warnings);
        for warning in found.finding.warnings.iter().chain(policy_warnings) {
            let told = format!("{}: {warning}", found.source.url);
            if !warnings.contains(&told) {
                warnings.push(told);
            }
        }
    }
    if let Stopped::NoStart(error) = &crawl.stopped {
        warnings.push(advice(error).to_owned());
    }
    let known_as =
        company.name.clone().or_else(|| company.domain.clone()).unwrap_or_else(|| request.company.clone());
    let mut ways = next_ways::of(&built, &known_as, company.domain.as_deref());
    ways.extend(next_ways::place(country, request.region.as_deref()));
    FindAnswer {
        schema: FIND_SCHEMA,
        asked: Asked {
            company: request.company.clone(),
            country: request.country.map(|country| country.code().to_owned()),
            about: request.about.map(|topic| topic.id.to_owned()),
            from: request.from.as_ref().map(|path| path.display().to_string()),
            at: now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        },
        next_ways: ways,
        company,
        steps,
        contacts,
        leads: built.leads.iter().map(|point| ContactView::of(point, false)).collect(),
        policy: policy.map(|policy| outside::checked(policy, country, &trades, policy_read, day)),
        outside: country.map(|country| known.bodies(country)).unwrap_or_default(),
        documents: crawl.documents.iter().map(document).collect(),
        stopped: crawl.stopped.to_string(),
        interrupted: crawl.stopped == Stopped::Asked,
        warnings,
    }
}

/// Returns the procedure that says most: the most stages, then outside bodies, then the one read first.
///
/// With it comes the day on which it was read.
fn best_policy(crawl: &Crawl) -> Option<(&Policy, &str)> {
    let policies = crawl.findings.iter().filter_map(|found| {
        let seen = found.source.seen.get(..10).unwrap_or(&found.source.seen);
        found.finding.policy.as_ref().map(|policy| (policy, seen))
    });
    policies.filter(|(policy, _)| !policy.is_empty()).fold(None, |best: Option<(&Policy, &str)>, policy| {
        let size = |p: &Policy| (p.stages.len(), p.external.len());
        if best.is_none_or(|best| size(policy.0) > size(best.0)) { Some(policy) } else { best }
    })
}

/// Gathers what was learnt of the company; the start page and structured data speak before later pages.
fn company(request: &FindRequest, crawl: &Crawl) -> CompanyView {
    let facts = || crawl.findings.iter().map(|found| &found.finding.company);
    let name = facts().find_map(|f| f.name.clone()).or_else(|| name_from_title(crawl, &request.company));
    CompanyView {
        name,
        legal_name: facts().find_map(|f| f.legal_name.clone()),
        register_number: facts().find_map(|f| f.register_number.clone()),
        domain: (!crawl.site.is_empty()).then(|| crawl.site.clone()),
        website: Some(crawl.start.to_string()),
        sectors: Vec::new(),
    }
}

/// Takes the part of the start page's title that shares most with the domain: "Contact us | Acme" is Acme on acme.example.
fn name_from_title(crawl: &Crawl, typed: &str) -> Option<String> {
    let title = &crawl.documents.iter().find(|document| !document.title.is_empty())?.title;
    let domain = if crawl.site.is_empty() { typed } else { &crawl.site };
    let label: String = domain.split('.').next().unwrap_or_default().to_lowercase();
    let squeezed = |part: &str| -> String {
        part.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let stem: String = label.chars().filter(|c| c.is_alphanumeric()).collect();
    title
        .split(['|', '–', '—', '·', '•', '»'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(": "))
        .map(str::trim)
        .filter(|part| (2..=60).contains(&part.chars().count()))
        .filter(|part| {
            let part = squeezed(part);
            !stem.is_empty() && part.len() >= 2 && (part.contains(&stem) || stem.contains(&part))
        })
        .min_by_key(|part| part.len().abs_diff(stem.len()))
        .map(str::to_owned)
}

/// Views a document.
fn document(document: &Document) -> DocumentView {
    DocumentView {
        url: document.url.to_string(),
        status: document.status,
        title: document.title.clone(),
        pdf: document.pdf,
        outcome: match &document.outcome {
            Outcome::Read => "read".to_owned(),
            Outcome::NeedsScript => "shows little without a script; its static parts were read".to_owned(),
            Outcome::BotCheck => "asks to prove that one is no robot".to_owned(),
            Outcome::SameAs(url) => format!("the same as {url}"),
            Outcome::Missing => "says that the page is not there".to_owned(),
            Outcome::Empty => "empty".to_owned(),
            Outcome::Unreadable(why) => format!("could not be read: {why}"),
        },
        why: document.choice.to_string(),
        fetched: document.fetched.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_or_web_address_is_a_start_and_a_name_is_not() {
        for (typed, url) in [
            ("acme.example", "https://acme.example/"),
            (" https://www.acme.example/help ", "https://www.acme.example/help"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080/"),
            ("localhost:8080", "https://localhost:8080/"),
        ] {
            assert_eq!(start_address(typed).unwrap().as_str(), url, "{typed}");
        }
        for typed in ["Acme Widgets", "", "ftp://acme.example", "acme", "https://"] {
            assert!(start_address(typed).is_err(), "{typed}");
        }
    }
}

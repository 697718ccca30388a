//! Find: from a company's name or website, live or archived, to a ladder with evidence.
//!
//! A name is looked up in the directory first; a domain or web address is read, and what the directory knows joins in.
//! The crawl reads, weighing merges and ranks, and this module turns what they say into one answer that every face shows.
//! Whatever ends the crawl, what was found until then is answered.

mod about;
mod archived;
mod live;
mod named;
mod so_far;

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use jiff::Timestamp;
use ladder::{Country, Policy, Sighted, Topic};
use sources::archive::{Archive, ArchiveError};
use sources::browser::BrowserError;
use sources::crawl::{self, Budget, Crawl, Document, Event, Options, Outcome, Stopped};
use sources::fetch::SetupError;
use sources::guard::NotAHost;
use sources::saving::Saving;
use sources::shelf::Shelving;
use sources::warc::Writer;
use sources::web::{FetchError, Web};
use url::Url;

use crate::answer::{CompanyView, DocumentView, FindAnswer};
use crate::directory;
use crate::gathered::Gathered;
use crate::leads::SavedPage;
use crate::proof;
use crate::sources::{Around, Joined, Quest};
pub use about::{About, parse_about, parse_country, parse_topic, topics};
pub use live::{Live, OwnBrowser};
use live::{allowed, browser_settings};
pub(crate) use live::{fetcher, fetcher_within};
use named::Named;

pub use so_far::SoFar;

/// What to find, and within which bounds.
#[derive(Clone, Debug)]
pub struct FindRequest {
    /// A name, a domain or web address, as typed.
    pub company: String,
    /// The country of the customer.
    pub country: Option<Country>,
    /// The trade, where the user gives it.
    pub sector: Option<atlas::Sector>,
    /// The topic.
    pub about: Option<&'static Topic>,
    /// The matter within the topic, an id of [`ladder::topic::MATTERS`].
    pub matter: Option<&'static str>,
    /// The customer's state or province: the second part of ISO 3166-2.
    pub region: Option<String>,
    /// The folder of the user's own directory; nothing is looked up or kept where there is none.
    pub data: Option<PathBuf>,
    /// Whether what is read is kept in that directory.
    pub keep: bool,
    /// Whether the site of a company that was named is read, beside what the directory knows.
    pub crawl: bool,
    /// Whether nothing is asked of the network.
    pub offline: bool,
    /// An archive, a folder of saved pages, or one page, to read instead of the web.
    pub from: Option<PathBuf>,
    /// Posts, threads and reviews that the user saved: what they name joins as leads.
    pub posts: Vec<PathBuf>,
    /// Where to keep every page read, as WARC.
    pub save: Option<PathBuf>,
    /// The most documents to read.
    pub pages: usize,
    /// The most seconds to take.
    pub seconds: u64,
    /// How to ask the live web.
    pub live: Live,
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
        /// What they come to, for whoever wants to show it before the end.
        so_far: &'a SoFar<'a>,
    },
    /// An address gave nothing.
    Missed {
        /// The address.
        url: &'a str,
        /// Why.
        why: &'a str,
    },
    /// A source is about to be asked for the first time: what it is sent must be shown now.
    FirstUse {
        /// Its name.
        source: &'a str,
        /// What it is sent.
        sends: &'a str,
    },
    /// A source answered, or did not.
    Answered {
        /// Its name.
        source: &'a str,
        /// What came.
        words: &'a str,
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
    /// The pages do not say of which site they were saved, so that nothing ties them to a name.
    #[error(
        "`{from}` does not say of which site it was saved, so that nothing shows whether it is of `{company}`"
    )]
    Siteless {
        /// The file or folder.
        from: PathBuf,
        /// The company as typed.
        company: String,
    },
    /// The user's own directory cannot be used.
    #[error(transparent)]
    Store(store::StoreError),
    /// A host to allow is none.
    #[error("--allow-host: {0}")]
    AllowHost(NotAHost),
    /// The web could not be asked at all.
    #[error("the web cannot be asked: {0}")]
    Fetcher(SetupError),
    /// The browser asked for cannot be used.
    #[error("--browser: {0}")]
    Browser(BrowserError),
    /// The file for the pages read cannot be written.
    #[error("`{path}` cannot be written: {error}")]
    Save {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
}

impl FindRequest {
    /// Returns the usual request for a company: nothing narrowed, nothing kept, thirty pages within two minutes.
    #[must_use]
    pub fn new(company: &str, live: Live) -> Self {
        Self {
            company: company.to_owned(),
            country: None,
            sector: None,
            about: None,
            matter: None,
            region: None,
            data: None,
            keep: false,
            crawl: false,
            offline: false,
            from: None,
            posts: Vec::new(),
            save: None,
            pages: 30,
            seconds: 120,
            live,
        }
    }
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
            Self::Siteless { .. } => {
                Some("name the company's site instead of its name, such as `acme.com`".to_owned())
            }
            Self::Archive(error) if matches!(**error, ArchiveError::Missing(_)) => {
                Some("check the path".to_owned())
            }
            Self::Save { .. } => Some("choose a file in a folder that you may write to".to_owned()),
            Self::Browser(BrowserError::NotInstalled) => Some(
                "install Chromium, name your browser in UPSTAIRS_BROWSER, or leave out --browser".to_owned(),
            ),
            Self::Store(error) => error.hint().map(str::to_owned),
            Self::Archive(_)
            | Self::NotInArchive { .. }
            | Self::AllowHost(_)
            | Self::Fetcher(_)
            | Self::Browser(_) => None,
        }
    }

    /// Returns whether the words of the command were wrong, rather than the world.
    #[must_use]
    pub const fn is_usage(&self) -> bool {
        matches!(self, Self::NotAnAddress(_) | Self::AllowHost(_))
    }
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
    let strangers = request.from.as_ref().and_then(|from| {
        let written = if from.is_dir() {
            archived::strangers_in(from)?
        } else {
            archived::is_of_strangers(from).then(|| vec![from.clone()])?
        };
        Some((from, written))
    });
    let Some((from, written)) = strangers else {
        return asked(request, now, told, until).await;
    };
    // Pages of sites of reviews alone: what they name joins as leads, and nothing of it is the company's own site.
    let posts = request.posts.iter().cloned().chain(written).collect();
    let request = FindRequest { from: None, posts, offline: true, ..request.clone() };
    let mut answer = asked(&request, now, told, until).await?;
    answer.asked.from = Some(from.display().to_string());
    Ok(answer)
}

/// Finds, from whatever the request names.
async fn asked(
    request: &FindRequest,
    now: Timestamp,
    told: impl FnMut(Progress<'_>) + Send,
    until: impl Future<Output = ()> + Send,
) -> Result<FindAnswer, FindError> {
    let data = request.data.as_deref();
    let told = Mutex::new(told);
    // Crawl and sources tell in turn.
    let tell = |progress: Progress<'_>| told.lock().unwrap_or_else(PoisonError::into_inner)(progress);
    // Several stages wait for it; once it is ready it stays so.
    let until = until.shared();
    let asks = request.live.sources.any_on() && !request.offline && request.from.is_none();
    let pages = asks.then(|| fetcher(&request.live)).transpose()?;
    let around = pages.as_ref().map(|pages| Around::of(request, pages, now));
    let around = around.transpose().map_err(FindError::Fetcher)?;
    if let Some(from) = &request.from {
        let (archive, start) = archived::open(request, from).await?;
        return archived_answer(request, from, &archive, &start, now, &tell, until).await;
    }
    let (start, mut known, quest) = match start_address(&request.company) {
        Ok(url) => (url, None, None),
        Err(error) if request.company.trim().is_empty() => return Err(error),
        // A name: the directory knows it, or sources do, or it must be told more.
        Err(_) => match named::by_name(request, now, around.as_ref(), &tell, until.clone()).await? {
            Named::Answer(answer) => return Ok(*answer),
            Named::Site { site, known, quest } => {
                (site, known.map(|known| *known), quest.map(|quest| *quest))
            }
        },
    };
    let mut trouble = None;
    if known.is_none() {
        let host = start.host_str().unwrap_or_default();
        match directory::of_host(host.strip_prefix("www.").unwrap_or(host), data).await {
            Ok(found) => known = found,
            Err(error) => trouble = Some(directory::store_words(&error)),
        }
    }
    if request.offline {
        return Ok(match known {
            Some(known) => Gathered::of_known(known, request, now),
            None => Gathered::of_nobody(request, Vec::new()),
        }
        .finish(request, now)
        .await);
    }
    let of_site = |around| Quest::of_site(around, request, &start, known.as_ref());
    let quest = quest.or_else(|| around.as_ref().map(of_site));
    let (mut crawl, joined) =
        named::read_and_ask(request, now, &start, pages.as_ref(), quest, &tell, until).await?;
    if request.live.browser.is_none()
        && crawl.documents.iter().any(|document| document.outcome == Outcome::NeedsScript)
    {
        crawl.warnings.push("--browser opens such pages in your own Chromium, if it is installed".to_owned());
    }
    crawl.warnings.extend(trouble);
    if known.is_none() && matches!(crawl.stopped, Stopped::NoStart(FetchError::UnknownHost(_))) {
        // `crypto.om`: who is called so, but for a slip?
        let mut answer = answer_and_keep(request, &crawl, None, joined, Vec::new(), now).await;
        answer.candidates = directory::candidates_for(&request.company, data).await;
        return Ok(answer);
    }
    Ok(answer_and_keep(request, &crawl, known, joined, Vec::new(), now).await)
}

/// Answers from an archive, which is crawled as the site would be.
async fn archived_answer(
    request: &FindRequest,
    from: &Path,
    archive: &Archive,
    start: &Url,
    now: Timestamp,
    tell: &(dyn Fn(Progress<'_>) + Sync),
    until: impl Future<Output = ()> + Send,
) -> Result<FindAnswer, FindError> {
    let mut crawl = climb_and_save(archive, start, request, now, tell, until).await?;
    let saved = archived::of_strangers(archive);
    if let Stopped::NoStart(FetchError::NotArchived(_)) = crawl.stopped {
        if saved.is_empty() {
            return Err(archived::not_there(request, from, archive));
        }
        // Nothing of the company itself, and pages on which others write of it.
        let mut gathered = Gathered::of_nobody(request, Vec::new());
        gathered.saved_pages = saved;
        return Ok(gathered.finish(request, now).await);
    }
    crawl.warnings.extend(archive.warnings().iter().map(ToString::to_string));
    // Where a single page comes from is the user's word: it is answered, and not kept as the company's own.
    let of_word = archive.is_pages() && from.is_file();
    let request = &FindRequest { keep: request.keep && !of_word, ..request.clone() };
    Ok(answer_and_keep(request, &crawl, None, Joined::default(), saved, now).await)
}

/// Makes the answer of a crawl, and keeps what it found where the user wants that. What cannot be kept is told and no more.
async fn answer_and_keep(
    request: &FindRequest,
    crawl: &Crawl,
    known: Option<directory::Known>,
    joined: Joined,
    saved_pages: Vec<SavedPage>,
    now: Timestamp,
) -> FindAnswer {
    let more = joined.to_keep();
    let mut gathered = Gathered::of_crawl(request, crawl, known, now).joined(joined);
    gathered.saved_pages = saved_pages;
    if request.keep {
        let data = request.data.as_deref();
        match directory::keep(
            data,
            &company(request, crawl),
            crawl,
            &more,
            best_policy(crawl).map(|(policy, _)| policy),
            now,
        )
        .await
        {
            Ok(changes) => gathered.changes = changes.unwrap_or_default(),
            Err(error) => gathered.warnings.push(format!("not kept: {}", directory::store_words(&error))),
        }
    }
    gathered.finish(request, now).await
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
            "nothing it says can be trusted: do not enter anything there, and check the address"
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
    // What is looked up later is what was read, whichever web it came from.
    let web = &Shelving::new(web, proof::shelf(request));
    let Some(path) = &request.save else { return Ok(climb(web, start, request, now, told, until).await) };
    let writer = Writer::create(path, &request.live.user_agent, now)
        .map_err(|error| FindError::Save { path: path.clone(), error })?;
    let saving = Saving::new(web, writer);
    let mut crawl = climb(&saving, start, request, now, told, until).await;
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
    now: Timestamp,
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
    let options = Options {
        country: request.country,
        lang: None,
        about: stems.unwrap_or_default(),
        budget,
        atlas: Some(crate::atlas::in_use()),
    };
    let (mut documents, mut contacts, mut findings) = (0, 0, Vec::new());
    let observer = |event: Event<'_>| match event {
        Event::Found(found) => findings.push(found.clone()),
        Event::Asking { url, choice } => {
            told(Progress::Asking { url: url.as_str(), why: &choice.to_string() });
        }
        Event::Read(document) => {
            documents += 1;
            contacts += document.new_contacts;
            let so_far = &SoFar { request, start, findings: &findings, now };
            told(Progress::Read { documents, contacts, so_far });
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
    Gathered::of_crawl(request, crawl, None, now).answer(request, now)
}

/// Returns what a crawl saw.
pub(crate) fn sighted(crawl: &Crawl) -> Vec<Sighted> {
    let seen = crawl.findings.iter().flat_map(|found| {
        found
            .finding
            .contacts
            .iter()
            .map(|sighting| Sighted { sighting: sighting.clone(), source: found.source.clone() })
    });
    seen.collect()
}

/// Returns what went wrong in a crawl, or is worth knowing.
pub(crate) fn warnings(crawl: &Crawl) -> Vec<String> {
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
    warnings
}

/// Returns the procedure that says most: the most stages, then outside bodies, then the one read first.
///
/// With it comes the day on which it was read.
pub(crate) fn best_policy(crawl: &Crawl) -> Option<(&Policy, &str)> {
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
pub(crate) fn company(request: &FindRequest, crawl: &Crawl) -> CompanyView {
    let facts = || crawl.findings.iter().map(|found| &found.finding.company);
    let name = facts().find_map(|f| f.name.clone()).or_else(|| name_from_title(crawl, &request.company));
    CompanyView {
        name,
        legal_name: facts().find_map(|f| f.legal_name.clone()),
        register_number: facts().find_map(|f| f.register_number.clone()),
        domain: (!crawl.site.is_empty()).then(|| crawl.site.clone()),
        website: Some(crawl.start.to_string()),
        ..CompanyView::default()
    }
}

/// Takes the part of a page's title that is like the domain: "Contact us | Acme" is Acme on acme.example.
fn name_from_title(crawl: &Crawl, typed: &str) -> Option<String> {
    let domain = if crawl.site.is_empty() { typed } else { &crawl.site };
    reading::title::name_among(crawl.documents.iter().map(|document| document.title.as_str()), domain)
}

/// Views a document.
pub(crate) fn document(document: &Document) -> DocumentView {
    DocumentView {
        url: document.url.to_string(),
        status: document.status,
        title: document.title.clone(),
        pdf: document.pdf,
        outcome: match &document.outcome {
            Outcome::Read => "read".to_owned(),
            Outcome::Rendered => "read as your own browser shows it".to_owned(),
            Outcome::NeedsScript => "shows little without JavaScript; the rest was read".to_owned(),
            Outcome::BotCheck => "asks visitors to prove that they are not a robot".to_owned(),
            Outcome::SameAs(url) => format!("the same as {url}"),
            Outcome::Missing => "says that the page does not exist".to_owned(),
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

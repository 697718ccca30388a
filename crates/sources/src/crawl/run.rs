//! The crawl itself: ask, read, weigh, ask again.
//!
//! One request at a time, each redirect counted and checked for scope. Whatever ends it (nothing more to gain, a
//! budget, the user, a site that refuses), what was found until then is returned.

use std::future::Future;
use std::pin::Pin;

use ladder::{Finding, Source, SourceKind};
use reading::page::{self, Context, Page};
use reading::pdf;
use tokio::time::Instant;
use url::Url;

use super::address::{self, Scope};
use super::document::{is_page, parent_of, warning_of};
use super::frontier::{Candidate, Frontier};
use super::locale::Wanted;
use super::progress::Progress;
use super::report::{Crawl, Document, Event, Found, Outcome, Stopped};
use super::score::{Choice, Judge, Reason};
use super::words::{self, PageKind};
use super::{Options, security_txt, sitemap, state};
use crate::browser;
use crate::web::{FetchError, Response, Web};

/// Redirects followed for one page.
const MOST_HOPS: usize = 8;

/// Links of one page that are judged.
const MOST_LINKS: usize = 4_000;

/// Sitemaps fetched.
const MOST_SITEMAPS: usize = 4;

/// Sitemap entries that are kept, the best first.
const MOST_LISTED: usize = 300;

/// Refusals in a row after which a site is left in peace.
const MOST_REFUSALS: usize = 4;

/// Links of a page that may be a check for robots.
const A_DOOR_HAS_FEW_LINKS: usize = 8;

/// Characters of visible text from which two equal pages are one.
const TELLING: usize = 100;

/// Crawls a company's site from a start page and returns what it yields.
///
/// It ends when little is left to gain, when a budget is used up, or when `until` is ready (Ctrl-C): then with what was
/// found so far. A start page that cannot be had is told in [`Crawl::stopped`]; neighbouring spellings of it (`www.`,
/// `http`) are tried before.
pub async fn crawl<W: Web>(
    web: &W,
    start: &Url,
    options: &Options,
    observer: impl FnMut(Event<'_>) + Send,
    until: impl Future<Output = ()> + Send,
) -> Crawl {
    let mut until = std::pin::pin!(until);
    let mut run = Run::new(web, start, options, observer, until.as_mut());
    let stopped = match run.whole(start).await {
        Ok(never) => match never {},
        Err(stopped) => stopped,
    };
    run.out.stopped = stopped;
    run.out
}

/// What never happens: a crawl goes on until something stops it.
enum Never {}

/// A crawl at work.
struct Run<'a, W, O, U: Future<Output = ()> + Send> {
    web: &'a W,
    options: &'a Options,
    observer: O,
    until: Pin<&'a mut U>,
    deadline: Instant,
    judge: Judge,
    frontier: Frontier,
    progress: Progress,
    out: Crawl,
    bytes: u64,
    pdfs: usize,
    refusals: usize,
    texts: Vec<(u64, Url)>,
}

/// A response and the way to it.
struct Got {
    url: Url,
    via: Vec<Url>,
    response: Response,
}

/// Why an address gave nothing to read.
enum Miss {
    /// It failed.
    Failed(FetchError),
    /// It leads out of the site, to what was read already, or in circles.
    Astray(String),
    /// The crawl is over.
    Over(Stopped),
}

impl<'a, W: Web, O: FnMut(Event<'_>) + Send, U: Future<Output = ()> + Send> Run<'a, W, O, U> {
    fn new(web: &'a W, start: &Url, options: &'a Options, observer: O, until: Pin<&'a mut U>) -> Self {
        let scope = Scope::of(start);
        let wanted = Wanted::new(options.country, options.lang.as_deref());
        let out = Crawl {
            start: start.clone(),
            site: scope.site.clone(),
            documents: Vec::new(),
            findings: Vec::new(),
            warnings: Vec::new(),
            requests: 0,
            stopped: Stopped::NothingLeft,
        };
        Self {
            web,
            options,
            observer,
            until,
            deadline: Instant::now() + options.budget.time,
            judge: Judge::new(scope, wanted, options.about.clone()),
            frontier: Frontier::default(),
            progress: Progress::default(),
            out,
            bytes: 0,
            pdfs: 0,
            refusals: 0,
            texts: Vec::new(),
        }
    }

    async fn whole(&mut self, start: &Url) -> Result<Never, Stopped> {
        self.start(start).await?;
        self.files_for_machines().await?;
        loop {
            self.next().await?;
        }
    }

    /// Fetches the start page, or a neighbouring spelling of it, and settles the scope by where it leads.
    async fn start(&mut self, start: &Url) -> Result<(), Stopped> {
        let choice = Choice {
            gain: 100.0,
            reasons: vec![Reason::new("the start page", 100.0)],
            ..Choice::because(PageKind::Home, "")
        };
        let mut first_error = None;
        for spelling in std::iter::once(start.clone()).chain(neighbours(start)) {
            (self.observer)(Event::Asking { url: &spelling, choice: &choice });
            match self.fetch(&spelling, true).await {
                Ok(got) if first_error.is_some() && got.response.status >= 400 => {}
                Ok(got) => {
                    if let Some(error) = &first_error {
                        self.warn(format!("{error}: `{spelling}` was read instead"));
                    }
                    self.settle(&got);
                    self.document(got, choice, 0);
                    return Ok(());
                }
                Err(Miss::Over(stopped)) => return Err(stopped),
                Err(Miss::Astray(why)) => {
                    first_error.get_or_insert(FetchError::Failed { url: spelling, reason: why });
                }
                Err(Miss::Failed(error)) => {
                    let robots = matches!(
                        error,
                        FetchError::Robots(_) | FetchError::Refused(_) | FetchError::Budget(_)
                    );
                    first_error.get_or_insert(error);
                    if robots {
                        break;
                    }
                }
            }
        }
        let unknown =
            || FetchError::Failed { url: start.clone(), reason: "no spelling of it answered".to_owned() };
        Err(Stopped::NoStart(first_error.unwrap_or_else(unknown)))
    }

    /// Takes the site from where the start page really is.
    fn settle(&mut self, got: &Got) {
        let scope = Scope::of(&got.url);
        if scope.site != self.judge.scope.site {
            self.warn(format!("`{}` leads to `{}`: that site was read", self.judge.scope.site, scope.site));
        }
        self.out.start = got.url.clone();
        self.out.site.clone_from(&scope.site);
        self.judge = Judge::new(scope, self.judge.wanted.clone(), self.options.about.clone());
        self.frontier.mark(&got.url);
        got.via.iter().for_each(|url| {
            self.frontier.mark(url);
        });
        if let Ok(root) = got.url.join("/") {
            self.frontier.add(root, Choice::because(PageKind::Home, "the front page of the site"), 1);
        }
    }

    /// Adds a link to what is left.
    fn add(&mut self, url: &Url, choice: Choice, clicks: usize) {
        self.frontier.add(self.judge.scope.spelt(url, &self.out.start), choice, clicks);
    }

    /// Reads robots.txt for its sitemaps, those sitemaps, and `security.txt`.
    async fn files_for_machines(&mut self) -> Result<(), Stopped> {
        if self.refusals > 0 {
            return Ok(());
        }
        let root = self.out.start.clone();
        let mut maps = Vec::new();
        if let Some(got) = self.file(&root, "/robots.txt").await? {
            maps = sitemap::of_robots(&String::from_utf8_lossy(&got.response.body));
            maps.retain(|url| self.judge.scope.holds(url));
        }
        if maps.is_empty()
            && let Ok(usual) = root.join("/sitemap.xml")
        {
            maps.push(usual);
        }
        self.sitemaps(maps).await?;
        if let Some(got) = self.file(&root, "/.well-known/security.txt").await? {
            let text = String::from_utf8_lossy(&got.response.body);
            let today = got.response.fetched.get(..10).unwrap_or_default().to_owned();
            let finding = security_txt::read(&text, &today);
            if !finding.contacts.is_empty() {
                let source = self.source(&got.url, &got.response.fetched, SourceKind::OwnFile);
                self.found(Found { source, finding });
            }
        }
        Ok(())
    }

    /// Keeps what was found, and tells of it.
    fn found(&mut self, found: Found) {
        (self.observer)(Event::Found(&found));
        self.out.findings.push(found);
    }

    /// Fetches a file for machines; a miss is no matter.
    async fn file(&mut self, root: &Url, path: &str) -> Result<Option<Got>, Stopped> {
        let Ok(url) = root.join(path) else { return Ok(None) };
        self.fetch_file(&url).await
    }

    async fn fetch_file(&mut self, url: &Url) -> Result<Option<Got>, Stopped> {
        let refusals = self.refusals;
        let got = match self.fetch(url, false).await {
            Ok(got) if got.response.status == 200 => Some(got),
            Err(Miss::Over(stopped)) => return Err(stopped),
            _ => None,
        };
        self.refusals = refusals;
        Ok(got)
    }

    /// Reads sitemaps, the most promising first, and adds what they list.
    async fn sitemaps(&mut self, maps: Vec<Url>) -> Result<(), Stopped> {
        let mut left: Vec<(f32, Url)> = maps.into_iter().map(|url| (self.promise(&url), url)).collect();
        let mut listed: Vec<(Url, Choice)> = Vec::new();
        for _ in 0..MOST_SITEMAPS {
            left.sort_by(|a, b| a.0.total_cmp(&b.0));
            let Some((_, url)) = left.pop() else { break };
            let Some(got) = self.fetch_file(&url).await? else { continue };
            let sitemap = sitemap::read(&got.response.body);
            for child in sitemap.children.into_iter().take(1_000).filter(|url| self.judge.scope.holds(url)) {
                left.push((self.promise(&child), child));
            }
            let judged = sitemap
                .pages
                .into_iter()
                .filter_map(|url| Some((self.judge.bare(&url, "the sitemap")?, url)));
            listed.extend(judged.map(|(choice, url)| (url, choice)));
        }
        listed.sort_by(|a, b| b.1.gain.total_cmp(&a.1.gain));
        for (url, choice) in listed.into_iter().take(MOST_LISTED) {
            self.add(&url, choice, 1);
        }
        Ok(())
    }

    /// Returns how promising a sitemap is by its name: those of pages before those of posts and products.
    fn promise(&self, url: &Url) -> f32 {
        let name = address::words_of(url.path().rsplit('/').next().unwrap_or_default());
        let heard = words::hear(&name, "sitemap");
        let held: f32 = heard.avoid.iter().map(|avoid| avoid.factor).product();
        let pages = if words::fold(&name).contains(" page") { 4.0 } else { 1.0 };
        let kind = heard.kinds.iter().map(|(kind, strength)| kind.value() * strength).fold(10.0, f32::max);
        let locale = super::locale::of(url, &self.judge.scope.subdomain(url));
        held * pages * kind * locale.map_or(1.0, |locale| self.judge.wanted.fit(&locale))
    }

    /// Takes the best link, if it is worth it, and reads what is behind it.
    async fn next(&mut self) -> Result<(), Stopped> {
        let budget = &self.options.budget;
        if self.out.documents.len() >= budget.documents {
            return Err(Stopped::Budget("documents"));
        }
        let Some(Candidate { url, choice, clicks, .. }) =
            self.frontier.best(&self.progress, self.pdfs < budget.pdfs)
        else {
            return Err(if self.frontier.len() == 0 {
                Stopped::NothingLeft
            } else {
                Stopped::Budget("PDFs")
            });
        };
        let floor = self.progress.floor();
        if choice.gain < floor {
            let best = Some((url, choice.gain));
            return Err(Stopped::LittleToGain { best, floor, have: self.progress.have() });
        }
        self.frontier.mark(&url);
        (self.observer)(Event::Asking { url: &url, choice: &choice });
        match self.fetch(&url, false).await {
            Ok(got) => self.document(got, choice, clicks),
            Err(Miss::Over(stopped)) => return Err(stopped),
            Err(Miss::Astray(why)) => {
                self.progress.note_waste(&url);
                (self.observer)(Event::Missed { url: &url, why: &why });
            }
            Err(Miss::Failed(error)) => {
                self.progress.note_waste(&url);
                (self.observer)(Event::Missed { url: &url, why: &error.to_string() });
                if matches!(
                    error,
                    FetchError::Timeout(_) | FetchError::Tls { .. } | FetchError::Failed { .. }
                ) {
                    self.refused(&error.to_string())?;
                }
            }
        }
        if self.refusals >= MOST_REFUSALS {
            return Err(Stopped::Refusals(format!("{MOST_REFUSALS} requests in a row were refused")));
        }
        Ok(())
    }

    /// Counts a refusal.
    fn refused(&mut self, why: &str) -> Result<(), Stopped> {
        self.refusals += 1;
        if self.refusals >= MOST_REFUSALS { Err(Stopped::Refusals(why.to_owned())) } else { Ok(()) }
    }

    /// Asks for an address and follows its redirects, each counted and checked.
    async fn fetch(&mut self, url: &Url, start: bool) -> Result<Got, Miss> {
        let mut via: Vec<Url> = Vec::new();
        let mut url = url.clone();
        loop {
            let budget = &self.options.budget;
            if self.out.requests >= budget.requests {
                return Err(Miss::Over(Stopped::Budget("requests")));
            }
            if self.bytes >= budget.bytes {
                return Err(Miss::Over(Stopped::Budget("bytes")));
            }
            if Instant::now() >= self.deadline {
                return Err(Miss::Over(Stopped::Budget("time")));
            }
            self.out.requests += 1;
            let response = tokio::select! {
                biased;
                () = self.until.as_mut() => return Err(Miss::Over(Stopped::Asked)),
                () = tokio::time::sleep_until(self.deadline) => return Err(Miss::Over(Stopped::Budget("time"))),
                response = self.web.get(&url) => response.map_err(Miss::Failed)?,
            };
            self.bytes += response.body.len() as u64;
            let target = matches!(response.status, 301 | 302 | 303 | 307 | 308)
                .then(|| response.header("location").and_then(|to| url.join(to.trim()).ok()))
                .flatten();
            let Some(mut target) = target else { return Ok(Got { url, via, response }) };
            target.set_fragment(None);
            if via.len() >= MOST_HOPS || via.contains(&target) || target == url {
                return Err(Miss::Astray("it redirects in circles".to_owned()));
            }
            via.push(url);
            if !start {
                if !self.judge.scope.holds(&target) {
                    return Err(Miss::Astray(format!("it leads to another site, `{target}`")));
                }
                let spelling = via.iter().any(|seen| address::key(seen) == address::key(&target));
                if !spelling && !self.frontier.mark(&target) {
                    return Err(Miss::Astray(format!("it leads to `{target}`, which was asked for already")));
                }
            } else if !matches!(target.scheme(), "http" | "https") {
                return Err(Miss::Astray(format!("it leads to `{target}`")));
            }
            url = target;
        }
    }

    /// Reads a document and takes note of what it yields.
    fn document(&mut self, got: Got, choice: Choice, clicks: usize) {
        let Got { url, via, response } = got;
        let content_type = response.header("content-type").unwrap_or_default().to_ascii_lowercase();
        let pdf = content_type.contains("pdf") || response.body.starts_with(b"%PDF");
        let mut document = Document {
            url,
            via,
            status: response.status,
            fetched: response.fetched.clone(),
            title: String::new(),
            pdf,
            outcome: Outcome::Read,
            new_contacts: 0,
            choice,
        };
        match response.status {
            200..=299 => self.refusals = 0,
            401 | 403 | 429 | 500..=599 => self.refusals += 1,
            _ => {}
        }
        let found = if response.status >= 400 {
            self.error_page(&mut document, &response);
            None
        } else if response.body.is_empty() && !response.cut {
            document.outcome = Outcome::Empty;
            None
        } else if pdf {
            self.pdfs += 1;
            self.pdf(&mut document, &response, clicks).map(|finding| (finding, SourceKind::OwnDocument))
        } else if is_page(&content_type, &response.body) {
            self.page(&mut document, &response, clicks).map(|finding| (finding, SourceKind::OwnSite))
        } else {
            let kind = content_type.split(';').next().unwrap_or_default().trim();
            document.outcome = Outcome::Unreadable(format!("`{kind}` is neither a page nor a PDF"));
            None
        };
        if let Some((finding, kind)) = found {
            document.new_contacts = self.progress.note(&document.url, &document.choice, &finding);
            let source = self.source(&document.url, &document.fetched, kind);
            self.found(Found { source, finding });
        } else {
            self.progress.documents += 1;
            self.progress.note_waste(&document.url);
        }
        (self.observer)(Event::Read(&document));
        if response.cut && !response.body.is_empty() {
            let read = response.body.len() >> 20;
            self.warn(format!("`{}` was cut: only its first {read} MiB were read", document.url));
        }
        let start = self.out.documents.is_empty();
        if let Some(warning) = warning_of(&document, start) {
            self.warn(warning);
        }
        self.out.documents.push(document);
    }

    /// Names what an answer with an error status is.
    fn error_page(&mut self, document: &mut Document, response: &Response) {
        let page = page::read(&response.body, &self.context(&document.url, response));
        document.title = page.title;
        document.outcome = match response.status {
            404 | 410 => Outcome::Missing,
            _ if page.bot_check => Outcome::BotCheck,
            status => Outcome::Unreadable(format!("the site answered {status}")),
        };
    }

    /// Reads a page; `None` where nothing on it is to be believed.
    fn page(&mut self, document: &mut Document, response: &Response, clicks: usize) -> Option<Finding> {
        let url = document.url.clone();
        let page = page::read(&response.body, &self.context(&url, response));
        document.title.clone_from(&page.title);
        // A form with a check for robots is no check for robots: that shows neither contacts nor a menu.
        if page.bot_check && page.finding.contacts.is_empty() && page.links.len() <= A_DOOR_HAS_FEW_LINKS {
            document.outcome = Outcome::BotCheck;
            self.refusals += 1;
            return None;
        }
        if page.soft_404 {
            document.outcome = Outcome::Missing;
            return None;
        }
        if page.visible >= TELLING {
            if let Some((_, same)) = self.texts.iter().find(|(hash, _)| *hash == page.text_hash) {
                document.outcome = Outcome::SameAs(same.clone());
                return None;
            }
            self.texts.push((page.text_hash, url.clone()));
        }
        if self.out.documents.is_empty() {
            self.judge.wanted.settle(page.lang.as_deref());
        }
        self.take_canonical(&url, &page);
        self.take_links(document, &page, response, clicks);
        if let Some(why) = response.header(browser::NOT_RENDERED) {
            self.warn(format!("`{url}` was not rendered: {why}"));
        }
        if page.needs_script {
            document.outcome = Outcome::NeedsScript;
        } else if response.header(browser::RENDERED).is_some() {
            document.outcome = Outcome::Rendered;
        } else if page.visible == 0 && page.finding.contacts.is_empty() && page.links.is_empty() {
            document.outcome = Outcome::Empty;
        }
        Some(page.finding)
    }

    /// Reads a PDF; `None` where it gives no text, with the reason in its outcome.
    fn pdf(&mut self, document: &mut Document, response: &Response, clicks: usize) -> Option<Finding> {
        let url = document.url.clone();
        let read = match pdf::text(&response.body, pdf::Bounds::default()) {
            Ok(read) => read,
            Err(error) => {
                document.outcome = Outcome::Unreadable(error.to_string());
                return None;
            }
        };
        for warning in &read.warnings {
            self.warn(format!("`{url}`: {warning}"));
        }
        let page = page::read_outline(&pdf::outline(&read), &self.context(&url, response));
        document.title.clone_from(&page.title);
        self.take_links(document, &page, response, clicks);
        Some(page.finding)
    }

    /// Marks the address that a page calls its own, where it is the page's own path on another host or with another query.
    fn take_canonical(&mut self, url: &Url, page: &Page) {
        if let Some(canonical) = &page.canonical
            && self.judge.scope.holds(canonical)
            && canonical.path().trim_end_matches('/') == url.path().trim_end_matches('/')
        {
            self.frontier.mark(canonical);
        }
    }

    /// Judges the links of a page, and where it shows little, the addresses that it carries for its script.
    fn take_links(&mut self, document: &Document, page: &Page, response: &Response, clicks: usize) {
        let url = &document.url;
        let parent = parent_of(document.choice.kind, page);
        for link in page.links.iter().take(MOST_LINKS) {
            if let Some(mut choice) = self.judge.link(link) {
                parent.lift(&mut choice, link);
                self.add(&link.url, choice, clicks + 1);
            }
        }
        if document.pdf || !page.needs_script && (page.visible > 300 || page.links.len() > 5) {
            return;
        }
        if let Some(onward) = state::onward(&response.body, url)
            && self.judge.scope.holds(&onward)
        {
            self.add(
                &onward,
                Choice::because(PageKind::Onward, "the page sends its reader there"),
                clicks + 1,
            );
        }
        for named in state::addresses(&response.body, url) {
            if let Some(choice) = self.judge.bare(&named, "data in the page")
                && choice.kind != PageKind::Unknown
            {
                self.add(&named, choice, clicks + 1);
            }
        }
    }

    /// Returns what is known of a page before it is read.
    fn context<'b>(&'b self, url: &'b Url, response: &'b Response) -> Context<'b> {
        let charset = response.header("content-type").and_then(|value| {
            let at = value.to_ascii_lowercase().find("charset=")?;
            value[at + 8..].split([';', ',', ' ']).next().map(|name| name.trim_matches(['"', '\'']))
        });
        Context {
            url: Some(url),
            charset,
            country: self.options.country,
            lang: self.options.lang.as_deref(),
            atlas: self.options.atlas,
        }
    }

    fn source(&self, url: &Url, fetched: &str, kind: SourceKind) -> Source {
        Source {
            url: url.to_string(),
            kind,
            site: self.out.site.clone(),
            seen: fetched.to_owned(),
            stated: None,
        }
    }

    fn warn(&mut self, warning: String) {
        (self.observer)(Event::Warned(&warning));
        self.out.warnings.push(warning);
    }
}

/// Returns other spellings of a start address: with and without `www.`, with the other scheme.
fn neighbours(start: &Url) -> Vec<Url> {
    let Some(host) = start.domain() else { return Vec::new() };
    let other_host = host.strip_prefix("www.").map_or_else(|| format!("www.{host}"), str::to_owned);
    let other_scheme = if start.scheme() == "https" { "http" } else { "https" };
    let variant = |host: &str, scheme: &str| {
        let mut url = start.clone();
        url.set_host(Some(host)).ok()?;
        url.set_scheme(scheme).ok()?;
        Some(url)
    };
    [variant(&other_host, start.scheme()), variant(host, other_scheme), variant(&other_host, other_scheme)]
        .into_iter()
        .flatten()
        .collect()
}

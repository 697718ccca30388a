//! Asking: all sources that are on at once, each within its own time, all within one budget.
//!
//! A source that hangs costs its own budget and nobody else's. What came before the budget ended, or before the user
//! stopped, is kept. Nothing is sent to a source that is off, that lacks what it needs, or that asked to be left in peace.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use jiff::Timestamp;
use sources::cache::Cache;
use sources::fetch::{self, Fetcher, SetupError};
use sources::guard::AllowedHost;
use sources::source::{self, About, Answer, Asking, Source, Subject, Trouble, Wants};
use tokio::time::{Instant, timeout};

use super::last::{self, Last};
use super::settings::SourceSettings;
use crate::find::Progress;

/// The folder of their answers, in that of the pages that are kept between runs.
pub(crate) const ANSWERS: &str = "sources";
/// How much the cache of answers may hold.
const CACHE_BYTES: u64 = 64 << 20;

/// What one source answered.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The source.
    pub(crate) about: &'static About,
    /// What it answered, or why it did not.
    pub(crate) answer: Result<Answer, Trouble>,
    /// How long that took; nothing where nothing was sent.
    pub(crate) took: Duration,
    /// What it says is left of the user's quota.
    pub(crate) quota: Option<String>,
}

/// What asking needs around it.
#[derive(Debug)]
pub(crate) struct Around<'a> {
    settings: &'a SourceSettings,
    data: Option<&'a Path>,
    calls: Fetcher,
    pages: &'a Fetcher,
    cache: Option<Cache>,
    contact: bool,
    now: Timestamp,
    ends: Instant,
}

impl<'a> Around<'a> {
    /// Prepares to ask, for at most `seconds` from now on.
    ///
    /// The hosts that the user set for a source are opened for calls of sources alone, and for no page.
    pub(crate) fn new(
        settings: &'a SourceSettings,
        live: &'a crate::find::Live,
        data: Option<&'a Path>,
        pages: &'a Fetcher,
        seconds: u64,
        now: Timestamp,
    ) -> Result<Self, SetupError> {
        let mut setup = fetch::Settings::new(&live.user_agent);
        let own = source::ALL.into_iter().filter_map(|source| settings.setting(source.about().id).base);
        setup.allow_hosts = own.filter_map(|url| host_of(&url)).collect();
        let folder = live.cache.as_deref().map(|folder| folder.join(ANSWERS));
        let cache = folder.and_then(|folder| match Cache::open(&folder, CACHE_BYTES) {
            Ok(cache) => Some(cache),
            Err(error) => {
                tracing::warn!(folder = %folder.display(), %error, "answers of sources are not kept between runs");
                None
            }
        });
        Ok(Self {
            settings,
            data,
            calls: Fetcher::new(setup)?,
            pages,
            cache,
            // The program gives a contact where the user set one: `+mailto:` or a bare address.
            contact: live.user_agent.contains('@'),
            now,
            ends: Instant::now() + Duration::from_secs(seconds),
        })
    }

    /// Returns how much of the time is left.
    pub(crate) fn left(&self) -> Duration {
        self.ends.saturating_duration_since(Instant::now())
    }

    /// Returns the fetcher for pages.
    pub(crate) const fn pages(&self) -> &'a Fetcher {
        self.pages
    }

    /// Returns the moment of asking, RFC 3339.
    pub(crate) fn now_text(&self) -> String {
        self.now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// Returns the sources that are on.
    pub(crate) fn on(&self) -> impl Iterator<Item = &'static dyn Source> {
        source::ALL.into_iter().filter(|source| self.settings.is_on(source.about().id))
    }
}

/// Returns host and port of an address, to be opened.
fn host_of(url: &url::Url) -> Option<AllowedHost> {
    let host = url.host_str()?;
    let port = url.port_or_known_default()?;
    format!("{host}:{port}").parse().ok()
}

/// Returns whether all is known of a company that a source must know before it can be asked.
pub(crate) fn is_known_for(about: &About, subject: &Subject) -> bool {
    match about.wants {
        Wants::Name => !subject.name.is_empty(),
        Wants::Domain => subject.domain().is_some(),
        Wants::Profile => !subject.profiles.is_empty(),
    }
}

/// Asks the sources among those that are on that `which` chooses; what comes is put into `into` as it comes.
///
/// When `stop` is ready, what came until then stands.
pub(crate) async fn ask(
    around: &Around<'_>,
    subject: &Subject,
    which: impl Fn(&About) -> bool,
    told: &(dyn Fn(Progress<'_>) + Sync),
    stop: impl Future<Output = ()>,
    into: &mut Vec<Asked>,
) {
    let before = last::read(around.data);
    let mut news: BTreeMap<String, Last> = BTreeMap::new();
    let chosen: Vec<&'static dyn Source> = around.on().filter(|source| which(source.about())).collect();
    let mut running: FuturesUnordered<_> = chosen
        .iter()
        .map(|source| one(around, *source, subject, before.get(source.about().id), told))
        .collect();
    let mut stop = std::pin::pin!(stop);
    loop {
        let asked = tokio::select! {
            biased;
            () = &mut stop => break,
            asked = running.next() => asked,
        };
        let Some(asked) = asked else { break };
        let words = super::view::words_of(asked.about, &asked.answer);
        told(Progress::Answered { source: asked.about.name, words: &words });
        if !matches!(asked.answer, Err(Trouble::Lacks(_) | Trouble::NotFor(_))) && asked.took > Duration::ZERO
        {
            let wait = match &asked.answer {
                Err(Trouble::Busy(wait)) => Some(last::until(around.now, *wait)),
                _ => None,
            };
            let last = Last {
                at: around.now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
                outcome: super::view::outcome_of(&asked.answer).to_owned(),
                words,
                quota: asked.quota.clone(),
                not_before: wait,
            };
            news.insert(asked.about.id.to_owned(), last);
        }
        into.push(asked);
    }
    drop(running);
    last::keep(around.data, news);
    // The order of arrival must not show.
    into.sort_by_key(|asked| source::ALL.iter().position(|source| source.about().id == asked.about.id));
}

/// Asks one source.
async fn one(
    around: &Around<'_>,
    source: &'static dyn Source,
    subject: &Subject,
    before: Option<&Last>,
    told: &(dyn Fn(Progress<'_>) + Sync),
) -> Asked {
    let about = source.about();
    let not = |trouble: Trouble| Asked { about, answer: Err(trouble), took: Duration::ZERO, quota: None };
    let place = subject.place();
    if !about.serves(place.as_ref().map(ladder::Country::code)) {
        return not(Trouble::NotFor(format!("it knows companies of {} only", about.countries.join(", "))));
    }
    if !around.settings.is_ready(about, around.contact) {
        let needs = about.needs.in_words().unwrap_or_default();
        return not(Trouble::Lacks(format!("it needs {needs}")));
    }
    if let Some(until) = before.and_then(|last| last.not_before).filter(|until| *until > around.now) {
        let wait = u64::try_from(until.duration_since(around.now).as_secs()).unwrap_or(1);
        return not(Trouble::Busy(Some(Duration::from_secs(wait))));
    }
    if before.is_none() {
        told(Progress::FirstUse { source: about.name, sends: about.sends });
    }
    let budget = around.settings.budget(about).min(around.left());
    let setting = around.settings.setting(about.id);
    let asking = Asking::new(about, setting, &around.calls, around.pages, around.cache.as_ref(), around.now);
    let began = Instant::now();
    let answer = timeout(budget, source.ask(&asking, subject)).await;
    let answer = answer.unwrap_or(Err(Trouble::Late(budget)));
    let took = began.elapsed().max(Duration::from_nanos(1));
    Asked { about, answer, took, quota: asking.quota() }
}

//! Live checks of contacts, on request alone: does the domain take mail, does the page answer, what kind of number is it,
//! how old is the domain?
//!
//! Nothing is written to and nobody is called: name servers, the pages themselves and the registry of the domain are asked.
//! Each domain and page is asked once, all at the same time and within one budget; what does not answer in it is
//! `unknown`. What only strangers named is never opened. A contact that cannot work leaves the ladder, and the next best stands in its place.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::future::join_all;
use jiff::Timestamp;
use jiff::civil::Date;
use ladder::guard::theirs::Whose;
use ladder::host::registrable;
use ladder::{Channel, Reach};
use reading::phone::{self, Kind, Regions, Standing};
use schemars::JsonSchema;
use serde::Serialize;
use sources::fetch::Fetcher;
use sources::verify::{self, Age, Names, Verdict};
use url::Url;

use crate::find::{FindError, Live};
use crate::scam_check::{CheckAnswer, contact_of};

/// How long the checks of one contact may take.
const ONE_BUDGET: Duration = Duration::from_secs(20);
/// A host that every name server of the internet finds.
const CONTROL: &str = "a.root-servers.net";
/// The most contacts that one run checks.
const MOST: usize = 60;

/// What a live check of a contact found.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, JsonSchema)]
pub struct LiveCheck {
    /// What was looked at: `mail`, `page`, `number` or `age`.
    pub what: &'static str,
    /// `works`, `dead`, `doubtful` or `unknown`.
    pub verdict: &'static str,
    /// What was found, in plain words.
    pub words: String,
}

impl LiveCheck {
    fn of(what: &'static str, verdict: &Verdict) -> Self {
        Self { what, verdict: verdict.id(), words: verdict.words().to_owned() }
    }

    /// Returns whether the contact cannot work.
    #[must_use]
    pub fn is_dead(&self) -> bool {
        self.verdict == "dead"
    }
}

/// The checks of several contacts, by their values.
pub(crate) type Checks = BTreeMap<String, Vec<LiveCheck>>;

/// Checks the value of an answer to `check-number`, and adds what is found to it.
///
/// Only the page of an address that is known to be the company's is opened: opening another may tell a stranger that somebody is there.
///
/// # Errors
///
/// A [`FindError`] where a host to allow is none, or the network cannot be used at all.
pub async fn add_to(answer: &mut CheckAnswer, live: &Live, now: Timestamp) -> Result<(), FindError> {
    let Ok((reach, _)) = contact_of(&answer.value, None) else { return Ok(()) };
    let opens = matches!(answer.whose, Whose::Official);
    let mut found = check_all(std::slice::from_ref(&reach), live, now, opens, ONE_BUDGET).await?;
    answer.checks = found.remove(reach.value()).unwrap_or_default();
    Ok(())
}

/// Checks a value that no company was asked about; its page is opened only where `opens`.
///
/// # Errors
///
/// As for [`add_to`].
pub async fn one(
    value: &str,
    country: Option<ladder::Country>,
    live: &Live,
    now: Timestamp,
    opens: bool,
) -> Result<Vec<LiveCheck>, FindError> {
    let Ok((reach, _)) = contact_of(value, country) else { return Ok(Vec::new()) };
    let mut found = check_all(std::slice::from_ref(&reach), live, now, opens, ONE_BUDGET).await?;
    Ok(found.remove(reach.value()).unwrap_or_default())
}

/// Checks contacts, each once, within one budget of time; pages are asked for only where `opens`.
///
/// # Errors
///
/// As for [`add_to`].
pub(crate) async fn check_all(
    reaches: &[Reach],
    live: &Live,
    now: Timestamp,
    opens: bool,
    budget: Duration,
) -> Result<Checks, FindError> {
    let mut reaches: Vec<&Reach> = reaches.iter().collect();
    reaches.sort();
    reaches.dedup();
    reaches.truncate(MOST);
    // What was kept of an earlier visit says nothing of today.
    let web = crate::find::fetcher(&Live { cache: None, ..live.clone() })?;
    let mail_domains =
        distinct(reaches.iter().filter_map(|reach| Some(reach.as_email()?.domain().to_owned())));
    let pages = distinct(reaches.iter().filter_map(|reach| page_of(reach)));
    let names = if mail_domains.is_empty() && pages.is_empty() { None } else { names(live).await };
    let names = names.as_ref();
    let registry = live.sources.registry();
    let calls = crate::find::fetcher(&Live {
        cache: None,
        allow_hosts: registry.iter().filter_map(host_and_port).collect(),
        ..live.clone()
    })?;
    let registry = registry.or_else(|| Url::parse(verify::RDAP).ok());
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();

    let hosts = pages.iter().filter_map(|page| page.host_str().map(str::to_owned));
    let domains = distinct(mail_domains.iter().cloned().chain(hosts).filter_map(|host| registrable(&host)));

    let mail = join_all(mail_domains.iter().map(|domain| takes_mail(names, domain, budget)));
    let opened: Vec<&Url> = pages.iter().filter(|_| opens).collect();
    let answers = join_all(opened.iter().map(|page| answers(&web, names, page, budget)));
    let ages = join_all(domains.iter().map(|domain| age(&calls, registry.as_ref(), domain, today, budget)));
    let (mail, answers, ages) = futures_util::join!(mail, answers, ages);
    let mail: BTreeMap<_, _> = mail_domains.iter().zip(mail).collect();
    let answers: BTreeMap<_, _> = opened.into_iter().zip(answers).collect();
    let ages: BTreeMap<_, _> = domains.iter().zip(ages).collect();

    let of = |reach: &Reach| {
        let mut found = Vec::new();
        let mut host = None;
        if let Some(email) = reach.as_email() {
            found.extend(mail.get(&email.domain().to_owned()).cloned());
            host = Some(email.domain().to_owned());
        } else if let Some(page) = page_of(reach) {
            found.extend(answers.get(&page).cloned());
            host = page.host_str().map(str::to_owned);
        } else if let Some(number) = reach.as_number() {
            found.push(kind_of(number.as_str()));
        }
        let age = host.and_then(|host| registrable(&host)).and_then(|domain| ages.get(&domain).cloned());
        found.extend(age.flatten());
        found
    };
    Ok(reaches.into_iter().map(|reach| (reach.value().to_owned(), of(reach))).collect())
}

/// Returns the name servers to ask; none where they know not even a host that all of them know: what those do not find,
/// behind a wall or off the net, proves nothing.
async fn names(live: &Live) -> Option<Names> {
    let names = match live.name_server {
        Some(server) => Names::of_server(server),
        None => Names::of_system(),
    };
    let names = names.ok()?;
    (names.has_address(CONTROL).await.id() == "works").then_some(names)
}

/// Returns the host and port of a registry that the user set, as an allowed host is written.
fn host_and_port(url: &Url) -> Option<String> {
    Some(format!("{}:{}", url.host_str()?, url.port_or_known_default()?))
}

fn distinct<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort();
    all.dedup();
    all
}

/// Returns the page of a contact that is opened in a browser; profiles and messengers answer to people alone.
fn page_of(reach: &Reach) -> Option<Url> {
    let opens = matches!(reach.channel(), Channel::Form | Channel::Web | Channel::Chat);
    reach.as_link().filter(|_| opens).map(|link| link.url().clone())
}

async fn takes_mail(names: Option<&Names>, domain: &str, budget: Duration) -> LiveCheck {
    let verdict = match names {
        None => Verdict::Unknown("the name servers of this machine find nothing at all".to_owned()),
        Some(names) => tokio::time::timeout(budget, names.takes_mail(domain))
            .await
            .unwrap_or_else(|_| Verdict::Unknown(format!("the name server did not answer for `{domain}`"))),
    };
    LiveCheck::of("mail", &verdict)
}

async fn answers(web: &Fetcher, names: Option<&Names>, page: &Url, budget: Duration) -> LiveCheck {
    let verdict = tokio::time::timeout(budget, verify::answers(web, names, page))
        .await
        .unwrap_or_else(|_| Verdict::Unknown("it did not answer in time".to_owned()));
    LiveCheck::of("page", &verdict)
}

/// Tells the age of a domain; nothing where the registry does not tell.
async fn age(
    web: &Fetcher,
    registry: Option<&Url>,
    domain: &str,
    today: Date,
    budget: Duration,
) -> Option<LiveCheck> {
    let age = tokio::time::timeout(budget, verify::registered(web, registry?, domain)).await.ok()?;
    let verdict = match &age {
        Age::Since(_) if age.is_young(today) => "doubtful",
        Age::Since(_) => "works",
        // A registry that answers for some other zone knows no better: the mail server and the page decide.
        Age::NotRegistered => "doubtful",
        Age::Unknown(_) => return None,
    };
    Some(LiveCheck { what: "age", verdict, words: age.words(domain, today)? })
}

/// Tells what kind of number it is, from the numbering plan that is built in: nobody is asked for that.
fn kind_of(e164: &str) -> LiveCheck {
    let Some(number) = phone::normalise(e164, &Regions::default()) else {
        let words = "no numbering plan knows such a number".to_owned();
        return LiveCheck { what: "number", verdict: "doubtful", words };
    };
    let kind = match number.kind {
        Kind::Fixed => "a line at a place",
        Kind::Mobile => "a mobile",
        Kind::FixedOrMobile => "a line or a mobile: its numbering plan does not tell",
        Kind::TollFree => "free to call",
        Kind::Premium => "dearer than an ordinary call",
        Kind::Shared => "at a shared cost",
        Kind::Voip => "reached over the internet, at no place",
        Kind::Personal => "a personal number, which follows a person",
        Kind::Universal => "one number for a firm with many offices",
        Kind::Machine => "a pager or a voice mailbox",
        Kind::Unknown => "of no assigned kind",
    };
    let place = number.country.map_or_else(String::new, |country| format!(" ({country})"));
    let (verdict, words) = match number.standing {
        Standing::Valid if matches!(number.kind, Kind::Premium | Kind::Personal | Kind::Machine) => {
            ("doubtful", format!("a valid number, {kind}{place}"))
        }
        Standing::Valid => ("works", format!("a valid number, {kind}{place}")),
        Standing::Possible => ("doubtful", format!("its length fits, but its range is not assigned{place}")),
    };
    LiveCheck { what: "number", verdict, words }
}

//! A page as the user's own browser shows it: what it says of how to reach a company, and what is known of each contact.
//!
//! Whoever sends it is the user, so it may be a page that no program may fetch. What it says of itself proves nothing:
//! a contact is official only where the directory has it from the company's own pages, and what a page of a forum or a
//! review site names is said by strangers.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use ladder::Country;
use reading::page::{self, Context};
use reading::post::site;
use reading::post::stance::Said;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::StoreError;
use url::Url;

use crate::directory::{self, Known, Looked, OwnerView};
use crate::read::{ReadError, parse_address};
use crate::read_post::{self, PostError, PostRequest};

/// The most bytes of a page.
pub const MOST_BYTES: usize = 12 << 20;
/// The most contacts that are looked up.
const MOST_CONTACTS: usize = 200;
/// A contact that was last checked longer ago, in days, is stale.
const FRESH: i32 = 365;

/// A page as a browser shows it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShownPage {
    /// Its address.
    pub url: String,
    /// Its title.
    #[serde(default)]
    pub title: String,
    /// Its document after its scripts ran, as HTML.
    pub html: String,
    /// The country that national numbers belong to (ISO 3166-1, two letters).
    #[serde(default)]
    pub country: Option<String>,
}

/// What is known of a contact on a page.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It bears the marks of a fraud, or others warn of it: not to be used.
    Suspect,
    /// It is the company's, by its own pages or those of a government.
    Official,
    /// It was the company's, but was not checked for a year, or the user noted that it no longer works.
    Stale,
    /// Others than the company say whose it is.
    Known,
    /// Nothing is known of it.
    New,
}

/// A contact on a page.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownContact {
    /// How it is reached.
    pub channel: &'static str,
    /// What to dial, write to or open.
    pub value: String,
    /// The same as people read it.
    pub shown: String,
    /// Its rung, or `off_ladder`.
    pub rung: String,
    /// What the page calls it.
    pub label: Option<String>,
    /// What is known of it.
    pub standing: Standing,
    /// Whose it is, where that is known.
    pub company: Option<String>,
    /// Why it stands so, in a sentence.
    pub why: String,
    /// The words around it on the page.
    pub quote: String,
}

/// What a page says.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownAnswer {
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The company whose site it is, where the directory knows that.
    pub company: Option<String>,
    /// The site of posts or reviews that it was recognised as: what stands there is said by strangers.
    pub site: Option<&'static str>,
    /// Its contacts: those to beware of first, then those that are the company's.
    pub contacts: Vec<ShownContact>,
    /// Whether it bears the signs of fraud.
    pub scam: bool,
    /// Those signs, in plain words.
    pub signs: Vec<String>,
    /// What could not be read, and why.
    pub warnings: Vec<String>,
}

/// Why a page could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ShownError {
    /// Its address or country is none.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It is empty, or too large.
    #[error("the page is {0}")]
    Size(&'static str),
    /// It is a page on which its site shows nothing.
    #[error(transparent)]
    Post(#[from] PostError),
    /// The user's own directory cannot be read.
    #[error("{}", directory::store_words(.0))]
    Store(#[from] StoreError),
}

impl From<ladder::UnknownCountry> for ShownError {
    fn from(error: ladder::UnknownCountry) -> Self {
        Self::Read(error.into())
    }
}

/// A contact before it is looked up.
struct Named {
    channel: ladder::Channel,
    value: String,
    rung: String,
    label: Option<String>,
    quote: String,
    /// Why it is suspect, where it is.
    suspect: Option<String>,
}

/// What a page says before anything is looked up.
struct Told {
    site: Option<&'static str>,
    named: Vec<Named>,
    scam: bool,
    signs: Vec<String>,
    warnings: Vec<String>,
}

/// Reads a page, and looks up whose its contacts are.
///
/// A long page takes its time to be read: that is done on a thread of its own kind, where it holds up nobody else.
///
/// # Errors
///
/// [`ShownError`] by what is wrong with the page, or where the user's own directory cannot be read.
///
/// # Panics
///
/// Outside of a runtime of tokio, or where the reading itself did.
pub async fn look(
    sent: Arc<ShownPage>,
    data: Option<&Path>,
    now: Timestamp,
) -> Result<ShownAnswer, ShownError> {
    let url = parse_address(&sent.url)?;
    let country = sent.country.as_deref().map(Country::parse).transpose()?;
    if sent.html.trim().is_empty() {
        return Err(ShownError::Size("empty"));
    }
    if sent.html.len() > MOST_BYTES {
        return Err(ShownError::Size("too large"));
    }
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let owner = directory::of_host(host, data).await?;
    let (page, address) = (Arc::clone(&sent), url.clone());
    let reading = tokio::task::spawn_blocking(move || read(&page, &address, country));
    let Told { site, mut named, scam, signs, warnings } = match reading.await {
        Ok(told) => told?,
        Err(broken) => match broken.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The program is being stopped.
            Err(_) => return Err(ShownError::Size("not read to its end")),
        },
    };
    let mut answer = ShownAnswer {
        url: url.to_string(),
        title: sent.title.chars().take(300).collect(),
        company: owner.as_ref().map(|known| known.company.name.clone()),
        site,
        contacts: Vec::new(),
        scam,
        signs,
        warnings,
    };
    if named.len() > MOST_CONTACTS {
        answer.warnings.push(format!("only the first {MOST_CONTACTS} contacts were looked up"));
        named.truncate(MOST_CONTACTS);
    }
    let mut companies = BTreeMap::new();
    for one in named {
        let contact = standing(one, owner.as_ref(), &mut companies, data, now).await?;
        answer.contacts.push(contact);
    }
    answer.contacts.sort_by_key(|contact| contact.standing);
    Ok(answer)
}

/// Reads a page: as one of posts or reviews where it is such, else as any.
fn read(sent: &ShownPage, url: &Url, country: Option<Country>) -> Result<Told, ShownError> {
    if let Some(told) = of_strangers(sent)? {
        return Ok(told);
    }
    let context =
        Context { url: Some(url), charset: Some("utf-8"), country, lang: None, ..Context::default() };
    let read = page::read_contacts(sent.html.as_bytes(), &context);
    let named = read.finding.contacts.into_iter().map(|sighting| Named {
        channel: sighting.reach.channel(),
        value: sighting.reach.value().to_owned(),
        rung: ladder::rung::spelled(sighting.rung).to_owned(),
        label: sighting.label,
        quote: sighting.quote,
        suspect: None,
    });
    let (named, warnings) = (named.collect(), read.finding.warnings);
    Ok(Told { site: None, named, scam: false, signs: Vec::new(), warnings })
}

/// Reads a page of posts or reviews; nothing where it is none.
fn of_strangers(sent: &ShownPage) -> Result<Option<Told>, ShownError> {
    let document = site::open(sent.html.as_bytes(), Some(&sent.url));
    let Some(site) = document.site else { return Ok(None) };
    if let Some(why) = document.refused {
        return Err(PostError::Refused { id: sent.url.clone(), site, why }.into());
    }
    let request =
        PostRequest { url: Some(sent.url.clone()), country: sent.country.clone(), ..PostRequest::default() };
    let opened = read_post::read_document(&request, sent.url.clone(), document, Vec::new())?;
    let reading = opened.reading;
    let (scam, signs) = (reading.scam, reading.signs.iter().map(|sign| sign.claim.to_owned()).collect());
    let contacts = reading.contacts.into_iter().map(|one| Named {
        channel: one.reach.channel(),
        value: one.reach.value().to_owned(),
        rung: ladder::rung::spelled(one.rung).to_owned(),
        label: None,
        quote: one.voices.first().map(|voice| voice.quote.clone()).unwrap_or_default(),
        suspect: one.suspect.then(|| one.reasons.join("; ")),
    });
    let warned =
        reading.left_out.into_iter().filter(|left| matches!(left.said, Said::Warned | Said::Refuted));
    let warned = warned.map(|left| Named {
        channel: left.reach.channel(),
        value: left.reach.value().to_owned(),
        rung: ladder::rung::OFF_LADDER.to_owned(),
        label: None,
        quote: left.quote,
        suspect: Some("people who write there warn about it".to_owned()),
    });
    let named = contacts.chain(warned).collect();
    Ok(Some(Told { site: Some(site), named, scam, signs, warnings: opened.warnings }))
}

/// Says what is known of a contact.
async fn standing(
    named: Named,
    page: Option<&Known>,
    companies: &mut BTreeMap<String, Option<Known>>,
    data: Option<&Path>,
    now: Timestamp,
) -> Result<ShownContact, ShownError> {
    let owners = directory::owners_of(&named.value, data).await?;
    let today = now.to_zoned(TimeZone::UTC).date();
    // Of several, the one whose page it is; then the one that the company itself publishes.
    let of_page = |owner: &OwnerView| page.is_some_and(|known| known.company.name == owner.company);
    let best = owners.iter().max_by_key(|owner| (of_page(owner), owner.own_page, owner.seen.clone()));
    let mut dead = None;
    if let Some(owner) = best {
        if !companies.contains_key(&owner.company) {
            let known = match directory::look(&owner.company, data).await? {
                Looked::Known(known) => Some(*known),
                _ => None,
            };
            companies.insert(owner.company.clone(), known);
        }
        let mark = companies
            .get(&owner.company)
            .and_then(Option::as_ref)
            .and_then(|known| known.marked(&owner.value));
        dead =
            mark.filter(|mark| mark.became.is_dead()).map(|mark| (mark.became.in_words(), mark.day.clone()));
    }
    let (standing, why) = judged(&named, best, dead, page, today);
    let shown = match named.channel {
        ladder::Channel::Phone | ladder::Channel::Textphone | ladder::Channel::Fax => {
            crate::words::number(&named.value)
        }
        _ => named.value.clone(),
    };
    Ok(ShownContact {
        channel: named.channel.id(),
        shown,
        rung: named.rung,
        label: named.label,
        standing,
        company: best.map(|owner| owner.company.clone()),
        why,
        quote: named.quote,
        value: named.value,
    })
}

/// Judges by what is known.
fn judged(
    named: &Named,
    owner: Option<&OwnerView>,
    dead: Option<(&'static str, String)>,
    page: Option<&Known>,
    today: Date,
) -> (Standing, String) {
    if let Some(why) = &named.suspect {
        return (Standing::Suspect, why.clone());
    }
    let Some(owner) = owner else {
        let why = match page {
            Some(known) => format!("it is not known yet; the page is one of {}", known.company.name),
            None => "nothing is known about it: a page naming it proves nothing".to_owned(),
        };
        return (Standing::New, why);
    };
    let (company, day) = (&owner.company, owner.seen.get(..10).unwrap_or(&owner.seen));
    if let Some((words, on)) = dead {
        return (Standing::Stale, format!("you noted on {on}: {words}"));
    }
    if !owner.own_page {
        return (Standing::Known, format!("{} says that it is of {company} ({day})", owner.url));
    }
    let age = day.parse::<Date>().map(|day| (today - day).get_days());
    match age {
        Ok(age) if age <= FRESH => {
            (Standing::Official, format!("{company} publishes it on {} ({day})", owner.url))
        }
        Ok(_) => (Standing::Stale, format!("{company} published it on {}, last checked on {day}", owner.url)),
        Err(_) => (Standing::Stale, format!("{company} published it on {}, on an unknown date", owner.url)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn shown(url: &str, html: &str, at: &str) -> ShownAnswer {
        let page = ShownPage {
            url: url.to_owned(),
            title: "Contact".to_owned(),
            html: html.to_owned(),
            country: Some("US".to_owned()),
        };
        look(Arc::new(page), None, at.parse().unwrap()).await.unwrap()
    }

    fn standings(answer: &ShownAnswer) -> Vec<(&str, Standing)> {
        answer.contacts.iter().map(|contact| (contact.value.as_str(), contact.standing)).collect()
    }

    #[tokio::test]
    async fn a_pages_own_claim_makes_nothing_official() {
        let html =
            "<h1>Official support of United Airlines</h1><p>Call our complaints team: 202-555-0147</p>";
        let answer = shown("https://help.example/united", html, "2026-11-01T00:00:00Z").await;
        assert_eq!(standings(&answer), [("+12025550147", Standing::New)]);
        assert!(answer.company.is_none());
    }

    #[tokio::test]
    async fn what_the_company_publishes_is_official_and_stale_after_a_year() {
        let row = store::starter::Starter::builtin();
        let known = row.search("United Airlines", 1).into_iter().find_map(|one| row.entry(&one)).unwrap();
        let own = known.contacts.iter().find(|row| {
            row.channel == ladder::Channel::Email
                && known.company.owns(&store::names::host_of(&row.url).unwrap_or_default())
        });
        let own = own.unwrap();
        let html = format!("<p>Write to <a href='mailto:{0}'>{0}</a></p>", own.value);
        let day = own.stated.clone().unwrap_or_else(|| own.seen.clone());
        let day: Date = day.get(..10).unwrap().parse().unwrap();
        let soon = format!("{}T00:00:00Z", day.checked_add(jiff::Span::new().days(10)).unwrap());
        let late = format!("{}T00:00:00Z", day.checked_add(jiff::Span::new().days(500)).unwrap());
        let answer = shown("https://anywhere.example/", &html, &soon).await;
        assert_eq!(answer.contacts[0].standing, Standing::Official, "{answer:?}");
        let answer = shown("https://anywhere.example/", &html, &late).await;
        assert_eq!(answer.contacts[0].standing, Standing::Stale);
    }

    #[tokio::test]
    async fn what_is_no_page_is_refused_by_name() {
        let page = |url: &str, html: &str| ShownPage {
            url: url.to_owned(),
            title: String::new(),
            html: html.to_owned(),
            country: None,
        };
        let now = Timestamp::UNIX_EPOCH;
        for (url, html) in [
            ("chrome://settings", "<p>x</p>"),
            ("file:///etc/passwd", "<p>x</p>"),
            ("https://a.example/", "  "),
        ] {
            assert!(look(Arc::new(page(url, html)), None, now).await.is_err(), "{url}");
        }
    }
}

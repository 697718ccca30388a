//! Reading posts, threads and saved pages of forums and review sites: who names which contact, who confirms or warns, is it
//! a fraud?
//!
//! A post is given as text, or as a file: pasted text, a page saved from the browser, or the answer of a site's API. A page
//! on which a site refuses to show anything is an error that says so, and never "nothing found".

use std::path::PathBuf;

use ladder::{Country, rung};
use reading::post::site::{self, Document};
use reading::post::{self, Post, Reading};
use serde::{Deserialize, Serialize};

use crate::read::{self, ReadError};
use crate::saved_page::{self, MessageAnswer, ProfileAnswer, ResponsesAnswer};

/// One post, thread or saved page to read.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PostRequest {
    /// How the answer refers to it; the path where none is given.
    #[serde(default)]
    pub id: Option<String>,
    /// Its text; else `file` is read.
    #[serde(default)]
    pub text: Option<String>,
    /// Where it is saved.
    #[serde(default)]
    pub file: Option<PathBuf>,
    /// Where it was posted.
    #[serde(default)]
    pub url: Option<String>,
    /// Whom it is about.
    #[serde(default)]
    pub company: Option<String>,
    /// The country that national numbers belong to, as an ISO 3166-1 code.
    #[serde(default)]
    pub country: Option<String>,
}

/// What a post or thread says.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct PostAnswer {
    /// The id of the request.
    pub id: String,
    /// The site that it was saved from, where that was recognised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<&'static str>,
    /// What the thread is called.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The company's own profile on the site, where the page holds one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<ProfileAnswer>,
    /// The contacts that it names, in its order. All of them are leads: a post proves nothing.
    pub contacts: Vec<PostContact>,
    /// Values that are printed and are no contacts, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
    /// Whether it is a fraud: fake support, or a push to one.
    pub scam: bool,
    /// How likely that is, between 0 and 1.
    pub likelihood: f64,
    /// The signs of fraud found, the heaviest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub signs: Vec<SignAnswer>,
    /// How many messages it holds.
    pub messages: usize,
    /// How many of them are the company's or its staff's, as the site marks them.
    pub official_replies: usize,
    /// The messages, where the site parts them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub thread: Vec<MessageAnswer>,
    /// How the company answers on the page, where that can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub responses: Option<ResponsesAnswer>,
    /// What could not be read, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// A contact that a post names.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct PostContact {
    /// Channel.
    pub channel: &'static str,
    /// Value in its normalised form.
    pub value: String,
    /// Rung, or `off_ladder`.
    pub rung: &'static str,
    /// The words that named the rung.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub because: String,
    /// The outside body it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// Whether it bears the marks of a fraud.
    pub suspect: bool,
    /// Why, in plain words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// Whether the company itself or its staff names it there.
    pub official_reply: bool,
    /// What a call costs by the kind of number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<ladder::Cost>,
    /// Who says what of it; writers are told by their part, never by name.
    pub voices: Vec<VoiceAnswer>,
}

/// What one writer says of a contact.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct VoiceAnswer {
    /// The part that the writer plays.
    pub role: post::thread::Role,
    /// What is said.
    pub said: post::stance::Said,
    /// When, as ISO 8601 as far as it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// The words.
    pub quote: String,
}

/// A value that is printed and is no contact.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct LeftOut {
    /// Channel.
    pub channel: &'static str,
    /// Value in its normalised form.
    pub value: String,
    /// Why it is left out.
    pub why: post::stance::Said,
    /// Whether the writers warn of it: never to be called or written to.
    pub suspect: bool,
    /// The words.
    pub quote: String,
}

/// A sign of fraud.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct SignAnswer {
    /// The stable id of its rule.
    pub id: &'static str,
    /// What is wrong, in plain words.
    pub claim: &'static str,
    /// Why it is a sign.
    pub why: &'static str,
    /// By how much it speaks for a fraud, in log-odds.
    pub weight: f64,
    /// The words that show it.
    pub quote: String,
}

impl From<&post::guard::Sign> for SignAnswer {
    fn from(sign: &post::guard::Sign) -> Self {
        Self { id: sign.id, claim: sign.claim, why: sign.why, weight: sign.weight, quote: sign.quote.clone() }
    }
}

/// Why a post could not be read.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// The file or the country could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Neither text nor file was given.
    #[error("nothing to read: give `text` or `file`")]
    Nothing,
    /// The site refused to show the page that was saved.
    #[error(
        "`{id}`: refused, not empty: {site} {why}; open the page in the browser, sign in if it asks, and save it again"
    )]
    Refused {
        /// What was read.
        id: String,
        /// The site.
        site: &'static str,
        /// What it showed instead.
        why: &'static str,
    },
}

impl From<ladder::UnknownCountry> for PostError {
    fn from(cause: ladder::UnknownCountry) -> Self {
        Self::Read(ReadError::Country(cause))
    }
}

/// Reads one post, thread or saved page.
///
/// # Errors
///
/// [`PostError`] by what is wrong: the file, the country, or a page on which the site refuses to show anything.
pub fn post(request: &PostRequest) -> Result<PostAnswer, PostError> {
    let opened = opened(request)?;
    Ok(answer(opened.id, opened.document, opened.reading, opened.warnings))
}

/// A post that was opened and read.
pub(crate) struct Opened {
    /// The id of the request, or the path.
    pub(crate) id: String,
    /// What the file holds.
    pub(crate) document: Document,
    /// What it says.
    pub(crate) reading: Reading,
    /// Where it was posted, as given or as the page says.
    pub(crate) url: Option<String>,
    /// What could not be read.
    pub(crate) warnings: Vec<String>,
}

/// Opens and reads one post, thread or saved page.
pub(crate) fn opened(request: &PostRequest) -> Result<Opened, PostError> {
    let mut warnings = Vec::new();
    let path = request.file.as_ref().map(|f| f.display().to_string());
    let id = request.id.clone().or(path).unwrap_or_else(|| "post".into());
    let mut document = Document::default();
    if let Some(text) = &request.text {
        document.text.clone_from(text);
    } else {
        let file = request.file.as_ref().ok_or(PostError::Nothing)?;
        let (bytes, cut) = read::bytes_of(file)?;
        if cut {
            warnings.push(format!("only the first {} MiB of the file were read", read::MOST_BYTES >> 20));
        }
        if let Some(kind) = read::foreign(&bytes) {
            return Err(ReadError::NotAPage { file: file.clone(), kind }.into());
        }
        document = site::open(&bytes, request.url.as_deref());
    }
    read_document(request, id, document, warnings)
}

/// Reads a document that was opened.
pub(crate) fn read_document(
    request: &PostRequest,
    id: String,
    mut document: Document,
    mut warnings: Vec<String>,
) -> Result<Opened, PostError> {
    if let Some(why) = document.refused {
        return Err(PostError::Refused { id, site: document.site.unwrap_or("the site"), why });
    }
    let country = request.country.as_deref().map(Country::parse).transpose()?;
    let company = request.company.clone().or_else(|| document.profile.as_ref().map(|p| p.name.clone()));
    let url = request.url.clone().or_else(|| document.url.clone());
    let reading = post::read(&Post {
        text: &document.text,
        url: url.as_deref(),
        company: company.as_deref(),
        country,
        written: &document.written,
        ..Post::default()
    });
    warnings.append(&mut document.warnings);
    Ok(Opened { id, document, reading, url, warnings })
}

fn answer(id: String, document: Document, reading: Reading, warnings: Vec<String>) -> PostAnswer {
    let thread = saved_page::messages(&document, &reading.roles);
    let responses = document.responses().as_ref().map(ResponsesAnswer::from);
    let official_replies = reading.roles.iter().filter(|r| r.is_official()).count();
    let contacts = reading.contacts.iter().map(contact).collect();
    let left_out = reading
        .left_out
        .into_iter()
        .map(|l| LeftOut {
            channel: l.reach.channel().id(),
            value: l.reach.value().to_owned(),
            why: l.said,
            suspect: matches!(l.said, post::stance::Said::Warned | post::stance::Said::Refuted),
            quote: l.quote,
        })
        .collect();
    PostAnswer {
        id,
        site: document.site,
        title: document.title,
        profile: document.profile.as_ref().map(ProfileAnswer::from),
        contacts,
        left_out,
        scam: reading.scam,
        likelihood: (reading.likelihood * 100.0).round() / 100.0,
        signs: reading.signs.iter().map(SignAnswer::from).collect(),
        messages: reading.messages,
        official_replies,
        thread,
        responses,
        warnings,
    }
}

fn contact(named: &post::Named) -> PostContact {
    PostContact {
        channel: named.reach.channel().id(),
        value: named.reach.value().to_owned(),
        rung: rung::spelled(named.rung),
        because: named.because.clone(),
        party: named.party.clone(),
        suspect: named.suspect,
        reasons: named.reasons.clone(),
        official_reply: named.is_from_company(),
        cost: named.cost,
        voices: named
            .voices
            .iter()
            .map(|v| VoiceAnswer { role: v.role, said: v.said, when: v.when.clone(), quote: v.quote.clone() })
            .collect(),
    }
}

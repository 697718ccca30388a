//! Reading saved pages: files in, what they say of how to reach the company.
//!
//! A file is read up to a bound; one that cannot be read gives an error that names it, and the rest goes on.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use ladder::{Country, Sighting, Signal, rung};
use reading::outline::Outline;
use reading::page::{self, Context};
use reading::pdf;
use reading::post::{Named, site};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::read_post::{self, PostError, PostRequest};

/// The most bytes of one file that are read.
pub const MOST_BYTES: u64 = 16 << 20;

/// One page to read.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PageRequest {
    /// How the answer refers to it; the path where none is given.
    #[serde(default)]
    pub id: Option<String>,
    /// Where it is saved.
    pub file: PathBuf,
    /// The address that it is published at.
    #[serde(default)]
    pub url: Option<String>,
    /// The country that national numbers belong to, as an ISO 3166-1 code.
    #[serde(default)]
    pub country: Option<String>,
    /// Its language, as an ISO 639-1 code.
    #[serde(default)]
    pub lang: Option<String>,
}

/// What a page says.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct PageAnswer {
    /// The id of the request.
    pub id: String,
    /// Title of the page.
    pub title: String,
    /// Its language, as an ISO 639-1 code.
    pub lang: Option<String>,
    /// The contact points that it names, in its order.
    pub contacts: Vec<ContactAnswer>,
    /// What could not be read, and why.
    pub warnings: Vec<String>,
}

/// A contact point as the page names it.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct ContactAnswer {
    /// Channel.
    pub channel: &'static str,
    /// Value in its normalised form.
    pub value: String,
    /// Rung, or `off_ladder`.
    pub rung: &'static str,
    /// `company`, or the name of the outside party.
    pub party: String,
    /// What the page calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The person named with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// That person's title, or the team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When it is open, as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// Languages served, as ISO 639-1 codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// What a call costs by the kind of number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<ladder::Cost>,
    /// What the page says of the cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_note: Option<String>,
    /// Digits to dial after the number answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    /// What a reader should know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Where on the page it stands.
    pub place: ladder::Place,
    /// Why it is on its rung.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signals: Vec<Signal>,
    /// The words around it.
    pub quote: String,
}

impl From<Sighting> for ContactAnswer {
    fn from(s: Sighting) -> Self {
        Self {
            channel: s.reach.channel().id(),
            value: s.reach.value().to_owned(),
            rung: rung::spelled(s.rung),
            party: s.party.name().to_owned(),
            label: s.label,
            person: s.person,
            title: s.title,
            hours: s.hours,
            languages: s.languages,
            cost: s.cost,
            cost_note: s.cost_note,
            extension: s.extension,
            notes: s.notes,
            place: s.place,
            signals: s.signals,
            quote: s.quote,
        }
    }
}

impl ContactAnswer {
    /// Views a contact that others name on a page.
    fn of_post(named: &Named) -> Self {
        let quote =
            named.voices.iter().map(|voice| voice.quote.clone()).find(|quote| !quote.trim().is_empty());
        let standing = match (named.suspect, named.is_from_company()) {
            (true, _) => "suspect: do not use".to_owned(),
            (false, true) => "named by the company there".to_owned(),
            (false, false) => "a lead: confirm it before you use it".to_owned(),
        };
        let mut notes = vec![standing];
        notes.extend(named.reasons.iter().cloned());
        Self {
            channel: named.reach.channel().id(),
            value: named.reach.value().to_owned(),
            rung: rung::spelled(named.rung),
            party: named.party.clone().unwrap_or_else(|| ladder::Party::Company.name().to_owned()),
            label: None,
            person: None,
            title: None,
            hours: None,
            languages: Vec::new(),
            cost: named.cost,
            cost_note: None,
            extension: None,
            notes,
            place: ladder::Place::Main,
            signals: Vec::new(),
            quote: quote.unwrap_or_default(),
        }
    }
}

/// Why a page could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file could not be opened or read.
    #[error("{}", crate::broken::unread(&file.display().to_string(), cause))]
    File {
        /// The file.
        file: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// There is no such file.
    #[error("there is no file `{}`: check the path", .0.display())]
    Missing(PathBuf),
    /// It is a folder.
    #[error("`{}` is a folder: name the pages in it, or search it with `upstairs find SITE --from {}`", .0.display(), .0.display())]
    Folder(PathBuf),
    /// The file is empty.
    #[error("`{}` is empty: save the page again", .0.display())]
    Empty(PathBuf),
    /// The file holds something that is not text.
    #[error("`{}` is not a page but {kind}: give the page saved as HTML", file.display())]
    NotAPage {
        /// The file.
        file: PathBuf,
        /// What it looks like.
        kind: &'static str,
    },
    /// The document cannot be read.
    #[error("`{}`: {cause}", file.display())]
    Document {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// The site refused to show the page that was saved.
    #[error("`{}`: refused, not empty: {site} {why}; open the page in the browser, sign in if it asks, and save it again", file.display())]
    Refused {
        /// The file.
        file: PathBuf,
        /// The site.
        site: &'static str,
        /// What it showed instead.
        why: &'static str,
    },
    /// The country code is not assigned.
    #[error(transparent)]
    Country(#[from] ladder::UnknownCountry),
    /// The address is not one.
    #[error("`{0}` is not an absolute http(s) address, such as https://www.acme.example/contact")]
    Address(String),
}

/// Takes a line of JSON for a request.
///
/// # Errors
///
/// The id that the line gives, or null, and what is wrong with it: no JSON, no object, no `file`, a field of another type.
pub fn parse_request(line: &[u8]) -> Result<PageRequest, (serde_json::Value, String)> {
    const WANTED: &str = r#"a line is one JSON object such as {"id":"a","file":"page.html"}"#;
    let value: serde_json::Value = serde_json::from_slice(line)
        .map_err(|error| (serde_json::Value::Null, format!("this is not JSON ({error}): {WANTED}")))?;
    let id = value.get("id").cloned().unwrap_or_default();
    if !value.is_object() {
        return Err((id, format!("this is JSON, but not an object: {WANTED}")));
    }
    serde_json::from_value(value).map_err(|error| (id, format!("{error}: {WANTED}")))
}

/// Takes a text for the address of a page.
///
/// # Errors
///
/// [`ReadError::Address`] where it is none, or not of the web.
pub fn parse_address(text: &str) -> Result<Url, ReadError> {
    let url =
        Url::parse(text.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    url.ok_or_else(|| ReadError::Address(text.to_owned()))
}

/// Reads one saved page.
///
/// # Errors
///
/// [`ReadError`] by what is wrong with the request: the file, the country code or the address.
pub fn page(request: &PageRequest) -> Result<PageAnswer, ReadError> {
    let country = request.country.as_deref().map(Country::parse).transpose()?;
    let url = request.url.as_deref().map(parse_address).transpose()?;
    let (bytes, cut) = bytes_of(&request.file)?;
    let context = Context {
        url: url.as_ref(),
        country,
        lang: request.lang.as_deref(),
        atlas: Some(crate::atlas::in_use()),
        ..Context::default()
    };
    if let Some(answer) = of_strangers(request, &bytes) {
        return answer;
    }
    let mut warnings = Vec::new();
    let page = if pdf::is_pdf(&bytes) {
        page::read_outline(&outline_of_pdf(&request.file, &bytes, &mut warnings)?, &context)
    } else if let Some(kind) = foreign(&bytes) {
        return Err(ReadError::NotAPage { file: request.file.clone(), kind });
    } else {
        page::read_contacts(&bytes, &context)
    };
    warnings.extend(page.finding.warnings);
    if cut {
        warnings.push(format!("only the first {} MiB of the file were read", MOST_BYTES >> 20));
    }
    // A PDF runs no script, and what it has too little of was said already.
    if page.needs_script && !pdf::is_pdf(&bytes) {
        warnings.push("the page shows almost nothing without JavaScript".into());
    }
    if page.bot_check {
        warnings.push(
            "the page asks visitors to prove that they are not a robot: it is not the page itself".into(),
        );
    }
    if page.soft_404 {
        warnings.push("the page says that it does not exist".into());
    }
    Ok(PageAnswer {
        id: request.id.clone().unwrap_or_else(|| request.file.display().to_string()),
        title: page.title,
        lang: page.lang,
        contacts: page.finding.contacts.into_iter().map(ContactAnswer::from).collect(),
        warnings,
    })
}

/// Reads a page that was saved from a site where others write: what it names is worth what its writer is worth.
fn of_strangers(request: &PageRequest, bytes: &[u8]) -> Option<Result<PageAnswer, ReadError>> {
    if !site::is_saved(bytes) {
        return None;
    }
    let document = site::open(bytes, request.url.as_deref());
    let of = document.site?;
    let id = request.id.clone().unwrap_or_else(|| request.file.display().to_string());
    let post =
        PostRequest { url: request.url.clone(), country: request.country.clone(), ..PostRequest::default() };
    let title = document.title.clone();
    let opened = match read_post::read_document(&post, id.clone(), document, Vec::new()) {
        Ok(opened) => opened,
        Err(PostError::Read(error)) => return Some(Err(error)),
        Err(PostError::Refused { site, why, .. }) => {
            return Some(Err(ReadError::Refused { file: request.file.clone(), site, why }));
        }
        Err(PostError::Nothing) => return None,
    };
    let mut warnings = opened.warnings;
    warnings.push(format!(
        "a page of {of}, where other people write: read as posts; `upstairs read post` shows who says what"
    ));
    if opened.reading.scam {
        warnings.push("it shows signs of a fraud: do not use anything it names".to_owned());
    }
    let contacts = opened.reading.contacts.iter().map(ContactAnswer::of_post).collect();
    Some(Ok(PageAnswer { id, title, lang: request.lang.clone(), contacts, warnings }))
}

/// Makes the outline of a PDF, and adds what could not be read of it.
pub(crate) fn outline_of_pdf(
    file: &Path,
    bytes: &[u8],
    warnings: &mut Vec<String>,
) -> Result<Outline, ReadError> {
    let read = pdf::text(bytes, pdf::Bounds::default())
        .map_err(|cause| ReadError::Document { file: file.to_owned(), cause: cause.to_string() })?;
    warnings.extend(read.warnings.iter().cloned());
    Ok(pdf::outline(&read))
}

/// Reads a file up to the bound; tells whether it was cut.
pub(crate) fn bytes_of(file: &Path) -> Result<(Vec<u8>, bool), ReadError> {
    let fail = |cause: std::io::Error| match cause.kind() {
        std::io::ErrorKind::NotFound => ReadError::Missing(file.to_owned()),
        std::io::ErrorKind::IsADirectory => ReadError::Folder(file.to_owned()),
        _ => ReadError::File { file: file.to_owned(), cause },
    };
    let opened = File::open(file).map_err(fail)?;
    let length = opened.metadata().map_or(0, |about| about.len()).min(MOST_BYTES);
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 1);
    opened.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.is_empty() {
        return Err(ReadError::Empty(file.to_owned()));
    }
    let cut = bytes.len() as u64 > MOST_BYTES;
    if cut {
        bytes.truncate(usize::try_from(MOST_BYTES).unwrap_or(usize::MAX));
    }
    Ok((bytes, cut))
}

/// Tells what a file is by its first bytes, where that is no text.
pub(crate) fn foreign(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF"),
        (b"\x1f\x8b", "compressed data (gzip)"),
        (b"PK\x03\x04", "a zip archive"),
        (b"\x89PNG", "an image"),
        (b"\xff\xd8\xff", "an image"),
        (b"GIF8", "an image"),
        (b"\x7fELF", "a program"),
        (b"WARC/", "a web archive (see `upstairs find --from`)"),
    ];
    let start = &bytes[..bytes.len().min(2048)];
    // A page may hold a stray NUL; data holds many, and other signs that no text has.
    let odd = start.iter().filter(|&&b| b < 0x09 || (0x0e..0x20).contains(&b) && b != 0x1b).count();
    let utf16 = reading::charset::is_wide(start);
    KINDS
        .iter()
        .find(|(magic, _)| start.starts_with(magic))
        .map(|(_, kind)| *kind)
        .or_else(|| (!utf16 && odd * 50 > start.len()).then_some("binary data"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_page_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let cases: [(&str, &[u8], &str); 3] = [
            ("empty", b"", "is empty"),
            ("pdf", b"%PDF-1.7", "the PDF is damaged"),
            ("bin", b"a\0b", "binary data"),
        ];
        for (name, bytes, message) in cases {
            let file = folder.path().join(name);
            std::fs::write(&file, bytes).unwrap();
            let error = page(&PageRequest { file, ..PageRequest::default() }).unwrap_err().to_string();
            assert!(error.contains(message) && error.contains(name), "{error}");
        }
        let file = folder.path().join("missing");
        let error = page(&PageRequest { file, ..PageRequest::default() }).unwrap_err().to_string();
        assert!(error.contains("missing"), "{error}");
    }

    #[test]
    fn a_country_that_is_none_is_refused() {
        let request = PageRequest { country: Some("ZZ".into()), ..PageRequest::default() };
        assert!(matches!(page(&request), Err(ReadError::Country(_))));
    }
}

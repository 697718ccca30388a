//! Reading saved procedures: a page, a PDF or a text in, stages, clocks and outside bodies out.
//!
//! What the file is, is told by its first bytes, and the name only parts a text from a page. One that holds no procedure
//! gives an empty answer; one that cannot be read gives an error that names it.

use std::path::Path;

use jiff::civil::Date;
use ladder::Country;
use reading::outline::{self, Outline};
use reading::page::Context;
use reading::{charset, pdf, plain, policy};
use serde::Serialize;
use url::Url;

use crate::answer::PolicyView;
use crate::outside;
use crate::read::{self, PageRequest, ReadError};

/// What a document says of how the company handles complaints.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct PolicyAnswer {
    /// The id of the request.
    pub id: String,
    /// The stages and outside bodies.
    #[serde(flatten)]
    pub policy: PolicyView,
    /// What could not be read, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// Reads the complaints procedure of one saved document, and holds the outside bodies against what is known on the day `now`.
///
/// # Errors
///
/// [`ReadError`] by what is wrong with the request: the file, the country code or the address.
pub fn policy(request: &PageRequest, now: Date) -> Result<PolicyAnswer, ReadError> {
    let country = request.country.as_deref().map(Country::parse).transpose()?;
    let url = match request.url.as_deref() {
        None => None,
        Some(text) => Some(Url::parse(text).map_err(|_| ReadError::Address(text.to_owned()))?),
    };
    let (bytes, cut) = read::bytes_of(&request.file)?;
    let mut warnings = Vec::new();
    if cut {
        warnings.push(format!("only the first {} MiB of the file were read", read::MOST_BYTES >> 20));
    }
    let outline = outline_of(&request.file, &bytes, &mut warnings)?;
    let context = Context {
        url: url.as_ref(),
        country,
        lang: request.lang.as_deref(),
        atlas: Some(crate::atlas::in_use()),
        ..Context::default()
    };
    let policy = policy::read(&outline, &context);
    warnings.extend(policy.warnings.iter().cloned());
    Ok(PolicyAnswer {
        id: request.id.clone().unwrap_or_else(|| request.file.display().to_string()),
        policy: outside::checked(&policy, country, &[], None, now),
        warnings,
    })
}

/// Makes the outline of a document, whatever it is.
fn outline_of(file: &Path, bytes: &[u8], warnings: &mut Vec<String>) -> Result<Outline, ReadError> {
    if pdf::is_pdf(bytes) {
        return read::outline_of_pdf(file, bytes, warnings);
    }
    if let Some(kind) = read::foreign(bytes) {
        return Err(ReadError::NotAPage { file: file.to_owned(), kind });
    }
    let text = charset::decode(bytes, None).text;
    Ok(if is_page(file, &text) { outline::from_html(&text) } else { outline::from_text(&plain::tidy(&text)) })
}

/// Whether a text is a page: by its name, else by markup near its beginning.
fn is_page(file: &Path, text: &str) -> bool {
    let named = |names: &[&str]| {
        let ending = file.extension().and_then(|e| e.to_str()).unwrap_or("");
        names.iter().any(|name| ending.eq_ignore_ascii_case(name))
    };
    if named(&["html", "htm", "xhtml"]) {
        return true;
    }
    if named(&["txt", "md"]) {
        return false;
    }
    let start: String = text.chars().take(1_000).collect::<String>().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body", "<div", "<p>"].iter().any(|mark| start.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Complaints procedure\n\nStage 1\nWrite to our Complaints Team, complaints@acme.example. We reply within 10 working days.\n\n\
                        Stage 2\nIf you are not satisfied with our reply, ask the Head of Service for a review within 28 days.\n";

    fn read(name: &str, bytes: &[u8]) -> Result<PolicyAnswer, ReadError> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let request =
            PageRequest { file, id: Some("one".into()), lang: Some("en".into()), ..PageRequest::default() };
        policy(&request, jiff::civil::date(2026, 11, 22))
    }

    #[test]
    fn a_text_and_a_page_of_one_procedure_are_read_alike() {
        let blocks: Vec<String> = TEXT.split("\n\n").map(|block| block.replace('\n', "<br>")).collect();
        let page = format!("<p>{}</p>", blocks.join("</p><p>"));
        for answer in [read("one.txt", TEXT.as_bytes()), read("one", page.as_bytes())] {
            let answer = answer.unwrap();
            let rungs: Vec<_> = answer.policy.stages.iter().map(|stage| stage.rung.id()).collect();
            assert_eq!(rungs, ["complaints", "management"]);
        }
    }

    #[test]
    fn a_broken_pdf_is_refused_by_name() {
        let error = read("broken.pdf", b"%PDF-1.7\nnothing of the kind").unwrap_err().to_string();
        assert!(error.contains("broken.pdf"), "{error}");
    }
}

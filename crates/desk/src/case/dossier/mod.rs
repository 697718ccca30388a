//! The dossier of a case: as a PDF, or as a folder or zip file with a page that any browser shows.

mod exhibits;
mod page;

use std::fs::{self, File};
use std::io::{self, Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use atlas::Atlas;
use casework::view::View;
use casework::{State, What};
use letters::dossier::{self as composed, Dossier};
use letters::draft::{Language, Person};
use schemars::JsonSchema;
use serde::Serialize;
use tempfile::TempDir;
use typeset::Paper;
use zip::write::SimpleFileOptions;

use super::pack::{PackError, file_name, write};
use super::{CaseDeskError, Me, Place};

/// What to make.
#[derive(Clone, Debug, Default)]
pub struct DossierRequest {
    /// The language; that of the company's country where none is given.
    pub language: Option<String>,
    /// `a4` or `letter`; what is usual in the country where none is given.
    pub paper: Option<String>,
    /// Only the summary, on one page.
    pub summary: bool,
    /// The customer.
    pub me: Me,
}

/// A dossier that was made.
#[derive(Clone, Debug)]
pub struct DossierMade {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// Pages of it.
    pub pages: usize,
    /// What it says, as data.
    pub dossier: Dossier,
    /// The files of its exhibits, in order: name beside the page, and where it lies; `None` where there is none.
    pub files: Vec<Option<(String, PathBuf)>>,
    /// What the reader of it should know.
    pub warnings: Vec<String>,
    /// Where the files lie for as long as this lives.
    _scratch: Arc<TempDir>,
}

/// What became of a dossier that was written, in numbers.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DossierAnswer {
    /// Where it was written.
    pub file: String,
    /// Pages of the PDF.
    pub pages: usize,
    /// Exhibits.
    pub exhibits: usize,
    /// What the reader of it should know.
    pub warnings: Vec<String>,
}

/// Makes the dossier of a case.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] for an unknown language or paper; [`CaseDeskError::Cases`] where the case cannot be read;
/// [`CaseDeskError::Set`] where the pages cannot be set. An exhibit that cannot be shown is no error: a page says so.
pub async fn dossier(
    place: &Place,
    id: &str,
    request: &DossierRequest,
) -> Result<DossierMade, CaseDeskError> {
    let cases = place.read().await?;
    let case = cases.load(id).await?;
    let state = State::of(&case).ok_or_else(|| CaseDeskError::Wrong(format!("case `{id}` has no events")))?;
    let stored = cases.stored(id).await?;
    let seal = stored.last().map(|event| (event.hash.clone(), stored.len()));
    let (atlas, today) = (Atlas::builtin(), place.now.date());
    let view = View::new(&state, atlas, today);
    let language = match &request.language {
        Some(code) => Language::parse(code).map_err(|error| CaseDeskError::Wrong(error.to_string()))?,
        None => Language::of_country(state.facts.country),
    };
    let paper = paper(request.paper.as_deref(), state.facts.country.code())?;
    let mut filed = filed(&case, &state);
    // The store may be sealed, or a server: the files are laid out for the reader of exhibits.
    let scratch =
        tempfile::tempdir().map_err(|error| PackError::File { path: std::env::temp_dir(), error })?;
    let mut files: Vec<Option<PathBuf>> = Vec::new();
    for (number, one) in filed.iter_mut().enumerate() {
        let Some(sha256) = one.sha256.as_deref() else {
            files.push(None);
            continue;
        };
        let path = scratch.path().join(number.to_string());
        if let Ok(mut file) = cases.read_file(id, sha256).await {
            let laid = File::create(&path).and_then(|mut to| io::copy(&mut file, &mut to));
            let bytes = laid.map_err(|error| PackError::File { path: path.clone(), error })?;
            one.bytes = Some(bytes);
        }
        files.push(Some(path));
    }
    cases.close().await;
    // A message whose words were not kept is in the timeline; only one with a file is an exhibit.
    let evidence = state.evidence.len();
    let kept: Vec<bool> = files
        .iter()
        .enumerate()
        .map(|(at, path)| at < evidence || path.as_ref().is_some_and(|path| path.exists()))
        .collect();
    let mut keep = kept.iter();
    filed.retain(|_| *keep.next().unwrap_or(&true));
    let mut keep = kept.iter();
    let files: Vec<Option<PathBuf>> = files.into_iter().filter(|_| *keep.next().unwrap_or(&true)).collect();
    let me = &request.me;
    let options = composed::Options {
        language,
        me: Person {
            name: me.name.clone(),
            address: me.address.clone(),
            email: me.email.clone(),
            phone: me.phone.clone(),
        },
        seal,
    };
    let dossier = composed::compose(&state, &view, &filed, &options);
    let shown = if request.summary {
        Vec::new()
    } else {
        let named: Vec<exhibits::Filed> = filed
            .iter()
            .zip(&files)
            .map(|(one, path)| exhibits::Filed {
                title: one.title.clone(),
                path: path.clone(),
                sha256: one.sha256.clone(),
            })
            .collect();
        exhibits::ready(&named, dossier.labels)
    };
    let sheet = typeset::dossier(&dossier, shown, request.summary, paper, &place.now)?;
    let files = (1..)
        .zip(&filed)
        .zip(files)
        .map(|((number, one), path)| Some((format!("exhibits/{}", file_name(number, &one.title)), path?)))
        .collect();
    Ok(DossierMade {
        pdf: sheet.pdf,
        pages: sheet.pages,
        dossier,
        files,
        warnings: sheet.warnings,
        _scratch: Arc::new(scratch),
    })
}

/// Writes the dossier of a case to a new file or folder: `.pdf`, `.zip`, or a folder for a name without an ending.
///
/// # Errors
///
/// As [`dossier`]; [`CaseDeskError::Wrong`] for another ending; and [`PackError`] where it is there already or cannot be written.
pub async fn write_dossier(
    place: &Place,
    id: &str,
    request: &DossierRequest,
    to: &Path,
) -> Result<DossierAnswer, CaseDeskError> {
    if to.exists() {
        return Err(PackError::There(to.to_owned()).into());
    }
    let ending = to.extension().map(|end| end.to_string_lossy().to_lowercase());
    // What ends in digits is the name of a folder: `acme-2026.11`.
    let named = |end: &&str| !matches!(*end, "pdf" | "zip") && end.bytes().any(|b| b.is_ascii_alphabetic());
    if let Some(other) = ending.as_deref().filter(named) {
        return Err(CaseDeskError::Wrong(format!(
            "a dossier cannot be saved as `.{other}`: use .pdf, .zip, or a folder's name without an ending"
        )));
    }
    let made = dossier(place, id, request).await?;
    match ending.as_deref() {
        Some("pdf") => write(to, &made.pdf)?,
        Some("zip") => write(to, &zipped(to, &made)?)?,
        _ => folder(to, &made)?,
    }
    Ok(DossierAnswer {
        file: to.display().to_string(),
        pages: made.pages,
        exhibits: made.dossier.exhibits.len(),
        warnings: made.warnings,
    })
}

/// Returns the paper of a name, or that of a country.
pub(super) fn paper(name: Option<&str>, country: &str) -> Result<Paper, CaseDeskError> {
    match name {
        None => Ok(Paper::of_country(country)),
        Some(name) => Paper::named(name).ok_or_else(|| {
            CaseDeskError::Wrong(format!("`{name}` is not a paper size: use `a4` or `letter`"))
        }),
    }
}

/// Lists what is filed: the evidence as letters number it, then the messages whose words were kept.
fn filed(case: &casework::Case, state: &State) -> Vec<composed::Filed> {
    let mut filed: Vec<composed::Filed> = state
        .evidence
        .iter()
        .map(|evidence| composed::Filed {
            title: evidence.name.clone(),
            on: evidence.on,
            sha256: evidence.sha256.clone(),
            bytes: evidence.bytes,
        })
        .collect();
    for event in case.events() {
        let (What::Sent { entry, message } | What::Received { entry, message }) = &event.what else {
            continue;
        };
        let Some(sha256) = &message.sha256 else { continue };
        let known = filed.iter().any(|one| one.sha256.as_ref() == Some(sha256));
        let counts = state.log.iter().any(|line| line.event == event.id);
        if counts && !known {
            let title = message.subject.clone().filter(|subject| !subject.trim().is_empty());
            let title = title.unwrap_or_else(|| casework_words(entry));
            filed.push(composed::Filed {
                title,
                on: Some(entry.on),
                sha256: Some(sha256.clone()),
                bytes: None,
            });
        }
    }
    filed
}

/// Names a message without a subject by its first words.
fn casework_words(entry: &casework::Entry) -> String {
    entry.text.split_whitespace().take(8).collect::<Vec<_>>().join(" ")
}

/// Names the files as the page links to them.
fn names(made: &DossierMade) -> Vec<Option<String>> {
    made.files
        .iter()
        .map(|file| file.as_ref().filter(|(_, path)| path.exists()).map(|(name, _)| name.clone()))
        .collect()
}

fn folder(to: &Path, made: &DossierMade) -> Result<(), PackError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| PackError::File { path, error }
    };
    fs::create_dir_all(to.join("exhibits")).map_err(failed(to))?;
    for (name, path) in made.files.iter().flatten().filter(|(_, path)| path.exists()) {
        fs::copy(path, to.join(name)).map_err(failed(path))?;
    }
    write(&to.join("dossier.pdf"), &made.pdf)?;
    write(&to.join("index.html"), page::page(&made.dossier, &names(made)).as_bytes())
}

fn zipped(to: &Path, made: &DossierMade) -> Result<Vec<u8>, PackError> {
    let failed = |error: io::Error| PackError::File { path: to.to_owned(), error };
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().large_file(true);
    let page = page::page(&made.dossier, &names(made));
    for (name, bytes) in [("index.html", page.as_bytes()), ("dossier.pdf", made.pdf.as_slice())] {
        zip.start_file(name, options)
            .map_err(io::Error::from)
            .and_then(|()| zip.write_all(bytes))
            .map_err(failed)?;
    }
    for (name, path) in made.files.iter().flatten().filter(|(_, path)| path.exists()) {
        let of_file = |error| PackError::File { path: path.clone(), error };
        let mut file = File::open(path).map_err(of_file)?;
        zip.start_file(name.as_str(), options).map_err(io::Error::from).map_err(failed)?;
        io::copy(&mut file, &mut zip).map_err(of_file)?;
    }
    Ok(zip.finish().map_err(io::Error::from).map_err(failed)?.into_inner())
}

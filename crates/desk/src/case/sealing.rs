//! Sealing all cases with a passphrase, and taking the seal off: the store, and the texts that lie beside it.
//!
//! Beside the store lie drafts that were begun, calls that last and conversations that will open a case. When a store is
//! sealed they are locked right after it; when it is opened, before it: a kill between leaves a text that is still read, and
//! a mark by which the next program that writes ends what was begun.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Serialize;
use store::{Cases, Texts};

use super::{CaseDeskError, Place, call, who, written};
use crate::intake;
use crate::me::whole;

/// Folders of texts beside the store.
const BESIDE: [&str; 3] = [written::FOLDER, call::FOLDER, intake::FOLDER];
/// The file that stands while sealing or opening lasts.
pub(super) const MARK: &str = "sealing";
/// How deep a text may lie in its folder.
const DEEPEST: usize = 3;
/// The fewest characters of a passphrase.
const LEAST: usize = 8;

/// What sealing or opening did.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct SealView {
    /// Cases that were written anew.
    pub cases: usize,
    /// Files of evidence that were.
    pub files: usize,
    /// Drafts, calls and conversations that were.
    pub texts: usize,
    /// Older copies of the store that the passphrase opens from now on, by the names that they have now (the age format).
    pub copies: Vec<PathBuf>,
    /// What is still there in plain, and could not be deleted or sealed.
    pub left: Vec<PathBuf>,
}

/// Returns whether the cases are sealed.
///
/// # Errors
///
/// [`CaseDeskError`] where the store cannot be read.
pub async fn is_sealed(place: &Place) -> Result<bool, CaseDeskError> {
    Ok(place.store().read_cases().await?.is_some_and(|cases| cases.is_sealed()))
}

/// Opens the seal, where there is one, so that a passphrase is asked for now and not in the middle of something.
///
/// # Errors
///
/// Where the store is sealed, and the passphrase is missing or another. A store that cannot be read for another reason is
/// told by whatever reads it next.
pub async fn unlock(place: &Place) -> Result<(), CaseDeskError> {
    match place.store().read_cases().await {
        Err(error @ (store::StoreError::Sealed(_) | store::StoreError::Passphrase(_))) => Err(error.into()),
        _ => Ok(()),
    }
}

/// Seals every case with a passphrase; a sealed store gets this passphrase in place of its own.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] for a passphrase of fewer than eight characters; [`CaseDeskError::Cases`] where a case is not as
/// it was written, or the store cannot be written: nothing is changed then.
pub async fn seal(place: &Place, words: &str) -> Result<SealView, CaseDeskError> {
    if words.trim().chars().count() < LEAST {
        return Err(CaseDeskError::Wrong(format!("a passphrase needs at least {LEAST} characters")));
    }
    let mut cases = place.write().await?;
    begun(place)?;
    let done = cases.seal(words).await?;
    let mut view =
        SealView { cases: done.cases, files: done.files, texts: 0, copies: done.copies, left: done.left };
    view.texts = beside(place, &cases.texts(), cases.ids().await?, true)?;
    ended(place, &view.left);
    cases.close().await;
    Ok(view)
}

/// Takes the seal off: everything is kept in plain from now on.
///
/// # Errors
///
/// As [`seal`]; a store that is not sealed is left as it is.
pub async fn unseal(place: &Place) -> Result<SealView, CaseDeskError> {
    let mut cases = place.write().await?;
    if !cases.is_sealed() {
        return Err(CaseDeskError::Wrong(format!("the cases in `{}` are not sealed", place.shown())));
    }
    begun(place)?;
    // Before their key goes.
    let (key, ids) = (cases.texts(), cases.ids().await?);
    let mut texts = beside(place, &key, ids.clone(), false)?;
    let done = cases.unseal().await?;
    // What somebody else wrote in between.
    texts += beside(place, &key, ids, false)?;
    let view = SealView { cases: done.cases, files: done.files, texts, copies: done.copies, left: done.left };
    ended(place, &view.left);
    cases.close().await;
    Ok(view)
}

/// Ends what a program began that was killed while it sealed or opened the store. What cannot be done now is done later.
pub(super) async fn end_what_was_begun(place: &Place, cases: &Cases) {
    if !place.vault.join(MARK).exists() {
        return;
    }
    let words = cases.is_sealed().then(|| place.passphrase.words()).flatten();
    match cases.tidy(words.as_deref()).await {
        Ok(done) => {
            let Ok(ids) = cases.ids().await else { return };
            if beside(place, &cases.texts(), ids, cases.is_sealed()).is_ok() {
                ended(place, &done.left);
            }
        }
        Err(error) => tracing::info!(%error, "the sealing or opening continues, or ends later"),
    }
}

fn begun(place: &Place) -> Result<(), CaseDeskError> {
    whole(&place.vault.join(MARK), b"the store is being sealed or opened\n")
        .map_err(|error| CaseDeskError::Wrong(format!("`{}`: {error}", place.data.display())))
}

/// Takes the mark away, unless something is left that a later run can do.
fn ended(place: &Place, left: &[PathBuf]) {
    if left.is_empty() {
        let _ = fs::remove_file(place.vault.join(MARK));
    }
}

/// Locks or opens every text beside the store; returns how many were changed. A text moves to the name that its case has
/// there: in a sealed store no file is called after a case.
fn beside(place: &Place, texts: &Texts, ids: Vec<String>, lock: bool) -> Result<usize, CaseDeskError> {
    let names: BTreeMap<String, String> = ids
        .into_iter()
        .map(|id| if lock { (id.clone(), texts.name(&id)) } else { (texts.name(&id), id) })
        .collect();
    let mut changed = 0;
    for data in folders(place) {
        let mut files = Vec::new();
        for folder in BESIDE {
            gather(&data.join(folder), 0, &mut files);
        }
        for file in files {
            let to = moved(&data, &file, &names, lock.then_some(texts));
            let done = change(&data, &file, &to, texts, lock)
                .map_err(|error| CaseDeskError::Wrong(format!("`{}`: {error}", file.display())))?;
            changed += usize::from(done);
        }
    }
    Ok(changed)
}

/// Returns the folders in which texts lie beside the store: the keeper's, and one for each account of a server.
pub(super) fn folders(place: &Place) -> Vec<PathBuf> {
    let people = fs::read_dir(place.vault.join(who::PEOPLE)).into_iter().flatten().flatten();
    let own = people.filter(|one| one.file_type().is_ok_and(|kind| kind.is_dir())).map(|one| one.path());
    std::iter::once(place.vault.clone()).chain(own).collect()
}

/// Gathers files, none through a link.
fn gather(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    for one in fs::read_dir(folder).into_iter().flatten().flatten() {
        match one.file_type() {
            Ok(kind) if kind.is_file() => files.push(one.path()),
            Ok(kind) if kind.is_dir() && depth < DEEPEST => gather(&one.path(), depth + 1, files),
            _ => {}
        }
    }
}

/// Returns where a text goes: under the other name of its case, which is that of its folder or its own. A draft that was
/// put down for an editor bears more than the id, and gets a name that is not undone.
fn moved(data: &Path, file: &Path, names: &BTreeMap<String, String>, hidden: Option<&Texts>) -> PathBuf {
    let mut parts: Vec<String> = name_of(data, file).split('/').map(str::to_owned).collect();
    let Some(part) = parts.get_mut(1) else { return file.to_owned() };
    let (stem, end) = part.rsplit_once('.').map_or((part.as_str(), ""), |(stem, end)| (stem, end));
    let dot = if end.is_empty() { "" } else { "." };
    if let Some(other) = names.get(stem) {
        *part = format!("{other}{dot}{end}");
    } else if let Some(texts) = hidden.filter(|_| names.keys().any(|id| stem.starts_with(id.as_str()))) {
        *part = format!("{}{dot}{end}", texts.name(stem));
    }
    data.join(parts.join("/"))
}

/// Locks or opens one text, and puts it where it goes; whether it was the other.
fn change(data: &Path, file: &Path, to: &Path, texts: &Texts, lock: bool) -> io::Result<bool> {
    let kept = fs::read(file)?;
    let (old, name) = (name_of(data, file), name_of(data, to));
    // A call is kept line by line, so that each line is on the disk before it is acknowledged.
    let new = if file.extension().is_some_and(|end| end == "jsonl") {
        let mut new = Vec::new();
        for line in kept.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let plain = texts.read(&old, line.to_owned())?;
            new.extend(if lock { texts.keep(&name, &plain)? } else { plain });
            new.push(b'\n');
        }
        if lock && kept.split(|byte| *byte == b'\n').all(|line| line.is_empty() || is_locked(line)) {
            return Ok(false);
        }
        new
    } else if is_locked(&kept) == lock {
        return Ok(false);
    } else {
        let plain = texts.read(&old, kept.clone())?;
        if lock { texts.keep(&name, &plain)? } else { plain }
    };
    if new == kept {
        return Ok(false);
    }
    whole(to, &new)?;
    if to != file {
        fs::remove_file(file)?;
        // The folder that bore the name of the case, once nothing is in it.
        let _ = file.parent().map(fs::remove_dir);
    }
    Ok(true)
}

fn is_locked(text: &[u8]) -> bool {
    store::seal::is_locked(text)
}

/// Returns the name of a text: its path from the folder of what is kept.
pub(crate) fn name_of(data: &Path, file: &Path) -> String {
    let parts = file.strip_prefix(data).unwrap_or(file).components();
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Reads a text beside the store.
pub(crate) fn read(data: &Path, texts: &Texts, file: &Path) -> io::Result<Vec<u8>> {
    texts.read(&name_of(data, file), fs::read(file)?)
}

/// Keeps a text beside the store, whole or not at all.
pub(crate) fn keep(data: &Path, texts: &Texts, file: &Path, text: &[u8]) -> io::Result<()> {
    whole(file, &texts.keep(&name_of(data, file), text)?)
}

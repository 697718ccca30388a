//! Deleting one case: its log, its files, and the texts that lie beside it. What others keep of the company stays.

use std::fs;
use std::io;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;
use store::Texts;

use super::{CaseDeskError, Place, call, kinds, sealing, written};

/// What goes, or went, with a case.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, JsonSchema)]
pub struct Deletion {
    /// The case.
    pub case: String,
    /// The company.
    pub company: String,
    /// How many events its log has.
    pub events: usize,
    /// How many files are kept as evidence.
    pub files: usize,
    /// How many texts that were begun, and calls that last, lie beside it.
    pub texts: usize,
    /// Older copies of the whole store, made when its format changed: they are not touched, and may hold the case still.
    pub copies: Vec<String>,
}

/// Says what would go with a case, and touches nothing.
///
/// # Errors
///
/// [`CaseDeskError`] where the case is not there or cannot be read.
pub async fn deletion(place: &Place, id: &str) -> Result<Deletion, CaseDeskError> {
    let cases = place.read().await?;
    let case = cases.load(id).await?;
    let state = place.state(id).await?;
    let files = state.evidence.iter().filter(|one| one.sha256.is_some()).count();
    Ok(Deletion {
        case: id.to_owned(),
        company: state.facts.company,
        events: case.events().len(),
        files,
        texts: beside(place, &cases.texts(), id).map_err(|(path, error)| unread(&path, &error))?.len(),
        copies: cases.older_copies().iter().map(|copy| copy.display().to_string()).collect(),
    })
}

/// Deletes a case for good. Where something cannot be deleted, the case stays, and to ask once more goes on with what is left.
///
/// # Errors
///
/// [`CaseDeskError`] where the case is not there or not reached, or something of it cannot be deleted.
pub async fn delete(place: &Place, id: &str) -> Result<Deletion, CaseDeskError> {
    place.may_write()?;
    let gone = deletion(place, id).await?;
    let cases = place.write().await?;
    // The texts first: once the log is gone, nothing leads to them any more, and its id may be given again.
    for path in beside(place, &cases.texts(), id).map_err(|(path, error)| unread(&path, &error))? {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(CaseDeskError::Wrong(format!("`{}` cannot be deleted: {error}", path.display())));
            }
            // The folder that bore the name of the case, once nothing is in it.
            _ => drop(path.parent().map(fs::remove_dir)),
        }
    }
    cases.delete(id).await?;
    Ok(gone)
}

fn unread(path: &std::path::Path, error: &io::Error) -> CaseDeskError {
    CaseDeskError::Wrong(format!("`{}`: {error}", path.display()))
}

/// Returns the texts of a case that lie beside the store, of everybody who works on it: drafts that were begun, those that were put down for
/// an editor, and a call that lasts.
fn beside(place: &Place, texts: &Texts, id: &str) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
    let name = texts.name(id);
    let mut found = Vec::new();
    for data in sealing::folders(place) {
        let drafts = data.join(written::FOLDER);
        for (folder, all) in [(drafts.join(&name), true), (drafts.clone(), false)] {
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err((folder, error)),
            };
            for entry in entries {
                let path = entry.map_err(|error| (folder.clone(), error))?.path();
                if path.is_file() && (all || put_down(&path, id)) {
                    found.push(path);
                }
            }
        }
        found.extend(Some(call::file(&data, texts, id)).filter(|file| file.is_file()));
    }
    found.sort();
    Ok(found)
}

/// Whether a file is a draft of a case that was put down for an editor: `ID-KIND-DAY-NUMBER.txt`.
fn put_down(path: &std::path::Path, id: &str) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let rest = name.and_then(|name| name.strip_prefix(id)?.strip_prefix('-'));
    rest.is_some_and(|rest| {
        kinds().iter().any(|kind| {
            let day = rest.strip_prefix(kind.name).and_then(|rest| rest.strip_prefix('-'));
            day.is_some_and(|day| day.starts_with(|c: char| c.is_ascii_digit()))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::tests::{energy, place};
    use crate::case::{Call, attach_bytes, call_begin, new, write_down};

    fn receipt() -> impl Iterator<Item = (&'static str, &'static [u8])> {
        std::iter::once(("receipt.txt", &b"the marmalade receipt"[..]))
    }

    #[tokio::test]
    async fn a_case_goes_with_everything_that_lies_beside_it_and_no_other() {
        let dir = tempfile::tempdir().unwrap();
        let here = place(dir.path(), "2026-04-06T10:00:00+00:00[+00:00]");
        let mut ids = Vec::new();
        for _ in 0..11 {
            ids.push(new(&here, &energy()).await.unwrap().id);
        }
        let (id, other) = (&ids[0], &ids[10]);
        assert!(other.starts_with(id.as_str()), "{other} begins as {id} does");
        for id in [id, other] {
            attach_bytes(&here, id, receipt()).await.unwrap();
            write_down(&here, id, "email", "About the violet teapot.").await.unwrap();
            drop::<Call>(call_begin(&here, id, None).await.unwrap());
            fs::write(dir.path().join("drafts").join(format!("{id}-email-2026-04-06-1.txt")), "x").unwrap();
        }
        let told = deletion(&here, id).await.unwrap();
        assert_eq!((told.files, told.texts), (1, 3), "{told:?}");
        assert_eq!(delete(&here, id).await.unwrap(), told);
        assert!(deletion(&here, id).await.is_err());
        assert_eq!(deletion(&here, other).await.unwrap().texts, 3);
        let folders =
            ["files", "drafts", "calls"].map(|folder| fs::read_dir(dir.path().join(folder)).unwrap());
        let left: Vec<String> = folders
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().file_name().display().to_string())
            .collect();
        assert!(left.iter().all(|name| name.starts_with(other.as_str())), "{left:?}");
    }

    #[tokio::test]
    async fn a_file_that_cannot_be_deleted_keeps_the_case_and_a_second_try_ends_it() {
        let dir = tempfile::tempdir().unwrap();
        let here = place(dir.path(), "2026-04-06T10:00:00+00:00[+00:00]");
        let id = new(&here, &energy()).await.unwrap().id;
        attach_bytes(&here, &id, receipt()).await.unwrap();
        let files = dir.path().join("files").join(&id);
        let aside = dir.path().join("aside");
        fs::rename(&files, &aside).unwrap();
        // No folder: to remove it as one fails, whoever asks.
        fs::write(&files, "").unwrap();
        assert!(delete(&here, &id).await.is_err());
        assert_eq!(deletion(&here, &id).await.unwrap().files, 1, "the case still tells of its evidence");
        fs::remove_file(&files).unwrap();
        fs::rename(&aside, &files).unwrap();
        delete(&here, &id).await.unwrap();
        assert!(!files.exists());
    }
}

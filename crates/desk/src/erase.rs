//! Deleting everything that the program keeps on this machine. Only what it made itself is touched, by name.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Names, in the folder of what is kept, that the program makes.
const OURS: &[&str] = &[
    "files",
    "drafts",
    "calls",
    "intake",
    "people",
    "sealing",
    "pages",
    "me.toml",
    "pages.toml",
    "api-token",
];
/// Beginnings of the names of databases.
const DATABASES: &[&str] = &["cases.sqlite", "directory.sqlite", "accounts.sqlite"];

/// Deletes cases, evidence, directory, texts and settings in `data`, and the pages kept in `cache`. Returns what was deleted.
///
/// # Errors
///
/// The first path that could not be deleted, and what the system says; what came before it is gone.
pub fn everything(data: &Path, cache: Option<&Path>) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
    let mut gone = Vec::new();
    let entries = match fs::read_dir(data) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(gone),
        Err(error) => return Err((data.to_owned(), error)),
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if OURS.contains(&name.as_ref()) || DATABASES.iter().any(|database| name.starts_with(database)) {
            remove(&entry.path())?;
            gone.push(entry.path());
        }
    }
    if let Some(cache) = cache.filter(|cache| cache.is_dir()) {
        remove(cache)?;
        gone.push(cache.to_owned());
    }
    Ok(gone)
}

fn remove(path: &Path) -> Result<(), (PathBuf, io::Error)> {
    // A link is removed, never followed.
    let kind = fs::symlink_metadata(path).map_err(|error| (path.to_owned(), error))?.file_type();
    let done = if kind.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    done.map_err(|error| (path.to_owned(), error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_program_made_is_gone_and_what_others_left_there_stays() {
        let data = tempfile::tempdir().unwrap();
        for name in ["cases.sqlite", "cases.sqlite-wal", "me.toml", "my-own-notes.txt"] {
            fs::write(data.path().join(name), "x").unwrap();
        }
        fs::create_dir_all(data.path().join("files/a-1")).unwrap();
        assert_eq!(everything(data.path(), None).unwrap().len(), 4);
        let left: Vec<_> = fs::read_dir(data.path()).unwrap().flatten().map(|e| e.file_name()).collect();
        assert_eq!(left, ["my-own-notes.txt"]);
        assert!(everything(&data.path().join("nowhere"), None).unwrap().is_empty());
    }
}

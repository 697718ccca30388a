//! Deleting everything that the program keeps on this machine. Only what it made itself is touched, by name: any of its folders may be one of
//! the user's own, in which others keep things too. Whoever writes there exports the names that it gives.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ::sources::cache;

use crate::{case, directory, intake, me, proof, sources as settings};

/// A name that the program gives to what it makes in one of its folders.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Made {
    /// A file or a folder, and the file that becomes it: `NAME.part`, `.NAME.4711`.
    Named(&'static str),
    /// A database with its log, and the copies of it: `NAME-wal`, `NAME.format-1.bak`.
    Database(&'static str),
    /// What lies between a beginning and an end of its name, whole or in the making.
    Between(&'static str, &'static str),
}

impl Made {
    /// Returns whether a name is one of these.
    fn is(self, name: &str) -> bool {
        match self {
            Self::Named(own) => {
                let part = name.strip_prefix('.').and_then(|rest| rest.strip_prefix(own)?.strip_prefix('.'));
                name == own
                    || name.strip_prefix(own) == Some(".part")
                    || part.is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()))
            }
            Self::Database(own) => name
                .strip_prefix(own)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-') || rest.starts_with('.')),
            Self::Between(start, end) => name
                .strip_suffix(".part")
                .filter(|whole| whole.ends_with(end))
                .unwrap_or(name)
                .strip_prefix(start)
                .is_some_and(|rest| rest.ends_with(end)),
        }
    }
}

/// The folders in which the program keeps things.
#[derive(Clone, Copy, Debug)]
pub struct Folders<'a> {
    /// Cases, evidence, directory and texts.
    pub data: &'a Path,
    /// Pages of the web, where they are kept.
    pub cache: Option<&'a Path>,
    /// Settings with their keys, where there is a place for them. Letters and facts that the user wrote there stay.
    pub config: Option<&'a Path>,
}

/// Deletes cases, evidence, directory, texts, settings and the pages that are kept; `more` are the names that whoever calls gives in the folder
/// of what is kept. Returns what was deleted.
///
/// # Errors
///
/// The first path that could not be read or deleted, and what the system says; what came before it is gone.
pub fn everything(folders: Folders<'_>, more: &[Made]) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
    let mut gone = Vec::new();
    let kept = [case::MADE, directory::MADE, intake::MADE, me::MADE, proof::MADE, settings::MADE, more];
    let databases = [store::cases::SCHEMA.file, store::directory::SCHEMA.file, store::accounts::SCHEMA.file];
    clear(folders.data, &mut gone, |name| {
        databases.into_iter().any(|database| Made::Database(database).is(name))
            || kept.into_iter().flatten().any(|made| made.is(name))
    })?;
    if let Some(config) = folders.config {
        clear(config, &mut gone, |name| settings::SET.iter().any(|made| made.is(name)))?;
    }
    if let Some(cache) = folders.cache {
        let answers = cache.join(settings::ANSWERS);
        for folder in [&answers, cache] {
            clear(folder, &mut gone, cache::is_ours)?;
            // Whatever else lies there is somebody's: only a folder that is empty goes.
            match fs::remove_dir(folder) {
                Ok(()) => gone.push(folder.to_owned()),
                Err(error) if matches!(error.kind(), io::ErrorKind::NotFound) => {}
                Err(error) if matches!(error.kind(), io::ErrorKind::DirectoryNotEmpty) => {}
                Err(error) => return Err((folder.to_owned(), error)),
            }
        }
    }
    Ok(gone)
}

/// Deletes what bears a name of ours in one folder.
fn clear(
    folder: &Path,
    gone: &mut Vec<PathBuf>,
    is_ours: impl Fn(&str) -> bool,
) -> Result<(), (PathBuf, io::Error)> {
    let unread = |error| (folder.to_owned(), error);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unread(error)),
    };
    for entry in entries {
        let path = entry.map_err(unread)?.path();
        if path.file_name().and_then(|name| name.to_str()).is_some_and(&is_ours) {
            remove(&path)?;
            gone.push(path);
        }
    }
    Ok(())
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

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_the_program_made_is_gone_and_what_others_left_there_stays() {
        let home = tempfile::tempdir().unwrap();
        let (data, cache, config) =
            (home.path().join("data"), home.path().join("cache"), home.path().join("config"));
        let folders = Folders { data: &data, cache: Some(&cache), config: Some(&config) };
        assert!(everything(folders, &[]).unwrap().is_empty());
        for name in [
            "cases.sqlite",
            "cases.sqlite-wal",
            "cases.sqlite.format-1.bak.age",
            "me.toml",
            "me.toml.part",
            "mail.toml",
            ".sources.json.4711",
            ".upstairs-aB3",
            "directory.pack",
            "trusted.keys",
            "copy-x7.age.part",
            "copy-x8.age.part.part",
            "files/a-1/abc",
        ] {
            let file = data.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "x").unwrap();
        }
        for folder in [&data, &cache, &config, &cache.join("photos"), &cache.join(settings::ANSWERS)] {
            fs::create_dir_all(folder).unwrap();
            for name in ["my-own-notes.txt", "cases.sqlite3", "copy-of-a-letter.age", "holiday.page"] {
                fs::write(folder.join(name), "x").unwrap();
            }
        }
        fs::write(config.join("sources.toml"), "x").unwrap();
        let page = format!("{}.page", "0a".repeat(32));
        fs::write(cache.join(&page), "x").unwrap();
        fs::write(cache.join(settings::ANSWERS).join(&page), "x").unwrap();
        everything(folders, &[Made::Between("copy-", ".age.part")]).unwrap();
        let others = ["cases.sqlite3", "copy-of-a-letter.age", "holiday.page", "my-own-notes.txt"];
        assert_eq!(names(&data), others);
        assert_eq!(names(&config), others);
        assert_eq!(names(&cache.join(settings::ANSWERS)), others);
        assert_eq!(names(&cache.join("photos")), others);
        assert_eq!(names(&cache).len(), 6, "beside the two folders the four files of others");
    }

    #[test]
    fn everything_that_is_written_is_known() {
        let home = tempfile::tempdir().unwrap();
        let (data, cache, config) =
            (home.path().join("data"), home.path().join("cache"), home.path().join("config"));
        me::save(&data, &case::Me { name: Some("Kim Park".into()), ..Default::default() }).unwrap();
        me::prefer(&data, &me::Preferences::default()).unwrap();
        settings::tests::write(&data, &config);
        for folder in [&cache, &cache.join(settings::ANSWERS)] {
            let shelf = ::sources::shelf::Shelf::open(folder).unwrap();
            let response = ::sources::web::Response {
                status: 200,
                body: b"a page".to_vec(),
                fetched: "2026-11-01T09:00:00Z".into(),
                ..Default::default()
            };
            shelf.put(&url::Url::parse("https://lampen.example/").unwrap(), &response);
        }
        assert_eq!(names(&data), ["me.toml", "pages.toml", "sources.json"]);
        assert_eq!((names(&config), names(&cache).len()), (vec!["sources.toml".to_owned()], 2));
        everything(Folders { data: &data, cache: Some(&cache), config: Some(&config) }, &[]).unwrap();
        assert_eq!((names(&data).len(), names(&config).len()), (0, 0));
        assert!(!cache.exists(), "an empty folder of ours goes too");
    }
}

//! Putting Upstairs into the assistants of this machine: which there are, what would change in their configuration, and
//! the change itself.
//!
//! Nothing is changed that was not shown before. A file that cannot be read as what its assistant takes is left alone, and
//! so is one that changed since it was shown; what stood there before is kept beside it. What is written is read again
//! first: whatever else was in the file must be in it still.

mod edit;
mod known;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

pub use known::{KNOWN, Machine, System};

/// The name that Upstairs has in every configuration.
const NAME: &str = "upstairs";
/// The most bytes of a configuration.
const MOST: u64 = 32 << 20;
/// The most copies of what stood before that are kept beside one file.
const MOST_COPIES: usize = 99;

/// How an assistant starts Upstairs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    /// The program, by its whole path.
    pub command: String,
    /// Its words.
    pub args: Vec<String>,
}

/// An assistant that is on this machine.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its name for the command line.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The file in which it is told of servers; it may not be there yet.
    pub file: PathBuf,
    /// What makes it read the file again.
    pub after: &'static str,
    form: known::Form,
}

/// What is wanted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Wanted {
    /// Upstairs stands in the configuration.
    There,
    /// It does not.
    Gone,
}

/// A change that was not made yet.
#[derive(Clone, Debug)]
pub struct Plan {
    file: PathBuf,
    before: Option<String>,
    after: String,
}

/// Why a configuration is left as it is.
#[derive(Debug, thiserror::Error)]
pub enum AssistantError {
    /// It cannot be read as what its assistant takes.
    #[error("`{path}` is left as it is: {why}")]
    NotUnderstood {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The system refuses.
    #[error("`{path}`: {error}")]
    System {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// It was changed by someone else after the change was shown.
    #[error("`{0}` changed meanwhile and is left as it is: run this again")]
    Changed(PathBuf),
}

/// Returns the assistants that are on a machine, in the order of the table.
#[must_use]
pub fn found(machine: &Machine) -> Vec<Found> {
    let here = KNOWN.iter().filter(|row| (row.file)(machine).is_file() || (row.mark)(machine).exists());
    here.map(|row| Found {
        id: row.id,
        name: row.name,
        file: (row.file)(machine),
        after: row.after,
        form: row.form,
    })
    .collect()
}

/// Returns what one would write by hand, for assistants that are not known here.
#[must_use]
pub fn by_hand(entry: &Entry) -> String {
    let entry =
        serde_json::json!({ "mcpServers": { NAME: { "command": entry.command, "args": entry.args } } });
    serde_json::to_string_pretty(&entry).unwrap_or_default()
}

/// Says what would change in the configuration of an assistant; `None` where all is as wanted.
///
/// # Errors
///
/// [`AssistantError`] where the file cannot be read or understood: it is left alone then.
pub fn plan(found: &Found, entry: &Entry, wanted: Wanted) -> Result<Option<Plan>, AssistantError> {
    let before = read(&found.file)?;
    let entry = (wanted == Wanted::There).then_some(entry);
    let text = before.as_deref().unwrap_or_default();
    let after = edit::changed(text, found.form, NAME, entry)
        .map_err(|why| AssistantError::NotUnderstood { path: found.file.clone(), why })?;
    Ok(after.filter(|after| after != text).map(|after| Plan { file: found.file.clone(), before, after }))
}

/// Reads a configuration; `None` where there is none.
fn read(path: &Path) -> Result<Option<String>, AssistantError> {
    let failed = |error| AssistantError::System { path: path.to_owned(), error };
    let size = match fs::metadata(path) {
        Ok(known) => known.len(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let refused = |why: &str| AssistantError::NotUnderstood { path: path.to_owned(), why: why.to_owned() };
    if size > MOST {
        return Err(refused("it is too large for a configuration"));
    }
    let bytes = fs::read(path).map_err(failed)?;
    String::from_utf8(bytes).map(Some).map_err(|_| refused("it is not text (UTF-8)"))
}

impl Plan {
    /// Returns the file that would change.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Returns the change line by line, `-` and `+` before what goes and comes, with three lines around it.
    #[must_use]
    pub fn diff(&self) -> String {
        edit::diff(self.before.as_deref().unwrap_or_default(), &self.after)
    }

    /// Makes the change; returns where what stood before is kept, where something stood.
    ///
    /// # Errors
    ///
    /// [`AssistantError`] where the file changed meanwhile or the system refuses; nothing is changed then.
    pub fn make(&self) -> Result<Option<PathBuf>, AssistantError> {
        if read(&self.file)? != self.before {
            return Err(AssistantError::Changed(self.file.clone()));
        }
        let failed = |error| AssistantError::System { path: self.file.clone(), error };
        // A link into a folder of kept settings stays a link.
        let real = if self.before.is_some() {
            fs::canonicalize(&self.file).map_err(failed)?
        } else {
            self.file.clone()
        };
        let folder = real.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(failed)?;
        let copy = self.before.is_some().then(|| keep(&real)).transpose().map_err(failed)?;
        let mut new = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        new.write_all(self.after.as_bytes()).map_err(failed)?;
        if copy.is_some() {
            let rights = fs::metadata(&real).map_err(failed)?.permissions();
            fs::set_permissions(new.path(), rights).map_err(failed)?;
        }
        new.as_file().sync_all().map_err(failed)?;
        new.persist(&real).map_err(|error| failed(error.error))?;
        Ok(copy)
    }
}

/// Keeps a copy of a file beside it, under a name that is free, and returns where.
fn keep(file: &Path) -> io::Result<PathBuf> {
    let named = |number: usize| {
        let mut name = file.as_os_str().to_owned();
        name.push(".before-upstairs");
        if number > 1 {
            name.push(format!("-{number}"));
        }
        PathBuf::from(name)
    };
    let copy = (1..=MOST_COPIES).map(named).find(|copy| !copy.exists());
    let copy = copy.ok_or_else(|| io::Error::other("too many copies of it are kept: delete some"))?;
    fs::copy(file, &copy)?;
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry { command: "/opt/upstairs".into(), args: vec!["mcp".into()] }
    }

    fn cursor(home: &Path) -> Found {
        let machine = Machine { system: System::Linux, home: home.to_owned(), config: None };
        fs::create_dir_all(home.join(".cursor")).unwrap();
        found(&machine).into_iter().find(|found| found.id == "cursor").unwrap()
    }

    #[test]
    fn a_change_is_made_whole_keeps_what_stood_there_and_is_undone() {
        let home = tempfile::tempdir().unwrap();
        let found = cursor(home.path());
        fs::write(&found.file, "{\n  \"mcpServers\": { \"other\": { \"command\": \"x\" } }\n}\n").unwrap();
        let before = fs::read_to_string(&found.file).unwrap();
        let made = plan(&found, &entry(), Wanted::There).unwrap().unwrap();
        let copy = made.make().unwrap().unwrap();
        assert_eq!(fs::read_to_string(copy).unwrap(), before);
        assert!(plan(&found, &entry(), Wanted::There).unwrap().is_none(), "a second time changes nothing");
        let text = fs::read_to_string(&found.file).unwrap();
        assert!(text.contains("\"other\"") && text.contains("/opt/upstairs"), "{text}");
        plan(&found, &entry(), Wanted::Gone).unwrap().unwrap().make().unwrap();
        let text = fs::read_to_string(&found.file).unwrap();
        assert!(text.contains("\"other\"") && !text.contains("upstairs"), "{text}");
    }

    #[test]
    fn a_file_that_changed_after_it_was_shown_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let found = cursor(home.path());
        fs::write(&found.file, "{}").unwrap();
        let made = plan(&found, &entry(), Wanted::There).unwrap().unwrap();
        fs::write(&found.file, "{\"mcpServers\": {}}").unwrap();
        assert!(matches!(made.make(), Err(AssistantError::Changed(_))));
        assert_eq!(fs::read_to_string(&found.file).unwrap(), "{\"mcpServers\": {}}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_rights_stay_as_they_were() {
        use std::os::unix::fs::PermissionsExt as _;
        let home = tempfile::tempdir().unwrap();
        let found = cursor(home.path());
        let real = home.path().join("kept.json");
        fs::write(&real, "{}").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&real, &found.file).unwrap();
        plan(&found, &entry(), Wanted::There).unwrap().unwrap().make().unwrap();
        assert!(fs::symlink_metadata(&found.file).unwrap().is_symlink());
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::read_to_string(&real).unwrap().contains("/opt/upstairs"));
    }
}

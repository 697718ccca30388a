//! The user's settings of sources: which are on, with which key, at which address.
//!
//! They are in `sources.toml` in the user's folder of settings, which is written with permissions for the user alone, and
//! in the environment, which goes before the file: `UPSTAIRS_BRAVE_KEY`, `UPSTAIRS_SEARXNG_URL`,
//! `UPSTAIRS_GLEIF_SECONDS`, and `UPSTAIRS_SOURCES` for what is on. A key never leaves this module but to be sent or to be written to that file.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sources::fetch::Secret;
use sources::source::{self, About, Needs, Setting};
use url::Url;

/// The name of the file.
pub(super) const FILE: &str = "sources.toml";
/// The longest time that a user may give a source, in seconds.
const LONGEST: u64 = 300;
/// The most bytes of it that are read.
const MOST: u64 = 256 << 10;

/// What stands in the file for one source.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<Kept>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seconds: Option<u64>,
}

/// A key as it stands in the file; shown nowhere.
#[derive(Clone, Deserialize, Serialize)]
struct Kept(String);

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Kept(…)")
    }
}

/// The settings of all sources.
#[derive(Clone, Debug, Default)]
pub struct SourceSettings {
    /// The folder of settings; nothing is read or written where there is none.
    folder: Option<PathBuf>,
    file: BTreeMap<String, Written>,
    environment: BTreeMap<String, Written>,
    /// The sources that the environment or the command line names instead of those that the file switches on.
    only: Option<Vec<String>>,
    /// What is wrong with the file or the environment, in plain words.
    warnings: Vec<String>,
}

/// Why settings could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// There is no source of that name.
    #[error("no source `{0}`: `upstairs sources` lists them")]
    Unknown(String),
    /// The site is linked and never fetched.
    #[error(
        "`{0}` is linked but never read: its terms do not allow programs; save its pages and read them with `upstairs read post`"
    )]
    LinkOnly(String),
    /// There is no folder for settings.
    #[error("there is no folder for your settings: set HOME or UPSTAIRS_CONFIG")]
    NoPlace,
    /// The file cannot be read.
    #[error("`{path}` cannot be read: {reason}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The file cannot be written.
    #[error("`{path}` cannot be written: {error}")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The address is none.
    #[error("`{0}` is not an http or https address")]
    Address(String),
}

impl SourceSettings {
    /// Reads the file in a folder, and variables of the environment by name and value (others than ours are passed over).
    ///
    /// # Errors
    ///
    /// [`SettingsError::Read`] where the file is there and cannot be read: a setting that silently does not count would
    /// be asked about for ever.
    pub fn read(
        folder: Option<PathBuf>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, SettingsError> {
        let mut settings = Self { folder, ..Self::default() };
        if let Some(path) = settings.path()
            && path.exists()
        {
            let failed = |reason: String| SettingsError::Read { path: path.clone(), reason };
            let data = fs::metadata(&path).map_err(|error| failed(error.to_string()))?;
            if data.len() > MOST {
                return Err(failed("it is too large".to_owned()));
            }
            let text = fs::read_to_string(&path).map_err(|error| failed(error.to_string()))?;
            // What the parser says may hold the line, and a line may hold a key: only its place is told.
            settings.file = toml::from_str(&text).map_err(|error| {
                let line =
                    error.span().map_or(1, |span| text[..span.start.min(text.len())].lines().count().max(1));
                failed(format!("line {line} is not as it should be: {}", error.message()))
            })?;
            for id in settings.file.keys().filter(|id| source::named(id).is_none()) {
                settings
                    .warnings
                    .push(format!("`{}` names a source `{id}` that does not exist", path.display()));
            }
            settings.warnings.extend(open_to_others(&path, &data));
        }
        for (name, value) in environment {
            settings.take(&name, &value);
        }
        Ok(settings)
    }

    /// Takes over one variable of the environment.
    fn take(&mut self, name: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        if name == "UPSTAIRS_SOURCES" {
            match chosen(value) {
                Ok(ids) => self.only = Some(ids),
                Err(error) => self.warnings.push(format!("UPSTAIRS_SOURCES: {error}")),
            }
            return;
        }
        let Some(rest) = name.strip_prefix("UPSTAIRS_") else { return };
        let of = |suffix: &str| {
            let id = rest.strip_suffix(suffix)?.to_ascii_lowercase().replace('_', "-");
            source::named(&id).map(|source| source.about().id.to_owned())
        };
        if let Some(id) = of("_KEY") {
            self.environment.entry(id).or_default().key = Some(Kept(value.to_owned()));
        } else if let Some(id) = of("_URL") {
            self.environment.entry(id).or_default().url = Some(value.to_owned());
        } else if let Some(id) = of("_SECONDS") {
            match value.parse() {
                Ok(seconds) => self.environment.entry(id).or_default().seconds = Some(seconds),
                Err(_) => self.warnings.push(format!("{name}: `{value}` is not a number of seconds")),
            }
        }
    }

    /// Returns these settings with exactly the named sources on, for one run; `keyless` and `all` name several.
    ///
    /// # Errors
    ///
    /// [`SettingsError::Unknown`] or [`SettingsError::LinkOnly`] for a name that is none.
    pub fn with_only(mut self, names: &str) -> Result<Self, SettingsError> {
        self.only = Some(chosen(names)?);
        Ok(self)
    }

    /// Returns what is wrong with them, in plain words.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// Returns the file, where there is a place for it.
    #[must_use]
    pub fn path(&self) -> Option<PathBuf> {
        self.folder.as_deref().map(|folder| folder.join(FILE))
    }

    /// Returns the folder of settings, where there is a place for it.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Returns these settings without what the file holds: it was deleted.
    #[must_use]
    pub fn forgotten(self) -> Self {
        Self { file: BTreeMap::new(), ..self }
    }

    /// Returns whether the user switched a source on.
    #[must_use]
    pub fn is_on(&self, id: &str) -> bool {
        match &self.only {
            Some(only) => only.iter().any(|one| one == id),
            None => self.file.get(id).and_then(|written| written.on) == Some(true),
        }
    }

    /// Returns whether any source is on.
    #[must_use]
    pub fn any_on(&self) -> bool {
        source::ALL.into_iter().any(|source| self.is_on(source.about().id))
    }

    /// Returns whether a key is set.
    pub(super) fn has_key(&self, id: &str) -> bool {
        self.setting(id).key.is_some()
    }

    /// Returns the address that the user set, as it is shown.
    pub(super) fn address(&self, id: &str) -> Option<String> {
        self.setting(id).base.map(String::from)
    }

    /// Returns where the user has RDAP asked, if elsewhere than usual.
    pub(crate) fn registry(&self) -> Option<Url> {
        self.setting("rdap").base
    }

    /// Returns how long a source may take: as long as it says itself, unless the user set another time.
    pub(super) fn budget(&self, about: &About) -> Duration {
        let places = [self.environment.get(about.id), self.file.get(about.id)];
        let set = places.into_iter().flatten().find_map(|written| written.seconds);
        set.map_or(about.budget, |seconds| Duration::from_secs(seconds.clamp(1, LONGEST)))
    }

    /// Returns key and address of a source.
    pub(super) fn setting(&self, id: &str) -> Setting {
        let places = [self.environment.get(id), self.file.get(id)];
        let written = || places.into_iter().flatten();
        let key = written().find_map(|written| written.key.as_ref());
        let url = written().find_map(|written| written.url.as_deref());
        Setting { base: url.and_then(|url| address(url).ok()), key: key.and_then(|key| Secret::new(&key.0)) }
    }

    /// Returns whether all is set that a source needs; `contact` tells whether the program gives a mail address.
    pub(super) fn is_ready(&self, about: &About, contact: bool) -> bool {
        match about.needs {
            Needs::Nothing => true,
            Needs::Key { .. } => self.has_key(about.id),
            Needs::Instance { .. } => self.address(about.id).is_some(),
            Needs::Contact => contact,
        }
    }

    /// Switches a source on or off, and sets its key and address where they are given.
    pub(super) fn change(
        &mut self,
        id: &str,
        on: bool,
        key: Option<&Secret>,
        url: Option<&str>,
    ) -> Result<(), SettingsError> {
        let url = url.map(address).transpose()?;
        let written = self.file.entry(id.to_owned()).or_default();
        written.on = Some(on);
        if let Some(key) = key {
            written.key = Some(Kept(key.to_be_kept().to_owned()));
        }
        if let Some(url) = url {
            written.url = Some(url.into());
        }
        Ok(())
    }

    /// Writes the file: whole or not at all, and for the user alone.
    pub(super) fn write(&self) -> Result<PathBuf, SettingsError> {
        let folder = self.folder.as_deref().ok_or(SettingsError::NoPlace)?;
        let path = folder.join(FILE);
        let failed = |error: io::Error| SettingsError::Write { path: path.clone(), error };
        let text =
            toml::to_string(&self.file).map_err(|error| failed(io::Error::other(error.to_string())))?;
        let head = "# Written by `upstairs sources`; comments are not kept. It may hold your keys: for your eyes only.\n";
        private::folder(folder).map_err(failed)?;
        private::file(folder, &path, format!("{head}{text}").as_bytes()).map_err(failed)?;
        Ok(path)
    }
}

/// Reads names of sources, parted by commas or spaces; `keyless` and `all` name several.
pub(super) fn chosen(names: &str) -> Result<Vec<String>, SettingsError> {
    let mut ids: Vec<String> = Vec::new();
    for name in names.split([',', ' ']).map(str::trim).filter(|name| !name.is_empty()) {
        let name = name.to_ascii_lowercase();
        let several: Vec<&str> = match name.as_str() {
            "all" => source::ALL.into_iter().map(|source| source.about().id).collect(),
            "keyless" => source::ALL
                .into_iter()
                .map(source::Source::about)
                .filter(|about| matches!(about.needs, Needs::Nothing | Needs::Contact))
                .map(|about| about.id)
                .collect(),
            "none" => Vec::new(),
            one => vec![known(one)?],
        };
        ids.extend(several.into_iter().map(str::to_owned));
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// Returns the id of a source.
pub(super) fn known(name: &str) -> Result<&'static str, SettingsError> {
    if let Some(source) = source::named(name) {
        return Ok(source.about().id);
    }
    let linked = source::linked::LINKED.iter().any(|site| site.id == name);
    Err(if linked {
        SettingsError::LinkOnly(name.to_owned())
    } else {
        SettingsError::Unknown(name.to_owned())
    })
}

/// Reads the address of an instance.
fn address(text: &str) -> Result<Url, SettingsError> {
    let url =
        Url::parse(text.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    // A password in an address would be shown with it.
    url.filter(|url| url.password().is_none() && url.username().is_empty())
        .ok_or_else(|| SettingsError::Address(text.to_owned()))
}

#[cfg(unix)]
fn open_to_others(path: &Path, data: &fs::Metadata) -> Option<String> {
    use std::os::unix::fs::PermissionsExt;
    (data.permissions().mode() & 0o077 != 0).then(|| {
        format!("`{0}` may be read by others and may hold your keys: run `chmod 600 {0}`", path.display())
    })
}

#[cfg(not(unix))]
fn open_to_others(_: &Path, _: &fs::Metadata) -> Option<String> {
    None
}

/// Files and folders that only the user can look into.
pub(super) mod private {
    use super::{Path, Write, fs, io};

    /// Makes a folder for the user alone; one that is there stays as it is.
    pub(in super::super) fn folder(folder: &Path) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)
    }

    /// Writes a file for the user alone, whole or not at all.
    pub(in super::super) fn file(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
        // Made with permissions for the user alone, and moved to its place when it is whole.
        let part = folder.join(format!(
            ".{}.{}",
            path.file_name().unwrap_or_default().to_string_lossy(),
            std::process::id()
        ));
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = (|| {
            let mut file = options.open(&part)?;
            file.write_all(bytes)?;
            file.sync_all()
        })();
        written.and_then(|()| fs::rename(&part, path)).inspect_err(|_| {
            let _ = fs::remove_file(&part);
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(folder: &Path, environment: &[(&str, &str)]) -> Result<SourceSettings, SettingsError> {
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        SourceSettings::read(Some(folder.to_owned()), environment)
    }

    #[test]
    fn nothing_is_on_until_the_user_says_so_and_the_environment_goes_first() {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = read(folder.path(), &[]).unwrap();
        assert!(!settings.any_on());
        settings.change("brave", true, Secret::new("of-the-file").as_ref(), None).unwrap();
        settings.write().unwrap();
        let settings = read(folder.path(), &[]).unwrap();
        assert!(settings.is_on("brave") && !settings.is_on("gleif"));
        assert_eq!(settings.setting("brave").key, Secret::new("of-the-file"));
        let settings = read(
            folder.path(),
            &[("UPSTAIRS_BRAVE_KEY", "of-the-environment"), ("UPSTAIRS_SOURCES", "gleif, keyless")],
        );
        let settings = settings.unwrap();
        assert_eq!(settings.setting("brave").key, Secret::new("of-the-environment"));
        assert!(settings.is_on("gleif") && settings.is_on("wikidata") && !settings.is_on("brave"));
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_for_the_user_alone_and_one_that_is_not_is_told() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mut settings = read(folder.path(), &[]).unwrap();
        settings.change("brave", true, Secret::new("s3cret").as_ref(), None).unwrap();
        let path = settings.write().unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(!format!("{settings:?}").contains("s3cret"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let settings = read(folder.path(), &[]).unwrap();
        assert!(settings.warnings()[0].contains("chmod 600"), "{:?}", settings.warnings());
        settings.write().unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_broken_file_is_told_by_line_and_never_quotes_a_key() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "[brave]\non = true\nkey = s3cret\n").unwrap();
        let error = read(folder.path(), &[]).unwrap_err().to_string();
        assert!(error.contains("line 3") && !error.contains("s3cret"), "{error}");
    }

    #[test]
    fn names_that_are_none_and_sites_that_are_only_linked_are_told_apart() {
        assert!(matches!(chosen("brave,nonsense"), Err(SettingsError::Unknown(name)) if name == "nonsense"));
        assert!(matches!(chosen("bbb"), Err(SettingsError::LinkOnly(_))));
        assert!(matches!(address("http://me:pass@search.example"), Err(SettingsError::Address(_))));
        assert!(matches!(address("search.example"), Err(SettingsError::Address(_))));
    }
}

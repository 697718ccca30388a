//! Who the customer is, as letters name them, and how the pages look: two small files beside the cases.
//!
//! Both are the user's to edit by hand as well; a file that cannot be understood is named, and nothing in it is guessed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::case::{CaseDeskError, Me};
use crate::erase::Made;

/// The file of who the customer is.
pub(crate) const ME: &str = "me.toml";
/// The file of how the pages look.
const LOOKS: &str = "pages.toml";
/// What is written here in the folder of what is kept.
pub(crate) const MADE: &[Made] = &[Made::Named(ME), Made::Named(LOOKS)];

/// The most characters of one line of a name or an address.
const MOST_LINE: usize = 200;
/// The most lines of an address.
const MOST_LINES: usize = 8;

/// The file `me.toml`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
struct MeFile {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    address: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
}

/// How the pages look: the file `pages.toml`.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct Preferences {
    /// The language of the pages (`en`, `de`); that of the browser where none is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// `light` or `dark`; as the system has it where none is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// The country that forms begin with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// Reads who the customer is; nothing where there is no such file.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] names the file and what is wrong with it.
pub fn load(data: &Path) -> Result<Me, CaseDeskError> {
    let file: MeFile = read(&data.join(ME))?;
    Ok(Me { name: file.name, address: file.address, email: file.email, phone: file.phone })
}

/// Keeps who the customer is.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] for a line that is too long, or where the file cannot be written.
pub fn save(data: &Path, me: &Me) -> Result<(), CaseDeskError> {
    let lines = me.name.iter().chain(&me.address).chain(&me.email).chain(&me.phone);
    if lines.clone().any(|line| line.chars().count() > MOST_LINE) || me.address.len() > MOST_LINES {
        return Err(CaseDeskError::Wrong(format!(
            "a line has at most {MOST_LINE} characters, an address at most {MOST_LINES} lines"
        )));
    }
    let file = MeFile {
        name: me.name.clone(),
        address: me.address.clone(),
        email: me.email.clone(),
        phone: me.phone.clone(),
    };
    write(&data.join(ME), &file)
}

/// Reads how the pages look; the defaults where nothing was chosen or the file is broken, for a page must be shown anyway.
#[must_use]
pub fn preferences(data: &Path) -> Preferences {
    read(&data.join(LOOKS)).unwrap_or_default()
}

/// Keeps how the pages look.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] where the file cannot be written.
pub fn prefer(data: &Path, preferences: &Preferences) -> Result<(), CaseDeskError> {
    write(&data.join(LOOKS), preferences)
}

fn wrong(path: &Path, why: impl std::fmt::Display) -> CaseDeskError {
    CaseDeskError::Wrong(format!("`{}`: {why}", path.display()))
}

fn read<T: Default + for<'de> Deserialize<'de>>(path: &Path) -> Result<T, CaseDeskError> {
    match fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text).map_err(|error| wrong(path, crate::broken::toml(&text, &error))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(T::default()),
        Err(error) => Err(wrong(path, error)),
    }
}

fn write<T: Serialize>(path: &Path, value: &T) -> Result<(), CaseDeskError> {
    let text = toml::to_string(value).map_err(|error| wrong(path, error))?;
    whole(path, text.as_bytes()).map_err(|error| wrong(path, error))
}

/// Makes a folder, with those above it, that nobody else on the machine looks into; one that is there stays as it is.
///
/// # Errors
///
/// What the system says.
pub fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Writes a file whole: beside its place first, then moved there. The folder is made where it is missing.
///
/// # Errors
///
/// What the system says.
pub(crate) fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::io::Write as _;
    if let Some(folder) = path.parent() {
        make_private(folder)?;
    }
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let mut file = fs::File::create(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&part, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_one_is_comes_back_as_it_was_kept_and_a_broken_file_is_named() {
        let data = tempfile::tempdir().unwrap();
        assert!(load(data.path()).unwrap().name.is_none());
        let me = Me { name: Some("Ada Byrne".into()), address: vec!["1 Low Road".into()], ..Me::default() };
        save(data.path(), &me).unwrap();
        assert_eq!(load(data.path()).unwrap().address, me.address);
        fs::write(data.path().join("me.toml"), "name = ").unwrap();
        assert!(load(data.path()).unwrap_err().to_string().contains("me.toml"));
        let long = Me { name: Some("x".repeat(300)), ..Me::default() };
        assert!(save(data.path(), &long).is_err());
    }
}

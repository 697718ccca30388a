//! Packs: the directory as one signed file to hand on, and the one that a user has installed.
//!
//! `directory pack` writes the user's own directory, without what representatives told; `directory update` installs a pack
//! or a delta that somebody published, after checking who signed it. The installed pack is asked beside the other two
//! directories.

use std::io::{Seek as _, Write as _};
use std::path::{Path, PathBuf};

use columnar::remote::{RemoteError, Remotes};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use store::names::Nearness;
use store::pack::key::{KeyError, Public, Secret};
use store::pack::{About, Header, Pack, PackError, Trust, delta};
use store::sort::Sorter;
use store::{Entry, StoreError};
use url::Url;

use super::place;
use crate::erase::Made;

/// The file of the installed pack, in the folder of the user's own directory.
const INSTALLED: &str = "directory.pack";
/// The file with the keys of whom the user trusts.
const TRUSTED: &str = "trusted.keys";
/// What is written here in the folder of what is kept.
pub(crate) const MADE: &[Made] =
    &[Made::Named(INSTALLED), Made::Named(TRUSTED), Made::Between(store::pack::TEMPORARY, "")];
/// The most bytes of a pack that is fetched.
const MOST_FETCHED: u64 = 16 << 30;

/// Why a pack could not be written, installed or asked.
#[derive(Debug, thiserror::Error)]
pub enum PackFailure {
    /// The pack itself.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// A key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The user's own directory.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The server that publishes it.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// There is no place for a directory.
    #[error("there is no folder for your own directory")]
    NoPlace,
    /// There is nothing to pack.
    #[error("your own directory is empty")]
    Empty,
    /// Nobody is trusted yet.
    #[error("you have not said yet whose signature you trust")]
    NoKey,
    /// An older edition than the one that is installed.
    #[error("`{offered}` is edition {edition}, older than the installed edition {installed}")]
    Older {
        /// What was offered.
        offered: String,
        /// Its edition.
        edition: u64,
        /// The edition that is installed.
        installed: u64,
    },
    /// A delta, and nothing to apply it to.
    #[error("`{0}` is a delta, and no pack is installed that it could change")]
    NoBase(String),
    /// A file is there already.
    #[error("`{}` is there already", .0.display())]
    Exists(PathBuf),
    /// The disk failed.
    #[error("`{}`: {cause}", path.display())]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
}

impl PackFailure {
    /// Returns what the user can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Store(error) => error.hint(),
            Self::NoPlace => Some("name one with --data FOLDER or UPSTAIRS_DATA"),
            Self::Empty => Some("`archive merge`, `find` and `directory import` fill it"),
            Self::NoKey => {
                Some("get the publisher's public key by a way you trust, and name its file with --key")
            }
            Self::NoBase(_) | Self::Pack(PackError::Delta { .. }) => {
                Some("take the whole directory from where the delta came from")
            }
            Self::Pack(PackError::Untrusted { .. }) => Some(
                "do not use it; ask the publisher for the file and the key, or trust another key with --key",
            ),
            Self::Older { .. } => {
                Some("keep the newer one; to go back on purpose, remove the installed file first")
            }
            Self::Exists(_) => Some("choose another name, or move it away"),
            Self::Pack(_) | Self::Key(_) | Self::Remote(_) | Self::Disk { .. } => None,
        }
    }
}

/// What to pack.
#[derive(Clone, Debug)]
pub struct PackRequest {
    /// The file to write.
    pub to: PathBuf,
    /// What it is called.
    pub title: String,
    /// The number of the edition; the one after that of `base`, else 1, where none is given.
    pub edition: Option<u64>,
    /// The file with the secret key to sign with.
    pub sign: Option<PathBuf>,
    /// The edition before, to write a delta from.
    pub base: Option<PathBuf>,
    /// The file for that delta.
    pub delta: Option<PathBuf>,
}

/// What was packed or installed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PackAnswer {
    /// The file.
    pub file: PathBuf,
    /// What it is called.
    pub title: String,
    /// The number of the edition.
    pub edition: u64,
    /// When it was made.
    pub made: String,
    /// Companies in it.
    pub companies: u64,
    /// Sightings of contacts in it.
    pub contacts: u64,
    /// Bytes of the file.
    pub bytes: u64,
    /// Whether it is signed by a key that is trusted.
    pub signed: bool,
    /// Delta: companies written and companies gone.
    pub changed: Option<(u64, u64)>,
    /// The edition that was installed before.
    pub before: Option<u64>,
}

impl PackAnswer {
    fn of(file: &Path, header: &Header, signed: bool) -> Self {
        Self {
            file: file.to_owned(),
            title: header.title.clone(),
            edition: header.edition,
            made: header.made.clone(),
            companies: header.companies,
            contacts: header.contacts,
            bytes: std::fs::metadata(file).map_or(0, |told| told.len()),
            signed,
            changed: None,
            before: None,
        }
    }
}

/// Makes a pair of keys: the secret half into `to`, the public half beside it. Returns the file of the public half.
///
/// # Errors
///
/// [`PackFailure::Key`] where a file is there or cannot be written.
pub fn new_key(to: &Path) -> Result<PathBuf, PackFailure> {
    Ok(Secret::generate(to)?.1)
}

/// Packs the user's own directory.
///
/// # Errors
///
/// [`PackFailure`] by cause.
pub async fn pack(
    request: &PackRequest,
    data: Option<&Path>,
    now: Timestamp,
) -> Result<PackAnswer, PackFailure> {
    for path in [Some(&request.to), request.delta.as_ref()].into_iter().flatten() {
        if path.exists() {
            return Err(PackFailure::Exists(path.clone()));
        }
    }
    let secret = request.sign.as_deref().map(Secret::read).transpose()?;
    let base = request.base.as_deref().map(|path| Pack::open(path, &Trust::Anyone)).transpose()?;
    let store = place(data).ok_or(PackFailure::NoPlace)?;
    let directory = store.read_directory().await?.ok_or(PackFailure::Empty)?;
    let folder =
        request.to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let disk = |cause| PackFailure::Disk { path: folder.to_owned(), cause };
    let mut sorter = Sorter::new(folder).map_err(disk)?;
    for number in directory.companies().await? {
        let Some(entry) = directory.entry(number).await? else { continue };
        let entry = store::export::public(entry, false);
        if entry.contacts.is_empty() && entry.policy.is_none() {
            continue;
        }
        let body = serde_json::to_vec(&entry).map_err(|error| disk(error.into()))?;
        sorter.push(entry.company.key().into_bytes(), body).map_err(disk)?;
    }
    directory.close().await;
    let edition =
        request.edition.or_else(|| base.as_ref().map(|base| base.header().edition + 1)).unwrap_or(1);
    let about =
        About { title: request.title.clone(), made: now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(), edition };
    let sorted = sorter.sorted().map_err(disk)?.map(|pair| {
        let (_, body) = pair.map_err(disk)?;
        serde_json::from_slice::<Entry>(&body).map_err(|error| disk(error.into()))
    });
    let header = store::pack::write(&request.to, sorted, &about, secret.as_ref())?;
    let mut answer = PackAnswer::of(&request.to, &header, secret.is_some());
    if let (Some(base), Some(to)) = (&base, &request.delta) {
        let new = Pack::open(&request.to, &Trust::Anyone)?;
        let change = delta::write(base, &new, to, secret.as_ref())?;
        answer.changed = Some((change.written, change.gone));
    }
    Ok(answer)
}

/// Returns whom the user trusts.
fn trusted(folder: &Path) -> Result<Vec<Public>, PackFailure> {
    let path = folder.join(TRUSTED);
    if path.exists() { Ok(Public::read_all(&path)?) } else { Ok(Vec::new()) }
}

/// Installs a pack, or what a delta makes of the one that is installed. `from` is a file or an address.
///
/// The key of `key` is trusted from then on; without one the keys that are trusted already count.
///
/// # Errors
///
/// [`PackFailure`] by cause; what was installed stays then.
pub fn update(
    from: &str,
    key: Option<&Path>,
    data: Option<&Path>,
    user_agent: &str,
) -> Result<PackAnswer, PackFailure> {
    let folder = data.ok_or(PackFailure::NoPlace)?;
    let disk = |cause| PackFailure::Disk { path: folder.to_owned(), cause };
    let mut keys = trusted(folder)?;
    let new: Vec<Public> = key.map(Public::read_all).transpose()?.unwrap_or_default();
    keys.extend(new.iter().cloned());
    if keys.is_empty() {
        return Err(PackFailure::NoKey);
    }
    std::fs::create_dir_all(folder).map_err(disk)?;
    let fetched;
    let path = match Url::parse(from) {
        Ok(url) if matches!(url.scheme(), "http" | "https" | "s3") => {
            fetched = fetch(&url, folder, user_agent)?;
            fetched.path().to_owned()
        }
        _ => PathBuf::from(from),
    };
    let trust = Trust::Keys(keys);
    let offered = Pack::open(&path, &trust)?;
    let to = folder.join(INSTALLED);
    let installed = if to.exists() { Some(Pack::open(&to, &trust)?) } else { None };
    let before = installed.as_ref().map(|pack| pack.header().edition);
    let mut answer = if offered.header().kind == "delta" {
        let base = installed.as_ref().ok_or_else(|| PackFailure::NoBase(from.to_owned()))?;
        let header = delta::apply(base, &offered, &to, &trust)?;
        PackAnswer::of(&to, &header, true)
    } else {
        if let Some(installed) = before.filter(|installed| *installed > offered.header().edition) {
            let edition = offered.header().edition;
            return Err(PackFailure::Older { offered: from.to_owned(), edition, installed });
        }
        // Copied beside first: the name changes hands at once.
        let copy = tempfile_in(folder)?;
        std::fs::copy(&path, copy.path()).map_err(disk)?;
        copy.persist(&to).map_err(|error| disk(error.error))?;
        PackAnswer::of(&to, offered.header(), true)
    };
    answer.before = before;
    if !new.is_empty() {
        let known = trusted(folder)?;
        let mut file =
            std::fs::OpenOptions::new().create(true).append(true).open(folder.join(TRUSTED)).map_err(disk)?;
        for key in new.iter().filter(|key| !known.contains(key)) {
            writeln!(file, "{}", key.text()).map_err(disk)?;
        }
    }
    Ok(answer)
}

fn tempfile_in(folder: &Path) -> Result<store::pack::Temporary, PackFailure> {
    store::pack::temporary(folder).map_err(|cause| PackFailure::Disk { path: folder.to_owned(), cause })
}

/// Fetches a file into a temporary one.
fn fetch(url: &Url, folder: &Path, user_agent: &str) -> Result<store::pack::Temporary, PackFailure> {
    let disk = |cause| PackFailure::Disk { path: folder.to_owned(), cause };
    let remotes = Remotes::new(user_agent, Vec::new()).map_err(disk)?;
    let mut remote = remotes.open(url)?;
    if remote.size() > MOST_FETCHED {
        return Err(RemoteError { url: url.to_string(), why: "it is larger than 16 GiB".to_owned() }.into());
    }
    let mut file = tempfile_in(folder)?;
    std::io::copy(&mut remote, file.as_file_mut()).map_err(disk)?;
    file.as_file_mut().rewind().map_err(disk)?;
    Ok(file)
}

/// A company that the installed pack knows.
pub(super) struct Packed {
    /// How near it is to what was typed.
    pub(super) near: Nearness,
    /// What of it was near.
    pub(super) matched: String,
    /// Its record.
    pub(super) entry: Entry,
}

/// Returns the companies of the installed pack that may be meant; none where none is installed.
///
/// # Errors
///
/// [`StoreError`] where it is there and cannot be trusted or read.
pub(super) fn search(query: &str, most: usize, data: Option<&Path>) -> Result<Vec<Packed>, StoreError> {
    let Some(folder) = data else { return Ok(Vec::new()) };
    let path = folder.join(INSTALLED);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let refused = |why: String| StoreError::Record { path: path.clone(), why };
    let keys = trusted(folder).map_err(|error| refused(error.to_string()))?;
    let pack = Pack::open(&path, &Trust::Keys(keys)).map_err(|error| refused(error.to_string()))?;
    of_pack(&pack, query, most).map_err(|error| refused(error.to_string()))
}

fn of_pack(pack: &Pack, query: &str, most: usize) -> Result<Vec<Packed>, PackError> {
    let mut found = Vec::new();
    for hit in pack.search(query, most)? {
        if let Some(entry) = pack.entry(&hit.key)? {
            found.push(Packed { near: hit.near, matched: hit.matched, entry });
        }
    }
    Ok(found)
}

/// Searches a pack that need not be installed, without asking who signed it where no key is named.
///
/// # Errors
///
/// [`PackFailure`] where it cannot be trusted or read.
pub fn search_file(
    query: &str,
    most: usize,
    pack: &Path,
    key: Option<&Path>,
    now: Timestamp,
) -> Result<super::SearchAnswer, PackFailure> {
    let trust = match key {
        Some(key) => Trust::Keys(Public::read_all(key)?),
        None => Trust::Anyone,
    };
    let pack = Pack::open(pack, &trust)?;
    let found = of_pack(&pack, query, most)?;
    Ok(super::search::of_packed(query, found, now))
}

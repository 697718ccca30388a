//! Archives as a web: what was saved is asked for as if it were live.
//!
//! An archive is a WARC file, a folder of WARC files or saved pages, or one saved page. [`Archive::open`] finds out
//! which and makes an index of addresses; bodies stay on disk until they are asked for. An archive answers with the
//! stored status, redirects included, and says of any other address that it is not archived. Damage is skipped, counted
//! and told by [`Archive::warnings`].

mod folder;
mod key;
mod record;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use url::Url;

use crate::web::{FetchError, Response, Web};
use folder::Pages;
pub use folder::{is_siteless, saved_from};
use record::Records;

/// How much is read of an archive.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// The most bytes of one page; the rest is cut.
    pub page_bytes: usize,
    /// The most addresses that are indexed; those after it are left out, with a warning.
    pub addresses: usize,
    /// The most bytes that a file compressed in one piece may unpack to on disk.
    pub unpacked_bytes: u64,
}

/// Lists the files of a folder and the folders in it, in order of their names: the first so many. Links are not followed.
///
/// # Errors
///
/// What the system says where a folder cannot be read.
pub fn files_in(folder: &Path, most: usize) -> io::Result<Vec<PathBuf>> {
    folder::files(folder, Bounds { addresses: most, ..Bounds::default() }, &mut Vec::new())
}

impl Default for Bounds {
    fn default() -> Self {
        Self { page_bytes: 8 << 20, addresses: 1_000_000, unpacked_bytes: 4 << 30 }
    }
}

/// Why a file or folder is no archive that can be read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// Nothing is there.
    #[error("`{0}`: no such file or folder")]
    Missing(PathBuf),
    /// It cannot be read.
    #[error("`{path}` cannot be read: {error}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// It is something else.
    #[error("`{path}` is not a web archive or a saved page, but {kind}")]
    Other {
        /// The file.
        path: PathBuf,
        /// What it is, and what to do with it.
        kind: &'static str,
    },
    /// It holds the text of pages without their markup.
    #[error("`{0}` is a WET file: text without links or markup; take the WARC file that it was made from")]
    Wet(PathBuf),
    /// It is an archive, but holds no page.
    #[error("`{path}` holds no page ({reason})")]
    Empty {
        /// The file or folder.
        path: PathBuf,
        /// What it holds instead.
        reason: String,
    },
}

/// Something in an archive that could not be read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Warning {
    /// The file.
    pub file: PathBuf,
    /// Where in the file the first of them is.
    pub offset: u64,
    /// What is wrong.
    pub reason: String,
    /// How often it was met.
    pub count: u64,
}

impl std::fmt::Display for Warning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}`, offset {}: {}", self.file.display(), self.offset, self.reason)?;
        if self.count > 1 {
            write!(f, " ({} in all)", self.count)?;
        }
        Ok(())
    }
}

/// An archive, open to be asked.
#[derive(Debug)]
pub struct Archive {
    held: Held,
    warnings: Vec<Warning>,
}

/// What an archive is made of.
#[derive(Debug)]
enum Held {
    Records(Records),
    Pages(Pages),
}

/// An address in an archive.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Entry<'a> {
    /// The address, as archived.
    pub url: &'a str,
    /// The stored status.
    pub status: u16,
}

impl Archive {
    /// Opens a WARC file, a folder of WARC files or of saved pages, or one saved page, within the usual bounds.
    ///
    /// Saved pages that do not say where they are from are taken as pages of `site`, if it is given.
    ///
    /// # Errors
    ///
    /// Returns an [`ArchiveError`] if nothing in it can be read. Damage to a part is a warning.
    pub fn open(path: &Path, site: Option<&Url>) -> Result<Self, ArchiveError> {
        Self::open_within(path, site, Bounds::default())
    }

    /// Opens an archive as [`Archive::open`] does, within other bounds.
    ///
    /// # Errors
    ///
    /// As [`Archive::open`].
    pub fn open_within(path: &Path, site: Option<&Url>, bounds: Bounds) -> Result<Self, ArchiveError> {
        let unreadable = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => ArchiveError::Missing(path.to_owned()),
            _ => ArchiveError::Unreadable { path: path.to_owned(), error },
        };
        let mut warnings = Vec::new();
        let held = if std::fs::metadata(path).map_err(unreadable)?.is_dir() {
            let files = folder::files(path, bounds, &mut warnings).map_err(unreadable)?;
            let archives: Vec<PathBuf> = files.iter().filter(|file| named_warc(file)).cloned().collect();
            if archives.is_empty() {
                Held::Pages(Pages::index(path, &files, site, bounds, &mut warnings)?)
            } else {
                Held::Records(Records::index(&archives, bounds, &mut warnings)?)
            }
        } else {
            match kind(path).map_err(unreadable)? {
                FileKind::Warc => Held::Records(Records::index(&[path.to_owned()], bounds, &mut warnings)?),
                FileKind::Page => {
                    let folder = path.parent().unwrap_or(Path::new(""));
                    Held::Pages(Pages::index(folder, &[path.to_owned()], site, bounds, &mut warnings)?)
                }
                FileKind::Other(kind) => return Err(ArchiveError::Other { path: path.to_owned(), kind }),
            }
        };
        Ok(Self { held, warnings })
    }

    /// Returns what could not be read, one warning for each file and reason.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Lists the addresses in the order of the archive. One that was archived twice is listed twice.
    #[must_use]
    pub fn entries(&self) -> Box<dyn Iterator<Item = Entry<'_>> + '_> {
        match &self.held {
            Held::Records(records) => Box::new(records.entries()),
            Held::Pages(pages) => Box::new(pages.entries()),
        }
    }

    /// Returns whether it is made of saved pages, whose names alone say where they come from.
    #[must_use]
    pub const fn is_pages(&self) -> bool {
        matches!(self.held, Held::Pages(_))
    }

    /// Returns the most likely start page: the root of the host with the most pages, or the first page there is.
    #[must_use]
    pub fn start(&self) -> Option<Url> {
        let mut hosts: Vec<(String, usize)> = Vec::new();
        let mut places: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
        let pages = || {
            self.entries().filter(|entry| entry.status == 200).filter_map(|entry| Url::parse(entry.url).ok())
        };
        for url in pages() {
            let host = url.origin().ascii_serialization();
            let place = *places.entry(host).or_insert_with_key(|host| {
                hosts.push((host.clone(), 0));
                hosts.len() - 1
            });
            hosts[place].1 += 1;
        }
        // Of equals the first: `max_by_key` would take the last.
        let (host, _) = hosts.into_iter().rev().max_by_key(|(_, pages)| *pages)?;
        let root = Url::parse(&host).ok()?;
        if self.holds(&root) {
            return Some(root);
        }
        let first = pages().find(|url| url.origin().ascii_serialization() == host && !is_plumbing(url))?;
        Some(first)
    }

    /// Whether the archive has an answer for an address.
    #[must_use]
    pub fn holds(&self, url: &Url) -> bool {
        match &self.held {
            Held::Records(records) => records.find(url).is_some(),
            Held::Pages(pages) => pages.find(url).is_some(),
        }
    }

    /// Returns the stored answer for an address.
    ///
    /// # Errors
    ///
    /// Returns [`FetchError::NotArchived`], or [`FetchError::Failed`] if what is stored cannot be read.
    pub fn answer(&self, url: &Url) -> Result<Response, FetchError> {
        match &self.held {
            Held::Records(records) => records.answer(url),
            Held::Pages(pages) => pages.answer(url),
        }
    }
}

impl Web for Archive {
    async fn get(&self, url: &Url) -> Result<Response, FetchError> {
        self.answer(url)
    }
}

/// Returns a redirect to another spelling of an address, as a live site would.
fn redirect(to: &str, fetched: String) -> Response {
    Response {
        status: 301,
        headers: vec![("location".to_owned(), to.to_owned())],
        fetched,
        ..Response::default()
    }
}

/// Whether an address is one that programs ask for rather than people.
fn is_plumbing(url: &Url) -> bool {
    let path = url.path();
    let file = path.rsplit('/').next().unwrap_or_default();
    file == "robots.txt" || file.to_ascii_lowercase().ends_with(".xml") || path.starts_with("/.well-known/")
}

/// Whether a file is a WARC file by its name.
fn named_warc(path: &Path) -> bool {
    let ends = |path: &Path, ending: &str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending));
    ends(path, "warc") || ends(path, "gz") && path.file_stem().is_some_and(|stem| ends(stem.as_ref(), "warc"))
}

/// What a file is by its first bytes.
enum FileKind {
    Warc,
    Page,
    Other(&'static str),
}

/// Looks at the first bytes of a file.
fn kind(path: &Path) -> io::Result<FileKind> {
    let mut start = Vec::new();
    File::open(path)?.take(64 * 1024).read_to_end(&mut start)?;
    Ok(kind_of(&start, path))
}

/// Returns what a file is, and what to do with it, where its first bytes or its name say that it is no WARC file.
#[must_use]
pub fn refused(start: &[u8], name: &Path) -> Option<&'static str> {
    match kind_of(start, name) {
        FileKind::Warc => None,
        FileKind::Page => Some("a single page or other text; read it with `upstairs read page`"),
        FileKind::Other(kind) => Some(kind),
    }
}

/// Tells what a file is by its first bytes, and where these are damaged by its name.
fn kind_of(start: &[u8], path: &Path) -> FileKind {
    if start.starts_with(&[0x1f, 0x8b]) {
        let mut inner = Vec::new();
        // An error here is met again, with its place, when the file is read.
        let _ = flate2::read::MultiGzDecoder::new(start).take(4096).read_to_end(&mut inner);
        return match inner.as_slice() {
            [] => FileKind::Warc,
            inner if is_warc(inner) => FileKind::Warc,
            inner if inner.starts_with(b"filedesc://") => FileKind::Other(ARC),
            inner if inner.get(257..262) == Some(b"ustar") => {
                FileKind::Other("a packed folder (tar.gz); unpack it and name the folder")
            }
            _ if named_warc(path) => FileKind::Warc,
            _ => FileKind::Other("some other gzip file; unpack it first"),
        };
    }
    match start {
        [] => FileKind::Other("an empty file"),
        start if is_warc(start) => FileKind::Warc,
        start if start.starts_with(b"filedesc://") => FileKind::Other(ARC),
        start if start.starts_with(b"PK\x03\x04") => FileKind::Other(
            "a zip file; unpack it first (of a WACZ file, name the .warc.gz files in its folder `archive`)",
        ),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            FileKind::Other("compressed with zstd; unpack it first with `zstd -d`")
        }
        start if start.starts_with(b"%PDF-") => FileKind::Page,
        start if is_mhtml(start) => {
            FileKind::Other("a page in one MHTML file; save it as HTML, or as a WARC file")
        }
        _ if named_warc(path) => FileKind::Warc,
        start if start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) => FileKind::Page,
        start if start.contains(&0) => FileKind::Other("a binary file"),
        _ => FileKind::Page,
    }
}

const ARC: &str = "an ARC file, the older format; turn it into WARC first with `warcio recompress`";

fn is_warc(start: &[u8]) -> bool {
    start.starts_with(b"WARC/")
}

fn is_mhtml(start: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&start[..start.len().min(2048)]).to_ascii_lowercase();
    head.contains("content-type: multipart/related") && head.contains("mime-version:")
}

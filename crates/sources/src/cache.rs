//! Pages kept on disk, so that a second run asks a site only for what has changed.
//!
//! Whether a page may be kept, and for how long it may be used without asking, is decided by HTTP's own rules; this is
//! the store. Each page is a file of its own, named by the hash of its address and sealed with the hash of its content:
//! one that is damaged or from another version is as good as none. A file is written beside its place and moved there,
//! so a kill leaves the old one or the new one; what a loss of power damages, the seal tells. Beyond the bound on size the pages that were confirmed longest ago go first.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use http_cache_semantics::CachePolicy;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use url::Url;

use crate::web::Response;

/// The first line of each file; the number grows when the layout changes.
const MAGIC: &str = "upstairs page cache 1";
/// The longest file that is read back.
const MAX_FILE: u64 = 64 << 20;

/// Pages on disk.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    bound: u64,
    size: AtomicU64,
}

/// A page as it is kept.
#[derive(Debug)]
pub(crate) struct Kept {
    /// When it may be used again.
    pub(crate) policy: CachePolicy,
    /// The answer itself.
    pub(crate) response: Response,
}

/// What stands before the body in a file.
#[derive(Debug, Deserialize, Serialize)]
struct Front {
    url: Url,
    policy: CachePolicy,
    status: u16,
    headers: Vec<(String, String)>,
    fetched: String,
    peer: Option<std::net::IpAddr>,
}

impl Cache {
    /// Opens a folder as a cache of at most `bound` bytes, and makes it if need be.
    ///
    /// # Errors
    ///
    /// Returns what the system says if the folder can be neither made nor read.
    pub fn open(folder: &Path, bound: u64) -> io::Result<Self> {
        make_private(folder)?;
        let cache = Self { folder: folder.to_owned(), bound, size: AtomicU64::new(0) };
        cache.trim()?;
        Ok(cache)
    }

    /// Returns the page that is kept for an address.
    pub(crate) fn load(&self, url: &Url) -> Option<Kept> {
        load(&self.folder, url)
    }

    /// Keeps a page. One that cannot be written is not kept; that costs time later, and nothing else.
    pub(crate) fn store(&self, url: &Url, kept: &Kept) {
        match self.write(url, kept) {
            Ok(written) => {
                let size = self.size.fetch_add(written, Ordering::Relaxed) + written;
                if size > self.bound
                    && let Err(error) = self.trim()
                {
                    tracing::warn!(%error, "the page cache could not be trimmed");
                }
            }
            Err(error) => {
                tracing::warn!(%error, folder = %self.folder.display(), "a page could not be cached");
            }
        }
    }

    fn write(&self, url: &Url, kept: &Kept) -> io::Result<u64> {
        let response = &kept.response;
        let front = Front {
            url: url.clone(),
            policy: kept.policy.clone(),
            status: response.status,
            headers: response.headers.clone(),
            fetched: response.fetched.clone(),
            peer: response.peer,
        };
        let mut content = serde_json::to_vec(&front)?;
        content.push(b'\n');
        content.extend_from_slice(&response.body);
        let seal = hex(&Sha256::digest(&content));
        let mut file = tempfile::Builder::new().prefix(PART).tempfile_in(&self.folder)?;
        writeln!(file, "{MAGIC} {seal}")?;
        file.write_all(&content)?;
        let size = file.as_file().metadata()?.len();
        file.persist(path(&self.folder, url)).map_err(|error| error.error)?;
        Ok(size)
    }

    /// Removes what was written longest ago until the cache is well within its bound.
    fn trim(&self) -> io::Result<()> {
        let mut files = measured(fs::read_dir(&self.folder)?)?;
        files.sort();
        let mut size: u64 = files.iter().map(|(_, size, _)| size).sum();
        if size > self.bound {
            for (_, length, path) in files {
                if size <= self.bound / 10 * 9 {
                    break;
                }
                if fs::remove_file(path).is_ok() {
                    size -= length;
                }
            }
        }
        self.size.store(size, Ordering::Relaxed);
        Ok(())
    }
}

/// How the names of the files end.
const ENDING: &str = "page";
/// How the names of files in the making begin.
const PART: &str = ".tmp";

/// Returns whether a file of this name in the folder of a cache was made by one: a page, or one in the making.
#[must_use]
pub fn is_ours(name: &str) -> bool {
    let page = name.strip_suffix(ENDING).and_then(|rest| rest.strip_suffix('.'));
    page.is_some_and(|hash| hash.len() == 64 && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')))
        || name
            .strip_prefix(PART)
            .is_some_and(|id| id.len() == 6 && id.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Returns the page of an address as it was kept last in a folder, whether or not a run might still use it.
///
/// For a look while others write there: the folder is neither made nor trimmed.
#[must_use]
pub fn kept(folder: &Path, url: &Url) -> Option<Response> {
    load(folder, url).map(|kept| kept.response)
}

pub(crate) fn load(folder: &Path, url: &Url) -> Option<Kept> {
    let path = path(folder, url);
    let file = File::open(&path).ok()?;
    let mut bytes = Vec::new();
    (&file).take(MAX_FILE).read_to_end(&mut bytes).ok()?;
    let kept = read(&bytes, url);
    if kept.is_none() {
        tracing::debug!(path = %path.display(), "a damaged page in the cache is left out");
        // It would be found damaged every time.
        let _ = fs::remove_file(&path);
    }
    kept
}

fn path(folder: &Path, url: &Url) -> PathBuf {
    folder.join(hex(&Sha256::digest(url.as_str()))).with_extension(ENDING)
}

/// Returns when each page was written and how large it is. What another run moved or removed meanwhile is passed over.
fn measured(
    entries: impl Iterator<Item = io::Result<fs::DirEntry>>,
) -> io::Result<Vec<(SystemTime, u64, PathBuf)>> {
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.path().extension().is_none_or(|ending| ending != ENDING) {
            continue;
        }
        match entry.metadata() {
            Ok(data) if data.is_file() => files.push((data.modified()?, data.len(), entry.path())),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(files)
}

/// Reads a file back, if it is whole and holds the page that it should.
fn read(bytes: &[u8], url: &Url) -> Option<Kept> {
    let line_end = memchr::memchr(b'\n', bytes)?;
    let (line, content) = (std::str::from_utf8(&bytes[..line_end]).ok()?, &bytes[line_end + 1..]);
    let seal = line.strip_prefix(MAGIC)?.trim_start();
    if seal != hex(&Sha256::digest(content)) {
        return None;
    }
    let front_end = memchr::memchr(b'\n', content)?;
    let front: Front = serde_json::from_slice(&content[..front_end]).ok()?;
    if front.url != *url {
        return None;
    }
    let response = Response {
        status: front.status,
        headers: front.headers,
        body: content[front_end + 1..].to_vec(),
        fetched: front.fetched,
        peer: front.peer,
        from_cache: true,
        ..Response::default()
    };
    Some(Kept { policy: front.policy, response })
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Makes a folder that only its owner can look into: it tells which sites were read.
fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(body: &[u8]) -> Kept {
        let request = http::Request::get("https://lampen.example/").body(()).unwrap();
        let response = http::Response::builder().header("cache-control", "max-age=60").body(()).unwrap();
        let policy = CachePolicy::new_options(
            &request,
            &response,
            SystemTime::UNIX_EPOCH,
            http_cache_semantics::CacheOptions::default(),
        );
        let headers = vec![("cache-control".to_owned(), "max-age=60".to_owned())];
        Kept {
            policy,
            response: Response { status: 200, headers, body: body.to_vec(), ..Response::default() },
        }
    }

    fn url(page: u32) -> Url {
        Url::parse(&format!("https://lampen.example/{page}")).unwrap()
    }

    #[test]
    fn a_page_comes_back_as_it_was_kept() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(&folder.path().join("deep/er"), 1 << 20).unwrap();
        assert!(cache.load(&url(1)).is_none());
        cache.store(&url(1), &kept(b"one\ntwo\0"));
        let response = cache.load(&url(1)).unwrap().response;
        assert_eq!((response.body.as_slice(), response.from_cache), (b"one\ntwo\0".as_slice(), true));
        assert!(cache.load(&url(2)).is_none());
    }

    #[test]
    fn a_damaged_page_is_as_good_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path(), 1 << 20).unwrap();
        cache.store(&url(1), &kept(b"hello"));
        let place = path(&cache.folder, &url(1));
        let sound = fs::read(&place).unwrap();
        for at in 0..sound.len() {
            let mut damaged = sound.clone();
            damaged[at] ^= 1;
            fs::write(&place, damaged).unwrap();
            assert!(cache.load(&url(1)).is_none(), "byte {at}");
        }
        for length in 0..sound.len() {
            fs::write(&place, &sound[..length]).unwrap();
            assert!(cache.load(&url(1)).is_none(), "length {length}");
        }
        // Another page's file in its place is not taken for it either.
        cache.store(&url(2), &kept(b"other"));
        fs::rename(path(&cache.folder, &url(2)), &place).unwrap();
        assert!(cache.load(&url(1)).is_none());
    }

    #[test]
    fn the_cache_stays_within_its_bound_and_drops_the_oldest() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path(), 20_000).unwrap();
        for page in 0..30 {
            cache.store(&url(page), &kept(&[b'x'; 2000]));
            let file = File::options().write(true).open(path(&cache.folder, &url(page))).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(page.into())).unwrap();
        }
        let size: u64 =
            fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().metadata().unwrap().len()).sum();
        assert!(size <= 20_000, "{size} bytes");
        assert!(cache.load(&url(0)).is_none());
        assert!(cache.load(&url(29)).is_some());
    }

    #[test]
    fn what_others_move_or_remove_meanwhile_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path(), 1 << 20).unwrap();
        cache.store(&url(1), &kept(b"stays"));
        cache.store(&url(2), &kept(b"goes"));
        fs::write(folder.path().join(".tmpA1b2C3"), b"half").unwrap();
        let listed: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(listed.len(), 3);
        fs::remove_file(folder.path().join(".tmpA1b2C3")).unwrap();
        fs::remove_file(path(folder.path(), &url(2))).unwrap();
        let found: Vec<_> =
            measured(listed.into_iter()).unwrap().into_iter().map(|(_, _, path)| path).collect();
        assert_eq!(found, [path(folder.path(), &url(1))]);
    }
}

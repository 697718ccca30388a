//! Files that lie elsewhere: `https://` servers and `s3://` buckets, read by ranges.
//!
//! A [`Remote`] is read like a file: in portions of a few megabytes, the next one asked for while the last is worked on,
//! and it can go back, so a run that was killed goes on in the middle. [`Pending`] is one range on its way.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use object_store::path::Path as ObjectPath;
use object_store::{ObjectStore, ObjectStoreExt};
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};
use tokio::runtime::{Handle, Runtime};
use tokio::task::JoinHandle;
use url::Url;

/// How much is asked for at first: enough to tell what a file is.
const FIRST: u64 = 128 << 10;
/// How much is asked for at once by one who reads on.
const PORTION: u64 = 4 << 20;
/// The most bytes of a file that is taken whole.
const MOST_WHOLE: u64 = 256 << 20;

/// Why a file elsewhere cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("`{url}` cannot be read: {why}")]
pub struct RemoteError {
    /// The address.
    pub url: String,
    /// What the server or the network says.
    pub why: String,
}

/// The servers and buckets in use.
pub struct Remotes {
    runtime: Runtime,
    options: Vec<(String, String)>,
    stores: Mutex<BTreeMap<String, Arc<dyn ObjectStore>>>,
}

impl Remotes {
    /// Makes ready to ask servers.
    ///
    /// `options` are those of the object store, such as `aws_region`, `aws_endpoint` or `aws_skip_signature`; unknown
    /// ones are passed over.
    ///
    /// # Errors
    ///
    /// What the system says where no thread can be started.
    pub fn new(user_agent: &str, options: Vec<(String, String)>) -> io::Result<Self> {
        // A second installation is refused and changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let own = [
            ("user_agent", user_agent),
            ("allow_http", "true"),
            ("connect_timeout", "20 seconds"),
            ("timeout", "120 seconds"),
        ];
        let own = own.map(|(key, value)| (key.to_owned(), value.to_owned()));
        Ok(Self { runtime, options: own.into_iter().chain(options).collect(), stores: Mutex::default() })
    }

    /// Returns the store that holds a file, and the file's path in it.
    fn store(&self, url: &Url) -> Result<(Arc<dyn ObjectStore>, ObjectPath), RemoteError> {
        let failed =
            |error: object_store::Error| RemoteError { url: url.to_string(), why: error.to_string() };
        let key = url[..url::Position::BeforePath].to_owned();
        let mut stores = self.stores.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(store) = stores.get(&key) {
            let path = ObjectPath::from_url_path(url.path())
                .map_err(|error| RemoteError { url: url.to_string(), why: error.to_string() })?;
            return Ok((store.clone(), path));
        }
        let (store, path) = object_store::parse_url_opts(url, self.options.clone()).map_err(failed)?;
        let store: Arc<dyn ObjectStore> = Arc::from(store);
        stores.insert(key, store.clone());
        Ok((store, path))
    }

    /// Opens a file to read it from its start.
    ///
    /// # Errors
    ///
    /// [`RemoteError`] where it is not there or its size is not told.
    pub fn open(&self, url: &Url) -> Result<Remote, RemoteError> {
        let (store, path) = self.store(url)?;
        let told = self.runtime.block_on(store.head(&path));
        let meta = told.map_err(|error| RemoteError { url: url.to_string(), why: in_short(&error) })?;
        Ok(Remote {
            handle: self.runtime.handle().clone(),
            store,
            path,
            size: meta.size,
            position: 0,
            portion: Bytes::new(),
            begins: 0,
            step: FIRST,
            ahead: None,
        })
    }

    /// Asks for a range of a file; it is on its way when this returns.
    ///
    /// # Errors
    ///
    /// [`RemoteError`] where the address is none.
    pub fn range(&self, url: &Url, range: Range<u64>) -> Result<Pending, RemoteError> {
        let (store, path) = self.store(url)?;
        let task = self.runtime.spawn(async move { store.get_range(&path, range).await });
        Ok(Pending { handle: self.runtime.handle().clone(), task, url: url.to_string() })
    }

    /// Returns a whole file, where it is not too large.
    ///
    /// # Errors
    ///
    /// [`RemoteError`] where it cannot be had or is larger than 256 MiB.
    pub fn whole(&self, url: &Url) -> Result<Bytes, RemoteError> {
        let mut file = self.open(url)?;
        let failed = |why: String| RemoteError { url: url.to_string(), why };
        if file.size > MOST_WHOLE {
            return Err(failed("it is larger than 256 MiB".to_owned()));
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| failed(error.to_string()))?;
        Ok(bytes.into())
    }
}

/// Says in one line what went wrong; the store's own text repeats itself.
fn in_short(error: &object_store::Error) -> String {
    match error {
        object_store::Error::NotFound { .. } => "there is no such file".to_owned(),
        object_store::Error::PermissionDenied { .. } | object_store::Error::Unauthenticated { .. } => {
            "the server refuses it: are the keys right, or is `AWS_SKIP_SIGNATURE=true` meant?".to_owned()
        }
        other => other.to_string().chars().take(300).collect(),
    }
}

/// A range of a file on its way.
pub struct Pending {
    handle: Handle,
    task: JoinHandle<object_store::Result<Bytes>>,
    url: String,
}

impl Pending {
    /// Waits for the range.
    ///
    /// # Errors
    ///
    /// [`RemoteError`] where it did not come.
    pub fn wait(self) -> Result<Bytes, RemoteError> {
        let url = self.url;
        match self.handle.block_on(self.task) {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(error)) => Err(RemoteError { url, why: in_short(&error) }),
            Err(error) => Err(RemoteError { url, why: error.to_string() }),
        }
    }
}

/// The ranges that are on their way, in the order in which they are wanted.
pub type Queue = VecDeque<Result<Pending, RemoteError>>;

/// A portion that is on its way, and where it begins.
type Ahead = (u64, JoinHandle<object_store::Result<Bytes>>);

/// A file that lies elsewhere, read like one that is here.
pub struct Remote {
    handle: Handle,
    store: Arc<dyn ObjectStore>,
    path: ObjectPath,
    size: u64,
    position: u64,
    portion: Bytes,
    begins: u64,
    /// How much is asked for next: it grows while the file is read on.
    step: u64,
    ahead: Option<Ahead>,
}

impl Remote {
    /// Returns how many bytes the file has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Makes a second reader of the same file.
    #[must_use]
    pub fn again(&self) -> Self {
        Self {
            handle: self.handle.clone(),
            store: self.store.clone(),
            path: self.path.clone(),
            size: self.size,
            position: 0,
            portion: Bytes::new(),
            begins: 0,
            step: FIRST,
            ahead: None,
        }
    }

    fn ask(&self, from: u64) -> JoinHandle<object_store::Result<Bytes>> {
        let (store, path) = (self.store.clone(), self.path.clone());
        let range = from..(from + self.step).min(self.size);
        self.handle.spawn(async move { store.get_range(&path, range).await })
    }

    /// Makes the portion hold the position.
    fn fetch(&mut self) -> io::Result<()> {
        let from = self.position;
        let task = match self.ahead.take() {
            Some((begins, task)) if begins == from => task,
            other => {
                if let Some((_, task)) = other {
                    task.abort();
                }
                let reads_on = from == self.begins + self.portion.len() as u64 && !self.portion.is_empty();
                self.step = if reads_on { (self.step * 4).min(PORTION) } else { FIRST };
                self.ask(from)
            }
        };
        let portion = self.handle.block_on(task).map_err(io::Error::other)?;
        self.portion = portion.map_err(|error| io::Error::other(in_short(&error)))?;
        self.begins = from;
        if self.portion.is_empty() {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the server sent nothing"));
        }
        let next = from + self.portion.len() as u64;
        // Whoever only looks at the start, or jumps, asks for nothing in vain.
        if next < self.size && self.step > FIRST {
            self.step = (self.step * 4).min(PORTION);
            self.ahead = Some((next, self.ask(next)));
        }
        Ok(())
    }
}

impl Read for Remote {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.size || buffer.is_empty() {
            return Ok(0);
        }
        let inside = self.begins..self.begins + self.portion.len() as u64;
        if !inside.contains(&self.position) {
            self.fetch()?;
        }
        let at = usize::try_from(self.position - self.begins).map_err(io::Error::other)?;
        let count = buffer.len().min(self.portion.len() - at);
        buffer[..count].copy_from_slice(&self.portion[at..at + count]);
        self.position += count as u64;
        Ok(count)
    }
}

impl Seek for Remote {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
        };
        self.position =
            position.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "before the start"))?;
        Ok(self.position)
    }
}

/// A remote file for the reader of Parquet, which asks for many small ranges: the header of a page, then the page behind it.
pub struct Chunks {
    remote: Remote,
    /// What was fetched last, with where it begins: most of what is asked for next lies in it.
    held: Mutex<VecDeque<(u64, Bytes)>>,
}

/// How much is fetched at least.
const WINDOW: u64 = 64 << 10;
/// How many windows are held: as many as columns are read in turn.
const MOST_HELD: usize = 16;

impl Chunks {
    /// Reads a file so.
    #[must_use]
    pub fn new(remote: Remote) -> Self {
        Self { remote, held: Mutex::default() }
    }

    /// Returns the bytes from a place on: at least `length` of them where the file has so many.
    fn bytes_at(&self, start: u64, length: u64) -> Result<Bytes, ParquetError> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = length.min(self.remote.size.saturating_sub(start));
        let inside = held.iter().find(|(begins, bytes)| {
            *begins <= start
                && start + wanted <= begins + bytes.len() as u64
                && (wanted > 0 || *begins == start)
        });
        if let Some((begins, bytes)) = inside {
            return Ok(bytes.slice(usize::try_from(start - begins)?..));
        }
        let (store, path) = (self.remote.store.clone(), self.remote.path.clone());
        let range = start..(start + length.max(WINDOW)).min(self.remote.size);
        if range.is_empty() {
            return Ok(Bytes::new());
        }
        let asked = self.remote.handle.block_on(async move { store.get_range(&path, range).await });
        let bytes = asked.map_err(|error| ParquetError::General(in_short(&error)))?;
        if held.len() >= MOST_HELD {
            held.pop_front();
        }
        held.push_back((start, bytes.clone()));
        Ok(bytes)
    }
}

impl Length for Chunks {
    fn len(&self) -> u64 {
        self.remote.size
    }
}

impl ChunkReader for Chunks {
    type T = Remote;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        let mut file = self.remote.again();
        file.position = start;
        file.begins = start;
        file.portion = self.bytes_at(start, 1)?;
        Ok(file)
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        let bytes = self.bytes_at(start, length as u64)?;
        if bytes.len() < length {
            return Err(ParquetError::EOF(format!("{length} bytes from {start} on")));
        }
        Ok(bytes.slice(..length))
    }
}

//! Files that prove something: kept under the name of their hash, and on the disk before the event that names them.
//!
//! With a folder they lie in it, one folder a case. With a server they are in its database, in parts: one backup holds
//! everything, and every adviser sees them without a second thing to share.

use std::fs::{self, File};
use std::io::{self, Read, Seek as _, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use sqlx::PgPool;
use tempfile::NamedTempFile;

use super::base::Pool;
use super::{Cases, CasesError, Reach, chain};

/// The largest file that is copied.
const MOST_BYTES: u64 = 512 << 20;
/// The size of a part on a server.
const PART: usize = 1 << 20;

/// A file that was copied into a case.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Copied {
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

/// A file that was read to its end and is not kept yet.
#[derive(Debug)]
pub struct Staged {
    part: NamedTempFile,
    copied: Copied,
}

impl Staged {
    /// Returns how many bytes it has.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.copied.bytes
    }

    /// Returns whether it is the file of this hash.
    pub(super) fn is(&self, sha256: &str) -> bool {
        self.copied.sha256 == sha256
    }
}

impl Cases {
    /// Copies a file into a case. The event that names it is the caller's to append, after this.
    ///
    /// # Errors
    ///
    /// [`CasesError::Attach`] where it is no file, is larger than 512 MiB, or cannot be read or written.
    pub async fn copy_in(&self, id: &str, from: &Path) -> Result<Copied, CasesError> {
        let failed = |why: String| CasesError::Attach { path: from.to_owned(), why };
        let meta = fs::metadata(from).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => failed("there is no such file: check the path".to_owned()),
            _ => failed(error.to_string()),
        })?;
        if meta.is_dir() {
            return Err(failed("it is a folder: name a file".to_owned()));
        }
        if !meta.is_file() {
            return Err(failed("it is no file".to_owned()));
        }
        if meta.len() > MOST_BYTES {
            return Err(failed(format!(
                "it has {} MB, but the limit is {} MB: note where it is instead",
                meta.len() >> 20,
                MOST_BYTES >> 20
            )));
        }
        let file = File::open(from).map_err(|error| failed(error.to_string()))?;
        let staged = self.stage(id, file).map_err(|error| failed(error.to_string()))?;
        self.keep(id, staged).await.map_err(|error| failed(error.to_string()))
    }

    /// Copies bytes into a case. The event that names them is the caller's to append, after this.
    ///
    /// # Errors
    ///
    /// What the system or the server says.
    pub async fn copy_from(&self, id: &str, bytes: &[u8]) -> io::Result<Copied> {
        let staged = self.stage(id, bytes)?;
        self.keep(id, staged).await
    }

    /// Reads to its end, at most 512 MiB, what [`Cases::keep`] then puts into a case.
    ///
    /// # Errors
    ///
    /// What the system says, or `FileTooLarge`.
    pub fn stage(&self, id: &str, mut from: impl Read) -> io::Result<Staged> {
        let mut builder = tempfile::Builder::new();
        let builder = builder.prefix(".part-");
        let mut part = match self.files(id) {
            Some(folder) => {
                // Named, for whoever reads it would look for the fault at the file that is copied.
                let made = fs::create_dir_all(&folder).and_then(|()| builder.tempfile_in(&folder));
                made.map_err(|error| {
                    io::Error::new(error.kind(), format!("`{}` cannot be written: {error}", folder.display()))
                })?
            }
            None => builder.tempfile()?,
        };
        let mut locked = match &self.seal {
            None => None,
            Some(seal) => Some(seal.lock_file(part.as_file().try_clone()?)?),
        };
        let mut hasher = Sha256::new();
        let mut bytes = 0u64;
        let mut buffer = vec![0u8; 1 << 16];
        loop {
            let n = from.read(&mut buffer)?;
            if n == 0 {
                break;
            }
            bytes += u64::try_from(n).unwrap_or(u64::MAX);
            if bytes > MOST_BYTES {
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 512 MB"));
            }
            hasher.update(&buffer[..n]);
            match &mut locked {
                None => part.write_all(&buffer[..n])?,
                Some(locked) => locked.write_all(&buffer[..n])?,
            }
        }
        if let Some(locked) = locked {
            locked.finish()?;
        }
        Ok(Staged { part, copied: Copied { sha256: chain::hex(&hasher.finalize()), bytes } })
    }

    /// Puts into a case what was read; it is on the disk when this returns.
    ///
    /// # Errors
    ///
    /// What the system or the server says.
    pub async fn keep(&self, id: &str, staged: Staged) -> io::Result<Copied> {
        if !self.reach.may_write() || !self.reaches_files(id, true).await? {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, CasesError::ReadsOnly));
        }
        let Staged { part, copied } = staged;
        let name = self.file_name(&copied.sha256);
        match (&self.base.pool, self.files(id)) {
            (Pool::Postgres(pool), _) => {
                send(pool, &self.key(id), &name, part).await.map_err(|error| self.told(error))?;
            }
            (Pool::Sqlite(_), Some(folder)) => {
                part.as_file().sync_all()?;
                part.persist(folder.join(&name)).map_err(|error| error.error)?;
                // A name is on the disk only when its folder is, up to the one that was there before.
                for folder in folder.ancestors().take(3) {
                    File::open(folder)?.sync_all()?;
                }
            }
            (Pool::Sqlite(_), None) => return Err(io::Error::other("there is no folder for files")),
        }
        Ok(copied)
    }

    /// Opens an attached file to read.
    ///
    /// # Errors
    ///
    /// `NotFound` where it is gone, else what the system or the server says.
    pub async fn read_file(&self, id: &str, sha256: &str) -> io::Result<Box<dyn Read + Send>> {
        // A hash is a name made by us; anything else is no file of ours.
        if sha256.len() != 64 || !sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(io::ErrorKind::NotFound.into());
        }
        if !self.reaches_files(id, false).await? {
            return Err(io::ErrorKind::NotFound.into());
        }
        let name = self.file_name(sha256);
        let file: Box<dyn Read + Send> = match (&self.base.pool, self.files(id)) {
            (Pool::Postgres(pool), _) => {
                Box::new(fetch(pool, &self.key(id), &name).await.map_err(|error| self.told(error))??)
            }
            (Pool::Sqlite(_), Some(folder)) => Box::new(File::open(folder.join(name))?),
            (Pool::Sqlite(_), None) => return Err(io::ErrorKind::NotFound.into()),
        };
        match &self.seal {
            None => Ok(file),
            Some(seal) => seal.open_file(file),
        }
    }

    /// Returns whether the files of a case are reached; those of a case that is not there yet, where it is `new`.
    async fn reaches_files(&self, id: &str, new: bool) -> io::Result<bool> {
        if self.reach == Reach::Everything {
            return Ok(true);
        }
        let asked = async {
            let mut step = self.base.look().await?;
            Ok(if new {
                !self.is_anothers(&mut step, id).await?
            } else {
                self.is_there(&mut step, id).await?
            })
        };
        asked.await.map_err(|error: CasesError| io::Error::other(error.to_string()))
    }

    /// Says what a server said, where only the system's errors are spoken.
    fn told(&self, error: sqlx::Error) -> io::Error {
        io::Error::other(self.base.store_failed(error).to_string())
    }

    /// Returns the hash of a file as it is now; `None` where it is gone or cannot be read.
    pub(super) async fn hash_of_file(&self, id: &str, sha256: &str) -> io::Result<String> {
        let mut file = self.read_file(id, sha256).await?;
        let mut hasher = Sha256::new();
        let mut buffer = vec![0u8; 1 << 16];
        loop {
            match file.read(&mut buffer)? {
                0 => break,
                n => hasher.update(&buffer[..n]),
            }
        }
        Ok(chain::hex(&hasher.finalize()))
    }

    /// Deletes the files of a case in a folder; those on a server went with the case.
    pub(super) fn delete_files(&self, id: &str) -> Result<(), CasesError> {
        let Some(folder) = self.files(id) else { return Ok(()) };
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(CasesError::Attach {
                path: folder,
                why: format!("its files could not be deleted: {error}"),
            }),
            _ => Ok(()),
        }
    }

    /// Returns the name under which a file is kept.
    fn file_name(&self, sha256: &str) -> String {
        self.seal.as_ref().map_or_else(|| sha256.to_owned(), |seal| seal.name("file", sha256))
    }

    /// Returns the folder of a case's files. Ids are made by us from letters, digits and hyphens.
    pub(super) fn files(&self, id: &str) -> Option<PathBuf> {
        let safe: String = self.key(id).chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        Some(self.folder.as_ref()?.join(super::FILES).join(safe))
    }
}

/// Sends a file to a server, in one step; one that is there already is left as it is.
async fn send(pool: &PgPool, case: &str, name: &str, part: NamedTempFile) -> Result<(), sqlx::Error> {
    let mut file = part.reopen()?;
    let bytes = file.metadata()?.len();
    let mut step = pool.begin().await?;
    let new =
        sqlx::query("insert into file (case_id, sha256, bytes) values ($1, $2, $3) on conflict do nothing")
            .bind(case)
            .bind(name)
            .bind(i64::try_from(bytes).unwrap_or(i64::MAX))
            .execute(&mut *step)
            .await?
            .rows_affected();
    let mut buffer = vec![0u8; PART];
    for number in 0i64.. {
        if new == 0 {
            break;
        }
        let mut n = 0;
        while n < PART {
            match file.read(&mut buffer[n..])? {
                0 => break,
                more => n += more,
            }
        }
        if n == 0 {
            break;
        }
        sqlx::query("insert into file_part (case_id, sha256, part, body) values ($1, $2, $3, $4)")
            .bind(case)
            .bind(name)
            .bind(number)
            .bind(&buffer[..n])
            .execute(&mut *step)
            .await?;
    }
    step.commit().await
}

/// Fetches a file from a server into one without a name, which is gone when it is closed.
async fn fetch(pool: &PgPool, case: &str, name: &str) -> Result<io::Result<File>, sqlx::Error> {
    let bytes: Option<i64> = sqlx::query_scalar("select bytes from file where case_id = $1 and sha256 = $2")
        .bind(case)
        .bind(name)
        .fetch_optional(pool)
        .await?;
    let Some(mut left) = bytes else { return Ok(Err(io::ErrorKind::NotFound.into())) };
    let mut file = tempfile::tempfile()?;
    for number in 0i64.. {
        let part: Option<Vec<u8>> =
            sqlx::query_scalar("select body from file_part where case_id = $1 and sha256 = $2 and part = $3")
                .bind(case)
                .bind(name)
                .bind(number)
                .fetch_optional(pool)
                .await?;
        let Some(part) = part else { break };
        left -= i64::try_from(part.len()).unwrap_or(i64::MAX);
        file.write_all(&part)?;
    }
    if left != 0 {
        return Ok(Err(io::Error::new(io::ErrorKind::UnexpectedEof, "some of its parts are gone")));
    }
    file.rewind()?;
    Ok(Ok(file))
}

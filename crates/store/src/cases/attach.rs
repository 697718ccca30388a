//! Files that prove something: copied into the folder of the case under the name of their hash, and on the disk before
//! the event that names them.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::{Cases, CasesError, chain};

/// The largest file that is copied.
const MOST_BYTES: u64 = 512 << 20;

/// A file that was copied into a case.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Copied {
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

impl Cases {
    /// Copies a file into the folder of a case. The event that names it is the caller's to append, after this.
    ///
    /// # Errors
    ///
    /// [`CasesError::Attach`] where it is no file, is larger than 512 MiB, or cannot be read or written.
    pub fn copy_in(&self, id: &str, from: &Path) -> Result<Copied, CasesError> {
        let failed = |why: String| CasesError::Attach { path: from.to_owned(), why };
        let meta = fs::metadata(from).map_err(|error| failed(error.to_string()))?;
        if !meta.is_file() {
            return Err(failed("it is no file".to_owned()));
        }
        if meta.len() > MOST_BYTES {
            return Err(failed(format!(
                "it has {} MB, and {} MB is the most: note where it lies instead",
                meta.len() >> 20,
                MOST_BYTES >> 20
            )));
        }
        let file = File::open(from).map_err(|error| failed(error.to_string()))?;
        self.copy_from(id, file).map_err(|error| failed(error.to_string()))
    }

    /// Copies what a reader gives into the folder of a case, to the same bound.
    ///
    /// # Errors
    ///
    /// What the system says, or `FileTooLarge`.
    pub fn copy_from(&self, id: &str, mut from: impl Read) -> io::Result<Copied> {
        let folder = self.files(id);
        fs::create_dir_all(&folder)?;
        let mut part = tempfile::Builder::new().prefix(".part-").tempfile_in(&folder)?;
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
            part.write_all(&buffer[..n])?;
        }
        part.as_file().sync_all()?;
        let sha256 = chain::hex(&hasher.finalize());
        part.persist(folder.join(&sha256)).map_err(|error| error.error)?;
        // The name is on the disk only when the folder is.
        File::open(&folder)?.sync_all()?;
        Ok(Copied { sha256, bytes })
    }

    /// Returns where an attached file lies.
    #[must_use]
    pub fn file(&self, id: &str, sha256: &str) -> PathBuf {
        self.files(id).join(sha256)
    }

    /// Returns the hash of a file as it is now; `None` where it is gone or cannot be read.
    pub(super) fn hash_of_file(&self, id: &str, sha256: &str) -> Option<String> {
        // A hash is a name made by us; anything else is no file of ours.
        if sha256.len() != 64 || !sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let mut file = File::open(self.file(id, sha256)).ok()?;
        let mut hasher = Sha256::new();
        let mut buffer = vec![0u8; 1 << 16];
        loop {
            match file.read(&mut buffer).ok()? {
                0 => break,
                n => hasher.update(&buffer[..n]),
            }
        }
        Some(chain::hex(&hasher.finalize()))
    }

    /// Deletes the files of a case.
    pub(super) fn delete_files(&self, id: &str) -> Result<(), CasesError> {
        let folder = self.files(id);
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(CasesError::Attach {
                path: folder,
                why: format!("its files could not be deleted: {error}"),
            }),
            _ => Ok(()),
        }
    }

    /// Returns the folder of a case's files. Ids are made by us from letters, digits and hyphens.
    fn files(&self, id: &str) -> PathBuf {
        let safe: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        self.folder.join("files").join(safe)
    }
}

#[cfg(test)]
impl Cases {
    /// Returns whether a case has a folder of files.
    pub(super) fn files_are_there(&self, id: &str) -> bool {
        self.files(id).exists()
    }
}

//! Packs: a whole directory in one compact file, signed, searched straight from the disk.
//!
//! A pack is never changed. It holds two tables ([`table`]): the companies by their keys, and everything by which a company
//! is found (names, words and the doors to them, domains, numbers, mailboxes, addresses). Its header names the hash of the
//! index of each table and is what is signed, so one signature vouches for every block, and a block is checked when it is
//! read: opening costs the indexes, a look-up a block or a few. Blocks are read at their places in the file and a few are
//! kept; a map of the file into memory would need `unsafe` and is no faster where a block must be unpacked anyway.
//!
//! A new edition comes as a whole or as a [`delta`]: what it makes of the old one is checked against the signed header of
//! the new one, so an update can only give the very directory that was published.

pub mod delta;
pub mod key;
mod search;
mod table;
mod write;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::record::Entry;
use key::Public;
use table::{Pages, Table};

pub use search::PackHit;
pub use write::{About, TEMPORARY, Temporary, temporary, write};

/// How a pack begins.
const MAGIC: &[u8; 8] = b"UPPACK\x01\n";
/// The form of the header.
const FORM: u32 = 1;
/// How many bytes the end of a pack has: the length of its footer, and the magic number again.
const END: usize = 4 + MAGIC.len();
/// The most bytes of header, footer and one index.
const MOST: u64 = 1 << 30;

/// Why a pack cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The disk failed, or the file is damaged.
    #[error("`{}`: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        cause: io::Error,
    },
    /// It is something else.
    #[error("`{}` is not a directory that `upstairs directory pack` wrote, or it breaks off", .0.display())]
    NotAPack(PathBuf),
    /// It was made by a later version.
    #[error("`{}` has form {form}, this program reads form {FORM}: take a newer version of the program", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its form.
        form: u32,
    },
    /// No signature, or by nobody who is trusted.
    #[error("`{}` is not signed by anyone you trust: {why}", path.display())]
    Untrusted {
        /// The file.
        path: PathBuf,
        /// Why.
        why: &'static str,
    },
    /// A delta does not fit.
    #[error("`{}`: {why}", path.display())]
    Delta {
        /// The delta.
        path: PathBuf,
        /// Why it does not fit.
        why: String,
    },
    /// A record cannot be read or written.
    #[error("`{}`: a record: {why}", path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
}

/// Whom one trusts.
#[derive(Clone, Debug)]
pub enum Trust {
    /// Whoever holds the secret half of one of these.
    Keys(Vec<Public>),
    /// Whoever made the file: for one's own packs.
    Anyone,
}

/// What is signed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Header {
    /// The form of the file.
    pub form: u32,
    /// `directory`, or `delta`.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// When it was made, RFC 3339.
    pub made: String,
    /// The number of the edition: later ones have higher ones.
    pub edition: u64,
    /// Companies in it.
    pub companies: u64,
    /// Sightings of contacts in it.
    pub contacts: u64,
    /// The hash of the index of each table, by name.
    pub tables: Vec<(String, String)>,
    /// Delta: the hash of the header that it was made for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// Delta: the header that comes out, and its signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<(String, Option<String>)>,
}

/// Where things lie; vouched for by nobody.
#[derive(Debug, Deserialize, Serialize)]
struct Footer {
    header: (u64, u64),
    signature: Option<String>,
    /// Of each table its index and its places.
    tables: Vec<((u64, u64), (u64, u64))>,
}

/// An open pack.
#[derive(Debug)]
pub struct Pack {
    path: PathBuf,
    header: Header,
    /// The header as it was signed.
    signed: Vec<u8>,
    signature: Option<String>,
    pages: Pages,
    companies: Table,
    ways: Option<Table>,
}

/// Returns bytes as hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from(b"0123456789abcdef"[usize::from(four)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Returns a signature out of its digits.
fn signature_of(text: &str) -> Option<[u8; 64]> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(text).ok()?.try_into().ok()
}

impl Pack {
    /// Opens a pack and checks who signed it before anything of it is used.
    ///
    /// # Errors
    ///
    /// [`PackError`] by cause.
    pub fn open(path: &Path, trust: &Trust) -> Result<Self, PackError> {
        let failed = |cause| PackError::File { path: path.to_owned(), cause };
        let no_pack = || PackError::NotAPack(path.to_owned());
        let file = File::open(path).map_err(failed)?;
        let size = file.metadata().map_err(failed)?.len();
        let pages = Pages::new(file);
        let read = |(offset, length): (u64, u64)| {
            let length = usize::try_from(length).ok().filter(|length| *length as u64 <= MOST);
            pages.read(offset, length.ok_or_else(no_pack)?).map_err(failed)
        };
        if size < (MAGIC.len() + END) as u64 || read((0, MAGIC.len() as u64))? != MAGIC {
            return Err(no_pack());
        }
        let end = read((size - END as u64, END as u64))?;
        let (length, magic) = end.split_at(4);
        if magic != MAGIC {
            return Err(no_pack());
        }
        let mut four = [0; 4];
        four.copy_from_slice(length);
        let length = u64::from(u32::from_le_bytes(four));
        let begins = (size - END as u64).checked_sub(length).ok_or_else(no_pack)?;
        let footer: Footer = serde_json::from_slice(&read((begins, length))?).map_err(|_| no_pack())?;
        let signed = read(footer.header)?;
        check_signature(path, &signed, footer.signature.as_deref(), trust)?;
        let form = serde_json::from_slice::<serde_json::Value>(&signed).ok();
        let form = form.and_then(|header| header.get("form")?.as_u64()).ok_or_else(no_pack)?;
        if form != u64::from(FORM) {
            let form = u32::try_from(form).unwrap_or(u32::MAX);
            return Err(PackError::Newer { path: path.to_owned(), form });
        }
        let header: Header = serde_json::from_slice(&signed).map_err(|_| no_pack())?;
        let mut tables = Vec::new();
        for ((_, root), (index, places)) in header.tables.iter().zip(&footer.tables) {
            let index = read(*index)?;
            if hex(&table::hash(&index)) != *root {
                return Err(failed(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "its index is not the one that was signed",
                )));
            }
            tables.push(Table::new(index, &read(*places)?).map_err(failed)?);
        }
        let mut tables = tables.into_iter();
        let companies = tables.next().ok_or_else(no_pack)?;
        Ok(Self {
            path: path.to_owned(),
            header,
            signed,
            signature: footer.signature,
            pages,
            companies,
            ways: tables.next(),
        })
    }

    fn failed(&self) -> impl Fn(io::Error) -> PackError + '_ {
        |cause| PackError::File { path: self.path.clone(), cause }
    }

    /// Returns what the pack says of itself.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// Returns the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns by what a delta knows the pack.
    #[must_use]
    pub fn id(&self) -> String {
        hex(&table::hash(&self.signed))
    }

    /// Returns a company with everything seen of it, by its key.
    ///
    /// # Errors
    ///
    /// [`PackError`] where the file is damaged.
    pub fn entry(&self, key: &str) -> Result<Option<Entry>, PackError> {
        let found = self.companies.get(key.as_bytes(), &self.pages).map_err(self.failed())?;
        found.map(|body| self.parse(&body)).transpose()
    }

    fn parse(&self, body: &[u8]) -> Result<Entry, PackError> {
        serde_json::from_slice(body)
            .map_err(|error| PackError::Record { path: self.path.clone(), why: error.to_string() })
    }

    /// Returns every company's key and record, in the order of the keys.
    pub fn entries(&self) -> impl Iterator<Item = Result<Entry, PackError>> + '_ {
        self.bodies().map(|pair| pair.and_then(|(_, body)| self.parse(&body)))
    }

    /// Returns every pair of the table of companies.
    fn bodies(&self) -> impl Iterator<Item = Result<table::Pair, PackError>> + '_ {
        (0..self.companies.blocks()).flat_map(|number| {
            match self.companies.pairs(number, &self.pages).map_err(self.failed()) {
                Ok(pairs) => pairs.into_iter().map(Ok).collect(),
                Err(error) => vec![Err(error)],
            }
        })
    }
}

/// Checks a signature.
fn check_signature(
    path: &Path,
    signed: &[u8],
    signature: Option<&str>,
    trust: &Trust,
) -> Result<(), PackError> {
    let Trust::Keys(keys) = trust else { return Ok(()) };
    let untrusted = |why| PackError::Untrusted { path: path.to_owned(), why };
    let signature = signature.ok_or_else(|| untrusted("it bears no signature"))?;
    let signature = signature_of(signature).ok_or_else(|| untrusted("its signature is none"))?;
    if keys.iter().any(|key| key.signed(signed, &signature)) {
        Ok(())
    } else {
        Err(untrusted("the signature is by somebody else, or the file was changed after it"))
    }
}

#[cfg(test)]
mod tests;

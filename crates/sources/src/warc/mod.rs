//! Web archives in the WARC format (ISO 28500), versions 1.0 and 1.1: read and written.
//!
//! [`Reader`] streams the records of a file, plain or gzip, and tells the [`Place`] of each, so that one can come back
//! to it; damage costs the records it hits and no others. [`http`] takes apart the HTTP response inside a record.
//! [`Writer`] writes what was fetched so that other tools can read it. What an archive answers when asked for an
//! address is decided in [`crate::archive`].

mod gzip;
pub mod http;
mod reader;
#[cfg(test)]
pub(crate) mod sample;
mod writer;

pub use reader::{Head, Kind, Reader};
pub use writer::Writer;

use std::io;

/// Where a record begins, so that a reader can come back to it.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Place {
    /// The offset in the file of the gzip member that holds the record; of the record itself in a plain file.
    pub member: u64,
    /// How many unpacked bytes of the member come before it; 0 in a plain file.
    pub within: u64,
}

/// What is wrong at some place in an archive.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file ends in the middle of a record.
    #[error("the file breaks off")]
    Truncated,
    /// The compression is damaged.
    #[error("{0}")]
    Gzip(&'static str),
    /// What stands where a record should begin is none, or a part of it is malformed.
    #[error("{0}")]
    Record(&'static str),
    /// The disk failed.
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl Fault {
    /// Returns the fault in a few words without the case at hand, to count faults by.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Truncated => "the file breaks off",
            Self::Gzip(reason) | Self::Record(reason) => reason,
            Self::Io(_) => "the disk failed",
        }
    }
}

//! Extraction: web archives in, records out, at the machine's full speed and in bounded memory.
//!
//! One thread unpacks and cuts the archives into records ([`feed`]), as many as there are cores read pages ([`page`]), and
//! the caller's thread puts what they say in order and writes it ([`parts`]). Work is handed on in small lots through
//! queues of bounded length, so nothing piles up. The order of the output is that of the archives, whatever the number of
//! threads, and a run that was killed goes on at the last part that is on the disk: the bytes of the output are the same.

mod feed;
mod page;
mod parts;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Mutex, PoisonError};

use ladder::Country;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::input::{InputError, Origin};
use crate::remote::Remotes;
use crate::table::TableError;
use feed::{Feed, Work};
use page::Done;
use parts::Parts;

/// How an extraction is run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The country of numbers in national form, where a page does not tell its own.
    pub country: Option<Country>,
    /// Whether JSON Lines are written instead of Parquet.
    pub lines: bool,
    /// How many threads read pages.
    pub threads: usize,
    /// How many records make a part: what a kill costs at most, and what is kept before it is on the disk.
    pub part: usize,
    /// The most bytes of one page; the rest is cut.
    pub page_bytes: usize,
    /// Whether what an earlier run left is thrown away.
    pub restart: bool,
}

impl Default for Options {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { country: None, lines: false, threads, part: 4_096, page_bytes: 8 << 20, restart: false }
    }
}

/// What was read, counted.
#[derive(Clone, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct Tally {
    /// Records of answers and documents.
    pub records: u64,
    /// Pages and documents that were read.
    pub pages: u64,
    /// Contacts that they name.
    pub contacts: u64,
    /// Complaints procedures that they tell.
    pub policies: u64,
    /// Bytes of the pages, unpacked.
    pub page_bytes: u64,
    /// Records that are no page, by what they are.
    pub skipped: BTreeMap<String, u64>,
    /// Records that could not be read, by why.
    pub bad: BTreeMap<String, u64>,
    /// Archives that could not be read at all, with why.
    pub refused: Vec<String>,
}

impl Tally {
    /// Adds another.
    pub fn join(&mut self, other: &Self) {
        self.records += other.records;
        self.pages += other.pages;
        self.contacts += other.contacts;
        self.policies += other.policies;
        self.page_bytes += other.page_bytes;
        for (own, other) in [(&mut self.skipped, &other.skipped), (&mut self.bad, &other.bad)] {
            for (reason, count) in other {
                *own.entry(reason.clone()).or_default() += count;
            }
        }
        self.refused.extend(other.refused.iter().cloned());
    }
}

/// A record that could not be read: a line of the side file.
#[derive(Clone, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
pub struct Bad {
    /// The archive.
    pub archive: String,
    /// Where in it the record begins, in packed bytes.
    pub offset: u64,
    /// The address of the page, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What is wrong.
    pub reason: String,
}

/// How far a run is.
#[derive(Clone, Debug)]
pub struct Progress<'a> {
    /// What was read so far, earlier runs counted in.
    pub tally: &'a Tally,
    /// How many packed bytes were read, those of earlier runs counted in.
    pub done: u64,
    /// How many there are, where that is known.
    pub all: Option<u64>,
    /// How many of the bytes an earlier run had read.
    pub resumed: u64,
}

/// What a run made.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Extracted {
    /// The file that was written.
    pub to: PathBuf,
    /// The side file that names the bad records; none where there was none.
    pub bad_file: Option<PathBuf>,
    /// What was read.
    pub tally: Tally,
    /// How many parts an earlier run had finished.
    pub resumed_parts: u64,
}

/// Why a run ended.
#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    /// No archive was named.
    #[error("no archive is named")]
    Nothing,
    /// The output is there already.
    #[error("`{}` is there already", .0.display())]
    Exists(PathBuf),
    /// What an earlier run left is of other archives or options.
    #[error("`{}` was left by a run with other {what}", folder.display())]
    OtherRun {
        /// The folder of its parts.
        folder: PathBuf,
        /// What is other: `archives`, `options`, or the version of the `program`.
        what: &'static str,
    },
    /// No archive could be read.
    #[error("none of the archives can be read: {}", .0.join("; "))]
    AllRefused(Vec<String>),
    /// The disk failed.
    #[error("`{}`: {cause}", path.display())]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// A part cannot be written or read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A list or pattern names nothing.
    #[error(transparent)]
    Input(#[from] InputError),
}

impl ExtractError {
    /// Returns what to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Nothing => {
                Some("name WARC files, `-` for standard input, or a list with --list".to_owned())
            }
            Self::Exists(path) => Some(format!("choose another name, or move `{}` away", path.display())),
            Self::OtherRun { .. } => {
                Some("name the same archives as then, or begin anew with --restart".to_owned())
            }
            Self::AllRefused(_) | Self::Disk { .. } | Self::Table(_) | Self::Input(_) => None,
        }
    }
}

/// Where a run can be taken up: an archive, and the place in it of the next record.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
struct Position {
    input: usize,
    member: u64,
    within: u64,
}

/// Reads archives and writes what their pages say to a file; `told` hears how far it is.
///
/// Beside the output stands `NAME.bad.jsonl` with the records that could not be read, and while it works the folder
/// `NAME.parts`. The same call goes on where a killed one was.
///
/// # Errors
///
/// [`ExtractError`] by cause. An archive that cannot be read is none: it is told in [`Tally::refused`], and the rest goes on.
pub fn extract(
    inputs: &[Origin],
    to: &Path,
    options: &Options,
    remotes: &Remotes,
    mut told: impl FnMut(&Progress<'_>),
) -> Result<Extracted, ExtractError> {
    if inputs.is_empty() {
        return Err(ExtractError::Nothing);
    }
    let mut parts = Parts::open(inputs, to, options)?;
    let sizes: Option<Vec<u64>> = inputs.iter().map(Origin::size).collect();
    let all = sizes.as_ref().map(|sizes| sizes.iter().sum());
    let start = parts.next();
    let before: u64 = sizes.as_ref().map_or(0, |sizes| sizes.iter().take(start.input).sum()) + start.member;
    let mut feed = Feed::new(inputs, start, options, remotes);
    let threads = options.threads.clamp(1, 512);
    std::thread::scope(|scope| -> Result<(), ExtractError> {
        let (jobs, taken) = mpsc::sync_channel::<(Work, SyncSender<Done>)>(threads * 2);
        let (order, results) = mpsc::sync_channel::<Receiver<Done>>(threads * 4);
        scope.spawn(move || {
            while let Some(work) = feed.next() {
                let (answer, result) = mpsc::sync_channel(1);
                // Whoever hung up met an error of its own, and tells it.
                if order.send(result).is_err() || jobs.send((work, answer)).is_err() {
                    return;
                }
            }
        });
        let taken = Mutex::new(taken);
        let taken = std::sync::Arc::new(taken);
        for _ in 0..threads {
            let taken = taken.clone();
            scope.spawn(move || {
                loop {
                    let job = taken.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((work, answer)) = job else { return };
                    let _ = answer.send(page::read_all(work, options));
                }
            });
        }
        drop(taken);
        for result in results {
            let Ok(done) = result.recv() else { break };
            let packed = done.packed;
            parts.take(done)?;
            told(&Progress { tally: parts.tally(), done: before + packed, all, resumed: before });
        }
        Ok(())
    })?;
    parts.finish(inputs)
}

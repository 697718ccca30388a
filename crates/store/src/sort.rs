//! Sorting more than fits into memory: sorted runs on the disk, merged as they are read back.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use tempfile::TempDir;

/// How many bytes are held before they are written as a run.
const BUDGET: usize = 96 << 20;
/// How many runs are merged at once; more are first merged into one.
const MOST_RUNS: usize = 64;
/// What a pair costs beside its bytes.
const OVERHEAD: usize = 64;
/// The longest key or body.
const LONGEST: u32 = 64 << 20;

/// A key and what belongs to it.
pub type Pair = (Vec<u8>, Vec<u8>);
/// A run being read.
type Run = BufReader<zstd::stream::read::Decoder<'static, BufReader<File>>>;

/// Takes pairs in any order and gives them back sorted by key, then body.
pub struct Sorter {
    folder: TempDir,
    budget: usize,
    held: Vec<Pair>,
    bytes: usize,
    runs: Vec<std::path::PathBuf>,
    written: usize,
}

impl Sorter {
    /// Begins; runs are written into a temporary folder in `beside`.
    ///
    /// # Errors
    ///
    /// What the system says where that folder cannot be made.
    pub fn new(beside: &Path) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix(".upstairs-merge-").tempdir_in(beside)?;
        Ok(Self { folder, budget: BUDGET, held: Vec::new(), bytes: 0, runs: Vec::new(), written: 0 })
    }

    /// Takes a pair.
    ///
    /// # Errors
    ///
    /// What the system says where a run cannot be written.
    pub fn push(&mut self, key: Vec<u8>, body: Vec<u8>) -> io::Result<()> {
        self.bytes += key.len() + body.len() + OVERHEAD;
        self.held.push((key, body));
        if self.bytes > self.budget { self.spill() } else { Ok(()) }
    }

    /// Writes what is held as a run.
    fn spill(&mut self) -> io::Result<()> {
        self.held.sort_unstable();
        if self.runs.len() >= MOST_RUNS {
            let runs = std::mem::take(&mut self.runs);
            let merged = Merged::of(&runs, Vec::new())?;
            self.write(merged)?;
            for run in runs {
                std::fs::remove_file(run)?;
            }
        }
        let held = std::mem::take(&mut self.held);
        self.bytes = 0;
        self.write(held.into_iter().map(Ok))
    }

    fn write(&mut self, pairs: impl Iterator<Item = io::Result<Pair>>) -> io::Result<()> {
        let path = self.folder.path().join(self.written.to_string());
        self.written += 1;
        let mut out = zstd::stream::write::Encoder::new(BufWriter::new(File::create(&path)?), 1)?;
        for pair in pairs {
            let (key, body) = pair?;
            for bytes in [&key, &body] {
                let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
                out.write_all(&length.to_le_bytes())?;
                out.write_all(bytes)?;
            }
        }
        out.finish()?.flush()?;
        self.runs.push(path);
        Ok(())
    }

    /// Gives everything back, sorted.
    ///
    /// # Errors
    ///
    /// What the system says where a run cannot be read.
    pub fn sorted(mut self) -> io::Result<Merged> {
        self.held.sort_unstable();
        let held = std::mem::take(&mut self.held);
        let mut merged = Merged::of(&self.runs, held)?;
        merged.folder = Some(self.folder);
        Ok(merged)
    }
}

/// The pairs of several runs in order.
pub struct Merged {
    runs: Vec<Run>,
    held: std::iter::Peekable<std::vec::IntoIter<Pair>>,
    next: BinaryHeap<Reverse<(Pair, usize)>>,
    /// Goes with the iterator.
    folder: Option<TempDir>,
}

impl Merged {
    fn of(paths: &[std::path::PathBuf], held: Vec<Pair>) -> io::Result<Self> {
        let mut runs = Vec::with_capacity(paths.len());
        let mut next = BinaryHeap::with_capacity(paths.len());
        for (number, path) in paths.iter().enumerate() {
            let decoder = zstd::stream::read::Decoder::new(File::open(path)?)?;
            let mut run = BufReader::with_capacity(64 << 10, decoder);
            if let Some(pair) = read(&mut run)? {
                next.push(Reverse((pair, number)));
            }
            runs.push(run);
        }
        Ok(Self { runs, held: held.into_iter().peekable(), next, folder: None })
    }

    fn advance(&mut self) -> io::Result<Option<Pair>> {
        let from_runs = match (self.next.peek(), self.held.peek()) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(Reverse((run, _))), Some(held)) => run <= held,
        };
        if !from_runs {
            return Ok(self.held.next());
        }
        let Some(Reverse((pair, number))) = self.next.pop() else { return Ok(None) };
        if let Some(following) = read(&mut self.runs[number])? {
            self.next.push(Reverse((following, number)));
        }
        Ok(Some(pair))
    }
}

impl Iterator for Merged {
    type Item = io::Result<Pair>;

    fn next(&mut self) -> Option<Self::Item> {
        self.advance().transpose()
    }
}

/// Reads a pair; `None` at the end.
fn read(run: &mut Run) -> io::Result<Option<Pair>> {
    let Some(key) = piece(run)? else { return Ok(None) };
    let body = piece(run)?.ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok(Some((key, body)))
}

fn piece(run: &mut Run) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match run.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let length = u32::from_le_bytes(length);
    if length > LONGEST {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a temporary file is damaged"));
    }
    let mut bytes = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    run.read_exact(&mut bytes)?;
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_into_memory_comes_back_sorted() {
        let folder = tempfile::tempdir().unwrap();
        let mut sorter = Sorter::new(folder.path()).unwrap();
        sorter.budget = 4_000;
        let mut expected = Vec::new();
        for n in 0..20_000_u32 {
            let mixed = n.wrapping_mul(2_654_435_761);
            let pair = (mixed.to_be_bytes()[..2].to_vec(), n.to_be_bytes().to_vec());
            expected.push(pair.clone());
            sorter.push(pair.0, pair.1).unwrap();
        }
        assert!(sorter.written > 2 * MOST_RUNS, "{} runs", sorter.written);
        expected.sort();
        let sorted: Vec<Pair> = sorter.sorted().unwrap().map(Result::unwrap).collect();
        assert_eq!(sorted, expected);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left behind");
    }
}

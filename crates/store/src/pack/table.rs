//! Tables: sorted pairs of key and value in packed blocks, found through the first key of each block.
//!
//! Blocks are cut by what they hold, not by how well it packs, and each is known by the hash of what it holds: the index
//! (first keys and hashes) is the same whatever packed the blocks, and whoever vouches for the index vouches for every byte
//! that is read. Where the blocks lie in the file is told apart and vouched for by nobody: a wrong place gives a wrong hash.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

/// How many bytes a block holds before it is closed.
const BLOCK: usize = 32 << 10;
/// The most bytes of one block, unpacked: a single long value has a block of its own.
const MOST_BLOCK: usize = 64 << 20;
/// The longest key.
const MOST_KEY: usize = 1_024;
/// How hard blocks are packed.
const LEVEL: i32 = 6;
/// How many blocks are held unpacked.
const HELD: usize = 128;

/// A key and its value.
pub(super) type Pair = (Vec<u8>, Vec<u8>);
/// A block, unpacked and checked.
type Block = Arc<Vec<Pair>>;

/// Returns the hash of bytes.
pub(super) fn hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Writes a table.
pub(super) struct TableWriter {
    block: Vec<u8>,
    first: Vec<u8>,
    last: Option<Vec<u8>>,
    index: Vec<u8>,
    places: Vec<u8>,
}

/// What is told of a table that was written.
pub(super) struct Written {
    pub(super) index: Vec<u8>,
    pub(super) places: Vec<u8>,
}

/// A writer that knows where it stands.
pub(super) struct Counted<W> {
    pub(super) out: W,
    pub(super) at: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.at += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn damaged(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

fn length(bytes: &[u8]) -> io::Result<[u8; 4]> {
    Ok(u32::try_from(bytes.len()).map_err(io::Error::other)?.to_le_bytes())
}

impl TableWriter {
    pub(super) fn new() -> Self {
        Self { block: Vec::new(), first: Vec::new(), last: None, index: Vec::new(), places: Vec::new() }
    }

    /// Adds a pair; keys come in order, each once. Keys that are too long are cut.
    pub(super) fn add(&mut self, key: &[u8], value: &[u8], out: &mut Counted<impl Write>) -> io::Result<()> {
        let key = &key[..key.len().min(MOST_KEY)];
        match &self.last {
            Some(last) if last.as_slice() == key => return Ok(()),
            Some(last) if last.as_slice() > key => return Err(damaged("keys come out of order")),
            _ => {}
        }
        if !self.block.is_empty() && self.block.len() + key.len() + value.len() > BLOCK {
            self.close(out)?;
        }
        if self.block.is_empty() {
            self.first = key.to_vec();
        }
        self.last = Some(key.to_vec());
        for piece in [key, value] {
            self.block.extend_from_slice(&length(piece)?);
            self.block.extend_from_slice(piece);
        }
        Ok(())
    }

    fn close(&mut self, out: &mut Counted<impl Write>) -> io::Result<()> {
        let packed = zstd::bulk::compress(&self.block, LEVEL)?;
        self.index.extend_from_slice(&length(&self.first)?);
        self.index.extend_from_slice(&self.first);
        self.index.extend_from_slice(&hash(&self.block));
        self.places.extend_from_slice(&out.at.to_le_bytes());
        self.places.extend_from_slice(&length(&packed)?);
        self.places.extend_from_slice(&length(&self.block)?);
        out.write_all(&packed)?;
        self.block.clear();
        Ok(())
    }

    pub(super) fn finish(mut self, out: &mut Counted<impl Write>) -> io::Result<Written> {
        if !self.block.is_empty() {
            self.close(out)?;
        }
        Ok(Written { index: self.index, places: self.places })
    }
}

/// Where a block lies.
#[derive(Clone, Copy, Debug)]
struct Place {
    offset: u64,
    packed: u32,
    unpacked: u32,
}

/// A table of an open file.
#[derive(Debug)]
pub(super) struct Table {
    index: Vec<u8>,
    /// Where in the index the key of each block stands, and how long it is.
    keys: Vec<(u32, u32)>,
    places: Vec<Place>,
    held: Mutex<Vec<(usize, Block)>>,
}

/// A file that is read at places, by one thread at a time.
#[derive(Debug)]
pub(super) struct Pages(Mutex<File>);

impl Pages {
    pub(super) const fn new(file: File) -> Self {
        Self(Mutex::new(file))
    }

    /// Reads so many bytes at a place.
    pub(super) fn read(&self, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let size = file.metadata()?.len();
        let end = offset.checked_add(length as u64).filter(|end| *end <= size);
        if end.is_none() {
            return Err(damaged("the file is shorter than it says"));
        }
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

/// Takes so many bytes off the front.
fn take<'a>(bytes: &mut &'a [u8], count: usize) -> io::Result<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(count).ok_or_else(|| damaged("a table breaks off"))?;
    *bytes = rest;
    Ok(taken)
}

fn take_length(bytes: &mut &[u8]) -> io::Result<u32> {
    let mut four = [0; 4];
    four.copy_from_slice(take(bytes, 4)?);
    Ok(u32::from_le_bytes(four))
}

impl Table {
    /// Makes a table of its index, which was checked, and the places of its blocks.
    pub(super) fn new(index: Vec<u8>, places: &[u8]) -> io::Result<Self> {
        let mut keys = Vec::new();
        let mut rest = index.as_slice();
        while !rest.is_empty() {
            let count = take_length(&mut rest)?;
            let at = u32::try_from(index.len() - rest.len()).map_err(io::Error::other)?;
            take(&mut rest, count as usize)?;
            take(&mut rest, 32)?;
            keys.push((at, count));
        }
        let mut rest = places;
        let mut found = Vec::with_capacity(keys.len());
        while !rest.is_empty() {
            let mut eight = [0; 8];
            eight.copy_from_slice(take(&mut rest, 8)?);
            let offset = u64::from_le_bytes(eight);
            found.push(Place { offset, packed: take_length(&mut rest)?, unpacked: take_length(&mut rest)? });
        }
        if found.len() != keys.len() {
            return Err(damaged("a table has not as many blocks as places"));
        }
        Ok(Self { index, keys, places: found, held: Mutex::default() })
    }

    fn key(&self, block: usize) -> &[u8] {
        let (at, count) = self.keys[block];
        &self.index[at as usize..(at + count) as usize]
    }

    fn hash(&self, block: usize) -> &[u8] {
        let (at, count) = self.keys[block];
        let from = (at + count) as usize;
        &self.index[from..from + 32]
    }

    /// Returns a block, unpacked and checked against its hash.
    fn block(&self, number: usize, pages: &Pages) -> io::Result<Block> {
        {
            let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(at) = held.iter().position(|(held, _)| *held == number) {
                let found = held.remove(at);
                let block = found.1.clone();
                held.push(found);
                return Ok(block);
            }
        }
        let place = self.places[number];
        let unpacked = place.unpacked as usize;
        if unpacked > MOST_BLOCK || place.packed as usize > MOST_BLOCK {
            return Err(damaged("a block is larger than any that is written"));
        }
        let packed = pages.read(place.offset, place.packed as usize)?;
        let bytes = zstd::bulk::decompress(&packed, unpacked)?;
        if hash(&bytes) != self.hash(number) {
            return Err(damaged("a block is not the one that was signed"));
        }
        let mut pairs = Vec::new();
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let count = take_length(&mut rest)? as usize;
            let key = take(&mut rest, count)?.to_vec();
            let count = take_length(&mut rest)? as usize;
            pairs.push((key, take(&mut rest, count)?.to_vec()));
        }
        let block: Block = Arc::new(pairs);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= HELD {
            held.remove(0);
        }
        held.push((number, block.clone()));
        Ok(block)
    }

    /// Returns the number of the block in which a key would stand.
    fn find(&self, key: &[u8]) -> usize {
        let (mut low, mut high) = (0, self.keys.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.key(middle) <= key { low = middle + 1 } else { high = middle }
        }
        low.saturating_sub(1)
    }

    /// Returns the value of a key.
    pub(super) fn get(&self, key: &[u8], pages: &Pages) -> io::Result<Option<Vec<u8>>> {
        let key = &key[..key.len().min(MOST_KEY)];
        Ok(self.scan(key, &[key, &[0]].concat(), 1, pages)?.pop().map(|(_, value)| value))
    }

    /// Returns the pairs whose keys are at least `from` and less than `to`, at most `most`.
    pub(super) fn scan(&self, from: &[u8], to: &[u8], most: usize, pages: &Pages) -> io::Result<Vec<Pair>> {
        let mut found = Vec::new();
        let mut number = self.find(from);
        while number < self.keys.len() && found.len() < most {
            if self.key(number) >= to {
                break;
            }
            let block = self.block(number, pages)?;
            let start = block.partition_point(|(key, _)| key.as_slice() < from);
            let within = block[start..].iter().take_while(|(key, _)| key.as_slice() < to);
            found.extend(within.take(most - found.len()).cloned());
            number += 1;
        }
        Ok(found)
    }

    /// Returns how many blocks there are.
    pub(super) fn blocks(&self) -> usize {
        self.keys.len()
    }

    /// Returns all pairs of a block.
    pub(super) fn pairs(&self, number: usize, pages: &Pages) -> io::Result<Vec<Pair>> {
        Ok(self.block(number, pages)?.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_is_found_and_damage_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table");
        let mut out = Counted { out: File::create(&path).unwrap(), at: 0 };
        let mut writer = TableWriter::new();
        let key = |n: u32| format!("key-{:06}", n * 3).into_bytes();
        for n in 0..20_000 {
            writer.add(&key(n), format!("value {n}").as_bytes(), &mut out).unwrap();
        }
        let written = writer.finish(&mut out).unwrap();
        let table = Table::new(written.index.clone(), &written.places).unwrap();
        assert!(table.blocks() > 10);
        let pages = Pages::new(File::open(&path).unwrap());
        for n in (0..20_000).step_by(37) {
            let value = table.get(&key(n), &pages).unwrap().unwrap();
            assert_eq!(value, format!("value {n}").into_bytes());
        }
        assert_eq!(table.get(b"key-000001", &pages).unwrap(), None);
        assert_eq!(table.get(b"", &pages).unwrap(), None);
        assert_eq!(table.get(b"zzz", &pages).unwrap(), None);
        let range = table.scan(b"key-000300", b"key-009000", 10_000, &pages).unwrap();
        assert_eq!(range.len(), 2_900);
        let mut bytes = std::fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        let table = Table::new(written.index, &written.places).unwrap();
        let pages = Pages::new(File::open(&path).unwrap());
        let failed = (0..table.blocks()).filter(|number| table.pairs(*number, &pages).is_err()).count();
        assert_eq!(failed, 1);
    }
}

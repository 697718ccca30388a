//! Rows out of a database file that `SQLite` cannot read any more: every place of every page is tried as the beginning of one.
//!
//! Nothing of the file is believed, neither its tree of pages nor the lists of what a page holds: a row is whatever can be
//! decoded as one (<https://www.sqlite.org/fileformat2.html>). Most of what is found so is no row, or one of long ago: whoever
//! asks must have a way to tell, as the hashes of a log are one.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::{fs, io};

/// The most bytes of a file that are read.
const MOST_BYTES: u64 = 4 << 30;
/// The most bytes of one row.
const MOST_ROW: usize = 16 << 20;
/// How many times the bytes of the file may be decoded.
const MOST_WORK: usize = 100;
/// The most columns of one.
const MOST_COLUMNS: usize = 24;
/// The size of a page where the file does not say it.
const USUAL_PAGE: usize = 4096;

/// A value of a row.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Value {
    /// Nothing.
    Null,
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

impl Value {
    /// Returns the text, where it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the number, where it is one.
    pub(crate) const fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// The pages of a file and of the log beside it.
pub(crate) struct Pages {
    file: Vec<u8>,
    log: Vec<u8>,
    size: usize,
    /// Where the last version of a page begins in the log, by its number.
    logged: HashMap<u32, usize>,
    /// Bytes that may still be decoded: a file that was made so that its pages lead in circles ends this, not the machine.
    left: Cell<usize>,
}

impl Pages {
    /// Reads a file, and the log beside it where there is one.
    pub(crate) fn read(path: &Path) -> io::Result<Self> {
        let bounded = |path: &Path| -> io::Result<Vec<u8>> {
            let bytes = fs::metadata(path)?.len();
            if bytes > MOST_BYTES {
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it has more than 4 GB"));
            }
            fs::read(path)
        };
        let file = bounded(path)?;
        let mut name = path.as_os_str().to_owned();
        name.push("-wal");
        let log = match bounded(Path::new(&name)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            read => read?,
        };
        let said = |bytes: &[u8], at: usize| -> Option<usize> {
            let size = usize::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
            let size = if size == 1 { 65_536 } else { size };
            (size.is_power_of_two() && size >= 512).then_some(size)
        };
        let size = said(&file, 16).unwrap_or(USUAL_PAGE);
        let logged = logged(&log, size);
        let left = Cell::new((file.len() + log.len()).saturating_mul(MOST_WORK));
        Ok(Self { file, log, size, logged, left })
    }

    /// Gives every row that can be decoded anywhere: in the file, and in every version of a page in the log, in the order in
    /// which they were written as far as that shows. With each goes whether it is still a row of the file, as far as that
    /// shows: it stands on the last version of its page, and the page names it. One may come several times.
    pub(crate) fn rows(&self, mut each: impl FnMut(&[Value], bool)) {
        let file = self
            .file
            .chunks(self.size)
            .zip(1u32..)
            .map(|(page, number)| (page, !self.logged.contains_key(&number)));
        let last: HashSet<usize> = self.logged.values().copied().collect();
        let starts = (56..self.log.len()).step_by(self.size + 24);
        let log = starts.map(|start| {
            let page = self.log.get(start..(start + self.size).min(self.log.len())).unwrap_or_default();
            (page, last.contains(&start))
        });
        for (page, live) in file.chain(log) {
            let named = named(page);
            for at in 0..page.len() {
                if let Some(row) = self.row(page, at) {
                    each(&row, live && named.as_ref().is_none_or(|named| named.contains(&at)));
                }
            }
        }
    }

    /// Returns the page of a number as the log has it last, else as the file has it.
    fn page(&self, number: u32) -> Option<&[u8]> {
        if let Some(at) = self.logged.get(&number) {
            return self.log.get(*at..at + self.size);
        }
        let at = usize::try_from(number).ok()?.checked_sub(1)?.checked_mul(self.size)?;
        self.file.get(at..at + self.size)
    }

    /// Decodes the row that begins at a place of a page, of a table or of an index.
    fn row(&self, page: &[u8], at: usize) -> Option<Vec<Value>> {
        let (bytes, used) = varint(page.get(at..)?)?;
        let bytes = usize::try_from(bytes).ok()?;
        if !(3..=MOST_ROW).contains(&bytes) {
            return None;
        }
        let start = at + used;
        // A row of an index has no number of its own, one of a table has: both are tried.
        self.of_index(page, start, bytes).or_else(|| {
            let (_, used) = varint(page.get(start..)?)?;
            self.of_table(page, start + used, bytes)
        })
    }

    fn of_index(&self, page: &[u8], start: usize, bytes: usize) -> Option<Vec<Value>> {
        let usable = self.size;
        let most = (usable - 12) * 64 / 255 - 23;
        self.decoded(page, start, bytes, most)
    }

    fn of_table(&self, page: &[u8], start: usize, bytes: usize) -> Option<Vec<Value>> {
        self.decoded(page, start, bytes, self.size - 35)
    }

    /// Decodes a row of so many bytes, of which at most `most` stand in the page itself.
    fn decoded(&self, page: &[u8], start: usize, bytes: usize, most: usize) -> Option<Vec<Value>> {
        let (columns, header) = shape(page.get(start..)?, bytes)?;
        let least = (self.size - 12) * 32 / 255 - 23;
        let here = if bytes <= most {
            bytes
        } else {
            let here = least + (bytes - least) % (self.size - 4);
            if here <= most { here } else { least }
        };
        self.left.set(self.left.get().checked_sub(bytes)?);
        let mut payload = page.get(start..start + here)?.to_vec();
        if here < bytes {
            let mut next = be_u32(page.get(start + here..)?)?;
            while payload.len() < bytes {
                let more = self.page(next)?;
                next = be_u32(more)?;
                let take = (bytes - payload.len()).min(self.size - 4);
                payload.extend_from_slice(&more[4..4 + take]);
            }
        }
        values(&payload[header..], &columns)
    }
}

/// Returns where the rows begin that a page names: what stands elsewhere on it was replaced or deleted. `None` where it is no
/// page of rows, or damaged.
fn named(page: &[u8]) -> Option<HashSet<usize>> {
    const LEAF_OF_A_TABLE: u8 = 0x0d;
    const HEAD: usize = 8;
    if *page.first()? != LEAF_OF_A_TABLE {
        return None;
    }
    let two = |at: usize| Some(usize::from(u16::from_be_bytes([*page.get(at)?, *page.get(at + 1)?])));
    let count = two(3)?;
    (0..count).map(|n| two(HEAD + 2 * n).filter(|at| *at >= HEAD + 2 * count && *at < page.len())).collect()
}

/// Returns where the last version of each page begins in a log: up to the last step that was ended, and of the frames that
/// belong to this log and not to one before it, which have other salts. Where that leaves none, all of them count.
fn logged(log: &[u8], size: usize) -> HashMap<u32, usize> {
    let frames =
        || (32..log.len()).step_by(size + 24).filter_map(|at| Some((log.get(at..at + 24)?, at + 24)));
    let salts = log.get(16..24).unwrap_or_default();
    let own = || frames().take_while(|(head, _)| head.get(8..16) == Some(salts));
    let ended = own().enumerate().filter(|(_, (head, _))| head[4..8] != [0; 4]).map(|(at, _)| at + 1).last();
    let last = |frames: &mut dyn Iterator<Item = (&[u8], usize)>| {
        frames.filter_map(|(head, at)| Some((be_u32(head)?, at))).collect::<HashMap<u32, usize>>()
    };
    match ended {
        Some(ended) => last(&mut own().take(ended)),
        None => last(&mut frames()),
    }
}

fn be_u32(bytes: &[u8]) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(..4)?.try_into().ok()?))
}

/// Reads a number of one to nine bytes; returns it and how many it took.
fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut value = 0u64;
    for (at, byte) in bytes.iter().take(9).enumerate() {
        if at == 8 {
            return Some(((value << 8) | u64::from(*byte), 9));
        }
        value = (value << 7) | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value, at + 1));
        }
    }
    None
}

/// Reads the types of the columns of a row; returns them and the size of the head, where they fit the row's size.
fn shape(bytes: &[u8], whole: usize) -> Option<(Vec<u64>, usize)> {
    let (header, mut at) = varint(bytes)?;
    let header = usize::try_from(header).ok()?;
    if header < 2 || header > whole || header > MOST_COLUMNS * 9 {
        return None;
    }
    let mut columns = Vec::new();
    let mut sum = header;
    while at < header {
        let (kind, used) = varint(bytes.get(at..)?)?;
        at += used;
        sum = sum.checked_add(size_of(kind)?)?;
        columns.push(kind);
        if sum > whole || columns.len() > MOST_COLUMNS {
            return None;
        }
    }
    (at == header && sum == whole).then_some((columns, header))
}

/// Returns how many bytes a value of a type takes; `None` for a type that our tables do not have.
fn size_of(kind: u64) -> Option<usize> {
    match kind {
        0 | 8 | 9 => Some(0),
        1..=4 => usize::try_from(kind).ok(),
        5 => Some(6),
        6 => Some(8),
        13.. if kind % 2 == 1 => usize::try_from((kind - 13) / 2).ok(),
        _ => None,
    }
}

fn values(mut bytes: &[u8], columns: &[u64]) -> Option<Vec<Value>> {
    let mut values = Vec::with_capacity(columns.len());
    for kind in columns {
        let (value, rest) = bytes.split_at_checked(size_of(*kind)?)?;
        bytes = rest;
        values.push(match kind {
            0 => Value::Null,
            8 => Value::Number(0),
            9 => Value::Number(1),
            1..=6 => {
                let negative = value.first().is_some_and(|first| first & 0x80 != 0);
                let start = if negative { -1i64 } else { 0 };
                Value::Number(value.iter().fold(start, |sum, byte| (sum << 8) | i64::from(*byte)))
            }
            _ => Value::Text(std::str::from_utf8(value).ok()?.to_owned()),
        });
    }
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::{Connection as _, SqliteConnection};

    #[tokio::test]
    async fn every_row_of_a_real_file_is_found_long_ones_and_those_in_the_log_too() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("x.sqlite");
        let url = format!("sqlite://{}?mode=rwc", file.display());
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        sqlx::raw_sql(
            "pragma journal_mode = wal; \
             create table a (k text not null, n integer not null, t text, primary key (k, n)) without rowid; \
             create table b (n integer primary key, t text);",
        )
        .execute(&mut connection)
        .await
        .unwrap();
        let long = |n: i64| "ä long text, ".repeat(usize::try_from(n * n * 3).unwrap());
        for n in 0..60i64 {
            for sql in ["insert into a values ('key', $1, $2)", "insert into b values ($1, $2)"] {
                sqlx::query(sql).bind(n - 3).bind(long(n)).execute(&mut connection).await.unwrap();
            }
        }
        let found = |pages: &Pages| {
            let (mut keyed, mut plain) =
                (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
            pages.rows(|row, _| match row {
                [Value::Text(key), Value::Number(n), Value::Text(text)]
                    if key == "key" && *text == long(n + 3) =>
                {
                    keyed.insert(*n);
                }
                [Value::Null, Value::Text(text)] => {
                    plain.insert(text.len());
                }
                _ => {}
            });
            (keyed.len(), plain.len())
        };
        // Still in the log, then in the file.
        assert_eq!(found(&Pages::read(&file).unwrap()), (60, 60));
        connection.close().await.unwrap();
        assert_eq!(found(&Pages::read(&file).unwrap()), (60, 60));
    }

    #[test]
    fn noise_gives_no_panic() {
        let mut seed = 7u64;
        let noise: Vec<u8> = (0..100_000)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (seed >> 56) as u8
            })
            .collect();
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("x.sqlite");
        for cut in [0, 1, 17, 99, 512, 5000, 100_000] {
            fs::write(&file, &noise[..cut]).unwrap();
            fs::write(dir.path().join("x.sqlite-wal"), &noise[cut / 2..cut]).unwrap();
            Pages::read(&file).unwrap().rows(|_, _| ());
        }
    }
}

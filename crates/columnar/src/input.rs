//! Where archives come from: files, patterns, lists, addresses, standard input.
//!
//! [`expand`] makes one list of [`Origin`]s of what was typed; [`open`] opens one. What is no web archive at all is told by
//! its first bytes, with what to do about it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use flate2::read::MultiGzDecoder;
use url::Url;

use crate::remote::{RemoteError, Remotes};

/// How much of a file is looked at to tell what it is.
const START: usize = 64 * 1024;
/// How much of a stream is kept to go back in.
const WINDOW: usize = 4 << 20;
/// The size of one portion read from a stream or a file.
const PORTION: usize = 256 * 1024;
/// The most bytes of a list of files.
const MOST_LIST: u64 = 256 << 20;

/// Where one archive is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// A file elsewhere: `https://`, `http://` or `s3://`.
    Remote(Url),
    /// One record of a file elsewhere, compressed by itself.
    Range {
        /// The file.
        url: Url,
        /// Where the record begins.
        offset: u64,
        /// How many packed bytes it has.
        length: u64,
    },
    /// Standard input.
    Standard,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Remote(url) => write!(f, "{url}"),
            Self::Range { url, offset, length } => write!(f, "{url}#{offset}+{length}"),
            Self::Standard => f.write_str("standard input"),
        }
    }
}

impl Origin {
    /// Takes a word for a file, an address, or `-` for standard input.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        match Url::parse(word) {
            Ok(url) if matches!(url.scheme(), "http" | "https" | "s3") => Self::Remote(url),
            _ if word == "-" => Self::Standard,
            _ => Self::File(PathBuf::from(word)),
        }
    }

    /// Returns the name of the file without its folder, by which records refer to it.
    #[must_use]
    pub fn file_name(&self) -> String {
        let last = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
        match self {
            Self::File(path) => {
                path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
            }
            Self::Remote(url) | Self::Range { url, .. } => last(url.path()),
            Self::Standard => "-".to_owned(),
        }
    }

    /// Returns a text that is another one when the file is another one, as far as can be told without reading it.
    #[must_use]
    pub fn identity(&self) -> String {
        let Self::File(path) = self else { return self.to_string() };
        let told = std::fs::metadata(path).ok();
        let size = told.as_ref().map_or(0, std::fs::Metadata::len);
        let changed = told
            .and_then(|told| told.modified().ok())
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
            .map_or(0, |since| since.as_nanos());
        format!("{} {size} {changed}", path.display())
    }

    /// Returns how many packed bytes it has, where that is known without asking anybody.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        match self {
            Self::File(path) => std::fs::metadata(path).ok().map(|told| told.len()),
            Self::Range { length, .. } => Some(*length),
            Self::Remote(_) | Self::Standard => None,
        }
    }
}

/// Why there is nothing to read.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// A pattern fits no file.
    #[error("no file fits `{0}`: check the folder and the pattern")]
    NoneFits(String),
    /// A pattern is none.
    #[error("`{pattern}` is no pattern: {why}")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// What is wrong.
        why: String,
    },
    /// A list cannot be read.
    #[error("the list `{path}` cannot be read: {why}")]
    List {
        /// The list.
        path: String,
        /// What is wrong.
        why: String,
    },
    /// A file cannot be opened or read.
    #[error("`{}`: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// A file elsewhere cannot be read.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// It is something else.
    #[error("`{input}` is not a web archive, but {kind}")]
    Other {
        /// The file.
        input: String,
        /// What it is, and what to do with it.
        kind: &'static str,
    },
}

/// Makes one list of the archives that were named.
///
/// A word is a file, a pattern such as `crawl/*.warc.gz`, an address or `-`. A list has one of these a line; a line that
/// starts with `#` is passed over. Lines of a list that are no address are joined to `base` where one is given, as the
/// public crawl publishes them. Lists may be gzip.
///
/// # Errors
///
/// [`InputError`] for a pattern that fits nothing and a list that cannot be read.
pub fn expand(
    words: &[String],
    lists: &[String],
    base: Option<&Url>,
    remotes: &Remotes,
) -> Result<Vec<Origin>, InputError> {
    let mut origins = expand_words(words)?;
    for list in lists {
        let failed = |why: String| InputError::List { path: list.clone(), why };
        for line in list_lines(list, remotes).map_err(failed)? {
            match base {
                Some(base) if !line.contains("://") => {
                    let url = base.join(&line).map_err(|error| failed(format!("`{line}`: {error}")))?;
                    origins.push(Origin::Remote(url));
                }
                _ => pattern(&line, &mut origins)?,
            }
        }
    }
    Ok(origins)
}

/// Makes a list of what words and patterns name.
///
/// # Errors
///
/// [`InputError`] for a pattern that fits nothing.
pub fn expand_words(words: &[String]) -> Result<Vec<Origin>, InputError> {
    let mut origins = Vec::new();
    for word in words {
        pattern(word, &mut origins)?;
    }
    Ok(origins)
}

/// Returns the lines of a list.
///
/// # Errors
///
/// What is wrong with it, in words.
pub fn list_lines(list: &str, remotes: &Remotes) -> Result<Vec<String>, String> {
    let said = |error: io::Error| error.to_string();
    let mut bytes = Vec::new();
    match Origin::parse(list) {
        Origin::Standard => {
            io::stdin().lock().take(MOST_LIST).read_to_end(&mut bytes).map_err(said)?;
        }
        Origin::Remote(url) => {
            bytes = remotes.whole(&url).map_err(|error| error.why)?.to_vec();
        }
        Origin::File(path) => {
            File::open(&path).map_err(said)?.take(MOST_LIST).read_to_end(&mut bytes).map_err(said)?;
        }
        Origin::Range { .. } => {}
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = Vec::new();
        MultiGzDecoder::new(bytes.as_slice()).take(MOST_LIST).read_to_end(&mut unpacked).map_err(said)?;
        bytes = unpacked;
    }
    let text = String::from_utf8(bytes).map_err(|_| "it is not text".to_owned())?;
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    Ok(lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect())
}

/// Adds what a word names; a pattern only where no file is called so.
fn pattern(word: &str, origins: &mut Vec<Origin>) -> Result<(), InputError> {
    let origin = Origin::parse(word);
    let is_pattern =
        matches!(&origin, Origin::File(path) if !path.exists()) && word.contains(['*', '?', '[']);
    if !is_pattern {
        origins.push(origin);
        return Ok(());
    }
    let found = glob::glob(word)
        .map_err(|error| InputError::Pattern { pattern: word.to_owned(), why: error.to_string() })?;
    let before = origins.len();
    // In the order of their names, whatever the folder's own is.
    let mut paths: Vec<PathBuf> = found.flatten().filter(|path| path.is_file()).collect();
    paths.sort();
    origins.extend(paths.into_iter().map(Origin::File));
    if origins.len() == before {
        return Err(InputError::NoneFits(word.to_owned()));
    }
    Ok(())
}

/// What an archive is read through.
pub trait Stream: BufRead + Seek + Send {}

impl<T: BufRead + Seek + Send> Stream for T {}

/// Opens an archive; with it comes its size, where known.
///
/// # Errors
///
/// [`InputError`] where it cannot be read or is no web archive.
pub fn open(origin: &Origin, remotes: &Remotes) -> Result<(Box<dyn Stream>, Option<u64>), InputError> {
    let named = PathBuf::from(origin.file_name());
    match origin {
        Origin::File(path) => {
            let failed = |cause| InputError::File { path: path.clone(), cause };
            let file = File::open(path).map_err(failed)?;
            let told = file.metadata().map_err(failed)?;
            if told.is_dir() {
                let kind = "a folder; name the archives in it, such as `FOLDER/*.warc.gz`";
                return Err(InputError::Other { input: origin.to_string(), kind });
            }
            if !told.is_file() {
                // A pipe: read it as it comes.
                return checked(Forward::new(file), origin, &named, None);
            }
            checked(BufReader::with_capacity(PORTION, file), origin, &named, Some(told.len()))
        }
        Origin::Remote(url) => {
            let file = remotes.open(url)?;
            let size = file.size();
            checked(BufReader::with_capacity(PORTION, file), origin, &named, Some(size))
        }
        Origin::Range { url, offset, length } => {
            let bytes = remotes.range(url, *offset..offset.saturating_add(*length))?.wait()?;
            Ok((Box::new(Cursor::new(bytes)), Some(*length)))
        }
        Origin::Standard => checked(Forward::new(io::stdin()), origin, &named, None),
    }
}

/// Looks at the first bytes, and goes back before them.
fn checked<S: BufRead + Seek + Send + 'static>(
    mut stream: S,
    origin: &Origin,
    named: &Path,
    size: Option<u64>,
) -> Result<(Box<dyn Stream>, Option<u64>), InputError> {
    let mut start = Vec::new();
    let path = PathBuf::from(origin.to_string());
    let failed = |cause| InputError::File { path: path.clone(), cause };
    stream.by_ref().take(START as u64).read_to_end(&mut start).map_err(failed)?;
    stream.seek(SeekFrom::Start(0)).map_err(failed)?;
    match sources::archive::refused(&start, named) {
        Some(kind) => Err(InputError::Other { input: origin.to_string(), kind }),
        None => Ok((Box::new(stream), size)),
    }
}

/// A stream that only goes forward, with a window to go back in a little.
struct Forward<R> {
    input: R,
    /// The bytes of the window, the newest last.
    window: Vec<u8>,
    /// Where in the stream the window begins.
    begins: u64,
    /// Where in the window the reader stands.
    at: usize,
}

impl<R: Read> Forward<R> {
    fn new(input: R) -> Self {
        Self { input, window: Vec::new(), begins: 0, at: 0 }
    }
}

impl<R: Read> Read for Forward<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let count = bytes.len().min(buffer.len());
        buffer[..count].copy_from_slice(&bytes[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Forward<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.window.len() {
            if self.window.len() >= 2 * WINDOW {
                // Half of it goes at once, so that bytes are moved rarely.
                self.window.drain(..self.at - WINDOW);
                self.begins += (self.at - WINDOW) as u64;
                self.at = WINDOW;
            }
            let end = self.window.len();
            self.window.resize(end + PORTION, 0);
            let read = loop {
                match self.input.read(&mut self.window[end..]) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    other => break other,
                }
            };
            self.window.truncate(end + read.as_ref().copied().unwrap_or(0));
            read?;
        }
        Ok(&self.window[self.at..])
    }

    fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.window.len());
    }
}

impl<R: Read> Seek for Forward<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let here = self.begins + self.at as u64;
        let wanted = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::Current(by) => here.checked_add_signed(by),
            SeekFrom::End(_) => None,
        };
        let far = || io::Error::new(io::ErrorKind::Unsupported, "a stream cannot go back so far");
        let wanted = wanted.ok_or_else(far)?;
        let inside = wanted.checked_sub(self.begins).ok_or_else(far)?;
        if let Ok(inside) = usize::try_from(inside)
            && inside <= self.window.len()
        {
            self.at = inside;
            return Ok(wanted);
        }
        self.at = self.window.len();
        let mut here = self.begins + self.window.len() as u64;
        while here < wanted {
            let bytes = self.fill_buf()?.len();
            if bytes == 0 {
                break;
            }
            let step = bytes.min(usize::try_from(wanted - here).unwrap_or(usize::MAX));
            self.consume(step);
            here += step as u64;
        }
        Ok(here)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_goes_forward_and_a_little_back() {
        let bytes: Vec<u8> = (0..20_000_000_u32).map(|n| u8::try_from(n % 251).unwrap()).collect();
        let mut stream = Forward::new(bytes.as_slice());
        for to in [0_usize, 70_000, 5, 9_000_000, 8_000_000, 19_999_990] {
            stream.seek(SeekFrom::Start(to as u64)).unwrap();
            let mut read = [0; 8];
            stream.read_exact(&mut read).unwrap();
            assert_eq!(read, bytes[to..to + 8], "at {to}");
        }
        assert!(stream.seek(SeekFrom::Start(0)).is_err(), "that is too far back");
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap();
        assert_eq!(rest.len(), 2);
    }

    #[test]
    fn words_patterns_and_lists_name_archives_in_order() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.warc.gz", "a.warc.gz", "c.txt"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let list = folder.path().join("list");
        std::fs::write(&list, "# the crawl\ncrawl-data/x.warc.gz\n\nhttps://other.example/y.warc\n").unwrap();
        let remotes = Remotes::new("test", Vec::new()).unwrap();
        let base = Url::parse("https://data.example/").unwrap();
        let word = |name: &str| folder.path().join(name).display().to_string();
        let found =
            expand(&[word("*.warc.gz"), "-".into()], &[list.display().to_string()], Some(&base), &remotes);
        let names: Vec<String> = found.unwrap().iter().map(Origin::to_string).collect();
        assert_eq!(
            names,
            [
                word("a.warc.gz"),
                word("b.warc.gz"),
                "standard input".into(),
                "https://data.example/crawl-data/x.warc.gz".into(),
                "https://other.example/y.warc".into(),
            ]
        );
        let error = expand(&[word("*.zip")], &[], None, &remotes).unwrap_err();
        assert!(error.to_string().contains("*.zip"), "{error}");
    }
}

//! The members of a gzip file, one after the other, each with its place in the file.
//!
//! A WARC file is compressed member by member so that a reader can jump to a record; to do so it must know where each
//! member begins, which the usual decoders hide. This one tells the place of every byte it gives, checks each member's
//! checksum, and after damage goes on at the next member that can be read.

use std::io::{self, BufRead, Seek};

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::{Fault, Place};

/// The size of one portion of unpacked bytes.
const PORTION: usize = 64 * 1024;
/// The most bytes that one member may unpack to: a bomb ends here.
const MAX_MEMBER: u64 = 4 << 30;
/// The longest name or comment in a member's header.
const MAX_NAME: usize = 64 * 1024;
/// How many bytes are read a second time at most while looking for the next sound member.
const MAX_REREAD: u64 = 256 << 20;

/// A stream of gzip members, read portion by portion.
pub(super) struct Members<R> {
    input: R,
    /// How many packed bytes were consumed.
    position: u64,
    /// Where the member being read begins.
    member: u64,
    /// How many bytes the member gave before the current portion.
    given: u64,
    inflate: Decompress,
    crc: Crc,
    inside: bool,
    portion: Box<[u8]>,
    start: usize,
    end: usize,
    reread: u64,
}

impl<R: BufRead + Seek> Members<R> {
    /// Reads from the member that begins at `position`, where `input` already stands.
    pub(super) fn new(input: R, position: u64) -> Self {
        Self {
            input,
            position,
            member: position,
            given: 0,
            inflate: Decompress::new(false),
            crc: Crc::new(),
            inside: false,
            portion: vec![0; PORTION].into_boxed_slice(),
            start: 0,
            end: 0,
            reread: 0,
        }
    }

    /// Returns the unpacked bytes at hand, all of one member; empty only at the end of the file.
    pub(super) fn fill(&mut self) -> Result<&[u8], Fault> {
        while self.start == self.end {
            if !self.inside && !self.open_member()? {
                return Ok(&[]);
            }
            self.unpack()?;
        }
        Ok(&self.portion[self.start..self.end])
    }

    /// Takes bytes off the portion that [`Members::fill`] returned.
    pub(super) fn consume(&mut self, count: usize) {
        self.start = (self.start + count).min(self.end);
    }

    /// Returns the place of the next byte that [`Members::fill`] has at hand.
    pub(super) fn place(&self) -> Place {
        Place { member: self.member, within: self.given + self.start as u64 }
    }

    /// Goes to the next thing after the last fault that looks like the start of a member; `false` at the end of file.
    pub(super) fn resync(&mut self) -> io::Result<bool> {
        self.inside = false;
        self.start = self.end;
        // A damaged member may have been read on into the next one, so the search begins right after its own start.
        let behind = self.position - self.member;
        if behind > 1 && self.reread + behind <= MAX_REREAD {
            self.reread += behind;
            // A stream may not go back so far: the search then begins here.
            let _ = self.go_to(self.member + 1);
        }
        loop {
            let bytes = self.input.fill_buf()?;
            if bytes.is_empty() {
                return Ok(false);
            }
            match memchr::memchr(0x1f, bytes) {
                None => {
                    let count = bytes.len();
                    self.skip(count);
                }
                Some(at) => {
                    self.skip(at);
                    let start = self.position;
                    let mut head = [0; 4];
                    match self.exact(&mut head) {
                        Ok(()) => {}
                        Err(Fault::Io(error)) => return Err(error),
                        Err(_) => return Ok(false),
                    }
                    let found = head[..3] == MAGIC && head[3] & 0xe0 == 0;
                    self.go_to(if found { start } else { start + 1 })?;
                    if found {
                        return Ok(true);
                    }
                }
            }
        }
    }

    /// Reads the header of the next member; `false` at the end of the file.
    fn open_member(&mut self) -> Result<bool, Fault> {
        // Some writers pad the file with zeros.
        loop {
            let bytes = self.input.fill_buf()?;
            if bytes.is_empty() {
                return Ok(false);
            }
            let zeros = bytes.iter().take_while(|&&b| b == 0).count();
            let padding = zeros == bytes.len();
            self.skip(zeros);
            if !padding {
                break;
            }
        }
        self.member = self.position;
        self.given = 0;
        self.start = 0;
        self.end = 0;
        let mut head = [0; 10];
        self.exact(&mut head)?;
        if head[..3] != MAGIC || head[3] & 0xe0 != 0 {
            return Err(Fault::Gzip("no gzip member begins here"));
        }
        let flags = head[3];
        if flags & 0x04 != 0 {
            let mut size = [0; 2];
            self.exact(&mut size)?;
            let mut extra = vec![0; usize::from(u16::from_le_bytes(size))];
            self.exact(&mut extra)?;
        }
        for flag in [0x08, 0x10] {
            if flags & flag != 0 {
                self.name()?;
            }
        }
        if flags & 0x02 != 0 {
            self.exact(&mut [0; 2])?;
        }
        self.inflate.reset(false);
        self.crc.reset();
        self.inside = true;
        Ok(true)
    }

    /// Unpacks the next portion, and checks the member's trailer when it ends.
    fn unpack(&mut self) -> Result<(), Fault> {
        self.given += self.end as u64;
        self.start = 0;
        self.end = 0;
        if self.given > MAX_MEMBER {
            return Err(Fault::Gzip("a gzip member unpacks to more than 4 GiB"));
        }
        loop {
            let input = self.input.fill_buf()?;
            if input.is_empty() {
                return Err(Fault::Truncated);
            }
            let (before_in, before_out) = (self.inflate.total_in(), self.inflate.total_out());
            let room = &mut self.portion[self.end..];
            let status = self
                .inflate
                .decompress(input, room, FlushDecompress::None)
                .map_err(|_| Fault::Gzip("damaged gzip data"))?;
            let taken = usize::try_from(self.inflate.total_in() - before_in).unwrap_or(usize::MAX);
            let given = usize::try_from(self.inflate.total_out() - before_out).unwrap_or(usize::MAX);
            self.skip(taken);
            self.crc.update(&self.portion[self.end..self.end + given]);
            self.end += given;
            match status {
                Status::StreamEnd => {
                    let mut trailer = [0; 8];
                    self.exact(&mut trailer)?;
                    let [a, b, c, d, rest @ ..] = trailer;
                    self.inside = false;
                    if u32::from_le_bytes([a, b, c, d]) != self.crc.sum()
                        || u32::from_le_bytes(rest) != self.crc.amount()
                    {
                        self.end = 0;
                        return Err(Fault::Gzip("a gzip checksum does not match"));
                    }
                    return Ok(());
                }
                _ if self.end == self.portion.len() => return Ok(()),
                _ if taken == 0 && given == 0 => return Err(Fault::Gzip("damaged gzip data")),
                _ => {}
            }
        }
    }

    /// Skips a name or comment, which ends with a zero byte.
    fn name(&mut self) -> Result<(), Fault> {
        for _ in 0..MAX_NAME {
            let mut byte = [0];
            self.exact(&mut byte)?;
            if byte == [0] {
                return Ok(());
            }
        }
        Err(Fault::Gzip("damaged gzip header"))
    }

    /// Fills a buffer, or reports the end of the file as truncation.
    fn exact(&mut self, buffer: &mut [u8]) -> Result<(), Fault> {
        self.input.read_exact(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => Fault::Truncated,
            _ => Fault::Io(error),
        })?;
        self.position += buffer.len() as u64;
        Ok(())
    }

    /// Goes to an offset nearby; within the buffer this costs nothing.
    fn go_to(&mut self, offset: u64) -> io::Result<()> {
        self.input.seek_relative(offset.cast_signed() - self.position.cast_signed())?;
        self.position = offset;
        Ok(())
    }

    fn skip(&mut self, count: usize) {
        self.input.consume(count);
        self.position += count as u64;
    }
}

/// How a gzip member begins: the magic number and the one compression method.
pub(super) const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

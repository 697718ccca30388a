//! Streams the records of a WARC file.
//!
//! Records are taken one at a time with [`Reader::record`]; a record's block is read on demand with [`Reader::block`] and
//! skipped otherwise, so a file of any size passes through a few buffers. After a fault the reader stands before the
//! next record it can make out; only the end of the file ends it. All kinds of gzip layout are read: a member a record
//! as the standard asks, one member for the whole file, or members that begin anywhere.

use std::io::{BufRead, Seek, SeekFrom};

use super::gzip::{self, Members};
use super::{Fault, Place};

/// The most bytes of a record's own header.
const MAX_HEAD: usize = 64 * 1024;

/// The kind of a record.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// About the file itself.
    Warcinfo,
    /// What a server answered.
    Response,
    /// A document without its HTTP headers.
    Resource,
    /// What a server was asked.
    Request,
    /// Notes about another record.
    Metadata,
    /// The same answer as an earlier one, kept without its body.
    Revisit,
    /// A document turned into something else (text, in WET files).
    Conversion,
    /// A further part of a record that was split.
    Continuation,
    /// A kind that the standard does not know.
    Other,
}

/// The header of a record.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Where the record begins.
    pub place: Place,
    /// How many bytes its block has, as it says itself.
    pub length: u64,
    lines: String,
}

impl Head {
    /// Returns a named field, without regard to case.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.lines.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.trim().eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// Returns the kind of the record.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.field("WARC-Type").unwrap_or_default().to_ascii_lowercase().as_str() {
            "warcinfo" => Kind::Warcinfo,
            "response" => Kind::Response,
            "resource" => Kind::Resource,
            "request" => Kind::Request,
            "metadata" => Kind::Metadata,
            "revisit" => Kind::Revisit,
            "conversion" => Kind::Conversion,
            "continuation" => Kind::Continuation,
            _ => Kind::Other,
        }
    }

    /// Returns the address that the record is about. Some writers put it in angle brackets.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        let field = self.field("WARC-Target-URI")?;
        Some(field.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).unwrap_or(field))
    }
}

/// Reads the records of a file in order.
pub struct Reader<R> {
    input: Input<R>,
    head: Head,
    /// Bytes of the current block that were not read yet.
    left: u64,
    /// A first line that was found while looking for the next record.
    found: Option<(Place, Vec<u8>)>,
    /// Whether nothing more can be read.
    ended: bool,
    /// Where the record that is being read, or was found wanting, begins.
    at: Option<Place>,
}

/// The two forms of a file.
enum Input<R> {
    Plain { input: R, position: u64 },
    Gzip(Box<Members<R>>),
}

impl<R: BufRead + Seek> Reader<R> {
    /// Reads a file from its start; whether it is gzip is seen from its first bytes.
    ///
    /// # Errors
    ///
    /// Returns [`Fault::Io`] if nothing can be read.
    pub fn new(input: R) -> Result<Self, Fault> {
        Self::at(input, Place::default())
    }

    /// Reads a file from a place that was told by an earlier reader of it.
    ///
    /// # Errors
    ///
    /// Returns [`Fault::Io`] if the file cannot be read there, and a gzip fault if it changed since.
    pub fn at(mut input: R, place: Place) -> Result<Self, Fault> {
        input.seek(SeekFrom::Start(place.member))?;
        let gzip = input.fill_buf()?.starts_with(&gzip::MAGIC);
        let input = if gzip {
            Input::Gzip(Box::new(Members::new(input, place.member)))
        } else {
            Input::Plain { input, position: place.member }
        };
        let mut reader = Self { input, head: Head::default(), left: 0, found: None, ended: false, at: None };
        reader.skip(place.within, None)?;
        Ok(reader)
    }

    /// Goes to the next record and returns its header; `None` at the end of the file.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the record; a further call goes on with the one after it. [`Fault::Truncated`] and
    /// [`Fault::Io`] are the last thing that is said, apart from `None`.
    pub fn record(&mut self) -> Result<Option<&Head>, Fault> {
        if self.ended {
            return Ok(None);
        }
        self.at = None;
        match self.advance() {
            Ok(true) => Ok(Some(&self.head)),
            Ok(false) => Ok(None),
            Err(fault) => {
                self.at = Some(self.place());
                Err(self.recover(fault))
            }
        }
    }

    /// Reads the block of the current record, at most `bound` bytes of it, and what is missing of it.
    ///
    /// What was read stays read: a further call gives the bytes after it.
    pub fn block(&mut self, bound: usize) -> (Vec<u8>, Option<Fault>) {
        let mut block = Vec::new();
        let count = self.left.min(bound as u64);
        let fault = self.skip(count, Some(&mut block)).err();
        (block, fault.map(|fault| self.recover(fault)))
    }

    /// Reads past the rest of the current record's block, so that damage in it is known.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the rest of the block.
    pub fn finish(&mut self) -> Result<(), Fault> {
        let left = self.left;
        self.skip(left, None).map_err(|fault| self.recover(fault))
    }

    /// Returns where the record begins that was read last, or in which the last fault was met.
    #[must_use]
    pub fn place(&self) -> Place {
        self.at.unwrap_or_else(|| self.input.place())
    }

    fn advance(&mut self) -> Result<bool, Fault> {
        self.skip(self.left, None)?;
        let (place, first) = match self.found.take() {
            Some(found) => found,
            None => loop {
                if self.input.fill()?.is_empty() {
                    return Ok(false);
                }
                let place = self.input.place();
                let line = self.line(MAX_HEAD)?;
                // Two empty lines end the record before.
                if !line.iter().all(u8::is_ascii_whitespace) {
                    break (place, line);
                }
            },
        };
        self.at = Some(place);
        if !opens_record(&first) {
            return Err(Fault::Record("no record begins here"));
        }
        self.head = Head { place, length: 0, lines: String::new() };
        let mut head = first;
        loop {
            let line = self.line(MAX_HEAD)?;
            if line.is_empty() {
                return Err(Fault::Truncated);
            }
            if line == b"\r\n" || line == b"\n" {
                break;
            }
            if head.len() + line.len() > MAX_HEAD {
                return Err(Fault::Record("a record header of more than 64 KiB"));
            }
            if line[0] == b' ' || line[0] == b'\t' {
                // A folded line belongs to the one before.
                head.truncate(head.trim_ascii_end().len());
            }
            head.extend_from_slice(&line);
        }
        self.head.lines = String::from_utf8_lossy(&head).into_owned();
        let length = self.head.field("Content-Length").and_then(|length| length.parse().ok());
        let Some(length) = length else {
            return Err(Fault::Record("a record without a valid Content-Length"));
        };
        self.head.length = length;
        self.left = length;
        Ok(true)
    }

    /// Makes sure that the next call goes on with a sound record, and hands the fault back.
    fn recover(&mut self, fault: Fault) -> Fault {
        self.left = 0;
        let search = match fault {
            Fault::Truncated | Fault::Io(_) => {
                self.ended = true;
                return fault;
            }
            Fault::Gzip(_) => match &mut self.input {
                Input::Gzip(members) => match members.resync() {
                    Ok(true) => Ok(()),
                    Ok(false) => return fault,
                    Err(error) => Err(error.into()),
                },
                Input::Plain { .. } => Ok(()),
            },
            Fault::Record(_) => self.find_record(),
        };
        match search {
            Err(Fault::Io(error)) => {
                self.ended = true;
                error.into()
            }
            // Damage met during the search is met again by the next call; it is the one to report it.
            _ => fault,
        }
    }

    /// Reads on to a line that opens a record.
    fn find_record(&mut self) -> Result<(), Fault> {
        loop {
            if self.input.fill()?.is_empty() {
                return Ok(());
            }
            let place = self.input.place();
            let line = self.line(MAX_HEAD)?;
            if opens_record(&line) {
                self.found = Some((place, line));
                return Ok(());
            }
        }
    }

    /// Reads a line with its end, or as much of it as the bound allows.
    fn line(&mut self, bound: usize) -> Result<Vec<u8>, Fault> {
        let mut line = Vec::new();
        loop {
            let bytes = self.input.fill()?;
            if bytes.is_empty() {
                return Ok(line);
            }
            let bytes = &bytes[..bytes.len().min(bound - line.len())];
            let end = memchr::memchr(b'\n', bytes);
            let count = end.map_or(bytes.len(), |at| at + 1);
            line.extend_from_slice(&bytes[..count]);
            self.input.consume(count);
            if end.is_some() || line.len() == bound {
                return Ok(line);
            }
        }
    }

    /// Takes `count` bytes off the input, into `block` if there is one.
    fn skip(&mut self, count: u64, mut block: Option<&mut Vec<u8>>) -> Result<(), Fault> {
        let mut wanted = count;
        while wanted > 0 {
            if block.is_none()
                && let Input::Plain { input, position } = &mut self.input
                && wanted > 1 << 16
            {
                // A plain file can be jumped over; one that ends before the record does is found out at the next byte.
                let jump = i64::try_from(wanted - 1).map_err(|_| Fault::Truncated)?;
                input.seek_relative(jump).map_err(|_| Fault::Truncated)?;
                *position += wanted - 1;
                self.left = self.left.saturating_sub(wanted - 1);
                wanted = 1;
            }
            let before = self.input.place();
            let opens = match self.input.fill()? {
                [] => return Err(Fault::Truncated),
                bytes => opens_record(bytes),
            };
            let place = self.input.place();
            if opens && place.member != before.member {
                return Err(Fault::Record("a record shorter than it says"));
            }
            let bytes = self.input.fill()?;
            let taken = bytes.len().min(usize::try_from(wanted).unwrap_or(usize::MAX));
            if let Some(block) = block.as_deref_mut() {
                block.extend_from_slice(&bytes[..taken]);
            }
            self.input.consume(taken);
            wanted -= taken as u64;
            self.left = self.left.saturating_sub(taken as u64);
        }
        Ok(())
    }
}

impl<R: BufRead + Seek> Input<R> {
    fn fill(&mut self) -> Result<&[u8], Fault> {
        match self {
            Self::Plain { input, .. } => Ok(input.fill_buf()?),
            Self::Gzip(members) => members.fill(),
        }
    }

    fn consume(&mut self, count: usize) {
        match self {
            Self::Plain { input, position } => {
                input.consume(count);
                *position += count as u64;
            }
            Self::Gzip(members) => members.consume(count),
        }
    }

    fn place(&self) -> Place {
        match self {
            Self::Plain { position, .. } => Place { member: *position, within: 0 },
            Self::Gzip(members) => members.place(),
        }
    }
}

/// Whether a line is the first of a record.
fn opens_record(line: &[u8]) -> bool {
    line.starts_with(b"WARC/1.") || line.starts_with(b"WARC/0.")
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::warc::sample::{gzip, page, record};

    /// Reads all records, a line for each record or fault, and reads each record again from its place.
    fn draw(file: &[u8]) -> String {
        let mut reader = Reader::new(Cursor::new(file)).unwrap();
        let mut lines = Vec::new();
        loop {
            match reader.record().map(Option::<&Head>::cloned) {
                Ok(Some(head)) => {
                    let (block, fault) = reader.block(1000);
                    let mut again = Reader::at(Cursor::new(file), head.place).unwrap();
                    assert_eq!(again.record().unwrap().and_then(Head::target), head.target());
                    assert_eq!(again.block(1000).0, block);
                    let fault = fault.map_or_else(String::new, |fault| format!(" ({fault})"));
                    let end = String::from_utf8_lossy(&block[block.len().saturating_sub(5)..]).into_owned();
                    lines.push(format!("{:?} {} …{end}{fault}", head.kind(), head.target().unwrap_or("-")));
                }
                Ok(None) => return lines.join("\n"),
                Err(fault) => lines.push(fault.to_string()),
            }
        }
    }

    /// Three pages as separate records.
    fn three() -> [Vec<u8>; 3] {
        ["one", "two", "three"].map(|name| page(&format!("https://lampen.example/{name}"), name))
    }

    #[test]
    fn every_layout_of_a_file_reads_alike() {
        let records = three();
        let plain = records.concat();
        let drawn = draw(&plain);
        insta::assert_snapshot!(drawn.replace("\r\n", "⏎"), @r"
        Response https://lampen.example/one …⏎one
        Response https://lampen.example/two …⏎two
        Response https://lampen.example/three …three
        ");
        let each = records.iter().map(|record| gzip(record)).collect::<Vec<_>>().concat();
        let anywhere = plain.chunks(100).map(gzip).collect::<Vec<_>>().concat();
        let padded = [each.clone(), vec![0; 1000]].concat();
        for (layout, file) in
            [("each", each), ("whole", gzip(&plain)), ("anywhere", anywhere), ("padded", padded)]
        {
            assert_eq!(draw(&file), drawn, "layout: {layout}");
        }
    }

    #[test]
    fn damage_costs_the_records_it_hits_and_no_others() {
        let [one, two, three] = three();
        let mut flipped = gzip(&two);
        let middle = flipped.len() / 2;
        flipped[middle] ^= 0x55;
        let short = String::from_utf8(two.clone())
            .unwrap()
            .replace("Content-Length: 4", "Content-Length: 94")
            .into_bytes();
        assert_ne!(short, two);
        let no_length =
            String::from_utf8(two.clone()).unwrap().replace("Content-Length", "Length").into_bytes();
        for (case, file, fault) in [
            ("flipped", [gzip(&one), flipped, gzip(&three)].concat(), "gzip"),
            ("short", [gzip(&one), gzip(&short), gzip(&three)].concat(), "a record shorter than it says"),
            (
                "no length",
                [one.clone(), no_length, three.clone()].concat(),
                "a record without a valid Content-Length",
            ),
            (
                "noise",
                [one.clone(), b"noise\nWARC noise\n".to_vec(), three.clone()].concat(),
                "no record begins here",
            ),
            (
                "gzip noise",
                [gzip(&one), b"noise \x1f\x8b noise".to_vec(), gzip(&three)].concat(),
                "no gzip member",
            ),
        ] {
            let drawn = draw(&file);
            assert!(drawn.contains("/one …") && drawn.contains("/three …three"), "case: {case}\n{drawn}");
            assert!(drawn.contains(fault), "case: {case}\n{drawn}");
        }
    }

    #[test]
    fn a_file_is_read_up_to_where_it_breaks_off() {
        let records = three();
        let gzipped: Vec<Vec<u8>> = records.iter().map(|record| gzip(record)).collect();
        for (case, records) in [("plain", records.to_vec()), ("gzip", gzipped)] {
            let sound = records[0].len() + records[1].len();
            let file = records.concat();
            for end in sound + 1..file.len() - 8 {
                let drawn = draw(&file[..end]);
                assert!(drawn.contains("/two …"), "{case} cut at {end}\n{drawn}");
                assert!(drawn.matches("breaks off").count() <= 1, "{case} cut at {end}\n{drawn}");
            }
            assert!(draw(&file[..file.len() - 20]).contains("breaks off"), "case: {case}");
            assert!(!draw(&file[..sound]).contains("breaks off"), "case: {case}");
        }
    }

    #[test]
    fn older_versions_and_odd_headers_are_read() {
        let file = "WARC/0.18\nWARC-Type: response\nwarc-target-uri: <https://lampen.example/>\nX: a\n b\nContent-Length: 2\n\nhi\n\n";
        let mut reader = Reader::new(Cursor::new(file)).unwrap();
        let head = reader.record().unwrap().unwrap();
        assert_eq!((head.target(), head.field("x")), (Some("https://lampen.example/"), Some("a b")));
        let other = record("strange", "https://lampen.example/", "", b"");
        let mut reader = Reader::new(Cursor::new(other)).unwrap();
        assert_eq!(reader.record().unwrap().unwrap().kind(), Kind::Other);
    }

    proptest::proptest! {
        #[test]
        fn no_file_however_damaged_makes_the_reader_loop_or_panic(
            changes in proptest::collection::vec((0_usize..2000, proptest::prelude::any::<u8>()), 0..6),
            packed in proptest::prelude::any::<bool>(),
        ) {
            let records = three();
            let mut file = if packed { records.iter().map(|r| gzip(r)).collect::<Vec<_>>().concat() } else { records.concat() };
            for (at, byte) in changes {
                let at = at % file.len();
                file[at] = byte;
            }
            let mut reader = Reader::new(Cursor::new(&file)).unwrap();
            let mut steps = 0;
            while !matches!(reader.record(), Ok(None)) {
                reader.block(100);
                steps += 1;
                assert!(steps <= file.len(), "the reader goes in circles");
            }
        }
    }
}

//! The feed: archives unpacked and cut into records, handed on in lots.
//!
//! It decides nothing of a page; it only leaves out what is no answer of a server (requests, metadata), and refuses an
//! archive of texts. The end of a part always falls before a sound record, so that a later run can begin there.

use std::collections::VecDeque;
use std::sync::Arc;

use sources::warc::{Fault, Head, Kind, Place, Reader, http};

use super::{Bad, Options, Position};
use crate::input::{self, Origin, Stream};
use crate::remote::{Pending, RemoteError, Remotes};

/// The most records of a lot.
const LOT_RECORDS: usize = 64;
/// The most bytes of a lot.
const LOT_BYTES: usize = 2 << 20;
/// The most bytes of HTTP headers that are kept with a page.
const HEADERS: usize = 256 << 10;
/// How many ranges are asked for ahead.
const AHEAD: usize = 8;
/// Why an archive of texts is refused.
const WET: &str = "a WET file: text without links or markup; take the WARC file that it was made from";

/// A record as it stands in the archive.
pub(super) struct Raw {
    pub(super) archive: Arc<str>,
    pub(super) place: Place,
    pub(super) target: Option<String>,
    pub(super) date: Option<String>,
    /// The type of a document that was kept without HTTP headers; none for an answer with them.
    pub(super) media: Option<String>,
    pub(super) block: Vec<u8>,
    /// Why something is missing at the end of the block.
    pub(super) cut: Option<&'static str>,
}

/// What the feed met.
pub(super) enum Fed {
    Raw(Raw),
    Bad(Bad),
    /// Something that is no page; told by what it is.
    Other(&'static str),
    /// An archive that cannot be read.
    Refused(String),
}

/// A lot of work.
pub(super) struct Work {
    pub(super) items: Vec<Fed>,
    /// Whether a part ends with it, and where the next one begins.
    pub(super) ends_part: Option<Position>,
    /// How many packed bytes of this run come before its end.
    pub(super) packed: u64,
}

/// An archive being read.
struct Open {
    reader: Reader<Box<dyn Stream>>,
    archive: Arc<str>,
    /// Where in the file its first byte lies: a range begins in the middle.
    base: u64,
    /// Where reading began in this run.
    from: u64,
    /// Whether a page or document was met.
    pages: bool,
    /// Kinds met: metadata, and all.
    metadata: u64,
    records: u64,
}

/// Reads archives one after the other.
pub(super) struct Feed<'a> {
    inputs: &'a [Origin],
    remotes: &'a Remotes,
    options: &'a Options,
    input: usize,
    start: Position,
    open: Option<Open>,
    /// A record whose header was read before the part ended.
    waiting: Option<Head>,
    /// Records of the current part.
    in_part: usize,
    /// Packed bytes of the archives that this run is done with.
    before: u64,
    ahead: VecDeque<(usize, Result<Pending, RemoteError>)>,
    ended: bool,
}

impl<'a> Feed<'a> {
    /// Begins at a position that an earlier run told, or at the start.
    pub(super) fn new(
        inputs: &'a [Origin],
        start: Position,
        options: &'a Options,
        remotes: &'a Remotes,
    ) -> Self {
        Self {
            inputs,
            remotes,
            options,
            input: start.input,
            start,
            open: None,
            waiting: None,
            in_part: 0,
            before: 0,
            ahead: VecDeque::new(),
            ended: start.input >= inputs.len(),
        }
    }

    /// Returns the next lot; `None` when all archives are read.
    pub(super) fn next(&mut self) -> Option<Work> {
        if self.ended {
            return None;
        }
        let mut items = Vec::with_capacity(LOT_RECORDS);
        let mut bytes = 0;
        loop {
            if items.len() >= LOT_RECORDS || bytes >= LOT_BYTES {
                return Some(self.lot(items, None));
            }
            if self.input >= self.inputs.len() {
                self.ended = true;
                let end = Position { input: self.input, member: 0, within: 0 };
                return Some(self.lot(items, Some(end)));
            }
            if self.open.is_none() {
                match self.open_next() {
                    Ok(open) => self.open = Some(open),
                    Err(why) => {
                        items.push(Fed::Refused(why));
                        self.leave();
                        continue;
                    }
                }
            }
            let waiting = self.waiting.take();
            let Some(open) = &mut self.open else { continue };
            let head = match waiting {
                Some(head) => head,
                None => match open.reader.record() {
                    Ok(Some(head)) => {
                        let head = head.clone();
                        if self.in_part >= self.options.part {
                            let Place { member, within } = head.place;
                            self.in_part = 0;
                            self.waiting = Some(head);
                            let next = Position { input: self.input, member: open.base + member, within };
                            return Some(self.lot(items, Some(next)));
                        }
                        head
                    }
                    Ok(None) => {
                        if let Some(why) = open.without_pages() {
                            items.push(Fed::Refused(format!("`{}` {why}", self.inputs[self.input])));
                        }
                        self.leave();
                        continue;
                    }
                    Err(fault) => {
                        self.in_part += 1;
                        items.push(open.bad(open.reader.place(), None, fault.reason()));
                        continue;
                    }
                },
            };
            match open.take(&head, self.options) {
                Ok(fed) => {
                    self.in_part += 1;
                    for fed in fed {
                        if let Fed::Raw(raw) = &fed {
                            bytes += raw.block.len();
                        }
                        items.push(fed);
                    }
                }
                Err(Skipped::Quietly) => {}
                Err(Skipped::Refused) => {
                    items.push(Fed::Refused(format!("`{}` is {WET}", self.inputs[self.input])));
                    self.leave();
                }
            }
        }
    }

    fn lot(&self, items: Vec<Fed>, ends_part: Option<Position>) -> Work {
        let inside =
            self.open.as_ref().map_or(0, |open| open.reader.place().member.saturating_sub(open.from));
        Work { items, ends_part, packed: self.before + inside }
    }

    /// Leaves the archive that is open.
    fn leave(&mut self) {
        let read = self.open.take().map_or(0, |open| open.from);
        self.before += self.inputs[self.input].size().unwrap_or_default().saturating_sub(read);
        self.waiting = None;
        self.input += 1;
    }

    /// Opens the current archive, at its start or where an earlier run was.
    fn open_next(&mut self) -> Result<Open, String> {
        let origin = &self.inputs[self.input];
        let (member, within) =
            if self.input == self.start.input { (self.start.member, self.start.within) } else { (0, 0) };
        let (stream, base): (Box<dyn Stream>, u64) = match origin {
            Origin::Range { offset, .. } => {
                let bytes = self.range()?;
                (Box::new(std::io::Cursor::new(bytes)), *offset)
            }
            origin => (input::open(origin, self.remotes).map_err(|error| error.to_string())?.0, 0),
        };
        let reader = Reader::at(stream, Place { member: member.saturating_sub(base), within })
            .map_err(|fault| format!("`{origin}`: {fault}"))?;
        Ok(Open {
            reader,
            archive: origin.file_name().into(),
            base,
            from: member.saturating_sub(base),
            // A part that was finished has met pages, or its archive would have been refused.
            pages: member > 0 || within > 0,
            metadata: 0,
            records: 0,
        })
    }

    /// Waits for the current range, and asks for those after it.
    fn range(&mut self) -> Result<bytes::Bytes, String> {
        let last = self.ahead.back().map_or(self.input, |(input, _)| input + 1).max(self.input);
        for input in last..self.inputs.len().min(self.input + AHEAD) {
            let Origin::Range { url, offset, length } = &self.inputs[input] else { break };
            self.ahead.push_back((input, self.remotes.range(url, *offset..offset.saturating_add(*length))));
        }
        while let Some((input, pending)) = self.ahead.pop_front() {
            if input == self.input {
                return pending.and_then(Pending::wait).map_err(|error| error.to_string());
            }
        }
        Err(format!("`{}` was not asked for", self.inputs[self.input]))
    }
}

/// Why a record gives nothing.
enum Skipped {
    /// It is about another record.
    Quietly,
    /// Its archive holds no pages but their texts.
    Refused,
}

impl Open {
    fn bad(&self, place: Place, url: Option<&str>, reason: &str) -> Fed {
        Fed::Bad(Bad {
            archive: self.archive.to_string(),
            offset: self.base + place.member,
            url: url.map(str::to_owned),
            reason: reason.to_owned(),
        })
    }

    /// Takes the current record.
    fn take(&mut self, head: &Head, options: &Options) -> Result<Vec<Fed>, Skipped> {
        self.records += 1;
        let kind = head.kind();
        match kind {
            Kind::Response | Kind::Resource => {}
            Kind::Revisit => {
                return Ok(vec![Fed::Other("kept without its body: the same as an earlier one")]);
            }
            Kind::Conversion if !self.pages => return Err(Skipped::Refused),
            Kind::Metadata => {
                self.metadata += 1;
                return Err(Skipped::Quietly);
            }
            Kind::Continuation => return Ok(vec![Fed::Other("a further part of a record that was split")]),
            Kind::Warcinfo | Kind::Request | Kind::Conversion | Kind::Other => return Err(Skipped::Quietly),
        }
        let target = head.target().map(str::to_owned);
        let web = target
            .as_deref()
            .is_some_and(|target| target.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http")));
        if target.is_some() && !web {
            return Ok(vec![Fed::Other("not of the web (dns, whois, metadata)")]);
        }
        self.pages = true;
        let (block, fault) = self.reader.block(options.page_bytes + HEADERS);
        // Damage behind what was read is known only by reading on.
        let fault = match fault {
            Some(fault) => Some(fault),
            None => self.reader.finish().err(),
        };
        let long = head.length > (options.page_bytes + HEADERS) as u64;
        let truncated = head.field("WARC-Truncated").is_some();
        let cut = match &fault {
            Some(fault) => Some(fault.reason()),
            None if long => Some("a page longer than the bound; its beginning was read"),
            None if truncated => Some("a page that the crawl cut; its beginning was read"),
            None => None,
        };
        // What is damaged in the middle is not to be believed; what breaks off is, up to there.
        if let Some(fault) = &fault
            && !matches!(fault, Fault::Truncated)
        {
            return Ok(vec![self.bad(head.place, target.as_deref(), fault.reason())]);
        }
        let is_answer = kind == Kind::Response || http::status(&block).is_some();
        let media = (!is_answer).then(|| head.field("Content-Type").unwrap_or_default().to_owned());
        Ok(vec![Fed::Raw(Raw {
            archive: self.archive.clone(),
            place: Place { member: self.base + head.place.member, within: head.place.within },
            target,
            date: head.field("WARC-Date").map(str::to_owned),
            media,
            block,
            cut,
        })])
    }

    /// Says why an archive that was read to its end holds no page; `None` where it holds one.
    fn without_pages(&self) -> Option<&'static str> {
        match (self.pages, self.records) {
            (true, _) => None,
            (false, 0) => Some("holds no records"),
            (false, records) if self.metadata > 0 && records <= self.metadata + 1 => {
                Some("holds only metadata, as a WAT file does; take the WARC file that it was made from")
            }
            (false, _) => Some("holds no page"),
        }
    }
}

//! From files, folders and packed folders to messages. What cannot be read is named with its cause, and the rest goes on.
//!
//! Bounded: single mails and chats by their size, mailboxes by the size of each mail in them, packed folders by what
//! they unpack to, and all of it by the bytes that are held at once. Links in folders are not followed; a name that
//! climbs out of a packed folder is refused.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use ladder::Channel;
use reading::message::calendar::{self, Appointment};
use reading::message::mbox::Splitter;
use reading::message::transcript::How;
use reading::message::{
    Attached, Form, Message, Order, mail, plain_name, records, sms, transcript, whatsapp,
};

use super::Fault;

/// The most bytes of one text file (a chat, a backup, a calendar).
const MOST_TEXT: u64 = 128 << 20;
/// The most bytes of messages and files that are held at once.
const MOST_HELD: u64 = 1 << 30;
/// The most bytes of one file of a packed folder, the most that it may grow by, and the most files.
const MOST_PACKED: u64 = 128 << 20;
const MOST_GROWTH: u64 = 200;
const MOST_FILES: usize = 20_000;
/// How deep folders are walked.
const DEEPEST: usize = 8;

/// Where messages come from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// A file or a folder.
    Path(PathBuf),
    /// Bytes that a face was given, with the name of their file.
    Bytes {
        /// The name.
        name: String,
        /// The bytes: they may wait for a look at the next page of the same messages.
        bytes: Arc<[u8]>,
    },
    /// A mail of a mailbox.
    Mail {
        /// The mailbox and its number there.
        name: String,
        /// The bytes, or the first of them.
        bytes: Vec<u8>,
        /// How many more there are.
        dropped: u64,
    },
}

/// How to read them.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// The form, where the user names one.
    pub(super) form: Option<Form>,
    /// The day on which a chat began.
    pub(super) on: Option<Date>,
    /// The order of days in numbers.
    pub(super) order: Option<Order>,
    /// Today.
    pub(super) today: Date,
}

/// One thing found.
#[derive(Debug)]
pub(super) struct Found {
    /// The file it came from, as shown.
    pub(super) file: String,
    /// Whether the user named this very thing, rather than a mailbox or folder that holds it.
    pub(super) named: bool,
    /// What it is.
    pub(super) what: Thing,
}

/// A message or an appointment.
#[derive(Debug)]
pub(super) enum Thing {
    /// A mail, with its bytes.
    Mail(Box<Message>, Vec<u8>),
    /// A chat: its messages and the file itself, as proof. Text messages of a whole telephone have none.
    Chat(Vec<Message>, Option<Attached>),
    /// An appointment.
    Appointment(Box<Appointment>),
}

/// What was found, and what could not be read.
pub(super) struct Gathered<'w> {
    how: &'w Reading,
    /// Whether a mail is wanted at all: asked before its bytes are held.
    wants: &'w dyn Fn(&Message) -> bool,
    pub(super) found: Vec<Found>,
    pub(super) faults: Vec<Fault>,
    held: u64,
    full: bool,
}

impl<'w> Gathered<'w> {
    /// Reads every origin.
    pub(super) fn of(
        origins: &[Origin],
        how: &'w Reading,
        wants: &'w dyn Fn(&Message) -> bool,
    ) -> Gathered<'w> {
        let mut all = Self { how, wants, found: Vec::new(), faults: Vec::new(), held: 0, full: false };
        for origin in origins {
            match origin {
                Origin::Path(path) => all.path(path, 0, true),
                Origin::Mail { name, bytes, dropped } => all.mail(name, bytes.clone(), *dropped, false),
                Origin::Bytes { name, bytes } => {
                    let file = plain_name(name);
                    all.bytes(&file, bytes, true, &mut |_| None);
                }
            }
        }
        all
    }

    fn fault(&mut self, file: &str, why: impl Into<String>) {
        self.faults.push(Fault { file: file.to_owned(), why: why.into() });
    }

    /// Counts bytes that are to be held; says once where there is no room.
    fn room(&mut self, file: &str, bytes: usize) -> bool {
        self.held += u64::try_from(bytes).unwrap_or(u64::MAX);
        if self.held > MOST_HELD {
            if !self.full {
                self.full = true;
                self.fault(file, "more than 1 GB was found, and the rest was not read: narrow it down with --with or --since");
            }
            return false;
        }
        true
    }

    /// Reads a file or a folder.
    fn path(&mut self, path: &Path, depth: usize, named: bool) {
        let shown = path.display().to_string();
        let meta = match fs::symlink_metadata(path) {
            // What the user names may be a link; what stands in a folder is not followed.
            Ok(meta) if meta.is_symlink() && named => fs::metadata(path),
            other => other,
        };
        let meta = match meta {
            Ok(meta) => meta,
            Err(error) => return self.fault(&shown, crate::broken::cause(&error)),
        };
        if meta.is_symlink() {
            return self
                .fault(&shown, "it is a link that may lead out of the folder, so it was not followed");
        }
        if meta.is_dir() {
            return self.folder(path, depth);
        }
        if !meta.is_file() {
            return self.fault(&shown, "it is no file");
        }
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) => return self.fault(&shown, crate::broken::cause(&error)),
        };
        let mut reader = BufReader::with_capacity(1 << 16, file);
        let first = match reader.fill_buf() {
            Ok(first) => first.to_vec(),
            Err(error) => return self.fault(&shown, error.to_string()),
        };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let form = self.how.form.or_else(|| Form::of(&first, &name));
        match form {
            Some(Form::Mbox) => self.mbox(&shown, reader),
            Some(Form::Zip) => match File::open(path) {
                Ok(file) => self.zip(&shown, file),
                Err(error) => self.fault(&shown, error.to_string()),
            },
            _ => {
                let bound = if form == Some(Form::Mail) {
                    u64::try_from(mail::MOST_BYTES).unwrap_or(MOST_TEXT)
                } else {
                    MOST_TEXT
                };
                let mut bytes = Vec::new();
                if let Err(error) = reader.take(bound).read_to_end(&mut bytes) {
                    return self.fault(&shown, error.to_string());
                }
                let dropped = meta.len().saturating_sub(bound);
                if form == Some(Form::Mail) {
                    return self.mail(&shown, bytes, dropped, named);
                }
                if dropped > 0 {
                    return self.fault(
                        &shown,
                        format!(
                            "it has {} MB, but a chat or calendar can have {} MB at most",
                            meta.len() >> 20,
                            MOST_TEXT >> 20
                        ),
                    );
                }
                let folder = path.parent().map(Path::to_owned).unwrap_or_default();
                self.bytes(&shown, &bytes, named, &mut |name| {
                    let beside = folder.join(plain_name(name));
                    let meta = fs::symlink_metadata(&beside).ok()?;
                    (meta.is_file() && meta.len() <= MOST_PACKED).then(|| fs::read(&beside).ok()).flatten()
                });
            }
        }
    }

    /// Reads a folder: a Maildir, or one of saved mails and chats.
    fn folder(&mut self, path: &Path, depth: usize) {
        let shown = path.display().to_string();
        if depth > DEEPEST {
            return self.fault(&shown, "it is too many folders down: name it directly");
        }
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => return self.fault(&shown, error.to_string()),
        };
        let mut paths: Vec<PathBuf> =
            entries.filter_map(|entry| Some(entry.ok()?.path())).take(MOST_FILES + 1).collect();
        if paths.len() > MOST_FILES {
            paths.truncate(MOST_FILES);
            self.fault(&shown, format!("it has more than {MOST_FILES} files: the others were not read"));
        }
        paths.sort();
        // Of a Maildir the mails count, not what is half delivered or kept for the program itself.
        let maildir = path.join("cur").is_dir() && path.join("new").is_dir();
        for path in paths {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let own = maildir && (name == "tmp" || !path.is_dir());
            let picture =
                ["jpg", "jpeg", "png", "gif", "webp", "opus", "mp4", "m4a", "pdf", "vcf", "aac", "mp3"];
            let media = path
                .extension()
                .and_then(|e| e.to_str())
                .is_some_and(|e| picture.contains(&e.to_ascii_lowercase().as_str()));
            // Media beside a chat are taken with the line that names them.
            if !own && !media && (!name.starts_with('.') || maildir) {
                self.path(&path, depth + 1, false);
            }
        }
    }

    /// Reads a mailbox, mail by mail.
    fn mbox(&mut self, shown: &str, mut reader: BufReader<impl io::Read>) {
        let mut splitter = Splitter::new(mail::MOST_BYTES);
        let mut line = Vec::new();
        let mut number = 0_u32;
        let mut goes_on = false;
        loop {
            line.clear();
            match reader.by_ref().take(1 << 20).read_until(b'\n', &mut line) {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => {
                    self.fault(shown, format!("it cannot be read any further: {error}"));
                    break;
                }
            }
            let part = if goes_on {
                splitter.more(&line);
                None
            } else {
                splitter.line(&line)
            };
            goes_on = !line.ends_with(b"\n");
            if let Some(part) = part {
                number += 1;
                self.mail(&format!("{shown}, mail {number}"), part.bytes, part.dropped, false);
            }
            if self.full {
                return;
            }
        }
        if let Some(part) = splitter.end() {
            self.mail(&format!("{shown}, mail {}", number + 1), part.bytes, part.dropped, number == 0);
        }
    }

    fn mail(&mut self, shown: &str, bytes: Vec<u8>, dropped: u64, named: bool) {
        match mail::read(&bytes, dropped) {
            Err(error) => self.fault(shown, error.to_string()),
            Ok(message) if !(self.wants)(&message) => {}
            Ok(message) => {
                let attached: usize = message.attached.iter().map(|file| file.bytes.len()).sum();
                if self.room(shown, bytes.len() + attached) {
                    self.found.push(Found {
                        file: shown.to_owned(),
                        named,
                        what: Thing::Mail(Box::new(message), bytes),
                    });
                }
            }
        }
    }

    /// Reads a file whose bytes are there; `beside` gives the files that a chat names.
    fn bytes(
        &mut self,
        shown: &str,
        bytes: &[u8],
        named: bool,
        beside: &mut dyn FnMut(&str) -> Option<Vec<u8>>,
    ) {
        let Some(form) = self.how.form.or_else(|| Form::of(bytes, shown)) else {
            let why = if bytes.is_empty() {
                "it is empty"
            } else {
                "it is neither mail, chat, text messages nor calendar"
            };
            return self.fault(shown, why);
        };
        let how = self.how;
        let text = || reading::charset::decode(bytes, None).text;
        let chat = |channel| How { channel, on: how.on, order: how.order, today: how.today };
        let (read, proof) = match form {
            Form::Mail => return self.mail(shown, bytes.to_vec(), 0, named),
            Form::Mbox => return self.mbox(shown, BufReader::new(Cursor::new(bytes))),
            Form::Zip => return self.zip(shown, Cursor::new(bytes)),
            Form::Calendar => {
                match calendar::read(&text()) {
                    Err(error) => self.fault(shown, error.to_string()),
                    Ok(all) => self.found.extend(all.into_iter().map(|one| Found {
                        file: shown.to_owned(),
                        named,
                        what: Thing::Appointment(Box::new(one)),
                    })),
                }
                return;
            }
            Form::WhatsApp => (whatsapp::read(&text(), how.today, how.order), true),
            Form::Transcript => (transcript::read(&text(), &chat(Channel::Chat)), true),
            Form::Records => (records::read(&text()), true),
            // The messages of a whole telephone are nobody's business but the owner's: the file itself is not kept.
            Form::Sms => match Form::of(bytes, shown) {
                Some(Form::Sms) => (sms::read(&text()), false),
                _ => (transcript::read(&text(), &chat(Channel::Messaging)), false),
            },
        };
        match read {
            Err(error) => self.fault(shown, error.to_string()),
            Ok(mut messages) => {
                for message in &mut messages {
                    for name in std::mem::take(&mut message.refers) {
                        match beside(&name) {
                            Some(bytes) if self.room(shown, bytes.len()) => {
                                message.attached.push(Attached { name, media: None, bytes });
                            }
                            _ => {
                                message
                                    .notes
                                    .push(format!("`{name}` was sent here and is not in the export"));
                            }
                        }
                    }
                }
                let name = plain_name(shown);
                let file = (proof && self.room(shown, bytes.len())).then(|| Attached {
                    name,
                    media: None,
                    bytes: bytes.to_vec(),
                });
                self.found.push(Found { file: shown.to_owned(), named, what: Thing::Chat(messages, file) });
            }
        }
    }

    /// Reads a packed folder: the chats and mails in it, with the media that they name.
    fn zip(&mut self, shown: &str, file: impl io::Read + io::Seek) {
        let mut zip = match zip::ZipArchive::new(file) {
            Ok(zip) => zip,
            Err(error) => return self.fault(shown, format!("it cannot be unpacked: {error}")),
        };
        if zip.len() > MOST_FILES {
            return self.fault(shown, format!("it has {} files, but {MOST_FILES} is the limit", zip.len()));
        }
        let names: Vec<String> =
            zip.file_names_raw().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        let is_media = |name: &str| {
            let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
            !["txt", "eml", "mbox", "json", "xml", "ics"].contains(&ending.as_str())
        };
        for (at, name) in names.iter().enumerate() {
            let inner = format!("{shown}, `{name}`");
            if name.split(['/', '\\']).any(|part| part == "..") || name.starts_with(['/', '\\']) {
                self.fault(&inner, "its name points outside the folder, so it was left out");
                continue;
            }
            if name.ends_with('/') || is_media(name) {
                continue;
            }
            let bytes = match unpack(&mut zip, at) {
                Ok(bytes) => bytes,
                Err(why) => {
                    self.fault(&inner, why);
                    continue;
                }
            };
            if Form::of(&bytes, name) == Some(Form::Zip) {
                self.fault(&inner, "a packed folder within a packed folder is not opened");
                continue;
            }
            let mut refused: Vec<Fault> = Vec::new();
            let mut beside = |wanted: &str| {
                let at = names.iter().position(|name| {
                    !name.split(['/', '\\']).any(|part| part == "..")
                        && plain_name(name) == plain_name(wanted)
                })?;
                match unpack(&mut zip, at) {
                    Ok(bytes) => Some(bytes),
                    Err(why) => {
                        refused.push(Fault { file: format!("{shown}, `{wanted}`"), why });
                        None
                    }
                }
            };
            self.bytes(&inner, &bytes, true, &mut beside);
            self.faults.append(&mut refused);
        }
    }
}

/// Unpacks one file, to a bound of size and of growth.
fn unpack(zip: &mut zip::ZipArchive<impl io::Read + io::Seek>, at: usize) -> Result<Vec<u8>, String> {
    let file = zip.by_index(at).map_err(|error| format!("it cannot be unpacked: {error}"))?;
    // What is small may shrink as far as it likes; the sizes that a bomb tells are not believed.
    let bound = (file.compressed_size().saturating_mul(MOST_GROWTH)).clamp(4 << 20, MOST_PACKED);
    let mut bytes = Vec::new();
    file.take(bound + 1).read_to_end(&mut bytes).map_err(|error| format!("it is damaged: {error}"))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > bound {
        return Err(format!(
            "it unpacks to more than {} MB, as harmful files do, so it was left out",
            bound >> 20
        ));
    }
    Ok(bytes)
}

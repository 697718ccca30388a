//! Parts: what is on the disk while a run works, and how a killed run is taken up.
//!
//! The folder `NAME.parts` holds for each finished part its records and its bad records, and `run.jsonl`: a first line that
//! says what is read and how, then a line a finished part with the place of the next record. A part counts once its line
//! is there; it is written after its files are on the disk, so a kill at any instant leaves whole parts and perhaps one
//! half, which is written anew. At the end the parts are joined, the whole takes its name, and the folder goes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::page::Done;
use super::{ExtractError, Extracted, Options, Position, Tally};
use crate::input::Origin;
use crate::table::{self, Writer};

/// The form of the folder.
const FORM: u32 = 1;

/// What a run reads and how.
#[derive(Debug, Deserialize, Eq, PartialEq, Serialize)]
struct Plan {
    form: u32,
    program: String,
    options: String,
    /// A hash of the names, sizes and times of the archives.
    inputs: String,
}

/// A finished part.
#[derive(Debug, Deserialize, Serialize)]
struct Finished {
    part: u64,
    next: Position,
    tally: Tally,
}

/// The parts of a run.
pub(super) struct Parts {
    folder: PathBuf,
    to: PathBuf,
    lines: bool,
    log: File,
    finished: u64,
    resumed: u64,
    next: Position,
    /// What was read in all, and in the current part.
    tally: Tally,
    current: Tally,
    records: Option<Writer>,
    bad: Option<BufWriter<File>>,
}

/// Returns a path with something added to its name.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}

fn disk(path: &Path) -> impl Fn(io::Error) -> ExtractError {
    let path = path.to_owned();
    move |cause| ExtractError::Disk { path: path.clone(), cause }
}

impl Parts {
    /// Makes the folder, or takes up what a killed run left in it.
    pub(super) fn open(inputs: &[Origin], to: &Path, options: &Options) -> Result<Self, ExtractError> {
        let folder = beside(to, ".parts");
        if to.exists() && !folder.exists() {
            return Err(ExtractError::Exists(to.to_owned()));
        }
        if options.restart && folder.exists() {
            fs::remove_dir_all(&folder).map_err(disk(&folder))?;
        }
        fs::create_dir_all(&folder).map_err(disk(&folder))?;
        let plan = Plan {
            form: FORM,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            options: format!(
                "country {} lines {} part {} bytes {}",
                options.country.map_or_else(|| "-".to_owned(), |country| country.code().to_owned()),
                options.lines,
                options.part,
                options.page_bytes
            ),
            inputs: fingerprint(inputs),
        };
        let path = folder.join("run.jsonl");
        let mut finished: Vec<Finished> = Vec::new();
        let mut sound = 0;
        if let Ok(file) = File::open(&path) {
            let mut lines = BufReader::new(file);
            let mut line = Vec::new();
            let mut first = true;
            loop {
                line.clear();
                lines.read_until(b'\n', &mut line).map_err(disk(&path))?;
                // A line without its end is the half of one that a kill left.
                if !line.ends_with(b"\n") {
                    break;
                }
                if first {
                    let Ok(found) = serde_json::from_slice::<Plan>(&line) else { break };
                    found.check(&plan, &folder)?;
                    first = false;
                } else {
                    match serde_json::from_slice::<Finished>(&line) {
                        Ok(one) if one.part == finished.len() as u64 => finished.push(one),
                        _ => break,
                    }
                }
                sound += line.len() as u64;
            }
        }
        // A run that was killed after the output took its name, and before the folder went, is at its end; any other
        // file of that name is somebody else's.
        if to.exists() && finished.last().is_none_or(|last| last.next.input < inputs.len()) {
            return Err(ExtractError::Exists(to.to_owned()));
        }
        let log =
            OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(disk(&path))?;
        log.set_len(sound).map_err(disk(&path))?;
        let mut parts = Self {
            folder,
            to: to.to_owned(),
            lines: options.lines,
            log,
            finished: finished.len() as u64,
            resumed: finished.len() as u64,
            next: finished.last().map_or_else(Position::default, |last| last.next),
            tally: Tally::default(),
            current: Tally::default(),
            records: None,
            bad: None,
        };
        io::Seek::seek(&mut parts.log, io::SeekFrom::End(0)).map_err(disk(&path))?;
        for one in &finished {
            parts.tally.join(&one.tally);
        }
        if sound == 0 {
            parts.note(&plan)?;
        }
        Ok(parts)
    }

    /// Returns where the next part begins.
    pub(super) const fn next(&self) -> Position {
        self.next
    }

    /// Returns what was read so far.
    pub(super) const fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Writes a line of the log, and has it on the disk.
    fn note(&mut self, line: &impl Serialize) -> Result<(), ExtractError> {
        let failed = disk(&self.folder);
        let mut text = serde_json::to_vec(line).map_err(|error| failed(error.into()))?;
        text.push(b'\n');
        self.log.write_all(&text).and_then(|()| self.log.sync_data()).map_err(failed)
    }

    fn name(&self, part: u64, ending: &str) -> PathBuf {
        self.folder.join(format!("part-{part:06}.{ending}"))
    }

    const fn ending(&self) -> &'static str {
        if self.lines { "jsonl" } else { "parquet" }
    }

    /// Takes a lot that was done, and ends the part where it ends.
    pub(super) fn take(&mut self, done: Done) -> Result<(), ExtractError> {
        let Done { records, bad, tally, ends_part, packed: _ } = done;
        if self.records.is_none() {
            let path = self.name(self.finished, self.ending());
            self.records = Some(Writer::create(&path, self.lines)?);
        }
        if let Some(writer) = &mut self.records {
            writer.add(records)?;
        }
        if self.bad.is_none() {
            let path = self.name(self.finished, "bad.jsonl");
            self.bad = Some(BufWriter::new(File::create(&path).map_err(disk(&path))?));
        }
        if let Some(out) = &mut self.bad {
            for one in &bad {
                let failed = disk(&self.folder);
                serde_json::to_writer(&mut *out, one).map_err(|error| failed(error.into()))?;
                out.write_all(b"\n").map_err(failed)?;
            }
        }
        self.tally.join(&tally);
        self.current.join(&tally);
        if let Some(next) = ends_part {
            self.end(next)?;
        }
        Ok(())
    }

    /// Ends a part.
    fn end(&mut self, next: Position) -> Result<(), ExtractError> {
        if let Some(writer) = self.records.take() {
            writer.finish()?;
        }
        if let Some(out) = self.bad.take() {
            let failed = disk(&self.folder);
            let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
            file.sync_all().map_err(failed)?;
        }
        let finished = Finished { part: self.finished, next, tally: std::mem::take(&mut self.current) };
        self.note(&finished)?;
        self.finished += 1;
        self.next = next;
        Ok(())
    }

    /// Joins the parts under the name of the output.
    pub(super) fn finish(self, inputs: &[Origin]) -> Result<Extracted, ExtractError> {
        if self.tally.refused.len() >= inputs.len() && self.tally.pages == 0 {
            fs::remove_dir_all(&self.folder).map_err(disk(&self.folder))?;
            return Err(ExtractError::AllRefused(self.tally.refused));
        }
        let whole = self.folder.join("whole");
        let parts: Vec<PathBuf> = (0..self.finished).map(|part| self.name(part, self.ending())).collect();
        if self.lines {
            concatenate(&parts, &whole)?;
        } else {
            table::join(&parts, &whole)?;
        }
        let bad_file = beside(&self.to, ".bad.jsonl");
        let any_bad = !self.tally.bad.is_empty();
        if any_bad {
            let bad: Vec<PathBuf> = (0..self.finished).map(|part| self.name(part, "bad.jsonl")).collect();
            let joined = self.folder.join("bad");
            concatenate(&bad, &joined)?;
            fs::rename(&joined, &bad_file).map_err(disk(&bad_file))?;
        }
        fs::rename(&whole, &self.to).map_err(disk(&self.to))?;
        fs::remove_dir_all(&self.folder).map_err(disk(&self.folder))?;
        Ok(Extracted {
            to: self.to,
            bad_file: any_bad.then_some(bad_file),
            tally: self.tally,
            resumed_parts: self.resumed,
        })
    }
}

impl Plan {
    fn check(&self, wanted: &Self, folder: &Path) -> Result<(), ExtractError> {
        let what = if (self.form, &self.program) != (wanted.form, &wanted.program) {
            "program"
        } else if self.inputs != wanted.inputs {
            "archives"
        } else if self.options != wanted.options {
            "options"
        } else {
            return Ok(());
        };
        Err(ExtractError::OtherRun { folder: folder.to_owned(), what })
    }
}

/// Returns a hash of what the archives are.
fn fingerprint(inputs: &[Origin]) -> String {
    let mut hash = Sha256::new();
    for input in inputs {
        hash.update(input.identity());
        hash.update(b"\n");
    }
    let digit = |four: u8| char::from(b"0123456789abcdef"[usize::from(four)]);
    hash.finalize().iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Writes files one after the other into one.
fn concatenate(parts: &[PathBuf], whole: &Path) -> Result<(), ExtractError> {
    let mut out = File::create(whole).map_err(disk(whole))?;
    for part in parts {
        let mut file = File::open(part).map_err(disk(part))?;
        io::copy(&mut file, &mut out).map_err(disk(whole))?;
    }
    out.sync_all().map_err(disk(whole))
}

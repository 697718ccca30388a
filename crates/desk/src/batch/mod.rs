//! `batch`: ladders for a list of companies, for journalists, advice centres and keepers of directories.
//!
//! Several sites are read at once, one site never by two; each as politely as by `find`. An answer is on the disk before
//! the next is begun, so a run that was killed goes on with the companies that are missing. [`list`] reads the list,
//! [`output`] writes the answers in its order, [`report`] shows what was found of whom.

mod list;
mod output;
mod report;

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures_util::StreamExt as _;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::Mutex;

use crate::find::{self, FindRequest};
use list::Asked;

/// What to ask, and how.
#[derive(Clone, Debug)]
pub struct BatchRequest {
    /// The list: CSV, or a company a line.
    pub list: PathBuf,
    /// The file for the answers; its ending tells the form: `.csv`, `.json`, `.jsonl` or `.parquet`.
    pub to: PathBuf,
    /// The file for the report.
    pub report: Option<PathBuf>,
    /// How many sites are read at once.
    pub at_once: usize,
    /// Whether answers of an earlier run are thrown away.
    pub restart: bool,
    /// How each company is asked for; its name is put in, and its country where the list gives one.
    pub each: FindRequest,
}

/// What was done.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct BatchAnswer {
    /// The file with the answers.
    pub to: PathBuf,
    /// The report, where one was asked for.
    pub report: Option<PathBuf>,
    /// Companies of the list.
    pub companies: usize,
    /// Those with a contact above the front line.
    pub with_way_up: usize,
    /// Those with some contact.
    pub with_contacts: usize,
    /// Those that could not be asked.
    pub failed: usize,
    /// Those that an earlier run had answered.
    pub resumed: usize,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// The list cannot be read.
    #[error("the list `{}`: {why}", path.display())]
    List {
        /// The list.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The form of the answers is not known.
    #[error("`{}` tells no form of the answers: let it end with .csv, .json, .jsonl or .parquet", .0.display())]
    Form(PathBuf),
    /// A file is there already.
    #[error("`{}` is there already: choose another name, or move it away", .0.display())]
    Exists(PathBuf),
    /// What an earlier run left is of another list.
    #[error("`{}` holds the answers of another list; begin anew with --restart", .0.display())]
    OtherList(PathBuf),
    /// The disk failed.
    #[error("`{}`: {cause}", path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// The answers cannot be written as columns.
    #[error(transparent)]
    Table(#[from] columnar::table::TableError),
}

impl BatchError {
    /// Returns whether the words of the command were wrong, rather than the world.
    #[must_use]
    pub const fn is_usage(&self) -> bool {
        matches!(self, Self::Form(_))
    }
}

/// How far a batch is.
#[derive(Clone, Copy, Debug)]
pub struct BatchProgress<'a> {
    /// Companies done.
    pub done: usize,
    /// Companies of the list.
    pub all: usize,
    /// The company done last.
    pub company: &'a str,
}

/// One answer, as it is kept until the end.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Kept {
    /// The place in the list.
    n: usize,
    /// What was asked.
    asked: Asked,
    /// Why nothing could be asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// The answer of `find`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<Value>,
}

impl Kept {
    /// Returns the contacts of the answer.
    fn contacts(&self) -> &[Value] {
        self.answer.as_ref().and_then(|answer| answer["contacts"].as_array()).map_or(&[], Vec::as_slice)
    }

    /// Whether a contact stands above the front line, inside of the company.
    fn leads_up(&self) -> bool {
        self.contacts().iter().any(|contact| {
            contact["rung"].as_str().and_then(ladder::Rung::from_id).is_some_and(ladder::Rung::is_escalation)
        })
    }
}

fn disk(path: &Path) -> impl Fn(io::Error) -> BatchError + use<> {
    let path = path.to_owned();
    move |cause| BatchError::Disk { path: path.clone(), cause }
}

/// The answers so far: a log, and where in it each answer stands.
struct Log {
    path: PathBuf,
    file: File,
    places: Vec<Option<(u64, usize)>>,
    end: u64,
}

impl Log {
    /// Opens the log, or takes up what an earlier run left.
    fn open(to: &Path, asked: &[Asked], restart: bool) -> Result<Self, BatchError> {
        let mut name = to.file_name().unwrap_or_default().to_owned();
        name.push(".answers");
        let path = to.with_file_name(name);
        let failed = disk(&path);
        if restart && path.exists() {
            fs::remove_file(&path).map_err(&failed)?;
        }
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(&failed)?;
        let mut places = vec![None; asked.len()];
        let mut lines = BufReader::new(&file);
        let (mut end, mut line) = (0_u64, Vec::new());
        loop {
            line.clear();
            let read = lines.read_until(b'\n', &mut line).map_err(&failed)?;
            // A line without its end is the half of one that a kill left.
            if read == 0 || !line.ends_with(b"\n") {
                break;
            }
            let Ok(kept) = serde_json::from_slice::<Kept>(&line) else { break };
            if asked.get(kept.n) != Some(&kept.asked) {
                return Err(BatchError::OtherList(path));
            }
            places[kept.n] = Some((end, read));
            end += read as u64;
        }
        file.set_len(end).map_err(&failed)?;
        Ok(Self { path, file, places, end })
    }

    fn add(&mut self, kept: &Kept) -> Result<(), BatchError> {
        let failed = disk(&self.path);
        let mut line = serde_json::to_vec(kept).map_err(|error| failed(error.into()))?;
        line.push(b'\n');
        self.file.seek(SeekFrom::Start(self.end)).map_err(&failed)?;
        self.file.write_all(&line).and_then(|()| self.file.sync_data()).map_err(&failed)?;
        self.places[kept.n] = Some((self.end, line.len()));
        self.end += line.len() as u64;
        Ok(())
    }

    /// Returns an answer.
    fn read(&mut self, n: usize) -> Result<Kept, BatchError> {
        let failed = disk(&self.path);
        let missing = || failed(io::Error::new(io::ErrorKind::InvalidData, "an answer is missing"));
        let (at, length) = self.places.get(n).copied().flatten().ok_or_else(missing)?;
        self.file.seek(SeekFrom::Start(at)).map_err(&failed)?;
        let mut line = vec![0; length];
        self.file.read_exact(&mut line).map_err(&failed)?;
        serde_json::from_slice(&line).map_err(|error| failed(error.into()))
    }
}

/// Asks for every company of a list; `told` hears of each that is done.
///
/// # Errors
///
/// [`BatchError`] by cause. A company that cannot be asked is none: its line says why, and the rest goes on.
pub async fn batch(
    request: &BatchRequest,
    now: impl Fn() -> Timestamp,
    mut told: impl FnMut(BatchProgress<'_>),
) -> Result<BatchAnswer, BatchError> {
    let form = output::Form::of(&request.to)?;
    for path in [Some(&request.to), request.report.as_ref()].into_iter().flatten() {
        if path.exists() {
            return Err(BatchError::Exists(path.clone()));
        }
    }
    let asked = list::read(&request.list)?;
    let mut log = Log::open(&request.to, &asked, request.restart)?;
    let missing: Vec<usize> = (0..asked.len()).filter(|n| log.places[*n].is_none()).collect();
    let resumed = asked.len() - missing.len();
    let mut done = resumed;
    // One site is read by one at a time, whatever stands between its lines in the list.
    let mut sites: HashMap<String, Arc<Mutex<()>>> = HashMap::new();
    let work: Vec<(usize, Arc<Mutex<()>>)> =
        missing.iter().map(|&n| (n, sites.entry(asked[n].site()).or_default().clone())).collect();
    let answers = futures_util::stream::iter(work.into_iter().map(|(n, site)| {
        let one = &asked[n];
        let now = &now;
        async move {
            let _turn = site.lock().await;
            let each = FindRequest {
                company: one.company.clone(),
                country: one.country().or(request.each.country),
                ..request.each.clone()
            };
            let found = find::find(&each, now(), |_| {}, std::future::pending()).await;
            let (answer, error) = match found {
                Ok(answer) => (serde_json::to_value(&answer).ok(), None),
                Err(error) => (None, Some(error.to_string())),
            };
            Kept { n, asked: one.clone(), error, answer }
        }
    }))
    .buffer_unordered(request.at_once.clamp(1, 64));
    let mut answers = std::pin::pin!(answers);
    while let Some(kept) = answers.next().await {
        log.add(&kept)?;
        done += 1;
        told(BatchProgress { done, all: asked.len(), company: &kept.asked.company });
    }
    let mut answer =
        BatchAnswer { to: request.to.clone(), companies: asked.len(), resumed, ..BatchAnswer::default() };
    let mut report = report::Report::default();
    let mut out = output::Output::create(&request.to, form)?;
    for n in 0..asked.len() {
        let kept = log.read(n)?;
        answer.with_way_up += usize::from(kept.leads_up());
        answer.with_contacts += usize::from(!kept.contacts().is_empty());
        answer.failed += usize::from(kept.error.is_some());
        report.add(&kept);
        out.add(&kept)?;
    }
    out.finish()?;
    if let Some(path) = &request.report {
        fs::write(path, report.html(&request.list, now())).map_err(disk(path))?;
        answer.report = Some(path.clone());
    }
    fs::remove_file(&log.path).map_err(disk(&log.path))?;
    Ok(answer)
}

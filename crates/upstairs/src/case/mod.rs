//! `upstairs case`, `upstairs draft`, `upstairs remind`: the customer's own cases on the command line.

mod act;
mod call;
mod delete;
mod dossier;
mod draft;
mod edit;
mod import;
mod new;
mod print;
mod sealing;
mod write;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use desk::case::{self, CaseDeskError, DueList, DueView, Place};
use desk::find::Live;
use jiff::Zoned;
use jiff::civil::Date;

pub(crate) use dossier::{Dossier, run as run_dossier};
pub(crate) use draft::{Draft, run as run_draft};

use crate::settings::Settings;

/// What to do with cases.
#[derive(Debug, Subcommand)]
pub(crate) enum Case {
    /// Open a case: asks on a terminal, or reads a file
    New(Box<new::New>),
    /// List cases, most recent first
    List(List),
    /// Show where a case stands and the next step
    Show(One),
    /// Show the whole log, oldest first
    Timeline(One),
    /// What to do now, why, by when, and what comes after
    Next(Next),
    /// Correct or add facts of a case; without a fact to change, show them all
    Edit(Box<edit::Edit>),
    /// Read the company's pages again, show what changed since the case was opened, and keep it with the case
    Refresh(act::Refresh),
    /// Write down a contact: a call, a letter, an answer, a promise, an offer
    Log(Box<write::Log>),
    /// Help during a phone call: what to say, a timer while on hold, notes that cannot get lost
    Call(call::Calling),
    /// Copy a file into the case as evidence
    Attach(write::Attach),
    /// Read e-mails, chats, text messages and appointments into the log; you see each one before it is kept
    Import(Box<import::ImportMail>),
    /// Show the full text of an imported message
    Message(OneMessage),
    /// Withdraw a wrong line of the log; it stays readable but no longer counts
    Withdraw(write::Withdraw),
    /// Say that a promise was kept, or was not
    Promise(write::Settle),
    /// Write down what happened when you tried a contact point: reached, wrong number, no answer
    Tried(write::Tried),
    /// Write a note for yourself
    Note(write::Note),
    /// Watch a regular bill: compare each bill with the price you were promised
    WatchBill(write::WatchBill),
    /// Record that somebody has authority to act for you, or that you act for a client
    Authority(write::Authority),
    /// Close a case with what you got
    Close(write::Close),
    /// Open a closed case again
    Reopen(write::Reopen),
    /// Delete a case for good: its log, its files and its drafts
    Delete(delete::Delete),
    /// Show the dates to watch; --ics writes them as a calendar
    Deadlines(Deadlines),
    /// Prove that the log and files have not been changed
    Verify(Verify),
    /// Copy what is intact in a damaged store into a new folder; the damaged one is only read
    Rescue(Rescue),
    /// Copy a case out: a folder to read, or one file that only your passphrase opens
    Export(write::Export),
    /// Take in a file that `export --sealed` wrote
    Restore(write::Restore),
    /// Encrypt all cases on this disk, so that only your passphrase opens them; run it again to change the passphrase
    #[command(visible_alias = "encrypt")]
    Seal(sealing::Seal),
    /// Decrypt: all cases are kept unencrypted again
    #[command(visible_alias = "decrypt")]
    Unseal(sealing::Unseal),
}

/// Where cases are kept.
#[derive(Args, Clone, Debug)]
pub(crate) struct Where {
    /// The folder of your cases
    #[arg(long, value_name = "FOLDER")]
    pub(crate) data: Option<PathBuf>,
    /// The address of a database server that keeps the cases instead, such as `postgres://NAME@HOST/DATABASE`
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) store: Option<String>,
}

impl Where {
    /// Returns the place, or why there is none.
    pub(crate) fn place(&self, settings: &Settings) -> Result<Place, CaseDeskError> {
        let data = self.data.clone().or_else(|| settings.data.clone());
        let data = data.ok_or_else(|| {
            CaseDeskError::Wrong(
                "there is no folder to keep cases in: give one with --data or UPSTAIRS_DATA".to_owned(),
            )
        })?;
        // A folder that is named for this run alone goes before a server that is named for all.
        let server = match (&self.store, &self.data) {
            (Some(given), _) => Some(given),
            (None, Some(_)) => None,
            (None, None) => settings.store.as_ref(),
        };
        let server = server.map(|given| case::Address::parse(given)).transpose()?;
        let passphrase = sealing::of_settings(settings);
        #[expect(clippy::disallowed_methods, reason = "whoever is at the terminal holds the machine")]
        Ok(Place::own(data, server, Zoned::now()).opened_with(passphrase))
    }

    /// Returns what a run by a timer needs of the environment to find the same place: the folder or server that was named, and the file of
    /// the passphrase; never the passphrase itself.
    fn environment(&self, settings: &Settings) -> Vec<(&'static str, String)> {
        let whole =
            |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone()).display().to_string();
        let named = settings.data.as_ref().filter(|_| settings.data_named);
        let data = self.data.as_ref().or(named).map(whole);
        let server = self.store.clone().or_else(|| settings.store.clone().filter(|_| self.data.is_none()));
        let passphrase = settings.passphrase_file.as_ref().map(whole);
        [("UPSTAIRS_DATA", data), ("UPSTAIRS_STORE", server), ("UPSTAIRS_PASSPHRASE_FILE", passphrase)]
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }

    /// Returns the place and how the live web is asked, as the pages and the assistant's door need both; else the exit code,
    /// after it was told why.
    pub(crate) fn works(&self, settings: &Settings) -> io::Result<Result<(Place, Live), ExitCode>> {
        let told = |error: &dyn std::fmt::Display| writeln!(anstream::stderr(), "upstairs: {error}");
        let place = match self.place(settings) {
            Ok(place) => place,
            Err(error) => return told(&error).map(|()| Err(ExitCode::from(2))),
        };
        match settings.sources() {
            Ok(sources) => Ok(Ok((place, settings.live(sources)))),
            Err(error) => told(&error).map(|()| Err(ExitCode::FAILURE)),
        }
    }
}

/// One case.
#[derive(Args, Debug)]
pub(crate) struct One {
    /// The case, as `case list` names it
    case: String,
    /// Print JSON (its schema: `upstairs schema case`)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: Where,
}

/// `case message`.
#[derive(Args, Debug)]
pub(crate) struct OneMessage {
    /// The case
    case: String,
    /// Its line, as `case timeline` names it (e3)
    event: String,
    #[command(flatten)]
    at: Where,
}

/// `case list`.
#[derive(Args, Debug)]
pub(crate) struct List {
    /// Words in the case: a name, a reference, what was said
    words: Vec<String>,
    /// Include closed cases
    #[arg(long)]
    closed: bool,
    /// Print JSON, one case per line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: Where,
}

/// `case next`.
#[derive(Args, Debug)]
pub(crate) struct Next {
    /// The case
    case: String,
    /// Open what the next step needs: the draft, the guide for the call, or the form
    #[arg(long = "do")]
    act: bool,
    /// Show every rule, whether it applies, and why
    #[arg(long)]
    all: bool,
    /// Print JSON (its schema: `upstairs schema advice`)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: Where,
}

/// `case deadlines`.
#[derive(Args, Debug)]
pub(crate) struct Deadlines {
    /// The case; if you give none, every open case
    #[arg(conflicts_with = "all")]
    case: Option<String>,
    /// For every open case
    #[arg(long)]
    all: bool,
    /// Write them as a calendar (iCalendar) to this file; `-` for standard output
    #[arg(long, value_name = "FILE")]
    ics: Option<PathBuf>,
    /// Print JSON, one day per line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: Where,
}

/// `case verify`.
#[derive(Args, Debug)]
pub(crate) struct Verify {
    /// The case; if you give none, every case
    case: Option<String>,
    /// Print JSON, one case per line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: Where,
}

/// `case rescue`.
#[derive(Args, Debug)]
pub(crate) struct Rescue {
    /// The folder of the new store
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
    /// Print JSON, one case per line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: Where,
}

/// `upstairs remind`.
#[derive(Args, Debug)]
pub(crate) struct Remind {
    /// How many days to look ahead; 7 if you give none, 3 every morning
    #[arg(long, value_parser = clap::value_parser!(u16).range(0..=366))]
    days: Option<u16>,
    /// Print the lines that run this every morning, for the same folder or server
    #[arg(long)]
    install: bool,
    #[command(flatten)]
    at: Where,
}

/// Runs `upstairs case …`.
///
/// # Errors
///
/// Where standard input or output fails.
pub(crate) fn run(what: &Case, settings: &Settings) -> io::Result<ExitCode> {
    let done = match what {
        Case::New(options) => return new::run(options, settings),
        Case::List(options) => list(options, settings),
        Case::Show(options) => show(options, settings, false),
        Case::Timeline(options) => show(options, settings, true),
        Case::Next(options) => next(options, settings),
        Case::Edit(options) => edit::run(options, settings),
        Case::Refresh(options) => act::refresh(options, settings),
        Case::Deadlines(options) => deadlines(options, settings),
        Case::Verify(options) => verify(options, settings),
        Case::Rescue(options) => rescue(options, settings),
        Case::Log(options) => write::log(options, settings),
        Case::Call(options) => call::run(options, settings),
        Case::Attach(options) => write::attach(options, settings),
        Case::Import(options) => import::run(options, settings),
        Case::Message(options) => message(options, settings),
        Case::Withdraw(options) => write::withdraw(options, settings),
        Case::Promise(options) => write::settle(options, settings),
        Case::Tried(options) => write::tried(options, settings),
        Case::Note(options) => write::note(options, settings),
        Case::WatchBill(options) => write::watch_bill(options, settings),
        Case::Authority(options) => write::authority(options, settings),
        Case::Close(options) => write::close(options, settings),
        Case::Reopen(options) => write::reopen(options, settings),
        Case::Delete(options) => delete::run(options, settings),
        Case::Export(options) => write::export(options, settings),
        Case::Restore(options) => write::restore(options, settings),
        Case::Seal(options) => sealing::seal(options, settings),
        Case::Unseal(options) => sealing::unseal(options, settings),
    };
    finish(done)
}

/// Turns what was done into an exit code; a failure is told on standard error.
pub(crate) fn finish(done: Result<bool, Failure>) -> io::Result<ExitCode> {
    match done {
        Ok(true) => Ok(ExitCode::SUCCESS),
        Ok(false) => Ok(ExitCode::FAILURE),
        Err(Failure::Io(error)) => Err(error),
        Err(Failure::Desk(error)) => {
            tell(&error)?;
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Says what went wrong, and what can be done.
pub(crate) fn tell(error: &CaseDeskError) -> io::Result<()> {
    match error.hint() {
        Some(hint) => writeln!(anstream::stderr(), "upstairs: {error}: {hint}"),
        None => writeln!(anstream::stderr(), "upstairs: {error}"),
    }
}

/// Why a command ended.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The terminal.
    Io(io::Error),
    /// The desk.
    Desk(CaseDeskError),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<CaseDeskError> for Failure {
    fn from(error: CaseDeskError) -> Self {
        Self::Desk(error)
    }
}

/// Runs what waits for the disk.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> io::Result<T> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(future))
}

fn list(options: &List, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let words = options.words.join(" ");
    let words = Some(words.as_str()).filter(|words| !words.trim().is_empty());
    let cases = wait(case::list(&place, words, options.closed))??;
    let mut out = anstream::stdout().lock();
    if options.json {
        for case in &cases {
            serde_json::to_writer(&mut out, case).map_err(io::Error::from)?;
            writeln!(out)?;
        }
    } else if cases.is_empty() {
        writeln!(out, "no such case in `{}`: `upstairs case new` opens one", place.shown())?;
    } else {
        print::list(&mut out, &cases)?;
    }
    Ok(!cases.is_empty())
}

fn show(options: &One, settings: &Settings, timeline: bool) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let view = wait(case::show(&place, &options.case))??;
    let mut out = anstream::stdout().lock();
    if options.json {
        serde_json::to_writer_pretty(&mut out, &view).map_err(io::Error::from)?;
        writeln!(out)?;
    } else if timeline {
        print::timeline(&mut out, &view)?;
    } else {
        print::case(&mut out, &view)?;
    }
    Ok(true)
}

fn message(options: &OneMessage, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let message = wait(case::message(&place, &options.case, &options.event))??;
    let mut out = anstream::stdout().lock();
    if let Some(subject) = &message.subject {
        writeln!(out, "{}\n", crate::draw::clean(subject))?;
    }
    for line in message.text.lines() {
        writeln!(out, "{}", crate::draw::clean(line))?;
    }
    Ok(true)
}

fn next(options: &Next, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    if options.act {
        return act::act(&place, &options.case, settings);
    }
    let advice = wait(case::next(&place, &options.case, options.all))??;
    let mut out = anstream::stdout().lock();
    if options.json {
        serde_json::to_writer_pretty(&mut out, &advice).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        crate::advise::print(&mut out, &advice)?;
        writeln!(out, "{}", desk::advise::NOT_LEGAL_ADVICE)?;
    }
    Ok(true)
}

fn deadlines(options: &Deadlines, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let days = match options.case.as_deref() {
        Some(id) => wait(case::due(&place, id, None))??,
        None => told(wait(case::due_all(&place, None))??),
    };
    let mut out = anstream::stdout().lock();
    match &options.ics {
        Some(file) if file.as_os_str() == "-" => {
            out.write_all(case::calendar(&days, place.now.timestamp()).as_bytes())?;
        }
        Some(file) => {
            let written = std::fs::write(file, case::calendar(&days, place.now.timestamp()));
            written.map_err(|error| CaseDeskError::Wrong(format!("`{}`: {error}", file.display())))?;
            writeln!(out, "{} written to {}", crate::counted::counted(days.len(), "day"), file.display())?;
        }
        None if options.json => {
            for day in &days {
                serde_json::to_writer(&mut out, day).map_err(io::Error::from)?;
                writeln!(out)?;
            }
        }
        None => print::days(&mut out, &days, place.now.date())?,
    }
    Ok(!days.is_empty())
}

/// Returns the days of a list; says which cases could not be read.
fn told(list: DueList) -> Vec<DueView> {
    for (id, why) in &list.unread {
        let (id, why) = (crate::draw::clean(id), crate::draw::clean(why));
        anstream::eprintln!(
            "warning: case `{id}` cannot be read: {why}\n  hint: `upstairs case verify {id}` says what is intact"
        );
    }
    list.days
}

fn verify(options: &Verify, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let proofs = wait(case::verify(&place, options.case.as_deref()))??;
    let mut out = anstream::stdout().lock();
    let mut whole = true;
    for proof in &proofs {
        whole &= proof.faults.is_empty();
        if options.json {
            serde_json::to_writer(&mut out, proof).map_err(io::Error::from)?;
            writeln!(out)?;
            continue;
        }
        let state = if proof.faults.is_empty() { "as it was written" } else { "NOT as it was written" };
        let Some(head) = Some(&proof.head).filter(|head| !head.is_empty()) else {
            writeln!(out, "{}: {state}", proof.id)?;
            for fault in &proof.faults {
                writeln!(out, "   {fault}")?;
            }
            continue;
        };
        writeln!(out, "{}: {state}; {} events and {} files are intact", proof.id, proof.intact, proof.files)?;
        for fault in &proof.faults {
            writeln!(out, "   {fault}")?;
        }
        for note in &proof.notes {
            writeln!(out, "   note: {note}")?;
        }
        writeln!(out, "   last proof {head}")?;
    }
    if !whole && !options.json {
        writeln!(out, "`upstairs case rescue --to FOLDER` copies what is intact into a new folder")?;
    }
    Ok(whole)
}

fn rescue(options: &Rescue, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let rescued = wait(case::rescue(&place, &options.to))??;
    let mut out = anstream::stdout().lock();
    let mut whole = !rescued.is_empty();
    for one in &rescued {
        whole &= one.whole;
        if options.json {
            serde_json::to_writer(&mut out, one).map_err(io::Error::from)?;
            writeln!(out)?;
            continue;
        }
        let of = match one.written {
            Some(written) if written > one.events => format!(" of {written}"),
            Some(_) => String::new(),
            None => " (how many there were cannot be read)".to_owned(),
        };
        writeln!(
            out,
            "{}: {}{of} events and {} files are as they were written",
            one.id, one.events, one.files
        )?;
        if one.unlisted {
            writeln!(
                out,
                "   no list of the store names it any more: it was deleted, or the page with its name is damaged"
            )?;
        }
        if one.loose > 0 {
            writeln!(
                out,
                "   {} more came after a gap: they are written down again after a note that says so, and the chain does not prove their place",
                one.loose
            )?;
        }
        if one.unnamed > 0 {
            writeln!(
                out,
                "   for {} of the files nothing says any more what they are: `upstairs case show {}` lists them",
                one.unnamed, one.id
            )?;
        }
        for name in &one.lost_files {
            writeln!(out, "   the file `{}` is gone or changed", crate::draw::clean(name))?;
        }
    }
    if options.json {
        return Ok(whole);
    }
    if rescued.is_empty() {
        writeln!(out, "nothing intact was found; `case restore` takes in an export")?;
    } else {
        let to = options.to.display();
        writeln!(
            out,
            "written to {to}: `upstairs case list --data {to}` shows it; the damaged folder was only read"
        )?;
    }
    Ok(whole)
}

/// Runs `upstairs remind`.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) fn remind(options: &Remind, settings: &Settings) -> io::Result<ExitCode> {
    finish(reminders(options, settings))
}

fn reminders(options: &Remind, settings: &Settings) -> Result<bool, Failure> {
    let mut out = anstream::stdout().lock();
    if options.install {
        let program = std::env::current_exe().unwrap_or_else(|_| "upstairs".into());
        let environment = options.at.environment(settings);
        let lines = print::install(&program.display().to_string(), options.days.unwrap_or(3), &environment);
        out.write_all(lines.as_bytes())?;
        return Ok(true);
    }
    let days_ahead = options.days.unwrap_or(7);
    let place = options.at.place(settings)?;
    let today = place.now.date();
    let until: Option<Date> = today.checked_add(jiff::Span::new().days(i64::from(days_ahead))).ok();
    let days = match wait(case::due_all(&place, until))? {
        Err(CaseDeskError::None(_)) => Vec::new(),
        other => told(other?),
    };
    if days.is_empty() {
        writeln!(out, "nothing is due within {days_ahead} days")?;
    } else {
        print::days(&mut out, &days, today)?;
    }
    Ok(true)
}

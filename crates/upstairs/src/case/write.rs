//! The commands that write something down. Each says what it wrote, and under which id.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use desk::case::words::{self, By, Channel, LogKind, Outcome, Rung};
use desk::case::{self, BillRequest, LogRequest};
use jiff::civil::{Date, Time};

use super::{Failure, Where, sealing, wait};
use crate::counted::counted;
use crate::settings::Settings;

/// `case log`.
#[derive(Args, Debug)]
pub(crate) struct Log {
    /// The case
    case: String,
    /// What was said, in short
    text: Vec<String>,
    /// What kind of contact it was
    #[arg(long, value_parser = PossibleValuesParser::new(LogKind::IDS), default_value = "call")]
    kind: String,
    /// Who did it: you, the company or an outside body
    #[arg(long, value_parser = PossibleValuesParser::new(By::IDS), default_value = "customer")]
    by: String,
    /// How: phone, email, postal, form, chat, messaging, social, `in_person` …
    #[arg(long, value_name = "CHANNEL", value_parser = words::channel)]
    channel: Option<Channel>,
    /// Which rung it was: `front_line`, supervisor, complaints, specialist, management, executive, legal …
    #[arg(long, value_name = "RUNG", value_parser = words::rung)]
    rung: Option<Rung>,
    /// The day: 2026-03-04, `4 March`, yesterday, `last Tuesday`; today if you give none
    #[arg(long, value_name = "DATE", value_parser = crate::days::been)]
    on: Option<Date>,
    /// The time of day, as in 14:30
    #[arg(long, value_name = "TIME", value_parser = words::time)]
    time: Option<Time>,
    /// Who with: name and role
    #[arg(long = "with", value_name = "NAME")]
    person: Option<String>,
    /// The reference you were given
    #[arg(long, value_name = "NUMBER")]
    reference: Option<String>,
    /// The day that was promised or set
    #[arg(long, value_name = "DATE", value_parser = crate::days::either)]
    due: Option<Date>,
    /// The time on that day, if it is an appointment, such as 10:00 or 10:00-12:00
    #[arg(long, value_name = "TIME", value_parser = words::hours, requires = "due")]
    hours: Option<words::Hours>,
    /// The amount it is about, such as "25.50 GBP"; without a currency it is in that of the case
    #[arg(long, value_name = "SUM", value_parser = words::sum)]
    amount: Option<words::Sum>,
    /// The number or address used
    #[arg(long, value_name = "VALUE")]
    contact: Option<String>,
    /// The outside body, if this is contact with one (an id from `upstairs bodies`)
    #[arg(long, value_name = "ID")]
    body: Option<String>,
    /// Minutes on hold
    #[arg(long, value_name = "MINUTES")]
    held: Option<u32>,
    #[command(flatten)]
    at: Where,
}

/// `case attach`.
#[derive(Args, Debug)]
pub(crate) struct Attach {
    /// The case
    case: String,
    /// The files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// What it is, if the file's name does not say so
    #[arg(long)]
    name: Option<String>,
    /// The day it is from
    #[arg(long, value_name = "DATE", value_parser = crate::days::been)]
    on: Option<Date>,
    #[command(flatten)]
    at: Where,
}

/// `case withdraw`.
#[derive(Args, Debug)]
pub(crate) struct Withdraw {
    /// The case
    case: String,
    /// The line, as `case timeline` names it (e3)
    event: String,
    /// Why
    #[arg(long)]
    because: String,
    #[command(flatten)]
    at: Where,
}

/// `case promise`.
#[derive(Args, Debug)]
pub(crate) struct Settle {
    /// The case
    case: String,
    /// The promise, as `case show` names it (e3)
    event: String,
    /// It was kept
    #[arg(long, required_unless_present = "broken", conflicts_with = "broken")]
    kept: bool,
    /// It was not kept
    #[arg(long)]
    broken: bool,
    #[command(flatten)]
    at: Where,
}

/// `case tried`.
#[derive(Args, Debug)]
pub(crate) struct Tried {
    /// The case
    case: String,
    /// The number or address
    contact: String,
    /// What happened
    #[arg(long = "as", value_parser = PossibleValuesParser::new(Outcome::IDS))]
    outcome: String,
    #[command(flatten)]
    at: Where,
}

/// `case note`.
#[derive(Args, Debug)]
pub(crate) struct Note {
    /// The case
    case: String,
    /// The note
    #[arg(required = true)]
    text: Vec<String>,
    #[command(flatten)]
    at: Where,
}

/// `case close`.
#[derive(Args, Debug)]
pub(crate) struct Close {
    /// The case
    case: String,
    /// What you got, in words
    #[arg(long)]
    outcome: String,
    /// How much money you got, such as "25.50 GBP"
    #[arg(long, value_name = "SUM", value_parser = words::sum)]
    received: Option<words::Sum>,
    /// Keep what you learnt about its contact points in your own directory
    #[arg(long)]
    learn: bool,
    #[command(flatten)]
    at: Where,
}

/// `case reopen`.
#[derive(Args, Debug)]
pub(crate) struct Reopen {
    /// The case
    case: String,
    /// Why
    #[arg(long)]
    because: String,
    #[command(flatten)]
    at: Where,
}

/// `case export`.
#[derive(Args, Debug)]
pub(crate) struct Export {
    /// The case; with --sealed, every case if you give none
    #[arg(required_unless_present = "sealed")]
    case: Option<String>,
    /// A new folder that can be read without the program
    #[arg(long, value_name = "FOLDER", required_unless_present = "sealed", conflicts_with = "sealed")]
    folder: Option<PathBuf>,
    /// Hide account numbers, addresses and names of private people, for sharing
    #[arg(long, requires = "folder")]
    redact: bool,
    /// A new file that only your passphrase opens (age format)
    #[arg(long, value_name = "FILE")]
    sealed: Option<PathBuf>,
    /// Read the passphrase from the first line of this file; otherwise `UPSTAIRS_PASSPHRASE` or `UPSTAIRS_PASSPHRASE_FILE` gives it, or you
    /// are asked for it
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    #[command(flatten)]
    at: Where,
}

/// `case restore`.
#[derive(Args, Debug)]
pub(crate) struct Restore {
    /// The file
    file: PathBuf,
    /// Read the passphrase from the first line of this file; otherwise `UPSTAIRS_PASSPHRASE` or `UPSTAIRS_PASSPHRASE_FILE` gives it, or you
    /// are asked for it
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    #[command(flatten)]
    at: Where,
}

pub(super) fn log(options: &Log, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let request = LogRequest {
        on: options.on,
        time: options.time,
        by: By::from_id(&options.by).unwrap_or(By::Customer),
        kind: LogKind::from_id(&options.kind).unwrap_or(LogKind::Call),
        channel: options.channel,
        rung: options.rung,
        text: options.text.join(" "),
        due: options.due,
        amount: options.amount.clone(),
        person: options.person.clone(),
        reference: options.reference.clone(),
        contact: options.contact.clone(),
        body: options.body.clone(),
        held: options.held,
        hours: options.hours.clone(),
    };
    let (event, masked) = wait(case::log(&place, &options.case, request))??;
    let mut out = anstream::stdout().lock();
    writeln!(out, "{event} written to {}", options.case)?;
    masked_note(&mut out, masked)?;
    Ok(true)
}

/// Says that numbers were masked.
pub(super) fn masked_note(out: &mut impl Write, masked: usize) -> io::Result<()> {
    if masked > 0 {
        writeln!(out, "hidden: {}; the log does not need them", counted(masked, "card or id number"))?;
    }
    Ok(())
}

pub(super) fn attach(options: &Attach, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let mut out = anstream::stdout().lock();
    for file in &options.files {
        let done = wait(case::attach(&place, &options.case, file, options.name.as_deref(), options.on))??;
        writeln!(out, "{} {} copied into {}", done.event, file.display(), options.case)?;
        if let Some(preview) = &done.preview {
            writeln!(out, "   {preview}")?;
        }
    }
    Ok(true)
}

/// Says under which id something was written.
fn written(event: &str, case: &str) -> Result<bool, Failure> {
    writeln!(anstream::stdout(), "{event} written to {case}")?;
    Ok(true)
}

pub(super) fn withdraw(options: &Withdraw, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    written(&wait(case::withdraw(&place, &options.case, &options.event, &options.because))??, &options.case)
}

pub(super) fn settle(options: &Settle, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    written(&wait(case::settle(&place, &options.case, &options.event, options.kept))??, &options.case)
}

pub(super) fn tried(options: &Tried, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let outcome = Outcome::from_id(&options.outcome).unwrap_or(Outcome::Reached);
    written(&wait(case::outcome(&place, &options.case, &options.contact, outcome))??, &options.case)
}

pub(super) fn note(options: &Note, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    written(&wait(case::note(&place, &options.case, &options.text.join(" ")))??, &options.case)
}

pub(super) fn close(options: &Close, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let done = wait(case::close(&place, &options.case, &options.outcome, options.received.clone()))??;
    let mut out = anstream::stdout();
    writeln!(out, "{} written to {}", done.event, options.case)?;
    for sentence in &done.compared {
        writeln!(out, "   {sentence}")?;
    }
    if done.learnt.is_empty() {
        return Ok(true);
    }
    writeln!(out, "what you learnt about its contact points:")?;
    for one in &done.learnt {
        writeln!(out, "   {}: {}", crate::draw::clean(&one.contact), one.outcome.replace('_', " "))?;
    }
    let agreed = options.learn || (io::stdin().is_terminal() && agrees(&mut out)?);
    if agreed {
        let (kept, faults) = wait(case::learn(&place, &options.case, &done.learnt))??;
        writeln!(out, "{kept} kept in your own directory")?;
        for fault in faults {
            writeln!(out, "   not kept: {fault}")?;
        }
    } else {
        writeln!(out, "--learn keeps it in your own directory")?;
    }
    Ok(true)
}

/// Asks whether what was learnt goes into the directory.
fn agrees(out: &mut impl Write) -> io::Result<bool> {
    write!(out, "Keep it in your own directory? [y/N] ")?;
    out.flush()?;
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim().to_lowercase().starts_with('y'))
}

/// `case authority`.
#[derive(Args, Debug)]
pub(crate) struct Authority {
    /// The case
    case: String,
    /// Who gets the authority: a name, or the advice centre
    #[arg(long, value_name = "NAME")]
    to: String,
    /// Your client's name, if you act for a client: letters and the dossier then say "on behalf of NAME"
    #[arg(long = "for", value_name = "NAME")]
    client: Option<String>,
    /// Until when
    #[arg(long, value_name = "DATE", value_parser = crate::days::to_come)]
    until: Option<Date>,
    /// The signed document, copied into the case
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    at: Where,
}

pub(super) fn authority(options: &Authority, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    if let Some(file) = &options.file {
        let done = wait(case::attach(&place, &options.case, file, Some("authority to act"), None))??;
        writeln!(anstream::stdout(), "{} {} copied into {}", done.event, file.display(), options.case)?;
    }
    let client = options.client.as_deref();
    written(
        &wait(case::authority(&place, &options.case, &options.to, client, options.until))??,
        &options.case,
    )
}

/// `case watch-bill`.
#[derive(Args, Debug)]
pub(crate) struct WatchBill {
    /// The case
    case: String,
    /// What the bill is for, such as broadband; if you give none, every watched bill is shown
    name: Option<String>,
    /// The price that was promised, as in "30 GBP"
    #[arg(long, value_name = "SUM", value_parser = words::sum, requires = "name")]
    promised: Option<words::Sum>,
    /// Until when it was promised
    #[arg(long, value_name = "DATE", value_parser = crate::days::to_come, requires = "promised")]
    until: Option<Date>,
    /// The words of the promise, and who made it
    #[arg(long, value_name = "WORDS", requires = "promised")]
    words: Option<String>,
    /// A bill came: how much it asks for
    #[arg(long, value_name = "SUM", value_parser = words::sum, requires = "name", conflicts_with = "promised")]
    came: Option<words::Sum>,
    /// The day of the bill, or the day the price starts; today if you give none
    #[arg(long, value_name = "DATE", value_parser = crate::days::been)]
    on: Option<Date>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: Where,
}

pub(super) fn watch_bill(options: &WatchBill, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let request = match (options.promised.clone(), options.came.clone()) {
        (Some(promised), _) => Some(BillRequest::Watch {
            promised,
            from: options.on,
            until: options.until,
            words: options.words.clone(),
        }),
        (None, Some(amount)) => Some(BillRequest::Came { on: options.on, amount }),
        (None, None) => None,
    };
    let bills = match (&options.name, request) {
        (Some(name), Some(request)) => vec![wait(case::bill(&place, &options.case, name, &request))??],
        (name, _) => {
            let all = wait(case::bills(&place, &options.case))??;
            all.into_iter().filter(|bill| name.as_ref().is_none_or(|name| bill.name == *name)).collect()
        }
    };
    let mut out = anstream::stdout();
    if options.json {
        serde_json::to_writer_pretty(&mut out, &bills).map_err(io::Error::from)?;
        writeln!(out)?;
        return Ok(!bills.is_empty());
    }
    if bills.is_empty() {
        writeln!(
            out,
            "no bill is being watched: start with `case watch-bill {} NAME --promised SUM`",
            options.case
        )?;
    }
    for bill in &bills {
        let until = bill.until.as_ref().map_or(String::new(), |day| format!(" until {day}"));
        let name = crate::draw::clean(&bill.name);
        writeln!(out, "{name}: {} promised from {}{until}", bill.promised, bill.from)?;
        for came in &bill.came {
            let mark = if came.broken { "  ABOVE what was promised" } else { "" };
            let up = came.up.as_ref().map_or(String::new(), |up| format!(" ({up})"));
            writeln!(out, "   {}  {}{up}{mark}", came.on, came.amount)?;
        }
        if bill.came.last().is_some_and(|came| came.broken) {
            writeln!(out, "   the promise is broken: `upstairs case next {}` says what to do", options.case)?;
        }
    }
    Ok(!bills.is_empty())
}

pub(super) fn reopen(options: &Reopen, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    written(&wait(case::reopen(&place, &options.case, &options.because))??, &options.case)
}

pub(super) fn export(options: &Export, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let mut out = anstream::stdout().lock();
    if let (Some(id), Some(folder), true) = (&options.case, &options.folder, options.redact) {
        let me = desk::me::load(&place.data)?;
        let left_out = wait(case::export_redacted(&place, id, folder, &me))??;
        writeln!(
            out,
            "{id} written to {}: account numbers, addresses and names are hidden; the log and {} were left out. Read it before you pass it on",
            folder.display(),
            counted(left_out, "file")
        )?;
        if me.name.is_none() {
            writeln!(
                out,
                "your own name is not known here: write it into me.toml in the folder of your cases, and it is hidden as well"
            )?;
        }
    } else if let (Some(id), Some(folder)) = (&options.case, &options.folder) {
        let made = wait(case::export_folder(&place, id, folder))??;
        let (to, files) = (folder.display(), made.count);
        writeln!(out, "{id} written to {to} with {}; anybody can read it", counted(files, "file"))?;
        tell_without_bytes(&made);
    } else if let Some(file) = &options.sealed {
        let ids: Vec<String> = options.case.iter().cloned().collect();
        let secret = sealing::of_copy(options.passphrase_file.as_ref(), settings, true)?;
        let made = wait(case::export_sealed(&place, &ids, file, secret))??;
        writeln!(
            out,
            "{} sealed in {}: without the passphrase it cannot be opened",
            counted(made.count, "case"),
            file.display()
        )?;
        tell_without_bytes(&made);
    }
    Ok(true)
}

/// Says which messages a copy holds without their bytes.
fn tell_without_bytes(made: &case::Exported) {
    for name in &made.without_bytes {
        let name = crate::draw::clean(name);
        anstream::eprintln!(
            "note: the copy has the words of the message `{name}`; the original file is not kept here"
        );
    }
}

pub(super) fn restore(options: &Restore, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let secret = sealing::of_copy(options.passphrase_file.as_ref(), settings, false)?;
    let ids = wait(case::restore_sealed(&place, &options.file, secret))??;
    writeln!(anstream::stdout(), "restored: {}", ids.join(", "))?;
    Ok(true)
}

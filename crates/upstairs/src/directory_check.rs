//! `upstairs directory check`: every source read again, and what a maintainer may want to change.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use desk::directory::{self, CheckError, CheckFrom, CheckRequest};
use desk::find::Live;
use desk::sources::SourceSettings;
use jiff::Timestamp;

use crate::directory::{Place, failed, json};
use crate::draw::clean;
use crate::find;
use crate::settings::Settings;

/// `directory check`.
#[derive(Args, Debug)]
pub(crate) struct Check {
    /// The companies, by name or domain; all of the directory where none is given
    company: Vec<String>,
    /// Check this export (`directory export`) instead of your own directory
    #[arg(long, value_name = "FILE", conflicts_with = "starter")]
    from: Option<PathBuf>,
    /// Check the directory that is built in
    #[arg(long)]
    starter: bool,
    /// Write what is proposed as records that `directory import` takes, once you approve them
    #[arg(long, value_name = "FILE.jsonl")]
    to: Option<PathBuf>,
    /// Write the diff to a file instead of the terminal
    #[arg(long, value_name = "FILE.md")]
    diff: Option<PathBuf>,
    /// Check so many companies at once; one site is never asked twice at a time
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=64))]
    at_once: u16,
    /// Allow this private or loopback host (HOST or HOST:PORT)
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,
    /// Print the counts as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// Runs the command.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) async fn run(options: &Check, settings: &Settings, now: Timestamp) -> io::Result<ExitCode> {
    let request = CheckRequest {
        from: match &options.from {
            Some(file) => CheckFrom::File(file.clone()),
            None if options.starter => CheckFrom::Starter,
            None => CheckFrom::Own,
        },
        companies: options.company.clone(),
        at_once: usize::from(options.at_once),
        to: options.to.clone(),
        diff: options.diff.clone(),
        live: Live { allow_hosts: options.allow_host.clone(), ..settings.live(SourceSettings::default()) },
    };
    let bar = find::progress_bar();
    let folder = options.place.folder(settings);
    let done = directory::check(&request, folder.as_deref(), now, |companies, all| {
        bar.set_message(format!("{companies} of {all} companies"));
    })
    .await;
    bar.finish_and_clear();
    let answer = match done {
        Ok(answer) => answer,
        Err(error) => {
            let code = failed(&error, error.hint().as_deref())?;
            let usage = matches!(&error, CheckError::Web(error) if error.is_usage());
            return Ok(if usage { ExitCode::from(2) } else { code });
        }
    };
    for warning in &answer.warnings {
        writeln!(anstream::stderr(), "note: {}", clean(warning))?;
    }
    if options.json {
        return json(&answer).map(|()| ExitCode::SUCCESS);
    }
    let mut out = anstream::stdout().lock();
    match (&answer.text, &answer.diff) {
        (Some(text), _) => text.lines().try_for_each(|line| writeln!(out, "{}", clean(line)))?,
        (None, Some(diff)) => writeln!(
            out,
            "{} sources of {} companies: {} read, {} gone, {} not found out; {} changes proposed → {}",
            answer.pages,
            answer.companies,
            answer.read,
            answer.gone,
            answer.unknown,
            answer.proposals,
            diff.display()
        )?,
        (None, None) => {}
    }
    if let Some(to) = &answer.to {
        writeln!(out, "approved? `upstairs directory import --reviewed {}` makes the changes", to.display())?;
    }
    Ok(ExitCode::SUCCESS)
}

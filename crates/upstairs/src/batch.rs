//! `upstairs batch`: ladders for a list of companies.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use desk::batch::{BatchRequest, batch};
use desk::find::{FindRequest, Live};
use jiff::Timestamp;

use crate::find;
use crate::settings::Settings;

/// Whom to ask for, and how.
#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub(crate) struct Batch {
    /// The list: CSV with a column `domain`, `website`, `company` or `name` (and `country`), or a company a line
    list: PathBuf,
    /// The file for the answers; its ending tells the form: .csv, .json, .jsonl, .parquet
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// Write a report with plots of what was found, as one page of HTML
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    /// Your country, as a code of ISO 3166-1 such as GB, where the list gives none
    #[arg(long, value_parser = desk::find::parse_country)]
    country: Option<desk::Country>,
    /// What the problem is about
    #[arg(long, value_name = "TOPIC", value_parser = desk::find::parse_about)]
    about: Option<desk::find::About>,
    /// Read so many sites at once; one site is never read by two
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=64))]
    at_once: u16,
    /// Read at most this many pages of each company
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=500))]
    pages: u16,
    /// Stop after this many seconds for each company
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u16).range(1..=3600))]
    time: u16,
    /// Do not use the network: answer from the directory alone
    #[arg(long)]
    offline: bool,
    /// Read the sites of companies given by name too, beside what the directory knows
    #[arg(long, conflicts_with = "offline")]
    crawl: bool,
    /// Keep what is read in your directory
    #[arg(long)]
    keep: bool,
    /// The folder of your own directory
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Allow this private or loopback host (HOST or HOST:PORT); otherwise such addresses are refused
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,
    /// Throw away the answers that a stopped run left, and begin anew
    #[arg(long)]
    restart: bool,
    /// Print what was done as JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) fn run(options: &Batch, settings: &Settings) -> io::Result<ExitCode> {
    let request = BatchRequest {
        list: options.list.clone(),
        to: options.to.clone(),
        report: options.report.clone(),
        at_once: usize::from(options.at_once),
        restart: options.restart,
        each: FindRequest {
            company: String::new(),
            country: options.country,
            sector: None,
            about: options.about.map(|about| about.topic),
            matter: options.about.and_then(|about| about.matter),
            region: None,
            data: options.data.clone().or_else(|| settings.data.clone()),
            keep: options.keep,
            crawl: options.crawl,
            offline: options.offline,
            from: None,
            posts: Vec::new(),
            save: None,
            pages: usize::from(options.pages),
            seconds: u64::from(options.time),
            live: Live {
                allow_hosts: options.allow_host.clone(),
                cache: settings.cache.clone(),
                user_agent: settings.user_agent.clone(),
                ..Live::default()
            },
        },
    };
    let bar = find::progress_bar();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(batch(&request, Timestamp::now, |progress| {
        bar.set_message(format!("{} of {} companies: {}", progress.done, progress.all, progress.company));
    }));
    bar.finish_and_clear();
    let answer = match done {
        Ok(answer) => answer,
        Err(error) => {
            writeln!(anstream::stderr(), "upstairs: {error}")?;
            return Ok(if error.is_usage() { ExitCode::from(2) } else { ExitCode::FAILURE });
        }
    };
    let mut out = anstream::stdout().lock();
    if options.json {
        serde_json::to_writer(&mut out, &answer)?;
        writeln!(out)?;
    } else {
        if answer.resumed > 0 {
            writeln!(out, "continued after {} companies that an earlier run had asked for", answer.resumed)?;
        }
        writeln!(
            out,
            "{} companies: {} with a way up, {} with some contact, {} could not be asked → {}",
            answer.companies,
            answer.with_way_up,
            answer.with_contacts,
            answer.failed,
            answer.to.display()
        )?;
        if let Some(report) = &answer.report {
            writeln!(out, "  report: {}", report.display())?;
        }
    }
    Ok(if answer.with_contacts > 0 && answer.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

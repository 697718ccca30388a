//! `upstairs archive`: web archives at full speed.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use clap::{Args, Subcommand};
use desk::archive::{self, ArchiveFailure, ExtractEvent, ExtractRequest, Tally};
use indicatif::ProgressBar;
use jiff::Timestamp;

use crate::find;
use crate::settings::Settings;

/// What to do with archives.
#[derive(Debug, Subcommand)]
pub(crate) enum Archive {
    /// Read web archives (WARC 1.0 and 1.1) and write every contact point and complaints procedure with its witness
    Extract(Extract),
    /// Make a directory of what was extracted, in one run or many
    Merge(Merge),
}

/// `archive extract`.
#[derive(Args, Debug)]
pub(crate) struct Extract {
    /// WARC files, patterns such as 'crawl/*.warc.gz', https:// or s3:// addresses, or - for standard input
    inputs: Vec<String>,
    /// A list of these, one a line; may be gzip, an address, or - for standard input
    #[arg(long, value_name = "LIST")]
    list: Vec<String>,
    /// Where lines of lists that are no address lie, and where the crawl of --crawl is published
    #[arg(long, value_name = "URL")]
    base: Option<String>,
    /// Read only the records of some domains of this crawl of Common Crawl, such as CC-MAIN-2024-10 (needs --domains)
    #[arg(long, value_name = "NAME")]
    crawl: Option<String>,
    /// The list of these domains, one a line
    #[arg(long, value_name = "LIST")]
    domains: Option<String>,
    /// With --crawl: at most so many pages of each domain, those with the shortest addresses
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pages: u32,
    /// The file to write; beside it NAME.bad.jsonl names the records that could not be read
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// Write JSON Lines instead of Parquet (the schema of both: `upstairs schema archive`)
    #[arg(long)]
    jsonl: bool,
    /// Country of numbers in national form where a page does not tell its own, as a code of ISO 3166-1 such as GB
    #[arg(long, value_parser = desk::find::parse_country)]
    country: Option<desk::Country>,
    /// Read pages with so many threads (all cores)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    threads: Option<u16>,
    /// Records of a part: what a kill costs at most
    #[arg(long, value_name = "N", default_value_t = 4096, value_parser = clap::value_parser!(u32).range(16..=1_000_000))]
    part: u32,
    /// Throw away what a killed run left, and begin anew
    #[arg(long)]
    restart: bool,
    /// Print what was read as JSON
    #[arg(long)]
    json: bool,
}

/// `archive merge`.
#[derive(Args, Debug)]
pub(crate) struct Merge {
    /// Files that `archive extract` wrote, or patterns such as 'out/*.parquet'
    #[arg(required = true)]
    files: Vec<String>,
    /// The folder of the directory (search it with --data FOLDER), or one file to write, NAME.parquet
    #[arg(long, value_name = "FOLDER|FILE")]
    to: PathBuf,
    /// Print what was merged as JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) fn run(what: &Archive, settings: &Settings) -> io::Result<ExitCode> {
    match what {
        Archive::Extract(options) => extract(options, settings),
        Archive::Merge(options) => merge(options),
    }
}

/// Tells why nothing was done.
fn failed(error: &ArchiveFailure) -> ExitCode {
    anstream::eprintln!("{error}");
    if let Some(hint) = error.hint() {
        anstream::eprintln!("  {hint}");
    }
    if error.is_usage() { ExitCode::from(2) } else { ExitCode::FAILURE }
}

fn extract(options: &Extract, settings: &Settings) -> io::Result<ExitCode> {
    let request = ExtractRequest {
        inputs: options.inputs.clone(),
        lists: options.list.clone(),
        base: options.base.clone(),
        crawl: options.crawl.clone(),
        domains: options.domains.clone(),
        pages: usize::try_from(options.pages).unwrap_or(usize::MAX),
        to: options.to.clone(),
        lines: options.jsonl,
        country: options.country,
        threads: options.threads.map(usize::from),
        part: usize::try_from(options.part).unwrap_or(usize::MAX),
        restart: options.restart,
        user_agent: settings.user_agent.clone(),
        store: settings.object_store.clone(),
    };
    let bar = find::progress_bar();
    let began = Instant::now();
    let pace = Mutex::new(None);
    let done = archive::extract(&request, &|event| show(&bar, &pace, began, &event));
    bar.finish_and_clear();
    let extracted = match done {
        Ok(extracted) => extracted,
        Err(error) => return Ok(failed(&error)),
    };
    let mut out = anstream::stdout().lock();
    if options.json {
        serde_json::to_writer(&mut out, &extracted)?;
        writeln!(out)?;
    } else {
        let tally = &extracted.tally;
        if extracted.resumed_parts > 0 {
            writeln!(
                out,
                "continued after {} parts that an earlier run had finished",
                extracted.resumed_parts
            )?;
        }
        writeln!(
            out,
            "{} pages of {} records: {} contacts, {} complaints procedures → {}",
            tally.pages,
            tally.records,
            tally.contacts,
            tally.policies,
            extracted.to.display()
        )?;
        reasons(&mut out, tally)?;
        if let Some(bad) = &extracted.bad_file {
            writeln!(out, "  the bad records are named in {}", bad.display())?;
        }
        let seconds = began.elapsed().as_secs_f64();
        let megabytes = f64_of(tally.page_bytes) / 1e6;
        writeln!(
            out,
            "  {seconds:.1} s, {:.0} pages/s, {:.1} MB/s",
            f64_of(tally.pages) / seconds,
            megabytes / seconds
        )?;
    }
    for refused in &extracted.tally.refused {
        anstream::eprintln!("{refused}");
    }
    let whole = extracted.tally.refused.is_empty() && extracted.tally.contacts > 0;
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Returns a count as a number to divide.
#[expect(clippy::cast_precision_loss, reason = "a rate for people needs no more than 52 bits")]
const fn f64_of(count: u64) -> f64 {
    count as f64
}

/// Prints what was skipped and what was bad, by reason, the commonest first.
fn reasons(out: &mut impl Write, tally: &Tally) -> io::Result<()> {
    for (what, counts) in [("no page", &tally.skipped), ("bad", &tally.bad)] {
        let mut counts: Vec<_> = counts.iter().collect();
        counts.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        let all: u64 = counts.iter().map(|(_, count)| **count).sum();
        if all > 0 {
            writeln!(out, "  {all} {what}:")?;
        }
        for (reason, count) in counts.iter().take(12) {
            writeln!(out, "    {count:>8}  {reason}")?;
        }
        if counts.len() > 12 {
            writeln!(out, "    and {} more reasons", counts.len() - 12)?;
        }
    }
    Ok(())
}

/// Shows how far an extraction is; the pace counts from the first news, so that what an earlier run did is left out.
fn show(bar: &ProgressBar, pace: &Mutex<Option<(Instant, u64)>>, began: Instant, event: &ExtractEvent<'_>) {
    match event {
        ExtractEvent::LookingUp(done, all) => {
            bar.set_message(format!("table of the crawl: {done} of {all} files"));
        }
        ExtractEvent::Chosen(records) => bar.set_message(format!("{records} records to read")),
        ExtractEvent::Reading(progress) => {
            let first = match pace.lock() {
                Ok(mut pace) => pace.get_or_insert((began, progress.tally.pages)).1,
                Err(_) => return,
            };
            let seconds = began.elapsed().as_secs_f64().max(0.001);
            let rate = f64_of(progress.tally.pages.saturating_sub(first)) / seconds;
            let mut text = format!(
                "{} pages, {} contacts, {rate:.0} pages/s",
                progress.tally.pages, progress.tally.contacts
            );
            let bad: u64 = progress.tally.bad.values().sum();
            if bad > 0 {
                let _ = write!(text, ", {bad} bad");
            }
            let here = progress.done.saturating_sub(progress.resumed);
            if let Some(all) = progress.all.filter(|_| here > 0) {
                let left = f64_of(all.saturating_sub(progress.done)) * seconds / f64_of(here);
                let left = Duration::try_from_secs_f64(left).unwrap_or_default().as_secs();
                let percent = progress.done.saturating_mul(100) / all.max(1);
                let _ = write!(text, ", {percent} %, {} left", clock(left));
            }
            bar.set_message(text);
        }
    }
}

/// Returns seconds as people write them.
fn clock(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {:02} s", seconds / 60, seconds % 60),
        _ => format!("{} h {:02} min", seconds / 3600, seconds / 60 % 60),
    }
}

fn merge(options: &Merge) -> io::Result<ExitCode> {
    let bar = find::progress_bar();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let now = Timestamp::now();
    let done = runtime.block_on(archive::merge(&options.files, &options.to, now, |records, companies| {
        bar.set_message(match companies {
            0 => format!("{records} records read"),
            _ => format!("{records} records read, {companies} companies written"),
        });
    }));
    bar.finish_and_clear();
    let answer = match done {
        Ok(answer) => answer,
        Err(error) => return Ok(failed(&error)),
    };
    let mut out = anstream::stdout().lock();
    if options.json {
        serde_json::to_writer(&mut out, &answer)?;
        writeln!(out)?;
    } else {
        writeln!(
            out,
            "{} records: {} companies, {} sightings of contacts → {}",
            answer.records,
            answer.companies,
            answer.sightings,
            answer.to.display()
        )?;
        if answer.to.is_dir() {
            writeln!(out, "  search it: upstairs directory search NAME --data {}", answer.to.display())?;
        }
    }
    Ok(if answer.companies > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

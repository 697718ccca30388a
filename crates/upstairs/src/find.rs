//! `upstairs find`: from a company's website to a ladder on the screen.
//!
//! Progress goes to standard error while the crawl works; the answer goes to standard output, for a person or, with
//! `--json` and its like, for a program. Ctrl-C ends the crawl and prints what was found so far.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use desk::answer::FindAnswer;
use desk::find::{FindRequest, Live, Progress};
use indicatif::{ProgressBar, ProgressStyle};

use crate::draw;
use crate::settings::Settings;

/// How the answer is printed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
    Csv,
    Vcard,
}

/// What to find, and how to print it.
#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub(crate) struct Find {
    /// The company's website: a domain or a web address
    company: String,
    /// Your country, as a code of ISO 3166-1 such as GB: its pages, numbers and outside bodies come first
    #[arg(long, value_parser = desk::find::parse_country)]
    country: Option<desk::Country>,
    /// State, province or part of the country: CA, NSW, SCT. Its agencies come onto the ladder
    #[arg(long, value_parser = crate::atlas::region)]
    region: Option<String>,
    /// The trade of the company, where its pages do not tell: telecom, energy, bank, insurance, air, …
    #[arg(long, value_parser = |text: &str| desk::atlas::parse_word(text, desk::atlas::Sector::from_id, desk::atlas::List::Sector))]
    sector: Option<desk::atlas::Sector>,
    /// What the problem is about (billing, delivery, fraud, …): brings the team for it forward
    #[arg(long, value_name = "TOPIC", value_parser = desk::find::parse_topic)]
    about: Option<&'static desk::Topic>,
    /// Read an archive (WARC), a folder of saved pages or one page instead of the web
    #[arg(long, value_name = "FILE|DIR")]
    from: Option<PathBuf>,
    /// Keep every page read in this file, as WARC 1.1
    #[arg(long, value_name = "FILE.warc.gz")]
    save: Option<PathBuf>,
    /// Print JSON (its schema: `upstairs schema find`)
    #[arg(long, group = "format")]
    json: bool,
    /// Print Markdown
    #[arg(long, group = "format")]
    markdown: bool,
    /// Print CSV, a contact point a line
    #[arg(long, group = "format")]
    csv: bool,
    /// Print vCard 4.0, for an address book
    #[arg(long, group = "format")]
    vcard: bool,
    /// Show what named each rung, and what each confidence is made of
    #[arg(long)]
    explain: bool,
    /// Show every contact point, also those that are no help with a problem
    #[arg(long)]
    all: bool,
    /// Read at most this many pages
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=500))]
    pages: u16,
    /// Stop after this many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u16).range(1..=3600))]
    time: u16,
    /// Allow this private or loopback host (HOST or HOST:PORT); else such addresses are refused
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,
}

impl Find {
    /// Returns the form in which to print.
    const fn format(&self) -> Format {
        if self.json {
            Format::Json
        } else if self.markdown {
            Format::Markdown
        } else if self.csv {
            Format::Csv
        } else if self.vcard {
            Format::Vcard
        } else {
            Format::Text
        }
    }
}

/// Runs the command.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) fn run(options: &Find, settings: &Settings) -> io::Result<ExitCode> {
    if let (Some(country), Some(region)) = (options.country, &options.region)
        && let Err(refused) = desk::atlas::check_region(country, region)
    {
        writeln!(anstream::stderr(), "upstairs: {refused}")?;
        return Ok(ExitCode::from(2));
    }
    let request = FindRequest {
        company: options.company.clone(),
        country: options.country,
        region: options.region.clone(),
        sector: options.sector,
        about: options.about,
        from: options.from.clone(),
        save: options.save.clone(),
        pages: usize::from(options.pages),
        seconds: u64::from(options.time),
        live: Live {
            allow_hosts: options.allow_host.clone(),
            cache: settings.cache.clone(),
            user_agent: settings.user_agent.clone(),
        },
    };
    let bar = progress_bar();
    let told = |progress: Progress<'_>| match progress {
        Progress::Asking { url, why } => {
            tracing::debug!(%url, why, "asking");
            bar.set_message(format!("reading {}", draw::clean(url)));
        }
        Progress::Read { documents, contacts } => {
            bar.set_position(documents as u64);
            bar.set_prefix(format!("{documents} read, {contacts} contacts"));
        }
        Progress::Missed { url, why } => tracing::info!(url, why, "missed"),
    };
    let now = jiff::Timestamp::now();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Without a handler the signal ends the process as usual.
            std::future::pending::<()>().await;
        }
    };
    let found = runtime.block_on(desk::find::find(&request, now, told, interrupt));
    bar.finish_and_clear();
    match found {
        Ok(answer) => {
            print(&answer, options)?;
            let any = answer.contacts.iter().any(|contact| contact.rung != "off_ladder");
            if !any && options.format() != Format::Text {
                for warning in &answer.warnings {
                    writeln!(anstream::stderr(), "note: {}", draw::clean(warning))?;
                }
            }
            Ok(if any { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Err(error) => {
            writeln!(anstream::stderr(), "upstairs: {error}")?;
            if let Some(hint) = error.hint() {
                writeln!(anstream::stderr(), "  {hint}")?;
            }
            Ok(if error.is_usage() { ExitCode::from(2) } else { ExitCode::FAILURE })
        }
    }
}

/// Prints the answer in the form asked for.
fn print(answer: &FindAnswer, options: &Find) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    match options.format() {
        Format::Text => {
            let width =
                terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)).clamp(40, 120);
            let detail = draw::Detail { width, all: options.all, explain: options.explain };
            out.write_all(draw::find(answer, detail).as_bytes())?;
        }
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, answer)?;
            writeln!(out)?;
        }
        Format::Markdown => out.write_all(desk::export::markdown::of(answer).as_bytes())?,
        Format::Csv => {
            let csv = desk::export::csv::of(answer).map_err(io::Error::other)?;
            out.write_all(csv.as_bytes())?;
        }
        Format::Vcard => out.write_all(desk::export::vcard::of(answer).as_bytes())?,
    }
    out.flush()
}

/// Returns the progress line on standard error; hidden where that is no terminal.
fn progress_bar() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {prefix} {wide_msg:.dim}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(std::time::Duration::from_millis(120));
    bar
}

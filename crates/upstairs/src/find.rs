//! `upstairs find`: from a company's name or website to a ladder on the screen.
//!
//! Progress goes to standard error while the crawl works; the answer goes to standard output, for a person or, with
//! `--json` and its like, for a program. Ctrl-C ends the crawl and prints what was found so far.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use desk::answer::FindAnswer;
use desk::find::{FindError, FindRequest, Live, Progress};
use desk::sources::{SettingsError, SourceSettings};
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
    /// The company: its name (the directory knows it), or its website (a domain or web address, which is read)
    company: String,
    /// Your country, by its two-letter code or its name, such as GB: its pages, numbers and outside bodies come first
    #[arg(long, value_parser = desk::find::parse_country)]
    country: Option<desk::Country>,
    /// State, province or part of the country: CA, NSW, SCT. Its agencies are added to the ladder
    #[arg(long, value_name = "STATE", value_parser = desk::directory::parse_region)]
    region: Option<String>,
    /// The company's trade, if its pages do not say: telecom, energy, bank, insurance, air, …
    #[arg(long, value_parser = desk::case::words::sector)]
    sector: Option<desk::atlas::Sector>,
    /// What the problem is about (billing, fraud, `delayed_baggage`, …): the team for it comes first
    #[arg(long, value_name = "TOPIC", value_parser = desk::find::parse_about)]
    about: Option<desk::find::About>,
    /// Read an archive (WARC), a folder of saved pages or one page instead of the web
    #[arg(long, value_name = "FILE|DIR")]
    from: Option<PathBuf>,
    /// A post, thread, review or chat that you saved (page, export or pasted text): contacts in it are added as leads
    #[arg(long, value_name = "FILE")]
    post: Vec<PathBuf>,
    /// Keep every page read in this file, as WARC 1.1
    #[arg(long, value_name = "FILE.warc.gz")]
    save: Option<PathBuf>,
    /// Print JSON (its schema: `upstairs schema find`)
    #[arg(long, group = "format")]
    json: bool,
    /// Print Markdown
    #[arg(long, group = "format")]
    markdown: bool,
    /// Print CSV, one contact point per line
    #[arg(long, group = "format")]
    csv: bool,
    /// Print vCard 4.0, for an address book
    #[arg(long, group = "format")]
    vcard: bool,
    /// Show why each contact is on its rung, and how its confidence is made up
    #[arg(long)]
    explain: bool,
    /// Read the company's website as well, even if the directory knows the company
    #[arg(long, conflicts_with = "offline")]
    crawl: bool,
    /// Do not use the network: answer from the directory alone
    #[arg(long)]
    offline: bool,
    /// Check the contacts live: whether e-mail is accepted, pages answer, numbers are in use, how old domains are
    #[arg(long, conflicts_with = "offline")]
    verify: bool,
    /// Ask only these outside sources, this once: ids separated by commas, `keyless`, or `none`
    #[arg(long, value_name = "LIST", conflicts_with_all = ["offline", "from"])]
    sources: Option<String>,
    /// Do not keep what is read in your directory
    #[arg(long)]
    no_keep: bool,
    /// The folder of your own directory
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Show every contact point, even those that do not help with a problem
    #[arg(long)]
    all: bool,
    /// Read at most this many pages
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=500))]
    pages: u16,
    /// Stop after this many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u16).range(1..=3600))]
    time: u16,
    /// Open pages that need JavaScript in your own Chromium, Chrome or Edge, if it is installed
    #[arg(long, conflicts_with = "from")]
    browser: bool,
    /// Allow this private or loopback host (HOST or HOST:PORT); otherwise such addresses are refused
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
    let asked = options.region.as_deref();
    let refused = asked.and_then(|region| desk::atlas::check_region_asked(options.country, region).err());
    if let Some(refused) = refused {
        writeln!(anstream::stderr(), "upstairs: {refused}")?;
        return Ok(ExitCode::from(2));
    }
    let sources = match asked_sources(options, settings) {
        Ok(sources) => sources,
        Err(error) => {
            writeln!(anstream::stderr(), "upstairs: {error}")?;
            return Ok(ExitCode::from(2));
        }
    };
    for warning in sources.warnings() {
        writeln!(anstream::stderr(), "note: {}", draw::clean(warning))?;
    }
    let mut request = FindRequest {
        company: options.company.clone(),
        country: options.country,
        about: options.about.map(|about| about.topic),
        matter: options.about.and_then(|about| about.matter),
        region: options.region.clone(),
        sector: options.sector,
        data: options.data.clone().or_else(|| settings.data.clone()),
        keep: !options.no_keep,
        crawl: options.crawl,
        offline: options.offline,
        from: options.from.clone(),
        posts: options.post.clone(),
        save: options.save.clone(),
        pages: usize::from(options.pages),
        seconds: u64::from(options.time),
        live: Live {
            allow_hosts: options.allow_host.clone(),
            browser: options.browser.then(|| settings.browser.clone()),
            verify: options.verify,
            ..settings.live(sources)
        },
    };
    let now = jiff::Timestamp::now();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut found = runtime.block_on(ask(&request, now));
    if let Ok(answer) = &found
        && options.format() == Format::Text
        && let Some(chosen) = choose(answer)?
    {
        request.company = chosen;
        found = runtime.block_on(ask(&request, now));
    }
    if let Ok(answer) = &found
        && options.format() == Format::Text
        && options.sources.is_none()
        && !options.offline
        && let Some(sources) = offer(answer, &request.live)?
    {
        request.live.sources = sources;
        found = runtime.block_on(ask(&request, now));
        if let Ok(answer) = &found
            && let Some(chosen) = choose(answer)?
        {
            request.company = chosen;
            found = runtime.block_on(ask(&request, now));
        }
    }
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
        Err(error) => told(&error),
    }
}

/// Returns the settings of sources, for this once those that the command names.
fn asked_sources(options: &Find, settings: &Settings) -> Result<SourceSettings, SettingsError> {
    let sources = settings.sources()?;
    match &options.sources {
        Some(names) => sources.with_only(names),
        None => Ok(sources),
    }
}

/// Offers on a terminal to ask the sources that need no key, where nobody is known by the name and none is on. What each
/// is sent is shown first; they stay on only where the user says so.
fn offer(answer: &FindAnswer, live: &Live) -> io::Result<Option<SourceSettings>> {
    let unknown = answer.next_ways.iter().any(|way| way.kind == "sources");
    if !unknown || live.sources.any_on() || !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(None);
    }
    let mut stderr = anstream::stderr();
    writeln!(stderr, "No company of that name is known. These sources may know it, and would be sent:")?;
    for one in desk::sources::offers(live) {
        writeln!(stderr, "  {:<16} {}", one.id, one.sends)?;
    }
    write!(stderr, "Ask them? y = this once, a = always from now on, Enter = no: ")?;
    stderr.flush()?;
    let mut typed = String::new();
    io::stdin().read_line(&mut typed)?;
    match typed.trim().to_lowercase().as_str() {
        "y" | "yes" => Ok(live.sources.clone().with_only("keyless").ok()),
        "a" | "always" => {
            if let Err(error) = desk::sources::enable(&live.sources, live, "keyless", None, None) {
                writeln!(stderr, "upstairs: {error}")?;
            }
            Ok(live.sources.clone().with_only("keyless").ok())
        }
        _ => Ok(None),
    }
}

/// Tells why nothing could be asked.
pub(crate) fn told(error: &FindError) -> io::Result<ExitCode> {
    writeln!(anstream::stderr(), "upstairs: {error}")?;
    if let Some(hint) = error.hint() {
        writeln!(anstream::stderr(), "  {hint}")?;
    }
    Ok(if error.is_usage() { ExitCode::from(2) } else { ExitCode::FAILURE })
}

/// Asks the desk, with progress on standard error; Ctrl-C ends the search.
async fn ask(request: &FindRequest, now: jiff::Timestamp) -> Result<FindAnswer, FindError> {
    let bar = progress_bar();
    let found = desk::find::find(request, now, |progress| show(&bar, progress), interrupt()).await;
    bar.finish_and_clear();
    found
}

/// Shows progress.
pub(crate) fn show(bar: &ProgressBar, progress: Progress<'_>) {
    match progress {
        Progress::Asking { url, why } => {
            tracing::debug!(%url, why, "asking");
            bar.set_message(format!("reading {}", draw::clean(url)));
        }
        Progress::Read { documents, contacts, .. } => {
            bar.set_position(documents as u64);
            bar.set_prefix(format!("{documents} read, {contacts} contacts"));
        }
        Progress::Missed { url, why } => tracing::info!(url, why, "missed"),
        // Not on the bar, which may be hidden: what leaves the machine for the first time is always shown.
        Progress::FirstUse { source, sends } => {
            let words = format!("first use of {source}: it is sent {sends}");
            bar.suspend(|| {
                let _ = writeln!(anstream::stderr(), "{words}");
            });
        }
        Progress::Answered { source, words } => {
            tracing::info!(source, words, "answered");
            bar.set_message(format!("{source}: {}", draw::clean(words)));
        }
    }
}

/// Is ready when the user asks to stop.
pub(crate) async fn interrupt() {
    let by_hand = async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Without a handler the signal ends the process as usual.
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = by_hand => {}
        () = terminated() => {}
    }
}

/// Is ready when a service or a shutdown asks the program to end.
#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut asked) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    asked.recv().await;
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}

/// Asks on a terminal which of several companies is meant; `None` where there is no choice, no terminal or no answer.
fn choose(answer: &FindAnswer) -> io::Result<Option<String>> {
    let (stdin, mut stderr) = (io::stdin(), anstream::stderr());
    if answer.candidates.is_empty() || !stdin.is_terminal() || !io::stderr().is_terminal() {
        return Ok(None);
    }
    writeln!(stderr, "Which one do you mean?")?;
    for (number, candidate) in answer.candidates.iter().enumerate() {
        writeln!(stderr, "  {}. {}", number + 1, draw::candidate(candidate))?;
    }
    write!(stderr, "Number (Enter for none): ")?;
    stderr.flush()?;
    let mut typed = String::new();
    stdin.read_line(&mut typed)?;
    let number = typed.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    Ok(number.and_then(|at| answer.candidates.get(at)).map(|candidate| candidate.ask.clone()))
}

/// Prints the answer in the form asked for.
fn print(answer: &FindAnswer, options: &Find) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    match options.format() {
        Format::Text => {
            let detail =
                draw::Detail { width: crate::wrap::width(), all: options.all, explain: options.explain };
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
pub(crate) fn progress_bar() -> ProgressBar {
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

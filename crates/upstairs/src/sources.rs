//! `upstairs sources`: which outside sources are on, what they need and are sent, how they last answered.
//!
//! A key is typed without echo or read from a file or standard input, never given as a word of the command: words stay in
//! the history of the shell.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anstyle::Style;
use clap::{Args, Subcommand};
use desk::find::Live;
use desk::sources::{ChangeAnswer, Secret, SourceSettings, SourceView, SourcesAnswer, TestError};
use serde::Serialize;

use crate::draw::{self, BOLD, DIM, FAIR, GOOD, POOR};
use crate::settings::Settings;

/// The most bytes of a file that holds a key.
const MOST_KEY: u64 = 4096;

/// What to do with sources; without a word, they are listed.
#[derive(Args, Debug)]
pub(crate) struct Sources {
    #[command(subcommand)]
    what: Option<What>,
    /// Print JSON (its schema: `upstairs schema sources`)
    #[arg(long)]
    json: bool,
    /// Show every detail of each source: terms, trust, address
    #[arg(long)]
    all: bool,
    /// The folder of your own directory
    #[arg(long, value_name = "FOLDER", global = true)]
    data: Option<PathBuf>,
}

/// A change or a test.
#[derive(Debug, Subcommand)]
enum What {
    /// Switch sources on, by id or `keyless`; shows what each is sent, and asks for a key where one is needed
    Enable(Enable),
    /// Switch sources off; their keys are kept
    Disable {
        /// Ids, `keyless` or `all`
        #[arg(required = true)]
        names: Vec<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Ask one source about a company, and show its answer
    Test(Test),
}

/// Which sources to switch on.
#[derive(Args, Debug)]
struct Enable {
    /// Ids, `keyless` for all that need no key, or `all`
    #[arg(required = true)]
    names: Vec<String>,
    /// Read the key from a file, or from standard input with `-`
    #[arg(long, value_name = "FILE|-")]
    key_file: Option<PathBuf>,
    /// The address of your own instance, such as <http://127.0.0.1:8080>
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Which source to test, and with what.
#[derive(Args, Debug)]
struct Test {
    /// Its id
    name: String,
    /// The company to ask about
    #[arg(long, default_value = "Microsoft")]
    company: String,
    /// Its domain, for sources that are asked by it
    #[arg(long, default_value = "microsoft.com")]
    domain: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) fn run(options: &Sources, settings: &Settings) -> io::Result<ExitCode> {
    let sources = match settings.sources() {
        Ok(sources) => sources,
        Err(error) => return failed(&error),
    };
    let live = settings.live(sources.clone());
    let data = options.data.clone().or_else(|| settings.data.clone());
    match &options.what {
        None => {
            let answer = desk::sources::list(&sources, &live, data.as_deref());
            if options.json {
                json(&answer)?;
            } else {
                let width = terminal_size::terminal_size()
                    .map_or(100, |(width, _)| usize::from(width.0))
                    .clamp(40, 120);
                anstream::stdout().lock().write_all(list(&answer, options.all, width).as_bytes())?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Some(What::Enable(wanted)) => enable(wanted, &sources, &live),
        Some(What::Disable { names, json: as_json }) => {
            match desk::sources::disable(&sources, &live, &names.join(",")) {
                Ok(changed) => {
                    if *as_json {
                        json(&changed)?;
                    } else {
                        let off: Vec<&str> = changed.changed.iter().map(|one| one.id).collect();
                        writeln!(anstream::stdout(), "off: {}", off.join(", "))?;
                    }
                    Ok(ExitCode::SUCCESS)
                }
                Err(error) => failed(&error),
            }
        }
        Some(What::Test(test)) => self::test(test, &sources, &live, data.as_deref()),
    }
}

/// Tells an error; what the user typed wrong is wrong usage.
fn failed(error: &desk::sources::SettingsError) -> io::Result<ExitCode> {
    use desk::sources::SettingsError as Error;
    writeln!(anstream::stderr(), "upstairs: {error}")?;
    let usage = matches!(error, Error::Unknown(_) | Error::LinkOnly(_) | Error::Address(_));
    Ok(if usage { ExitCode::from(2) } else { ExitCode::FAILURE })
}

fn json(answer: &impl Serialize) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    serde_json::to_writer_pretty(&mut out, answer)?;
    writeln!(out)
}

/// Switches sources on, with a key where one is needed and not set yet.
fn enable(wanted: &Enable, sources: &SourceSettings, live: &Live) -> io::Result<ExitCode> {
    let names = wanted.names.join(",");
    let key = match &wanted.key_file {
        Some(file) => match key_of(file) {
            Ok(key) => Some(key),
            Err(error) => {
                writeln!(
                    anstream::stderr(),
                    "upstairs: the key in `{}` cannot be read: {}",
                    file.display(),
                    desk::broken::cause(&error)
                )?;
                return Ok(ExitCode::FAILURE);
            }
        },
        None => typed_key(&names, sources, live)?,
    };
    match desk::sources::enable(sources, live, &names, key.as_ref(), wanted.url.as_deref()) {
        Ok(changed) if wanted.json => json(&changed).map(|()| ExitCode::SUCCESS),
        Ok(changed) => told(&changed).map(|()| ExitCode::SUCCESS),
        Err(error) => failed(&error),
    }
}

/// Tells what is on now, what it is sent and what is missing.
fn told(changed: &ChangeAnswer) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    writeln!(out, "{BOLD}on from now on{BOLD:#}")?;
    for one in &changed.changed {
        writeln!(out, "   {BOLD}{:<16}{BOLD:#} is sent {}", one.id, one.sends)?;
    }
    for (id, needs) in &changed.missing {
        writeln!(out, "{FAIR}{id} is skipped until it has {needs}{FAIR:#}")?;
    }
    writeln!(out, "{DIM}kept in {}{DIM:#}", draw::clean(&changed.file))
}

/// Reads a key from a file or standard input.
fn key_of(file: &PathBuf) -> io::Result<Secret> {
    let mut text = String::new();
    if file.as_os_str() == "-" {
        io::stdin().lock().take(MOST_KEY).read_to_string(&mut text)?;
    } else {
        std::fs::File::open(file)?.take(MOST_KEY).read_to_string(&mut text)?;
    }
    Secret::new(&text).ok_or_else(|| io::Error::other("it is empty"))
}

/// Asks on a terminal for the key of one source that needs one; `None` where there is no terminal or no need.
fn typed_key(name: &str, sources: &SourceSettings, live: &Live) -> io::Result<Option<Secret>> {
    let answer = desk::sources::list(sources, live, None);
    let Some(source) = answer.sources.iter().find(|source| source.id == name) else { return Ok(None) };
    let wants_key = source.needs.as_deref().is_some_and(|needs| needs.starts_with("your own key"));
    if !wants_key || source.key_set || !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(None);
    }
    writeln!(anstream::stderr(), "{} needs {}", source.name, source.needs.as_deref().unwrap_or_default())?;
    let typed = rpassword::prompt_password("Key (Enter for none; it is not shown): ")?;
    Ok(Secret::new(&typed))
}

/// Asks one source.
fn test(
    test: &Test,
    sources: &SourceSettings,
    live: &Live,
    data: Option<&std::path::Path>,
) -> io::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let now = jiff::Timestamp::now();
    // Before it is sent, also where it was never sent before.
    let told = |offer: &desk::sources::Offer| {
        let _ = writeln!(anstream::stderr(), "{} is sent {}", offer.name, offer.sends);
    };
    let domain = Some(test.domain.as_str());
    let asked = desk::sources::test(sources, live, data, &test.name, &test.company, domain, now, told);
    match runtime.block_on(asked) {
        Ok(report) => {
            let good = matches!(report.outcome, "answered" | "nothing");
            if test.json {
                json(&report)?;
            } else {
                let style = if good { GOOD } else { POOR };
                let mut out = anstream::stdout().lock();
                writeln!(
                    out,
                    "{BOLD}{}{BOLD:#}: {style}{}{style:#} {DIM}({}){DIM:#}",
                    report.name,
                    draw::clean(&report.words),
                    desk::sources::seconds(report.milliseconds),
                )?;
                if let Some(quota) = &report.quota {
                    writeln!(out, "   left: {}", draw::clean(quota))?;
                }
            }
            Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Err(TestError::Settings(error)) => failed(&error),
        Err(TestError::Find(error)) => crate::find::told(&error),
    }
}

/// Draws the list.
fn list(answer: &SourcesAnswer, all: bool, width: usize) -> String {
    let mut out = String::new();
    let on = answer.sources.iter().filter(|source| source.on).count();
    if on == 0 {
        let words = "No source is switched on, so nothing is sent to anyone. `upstairs sources enable keyless` switches on those that need no key.";
        draw::paragraph(&mut out, words, "", "", width, Style::new());
        out.push('\n');
    }
    for source in &answer.sources {
        one(&mut out, source, all, width);
    }
    let _ = writeln!(
        out,
        "\n{BOLD}Linked, never fetched{BOLD:#} {DIM}(their terms do not allow programs; save a page and read it with `upstairs read post`){DIM:#}"
    );
    let linked: Vec<String> = answer.linked.iter().map(|site| site.name.to_owned()).collect();
    draw::paragraph(&mut out, &linked.join(", "), "   ", "   ", width, DIM);
    let _ = writeln!(out, "{BOLD}Imported, not asked{BOLD:#}");
    for import in &answer.imports {
        let words = format!("{}: {} ({})", import.name, import.gives, import.command);
        draw::paragraph(&mut out, &words, "   ", "      ", width, DIM);
    }
    if let Some(settings) = &answer.settings {
        let _ = writeln!(out, "{DIM}settings: {}{DIM:#}", draw::clean(settings));
    }
    for warning in &answer.warnings {
        draw::paragraph(&mut out, &format!("note: {}", draw::clean(warning)), "", "      ", width, FAIR);
    }
    out
}

/// Draws one source.
fn one(out: &mut String, source: &SourceView, all: bool, width: usize) {
    let (word, style) = match (source.on, source.ready) {
        (true, true) => ("on", GOOD),
        (true, false) => ("on, not ready", POOR),
        (false, _) => ("off", DIM),
    };
    let _ = writeln!(out, "{BOLD}{:<16}{BOLD:#} {style}{word:<4}{style:#} {}", source.id, source.name);
    let mut say = |words: &str, style: Style| draw::paragraph(out, words, "   ", "      ", width, style);
    say(&format!("gives {}", source.gives), Style::new());
    say(&format!("is sent {}", source.sends), Style::new());
    if let Some(needs) = source.needs.as_ref().filter(|_| all || !source.ready) {
        say(&format!("needs {}", draw::clean(needs)), if source.ready { DIM } else { FAIR });
    }
    if all {
        let limits = if source.countries.is_empty() {
            String::new()
        } else {
            format!("; companies of {} only", source.countries.join(", "))
        };
        say(&format!("at {}; at most {} s{limits}", draw::clean(&source.at), source.seconds), DIM);
        say(&format!("trust {}: {}", source.trust, source.trust_words), DIM);
        say(&format!("terms: {}", source.terms), DIM);
        if source.never_seen_live {
            say("not tested live: written from its documentation", DIM);
        }
    }
    if let Some(last) = &source.last {
        let left =
            last.quota.as_ref().map_or(String::new(), |quota| format!("; left: {}", draw::clean(quota)));
        let wait = last
            .not_before
            .as_ref()
            .map_or(String::new(), |until| format!("; not asked before {}", draw::clean(until)));
        let words = format!("last asked {}: {}{left}{wait}", draw::clean(&last.at), draw::clean(&last.words));
        say(&words, if matches!(last.outcome.as_str(), "answered" | "nothing") { DIM } else { FAIR });
    }
}

//! The command line of Upstairs: it translates words into calls of the desk, and decides nothing.

mod account;
mod advise;
mod archive;
mod atlas;
mod batch;
mod case;
mod check;
mod check_number;
mod clipboard;
mod counted;
mod days;
mod directory;
mod directory_check;
mod draw;
mod find;
mod mcp;
mod open;
mod pack;
mod publish;
mod read;
mod read_policy;
mod read_post;
mod read_reply;
mod requests;
mod scam_check;
mod schema;
mod settings;
mod sources;
mod wrap;

use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

use clap::Parser;

/// Reading takes memory in many small pieces and gives all of it back after each page: this one is quicker at that than most systems' own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Find out who at a company can put a problem right
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What a user can ask for.
#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Find out who at a company can fix your problem: give its name or website, get the ladder
    Find(Box<find::Find>),
    /// The companies that Upstairs knows: search, show, add, mark, refresh, import, export, pack, update
    #[command(subcommand)]
    Directory(Box<directory::Directory>),
    /// Read web archives at full speed: extract what all pages of a crawl say, merge it into a directory
    #[command(subcommand)]
    Archive(Box<archive::Archive>),
    /// Make ladders for a list of companies, politely and in parallel; continues where it was stopped
    Batch(Box<batch::Batch>),
    /// Read saved documents: what do they say about how to reach the company?
    #[command(subcommand)]
    Read(read::Read),
    /// Show the next step for a case given as JSON: what to do, why, by when, how, and what has to wait
    Advise(advise::Advise),
    /// Check whether what you wrote is calm and complete, before you send it
    Check(check::Check),
    /// Show who can help outside the company: ombudsmen, regulators, agencies, courts, and between which dates they take your case
    Bodies(Box<atlas::Atlas>),
    /// Show your rights and the time limits that are running: by law, by card scheme, by contract
    Rights(Box<atlas::Atlas>),
    /// Is this message a fraud? Check a post, an SMS, an e-mail or a caller's words: the signs, what to do, where to report it
    ScamCheck(scam_check::ScamCheck),
    /// Is it really theirs? Check a number, e-mail address or web address against what is known about the company
    CheckNumber(check_number::CheckNumber),
    /// Your cases: open, log, next step, deadlines, copies
    #[command(subcommand)]
    Case(case::Case),
    /// Write a draft for a case: e-mail, letter, call guide and more
    Draft(case::Draft),
    /// Put everything in a case into one PDF, zip or folder, with numbered exhibits
    Dossier(case::Dossier),
    /// Show what is due in all your cases
    Remind(case::Remind),
    /// Outside sources: which are on, what they need, what they are sent, how they last answered; switch them on or off, test them
    Sources(sources::Sources),
    /// Connect an AI assistant over standard input and output (Model Context Protocol); it can only read, unless you allow more
    Mcp(mcp::Mcp),
    /// Open the pages of Upstairs in your browser: on this computer only, or with --listen for an advice centre
    Open(open::Open),
    /// Who can log in to the server of an advice centre: add, list, disable, password, role; and what they did
    #[command(subcommand)]
    Account(Box<account::Account>),
    /// Print the JSON Schema of an output
    Schema(schema::Schema),
}

/// Returns what is logged: what `UPSTAIRS_LOG` asks for, but never the bytes that the HTTP libraries send, which may hold a
/// key.
fn log_filter() -> tracing_subscriber::EnvFilter {
    let mut filter = tracing_subscriber::EnvFilter::from_env("UPSTAIRS_LOG");
    for quiet in ["h2=warn", "hyper=warn", "hyper_util=warn", "reqwest=warn", "rustls=warn"] {
        if let Ok(directive) = quiet.parse() {
            filter = filter.add_directive(directive);
        }
    }
    filter
}

/// Returns whether a desktop started the program, as by a double click: without a word, and with nobody at a terminal.
fn by_double_click(settings: &settings::Settings) -> bool {
    let at_terminal = io::stdin().is_terminal() || io::stdout().is_terminal() || io::stderr().is_terminal();
    settings.desktop && !at_terminal && std::env::args_os().len() == 1
}

fn main() -> ExitCode {
    let settings = settings::Settings::read();
    wrap::ask(settings.columns);
    tracing_subscriber::fmt().with_env_filter(log_filter()).with_writer(io::stderr).init();
    let cli = if by_double_click(&settings) { Cli::parse_from(["upstairs", "open"]) } else { Cli::parse() };
    let done = match &cli.command {
        Command::Find(options) => {
            own_atlas(&settings);
            find::run(options, &settings)
        }
        Command::Directory(what) => directory::run(what, &settings),
        Command::Batch(options) => batch::run(options, &settings),
        Command::Archive(what) => archive::run(what, &settings),
        Command::Advise(options) => advise::run(options),
        Command::Check(options) => check::run(options),
        Command::Bodies(options) => atlas::bodies(options, &settings),
        Command::Rights(options) => atlas::rights(options, &settings),
        Command::ScamCheck(options) => scam_check::run(options, &settings),
        Command::CheckNumber(options) => check_number::run(options, &settings),
        Command::Case(what) => case::run(what, &settings),
        Command::Draft(options) => case::run_draft(options, &settings),
        Command::Dossier(options) => case::run_dossier(options, &settings),
        Command::Remind(options) => case::remind(options, &settings),
        Command::Sources(options) => sources::run(options, &settings),
        Command::Mcp(options) => mcp::run(options, &settings),
        Command::Open(options) => open::run(options, &settings),
        Command::Account(what) => account::run(what, &settings),
        Command::Schema(options) => schema::run(options),
        Command::Read(what) => {
            if matches!(what, read::Read::Policy(_)) {
                own_atlas(&settings);
            }
            read::run(what, &settings)
        }
    };
    match done {
        Ok(code) => code,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Takes the user's own files into the atlas, and tells what is wrong with them; the rest goes on.
fn own_atlas(settings: &settings::Settings) {
    for refused in desk::atlas::use_own(settings.atlas.as_deref()) {
        anstream::eprintln!("note: {refused}");
    }
}

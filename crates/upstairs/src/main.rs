//! The command line of Upstairs: it translates words into calls of the desk, and decides nothing.

mod read;

use std::process::ExitCode;

use clap::Parser;

/// Find who at a company can put a matter right
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What a user can ask for.
#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Read saved documents: what do they say of how to reach the company?
    #[command(subcommand)]
    Read(read::Read),
}

fn main() -> ExitCode {
    let done = match &Cli::parse().command {
        Command::Read(what) => read::run(what),
    };
    match done {
        Ok(code) => code,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
